/* Map projections: longitude and latitude (WGS 84) -> metres and back.
 *
 * The closed forms are on the ellipsoid, after Snyder, "Map Projections: A Working Manual", USGS
 * Professional Paper 1395 (1987), and agree with PROJ to a millimetre. What else there is goes through
 * PROJ (reproject.h), which is then loaded.
 *
 * Longitudes are wrapped once: "turned" grid points count theirs from the central meridian, -180 to
 * 180, so that what crosses the far meridian can be cut there (meridian.h). */
#ifndef PM_GEO_PROJECT_H
#define PM_GEO_PROJECT_H

#include <stdbool.h>

#include "geo/reproject.h"
#include "model/geom.h"

enum pm_projection_kind {
    PM_PROJECTION_ALBERS,       /* equal-area conic */
    PM_PROJECTION_LAMBERT_AREA, /* azimuthal equal-area */
    PM_PROJECTION_CYLINDRICAL,  /* cylindrical equal-area */
    PM_PROJECTION_TRANSVERSE,   /* transverse cylindrical equal-area */
    PM_PROJECTION_EQUAL_EARTH,
    PM_PROJECTION_LAMBERT_CONFORMAL, /* conformal conic */
    PM_PROJECTION_OTHER              /* by PROJ */
};

/* Parameters, degrees; and constants worked out from them. */
struct pm_projection {
    enum pm_projection_kind kind;
    double lon0, lat0; /* central meridian, -180 to 180 and on the grid; latitude of origin */
    double lat1, lat2; /* standard parallels */
    double k[6];       /* derived; see project.c */
    struct pm_reproject *proj; /* of PM_PROJECTION_OTHER; who made it frees it */
};

/* A closed form with its constants worked out. Degrees; lat1 and lat2 count for the conics, where they
 * must not be opposite, lat1 for the cylindrical. */
struct pm_projection pm_projection_make(enum pm_projection_kind kind, double lon0, double lat0,
                                        double lat1, double lat2);
/* Any other; `proj` from projected metres (or whatever its units are) to degrees. */
struct pm_projection pm_projection_other(struct pm_reproject *proj);

struct pm_metre pm_project(const struct pm_projection *projection, double lon, double lat);
/* Many turned points at once; those that can't be projected become infinite. */
void pm_project_turned(const struct pm_projection *projection, const struct pm_grid *points,
                       size_t count, struct pm_metre *out);
/* Counts the longitude from the central meridian, -180 to 180. */
struct pm_grid pm_projection_turn(const struct pm_projection *projection, struct pm_grid p);
/* False if there is no such place on earth. */
bool pm_unproject(const struct pm_projection *projection, struct pm_metre m, double *lon,
                  double *lat);

/* The scale factors at a place: length on the map over length on the ground, in the direction where it
 * is largest and across it: the semi-axes of Tissot's indicatrix (Snyder p. 20-24). Found by central
 * differences, to 1e-8. */
struct pm_scale {
    double most, least;
};
struct pm_scale pm_projection_scale(const struct pm_projection *projection, double lon, double lat);

/* "Albers equal-area conic", for the credit line. */
const char *pm_projection_name(const struct pm_projection *projection);
/* The longest name of a closed form, to keep room for one. */
const char *pm_projection_longest_name(void);
/* Whatever has one of these is not a word but a definition for PROJ. */
#define PM_PROJECTION_SIGNS ":+[("
/* The closed form that users call so; PM_PROJECTION_OTHER if it is none. */
enum pm_projection_kind pm_projection_kind_of(const char *word);
/* What users call a closed form: "albers"; NULL past the last. */
const char *pm_projection_word(enum pm_projection_kind kind);

#endif
