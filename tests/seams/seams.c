/* Do neighbours show seams? A mosaic of crooked quadrilaterals, in one colour or two, is drawn through
 * the writers; what a viewer makes of it is held against the exact blend of each pixel.
 *
 *   seams make NAME COLOURS WAY     writes NAME.png, NAME.svg and NAME.pdf; COLOURS: one, two
 *   seams measure FILE.png COLOURS  prints the largest difference of 255
 *
 * WAY: mosaic, as provmap does it; plain, each piece for itself; beneath, one path of each colour beneath
 * the pieces. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo.h>

#include "base/diag.h"
#include "geo/shape.h"
#include "output/output.h"

enum { SIDE = 400, CELLS = 24, MARGIN = 20 };

static const pm_color ground = 0xFFFFFFFF;
static const pm_color palette[] = {0xDF524BFF, 0x2979CCFF};

struct piece {
    struct pm_pt ring[4];
    pm_color color;
};

/* xorshift: G. Marsaglia 2003 */
static double random_share(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed / 4294967296.0;
}

/* On hundredths, as scenes are. */
static double on_grid(double v)
{
    return round(v * 100) / 100;
}

static void make_pieces(struct piece *pieces, int colors)
{
    struct pm_pt corners[CELLS + 1][CELLS + 1];
    double step = (double)SIDE / CELLS;
    uint32_t seed = 2463534242;
    for (int i = 0; i <= CELLS; i++)
        for (int k = 0; k <= CELLS; k++) {
            double x = (k + 0.7 * random_share(&seed) - 0.35) * step;
            double y = (i + 0.7 * random_share(&seed) - 0.35) * step;
            corners[i][k] = (struct pm_pt){on_grid(x), on_grid(y)};
        }
    for (int i = 0; i < CELLS; i++)
        for (int k = 0; k < CELLS; k++)
            pieces[i * CELLS + k] = (struct piece){
                {corners[i][k], corners[i][k + 1], corners[i + 1][k + 1], corners[i + 1][k]},
                palette[(int)(random_share(&seed) * colors)]};
}

/* ---- make ---------------------------------------------------------------------------------------- */

static void add_beneath(struct pm_scene *scene, const struct piece *pieces, pm_color color)
{
    struct pm_path path = {0};
    for (int i = 0; i < CELLS * CELLS; i++)
        if (pieces[i].color == color)
            pm_path_ring(&path, pieces[i].ring, 4);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = color});
    pm_path_finish(&path);
}

static void make_scene(struct pm_scene *scene, const struct piece *pieces, const char *way)
{
    struct pm_path path = {0};
    *scene = (struct pm_scene){.width = SIDE,
                               .height = SIDE,
                               .dpi = 96,
                               .background = ground,
                               .lang = "en",
                               .dir = "ltr",
                               .id_prefix = "s",
                               .class_prefix = "s",
                               .family = "sans"};
    for (int i = 0; i < 2 && strcmp(way, "beneath") == 0; i++)
        add_beneath(scene, pieces, palette[i]);
    for (int i = 0; i < CELLS * CELLS; i++) {
        pm_path_ring(&path, pieces[i].ring, 4);
        pm_scene_path(
            scene, NULL, &path,
            (struct pm_paint){.fill = pieces[i].color, .mosaic = strcmp(way, "mosaic") == 0});
    }
    pm_path_finish(&path);
}

static bool write_file(const char *name, const char *ending, const struct pm_str *data)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s", name, ending);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool whole = fwrite(data->s, 1, data->n, file) == data->n;
    return fclose(file) == 0 && whole;
}

static bool make(const char *name, const struct piece *pieces, const char *way)
{
    struct pm_str png = {0}, svg = {0}, pdf = {0};
    struct pm_scene scene;
    struct pm_diags *diags = pm_diags_new();
    make_scene(&scene, pieces, way);
    pm_write_svg(&scene, NULL, NULL, NULL, &(struct pm_svg_options){0}, &svg);
    bool good = pm_write_png(&scene, NULL, NULL, (struct pm_packing){0}, &png, diags) &&
                pm_write_pdf(&scene, NULL, &pdf, diags) && write_file(name, ".png", &png) &&
                write_file(name, ".svg", &svg) && write_file(name, ".pdf", &pdf);
    pm_str_finish(&png);
    pm_str_finish(&svg);
    pm_str_finish(&pdf);
    pm_scene_finish(&scene);
    pm_diags_free(diags);
    return good;
}

/* ---- measure ------------------------------------------------------------------------------------- */

static void add_piece(double (*exact)[3], const struct piece *piece, int x, int y,
                      struct pm_arena *arena)
{
    size_t count = 0;
    struct pm_pt *cut = pm_clip_ring(piece->ring, 4, pm_box_of(x, y, 1, 1), arena, &count);
    double share = count ? fabs(pm_ring_area(cut, count)) : 0;
    for (int c = 0; c < 3; c++)
        exact[y * SIDE + x][c] += share * (double)(piece->color >> (24 - 8 * c) & 0xFF);
}

/* Colours of all pixels, weighted by area. */
static double (*exact_blend(const struct piece *pieces))[3]
{
    double(*exact)[3] = calloc(SIDE * SIDE, sizeof *exact);
    struct pm_arena arena = {0};
    for (int i = 0; exact && i < CELLS * CELLS; i++) {
        struct pm_box box = {0};
        for (int k = 0; k < 4; k++)
            pm_box_add(&box, pieces[i].ring[k], k == 0);
        for (int y = (int)fmax(0, floor(box.y0)); y < fmin(SIDE, box.y1); y++)
            for (int x = (int)fmax(0, floor(box.x0)); x < fmin(SIDE, box.x1); x++)
                add_piece(exact, &pieces[i], x, y, &arena);
    }
    pm_arena_finish(&arena);
    return exact;
}

static double largest_difference(cairo_surface_t *surface, double (*exact)[3])
{
    const unsigned char *data = cairo_image_surface_get_data(surface);
    double largest = 0;
    for (int y = MARGIN; y < SIDE - MARGIN; y++)
        for (int x = MARGIN; x < SIDE - MARGIN; x++) {
            const void *row = data + (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
            uint32_t pixel = ((const uint32_t *)row)[x];
            for (int c = 0; c < 3; c++)
                largest = fmax(
                    largest, fabs((double)(pixel >> (16 - 8 * c) & 0xFF) - exact[y * SIDE + x][c]));
        }
    return largest;
}

static bool measure(const char *path, const struct piece *pieces)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
                cairo_image_surface_get_width(surface) == SIDE &&
                cairo_image_surface_get_height(surface) == SIDE;
    double(*exact)[3] = exact_blend(pieces);
    if (good && exact)
        printf("%.0f\n", largest_difference(surface, exact));
    free(exact);
    cairo_surface_destroy(surface);
    return good;
}

int main(int argc, char **argv)
{
    static struct piece pieces[CELLS * CELLS];
    if (argc < 4)
        return 2;
    make_pieces(pieces, strcmp(argv[3], "two") == 0 ? 2 : 1);
    if (strcmp(argv[1], "make") == 0 && argc == 5)
        return make(argv[2], pieces, argv[4]) ? 0 : 1;
    return strcmp(argv[1], "measure") == 0 && measure(argv[2], pieces) ? 0 : 1;
}
