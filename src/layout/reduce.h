/* Leaves out of a label problem what no best solution needs, before it is solved.
 *
 * Where a candidate of a label conflicts with none of the others, the label needs none that costs more. That frees
 * candidates of others, and so on. After rule L1 of Wagner, Wolff, Kapoor, Strijk, "Three rules suffice for good
 * label placement" (Algorithmica 30, 2001), with costs. */
#ifndef PM_LAYOUT_REDUCE_H
#define PM_LAYOUT_REDUCE_H

#include "layout/solve.h"

/* Shortens the labels' ranges, which are ascending by cost. `extents`: by candidate, the box around all of it. */
void pm_reduce_labels(const struct pm_candidate *candidates, const struct pm_box *extents,
                      struct pm_choice *labels, size_t count);

#endif
