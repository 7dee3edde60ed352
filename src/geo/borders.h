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
    /* Samples beside arcs that lie in more than one area: there the areas overlap. */
    size_t overlaps;
    struct pm_grid overlap; /* the first of them */
    bool unchecked;         /* the last two were not looked for: it would take too long */
};

struct pm_borders_options {
    double near; /* degrees: how far from another's border a near miss may be; 0 looks for none */
    double
        beside; /* degrees: how far from borders overlaps are looked for; narrower ones don't count */
};

/* Only areas count, not their neighbours. Expected time n log n for borders that are not all at one
 * latitude, and bounded for others; scratch memory in `arena`. */
void pm_borders_check(const struct pm_topology *topology, const struct pm_borders_options *options,
                      struct pm_arena *arena, struct pm_borders *out);

#endif
