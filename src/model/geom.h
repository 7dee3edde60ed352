/* Points, boxes and ranges. Three coordinate spaces, three types, so that they can't be mixed:
 *
 *   pm_grid   longitude and latitude (WGS 84) as integers of 1e-7 degree (about 1 cm): all layers
 *             share this grid, so equality of shared vertices is exact
 *   pm_metre  projected, x east, y north, metres
 *   pm_pt     page, x right, y down, pixels of the output
 */
#ifndef PM_MODEL_GEOM_H
#define PM_MODEL_GEOM_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_GRID_PER_DEGREE 1e7

struct pm_grid {
    int32_t x, y;
};

struct pm_metre {
    double x, y;
};

struct pm_pt {
    double x, y;
};

/* Page box. Empty when x1 <= x0 or y1 <= y0; a zeroed box is empty. */
struct pm_box {
    double x0, y0, x1, y1;
};

/* Items first .. first + count - 1 of an array that the context names. */
struct pm_range {
    size_t first, count;
};

/* Rounds to the nearest, halves away from zero; for numbers within the range of int32_t. */
static inline int32_t pm_round(double x)
{
    int32_t whole = (int32_t)x;
    double rest = x - whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

/* What llround gives, inline, as all that is drawn is rounded several times. */
static inline int64_t pm_whole(double x)
{
    if (!(fabs(x) < 4503599627370496.0)) /* 2^52: beyond, all are whole */
        return llround(x);
    int64_t whole = (int64_t)x;
    double rest = x - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

/* Whole hundredths of a px, as the writers print them. */
static inline int64_t pm_hundredths(double px)
{
    return pm_whole(px * 100);
}

/* Degrees, rounded to the grid. Inline, as atlases have millions. */
static inline struct pm_grid pm_grid_of(double lon, double lat)
{
    return (struct pm_grid){pm_round(lon * PM_GRID_PER_DEGREE), pm_round(lat * PM_GRID_PER_DEGREE)};
}

double pm_grid_lon(struct pm_grid p); /* degrees */
double pm_grid_lat(struct pm_grid p);

/* What follows of boxes is inline, as labels ask it millions of times. */

static inline struct pm_box pm_box_of(double x, double y, double w, double h)
{
    return (struct pm_box){x, y, x + w, y + h};
}

static inline double pm_box_w(struct pm_box b)
{
    return b.x1 - b.x0;
}

static inline double pm_box_h(struct pm_box b)
{
    return b.y1 - b.y0;
}

static inline bool pm_box_empty(struct pm_box b)
{
    return b.x1 <= b.x0 || b.y1 <= b.y0;
}

/* Do they share area? Touching edges don't. */
static inline bool pm_box_meets(struct pm_box a, struct pm_box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static inline bool pm_box_inside(struct pm_box inner, struct pm_box outer)
{
    return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 &&
           inner.y1 <= outer.y1;
}

static inline struct pm_box pm_box_grown(struct pm_box b, double by)
{
    return (struct pm_box){b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by};
}

/* An empty one does not count. */
static inline struct pm_box pm_box_union(struct pm_box a, struct pm_box b)
{
    if (pm_box_empty(a))
        return b;
    if (pm_box_empty(b))
        return a;
    return (struct pm_box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                           a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

struct pm_box pm_box_cut(struct pm_box a, struct pm_box b);
/* Inline, and without fmin and fmax, which are calls: atlases have millions of points, and none is NaN. */
static inline void pm_box_add(struct pm_box *b, struct pm_pt p, bool first)
{
    b->x0 = first || p.x < b->x0 ? p.x : b->x0;
    b->y0 = first || p.y < b->y0 ? p.y : b->y0;
    b->x1 = first || p.x > b->x1 ? p.x : b->x1;
    b->y1 = first || p.y > b->y1 ? p.y : b->y1;
}

/* Signed area of a closed ring (last point need not repeat the first), px²; positive when the ring
 * runs clockwise as seen on the page (y down). Shoelace formula. */
double pm_ring_area(const struct pm_pt *ring, size_t count);

#endif
