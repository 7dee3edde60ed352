/* Each projection is a kernel on the unit ellipsoid: (longitude from the central meridian, latitude),
 * radians, to (x, y) and back. Equal-area ones use the sine of the authalic latitude, which is a
 * polynomial in the sine of the latitude (ellipsoid.h), so that a kernel is some fifty multiplications
 * and hardly a branch; FORWARD_MANY makes of it a loop that compilers vectorise. */
#include "geo/project.h"

#include <stdlib.h>
#include <string.h>

#include "geo/ellipsoid.h"
#include "base/banned.h"

#define UNIT PM_WGS84_A
#define GRID_RAD (PM_RAD / PM_GRID_PER_DEGREE)

typedef const double *constants; /* pm_projection.k */

struct place {
    double lambda, phi;
};

/* Branchless, unlike fmin() and fmax(), which care for NaN. */
static inline double clamped(double v, double low, double high)
{
    v = v < low ? low : v;
    return v > high ? high : v;
}

#define FORWARD_MANY(name)                                                                         \
    static void name##_many(constants given, const struct pm_grid *in, size_t count,               \
                            struct pm_metre *out)                                                  \
    {                                                                                              \
        double k[6]; /* a copy, that `out` can't overlap */                                        \
        memcpy(k, given, sizeof k);                                                                \
        for (size_t i = 0; i < count; i++)                                                         \
            out[i] = name##_forward(k, in[i].x * GRID_RAD, in[i].y * GRID_RAD);                    \
    }

static double q_of(double degrees)
{
    return pm_authalic_q(pm_sin_quarter(degrees * PM_RAD));
}

static double radius_of(double degrees)
{
    return pm_parallel_radius(pm_sin_quarter(degrees * PM_RAD));
}

static double phi_of_q(double q)
{
    return asin(pm_sin_of_q(q));
}

static double pole_q(void)
{
    return pm_authalic_q(1);
}

/* Radius of the authalic sphere over the semi-major axis. */
static double authalic_radius(void)
{
    return sqrt(pole_q() / 2);
}

/* ---- Albers equal-area conic (Snyder p. 101-102); k: n, C, rho0 -------------------------------- */

static void albers_setup(struct pm_projection *p)
{
    double m1 = radius_of(p->lat1), m2 = radius_of(p->lat2);
    double q1 = q_of(p->lat1), q2 = q_of(p->lat2);
    double n =
        fabs(p->lat1 - p->lat2) < 1e-10 ? sin(p->lat1 * PM_RAD) : (m1 * m1 - m2 * m2) / (q2 - q1);
    p->k[0] = n;
    p->k[1] = m1 * m1 + n * q1;
    p->k[2] = sqrt(p->k[1] - n * q_of(p->lat0)) / n;
}

static inline struct pm_metre albers_forward(constants k, double lambda, double phi)
{
    double square = k[1] - k[0] * pm_authalic_q(pm_sin_quarter(phi));
    double rho = sqrt(square > 0 ? square : 0) / k[0];
    struct pm_sincos theta = pm_sincos_of(k[0] * lambda);
    return (struct pm_metre){UNIT * rho * theta.sin, UNIT * (k[2] - rho + rho * theta.versed)};
}
FORWARD_MANY(albers)

static bool albers_inverse(constants k, struct pm_metre m, struct place *out)
{
    double n = k[0], sign = n < 0 ? -1 : 1;
    double y = k[2] - m.y, rho = hypot(m.x, y);
    double q = (k[1] - rho * rho * n * n) / n;
    out->lambda = atan2(sign * m.x, sign * y) / n;
    out->phi = phi_of_q(q);
    return fabs(q) <= pole_q() + 1e-9 && fabs(out->lambda) <= PM_PI + 1e-9;
}

/* ---- Lambert azimuthal equal-area (p. 187-190); k: 1 / qp, Rq, sin b1, cos b1, D ----------------- */

static void azimuthal_setup(struct pm_projection *p)
{
    bool polar = fabs(p->lat0) > 90 - 1e-9; /* D is 0/0 there, and 1 in the limit */
    double sin_b1 = polar ? copysign(1, p->lat0) : q_of(p->lat0) / pole_q();
    double cos_b1 = sqrt((1 - sin_b1) * (1 + sin_b1));
    p->k[0] = 1 / pole_q();
    p->k[1] = authalic_radius();
    p->k[2] = sin_b1;
    p->k[3] = cos_b1;
    p->k[4] = polar ? 1 : radius_of(p->lat0) / (p->k[1] * cos_b1);
}

/* Within 10 m of the antipode, which is a circle on the map, points come to lie inside it. */
static inline struct pm_metre azimuthal_forward(constants k, double lambda, double phi)
{
    double sin_b = clamped(pm_authalic_q(pm_sin_quarter(phi)) * k[0], -1, 1);
    double cos_b = sqrt((1 - sin_b) * (1 + sin_b));
    struct pm_sincos l = pm_sincos_of(lambda);
    double along = cos_b - cos_b * l.versed;
    double span = 1 + k[2] * sin_b + k[3] * along;
    double b = UNIT * k[1] * sqrt(2 / (span > 1e-12 ? span : 1e-12));
    return (struct pm_metre){b * k[4] * cos_b * l.sin, b / k[4] * (k[3] * sin_b - k[2] * along)};
}
FORWARD_MANY(azimuthal)

static bool azimuthal_inverse(constants k, struct pm_metre m, struct place *out)
{
    double x = m.x / k[4], y = m.y * k[4], rho = hypot(x, y);
    if (rho > 2 * k[1])
        return false;
    double c = 2 * asin(rho / (2 * k[1]));
    out->phi = phi_of_q((cos(c) * k[2] + (rho > 0 ? y * sin(c) * k[3] / rho : 0)) / k[0]);
    out->lambda = atan2(x * sin(c), rho * k[3] * cos(c) - y * k[2] * sin(c));
    return true;
}

/* ---- cylindrical equal-area (p. 81-83); k: k0 --------------------------------------------------- */

static void cylindrical_setup(struct pm_projection *p)
{
    p->k[0] = radius_of(p->lat1);
}

static inline struct pm_metre cylindrical_forward(constants k, double lambda, double phi)
{
    return (struct pm_metre){UNIT * k[0] * lambda,
                             UNIT * pm_authalic_q(pm_sin_quarter(phi)) / (2 * k[0])};
}
FORWARD_MANY(cylindrical)

static bool cylindrical_inverse(constants k, struct pm_metre m, struct place *out)
{
    double q = 2 * m.y * k[0];
    *out = (struct place){m.x / k[0], phi_of_q(q)};
    return fabs(q) <= pole_q() + 1e-12 && fabs(out->lambda) <= PM_PI + 1e-12;
}

/* ---- transverse cylindrical equal-area (p. 80) on the authalic sphere; k: 1 / qp, Rq, b0 -----------
 * Equal-area on the ellipsoid; the central meridian is true to 0.4 %. (The form of p. 82 that is true
 * there exactly takes an iteration each way, and PROJ has neither.) */

static void transverse_setup(struct pm_projection *p)
{
    p->k[0] = 1 / pole_q();
    p->k[1] = authalic_radius();
    p->k[2] = asin(clamped(q_of(p->lat0) / pole_q(), -1, 1));
}

#define QUARTER (PM_PI / 2 + 1e-9)

static inline struct pm_metre transverse_forward(constants k, double lambda, double phi)
{
    double sin_b = clamped(pm_authalic_q(pm_sin_quarter(phi)) * k[0], -1, 1);
    double cos_b = sqrt((1 - sin_b) * (1 + sin_b));
    struct pm_sincos l = pm_sincos_of(lambda);
    double x = cos_b * l.sin, along = cos_b - cos_b * l.versed;
    double w = sqrt(sin_b * sin_b + along * along) + 1e-30; /* 0 at the ends of the cylinder */
    double y = pm_angle(sin_b / w, along / w, 4) - k[2];
    bool far =
        lambda > QUARTER || lambda < -QUARTER; /* behind: it would lie over what is in front */
    return (struct pm_metre){far ? INFINITY : UNIT * k[1] * x, UNIT * k[1] * y};
}
FORWARD_MANY(transverse)

static bool transverse_inverse(constants k, struct pm_metre m, struct place *out)
{
    double x = m.x / k[1], d = m.y / k[1] + k[2];
    if (fabs(x) > 1 || fabs(d) > PM_PI)
        return false;
    double w = sqrt((1 - x) * (1 + x));
    *out = (struct place){atan2(x, w * cos(d)), phi_of_q(w * sin(d) / k[0])};
    return true;
}

/* ---- Equal Earth: Šavrič, Patterson, Jenny, "The Equal Earth map projection", International Journal of
 * Geographical Information Science 33 (2019); k: 1 / qp, Rq ------------------------------------------ */

#define EARTH_M 0.86602540378443864676 /* sqrt(3) / 2 */

static const double earth_a[] = {1.340264, -0.081106, 0.000893, 0.003796};

static void earth_setup(struct pm_projection *p)
{
    p->k[0] = 1 / pole_q();
    p->k[1] = authalic_radius();
}

static inline double earth_y(double t)
{
    double t2 = t * t, t6 = t2 * t2 * t2;
    return t * (earth_a[0] + earth_a[1] * t2 + t6 * (earth_a[2] + earth_a[3] * t2));
}

static inline double earth_slope(double t)
{
    double t2 = t * t, t6 = t2 * t2 * t2;
    return earth_a[0] + 3 * earth_a[1] * t2 + t6 * (7 * earth_a[2] + 9 * earth_a[3] * t2);
}

static inline struct pm_metre earth_forward(constants k, double lambda, double phi)
{
    double sin_t = EARTH_M * clamped(pm_authalic_q(pm_sin_quarter(phi)) * k[0], -1, 1);
    double cos_t = sqrt((1 - sin_t) * (1 + sin_t)), t = pm_angle(sin_t, cos_t, 2);
    return (struct pm_metre){UNIT * k[1] * lambda * cos_t / (EARTH_M * earth_slope(t)),
                             UNIT * k[1] * earth_y(t)};
}
FORWARD_MANY(earth)

static bool earth_inverse(constants k, struct pm_metre m, struct place *out)
{
    double y = m.y / k[1], t = y / earth_a[0];
    for (int i = 0; i < 8; i++)
        t = clamped(t - (earth_y(t) - y) / earth_slope(t), -PM_PI / 3, PM_PI / 3);
    out->lambda = m.x / k[1] * EARTH_M * earth_slope(t) / cos(t);
    out->phi = phi_of_q(sin(t) / EARTH_M / k[0]);
    return fabs(earth_y(t) - y) < 1e-9 && fabs(out->lambda) <= PM_PI + 1e-12;
}

/* ---- Lambert conformal conic (p. 107-109); k: n, F, rho0 --------------------------------------- */

/* The isometric latitude, which is infinite at the poles: nearly so must do. */
static inline double isometric(double phi)
{
    double north = PM_PI / 4 - phi / 2, south = PM_PI / 4 + phi / 2; /* half the polar distances */
    double t = pm_sin_quarter(north > 1e-30 ? north : 1e-30) /
               pm_sin_quarter(south > 1e-30 ? south : 1e-30);
    return -log(t) - pm_isometric_rest(pm_sin_quarter(phi));
}

static void conformal_setup(struct pm_projection *p)
{
    double m1 = radius_of(p->lat1), m2 = radius_of(p->lat2);
    double t1 = isometric(p->lat1 * PM_RAD), t2 = isometric(p->lat2 * PM_RAD);
    double n = fabs(p->lat1 - p->lat2) < 1e-10 ? sin(p->lat1 * PM_RAD) : log(m1 / m2) / (t2 - t1);
    p->k[0] = n;
    p->k[1] = m1 * exp(n * t1) / n;
    p->k[2] = p->k[1] * exp(-n * isometric(p->lat0 * PM_RAD));
}

static inline struct pm_metre conformal_forward(constants k, double lambda, double phi)
{
    double rho = k[1] * exp(-k[0] * isometric(phi));
    struct pm_sincos theta = pm_sincos_of(k[0] * lambda);
    return (struct pm_metre){UNIT * rho * theta.sin, UNIT * (k[2] - rho + rho * theta.versed)};
}
FORWARD_MANY(conformal)

static bool conformal_inverse(constants k, struct pm_metre m, struct place *out)
{
    double n = k[0], sign = n < 0 ? -1 : 1, e = sqrt(PM_WGS84_E2);
    double y = k[2] - m.y, rho = copysign(hypot(m.x, y), n);
    double psi = rho == 0 ? copysign(INFINITY, n) : -log(rho / k[1]) / n, s = tanh(psi);
    for (int i = 0; i < 8; i++)
        s = tanh(psi + e * atanh(e * s));
    *out = (struct place){atan2(sign * m.x, sign * y) / n, asin(s)};
    return fabs(out->lambda) <= PM_PI + 1e-9;
}

/* ---- the table of projections ------------------------------------------------------------------- */

static const struct {
    const char *word, *name;
    void (*setup)(struct pm_projection *p);
    struct pm_metre (*forward)(constants k, double lambda, double phi);
    void (*many)(constants k, const struct pm_grid *in, size_t count, struct pm_metre *out);
    bool (*inverse)(constants k, struct pm_metre m, struct place *out);
} kinds[] = {
#define ROW(name) name##_setup, name##_forward, name##_many, name##_inverse
    [PM_PROJECTION_ALBERS] = {"albers", "Albers equal-area conic", ROW(albers)},
    [PM_PROJECTION_LAMBERT_AREA] = {"lambert-azimuthal", "Lambert azimuthal equal-area",
                                    ROW(azimuthal)},
    [PM_PROJECTION_CYLINDRICAL] = {"cylindrical-equal-area", "Cylindrical equal-area",
                                   ROW(cylindrical)},
    [PM_PROJECTION_TRANSVERSE] = {"transverse-equal-area", "Transverse cylindrical equal-area",
                                  ROW(transverse)},
    [PM_PROJECTION_EQUAL_EARTH] = {"equal-earth", "Equal Earth", ROW(earth)},
    [PM_PROJECTION_LAMBERT_CONFORMAL] = {"lambert-conformal", "Lambert conformal conic",
                                         ROW(conformal)},
};

#define KINDS (sizeof kinds / sizeof *kinds)

struct pm_projection pm_projection_make(enum pm_projection_kind kind, double lon0, double lat0,
                                        double lat1, double lat2)
{
    struct pm_projection p = {.kind = kind, .lat0 = lat0, .lat1 = lat1, .lat2 = lat2};
    p.lon0 = pm_grid_lon(pm_grid_of(remainder(lon0, 360), 0));
    kinds[kind].setup(&p);
    return p;
}

struct pm_projection pm_projection_other(struct pm_reproject *proj)
{
    double lon0 = pm_reproject_meridian(proj);
    return (struct pm_projection){.kind = PM_PROJECTION_OTHER,
                                  .lon0 = pm_grid_lon(pm_grid_of(remainder(lon0, 360), 0)),
                                  .proj = proj};
}

struct pm_grid pm_projection_turn(const struct pm_projection *p, struct pm_grid g)
{
    const int64_t half = (int64_t)(180 * PM_GRID_PER_DEGREE);
    int64_t x = (int64_t)g.x - pm_grid_of(p->lon0, 0).x;
    x += x > half ? -2 * half : x < -half ? 2 * half : 0;
    return (struct pm_grid){(int32_t)x, g.y};
}

/* Turned back and as degrees. */
/* PROJ wraps longitudes itself: what lies on the far meridian stays on its own side by a hair, a tenth
 * of a millimetre. */
#define FARTHEST (180 - 1e-9)

static void other_many(const struct pm_projection *p, const struct pm_grid *in, size_t count,
                       struct pm_metre *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (struct pm_metre){p->lon0 + clamped(pm_grid_lon(in[i]), -FARTHEST, FARTHEST),
                                   pm_grid_lat(in[i])};
    pm_reproject_back(p->proj, &out[0].x, &out[0].y, sizeof *out, count);
}

void pm_project_turned(const struct pm_projection *p, const struct pm_grid *points, size_t count,
                       struct pm_metre *out)
{
    if (p->kind == PM_PROJECTION_OTHER)
        other_many(p, points, count, out);
    else
        kinds[p->kind].many(p->k, points, count, out);
}

struct pm_metre pm_project(const struct pm_projection *p, double lon, double lat)
{
    struct pm_metre m = {lon, lat};
    if (p->kind == PM_PROJECTION_OTHER)
        pm_reproject_back(p->proj, &m.x, &m.y, sizeof m, 1);
    else
        m = kinds[p->kind].forward(p->k, remainder(lon - p->lon0, 360) * PM_RAD, lat * PM_RAD);
    return m;
}

bool pm_unproject(const struct pm_projection *p, struct pm_metre m, double *lon, double *lat)
{
    struct place place = {0};
    *lon = m.x;
    *lat = m.y;
    if (p->kind == PM_PROJECTION_OTHER) {
        pm_reproject_points(p->proj, lon, lat, 1);
        return isfinite(*lon) && isfinite(*lat);
    }
    bool found = kinds[p->kind].inverse(p->k, (struct pm_metre){m.x / UNIT, m.y / UNIT}, &place);
    *lon = p->lon0 + place.lambda / PM_RAD;
    *lat = place.phi / PM_RAD;
    return found;
}

/* ---- scale ------------------------------------------------------------------------------------------ */

#define STEP 1e-3     /* degrees: differences are good to 1e-9 there */
#define POLEWARD 89.9 /* longitude has no meaning at the pole; the scale hardly changes beside it */

struct pm_scale pm_projection_scale(const struct pm_projection *p, double lon, double lat)
{
    lat = clamped(lat, -POLEWARD, POLEWARD);
    double sin_phi = sin(lat * PM_RAD), w = 1 - PM_WGS84_E2 * sin_phi * sin_phi;
    double east = PM_WGS84_A * pm_parallel_radius(sin_phi) * 2 * STEP * PM_RAD;
    double north = PM_WGS84_A * (1 - PM_WGS84_E2) / (w * sqrt(w)) * 2 * STEP * PM_RAD;
    struct pm_metre e0 = pm_project(p, lon - STEP, lat), e1 = pm_project(p, lon + STEP, lat);
    struct pm_metre n0 = pm_project(p, lon, lat - STEP), n1 = pm_project(p, lon, lat + STEP);
    double kx = (e1.x - e0.x) / east, ky = (e1.y - e0.y) / east;
    double hx = (n1.x - n0.x) / north, hy = (n1.y - n0.y) / north;
    double area = fabs(kx * hy - ky * hx), squares = kx * kx + ky * ky + hx * hx + hy * hy;
    double sum = sqrt(squares + 2 * area), difference = sqrt(fmax(0, squares - 2 * area));
    return (struct pm_scale){(sum + difference) / 2, (sum - difference) / 2};
}

/* ---- names --------------------------------------------------------------------------------------- */

const char *pm_projection_name(const struct pm_projection *p)
{
    return p->kind == PM_PROJECTION_OTHER ? pm_reproject_name(p->proj) : kinds[p->kind].name;
}

const char *pm_projection_longest_name(void)
{
    const char *longest = "";
    for (size_t i = 0; i < KINDS; i++)
        if (strlen(kinds[i].name) > strlen(longest))
            longest = kinds[i].name;
    return longest;
}

const char *pm_projection_word(enum pm_projection_kind kind)
{
    return kind < KINDS ? kinds[kind].word : NULL;
}

enum pm_projection_kind pm_projection_kind_of(const char *word)
{
    size_t kind = 0;
    while (kind < KINDS && strcmp(kinds[kind].word, word) != 0)
        kind++;
    return (enum pm_projection_kind)kind;
}
