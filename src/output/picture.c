/* Who paints what: fills, round strokes and text are the canvas's (raster.c): there cairo is slow, or
 * leaves seams. Mitred and dashed strokes, few and short, are cairo's, and so are the tiles of
 * textures. Both paint on the same pixels. */
#include "output/picture.h"

#include <math.h>
#include <stdlib.h>

#include "output/canvas.h"
#include "output/paint.h"
#include "text/draw.h"
#include "base/banned.h"

struct tile {
    cairo_surface_t *surface;
    int side;
};

struct painter {
    const struct pm_scene *scene;
    struct pm_fonts *fonts;
    struct pm_plate *plate;
    cairo_surface_t *surface;
    cairo_t *cr;
    struct pm_canvas *canvas;
    struct tile *tiles;          /* by pattern */
    PM_VEC(struct pm_box) clips; /* of the open groups */
};

/* A square that repeats without a seam, as its side is whole. */
static struct tile make_tile(const struct pm_pattern *pattern)
{
    struct tile tile = {.side = (int)pm_pattern_side(pattern)};
    tile.surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, tile.side, tile.side);
    cairo_t *cr = cairo_create(tile.surface);
    pm_paint_texture(cr, pattern, pm_box_of(0, 0, tile.side, tile.side));
    cairo_destroy(cr);
    cairo_surface_flush(tile.surface);
    return tile;
}

/* Rows of an ARGB32 surface lie close, as a pixel is as wide as rows are aligned. */
static struct pm_ink tile_ink(struct painter *p, int pattern)
{
    const struct pm_pattern *of = &p->scene->patterns.v[pattern - 1];
    struct tile *tile = &p->tiles[pattern - 1];
    if (!tile->surface)
        *tile = make_tile(of);
    const void *pixels = cairo_image_surface_get_data(tile->surface);
    return (struct pm_ink){.tile = pixels, .side = tile->side, .pattern = *of};
}

/* ---- nodes --------------------------------------------------------------------------------------- */

static void begin(struct painter *p, const struct pm_node *node)
{
    struct pm_box clip = p->clips.v[p->clips.n - 1];
    if (!pm_box_empty(node->clip)) {
        struct pm_box own = {round(node->clip.x0), round(node->clip.y0), round(node->clip.x1),
                             round(node->clip.y1)};
        clip = pm_box_cut(clip, own);
        pm_canvas_clip(p->canvas, clip);
    }
    pm_vec_push(&p->clips, clip);
}

static void end(struct painter *p)
{
    pm_canvas_clip(p->canvas, p->clips.v[--p->clips.n - 1]);
}

static void fill(struct painter *p, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    if (paint->pattern)
        pm_canvas_fill(p->canvas, &node->path, PM_EVEN_ODD, tile_ink(p, paint->pattern));
    else if (pm_color_alpha(paint->fill) <= 0)
        return;
    else if (paint->mosaic)
        pm_canvas_piece(p->canvas, &node->path, paint->fill);
    else
        pm_canvas_fill(p->canvas, &node->path, PM_EVEN_ODD, (struct pm_ink){.color = paint->fill});
}

/* Of the canvas: a line of cairo's. */
static void draw_line(void *user, const struct pm_step *step)
{
    struct painter *p = user;
    struct pm_raster_area a = step->area;
    cairo_surface_mark_dirty(p->surface);
    cairo_save(p->cr);
    cairo_rectangle(p->cr, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0);
    cairo_clip(p->cr);
    pm_paint_stroke(p->cr, step->path, &step->line);
    cairo_restore(p->cr);
    cairo_surface_flush(p->surface);
}

static void stroke(struct painter *p, const struct pm_node *node)
{
    const struct pm_paint *paint = &node->paint;
    if (pm_color_alpha(paint->stroke) <= 0 || paint->width <= 0)
        return;
    if (paint->inner) {
        pm_canvas_stroke_inner(p->canvas, &node->path, paint->width, paint->stroke);
        return;
    }
    if (paint->round && paint->dash[0] <= 0) {
        pm_canvas_stroke(p->canvas, &node->path, paint->width, paint->stroke);
        return;
    }
    /* with mitres; soft edges reach a pixel farther */
    double reach = PM_MITRE_LIMIT * paint->width + 2;
    pm_canvas_line(p->canvas, &node->path, paint, reach);
}

static void draw_text(struct painter *p, const struct pm_run *run)
{
    const struct pm_path *text = pm_text_drawn(p->fonts, p->cr, run, PM_TEXT_WHOLE);
    if (pm_color_alpha(run->halo) > 0 && run->halo_width > 0)
        pm_canvas_stroke(p->canvas, text, 2 * run->halo_width, run->halo);
    if (run->aside) {
        text = pm_text_drawn(p->fonts, p->cr, run, PM_TEXT_ASIDE);
        pm_canvas_fill(p->canvas, text, PM_NONZERO, (struct pm_ink){.color = run->aside_color});
        text = pm_text_drawn(p->fonts, p->cr, run, PM_TEXT_MAIN);
    }
    pm_canvas_fill(p->canvas, text, PM_NONZERO, (struct pm_ink){.color = run->color});
}

static void draw(struct painter *p, const struct pm_node *node)
{
    if (node->kind != PM_NODE_PATH || !node->paint.mosaic)
        pm_canvas_end_mosaic(p->canvas);
    switch (node->kind) {
    case PM_NODE_BEGIN:
        begin(p, node);
        break;
    case PM_NODE_END:
        end(p);
        break;
    case PM_NODE_PATH:
        fill(p, node);
        stroke(p, node);
        break;
    case PM_NODE_TEXT:
        draw_text(p, &node->run);
        break;
    }
}

static void draw_all(struct painter *p, int width, int height)
{
    struct pm_arena arena = {0};
    uint32_t *pixels = (void *)cairo_image_surface_get_data(p->surface);
    int stride = cairo_image_surface_get_stride(p->surface) / (int)sizeof *pixels;
    p->canvas = pm_canvas_new(pixels, width, height, stride, p->scene->background, p->plate);
    pm_canvas_lines(p->canvas, draw_line, p);
    p->tiles = PM_NEW_N(&arena, struct tile, p->scene->patterns.n);
    pm_vec_push(&p->clips, pm_box_of(0, 0, width, height));
    for (size_t i = 0; i < p->scene->nodes.n; i++)
        draw(p, &p->scene->nodes.v[i]);
    pm_canvas_finish(p->canvas);
    cairo_surface_mark_dirty(p->surface);
    for (size_t i = 0; i < p->scene->patterns.n; i++)
        if (p->tiles[i].surface)
            cairo_surface_destroy(p->tiles[i].surface);
    pm_canvas_free(p->canvas);
    pm_vec_finish(&p->clips);
    pm_arena_finish(&arena);
}

/* The plate's pixels, or memory as it is, as the canvas paints all of it; cairo would clear it first. */
static cairo_surface_t *make_surface(struct pm_plate *plate, int width, int height,
                                     pm_color background)
{
    static const cairo_user_data_key_t pixels_key;
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, width);
    void *kept = pm_plate_begin(plate, width, height, background), *own = NULL;
    if (!kept && stride > 0)
        own = pm_xrealloc(NULL, (size_t)height, (size_t)stride);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        kept ? kept : own, CAIRO_FORMAT_RGB24, width, height, stride);
    if (cairo_surface_set_user_data(surface, &pixels_key, own, free) != CAIRO_STATUS_SUCCESS)
        free(own);
    return surface;
}

cairo_surface_t *pm_picture(const struct pm_scene *scene, struct pm_fonts *fonts,
                            struct pm_plate *plate, cairo_status_t *status)
{
    int width = (int)lround(scene->width), height = (int)lround(scene->height);
    struct painter p = {.scene = scene, .fonts = fonts, .plate = plate};
    p.surface = make_surface(plate, width, height, scene->background);
    p.cr = cairo_create(p.surface);
    if (cairo_status(p.cr) == CAIRO_STATUS_SUCCESS)
        draw_all(&p, width, height);
    *status = cairo_status(p.cr);
    if (*status != CAIRO_STATUS_SUCCESS && pm_plate_keeps(plate))
        pm_plate_give_up(plate);
    cairo_destroy(p.cr);
    return p.surface;
}
