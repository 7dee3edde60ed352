/* The rules are those of B. Šavrič, B. Jenny, H. Jenny, "Projection Wizard – an online map projection
 * selection tool", The Cartographic Journal 53 (2016), as published in its version 2, for maps on which
 * areas compare, as those of control must:
 *
 *   the world                    Equal Earth (one of its pseudocylindricals)
 *   a hemisphere                 Lambert azimuthal
 *   tall                         transverse cylindrical equal-area
 *   wide, near a pole            Lambert azimuthal, about the pole
 *   wide, near the equator       cylindrical equal-area
 *   wide, over 200° long, or so  Lambert azimuthal
 *     that Albers' pole would gape
 *   wide                         Albers, standard parallels a sixth of the height from the edges
 *   about square                 Lambert azimuthal: about the pole or the equator if they are near
 *
 * Two things are done otherwise. The standard parallel of the cylindrical is always half way from the
 * equator to the farther edge; the wizard takes the equator where a region lies on both sides, which
 * leaves all distortion to the edges. A region that surrounds a pole has the pole for its middle,
 * where the wizard takes the middle of its range of latitudes. One all around the earth, but not around a
 * pole, is a cylindrical map if it is a band, else one of the world; the wizard would bend it around a
 * disc. And what is very tall is an azimuthal one. */
#include "geo/choose.h"

#include <math.h>
#include <stdlib.h>

#include "geo/ellipsoid.h"
#include "base/banned.h"

/* The wizard's thresholds. */
#define WORLD 1.5 /* area of the earth over that of the region's quadrangle */
#define HEMISPHERE 6.0
#define TALL 1.25 /* height over width */
#define WIDE 0.8
#define EQUATORIAL 15.0 /* degrees */
#define POLAR 75.0
#define POLAR_WIDE 70.0
#define POLAR_WIDER 67.5 /* … of regions larger than an eighth of the earth */
#define EIGHTH 8.0
#define LONG 200.0
/* Our own. */
#define SURROUNDS 270.0 /* degrees of longitude: all around the earth, or a pole */
#define BAND 90.0       /* degrees of latitude of what surrounds the earth, but no pole */
#define TALLEST 90.0    /* degrees: beside what is taller, the cylinder's sides would be in sight */

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

/* Earth's area over the region's: small for large regions. */
static double smallness(const struct pm_region *r)
{
    return 720 / (r->east - r->west) / (sin(r->north * PM_RAD) - sin(r->south * PM_RAD));
}

/* Height over width, where the region is widest. */
static double tallness(const struct pm_region *r)
{
    double nearest = r->south > 0 ? r->south : r->north < 0 ? r->north : 0;
    return (r->north - r->south) / ((r->east - r->west) * cos(nearest * PM_RAD));
}

static double middle(const struct pm_region *r)
{
    return (r->south + r->north) / 2;
}

static bool surrounds_earth(const struct pm_region *r)
{
    return r->east - r->west > SURROUNDS;
}

static bool surrounds_pole(const struct pm_region *r)
{
    return surrounds_earth(r) && (r->south >= 0 || r->north <= 0);
}

/* The pole of an Albers map is an arc, beyond which is nothing: does that gape inside the region's box? */
static bool shows_pole(const struct pm_region *r)
{
    struct pm_projection p = pm_projection_fit(PM_PROJECTION_ALBERS, r);
    double sign = middle(r) < 0 ? -1 : 1, reach = -INFINITY;
    double pole = sign * pm_project(&p, p.lon0, sign * 90).y;
    for (int i = 0; i < 2; i++)
        reach = fmax(reach, sign * pm_project(&p, r->east, i ? r->north : r->south).y);
    return pole < reach;
}

static enum pm_projection_kind choose_wide(const struct pm_region *r)
{
    double lat = fabs(middle(r));
    if (lat > POLAR_WIDE || (lat > POLAR_WIDER && smallness(r) < EIGHTH))
        return PM_PROJECTION_LAMBERT_AREA;
    if (lat < EQUATORIAL)
        return PM_PROJECTION_CYLINDRICAL;
    bool albers = r->east - r->west <= LONG && !shows_pole(r);
    return albers ? PM_PROJECTION_ALBERS : PM_PROJECTION_LAMBERT_AREA;
}

static enum pm_projection_kind choose(const struct pm_region *r)
{
    if (smallness(r) < WORLD)
        return PM_PROJECTION_EQUAL_EARTH;
    if (surrounds_earth(r) && !surrounds_pole(r))
        return r->north - r->south < BAND ? PM_PROJECTION_CYLINDRICAL : PM_PROJECTION_EQUAL_EARTH;
    if (smallness(r) < HEMISPHERE || surrounds_pole(r))
        return PM_PROJECTION_LAMBERT_AREA;
    if (tallness(r) > TALL && r->north - r->south < TALLEST)
        return PM_PROJECTION_TRANSVERSE;
    return tallness(r) < WIDE ? choose_wide(r) : PM_PROJECTION_LAMBERT_AREA;
}

static double azimuthal_centre(const struct pm_region *r)
{
    double lat = middle(r);
    if (fabs(lat) < EQUATORIAL && !surrounds_pole(r))
        return 0;
    bool wide = tallness(r) < WIDE;
    bool polar = surrounds_pole(r) || fabs(lat) > (wide ? POLAR_WIDE : POLAR) ||
                 (wide && fabs(lat) > POLAR_WIDER && smallness(r) < EIGHTH);
    return polar ? copysign(90, lat) : lat;
}

struct pm_projection pm_projection_fit(enum pm_projection_kind kind, const struct pm_region *r)
{
    double lon = (r->west + r->east) / 2, lat = middle(r), sixth = (r->north - r->south) / 6;
    double lat1 = r->south + sixth, lat2 = r->north - sixth;
    switch (kind) {
    case PM_PROJECTION_LAMBERT_AREA:
        return pm_projection_make(kind, lon, azimuthal_centre(r), 0, 0);
    case PM_PROJECTION_CYLINDRICAL:
        return pm_projection_make(kind, lon, 0, fmax(fabs(r->south), fabs(r->north)) / 2, 0);
    case PM_PROJECTION_EQUAL_EARTH:
        return pm_projection_make(kind, lon, 0, 0, 0);
    default:
        if (fabs(lat1 + lat2) < 0.01) /* a cone, if a slim one, not a cylinder */
            lat2 += 0.02;
        return pm_projection_make(kind, lon, lat, lat1, lat2);
    }
}

struct pm_projection pm_projection_for(const struct pm_region *region)
{
    return pm_projection_fit(choose(region), region);
}
