/* Which projection suits a region. */
#ifndef PM_GEO_CHOOSE_H
#define PM_GEO_CHOOSE_H

#include "geo/project.h"

/* A stretch of longitudes, degrees: west <= east, which is beyond 180 when it holds the antimeridian. */
struct pm_span {
    double west, east;
};

/* The smallest stretch that holds all spans, none of which holds the antimeridian: the circle without
 * the widest gap between them. Sorts `spans`. */
struct pm_span pm_span_around(struct pm_span *spans, size_t count);

/* Degrees; west <= east, possibly beyond 180. */
struct pm_region {
    double west, south, east, north;
};

/* The closed form that suits a region, and its parameters: standard parallels a sixth of the latitude
 * range from its edges for conics. The first chooses; the second has the kind given. */
struct pm_projection pm_projection_for(const struct pm_region *region);
struct pm_projection pm_projection_fit(enum pm_projection_kind kind,
                                       const struct pm_region *region);

#endif
