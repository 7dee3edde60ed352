#include "text/draw.h"

#include <pango/pangocairo.h>

#include "base/str.h"
#include "text/fonts_private.h"
#include "base/banned.h"

#define DEGREE 0.017453292519943295

void pm_set_source(cairo_t *cr, pm_color c)
{
    cairo_set_source_rgba(cr, (c >> 24) / 255.0, ((c >> 16) & 0xFF) / 255.0,
                          ((c >> 8) & 0xFF) / 255.0, pm_color_alpha(c));
}

static double px(int pango_units)
{
    return (double)pango_units / PANGO_SCALE;
}

/* ---- showing --------------------------------------------------------------------------------- */

/* Characters of the bidirectional algorithm have done their work. */
static bool is_direction(const char *s)
{
    uint32_t c = pm_utf8_next(&s);
    return (c >= PM_ISOLATE_LTR && c <= PM_ISOLATE_END) || c == 0x200E || c == 0x200F;
}

/* What cairo is given at once. */
struct shown {
    struct pm_str text;
    PM_VEC(cairo_glyph_t) glyphs;
    PM_VEC(cairo_text_cluster_t) clusters;
};

/* The glyphs from `first` to `last`, with the text that they stand for. Moves the pen on. */
static void add_cluster(struct shown *shown, const PangoGlyphString *glyphs, int first, int last,
                        const char *text, int length, struct pm_pt *pen)
{
    size_t before = shown->glyphs.n;
    for (int i = first; i <= last; i++) {
        const PangoGlyphInfo *info = &glyphs->glyphs[i];
        if (info->glyph != PANGO_GLYPH_EMPTY && !(info->glyph & PANGO_GLYPH_UNKNOWN_FLAG))
            pm_vec_push(&shown->glyphs,
                        (cairo_glyph_t){info->glyph, pen->x + px(info->geometry.x_offset),
                                        pen->y + px(info->geometry.y_offset)});
        pen->x += px(info->geometry.width);
    }
    int count = (int)(shown->glyphs.n - before);
    if (!count && is_direction(text))
        return;
    pm_str_addn(&shown->text, text, (size_t)length);
    pm_vec_push(&shown->clusters, (cairo_text_cluster_t){length, count});
}

/* Clusters from left to right, whatever direction the text has: programs that get text out of PDF files
 * expect that (and put it in order by the bidirectional algorithm), and so lose their way in what cairo
 * writes if it is given a text from the right as it is. */
static void add_clusters(struct shown *shown, const PangoGlyphItem *item, const char *text,
                         struct pm_pt *pen)
{
    PangoGlyphItem *own = (PangoGlyphItem *)item; /* not changed: the iterator is not so strict */
    PangoGlyphItemIter at;
    bool rtl = item->item->analysis.level % 2;
    gboolean more = rtl ? pango_glyph_item_iter_init_end(&at, own, text)
                        : pango_glyph_item_iter_init_start(&at, own, text);
    while (more) {
        int first = rtl ? at.end_glyph + 1 : at.start_glyph;
        int last = rtl ? at.start_glyph : at.end_glyph - 1;
        add_cluster(shown, item->glyphs, first, last, text + at.start_index,
                    at.end_index - at.start_index, pen);
        more =
            rtl ? pango_glyph_item_iter_prev_cluster(&at) : pango_glyph_item_iter_next_cluster(&at);
    }
}

/* Letters that stand apart, or on a slanted line, are taken for words of their own, unless they are said to be
 * one cluster. Not from the right, as what is in a cluster is not put in order. */
static void join_clusters(struct shown *shown, const PangoGlyphItem *item, const char *text)
{
    shown->text.n = shown->clusters.n = 0;
    pm_str_addn(&shown->text, text + item->item->offset, (size_t)item->item->length);
    pm_vec_push(&shown->clusters, (cairo_text_cluster_t){item->item->length, (int)shown->glyphs.n});
}

/* All at once, as cairo leaves out a blank that stands alone. */
static void show_item(cairo_t *cr, const PangoGlyphItem *item, const struct pm_run *run,
                      struct pm_pt *pen)
{
    struct shown shown = {0};
    add_clusters(&shown, item, run->s, pen);
    if ((run->angle != 0 || run->font.spacing > 0) && item->item->analysis.level % 2 == 0)
        join_clusters(&shown, item, run->s);
    cairo_set_scaled_font(
        cr, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item->item->analysis.font)));
    if (shown.clusters.n)
        cairo_show_text_glyphs(cr, shown.text.s, (int)shown.text.n, shown.glyphs.v,
                               (int)shown.glyphs.n, shown.clusters.v, (int)shown.clusters.n, 0);
    pm_str_finish(&shown.text);
    pm_vec_finish(&shown.glyphs);
    pm_vec_finish(&shown.clusters);
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* Sets the run and moves the origin to its point, turned. */
static const GSList *place(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run,
                           double *left)
{
    const GSList *items = pm_text_set(fonts, run, left);
    cairo_translate(cr, run->at.x, run->at.y);
    cairo_rotate(cr, run->angle * DEGREE);
    double scale = pm_text_scale(fonts, &run->font, run->s);
    cairo_scale(cr, scale, scale);
    cairo_new_path(cr);
    return items;
}

/* Adds the outlines of the items to cairo's path. */
static void trace(cairo_t *cr, const struct pm_run *run, enum pm_text_part part,
                  const GSList *items, double left)
{
    double x = left;
    for (; items; items = items->next) {
        const PangoGlyphItem *item = items->data;
        bool aside = pm_text_is_aside(run, item);
        cairo_move_to(cr, x, 0);
        if (part == PM_TEXT_WHOLE || aside == (part == PM_TEXT_ASIDE))
            pango_cairo_glyph_string_path(cr, item->item->analysis.font, item->glyphs);
        x += px(pango_glyph_string_get_width(item->glyphs));
    }
}

/* Where the run is placed. */
static void stroke_halo(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run)
{
    double scale = pm_text_scale(fonts, &run->font, run->s);
    pm_set_source(cr, run->halo);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cr, 2 * run->halo_width / scale);
    cairo_stroke(cr);
}

void pm_text_draw(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run)
{
    double left = 0;
    cairo_save(cr);
    const GSList *items = place(fonts, cr, run, &left);
    if (pm_color_alpha(run->halo) > 0 && run->halo_width > 0) {
        trace(cr, run, PM_TEXT_WHOLE, items, left);
        stroke_halo(fonts, cr, run);
    }
    struct pm_pt pen = {left, 0};
    for (; items; items = items->next) {
        pm_set_source(cr, pm_text_is_aside(run, items->data) ? run->aside_color : run->color);
        show_item(cr, items->data, run, &pen);
    }
    cairo_new_path(cr);
    cairo_restore(cr);
}

/* ---- outlines -------------------------------------------------------------------------------- */

static struct pm_pt point_of(const cairo_path_data_t *data)
{
    return (struct pm_pt){data->point.x, data->point.y};
}

/* A header, then its points: none behind CLOSE_PATH. */
static void add_element(struct pm_path *path, const cairo_path_data_t *data)
{
    switch (data->header.type) {
    case CAIRO_PATH_MOVE_TO:
        pm_path_move(path, data[1].point.x, data[1].point.y);
        break;
    case CAIRO_PATH_LINE_TO:
        pm_path_line(path, data[1].point.x, data[1].point.y);
        break;
    case CAIRO_PATH_CURVE_TO:
        pm_path_curve(path, point_of(&data[1]), point_of(&data[2]), point_of(&data[3]));
        break;
    case CAIRO_PATH_CLOSE_PATH:
        pm_path_close(path);
        break;
    }
}

/* Does nothing begin there? */
static bool is_idle_move(const cairo_path_t *path, int i)
{
    int next = i + path->data[i].header.length;
    return path->data[i].header.type == CAIRO_PATH_MOVE_TO &&
           (next >= path->num_data || path->data[next].header.type == CAIRO_PATH_MOVE_TO);
}

void pm_path_take(struct pm_path *path, cairo_t *cr)
{
    cairo_path_t *outline = cairo_copy_path(cr);
    for (int i = 0; i < outline->num_data; i += outline->data[i].header.length)
        if (!is_idle_move(outline, i))
            add_element(path, &outline->data[i]);
    cairo_path_destroy(outline);
    cairo_new_path(cr);
}

void pm_text_outline(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run,
                     enum pm_text_part part, struct pm_path *path)
{
    double left = 0;
    cairo_save(cr);
    const GSList *items = place(fonts, cr, run, &left);
    trace(cr, run, part, items, left);
    cairo_restore(cr);
    path->ops.n = path->points.n = 0;
    pm_path_take(path, cr);
}

const struct pm_path *pm_text_drawn(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run,
                                    enum pm_text_part part)
{
    struct pm_str key = {0};
    size_t index = 0;
    pm_key_number(&key, run->at.x);
    pm_key_number(&key, run->at.y);
    pm_key_number(&key, run->angle);
    pm_str_addf(&key, "%d|%d|%zu|", run->anchor, part, run->aside);
    pm_text_add_key(&key, fonts, &run->font, run->s, run->lang);
    if (!pm_index_get(&fonts->drawn, key.s, &index)) {
        struct pm_path path = {0};
        pm_text_outline(fonts, cr, run, part, &path);
        index = fonts->texts.n;
        pm_vec_push(&fonts->texts, path);
        pm_index_set(&fonts->drawn, &fonts->places, key.s, index);
        fonts->drawn_bytes +=
            key.n + path.ops.cap * sizeof *path.ops.v + path.points.cap * sizeof *path.points.v;
    }
    pm_str_finish(&key);
    return &fonts->texts.v[index];
}
