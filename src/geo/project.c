#include "geo/project.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* WGS 84 */
#define A 6378137.0
#define F (1 / 298.257223563)
#define E2 (F * (2 - F))

/* Where the choice of projection turns: degrees, and width over height. */
#define EQUATORIAL 15
#define POLAR 75
#define WIDE 1.25

#define PI 3.14159265358979323846
#define RAD (PI / 180)

/* ---- authalic latitude (Snyder 1987, p. 16-17) ----------------------------------------------- */

/* q of eq. (3-12) */
static double authalic_q(double phi)
{
    double e = sqrt(E2), s = sin(phi);
    return (1 - E2) * (s / (1 - E2 * s * s) - log((1 - e * s) / (1 + e * s)) / (2 * e));
}

/* Latitude from q, eq. (3-16), iterated. */
static double latitude_of_q(double q)
{
    double pole = authalic_q(PI / 2);
    if (fabs(q) >= pole)
        return copysign(PI / 2, q);
    double e = sqrt(E2), phi = asin(q / 2);
    for (int i = 0; i < 30; i++) {
        double s = sin(phi), w = 1 - E2 * s * s;
        double step = w * w / (2 * cos(phi)) *
                      (q / (1 - E2) - s / w + log((1 - e * s) / (1 + e * s)) / (2 * e));
        phi += step;
        if (fabs(step) < 1e-14)
            break;
    }
    return phi;
}

/* m of eq. (14-15): radius of a parallel over the semi-major axis */
static double parallel_m(double phi)
{
    double s = sin(phi);
    return cos(phi) / sqrt(1 - E2 * s * s);
}

/* Longitude difference in radians, wrapped to -pi..pi. */
static double wrapped(double degrees)
{
    return remainder(degrees, 360) * RAD;
}

/* ---- Albers equal-area conic (p. 101-102); k: n, C, rho0 -------------------------------------- */

static void albers_setup(struct pm_projection *p)
{
    double m1 = parallel_m(p->lat1 * RAD), m2 = parallel_m(p->lat2 * RAD);
    double q1 = authalic_q(p->lat1 * RAD), q2 = authalic_q(p->lat2 * RAD);
    double n =
        fabs(p->lat1 - p->lat2) < 1e-10 ? sin(p->lat1 * RAD) : (m1 * m1 - m2 * m2) / (q2 - q1);
    double c = m1 * m1 + n * q1;
    p->k[0] = n;
    p->k[1] = c;
    p->k[2] = A * sqrt(c - n * authalic_q(p->lat0 * RAD)) / n;
}

static struct pm_metre albers_forward(const struct pm_projection *p, double lon, double lat)
{
    double n = p->k[0];
    double rho = A * sqrt(fmax(0, p->k[1] - n * authalic_q(lat * RAD))) / n;
    double theta = n * wrapped(lon - p->lon0);
    return (struct pm_metre){rho * sin(theta), p->k[2] - rho * cos(theta)};
}

static bool albers_inverse(const struct pm_projection *p, struct pm_metre m, double *lon,
                           double *lat)
{
    double n = p->k[0], sign = n < 0 ? -1 : 1;
    double y = p->k[2] - m.y, rho = hypot(m.x, y);
    double q = (p->k[1] - rho * rho * n * n / (A * A)) / n;
    double theta = atan2(sign * m.x, sign * y);
    *lat = latitude_of_q(q) / RAD;
    *lon = p->lon0 + theta / n / RAD;
    return fabs(q) <= authalic_q(PI / 2) + 1e-9 && fabs(theta / n) <= PI + 1e-9;
}

/* ---- Lambert azimuthal equal-area (p. 187-190); k: qp, Rq, sin b1, cos b1, D ------------------- */

static void lambert_setup(struct pm_projection *p)
{
    double qp = authalic_q(PI / 2), phi = p->lat0 * RAD;
    bool polar = fabs(p->lat0) > 90 - 1e-9; /* D is 0/0 there, and 1 in the limit */
    double sin_b1 = polar ? copysign(1, phi) : authalic_q(phi) / qp;
    double cos_b1 = sqrt((1 - sin_b1) * (1 + sin_b1));
    p->k[0] = qp;
    p->k[1] = A * sqrt(qp / 2);
    p->k[2] = sin_b1;
    p->k[3] = cos_b1;
    p->k[4] = polar ? 1 : A * parallel_m(phi) / (p->k[1] * cos_b1);
}

static struct pm_metre lambert_forward(const struct pm_projection *p, double lon, double lat)
{
    double sin_b = fmax(-1, fmin(1, authalic_q(lat * RAD) / p->k[0]));
    double cos_b = sqrt(1 - sin_b * sin_b), dl = wrapped(lon - p->lon0);
    double b = p->k[1] * sqrt(2 / fmax(1e-12, 1 + p->k[2] * sin_b + p->k[3] * cos_b * cos(dl)));
    return (struct pm_metre){b * p->k[4] * cos_b * sin(dl),
                             b / p->k[4] * (p->k[3] * sin_b - p->k[2] * cos_b * cos(dl))};
}

static bool lambert_inverse(const struct pm_projection *p, struct pm_metre m, double *lon,
                            double *lat)
{
    double x = m.x / p->k[4], y = m.y * p->k[4], rho = hypot(x, y);
    if (rho > 2 * p->k[1])
        return false;
    double c = 2 * asin(rho / (2 * p->k[1]));
    double q = p->k[0] * (cos(c) * p->k[2] + (rho > 0 ? y * sin(c) * p->k[3] / rho : 0));
    *lat = latitude_of_q(q) / RAD;
    *lon = p->lon0 + atan2(x * sin(c), rho * p->k[3] * cos(c) - y * p->k[2] * sin(c)) / RAD;
    return true;
}

/* ---- cylindrical equal-area (p. 81-83); k: k0 ---------------------------------------------------- */

static void cylindrical_setup(struct pm_projection *p)
{
    p->k[0] = parallel_m(p->lat1 * RAD);
}

static struct pm_metre cylindrical_forward(const struct pm_projection *p, double lon, double lat)
{
    return (struct pm_metre){A * p->k[0] * wrapped(lon - p->lon0),
                             A * authalic_q(lat * RAD) / (2 * p->k[0])};
}

static bool cylindrical_inverse(const struct pm_projection *p, struct pm_metre m, double *lon,
                                double *lat)
{
    double q = 2 * m.y * p->k[0] / A, dl = m.x / (A * p->k[0]);
    *lat = latitude_of_q(q) / RAD;
    *lon = p->lon0 + dl / RAD;
    return fabs(q) <= authalic_q(PI / 2) && fabs(dl) <= PI;
}

/* ---- the table of projections ----------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*setup)(struct pm_projection *p);
    struct pm_metre (*forward)(const struct pm_projection *p, double lon, double lat);
    bool (*inverse)(const struct pm_projection *p, struct pm_metre m, double *lon, double *lat);
} kinds[] = {
    [PM_PROJECTION_ALBERS] = {"Albers equal-area conic", albers_setup, albers_forward,
                              albers_inverse},
    [PM_PROJECTION_LAMBERT_AREA] = {"Lambert azimuthal equal-area", lambert_setup, lambert_forward,
                                    lambert_inverse},
    [PM_PROJECTION_CYLINDRICAL] = {"Cylindrical equal-area", cylindrical_setup, cylindrical_forward,
                                   cylindrical_inverse},
};

struct pm_projection pm_projection_make(enum pm_projection_kind kind, double lon0, double lat0,
                                        double lat1, double lat2)
{
    struct pm_projection p = {.kind = kind, .lon0 = lon0, .lat0 = lat0, .lat1 = lat1, .lat2 = lat2};
    kinds[kind].setup(&p);
    return p;
}

static int by_west(const void *a, const void *b)
{
    const struct pm_span *x = a, *y = b;
    return (x->west > y->west) - (x->west < y->west);
}

struct pm_span pm_span_around(struct pm_span *spans, size_t count)
{
    if (count == 0)
        return (struct pm_span){0};
    qsort(spans, count, sizeof *spans, by_west);
    double east = spans[0].east; /* of all so far */
    double gap_west = 0, gap_east = 0;
    for (size_t i = 1; i < count; i++) {
        if (spans[i].west - east > gap_east - gap_west) {
            gap_west = east;
            gap_east = spans[i].west;
        }
        east = fmax(east, spans[i].east);
    }
    if (gap_east - gap_west <= spans[0].west + 360 - east)
        return (struct pm_span){spans[0].west, east};
    return (struct pm_span){gap_east, gap_west + 360};
}

struct pm_projection pm_projection_for(double lon0, double lat0, double lon1, double lat1)
{
    double lon = (lon0 + lon1) / 2, lat = (lat0 + lat1) / 2;
    double height = lat1 - lat0, width = (lon1 - lon0) * cos(lat * RAD);
    bool wide = width >= WIDE * height;
    enum pm_projection_kind kind = PM_PROJECTION_LAMBERT_AREA;
    if (wide && lat0 < 0 && lat1 > 0 && fabs(lat) < EQUATORIAL)
        kind = PM_PROJECTION_CYLINDRICAL;
    else if (wide && fabs(lat) >= EQUATORIAL && fabs(lat) <= POLAR)
        kind = PM_PROJECTION_ALBERS;
    double standard = fmax(fabs(lat0), fabs(lat1)) / 2;
    if (kind == PM_PROJECTION_CYLINDRICAL)
        return pm_projection_make(kind, lon, 0, standard, standard);
    return pm_projection_make(kind, lon, lat, lat0 + height / 6, lat1 - height / 6);
}

struct pm_metre pm_project(const struct pm_projection *p, double lon, double lat)
{
    return kinds[p->kind].forward(p, lon, lat);
}

bool pm_unproject(const struct pm_projection *p, struct pm_metre m, double *lon, double *lat)
{
    return kinds[p->kind].inverse(p, m, lon, lat);
}

const char *pm_projection_name(const struct pm_projection *p)
{
    return kinds[p->kind].name;
}

const char *pm_projection_longest_name(void)
{
    const char *longest = "";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) > strlen(longest))
            longest = kinds[i].name;
    return longest;
}

/* ---- geodesic: T. Vincenty, "Direct and inverse solutions of geodesics", Survey Review 23 (1975) --- */

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
    const double b = A * (1 - F);
    double u = g->cos2_alpha * (A * A - b * b) / (b * b);
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
    double c = F / 16 * g->cos2_alpha * (4 + F * (4 - 3 * g->cos2_alpha));
    double m = g->cos_2m + c * g->cos_sigma * (2 * g->cos_2m * g->cos_2m - 1);
    return l + (1 - c) * F * g->sin_alpha * (g->sigma + c * g->sin_sigma * m);
}

double pm_geodesic(double lon1, double lat1, double lon2, double lat2)
{
    double u1 = atan((1 - F) * tan(lat1 * RAD)), u2 = atan((1 - F) * tan(lat2 * RAD));
    double l = wrapped(lon2 - lon1), lambda = l, before = 2 * PI;
    for (int i = 0; i < GEODESIC_STEPS && fabs(lambda) < PI + 1e-9; i++) {
        struct geodesic g = geodesic_at(u1, u2, lambda);
        if (fabs(lambda - before) < 1e-12)
            return geodesic_length(&g);
        before = lambda;
        lambda = geodesic_lambda(&g, l);
    }
    return SPHERE * geodesic_at(lat1 * RAD, lat2 * RAD, l).sigma;
}
