/* The scene as text: what the writers draw, one line a node, so that a diff shows what moved. */
#include "scene/scene.h"
#include "base/banned.h"

static void number(struct pm_str *out, const char *before, double value)
{
    pm_str_add(out, before);
    pm_str_num(out, value, 2);
}

static void color(struct pm_str *out, const char *before, pm_color c)
{
    pm_str_addf(out, "%s#%08x", before, (unsigned)c);
}

static void quoted(struct pm_str *out, const char *before, const char *s)
{
    if (!s)
        return;
    pm_str_addf(out, "%s\"", before);
    for (; *s; s++) {
        if ((unsigned char)*s < ' ')
            pm_str_addf(out, "\\x%02x", (unsigned)*s);
        else if (*s == '"' || *s == '\\')
            pm_str_addf(out, "\\%c", *s);
        else
            pm_str_addc(out, *s);
    }
    pm_str_addc(out, '"');
}

static void dump_ident(struct pm_str *out, const struct pm_ident *ident)
{
    if (ident->role)
        pm_str_addf(out, " %s:%s", ident->role, ident->key ? ident->key : "");
    quoted(out, " class=", ident->classes);
    for (size_t i = 0; i < ident->attr_count; i++) {
        pm_str_addf(out, " %s=", ident->attrs[i].name);
        quoted(out, "", ident->attrs[i].value);
    }
    quoted(out, " tooltip=", ident->tooltip);
    quoted(out, " label=", ident->label);
    if (ident->part)
        pm_str_addf(out, " part=%s", pm_part_name(ident->part));
    quoted(out, " link=", ident->link);
}

static void dump_path(struct pm_str *out, const struct pm_path *path)
{
    static const char letters[] = "MLCZ";
    static const int points_of[] = {1, 1, 3, 0};
    const struct pm_pt *p = path->points.v;
    for (size_t i = 0; i < path->ops.n; i++) {
        pm_str_addf(out, " %c", letters[path->ops.v[i]]);
        for (int k = 0; k < points_of[path->ops.v[i]]; k++, p++) {
            number(out, k ? " " : "", p->x);
            number(out, ",", p->y);
        }
    }
}

static void dump_paint(struct pm_str *out, const struct pm_scene *scene,
                       const struct pm_paint *paint)
{
    if (pm_color_alpha(paint->fill) > 0)
        color(out, " fill=", paint->fill);
    if (paint->of)
        pm_str_addf(out, " of=%s", paint->of);
    if (paint->pattern)
        pm_str_addf(out, " pattern=%s", scene->patterns.v[paint->pattern - 1].id);
    if (pm_color_alpha(paint->stroke) > 0) {
        color(out, " stroke=", paint->stroke);
        number(out, " width=", paint->width);
    }
    for (int i = 0; i < 4 && paint->dash[i] > 0; i++)
        number(out, i ? "," : " dash=", paint->dash[i]);
    if (paint->round)
        pm_str_add(out, " round");
    if (paint->inner)
        pm_str_add(out, " inner");
    if (paint->mosaic)
        pm_str_add(out, " mosaic");
}

static void dump_run(struct pm_str *out, const struct pm_scene *scene, const struct pm_run *run)
{
    static const char *const anchors[] = {"left", "middle", "right"};
    quoted(out, " ", run->s);
    pm_str_addf(out, " lang=%s %s", run->lang, anchors[run->anchor]);
    number(out, " at=", run->at.x);
    number(out, ",", run->at.y);
    number(out, " wide=", run->width);
    if (!pm_streq(run->font.family, scene->family))
        quoted(out, " font=", run->font.family);
    number(out, " size=", run->font.size);
    pm_str_addf(out, "/%d%s", run->font.weight, run->font.italic ? " italic" : "");
    if (run->font.spacing != 0)
        number(out, " spacing=", run->font.spacing);
    if (run->angle != 0)
        number(out, " angle=", run->angle);
    color(out, " ", run->color);
    if (run->aside) {
        color(out, " aside=", run->aside_color);
        number(out, " from ", (double)run->aside);
    }
    if (pm_color_alpha(run->halo) > 0) {
        color(out, " halo=", run->halo);
        number(out, " ", run->halo_width);
    }
}

static void dump_clip(struct pm_str *out, struct pm_box box)
{
    number(out, " clip=", box.x0);
    number(out, ",", box.y0);
    number(out, " ", box.x1);
    number(out, ",", box.y1);
}

static void dump_node(struct pm_str *out, const struct pm_scene *scene, const struct pm_node *node)
{
    static const char *const names[] = {"begin", "end", "path", "text"};
    pm_str_add(out, names[node->kind]);
    dump_ident(out, &node->ident);
    if (node->frames.end)
        pm_str_addf(out, " frames=%zu-%zu", node->frames.first + 1, node->frames.end);
    if (node->kind == PM_NODE_BEGIN && !pm_box_empty(node->clip))
        dump_clip(out, node->clip);
    if (node->kind == PM_NODE_TEXT)
        dump_run(out, scene, &node->run);
    if (node->kind == PM_NODE_PATH) {
        dump_paint(out, scene, &node->paint);
        dump_path(out, &node->path);
    }
    pm_str_addc(out, '\n');
}

static void dump_meta(struct pm_str *out, const struct pm_scene *scene)
{
    number(out, "scene ", scene->width);
    number(out, "x", scene->height);
    number(out, " dpi=", scene->dpi);
    if (scene->width_mm > 0) {
        number(out, " mm=", scene->width_mm);
        number(out, "x", scene->height_mm);
    }
    color(out, " background=", scene->background);
    pm_str_addf(out, " lang=%s dir=%s", scene->lang, scene->dir);
    if (scene->id_prefix)
        pm_str_addf(out, " ids=%s", scene->id_prefix);
    pm_str_addf(out, " classes=%s", scene->class_prefix);
    quoted(out, " font=", scene->family);
    for (size_t i = 0; i < scene->frame_count; i++) {
        pm_str_addf(out, "\nframe %zu ", i + 1);
        quoted(out, "", scene->frames[i]);
        number(out, " at=", pm_frame_begins(scene, i));
    }
    const char *const texts[][2] = {
        {"title", scene->title},     {"description", scene->description}, {"author", scene->author},
        {"subject", scene->subject}, {"keywords", scene->keywords},       {"date", scene->date},
        {"rights", scene->rights},   {"sources", scene->sources}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!texts[i][1])
            continue;
        pm_str_addf(out, "\n%s ", texts[i][0]);
        quoted(out, "", texts[i][1]);
    }
    pm_str_addc(out, '\n');
}

static void dump_pattern(struct pm_str *out, const struct pm_pattern *pattern)
{
    pm_str_addf(out, "pattern %s %s", pattern->id, pm_texture_name(pattern->kind));
    number(out, " spacing=", pattern->spacing);
    number(out, " width=", pattern->width);
    color(out, " ", pattern->color);
    if (pattern->of)
        pm_str_addf(out, " of=%s", pattern->of);
    pm_str_addc(out, '\n');
}

void pm_scene_dump(const struct pm_scene *scene, struct pm_str *out)
{
    int depth = 0;
    dump_meta(out, scene);
    for (size_t i = 0; i < scene->patterns.n; i++)
        dump_pattern(out, &scene->patterns.v[i]);
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        depth -= node->kind == PM_NODE_END;
        for (int k = 0; k < depth; k++)
            pm_str_add(out, "  ");
        dump_node(out, scene, node);
        depth += node->kind == PM_NODE_BEGIN;
    }
}
