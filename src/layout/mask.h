/* Mask: how much of any box of the map is covered by areas, in constant time.
 *
 * The map's frame in square cells, each with a weight by what lies at its middle, as a summed-area
 * table (Crow 1984). It answers where callouts, scale bar and insets may lie. */
#ifndef PM_LAYOUT_MASK_H
#define PM_LAYOUT_MASK_H

#include "layout/draft.h"

struct pm_mask {
    struct pm_box box;
    double cell;
    size_t columns, rows;
    const double *sums; /* (columns + 1) × (rows + 1) */
};

/* For pages of this scale (mask.c says how large the cells are). */
void pm_owners_make(struct pm_owners *owners, struct pm_box box, double scale,
                    const struct pm_page_rings *areas, size_t count, struct pm_arena *arena);

/* Areas weigh 1, those outside the focus `muted`. Lies in the basemap, or in the draft's arena. */
struct pm_mask pm_mask_make(const struct pm_draft *draft, double muted);
/* Mean weight over the box, 0..1. */
double pm_mask_cover(const struct pm_mask *mask, struct pm_box box);

#endif
