/* The frame: projected metres -> page. A uniform scale and a shift that fit a region into a box. */
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
/* Projects and frames one grid point, not rounded. */
struct pm_pt pm_frame_grid(const struct pm_frame *frame, struct pm_grid g);

#endif
