/* The frame: projected metres (of PROJ's systems: whatever its units are) -> page. A uniform scale and a shift that fit a region into a box. */
#ifndef PM_GEO_FRAME_H
#define PM_GEO_FRAME_H

#include "geo/project.h"
#include "model/geom.h"

struct pm_frame {
    struct pm_projection projection;
    struct pm_box box;      /* px: the map's frame on the page */
    double scale;           /* px per metre */
    struct pm_metre centre; /* lies at the centre of the box */
};

/* Fits the points' extent into `box` less `padding` on each side, centred. */
struct pm_frame pm_frame_fit(const struct pm_projection *projection, const struct pm_metre *points,
                             size_t count, struct pm_box box, double padding);
struct pm_pt pm_frame_page(const struct pm_frame *frame, struct pm_metre m);
struct pm_metre pm_frame_metre(const struct pm_frame *frame, struct pm_pt p);
struct pm_pt pm_frame_lonlat(const struct pm_frame *frame, double lon, double lat);
/* Where north is at p: clockwise from straight up, degrees, -180 to 180. False off the earth. */
bool pm_frame_north(const struct pm_frame *frame, struct pm_pt p, double *angle);
/* One turned point (project.h). */
struct pm_pt pm_frame_turned(const struct pm_frame *frame, struct pm_grid turned);

/* Page points that grow; a PM_VEC. */
struct pm_page_points {
    struct pm_pt *v;
    size_t n, cap;
};

/* Appends the line through turned points. Its edges are straight in longitude and latitude, as those of
 * shapefiles are; where the projection bends them by more than a twentieth of a pixel in sight, points are
 * added. Which ones depends on the edge alone, not on its direction. Points that can't be projected are
 * left out. */
void pm_frame_line(const struct pm_frame *frame, const struct pm_grid *turned, size_t count,
                   struct pm_page_points *out);

#endif
