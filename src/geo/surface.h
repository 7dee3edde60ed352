/* Areas on the ellipsoid, WGS 84. */
#ifndef PM_GEO_SURFACE_H
#define PM_GEO_SURFACE_H

#include "model/atlas.h"

/* m² of a polygon, its rings filled even-odd. Edges are straight on a cylindrical equal-area projection: what
 * neighbours share adds up to what they are together. */
double pm_surface_area(const struct pm_layer *layer, const struct pm_feature *feature);

#endif
