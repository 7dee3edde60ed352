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

/* Also where a border runs along the box: lines of spans see it only to half a step. */
static void cover_is_exact(void **state)
{
    (void)state;
    struct pm_pt points[8] = {{0, 0},   {0, 100}, {100, 100}, {100, 0},
                              {40, 40}, {60, 40}, {60, 60},   {40, 60}};
    struct pm_range ranges[2] = {{0, 4}, {4, 4}};
    struct pm_page_rings holed = {points, ranges, 2, {0, 0, 100, 100}, 9600};
    assert_near(pm_rings_cover(&holed, (struct pm_box){10, 10, 20, 30}), 1, 1e-12);
    assert_near(pm_rings_cover(&holed, (struct pm_box){10, -0.45, 60, 16.55}), 1 - 0.45 / 17,
                1e-12);
    assert_near(pm_rings_cover(&holed, (struct pm_box){-30, 5, 10, 15}), 0.25, 1e-12);
    assert_near(pm_rings_cover(&holed, (struct pm_box){30, 30, 70, 70}), 0.75, 1e-12);
    assert_near(pm_rings_cover(&holed, (struct pm_box){200, 30, 270, 70}), 0, 1e-12);
    RINGS(slope, {{0, 0}, {100, 50}, {0, 50}});
    assert_near(pm_rings_cover(&slope, (struct pm_box){40, 20, 50, 30}), 0.75, 1e-9);
    assert_near(pm_rings_cover(&slope, (struct pm_box){20, 0, 80, 50}), 0.5, 1e-9);
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

static void touching_is_not_crossing(void **state)
{
    (void)state;
    const struct pm_pt corner[] = {{-5, 5}, {0, 10}, {5, 15}}; /* meets the box in 0,10 only */
    const struct pm_pt leaving[] = {{5, 5}, {10, 5}, {20, 5}}; /* a point on the edge */
    struct pieces p = {0, 0, 0}, q = {0, 0, 0};
    pm_clip_line(corner, 3, pm_box_of(0, 0, 10, 10), count_piece, &p);
    assert_int_equal(p.count, 0);
    pm_clip_line(leaving, 3, pm_box_of(0, 0, 10, 10), count_piece, &q);
    assert_int_equal(q.count, 1);
    assert_int_equal(q.points, 2);
}

/* A face far longer than wide must not cost millions of cells. */
static void pole_of_a_hair(void **state)
{
    (void)state;
    RINGS(hair, {{0, 0}, {1000, 0}, {1000, 0.01}, {0, 0.01}});
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&hair, 1, 0.001, &distance);
    assert_true(pm_rings_hold(&hair, pole));
    assert_near(distance, 0.005, 0.001);
}

static void pole_keeps_out_of_holes(void **state)
{
    (void)state;
    struct pm_pt points[8];
    struct pm_range ranges[2];
    struct pm_page_rings r;
    square_with_hole(&r, points, ranges);
    double distance = 0;
    struct pm_pt pole = pm_rings_pole(&r, 1, 0.001, &distance);
    /* the circle in a corner of the square that touches the hole's corner 40,40 */
    assert_near(distance, 40 * sqrt(2) / (1 + sqrt(2)), 0.002);
    assert_near(fabs(pole.x - 50), fabs(pole.y - 50), 0.01);
}

/* ---- faces on the page ------------------------------------------------------------------------------ */

/* One grid unit is one pixel near the middle of the map; to within a few thousandths all over it. */
#define UNIT 10000

enum { MOST_RINGS = 500 };

static struct pm_frame unit_frame(void)
{
    struct pm_projection p = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 0, 0);
    const struct pm_metre points[] = {pm_project(&p, 0, -0.05), pm_project(&p, 0.1, 0.05)};
    return pm_frame_fit(&p, points, 2, pm_box_of(0, 0, 100, 100), 0);
}

/* Makes layer, topology and page of rings given in units; `of` is the feature of each ring. */
struct page {
    struct pm_arena arena;
    struct pm_topology topology;
    struct pm_page_arcs arcs;
};

static void page_make(struct page *page, const int (*rings)[8], const size_t *of, size_t count,
                      double tolerance)
{
    struct pm_feature features[4] = {{0}};
    struct pm_range parts[MOST_RINGS];
    struct pm_grid points[4 * MOST_RINGS];
    struct pm_layer none = {0}, layer = {.features = features, .parts = parts, .points = points};
    struct pm_frame frame = unit_frame();
    for (size_t i = 0; i < count; i++) {
        struct pm_feature *f = &features[of[i]];
        if (f->parts.count++ == 0)
            f->parts.first = i;
        parts[i] = (struct pm_range){4 * i, 4};
        for (size_t k = 0; k < 4; k++)
            points[layer.point_count++] =
                (struct pm_grid){rings[i][2 * k] * UNIT, rings[i][2 * k + 1] * UNIT};
        layer.feature_count = of[i] + 1;
    }
    layer.part_count = count;
    *page = (struct page){0};
    pm_topology_build(&layer, &none, NULL, &page->arena, &page->topology);
    pm_page_arcs_make(&page->topology, &frame, tolerance, &page->arena, &page->arcs);
}

static struct pm_page_rings page_face(struct page *page, uint32_t face, double speck)
{
    struct pm_page_rings rings;
    pm_page_face(&page->topology, &page->arcs, face, speck, &page->arena, &rings);
    return rings;
}

static void holes_count_against_the_area(void **state)
{
    (void)state;
    /* a square, a hole that touches its border in 10,0 and begins there, an island in the hole */
    const int rings[][8] = {{0, -50, 100, -50, 100, 50, 0, 50},
                            {50, -50, 90, 0, 50, 40, 10, 0},
                            {40, -10, 60, -10, 60, 10, 40, 10}};
    struct page page;
    page_make(&page, rings, (const size_t[]){0, 0, 0}, 3, 0);
    struct pm_page_rings face = page_face(&page, 0, 0);
    assert_int_equal(face.ring_count, 3);
    assert_near(face.area, 10000 - 80 * 90 / 2 + 400, 100);
    assert_near(face.box.x1, 100, 0.5);
    pm_arena_finish(&page.arena);
}

/* Squares in squares, side by side and seven deep: every other one is a hole. */
static void rings_nest_to_any_depth(void **state)
{
    (void)state;
    int rings[MOST_RINGS][8];
    static const size_t of[MOST_RINGS];
    size_t count = 0;
    double area = 0;
    for (int x = 0; x < 96; x += 16)
        for (int y = -48; y < 48; y += 16)
            for (int depth = 0; depth < 7; depth++) {
                int a = x + depth + 1, b = y + depth + 1, c = x + 15 - depth, d = y + 15 - depth;
                memcpy(rings[count++], (int[]){a, b, c, b, c, d, a, d}, sizeof *rings);
                area += (depth % 2 ? -1 : 1) * (c - a) * (d - b);
            }
    struct page page;
    page_make(&page, rings, of, count, 0);
    struct pm_page_rings face = page_face(&page, 0, 0);
    assert_int_equal(face.ring_count, count);
    assert_near(face.area, area, area / 100);
    pm_arena_finish(&page.arena);
}

static void specks_go_but_never_an_enclave(void **state)
{
    (void)state;
    const int rings[][8] = {{0, -50, 80, -50, 80, 50, 0, 50}, /* with an islet of its own, */
                            {90, 0, 91, 0, 91, 1, 90, 1},
                            {40, 0, 41, 0, 41, 1, 40, 1},  /* and a hole that is */
                            {40, 0, 41, 0, 41, 1, 40, 1}}; /* another face */
    struct page page;
    page_make(&page, rings, (const size_t[]){0, 0, 0, 1}, 4, 0);
    assert_int_equal(page_face(&page, 0, 0).ring_count, 3);
    assert_int_equal(page_face(&page, 0, 2).ring_count, 2); /* the islet is gone */
    assert_int_equal(page_face(&page, 1, 2).ring_count, 1);
    pm_arena_finish(&page.arena);
}

/* However small it is: its label must have somewhere to go. */
static void a_face_keeps_its_place(void **state)
{
    (void)state;
    /* both arcs of each could shrink to the two ends they share */
    const int rings[][8] = {{20, 10, 22, 10, 22, 12, 20, 12}, {22, 10, 24, 10, 24, 12, 22, 12}};
    struct page page;
    page_make(&page, rings, (const size_t[]){0, 1}, 2, 1000);
    for (uint32_t f = 0; f < 2; f++) {
        struct pm_page_rings face = page_face(&page, f, 50);
        assert_int_equal(face.ring_count, 1);
        assert_int_equal(face.rings[0].count, 3);
        assert_near(face.area, 2, 0.1);
    }
    pm_arena_finish(&page.arena);
}

/* Both neighbours of a border get the same points, whatever the tolerance. */
static void neighbours_stay_alike(void **state)
{
    (void)state;
    const int rings[][8] = {{0, -50, 50, -50, 53, 0, 50, 50}, {50, -50, 100, 0, 50, 50, 53, 0}};
    for (double tolerance = 0; tolerance < 30; tolerance += 5) {
        struct page page;
        page_make(&page, rings, (const size_t[]){0, 1}, 2, tolerance);
        struct pm_page_rings a = page_face(&page, 0, 0), b = page_face(&page, 1, 0);
        size_t shared = 0;
        for (size_t i = 0; i < a.rings[0].count; i++)
            for (size_t k = 0; k < b.rings[0].count; k++)
                shared += a.points[i].x == b.points[k].x && a.points[i].y == b.points[k].y;
        assert_int_equal(shared, tolerance * tolerance / 2 < 150 ? 3 : 2); /* the bend is 150 px² */
        pm_arena_finish(&page.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_even_odd),
        cmocka_unit_test(cover_is_exact),
        cmocka_unit_test(distance_is_signed),
        cmocka_unit_test(pole_of_a_square_is_its_middle),
        cmocka_unit_test(pole_of_an_l_is_in_its_corner),
        cmocka_unit_test(pole_follows_the_label),
        cmocka_unit_test(lines_are_cut_to_pieces),
        cmocka_unit_test(rings_are_cut_to_the_box),
        cmocka_unit_test(touching_is_not_crossing),
        cmocka_unit_test(pole_of_a_hair),
        cmocka_unit_test(pole_keeps_out_of_holes),
        cmocka_unit_test(holes_count_against_the_area),
        cmocka_unit_test(rings_nest_to_any_depth),
        cmocka_unit_test(specks_go_but_never_an_enclave),
        cmocka_unit_test(a_face_keeps_its_place),
        cmocka_unit_test(neighbours_stay_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
