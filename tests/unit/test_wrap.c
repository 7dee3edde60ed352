#include "check.h"

#include "base/str.h"
#include "geo/wrap.h"

enum { MOST = 400 };

/* A line of degrees, to be wrapped. */
struct line {
    double lon[MOST], lat[MOST];
    size_t count;
};

static struct line line_of(const double (*lonlat)[2], size_t count)
{
    struct line line = {.count = count};
    for (size_t i = 0; i < count; i++) {
        line.lon[i] = lonlat[i][0];
        line.lat[i] = lonlat[i][1];
    }
    return line;
}

static struct pm_wrapped wrap(const struct line *line, bool closed, int pole, bool *jumps)
{
    struct pm_course course = {0};
    struct pm_wrapped out = {0};
    pm_course_follow(&course, line->lon, line->lat, line->count, closed);
    assert_true(pm_course_cut(&course, pole, &out));
    if (jumps)
        *jumps = course.jumps;
    pm_course_finish(&course);
    return out;
}

static void finish(struct pm_wrapped *w)
{
    pm_vec_finish(&w->points);
    pm_vec_finish(&w->parts);
}

/* "180 0, 170 0, 170 10, 180 10; …", each ring from its least point on and clockwise or not as it comes. */
static void assert_wrapped(const double (*lonlat)[2], size_t count, bool closed, const char *wanted)
{
    struct line line = line_of(lonlat, count);
    struct pm_wrapped w = wrap(&line, closed, 90, NULL);
    struct pm_str said = {0};
    for (size_t i = 0; i < w.parts.n; i++) {
        struct pm_range r = w.parts.v[i];
        pm_str_add(&said, i ? "; " : "");
        for (size_t k = r.first; k < r.first + r.count; k++) {
            pm_str_add(&said, k > r.first ? ", " : "");
            pm_str_num(&said, pm_grid_lon(w.points.v[k]), 7);
            pm_str_addc(&said, ' ');
            pm_str_num(&said, pm_grid_lat(w.points.v[k]), 7);
        }
    }
    assert_string_equal(pm_str_get(&said), wanted);
    pm_str_finish(&said);
    finish(&w);
}

#define ASSERT_RING(wanted, ...)                                                                   \
    do {                                                                                           \
        const double ring_[][2] = __VA_ARGS__;                                                     \
        assert_wrapped(ring_, sizeof ring_ / sizeof *ring_, true, wanted);                         \
    } while (0)
#define ASSERT_LINE(wanted, ...)                                                                   \
    do {                                                                                           \
        const double line_[][2] = __VA_ARGS__;                                                     \
        assert_wrapped(line_, sizeof line_ / sizeof *line_, false, wanted);                        \
    } while (0)

/* Twice the area, square degrees, of rings that lie beside each other. */
static double area_of(const struct pm_wrapped *w)
{
    double sum = 0;
    for (size_t i = 0; i < w->parts.n; i++) {
        struct pm_range r = w->parts.v[i];
        double twice = 0;
        for (size_t k = 0; k < r.count; k++) {
            struct pm_grid a = w->points.v[r.first + k];
            struct pm_grid b = w->points.v[r.first + (k + 1) % r.count];
            twice += pm_grid_lon(a) * pm_grid_lat(b) - pm_grid_lon(b) * pm_grid_lat(a);
        }
        sum += fabs(twice);
    }
    return sum;
}

static void assert_in_plane(const struct pm_wrapped *w)
{
    for (size_t i = 0; i < w->points.n; i++) {
        assert_true(w->points.v[i].x >= -1800000000 && w->points.v[i].x <= 1800000000);
        assert_true(w->points.v[i].y >= -900000000 && w->points.v[i].y <= 900000000);
    }
}

/* ---- the antimeridian ------------------------------------------------------------------------- */

static void rings_that_cross_the_antimeridian_are_cut_there(void **state)
{
    (void)state;
    ASSERT_RING("180 10, 170 10, 170 0, 180 0; -180 0, -170 0, -170 10, -180 10",
                {{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}});
    ASSERT_RING("180 10, 170 10, 170 0, 180 0; -180 0, -170 0, -170 10, -180 10",
                {{170, 0}, {190, 0}, {190, 10}, {170, 10}, {170, 0}});
    ASSERT_RING("-170 0, -160 0, -160 10, -170 10",
                {{190, 0}, {200, 0}, {200, 10}, {190, 10}, {190, 0}});
}

static void one_that_ends_at_it_is_not(void **state)
{
    (void)state;
    ASSERT_RING("170 0, 180 0, 180 10, 170 10",
                {{170, 0}, {180, 0}, {180, 10}, {170, 10}, {170, 0}});
    ASSERT_RING("170 0, 180 0, 180 10, 170 10",
                {{170, 0}, {-180, 0}, {-180, 10}, {170, 10}, {170, 0}});
    ASSERT_RING("-180 0, -170 0, -170 10, -180 10",
                {{180, 0}, {-170, 0}, {-170, 10}, {-180, 10}, {180, 0}});
}

static void lines_are_cut_too(void **state)
{
    (void)state;
    ASSERT_LINE("170 0, 180 5; -180 5, -170 10, -165 10", {{170, 0}, {-170, 10}, {-165, 10}});
    ASSERT_LINE("-170 0, -160 0", {{190, 0}, {200, 0}});
}

static void a_box_all_around_stays_one(void **state)
{
    (void)state;
    ASSERT_RING("-180 -60, -180 85, 180 85, 180 -60",
                {{-180, -60}, {-180, 85}, {180, 85}, {180, -60}, {-180, -60}});
}

static void edges_that_jump_are_told_from_longitudes_beyond_180(void **state)
{
    (void)state;
    bool jumps = false;
    const double box[][2] = {{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}};
    struct line line = line_of(box, 5);
    struct pm_wrapped w = wrap(&line, true, 90, &jumps);
    assert_true(jumps);
    finish(&w);
    line.lon[1] = line.lon[2] = 190;
    w = wrap(&line, true, 90, &jumps);
    assert_false(jumps);
    finish(&w);
}

/* ---- poles ---------------------------------------------------------------------------------- */

static void a_ring_around_a_pole_is_closed_along_it(void **state)
{
    (void)state;
    ASSERT_RING("180 90, -180 90, -180 70, -90 70, 0 70, 90 70, 180 70",
                {{0, 70}, {90, 70}, {180, 70}, {-90, 70}, {0, 70}});
}

static void a_pole_has_no_longitude(void **state)
{
    (void)state;
    /* Two sectors that meet at 45 degrees, whatever the longitude of their pole. */
    ASSERT_RING("0 60, 45 60, 45 90, 0 90", {{0, 60}, {45, 60}, {13, 90}, {0, 60}});
    ASSERT_RING("45 60, 90 60, 90 90, 45 90", {{45, 60}, {90, 60}, {13, 90}, {45, 60}});
    ASSERT_RING("0 -60, 90 -60, 180 -60, 180 -90, 0 -90",
                {{0, -60}, {90, -60}, {180, -60}, {0, -90}, {0, -60}});
    ASSERT_LINE("10 80, 10 90", {{10, 80}, {0, 90}});
    ASSERT_LINE("10 90, 10 80", {{0, 90}, {10, 80}});
    ASSERT_LINE("10 80, 10 90, 100 90, 100 80", {{10, 80}, {0, 90}, {100, 80}});
}

static void a_ring_that_runs_along_a_pole_already_stays(void **state)
{
    (void)state;
    ASSERT_RING("-180 -70, -90 -65, 0 -70, 90 -65, 180 -70, 180 -90, -180 -90", {{-180, -70},
                                                                                 {-90, -65},
                                                                                 {0, -70},
                                                                                 {90, -65},
                                                                                 {180, -70},
                                                                                 {180, -90},
                                                                                 {-180, -90},
                                                                                 {-180, -70}});
    ASSERT_RING(
        "180 70, 90 70, 0 70, -90 70, -180 70, -180 90, 180 90",
        {{-180, 90}, {180, 90}, {180, 70}, {90, 70}, {0, 70}, {-90, 70}, {-180, 70}, {-180, 90}});
}

/* A coast around the pole, with its longitudes mixed up in every way, encloses what it did. */
static void what_is_around_a_pole_keeps_its_area(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct line line = {0};
        size_t n = 8 + round % 60, start = 0;
        double phase = check_random(&seed) / 4294967296.0 * 360, twice = 0;
        int south = round % 2 ? -1 : 1;
        for (size_t i = 0; i < n; i++) {
            double wiggle = (check_random(&seed) / 4294967296.0 - 0.5) * 3;
            line.lon[i] = phase + (double)i * 360 / (double)n + wiggle * 20 / (double)n;
            line.lat[i] = south * (60 + 10 * wiggle);
        }
        for (size_t i = 0; i < n; i++) {
            double east = (i + 1 < n ? line.lon[i + 1] : line.lon[0] + 360) - line.lon[i];
            twice += east * (180 - fabs(line.lat[i]) - fabs(line.lat[(i + 1) % n]));
        }
        struct line mixed = {.count = n + 1};
        start = round % n;
        for (size_t i = 0; i <= n; i++) {
            size_t from = (start + (round % 3 ? i : n - i)) % n;
            mixed.lon[i] = round % 5 ? remainder(line.lon[from], 360) : fmod(line.lon[from], 360);
            mixed.lat[i] = line.lat[from];
        }
        struct pm_wrapped w = wrap(&mixed, true, 90 * south, NULL);
        assert_in_plane(&w);
        assert_near(area_of(&w), twice, 1e-3);
        finish(&w);
    }
}

static void what_runs_around_twice_is_refused(void **state)
{
    (void)state;
    struct line line = {.count = 9};
    struct pm_course course = {0};
    struct pm_wrapped out = {0};
    for (int i = 0; i < 9; i++) {
        line.lon[i] = remainder(90.0 * i, 360);
        line.lat[i] = i < 8 ? 60 + i : 60;
    }
    pm_course_follow(&course, line.lon, line.lat, line.count, true);
    assert_int_equal(course.turns, 2);
    assert_false(pm_course_cut(&course, 90, &out));
    assert_int_equal(out.parts.n, 0);
    pm_course_finish(&course);
}

static void what_is_no_line_is_nothing(void **state)
{
    (void)state;
    ASSERT_RING("", {{0, 90}, {90, 90}, {0, 90}});
    ASSERT_RING("", {{170, 0}, {-170, 0}});
    ASSERT_LINE("", {{0, 90}});
}

static void open_rings_are_noticed(void **state)
{
    (void)state;
    const double open[][2] = {{170, 0}, {-170, 0}, {-170, 10}, {170, 10}};
    struct line line = line_of(open, 4);
    struct pm_course course = {0};
    pm_course_follow(&course, line.lon, line.lat, 4, true);
    assert_true(course.open);
    assert_int_equal(course.n, 4);
    line.lon[4] = -190; /* where it began, once around */
    pm_course_follow(&course, line.lon, line.lat, 5, true);
    assert_false(course.open);
    assert_int_equal(course.n, 4);
    pm_course_finish(&course);
}

/* ---- is all that needed? ---------------------------------------------------------------------- */

static void most_lines_are_of_the_plane(void **state)
{
    (void)state;
    const double lon[] = {-180, 0, 180, 180, -180}, lat[] = {0, 0, 0, 80, 80};
    assert_true(pm_wrap_is_plane(lon, lat, 4));
    assert_false(pm_wrap_is_plane(lon, lat, 5)); /* jumps */
    assert_true(pm_wrap_is_plane((const double[]){180.0000005}, (const double[]){0}, 1));
    assert_false(pm_wrap_is_plane((const double[]){180.1}, (const double[]){0}, 1));
    assert_false(pm_wrap_is_plane((const double[]){0}, (const double[]){-90}, 1));
    assert_true(pm_wrap_is_plane(NULL, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_that_cross_the_antimeridian_are_cut_there),
        cmocka_unit_test(one_that_ends_at_it_is_not),
        cmocka_unit_test(lines_are_cut_too),
        cmocka_unit_test(a_box_all_around_stays_one),
        cmocka_unit_test(edges_that_jump_are_told_from_longitudes_beyond_180),
        cmocka_unit_test(a_ring_around_a_pole_is_closed_along_it),
        cmocka_unit_test(a_pole_has_no_longitude),
        cmocka_unit_test(a_ring_that_runs_along_a_pole_already_stays),
        cmocka_unit_test(what_is_around_a_pole_keeps_its_area),
        cmocka_unit_test(what_runs_around_twice_is_refused),
        cmocka_unit_test(what_is_no_line_is_nothing),
        cmocka_unit_test(open_rings_are_noticed),
        cmocka_unit_test(most_lines_are_of_the_plane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
