/* Simplification of lines on the page. Places are whole tenths of a pixel, so that all that is
 * asked of them is exact. */
#ifndef PM_GEO_SIMPLIFY_H
#define PM_GEO_SIMPLIFY_H

#include "geo/spots.h"

#define PM_PER_PIXEL 10
#define PM_TENTH_MAX (1 << 29) /* coordinates lie within ±this: products of differences fit */

struct pm_spot_line {
    uint32_t first, count; /* of the points; no two in a row are equal */
    uint32_t least;        /* as many points stay at least; the ends always do */
};

/* Removes points whose triangle with their neighbours is smaller than twice_area / 2, the least first,
 * but none whose triangle holds a point of any line. So lines that meet only in their points don't
 * cross or touch afterwards where they did not before, and what is left of a line does not depend on
 * the order of lines. Points move up within their line's range, whose count becomes what is left. `twice_area` counts up to
 * 2^32 - 1. */
void pm_simplify(struct pm_spot *points, size_t point_count, struct pm_spot_line *lines,
                 size_t line_count, int64_t twice_area);

#endif
