/* Marks: what stands for a place or an event on the map and in the legend. */
#ifndef PM_LAYOUT_MARKS_H
#define PM_LAYOUT_MARKS_H

#include "layout/draft.h"

/* A place's mark by status, with a white disc beneath; a national capital has a star in a ring. */
void pm_draw_place_mark(const struct pm_draft *draft, struct pm_scene *scene,
                        const struct pm_state *state, int rank, struct pm_pt at, double radius);
/* A burst with a number; with a dashed ring when its place is known only roughly. */
void pm_draw_event_mark(const struct pm_draft *draft, struct pm_scene *scene, int number,
                        bool rough, struct pm_pt at);
/* A swatch of an area's look. */
void pm_draw_swatch(const struct pm_draft *draft, struct pm_scene *scene,
                    const struct pm_state *state, struct pm_box box);
double pm_place_radius(const struct pm_draft *draft, int rank);
/* Of an event's mark, its ring included. */
double pm_event_radius(const struct pm_draft *draft, bool rough);

#endif
