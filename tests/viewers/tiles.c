/* Compares two pictures by tiles: tiles WANTED GOT BOUND. Viewers smooth edges in ways of their own, so single
 * pixels tell little; but a label, mark or texture that is missing, moved or of another colour changes all of
 * its tile. Each picture is blurred a little, then the mean of the differences in each tile is taken (0..255).
 * Prints the worst tile, and those over BOUND; ends 1 if there are any. */
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { TILE = 20, MOST_TOLD = 5 };

struct picture {
    cairo_surface_t *surface;
    int w, h;
};

static struct picture read_picture(const char *path)
{
    struct picture p = {.surface = cairo_image_surface_create_from_png(path)};
    p.w = cairo_image_surface_get_width(p.surface);
    p.h = cairo_image_surface_get_height(p.surface);
    return p;
}

static int channel(const struct picture *p, int x, int y, int shift)
{
    const unsigned char *row = cairo_image_surface_get_data(p->surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(p->surface);
    return (int)(((const uint32_t *)(const void *)row)[x] >> shift & 0xFF);
}

/* Mean of the three by three pixels around. */
static double blurred(const struct picture *p, int x, int y, int shift)
{
    int sum = 0, count = 0;
    for (int j = y - 1; j <= y + 1; j++)
        for (int i = x - 1; i <= x + 1; i++)
            if (i >= 0 && j >= 0 && i < p->w && j < p->h) {
                sum += channel(p, i, j, shift);
                count++;
            }
    return (double)sum / count;
}

static double difference(const struct picture *a, const struct picture *b, int x, int y)
{
    double most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        double d = blurred(a, x, y, shift) - blurred(b, x, y, shift);
        d = d < 0 ? -d : d;
        most = d > most ? d : most;
    }
    return most;
}

static double tile_difference(const struct picture *a, const struct picture *b, int x0, int y0)
{
    double sum = 0;
    int count = 0;
    for (int y = y0; y < y0 + TILE && y < a->h; y++)
        for (int x = x0; x < x0 + TILE && x < a->w; x++) {
            sum += difference(a, b, x, y);
            count++;
        }
    return sum / count;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    struct picture a = read_picture(argv[1]), b = read_picture(argv[2]);
    double bound = atof(argv[3]), worst = 0;
    int over = 0, worst_x = 0, worst_y = 0;
    if (cairo_surface_status(a.surface) || cairo_surface_status(b.surface) || a.w == 0 ||
        a.w != b.w || a.h != b.h) {
        printf("not two pictures of one size: %dx%d and %dx%d\n", a.w, a.h, b.w, b.h);
        return 1;
    }
    for (int y = 0; y < a.h; y += TILE)
        for (int x = 0; x < a.w; x += TILE) {
            double d = tile_difference(&a, &b, x, y);
            if (d > worst) {
                worst = d;
                worst_x = x;
                worst_y = y;
            }
            if (d > bound && over++ < MOST_TOLD)
                printf("  at %d %d: %.1f\n", x, y, d);
        }
    printf("worst tile %.1f at %d %d, %d over %.1f\n", worst, worst_x, worst_y, over, bound);
    cairo_surface_destroy(a.surface);
    cairo_surface_destroy(b.surface);
    return over > 0;
}
