/* Label placement: each label has candidates; choose at most one for each so that no two
 * meet, no leader crosses a label or another leader, and the sum of costs is least. See solve.c for the method. */
#ifndef PM_LAYOUT_SOLVE_H
#define PM_LAYOUT_SOLVE_H

#include <stddef.h>

#include "layout/footprint.h"

struct pm_form; /* how the label is set there: the caller's, not looked at */

/* A line from a label to what it names. */
struct pm_leader {
    struct pm_pt from, to; /* no other label may lie on it, and no leader cross it … */
    struct pm_box end;     /* … and neither lie here, about its end */
};

struct pm_candidate {
    struct pm_footprint ground;
    double cost;
    const struct pm_form *form;
    size_t order;                   /* as made: decides between equal costs */
    double angle;                   /* degrees, clockwise: the caller's, as the form is */
    const struct pm_leader *leader; /* or NULL */
};

struct pm_choice {
    struct pm_range candidates; /* ascending by cost */
    double drop_cost;           /* of leaving the label out; labels of high cost go first */
    size_t chosen;              /* out: index of a candidate, or SIZE_MAX */
};

/* Can't two labels stand so together? */
bool pm_candidates_conflict(const struct pm_candidate *a, const struct pm_candidate *b);

/* Deterministic: depends on nothing but its arguments. `sweeps` bounds the work. */
void pm_solve_labels(const struct pm_candidate *candidates, struct pm_choice *labels, size_t count,
                     int sweeps);

#endif
