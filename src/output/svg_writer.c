#include "output/svg_writer.h"

#include <math.h>

#include "base/banned.h"

/* ---- text and numbers ------------------------------------------------------------------------ */

/* How many bytes from `s` on stand for themselves: neither markup nor a control character, nor the first byte of
 * U+FFFE and U+FFFF. */
static size_t plain_length(const char *s)
{
    size_t n = 0;
    while (((unsigned char)s[n] >= 0x20 || s[n] == '\n' || s[n] == '\t') && s[n] != '&' &&
           s[n] != '<' && s[n] != '>' && s[n] != '"' && s[n] != '\xEF')
        n++;
    return n;
}

/* U+FFFE and U+FFFF, which XML 1.0 has no place for. */
static bool is_noncharacter(const char *s)
{
    return strncmp(s, "\xEF\xBF\xBE", 3) == 0 || strncmp(s, "\xEF\xBF\xBF", 3) == 0;
}

/* For element content and attributes. Control characters have no place in XML 1.0 either. */
void pm_svg_escaped(struct pm_str *out, const char *s)
{
    for (;; s++) {
        size_t plain = plain_length(s);
        pm_str_addn(out, s, plain);
        s += plain;
        switch (*s) {
        case '\0':
            return;
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
        case '\xEF':
            if (is_noncharacter(s))
                s += 2;
            else
                pm_str_addc(out, *s);
        }
    }
}

static void begin_attr(struct pm_str *out, const char *name)
{
    pm_str_addc(out, ' ');
    pm_str_add(out, name);
    pm_str_add(out, "=\"");
}

void pm_svg_attr(struct pm_str *out, const char *name, const char *value)
{
    if (!value)
        return;
    begin_attr(out, name);
    pm_svg_escaped(out, value);
    pm_str_addc(out, '"');
}

void pm_svg_number(struct pm_str *out, const char *name, double value)
{
    begin_attr(out, name);
    pm_str_num(out, value, 2);
    pm_str_addc(out, '"');
}

void pm_svg_color(struct pm_str *out, const char *name, const char *opacity, pm_color c)
{
    char hex[8];
    double alpha = pm_color_alpha(c);
    if (alpha <= 0) {
        pm_svg_attr(out, name, "none");
        return;
    }
    pm_color_hex(c, hex);
    pm_svg_attr(out, name, hex);
    if (alpha < 1)
        pm_svg_number(out, opacity, alpha);
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
const char *pm_svg_unique(struct pm_svg *w, const char *id)
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
const char *pm_svg_id(struct pm_svg *w, const char *role, const char *key)
{
    struct pm_str id = {0};
    pm_str_addf(&id, "%s-%s-", w->id_prefix, role);
    sanitised(&id, key, strlen(key));
    const char *own = pm_strdup(&w->arena, id.s);
    pm_str_finish(&id);
    return pm_svg_unique(w, own);
}

static void add_class(struct pm_svg *w, bool *any, const char *letter, size_t number)
{
    pm_str_add(w->out, *any ? " " : "");
    pm_str_add(w->out, w->scene->class_prefix);
    pm_str_addc(w->out, '-');
    pm_str_add(w->out, letter);
    if (number)
        pm_str_whole(w->out, (int64_t)number);
    *any = true;
}

void pm_svg_classes(struct pm_svg *w, const char *classes, struct pm_svg_rule rule)
{
    bool any = false;
    if (!classes && !rule.variable && !rule.tone && !rule.frames)
        return;
    pm_str_add(w->out, " class=\"");
    for (const char *p = classes ? classes : ""; *p;) {
        size_t length = strcspn(p, " ");
        add_class(w, &any, "", 0);
        sanitised(w->out, p, length);
        p += length + (p[length] == ' ');
    }
    if (rule.variable)
        add_class(w, &any, "v", rule.variable);
    if (rule.tone)
        add_class(w, &any, "d", rule.tone);
    if (rule.frames)
        add_class(w, &any, "f", rule.frames);
    pm_str_addc(w->out, '"');
}

/* Nothing else does: see root_attrs. */
void pm_svg_catch_pointer(struct pm_str *out)
{
    pm_svg_attr(out, "pointer-events", "visiblePainted");
}

/* Of several elements of a row, such as those of insets, the first has the id that it is known by. */
static void name_row(struct pm_svg *w, size_t row, const char *id)
{
    if (!w->page || row == 0 || row > w->page->rows)
        return;
    if (!w->page->ids[row - 1])
        w->page->ids[row - 1] = pm_strdup(w->page->arena, id);
    pm_str_addf(w->out, " data-row=\"%zu\"", row);
}

void pm_svg_ident(struct pm_svg *w, const struct pm_ident *ident, struct pm_svg_rule rule)
{
    if (ident->role) {
        const char *id = pm_svg_id(w, ident->role, ident->key ? ident->key : "");
        pm_svg_attr(w->out, "id", id);
        name_row(w, ident->row, id);
    }
    pm_svg_classes(w, ident->classes, rule);
    for (size_t i = 0; i < ident->attr_count; i++)
        pm_svg_attr(w->out, ident->attrs[i].name, ident->attrs[i].value);
    if (ident->tooltip && !w->shared.pointer)
        pm_svg_catch_pointer(w->out);
}

/* Has to be the first child of what it belongs to. */
void pm_svg_tooltip(struct pm_str *out, const struct pm_ident *ident)
{
    if (!ident->tooltip)
        return;
    pm_str_add(out, "<title>");
    pm_svg_escaped(out, ident->tooltip);
    pm_str_add(out, "</title>");
}

void pm_svg_element(struct pm_str *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    pm_str_addf(out, "<%s>", name);
    pm_svg_escaped(out, text);
    pm_str_addf(out, "</%s>\n", name);
}

void pm_svg_path(const struct pm_svg *w, const struct pm_path *path)
{
    pm_str_add(w->out, " d=\"");
    pm_tracings_add(w->tracings, path, w->out);
    pm_str_addc(w->out, '"');
}

/* ---- rules ----------------------------------------------------------------------------------- */

static void declare(struct pm_str *css, const char *property)
{
    pm_str_addf(css, "%s%s:", css->n ? ";" : "", property);
}

/* "#dfc036", or "var(--pm-contested,#dfc036)" */
static void add_value(struct pm_svg *w, struct pm_str *css, pm_color c, const char *of)
{
    char hex[8];
    pm_color_hex(c, hex);
    if (of) {
        pm_str_addf(css, "var(--%s-", w->scene->class_prefix);
        sanitised(css, of, strlen(of));
        pm_str_addc(css, ',');
    }
    pm_str_addf(css, "%s%s", pm_color_alpha(c) > 0 ? hex : "none", of ? ")" : "");
}

void pm_svg_tone(struct pm_svg *w, struct pm_svg_look *look, const char *property, pm_color light,
                 pm_color dark, const char *of)
{
    double alpha = pm_color_alpha(dark);
    if (of) {
        declare(&look->variables, property);
        add_value(w, &look->variables, light, of);
    }
    if (light == dark)
        return;
    declare(&look->tones, property);
    add_value(w, &look->tones, dark, of);
    if (alpha > 0 && alpha != pm_color_alpha(light)) {
        pm_str_addf(&look->tones, ";%s-opacity:", property);
        pm_str_num(&look->tones, alpha, 2);
    }
}

void pm_svg_tone_width(struct pm_svg_look *look, double light, double dark)
{
    if (fabs(light - dark) < 0.005)
        return;
    declare(&look->tones, "stroke-width");
    pm_str_num(&look->tones, dark, 2);
}

static size_t number_of(struct pm_svg *w, struct pm_svg_rules *rules, const char *letter,
                        struct pm_str *css)
{
    size_t number = 0;
    if (css->n && !w->plain && !pm_index_get(&rules->numbers, css->s, &number)) {
        number = ++rules->count;
        pm_index_set(&rules->numbers, &w->arena, css->s, number);
        pm_str_addf(&rules->text, ":where(#%s .%s-%s%zu){%s}\n", w->id_prefix,
                    w->scene->class_prefix, letter, number, css->s);
    }
    pm_str_finish(css);
    return number;
}

struct pm_svg_rule pm_svg_rule(struct pm_svg *w, struct pm_svg_look *look)
{
    return (struct pm_svg_rule){number_of(w, &w->variables, "v", &look->variables),
                                number_of(w, &w->tones, "d", &look->tones)};
}

struct pm_svg_rule pm_svg_rule_of(struct pm_svg *w, const char *property, pm_color light,
                                  pm_color dark, const char *of)
{
    struct pm_svg_look look = {0};
    pm_svg_tone(w, &look, property, light, dark, of);
    return pm_svg_rule(w, &look);
}

/* When a frame begins, as a share of the animation. */
static void add_key(struct pm_svg *w, struct pm_str *css, size_t frame, const char *visibility)
{
    double all = pm_frame_begins(w->scene, w->scene->frame_count);
    pm_str_num(css, 100 * pm_frame_begins(w->scene, frame) / all, 3);
    pm_str_addf(css, "%%{visibility:%s}", visibility);
}

struct pm_svg_rule pm_svg_rule_of_frames(struct pm_svg *w, struct pm_frames frames)
{
    struct pm_svg_rules *rules = &w->frames;
    size_t number = 0;
    if (frames.end == 0)
        return (struct pm_svg_rule){0};
    const char *key = pm_sprintf(&w->arena, "%zu-%zu", frames.first, frames.end);
    if (pm_index_get(&rules->numbers, key, &number))
        return (struct pm_svg_rule){.frames = number};
    number = ++rules->count;
    pm_index_set(&rules->numbers, &w->arena, key, number);
    const char *last = frames.end < w->scene->frame_count ? "hidden" : "visible";
    pm_str_addf(&rules->text, ":where(#%s .%s-f%zu){animation-name:%s-f%zu}\n@keyframes %s-f%zu{",
                w->id_prefix, w->scene->class_prefix, number, w->id_prefix, number, w->id_prefix,
                number);
    if (frames.first > 0)
        pm_str_add(&rules->text, "0%{visibility:hidden}");
    add_key(w, &rules->text, frames.first, "visible");
    if (frames.end < w->scene->frame_count)
        add_key(w, &rules->text, frames.end, "hidden");
    pm_str_addf(&rules->text, "to{visibility:%s}}\n", last);
    return (struct pm_svg_rule){.frames = number};
}

/* How long it takes, and that it stays with the last frame where the reader's system asks for less motion. */
static void add_animation(struct pm_svg *w)
{
    const struct pm_scene *s = w->scene;
    pm_str_addf(w->out, ":where(#%s *){animation:", w->id_prefix);
    pm_str_num(w->out, pm_frame_begins(s, s->frame_count), 2);
    pm_str_addf(w->out, "s step-end infinite}\n%s", pm_str_get(&w->frames.text));
    pm_str_addf(w->out,
                "@media (prefers-reduced-motion:reduce){:where(#%s *){animation-play-state:paused;"
                "animation-delay:-",
                w->id_prefix);
    pm_str_num(w->out, pm_frame_begins(s, s->frame_count - 1) + s->frame_seconds / 2, 2);
    pm_str_add(w->out, "s}}\n");
}

/* Weaker than any rule of a page (":where"), but stronger than presentation attributes. Where custom
 * properties are not known, what they stand in is not looked at. */
void pm_svg_style(struct pm_svg *w)
{
    static const struct pm_svg_when system[] = {{"@media (prefers-color-scheme:dark){\n", "}\n"},
                                                {NULL, NULL}};
    const struct pm_svg_when *when = w->page ? w->page->when : system;
    bool any = w->variables.count || w->tones.count || w->frames.count;
    if (any)
        pm_str_add(w->out, "<style>\n");
    if (w->frames.count)
        add_animation(w);
    if (w->variables.count)
        pm_str_addf(w->out, "@supports (color:var(--a)){\n%s}\n", pm_str_get(&w->variables.text));
    for (; w->tones.count && when->begin; when++)
        pm_str_addf(w->out, "%s%s%s", when->begin, pm_str_get(&w->tones.text), when->end);
    if (any)
        pm_str_add(w->out, "</style>\n");
    pm_str_finish(&w->frames.text);
    pm_str_finish(&w->variables.text);
    pm_str_finish(&w->tones.text);
}
