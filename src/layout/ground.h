/* The ground of labels: what lies where on the map, asked of many boxes. */
#ifndef PM_LAYOUT_GROUND_H
#define PM_LAYOUT_GROUND_H

#include "base/str.h"
#include "geo/spans.h"
#include "layout/fences.h"
#include "layout/mask.h"

/* In the draft's arena; the draft's marks, callouts and taken boxes must not change any more. */
struct pm_ground {
    struct pm_draft *draft;
    struct pm_fences fences;
    struct pm_mask mask;             /* of all areas */
    struct pm_cells taken;           /* what no label may touch */
    struct pm_cells places;          /* their marks */
    const struct kept_spans **spans; /* by area, made when they are asked for (ground.c) */
    PM_VEC(uint32_t) holders;        /* of the box in hand */
};

void pm_ground_make(struct pm_draft *draft, struct pm_ground *ground);
void pm_ground_finish(struct pm_ground *ground);
/* Appends all that the answers about a box may follow from, and those about labels in it: what is taken there … */
void pm_ground_add_key(const struct pm_ground *ground, struct pm_box box, struct pm_str *key);
/* … and how the areas there differ from each other and from one of them. */
void pm_ground_add_states(const struct pm_ground *ground, size_t area, struct pm_box box,
                          struct pm_str *key);
/* Rows of a polygon, for boxes of the size of a label. */
struct pm_spans pm_ground_rows(const struct pm_ground *ground, const struct pm_page_rings *rings,
                               struct pm_arena *arena);
const struct pm_spans *pm_ground_spans(struct pm_ground *ground, size_t area);
/* Is a label in the frame and off everything that is placed already? */
bool pm_ground_allows(const struct pm_ground *ground, const struct pm_footprint *label);
/* Is a line off everything that is placed already? */
bool pm_ground_allows_line(const struct pm_ground *ground, struct pm_pt from, struct pm_pt to);
/* The area under the middle of the box, this one if it is there too; or PM_NONE. */
size_t pm_ground_area(struct pm_ground *ground, size_t area, struct pm_box box);
/* Has `other` another look than this area? Never if `area` is PM_NONE. */
bool pm_ground_differs(const struct pm_ground *ground, size_t area, size_t other);
/* … or what lies under the middle of the box? */
bool pm_ground_misleads(struct pm_ground *ground, size_t area, struct pm_box box);
/* Does the status file say something else of `other`? Never if `area` is PM_NONE. */
bool pm_ground_contradicts(const struct pm_ground *ground, size_t area, size_t other);
/* Does the area hold so much of the box (0..1)? */
bool pm_ground_holds(struct pm_ground *ground, size_t area, struct pm_box box, double share);
/* Sets `holders` to the areas that do. */
void pm_ground_hold(struct pm_ground *ground, struct pm_box box, double share);
/* Is the box nearer to the mark of another place? */
bool pm_ground_ambiguous(const struct pm_ground *ground, const struct pm_place_draft *place,
                         struct pm_box box);
/* Does the mark of any place lie within a distance of the box? */
bool pm_ground_near_place(const struct pm_ground *ground, struct pm_box box, double distance);

#endif
