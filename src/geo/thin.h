/* Thinning: layers without what a page can't show. What is left has the same features and parts, by
 * number. */
#ifndef PM_GEO_THIN_H
#define PM_GEO_THIN_H

#include "geo/frame.h"
#include "model/atlas.h"

/* Side of the cells for a page of so many px per metre, grid units: a power of two, at most a quarter
 * of a pixel, so that no point moves by more than an eighth; 0 if they are too small to matter. */
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
