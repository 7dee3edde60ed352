/* Simplification of a line on the page. */
#ifndef PM_GEO_SIMPLIFY_H
#define PM_GEO_SIMPLIFY_H

#include "model/geom.h"

/* Removes points whose triangle with their neighbours is smaller than `area` px², the least first,
 * in place; the ends stay, and at least `least` points. Returns how many are left. */
size_t pm_simplify(struct pm_pt *points, size_t count, double area, size_t least);

#endif
