/* How a draft begins: what holds on its date, in its language. That needs no page. */
#include <string.h>

#include "base/str.h"
#include "layout/state.h"
#include "provmap.h"
#include "base/banned.h"

bool pm_read_date(const char *date, pm_date *out, struct pm_diags *diags)
{
    if (!date || pm_date_parse(date, out))
        return true;
    pm_error(diags, PM_FAULT_USAGE, "bad-date", (struct pm_place){0}, "\"%s\" is no date", date);
    pm_help(diags, "write a day that exists as YYYY-MM-DD");
    return false;
}

/* "fa", or "fa+en": the language of the map, and the second one of its names. */
static void read_languages(struct pm_draft *draft, const char *lang)
{
    const char *plus = strchr(lang, '+');
    draft->lang = plus ? pm_strndup(draft->arena, lang, (size_t)(plus - lang)) : lang;
    draft->second = plus ? plus + 1 : NULL;
    draft->wording = (struct pm_wording){draft->style->words, draft->lang, draft->arena};
    draft->rtl = pm_text_rtl(pm_word(&draft->wording, PM_WORD_AS_OF, NULL));
    if (pm_is_language(draft->lang) && (!plus || pm_is_language(plus + 1)))
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "bad-option", (struct pm_place){0},
             "\"%s\" is no language", lang);
    pm_help(draft->diags, "write a code such as fa, or two: fa+en");
}

static void join(struct pm_draft *draft, const struct pm_map_options *options)
{
    const struct pm_join_options how = {
        .aliases = options->aliases,
        .unmatched_warns = options->unmatched_warns,
        .focus = options->focus,
        .focus_count = options->focus_count,
    };
    pm_join(draft->atlas, draft->status, &how, draft->arena, &draft->join, draft->diags);
    draft->focus = draft->join.focus;
    draft->focus_count = draft->join.focus_count;
}

void pm_layout_begin(struct pm_draft *draft, const struct pm_map_options *options)
{
    read_languages(draft, options->lang ? options->lang : "en");
    draft->date = draft->status->as_of;
    pm_read_date(options->date, &draft->date, draft->diags);
    join(draft, options);
    pm_layout_states(draft); /* tells of unknown statuses, whatever names are unknown */
}
