/* The page: header on top, map on the left, panel on the right (or below, on a portrait page),
 * footer at the bottom; mirrored where the words are read from the right. Lengths are those of a page 1600 px wide, scaled. */
#include <math.h>

#include "layout/state.h"
#include "layout/type.h"
#include "base/str.h"
#include "base/banned.h"

#define TITLE_LEAST 0.75 /* of its size, before it wraps */
#define HEADER_TOP 26.0
#define FOOTER_GAP 8.0 /* above the footer */
#define FOOTER_BELOW 14.0
#define LEAST_MAP 100.0 /* px: a smaller frame shows nothing */

/* Lengths follow the page's area, so that a portrait page is not set in tiny type. */
static double page_scale(const struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    double area = style->page.width * style->page.height;
    return style->page.scale * sqrt((double)draft->width * draft->height / area);
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

/* Shrinks the title to three quarters before it may wrap. */
static void fit_title(struct pm_draft *draft, double width)
{
    struct pm_page *page = &draft->page;
    const char *title = title_of(draft);
    double full = pm_px(draft, draft->style->type[PM_TYPE_TITLE].size);
    page->title_size = full;
    double wide = pm_type_run(draft, PM_TYPE_TITLE, title, NULL).width;
    if (wide > width)
        page->title_size = floor(fmax(full * TITLE_LEAST, full * width / wide));
    struct pm_block block = pm_block_make(draft, PM_TYPE_TITLE, title, width);
    page->title_lines = block.lines;
    page->title_count = block.count;
}

static double header(struct pm_draft *draft, double x, double width)
{
    struct pm_page *page = &draft->page;
    double y = pm_px(draft, HEADER_TOP);
    if (draft->style->show.title) {
        fit_title(draft, width);
        double h = (double)page->title_count * pm_type_leading(draft, PM_TYPE_TITLE);
        page->title = pm_box_of(x, y, width, h);
        y += h;
    }
    if (draft->style->show.subtitle) {
        struct pm_block block = pm_block_make(draft, PM_TYPE_SUBTITLE, subtitle_of(draft), width);
        page->subtitle_lines = block.lines;
        page->subtitle_count = block.count;
        page->subtitle = pm_box_of(x, y, width, block.height);
        y += block.height;
    }
    return y > pm_px(draft, HEADER_TOP) ? y + pm_px(draft, 16)
                                        : pm_px(draft, draft->style->page.margin);
}

static bool has_panel(const struct pm_style *style)
{
    return style->show.legend || style->show.notes || style->show.disclaimer;
}

/* If the projection is not chosen yet, room is kept for the longest name. */
static double footer_height(const struct pm_draft *draft, double width)
{
    const char *name = draft->projection.proj ? pm_reproject_name(draft->projection.proj)
                                              : pm_projection_said_longest(draft);
    struct pm_block block = pm_block_make(draft, PM_TYPE_FOOTER, pm_credit(draft, name), width);
    return pm_px(draft, FOOTER_GAP) + block.height + pm_px(draft, FOOTER_BELOW);
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
    if (pm_box_w(map) >= LEAST_MAP && pm_box_h(map) >= LEAST_MAP)
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
    page->portrait = draft->height > draft->width;
    double margin = pm_px(draft, style->page.margin);
    double width = draft->width - 2 * margin;
    double top = header(draft, margin, width);
    double footer = style->show.credit ? footer_height(draft, width) : margin;
    double bottom = draft->height - footer;
    page->footer = pm_box_of(margin, bottom, width, footer);
    double right = margin + width;
    page->map = (struct pm_box){margin, top, right, bottom};
    if (has_panel(style) && page->portrait) {
        double split = top + (bottom - top) * 0.62;
        page->map.y1 = split;
        page->panel = (struct pm_box){margin, split + pm_px(draft, 20), right, bottom};
    } else if (has_panel(style)) {
        double left = right - pm_px(draft, style->page.panel);
        page->map.x1 = left - pm_px(draft, style->page.gap);
        page->panel = (struct pm_box){left, top, right, bottom};
    }
    mirror(draft);
    check_room(draft);
}
