/* Stands: where around a target a label with a leader may stand, and what lies there. That follows from the
 * ground alone, whatever the statuses: it is found once and kept with the basemap. */
#ifndef PM_LAYOUT_STANDS_H
#define PM_LAYOUT_STANDS_H

#include "layout/labels.h"

enum { PM_LEAD_POINTS = 3 };

/* A leader. */
struct pm_lead {
    uint32_t end;                   /* which of those that a target has */
    uint32_t below[PM_LEAD_POINTS]; /* the areas along it, UINT32_MAX where there is none */
};

/* Of a lead. */
struct pm_way {
    struct pm_pt from, to;
    double end_cost, length_cost;
};

/* A label and its leaders; the lists that begin here end where those of the next begin. */
struct pm_stand {
    struct pm_pt middle;
    double over_cost; /* of the ground that it covers */
    bool beside;      /* marks that are near */
    uint32_t first_arc, first_area, first_lead;
};

/* In one piece of memory. */
struct pm_stands {
    size_t count;
    const struct pm_stand *v; /* one more */
    const uint32_t *arcs;     /* borders that labels lie on */
    const uint32_t *areas;    /* that hold half of a number, or more */
    const struct pm_lead *leads;
};

/* At growing distances, where the ground allows the label and no leader touches what is taken; no name on areas
 * that are not its own. Give them back with pm_stands_release(). */
const struct pm_stands *pm_stands_around(struct pm_ground *ground, const struct pm_form *form,
                                         const struct pm_target *target);
void pm_stands_release(const struct pm_ground *ground, const struct pm_stands *stands);
/* That none of them, nor their leaders, goes beyond. */
struct pm_box pm_stands_reach(const struct pm_draft *draft, const struct pm_form *form,
                              const struct pm_target *target);

/* The one in a box, which the ground allows. Free it with free(). */
struct pm_stands *pm_stands_at(struct pm_ground *ground, const struct pm_form *form,
                               const struct pm_target *target, struct pm_box box);

struct pm_box pm_stand_box(const struct pm_form *form, const struct pm_stand *stand);
/* From a label in the box. */
struct pm_way pm_stands_way(const struct pm_form *form, const struct pm_target *target,
                            struct pm_box box, const struct pm_lead *lead);

#endif
