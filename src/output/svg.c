/* SVG 1.1, written by hand: cairo's own has no ids, classes or titles, turns text into anonymous
 * glyphs, and numbers its ids by a counter of the process.
 *
 * The look lies in presentation attributes, which survive strict content security policies and
 * office programs. A halo is a copy of the text beneath, not paint-order. */
#include <math.h>

#include "base/hash.h"
#include "output/output.h"
#include "text/text.h"
#include "base/banned.h"

#define CSS_DPI 96.0

/* What the paths of a group have in common, and so inherit from it. */
struct shared {
    bool pointer, mosaic;
};

struct writer {
    struct pm_str *out;
    const struct pm_scene *scene;
    struct pm_arena arena;
    struct pm_index ids;        /* ids given so far -> how many asked for each */
    const char **textures;      /* ids of the scene's patterns */
    PM_VEC(const char *) clips; /* ids of the clips, in the order of the nodes that use them */
    size_t clips_used;
    struct shared shared; /* by the group at hand */
    bool rtl;             /* base direction of the page */
};

/* ---- text and numbers ------------------------------------------------------------------------ */

/* U+FFFE and U+FFFF, which XML 1.0 has no place for. */
static bool is_noncharacter(const char *s)
{
    return strncmp(s, "\xEF\xBF\xBE", 3) == 0 || strncmp(s, "\xEF\xBF\xBF", 3) == 0;
}

/* For element content and attributes. Control characters have no place in XML 1.0 either. */
static void escaped(struct pm_str *out, const char *s)
{
    for (; *s; s++) {
        if (is_noncharacter(s)) {
            s += 2;
            continue;
        }
        switch (*s) {
        case '&':
            pm_str_add(out, "&amp;");
            break;
        case '<':
            pm_str_add(out, "&lt;");
            break;
        case '>':
            pm_str_add(out, "&gt;");
            break;
        case '"':
            pm_str_add(out, "&quot;");
            break;
        default:
            if ((unsigned char)*s >= 0x20 || *s == '\n' || *s == '\t')
                pm_str_addc(out, *s);
        }
    }
}

static void attr(struct pm_str *out, const char *name, const char *value)
{
    if (!value)
        return;
    pm_str_addf(out, " %s=\"", name);
    escaped(out, value);
    pm_str_addc(out, '"');
}

static void number_attr(struct pm_str *out, const char *name, double value)
{
    pm_str_addf(out, " %s=\"", name);
    pm_str_num(out, value, 2);
    pm_str_addc(out, '"');
}

static void color_attr(struct pm_str *out, const char *name, const char *opacity, pm_color c)
{
    char hex[8];
    double alpha = pm_color_alpha(c);
    if (alpha <= 0) {
        attr(out, name, "none");
        return;
    }
    pm_color_hex(c, hex);
    attr(out, name, hex);
    if (alpha < 1)
        number_attr(out, opacity, alpha);
}

/* ---- identity -------------------------------------------------------------------------------- */

/* Only what every selector takes without escaping; other bytes become hex, so that keys that differ
 * stay different. */
static void sanitised(struct pm_str *out, const char *s, size_t length)
{
    for (const char *end = s + length; s < end; s++) {
        bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
                     (*s >= '0' && *s <= '9') || *s == '-' || *s == '_';
        if (plain)
            pm_str_addc(out, *s);
        else if (*s == ' ')
            pm_str_addc(out, '-');
        else
            pm_str_addf(out, "%02x", (unsigned char)*s);
    }
}

/* `id`, with a number added if another element has it already. */
static const char *unique(struct writer *w, const char *id)
{
    size_t count = 0, taken = 0;
    const char *result = id;
    if (pm_index_get(&w->ids, id, &count))
        do
            result = pm_sprintf(&w->arena, "%s--%zu", id, ++count);
        while (pm_index_get(&w->ids, result, &taken));
    pm_index_set(&w->ids, &w->arena, result, 1);
    if (result != id)
        pm_index_set(&w->ids, &w->arena, id, count);
    return result;
}

/* <prefix>-<role>-<key> */
static const char *new_id(struct writer *w, const char *role, const char *key)
{
    struct pm_str id = {0};
    pm_str_addf(&id, "%s-%s-", w->scene->id_prefix, role);
    sanitised(&id, key, strlen(key));
    const char *own = pm_strdup(&w->arena, id.s);
    pm_str_finish(&id);
    return unique(w, own);
}

/* Each class behind the prefix, so that a page's own rules don't hit the map by accident. */
static void class_attr(struct writer *w, const char *classes)
{
    pm_str_add(w->out, " class=\"");
    for (const char *p = classes; *p;) {
        size_t length = strcspn(p, " ");
        pm_str_addf(w->out, "%s%s-", p == classes ? "" : " ", w->scene->class_prefix);
        sanitised(w->out, p, length);
        p += length + (p[length] == ' ');
    }
    pm_str_addc(w->out, '"');
}

/* Nothing else does: see root_attrs. */
static void catch_pointer(struct pm_str *out)
{
    attr(out, "pointer-events", "visiblePainted");
}

static void ident_attrs(struct writer *w, const struct pm_ident *ident)
{
    if (ident->role)
        attr(w->out, "id", new_id(w, ident->role, ident->key ? ident->key : ""));
    if (ident->classes)
        class_attr(w, ident->classes);
    for (size_t i = 0; i < ident->attr_count; i++)
        attr(w->out, ident->attrs[i].name, ident->attrs[i].value);
    if (ident->tooltip && !w->shared.pointer)
        catch_pointer(w->out);
}

/* Has to be the first child of what it belongs to. */
static void tooltip(struct pm_str *out, const struct pm_ident *ident)
{
    if (!ident->tooltip)
        return;
    pm_str_add(out, "<title>");
    escaped(out, ident->tooltip);
    pm_str_add(out, "</title>");
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void path_attr(struct pm_str *out, const struct pm_path *path)
{
    pm_str_add(out, " d=\"");
    pm_path_data(path, out);
    pm_str_addc(out, '"');
}

static void stroke_attrs(struct pm_str *out, const struct pm_paint *paint)
{
    color_attr(out, "stroke", "stroke-opacity", paint->stroke);
    if (paint->width > 0)
        number_attr(out, "stroke-width", paint->width);
    if (paint->round) {
        attr(out, "stroke-linejoin", "round");
        attr(out, "stroke-linecap", "round");
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

static void write_path(struct writer *w, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    pm_str_add(w->out, "<path");
    ident_attrs(w, &node->ident);
    if (paint->pattern)
        pm_str_addf(w->out, " fill=\"url(#%s)\"", w->textures[paint->pattern - 1]);
    else
        color_attr(w->out, "fill", "fill-opacity", paint->fill);
    if (paint->mosaic)
        stroke_attrs(w->out, &(struct pm_paint){.stroke = paint->fill,
                                                .width = w->shared.mosaic ? 0 : SEAM});
    else if (pm_color_alpha(paint->stroke) > 0 && paint->width > 0)
        stroke_attrs(w->out, paint);
    path_attr(w->out, &node->path);
    if (node->ident.tooltip) {
        pm_str_addc(w->out, '>');
        tooltip(w->out, &node->ident);
        pm_str_add(w->out, "</path>\n");
    } else {
        pm_str_add(w->out, "/>\n");
    }
}

/* ---- text ------------------------------------------------------------------------------------ */

static void css_string(struct pm_str *out, const char *s, size_t length)
{
    pm_str_addc(out, '\'');
    for (const char *end = s + length; s < end; s++)
        pm_str_addf(out, *s == '\'' || *s == '\\' ? "\\%c" : "%c", *s);
    pm_str_addc(out, '\'');
}

/* 'Noto Sans', 'Noto Naskh Arabic', sans-serif */
static void family_attr(struct pm_str *out, const char *families)
{
    struct pm_str css = {0};
    for (const char *p = families; *p;) {
        size_t length = strcspn(p, ","), skip = strspn(p, " ");
        if (skip < length) {
            css_string(&css, p + skip, length - skip);
            pm_str_add(&css, ", ");
        }
        p += length + (p[length] == ',');
    }
    pm_str_add(&css, "sans-serif");
    attr(out, "font-family", css.s);
    pm_str_finish(&css);
}

/* SVG anchors text at its start, middle or end, as its direction goes. */
static const char *anchor_of(enum pm_anchor anchor, bool rtl)
{
    static const char *const names[][3] = {{NULL, "middle", "end"}, {"end", "middle", NULL}};
    return names[rtl][anchor];
}

static void set_attrs(struct writer *w, const struct pm_run *run)
{
    struct pm_str *out = w->out;
    struct pm_range digits;
    bool rtl = pm_text_rtl(run->s);
    number_attr(out, "x", run->at.x);
    number_attr(out, "y", run->at.y);
    number_attr(out, "font-size", run->font.size);
    if (run->font.weight != 400)
        pm_str_addf(out, " font-weight=\"%d\"", run->font.weight);
    if (run->font.italic)
        attr(out, "font-style", "italic");
    if (run->font.spacing != 0)
        number_attr(out, "letter-spacing", run->font.spacing);
    attr(out, "text-anchor", anchor_of(run->anchor, rtl));
    if (rtl != w->rtl)
        attr(out, "direction", rtl ? "rtl" : "ltr");
    if (!pm_streq(run->lang, w->scene->lang)) {
        attr(out, "lang", run->lang);
        attr(out, "xml:lang", run->lang);
    }
    if (!pm_streq(run->font.family, w->scene->family))
        family_attr(out, run->font.family);
    if (pm_text_digits(run->s, run->lang, 0, &digits))
        attr(out, "style", "font-feature-settings:'locl' 0");
    if (run->angle == 0)
        return;
    pm_str_add(out, " transform=\"rotate(");
    pm_str_num(out, run->angle, 2);
    pm_str_addc(out, ' ');
    pm_str_num(out, run->at.x, 2);
    pm_str_addc(out, ' ');
    pm_str_num(out, run->at.y, 2);
    pm_str_add(out, ")\"");
}

/* Beneath the text, in its own shape, as not every viewer knows paint-order. */
static void write_halo(struct writer *w, const struct pm_run *run)
{
    pm_str_add(w->out, "<text");
    set_attrs(w, run);
    color_attr(w->out, "fill", "fill-opacity", run->halo);
    color_attr(w->out, "stroke", "stroke-opacity", run->halo);
    number_attr(w->out, "stroke-width", 2 * run->halo_width);
    attr(w->out, "stroke-linejoin", "round");
    attr(w->out, "aria-hidden", "true");
    pm_str_addc(w->out, '>');
    escaped(w->out, run->s);
    pm_str_add(w->out, "</text>\n");
}

/* What is aside has its own colour. */
static void write_letters(struct writer *w, const struct pm_run *run)
{
    if (!run->aside) {
        escaped(w->out, run->s);
        return;
    }
    escaped(w->out, pm_strndup(&w->arena, run->s, run->aside));
    pm_str_add(w->out, "<tspan");
    color_attr(w->out, "fill", "fill-opacity", run->aside_color);
    pm_str_addc(w->out, '>');
    escaped(w->out, run->s + run->aside);
    pm_str_add(w->out, "</tspan>");
}

static void write_text(struct writer *w, const struct pm_node *node)
{
    const struct pm_run *run = &node->run;
    if (pm_color_alpha(run->halo) > 0 && run->halo_width > 0)
        write_halo(w, run);
    pm_str_add(w->out, "<text");
    ident_attrs(w, &node->ident);
    set_attrs(w, run);
    color_attr(w->out, "fill", "fill-opacity", run->color);
    pm_str_addc(w->out, '>');
    tooltip(w->out, &node->ident);
    write_letters(w, run);
    pm_str_add(w->out, "</text>\n");
}

/* ---- definitions ----------------------------------------------------------------------------- */

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

static void pattern_lines(struct pm_str *out, const struct pm_pattern *pattern, double side,
                          trace_lines *trace)
{
    struct pm_path path = {0};
    trace(&path, pattern, side);
    pm_str_add(out, "<path fill=\"none\"");
    color_attr(out, "stroke", "stroke-opacity", pattern->color);
    number_attr(out, "stroke-width", pattern->width);
    path_attr(out, &path);
    pm_str_add(out, "/>");
    pm_path_finish(&path);
}

static void pattern_dots(struct pm_str *out, const struct pm_pattern *pattern, double side)
{
    for (int i = 0; i < 2; i++) {
        double at = side * (i ? 0.75 : 0.25);
        pm_str_add(out, "<circle");
        number_attr(out, "cx", at);
        number_attr(out, "cy", at);
        number_attr(out, "r", pattern->width / 2);
        color_attr(out, "fill", "fill-opacity", pattern->color);
        pm_str_add(out, "/>");
    }
}

static const char *write_pattern(struct writer *w, const struct pm_pattern *pattern)
{
    static trace_lines *const traces[PM_TEXTURES] = {
        [PM_TEXTURE_HATCH] = trace_slanted,      [PM_TEXTURE_LINES] = trace_slanted,
        [PM_TEXTURE_HORIZONTAL] = trace_upright, [PM_TEXTURE_VERTICAL] = trace_upright,
        [PM_TEXTURE_GRID] = trace_upright,       [PM_TEXTURE_CROSSES] = trace_crosses,
    };
    const char *id = new_id(w, "texture", pattern->id);
    double side = pm_pattern_side(pattern);
    pm_str_addf(w->out, "<pattern id=\"%s\" patternUnits=\"userSpaceOnUse\"", id);
    number_attr(w->out, "width", side);
    number_attr(w->out, "height", side);
    pm_str_addc(w->out, '>');
    if (pattern->kind == PM_TEXTURE_DOTS)
        pattern_dots(w->out, pattern, side);
    else
        pattern_lines(w->out, pattern, side, traces[pattern->kind]);
    pm_str_add(w->out, "</pattern>\n");
    return id;
}

static const char *write_clip(struct writer *w, struct pm_box clip)
{
    const char *id = new_id(w, "clip", pm_sprintf(&w->arena, "%zu", w->clips.n + 1));
    pm_str_addf(w->out, "<clipPath id=\"%s\"><rect", id);
    number_attr(w->out, "x", clip.x0);
    number_attr(w->out, "y", clip.y0);
    number_attr(w->out, "width", pm_box_w(clip));
    number_attr(w->out, "height", pm_box_h(clip));
    pm_str_add(w->out, "/></clipPath>\n");
    return id;
}

static bool has_clip(const struct pm_node *node)
{
    return node->kind == PM_NODE_BEGIN && !pm_box_empty(node->clip);
}

static void write_definitions(struct writer *w)
{
    const struct pm_scene *s = w->scene;
    w->textures = PM_NEW_N(&w->arena, const char *, s->patterns.n);
    pm_str_add(w->out, "<defs>\n");
    for (size_t i = 0; i < s->patterns.n; i++)
        w->textures[i] = write_pattern(w, &s->patterns.v[i]);
    for (size_t i = 0; i < s->nodes.n; i++) {
        if (!has_clip(&s->nodes.v[i]))
            continue;
        const char *id = write_clip(w, s->nodes.v[i].clip);
        pm_vec_push(&w->clips, id);
    }
    pm_str_add(w->out, "</defs>\n");
}

/* ---- the head -------------------------------------------------------------------------------- */

static void element(struct pm_str *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    pm_str_addf(out, "<%s>", name);
    escaped(out, text);
    pm_str_addf(out, "</%s>\n", name);
}

static void write_metadata(struct writer *w)
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
        element(w->out, parts[i][0], parts[i][1]);
    pm_str_add(w->out, "</rdf:Description>\n</rdf:RDF>\n</metadata>\n");
}

/* Title and description in one, for screen readers: optimisers cut the targets of aria-labelledby.
 */
static void label_attr(struct pm_str *out, const struct pm_scene *s)
{
    if (!s->title && !s->description)
        return;
    pm_str_add(out, " aria-label=\"");
    escaped(out, s->title ? s->title : "");
    pm_str_add(out, s->title && s->description ? ". " : "");
    escaped(out, s->description ? s->description : "");
    pm_str_addc(out, '"');
}

static void root_attrs(struct writer *w)
{
    const struct pm_scene *s = w->scene;
    attr(w->out, "xmlns", "http://www.w3.org/2000/svg");
    number_attr(w->out, "width", s->width * CSS_DPI / s->dpi);
    number_attr(w->out, "height", s->height * CSS_DPI / s->dpi);
    pm_str_add(w->out, " viewBox=\"0 0 ");
    pm_str_num(w->out, s->width, 2);
    pm_str_addc(w->out, ' ');
    pm_str_num(w->out, s->height, 2);
    pm_str_addc(w->out, '"');
    attr(w->out, "id", unique(w, s->id_prefix));
    class_attr(w, "root");
    attr(w->out, "role", "img");
    attr(w->out, "lang", s->lang);
    attr(w->out, "xml:lang", s->lang);
    label_attr(w->out, s);
    /* labels and textures lie over the areas, whose tooltips must stay in reach */
    attr(w->out, "pointer-events", "none");
    attr(w->out, "fill-rule", "evenodd");
    /* what a page's own text would hand down to a map inlined in it */
    attr(w->out, "direction", w->rtl ? "rtl" : "ltr");
    family_attr(w->out, s->family);
    attr(w->out, "font-weight", "400");
    attr(w->out, "font-style", "normal");
    attr(w->out, "letter-spacing", "0");
}

static void write_head(struct writer *w)
{
    const struct pm_scene *s = w->scene;
    pm_str_add(w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg");
    root_attrs(w);
    pm_str_add(w->out, ">\n");
    element(w->out, "title", s->title);
    element(w->out, "desc", s->description);
    write_metadata(w);
    write_definitions(w);
    pm_str_add(w->out, "<rect");
    number_attr(w->out, "width", s->width);
    number_attr(w->out, "height", s->height);
    color_attr(w->out, "fill", "fill-opacity", s->background);
    pm_str_add(w->out, "/>\n");
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Of a group with paths and nothing else. */
static struct shared shared_by(const struct pm_node *begin)
{
    struct shared shared = {true, true};
    const struct pm_node *node = begin + 1;
    for (; node->kind == PM_NODE_PATH; node++) {
        shared.pointer &= node->ident.tooltip != NULL;
        shared.mosaic &= node->paint.mosaic;
    }
    return node->kind == PM_NODE_END && node > begin + 1 ? shared : (struct shared){0};
}

static void write_begin(struct writer *w, const struct pm_node *node)
{
    pm_str_add(w->out, "<g");
    ident_attrs(w, &node->ident);
    w->shared = shared_by(node);
    if (w->shared.pointer && !node->ident.tooltip)
        catch_pointer(w->out);
    if (w->shared.mosaic)
        number_attr(w->out, "stroke-width", SEAM);
    if (has_clip(node))
        pm_str_addf(w->out, " clip-path=\"url(#%s)\"", w->clips.v[w->clips_used++]);
    pm_str_addc(w->out, '>');
    tooltip(w->out, &node->ident);
    pm_str_addc(w->out, '\n');
}

static void write_node(struct writer *w, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_NODE_BEGIN:
        write_begin(w, node);
        break;
    case PM_NODE_END:
        w->shared = (struct shared){0};
        pm_str_add(w->out, "</g>\n");
        break;
    case PM_NODE_PATH:
        write_path(w, node);
        break;
    case PM_NODE_TEXT:
        write_text(w, node);
        break;
    }
}

bool pm_write_svg(const struct pm_scene *scene, struct pm_str *out, struct pm_diags *diags)
{
    struct writer w = {.out = out, .scene = scene, .rtl = pm_streq(scene->dir, "rtl")};
    (void)diags;
    write_head(&w);
    for (size_t i = 0; i < scene->nodes.n; i++)
        write_node(&w, &scene->nodes.v[i]);
    pm_str_add(out, "</svg>\n");
    pm_vec_finish(&w.clips);
    pm_arena_finish(&w.arena);
    return true;
}
