/* An event told in words: title, claims and denials of one size, what is verified. The same
 * story stands in a callout on the map, in the panel's notes or beside the map in a page. */
#ifndef PM_LAYOUT_STORY_H
#define PM_LAYOUT_STORY_H

#include "layout/type.h"

struct pm_story {
    struct pm_block *blocks;
    size_t count;
    double height;
};

/* A paragraph of it, before it is set: the title, who says what, what is verified. */
struct pm_story_line {
    enum pm_type_role role;
    const char *s;
};

/* Returns how many. */
size_t pm_story_tell(const struct pm_draft *draft, const struct pm_event_draft *event,
                     struct pm_story_line **lines);
/* Without what was claimed and the sources, in one paragraph: "1 Strikes reported · CLAIMED BY the army · DENIED BY … · Not
 * verified independently". */
const char *pm_story_short(const struct pm_draft *draft, const struct pm_event_draft *event);
struct pm_story pm_story_make(const struct pm_draft *draft, const struct pm_event_draft *event,
                              double width);
/* Draws it with its top at y; returns the y below it. */
double pm_story_draw(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_story *story, double x, double y);

#endif
