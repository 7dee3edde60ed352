#include "check.h"

#include "geo/shape.h"

/* Rings from literals; each list of points is one ring. */
#define RINGS(name, ...)                                                                           \
    struct pm_pt name##_points[] = __VA_ARGS__;                                                    \
    struct pm_range name##_ranges[] = {{0, sizeof name##_points / sizeof *name##_points}};         \
    struct pm_page_rings name = {name##_points, name##_ranges, 1, {0}, 0};                         \
    for (size_t i_ = 0; i_ < name##_ranges[0].count; i_++)                                         \
    pm_box_add(&name.box, name##_points[i_], i_ == 0)

static void square_with_hole(struct pm_page_rings *rings, struct pm_pt points[8],
                             struct pm_range ranges[2])
{
    const struct pm_pt all[] = {{0, 0},   {100, 0}, {100, 100}, {0, 100},
                                {40, 40}, {60, 40}, {60, 60},   {40, 60}};
    memcpy(points, all, sizeof all);
    ranges[0] = (struct pm_range){0, 4};
    ranges[1] = (struct pm_range){4, 4};
    *rings = (struct pm_page_rings){points, ranges, 2, {0, 0, 100, 100}, 9600};
}

static void holds_even_odd(void **state)
{
    (void)state;
    struct pm_pt points[8];
    struct pm_range ranges[2];
    struct pm_page_rings r;
    square_with_hole(&r, points, ranges);
    assert_true(pm_rings_hold(&r, (struct pm_pt){10, 10}));
    assert_false(pm_rings_hold(&r, (struct pm_pt){50, 50}));
    assert_false(pm_rings_hold(&r, (struct pm_pt){-1, 50}));
}

static void distance_is_signed(void **state)
{
    (void)state;
    struct pm_pt points[8];
    struct pm_range ranges[2];
    struct pm_page_rings r;
    square_with_hole(&r, points, ranges);
    assert_near(pm_rings_distance(&r, (struct pm_pt){20, 50}), 20, 1e-12);
    assert_near(pm_rings_distance(&r, (struct pm_pt){50, 50}), -10, 1e-12);
    assert_near(pm_rings_distance(&r, (struct pm_pt){-3, -4}), -5, 1e-12);
}

static void pole_of_a_square_is_its_middle(void **state)
{
    (void)state;
    RINGS(square, {{0, 0}, {10, 0}, {10, 10}, {0, 10}});
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&square, 1, 0.01, &distance);
    assert_near(distance, 5, 0.02);
    assert_near(pole.x, 5, 0.1);
    assert_near(pole.y, 5, 0.1);
}

/* An L of two arms 30 long and 10 wide: the largest circle sits in the corner, touching both outer
 * sides and the inner corner: r = 10 sqrt(2) / (1 + sqrt(2)). */
static void pole_of_an_l_is_in_its_corner(void **state)
{
    (void)state;
    RINGS(l, {{0, 0}, {30, 0}, {30, 10}, {10, 10}, {10, 30}, {0, 30}});
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&l, 1, 0.001, &distance);
    assert_near(distance, 10 * sqrt(2) / (1 + sqrt(2)), 0.002);
    assert_near(pole.x, pole.y, 0.05);
}

/* For a wide label the wide arm is better than the tall one. */
static void pole_follows_the_label(void **state)
{
    (void)state;
    RINGS(t, {{0, 0}, {60, 0}, {60, 12}, {36, 12}, {36, 60}, {24, 60}, {24, 12}, {0, 12}});
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&t, 5, 0.01, &distance);
    assert_true(pole.y < 12);
}

static void cover_of_boxes(void **state)
{
    (void)state;
    struct pm_pt points[8];
    struct pm_range ranges[2];
    struct pm_page_rings r;
    square_with_hole(&r, points, ranges);
    assert_near(pm_rings_cover(&r, pm_box_of(10, 10, 20, 20), 4), 1, 1e-12);
    assert_near(pm_rings_cover(&r, pm_box_of(-10, 10, 20, 20), 4), 0.5, 1e-12);
    assert_near(pm_rings_cover(&r, pm_box_of(40, 40, 20, 20), 4), 0, 1e-12);
    assert_near(pm_rings_cover(&r, pm_box_of(200, 0, 20, 20), 4), 0, 0);
}

/* ---- clipping ------------------------------------------------------------------------------------ */

struct pieces {
    size_t count, points;
    double length;
};

static void count_piece(void *user, const struct pm_pt *points, size_t count)
{
    struct pieces *p = user;
    p->count++;
    p->points += count;
    for (size_t i = 0; i + 1 < count; i++)
        p->length += hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y);
}

static void lines_are_cut_to_pieces(void **state)
{
    (void)state;
    const struct pm_pt zigzag[] = {{-5, 5}, {15, 5}, {15, 8}, {-5, 8}, {-5, 20}};
    struct pieces p = {0, 0, 0};
    pm_clip_line(zigzag, 5, pm_box_of(0, 0, 10, 10), count_piece, &p);
    assert_int_equal(p.count, 2);
    assert_near(p.length, 20, 1e-9);
    const struct pm_pt inside[] = {{1, 1}, {2, 2}, {3, 1}};
    struct pieces q = {0, 0, 0};
    pm_clip_line(inside, 3, pm_box_of(0, 0, 10, 10), count_piece, &q);
    assert_int_equal(q.count, 1);
    assert_int_equal(q.points, 3);
}

static void rings_are_cut_to_the_box(void **state)
{
    (void)state;
    const struct pm_pt ring[] = {{-10, -10}, {5, -10}, {5, 5}, {-10, 5}};
    struct pm_arena arena = {0};
    size_t count = 0;
    struct pm_pt *cut = pm_clip_ring(ring, 4, pm_box_of(0, 0, 10, 10), &arena, &count);
    assert_near(fabs(pm_ring_area(cut, count)), 25, 1e-9);
    for (size_t i = 0; i < count; i++)
        assert_true(cut[i].x >= 0 && cut[i].y >= 0 && cut[i].x <= 10 && cut[i].y <= 10);
    pm_clip_ring(ring, 4, pm_box_of(50, 50, 10, 10), &arena, &count);
    assert_int_equal(count, 0);
    pm_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_even_odd),
        cmocka_unit_test(distance_is_signed),
        cmocka_unit_test(pole_of_a_square_is_its_middle),
        cmocka_unit_test(pole_of_an_l_is_in_its_corner),
        cmocka_unit_test(pole_follows_the_label),
        cmocka_unit_test(cover_of_boxes),
        cmocka_unit_test(lines_are_cut_to_pieces),
        cmocka_unit_test(rings_are_cut_to_the_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
