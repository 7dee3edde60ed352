/* Welding: vertices that neighbours mean to share but give a little differently become one. */
#ifndef PM_GEO_WELD_H
#define PM_GEO_WELD_H

#include "model/atlas.h"

/* Moves each point of layers of these kinds (polygons, or boundaries) to the first one before it, in
 * their order, that is within `reach` grid units each way, if there is one; equal points stay equal.
 * Points at ±180 degrees and at the poles stay, and nothing gets there. A ring or line that would
 * vanish keeps its own points. Returns how many distinct points moved; if any, the layers' points and
 * parts are replaced, and repeats left out. `layers` is by kind. */
size_t pm_weld(struct pm_layer *layers, const enum pm_layer_kind *kinds, size_t kind_count,
               int32_t reach, struct pm_arena *arena);

#endif
