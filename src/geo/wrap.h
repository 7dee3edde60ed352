/* Rings and lines as they run on the globe, made ones of the plane from -180 to 180 degrees: what
 * crosses the antimeridian is cut there, and what surrounds a pole is closed along it.
 *
 * An edge takes the short way around, as no line between two points of a border spans half the
 * earth; but one that runs along a parallel all around, from and to the antimeridian, is the edge of
 * a plane map, as in boxes and in Antarctica's usual form. A pole has no longitude: edges reach it along
 * their meridians. */
#ifndef PM_GEO_WRAP_H
#define PM_GEO_WRAP_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/geom.h"

/* One ring or line; longitudes go on beyond 180. Zeroed is empty. */
struct pm_course {
    struct pm_course_point {
        int64_t x, y; /* grid units */
    } * v;
    size_t n, cap;
    bool closed; /* a ring; it does not repeat its first point */
    bool open;   /* … but the data did not close it */
    bool jumps;  /* the data went the long way, by their numbers */
    int turns;   /* of a ring: times around the earth eastward. Not 0: it surrounds a pole */
};

/* Rings or lines of the plane. */
struct pm_wrapped {
    PM_VEC(struct pm_grid) points;
    PM_VEC(struct pm_range) parts; /* of points */
};

/* Do all these points and edges mean in the plane what they mean on the globe? Most do. Degrees; `lon` may
 * go to ±360. */
bool pm_wrap_is_plane(const double *lon, const double *lat, size_t count);
/* Follows it; `course` is filled anew. Repeated points are left out. */
void pm_course_follow(struct pm_course *course, const double *lon, const double *lat, size_t count,
                      bool closed);
/* Appends it, in pieces; a ring that surrounds a pole surrounds the one at this latitude, 90 or -90. False
 * if it runs more than once around the earth. */
bool pm_course_cut(const struct pm_course *course, int pole, struct pm_wrapped *out);
void pm_course_finish(struct pm_course *course);

#endif
