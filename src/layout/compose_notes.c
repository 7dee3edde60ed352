/* Notes and sources. A note is set whole or not at all; what is left out is counted, on the page
 * and in a message, never silently lost. */
#include <math.h>

#include "base/str.h"
#include "input/positions.h"
#include "layout/column.h"
#include "layout/labels.h"
#include "layout/series.h"
#include "layout/sources.h"
#include "layout/state.h"
#include "layout/story.h"
#include "base/banned.h"

#define NOTE_GAP 4.0
#define ABOVE_DISCLAIMER 8.0

/* A note is set whole or not at all; what is left out is counted. */
struct notes {
    struct pm_column *column;
    double
        reserve; /* kept free at the end, for sources and the line that counts what is left out */
};

/* "Notes and sources left out for lack of room: 4." */
static const char *more_notes(const struct pm_draft *draft, size_t count)
{
    const struct pm_slot slots[] = {{"n", pm_count_of(draft, count)}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_MORE_NOTES, slots);
}

static double more_height(const struct pm_column *c)
{
    enum { MANY = 88 };
    return pm_block_make(c->draft, PM_TYPE_DISCLAIMER, more_notes(c->draft, MANY),
                         pm_column_width(c))
               .height +
           pm_px(c->draft, NOTE_GAP);
}

/* Room for something before what is kept free? */
static bool has_room(struct notes *notes, double height)
{
    struct pm_column *c = notes->column;
    c->reserve += notes->reserve;
    bool room = pm_column_room(c, height);
    c->reserve -= notes->reserve;
    return room;
}

/* False if there is no room for it. */
static bool add_linked_note(struct notes *notes, enum pm_type_role role, const char *text,
                            const char *link)
{
    struct pm_column *c = notes->column;
    struct pm_block block = pm_block_make(c->draft, role, text, pm_column_width(c));
    block.link = link;
    if (!has_room(notes, block.height)) {
        c->left_out++;
        return false;
    }
    c->y = pm_block_draw(c->draft, c->scene, &block, c->x0, c->y) + pm_px(c->draft, NOTE_GAP);
    return true;
}

static bool add_note(struct notes *notes, enum pm_type_role role, const char *text)
{
    return add_linked_note(notes, role, text, NULL);
}

static double notes_heading(const struct pm_column *c)
{
    return pm_block_make(c->draft, PM_TYPE_HEADING, pm_words_of(c->draft, PM_WORD_NOTES, NULL),
                         pm_column_width(c))
               .height +
           pm_px(c->draft, 11);
}

/* A mark whose claim and denial are not on the page misleads: that is worth more than a note. */
static void tell_event(const struct pm_draft *draft, const struct pm_event_draft *event,
                       const char *id, const char *what)
{
    const char *text = pm_text_get(&event->event->text, draft->lang, NULL);
    pm_warning(draft->diags, id, pm_place_value(draft->status->source, event->event->at),
               "no room to tell %sevent %d, \"%s\"", what, event->number,
               text ? text : pm_event_kind_name(event->event->kind));
    pm_help(draft->diags, "%s, or draw fewer events on it", pm_more_room(draft));
}

/* In short where there is no room for all of it: what happened, who says so, who denies it, and that it is not verified. */
static void event_note(struct notes *notes, const struct pm_event_draft *event)
{
    struct pm_column *c = notes->column;
    struct pm_story story = pm_story_make(c->draft, event, pm_column_width(c));
    if (has_room(notes, story.height)) {
        c->y = pm_story_draw(c->draft, c->scene, &story, c->x0, c->y) + pm_px(c->draft, 8);
        return;
    }
    if (add_note(notes, PM_TYPE_NOTE, pm_story_short(c->draft, event)))
        tell_event(c->draft, event, "event-shortened", "all of ");
    else
        tell_event(c->draft, event, "event-left-out", "");
}

static void event_notes(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    for (size_t i = 0; i < draft->event_count; i++)
        if (pm_box_empty(draft->events[i].callout))
            event_note(notes, &draft->events[i]);
}

/* "1 Kapisa, 2 Parwan" */
static const char *key_names(const struct pm_draft *draft)
{
    struct pm_str names = {0};
    for (size_t i = 0; i < draft->key_count; i++) {
        const struct pm_label_draft *label = draft->key[i];
        const char *name =
            pm_label_text(draft, label->name, pm_label_state(draft, label->kind, label->index));
        pm_str_addf(&names, "%s%s\u00A0%s", i ? pm_words_of(draft, PM_WORD_LIST, NULL) : "",
                    label->lines->s, pm_type_within(draft, draft->rtl, name));
    }
    const char *s = pm_strdup(draft->arena, pm_str_get(&names));
    pm_str_finish(&names);
    return s;
}

static struct pm_block key_block(const struct pm_column *c)
{
    const struct pm_slot slots[] = {{"names", key_names(c->draft)}, {NULL, NULL}};
    return pm_block_make(c->draft, PM_TYPE_NOTE, pm_words_of(c->draft, PM_WORD_KEY, slots),
                         pm_column_width(c));
}

double pm_key_height(const struct pm_column *c)
{
    if (!c->draft->key_count || !c->draft->style->show.notes)
        return 0;
    return key_block(c).height + pm_px(c->draft, NOTE_GAP) + notes_heading(c) + more_height(c);
}

/* What the numbers stand for that labels without room became. It comes first, and before what is kept
 * free for sources: without it the map can't be read. */
static void key_note(struct notes *notes)
{
    struct pm_column *c = notes->column;
    const struct pm_draft *draft = c->draft;
    struct pm_block block = key_block(c);
    if (draft->key_count == 0)
        return;
    c->key_cut = !pm_column_room(c, block.height);
    if (!c->key_cut)
        c->y = pm_block_draw(draft, c->scene, &block, c->x0, c->y) + pm_px(draft, NOTE_GAP);
}

static void focus_note(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    const struct pm_slot unit[] = {
        {"unit", pm_unit(draft, false)}, {"units", pm_unit(draft, true)}, {NULL, NULL}};
    add_note(notes, PM_TYPE_NOTE, pm_words_of(draft, PM_WORD_FOCUS_NOTE, unit));
}

/* The names that --unmatched warn left out, the first few of them. */
static void unmatched_note(struct notes *notes)
{
    enum { SHOWN = 5 };
    const struct pm_draft *draft = notes->column->draft;
    const struct pm_status *status = draft->status;
    struct pm_str names = {0};
    size_t count = 0, all = status->area_count + status->place_count;
    for (size_t i = 0; i < all; i++) {
        bool area = i < status->area_count;
        size_t at = area ? i : i - status->area_count;
        const struct pm_match *match =
            area ? &draft->join.area_match[at] : &draft->join.place_match[at];
        if (match->how == PM_MATCH_UNKNOWN && count++ < SHOWN)
            pm_str_addf(&names, "%s%s", count > 1 ? pm_words_of(draft, PM_WORD_LIST, NULL) : "",
                        (area ? status->areas : status->places)[at].key);
    }
    if (count > SHOWN)
        pm_str_addf(&names, " (+%s)", pm_count_of(draft, count - SHOWN));
    const struct pm_slot slots[] = {{"names", pm_str_get(&names)}, {NULL, NULL}};
    add_note(notes, PM_TYPE_NOTE, pm_words_of(draft, PM_WORD_UNMATCHED, slots));
    pm_str_finish(&names);
}

static bool is_stale(const struct pm_draft *draft)
{
    bool stale = false;
    for (size_t i = 0; i < draft->area_count; i++)
        stale |= draft->areas[i].state.stale;
    for (size_t i = 0; i < draft->place_count; i++)
        stale |= draft->places[i].state.stale;
    return stale;
}

static void stale_note(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    const struct pm_slot slots[] = {
        {"n", pm_count_of(draft, (size_t)draft->status->stale_after_days)}, {NULL, NULL}};
    if (is_stale(draft))
        add_note(notes, PM_TYPE_NOTE, pm_words_of(draft, PM_WORD_STALE_NOTE, slots));
}

static void list_outdated(struct pm_str *names, const struct pm_draft *map, const char *name,
                          const struct pm_state *state)
{
    if (state->stale && name)
        pm_str_addf(names, "%s%s", names->n ? pm_words_of(map, PM_WORD_LIST, NULL) : "",
                    pm_label_dated(map, name, state));
}

/* Names in a series have no dates: what is stale on the last day, or on that which an animation shows, is told apart: "Out
 * of date: Herat (1 July 2021)". NULL if nothing is, or there are no maps yet. */
static const char *outdated_said(const struct pm_draft *draft)
{
    const struct pm_series *series = draft->series;
    const struct pm_draft *map =
        series->maps[series->animated ? series->shown : series->count - 1].draft;
    struct pm_str names = {0};
    for (size_t i = 0; map && i < map->area_count; i++)
        list_outdated(&names, map, pm_feature_name(map, map->areas[i].feature, NULL),
                      &map->areas[i].state);
    for (size_t i = 0; map && i < map->place_count; i++)
        list_outdated(&names, map, map->places[i].name, &map->places[i].state);
    const char *said = NULL;
    if (names.n)
        said = pm_sprintf(draft->arena, "%s%s%s",
                          pm_capitalised(draft, pm_words_of(draft, PM_WORD_OUTDATED, NULL)),
                          pm_words_of(draft, PM_WORD_COLON, NULL), names.s);
    pm_str_finish(&names);
    return said;
}

/* ---- notes of areas and places, those that say the same together ------------------------------ */

struct group {
    const char *note, *refs;
    struct pm_str names;
};

struct groups {
    struct group *v;
    size_t n, cap;
};

static void add_to_group(const struct pm_draft *draft, struct groups *groups, const char *name,
                         const struct pm_state *state)
{
    const char *note = state->record && !state->muted
                           ? pm_text_get(&state->record->note, draft->lang, NULL)
                           : NULL;
    if (!note)
        return;
    const char *refs = pm_source_refs(draft, state->record->sources, state->record->source_count);
    size_t i = 0;
    while (i < groups->n &&
           !(pm_streq(groups->v[i].note, note) && pm_streq(groups->v[i].refs, refs)))
        i++;
    if (i == groups->n)
        pm_vec_push(groups, (struct group){note, refs, {0}});
    struct pm_str *names = &groups->v[i].names;
    if (!pm_ends_with(pm_str_get(names), name)) /* a province and its capital may share theirs */
        pm_str_addf(names, "%s%s", names->n ? pm_words_of(draft, PM_WORD_LIST, NULL) : "", name);
}

static void subject_notes(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    struct groups groups = {0};
    for (size_t i = 0; i < draft->area_count; i++)
        add_to_group(draft, &groups,
                     pm_type_within(draft, draft->rtl,
                                    pm_feature_name(draft, draft->areas[i].feature, NULL)),
                     &draft->areas[i].state);
    for (size_t i = 0; i < draft->place_count; i++)
        add_to_group(draft, &groups, pm_type_within(draft, draft->rtl, draft->places[i].name),
                     &draft->places[i].state);
    for (size_t i = 0; i < groups.n; i++) {
        struct group *g = &groups.v[i];
        add_note(notes, PM_TYPE_NOTE,
                 pm_type_led(draft, pm_sprintf(draft->arena, "%s%s%s%s%s", pm_str_get(&g->names),
                                               pm_words_of(draft, PM_WORD_COLON, NULL),
                                               pm_type_within(draft, draft->rtl, g->note),
                                               *g->refs ? "\u00A0" : "", g->refs)));
        pm_str_finish(&g->names);
    }
    pm_vec_finish(&groups);
}

static double sources_height(const struct pm_column *c)
{
    const bool *cited = pm_cited_sources(c->draft);
    double height = 0;
    for (size_t i = 0; i < c->draft->status->source_count; i++)
        if (cited[i])
            height += pm_block_make(c->draft, PM_TYPE_DISCLAIMER, pm_source_said(c->draft, i),
                                    pm_column_width(c))
                          .height +
                      pm_px(c->draft, NOTE_GAP);
    return height;
}

static bool anything_to_note(const struct pm_draft *draft)
{
    bool notes = draft->status->source_count > 0 || draft->status->notes.n > 0 ||
                 draft->focus_count > 0 || draft->join.unmatched > 0 || draft->key_count > 0;
    for (size_t i = 0; i < draft->event_count; i++)
        notes |= pm_box_empty(draft->events[i].callout);
    if (draft->series)
        return notes || outdated_said(draft) != NULL;
    notes |= is_stale(draft);
    for (size_t i = 0; i < draft->area_count; i++)
        notes |= draft->areas[i].state.record && draft->areas[i].state.record->note.n;
    for (size_t i = 0; i < draft->place_count; i++)
        notes |= draft->places[i].state.record && draft->places[i].state.record->note.n;
    return notes;
}

static void finish_notes(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    const bool *cited = pm_cited_sources(draft);
    notes->reserve = more_height(notes->column);
    for (size_t i = 0; i < draft->status->source_count; i++)
        if (cited[i])
            add_linked_note(notes, PM_TYPE_DISCLAIMER, pm_source_said(draft, i),
                            draft->status->sources[i].url);
    notes->reserve = 0;
    if (notes->column->left_out == 0)
        return;
    pm_warning(draft->diags, "notes-left-out", (struct pm_place){0},
               "no room on the page for %zu of the notes and sources", notes->column->left_out);
    pm_help(draft->diags, "%s; an SVG's tooltips have those of areas and places",
            pm_more_room(draft));
    add_note(notes, PM_TYPE_DISCLAIMER, more_notes(draft, notes->column->left_out));
}

/* What the heading must not part from: the key, or a note of some lines if it need not stay in the last column. */
static double first_height(const struct pm_column *c)
{
    enum { LINES = 4 };
    double line = pm_type_leading(c->draft, PM_TYPE_NOTE);
    if (c->draft->key_count)
        return key_block(c).height;
    return c->more ? LINES * line : line;
}

/* Sources may take half of what is left at most: notes come first. */
static void notes_section(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    if (!draft->style->show.notes || !anything_to_note(draft))
        return;
    struct notes notes = {.column = c};
    pm_column_heading(c, pm_words_of(draft, PM_WORD_NOTES, NULL), NULL, first_height(c));
    key_note(&notes);
    notes.reserve = fmin(fmin(sources_height(c), pm_column_left(c) / 2),
                         fmax(0, c->bottom - c->top - c->reserve) / 2) +
                    more_height(c);
    event_notes(&notes);
    const char *own = pm_text_get(&draft->status->notes, draft->lang, NULL);
    if (own)
        add_note(&notes, PM_TYPE_NOTE, own);
    if (draft->join.unmatched)
        unmatched_note(&notes);
    if (draft->focus_count)
        focus_note(&notes);
    if (draft->series) {
        const char *outdated = outdated_said(draft);
        if (outdated)
            add_note(&notes, PM_TYPE_NOTE, outdated);
    } else {
        stale_note(&notes);
    }
    if (!draft->series) /* these speak of one day */
        subject_notes(&notes);
    finish_notes(&notes);
}

static struct pm_block disclaimer(const struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const char *own = pm_text_get(&draft->status->disclaimer, draft->lang, NULL);
    return pm_block_make(draft, PM_TYPE_DISCLAIMER,
                         own ? own : pm_words_of(draft, PM_WORD_DISCLAIMER, NULL),
                         pm_column_width(c));
}

double pm_disclaimer_height(const struct pm_column *c)
{
    double most = (c->bottom - c->top) / 3;
    return c->draft->style->show.disclaimer
               ? fmin(disclaimer(c).height + pm_px(c->draft, ABOVE_DISCLAIMER + NOTE_GAP),
                      fmax(most, 0))
               : 0;
}

/* Below the notes if it has room there, else at the bottom of the last column. */
static void draw_disclaimer(struct pm_column *c)
{
    struct pm_block block = disclaimer(c);
    c->reserve = 0;
    c->y += c->y > c->top ? pm_px(c->draft, ABOVE_DISCLAIMER) : 0;
    while (c->more && c->y + block.height > c->bottom)
        pm_column_next(c);
    if (pm_block_cut(c->draft, &block, c->bottom - c->y))
        pm_text_cut(c->draft, "disclaimer");
    c->y = pm_block_draw(c->draft, c->scene, &block, c->x0, c->y);
}

void pm_compose_notes(struct pm_column *c)
{
    notes_section(c);
    if (c->draft->style->show.disclaimer)
        draw_disclaimer(c);
}
