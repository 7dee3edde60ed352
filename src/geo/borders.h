/* Are the areas' borders shared, as they must be for maps without gaps and double lines? */
#ifndef PM_GEO_BORDERS_H
#define PM_GEO_BORDERS_H

#include "geo/topology.h"

struct pm_borders {
    size_t inner, outer; /* arcs between two areas, and between an area and the outside */
    size_t overused;     /* uses of segments beyond two */
    /* Vertices of outer arcs that lie near another area's border and are no vertex of it: there the
     * areas leave a gap or overlap a little. */
    size_t near_misses;
    struct pm_grid near_miss; /* the first of them */
    size_t overlaps;          /* vertices of outer arcs that lie inside another area */
    struct pm_grid overlap;   /* the first of them */
};

/* `tolerance` in degrees: what counts as near. The topology must be of areas alone. Expected time
 * n log n for borders that are not all at one latitude; scratch memory in `arena`. */
void pm_borders_check(const struct pm_topology *topology, double tolerance, struct pm_arena *arena,
                      struct pm_borders *out);

#endif
