#include "text/glyphs.h"

#include <math.h>

#include "base/str.h"
#include "text/draw.h"
#include "text/fonts_private.h"
#include "base/banned.h"

#define NEARLY 0.05 /* units: cairo's coordinates are multiples of 1/256 */

/* ---- outlines -------------------------------------------------------------------------------- */

static struct pm_pt whole(struct pm_pt p)
{
    return (struct pm_pt){round(p.x), round(p.y)};
}

/* From `end` two thirds of the way to `control`. */
static struct pm_pt raised(struct pm_pt end, struct pm_pt control)
{
    return (struct pm_pt){end.x + (control.x - end.x) * 2 / 3, end.y + (control.y - end.y) * 2 / 3};
}

/* Rounds the points of a curve from `start` (`from`, before it was rounded). Where it is a quadratic with
 * its degree raised, which is all that cairo tells of those of TrueType fonts, its control point is rounded. */
static void round_curve(struct pm_pt from, struct pm_pt start, struct pm_pt *p)
{
    struct pm_pt a = {(3 * p[0].x - from.x) / 2, (3 * p[0].y - from.y) / 2};
    struct pm_pt b = {(3 * p[1].x - p[2].x) / 2, (3 * p[1].y - p[2].y) / 2};
    bool quadratic = fabs(a.x - b.x) < NEARLY && fabs(a.y - b.y) < NEARLY;
    struct pm_pt end = whole(p[2]), control = whole(a);
    p[0] = quadratic ? raised(start, control) : whole(p[0]);
    p[1] = quadratic ? raised(end, control) : whole(p[1]);
    p[2] = end;
}

/* Whole units keep the file small, and are a seventieth of a px in a name. */
static void round_path(struct pm_path *path)
{
    struct pm_pt from = {0, 0}, start = {0, 0}, *p = path->points.v;
    for (size_t i = 0; i < path->ops.n; i++) {
        size_t count = path->ops.v[i] == PM_CURVE ? 3 : path->ops.v[i] == PM_CLOSE ? 0 : 1;
        if (!count)
            continue; /* what follows begins with a move */
        struct pm_pt to = p[count - 1];
        if (count == 3)
            round_curve(from, start, p);
        else
            *p = whole(*p);
        from = to;
        start = p[count - 1];
        p += count;
    }
}

static cairo_t *scratch(struct pm_fonts *fonts)
{
    if (!fonts->scratch) {
        cairo_surface_t *none = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
        fonts->scratch = cairo_create(none);
        cairo_surface_destroy(none);
    }
    return fonts->scratch;
}

/* A font, and what it is called: whatever its size, where that changes nothing but the size. */
struct face {
    PangoFont *font;
    char *name;
    double em; /* px: its size */
};

/* PM_GLYPH_EM large. */
static struct pm_path trace(struct pm_fonts *fonts, const struct face *face, PangoGlyph glyph)
{
    struct pm_path path = {0};
    cairo_t *cr = scratch(fonts);
    const cairo_glyph_t at = {.index = glyph};
    cairo_save(cr);
    cairo_scale(cr, PM_GLYPH_EM / face->em, PM_GLYPH_EM / face->em);
    cairo_set_scaled_font(cr, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(face->font)));
    cairo_new_path(cr);
    cairo_glyph_path(cr, &at, 1);
    cairo_restore(cr);
    pm_path_take(&path, cr);
    round_path(&path);
    return path;
}

static struct face face_of(PangoFont *font, double em, bool sized)
{
    PangoFontDescription *described = pango_font_describe(font);
    if (!sized)
        pango_font_description_unset_fields(described, PANGO_FONT_MASK_SIZE);
    struct face face = {font, pango_font_description_to_string(described), em};
    pango_font_description_free(described);
    return face;
}

static void face_finish(struct face *face)
{
    g_free(face->name);
}

/* The outline's number, which a later run with the same glyph finds again. */
static size_t outline_of(struct pm_fonts *fonts, const struct face *face, PangoGlyph glyph)
{
    struct pm_str key = {0};
    size_t index = 0;
    pm_str_addf(&key, "%u %s", glyph, face->name);
    if (!pm_index_get(&fonts->outlined, key.s, &index)) {
        struct pm_outline outline = {.path = trace(fonts, face, glyph)};
        struct pm_str data = {0};
        pm_path_data(&outline.path, &data);
        outline.data = pm_strdup(&fonts->keys, pm_str_get(&data));
        pm_str_finish(&data);
        index = fonts->outlines.n;
        pm_vec_push(&fonts->outlines, outline);
        pm_index_set(&fonts->outlined, &fonts->keys, key.s, index);
    }
    pm_str_finish(&key);
    return index;
}

const struct pm_path *pm_glyph_outline(const struct pm_fonts *fonts, size_t outline)
{
    return &fonts->outlines.v[outline].path;
}

const char *pm_glyph_data(const struct pm_fonts *fonts, size_t outline)
{
    return fonts->outlines.v[outline].data;
}

/* ---- runs ------------------------------------------------------------------------------------ */

struct setting {
    struct pm_fonts *fonts;
    struct pm_glyph *glyphs;
    size_t count;
    const struct pm_run *run;
    double scale;     /* to the run's size … */
    struct pm_pt pen; /* … from what is laid out, px */
};

static void set_item(struct setting *s, const PangoGlyphItem *item)
{
    bool aside = pm_text_is_aside(s->run, item);
    struct face face = face_of(item->item->analysis.font, s->run->font.size / s->scale,
                               pm_fonts_are_sized(s->fonts, s->run->s));
    double unit = 1.0 / PANGO_SCALE;
    for (int i = 0; i < item->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &item->glyphs->glyphs[i];
        if (info->glyph != PANGO_GLYPH_EMPTY && !(info->glyph & PANGO_GLYPH_UNKNOWN_FLAG)) {
            size_t outline = outline_of(s->fonts, &face, info->glyph);
            struct pm_pt at = {(s->pen.x + info->geometry.x_offset * unit) * s->scale,
                               (s->pen.y + info->geometry.y_offset * unit) * s->scale};
            if (s->fonts->outlines.v[outline].path.ops.n)
                s->glyphs[s->count++] = (struct pm_glyph){outline, at, aside};
        }
        s->pen.x += info->geometry.width * unit;
    }
    face_finish(&face);
}

static struct pm_setting set_run(struct pm_fonts *fonts, const struct pm_run *run)
{
    double left = 0;
    const GSList *items = pm_text_set(fonts, run, &left);
    size_t most = 0;
    for (const GSList *p = items; p; p = p->next)
        most += (size_t)((const PangoGlyphItem *)p->data)->glyphs->num_glyphs;
    struct setting s = {.fonts = fonts,
                        .glyphs = PM_NEW_N(&fonts->keys, struct pm_glyph, most),
                        .run = run,
                        .scale = pm_text_scale(fonts, &run->font, run->s),
                        .pen = {left, 0}};
    for (; items; items = items->next)
        set_item(&s, items->data);
    return (struct pm_setting){s.glyphs, s.count};
}

size_t pm_text_glyphs(struct pm_fonts *fonts, const struct pm_run *run,
                      const struct pm_glyph **glyphs)
{
    struct pm_str key = {0};
    size_t index = 0;
    pm_str_whole(&key, run->anchor);
    pm_str_addc(&key, '|');
    pm_str_whole(&key, (int64_t)run->aside);
    pm_str_addc(&key, '|');
    pm_text_add_key(&key, fonts, &run->font, run->s, run->lang);
    if (!pm_index_get(&fonts->set, key.s, &index)) {
        struct pm_setting setting = set_run(fonts, run);
        index = fonts->settings.n;
        pm_vec_push(&fonts->settings, setting);
        pm_index_set(&fonts->set, &fonts->keys, key.s, index);
    }
    pm_str_finish(&key);
    *glyphs = fonts->settings.v[index].glyphs;
    return fonts->settings.v[index].count;
}
