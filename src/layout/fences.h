/* Fences: the borders in sight, which labels should not cross. */
#ifndef PM_LAYOUT_FENCES_H
#define PM_LAYOUT_FENCES_H

#include "layout/draft.h"
#include "layout/footprint.h"

/* In the draft's arena, but for the borders, which are the basemap's. */
struct pm_fences {
    const struct pm_border_segments *borders;
    double *costs;        /* by arc */
    uint32_t *crossed;    /* by arc: the number of the last footprint that met it */
    uint32_t asked;       /* the number of the footprint in hand */
    PM_VEC(uint32_t) met; /* by it */
};

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *fences);
void pm_fences_finish(struct pm_fences *fences);
/* Sets `met` to the arcs that a label lies on. */
void pm_fences_meet(struct pm_fences *fences, const struct pm_footprint *ground);
/* Cost of crossing arcs; infinite for a change of side. */
double pm_fences_sum(const struct pm_fences *fences, const uint32_t *arcs, size_t count);
/* … those that a label lies on. */
double pm_fences_cost(struct pm_fences *fences, const struct pm_footprint *ground);

/* Where the borders run, for the basemap: those of `arcs` in the frame. */
void pm_border_segments_make(struct pm_border_segments *borders, const struct pm_topology *topology,
                             const struct pm_page_arcs *arcs, struct pm_box frame,
                             struct pm_arena *arena);

#endif
