/* The panel: legend with counts, notes and sources, disclaimer. On a portrait page the legend and
 * the notes stand side by side. What has no room is counted, never silently lost. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "layout/border.h"
#include "layout/marks.h"
#include "layout/state.h"
#include "layout/story.h"
#include "base/banned.h"

/* A column that is filled from the top. */
struct column {
    const struct pm_draft *draft;
    struct pm_scene *scene;
    double x0, x1, y, bottom;
};

static double width_of(const struct column *c)
{
    return c->x1 - c->x0;
}

static void heading(struct column *c, const char *text, const char *right)
{
    const struct pm_draft *draft = c->draft;
    double base = c->y + pm_type_ascent(draft, PM_TYPE_HEADING);
    pm_draw_run(c->scene, pm_type_run(draft, PM_TYPE_HEADING, text, NULL), c->x0, base,
                PM_ANCHOR_LEFT);
    if (right)
        pm_draw_run(c->scene, pm_type_run(draft, PM_TYPE_DISCLAIMER, right, NULL), c->x1, base,
                    PM_ANCHOR_RIGHT);
    struct pm_path path = {0};
    c->y += pm_type_leading(draft, PM_TYPE_HEADING) + pm_px(draft, 4);
    pm_path_move(&path, c->x0, c->y);
    pm_path_line(&path, c->x1, c->y);
    pm_scene_path(c->scene, NULL, &path,
                  (struct pm_paint){.stroke = draft->style->color.rule, .width = pm_px(draft, 1)});
    pm_path_finish(&path);
    c->y += pm_px(draft, 7);
}

/* ---- legend -------------------------------------------------------------------------------- */

/* A label that wraps beside its symbol, with a count at the right; the symbol's middle is given
 * to the caller. */
static struct pm_pt row_of_height(struct column *c, const char *label, const char *count,
                                  double least)
{
    const struct pm_draft *draft = c->draft;
    double swatch = pm_px(draft, draft->style->legend.swatch_w), gap = pm_px(draft, 14);
    double room = width_of(c) - swatch - gap - (count ? pm_px(draft, 44) : 0);
    struct pm_block block = pm_block_make(draft, PM_TYPE_LEGEND, label, room);
    double height = fmax(least, block.height + pm_px(draft, 6));
    double middle = c->y + height / 2;
    pm_block_draw(draft, c->scene, &block, c->x0 + swatch + gap, middle - block.height / 2);
    if (count)
        pm_draw_run(c->scene, pm_type_run(draft, PM_TYPE_COUNT, count, NULL), c->x1,
                    middle - pm_type_leading(draft, PM_TYPE_LEGEND) / 2 +
                        pm_type_ascent(draft, PM_TYPE_LEGEND),
                    PM_ANCHOR_RIGHT);
    c->y += height;
    return (struct pm_pt){c->x0 + swatch / 2, middle};
}

static struct pm_pt row(struct column *c, const char *label, const char *count)
{
    return row_of_height(c, label, count, pm_px(c->draft, c->draft->style->legend.row));
}

static void area_row(struct column *c, const struct pm_status_look *look, bool doubtful,
                     size_t count)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot slots[] = {{"label", pm_look_label(draft, look, false)}, {NULL, NULL}};
    const char *label = doubtful ? pm_words_of(draft, PM_WORD_CLAIMED, slots) : slots[0].value;
    struct pm_state state = {.look = look, .doubtful = doubtful};
    double w = pm_px(draft, draft->style->legend.swatch_w);
    double h = pm_px(draft, draft->style->legend.swatch_h);
    struct pm_pt at = row(c, label, pm_sprintf(draft->arena, "%zu", count));
    pm_draw_swatch(draft, c->scene, &state, pm_box_of(at.x - w / 2, at.y - h / 2, w, h));
}

static void line_row(struct column *c, enum pm_word word, struct pm_paint paint)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot slots[] = {{"unit", pm_unit(draft, true)}, {NULL, NULL}};
    double w = pm_px(draft, draft->style->legend.swatch_w);
    struct pm_pt at = row(c, pm_words_of(draft, word, slots), NULL);
    struct pm_path path = {0};
    pm_path_move(&path, at.x - w / 2, at.y);
    pm_path_line(&path, at.x + w / 2, at.y);
    pm_scene_path(c->scene, NULL, &path, paint);
    pm_path_finish(&path);
}

static void line_rows(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_style *style = draft->style;
    if (pm_border_in_sight(draft, PM_BORDER_CHANGE))
        line_row(c, PM_WORD_CHANGE_OF_SIDE,
                 (struct pm_paint){.stroke = style->color.border,
                                   .width = pm_px(draft, style->line.change)});
    if (pm_border_in_sight(draft, PM_BORDER_DISPUTED))
        line_row(c, PM_WORD_DISPUTED, pm_disputed_paint(draft));
    if (style->show.roads && draft->road_count)
        line_row(c, PM_WORD_ROAD,
                 (struct pm_paint){.stroke = style->color.road,
                                   .width = pm_px(draft, style->line.road)});
}

static char *capitalised(const struct pm_draft *draft, const char *s)
{
    struct pm_str out = {0};
    const char *rest = s;
    pm_utf8_next(&rest);
    pm_upper(pm_strndup(draft->arena, s, (size_t)(rest - s)), &out);
    pm_str_add(&out, rest);
    char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

static void area_legend(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot unit[] = {{"unit", capitalised(draft, pm_unit(draft, false))},
                                   {NULL, NULL}};
    heading(c, pm_words_of(draft, PM_WORD_AREA_STATUS, unit),
            pm_sprintf(draft->arena, "%zu %s", draft->area_count,
                       pm_unit(draft, draft->area_count != 1)));
    for (size_t i = 0; i < draft->look_count; i++) {
        if (draft->area_tally[i].solid)
            area_row(c, &draft->looks[i], false, draft->area_tally[i].solid);
        if (draft->area_tally[i].doubtful)
            area_row(c, &draft->looks[i], true, draft->area_tally[i].doubtful);
    }
    line_rows(c);
    c->y += pm_px(draft, 16);
}

static bool any_place(const struct pm_draft *draft, int rank)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (rank == 0 || draft->places[i].rank == rank)
            return true;
    return false;
}

static void place_rows(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    double radius = pm_px(draft, draft->style->mark.capital);
    for (size_t i = 0; i < draft->look_count; i++) {
        size_t count = draft->place_tally[i].solid + draft->place_tally[i].doubtful;
        if (!count)
            continue;
        struct pm_state state = {.look = &draft->looks[i]};
        struct pm_pt at = row(c, pm_look_label(draft, &draft->looks[i], true),
                              pm_sprintf(draft->arena, "%zu", count));
        pm_draw_place_mark(draft, c->scene, &state, 2, at, radius);
    }
}

static const struct pm_status_look *national_look(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (draft->places[i].rank == 1)
            return draft->places[i].state.look;
    return &draft->looks[0];
}

static bool any_event(const struct pm_draft *draft, bool rough)
{
    for (size_t i = 0; i < draft->event_count; i++)
        if (draft->events[i].visible &&
            (draft->events[i].event->precision != PM_PRECISION_EXACT) == rough)
            return true;
    return false;
}

static void event_row(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    bool rough = !any_event(draft, false);
    double height = 2 * pm_event_radius(draft, rough) + pm_px(draft, 6);
    struct pm_pt at = row_of_height(c, pm_words_of(draft, PM_WORD_EVENT, NULL), NULL, height);
    pm_draw_event_mark(draft, c->scene, 1, rough, at);
}

static void place_legend(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    bool events = any_event(draft, true) || any_event(draft, false);
    if (!any_place(draft, 0) && !events)
        return;
    heading(c, pm_words_of(draft, PM_WORD_PLACE_STATUS, NULL), NULL);
    place_rows(c);
    if (any_place(draft, 1)) {
        struct pm_state state = {.look = national_look(draft)};
        struct pm_pt at = row(c, pm_words_of(draft, PM_WORD_NATIONAL_CAPITAL, NULL), NULL);
        pm_draw_place_mark(draft, c->scene, &state, 1, at, pm_px(draft, draft->style->mark.national));
    }
    if (events)
        event_row(c);
    c->y += pm_px(draft, 16);
}

/* ---- notes ------------------------------------------------------------------------------------ */

/* A note is set whole or not at all; what is left out is counted. */
struct notes {
    struct column *column;
    struct pm_index seen; /* texts set already: ten areas may share one note */
    double reserve;       /* kept free below, for sources */
    size_t left_out;
};

static void add_note(struct notes *notes, enum pm_type_role role, const char *text)
{
    struct column *c = notes->column;
    size_t seen = 0;
    if (pm_index_get(&notes->seen, text, &seen))
        return;
    pm_index_set(&notes->seen, c->draft->arena, text, 1);
    struct pm_block block = pm_block_make(c->draft, role, text, width_of(c));
    if (c->y + block.height > c->bottom - notes->reserve) {
        notes->left_out++;
        return;
    }
    c->y = pm_block_draw(c->draft, c->scene, &block, c->x0, c->y) + pm_px(c->draft, 4);
}

static void subject_note(struct notes *notes, const char *name, const struct pm_state *state)
{
    const struct pm_draft *draft = notes->column->draft;
    const char *note =
        state->record ? pm_text_get(&state->record->note, draft->lang, NULL) : NULL;
    if (!note)
        return;
    const char *refs = pm_source_refs(draft, state->record->sources, state->record->source_count);
    add_note(notes, PM_TYPE_NOTE, pm_sprintf(draft->arena, "%s: %s%s%s", name, note,
                                             *refs ? " " : "", refs));
}

static void event_notes(struct notes *notes)
{
    struct column *c = notes->column;
    for (size_t i = 0; i < c->draft->event_count; i++) {
        const struct pm_event_draft *event = &c->draft->events[i];
        if (!pm_box_empty(event->callout))
            continue;
        struct pm_story story = pm_story_make(c->draft, event, width_of(c));
        if (c->y + story.height > c->bottom - notes->reserve)
            notes->left_out++;
        else
            c->y = pm_story_draw(c->draft, c->scene, &story, c->x0, c->y) + pm_px(c->draft, 8);
    }
}

static void stale_note(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    const struct pm_slot slots[] = {
        {"n", pm_sprintf(draft->arena, "%d", draft->status->stale_after_days)}, {NULL, NULL}};
    bool stale = false;
    for (size_t i = 0; i < draft->area_count; i++)
        stale |= draft->areas[i].state.stale;
    for (size_t i = 0; i < draft->place_count; i++)
        stale |= draft->places[i].state.stale;
    if (stale)
        add_note(notes, PM_TYPE_NOTE, pm_words_of(draft, PM_WORD_STALE_NOTE, slots));
}

static void subject_notes(struct notes *notes)
{
    const struct pm_draft *draft = notes->column->draft;
    for (size_t i = 0; i < draft->area_count; i++)
        if (!draft->areas[i].state.muted)
            subject_note(notes, pm_feature_name(draft, draft->areas[i].feature, NULL),
                         &draft->areas[i].state);
    for (size_t i = 0; i < draft->place_count; i++)
        if (!draft->places[i].state.muted)
            subject_note(notes, draft->places[i].name, &draft->places[i].state);
}

/* "[1] Publisher: Title, 4 May 2021" */
static const char *source_line(const struct pm_draft *draft, size_t index)
{
    const struct pm_source_ref *source = &draft->status->sources[index];
    const char *title = pm_text_get(&source->title, draft->lang, NULL);
    bool dated = source->published != PM_NO_DATE;
    const char *date =
        dated ? pm_word_date(draft->style->words, draft->lang, source->published, draft->arena)
              : "";
    return pm_sprintf(draft->arena, "[%zu] %s%s%s%s%s", index + 1,
                      source->publisher ? source->publisher : "",
                      source->publisher && title ? ": " : "", title ? title : "",
                      dated ? ", " : "", date);
}

static double sources_height(const struct column *c)
{
    double height = 0;
    for (size_t i = 0; i < c->draft->status->source_count; i++)
        height += pm_block_make(c->draft, PM_TYPE_NOTE, source_line(c->draft, i), width_of(c)).height +
                  pm_px(c->draft, 4);
    return height;
}

static bool anything_to_note(const struct pm_draft *draft)
{
    bool notes = draft->status->source_count > 0 || draft->status->notes.n > 0;
    for (size_t i = 0; i < draft->event_count; i++)
        notes |= pm_box_empty(draft->events[i].callout);
    for (size_t i = 0; i < draft->area_count; i++)
        notes |= draft->areas[i].state.record && draft->areas[i].state.record->note.n;
    for (size_t i = 0; i < draft->place_count; i++)
        notes |= draft->places[i].state.record && draft->places[i].state.record->note.n;
    return notes;
}

static void finish_notes(struct notes *notes)
{
    struct column *c = notes->column;
    const struct pm_draft *draft = c->draft;
    notes->reserve = 0;
    if (notes->left_out) {
        const struct pm_slot slots[] = {{"n", pm_sprintf(draft->arena, "%zu", notes->left_out)},
                                        {NULL, NULL}};
        add_note(notes, PM_TYPE_DISCLAIMER, pm_words_of(draft, PM_WORD_MORE_NOTES, slots));
        pm_note(draft->diags, "notes-left-out", (struct pm_place){0},
                "no room on the page for %zu notes", notes->left_out);
    }
    for (size_t i = 0; i < draft->status->source_count; i++)
        add_note(notes, PM_TYPE_NOTE, source_line(draft, i));
}

static void notes_section(struct column *c)
{
    const struct pm_draft *draft = c->draft;
    if (!draft->style->show.notes || !anything_to_note(draft))
        return;
    struct notes notes = {.column = c};
    notes.reserve = sources_height(c) + 2 * pm_type_leading(draft, PM_TYPE_NOTE);
    heading(c, pm_words_of(draft, PM_WORD_NOTES, NULL), NULL);
    const char *own = pm_text_get(&draft->status->notes, draft->lang, NULL);
    if (own)
        add_note(&notes, PM_TYPE_NOTE, own);
    event_notes(&notes);
    stale_note(&notes);
    subject_notes(&notes);
    finish_notes(&notes);
    c->y += pm_px(draft, 8);
}

static struct pm_block disclaimer(const struct column *c)
{
    const struct pm_draft *draft = c->draft;
    const char *own = pm_text_get(&draft->status->disclaimer, draft->lang, NULL);
    return pm_block_make(draft, PM_TYPE_DISCLAIMER,
                         own ? own : pm_words_of(draft, PM_WORD_DISCLAIMER, NULL), width_of(c));
}

/* ---- the whole ------------------------------------------------------------------------------- */

void pm_compose_panel(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct pm_box box = draft->page.panel;
    struct column c = {draft, scene, box.x0, box.x1, box.y0, box.y1};
    if (pm_box_empty(box))
        return;
    if (draft->page.portrait)
        c.x1 = box.x0 + pm_box_w(box) * 0.46;
    if (draft->style->show.legend) {
        area_legend(&c);
        place_legend(&c);
    }
    if (draft->page.portrait) {
        c = (struct column){draft, scene, box.x0 + pm_box_w(box) * 0.54, box.x1, box.y0, box.y1};
    }
    struct pm_block last = disclaimer(&c);
    c.bottom -= draft->style->show.disclaimer ? last.height + pm_px(draft, 4) : 0;
    notes_section(&c);
    if (draft->style->show.disclaimer)
        pm_block_draw(draft, scene, &last, c.x0, fmin(c.y, c.bottom));
}
