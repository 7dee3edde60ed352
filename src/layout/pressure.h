/* Pressure: arcs around a place's mark, on the sides from which it is pressed. */
#ifndef PM_LAYOUT_PRESSURE_H
#define PM_LAYOUT_PRESSURE_H

#include "layout/draft.h"

/* A part of the circle: degrees clockwise from north, from 0..365 on. */
struct pm_sector {
    int from, to;
};

enum { PM_MOST_SECTORS = 5 };

/* What these bearings cover together, in whole degrees, each bearing a sixth of the circle. What nearly
 * touches becomes one; one of a whole turn is a siege. Returns how many; 0 for none. */
size_t pm_pressure_sectors(const struct pm_pressure *pressure,
                           struct pm_sector sectors[PM_MOST_SECTORS]);
/* Is it pressed from all sides, as the file says or as its bearings come to? */
bool pm_pressure_is_siege(const struct pm_pressure *pressure);

/* px that a mark of this radius takes with its arcs. */
double pm_pressure_radius(const struct pm_draft *draft, double radius);
/* px from a point of the page to the arcs around a place's mark; INFINITY if nobody presses it. */
double pm_pressure_distance(const struct pm_draft *draft, const struct pm_place_draft *place,
                            struct pm_pt p);
/* Arcs around a mark of this radius, of a state whose record says who presses. `north`: where it is on the
 * page, radians clockwise from up. */
void pm_draw_pressure(const struct pm_draft *draft, struct pm_scene *scene,
                      const struct pm_state *state, double north, struct pm_pt at, double radius);

#endif
