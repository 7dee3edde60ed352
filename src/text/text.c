#include "text/text.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "model/text.h"
#include "text/fonts_private.h"
#include "base/banned.h"

#define MARGIN 1e-4 /* of a text's width: nearer to its room, Pango says whether it breaks */

/* em that a byte of a text takes at most: the widest of signs take ten for three bytes. */
#define WIDEST_BYTE 4.0

/* px that the text is laid out in. */
static double em_of(const struct pm_fonts *fonts, const struct pm_font *font, const char *s)
{
    double em = pm_fonts_are_sized(fonts, s) ? font->size : PM_TEXT_EM;
    double most = (double)strlen(s) * (WIDEST_BYTE + fmax(0, font->spacing / font->size));
    while (most * em > (double)INT_MAX / PANGO_SCALE)
        em /= 2;
    return em;
}

double pm_text_scale(const struct pm_fonts *fonts, const struct pm_font *font, const char *s)
{
    return font->size / em_of(fonts, font, s);
}

/* -1: one line, however wide. */
static int width_units(double width, double scale)
{
    return width < 0 ? -1 : (int)floor(fmin(width * PANGO_SCALE / scale, INT_MAX));
}

/* ---- keys ------------------------------------------------------------------------------------ */

void pm_key_number(struct pm_str *key, double value)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    pm_str_reserve(key, 2 * sizeof bits + 1);
    for (; bits; bits >>= 4)
        key->s[key->n++] = digits[bits & 15];
    pm_str_addc(key, '|');
}

/* A short name for the families: keys are many, and these the longest part of each. */
static size_t number_of_family(struct pm_fonts *fonts, const char *family)
{
    size_t i = 0;
    while (i < fonts->families.n && strcmp(fonts->families.v[i], family) != 0)
        i++;
    if (i == fonts->families.n)
        pm_vec_push(&fonts->families, pm_strdup(&fonts->keys, family));
    return i;
}

void pm_text_add_key(struct pm_str *key, struct pm_fonts *fonts, const struct pm_font *font,
                     const char *s, const char *lang)
{
    size_t length = strlen(s);
    pm_str_reserve(key, length + 100);
    pm_key_number(key, font->size);
    pm_key_number(key, font->spacing);
    pm_str_whole(key, font->weight);
    pm_str_add(key, font->italic ? "i|" : "|");
    pm_str_whole(key, (int64_t)number_of_family(fonts, font->family));
    pm_str_addc(key, '|');
    pm_str_add(key, lang ? lang : "");
    pm_str_addc(key, '|');
    pm_str_addn(key, s, length);
}

/* ---- setting --------------------------------------------------------------------------------- */

static PangoFontDescription *describe(const struct pm_font *font, double scale)
{
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, font->family);
    pango_font_description_set_absolute_size(d, font->size / scale * PANGO_SCALE);
    pango_font_description_set_weight(d, (PangoWeight)font->weight);
    pango_font_description_set_style(d, font->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return d;
}

/* U+06F0 to U+06F9: DB B0 to DB B9 */
static bool is_digit(const char *s)
{
    return (unsigned char)s[0] == 0xDB && (unsigned char)s[1] >= 0xB0 &&
           (unsigned char)s[1] <= 0xB9;
}

bool pm_text_digits(const char *s, const char *lang, size_t from, struct pm_range *out)
{
    const char *at = s + from;
    if (pm_lang_covers("ur", lang) || pm_lang_covers("sd", lang) || pm_lang_covers("ks", lang))
        return false;
    while (*at && !is_digit(at))
        at++;
    if (!*at)
        return false;
    out->first = (size_t)(at - s);
    for (out->count = 0; is_digit(at); at += 2)
        out->count += 2;
    return true;
}

static PangoAttrList *attributes(const struct pm_font *font, const char *s, const char *lang,
                                 bool hyphens, double scale)
{
    PangoAttrList *list = pango_attr_list_new();
    if (font->spacing != 0)
        pango_attr_list_insert(
            list, pango_attr_letter_spacing_new((int)lround(font->spacing * PANGO_SCALE / scale)));
    pango_attr_list_insert(list, pango_attr_language_new(pango_language_from_string(lang)));
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(hyphens));
    for (struct pm_range digits = {0};
         pm_text_digits(s, lang, digits.first + digits.count, &digits);) {
        PangoAttribute *plain = pango_attr_font_features_new("locl=0");
        plain->start_index = (guint)digits.first;
        plain->end_index = (guint)(digits.first + digits.count);
        pango_attr_list_insert(list, plain);
    }
    return list;
}

/* Is the engine's one layout set to this text already? If not, it is known from now on as set to it. */
static bool is_laid(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                    const char *lang, double width)
{
    struct pm_str key = {0};
    pm_key_number(&key, width);
    pm_text_add_key(&key, fonts, font, s, lang);
    bool laid = strcmp(key.s, pm_str_get(&fonts->laid)) == 0;
    pm_str_finish(&fonts->laid);
    fonts->laid = key;
    return laid;
}

/* The engine's one layout, set to this text; width -1: one line. */
static PangoLayout *set(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                        const char *lang, double width)
{
    pm_fonts_load_for(fonts, s);
    if (is_laid(fonts, font, s, lang, width))
        return fonts->layout;
    double scale = pm_text_scale(fonts, font, s);
    PangoFontDescription *description = describe(font, scale);
    PangoAttrList *list = attributes(font, s, lang, width >= 0, scale);
    pango_layout_set_font_description(fonts->layout, description);
    pango_layout_set_attributes(fonts->layout, list);
    pango_layout_set_width(fonts->layout, width_units(width, scale));
    pango_layout_set_wrap(fonts->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_single_paragraph_mode(fonts->layout, width < 0);
    pango_layout_set_text(fonts->layout, s, -1);
    pango_attr_list_unref(list);
    pango_font_description_free(description);
    return fonts->layout;
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* The first character that Pango draws as a box with its number. */
static uint32_t first_missing(PangoLayout *layout)
{
    const char *text = pango_layout_get_text(layout);
    const GSList *runs = pango_layout_get_line_readonly(layout, 0)->runs;
    for (; runs; runs = runs->next) {
        const PangoGlyphItem *item = runs->data;
        for (int i = 0; i < item->glyphs->num_glyphs; i++)
            if (item->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
                const char *at = text + item->item->offset + item->glyphs->log_clusters[i];
                return pm_utf8_next(&at);
            }
    }
    return 0;
}

static struct pm_extent measure(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                                const char *lang)
{
    PangoRectangle ink, logical;
    PangoLayout *layout = set(fonts, font, s, lang, -1);
    double unit = pm_text_scale(fonts, font, s) / PANGO_SCALE;
    pango_layout_get_extents(layout, &ink, &logical);
    int base = pango_layout_get_baseline(layout);
    struct pm_extent e = {.scripts = pm_scripts_in(s),
                          .width = logical.width * unit,
                          .ascent = (base - logical.y) * unit,
                          .descent = (logical.y + logical.height - base) * unit};
    e.ink = pm_box_of(ink.x * unit, (ink.y - base) * unit, ink.width * unit, ink.height * unit);
    e.missing = (unsigned)pango_layout_get_unknown_glyphs_count(layout);
    if (e.missing)
        e.missing_char = first_missing(layout);
    return e;
}

struct pm_extent pm_text_measure(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                                 const char *lang)
{
    static const char capital[] = "H";
    struct pm_str *key = &fonts->key;
    size_t index = 0;
    key->n = 0;
    pm_text_add_key(key, fonts, font, s, lang);
    if (!pm_index_get(&fonts->measured, key->s, &index)) {
        struct pm_extent extent = measure(fonts, font, s, lang);
        if (extent.missing) {
            if (pm_fonts_load_rest(fonts))
                extent = measure(fonts, font, s, lang);
            extent.scripts = UINT_MAX; /* signs were looked for in the fonts of all */
        }
        extent.cap_height = strcmp(s, capital) == 0
                                ? -extent.ink.y0
                                : pm_text_measure(fonts, font, capital, "en").cap_height;
        index = fonts->extents.n;
        pm_vec_push(&fonts->extents, extent);
        key->n = 0; /* the capital's, until here */
        pm_text_add_key(key, fonts, font, s, lang);
        pm_index_set(&fonts->measured, &fonts->keys, key->s, index);
    }
    fonts->met |= fonts->extents.v[index].scripts;
    return fonts->extents.v[index];
}

/* ---- wrapping -------------------------------------------------------------------------------- */

/* The isolate before `end` that is not closed there, 0 if there is none. They do not nest: see
 * layout/type.h. */
static uint32_t open_isolate(const char *s, const char *end)
{
    uint32_t open = 0;
    while (s < end) {
        uint32_t c = pm_utf8_next(&s);
        if (c == PM_ISOLATE_LTR || c == PM_ISOLATE_RTL)
            open = c;
        else if (c == PM_ISOLATE_END)
            open = 0;
    }
    return open;
}

/* Do words of the text's last letter's script take hyphens where they are broken? */
static bool takes_hyphens(const char *text)
{
    GUnicodeScript script = G_UNICODE_SCRIPT_COMMON;
    while (*text) {
        uint32_t c = pm_utf8_next(&text);
        script = g_unichar_isalpha(c) ? g_unichar_get_script(c) : script;
    }
    return script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_CYRILLIC ||
           script == G_UNICODE_SCRIPT_GREEK || script == G_UNICODE_SCRIPT_ARMENIAN;
}

/* Was the line broken within a word, or at a soft hyphen? */
static bool is_broken_inside(const PangoLayoutLine *line)
{
    for (const GSList *runs = line->runs; runs; runs = runs->next) {
        const PangoItem *item = ((const PangoGlyphItem *)runs->data)->item;
        if (item->offset + item->length == line->start_index + line->length &&
            item->analysis.flags & PANGO_ANALYSIS_FLAG_NEED_HYPHEN)
            return true;
    }
    return false;
}

static const char *trimmed(const char *s, size_t length, struct pm_arena *arena)
{
    while (length > 0 && s[length - 1] == ' ')
        length--;
    return pm_strndup(arena, s, length);
}

/* The line's text as it stands alone. One that begins with a word of the other direction than its
 * paragraph's gets a mark, or it would be set in that direction; one that begins within a part that is
 * set apart opens that again. */
static const char *line_text(const PangoLayoutLine *line, const char *s, struct pm_arena *arena)
{
    bool rtl = line->resolved_dir == PANGO_DIRECTION_RTL;
    const char *start = s + line->start_index;
    const char *text = trimmed(start, (size_t)line->length, arena);
    uint32_t isolate = open_isolate(s, start);
    struct pm_str out = {0};
    if (*text && pm_text_rtl(text) != rtl)
        pm_str_add_char(&out, rtl ? 0x200F : 0x200E);
    if (isolate)
        pm_str_add_char(&out, isolate);
    pm_str_add(&out, text);
    if (is_broken_inside(line) && takes_hyphens(text) && !pm_ends_with(text, "-"))
        pm_str_add(&out, "-");
    text = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return text;
}

/* Most texts, and the same ones again and again where a page tries its forms: those that are known to need
 * no second line. */
static bool is_one_line(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                        const char *lang, double width)
{
    return !strpbrk(s, "\r\n") && !strstr(s, "\u2029") &&
           pm_text_measure(fonts, font, s, lang).width * (1 + MARGIN) <= width;
}

/* The fonts keep it, until they are trimmed: notes are set again on each form that a page tries, and on each map of a
 * series. */
static const struct pm_wrap *wrap(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                                  const char *lang, double width)
{
    struct pm_str key = {0};
    size_t index = 0;
    pm_key_number(&key, width);
    pm_text_add_key(&key, fonts, font, s, lang);
    if (!pm_index_get(&fonts->wrapped, key.s, &index)) {
        PangoLayout *layout = set(fonts, font, s, lang, width);
        struct pm_wrap made = {.count = (size_t)pango_layout_get_line_count(layout)};
        made.lines = PM_NEW_N(&fonts->keys, const char *, made.count);
        for (size_t i = 0; i < made.count; i++)
            made.lines[i] =
                line_text(pango_layout_get_line_readonly(layout, (int)i), s, &fonts->keys);
        index = fonts->wraps.n;
        pm_vec_push(&fonts->wraps, made);
        pm_index_set(&fonts->wrapped, &fonts->keys, key.s, index);
    }
    pm_str_finish(&key);
    return &fonts->wraps.v[index];
}

size_t pm_text_wrap(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                    const char *lang, double width, struct pm_arena *arena, const char ***lines)
{
    if (is_one_line(fonts, font, s, lang, width)) {
        *lines = PM_NEW(arena, const char *);
        **lines = trimmed(s, strlen(s), arena);
        return 1;
    }
    const struct pm_wrap *known = wrap(fonts, font, s, lang, fmax(width, font->size));
    *lines = PM_NEW_N(arena, const char *, known->count);
    for (size_t i = 0; i < known->count; i++)
        (*lines)[i] = pm_strdup(arena, known->lines[i]);
    return known->count;
}

/* Hebrew, Arabic and their neighbours: the blocks whose letters run from the right. */
static bool is_rtl_block(uint32_t c)
{
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFF) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

/* By the first letter, as rule P2 of the Unicode bidirectional algorithm has it; digits are none. */
bool pm_text_rtl(const char *s)
{
    while (*s) {
        uint32_t c = pm_utf8_next(&s);
        if (c == 0x200E || c == 0x200F || g_unichar_isalpha(c))
            return c == 0x200F || is_rtl_block(c);
    }
    return false;
}

/* ---- setting for those who draw ----------------------------------------------------------------- */

/* Where the run's layout begins, px to the right of the run's point. */
static double left_of(PangoLayout *layout, const struct pm_run *run)
{
    static const double shares[] = {0, 0.5, 1};
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return -pango_units_to_double(logical.width) * shares[run->anchor];
}

/* Pango shapes text before it looks at colours, so that these part its items and move no letter. */
static void color_aside(struct pm_fonts *fonts, const struct pm_run *run)
{
    if (!run->aside)
        return;
    pm_str_finish(&fonts->laid); /* it is another text then */
    PangoAttrList *list = pango_attr_list_copy(pango_layout_get_attributes(fonts->layout));
    PangoAttribute *ink = pango_attr_foreground_new(0, 0, 0); /* which one, the drawing knows */
    ink->start_index = (guint)run->aside;
    pango_attr_list_insert(list, ink);
    pango_layout_set_attributes(fonts->layout, list);
    pango_attr_list_unref(list);
}

bool pm_text_is_aside(const struct pm_run *run, const PangoGlyphItem *item)
{
    return run->aside && (size_t)item->item->offset >= run->aside;
}

const GSList *pm_text_set(struct pm_fonts *fonts, const struct pm_run *run, double *left)
{
    PangoLayout *layout = set(fonts, &run->font, run->s, run->lang, -1);
    color_aside(fonts, run);
    *left = left_of(layout, run);
    return pango_layout_get_line_readonly(layout, 0)->runs;
}
