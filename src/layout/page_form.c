/* The map, and the panel beside it or below, in as many columns as serve the map best: the forms that a page
 * may have are compared by how large the region is drawn and how much of the panel's texts they hold. */
#include "layout/page_form.h"

#include <math.h>

#include "layout/panel.h"
#include "layout/series.h"
#include "layout/type.h"
#include "base/banned.h"

#define LEAST_MAP 100.0   /* px at a density of 1: a smaller frame shows nothing */
#define LEAST_COLUMN 14.0 /* em of a note's type */
#define NARROW 0.6 /* times the width that the style wants: columns are not narrower below a map */
#define MOST_COLUMN 1.5 /* times the width that the style wants */
#define MOST_BELOW 0.5  /* of the page's content that a panel below takes */
#define UNDER_MAP 20.0  /* px between the map and a panel below */
#define AMPLE                                                                                      \
    1.3 /* times the height that columns below a map are foreseen to need, if there is room */
#define SPARE 1.06 /* times the height that columns need on average: they never come out even */
#define PREFERENCE                                                                                 \
    1.5 /* how much better than the usual form another must be, if all has room in it … */
#define INDIFFERENCE 1.1 /* … and if not */
#define TALLEST 2.0 /* times as high as the region: more would be more neighbours than country */
#define FILLED 0.25 /* how much it counts that the maps of a series are filled */
#define BETWEEN_MAPS 18.0 /* px between the maps of a series */
#define SQUARE 1.2        /* wider or higher than this a page has a usual form */

#define LEGEND_WORTH 8 /* a loss of a tenth of it costs as much as half of the map's size */

enum { MOST_COLUMNS = 6 };

double pm_least_map(const struct pm_draft *draft)
{
    return LEAST_MAP * draft->density;
}

/* What must be on the map, roughly, as the projection is not chosen yet. */
struct region {
    double aspect;          /* width over height */
    double widest, tallest; /* times its size: beyond, the frame would show where the data end */
};

/* Of whole numbers, as the layers have many points; degrees come of its corners. */
static void add_extent(struct pm_box *extent, const struct pm_layer *layer, struct pm_range parts)
{
    struct pm_grid least = {INT32_MAX, INT32_MAX}, most = {INT32_MIN, INT32_MIN};
    for (size_t k = parts.first; k < parts.first + parts.count; k++)
        for (size_t n = 0; n < layer->parts[k].count; n++) {
            struct pm_grid p = layer->points[layer->parts[k].first + n];
            least.x = p.x < least.x ? p.x : least.x;
            least.y = p.y < least.y ? p.y : least.y;
            most.x = p.x > most.x ? p.x : most.x;
            most.y = p.y > most.y ? p.y : most.y;
        }
    if (least.x > most.x)
        return;
    pm_box_add(extent, (struct pm_pt){pm_grid_lon(least), pm_grid_lat(least)}, false);
    pm_box_add(extent, (struct pm_pt){pm_grid_lon(most), pm_grid_lat(most)}, false);
}

static double cosine(double degrees)
{
    return cos(degrees * 3.14159265358979323846 / 180);
}

/* How often a span goes into what reaches as far on both sides of its middle. */
static double times(double from, double to, double least, double most)
{
    double middle = (from + to) / 2;
    return 2 * fmin(middle - least, most - middle) / fmax(to - from, 1e-9);
}

static struct region region_of(const struct pm_draft *draft)
{
    const struct pm_layer *areas = &draft->atlas->layers[PM_LAYER_AREAS];
    const struct pm_layer *context = &draft->atlas->layers[PM_LAYER_CONTEXT];
    struct pm_box own = {INFINITY, INFINITY, -INFINITY, -INFINITY}, all = own;
    for (size_t i = 0; i < draft->area_count; i++)
        if (!draft->areas[i].state.muted)
            add_extent(&own, areas, draft->areas[i].feature->parts);
    all = own;
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].state.muted)
            add_extent(&all, areas, draft->areas[i].feature->parts);
    for (size_t i = 0; i < context->feature_count; i++)
        add_extent(&all, context, context->features[i].parts);
    struct region region = {1.5, INFINITY, INFINITY};
    if (!(pm_box_w(own) <= 180)) /* around the earth, or across the far meridian: no telling */
        return region;
    double middle = cosine((own.y0 + own.y1) / 2);
    region.aspect = fmax(0.2, fmin(pm_box_w(own) * middle / fmax(pm_box_h(own), 1e-9), 5));
    if (context->feature_count == 0)
        return region;
    /* meridians come together */
    double narrowed = fmin(cosine(own.y0), cosine(own.y1)) / fmax(middle, 1e-9);
    region.widest = fmax(1, narrowed * times(own.x0, own.x1, all.x0, all.x1));
    region.tallest = fmax(1, times(own.y0, own.y1, all.y0, all.y1));
    return region;
}

/* What share of the panel's needs its columns hold. */
static double share_held(struct pm_panel_need need, size_t columns, double height)
{
    double all = need.legend + need.notes;
    double held = fmax(height, 0) * (double)columns / (columns > 1 ? SPARE : 1);
    return all > 0 ? fmin(1, held / all) : 1;
}

/* What a panel that does not hold all is worth, 0..1: without the legend a map can't be read. */
static double use_of(struct pm_panel_need need, size_t columns, double held, double height)
{
    double legend = need.least > 0 ? fmin(1, fmax(height, 0) * (double)columns / need.least) : 1;
    return held * held * pow(legend, LEGEND_WORTH);
}

/* The height at which this many columns hold it all, the legend in one of its own. */
static double height_for(struct pm_panel_need need, size_t columns)
{
    if (columns == 1)
        return need.legend + need.notes;
    return fmax(need.legend, need.notes / (double)(columns - 1) * (columns > 2 ? SPARE : 1));
}

/* Less of a map that would show more than there are data for. The region is in its middle. */
static void cut_to_data(const struct pm_draft *draft, struct region region, struct pm_box *map)
{
    double padding = 2 * pm_px(draft, draft->style->map.padding);
    double high = fmin(pm_box_h(*map) - padding, (pm_box_w(*map) - padding) / region.aspect);
    double wide = high * region.aspect;
    map->x1 = fmin(map->x1,
                   map->x0 + fmax(fmax(region.widest * wide, wide + padding), pm_least_map(draft)));
    map->y1 = fmin(
        map->y1, map->y0 + fmax(fmax(region.tallest * high, high + padding), pm_least_map(draft)));
}

/* Of one map: the size at which the region is drawn, by area; 0 where the map is too small. */
static double size_of_one(const struct pm_draft *draft, struct pm_box map, struct region region)
{
    bool small = draft->series && !draft->series->animated;
    double padding = 2 * pm_px(draft, draft->style->map.padding) * (small ? PM_SERIES_SCALE : 1);
    double w = pm_box_w(map), h = pm_box_h(map);
    if (w < pm_least_map(draft) || h < pm_least_map(draft))
        return 0;
    double high = fmin((w - padding) / region.aspect, h - padding);
    return fmax(high, 1) * fmax(high, 1);
}

/* Of a series: as many columns as show the region largest, in frames that it fills. */
static struct pm_map_grid grid_of(const struct pm_draft *draft, struct pm_box box,
                                  struct region region)
{
    struct pm_map_grid best = {0};
    double largest = 0, gap = pm_px(draft, BETWEEN_MAPS);
    size_t count = pm_series_places(draft->series);
    for (size_t columns = 1; columns <= count; columns++) {
        size_t rows = (count + columns - 1) / columns;
        struct pm_map_grid grid = {.columns = columns, .rows = rows, .gap = gap};
        double w = floor((pm_box_w(box) + gap) / (double)columns - gap);
        if (w < pm_series_least(draft))
            break;
        grid.caption = pm_series_caption(draft, w);
        struct pm_box map =
            pm_box_of(0, 0, w, floor((pm_box_h(box) + gap) / (double)rows - gap - grid.caption));
        cut_to_data(draft, region, &map);
        grid.w = floor(map.x1);
        grid.h = floor(map.y1);
        double size = size_of_one(draft, map, region);
        double filled = size * region.aspect / fmax(grid.w * grid.h, 1);
        if (size * pow(filled, FILLED) > largest) {
            largest = size * pow(filled, FILLED);
            best = grid;
        }
    }
    return best;
}

/* Of the map, or of each map of a series. */
static double size_of(const struct pm_draft *draft, struct pm_box map, struct region region)
{
    if (!draft->series)
        return size_of_one(draft, map, region);
    struct pm_map_grid grid = grid_of(draft, map, region);
    return size_of_one(draft, pm_box_of(0, 0, grid.w, grid.h), region);
}

/* Less of a map, or of a series, than would show more than there are data for. */
static void cut(const struct pm_draft *draft, struct region region, struct pm_box *map)
{
    if (!draft->series) {
        cut_to_data(draft, region, map);
        return;
    }
    struct pm_map_grid grid = grid_of(draft, *map, region);
    if (grid.columns == 0)
        return;
    map->x1 = map->x0 + (double)grid.columns * (grid.w + grid.gap) - grid.gap;
    map->y1 = map->y0 + (double)grid.rows * (grid.caption + grid.h + grid.gap) - grid.gap;
}

/* The forms that are compared, and the best so far. */
struct contest {
    const struct pm_draft *draft;
    struct pm_box content;
    struct region region;
    double
        texts; /* px² that the panel's texts take at least: in narrower columns they never take less */
    struct pm_page_form best;
};

static void enter(struct contest *c, struct pm_page_form form)
{
    if (form.worth > c->best.worth * 1.0001)
        c->best = form;
}

/* A form is not looked into if its map alone shows that it can't win: to set all texts takes long. */
static bool may_win(const struct contest *c, struct pm_box map)
{
    return size_of(c->draft, map, c->region) > c->best.worth;
}

static double least_column(const struct pm_draft *draft)
{
    return LEAST_COLUMN * pm_type_font(draft, PM_TYPE_NOTE).size;
}

static void enter_beside(struct contest *c, size_t columns)
{
    const struct pm_draft *draft = c->draft;
    double gutter = pm_px(draft, PM_GUTTER), gap = pm_px(draft, draft->style->page.gap);
    double width = fmax(pm_px(draft, draft->style->page.panel), least_column(draft));
    double wide = (double)columns * (width + gutter) - gutter;
    /* a wide page gives its columns what the map has no use for */
    double spare = pm_box_w(c->content) - gap - wide - 2 * c->region.aspect * pm_box_h(c->content);
    if (spare > 0 && !draft->series)
        width = fmin(width + spare / (double)columns, width * MOST_COLUMN);
    wide = (double)columns * (width + gutter) - gutter;
    struct pm_page_form form = {.map = c->content, .panel = c->content, .columns = columns};
    form.map.x1 = c->content.x1 - wide - gap;
    cut(draft, c->region, &form.map);
    form.panel.x0 = form.map.x1 + gap;
    form.panel.x1 = form.panel.x0 + wide;
    if (!may_win(c, form.map))
        return;
    double high = pm_box_h(c->content);
    struct pm_panel_need need = pm_panel_need(draft, width);
    form.held = share_held(need, columns, high);
    form.worth = size_of(draft, form.map, c->region) * use_of(need, columns, form.held, high);
    enter(c, form);
}

/* Where a panel of this height leaves the map. */
static struct pm_box above(const struct contest *c, double high)
{
    struct pm_box map = c->content;
    struct region region = c->region;
    region.tallest = fmin(region.tallest, TALLEST);
    map.y1 -= high + pm_px(c->draft, UNDER_MAP);
    cut(c->draft, region, &map);
    return map;
}

static void enter_below(struct contest *c, size_t columns)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_box content = c->content;
    double gutter = pm_px(draft, PM_GUTTER), gap = pm_px(draft, UNDER_MAP);
    double width = (pm_box_w(content) + gutter) / (double)columns - gutter;
    double least = fmax(NARROW * pm_px(draft, draft->style->page.panel), least_column(draft));
    double all = pm_box_h(content), most = fmin(MOST_BELOW * all, all - gap - pm_least_map(draft));
    double known = fmin(c->texts / (pm_box_w(content) + gutter), most);
    if ((width < least && columns > 1) || !may_win(c, above(c, fmax(known, 0))))
        return;
    struct pm_panel_need need = pm_panel_need(draft, width);
    double wanted = height_for(need, columns), high = fmax(fmin(wanted, most), 0);
    struct pm_page_form form = {.map = above(c, high), .panel = content, .columns = columns};
    form.panel.y0 = form.map.y1 + gap;
    if (form.panel.y0 + high < content.y1) /* room for more than can be foreseen */
        high = fmin(content.y1 - form.panel.y0, AMPLE * wanted);
    form.panel.y1 = fmin(content.y1, form.panel.y0 + high);
    /* lines that are much longer than a column's are hard to read */
    double comfort = fmin(1, 2.2 * pm_px(draft, draft->style->page.panel) / width);
    form.held = share_held(need, columns, high);
    form.worth =
        size_of(draft, form.map, c->region) * comfort * use_of(need, columns, form.held, high);
    c->texts = (need.legend + need.notes) * (width + gutter);
    enter(c, form);
}

static bool has_panel(const struct pm_style *style)
{
    return style->show.legend || style->show.notes || style->show.disclaimer;
}

static struct pm_page_form best_form(const struct pm_draft *draft, struct pm_box content,
                                     struct region region)
{
    struct pm_page_form none = {.map = content};
    cut(draft, region, &none.map);
    if (!has_panel(draft->style))
        return none;
    bool portrait = draft->height > draft->width;
    struct contest contest = {.draft = draft, .content = content, .region = region};
    if (portrait)
        enter_below(&contest, 2);
    else
        enter_beside(&contest, 1);
    bool square = draft->width < SQUARE * draft->height && draft->height < SQUARE * draft->width;
    contest.best.worth *= square || contest.best.held < 1 ? INDIFFERENCE : PREFERENCE;
    contest.texts = 0;
    for (size_t columns = 1; columns <= MOST_COLUMNS; columns++) {
        enter_beside(&contest, columns);
        enter_below(&contest, columns);
    }
    if (contest.best.worth > 0)
        return contest.best;
    none.panel = (struct pm_box){content.x0, content.y1, content.x1, content.y1};
    none.columns = 1; /* and no room: what is lost must be told */
    return none;
}

struct pm_page_form pm_page_form_of(const struct pm_draft *draft, struct pm_box content)
{
    struct region region = region_of(draft);
    struct pm_page_form form = best_form(draft, content, region);
    if (draft->series)
        form.grid = grid_of(draft, form.map, region);
    return form;
}
