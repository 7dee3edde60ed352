/* The page: header on top, footer at the bottom; between them map and panel (page_form.c). Mirrored where the
 * words are read from the right. Lengths are those of a page 1600 px wide, scaled. */
#include <math.h>

#include "layout/page_form.h"
#include "layout/series.h"
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

/* Lengths follow the page's area, so that a portrait page is not set in tiny type. */
static double page_scale(const struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    double area = style->page.width * style->page.height;
    double scale = sqrt((double)draft->width * draft->height / area);
    return style->page.scale * fmin(scale, fmin(draft->width, draft->height) / LEAST_SIDE);
}

const char *pm_title_of(const struct pm_draft *draft)
{
    const char *title = pm_text_get(&draft->status->title, draft->lang, NULL);
    if (title)
        return title;
    const char *name = pm_text_get(&draft->atlas->name, draft->lang, NULL);
    const struct pm_slot slots[] = {{"name", name ? name : pm_unit(draft, true)}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_TITLE, slots);
}

/* "Changes since 4 May 2021"; NULL on other maps, and where another file of the same day is compared with. */
static const char *changes_said(const struct pm_draft *draft)
{
    if (!draft->before || draft->before->date == draft->date)
        return NULL;
    const struct pm_slot since[] = {{"date", pm_date_of(draft, draft->before->date)}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_CHANGES, since);
}

/* What the subtitle counts: of an animation's frame, what it shows. */
enum days { ALL_DAYS, SHOWN_DAY };

/* Of a series: "6 August 2021 – 15 August 2021" */
static const char *span_said(const struct pm_draft *draft)
{
    const struct pm_slot span[] = {{"from", pm_date_of(draft, draft->series->maps[0].date)},
                                   {"to", pm_date_of(draft, draft->date)},
                                   {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_SPAN, span);
}

/* "As of 4 May 2021" */
static const char *date_said(const struct pm_draft *draft)
{
    const struct pm_slot date[] = {{"date", pm_date_of(draft, draft->date)}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_AS_OF, date);
}

/* "12", or, of maps on which it differs, "12 – 34": how many areas have a known status. */
static const char *count_said(const struct pm_draft *draft, enum days days)
{
    const struct pm_series *series = draft->series;
    size_t first = days == SHOWN_DAY ? series->shown : 0;
    size_t end = days == SHOWN_DAY ? first + 1 : series ? series->count : 0;
    size_t least = end ? SIZE_MAX : draft->assessed, most = end ? 0 : draft->assessed;
    for (size_t i = first; i < end; i++) {
        size_t assessed = pm_series_step_at(series, series->maps[i].date)->assessed;
        least = assessed < least ? assessed : least;
        most = assessed > most ? assessed : most;
    }
    const struct pm_slot span[] = {
        {"from", pm_count_of(draft, least)}, {"to", pm_count_of(draft, most)}, {NULL, NULL}};
    return least < most ? pm_words_of(draft, PM_WORD_SPAN, span) : span->value;
}

/* "1 of 34 provinces assessed"; with a focus, which is not all that is counted, behind what that is: "Afghanistan: …" */
static const char *assessed_said(const struct pm_draft *draft, enum days days)
{
    const char *whole =
        draft->focus_count ? pm_text_get(&draft->atlas->name, draft->lang, NULL) : NULL;
    const struct pm_slot counts[] = {{"n", count_said(draft, days)},
                                     {"m", pm_count_of(draft, draft->area_count)},
                                     {"unit", pm_unit(draft, false)},
                                     {"units", pm_unit(draft, draft->area_count != 1)},
                                     {NULL, NULL}};
    return pm_sprintf(draft->arena, "%s%s%s", whole ? pm_type_within(draft, draft->rtl, whole) : "",
                      whole ? pm_words_of(draft, PM_WORD_COLON, NULL) : "",
                      pm_words_of(draft, PM_WORD_ASSESSED, counts));
}

/* "… · As of 4 May 2021 · 1 of 34 provinces assessed" */
static const char *subtitle_of(const struct pm_draft *draft, enum days days, bool facts_first)
{
    const char *own = pm_text_get(&draft->status->subtitle, draft->lang, NULL);
    const char *between = pm_words_of(draft, PM_WORD_PARTS, NULL), *changes = changes_said(draft);
    own = own ? pm_type_within(draft, draft->rtl, own) : NULL;
    const char *facts =
        pm_sprintf(draft->arena, "%s%s%s", draft->series ? span_said(draft) : date_said(draft),
                   between, assessed_said(draft, days));
    const char *first = facts_first ? facts : own, *last = facts_first ? own : facts;
    return pm_type_led(draft, pm_sprintf(draft->arena, "%s%s%s%s%s", changes ? changes : "",
                                         changes ? between : "", first ? first : "",
                                         first && last ? between : "", last ? last : ""));
}

const char *pm_subtitle_of(const struct pm_draft *draft)
{
    return subtitle_of(draft, ALL_DAYS, false);
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
    pm_help(draft->diags, "shorten it, or %s", pm_more_room(draft));
}

/* Shrinks the title to three quarters before it may wrap, and further before it is cut. */
static struct pm_block fit_title(struct pm_draft *draft, double width)
{
    struct pm_page *page = &draft->page;
    const char *title = pm_title_of(draft);
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

static struct pm_box title_part(struct pm_draft *draft, struct pm_box at)
{
    struct pm_block block = fit_title(draft, pm_box_w(at));
    if (pm_block_cut(draft, &block, room_for(draft, &block, MOST_TITLE)))
        pm_text_cut(draft, "title");
    draft->page.title_block = pm_memdup(draft->arena, &block, sizeof block);
    return pm_box_of(at.x0, at.y1, pm_box_w(at), block.height);
}

static struct pm_block fit_subtitle(const struct pm_draft *draft, double width)
{
    enum days days = draft->series && draft->series->animated ? SHOWN_DAY : ALL_DAYS;
    struct pm_block block =
        pm_block_make(draft, PM_TYPE_SUBTITLE, subtitle_of(draft, days, false), width);
    if (block.height > room_for(draft, &block, MOST_SUBTITLE)) /* what is cut is not the date */
        block = pm_block_make(draft, PM_TYPE_SUBTITLE, subtitle_of(draft, days, true), width);
    return block;
}

/* Of an animation each frame has its own; there is room for the highest. */
static struct pm_box subtitle_part(struct pm_draft *draft, struct pm_box at)
{
    struct pm_series *series = draft->series;
    size_t count = series && series->animated ? series->count : 1;
    struct pm_block *blocks = PM_NEW_N(draft->arena, struct pm_block, count);
    double height = 0;
    bool cut = false;
    for (size_t i = count; i-- > 0;) {
        if (series)
            series->shown = i;
        blocks[i] = fit_subtitle(draft, pm_box_w(at));
        cut |= pm_block_cut(draft, &blocks[i], room_for(draft, &blocks[i], MOST_SUBTITLE));
        height = fmax(height, blocks[i].height);
    }
    if (cut)
        pm_text_cut(draft, "subtitle");
    if (series)
        series->subtitles = blocks;
    draft->page.subtitle_block = blocks;
    return pm_box_of(at.x0, at.y1, pm_box_w(at), height);
}

/* Returns the y below it. */
static double header(struct pm_draft *draft, double x, double width)
{
    struct pm_page *page = &draft->page;
    struct pm_box at = pm_box_of(x, 0, width, pm_px(draft, HEADER_TOP));
    if (draft->style->show.title)
        at = page->title = title_part(draft, at);
    if (draft->style->show.subtitle)
        at = page->subtitle = subtitle_part(draft, at);
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

static void mirror(struct pm_draft *draft)
{
    struct pm_page *page = &draft->page;
    enum { BOXES = 5 };
    struct pm_box *boxes[BOXES] = {&page->title, &page->subtitle, &page->map, &page->panel,
                                   &page->footer};
    for (size_t i = 0; i < BOXES; i++)
        *boxes[i] = pm_mirrored(draft, pm_box_of(0, 0, draft->width, draft->height), *boxes[i]);
}

/* The option, unless the style says it. */
static struct pm_place place_of_size(const struct pm_draft *draft)
{
    bool styled = draft->width == (int)draft->style->page.width &&
                  draft->height == (int)draft->style->page.height;
    return styled ? (struct pm_place){0} : pm_place_option("size");
}

static bool check_grid(const struct pm_draft *draft)
{
    const struct pm_map_grid *grid = &draft->page.grid;
    if (grid->w >= pm_series_least(draft) && grid->h >= pm_least_map(draft))
        return true;
    pm_error(draft->diags, PM_FAULT_USAGE, "page-too-small", place_of_size(draft),
             "a page of %dx%d has no room for %zu map%s of %.0fx%.0f px at least", draft->width,
             draft->height, pm_series_places(draft->series),
             pm_series_places(draft->series) == 1 ? "" : "s", pm_series_least(draft),
             pm_least_map(draft));
    pm_help(draft->diags, "draw a larger page (--size), or fewer days (--every month, --series)");
    return false;
}

/* Colours that nothing explains are worse than no page. */
static void check_legend(const struct pm_draft *draft)
{
    size_t maps = pm_series_places(draft->series);
    if (!draft->style->show.legend || !pm_box_empty(draft->page.panel))
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "page-too-small", place_of_size(draft),
             "a page of %dx%d has no room for the legend beside %zu map%s", draft->width,
             draft->height, maps, maps == 1 ? "" : "s");
    pm_help(draft->diags, "draw a larger page (--size), or fewer days (--every month, --series)");
}

static void check_room(const struct pm_draft *draft)
{
    struct pm_box map = draft->page.map;
    if (draft->series) {
        if (check_grid(draft))
            check_legend(draft);
        return;
    }
    if (pm_box_w(map) >= pm_least_map(draft) && pm_box_h(map) >= pm_least_map(draft))
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "page-too-small", place_of_size(draft),
             "a page of %dx%d has no room for the map beside its texts", draft->width,
             draft->height);
    pm_help(draft->diags, "draw a larger page (--size), or less on it (\"show\" in the style)");
}

void pm_layout_page(struct pm_draft *draft)
{
    struct pm_page *page = &draft->page;
    const struct pm_style *style = draft->style;
    page->scale = page_scale(draft);
    if (draft->series)
        pm_series_measure(draft);
    double margin = pm_px(draft, style->page.margin);
    double width = draft->width - 2 * margin;
    double top = header(draft, margin, width);
    double footer = style->show.credit ? footer_height(draft) : margin;
    double bottom = draft->height - footer;
    struct pm_page_form form =
        pm_page_form_of(draft, (struct pm_box){margin, top, margin + width, bottom});
    double end = fmax(form.map.y1, form.panel.y1); /* the end of a very tall page stays empty */
    page->footer = pm_box_of(margin, end < bottom - 1 ? end : bottom, width, footer);
    page->map = form.map;
    page->panel = form.panel;
    page->columns = form.columns;
    page->grid = form.grid;
    mirror(draft);
    check_room(draft);
}
