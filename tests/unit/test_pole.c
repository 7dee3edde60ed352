#include "star.h"

/* The largest distance from the border among the points of a fine lattice, in the squeezed space. */
static double by_lattice(const struct pm_page_rings *rings, double aspect, double step)
{
    static struct pm_pt points[STAR_POINTS * STAR_RINGS];
    struct pm_page_rings squeezed = *rings;
    squeezed.points = points;
    for (size_t i = 0; i < rings->ring_count * STAR_POINTS; i++)
        points[i] = (struct pm_pt){rings->points[i].x / aspect, rings->points[i].y};
    squeezed.box.x0 /= aspect;
    squeezed.box.x1 /= aspect;
    double best = -HUGE_VAL;
    for (double y = squeezed.box.y0; y < squeezed.box.y1; y += step)
        for (double x = squeezed.box.x0; x < squeezed.box.x1; x += step)
            best = fmax(best, pm_rings_distance(&squeezed, (struct pm_pt){x, y}));
    return best;
}

/* No point of a lattice is better by more than the precision, and the distance is that of the pole. */
static void is_no_worse_than_any_point(void **state)
{
    (void)state;
    const double aspects[] = {1, 2, 3.5};
    uint32_t seed = 9;
    for (int round = 0; round < 24; round++) {
        struct stars stars;
        double distance = 0, aspect = aspects[round % 3], precision = round % 2 ? 0.05 : 0.5;
        star_make(&stars, &seed, round % 4 > 1);
        struct pm_pt pole = pm_rings_pole(&stars.rings, aspect, precision, &distance);
        assert_true(pm_rings_hold(&stars.rings, pole));
        assert_true(distance + precision >= by_lattice(&stars.rings, aspect, 0.7));
        if (aspect == 1)
            assert_near(distance, pm_rings_distance(&stars.rings, pole), 1e-9);
    }
}

/* Rings in another order: the same pole. */
static void order_of_rings_does_not_matter(void **state)
{
    (void)state;
    uint32_t seed = 21;
    for (int round = 0; round < 20; round++) {
        struct stars stars;
        double distance = 0, again = 0;
        star_make(&stars, &seed, round % 2);
        struct pm_pt pole = pm_rings_pole(&stars.rings, 2, 0.1, &distance);
        for (size_t i = 0, k = stars.rings.ring_count - 1; i < k; i++, k--) {
            struct pm_range swap = stars.ranges[i];
            stars.ranges[i] = stars.ranges[k];
            stars.ranges[k] = swap;
        }
        struct pm_pt other = pm_rings_pole(&stars.rings, 2, 0.1, &again);
        assert_true(pole.x == other.x && pole.y == other.y && distance == again);
    }
}

/* A small island in a hole of a large one is land, the water around it is not. */
static void island_in_a_lake(void **state)
{
    (void)state;
    struct pm_pt points[] = {{0, 0},   {100, 0}, {100, 100}, {0, 100}, {10, 10}, {90, 10},
                             {90, 90}, {10, 90}, {30, 30},   {70, 30}, {70, 70}, {30, 70}};
    struct pm_range ranges[] = {{0, 4}, {4, 4}, {8, 4}};
    struct pm_page_rings rings = {points, ranges, 3, {0, 0, 100, 100}, 5200};
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&rings, 1, 0.01, &distance);
    assert_near(distance, 20, 0.01);
    assert_near(pole.x, 50, 0.1);
    assert_near(pole.y, 50, 0.1);
}

static void nothing_has_no_pole(void **state)
{
    (void)state;
    struct pm_page_rings none = {0};
    double distance = 0;
    pm_rings_pole(&none, 1, 1, &distance);
    assert_true(distance < 0);
}

/* ---- the main axis ----------------------------------------------------------------------------- */

/* A rectangle 60 × 20 with a hole like it, turned: its axis turns with it, and is three times as long. */
static void axis_of_a_turned_rectangle(void **state)
{
    (void)state;
    for (int degrees = -85; degrees <= 90; degrees += 5) {
        struct pm_pt points[8];
        struct pm_range ranges[] = {{0, 4}, {4, 4}};
        double c = cos(degrees * STAR_PI / 180), s = sin(degrees * STAR_PI / 180), elongation = 0;
        for (int i = 0; i < 8; i++) {
            int k = i < 4 ? i : 7 - i; /* the hole runs the other way */
            double half = i < 4 ? 1 : 0.25, x = (k == 1 || k == 2 ? 30 : -30) * half,
                   y = (k < 2 ? -10 : 10) * half;
            points[i] = (struct pm_pt){500 + x * c - y * s, 300 + x * s + y * c};
        }
        struct pm_page_rings rings = {points, ranges, 2, {450, 250, 550, 350}, 1125};
        double angle = pm_rings_axis(&rings, &elongation);
        assert_near(elongation, 3, 1e-6);
        assert_near(remainder(angle - degrees, 180), 0, 1e-6);
    }
}

static void no_axis_of_a_square_or_of_nothing(void **state)
{
    (void)state;
    struct pm_pt points[] = {{0, 0}, {50, 0}, {50, 50}, {0, 50}};
    struct pm_range range = {0, 4};
    struct pm_page_rings square = {points, &range, 1, {0, 0, 50, 50}, 2500}, none = {0};
    double elongation = 0;
    pm_rings_axis(&square, &elongation);
    assert_near(elongation, 1, 1e-9);
    assert_near(pm_rings_axis(&none, &elongation), 0, 0);
    assert_near(elongation, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_no_worse_than_any_point),
        cmocka_unit_test(order_of_rings_does_not_matter),
        cmocka_unit_test(island_in_a_lake),
        cmocka_unit_test(nothing_has_no_pole),
        cmocka_unit_test(axis_of_a_turned_rectangle),
        cmocka_unit_test(no_axis_of_a_square_or_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
