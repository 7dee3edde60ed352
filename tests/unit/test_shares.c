/* Shares of the legend: areas on the ellipsoid, and percents that add up. */
#include "check.h"

#include <math.h>

#include "geo/ellipsoid.h"
#include "geo/surface.h"
#include "layout/shares.h"

static struct pm_arena arena;

static int tear_down(void **state)
{
    (void)state;
    pm_arena_finish(&arena);
    return 0;
}

/* ---- areas --------------------------------------------------------------------------------- */

/* Degrees. */
struct box {
    double west, south, east, north;
};

/* A feature of so many boxes, each a ring of its own, going around this way or that. */
static double area_of(const struct box *boxes, size_t count)
{
    struct pm_grid *points = PM_NEW_N(&arena, struct pm_grid, 4 * count);
    struct pm_range *parts = PM_NEW_N(&arena, struct pm_range, count);
    for (size_t i = 0; i < count; i++) {
        const double x[] = {boxes[i].west, boxes[i].east, boxes[i].east, boxes[i].west};
        const double y[] = {boxes[i].south, boxes[i].south, boxes[i].north, boxes[i].north};
        parts[i] = (struct pm_range){4 * i, 4};
        for (int k = 0; k < 4; k++) {
            int at = i % 2 ? 3 - k : k;
            points[4 * i + (size_t)k] =
                (struct pm_grid){(int32_t)lround(x[at] * 1e7), (int32_t)lround(y[at] * 1e7)};
        }
    }
    const struct pm_layer layer = {
        .points = points, .point_count = 4 * count, .parts = parts, .part_count = count};
    return pm_surface_area(&layer, &(struct pm_feature){.parts = {0, count}});
}

/* The integral of the surface element of the ellipsoid, by Simpson's rule. */
static double integrated(struct box b)
{
    enum { STEPS = 2000 };
    double sum = 0, step = (b.north - b.south) * PM_RAD / STEPS;
    for (int i = 0; i <= STEPS; i++) {
        double phi = b.south * PM_RAD + i * step, w = 1 - PM_WGS84_E2 * sin(phi) * sin(phi);
        int weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        sum += weight * PM_WGS84_A * PM_WGS84_A * (1 - PM_WGS84_E2) * cos(phi) / (w * w);
    }
    return sum * step / 3 * (b.east - b.west) * PM_RAD;
}

static void the_earth_is_as_large_as_it_is(void **state)
{
    const struct box all = {-180, -90, 180, 90};
    (void)state;
    assert_true(fabs(area_of(&all, 1) - 510065621724088.0) < 1e6);
}

static void boxes_are_as_large_as_their_integrals(void **state)
{
    static const struct box boxes[] = {{0, 0, 1, 1},
                                       {60, 29, 75, 38.5},
                                       {-10, -45, 20, 12},
                                       {170, 80, 180, 90},
                                       {5, 50, 5.1, 50.1}};
    (void)state;
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        double wanted = integrated(boxes[i]), got = area_of(&boxes[i], 1);
        assert_true(fabs(got / wanted - 1) < 1e-9);
    }
}

static void holes_count_and_islands_in_them(void **state)
{
    static const struct box nested[] = {{0, 0, 10, 10}, {2, 2, 8, 8}, {4, 4, 6, 6}, {20, 0, 21, 1}};
    double one[4], wanted;
    (void)state;
    for (int i = 0; i < 4; i++)
        one[i] = area_of(&nested[i], 1);
    wanted = one[0] - one[1] + one[2] + one[3];
    assert_true(fabs(area_of(nested, 4) / wanted - 1) < 1e-12);
}

static void what_is_empty_has_no_area(void **state)
{
    (void)state;
    assert_true(area_of(NULL, 0) == 0);
}

/* ---- percents ------------------------------------------------------------------------------ */

static void assert_percents(const double *values, size_t count, const int *wanted)
{
    int got[16];
    pm_percents(values, count, got, &arena);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(got[i], wanted[i]);
}

static void percents_go_to_the_largest_remainders(void **state)
{
    (void)state;
    assert_percents((const double[]){1, 1, 1}, 3, (const int[]){34, 33, 33});
    assert_percents((const double[]){0, 5, 0}, 3, (const int[]){0, 100, 0});
    assert_percents((const double[]){12.4, 47.6, 39.5, 0.5}, 4, (const int[]){12, 48, 40, 0});
    assert_percents((const double[]){0, 0}, 2, (const int[]){0, 0});
    assert_percents((const double[]){1e-9, 1e9}, 2, (const int[]){0, 100});
}

static void percents_add_up(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        double values[16], all = 0;
        int got[16], sum = 0;
        size_t count = 1 + (size_t)round % 16;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525 + 1013904223;
            values[i] = seed >> 24 ? (double)(seed >> 8) : 0;
            all += values[i];
        }
        pm_percents(values, count, got, &arena);
        for (size_t i = 0; i < count; i++) {
            sum += got[i];
            if (all > 0)
                assert_true(fabs(got[i] - 100 * values[i] / all) < 1);
        }
        assert_int_equal(sum, all > 0 ? 100 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earth_is_as_large_as_it_is),
        cmocka_unit_test(boxes_are_as_large_as_their_integrals),
        cmocka_unit_test(holes_count_and_islands_in_them),
        cmocka_unit_test(what_is_empty_has_no_area),
        cmocka_unit_test(percents_go_to_the_largest_remainders),
        cmocka_unit_test(percents_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
