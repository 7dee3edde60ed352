/* Compares two PNG files of equal size: compare_png WANTED GOT TOLERANCE [PICTURE]. Ends 0 if no
 * channel of any pixel differs by more than TOLERANCE; else says how many do and writes a picture
 * of three panels: wanted, difference, got. */
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t pixel(cairo_surface_t *s, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(s) + (ptrdiff_t)y * cairo_image_surface_get_stride(s);
    return ((const uint32_t *)(const void *)row)[x];
}

static int difference(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF));
        most = d > most ? d : most;
    }
    return most;
}

static void write_panels(const char *path, cairo_surface_t *a, cairo_surface_t *b, int tolerance)
{
    int w = cairo_image_surface_get_width(a), h = cairo_image_surface_get_height(a);
    cairo_surface_t *panels = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 3 * w, h);
    cairo_t *cr = cairo_create(panels);
    cairo_set_source_surface(cr, a, 0, 0);
    cairo_paint(cr);
    cairo_set_source_surface(cr, b, 2 * w, 0);
    cairo_paint(cr);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            double d = difference(pixel(a, x, y), pixel(b, x, y)) > tolerance ? 0 : 1;
            cairo_set_source_rgb(cr, 1, d, d);
            cairo_rectangle(cr, w + x, y, 1, 1);
            cairo_fill(cr);
        }
    cairo_destroy(cr);
    cairo_surface_write_to_png(panels, path);
    cairo_surface_destroy(panels);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    cairo_surface_t *a = cairo_image_surface_create_from_png(argv[1]);
    cairo_surface_t *b = cairo_image_surface_create_from_png(argv[2]);
    int w = cairo_image_surface_get_width(a), h = cairo_image_surface_get_height(a);
    int tolerance = atoi(argv[3]), worst = 0;
    long differing = 0;
    if (cairo_surface_status(a) || cairo_surface_status(b) || w == 0 ||
        w != cairo_image_surface_get_width(b) || h != cairo_image_surface_get_height(b)) {
        printf("%s: not two pictures of one size\n", argv[2]);
        return 1;
    }
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int d = difference(pixel(a, x, y), pixel(b, x, y));
            worst = d > worst ? d : worst;
            differing += d > tolerance;
        }
    if (differing) {
        printf("%s: %ld pixels differ, by up to %d\n", argv[2], differing, worst);
        if (argc > 4)
            write_panels(argv[4], a, b, tolerance);
    }
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    return differing > 0;
}
