/* Marks: what stands for a place or an event on the map and in the legend. */
#ifndef PM_LAYOUT_MARKS_H
#define PM_LAYOUT_MARKS_H

#include "layout/draft.h"

/* A place's mark by status, with a white disc beneath, and a rim about that if it changed; a national capital has a star in a ring. */
void pm_draw_place_mark(const struct pm_draft *draft, struct pm_scene *scene,
                        const struct pm_state *state, int rank, struct pm_pt at, double radius);
/* A mark whose outline tells what happened, with a number (0: none); with a dashed ring when its place is
 * known only roughly. All are of one size, whatever is claimed (event_marks.c). */
void pm_draw_event_mark(const struct pm_draft *draft, struct pm_scene *scene,
                        enum pm_event_kind kind, bool rough, int number, struct pm_pt at);
/* The ring alone. */
void pm_draw_event_ring(const struct pm_draft *draft, struct pm_scene *scene, struct pm_pt at,
                        double radius);
/* Is its place known only to the area? */
bool pm_event_is_rough(const struct pm_event *event);
/* A swatch of an area's look. */
void pm_draw_swatch(const struct pm_draft *draft, struct pm_scene *scene,
                    const struct pm_state *state, struct pm_box box);
/* The rim within the path of an area that changed, of so many px² and px `round` it: in the colour of what it was, or in ink
 * where that is no other. It leaves the area's own colour to be seen. Whatever the two colours are, a line of the borders' colour parts them, as the border parts the rim from what
 * lies beside it. `named`: it has a class, as on the map. */
void pm_draw_rim(const struct pm_draft *draft, struct pm_scene *scene, const struct pm_state *state,
                 const struct pm_path *path, double area, double round, bool named);
double pm_place_radius(const struct pm_draft *draft, int rank);
/* The same with the rim that says what the place was before, if it changed. */
double pm_rimmed_radius(const struct pm_draft *draft, const struct pm_place_draft *place);
/* Of the circle that holds a place's mark, whatever its kind, with the disc beneath and the rim. */
double pm_place_reach(const struct pm_draft *draft, const struct pm_place_draft *place);
/* Of an event's mark, its ring included. */
double pm_event_radius(const struct pm_draft *draft, bool rough);

/* What holds an event's mark: half the side of a box about its middle, and the radius of a circle. */
struct pm_reach {
    double box, circle;
};
struct pm_reach pm_event_reach(const struct pm_draft *draft, enum pm_event_kind kind, bool rough);

#endif
