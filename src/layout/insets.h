/* Insets: parts of the map drawn larger in a free corner, and a locator that shows where the map lies.
 * Each has a draft of its own, which is laid out and drawn as the map is. */
#ifndef PM_LAYOUT_INSETS_H
#define PM_LAYOUT_INSETS_H

#include "layout/draft.h"
#include "layout/footprint.h"

struct pm_inset_draft {
    struct pm_draft *map; /* its frame is map->page.map */
    struct pm_box box;    /* of frame and caption */
    const char *caption;  /* NULL: none */
    struct pm_pt *
        outline; /* a ring: what the inset shows, on the map; or what the map shows, on the locator */
    size_t outline_count;
    struct pm_box bounds, sides[4]; /* of the outline, and of its sides */
    const char *letter; /* where there are several: in the caption and at the outline; or NULL */
    struct pm_box tab;  /* that it stands in at the outline */
    bool locator;
};

/* An inset that the status file does not ask for: of areas that lie together, if more than two names of theirs were lost;
 * of several such groups the largest that finds room. False if none does. `lost`: names, by area. */
bool pm_layout_inset_of(struct pm_draft *draft, const unsigned *lost);
/* Does an inset carry the name? */
bool pm_inset_names_area(const struct pm_draft *draft, size_t area);
bool pm_inset_names_place(const struct pm_draft *draft, const struct pm_place_draft *place);

/* Of the outlines on the map, those of insets from `first` on, how many does the label lie on? */
unsigned pm_inset_outlines_met(const struct pm_draft *draft, size_t first,
                               const struct pm_footprint *label);

/* Gives their basemaps back to the cache. */
void pm_insets_release(const struct pm_draft *draft);

/* Does an inset show the mark of the event? */
bool pm_inset_marks(const struct pm_draft *draft, const struct pm_event *event);

#endif
