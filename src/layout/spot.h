/* Spots: where on the map a box of some size lies best. */
#ifndef PM_LAYOUT_SPOT_H
#define PM_LAYOUT_SPOT_H

#include "layout/mask.h"

/* What a position costs; INFINITY where the box must not lie. */
typedef double pm_spot_cost(const struct pm_draft *draft, struct pm_box box, const void *user);

/* The cheapest position of a lattice in the map's frame; an empty box if there is none. */
struct pm_box pm_spot_find(const struct pm_draft *draft, double w, double h, pm_spot_cost *cost,
                           const void *user);
/* Is the box off all that is taken? */
bool pm_spot_free(const struct pm_draft *draft, struct pm_box box);
/* The areas that a box of the map's own must not cover; those outside the focus hardly count. */
struct pm_mask pm_spot_areas(const struct pm_draft *draft);
/* What a box costs by what it covers; INFINITY where it would lie on areas in focus or on what is taken. */
double pm_spot_cover(const struct pm_draft *draft, const struct pm_mask *areas, struct pm_box box);
/* px from the nearest corner of the map's frame. */
double pm_spot_to_corner(const struct pm_draft *draft, struct pm_box box);

#endif
