/* The canvas: pixels that paths are painted on. Opaque; native words 0xFFRRGGBB, as cairo's RGB24. */
#ifndef PM_OUTPUT_CANVAS_H
#define PM_OUTPUT_CANVAS_H

#include "output/plate.h"

struct pm_canvas;

/* What the canvas does not draw itself: the step's path as its line says, within its area. */
typedef void pm_line_fn(void *user, const struct pm_step *step);

/* On pixels of the caller's, `stride` of them a row; all of them become `background`. With a plate that keeps the
 * picture, these are its pixels, and nothing is painted before pm_canvas_finish. `plate` may be NULL. */
struct pm_canvas *pm_canvas_new(uint32_t *pixels, int width, int height, int stride,
                                pm_color background, struct pm_plate *plate);
void pm_canvas_free(struct pm_canvas *canvas);
/* Lines are handed on to this; patterns and paths must live until the canvas is finished. */
void pm_canvas_lines(struct pm_canvas *canvas, pm_line_fn *draw, void *user);
void pm_canvas_finish(struct pm_canvas *canvas);

void pm_canvas_clip(struct pm_canvas *canvas, struct pm_box box);
void pm_canvas_fill(struct pm_canvas *canvas, const struct pm_path *path, enum pm_fill_rule rule,
                    struct pm_ink ink);
/* Round joins and caps. */
void pm_canvas_stroke(struct pm_canvas *canvas, const struct pm_path *path, double width,
                      pm_color color);

/* By the function that was given, which touches only pixels within half of `reach` of the path. */
void pm_canvas_line(struct pm_canvas *canvas, const struct pm_path *path,
                    const struct pm_paint *paint, double reach);

/* Of a stroke what lies within the path: even-odd. */
void pm_canvas_stroke_inner(struct pm_canvas *canvas, const struct pm_path *path, double width,
                            pm_color color);

/* A mosaic is painted as a whole: where several of its pieces meet in a pixel, each has its share of
 * it, and nothing of what lies beneath is left. Begins with the first piece; even-odd. */
void pm_canvas_piece(struct pm_canvas *canvas, const struct pm_path *path, pm_color color);
void pm_canvas_end_mosaic(struct pm_canvas *canvas);

#endif
