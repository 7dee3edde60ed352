/* Thinning: layers without what a page can't show. What is left has the same features and parts, by
 * number; parts out of sight have no points. */
#ifndef PM_GEO_THIN_H
#define PM_GEO_THIN_H

#include "geo/frame.h"
#include "model/atlas.h"

/* A part of the globe, grid units. West <= east, which may be beyond 180 degrees. */
struct pm_window {
    int64_t west, east, south, north;
};

/* What a box of the page shows; all longitudes, or all latitudes to a pole, where that is not plain. */
struct pm_window pm_window_of(const struct pm_frame *frame, struct pm_box box);

/* The same layer, its parts outside the window without points. Points are shared. */
struct pm_layer pm_layer_in_sight(const struct pm_layer *layer, const struct pm_window *window,
                                  struct pm_arena *arena);

/* Side of the cells for a page of so many px per metre, grid units: a power of two, at most an eighth
 * of a pixel; 0 if they are too small to matter. */
int32_t pm_thin_cell(double scale);

/* Do they lie in one cell? Not if there are none. */
static inline bool pm_same_cell(struct pm_grid a, struct pm_grid b, int32_t cell)
{
    return cell && (((a.x ^ b.x) | (a.y ^ b.y)) & -cell) == 0;
}

/* How many points lie in the same cell as the one before. */
size_t pm_thin_gain(const struct pm_layer *layer, int32_t cell);

/* Moves each point to the middle of its cell and drops repeats: borders that are shared stay shared,
 * as where a point goes depends on nothing else. What a ring runs forth and back is left out of it. A
 * ring of which nothing is left becomes a triangle in its least cell, once for each feature and cell.
 * Longitudes of ±180 degrees stay, and nothing else gets there. */
struct pm_layer pm_thin_rings(const struct pm_layer *layer, int32_t cell, struct pm_arena *arena);
/* Lines keep their ends, and repeats are dropped: they match what they matched before. */
struct pm_layer pm_thin_lines(const struct pm_layer *layer, int32_t cell, struct pm_arena *arena);

#endif
