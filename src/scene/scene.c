#include "scene/scene.h"

#include <math.h>

#include "base/banned.h"

#define SQRT2 1.4142135623730951

const char *pm_part_name(enum pm_part part)
{
    static const char *const names[PM_PARTS] = {
        [PM_PART_TITLE] = "title", [PM_PART_HEADING] = "heading", [PM_PART_PARAGRAPH] = "paragraph",
        [PM_PART_LIST] = "list",   [PM_PART_ITEM] = "item",       [PM_PART_FIGURE] = "figure",
    };
    return names[part];
}

static double hundredths(double v)
{
    return (double)pm_hundredths(v) / 100;
}

static struct pm_pt on_page(struct pm_pt origin, struct pm_pt p)
{
    return (struct pm_pt){hundredths(p.x + origin.x), hundredths(p.y + origin.y)};
}

struct pm_path pm_path_settle(const struct pm_path *path, struct pm_pt origin,
                              struct pm_arena *arena)
{
    struct pm_path own = {0};
    own.ops.n = path->ops.n;
    own.points.n = path->points.n;
    own.ops.v = pm_memdup(arena, path->ops.v, path->ops.n);
    own.points.v = PM_NEW_N(arena, struct pm_pt, path->points.n);
    for (size_t i = 0; i < own.points.n; i++)
        own.points.v[i] = on_page(origin, path->points.v[i]);
    own.hash = pm_path_hash(&own);
    return own;
}

static struct pm_ident copy_ident(struct pm_arena *arena, const struct pm_ident *ident)
{
    struct pm_ident own = {0};
    if (!ident)
        return own;
    own.role = pm_strdup(arena, ident->role);
    own.key = pm_strdup(arena, ident->key);
    own.classes = pm_strdup(arena, ident->classes);
    own.tooltip = pm_strdup(arena, ident->tooltip);
    own.label = pm_strdup(arena, ident->label);
    own.row = ident->row;
    own.part = ident->part;
    own.link = pm_is_web_address(ident->link) ? pm_strdup(arena, ident->link) : NULL;
    own.attr_count = ident->attr_count;
    struct pm_attr *attrs = PM_NEW_N(arena, struct pm_attr, ident->attr_count);
    for (size_t i = 0; i < ident->attr_count; i++)
        attrs[i] = (struct pm_attr){pm_strdup(arena, ident->attrs[i].name),
                                    pm_strdup(arena, ident->attrs[i].value)};
    own.attrs = attrs;
    return own;
}

static void push(struct pm_scene *scene, const struct pm_node *node)
{
    enum { USUAL = 256 }; /* nodes are large: to grow by steps, they would be copied */
    if (!scene->nodes.cap)
        pm_vec_reserve(&scene->nodes, USUAL);
    pm_vec_push(&scene->nodes, *node);
}

void pm_scene_begin(struct pm_scene *scene, const struct pm_ident *ident, struct pm_box clip)
{
    struct pm_node node = {.kind = PM_NODE_BEGIN, .ident = copy_ident(&scene->arena, ident)};
    struct pm_pt from = on_page(scene->origin, (struct pm_pt){clip.x0, clip.y0});
    struct pm_pt to = on_page(scene->origin, (struct pm_pt){clip.x1, clip.y1});
    if (!pm_box_empty(clip))
        node.clip = (struct pm_box){from.x, from.y, to.x, to.y};
    push(scene, &node);
    scene->depth++;
}

void pm_scene_end(struct pm_scene *scene)
{
    push(scene, &(struct pm_node){.kind = PM_NODE_END});
    scene->depth--;
}

void pm_scene_path(struct pm_scene *scene, const struct pm_ident *ident, struct pm_path *path,
                   struct pm_paint paint)
{
    const struct pm_path own = pm_path_settle(path, scene->origin, &scene->arena);
    pm_scene_lent_path(scene, ident, &own, paint);
    path->ops.n = path->points.n = 0; /* its buffers serve for the next path */
}

void pm_scene_lent_path(struct pm_scene *scene, const struct pm_ident *ident,
                        const struct pm_path *path, struct pm_paint paint)
{
    struct pm_node node = {.kind = PM_NODE_PATH, .ident = copy_ident(&scene->arena, ident)};
    node.path = *path;
    node.paint = paint;
    node.paint.of = pm_strdup(&scene->arena, paint.of);
    push(scene, &node);
}

void pm_scene_text(struct pm_scene *scene, const struct pm_ident *ident, struct pm_run run)
{
    struct pm_node node = {.kind = PM_NODE_TEXT, .ident = copy_ident(&scene->arena, ident)};
    node.run = run;
    node.run.s = pm_strdup(&scene->arena, run.s);
    node.run.lang = pm_strdup(&scene->arena, run.lang);
    node.run.font.family = pm_strdup(&scene->arena, run.font.family);
    node.run.at = on_page(scene->origin, run.at);
    push(scene, &node);
}

double pm_pattern_side(const struct pm_pattern *pattern)
{
    static const double sides[PM_TEXTURES] = {
        [PM_TEXTURE_HATCH] = SQRT2,   [PM_TEXTURE_LINES] = SQRT2, [PM_TEXTURE_DOTS] = 1,
        [PM_TEXTURE_HORIZONTAL] = 1,  [PM_TEXTURE_VERTICAL] = 1,  [PM_TEXTURE_GRID] = 1,
        [PM_TEXTURE_CROSSES] = SQRT2, /* or they look like dots */
    };
    return fmax(1, round(pattern->spacing * sides[pattern->kind]));
}

double pm_pattern_axis(const struct pm_pattern *pattern)
{
    double half = pattern->width / 2;
    return hundredths(round(pm_pattern_side(pattern) / 2 - half) + half);
}

double pm_pattern_arms(const struct pm_pattern *pattern)
{
    return hundredths(pm_pattern_side(pattern) * 0.4);
}

int pm_scene_pattern(struct pm_scene *scene, struct pm_pattern pattern)
{
    for (size_t i = 0; i < scene->patterns.n; i++)
        if (pm_streq(scene->patterns.v[i].id, pattern.id))
            return (int)i + 1;
    pattern.id = pm_strdup(&scene->arena, pattern.id);
    pattern.of = pm_strdup(&scene->arena, pattern.of);
    pm_vec_push(&scene->patterns, pattern);
    return (int)scene->patterns.n;
}

void pm_scene_finish(struct pm_scene *scene)
{
    pm_vec_finish(&scene->patterns);
    pm_vec_finish(&scene->nodes);
    pm_arena_finish(&scene->arena);
}
