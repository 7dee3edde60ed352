#include "output/paint.h"

#include <math.h>

#include "text/draw.h"
#include "base/banned.h"

static void trace(cairo_t *cr, const struct pm_path *path)
{
    const struct pm_pt *p = path->points.v;
    cairo_new_path(cr);
    for (size_t i = 0; i < path->ops.n; i++)
        switch ((enum pm_path_op)path->ops.v[i]) {
        case PM_MOVE:
            cairo_move_to(cr, p[0].x, p[0].y);
            p++;
            break;
        case PM_LINE:
            cairo_line_to(cr, p[0].x, p[0].y);
            p++;
            break;
        case PM_CURVE:
            cairo_curve_to(cr, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
            p += 3;
            break;
        case PM_CLOSE:
            cairo_close_path(cr);
            break;
        }
}

/* ---- patterns -------------------------------------------------------------------------------- */

static void stroke_texture(cairo_t *cr, const struct pm_pattern *pattern, cairo_line_cap_t cap)
{
    cairo_set_line_width(cr, pattern->width);
    cairo_set_line_cap(cr, cap);
    cairo_stroke(cr);
}

/* Lines x + y = c (45 degrees) or x - y = c (135 degrees), c a multiple of the pattern's side. The
 * square caps reach as far beyond the box as a slanted line's corners need. */
static void draw_slanted(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    bool hatch = pattern->kind == PM_TEXTURE_HATCH;
    double side = pm_pattern_side(pattern);
    double first = hatch ? b.x0 + b.y0 : b.x0 - b.y1, last = hatch ? b.x1 + b.y1 : b.x1 - b.y0;
    for (double k = floor(first / side); (k - 1) * side < last; k++) {
        double c = k * side;
        cairo_move_to(cr, hatch ? c - b.y0 : c + b.y0, b.y0);
        cairo_line_to(cr, hatch ? c - b.y1 : c + b.y1, b.y1);
    }
    cairo_set_dash(cr, NULL, 0, 0);
    stroke_texture(cr, pattern, CAIRO_LINE_CAP_SQUARE);
}

static void draw_upright(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    double side = pm_pattern_side(pattern), axis = pm_pattern_axis(pattern);
    if (pattern->kind != PM_TEXTURE_VERTICAL)
        for (double k = floor(b.y0 / side); k * side < b.y1; k++) {
            cairo_move_to(cr, b.x0, k * side + axis);
            cairo_line_to(cr, b.x1, k * side + axis);
        }
    if (pattern->kind != PM_TEXTURE_HORIZONTAL)
        for (double k = floor(b.x0 / side); k * side < b.x1; k++) {
            cairo_move_to(cr, k * side + axis, b.y0);
            cairo_line_to(cr, k * side + axis, b.y1);
        }
    cairo_set_dash(cr, NULL, 0, 0);
    stroke_texture(cr, pattern, CAIRO_LINE_CAP_BUTT);
}

/* Lines along x that begin `before` the lattice's points, for the dashes of the caller: in a PDF a
 * hundredth of the size of as many circles. */
static void trace_rows(cairo_t *cr, double side, double before, struct pm_box b)
{
    double half = side / 2;
    for (long row = lround(floor(b.y0 / half)); (double)row * half < b.y1; row++) {
        double shift = row & 1 ? half : 0, y = ((double)row + 0.5) * half;
        cairo_move_to(cr, floor((b.x0 - shift) / side) * side + shift + half / 2 - before, y);
        cairo_line_to(cr, b.x1 + side, y);
    }
}

static void trace_columns(cairo_t *cr, double side, double before, struct pm_box b)
{
    double half = side / 2;
    for (long row = lround(floor(b.x0 / half)); (double)row * half < b.x1; row++) {
        double shift = row & 1 ? half : 0, x = ((double)row + 0.5) * half;
        cairo_move_to(cr, x, floor((b.y0 - shift) / side) * side + shift + half / 2 - before);
        cairo_line_to(cr, x, b.y1 + side);
    }
}

/* Of dashes so short only the round caps are seen. */
static void draw_dots(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    double side = pm_pattern_side(pattern);
    const double dash[] = {0.01, side - 0.01};
    trace_rows(cr, side, 0, b);
    cairo_set_dash(cr, dash, 2, 0);
    stroke_texture(cr, pattern, CAIRO_LINE_CAP_ROUND);
}

static void draw_crosses(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    double side = pm_pattern_side(pattern), arms = pm_pattern_arms(pattern);
    const double dash[] = {arms, side - arms};
    trace_rows(cr, side, arms / 2, b);
    trace_columns(cr, side, arms / 2, b);
    cairo_set_dash(cr, dash, 2, 0);
    stroke_texture(cr, pattern, CAIRO_LINE_CAP_BUTT);
}

void pm_paint_texture(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box box)
{
    typedef void draw_texture(cairo_t * cr, const struct pm_pattern *pattern, struct pm_box b);
    static draw_texture *const draw[PM_TEXTURES] = {
        [PM_TEXTURE_HATCH] = draw_slanted,    [PM_TEXTURE_LINES] = draw_slanted,
        [PM_TEXTURE_DOTS] = draw_dots,        [PM_TEXTURE_HORIZONTAL] = draw_upright,
        [PM_TEXTURE_VERTICAL] = draw_upright, [PM_TEXTURE_GRID] = draw_upright,
        [PM_TEXTURE_CROSSES] = draw_crosses,
    };
    pm_set_source(cr, pattern->color);
    draw[pattern->kind](cr, pattern, box);
}

/* Tiles of a PDF show seams in most viewers. */
static void fill_with_lines(cairo_t *cr, const struct pm_pattern *pattern)
{
    struct pm_box box = {0};
    cairo_save(cr);
    cairo_clip(cr);
    cairo_clip_extents(cr, &box.x0, &box.y0, &box.x1, &box.y1);
    pm_paint_texture(cr, pattern, box);
    cairo_restore(cr);
}

/* ---- nodes ----------------------------------------------------------------------------------- */

void pm_paint_stroke(cairo_t *cr, const struct pm_path *path, const struct pm_paint *paint)
{
    int dashes = 0;
    trace(cr, path);
    while (dashes < 4 && paint->dash[dashes] > 0)
        dashes++;
    cairo_set_dash(cr, paint->dash, dashes, 0);
    cairo_set_line_width(cr, paint->width);
    cairo_set_line_join(cr, paint->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(cr, paint->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_miter_limit(cr, PM_MITRE_LIMIT);
    pm_set_source(cr, paint->stroke);
    cairo_stroke(cr);
}

/* As in SVG, see there. */
#define SEAM 1.0 /* px */

static void stroke_path(cairo_t *cr, const struct pm_node *node)
{
    cairo_save(cr);
    if (node->paint.inner) {
        trace(cr, &node->path);
        cairo_clip(cr);
    }
    pm_paint_stroke(cr, &node->path, &node->paint);
    cairo_restore(cr);
}

static void paint_path(const struct pm_scene *scene, cairo_t *cr, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    trace(cr, &node->path);
    if (paint->pattern) {
        fill_with_lines(cr, &scene->patterns.v[paint->pattern - 1]);
    } else if (pm_color_alpha(paint->fill) > 0) {
        pm_set_source(cr, paint->fill);
        cairo_fill(cr);
    }
    cairo_new_path(cr);
    if (paint->mosaic)
        pm_paint_stroke(cr, &node->path, &(struct pm_paint){.stroke = paint->fill, .width = SEAM});
    else if (pm_color_alpha(paint->stroke) > 0 && paint->width > 0)
        stroke_path(cr, node);
}

static void begin(cairo_t *cr, const struct pm_node *node)
{
    cairo_save(cr);
    if (pm_box_empty(node->clip))
        return;
    cairo_rectangle(cr, node->clip.x0, node->clip.y0, pm_box_w(node->clip), pm_box_h(node->clip));
    cairo_clip(cr);
}

void pm_paint_background(const struct pm_scene *scene, cairo_t *cr)
{
    pm_set_source(cr, scene->background);
    cairo_paint(cr);
}

void pm_paint_node(const struct pm_scene *scene, struct pm_fonts *fonts, cairo_t *cr,
                   const struct pm_node *node)
{
    switch (node->kind) {
    case PM_NODE_BEGIN:
        begin(cr, node);
        break;
    case PM_NODE_END:
        cairo_restore(cr);
        break;
    case PM_NODE_PATH:
        paint_path(scene, cr, node);
        break;
    case PM_NODE_TEXT:
        pm_text_draw(fonts, cr, &node->run);
        break;
    }
}
