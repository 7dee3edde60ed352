/* Fences: the borders in sight, which labels should not cross. */
#ifndef PM_LAYOUT_FENCES_H
#define PM_LAYOUT_FENCES_H

#include "layout/draft.h"

struct pm_fence {
    const struct pm_pt *points;
    size_t count;
    struct pm_box box; /* a little larger, so that a straight one is not empty */
    double cost;
};

/* In the draft's arena. A grid of cells over the map's frame knows which fences come near. */
struct pm_fences {
    struct pm_fence *fences;
    size_t count;
    struct pm_box frame;
    size_t columns, rows;
    size_t *firsts; /* by cell, row by row, and one more: its first item */
    size_t *items;  /* fences */
};

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *fences);
/* Cost of crossing the fences that a box meets. */
double pm_fences_cost(const struct pm_fences *fences, struct pm_box box);

#endif
