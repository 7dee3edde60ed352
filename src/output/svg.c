/* SVG 1.1, written by hand: cairo's own has no ids, classes or titles, turns text into anonymous
 * glyphs, and numbers its ids by a counter of the process.
 *
 * The look lies in presentation attributes, which survive strict content security policies and
 * office programs. A halo is a copy of the text beneath, not paint-order. Baselines are computed. */
#include <math.h>

#include "base/hash.h"
#include "output/output.h"
#include "base/banned.h"

#define SQRT2 1.4142135623730951

struct writer {
    struct pm_str *out;
    const struct pm_scene *scene;
    struct pm_arena arena;
    struct pm_index ids; /* ids given so far */
    size_t clips;        /* clip paths used so far */
};

/* ---- text and numbers --------------------------------------------------------------------------- */

/* For element content and attributes. Control characters have no place in XML 1.0. */
static void escaped(struct pm_str *out, const char *s)
{
    for (; *s; s++) {
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

static void element(struct pm_str *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    pm_str_addf(out, "<%s>", name);
    escaped(out, text);
    pm_str_addf(out, "</%s>\n", name);
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

/* ---- identity --------------------------------------------------------------------------------------- */

/* Only what every selector takes without escaping; other bytes become hex, so that keys that differ
 * stay different. */
static void sanitised(struct pm_str *out, const char *s)
{
    for (; *s; s++) {
        bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
                     (*s >= '0' && *s <= '9') || *s == '-';
        if (plain)
            pm_str_addc(out, *s);
        else if (*s == ' ' || *s == '_')
            pm_str_addc(out, '-');
        else
            pm_str_addf(out, "%02x", (unsigned char)*s);
    }
}

/* <prefix>-<role>-<key>; a second one of the same name gets a number. */
static void id_attr(struct writer *w, const struct pm_ident *ident)
{
    struct pm_str id = {0};
    size_t count = 0;
    pm_str_addf(&id, "%s-%s-", w->scene->id_prefix, ident->role);
    sanitised(&id, ident->key ? ident->key : "");
    if (pm_index_get(&w->ids, id.s, &count)) {
        pm_index_set(&w->ids, &w->arena, id.s, count + 1);
        pm_str_addf(&id, "--%zu", count + 1);
    }
    pm_index_set(&w->ids, &w->arena, id.s, 1);
    attr(w->out, "id", id.s);
    pm_str_finish(&id);
}

/* Each class behind the prefix, so that a page's own rules don't hit the map by accident. */
static void class_attr(struct writer *w, const char *classes)
{
    pm_str_add(w->out, " class=\"");
    for (const char *p = classes; *p;) {
        size_t length = strcspn(p, " ");
        pm_str_addf(w->out, "%s%s-", p == classes ? "" : " ", w->scene->class_prefix);
        char *name = pm_strndup(&w->arena, p, length);
        sanitised(w->out, name);
        p += length + (p[length] == ' ');
    }
    pm_str_addc(w->out, '"');
}

static void ident_attrs(struct writer *w, const struct pm_ident *ident)
{
    if (ident->role)
        id_attr(w, ident);
    if (ident->classes)
        class_attr(w, ident->classes);
    for (size_t i = 0; i < ident->attr_count; i++)
        attr(w->out, ident->attrs[i].name, ident->attrs[i].value);
    if (ident->tooltip) /* nothing else catches the pointer: see write_head */
        attr(w->out, "pointer-events", "visiblePainted");
}

/* ---- paths --------------------------------------------------------------------------------------------- */

/* Path data as short as it gets: numbers in hundredths are subtracted exactly, so relative commands
 * never drift; a separator only where two numbers would run together. */
struct pen {
    struct pm_str *out;
    long x, y;   /* current point, hundredths */
    long sx, sy; /* start of the subpath */
    char command;
    bool dot;    /* the last number has a point, so that ".5" may follow directly */
    bool digits; /* a number came last */
};

static long hundredths(double v)
{
    return lround(v * 100);
}

static void pen_command(struct pen *pen, char command)
{
    if (pen->command == command)
        return;
    pm_str_addc(pen->out, command);
    pen->command = command;
    pen->digits = pen->dot = false;
}

static void pen_number(struct pen *pen, long value)
{
    char text[32];
    long size = labs(value);
    int n = snprintf(text, sizeof text, "%s", value < 0 ? "-" : "");
    if (size >= 100 || size % 100 == 0)
        n += snprintf(text + n, sizeof text - (size_t)n, "%ld", size / 100);
    bool point = size % 100 != 0;
    if (point)
        n += snprintf(text + n, sizeof text - (size_t)n, size % 10 ? ".%02ld" : ".%ld",
                      size % 10 ? size % 100 : size % 100 / 10);
    bool joins = text[0] == '-' || (text[0] == '.' && pen->dot);
    if (pen->digits && !joins)
        pm_str_addc(pen->out, ' ');
    pm_str_addn(pen->out, text, (size_t)n);
    pen->digits = true;
    pen->dot = point;
}

static void pen_line(struct pen *pen, struct pm_pt p)
{
    long dx = hundredths(p.x) - pen->x, dy = hundredths(p.y) - pen->y;
    pen_command(pen, dy == 0 && dx != 0 ? 'h' : dx == 0 ? 'v' : 'l');
    if (pen->command != 'v')
        pen_number(pen, dx);
    if (pen->command != 'h')
        pen_number(pen, dy);
    pen->x += dx;
    pen->y += dy;
}

static void pen_move(struct pen *pen, struct pm_pt p)
{
    pen->command = 0;
    pen_command(pen, 'M');
    pen->x = pen->sx = hundredths(p.x);
    pen->y = pen->sy = hundredths(p.y);
    pen_number(pen, pen->x);
    pen_number(pen, pen->y);
}

static void pen_curve(struct pen *pen, const struct pm_pt *p)
{
    pen_command(pen, 'c');
    for (int i = 0; i < 3; i++) {
        pen_number(pen, hundredths(p[i].x) - pen->x);
        pen_number(pen, hundredths(p[i].y) - pen->y);
    }
    pen->x = hundredths(p[2].x);
    pen->y = hundredths(p[2].y);
}

static void path_data(struct pm_str *out, const struct pm_path *path)
{
    struct pen pen = {.out = out};
    const struct pm_pt *p = path->points.v;
    pm_str_add(out, " d=\"");
    for (size_t i = 0; i < path->ops.n; i++)
        switch ((enum pm_path_op)path->ops.v[i]) {
        case PM_MOVE:
            pen_move(&pen, *p++);
            break;
        case PM_LINE:
            pen_line(&pen, *p++);
            break;
        case PM_CURVE:
            pen_curve(&pen, p);
            p += 3;
            break;
        case PM_CLOSE:
            pen_command(&pen, 'z');
            pen.command = 0;
            pen.x = pen.sx;
            pen.y = pen.sy;
            break;
        }
    pm_str_addc(out, '"');
}

static void stroke_attrs(struct pm_str *out, const struct pm_paint *paint)
{
    color_attr(out, "stroke", "stroke-opacity", paint->stroke);
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

static void pattern_attr(struct writer *w, int pattern)
{
    pm_str_addf(w->out, " fill=\"url(#%s-%s)\"", w->scene->id_prefix,
                w->scene->patterns.v[pattern - 1].id);
}

static void write_path(struct writer *w, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    pm_str_add(w->out, "<path");
    ident_attrs(w, &node->ident);
    if (paint->pattern)
        pattern_attr(w, paint->pattern);
    else
        color_attr(w->out, "fill", "fill-opacity", paint->fill);
    if (pm_color_alpha(paint->fill) > 0 || paint->pattern)
        attr(w->out, "fill-rule", "evenodd");
    if (pm_color_alpha(paint->stroke) > 0 && paint->width > 0)
        stroke_attrs(w->out, paint);
    path_data(w->out, &node->path);
    if (!node->ident.tooltip) {
        pm_str_add(w->out, "/>\n");
        return;
    }
    pm_str_addc(w->out, '>');
    pm_str_add(w->out, "<title>");
    escaped(w->out, node->ident.tooltip);
    pm_str_add(w->out, "</title></path>\n");
}

/* ---- text ------------------------------------------------------------------------------------------------ */

/* 'Noto Sans', 'Noto Naskh Arabic', sans-serif */
static void family_attr(struct pm_str *out, const char *families)
{
    pm_str_add(out, " font-family=\"");
    for (const char *p = families; *p;) {
        size_t length = strcspn(p, ","), skip = strspn(p, " ");
        if (length > skip)
            pm_str_addf(out, "'%.*s', ", (int)(length - skip), p + skip);
        p += length + (p[length] == ',');
    }
    pm_str_add(out, "sans-serif\"");
}

static bool is_rtl(const struct pm_run *run)
{
    static const char *const langs[] = {"fa", "ps", "ar", "ur", "he"};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        if (strncmp(run->lang, langs[i], 2) == 0)
            return true;
    return false;
}

static const char *anchor_of(const struct pm_run *run)
{
    static const char *const ltr[] = {NULL, "middle", "end"}, *const rtl[] = {"end", "middle", NULL};
    return is_rtl(run) ? rtl[run->anchor] : ltr[run->anchor];
}

static void font_attrs(struct pm_str *out, const struct pm_run *run)
{
    number_attr(out, "x", run->at.x);
    number_attr(out, "y", run->at.y);
    number_attr(out, "font-size", run->font.size);
    if (run->font.weight != 400)
        pm_str_addf(out, " font-weight=\"%d\"", run->font.weight);
    if (run->font.italic)
        attr(out, "font-style", "italic");
    if (run->font.spacing != 0)
        number_attr(out, "letter-spacing", run->font.spacing);
    attr(out, "text-anchor", anchor_of(run));
    if (is_rtl(run))
        attr(out, "direction", "rtl");
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

static void write_text(struct writer *w, const struct pm_node *node)
{
    const struct pm_run *run = &node->run;
    bool halo = pm_color_alpha(run->halo) > 0 && run->halo_width > 0;
    for (int pass = halo ? 0 : 1; pass < 2; pass++) {
        pm_str_add(w->out, "<text");
        if (pass == 1)
            ident_attrs(w, &node->ident);
        font_attrs(w->out, run);
        if (strcmp(run->lang, w->scene->lang) != 0)
            attr(w->out, "xml:lang", run->lang);
        color_attr(w->out, "fill", "fill-opacity", pass ? run->color : run->halo);
        if (pass == 0) {
            color_attr(w->out, "stroke", "stroke-opacity", run->halo);
            number_attr(w->out, "stroke-width", 2 * run->halo_width);
            attr(w->out, "stroke-linejoin", "round");
            attr(w->out, "aria-hidden", "true");
        }
        pm_str_addc(w->out, '>');
        escaped(w->out, run->s);
        pm_str_add(w->out, "</text>\n");
    }
}

/* ---- definitions ---------------------------------------------------------------------------------------------- */

/* The tile's own diagonal, and the corners of those beside it, for which the tile has to hold ink. */
static void pattern_lines(struct pm_str *out, const struct pm_pattern *pattern, double size)
{
    const double h = size / 4;
    const double spans[][2] = {{-h, h}, {-h, size + h}, {size - h, size + h}};
    bool hatch = pattern->kind == PM_TEXTURE_HATCH;
    struct pm_path path = {0};
    for (int i = 0; i < 3; i++) {
        double shift = (i - 1) * size;
        for (int end = 0; end < 2; end++) {
            double x = spans[i][end], y = hatch ? size + shift - x : x - shift;
            (end ? pm_path_line : pm_path_move)(&path, x, y);
        }
    }
    pm_str_add(out, "<path fill=\"none\"");
    color_attr(out, "stroke", "stroke-opacity", pattern->color);
    number_attr(out, "stroke-width", pattern->width);
    path_data(out, &path);
    pm_str_add(out, "/>");
    pm_path_finish(&path);
}

static void pattern_dots(struct pm_str *out, const struct pm_pattern *pattern)
{
    for (int i = 0; i < 2; i++) {
        double at = pattern->spacing * (i ? 0.75 : 0.25);
        pm_str_add(out, "<circle");
        number_attr(out, "cx", at);
        number_attr(out, "cy", at);
        number_attr(out, "r", pattern->width / 2);
        color_attr(out, "fill", "fill-opacity", pattern->color);
        pm_str_add(out, "/>");
    }
}

static void write_patterns(struct writer *w)
{
    for (size_t i = 0; i < w->scene->patterns.n; i++) {
        const struct pm_pattern *pattern = &w->scene->patterns.v[i];
        bool dots = pattern->kind == PM_TEXTURE_DOTS;
        double size = round(pattern->spacing * (dots ? 1 : SQRT2) * 100) / 100;
        pm_str_addf(w->out, "<pattern id=\"%s-%s\" patternUnits=\"userSpaceOnUse\"",
                    w->scene->id_prefix, pattern->id);
        number_attr(w->out, "width", size);
        number_attr(w->out, "height", size);
        pm_str_addc(w->out, '>');
        if (dots)
            pattern_dots(w->out, pattern);
        else
            pattern_lines(w->out, pattern, size);
        pm_str_add(w->out, "</pattern>\n");
    }
}

static void write_clips(struct writer *w)
{
    size_t count = 0;
    for (size_t i = 0; i < w->scene->nodes.n; i++) {
        struct pm_box clip = w->scene->nodes.v[i].clip;
        if (pm_box_empty(clip))
            continue;
        pm_str_addf(w->out, "<clipPath id=\"%s-clip-%zu\"><rect", w->scene->id_prefix, ++count);
        number_attr(w->out, "x", clip.x0);
        number_attr(w->out, "y", clip.y0);
        number_attr(w->out, "width", pm_box_w(clip));
        number_attr(w->out, "height", pm_box_h(clip));
        pm_str_add(w->out, "/></clipPath>\n");
    }
}

static void write_metadata(struct writer *w)
{
    const struct pm_scene *s = w->scene;
    pm_str_add(w->out,
               "<metadata>\n"
               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
               "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<rdf:Description rdf:about=\"\">\n");
    const char *const parts[][2] = {{"dc:title", s->title},   {"dc:creator", s->author},
                                    {"dc:subject", s->subject}, {"dc:description", s->description},
                                    {"dc:date", s->date},     {"dc:source", s->sources},
                                    {"dc:rights", s->rights}, {"dc:language", s->lang},
                                    {"dc:format", "image/svg+xml"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        element(w->out, parts[i][0], parts[i][1]);
    pm_str_add(w->out, "</rdf:Description>\n</rdf:RDF>\n</metadata>\n");
}

static void write_head(struct writer *w)
{
    const struct pm_scene *s = w->scene;
    double physical = 96 / s->dpi; /* CSS px for one px of the page */
    pm_str_add(w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    number_attr(w->out, "width", s->width * physical);
    number_attr(w->out, "height", s->height * physical);
    pm_str_addf(w->out, " viewBox=\"0 0 %d %d\"", (int)s->width, (int)s->height);
    pm_str_addf(w->out, " id=\"%s\" class=\"%s-root\"", s->id_prefix, s->class_prefix);
    attr(w->out, "role", "img");
    attr(w->out, "lang", s->lang);
    attr(w->out, "xml:lang", s->lang);
    attr(w->out, "direction", s->dir);
    pm_str_add(w->out, " aria-label=\"");
    escaped(w->out, s->title ? s->title : "");
    pm_str_add(w->out, ". ");
    escaped(w->out, s->description ? s->description : "");
    pm_str_add(w->out, "\"");
    /* labels and textures lie over the areas, whose tooltips must stay in reach */
    attr(w->out, "pointer-events", "none");
    family_attr(w->out, s->family);
    pm_str_add(w->out, ">\n");
    element(w->out, "title", s->title);
    element(w->out, "desc", s->description);
    write_metadata(w);
    pm_str_add(w->out, "<defs>\n");
    write_patterns(w);
    write_clips(w);
    pm_str_add(w->out, "</defs>\n");
}

/* ---- the whole ---------------------------------------------------------------------------------------------- */

static void write_begin(struct writer *w, const struct pm_node *node)
{
    pm_str_add(w->out, "<g");
    ident_attrs(w, &node->ident);
    if (!pm_box_empty(node->clip))
        pm_str_addf(w->out, " clip-path=\"url(#%s-clip-%zu)\"", w->scene->id_prefix, ++w->clips);
    pm_str_add(w->out, ">\n");
    element(w->out, "title", node->ident.tooltip);
}

static void write_node(struct writer *w, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_NODE_BEGIN:
        write_begin(w, node);
        break;
    case PM_NODE_END:
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
    struct writer w = {.out = out, .scene = scene};
    (void)diags;
    write_head(&w);
    pm_str_add(out, "<rect");
    number_attr(out, "width", scene->width);
    number_attr(out, "height", scene->height);
    color_attr(out, "fill", "fill-opacity", scene->background);
    pm_str_add(out, "/>\n");
    for (size_t i = 0; i < scene->nodes.n; i++)
        write_node(&w, &scene->nodes.v[i]);
    pm_str_add(out, "</svg>\n");
    pm_arena_finish(&w.arena);
    return true;
}
