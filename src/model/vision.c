#include "model/vision.h"

#include <math.h>

#include "base/banned.h"

#define RADIAN 0.017453292519943295
#define POW25_7 6103515625.0 /* 25 to the 7th */

/* ---- eyes: matrices on linear RGB ------------------------------------------------------------ */

static const struct {
    const char *phrase;
    double matrix[3][3];
} eyes[] = {
    [PM_VISION_FULL] = {"with full colour vision", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    [PM_VISION_PROTAN] = {"with protanopia",
                          {{0.152286, 1.052583, -0.204868},
                           {0.114503, 0.786281, 0.099216},
                           {-0.003882, -0.048116, 1.051998}}},
    [PM_VISION_DEUTAN] = {"with deuteranopia",
                          {{0.367322, 0.860646, -0.227968},
                           {0.280085, 0.672501, 0.047413},
                           {-0.011820, 0.042940, 0.968881}}},
    [PM_VISION_TRITAN] = {"with tritanopia",
                          {{1.255528, -0.076749, -0.178779},
                           {-0.078411, 0.930809, 0.147602},
                           {0.004733, 0.691367, 0.303900}}},
    [PM_VISION_GREY] =
        {"in grey", {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}},
};

static void multiply(const double matrix[3][3], const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
}

/* ---- CIELAB ---------------------------------------------------------------------------------- */

static double lab_root(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* A screen shows nothing beyond its gamut, so simulated colours are cut there. */
struct pm_lab pm_lab_of(pm_color c, enum pm_vision vision)
{
    static const double to_xyz[3][3] = {
        {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}};
    double rgb[3], seen[3], xyz[3];
    pm_color_linear(c, rgb);
    multiply(eyes[vision].matrix, rgb, seen);
    for (int i = 0; i < 3; i++)
        seen[i] = fmin(fmax(seen[i], 0), 1);
    multiply(to_xyz, seen, xyz);
    for (int i = 0; i < 3; i++) /* white is what all three make together: grey has no hue */
        xyz[i] = lab_root(xyz[i] / (to_xyz[i][0] + to_xyz[i][1] + to_xyz[i][2]));
    return (struct pm_lab){116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

/* ---- CIEDE2000, in the names and order of Sharma et al. ---------------------------------------- */

/* Degrees in 0..360; grey has none and gets 0. */
static double hue_of(double a, double b)
{
    if (a == 0 && b == 0)
        return 0;
    double h = atan2(b, a) / RADIAN;
    return h < 0 ? h + 360 : h;
}

/* From one hue to the other the short way around. */
static double hue_step(double h1, double h2)
{
    double step = h2 - h1;
    return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

static double hue_mean(double h1, double h2)
{
    double sum = h1 + h2;
    if (fabs(h1 - h2) <= 180)
        return sum / 2;
    return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

static double share_of_7th(double c)
{
    double c7 = pow(c, 7);
    return sqrt(c7 / (c7 + POW25_7));
}

static double cosine(double degrees)
{
    return cos(degrees * RADIAN);
}

double pm_lab_difference(struct pm_lab x, struct pm_lab y)
{
    double g = 0.5 * (1 - share_of_7th((hypot(x.a, x.b) + hypot(y.a, y.b)) / 2));
    double a1 = (1 + g) * x.a, a2 = (1 + g) * y.a;
    double c1 = hypot(a1, x.b), c2 = hypot(a2, y.b), h1 = hue_of(a1, x.b), h2 = hue_of(a2, y.b);
    bool grey = c1 == 0 || c2 == 0;

    double dl = y.l - x.l, dc = c2 - c1;
    double dh = grey ? 0 : 2 * sqrt(c1 * c2) * sin(hue_step(h1, h2) / 2 * RADIAN);
    double l = (x.l + y.l) / 2, c = (c1 + c2) / 2, h = grey ? h1 + h2 : hue_mean(h1, h2);

    double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) -
               0.20 * cosine(4 * h - 63);
    double l50 = (l - 50) * (l - 50);
    double sl = 1 + 0.015 * l50 / sqrt(20 + l50), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double turn = 30 * exp(-(h - 275) / 25 * ((h - 275) / 25));
    double rt = -sin(2 * turn * RADIAN) * 2 * share_of_7th(c);
    double el = dl / sl, ec = dc / sc, eh = dh / sh;
    return sqrt(el * el + ec * ec + eh * eh + rt * ec * eh);
}

const char *pm_vision_phrase(enum pm_vision vision)
{
    return eyes[vision].phrase;
}
