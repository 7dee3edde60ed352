/* Layers as a projection sees them: turned about its central meridian and cut to a window, so that
 * nothing runs across the far meridian or to places that have none on the map. */
#ifndef PM_GEO_MERIDIAN_H
#define PM_GEO_MERIDIAN_H

#include "geo/frame.h"
#include "geo/wrap.h"
#include "model/atlas.h"

/* Turned longitudes and latitudes; all of the earth is -180 to 180, -90 to 90. */
struct pm_window {
    struct pm_grid low, high;
    bool edge; /* the edge of the earth is in sight */
};

/* What of the earth can be seen in a box of the page, generously. */
struct pm_window pm_window_seen(const struct pm_frame *frame, struct pm_box box);

/* Appends the edge of the earth as a ring, if it is known: nothing if not. */
void pm_window_outline(const struct pm_frame *frame, const struct pm_window *window,
                       struct pm_page_points *out);

/* Turns a layer and cuts it to the window. Polygons are cut so that the parts on either side are rings
 * again, and where their data were cut at the antimeridian, they are joined. What lies in `arena`
 * includes `out`, or parts of `in` where nothing changes. */
void pm_meridian_cut(const struct pm_layer *in, bool polygons,
                     const struct pm_projection *projection, const struct pm_window *window,
                     struct pm_arena *arena, struct pm_layer *out);

/* Cuts a ring or line to the 360 degrees from `west` on (grid units) and appends the pieces, as lying
 * between -180 and 180. */
void pm_meridian_wrap(const struct pm_course_point *points, size_t count, bool closed, int64_t west,
                      struct pm_wrapped *out);

#endif
