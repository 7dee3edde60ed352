/* T. Vincenty, "Direct and inverse solutions of geodesics", Survey Review 23 (1975): the ellipsoid is
 * mapped to an auxiliary sphere, on which the longitude difference is found by iteration. */
#include "geo/geodesic.h"

#include "geo/ellipsoid.h"
#include "base/banned.h"

#define GEODESIC_STEPS 1000
#define SPHERE 6371008.8 /* mean radius, m: for places so nearly opposite that it diverges */

struct geodesic {
    double sin_sigma, cos_sigma, sigma, sin_alpha, cos2_alpha, cos_2m;
};

static struct geodesic geodesic_at(double u1, double u2, double lambda)
{
    struct geodesic g = {0};
    double x = cos(u2) * sin(lambda);
    double y = cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lambda);
    g.sin_sigma = hypot(x, y);
    g.cos_sigma = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lambda);
    g.sigma = atan2(g.sin_sigma, g.cos_sigma);
    g.sin_alpha = g.sin_sigma > 0 ? cos(u1) * cos(u2) * sin(lambda) / g.sin_sigma : 0;
    g.cos2_alpha = 1 - g.sin_alpha * g.sin_alpha;
    g.cos_2m = g.cos2_alpha > 1e-15 ? g.cos_sigma - 2 * sin(u1) * sin(u2) / g.cos2_alpha : 0;
    return g;
}

static double geodesic_length(const struct geodesic *g)
{
    const double b = PM_WGS84_A * (1 - PM_WGS84_F);
    double u = g->cos2_alpha * (PM_WGS84_A * PM_WGS84_A - b * b) / (b * b);
    double big_a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
    double big_b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    double c = g->cos_2m;
    double delta =
        big_b * g->sin_sigma *
        (c + big_b / 4 *
                 (g->cos_sigma * (2 * c * c - 1) -
                  big_b / 6 * c * (4 * g->sin_sigma * g->sin_sigma - 3) * (4 * c * c - 3)));
    return b * big_a * (g->sigma - delta);
}

/* One step of the iteration for the longitude difference on the auxiliary sphere. */
static double geodesic_lambda(const struct geodesic *g, double l)
{
    double c = PM_WGS84_F / 16 * g->cos2_alpha * (4 + PM_WGS84_F * (4 - 3 * g->cos2_alpha));
    double m = g->cos_2m + c * g->cos_sigma * (2 * g->cos_2m * g->cos_2m - 1);
    return l + (1 - c) * PM_WGS84_F * g->sin_alpha * (g->sigma + c * g->sin_sigma * m);
}

double pm_geodesic(double lon1, double lat1, double lon2, double lat2)
{
    double u1 = atan((1 - PM_WGS84_F) * tan(lat1 * PM_RAD)),
           u2 = atan((1 - PM_WGS84_F) * tan(lat2 * PM_RAD));
    double l = remainder(lon2 - lon1, 360) * PM_RAD, lambda = l, before = 2 * PM_PI;
    for (int i = 0; i < GEODESIC_STEPS && fabs(lambda) < PM_PI + 1e-9; i++) {
        struct geodesic g = geodesic_at(u1, u2, lambda);
        if (fabs(lambda - before) < 1e-12)
            return geodesic_length(&g);
        before = lambda;
        lambda = geodesic_lambda(&g, l);
    }
    return SPHERE * geodesic_at(lat1 * PM_RAD, lat2 * PM_RAD, l).sigma;
}
