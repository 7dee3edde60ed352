#include "output/paint.h"

#include <math.h>

#include "text/text.h"
#include "base/banned.h"

#define TURN 6.283185307179586
#define MITRE_LIMIT 4

static void source(cairo_t *cr, pm_color c)
{
    cairo_set_source_rgba(cr, (c >> 24) / 255.0, ((c >> 16) & 0xFF) / 255.0,
                          ((c >> 8) & 0xFF) / 255.0, pm_color_alpha(c));
}

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

/* ---- patterns: drawn as lines and dots of their own, so that no viewer shows seams of tiles ------ */

/* Lines x + y = c (45 degrees) or x - y = c (135 degrees), c a multiple of the pattern's side. */
static void draw_lines(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    bool rising = pattern->kind == PM_TEXTURE_HATCH;
    double pitch = pm_pattern_side(pattern);
    double first = rising ? b.x0 + b.y0 : b.x0 - b.y1, last = rising ? b.x1 + b.y1 : b.x1 - b.y0;
    for (double k = floor(first / pitch); k * pitch <= last; k++) {
        double c = k * pitch;
        cairo_move_to(cr, rising ? c - b.y0 : c + b.y0, b.y0);
        cairo_line_to(cr, rising ? c - b.y1 : c + b.y1, b.y1);
    }
    cairo_set_line_width(cr, pattern->width);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
    cairo_stroke(cr);
}

static void draw_dots(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box b)
{
    double side = pm_pattern_side(pattern), half = side / 2, r = pattern->width / 2;
    long first_row = lround(floor(b.y0 / half)), last_row = lround(ceil(b.y1 / half));
    for (long row = first_row; row <= last_row; row++) {
        double shift = row & 1 ? half : 0, y = ((double)row + 0.5) * half;
        for (double k = floor((b.x0 - shift) / side); k * side + shift <= b.x1; k++) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, k * side + shift + half / 2, y, r, 0, TURN);
        }
    }
    cairo_fill(cr);
}

static void fill_with_pattern(cairo_t *cr, const struct pm_pattern *pattern)
{
    struct pm_box b = {0};
    cairo_save(cr);
    cairo_clip(cr);
    cairo_clip_extents(cr, &b.x0, &b.y0, &b.x1, &b.y1);
    source(cr, pattern->color);
    cairo_new_path(cr);
    if (pattern->kind == PM_TEXTURE_DOTS)
        draw_dots(cr, pattern, b);
    else
        draw_lines(cr, pattern, b);
    cairo_restore(cr);
}

/* ---- nodes ---------------------------------------------------------------------------------------- */

static void stroke(cairo_t *cr, const struct pm_paint *paint)
{
    int dashes = 0;
    while (dashes < 4 && paint->dash[dashes] > 0)
        dashes++;
    cairo_set_dash(cr, paint->dash, dashes, 0);
    cairo_set_line_width(cr, paint->width);
    cairo_set_line_join(cr, paint->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(cr, paint->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_miter_limit(cr, MITRE_LIMIT);
    source(cr, paint->stroke);
    cairo_stroke(cr);
}

static void paint_path(const struct pm_scene *scene, cairo_t *cr, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    trace(cr, &node->path);
    if (paint->pattern) {
        fill_with_pattern(cr, &scene->patterns.v[paint->pattern - 1]);
        trace(cr, &node->path);
    } else if (pm_color_alpha(paint->fill) > 0) {
        source(cr, paint->fill);
        cairo_fill_preserve(cr);
    }
    if (pm_color_alpha(paint->stroke) > 0 && paint->width > 0)
        stroke(cr, paint);
    cairo_new_path(cr);
}

static void begin(cairo_t *cr, const struct pm_node *node)
{
    cairo_save(cr);
    if (pm_box_empty(node->clip))
        return;
    cairo_rectangle(cr, node->clip.x0, node->clip.y0, pm_box_w(node->clip), pm_box_h(node->clip));
    cairo_clip(cr);
}

void pm_paint_scene(const struct pm_scene *scene, struct pm_fonts *fonts, cairo_t *cr)
{
    source(cr, scene->background);
    cairo_paint(cr);
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
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
}
