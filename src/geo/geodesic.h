/* Distances on WGS 84. */
#ifndef PM_GEO_GEODESIC_H
#define PM_GEO_GEODESIC_H

/* Geodesic length in metres between two places, degrees (Vincenty 1975, inverse). Nearly antipodal
 * places, where that does not converge, get the great circle of a sphere: within 0.6 %. */
double pm_geodesic(double lon1, double lat1, double lon2, double lat2);

#endif
