#include "layout/sources.h"

#include "base/str.h"
#include "layout/series.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

const char *pm_source_name(const struct pm_draft *draft, const struct pm_source_ref *source)
{
    const char *title = pm_text_get(&source->title, draft->lang, NULL);
    return title ? title : source->publisher ? source->publisher : source->id;
}

const char *pm_source_said(const struct pm_draft *draft, size_t index)
{
    const struct pm_source_ref *source = &draft->status->sources[index];
    const char *title = pm_text_get(&source->title, draft->lang, NULL);
    bool dated = source->published != PM_NO_DATE;
    bool both = source->publisher && title;
    const char *line =
        pm_sprintf(draft->arena, "[%s] %s%s%s%s%s", pm_ordinal_of(draft, index + 1),
                   source->publisher ? pm_type_within(draft, draft->rtl, source->publisher) : "",
                   both ? pm_words_of(draft, PM_WORD_COLON, NULL) : "",
                   title ? pm_type_within(draft, draft->rtl, title) : "",
                   dated ? pm_words_of(draft, PM_WORD_LIST, NULL) : "",
                   dated ? pm_bound(draft, pm_date_of(draft, source->published)) : "");
    return pm_type_led(draft, line);
}

struct cited {
    bool *source;
    size_t count;
};

static void cite(struct cited *cited, const size_t *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cited->count += !cited->source[sources[i]];
        cited->source[sources[i]] = true;
    }
}

static void cite_state(struct cited *cited, const struct pm_state *state)
{
    if (state->record)
        cite(cited, state->record->sources, state->record->source_count);
}

/* Of a series all that is drawn on one of its maps. */
static void cite_history(struct cited *cited, const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->series->count; i++)
        for (size_t k = 0; k < draft->area_count; k++) {
            size_t subject = draft->join.area_subject[k];
            const struct pm_record *record =
                subject == PM_NONE
                    ? NULL
                    : pm_record_at(&draft->status->areas[subject], draft->series->maps[i].date);
            if (record)
                cite(cited, record->sources, record->source_count);
        }
}

const bool *pm_cited_sources(const struct pm_draft *draft)
{
    size_t all = draft->status->source_count;
    struct cited cited = {PM_NEW_N(draft->arena, bool, all), 0};
    if (draft->series)
        cite_history(&cited, draft);
    for (size_t i = 0; i < draft->area_count; i++)
        cite_state(&cited, &draft->areas[i].state);
    for (size_t i = 0; i < draft->place_all; i++)
        cite_state(&cited, &draft->places[i].state);
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event *event = draft->events[i].event;
        cite(&cited, event->sources, event->source_count);
        for (size_t k = 0; k < event->claim_count; k++)
            cite(&cited, event->claims[k].sources, event->claims[k].source_count);
    }
    for (size_t i = 0; i < all && cited.count == 0; i++)
        cited.source[i] = true;
    return cited.source;
}
