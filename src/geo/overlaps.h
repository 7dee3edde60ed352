/* Do areas lie over each other on the page? */
#ifndef PM_GEO_OVERLAPS_H
#define PM_GEO_OVERLAPS_H

#include "geo/shape.h"

/* Looks along lines across the box, PM_OVERLAP_STEP px apart, for stretches of more than a pixel that
 * lie in two areas, one below the other on two lines in a row; what is smaller is hardly seen. Returns
 * whether there are any, and the place of the topmost. Only areas count, not their neighbours. */
#define PM_OVERLAP_STEP 2
bool pm_page_overlap(const struct pm_topology *topology, const struct pm_page_arcs *page,
                     struct pm_box box, struct pm_pt *at);

#endif
