/* A shapefile's coordinate system: the one the user names, else the .prj's, else longitude and
 * latitude are assumed. Degrees on WGS 84, or on a datum that lies within two metres of it, are
 * taken as they are; all else is reprojected (reproject.h). */
#ifndef PM_INPUT_CRS_H
#define PM_INPUT_CRS_H

#include "base/diag.h"
#include "geo/reproject.h"

/* The cure where a file does not say what its coordinates are. */
#define PM_CRS_CURE                                                                                \
    "say what they are: --crs EPSG:… (such as EPSG:32642), or \"crs\" in shapes.json"

enum pm_crs_reason { PM_CRS_ASSUMED, PM_CRS_PRJ, PM_CRS_ASKED };

struct pm_crs {
    enum pm_crs_reason reason;
    const char *name;               /* "WGS 84 / UTM zone 42N" */
    const char *prj;                /* path; NULL if there is none */
    struct pm_reproject *reproject; /* NULL: the coordinates are degrees */
};

/* `asked` may be NULL. False and an error if the system is not understood. Strings in `arena`. */
bool pm_crs_open(struct pm_crs *crs, const char *shp, const char *asked, struct pm_arena *arena,
                 struct pm_diags *diags);
void pm_crs_close(struct pm_crs *crs);

#endif
