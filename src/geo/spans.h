/* Spans: what of a stack of horizontal lines lies inside a polygon, found once, so that a box is
 * tested against the polygon without looking at its segments. */
#ifndef PM_GEO_SPANS_H
#define PM_GEO_SPANS_H

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

#endif
