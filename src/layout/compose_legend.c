/* The legend: a row for each look that occurs, with its count, and for each kind of line and mark.
 * The counts of areas add up to the number of areas. */
#include <math.h>

#include "base/str.h"
#include "layout/border.h"
#include "layout/column.h"
#include "layout/marks.h"
#include "layout/state.h"
#include "base/banned.h"

/* A label that wraps beside its symbol, with a count at its end; `*at` is the symbol's middle.
 * False if the column has no room left: then nothing is drawn and the loss is counted. */
static bool row_of_height(struct pm_column *c, const char *label, const char *count, double least,
                          struct pm_pt *at)
{
    const struct pm_draft *draft = c->draft;
    double swatch = pm_px(draft, draft->style->legend.swatch_w), gap = pm_px(draft, 14);
    double number = count ? pm_type_run(draft, PM_TYPE_COUNT, count, NULL).width : 0;
    double room = pm_column_width(c) - swatch - gap -
                  (count ? fmax(number + pm_px(draft, 10), pm_px(draft, 44)) : 0);
    struct pm_block block = pm_block_make(draft, PM_TYPE_LEGEND, label, room);
    double height = fmax(least, block.height + pm_px(draft, 6) * c->squeeze);
    if (room < pm_type_font(draft, PM_TYPE_LEGEND).size || !pm_column_room(c, height)) {
        c->lost++;
        return false;
    }
    double middle = c->y + height / 2;
    struct pm_box column = pm_box_of(c->x0, c->y, pm_column_width(c), height);
    struct pm_box text =
        pm_mirrored(draft, column, pm_box_of(c->x0 + swatch + gap, c->y, room, height));
    struct pm_box symbol = pm_mirrored(draft, column, pm_box_of(c->x0, c->y, swatch, height));
    pm_block_draw(draft, c->scene, &block, text.x0, middle - block.height / 2);
    if (count)
        pm_draw_run_at(draft, c->scene, pm_type_run(draft, PM_TYPE_COUNT, count, NULL), c->x0,
                       c->x1,
                       middle - pm_type_leading(draft, PM_TYPE_LEGEND) / 2 +
                           pm_type_ascent(draft, PM_TYPE_LEGEND),
                       PM_AT_END);
    c->y += height;
    *at = (struct pm_pt){(symbol.x0 + symbol.x1) / 2, middle};
    return true;
}

static double row_height(const struct pm_column *c)
{
    return pm_px(c->draft, c->draft->style->legend.row) * c->squeeze;
}

static bool row(struct pm_column *c, const char *label, const char *count, struct pm_pt *at)
{
    return row_of_height(c, label, count, row_height(c), at);
}

static const char *state_label(const struct pm_draft *draft, const struct pm_status_look *look,
                               bool doubtful, bool place)
{
    const struct pm_slot slots[] = {{"label", pm_look_label(draft, look, place)}, {NULL, NULL}};
    return doubtful ? pm_type_led(draft, pm_words_of(draft, PM_WORD_CLAIMED, slots))
                    : slots[0].value;
}

static void area_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                     size_t count)
{
    const struct pm_draft *draft = c->draft;
    struct pm_state state = {.look = look, .doubtful = doubtful};
    double w = pm_px(draft, draft->style->legend.swatch_w);
    double h = fmin(pm_px(draft, draft->style->legend.swatch_h), row_height(c) - 4);
    struct pm_pt at;
    if (row(c, state_label(draft, look, doubtful, false), pm_count_of(draft, count), &at))
        pm_draw_swatch(draft, c->scene, &state, pm_box_of(at.x - w / 2, at.y - h / 2, w, h));
}

typedef void draw_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                      size_t count);

/* A row for each look that occurs; what is not known comes last. */
static void tally_rows(struct pm_column *c, const struct pm_tally *tally, draw_row *draw)
{
    const struct pm_draft *draft = c->draft;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < draft->look_count; i++) {
            const struct pm_status_look *look = &draft->looks[i];
            if (pm_streq(look->id, "unknown") != (last == 1))
                continue;
            if (tally[i].solid)
                draw(c, look, false, tally[i].solid);
            if (tally[i].doubtful)
                draw(c, look, true, tally[i].doubtful);
        }
}

static void line_row(struct pm_column *c, enum pm_word word, struct pm_paint paint)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot slots[] = {
        {"unit", pm_unit(draft, false)}, {"units", pm_unit(draft, true)}, {NULL, NULL}};
    double w = pm_px(draft, draft->style->legend.swatch_w);
    struct pm_path path = {0};
    struct pm_pt at;
    if (!row(c, pm_words_of(draft, word, slots), NULL, &at))
        return;
    pm_path_move(&path, at.x - w / 2, at.y);
    pm_path_line(&path, at.x + w / 2, at.y);
    pm_scene_path(c->scene, NULL, &path, paint);
    pm_path_finish(&path);
}

static void line_rows(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_style *style = draft->style;
    if (pm_border_in_sight(draft, PM_BORDER_CHANGE))
        line_row(c, PM_WORD_CHANGE_OF_SIDE,
                 (struct pm_paint){.stroke = style->color.border,
                                   .width = pm_px(draft, style->line.change)});
    if (pm_border_in_sight(draft, PM_BORDER_DISPUTED))
        line_row(c, PM_WORD_DISPUTED, pm_disputed_paint(draft));
    if (style->show.roads && (!draft->base || draft->base->roads.count))
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

static void area_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot all[] = {
        {"unit", pm_unit(draft, false)}, {"units", pm_unit(draft, true)}, {NULL, NULL}};
    const struct pm_slot count[] = {{"n", pm_count_of(draft, draft->area_count)},
                                    {"unit", pm_unit(draft, false)},
                                    {"units", pm_unit(draft, draft->area_count != 1)},
                                    {NULL, NULL}};
    pm_column_heading(c, capitalised(draft, pm_words_of(draft, PM_WORD_AREA_STATUS, all)),
                      pm_words_of(draft, PM_WORD_COUNT, count), row_height(c));
    tally_rows(c, draft->area_tally, area_row);
    c->reserve += c->later;
    line_rows(c);
    c->y += pm_px(draft, 16) * c->squeeze;
}

static bool any_place(const struct pm_draft *draft, int rank)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (rank == 0 || draft->places[i].rank == rank)
            return true;
    return false;
}

static void place_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                      size_t count)
{
    const struct pm_draft *draft = c->draft;
    struct pm_state state = {.look = look, .doubtful = doubtful};
    struct pm_pt at;
    if (row(c, state_label(draft, look, doubtful, true), pm_count_of(draft, count), &at))
        pm_draw_place_mark(draft, c->scene, &state, 2, at,
                           pm_px(draft, draft->style->mark.capital));
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

static void event_row(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    bool rough = !any_event(draft, false);
    double height = 2 * pm_event_radius(draft, rough) + pm_px(draft, 6);
    struct pm_pt at;
    if (row_of_height(c, pm_words_of(draft, PM_WORD_EVENT, NULL), NULL, height, &at))
        pm_draw_event_mark(draft, c->scene, 1, rough, at);
}

static void place_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    bool events = any_event(draft, true) || any_event(draft, false);
    if (!any_place(draft, 0) && !events)
        return;
    pm_column_heading(c, pm_words_of(draft, PM_WORD_PLACE_STATUS, NULL), NULL, row_height(c));
    tally_rows(c, draft->place_tally, place_row);
    if (any_place(draft, 1)) {
        struct pm_state state = {.look = national_look(draft)};
        struct pm_pt at;
        if (row(c, pm_words_of(draft, PM_WORD_NATIONAL_CAPITAL, NULL), NULL, &at))
            pm_draw_place_mark(draft, c->scene, &state, 1, at,
                               pm_px(draft, draft->style->mark.national));
    }
    if (events)
        event_row(c);
    c->y += pm_px(draft, 16) * c->squeeze;
}

void pm_compose_legend(struct pm_column *c)
{
    area_legend(c);
    place_legend(c);
}
