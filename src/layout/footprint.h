/* Footprints: the ground that labels cover, and what meets it. Page coordinates, px. */
#ifndef PM_LAYOUT_FOOTPRINT_H
#define PM_LAYOUT_FOOTPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/geom.h"

/* A box, or, where a label is slanted, boxes along it that hold all of it. */
struct pm_footprint {
    struct pm_box box;          /* around everything */
    const struct pm_box *parts; /* NULL: the box itself is all */
    size_t part_count;
};

enum { PM_FOOTPRINT_PARTS = 32 }; /* at most */

static inline struct pm_footprint pm_footprint_of(struct pm_box box)
{
    return (struct pm_footprint){.box = box};
}

static inline size_t pm_footprint_count(const struct pm_footprint *f)
{
    return f->parts ? f->part_count : 1;
}

static inline struct pm_box pm_footprint_part(const struct pm_footprint *f, size_t i)
{
    return f->parts ? f->parts[i] : f->box;
}

/* Of a text w wide and h high about its middle, turned by `angle` degrees clockwise. `parts` has room for
 * PM_FOOTPRINT_PARTS boxes and must live as long as the footprint. */
struct pm_footprint pm_footprint_slanted(struct pm_pt middle, double w, double h, double angle,
                                         struct pm_box *parts);

/* The same elsewhere; `parts` as above. */
struct pm_footprint pm_footprint_moved(const struct pm_footprint *f, struct pm_pt by,
                                       struct pm_box *parts);

/* Do two share ground? */
bool pm_footprints_meet(const struct pm_footprint *a, const struct pm_footprint *b);
bool pm_footprint_meets_box(const struct pm_footprint *f, struct pm_box box);
bool pm_footprint_meets_segment(const struct pm_footprint *f, struct pm_pt a, struct pm_pt b);

/* Does the segment enter the box? */
bool pm_segment_meets(struct pm_pt a, struct pm_pt b, struct pm_box box);
/* Do the segments a-b and c-d cross? Touching ends don't count. */
bool pm_segments_cross(struct pm_pt a, struct pm_pt b, struct pm_pt c, struct pm_pt d);

#endif
