/* Seams. Two neighbours that meet within a pixel cover, say, 0.4 and 0.6 of it. Painted one after the
 * other they leave 0.6 * 0.4 of the ground, a hairline along every border. So the pieces of a mosaic
 * are not painted where they cover a pixel in part: their colours are added up, weighted by coverage,
 * and the ground gets what share is left when all are known. */
#include "output/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Coverage is rounded for each piece: from here on the ground has no part in a pixel. */
enum { COVERED = 252 };

/* A pixel that pieces cover in part: where it is, what lies beneath, and their colours times their
 * coverage. Meanwhile the pixel itself holds the index of its share. */
struct share {
    size_t pixel;
    uint32_t ground;
    uint16_t r, g, b, coverage;
};

enum { MOST_SHARES = 1 << 24 }; /* so that no opaque colour looks like an index */

struct pm_canvas {
    struct pm_raster *raster;
    struct pm_covers *covers; /* or NULL */
    uint32_t *pixels;
    int stride;
    PM_VEC(struct share) shares; /* of the open mosaic */
    size_t size;                 /* of `pixels` */
    uint8_t
        *mask; /* how much of each pixel a path covers, 0 between uses; NULL until it is needed */
};

static uint32_t opaque(pm_color c)
{
    return 0xFF000000 | c >> 8;
}

struct pm_canvas *pm_canvas_new(uint32_t *pixels, int width, int height, int stride,
                                pm_color background, struct pm_covers *covers)
{
    struct pm_canvas *canvas = pm_xrealloc(NULL, 1, sizeof *canvas);
    *canvas = (struct pm_canvas){.raster = pm_raster_new(width, height),
                                 .covers = covers,
                                 .pixels = pixels,
                                 .stride = stride};
    canvas->size = (size_t)height * (size_t)stride;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            pixels[(ptrdiff_t)y * stride + x] = opaque(background);
    return canvas;
}

void pm_canvas_free(struct pm_canvas *canvas)
{
    if (!canvas)
        return;
    pm_raster_free(canvas->raster);
    pm_vec_finish(&canvas->shares);
    free(canvas->mask);
    free(canvas);
}

void pm_canvas_clip(struct pm_canvas *canvas, struct pm_box box)
{
    pm_raster_clip(canvas->raster, box);
}

/* ---- blending ------------------------------------------------------------------------------------ */

/* v * share / 255 for two channels in bits 0..7 and 16..23, rounded; the sum of two shares that make
 * 255 can't overflow. */
static uint32_t scaled_pair(uint32_t pair, unsigned share)
{
    uint32_t v = (pair & 0xFF00FF) * share + 0x800080;
    return (v + (v >> 8 & 0xFF00FF)) >> 8 & 0xFF00FF;
}

static uint32_t scaled(uint32_t pixel, unsigned share)
{
    return scaled_pair(pixel, share) | scaled_pair(pixel >> 8, share) << 8;
}

static uint32_t mixed_pair(uint32_t over, uint32_t under, unsigned share)
{
    uint32_t v = (over & 0xFF00FF) * share + (under & 0xFF00FF) * (255 - share) + 0x800080;
    return (v + (v >> 8 & 0xFF00FF)) >> 8 & 0xFF00FF;
}

/* `share` of 255 of `over`, the rest `under`. */
static uint32_t mixed(uint32_t over, uint32_t under, unsigned share)
{
    return mixed_pair(over, under, share) | mixed_pair(over >> 8, under >> 8, share) << 8;
}

static unsigned product(unsigned a, unsigned b)
{
    return (a * b + 127) / 255;
}

struct job {
    struct pm_canvas *canvas;
    struct pm_ink ink;
};

static void fill(struct job *job, const struct pm_path *path, enum pm_fill_rule rule,
                 pm_run_fn *run)
{
    pm_covers_draw(job->canvas->covers, job->canvas->raster,
                   (struct pm_shape){.path = path, .rule = rule}, run, job);
}

static void stroke(struct job *job, const struct pm_path *path, double width, pm_run_fn *run)
{
    pm_covers_draw(job->canvas->covers, job->canvas->raster,
                   (struct pm_shape){.path = path, .width = width}, run, job);
}

static void color_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct job *job = user;
    uint32_t *row = job->canvas->pixels + (ptrdiff_t)y * job->canvas->stride;
    uint32_t color = opaque(job->ink.color);
    unsigned share = product(coverage, job->ink.color & 0xFF);
    if (x1 - x0 == 1) /* most runs, at edges */
        row[x0] = mixed(color, row[x0], share);
    else if (share == 255)
        for (int x = x0; x < x1; x++)
            row[x] = color;
    else
        for (int x = x0; x < x1; x++)
            row[x] = mixed(color, row[x], share);
}

static void tile_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct job *job = user;
    int side = job->ink.side;
    uint32_t *row = job->canvas->pixels + (ptrdiff_t)y * job->canvas->stride;
    const uint32_t *tile = job->ink.tile + (ptrdiff_t)(y % side) * side;
    for (int x = x0; x < x1; x++) {
        uint32_t over = tile[x % side];
        if (coverage < 255)
            over = scaled(over, coverage);
        if (over >> 24)
            row[x] = over + scaled(row[x], 255 - (over >> 24));
    }
}

void pm_canvas_fill(struct pm_canvas *canvas, const struct pm_path *path, enum pm_fill_rule rule,
                    struct pm_ink ink)
{
    struct job job = {canvas, ink};
    fill(&job, path, rule, ink.tile ? tile_run : color_run);
}

void pm_canvas_stroke(struct pm_canvas *canvas, const struct pm_path *path, double width,
                      pm_color color)
{
    struct job job = {canvas, {.color = color}};
    stroke(&job, path, width, color_run);
}

/* ---- strokes within their path ----------------------------------------------------------------- */

static void mask_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct job *job = user;
    memset(job->canvas->mask + (ptrdiff_t)y * job->canvas->stride + x0, (int)coverage,
           (size_t)(x1 - x0));
}

static void unmask_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    (void)coverage;
    mask_run(user, y, x0, x1, 0);
}

static void inner_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct job *job = user;
    const uint8_t *mask = job->canvas->mask + (ptrdiff_t)y * job->canvas->stride;
    for (int x = x0; x < x1; x++)
        if (mask[x])
            color_run(user, y, x, x + 1, product(coverage, mask[x]));
}

void pm_canvas_stroke_inner(struct pm_canvas *canvas, const struct pm_path *path, double width,
                            pm_color color)
{
    struct job job = {canvas, {.color = color}};
    if (!canvas->mask) {
        canvas->mask = pm_xrealloc(NULL, canvas->size, 1);
        memset(canvas->mask, 0, canvas->size);
    }
    fill(&job, path, PM_EVEN_ODD, mask_run);
    stroke(&job, path, width, inner_run);
    fill(&job, path, PM_EVEN_ODD, unmask_run);
}

/* ---- mosaics ------------------------------------------------------------------------------------- */

/* Pieces that overlap, against the rules, can't share more than the pixel. */
static void add_share(struct share *s, uint32_t color, unsigned coverage)
{
    unsigned left = 255U - s->coverage, own = coverage < left ? coverage : left;
    s->r = (uint16_t)(s->r + own * (color >> 16 & 0xFF));
    s->g = (uint16_t)(s->g + own * (color >> 8 & 0xFF));
    s->b = (uint16_t)(s->b + own * (color & 0xFF));
    s->coverage = (uint16_t)(s->coverage + own);
}

static struct share *share_of(struct pm_canvas *canvas, size_t pixel)
{
    uint32_t *p = &canvas->pixels[pixel];
    if (*p < canvas->shares.n && canvas->shares.v[*p].pixel == pixel)
        return &canvas->shares.v[*p];
    if (canvas->shares.n == MOST_SHARES)
        pm_canvas_end_mosaic(canvas);
    pm_vec_push(&canvas->shares, (struct share){.pixel = pixel, .ground = *p});
    *p = (uint32_t)canvas->shares.n - 1;
    return &canvas->shares.v[*p];
}

static void piece_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct job *job = user;
    size_t row = (size_t)y * (size_t)job->canvas->stride;
    unsigned share = product(coverage, job->ink.color & 0xFF);
    if (share == 255)
        color_run(user, y, x0, x1, coverage);
    else
        for (int x = x0; x < x1; x++)
            add_share(share_of(job->canvas, row + (size_t)x), opaque(job->ink.color), share);
}

void pm_canvas_piece(struct pm_canvas *canvas, const struct pm_path *path, pm_color color)
{
    struct job job = {canvas, {.color = color}};
    fill(&job, path, PM_EVEN_ODD, piece_run);
}

static uint32_t settled(const struct share *s)
{
    unsigned whole = s->coverage >= COVERED ? s->coverage : 255, rest = whole - s->coverage;
    uint32_t r = (s->r + rest * (s->ground >> 16 & 0xFF) + whole / 2) / whole;
    uint32_t g = (s->g + rest * (s->ground >> 8 & 0xFF) + whole / 2) / whole;
    uint32_t b = (s->b + rest * (s->ground & 0xFF) + whole / 2) / whole;
    return 0xFF000000 | r << 16 | g << 8 | b;
}

/* A pixel without its index is one that a later piece covers, against the rules. */
void pm_canvas_end_mosaic(struct pm_canvas *canvas)
{
    for (size_t i = 0; i < canvas->shares.n; i++) {
        const struct share *share = &canvas->shares.v[i];
        if (canvas->pixels[share->pixel] == i)
            canvas->pixels[share->pixel] = settled(share);
    }
    canvas->shares.n = 0;
}
