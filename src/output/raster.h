/* The rasteriser: which pixels a path covers, and how much of each. It knows no colours: coverage is
 * handed on in runs, row by row, left to right. Page coordinates, px; pixel (0, 0) spans 0..1. */
#ifndef PM_OUTPUT_RASTER_H
#define PM_OUTPUT_RASTER_H

#include "scene/scene.h"

struct pm_raster;

enum pm_fill_rule { PM_EVEN_ODD, PM_NONZERO };

/* Pixels x0 <= x < x1 of row y, covered to `coverage` (1..255). */
typedef void pm_run_fn(void *user, int y, int x0, int x1, unsigned coverage);

struct pm_raster *pm_raster_new(int width, int height);
void pm_raster_free(struct pm_raster *raster);

/* Only pixels inside the box count from here on; its sides are rounded to whole pixels. */
void pm_raster_clip(struct pm_raster *raster, struct pm_box box);
/* The picture, and the pixels of it that count. */
struct pm_raster_area {
    int width, height;
    int x0, y0, x1, y1;
};
struct pm_raster_area pm_raster_clipped(const struct pm_raster *raster);

/* Fills a path; open subpaths are closed. Coverage is the exact area. Contours that overlap within a
 * pixel add up there: nested and separate ones are exact under both rules, whatever way they run;
 * ones that share a side leave no gap if they run the same way round. */
void pm_raster_fill(struct pm_raster *raster, const struct pm_path *path, enum pm_fill_rule rule,
                    pm_run_fn *run, void *user);

/* Strokes a path with round joins and caps. The path is one shape: where it crosses or touches
 * itself nothing is covered twice. */
void pm_raster_stroke(struct pm_raster *raster, const struct pm_path *path, double width,
                      pm_run_fn *run, void *user);

/* The same of what lies within the path: even-odd. */
void pm_raster_stroke_inner(struct pm_raster *raster, const struct pm_path *path, double width,
                            pm_run_fn *run, void *user);

#endif
