/* Spans: what of a stack of horizontal lines lies inside a polygon, found once, so that a box is
 * tested against the polygon without looking at its segments. */
#ifndef PM_GEO_SPANS_H
#define PM_GEO_SPANS_H

#include "base/vec.h"
#include "geo/shape.h"

struct pm_spans {
    double top, step; /* row k is the line at top + (k + 0.5) × step */
    uint32_t rows;
    uint32_t *firsts; /* by row, and one more: its first crossing */
    float *xs;        /* crossings, ascending in a row: pairs of them are spans inside, even-odd */
};

/* Rows between `top` and `bottom`, as far as the rings reach. Where the rings are a thicket, rows are
 * further apart than `step`: what is kept grows with the rings' points only. */
void pm_spans_make(struct pm_spans *spans, const struct pm_page_rings *rings, double top,
                   double bottom, double step, struct pm_arena *arena);

/* Crossings of the row nearest to y; none beyond the rows. */
struct pm_span_row {
    const float *xs;
    size_t count;
};
struct pm_span_row pm_spans_row(const struct pm_spans *spans, double y);
/* Is the point inside, to half a step? */
bool pm_spans_hold(const struct pm_spans *spans, struct pm_pt p);
/* Does at least this share (0..1) of the box lie inside? Rows count with what the box has of the strips about them. */
bool pm_spans_hold_box(const struct pm_spans *spans, struct pm_box box, double share);

/* What of a strip lies inside on each row in it: tells fast of many boxes as high as the strip which can't be held.
 * Zeroed before its first use; pm_strip_finish() frees it. */
struct pm_strip {
    double high, beyond; /* rows, and those of them that the spans have not */
    bool open;           /* no row lies wholly in it: nothing is known */
    PM_VEC(float) xs;    /* as of a row */
    PM_VEC(float) scratch;
};
void pm_strip_set(struct pm_strip *strip, const struct pm_spans *spans, double y0, double y1);
/* False only if pm_spans_hold_box() says so of the box from x0 to x1 and as high as the strip. */
bool pm_strip_may_hold(const struct pm_strip *strip, double x0, double x1, double share);
void pm_strip_finish(struct pm_strip *strip);

#endif
