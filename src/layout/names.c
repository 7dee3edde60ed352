/* Names and texts that are not there in the map's language: they stay in another one, and that is told. */
#include "base/hash.h"
#include "base/str.h"
#include "layout/state.h"
#include "model/script.h"
#include "base/banned.h"

enum { NAMED = 10 }; /* in a message */

/* What was found to be in another language. */
struct foreign {
    const struct pm_draft *draft;
    const char *lang;
    enum pm_script script; /* that the language is written in; PM_SCRIPT_COMMON: not known */
    struct pm_index seen;
    struct pm_str names; /* the first of them */
    size_t most, count;
};

/* The script of provmap's own words, if they are in this language. */
static enum pm_script script_of(const struct pm_draft *draft, const char *lang)
{
    const char *got = "", *word = pm_text_get(&draft->style->words[PM_WORD_AS_OF], lang, &got);
    return pm_lang_covers(got, lang) ? pm_script_of_text(word) : PM_SCRIPT_COMMON;
}

/* A text without a language is in that of its twin. */
static const char *language_of(const struct pm_text *text, const char *s, const char *got)
{
    for (size_t i = 0; !*got && i < text->n; i++)
        if (pm_streq(text->v[i].s, s))
            got = text->v[i].lang;
    return got;
}

/* Of another language; or of none that is told, and in letters that this one is not written in. */
static bool is_foreign(const struct foreign *foreign, const struct pm_text *text, const char **s)
{
    const char *got = "";
    *s = pm_text_get(text, foreign->lang, &got);
    if (!*s)
        return false;
    got = language_of(text, *s, got);
    if (*got)
        return !pm_lang_covers(got, foreign->lang);
    enum pm_script script = pm_script_of_text(*s);
    return foreign->script != PM_SCRIPT_COMMON && script != PM_SCRIPT_COMMON &&
           script != foreign->script;
}

static void look_at(struct foreign *foreign, const struct pm_text *text)
{
    const char *s = NULL;
    size_t index = 0;
    if (!is_foreign(foreign, text, &s) || pm_index_get(&foreign->seen, s, &index))
        return;
    pm_index_set(&foreign->seen, foreign->draft->arena, s, foreign->count);
    if (foreign->count++ < foreign->most)
        pm_str_addf(&foreign->names, "%s%s", foreign->count > 1 ? ", " : "", s);
}

/* ---- names ------------------------------------------------------------------------------------- */

static void look_at_names(struct foreign *foreign)
{
    const struct pm_draft *draft = foreign->draft;
    const struct pm_layer *context = &draft->atlas->layers[PM_LAYER_CONTEXT];
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].rings.ring_count)
            look_at(foreign, &draft->areas[i].feature->name);
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        bool own = place->state.subject && place->state.subject->name.n;
        if (own || place->feature)
            look_at(foreign, own ? &place->state.subject->name : &place->feature->name);
    }
    for (size_t i = 0; draft->style->show.neighbours && i < context->feature_count; i++)
        if (draft->base->neighbours[i].ring_count)
            look_at(foreign, &context->features[i].name);
    for (size_t i = 0; draft->style->show.rivers && i < draft->base->rivers.count; i++)
        look_at(foreign, &draft->atlas->layers[PM_LAYER_RIVERS]
                              .features[draft->base->rivers.pieces[i].feature]
                              .name);
}

static void report_names(struct pm_draft *draft, const char *lang)
{
    struct foreign foreign = {
        .draft = draft, .lang = lang, .script = script_of(draft, lang), .most = NAMED};
    look_at_names(&foreign);
    if (foreign.count) {
        pm_warning(draft->diags, "names-untranslated", (struct pm_place){0},
                   "%zu name%s not in \"%s\" and stay%s as %s: %s%s", foreign.count,
                   foreign.count == 1 ? " is" : "s are", lang, foreign.count == 1 ? "s" : "",
                   foreign.count == 1 ? "it is" : "they are", pm_str_get(&foreign.names),
                   foreign.count > NAMED ? ", …" : "");
        pm_help(draft->diags,
                "give them in the shapes' \"names\" or the status file's \"name\", or draw the "
                "map in their language (--lang)");
    }
    pm_str_finish(&foreign.names);
}

/* ---- texts of the status file -------------------------------------------------------------------- */

static void look_at_subject(struct foreign *foreign, const struct pm_state *state)
{
    if (!state->record)
        return;
    look_at(foreign, &state->record->note);
    if (state->record->label)
        look_at(foreign, &state->record->label->text);
}

static void look_at_event(struct foreign *foreign, const struct pm_event *event)
{
    look_at(foreign, &event->text);
    look_at(foreign, &event->verification);
    for (size_t i = 0; i < event->claim_count; i++) {
        look_at(foreign, &event->claims[i].by_detail);
        look_at(foreign, &event->claims[i].text);
    }
}

/* Titles of sources are left as they are: they may well be in the language of the source. */
static void look_at_texts(struct foreign *foreign)
{
    const struct pm_draft *draft = foreign->draft;
    const struct pm_status *status = draft->status;
    enum { OWN = 4 };
    const struct pm_text *own[OWN] = {&status->title, &status->subtitle, &status->notes,
                                      &status->disclaimer};
    for (size_t i = 0; i < OWN; i++)
        look_at(foreign, own[i]);
    for (size_t i = 0; i < status->status_count; i++)
        look_at(foreign, &status->statuses[i].label);
    for (size_t i = 0; i < status->party_count; i++)
        look_at(foreign, &status->parties[i].name);
    for (size_t i = 0; i < draft->event_count; i++)
        look_at_event(foreign, draft->events[i].event);
    for (size_t i = 0; i < draft->area_count; i++)
        look_at_subject(foreign, &draft->areas[i].state);
    for (size_t i = 0; i < draft->place_count; i++)
        look_at_subject(foreign, &draft->places[i].state);
}

static void report_texts(struct pm_draft *draft)
{
    struct foreign foreign = {
        .draft = draft, .lang = draft->lang, .script = script_of(draft, draft->lang), .most = 1};
    look_at_texts(&foreign);
    if (foreign.count) {
        pm_warning(draft->diags, "texts-untranslated", (struct pm_place){0},
                   "%zu text%s of the status file %s not in \"%s\"", foreign.count,
                   foreign.count == 1 ? "" : "s", foreign.count == 1 ? "is" : "are", draft->lang);
        pm_help(draft->diags, "give each as {\"%s\": \"…\"}; the first is: %s", draft->lang,
                pm_str_get(&foreign.names));
    }
    pm_str_finish(&foreign.names);
}

void pm_check_names(struct pm_draft *draft)
{
    report_names(draft, draft->lang);
    if (draft->second)
        report_names(draft, draft->second);
    report_texts(draft);
}
