/* WGS 84 and what map projections need of it. Radians.
 *
 * All inline, without branches and libm, so that loops over many points vectorise and give
 * the same bits on every machine. Truncation errors are below 1e-16 over the ranges stated. */
#ifndef PM_GEO_ELLIPSOID_H
#define PM_GEO_ELLIPSOID_H

#include <math.h>

#define PM_WGS84_A 6378137.0
#define PM_WGS84_F (1 / 298.257223563)
#define PM_WGS84_E2 (PM_WGS84_F * (2 - PM_WGS84_F))

#define PM_PI 3.14159265358979323846
#define PM_RAD (PM_PI / 180)

/* Taylor series, |x| <= pi/2. */
static inline double pm_sin_quarter(double x)
{
    static const double c[] = {-1.0 / 6,
                               1.0 / 120,
                               -1.0 / 5040,
                               1.0 / 362880,
                               -1.0 / 39916800,
                               1.0 / 6227020800,
                               -1.0 / 1307674368000,
                               1.0 / 355687428096000,
                               -1.0 / 121645100408832000,
                               1.0 / 51090942171709440000.0};
    double z = x * x, sum = c[9];
    for (int i = 8; i >= 0; i--)
        sum = sum * z + c[i];
    return x + x * z * sum;
}

static inline double pm_cos_quarter(double x)
{
    static const double c[] = {-1.0 / 2,
                               1.0 / 24,
                               -1.0 / 720,
                               1.0 / 40320,
                               -1.0 / 3628800,
                               1.0 / 479001600,
                               -1.0 / 87178291200,
                               1.0 / 20922789888000,
                               -1.0 / 6402373705728000,
                               1.0 / 2432902008176640000};
    double z = x * x, sum = c[9];
    for (int i = 8; i >= 0; i--)
        sum = sum * z + c[i];
    return 1 + z * sum;
}

/* Of |x| <= pi, by the half angle. */
struct pm_sincos {
    double sin, versed; /* versed: 1 - cos, exact where the angle is small */
};

static inline struct pm_sincos pm_sincos_of(double x)
{
    double s = pm_sin_quarter(x / 2), c = pm_cos_quarter(x / 2);
    return (struct pm_sincos){2 * s * c, 2 * s * s};
}

/* The angle whose sine and cosine these are, between -pi and pi (less exact close to those): halved
 * until its sine is below a quarter, for which the series of the arcsine is short. `halvings`: 2 is
 * enough for 60 degrees, 4 for all. */
static inline double pm_angle(double sin, double cos, int halvings)
{
    static const double c[] = {1.0 / 6,
                               3.0 / 40,
                               15.0 / 336,
                               105.0 / 3456,
                               945.0 / 42240,
                               10395.0 / 599040,
                               135135.0 / 9676800,
                               2027025.0 / 175472640,
                               34459425.0 / 3530096640.0,
                               654729075.0 / 78033715200.0,
                               13749310575.0 / 1880240947200.0};
    double scale = 1;
    for (int i = 0; i < halvings; i++) {
        double square = (1 + cos) / 2;
        cos = sqrt(square > 1e-30 ? square : 1e-30);
        sin = sin / (2 * cos);
        scale = 2 * scale;
    }
    double z = sin * sin, sum = c[10];
    for (int i = 9; i >= 0; i--)
        sum = sum * z + c[i];
    return scale * (sin + sin * z * sum);
}

/* q of Snyder (1987), eq. (3-12), from the sine of the geodetic latitude. The logarithm's series is
 * summed instead: q = (1 - e2) s sum of (2k + 2) / (2k + 1) (e2 s2)^k. q over its value at the pole is
 * the sine of the authalic latitude, that of a sphere of the same area. */
static inline double pm_authalic_q(double sin_phi)
{
    double z = PM_WGS84_E2 * sin_phi * sin_phi, sum = 16.0 / 15;
    for (int k = 6; k >= 0; k--)
        sum = sum * z + (2 * k + 2) / (2.0 * k + 1);
    return (1 - PM_WGS84_E2) * sin_phi * sum;
}

/* The sine of the geodetic latitude from q, by Newton's method. In sines it is nearly linear, even at
 * the poles; three steps reach the last bit. */
static inline double pm_sin_of_q(double q)
{
    double s = q / pm_authalic_q(1);
    for (int i = 0; i < 3; i++) {
        double w = 1 - PM_WGS84_E2 * s * s;
        s -= (pm_authalic_q(s) - q) * w * w / (2 * (1 - PM_WGS84_E2));
    }
    return s > 1 ? 1 : s < -1 ? -1 : s;
}

/* How much less than on the sphere the isometric latitude is: e artanh(e sin phi). */
static inline double pm_isometric_rest(double sin_phi)
{
    double z = PM_WGS84_E2 * sin_phi * sin_phi, sum = 1.0 / 15;
    for (int k = 6; k >= 0; k--)
        sum = sum * z + 1 / (2.0 * k + 1);
    return PM_WGS84_E2 * sin_phi * sum;
}

/* Radius of a parallel over the semi-major axis: m of eq. (14-15). */
static inline double pm_parallel_radius(double sin_phi)
{
    return sqrt((1 - sin_phi) * (1 + sin_phi) / (1 - PM_WGS84_E2 * sin_phi * sin_phi));
}

#endif
