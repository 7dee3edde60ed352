#include "star.h"

#include "geo/spans.h"

/* Share of a box inside the rings, exactly: stars that don't touch, the second a hole in the first if
 * it lies in it. */
static double exact_share(const struct stars *stars, struct pm_box box, struct pm_arena *arena)
{
    double area = 0;
    for (size_t i = 0; i < stars->rings.ring_count; i++) {
        size_t count = 0;
        struct pm_pt *cut =
            pm_clip_ring(stars->points + i * STAR_POINTS, STAR_POINTS, box, arena, &count);
        double piece = count ? fabs(pm_ring_area(cut, count)) : 0;
        area += stars->rings.ring_count == 2 && i == 1 ? -piece : piece;
    }
    return area / (pm_box_w(box) * pm_box_h(box));
}

/* Where the exact share differs from the wanted one by more than rows can blur, the answers agree. */
static void boxes_are_held_as_the_area_says(void **state)
{
    (void)state;
    uint32_t seed = 11;
    int held = 0, not_held = 0;
    for (int round = 0; round < 60; round++) {
        struct stars stars;
        struct pm_arena arena = {0};
        struct pm_spans spans;
        star_make(&stars, &seed, round % 3 == 2);
        pm_spans_make(&spans, &stars.rings, -20, 240, 0.5, &arena);
        for (int i = 0; i < 200; i++) {
            struct pm_box box =
                pm_box_of(star_between(&seed, -10, 210), star_between(&seed, -10, 190),
                          star_between(&seed, 4, 40), star_between(&seed, 8, 20));
            double share = exact_share(&stars, box, &arena), wanted = 0.05 + 0.1 * (i % 10);
            if (fabs(share - wanted) < 0.015)
                continue;
            bool is_held = pm_spans_hold_box(&spans, box, wanted);
            assert_int_equal(is_held, share > wanted);
            held += is_held;
            not_held += !is_held;
        }
        pm_arena_finish(&arena);
    }
    assert_true(held > 500 && not_held > 500);
}

static void points_are_held_even_odd(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (int round = 0; round < 30; round++) {
        struct stars stars;
        struct pm_arena arena = {0};
        struct pm_spans spans;
        star_make(&stars, &seed, round % 2);
        pm_spans_make(&spans, &stars.rings, 0, 240, 1, &arena);
        for (int i = 0; i < 500; i++) {
            struct pm_pt p = {star_between(&seed, -10, 230),
                              (int)star_between(&seed, 0, 200) + 0.5};
            if (fabs(pm_rings_distance(&stars.rings, p)) > 1e-3)
                assert_int_equal(pm_spans_hold(&spans, p), pm_rings_hold(&stars.rings, p));
        }
        pm_arena_finish(&arena);
    }
}

/* A strip refuses no box that is held, and most of those that are not. */
static void strips_refuse_only_what_is_not_held(void **state)
{
    (void)state;
    uint32_t seed = 23;
    int refused = 0, not_held = 0, held = 0;
    struct pm_strip strip = {0};
    for (int round = 0; round < 60; round++) {
        struct stars stars;
        struct pm_arena arena = {0};
        struct pm_spans spans;
        star_make(&stars, &seed, round % 3 == 2);
        pm_spans_make(&spans, &stars.rings, 10, 150, 1, &arena);
        for (int i = 0; i < 40; i++) {
            double y = star_between(&seed, -10, 190), h = star_between(&seed, 0.5, 20);
            pm_strip_set(&strip, &spans, y, y + h);
            for (int k = 0; k < 20; k++) {
                double share = 0.8 + 0.05 * (k % 5), w = star_between(&seed, 4, 40);
                struct pm_box box = pm_box_of(star_between(&seed, -10, 210), y, w, h);
                bool is_held = pm_spans_hold_box(&spans, box, share);
                bool may = pm_strip_may_hold(&strip, box.x0, box.x1, share);
                assert_true(may || !is_held);
                held += is_held;
                not_held += !is_held;
                refused += !may;
            }
        }
        pm_arena_finish(&arena);
    }
    pm_strip_finish(&strip);
    assert_true(held > 500 && refused > 0.7 * not_held);
}

/* A box that reaches beyond the rows asked for lies outside there. */
static void nothing_lies_beyond_the_rows(void **state)
{
    (void)state;
    struct pm_pt points[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}};
    struct pm_range range = {0, 4};
    struct pm_page_rings square = {points, &range, 1, {0, 0, 100, 100}, 10000};
    struct pm_arena arena = {0};
    struct pm_spans spans;
    pm_spans_make(&spans, &square, 20, 80, 1, &arena);
    assert_true(pm_spans_hold_box(&spans, pm_box_of(0, 20, 100, 60), 1));
    assert_false(pm_spans_hold_box(&spans, pm_box_of(10, 10, 20, 20), 0.6));
    assert_true(pm_spans_hold_box(&spans, pm_box_of(10, 10, 20, 20), 0.5));
    assert_false(pm_spans_hold_box(&spans, pm_box_of(-10, 40, 20, 20), 0.6));
    assert_false(pm_spans_hold_box(&spans, pm_box_of(10, 90, 20, 20), 0.1));
    assert_false(pm_spans_hold(&spans, (struct pm_pt){50, 10}));
    assert_false(pm_spans_hold(&spans, (struct pm_pt){50, 90}));
    assert_true(pm_spans_hold(&spans, (struct pm_pt){50, 50}));
    pm_arena_finish(&arena);
}

/* A comb of long teeth would cross each row thousands of times: rows move apart. */
static void memory_grows_with_the_points(void **state)
{
    (void)state;
    enum { TEETH = 2000, POINTS = 2 * TEETH };
    static struct pm_pt points[POINTS];
    for (size_t i = 0; i < POINTS; i++)
        points[i] = (struct pm_pt){0.1 * (double)i, i % 2 ? 1000 : 0};
    struct pm_range range = {0, POINTS};
    struct pm_page_rings comb = {points, &range, 1, {0, 0, 0.1 * POINTS, 1000}, 200000};
    struct pm_arena arena = {0};
    struct pm_spans spans;
    pm_spans_make(&spans, &comb, 0, 1000, 1, &arena);
    assert_true(spans.firsts[spans.rows] <= 16 * POINTS + 8 * spans.rows);
    assert_true(spans.rows >= 8);
    assert_int_equal(pm_spans_row(&spans, 500).count, POINTS);
    pm_arena_finish(&arena);
}

static void no_rings_hold_nothing(void **state)
{
    (void)state;
    struct pm_page_rings none = {0};
    struct pm_arena arena = {0};
    struct pm_spans spans;
    pm_spans_make(&spans, &none, 0, 100, 1, &arena);
    assert_false(pm_spans_hold(&spans, (struct pm_pt){0, 0}));
    assert_false(pm_spans_hold_box(&spans, pm_box_of(0, 0, 10, 10), 0.1));
    pm_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_are_held_as_the_area_says),
        cmocka_unit_test(points_are_held_even_odd),
        cmocka_unit_test(strips_refuse_only_what_is_not_held),
        cmocka_unit_test(nothing_lies_beyond_the_rows),
        cmocka_unit_test(memory_grows_with_the_points),
        cmocka_unit_test(no_rings_hold_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
