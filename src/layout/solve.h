/* Label placement: each label has candidates; choose at most one for each so that no two boxes
 * meet, no leader crosses a box or another leader, and the sum of costs is least. See solve.c for the method. */
#ifndef PM_LAYOUT_SOLVE_H
#define PM_LAYOUT_SOLVE_H

#include <stddef.h>

#include "model/geom.h"

struct pm_form; /* how the label is set there: the caller's, not looked at */

struct pm_candidate {
    struct pm_box box;
    double cost;
    const struct pm_form *form;
    size_t order;          /* as made: decides between equal costs */
    bool has_leader;       /* a line from the label to what it names */
    struct pm_pt from, to; /* no other label may lie on it, and no leader cross it */
};

/* Does the segment enter the box? */
bool pm_segment_meets(struct pm_pt a, struct pm_pt b, struct pm_box box);
/* Do the segments a-b and c-d cross? Touching ends don't count. */
bool pm_segments_cross(struct pm_pt a, struct pm_pt b, struct pm_pt c, struct pm_pt d);

struct pm_choice {
    struct pm_range candidates; /* ascending by cost */
    double drop_cost;           /* of leaving the label out; labels of high cost go first */
    size_t chosen;              /* out: index of a candidate, or SIZE_MAX */
};

/* Deterministic: depends on nothing but its arguments. `sweeps` bounds the work. */
void pm_solve_labels(const struct pm_candidate *candidates, struct pm_choice *labels, size_t count,
                     int sweeps);

#endif
