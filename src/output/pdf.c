#include <cairo-pdf.h>

#include "output/output.h"
#include "output/paint.h"
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

bool pm_write_pdf(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_str *out,
                  struct pm_diags *diags)
{
    bool mm = scene->width_mm > 0;
    double width = mm ? scene->width_mm / MM_PER_INCH : scene->width / scene->dpi;
    double height = mm ? scene->height_mm / MM_PER_INCH : scene->height / scene->dpi;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, out, width * POINTS_PER_INCH, height * POINTS_PER_INCH);
    set_metadata(surface, scene);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, width * POINTS_PER_INCH / scene->width,
                height * POINTS_PER_INCH / scene->height);
    pm_paint_scene(scene, fonts, cr);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        pm_error(diags, PM_FAULT_INTERNAL, "cairo", (struct pm_place){0}, "cairo: %s",
                 cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}
