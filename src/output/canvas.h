/* The canvas: pixels that paths are painted on. Opaque; native words 0xFFRRGGBB, as cairo's RGB24. */
#ifndef PM_OUTPUT_CANVAS_H
#define PM_OUTPUT_CANVAS_H

#include "output/covers.h"

struct pm_canvas;

/* What to paint with: a colour, or a square tile of whole pixels that repeats from the page's origin. */
struct pm_ink {
    pm_color color;
    const uint32_t *tile; /* premultiplied 0xAARRGGBB, side * side; or NULL */
    int side;
};

/* On pixels of the caller's, `stride` of them a row; all of them become `background`. `covers` may be NULL. */
struct pm_canvas *pm_canvas_new(uint32_t *pixels, int width, int height, int stride,
                                pm_color background, struct pm_covers *covers);
void pm_canvas_free(struct pm_canvas *canvas);

void pm_canvas_clip(struct pm_canvas *canvas, struct pm_box box);
void pm_canvas_fill(struct pm_canvas *canvas, const struct pm_path *path, enum pm_fill_rule rule,
                    struct pm_ink ink);
/* Round joins and caps. */
void pm_canvas_stroke(struct pm_canvas *canvas, const struct pm_path *path, double width,
                      pm_color color);

/* Of a stroke what lies within the path: even-odd. */
void pm_canvas_stroke_inner(struct pm_canvas *canvas, const struct pm_path *path, double width,
                            pm_color color);

/* A mosaic is painted as a whole: where several of its pieces meet in a pixel, each has its share of
 * it, and nothing of what lies beneath is left. Begins with the first piece; even-odd. */
void pm_canvas_piece(struct pm_canvas *canvas, const struct pm_path *path, pm_color color);
void pm_canvas_end_mosaic(struct pm_canvas *canvas);

#endif
