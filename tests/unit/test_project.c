#include "check.h"

#include "geo/choose.h"
#include "geo/frame.h"
#include "geo/geodesic.h"
#include "geo/project.h"

/* What PROJ 9.1 gives on WGS 84, in metres (proj -f %.4f +proj=… +ellps=WGS84). */
static const struct {
    enum pm_projection_kind kind;
    double lon0, lat0, lat1, lat2, lon, lat, x, y;
} reference[] = {
    {PM_PROJECTION_ALBERS, 67, 34, 31, 37, 66, 34, -92257.3377, 449.5988},
    {PM_PROJECTION_ALBERS, 67, 34, 31, 37, 60.5, 29.4, -631582.6323, -490197.3996},
    {PM_PROJECTION_ALBERS, 67, 34, 31, 37, 75, 38.5, 698414.6032, 526747.3610},
    {PM_PROJECTION_ALBERS, 67, 34, 31, 37, -100, 20, -10987552.1640, 10091406.3734},
    {PM_PROJECTION_ALBERS, 67, 34, 31, 37, 66, 80, -51109.6833, 4222083.7400},
    {PM_PROJECTION_ALBERS, 25, -28, -24, -33, 25, -29, 0, -111166.9477},
    {PM_PROJECTION_ALBERS, 25, -28, -24, -33, 30, -22, 517791.1763, 654399.6783},
    {PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, 66, 34, 184824.9880, 334330.0426},
    {PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, 63, 29, -97448.2399, -221268.0629},
    {PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, 75, 38.5, 958827.2206, 881284.9917},
    {PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, -100, 20, -3698182.7001, 10774957.5280},
    {PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, 64, 89, 0, 6182929.0032},
    {PM_PROJECTION_LAMBERT_AREA, 10, 90, 0, 0, 70, 85, 483483.2833, -279139.2038},
    {PM_PROJECTION_LAMBERT_AREA, 10, 90, 0, 0, -120, 60, -2535468.8748, 2127510.9977},
    {PM_PROJECTION_LAMBERT_AREA, 10, 90, 0, 0, 10, 90, 0.0000, 0.0000},
    {PM_PROJECTION_LAMBERT_AREA, 10, -90, 0, 0, 70, -85, 483483.2833, 279139.2038},
    {PM_PROJECTION_LAMBERT_AREA, 10, -90, 0, 0, -120, -60, -2535468.8748, -2127510.9977},
    {PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6, 10, 5, 1107137.2008, 555209.9432},
    {PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6, -20, -12, -2214274.4016, -1324674.6079},
    {PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6, 100, 45, 11071372.0079, 4514425.1740},
    {PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6, 0, 89, 0, 6397722.0477},
};

static void agrees_with_proj_to_a_millimetre(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof reference / sizeof *reference; i++) {
        struct pm_projection p =
            pm_projection_make(reference[i].kind, reference[i].lon0, reference[i].lat0,
                               reference[i].lat1, reference[i].lat2);
        struct pm_metre m = pm_project(&p, reference[i].lon, reference[i].lat);
        assert_near(m.x, reference[i].x, 0.001);
        assert_near(m.y, reference[i].y, 0.001);
    }
}

static void round_trip(struct pm_projection p, double lon, double lat)
{
    double back_lon = 0, back_lat = 0;
    assert_true(pm_unproject(&p, pm_project(&p, lon, lat), &back_lon, &back_lat));
    assert_near(remainder(back_lon - lon, 360), 0, 1e-9);
    assert_near(back_lat, lat, 1e-9);
}

static void inverse_undoes_forward(void **state)
{
    (void)state;
    for (double lat = -89.9; lat <= 89.9; lat += 8.99)
        for (double lon = -170; lon <= 170; lon += 10) {
            round_trip(pm_projection_make(PM_PROJECTION_ALBERS, 10, 40, 30, 50), lon, lat);
            round_trip(pm_projection_make(PM_PROJECTION_CYLINDRICAL, 10, 0, 15, 15), lon, lat);
            if (fabs(remainder(lon - 10, 360)) < 150)
                round_trip(pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 10, 40, 0, 0), lon, lat);
            if (lat > -45) /* far from the antipode, which is a circle on the map */
                round_trip(pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 10, 90, 0, 0), lon, lat);
        }
}

/* Equal-area: a small quadrangle keeps its area wherever it lies. */
static double quadrangle(const struct pm_projection *p, double lon, double lat)
{
    enum { SIDES = 4 };
    static const double corners[SIDES][2] = {{0, 0}, {0.01, 0}, {0.01, 0.01}, {0, 0.01}};
    double twice = 0;
    for (int i = 0; i < SIDES; i++) {
        int k = (i + 1) % SIDES;
        struct pm_metre a = pm_project(p, lon + corners[i][0], lat + corners[i][1]);
        struct pm_metre b = pm_project(p, lon + corners[k][0], lat + corners[k][1]);
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

static void areas_are_kept(void **state)
{
    (void)state;
    struct pm_projection albers = pm_projection_make(PM_PROJECTION_ALBERS, 67, 34, 31, 37);
    struct pm_projection lambert = pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 40, 10, 0, 0);
    struct pm_projection cylindrical = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6);
    for (double lat = -50; lat <= 60; lat += 10) {
        double a = quadrangle(&albers, 60, lat);
        assert_near(quadrangle(&lambert, 60, lat) / a, 1, 1e-6);
        assert_near(quadrangle(&cylindrical, 60, lat) / a, 1, 1e-6);
    }
}

static void off_the_earth_is_refused(void **state)
{
    (void)state;
    double lon = 0, lat = 0;
    struct pm_projection lambert = pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 40, 10, 0, 0);
    struct pm_projection cylindrical = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6);
    assert_false(pm_unproject(&lambert, (struct pm_metre){2e7, 0}, &lon, &lat));
    assert_false(pm_unproject(&cylindrical, (struct pm_metre){0, 7e6}, &lon, &lat));
    assert_false(pm_unproject(&cylindrical, (struct pm_metre){2.1e7, 0}, &lon, &lat));
}

static enum pm_projection_kind chosen(double west, double south, double east, double north)
{
    return pm_projection_for(&(struct pm_region){west, south, east, north}).kind;
}

/* What the Projection Wizard says of these extents, but for Antarctica and the Arctic: see choose.c. */
static void chooses_by_extent(void **state)
{
    (void)state;
    assert_int_equal(chosen(-180, -90, 180, 84), PM_PROJECTION_EQUAL_EARTH);
    assert_int_equal(chosen(-18, -35, 52, 37), PM_PROJECTION_LAMBERT_AREA);  /* Africa */
    assert_int_equal(chosen(-18, -35, 180, 78), PM_PROJECTION_LAMBERT_AREA); /* … with Eurasia */
    assert_int_equal(chosen(60.5, 29.4, 75, 38.5), PM_PROJECTION_ALBERS);    /* Afghanistan */
    assert_int_equal(chosen(-125, 24, -67, 49), PM_PROJECTION_ALBERS);       /* United States */
    assert_int_equal(chosen(95, -11, 141, 6), PM_PROJECTION_CYLINDRICAL);    /* Indonesia */
    assert_int_equal(chosen(-75, -55, -66, -17), PM_PROJECTION_TRANSVERSE);  /* Chile */
    assert_int_equal(chosen(14, 36, 19, 47), PM_PROJECTION_TRANSVERSE);
    assert_int_equal(chosen(-5, 42, 8, 51), PM_PROJECTION_LAMBERT_AREA);     /* France */
    assert_int_equal(chosen(19, 41, 191, 82), PM_PROJECTION_LAMBERT_AREA);   /* Russia: the pole */
    assert_int_equal(chosen(-100, 50, 110, 60), PM_PROJECTION_LAMBERT_AREA); /* over 200 degrees */
    assert_int_equal(chosen(-180, -90, 180, -63), PM_PROJECTION_LAMBERT_AREA);
    assert_int_equal(chosen(-180, 50, 180, 83), PM_PROJECTION_LAMBERT_AREA);
    assert_int_equal(chosen(-180, -10, 180, 20), PM_PROJECTION_CYLINDRICAL); /* the tropics */
    assert_int_equal(chosen(-150, -55, 150, 60), PM_PROJECTION_EQUAL_EARTH); /* no poles */
    assert_int_equal(chosen(3, -54.5, 34, 81), PM_PROJECTION_LAMBERT_AREA); /* Norway with Bouvet */
}

static void nothing_lies_behind_the_transverse_cylinder(void **state)
{
    (void)state;
    struct pm_projection p = pm_projection_make(PM_PROJECTION_TRANSVERSE, 10, 0, 0, 0);
    assert_true(isfinite(pm_project(&p, 100, 20).x));
    assert_true(isfinite(pm_project(&p, -80, 20).x));
    assert_false(isfinite(pm_project(&p, 100.001, 20).x));
    assert_false(isfinite(pm_project(&p, -170, 89).x));
}

static void fits_parameters_to_the_extent(void **state)
{
    (void)state;
    struct pm_projection p = pm_projection_for(&(struct pm_region){60, 29, 76, 38});
    assert_near(p.lon0, 68, 1e-7);
    assert_near(p.lat1, 30.5, 1e-12);
    assert_near(p.lat2, 36.5, 1e-12);
    assert_near(pm_projection_for(&(struct pm_region){95, -11, 141, 6}).lat1, 5.5, 1e-12);
    assert_near(pm_projection_for(&(struct pm_region){177, -19, 182, -16}).lon0, 179.5, 1e-7);
    assert_near(pm_projection_for(&(struct pm_region){10, -5, 20, 5}).lat0, 0, 0);
    assert_near(pm_projection_for(&(struct pm_region){-5, 42, 8, 51}).lat0, 46.5, 0);
    assert_near(pm_projection_for(&(struct pm_region){-180, -90, 180, -63}).lat0, -90, 0);
    assert_near(pm_projection_for(&(struct pm_region){-180, 50, 180, 83}).lat0, 90, 0);
    assert_near(pm_projection_for(&(struct pm_region){10, 78, 30, 81}).lat0, 90, 0);
    /* a cone even where the parallels would be opposite */
    p = pm_projection_fit(PM_PROJECTION_ALBERS, &(struct pm_region){0, -20, 40, 20});
    assert_true(isfinite(pm_project(&p, 10, 10).x));
}

static void check_span(struct pm_span a, struct pm_span b, struct pm_span c, double west,
                       double east)
{
    struct pm_span spans[] = {a, b, c};
    struct pm_span around = pm_span_around(spans, 3);
    assert_near(around.west, west, 0);
    assert_near(around.east, east, 0);
}

static void spans_leave_out_the_widest_gap(void **state)
{
    (void)state;
    check_span((struct pm_span){60, 75}, (struct pm_span){62, 63}, (struct pm_span){70, 74}, 60,
               75);
    /* Alaska with its westernmost islands, and Guam */
    check_span((struct pm_span){-179.1, -130}, (struct pm_span){172.4, 179.8},
               (struct pm_span){144.6, 145}, 144.6, 230);
    /* one that touches the antimeridian from both sides, an island inside */
    check_span((struct pm_span){-180, -169}, (struct pm_span){19, 180}, (struct pm_span){30, 40},
               19, 191);
    /* the whole circle: nowhere to begin but where it does */
    check_span((struct pm_span){-180, 180}, (struct pm_span){-30, 10}, (struct pm_span){50, 60},
               -180, 180);
    assert_near(pm_span_around(NULL, 0).east, 0, 0);
}

/* Against GeographicLib (geod -I +ellps=WGS84). The series converges slowly near the antipode and
 * not at all beside it: there a sphere has to do. */
static void geodesic_lengths(void **state)
{
    (void)state;
    assert_near(pm_geodesic(66, 34, 67, 34), 92384.4194, 0.001);
    assert_near(pm_geodesic(0, 51, -74, 40.5), 5625928.3227, 0.001);
    assert_near(pm_geodesic(20, 10, 20, 10), 0, 0);
    assert_near(pm_geodesic(0, 90, 50, -90), 20003931.4586, 0.001);
    assert_near(pm_geodesic(179, 10, -179, 10), 219278.3924, 0.001);
    assert_near(pm_geodesic(0, 0, 179.5, 0.5), 19936288.5790, 0.001);
    assert_near(pm_geodesic(0, 0, 180, 0) / 20003931.4586, 1, 0.006);
    assert_near(pm_geodesic(0, 30, 179.8, -29.9) / 19989832.8276, 1, 0.006);
    assert_near(pm_geodesic(0, 0, 179.7, 0) / 19995624.8900, 1, 0.006);
}

static void frame_fits_and_inverts(void **state)
{
    (void)state;
    const struct pm_metre points[] = {{-100, -50}, {300, 150}};
    struct pm_projection p = pm_projection_for(&(struct pm_region){60, 29, 76, 38});
    struct pm_frame f = pm_frame_fit(&p, points, 2, pm_box_of(10, 20, 840, 640), 20);
    assert_near(f.scale, 2, 1e-12); /* 800 px for 400 m: the width decides */
    struct pm_pt centre = pm_frame_page(&f, (struct pm_metre){100, 50});
    assert_near(centre.x, 430, 1e-9);
    assert_near(centre.y, 340, 1e-9);
    struct pm_pt corner = pm_frame_page(&f, points[0]);
    assert_near(corner.x, 30, 1e-9);
    assert_true(corner.y > centre.y); /* y runs down on the page */
    struct pm_metre back = pm_frame_metre(&f, corner);
    assert_near(back.x, -100, 1e-9);
    assert_near(back.y, -50, 1e-9);
}

static struct pm_frame frame_around(const struct pm_projection *p, double reach)
{
    struct pm_metre points[] = {{-reach, -reach}, {reach, reach}};
    return pm_frame_fit(p, points, 2, pm_box_of(0, 0, 1000, 1000), 0);
}

/* On a map of a pole north is where the north pole is, or straight away from the south pole. */
static void north_is_towards_the_pole(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        struct pm_projection p =
            pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 10, 90.0 * sign, 0, 0);
        struct pm_frame f = frame_around(&p, 3e6);
        for (int i = 0; i < 12; i++) {
            double turn = (i + 0.5) * 3.14159265358979323846 / 6, angle = 0;
            struct pm_pt at = {500 + 300 * sin(turn), 500 - 300 * cos(turn)};
            assert_true(pm_frame_north(&f, at, &angle));
            double outward = turn * 180 / 3.14159265358979323846;
            assert_near(remainder(angle - (sign > 0 ? outward + 180 : outward), 360), 0, 1e-3);
        }
    }
}

/* On a cone north turns by its constant, which for standard parallels at 31 and 37 degrees is nearly the
 * sine of 34: to the left in the east, to the right in the west. */
static void north_turns_with_the_cone(void **state)
{
    (void)state;
    struct pm_projection p = pm_projection_make(PM_PROJECTION_ALBERS, 67, 34, 31, 37);
    struct pm_frame f = frame_around(&p, 1e6);
    for (int lon = 60; lon <= 74; lon++) {
        double angle = 0;
        struct pm_pt at = pm_frame_lonlat(&f, lon, 34);
        assert_true(pm_frame_north(&f, at, &angle));
        assert_near(angle, -0.5584 * (lon - 67), 0.02);
    }
}

static void north_is_up_on_a_cylinder_and_nowhere_off_the_earth(void **state)
{
    (void)state;
    struct pm_projection p = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 6);
    struct pm_frame f = frame_around(&p, 8e6);
    double angle = 1;
    assert_true(pm_frame_north(&f, (struct pm_pt){900, 400}, &angle));
    assert_near(angle, 0, 1e-6);
    assert_false(pm_frame_north(&f, (struct pm_pt){500, 10}, &angle));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(north_is_towards_the_pole),
        cmocka_unit_test(north_turns_with_the_cone),
        cmocka_unit_test(north_is_up_on_a_cylinder_and_nowhere_off_the_earth),
        cmocka_unit_test(agrees_with_proj_to_a_millimetre),
        cmocka_unit_test(inverse_undoes_forward),
        cmocka_unit_test(areas_are_kept),
        cmocka_unit_test(off_the_earth_is_refused),
        cmocka_unit_test(chooses_by_extent),
        cmocka_unit_test(nothing_lies_behind_the_transverse_cylinder),
        cmocka_unit_test(fits_parameters_to_the_extent),
        cmocka_unit_test(spans_leave_out_the_widest_gap),
        cmocka_unit_test(geodesic_lengths),
        cmocka_unit_test(frame_fits_and_inverts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
