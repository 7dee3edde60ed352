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
    struct pm_raster *own;        /* the same, unless it is the plate's */
    struct pm_covers *covers;     /* or NULL */
    struct pm_plate *plate;       /* that steps are noted on; NULL: they are painted at once */
    const struct pm_tiles *tiles; /* that are painted; NULL: all */
    pm_line_fn *draw_line;
    void *line_user;
    uint32_t *pixels;
    int width, height, stride;
    uint32_t background;
    PM_VEC(struct share) shares; /* of the open mosaic */
    bool open;                   /* a mosaic is */
    PM_VEC(uint32_t) saved;      /* pixels that a line may touch */
    size_t restored;             /* how many of them are seen to */
};

static uint32_t opaque(pm_color c)
{
    return 0xFF000000 | c >> 8;
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

static void settle(struct pm_canvas *canvas);

static struct share *share_of(struct pm_canvas *canvas, size_t pixel)
{
    uint32_t *p = &canvas->pixels[pixel];
    if (*p < canvas->shares.n && canvas->shares.v[*p].pixel == pixel)
        return &canvas->shares.v[*p];
    if (canvas->shares.n == MOST_SHARES)
        settle(canvas);
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

static uint32_t settled(const struct share *s)
{
    unsigned whole = s->coverage >= COVERED ? s->coverage : 255, rest = whole - s->coverage;
    uint32_t r = (s->r + rest * (s->ground >> 16 & 0xFF) + whole / 2) / whole;
    uint32_t g = (s->g + rest * (s->ground >> 8 & 0xFF) + whole / 2) / whole;
    uint32_t b = (s->b + rest * (s->ground & 0xFF) + whole / 2) / whole;
    return 0xFF000000 | r << 16 | g << 8 | b;
}

/* A pixel without its index is one that a later piece covers, against the rules. */
static void settle(struct pm_canvas *canvas)
{
    for (size_t i = 0; i < canvas->shares.n; i++) {
        const struct share *share = &canvas->shares.v[i];
        if (canvas->pixels[share->pixel] == i)
            canvas->pixels[share->pixel] = settled(share);
    }
    canvas->shares.n = 0;
}

/* ---- steps --------------------------------------------------------------------------------------- */

static void paint_background(struct pm_canvas *canvas)
{
    struct pm_tile_span all = {0, canvas->width};
    for (int y = 0; y < canvas->height; y++) {
        uint32_t *row = canvas->pixels + (ptrdiff_t)y * canvas->stride;
        int count = 1;
        const struct pm_tile_span *spans =
            canvas->tiles ? pm_tiles_spans(canvas->tiles, y, &count) : &all;
        for (int i = 0; i < count; i++)
            for (int x = spans[i].x0; x < spans[i].x1; x++)
                row[x] = canvas->background;
    }
}

struct pm_canvas *pm_canvas_new(uint32_t *pixels, int width, int height, int stride,
                                pm_color background, struct pm_plate *plate)
{
    struct pm_canvas *canvas = pm_xrealloc(NULL, 1, sizeof *canvas);
    bool kept = pm_plate_keeps(plate);
    struct pm_raster *own = kept ? NULL : pm_raster_new(width, height);
    *canvas = (struct pm_canvas){.raster = kept ? pm_plate_raster(plate) : own,
                                 .own = own,
                                 .covers = pm_plate_covers(plate),
                                 .plate = kept ? plate : NULL,
                                 .pixels = pixels,
                                 .width = width,
                                 .height = height,
                                 .stride = stride,
                                 .background = opaque(background)};
    if (!canvas->plate)
        paint_background(canvas);
    return canvas;
}

void pm_canvas_free(struct pm_canvas *canvas)
{
    if (!canvas)
        return;
    pm_raster_free(canvas->own);
    pm_vec_finish(&canvas->shares);
    pm_vec_finish(&canvas->saved);
    free(canvas);
}

void pm_canvas_lines(struct pm_canvas *canvas, pm_line_fn *draw, void *user)
{
    canvas->draw_line = draw;
    canvas->line_user = user;
}

void pm_canvas_clip(struct pm_canvas *canvas, struct pm_box box)
{
    pm_raster_clip(canvas->raster, box);
}

static void save_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct pm_canvas *canvas = user;
    size_t count = (size_t)(x1 - x0);
    (void)coverage;
    memcpy(canvas->saved.v + canvas->saved.n, canvas->pixels + (ptrdiff_t)y * canvas->stride + x0,
           count * sizeof *canvas->pixels);
    canvas->saved.n += count;
}

static void restore_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct pm_canvas *canvas = user;
    uint32_t *row = canvas->pixels + (ptrdiff_t)y * canvas->stride;
    (void)coverage;
    for (int x = x0, end; x < x1; x = end) {
        end = (x / PM_TILE_SIDE + 1) * PM_TILE_SIDE;
        end = end < x1 ? end : x1;
        if (!pm_tiles_any(canvas->tiles, y, x, end))
            memcpy(row + x, canvas->saved.v + canvas->restored, (size_t)(end - x) * sizeof *row);
        canvas->restored += (size_t)(end - x);
    }
}

/* Lines are drawn as a whole; where they are as they were before, that is undone. */
static void paint_line(struct pm_canvas *canvas, const struct pm_step *step)
{
    if (!canvas->tiles) {
        canvas->draw_line(canvas->line_user, step);
        return;
    }
    if (!pm_cover_meets(step->cover, canvas->tiles))
        return;
    canvas->saved.n = canvas->restored = 0;
    pm_vec_reserve(&canvas->saved, pm_cover_pixels(step->cover));
    pm_cover_draw(step->cover, NULL, save_run, canvas);
    canvas->draw_line(canvas->line_user, step);
    pm_cover_draw(step->cover, NULL, restore_run, canvas);
}

/* `shape` only if the step has no cover. */
static void paint(struct pm_canvas *canvas, const struct pm_step *step, struct pm_shape shape)
{
    struct job job = {canvas, step->ink};
    pm_run_fn *run = step->kind == PM_STEP_PIECE ? piece_run
                     : step->ink.tile            ? tile_run
                                                 : color_run;
    if (step->kind == PM_STEP_SETTLE)
        settle(canvas);
    else if (step->kind == PM_STEP_LINE)
        paint_line(canvas, step);
    else if (step->cover)
        pm_cover_draw(step->cover, canvas->tiles, run, &job);
    else
        pm_shape_draw(canvas->raster, shape, run, &job);
}

static void paint_noted(struct pm_canvas *canvas, const struct pm_tiles *tiles)
{
    const struct pm_steps *steps = pm_plate_steps(canvas->plate);
    canvas->plate = NULL;
    canvas->tiles = tiles;
    paint_background(canvas);
    for (size_t i = 0; i < steps->all.n; i++)
        paint(canvas, &steps->all.v[i], (struct pm_shape){0});
    canvas->tiles = NULL;
}

void pm_canvas_finish(struct pm_canvas *canvas)
{
    pm_canvas_end_mosaic(canvas);
    if (canvas->plate)
        paint_noted(canvas, pm_plate_compare(canvas->plate));
}

/* Notes the step if it can be compared; else all that was noted is painted, and so is what follows. */
static void put(struct pm_canvas *canvas, struct pm_step step, struct pm_shape shape)
{
    if (canvas->plate && (step.cover || step.kind == PM_STEP_SETTLE)) {
        pm_vec_push(&pm_plate_steps(canvas->plate)->all, step);
        return;
    }
    if (canvas->plate) {
        pm_plate_give_up(canvas->plate);
        paint_noted(canvas, NULL);
    }
    paint(canvas, &step, shape);
}

static void put_shape(struct pm_canvas *canvas, struct pm_step step, struct pm_shape shape)
{
    if (!shape.path->ops.n)
        return;
    step.cover = pm_cover_of(canvas->covers, canvas->raster, shape);
    put(canvas, step, shape);
}

void pm_canvas_fill(struct pm_canvas *canvas, const struct pm_path *path, enum pm_fill_rule rule,
                    struct pm_ink ink)
{
    put_shape(canvas, (struct pm_step){.ink = ink}, (struct pm_shape){.path = path, .rule = rule});
}

void pm_canvas_stroke(struct pm_canvas *canvas, const struct pm_path *path, double width,
                      pm_color color)
{
    put_shape(canvas, (struct pm_step){.ink.color = color},
              (struct pm_shape){.path = path, .width = width});
}

void pm_canvas_stroke_inner(struct pm_canvas *canvas, const struct pm_path *path, double width,
                            pm_color color)
{
    put_shape(canvas, (struct pm_step){.ink.color = color},
              (struct pm_shape){.path = path, .width = width, .inner = true});
}

void pm_canvas_piece(struct pm_canvas *canvas, const struct pm_path *path, pm_color color)
{
    canvas->open = true;
    put_shape(canvas, (struct pm_step){.kind = PM_STEP_PIECE, .ink.color = color},
              (struct pm_shape){.path = path});
}

void pm_canvas_end_mosaic(struct pm_canvas *canvas)
{
    if (canvas->open)
        put(canvas, (struct pm_step){.kind = PM_STEP_SETTLE}, (struct pm_shape){0});
    canvas->open = false;
}

void pm_canvas_line(struct pm_canvas *canvas, const struct pm_path *path,
                    const struct pm_paint *paint, double reach)
{
    put_shape(canvas,
              (struct pm_step){.kind = PM_STEP_LINE,
                               .line = *paint,
                               .path = path,
                               .area = pm_raster_clipped(canvas->raster)},
              (struct pm_shape){.path = path, .width = reach});
}
