/* What an SVG file refers to: textures, clips, paths drawn more than once and the outlines of glyphs. */
#include <math.h>
#include <string.h>

#include "output/svg_writer.h"
#include "base/banned.h"

#define LEAST_SHARED 16 /* operations: a shorter path is no longer than two references to it */

/* The tile's own diagonal, and the ends of those beside it that reach into its corners. */
static void trace_slanted(struct pm_path *path, const struct pm_pattern *pattern, double side)
{
    const double h = round(side * 25) / 100;
    const double spans[][2] = {{-h, h}, {-h, side + h}, {side - h, side + h}};
    bool hatch = pattern->kind == PM_TEXTURE_HATCH;
    for (int i = 0; i < 3; i++) {
        double shift = (i - 1) * side, x0 = spans[i][0], x1 = spans[i][1];
        pm_path_move(path, x0, hatch ? side + shift - x0 : x0 - shift);
        pm_path_line(path, x1, hatch ? side + shift - x1 : x1 - shift);
    }
}

/* Beyond the tile on both sides, so that no line ends within sight. */
static void trace_upright(struct pm_path *path, const struct pm_pattern *pattern, double side)
{
    double axis = pm_pattern_axis(pattern);
    if (pattern->kind != PM_TEXTURE_VERTICAL) {
        pm_path_move(path, -side, axis);
        pm_path_line(path, 2 * side, axis);
    }
    if (pattern->kind != PM_TEXTURE_HORIZONTAL) {
        pm_path_move(path, axis, -side);
        pm_path_line(path, axis, 2 * side);
    }
}

static void trace_crosses(struct pm_path *path, const struct pm_pattern *pattern, double side)
{
    double reach = pm_pattern_arms(pattern) / 2;
    for (int i = 0; i < 2; i++) {
        double at = side * (i ? 0.75 : 0.25);
        pm_path_move(path, at - reach, at);
        pm_path_line(path, at + reach, at);
        pm_path_move(path, at, at - reach);
        pm_path_line(path, at, at + reach);
    }
}

typedef void trace_lines(struct pm_path *path, const struct pm_pattern *pattern, double side);

static void pattern_lines(struct pm_svg *w, const struct pm_pattern *pattern, double side,
                          pm_color dark, trace_lines *trace)
{
    struct pm_path path = {0};
    trace(&path, pattern, side);
    pm_str_add(w->out, "<path");
    pm_svg_classes(w, NULL, pm_svg_rule_of(w, "stroke", pattern->color, dark, pattern->of));
    pm_svg_attr(w->out, "fill", "none");
    pm_svg_color(w->out, "stroke", "stroke-opacity", pattern->color);
    pm_svg_number(w->out, "stroke-width", pattern->width);
    pm_svg_path(w, &path);
    pm_str_add(w->out, "/>");
    pm_path_finish(&path);
}

static void pattern_dots(struct pm_svg *w, const struct pm_pattern *pattern, double side,
                         pm_color dark)
{
    for (int i = 0; i < 2; i++) {
        double at = side * (i ? 0.75 : 0.25);
        pm_str_add(w->out, "<circle");
        pm_svg_classes(w, NULL, pm_svg_rule_of(w, "fill", pattern->color, dark, pattern->of));
        pm_svg_number(w->out, "cx", at);
        pm_svg_number(w->out, "cy", at);
        pm_svg_number(w->out, "r", pattern->width / 2);
        pm_svg_color(w->out, "fill", "fill-opacity", pattern->color);
        pm_str_add(w->out, "/>");
    }
}

static const char *write_pattern(struct pm_svg *w, const struct pm_pattern *pattern, pm_color dark)
{
    static trace_lines *const traces[PM_TEXTURES] = {
        [PM_TEXTURE_HATCH] = trace_slanted,      [PM_TEXTURE_LINES] = trace_slanted,
        [PM_TEXTURE_HORIZONTAL] = trace_upright, [PM_TEXTURE_VERTICAL] = trace_upright,
        [PM_TEXTURE_GRID] = trace_upright,       [PM_TEXTURE_CROSSES] = trace_crosses,
    };
    const char *id = pm_svg_id(w, "texture", pattern->id);
    double side = pm_pattern_side(pattern);
    pm_str_addf(w->out, "<pattern id=\"%s\" patternUnits=\"userSpaceOnUse\"", id);
    pm_svg_number(w->out, "width", side);
    pm_svg_number(w->out, "height", side);
    pm_str_addc(w->out, '>');
    if (pattern->kind == PM_TEXTURE_DOTS)
        pattern_dots(w, pattern, side, dark);
    else
        pattern_lines(w, pattern, side, dark, traces[pattern->kind]);
    pm_str_add(w->out, "</pattern>\n");
    return id;
}

static const char *write_clip(struct pm_svg *w, struct pm_box clip)
{
    const char *id = pm_svg_id(w, "clip", pm_sprintf(&w->arena, "%zu", w->clips.n + 1));
    pm_str_addf(w->out, "<clipPath id=\"%s\"><rect", id);
    pm_svg_number(w->out, "x", clip.x0);
    pm_svg_number(w->out, "y", clip.y0);
    pm_svg_number(w->out, "width", pm_box_w(clip));
    pm_svg_number(w->out, "height", pm_box_h(clip));
    pm_str_add(w->out, "/></clipPath>\n");
    return id;
}

static bool same_path(const struct pm_path *a, const struct pm_path *b)
{
    return a->ops.n == b->ops.n && a->points.n == b->points.n &&
           memcmp(a->ops.v, b->ops.v, a->ops.n) == 0 &&
           memcmp(a->points.v, b->points.v, a->points.n * sizeof *a->points.v) == 0;
}

/* Has it a path that is longer than what refers to it? What has a tooltip is somebody, and keeps its own, unless it is one
 * version of several. */
static bool may_share(const struct pm_node *node)
{
    return node->kind == PM_NODE_PATH && (!node->ident.tooltip || node->frames.end) &&
           node->path.ops.n >= LEAST_SHARED;
}

static void share(struct pm_svg *w, size_t first, size_t node)
{
    if (!w->shapes[first]) {
        w->shapes[first] = ++w->shape_count;
        pm_str_addf(w->out, "<path id=\"%s-p%zu\"", w->id_prefix, w->shape_count);
        pm_svg_path(w, &w->scene->nodes.v[first].path);
        pm_str_add(w->out, "/>\n");
    }
    w->shapes[node] = w->shapes[first];
}

/* The nodes with paths that may be shared, each path's first, by what they draw. */
struct seen {
    size_t *slots; /* 1 + a node; 0: none */
    size_t mask;
};

/* The slot of the path: empty, or with the first node that has it. */
static size_t *slot_of(const struct seen *seen, const struct pm_node *nodes,
                       const struct pm_path *path)
{
    size_t i = (size_t)pm_path_hash(path) & seen->mask;
    while (seen->slots[i] && !same_path(&nodes[seen->slots[i] - 1].path, path))
        i = (i + 1) & seen->mask;
    return &seen->slots[i];
}

/* What several nodes draw, a line and what glows beneath it: its path stands here once. */
static void write_shapes(struct pm_svg *w)
{
    const struct pm_node *nodes = w->scene->nodes.v;
    size_t count = w->scene->nodes.n, capacity = 64;
    while (capacity < 2 * count)
        capacity *= 2;
    struct seen seen = {PM_NEW_N(&w->arena, size_t, capacity), capacity - 1};
    w->shapes = PM_NEW_N(&w->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        if (!may_share(&nodes[i]))
            continue;
        size_t *slot = slot_of(&seen, nodes, &nodes[i].path);
        if (*slot)
            share(w, *slot - 1, i);
        else
            *slot = i + 1;
    }
}

bool pm_svg_has_clip(const struct pm_node *node)
{
    return node->kind == PM_NODE_BEGIN && !pm_box_empty(node->clip);
}

void pm_svg_definitions(struct pm_svg *w)
{
    const struct pm_scene *s = w->scene;
    w->textures = PM_NEW_N(&w->arena, const char *, s->patterns.n);
    pm_str_add(w->out, "<defs>\n");
    for (size_t i = 0; i < s->patterns.n; i++)
        w->textures[i] = write_pattern(w, &s->patterns.v[i], w->dark->patterns.v[i].color);
    for (size_t i = 0; i < s->nodes.n; i++) {
        if (!pm_svg_has_clip(&s->nodes.v[i]))
            continue;
        const char *id = write_clip(w, s->nodes.v[i].clip);
        pm_vec_push(&w->clips, id);
    }
    write_shapes(w);
    pm_svg_glyphs(w);
    pm_str_add(w->out, "</defs>\n");
}
