/* The legend: a row for each look that occurs, with its count, and for each kind of line and mark.
 * The counts of areas add up to the number of areas. */
#include <math.h>

#include <stdint.h>

#include "base/str.h"
#include "layout/insets.h"
#include "layout/border.h"
#include "layout/column.h"
#include "layout/marks.h"
#include "layout/pressure.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define NOT_COUNTED SIZE_MAX

#define COUNT 44.0 /* px, of the column of counts */
#define SHARE 54.0 /* … and of that of shares before it */
#define APART 4.0  /* … between swatches at least */

void pm_legend_begin(struct pm_column *c)
{
    c->listed = 0;
}

void pm_legend_end(struct pm_column *c)
{
    if (c->listed)
        pm_scene_end(c->scene);
    c->listed = 0;
}

static void begin_row(struct pm_column *c)
{
    const struct pm_ident list = {.part = PM_PART_LIST, .classes = "legend"};
    const struct pm_ident row = {.part = PM_PART_ITEM, .classes = "legend-row"};
    if (c->listed++ == 0)
        pm_scene_begin(c->scene, &list, (struct pm_box){0});
    pm_scene_begin(c->scene, &row, (struct pm_box){0});
}

static void draw_figure(struct pm_column *c, struct pm_run run, double end, double middle)
{
    const struct pm_draft *draft = c->draft;
    double y =
        middle - pm_type_leading(draft, PM_TYPE_LEGEND) / 2 + pm_type_ascent(draft, PM_TYPE_LEGEND);
    pm_draw_run_at(draft, c->scene, run, c->x0 + (draft->rtl ? end : 0),
                   c->x1 - (draft->rtl ? 0 : end), y, PM_AT_END);
}

void pm_legend_worth(struct pm_column *c, enum pm_worth worth, size_t count)
{
    c->worth = worth;
    c->many = c->draft->series ? 0 : count; /* on all days of an animation the same */
}

/* Notes the row that is asked for now. */
static bool is_wanted(struct pm_column *c, const char *label)
{
    size_t row = c->rows++;
    if (row >= c->wish_count)
        return true;
    c->wishes[row].row = row;
    c->wishes[row].label = label;
    c->wishes[row].worth = c->worth;
    c->wishes[row].count = c->many;
    c->wishes[row].section = c->section;
    return !c->wishes[row].left_out;
}

bool pm_legend_row_with(struct pm_column *c, const char *label, const struct pm_figures *figures,
                        double least, struct pm_pt *at)
{
    const char *count = figures->count, *share = figures->side;
    const struct pm_draft *draft = c->draft;
    double swatch = pm_px(draft, draft->style->legend.swatch_w), gap = pm_px(draft, 14);
    double number = count ? pm_type_run(draft, PM_TYPE_COUNT, count, NULL).width : 0;
    double room = pm_column_width(c) - swatch - gap -
                  (count ? fmax(number + pm_px(draft, 10), figures->count_room) : 0) -
                  (share ? figures->side_room : 0);
    struct pm_block block = pm_block_make(draft, PM_TYPE_LEGEND, label, room);
    double height = fmax(least, block.height + pm_px(draft, 6) * c->squeeze);
    bool wanted = is_wanted(c, label) && !c->headless;
    if (!wanted || room < pm_type_font(draft, PM_TYPE_LEGEND).size || !pm_column_room(c, height)) {
        c->lost++;
        c->lost_of[c->worth]++;
        return false;
    }
    double middle = c->y + height / 2;
    struct pm_box column = pm_box_of(c->x0, c->y, pm_column_width(c), height);
    struct pm_box text =
        pm_mirrored(draft, column, pm_box_of(c->x0 + swatch + gap, c->y, room, height));
    struct pm_box symbol = pm_mirrored(draft, column, pm_box_of(c->x0, c->y, swatch, height));
    begin_row(c);
    pm_block_draw(draft, c->scene, &block, text.x0, middle - block.height / 2);
    if (count)
        draw_figure(c, pm_type_run(draft, PM_TYPE_COUNT, count, NULL), 0, middle);
    if (share)
        draw_figure(c, pm_type_run(draft, PM_TYPE_LEGEND, share, NULL), figures->count_room,
                    middle);
    c->y += height;
    *at = (struct pm_pt){(symbol.x0 + symbol.x1) / 2, middle};
    return true;
}

static bool row_with_share(struct pm_column *c, const char *label, const char *share,
                           const char *count, double least, struct pm_pt *at)
{
    const struct pm_figures figures = {share, count, pm_px(c->draft, SHARE),
                                       pm_px(c->draft, COUNT)};
    return pm_legend_row_with(c, label, &figures, least, at);
}

static bool row_of_height(struct pm_column *c, const char *label, const char *count, double least,
                          struct pm_pt *at)
{
    return row_with_share(c, label, NULL, count, least, at);
}

double pm_legend_row_height(const struct pm_column *c)
{
    return pm_px(c->draft, c->draft->style->legend.row) * c->squeeze;
}

double pm_legend_first_height(const struct pm_column *c)
{
    double two_lines =
        2 * pm_type_leading(c->draft, PM_TYPE_LEGEND) + pm_px(c->draft, 6) * c->squeeze;
    return c->more ? fmax(pm_legend_row_height(c), two_lines) : pm_legend_row_height(c);
}

bool pm_legend_row(struct pm_column *c, const char *label, const char *count, struct pm_pt *at)
{
    return row_of_height(c, label, count, pm_legend_row_height(c), at);
}

const char *pm_legend_label(const struct pm_draft *draft, const struct pm_status_look *look,
                            bool doubtful, bool place)
{
    const struct pm_slot slots[] = {{"label", pm_look_label(draft, look, place)}, {NULL, NULL}};
    return doubtful ? pm_type_led(draft, pm_words_of(draft, PM_WORD_CLAIMED, slots))
                    : slots[0].value;
}

/* "34%", "<1%"; NULL where shares are not shown. */
static const char *share_of(const struct pm_draft *draft, const struct pm_status_look *look,
                            bool doubtful)
{
    const struct pm_shares *shares = &draft->shares;
    size_t i = 2 * pm_look_index(draft, look) + doubtful;
    if (shares->of == PM_SHARE_NONE)
        return NULL;
    int percent = shares->percents[i];
    bool trace = percent == 0 && shares->values[i] > 0;
    const char *n = pm_count_of(draft, trace ? 1 : (size_t)percent);
    const struct pm_slot slots[] = {{"n", trace ? pm_sprintf(draft->arena, "<%s", n) : n},
                                    {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_PERCENT, slots);
}

void pm_legend_swatch(struct pm_column *c, const struct pm_state *state, struct pm_pt at)
{
    const struct pm_draft *draft = c->draft;
    double w = pm_px(draft, draft->style->legend.swatch_w);
    double h = fmin(pm_px(draft, draft->style->legend.swatch_h),
                    pm_legend_row_height(c) - pm_px(draft, APART));
    pm_draw_swatch(draft, c->scene, state, pm_box_of(at.x - w / 2, at.y - h / 2, w, h));
}

static void area_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                     size_t count)
{
    const struct pm_draft *draft = c->draft;
    struct pm_state state = {.look = look, .doubtful = doubtful};
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_AREA, count);
    if (!row_with_share(c, pm_legend_label(draft, look, doubtful, false),
                        share_of(draft, look, doubtful), pm_count_of(draft, count),
                        pm_legend_row_height(c), &at))
        return;
    pm_legend_swatch(c, &state, at);
    pm_scene_end(c->scene);
}

typedef void draw_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                      size_t count);

/* A row for each look that occurs; what is not known comes last. */
/* Animated, also those of which there are some on other days: so that nothing below moves. */
static void tally_rows(struct pm_column *c, const struct pm_tally *tally, draw_row *draw)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_series *series = draft->series;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < draft->look_count; i++) {
            const struct pm_status_look *look = &draft->looks[i];
            if (pm_streq(look->id, "unknown") != (last == 1))
                continue;
            if (tally[i].solid || (series && pm_series_has_place(series, i, false)))
                draw(c, look, false, tally[i].solid);
            if (tally[i].doubtful || (series && pm_series_has_place(series, i, true)))
                draw(c, look, true, tally[i].doubtful);
        }
}

static const char *line_said(const struct pm_draft *draft, enum pm_word word)
{
    const struct pm_slot slots[] = {
        {"unit", pm_unit(draft, false)}, {"units", pm_unit(draft, true)}, {NULL, NULL}};
    return pm_words_of(draft, word, slots);
}

static void line_row(struct pm_column *c, enum pm_worth worth, const char *label,
                     struct pm_paint paint)
{
    const struct pm_draft *draft = c->draft;
    double w = pm_px(draft, draft->style->legend.swatch_w);
    struct pm_path path = {0};
    struct pm_pt at;
    pm_legend_worth(c, worth, 0);
    if (!pm_legend_row(c, label, NULL, &at))
        return;
    pm_path_move(&path, at.x - w / 2, at.y);
    pm_path_line(&path, at.x + w / 2, at.y);
    pm_scene_path(c->scene, NULL, &path, paint);
    pm_scene_end(c->scene);
    pm_path_finish(&path);
}

static bool has_boundary(const struct pm_draft *draft, enum pm_boundary_kind kind)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_BOUNDARIES];
    for (size_t i = 0; i < layer->feature_count; i++)
        if (layer->features[i].boundary == kind)
            return true;
    return false;
}

static void boundary_row(struct pm_column *c, enum pm_boundary_kind kind)
{
    bool has = has_boundary(c->draft, kind);
    bool own = has && pm_series_shows_border(c->draft, PM_BORDER_MARKED + kind);
    const char *label = line_said(c->draft, pm_boundary_word(kind));
    const struct pm_slot slots[] = {{"label", label}, {NULL, NULL}};
    if (own) /* a line of control elsewhere must not be taken for one of this war */
        line_row(c, PM_WORTH_BOUNDARY, label, pm_boundary_paint(c->draft, kind, false));
    else if (has && pm_series_shows_border(c->draft, PM_BORDER_ABROAD + kind))
        line_row(c, PM_WORTH_CONTEXT,
                 pm_type_led(c->draft, pm_words_of(c->draft, PM_WORD_ABROAD, slots)),
                 pm_boundary_paint(c->draft, kind, true));
}

static void line_rows(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_style *style = draft->style;
    if (pm_series_shows_border(draft, PM_BORDER_CHANGE))
        line_row(c, PM_WORTH_SIDE, line_said(draft, PM_WORD_CHANGE_OF_SIDE),
                 (struct pm_paint){.stroke = style->color.border,
                                   .width = pm_px(draft, style->line.change)});
    for (int kind = 0; kind < PM_BOUNDARY_KINDS; kind++)
        boundary_row(c, (enum pm_boundary_kind)kind);
    if (style->show.roads && (!draft->base || draft->base->roads.count))
        line_row(c, PM_WORTH_CONTEXT, line_said(draft, PM_WORD_ROAD),
                 (struct pm_paint){.stroke = style->color.road,
                                   .width = pm_px(draft, style->line.road)});
}

/* What the figures are: "share of area · 34 provinces". */
static const char *figures_said(const struct pm_draft *draft, const char *counted)
{
    static const enum pm_word words[] = {
        [PM_SHARE_AREA] = PM_WORD_AREA_SHARE, [PM_SHARE_POPULATION] = PM_WORD_PEOPLE_SHARE};
    if (draft->shares.of == PM_SHARE_NONE)
        return counted;
    return pm_type_led(draft, pm_sprintf(draft->arena, "%s%s%s",
                                         pm_words_of(draft, words[draft->shares.of], NULL),
                                         pm_words_of(draft, PM_WORD_PARTS, NULL), counted));
}

const char *pm_area_status_said(const struct pm_draft *draft)
{
    const struct pm_slot all[] = {
        {"unit", pm_unit(draft, false)}, {"units", pm_unit(draft, true)}, {NULL, NULL}};
    return pm_capitalised(draft, pm_words_of(draft, PM_WORD_AREA_STATUS, all));
}

static bool any_place(const struct pm_draft *draft, int rank)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (rank == 0 || draft->places[i].rank == rank)
            return true;
    return false;
}

static const struct pm_status_look *national_look(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (draft->places[i].rank == 1)
            return draft->places[i].state.look;
    return &draft->looks[0];
}

static void national_row(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    struct pm_state state = {.look = national_look(draft)};
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_NATIONAL, 0);
    if (!any_place(draft, 1) ||
        !pm_legend_row(c, pm_words_of(draft, PM_WORD_NATIONAL_CAPITAL, NULL), NULL, &at))
        return;
    pm_draw_place_mark(draft, c->scene, &state, 1, at, pm_px(draft, draft->style->mark.national));
    pm_scene_end(c->scene);
}

/* Ends the list of a part of the legend; `drawn`: rows before it. */
static void end_part(struct pm_column *c, size_t drawn)
{
    pm_legend_end(c);
    if (c->rows - c->lost > drawn)
        c->y += pm_px(c->draft, PM_LEGEND_GAP) * c->squeeze;
}

static void area_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    size_t drawn = c->rows - c->lost;
    const struct pm_slot count[] = {{"n", pm_count_of(draft, draft->area_count)},
                                    {"unit", pm_unit(draft, false)},
                                    {"units", pm_unit(draft, draft->area_count != 1)},
                                    {NULL, NULL}};
    if (draft->series) {
        pm_compose_series_legend(c);
    } else if (draft->before) {
        pm_compose_changes(c, false);
    } else {
        pm_column_heading(c, pm_area_status_said(draft),
                          figures_said(draft, pm_words_of(draft, PM_WORD_COUNT, count)),
                          pm_legend_first_height(c));
        pm_legend_begin(c);
        tally_rows(c, draft->area_tally, area_row);
    }
    c->reserve += c->later;
    if (draft->before && !draft->series) { /* lines are not among what is unchanged */
        end_part(c, drawn);
        drawn = c->rows - c->lost;
        pm_legend_begin(c);
    }
    c->section = 0; /* they stand below no heading */
    c->headless = false;
    line_rows(c);
    if (draft->series && !draft->series->animated)
        national_row(c);
    end_part(c, drawn);
}

/* What the marks of places mean that the status file does not name; NULL if none is shown. How many there are
 * depends on the style, and tells nothing. */
static const struct pm_status_look *look_of_unnamed(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->place_count; i++)
        if (!draft->places[i].state.subject)
            return draft->places[i].state.look;
    return NULL;
}

/* Not counted are those among which there are some that the status file does not name. */
static void place_row(struct pm_column *c, const struct pm_status_look *look, bool doubtful,
                      size_t count)
{
    const struct pm_draft *draft = c->draft;
    struct pm_state state = {.look = look, .doubtful = doubtful};
    struct pm_pt at;
    pm_legend_worth(c, count == NOT_COUNTED ? PM_WORTH_UNNAMED : PM_WORTH_PLACE, count);
    if (!doubtful && look == look_of_unnamed(draft))
        count = NOT_COUNTED;
    if (!pm_legend_row(c, pm_legend_label(draft, look, doubtful, true),
                       count == NOT_COUNTED ? NULL : pm_count_of(draft, count), &at))
        return;
    pm_draw_place_mark(draft, c->scene, &state, 2, at, pm_px(draft, draft->style->mark.capital));
    pm_scene_end(c->scene);
}

static void unnamed_row(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_status_look *look = look_of_unnamed(draft);
    if (!look)
        return;
    size_t index = pm_look_index(draft, look);
    bool has_row = draft->place_tally[index].solid > 0 ||
                   (draft->series && pm_series_has_place(draft->series, index, false));
    if (!has_row)
        place_row(c, look, false, NOT_COUNTED);
}

/* Places that are pressed from all sides, or from some. */
static void pressure_row(struct pm_column *c, enum pm_word word, bool around)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_place_draft *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < draft->place_all; i++) {
        const struct pm_record *record = draft->places[i].state.record;
        if (!record || !record->pressure || pm_pressure_is_siege(record->pressure) != around)
            continue;
        if (count++ == 0)
            first = &draft->places[i];
    }
    double radius = pm_px(draft, draft->style->mark.town);
    double height = 2 * pm_pressure_radius(draft, radius) + pm_px(draft, 6);
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_PRESSURE, count);
    if (!first || !row_of_height(c, pm_words_of(draft, word, NULL), pm_count_of(draft, count),
                                 fmax(height, pm_legend_row_height(c)), &at))
        return;
    static const double upward[] = {0};
    struct pm_pressure pressure = *first->state.record->pressure;
    pressure.from = upward;
    pressure.count = 1;
    struct pm_record record = *first->state.record;
    record.pressure = &pressure;
    const struct pm_state state = {.look = first->state.look, .record = &record};
    pm_draw_pressure(draft, c->scene, &state, 0, at, radius);
    pm_draw_place_mark(draft, c->scene, &state, 2, at, radius);
    pm_scene_end(c->scene);
}

static void place_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    size_t drawn = c->rows - c->lost;
    if (!any_place(draft, 0))
        return;
    if (draft->before) {
        pm_compose_changes(c, true);
    } else {
        pm_column_heading(c, pm_words_of(draft, PM_WORD_PLACE_STATUS, NULL), NULL,
                          pm_legend_first_height(c));
        pm_legend_begin(c);
        tally_rows(c, draft->place_tally, place_row);
    }
    unnamed_row(c);
    if (draft->series)
        pm_compose_series_rim(c, true);
    national_row(c);
    pressure_row(c, PM_WORD_PRESSURE, false);
    pressure_row(c, PM_WORD_SIEGE, true);
    end_part(c, drawn);
}

/* ---- events -------------------------------------------------------------------------------------- */

/* The events on the map, by kind and by precision; also those whose mark found no room. */
struct event_tally {
    size_t all, kinds[PM_EVENT_KINDS], precise[PM_PRECISION_PROVINCE + 1];
};

static struct event_tally tally_events(const struct pm_draft *draft)
{
    struct event_tally tally = {0};
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event *event = draft->events[i].event;
        if (!draft->events[i].visible && !draft->events[i].crowded && !pm_inset_marks(draft, event))
            continue;
        tally.all++;
        tally.kinds[event->kind]++;
        tally.precise[event->precision]++;
    }
    return tally;
}

static void event_row(struct pm_column *c, enum pm_event_kind kind, enum pm_word word, size_t count)
{
    const struct pm_draft *draft = c->draft;
    double height = 2 * pm_event_radius(draft, false) + pm_px(draft, 6);
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_EVENT, count);
    if (!row_of_height(c, pm_words_of(draft, word, NULL), pm_count_of(draft, count), height, &at))
        return;
    pm_draw_event_mark(draft, c->scene, kind, false, 0, at);
    pm_scene_end(c->scene);
}

static void precision_row(struct pm_column *c, enum pm_word word, size_t count)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_slot slots[] = {{"unit", pm_unit(draft, false)}, {NULL, NULL}};
    double height = 2 * pm_event_radius(draft, false) + pm_px(draft, 6);
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_EVENT, count);
    if (!count || !row_of_height(c, pm_capitalised(draft, pm_words_of(draft, word, slots)),
                                 pm_count_of(draft, count), height, &at))
        return;
    pm_draw_event_ring(draft, c->scene, at, pm_event_radius(draft, false));
    pm_scene_end(c->scene);
}

static void event_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    size_t drawn = c->rows - c->lost;
    const struct event_tally tally = tally_events(draft);
    if (!tally.all)
        return;
    pm_column_heading(c, pm_words_of(draft, PM_WORD_EVENTS, NULL),
                      pm_words_of(draft, PM_WORD_EVENT, NULL), pm_legend_first_height(c));
    pm_legend_begin(c);
    for (int kind = 0; kind < PM_EVENT_KINDS; kind++) {
        bool beside_others = kind == PM_EVENT_OTHER && tally.kinds[kind] < tally.all;
        if (tally.kinds[kind])
            event_row(c, (enum pm_event_kind)kind,
                      beside_others ? PM_WORD_OTHER_EVENT : PM_WORD_KIND_STRIKES + kind,
                      tally.kinds[kind]);
    }
    precision_row(c, PM_WORD_AT_DISTRICT, tally.precise[PM_PRECISION_DISTRICT]);
    precision_row(c, PM_WORD_AT_PROVINCE, tally.precise[PM_PRECISION_PROVINCE]);
    end_part(c, drawn);
}

void pm_compose_legend(struct pm_column *c)
{
    area_legend(c);
    if (c->draft->series && !c->draft->series->animated)
        return;
    place_legend(c);
    event_legend(c);
}
