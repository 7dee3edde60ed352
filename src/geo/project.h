/* Map projections in closed form: longitude and latitude (WGS 84) -> metres and back.
 *
 * All equal-area and on the ellipsoid: Snyder, "Map Projections: A Working Manual", USGS
 * Professional Paper 1395 (1987): Albers ch. 14, cylindrical ch. 10, Lambert azimuthal ch. 24. */
#ifndef PM_GEO_PROJECT_H
#define PM_GEO_PROJECT_H

#include <stdbool.h>

#include "model/geom.h"

enum pm_projection_kind {
    PM_PROJECTION_ALBERS,       /* equal-area conic */
    PM_PROJECTION_LAMBERT_AREA, /* azimuthal equal-area */
    PM_PROJECTION_CYLINDRICAL   /* cylindrical equal-area */
};

/* Parameters, degrees; and constants worked out from them. */
struct pm_projection {
    enum pm_projection_kind kind;
    double lon0, lat0; /* central meridian, latitude of origin */
    double lat1, lat2; /* standard parallels */
    double k[8];       /* derived; see project.c */
};

/* With its constants worked out. Degrees; lat1 and lat2 count for Albers, where
 * they must not be opposite, lat1 for the cylindrical. */
struct pm_projection pm_projection_make(enum pm_projection_kind kind, double lon0, double lat0,
                                        double lat1, double lat2);

/* A stretch of longitudes, degrees: west <= east, which is beyond 180 when it holds the antimeridian. */
struct pm_span {
    double west, east;
};

/* The smallest stretch that holds all spans, none of which holds the antimeridian: the circle without
 * the widest gap between them. Sorts `spans`. */
struct pm_span pm_span_around(struct pm_span *spans, size_t count);

/* The projection that suits a region (degrees, lon0 <= lon1, possibly beyond 180): Albers with
 * standard parallels a sixth of the latitude range from its edges for wide regions of middle
 * latitude; cylindrical for wide ones astride the equator; Lambert azimuthal for all others. Rules:
 * Šavrič, Jenny, Jenny, "Projection Wizard", The Cartographic Journal 53 (2016). */
struct pm_projection pm_projection_for(double lon0, double lat0, double lon1, double lat1);

struct pm_metre pm_project(const struct pm_projection *p, double lon, double lat);
bool pm_unproject(const struct pm_projection *p, struct pm_metre m, double *lon, double *lat);
/* "Albers equal-area conic", for the credit line. */
const char *pm_projection_name(const struct pm_projection *p);
/* The longest of these names, to keep room for one. */
const char *pm_projection_longest_name(void);

/* Geodesic length in metres between two places on WGS 84 (Vincenty 1975, inverse). Nearly antipodal
 * places, where that does not converge, get the great circle of a sphere: within 0.6 %. */
double pm_geodesic(double lon1, double lat1, double lon2, double lat2);

#endif
