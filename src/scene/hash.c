/* What is drawn, as one number: other than the dump, it takes no time worth mentioning. */
#include "base/hash.h"
#include "scene/scene.h"
#include "base/banned.h"

struct digest {
    uint64_t sum;
};

static void add(struct digest *d, uint64_t value)
{
    d->sum = pm_hash_add(d->sum, value);
}

/* As the writers print it: the last bits may differ between machines. */
static void add_number(struct digest *d, double value)
{
    add(d, (uint64_t)pm_hundredths(value));
}

static void add_string(struct digest *d, const char *s)
{
    d->sum = pm_hash_bytes(s ? s : "", s ? strlen(s) + 1 : 0, d->sum);
}

static void add_box(struct digest *d, struct pm_box box)
{
    add_number(d, box.x0);
    add_number(d, box.y0);
    add_number(d, box.x1);
    add_number(d, box.y1);
}

static void add_ident(struct digest *d, const struct pm_ident *ident)
{
    add_string(d, ident->role);
    add_string(d, ident->key);
    add_string(d, ident->classes);
    add_string(d, ident->tooltip);
    add_string(d, ident->label);
    add_string(d, pm_part_name(ident->part));
    add_string(d, ident->link);
    for (size_t i = 0; i < ident->attr_count; i++) {
        add_string(d, ident->attrs[i].name);
        add_string(d, ident->attrs[i].value);
    }
}

static void add_paint(struct digest *d, const struct pm_paint *paint)
{
    add(d, paint->fill);
    add_string(d, paint->of);
    add(d, paint->stroke);
    add(d, (uint64_t)paint->pattern << 3 | (uint64_t)paint->inner << 2 |
               (uint64_t)paint->round << 1 | paint->mosaic);
    add_number(d, paint->width);
    for (int i = 0; i < 4; i++)
        add_number(d, paint->dash[i]);
}

static void add_run(struct digest *d, const struct pm_run *run)
{
    add_string(d, run->s);
    add_string(d, run->lang);
    add_string(d, run->font.family);
    add(d, (uint64_t)run->font.weight << 3 | (uint64_t)run->font.italic << 2 | run->anchor);
    add(d, (uint64_t)run->color << 32 | run->halo);
    if (run->aside)
        add(d, (uint64_t)run->aside_color << 32 | run->aside);
    add_number(d, run->at.x);
    add_number(d, run->at.y);
    add_number(d, run->font.size);
    add_number(d, run->font.spacing);
    add_number(d, run->angle);
    add_number(d, run->halo_width);
}

static void add_pattern(struct digest *d, const struct pm_pattern *pattern)
{
    add_string(d, pattern->id);
    add_string(d, pattern->of);
    add(d, (uint64_t)pattern->kind << 32 | pattern->color);
    add_number(d, pattern->spacing);
    add_number(d, pattern->width);
}

static void add_head(struct digest *d, const struct pm_scene *scene)
{
    const char *const texts[] = {scene->lang,     scene->family,  scene->title, scene->description,
                                 scene->author,   scene->subject, scene->date,  scene->rights,
                                 scene->keywords, scene->sources};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_string(d, texts[i]);
    add_number(d, scene->width);
    add_number(d, scene->height);
    add_number(d, scene->dpi);
    add_number(d, scene->width_mm);
    add_number(d, scene->height_mm);
    add(d, scene->background);
}

static void add_node(struct digest *d, const struct pm_node *node)
{
    add(d, node->kind);
    add_ident(d, &node->ident);
    if (node->frames.end)
        add(d, (uint64_t)node->frames.first << 32 | node->frames.end);
    if (node->kind == PM_NODE_BEGIN)
        add_box(d, node->clip);
    if (node->kind == PM_NODE_TEXT)
        add_run(d, &node->run);
    if (node->kind == PM_NODE_PATH) {
        add_paint(d, &node->paint);
        add(d, pm_path_hash(&node->path));
    }
}

uint64_t pm_node_hash(const struct pm_node *node, uint64_t seed)
{
    struct digest d = {seed};
    add_node(&d, node);
    return pm_hash_u64(d.sum);
}

uint64_t pm_scene_hash(const struct pm_scene *scene)
{
    struct digest d = {0};
    add_head(&d, scene);
    for (size_t i = 0; i < scene->patterns.n; i++)
        add_pattern(&d, &scene->patterns.v[i]);
    for (size_t i = 0; i < scene->nodes.n; i++)
        add_node(&d, &scene->nodes.v[i]);
    return pm_hash_u64(d.sum);
}
