/* Coordinates of any system to longitude and latitude on WGS 84, by PROJ.
 *
 * PROJ is loaded when the first file needs it: most boundary files don't, and linking it makes each
 * start 20 ms slower. One context a file, no network: the same file gives the same map everywhere. */
#ifndef PM_GEO_REPROJECT_H
#define PM_GEO_REPROJECT_H

#include <stddef.h>

#include "base/diag.h"

struct pm_reproject;

/* `definition` is WKT, a PROJ string or a name such as "EPSG:32642". NULL and an error, "no-proj" or
 * of this id with this cure, if PROJ can't do it; a warning "ballpark" if it can only without knowing
 * how the datums differ. */
struct pm_reproject *pm_reproject_new(const char *definition, const char *id, struct pm_place at,
                                      const char *cure, struct pm_diags *diags);
void pm_reproject_free(struct pm_reproject *reproject);

/* Is the source projected, in metres or feet and not in degrees? */
bool pm_reproject_projected(const struct pm_reproject *reproject);
/* Has it an axis that counts westward, as Lo19 and Krovak do? As a map it would lie on its head. */
bool pm_reproject_points_west(const struct pm_reproject *reproject);
/* What PROJ calls the system; of a PROJ string, that. */
const char *pm_reproject_name(const struct pm_reproject *reproject);
/* Is `definition` the same system? */
bool pm_reproject_is(struct pm_reproject *reproject, const char *definition);

/* In place; a point that can't be transformed becomes infinite. */
void pm_reproject_points(const struct pm_reproject *reproject, double *x, double *y, size_t count);
/* The other way, from degrees; x and y are `stride` bytes from the next. */
void pm_reproject_back(const struct pm_reproject *reproject, double *x, double *y, size_t stride,
                       size_t count);
/* The longitude (degrees, from Greenwich) about which it is laid out, as far as it has one, else 0. */
double pm_reproject_meridian(const struct pm_reproject *reproject);

#endif
