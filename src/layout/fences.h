/* Fences: the borders in sight, which labels should not cross. */
#ifndef PM_LAYOUT_FENCES_H
#define PM_LAYOUT_FENCES_H

#include "geo/cells.h"
#include "layout/draft.h"
#include "layout/footprint.h"

struct pm_fence_segment {
    struct pm_pt from, to;
    uint32_t fence;
};

/* In the draft's arena. */
struct pm_fences {
    double *costs;     /* by fence */
    uint32_t *crossed; /* by fence: the number of the last footprint that met it */
    uint32_t asked;    /* the number of the footprint in hand */
    struct pm_fence_segment *segments;
    struct pm_cells cells; /* of the segments' boxes */
};

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *fences);
/* Cost of crossing the fences that a label meets; infinite for a change of side. */
double pm_fences_cost(struct pm_fences *fences, const struct pm_footprint *ground);

#endif
