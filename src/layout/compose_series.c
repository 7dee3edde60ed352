/* What a series says beside its maps: captions, a legend with the counts of the first day and the last (animated: of the
 * day that is shown), and a chart of stacked areas over time, whose bands lie in the order of the legend's rows. */
#include <math.h>

#include "base/str.h"
#include "layout/changes.h"
#include "layout/column.h"
#include "layout/marks.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define CAPTION_GAP 5.0    /* px between a caption and its map … */
#define CAPTION_APART 12.0 /* … and between a date and what changed */
#define HEADS 0.45         /* of a column that the dates over counts may take … */
#define HEAD 0.7           /* … before both wrap at this share of their width */
#define HEAD_APART 12.0
#define APART 4.0   /* px below the dates */
#define CHART 180.0 /* px high */
#define TICK 5.0
#define LABEL_PAD 5.0 /* px around a label in its band */

enum { MOST_DAYS = 7 }; /* that are told one by one */

/* ---- captions ------------------------------------------------------------------------------------ */

/* Animated, it is what changes. */
static enum pm_type_role date_role(const struct pm_draft *page)
{
    return page->series->animated ? PM_TYPE_COUNT : PM_TYPE_CALLOUT_TITLE;
}

static struct pm_run date_run(const struct pm_draft *draft, pm_date date)
{
    return pm_type_run(draft, date_role(draft), pm_date_of(draft, date), NULL);
}

static struct pm_run changed_run(const struct pm_draft *draft, size_t changed)
{
    return pm_type_run(draft, PM_TYPE_DISCLAIMER,
                       pm_type_led(draft, pm_changed_said(draft, changed)), NULL);
}

/* Both in one line, if all of them have room there. */
static bool in_one_line(const struct pm_draft *page, double width)
{
    return page->series->widest_date + page->series->widest_change + pm_px(page, CAPTION_APART) <=
           width;
}

void pm_series_measure(struct pm_draft *page)
{
    struct pm_series *series = page->series;
    for (size_t i = 0; i < series->count; i++)
        series->widest_date = fmax(series->widest_date, date_run(page, series->maps[i].date).width);
    series->widest_change = changed_run(page, page->area_count).width;
}

double pm_series_least(const struct pm_draft *page)
{
    return ceil(
        fmax(pm_least_map(page), fmax(page->series->widest_date, page->series->widest_change)));
}

double pm_series_caption(const struct pm_draft *page, double width)
{
    double lines = pm_type_leading(page, date_role(page));
    if (!in_one_line(page, width))
        lines += pm_type_leading(page, PM_TYPE_DISCLAIMER);
    return ceil(lines + pm_px(page, CAPTION_GAP));
}

static size_t changed_on(const struct pm_draft *map)
{
    size_t changed = 0;
    for (size_t i = 0; i < map->area_count; i++)
        changed += map->areas[i].state.changed;
    return changed;
}

void pm_compose_series_caption(const struct pm_draft *page, const struct pm_draft *map,
                               struct pm_scene *scene)
{
    double width = pm_box_w(map->page.map);
    bool one = in_one_line(page, width);
    double y = pm_type_ascent(page, date_role(page)) - page->page.grid.caption;
    pm_draw_run_at(page, scene, date_run(page, map->date), 0, width, y, PM_AT_START);
    if (!map->before)
        return;
    if (!one)
        y += pm_type_leading(page, PM_TYPE_DISCLAIMER);
    pm_draw_run_at(page, scene, changed_run(page, changed_on(map)), 0, width, y,
                   one ? PM_AT_END : PM_AT_START);
}

/* ---- the legend's rows ------------------------------------------------------------------------------- */

static size_t count_of(const struct pm_series_step *step, size_t look, bool doubtful)
{
    return doubtful ? step->tally[look].doubtful : step->tally[look].solid;
}

static const struct pm_series_step *step_of(const struct pm_draft *draft, bool last)
{
    const struct pm_series *series = draft->series;
    return pm_series_step_at(series, series->maps[last ? series->count - 1 : 0].date);
}

static pm_date shown_date(const struct pm_series *series)
{
    return series->maps[series->animated ? series->shown : series->count - 1].date;
}

/* The dates over the columns of counts: of two, or of one if it is animated. */
struct heads {
    struct pm_block v[2];
    int count;
    double width, height; /* of a column */
};

/* The longest of all days, animated, so that nothing moves but the date itself. */
static double widest_head(const struct pm_draft *draft, const char *const *dates, int count)
{
    const struct pm_series *series = draft->series;
    double widest = 0;
    for (int i = 0; i < count; i++)
        widest = fmax(widest, pm_type_run(draft, PM_TYPE_DISCLAIMER, dates[i], NULL).width);
    for (size_t i = 0; series->animated && i < series->count; i++)
        widest = fmax(widest, pm_type_run(draft, PM_TYPE_DISCLAIMER,
                                          pm_date_of(draft, series->maps[i].date), NULL)
                                  .width);
    return widest;
}

static struct pm_block head_block(const struct pm_draft *draft, const char *date, double room,
                                  struct heads *heads)
{
    struct pm_block block = pm_block_make(draft, PM_TYPE_DISCLAIMER, date, room);
    heads->height = fmax(heads->height, block.height);
    for (size_t k = 0; k < block.count; k++)
        heads->width =
            fmax(heads->width, pm_type_run(draft, PM_TYPE_DISCLAIMER, block.lines[k], NULL).width);
    return block;
}

static struct heads heads_of(const struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const char *shown = pm_date_of(draft, shown_date(draft->series));
    const char *const dates[] = {pm_date_of(draft, draft->series->maps[0].date), shown};
    const int count = draft->series->animated ? 1 : 2;
    struct heads heads = {.count = count};
    const char *const *first = dates + 2 - count;
    double whole = widest_head(draft, first, count);
    bool wraps = count * whole > HEADS * pm_column_width(c);
    double room = ceil(whole * (wraps ? HEAD : 1)) + 1;
    for (int i = 0; i < count; i++)
        heads.v[i] = head_block(draft, first[i], room, &heads);
    for (size_t i = 0; draft->series->animated && i < draft->series->count; i++)
        head_block(draft, pm_date_of(draft, draft->series->maps[i].date), room, &heads);
    heads.width += pm_px(draft, HEAD_APART);
    return heads;
}

/* Both dates over their columns of counts. */
static void draw_heads(struct pm_column *c, const struct heads *heads)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_ident ident = {.part = PM_PART_PARAGRAPH, .classes = "legend-dates"};
    if (!pm_column_room(c, heads->height))
        return;
    pm_scene_begin(c->scene, &ident, (struct pm_box){0});
    for (int i = 0; i < heads->count; i++) {
        const struct pm_block *head = &heads->v[i];
        double end = i + 1 == heads->count ? 0 : heads->width;
        double y = c->y + heads->height - head->height + head->ascent;
        for (size_t k = 0; k < head->count; k++)
            pm_draw_run_at(draft, c->scene,
                           pm_type_run(draft, PM_TYPE_DISCLAIMER, head->lines[k], NULL),
                           c->x0 + (draft->rtl ? end : 0), c->x1 - (draft->rtl ? 0 : end),
                           y + (double)k * head->leading, PM_AT_END);
    }
    pm_scene_end(c->scene);
    c->y += heads->height + pm_px(draft, APART) * c->squeeze;
}

static void look_row(struct pm_column *c, size_t look, bool doubtful, double width)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_state state = {.look = &draft->looks[look], .doubtful = doubtful};
    const struct pm_series_step *shown =
        pm_series_step_at(draft->series, shown_date(draft->series));
    struct pm_figures figures = {.count = pm_count_of(draft, count_of(shown, look, doubtful)),
                                 .count_room = width};
    if (!draft->series->animated) {
        figures.side = pm_count_of(draft, count_of(step_of(draft, false), look, doubtful));
        figures.side_room = width;
    }
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_AREA, 0);
    if (!pm_legend_row_with(c, pm_legend_label(draft, state.look, doubtful, false), &figures,
                            pm_legend_row_height(c), &at))
        return;
    pm_legend_swatch(c, &state, at);
    pm_scene_end(c->scene);
}

/* The looks that occur, in the order of the legend; what is not known comes last. */
struct band {
    size_t look;
    bool doubtful;
};

static size_t bands_of(const struct pm_draft *draft, struct band **bands)
{
    size_t count = 0;
    *bands = PM_NEW_N(draft->arena, struct band, 2 * draft->look_count);
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < 2 * draft->look_count; i++)
            if (pm_streq(draft->looks[i / 2].id, "unknown") == (last == 1) &&
                pm_series_has(draft->series, i / 2, i % 2))
                (*bands)[count++] = (struct band){i / 2, i % 2};
    return count;
}

/* The look of which there are more or, with -1, fewer on the last day than on the first. */
static const struct pm_status_look *look_that(const struct pm_draft *draft,
                                              const struct band *bands, size_t count, int sign)
{
    const struct pm_status_look *best = &draft->looks[bands[0].look];
    long most = 0;
    for (size_t i = 0; i < count; i++) {
        long grown = (long)count_of(step_of(draft, true), bands[i].look, bands[i].doubtful) -
                     (long)count_of(step_of(draft, false), bands[i].look, bands[i].doubtful);
        if (grown * sign > most) {
            most = grown * sign;
            best = &draft->looks[bands[i].look];
        }
    }
    return best;
}

/* On any map; while none is laid out yet, and rows are only measured, they may. */
static bool anything_changes(const struct pm_series *series, bool places)
{
    for (size_t i = 0; i < series->count; i++) {
        const struct pm_draft *map = series->maps[i].draft;
        if (!map)
            return true;
        for (size_t k = 0; places && k < map->place_count; k++)
            if (map->places[k].state.changed)
                return true;
        if (!places && changed_on(map))
            return true;
    }
    return false;
}

void pm_compose_series_rim(struct pm_column *c, bool places)
{
    const struct pm_draft *draft = c->draft;
    struct band *bands = NULL;
    size_t count = bands_of(draft, &bands);
    if (count == 0 || !anything_changes(draft->series, places))
        return;
    const struct pm_state before = {.look = look_that(draft, bands, count, -1)};
    const struct pm_state state = {
        .look = look_that(draft, bands, count, 1), .before = &before, .changed = true};
    struct pm_pt at;
    pm_legend_worth(c, PM_WORTH_SIDE, 0);
    if (!pm_legend_row(c, pm_words_of(draft, PM_WORD_RIM, NULL), NULL, &at))
        return;
    if (places)
        pm_draw_place_mark(draft, c->scene, &state, 2, at,
                           pm_px(draft, draft->style->mark.capital));
    else
        pm_legend_swatch(c, &state, at);
    pm_scene_end(c->scene);
}

void pm_compose_series_legend(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    struct band *bands = NULL;
    size_t count = bands_of(draft, &bands);
    const struct heads heads = heads_of(c);
    pm_column_heading(c, pm_area_status_said(draft), NULL, pm_legend_first_height(c));
    draw_heads(c, &heads);
    pm_legend_begin(c);
    for (size_t i = 0; i < count; i++)
        look_row(c, bands[i].look, bands[i].doubtful, heads.width);
    pm_compose_series_rim(c, false);
}

/* ---- the chart -------------------------------------------------------------------------------------- */

struct chart {
    const struct pm_draft *draft;
    struct pm_scene *scene;
    struct pm_box box;
    pm_date first, last;
    const struct band *bands;
    size_t count;
};

/* A day has its width, so that the last one is seen, too. */
static double x_of(const struct chart *chart, double day)
{
    double share = (day - chart->first) / (chart->last + 1.0 - chart->first);
    double x = share * pm_box_w(chart->box);
    return chart->draft->rtl ? chart->box.x1 - x : chart->box.x0 + x;
}

static double step_end(const struct chart *chart, size_t step)
{
    const struct pm_series *series = chart->draft->series;
    return x_of(chart,
                step + 1 < series->step_count ? series->steps[step + 1].from : chart->last + 1.0);
}

/* Of a band in a step, from the top: the first band's edge is the chart's. */
static double edge_of(const struct chart *chart, size_t step, size_t band)
{
    const struct pm_series_step *s = &chart->draft->series->steps[step];
    size_t above = 0;
    for (size_t i = 0; i < band; i++)
        above += count_of(s, chart->bands[i].look, chart->bands[i].doubtful);
    return chart->box.y0 + pm_box_h(chart->box) * (double)above / (double)chart->draft->area_count;
}

/* The upper edge of a band, or with `back` that way. */
static void add_edge(const struct chart *chart, struct pm_path *path, size_t band, bool back)
{
    size_t steps = chart->draft->series->step_count;
    for (size_t k = 0; k < steps; k++) {
        size_t step = back ? steps - 1 - k : k;
        double from = x_of(chart, chart->draft->series->steps[step].from);
        double to = step_end(chart, step), y = edge_of(chart, step, band);
        if (path->ops.n == 0)
            pm_path_move(path, from, y);
        else
            pm_path_line(path, back ? to : from, y);
        pm_path_line(path, back ? from : to, y);
    }
}

static void band_path(const struct chart *chart, struct pm_path *path, size_t band)
{
    add_edge(chart, path, band, false);
    add_edge(chart, path, band + 1, true);
    pm_path_close(path);
}

static void draw_band(const struct chart *chart, size_t band)
{
    const struct pm_draft *draft = chart->draft;
    const struct pm_state state = {.look = &draft->looks[chart->bands[band].look],
                                   .doubtful = chart->bands[band].doubtful};
    struct pm_path path = {0};
    struct pm_paint paint = pm_state_paint(draft, &state);
    const struct pm_ident ident = {.classes = pm_sprintf(draft->arena, "band %s%s", state.look->id,
                                                         state.doubtful ? " doubtful" : ""),
                                   .tooltip =
                                       pm_legend_label(draft, state.look, state.doubtful, false)};
    int patterns[2], count = pm_state_patterns(draft, &state, chart->scene, patterns);
    band_path(chart, &path, band);
    paint.mosaic = true;
    pm_scene_path(chart->scene, &ident, &path, paint);
    for (int i = 0; i < count; i++) {
        band_path(chart, &path, band);
        pm_scene_path(chart->scene, NULL, &path, (struct pm_paint){.pattern = patterns[i]});
    }
    pm_path_finish(&path);
}

/* Where a label of this width has most room in its band: the middle of that, and how high it is. The further
 * it reaches from a step on, the lower it gets. */
static double room_in(const struct chart *chart, size_t band, double width, struct pm_pt *middle)
{
    const struct pm_series *series = chart->draft->series;
    double most = 0;
    for (size_t i = 0; i < series->step_count; i++) {
        double from = x_of(chart, series->steps[i].from), top = 0, bottom = INFINITY;
        for (size_t k = i; k < series->step_count && bottom - top > most; k++) {
            double to = step_end(chart, k);
            top = fmax(top, edge_of(chart, k, band));
            bottom = fmin(bottom, edge_of(chart, k, band + 1));
            if (fabs(to - from) >= width && bottom - top > most) {
                most = bottom - top;
                *middle = (struct pm_pt){(from + to) / 2, (top + bottom) / 2};
            }
        }
    }
    return most;
}

/* A band's label in lines of some width. */
struct band_label {
    struct pm_run *lines;
    struct pm_block block;
    struct pm_pt middle;
    double spare; /* px of its band's height there that it leaves; negative: no room */
};

static struct band_label set_label(const struct chart *chart, size_t band, const char *text,
                                   double width)
{
    const struct pm_draft *draft = chart->draft;
    struct band_label label = {.block = pm_block_make(draft, PM_TYPE_NOTE, text, width)};
    double widest = 0;
    label.lines = PM_NEW_N(draft->arena, struct pm_run, label.block.count);
    for (size_t i = 0; i < label.block.count; i++) {
        label.lines[i] = pm_type_label(draft, PM_TYPE_NOTE, label.block.lines[i], NULL);
        widest = fmax(widest, label.lines[i].width);
    }
    label.spare = room_in(chart, band, widest + 2 * pm_px(draft, LABEL_PAD), &label.middle) -
                  label.block.height;
    return label;
}

/* In as few lines as leave it ample room, or else in those that leave most. Where there is none the legend says it, whose
 * rows have the same order. */
static void label_band(const struct chart *chart, size_t band)
{
    static const double shares[] = {1, 0.6, 0.45};
    const struct pm_draft *draft = chart->draft;
    const struct pm_status_look *look = &draft->looks[chart->bands[band].look];
    const char *text = pm_legend_label(draft, look, chart->bands[band].doubtful, false);
    double whole = ceil(pm_type_run(draft, PM_TYPE_NOTE, text, NULL).width) + 1;
    struct band_label best = {.spare = -1};
    double ample = pm_type_leading(draft, PM_TYPE_NOTE) / 2;
    for (size_t i = 0; i < sizeof shares / sizeof *shares && best.spare < ample; i++) {
        struct band_label label = set_label(chart, band, text, whole * shares[i]);
        if (label.spare > fmax(best.spare, 0))
            best = label;
    }
    for (size_t i = 0; i < best.block.count; i++)
        pm_draw_run(chart->scene, best.lines[i], best.middle.x,
                    best.middle.y - best.block.height / 2 + best.block.ascent +
                        (double)i * best.block.leading,
                    PM_ANCHOR_MIDDLE);
}

/* A line between bands, and ticks below for the days of the maps. */
static void draw_lines(const struct chart *chart)
{
    const struct pm_draft *draft = chart->draft;
    const struct pm_series *series = draft->series;
    const struct pm_style *style = draft->style;
    struct pm_path path = {0};
    double y = chart->box.y1, tick = pm_px(draft, TICK);
    for (size_t i = 1; i < chart->count; i++) {
        struct pm_path edge = {0};
        add_edge(chart, &edge, i, false);
        pm_scene_path(chart->scene, NULL, &edge,
                      (struct pm_paint){.stroke = style->color.page, .width = pm_px(draft, 1.2)});
        pm_path_finish(&edge);
    }
    for (size_t i = 0; i < series->count; i++) {
        double x = x_of(chart, series->maps[i].date + 0.5);
        pm_path_move(&path, x, y);
        pm_path_line(&path, x, y + tick);
    }
    pm_path_move(&path, chart->box.x0, y);
    pm_path_line(&path, chart->box.x1, y);
    pm_scene_path(chart->scene, NULL, &path,
                  (struct pm_paint){.stroke = style->color.ink2, .width = pm_px(draft, 1)});
    pm_path_finish(&path);
}

/* Animated, the day that is shown. */
static void draw_cursor(const struct chart *chart)
{
    const struct pm_draft *draft = chart->draft;
    const struct pm_style *style = draft->style;
    double tick = pm_px(draft, TICK), x = x_of(chart, shown_date(draft->series) + 0.5);
    const struct pm_ident ident = {.classes = "cursor"};
    struct pm_path line = {0}, tip = {0};
    pm_path_move(&line, x, chart->box.y0 - tick);
    pm_path_line(&line, x, chart->box.y1 + tick);
    pm_scene_path(chart->scene, &ident, &line,
                  (struct pm_paint){.stroke = style->color.ink, .width = pm_px(draft, 1.6)});
    pm_path_move(&tip, x - tick, chart->box.y0 - tick);
    pm_path_line(&tip, x + tick, chart->box.y0 - tick);
    pm_path_line(&tip, x, chart->box.y0);
    pm_path_close(&tip);
    pm_scene_path(chart->scene, &ident, &tip, (struct pm_paint){.fill = style->color.ink});
    pm_path_finish(&line);
    pm_path_finish(&tip);
}

static void label_axis(const struct chart *chart)
{
    const struct pm_draft *draft = chart->draft;
    double y = chart->box.y1 + pm_px(draft, TICK) + pm_type_ascent(draft, PM_TYPE_DISCLAIMER) +
               pm_px(draft, 1);
    const pm_date dates[] = {chart->first, chart->last};
    for (int last = 0; last < 2; last++)
        pm_draw_run_at(draft, chart->scene,
                       pm_type_run(draft, PM_TYPE_DISCLAIMER, pm_date_of(draft, dates[last]), NULL),
                       chart->box.x0, chart->box.x1, y, last ? PM_AT_END : PM_AT_START);
}

static void draw_chart(const struct chart *chart)
{
    pm_scene_begin(chart->scene,
                   &(struct pm_ident){.role = "layer", .key = "chart", .classes = "chart"},
                   (struct pm_box){0});
    for (size_t i = 0; i < chart->count; i++)
        draw_band(chart, i);
    draw_lines(chart);
    for (size_t i = 0; i < chart->count; i++)
        label_band(chart, i);
    if (chart->draft->series->animated)
        draw_cursor(chart);
    label_axis(chart);
    pm_scene_end(chart->scene);
}

void pm_compose_series_chart(struct pm_column *c)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_series *series = draft->series;
    struct band *bands = NULL;
    size_t count = bands_of(draft, &bands);
    double high = pm_px(draft, CHART) * c->squeeze;
    double above = series->animated ? pm_px(draft, TICK) : 0;
    double all = above + high + pm_px(draft, TICK + 3) + pm_type_leading(draft, PM_TYPE_DISCLAIMER);
    const struct pm_slot slots[] = {{"n", pm_count_of(draft, draft->area_count)},
                                    {"unit", pm_unit(draft, false)},
                                    {"units", pm_unit(draft, draft->area_count != 1)},
                                    {NULL, NULL}};
    pm_column_heading(c, pm_words_of(draft, PM_WORD_OVER_TIME, NULL),
                      pm_words_of(draft, PM_WORD_COUNT, slots), all);
    if (!pm_column_room(c, all)) {
        c->chart_lost = true;
        return;
    }
    draw_chart(&(struct chart){.draft = draft,
                               .scene = c->scene,
                               .box = pm_box_of(c->x0, c->y + above, pm_column_width(c), high),
                               .first = series->maps[0].date,
                               .last = draft->date,
                               .bands = bands,
                               .count = count});
    c->y += all + pm_px(draft, PM_LEGEND_GAP) * c->squeeze;
}

/* ---- in words ------------------------------------------------------------------------------------------ */

/* `changed`: by area */
static void say_changed(const struct pm_draft *map, const bool *changed, struct pm_str *out)
{
    size_t count = 0, named = 0;
    for (size_t i = 0; i < map->area_count; i++)
        count += changed[i];
    pm_str_addf(out, "%s%s", pm_words_of(map, PM_WORD_SEMICOLON, NULL),
                pm_changed_said(map, count));
    for (size_t i = 0; count <= PM_MOST_NAMES && i < map->area_count; i++)
        if (changed[i])
            pm_str_addf(out, "%s%s", named++ ? pm_words_of(map, PM_WORD_LIST, NULL) : " (",
                        pm_feature_name(map, map->areas[i].feature, NULL));
    pm_str_add(out, named ? ")" : "");
}

static void say_counts(const struct pm_draft *map, struct pm_str *out)
{
    const char *colon = pm_words_of(map, PM_WORD_COLON, NULL), *between = "";
    for (size_t i = 0; i < 2 * map->look_count; i++) {
        const struct pm_tally *tally = &map->area_tally[i / 2];
        size_t count = i % 2 ? tally->doubtful : tally->solid;
        if (!count)
            continue;
        pm_str_addf(out, "%s%s%s%s", between,
                    pm_legend_label(map, &map->looks[i / 2], i % 2, false), colon,
                    pm_count_of(map, count));
        between = pm_words_of(map, PM_WORD_LIST, NULL);
    }
}

/* By area: has it changed on one of these maps? */
static bool *changed_on_any(const struct pm_series_map *maps, size_t count)
{
    const struct pm_draft *first = maps[0].draft;
    bool *changed = PM_NEW_N(first->arena, bool, first->area_count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < first->area_count; k++)
            changed[k] |= maps[i].draft->areas[k].state.changed;
    return changed;
}

/* "Government control: 33, Insurgent control: 1; 1 of 34 provinces changed (Nimroz)." */
void pm_series_say_day(const struct pm_series_map *map, struct pm_str *out)
{
    say_counts(map->draft, out);
    if (map->draft->before)
        say_changed(map->draft, changed_on_any(map, 1), out);
    pm_str_add(out, pm_words_of(map->draft, PM_WORD_STOP, NULL));
}

static void say_date(const struct pm_draft *map, struct pm_str *out)
{
    pm_str_addf(out, "%s%s", pm_date_of(map, map->date), pm_words_of(map, PM_WORD_COLON, NULL));
}

/* Of many days nobody listens to each: the first and the last. */
void pm_series_say(const struct pm_draft *page, struct pm_str *out)
{
    const struct pm_series *series = page->series;
    const struct pm_series_map *last = &series->maps[series->count - 1];
    size_t days = series->count > MOST_DAYS ? 1 : series->count;
    for (size_t i = 0; i < days; i++) {
        say_date(series->maps[i].draft, out);
        pm_series_say_day(&series->maps[i], out);
    }
    if (days == series->count)
        return;
    say_date(last->draft, out);
    say_counts(last->draft, out);
    say_changed(last->draft, changed_on_any(series->maps, series->count), out);
    pm_str_add(out, pm_words_of(last->draft, PM_WORD_STOP, NULL));
}
