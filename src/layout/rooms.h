/* Rooms: where inside a polygon a label of some size lies well. That follows from the polygon and the size
 * alone, whatever the day and the statuses: it is found once and kept with the basemap. */
#ifndef PM_LAYOUT_ROOMS_H
#define PM_LAYOUT_ROOMS_H

#include "layout/ground.h"

#define PM_ROOM_SHARE 0.99 /* of a label that must lie inside the polygon, by rows of spans */

/* A polygon of the basemap that names are put in. */
struct pm_site {
    size_t area; /* of the ground, or PM_NONE */
    const struct pm_page_rings *rings;
    const struct pm_spans *spans; /* NULL until a room is looked for */
    int steps;                    /* positions tried along each side */
};

/* Middles of labels, row by row, and the borders that each would lie on. */
struct pm_room {
    size_t count;
    const struct pm_pt *at;
    const uint32_t *firsts, *arcs; /* label i lies on the arcs from firsts[i] until firsts[i + 1] */
};

/* How a label lies: w wide and h high about its middle, turned by `angle` degrees clockwise. */
struct pm_room_shape {
    double w, h, angle;
};

/* The label about the origin; `parts` as of pm_footprint_slanted(). */
struct pm_footprint pm_room_footprint(struct pm_room_shape shape, struct pm_box *parts);

/* Give it back with pm_room_release(). */
const struct pm_room *pm_room_get(struct pm_ground *ground, struct pm_site *site,
                                  struct pm_room_shape shape);
void pm_room_release(const struct pm_ground *ground, const struct pm_room *room);

/* Where a name wants to be, as names are wide, and how far that is from the polygon's edge, px. */
struct pm_pt pm_room_pole(struct pm_ground *ground, struct pm_site *site, double *depth);

#endif
