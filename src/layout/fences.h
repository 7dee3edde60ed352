/* Fences: the borders in sight, which labels should not cross. */
#ifndef PM_LAYOUT_FENCES_H
#define PM_LAYOUT_FENCES_H

#include "layout/draft.h"
#include "layout/footprint.h"

/* In the draft's arena, but for the borders, which are the basemap's. */
struct pm_fences {
    const struct pm_border_segments *borders;
    double *costs;     /* by arc */
    uint32_t *crossed; /* by arc: the number of the last footprint that met it */
    uint32_t asked;    /* the number of the footprint in hand */
};

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *fences);
/* Cost of crossing the fences that a label meets; infinite for a change of side. */
double pm_fences_cost(struct pm_fences *fences, const struct pm_footprint *ground);

/* Where the borders run, for the basemap: those of `arcs` in the frame. */
void pm_border_segments_make(struct pm_border_segments *borders, const struct pm_topology *topology,
                             const struct pm_page_arcs *arcs, struct pm_box frame,
                             struct pm_arena *arena);

#endif
