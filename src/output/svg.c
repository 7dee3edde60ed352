/* SVG 1.1, written by hand: cairo's own has no ids, classes or titles, turns text into anonymous
 * glyphs, and numbers its ids by a counter of the process.
 *
 * The look lies in presentation attributes, which survive strict content security policies and
 * office programs. A halo is a copy of the text beneath, not paint-order. */
#include <math.h>

#include "output/svg_writer.h"
#include "base/banned.h"

#define CSS_DPI 96.0
#define MM_PER_INCH 25.4

/* ---- paths ----------------------------------------------------------------------------------- */

static void stroke_attrs(struct pm_str *out, const struct pm_paint *paint)
{
    pm_svg_color(out, "stroke", "stroke-opacity", paint->stroke);
    if (paint->width > 0)
        pm_svg_number(out, "stroke-width", paint->width);
    if (paint->round) {
        pm_svg_attr(out, "stroke-linejoin", "round");
        pm_svg_attr(out, "stroke-linecap", "round");
    }
    if (paint->dash[0] <= 0)
        return;
    pm_str_add(out, " stroke-dasharray=\"");
    for (int i = 0; i < 4 && paint->dash[i] > 0; i++) {
        pm_str_add(out, i ? " " : "");
        pm_str_num(out, paint->dash[i], 2);
    }
    pm_str_addc(out, '"');
}

/* Viewers show hairlines between neighbours that meet within a pixel: in a mosaic each fill reaches
 * half of this beyond its edge. tests/seams: an error of 58 of 255 without it, 4 to 10 with it, and 1
 * with a path of each colour beneath the areas, which is as much geometry again. Where colours meet,
 * the later one gains half a pixel, beneath the border. */
#define SEAM 1.0 /* px */

static struct pm_svg_rule rule_of_path(struct pm_svg *w, const struct pm_paint *light,
                                       const struct pm_paint *dark)
{
    struct pm_svg_look look = {0};
    bool filled = pm_color_alpha(light->fill) > 0;
    if (!light->pattern)
        pm_svg_tone(w, &look, "fill", light->fill, dark->fill, filled ? light->of : NULL);
    if (light->mosaic)
        pm_svg_tone(w, &look, "stroke", light->fill, dark->fill, light->of);
    else
        pm_svg_tone(w, &look, "stroke", light->stroke, dark->stroke, filled ? NULL : light->of);
    pm_svg_tone_width(&look, light->width, dark->width);
    return pm_svg_rule(w, &look);
}

/* The path itself, or a reference to it if it is shared; its other attributes go between the two. */
static void begin_shape(struct pm_svg *w)
{
    if (w->shape)
        pm_str_addf(w->out, "<use xlink:href=\"#%s-p%zu\"", w->id_prefix, w->shape);
    else
        pm_str_add(w->out, "<path");
}

static void end_shape(struct pm_svg *w, const struct pm_path *path)
{
    if (!w->shape)
        pm_svg_path(w, path);
}

/* What only the inside of a path shows is cut off by it. */
static const char *write_cut(struct pm_svg *w, const struct pm_path *path)
{
    const char *id = pm_svg_id(w, "cut", pm_sprintf(&w->arena, "%zu", ++w->cuts));
    pm_str_addf(w->out, "<clipPath id=\"%s\">", id);
    begin_shape(w);
    pm_svg_attr(w->out, "clip-rule", "evenodd");
    end_shape(w, path);
    pm_str_add(w->out, "/></clipPath>\n");
    return id;
}

static void write_path(struct pm_svg *w, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    const char *cut = paint->inner ? write_cut(w, &node->path) : NULL;
    begin_shape(w);
    pm_svg_ident(w, &node->ident, rule_of_path(w, paint, &w->dark_node->paint));
    pm_svg_item(w, &node->ident);
    if (paint->pattern)
        pm_str_addf(w->out, " fill=\"url(#%s)\"", w->textures[paint->pattern - 1]);
    else
        pm_svg_color(w->out, "fill", "fill-opacity", paint->fill);
    if (paint->mosaic)
        stroke_attrs(w->out, &(struct pm_paint){.stroke = paint->fill,
                                                .width = w->shared.mosaic ? 0 : SEAM});
    else if (pm_color_alpha(paint->stroke) > 0 && paint->width > 0)
        stroke_attrs(w->out, paint);
    if (cut)
        pm_str_addf(w->out, " clip-path=\"url(#%s)\"", cut);
    end_shape(w, &node->path);
    if (node->ident.tooltip) {
        pm_str_addc(w->out, '>');
        pm_svg_tooltip(w->out, &node->ident);
        pm_str_add(w->out, w->shape ? "</use>\n" : "</path>\n");
    } else {
        pm_str_add(w->out, "/>\n");
    }
}

/* ---- the head -------------------------------------------------------------------------------- */

static void write_metadata(struct pm_svg *w)
{
    const struct pm_scene *s = w->scene;
    const char *const parts[][2] = {
        {"dc:title", s->title},        {"dc:creator", s->author},
        {"dc:subject", s->subject},    {"dc:description", s->description},
        {"dc:date", s->date},          {"dc:source", s->sources},
        {"dc:rights", s->rights},      {"dc:language", s->lang},
        {"dc:format", "image/svg+xml"}};
    pm_str_add(w->out, "<metadata>\n"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                       "<rdf:Description rdf:about=\"\">\n");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pm_svg_element(w->out, parts[i][0], parts[i][1]);
    pm_str_add(w->out, "</rdf:Description>\n</rdf:RDF>\n</metadata>\n");
}

/* Title and description in one, for screen readers: optimisers cut the targets of aria-labelledby.
 */
static void label_attr(struct pm_str *out, const struct pm_scene *s)
{
    if (!s->title && !s->description)
        return;
    pm_str_add(out, " aria-label=\"");
    pm_svg_escaped(out, s->title ? s->title : "");
    pm_str_add(out, s->title && s->description ? ". " : "");
    pm_svg_escaped(out, s->description ? s->description : "");
    pm_str_addc(out, '"');
}

static void length_attr(struct pm_str *out, const char *name, double px, double mm)
{
    pm_str_addf(out, " %s=\"", name);
    pm_str_num(out, mm > 0 ? mm : px, 2);
    pm_str_add(out, mm > 0 ? "mm\"" : "\"");
}

/* In units of the view box, which has the shape of the page exactly: of a page in millimetres the scene has
 * whole pixels, up to half of one less or more. */
static double extent(const struct pm_scene *s, double px, double mm)
{
    return mm > 0 ? mm / MM_PER_INCH * s->dpi : px;
}

static void root_attrs(struct pm_svg *w)
{
    const struct pm_scene *s = w->scene;
    pm_svg_attr(w->out, "xmlns", "http://www.w3.org/2000/svg");
    pm_svg_attr(w->out, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    length_attr(w->out, "width", s->width * CSS_DPI / s->dpi, s->width_mm);
    length_attr(w->out, "height", s->height * CSS_DPI / s->dpi, s->height_mm);
    pm_str_add(w->out, " viewBox=\"0 0 ");
    pm_str_num(w->out, extent(s, s->width, s->width_mm), 2);
    pm_str_addc(w->out, ' ');
    pm_str_num(w->out, extent(s, s->height, s->height_mm), 2);
    pm_str_addc(w->out, '"');
    pm_svg_attr(w->out, "id", pm_svg_unique(w, w->id_prefix));
    pm_svg_classes(w, "root", (struct pm_svg_rule){0});
    pm_svg_attr(w->out, "role", w->tree ? "graphics-document document" : "img");
    pm_svg_attr(w->out, "lang", s->lang);
    pm_svg_attr(w->out, "xml:lang", s->lang);
    pm_svg_attr(w->out, "dir", s->dir);
    label_attr(w->out, s);
    /* labels and textures lie over the areas, whose tooltips must stay in reach */
    pm_svg_attr(w->out, "pointer-events", "none");
    pm_svg_attr(w->out, "fill-rule", "evenodd");
    /* what a page's own text would hand down to a map inlined in it */
    pm_svg_attr(w->out, "direction", w->rtl ? "rtl" : "ltr");
    pm_svg_family(w->out, s->family);
    pm_svg_attr(w->out, "font-weight", "400");
    pm_svg_attr(w->out, "font-style", "normal");
    pm_svg_attr(w->out, "letter-spacing", "0");
}

static void write_head(struct pm_svg *w)
{
    const struct pm_scene *s = w->scene;
    pm_str_add(w->out, w->inlined ? "<svg" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg");
    root_attrs(w);
    pm_str_add(w->out, ">\n");
    pm_svg_element(w->out, "title", s->title);
    pm_svg_element(w->out, "desc", s->description);
    write_metadata(w);
    pm_svg_definitions(w);
    pm_str_add(w->out, "<rect");
    pm_svg_classes(w, NULL, pm_svg_rule_of(w, "fill", s->background, w->dark->background, NULL));
    pm_svg_number(w->out, "width", extent(s, s->width, s->width_mm));
    pm_svg_number(w->out, "height", extent(s, s->height, s->height_mm));
    pm_svg_color(w->out, "fill", "fill-opacity", s->background);
    pm_str_add(w->out, "/>\n");
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Of a group with paths and nothing else. */
static struct pm_svg_shared shared_by(const struct pm_node *begin)
{
    struct pm_svg_shared shared = {true, true};
    const struct pm_node *node = begin + 1;
    for (; node->kind == PM_NODE_PATH; node++) {
        shared.pointer &= node->ident.tooltip != NULL;
        shared.mosaic &= node->paint.mosaic;
    }
    return node->kind == PM_NODE_END && node > begin + 1 ? shared : (struct pm_svg_shared){0};
}

/* Attributes of what only some frames of an animation show: without animations the last is seen. */
static void frames_attrs(struct pm_svg *w, const struct pm_node *node)
{
    if (node->frames.end && node->frames.end < w->scene->frame_count)
        pm_svg_attr(w->out, "visibility", "hidden");
}

/* A path or a text; one of some frames is in a group of its own. */
static void write_drawing(struct pm_svg *w, const struct pm_node *node)
{
    if (node->frames.end) {
        pm_str_add(w->out, "<g");
        pm_svg_classes(w, NULL, pm_svg_rule_of_frames(w, node->frames));
        frames_attrs(w, node);
        pm_str_add(w->out, ">\n");
    }
    if (node->kind == PM_NODE_PATH)
        write_path(w, node);
    else
        pm_svg_text(w, node);
    if (node->frames.end)
        pm_str_add(w->out, "</g>\n");
}

static bool looks_alike(const struct pm_svg *w, size_t a, size_t b)
{
    const struct pm_node *light = w->scene->nodes.v, *dark = w->dark->nodes.v;
    return light[a].frames.first == light[b].frames.first &&
           light[a].frames.end == light[b].frames.end &&
           pm_streq(light[a].ident.classes, light[b].ident.classes) &&
           light[a].paint.fill == light[b].paint.fill && dark[a].paint.fill == dark[b].paint.fill;
}

/* The pieces of a mosaic, from `first` to before `end`: those that look alike as one path, which is nobody. */
static void write_merged(struct pm_svg *w, size_t first, size_t end)
{
    const struct pm_node *nodes = w->scene->nodes.v;
    bool *done = PM_NEW_N(&w->arena, bool, end - first);
    for (size_t i = first; i < end; i++) {
        struct pm_node merged = {.kind = PM_NODE_PATH,
                                 .frames = nodes[i].frames,
                                 .ident.classes = nodes[i].ident.classes,
                                 .paint = nodes[i].paint};
        if (done[i - first])
            continue;
        for (size_t k = i; k < end; k++)
            if (looks_alike(w, i, k)) {
                pm_path_add(&merged.path, &nodes[k].path);
                done[k - first] = true;
            }
        w->dark_node = &w->dark->nodes.v[i];
        write_drawing(w, &merged);
        pm_path_finish(&merged.path);
    }
}

/* In a page of HTML a map is an image, if it is no tree, and nothing in one may take the focus: links are left
 * to the page. */
static void write_begin(struct pm_svg *w, const struct pm_node *node)
{
    const char *link = w->inlined && !w->tree ? NULL : node->ident.link;
    pm_str_add(w->out, link ? "<a" : "<g");
    pm_vec_push(&w->links, link != NULL);
    w->linked |= link != NULL;
    if (link) {
        pm_svg_attr(w->out, "xlink:href", link);
        pm_svg_attr(w->out, "pointer-events", "all"); /* between the letters, too */
    }
    pm_svg_ident(w, &node->ident, pm_svg_rule_of_frames(w, node->frames));
    frames_attrs(w, node);
    pm_svg_enter(w, node);
    w->shared = shared_by(node);
    w->shared.pointer &= !w->merged;
    if (w->shared.pointer && !node->ident.tooltip)
        pm_svg_catch_pointer(w->out);
    if (w->shared.mosaic)
        pm_svg_number(w->out, "stroke-width", SEAM);
    if (pm_svg_has_clip(node))
        pm_str_addf(w->out, " clip-path=\"url(#%s)\"", w->clips.v[w->clips_used++]);
    pm_str_addc(w->out, '>');
    pm_svg_tooltip(w->out, &node->ident);
    pm_str_addc(w->out, '\n');
}

static void write_end(struct pm_svg *w)
{
    bool link = w->links.v[--w->links.n];
    pm_svg_leave(w);
    w->shared = (struct pm_svg_shared){0};
    w->linked &= !link;
    pm_str_add(w->out, link ? "</a>\n" : "</g>\n");
}

/* Returns the node that comes next. */
static size_t write_node(struct pm_svg *w, size_t index)
{
    const struct pm_node *node = &w->scene->nodes.v[index];
    size_t next = index + 1;
    w->dark_node = &w->dark->nodes.v[index];
    w->shape = w->shapes[index];
    switch (node->kind) {
    case PM_NODE_BEGIN:
        write_begin(w, node);
        if (!w->merged || !w->shared.mosaic)
            break;
        while (node[next - index].kind == PM_NODE_PATH)
            next++;
        write_merged(w, index + 1, next);
        break;
    case PM_NODE_END:
        write_end(w);
        break;
    case PM_NODE_PATH:
    case PM_NODE_TEXT:
        write_drawing(w, node);
        break;
    }
    return next;
}

static enum pm_svg_text text_of(const struct pm_svg_options *options)
{
    if (options->text)
        return options->text;
    return options->plain ? PM_SVG_TEXT_OUTLINE : PM_SVG_TEXT_BOTH;
}

/* Two maps in one page must not share ids. */
static const char *id_prefix(struct pm_svg *w)
{
    if (w->scene->id_prefix)
        return w->scene->id_prefix;
    uint64_t hash = pm_scene_hash(w->scene);
    return pm_sprintf(&w->arena, "pm%08x", (unsigned)(hash ^ hash >> 32));
}

void pm_write_svg(const struct pm_scene *scene, const struct pm_scene *dark, struct pm_fonts *fonts,
                  struct pm_tracings *tracings, const struct pm_svg_options *options,
                  struct pm_str *out)
{
    pm_write_svg_within(scene, dark, fonts, tracings, options, NULL, out);
}

/* Roughly how long the file becomes, rather less. */
static size_t foreseen(const struct pm_scene *scene)
{
    enum { NODE = 300, POINT = 8 };
    size_t length = scene->nodes.n * NODE;
    for (size_t i = 0; i < scene->nodes.n; i++)
        length += scene->nodes.v[i].path.points.n * POINT;
    return length;
}

void pm_write_svg_within(const struct pm_scene *scene, const struct pm_scene *dark,
                         struct pm_fonts *fonts, struct pm_tracings *tracings,
                         const struct pm_svg_options *options, const struct pm_svg_page *page,
                         struct pm_str *out)
{
    struct pm_svg w = {.out = out,
                       .scene = scene,
                       .dark = dark ? dark : scene,
                       .fonts = fonts,
                       .tracings = tracings,
                       .text = text_of(options),
                       .inlined = options->inlined,
                       .plain = options->plain,
                       .tree = options->tree,
                       .merged = options->merged && !options->tree && !page,
                       .page = page,
                       .rtl = pm_streq(scene->dir, "rtl")};
    pm_tracings_begin(tracings);
    pm_str_reserve(out, foreseen(scene));
    w.id_prefix = id_prefix(&w);
    write_head(&w);
    for (size_t i = 0; i < scene->nodes.n;)
        i = write_node(&w, i);
    pm_svg_style(&w);
    pm_str_add(out, "</svg>\n");
    pm_vec_finish(&w.links);
    pm_vec_finish(&w.clips);
    pm_vec_finish(&w.runs);
    pm_vec_finish(&w.glyphs);
    pm_arena_finish(&w.arena);
}
