/* How a draft begins: what holds on its date, in its language. That needs no page. */
#include <string.h>

#include "base/str.h"
#include "input/date_form.h"
#include "layout/series.h"
#include "layout/state.h"
#include "provmap.h"
#include "base/banned.h"

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
    pm_error(draft->diags, PM_FAULT_USAGE, "bad-option", pm_place_option("lang"),
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

static size_t count_undated(const struct pm_draft *draft, const struct pm_subject *subjects,
                            size_t count)
{
    size_t undated = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pm_record *record = pm_record_at(&subjects[i], draft->date);
        undated += record && pm_says_nothing(draft, record);
    }
    return undated;
}

void pm_tell_undated(const struct pm_draft *draft)
{
    const struct pm_status *status = draft->status;
    size_t undated = count_undated(draft, status->areas, status->area_count) +
                     count_undated(draft, status->places, status->place_count);
    char iso[16];
    if (!undated)
        return;
    pm_date_iso(draft->date, iso);
    pm_warning(draft->diags, "undated", (struct pm_place){0},
               "%zu entr%s no date, which says nothing of %s, a day before as_of", undated,
               undated == 1 ? "y has" : "ies have", iso);
    pm_help(draft->diags, "they count as unknown there; give them \"from\"");
}

/* The earliest that the entries begin; `first` if none does before. */
static pm_date first_day(const struct pm_subject *subjects, size_t count, pm_date first)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < subjects[i].record_count; k++) {
            pm_date from = subjects[i].records[k].from;
            first = from != PM_NO_DATE && from < first ? from : first;
        }
    return first;
}

void pm_tell_too_early(const struct pm_draft *draft)
{
    const struct pm_status *status = draft->status;
    const pm_date never = INT32_MAX;
    char day[16], first_iso[16];
    pm_date first = first_day(status->areas, status->area_count, never);
    first = first_day(status->places, status->place_count, first);
    if (first == never || draft->date >= first)
        return;
    pm_date_iso(draft->date, day);
    pm_date_iso(first, first_iso);
    pm_warning(draft->diags, "nothing-known", (struct pm_place){0},
               "of %s nothing is known: the first entry is of %s", day, first_iso);
    pm_help(draft->diags, "choose a day of which the status file speaks");
}

static void tell_nothing_known(const struct pm_draft *draft)
{
    char iso[16];
    pm_date_iso(draft->before->date, iso);
    pm_warning(draft->diags, "nothing-known", (struct pm_place){0},
               "of %s, which is compared with, nothing is known", iso);
    pm_help(draft->diags, "choose a day of which the status file speaks");
}

void pm_check_order(const struct pm_draft *before, const struct pm_draft *now, bool same_day,
                    const char *option)
{
    const struct pm_place place = option ? pm_place_option(option) : (struct pm_place){0};
    bool one_file = before->status == now->status;
    bool unknown = one_file && before->asked > before->date;
    char from[16], to[16];
    pm_date_iso(before->asked, from);
    pm_date_iso(unknown ? before->date : now->date, to);
    if (!unknown && (same_day ? before->date <= now->date : before->date < now->date))
        return;
    if (unknown) {
        pm_error(
            now->diags, PM_FAULT_USAGE, "bad-date", place,
            "changes are asked for since %s, but the file knows nothing later than its as_of, %s",
            from, to);
        pm_help(now->diags, "choose an earlier day, or bring the file up to date");
        return;
    }
    pm_error(now->diags, PM_FAULT_USAGE, "bad-date", place,
             "changes are asked for from %s to %s, which is no later day", from, to);
    pm_help(now->diags, one_file ? "choose an earlier day to begin with, or a later one to end with"
                                 : "the earlier file comes first, or behind --compare");
}

/* Of one file everything has been said already, but of its date. */
static void begin_before(struct pm_draft *draft, const struct pm_map_options *options)
{
    struct pm_map_options then = *options;
    struct pm_diags *heard = pm_diags_new();
    struct pm_draft *before = PM_NEW_N(draft->arena, struct pm_draft, 1);
    then.date = options->since;
    then.since = NULL;
    then.before = NULL;
    then.focus_count = 0;
    *before = (struct pm_draft){.atlas = draft->atlas,
                                .style = draft->style,
                                .status = options->before ? options->before : draft->status,
                                .arena = draft->arena,
                                .diags = options->before ? draft->diags : heard};
    if (pm_date_option("since", options->since, &before->date, draft->diags)) {
        pm_layout_begin(before, &then);
        draft->before = before;
    }
    pm_diags_free(heard);
    before->diags = draft->diags;
    if (draft->before)
        pm_check_order(before, draft, options->before != NULL,
                       options->before ? "compare" : "since");
    if (draft->before && before->assessed == 0)
        tell_nothing_known(draft);
}

/* What happened since is not in the file: a map of that day would say that nothing did. */
static void stay_with_file(struct pm_draft *draft, const struct pm_map_options *options)
{
    char iso[16];
    draft->date = draft->status->as_of;
    pm_date_iso(draft->date, iso);
    if (options->exact_date)
        pm_error(draft->diags, PM_FAULT_USAGE, "after-as-of", pm_place_option("date"),
                 "the file knows nothing of %s, a day after its as_of, %s", options->date, iso);
    else
        pm_warning(draft->diags, "after-as-of", pm_place_file(draft->status->source->name),
                   "the file knows nothing later than its as_of, %s: that day is taken", iso);
    pm_help(draft->diags, "%sbring the file up to date, and \"as_of\" with it",
            options->exact_date ? "take an earlier day, or " : "");
}

void pm_layout_begin(struct pm_draft *draft, const struct pm_map_options *options)
{
    read_languages(draft, options->lang ? options->lang : "en");
    draft->date = draft->status->as_of;
    pm_date_option("date", options->date, &draft->date, draft->diags);
    draft->asked = draft->date;
    if (draft->date > draft->status->as_of)
        stay_with_file(draft, options);
    bool series = options->series || options->every || options->animated;
    if (series)
        pm_series_read(draft, options);
    join(draft, options);
    if (!series && (options->since || options->before))
        begin_before(draft, options);
    pm_layout_states(draft); /* tells of unknown statuses, whatever names are unknown */
    if (draft->series)
        pm_series_count(draft);
}
