#include <cairo-pdf.h>
#include <limits.h>

#include "output/output.h"
#include "output/paint.h"
#include "output/pdf_tags.h"
#include "base/banned.h"

#define POINTS_PER_INCH 72.0
#define MM_PER_INCH 25.4

static cairo_status_t append(void *user, const unsigned char *data, unsigned int length)
{
    pm_str_addn(user, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_text(cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *text)
{
    if (text && *text)
        cairo_pdf_surface_set_metadata(surface, key, text);
}

/* The dates are the map's own, as cairo would take the clock's otherwise. */
static void set_metadata(cairo_surface_t *surface, const struct pm_scene *scene)
{
    struct pm_str date = {0};
    pm_str_addf(&date, "%sT00:00:00Z", scene->date ? scene->date : "1970-01-01");
    set_text(surface, CAIRO_PDF_METADATA_TITLE, scene->title);
    set_text(surface, CAIRO_PDF_METADATA_AUTHOR, scene->author);
    set_text(surface, CAIRO_PDF_METADATA_SUBJECT, scene->description);
    set_text(surface, CAIRO_PDF_METADATA_KEYWORDS, scene->keywords);
    set_text(surface, CAIRO_PDF_METADATA_CREATOR, "provmap");
    set_text(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.s);
    set_text(surface, CAIRO_PDF_METADATA_MOD_DATE, date.s);
    pm_str_finish(&date);
}

/* cairo forgets what was drawn before something that covers the page, and the tags with it, but not where there
 * is a clip. */
static void draw_nodes(const struct pm_scene *scene, struct pm_fonts *fonts,
                       struct pm_pdf_tags *tags)
{
    cairo_rectangle(tags->cr, 0, 0, scene->width, scene->height);
    cairo_clip(tags->cr);
    pm_pdf_tags_begin(tags);
    pm_paint_background(scene, tags->cr);
    for (size_t i = 0; i < scene->nodes.n; i++) {
        pm_pdf_tags_before(tags, &scene->nodes.v[i]);
        pm_paint_node(scene, fonts, tags->cr, &scene->nodes.v[i]);
        pm_pdf_tags_after(tags, &scene->nodes.v[i]);
    }
    pm_pdf_tags_end(tags);
}

static void tell_untold(struct pm_diags *diags)
{
    pm_warning(diags, "pdf-untold", (struct pm_place){0},
               "the PDF lacks its language and the map in words: cairo %s wrote it in a way that "
               "provmap does not know",
               cairo_version_string());
    pm_help(diags, "give the map in words beside it (--alt-text), or use cairo 1.16");
}

/* From version 1.5 on, cairo says what text glyphs stand for where they don't say so themselves, and cairo 1.18 puts
 * objects into compressed streams, where pm_pdf_update finds none. A version that it does not know switches on the
 * former alone (1.16 to 1.18); the catalog then says 1.5. */
static void restrict_version(cairo_surface_t *surface)
{
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_restrict_to_version(surface, (cairo_pdf_version_t)INT_MAX);
}

static cairo_status_t draw(const struct pm_scene *scene, struct pm_fonts *fonts,
                           struct pm_pdf_tags *tags, struct pm_str *file)
{
    bool mm = scene->width_mm > 0;
    double width = mm ? scene->width_mm / MM_PER_INCH : scene->width / scene->dpi;
    double height = mm ? scene->height_mm / MM_PER_INCH : scene->height / scene->dpi;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, file, width * POINTS_PER_INCH, height * POINTS_PER_INCH);
    restrict_version(surface);
    set_metadata(surface, scene);
    tags->cr = cairo_create(surface);
    tags->scale = height * POINTS_PER_INCH / scene->height;
    cairo_scale(tags->cr, width * POINTS_PER_INCH / scene->width, tags->scale);
    draw_nodes(scene, fonts, tags);
    cairo_status_t status = cairo_status(tags->cr);
    cairo_destroy(tags->cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

bool pm_write_pdf(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_str *out,
                  struct pm_diags *diags)
{
    struct pm_pdf_tags tags = {.scene = scene};
    struct pm_str file = {0};
    cairo_status_t status = draw(scene, fonts, &tags, &file);
    if (status != CAIRO_STATUS_SUCCESS)
        pm_error(diags, PM_FAULT_INTERNAL, "cairo", (struct pm_place){0}, "cairo: %s",
                 cairo_status_to_string(status));
    else if (!pm_pdf_update(&file, tags.edits.v, tags.edits.n))
        tell_untold(diags);
    pm_str_addn(out, pm_str_get(&file), file.n);
    pm_str_finish(&file);
    pm_pdf_tags_finish(&tags);
    return status == CAIRO_STATUS_SUCCESS;
}
