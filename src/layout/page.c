/* The page: header on top, footer at the bottom; between them the map, and the panel beside it or below,
 * in as many columns as serve the map best. Mirrored where the words are read from the right. Lengths are
 * those of a page 1600 px wide, scaled. */
#include <math.h>

#include "layout/panel.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/str.h"
#include "base/banned.h"

#define TITLE_LEAST 0.75  /* of its size, before it wraps */
#define TITLE_SMALL 0.5   /* … before it is cut */
#define MOST_TITLE 0.18   /* of the page's height */
#define MOST_SUBTITLE 0.1 /* … */
#define MOST_FOOTER 0.12  /* … */
#define LEAST_SIDE                                                                                 \
    640.0 /* px of the style: pages narrower than this in either direction are set smaller */
#define HEADER_TOP 26.0
#define HEADER_GAP 16.0
#define LEAST_MAP 100.0 /* px at a density of 1: a smaller frame shows nothing */

static double least_map(const struct pm_draft *draft)
{
    return LEAST_MAP * draft->density;
}

/* Lengths follow the page's area, so that a portrait page is not set in tiny type. */
static double page_scale(const struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    double area = style->page.width * style->page.height;
    double scale = sqrt((double)draft->width * draft->height / area);
    return style->page.scale * fmin(scale, fmin(draft->width, draft->height) / LEAST_SIDE);
}

static const char *title_of(const struct pm_draft *draft)
{
    const char *title = pm_text_get(&draft->status->title, draft->lang, NULL);
    if (title)
        return title;
    const char *name = pm_text_get(&draft->atlas->name, draft->lang, NULL);
    const struct pm_slot slots[] = {{"name", name ? name : pm_unit(draft, true)}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_TITLE, slots);
}

/* "… · As of 4 May 2021 · 1 of 34 provinces assessed" */
static const char *subtitle_of(const struct pm_draft *draft)
{
    const char *own = pm_text_get(&draft->status->subtitle, draft->lang, NULL);
    const struct pm_slot date[] = {{"date", pm_date_of(draft, draft->date)}, {NULL, NULL}};
    const struct pm_slot counts[] = {{"n", pm_count_of(draft, draft->assessed)},
                                     {"m", pm_count_of(draft, draft->area_count)},
                                     {"unit", pm_unit(draft, false)},
                                     {"units", pm_unit(draft, draft->area_count != 1)},
                                     {NULL, NULL}};
    const char *between = pm_words_of(draft, PM_WORD_PARTS, NULL);
    return pm_type_led(draft,
                       pm_sprintf(draft->arena, "%s%s%s%s%s",
                                  own ? pm_type_within(draft, draft->rtl, own) : "",
                                  own ? between : "", pm_words_of(draft, PM_WORD_AS_OF, date),
                                  between, pm_words_of(draft, PM_WORD_ASSESSED, counts)));
}

/* At least one line, however low the page is. */
static double room_for(const struct pm_draft *draft, const struct pm_block *block, double share)
{
    return fmax(share * draft->height, block->leading);
}

void pm_text_cut(const struct pm_draft *draft, const char *what)
{
    pm_warning(draft->diags, "text-cut", (struct pm_place){0},
               "no room on the page for all of the %s", what);
    pm_help(draft->diags, "shorten it, or draw a larger page (--size)");
}

/* Shrinks the title to three quarters before it may wrap, and further before it is cut. */
static struct pm_block fit_title(struct pm_draft *draft, double width)
{
    struct pm_page *page = &draft->page;
    const char *title = page->title_said;
    double full = pm_px(draft, draft->style->type[PM_TYPE_TITLE].size);
    page->title_size = full;
    double wide = pm_type_run(draft, PM_TYPE_TITLE, title, NULL).width;
    if (wide > width)
        page->title_size = floor(fmax(full * TITLE_LEAST, full * width / wide));
    struct pm_block block = pm_block_make(draft, PM_TYPE_TITLE, title, width);
    while (block.height > room_for(draft, &block, MOST_TITLE) &&
           page->title_size > ceil(full * TITLE_SMALL)) {
        page->title_size--;
        block = pm_block_make(draft, PM_TYPE_TITLE, title, width);
    }
    return block;
}

static struct pm_box header_part(struct pm_draft *draft, struct pm_block *block, struct pm_box at,
                                 double share, const char *what)
{
    if (pm_block_cut(draft, block, room_for(draft, block, share)))
        pm_text_cut(draft, what);
    return pm_box_of(at.x0, at.y1, pm_box_w(at), block->height);
}

/* Returns the y below it. */
static double header(struct pm_draft *draft, double x, double width)
{
    struct pm_page *page = &draft->page;
    struct pm_box at = pm_box_of(x, 0, width, pm_px(draft, HEADER_TOP));
    if (draft->style->show.title) {
        page->title_said = title_of(draft);
        struct pm_block block = fit_title(draft, width);
        at = page->title = header_part(draft, &block, at, MOST_TITLE, "title");
        page->title_block = pm_memdup(draft->arena, &block, sizeof block);
    }
    if (draft->style->show.subtitle) {
        page->subtitle_said = subtitle_of(draft);
        struct pm_block block = pm_block_make(draft, PM_TYPE_SUBTITLE, page->subtitle_said, width);
        at = page->subtitle = header_part(draft, &block, at, MOST_SUBTITLE, "subtitle");
        page->subtitle_block = pm_memdup(draft->arena, &block, sizeof block);
    }
    return draft->style->show.title || draft->style->show.subtitle
               ? at.y1 + pm_px(draft, HEADER_GAP)
               : pm_px(draft, draft->style->page.margin);
}

struct pm_block pm_footer_block(const struct pm_draft *draft, const char *projection)
{
    double width = draft->width - 2 * pm_px(draft, draft->style->page.margin);
    return pm_block_make(draft, PM_TYPE_FOOTER, pm_credit(draft, projection), width);
}

/* If the projection is not chosen yet, room is kept for the longest name. */
static double footer_height(const struct pm_draft *draft)
{
    const char *name = draft->projection.proj ? pm_reproject_name(draft->projection.proj)
                                              : pm_projection_said_longest(draft);
    struct pm_block block = pm_footer_block(draft, name);
    double most = floor(room_for(draft, &block, MOST_FOOTER) / block.leading) * block.leading;
    return pm_px(draft, PM_FOOTER_GAP) + fmin(block.height, most) + pm_px(draft, PM_FOOTER_BELOW);
}

/* ---- map and panel -------------------------------------------------------------------------------- */

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
#define SQUARE 1.2  /* wider or higher than this a page has a usual form */

#define LEGEND_WORTH 8 /* a loss of a tenth of it costs as much as half of the map's size */

enum { MOST_COLUMNS = 6 };

/* Where map and panel lie, and how good that is. */
struct form {
    struct pm_box map, panel;
    size_t columns; /* of the panel; 0: there is none */
    double held;    /* share of the panel's needs that it has room for */
    double worth;
};

/* What must be on the map, roughly, as the projection is not chosen yet. */
struct region {
    double aspect;          /* width over height */
    double widest, tallest; /* times its size: beyond, the frame would show where the data end */
};

static void add_extent(struct pm_box *extent, const struct pm_layer *layer, struct pm_range parts)
{
    for (size_t k = parts.first; k < parts.first + parts.count; k++)
        for (size_t n = 0; n < layer->parts[k].count; n++) {
            struct pm_grid p = layer->points[layer->parts[k].first + n];
            pm_box_add(extent, (struct pm_pt){pm_grid_lon(p), pm_grid_lat(p)}, false);
        }
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
    for (size_t i = 0; i < draft->area_count; i++) {
        add_extent(&all, areas, draft->areas[i].feature->parts);
        if (!draft->areas[i].state.muted)
            add_extent(&own, areas, draft->areas[i].feature->parts);
    }
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
    map->x1 =
        fmin(map->x1, map->x0 + fmax(fmax(region.widest * wide, wide + padding), least_map(draft)));
    map->y1 = fmin(map->y1,
                   map->y0 + fmax(fmax(region.tallest * high, high + padding), least_map(draft)));
}

/* Of the map: the size at which the region is drawn, by area; 0 where the map is too small. */
static double size_of(const struct pm_draft *draft, struct pm_box map, struct region region)
{
    double padding = 2 * pm_px(draft, draft->style->map.padding);
    double w = pm_box_w(map), h = pm_box_h(map);
    if (w < least_map(draft) || h < least_map(draft))
        return 0;
    double high = fmin((w - padding) / region.aspect, h - padding);
    return fmax(high, 1) * fmax(high, 1);
}

/* The forms that are compared, and the best so far. */
struct contest {
    const struct pm_draft *draft;
    struct pm_box content;
    struct region region;
    double
        texts; /* px² that the panel's texts take at least: in narrower columns they never take less */
    struct form best;
};

static void enter(struct contest *c, struct form form)
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
    if (spare > 0)
        width = fmin(width + spare / (double)columns, width * MOST_COLUMN);
    wide = (double)columns * (width + gutter) - gutter;
    struct form form = {.map = c->content, .panel = c->content, .columns = columns};
    form.map.x1 = c->content.x1 - wide - gap;
    cut_to_data(draft, c->region, &form.map);
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
    cut_to_data(c->draft, region, &map);
    return map;
}

static void enter_below(struct contest *c, size_t columns)
{
    const struct pm_draft *draft = c->draft;
    const struct pm_box content = c->content;
    double gutter = pm_px(draft, PM_GUTTER), gap = pm_px(draft, UNDER_MAP);
    double width = (pm_box_w(content) + gutter) / (double)columns - gutter;
    double least = fmax(NARROW * pm_px(draft, draft->style->page.panel), least_column(draft));
    double all = pm_box_h(content), most = fmin(MOST_BELOW * all, all - gap - least_map(draft));
    double known = fmin(c->texts / (pm_box_w(content) + gutter), most);
    if ((width < least && columns > 1) || !may_win(c, above(c, fmax(known, 0))))
        return;
    struct pm_panel_need need = pm_panel_need(draft, width);
    double wanted = height_for(need, columns), high = fmax(fmin(wanted, most), 0);
    struct form form = {.map = above(c, high), .panel = content, .columns = columns};
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

static struct form choose(const struct pm_draft *draft, struct pm_box content)
{
    struct form none = {.map = content};
    struct region region = region_of(draft);
    cut_to_data(draft, region, &none.map);
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

static void mirror(struct pm_draft *draft)
{
    struct pm_page *page = &draft->page;
    enum { BOXES = 5 };
    struct pm_box *boxes[BOXES] = {&page->title, &page->subtitle, &page->map, &page->panel,
                                   &page->footer};
    for (size_t i = 0; i < BOXES; i++)
        *boxes[i] = pm_mirrored(draft, pm_box_of(0, 0, draft->width, draft->height), *boxes[i]);
}

static void check_room(const struct pm_draft *draft)
{
    struct pm_box map = draft->page.map;
    if (pm_box_w(map) >= least_map(draft) && pm_box_h(map) >= least_map(draft))
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "page-too-small", (struct pm_place){0},
             "a page of %dx%d has no room for the map beside its texts", draft->width,
             draft->height);
    pm_help(draft->diags, "draw a larger page (--size), or less on it (\"show\" in the style)");
}

void pm_layout_page(struct pm_draft *draft)
{
    struct pm_page *page = &draft->page;
    const struct pm_style *style = draft->style;
    page->scale = page_scale(draft);
    double margin = pm_px(draft, style->page.margin);
    double width = draft->width - 2 * margin;
    double top = header(draft, margin, width);
    double footer = style->show.credit ? footer_height(draft) : margin;
    double bottom = draft->height - footer;
    struct form form = choose(draft, (struct pm_box){margin, top, margin + width, bottom});
    double end = fmax(form.map.y1, form.panel.y1); /* the end of a very tall page stays empty */
    page->footer = pm_box_of(margin, end < bottom - 1 ? end : bottom, width, footer);
    page->map = form.map;
    page->panel = form.panel;
    page->columns = form.columns;
    mirror(draft);
    check_room(draft);
}
