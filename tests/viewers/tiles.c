/* Compares two pictures by tiles: tiles WANTED GOT BOUND [SPARE]. Viewers smooth edges in ways of their own, so single
 * pixels tell little; but a label, mark or texture that is missing, moved or of another colour changes all of
 * its tile. Each picture is blurred a little, then the mean of the differences in each tile is taken (0..255).
 * GOT may be up to SPARE pixels wider and higher: a page that WANTED stands on, and where it does is found.
 * Prints the worst tile, and those over BOUND; ends 1 if there are any. */
#include <cairo.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { TILE = 20, STEP = 5, SHRINK = 8, MOST_TOLD = 5 };

struct picture {
    cairo_surface_t *surface;
    const unsigned char *data;
    int stride; /* bytes */
    int w, h;
    int x0, y0; /* where that begins which is compared */
};

static struct picture picture_of(cairo_surface_t *surface)
{
    return (struct picture){.surface = surface,
                            .data = cairo_image_surface_get_data(surface),
                            .stride = cairo_image_surface_get_stride(surface),
                            .w = cairo_image_surface_get_width(surface),
                            .h = cairo_image_surface_get_height(surface)};
}

static int channel(const struct picture *p, int x, int y, int shift)
{
    const unsigned char *row = p->data + (ptrdiff_t)(p->y0 + y) * p->stride;
    return (int)(((const uint32_t *)(const void *)row)[p->x0 + x] >> shift & 0xFF);
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

/* Of one pixel in STEP by STEP; no more than what is known to be too much. */
static double offset_difference(const struct picture *a, const struct picture *b, double most)
{
    double sum = 0;
    for (int y = 0; y < a->h; y += STEP)
        for (int x = 0; x < a->w && sum < most; x += STEP)
            for (int shift = 0; shift < 24; shift += 8)
                sum += abs(channel(a, x, y, shift) - channel(b, x, y, shift));
    return sum;
}

static struct picture shrunk(const struct picture *p)
{
    cairo_surface_t *out =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, p->w / SHRINK, p->h / SHRINK);
    cairo_t *cr = cairo_create(out);
    cairo_scale(cr, 1.0 / SHRINK, 1.0 / SHRINK);
    cairo_set_source_surface(cr, p->surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_flush(out);
    return picture_of(out);
}

/* Moves b to where a fits best, at most REACH from where it is. */
static void find(const struct picture *a, struct picture *b, int reach)
{
    struct picture best = *b, at = *b;
    double least = INFINITY;
    for (at.y0 = b->y0 > reach ? b->y0 - reach : 0; at.y0 <= b->y0 + reach && at.y0 + a->h <= b->h;
         at.y0++)
        for (at.x0 = b->x0 > reach ? b->x0 - reach : 0;
             at.x0 <= b->x0 + reach && at.x0 + a->w <= b->w; at.x0++) {
            double d = offset_difference(a, &at, least);
            if (d < least) {
                least = d;
                best = at;
            }
        }
    *b = best;
}

/* Makes b the part of it that a fits best: in small first, for speed. */
static void find_on_page(const struct picture *a, struct picture *b, int spare)
{
    struct picture small_a = shrunk(a), small_b = shrunk(b);
    find(&small_a, &small_b, spare / SHRINK + 1);
    b->x0 = small_b.x0 * SHRINK;
    b->y0 = small_b.y0 * SHRINK;
    find(a, b, SHRINK);
    b->w = a->w;
    b->h = a->h;
    cairo_surface_destroy(small_a.surface);
    cairo_surface_destroy(small_b.surface);
}

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        return 2;
    struct picture a = picture_of(cairo_image_surface_create_from_png(argv[1]));
    struct picture b = picture_of(cairo_image_surface_create_from_png(argv[2]));
    double bound = atof(argv[3]), worst = 0;
    int spare = argc == 5 ? atoi(argv[4]) : 0, over = 0, worst_x = 0, worst_y = 0;
    if (cairo_surface_status(a.surface) || cairo_surface_status(b.surface) || a.w == 0 ||
        a.w > b.w || b.w > a.w + spare || a.h > b.h || b.h > a.h + spare) {
        printf("sizes that don't fit: %dx%d and %dx%d\n", a.w, a.h, b.w, b.h);
        return 1;
    }
    find_on_page(&a, &b, spare);
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
