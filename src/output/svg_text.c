/* Text of an SVG file: live, which a viewer sets with fonts of its own; as outlines, which look the same
 * everywhere; or both, the live text without ink over its outlines. */
#include <math.h>

#include "output/svg_writer.h"
#include "text/text.h"
#include "base/banned.h"

#define TARGET 1.3 /* em: height of a line that leads somewhere */

static void css_string(struct pm_str *out, const char *s, size_t length)
{
    pm_str_addc(out, '\'');
    for (const char *end = s + length; s < end; s++) {
        if (*s == '\'' || *s == '\\')
            pm_str_addc(out, '\\');
        pm_str_addc(out, *s);
    }
    pm_str_addc(out, '\'');
}

/* 'Noto Sans', 'Noto Naskh Arabic', sans-serif */
void pm_svg_family(struct pm_str *out, const char *families)
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
    pm_svg_attr(out, "font-family", css.s);
    pm_str_finish(&css);
}

/* Nothing for 0. `begin`: " x=\"" */
static void whole_attr(struct pm_str *out, const char *begin, double value)
{
    int64_t whole = pm_whole(value);
    if (!whole)
        return;
    pm_str_add(out, begin);
    pm_str_whole(out, whole);
    pm_str_addc(out, '"');
}

/* SVG anchors text at its start, middle or end, as its direction goes. */
static const char *anchor_of(enum pm_anchor anchor, bool rtl)
{
    static const char *const names[][3] = {{NULL, "middle", "end"}, {"end", "middle", NULL}};
    return names[rtl][anchor];
}

static void set_attrs(struct pm_svg *w, const struct pm_run *run)
{
    struct pm_str *out = w->out;
    struct pm_range digits;
    bool rtl = pm_text_rtl(run->s);
    pm_svg_number(out, "x", run->at.x);
    pm_svg_number(out, "y", run->at.y);
    pm_svg_number(out, "font-size", run->font.size);
    if (run->font.weight != 400)
        pm_str_addf(out, " font-weight=\"%d\"", run->font.weight);
    if (run->font.italic)
        pm_svg_attr(out, "font-style", "italic");
    if (run->font.spacing != 0)
        pm_svg_number(out, "letter-spacing", run->font.spacing);
    pm_svg_attr(out, "text-anchor", anchor_of(run->anchor, rtl));
    if (rtl != w->rtl)
        pm_svg_attr(out, "direction", rtl ? "rtl" : "ltr");
    if (!pm_streq(run->lang, w->scene->lang)) {
        pm_svg_attr(out, "lang", run->lang);
        pm_svg_attr(out, "xml:lang", run->lang);
    }
    if (!pm_streq(run->font.family, w->scene->family))
        pm_svg_family(out, run->font.family);
    if (pm_text_digits(run->s, run->lang, 0, &digits))
        pm_svg_attr(out, "style", "font-feature-settings:'locl' 0");
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

static struct pm_svg_rule halo_rule(struct pm_svg *w, const struct pm_run *run)
{
    struct pm_svg_look look = {0};
    pm_svg_tone(w, &look, "fill", run->halo, w->dark_node->run.halo, NULL);
    pm_svg_tone(w, &look, "stroke", run->halo, w->dark_node->run.halo, NULL);
    return pm_svg_rule(w, &look);
}

static void halo_attrs(struct pm_svg *w, const struct pm_run *run, double unit)
{
    pm_svg_classes(w, NULL, halo_rule(w, run));
    pm_svg_color(w->out, "fill", "fill-opacity", run->halo);
    pm_svg_color(w->out, "stroke", "stroke-opacity", run->halo);
    pm_svg_number(w->out, "stroke-width", 2 * run->halo_width / unit);
    pm_svg_attr(w->out, "stroke-linejoin", "round");
}

static struct pm_svg_rule letters_rule(struct pm_svg *w, const struct pm_run *run)
{
    return pm_svg_rule_of(w, "fill", run->color, w->dark_node->run.color, NULL);
}

static void aside_attrs(struct pm_svg *w, const struct pm_run *run)
{
    pm_svg_classes(
        w, NULL, pm_svg_rule_of(w, "fill", run->aside_color, w->dark_node->run.aside_color, NULL));
    pm_svg_color(w->out, "fill", "fill-opacity", run->aside_color);
}

static bool has_halo(const struct pm_run *run)
{
    return pm_color_alpha(run->halo) > 0 && run->halo_width > 0;
}

/* ---- live ------------------------------------------------------------------------------------ */

/* Beneath the text, in its own shape, as not every viewer knows paint-order. */
static void write_halo(struct pm_svg *w, const struct pm_run *run)
{
    pm_str_add(w->out, "<text");
    set_attrs(w, run);
    halo_attrs(w, run, 1);
    pm_svg_attr(w->out, "aria-hidden", "true");
    pm_str_addc(w->out, '>');
    pm_svg_escaped(w->out, run->s);
    pm_str_add(w->out, "</text>\n");
}

/* What is aside has its own colour. */
static void write_letters(struct pm_svg *w, const struct pm_run *run)
{
    if (!run->aside) {
        pm_svg_escaped(w->out, run->s);
        return;
    }
    pm_svg_escaped(w->out, pm_strndup(&w->arena, run->s, run->aside));
    pm_str_add(w->out, "<tspan");
    aside_attrs(w, run);
    pm_str_addc(w->out, '>');
    pm_svg_escaped(w->out, run->s + run->aside);
    pm_str_add(w->out, "</tspan>");
}

static void write_live(struct pm_svg *w, const struct pm_node *node)
{
    const struct pm_run *run = &node->run;
    if (has_halo(run))
        write_halo(w, run);
    pm_str_add(w->out, "<text");
    pm_svg_ident(w, &node->ident, letters_rule(w, run));
    set_attrs(w, run);
    pm_svg_color(w->out, "fill", "fill-opacity", run->color);
    pm_str_addc(w->out, '>');
    pm_svg_tooltip(w->out, &node->ident);
    write_letters(w, run);
    pm_str_add(w->out, "</text>\n");
}

/* ---- outlines -------------------------------------------------------------------------------- */

/* Gives the outline a number in this file and writes it, unless it has one. Contours of a glyph may overlap, and those of
 * variable fonts do; else the file has even-odd shapes. */
static void define(struct pm_svg *w, size_t outline)
{
    while (w->glyphs.n <= outline)
        pm_vec_push(&w->glyphs, 0);
    size_t *number = &w->glyphs.v[outline];
    if (*number)
        return;
    *number = ++w->glyph_count;
    pm_str_addf(w->out, "<path id=\"%s-g%zu\" fill-rule=\"nonzero\" d=\"", w->id_prefix, *number);
    pm_str_add(w->out, pm_glyph_data(w->fonts, outline));
    pm_str_add(w->out, "\"/>\n");
}

void pm_svg_glyphs(struct pm_svg *w)
{
    const struct pm_scene *scene = w->scene;
    for (size_t i = 0; w->text != PM_SVG_TEXT_LIVE && i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        struct pm_svg_run run = {0};
        if (node->kind != PM_NODE_TEXT)
            continue;
        run.count = pm_text_glyphs(w->fonts, &node->run, &run.glyphs);
        for (size_t k = 0; k < run.count; k++)
            define(w, run.glyphs[k].outline);
        pm_vec_push(&w->runs, run);
    }
}

/* Those of one colour. */
static void write_uses(struct pm_svg *w, const struct pm_svg_run *run, double unit, bool aside)
{
    struct pm_str begin = {0};
    pm_str_addf(&begin, "<use xlink:href=\"#%s-g", w->id_prefix);
    for (size_t i = 0; i < run->count; i++) {
        const struct pm_glyph *glyph = &run->glyphs[i];
        if (glyph->aside != aside)
            continue;
        pm_str_addn(w->out, begin.s, begin.n);
        pm_str_whole(w->out, (int64_t)w->glyphs.v[glyph->outline]);
        pm_str_addc(w->out, '"');
        whole_attr(w->out, " x=\"", glyph->at.x / unit);
        whole_attr(w->out, " y=\"", glyph->at.y / unit);
        pm_str_add(w->out, "/>");
    }
    pm_str_finish(&begin);
}

/* The halo is the same glyphs beneath. */
static void write_haloed(struct pm_svg *w, const struct pm_run *run,
                         const struct pm_svg_run *shapes, double unit)
{
    const char *id = pm_sprintf(&w->arena, "%s-t%zu", w->id_prefix, ++w->halo_count);
    const char *aside = run->aside ? pm_sprintf(&w->arena, "%s-aside", id) : NULL;
    pm_str_add(w->out, "<g");
    halo_attrs(w, run, unit);
    pm_str_addf(w->out, "><g id=\"%s\">", id);
    write_uses(w, shapes, unit, false);
    if (run->aside) {
        pm_str_addf(w->out, "</g><g id=\"%s\">", aside);
        write_uses(w, shapes, unit, true);
    }
    pm_str_addf(w->out, "</g></g><use xlink:href=\"#%s\"/>", id);
    if (!run->aside)
        return;
    pm_str_addf(w->out, "<use xlink:href=\"#%s\"", aside);
    aside_attrs(w, run);
    pm_str_add(w->out, "/>");
}

static void write_shapes(struct pm_svg *w, const struct pm_run *run,
                         const struct pm_svg_run *shapes, double unit)
{
    if (has_halo(run)) {
        write_haloed(w, run, shapes, unit);
        return;
    }
    write_uses(w, shapes, unit, false);
    if (!run->aside)
        return;
    pm_str_add(w->out, "<g");
    aside_attrs(w, run);
    pm_str_addc(w->out, '>');
    write_uses(w, shapes, unit, true);
    pm_str_add(w->out, "</g>");
}

static void place_attr(struct pm_svg *w, const struct pm_run *run, double unit)
{
    pm_str_add(w->out, " transform=\"translate(");
    pm_str_num(w->out, run->at.x, 2);
    pm_str_addc(w->out, ' ');
    pm_str_num(w->out, run->at.y, 2);
    pm_str_add(w->out, ") ");
    if (run->angle != 0) {
        pm_str_add(w->out, "rotate(");
        pm_str_num(w->out, run->angle, 2);
        pm_str_add(w->out, ") ");
    }
    pm_str_add(w->out, "scale(");
    pm_str_num(w->out, unit, 5);
    pm_str_add(w->out, ")\"");
}

static void write_outlines(struct pm_svg *w, const struct pm_node *node)
{
    const struct pm_run *run = &node->run;
    const struct pm_svg_run *shapes = &w->runs.v[w->runs_used++];
    double unit = run->font.size / PM_GLYPH_EM;
    pm_str_add(w->out, "<g");
    pm_svg_ident(w, &node->ident, letters_rule(w, run));
    place_attr(w, run, unit);
    pm_svg_color(w->out, "fill", "fill-opacity", run->color);
    pm_str_addc(w->out, '>');
    pm_svg_tooltip(w->out, &node->ident);
    write_shapes(w, run, shapes, unit);
    pm_str_add(w->out, "</g>\n");
}

/* Where outlines catch the pointer: a line is one target, not the letters. */
static void write_target(struct pm_svg *w, const struct pm_run *run)
{
    static const double shares[] = {
        [PM_ANCHOR_LEFT] = 0, [PM_ANCHOR_MIDDLE] = 0.5, [PM_ANCHOR_RIGHT] = 1};
    pm_str_add(w->out, "<rect");
    pm_svg_number(w->out, "x", run->at.x - run->width * shares[run->anchor]);
    pm_svg_number(w->out, "y", run->at.y - run->font.size);
    pm_svg_number(w->out, "width", run->width);
    pm_svg_number(w->out, "height", run->font.size * TARGET);
    pm_str_add(w->out, " fill=\"none\"/>\n");
}

/* To be searched and selected, over its outlines. */
static void write_copy(struct pm_svg *w, const struct pm_run *run)
{
    pm_str_add(w->out, "<text");
    set_attrs(w, run);
    pm_svg_attr(w->out, "fill", "none");
    pm_str_addc(w->out, '>');
    pm_svg_escaped(w->out, run->s);
    pm_str_add(w->out, "</text>\n");
}

void pm_svg_text(struct pm_svg *w, const struct pm_node *node)
{
    if (w->text == PM_SVG_TEXT_LIVE) {
        write_live(w, node);
        return;
    }
    if (w->linked && w->text == PM_SVG_TEXT_OUTLINE)
        write_target(w, &node->run);
    write_outlines(w, node);
    if (w->text == PM_SVG_TEXT_BOTH)
        write_copy(w, &node->run);
}
