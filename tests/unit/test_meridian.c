#include "check.h"

#include "base/arena.h"
#include "geo/meridian.h"
#include "geo/topology.h"

#define MOST 64

/* A layer of one feature from rings or lines in degrees; a part ends at {END}. */
#define END 999

struct world {
    struct pm_arena arena;
    struct pm_feature feature;
    struct pm_range parts[MOST];
    struct pm_grid points[MOST];
    struct pm_layer layer, cut;
};

static void world_make(struct world *w, const double (*lonlat)[2])
{
    *w = (struct world){0};
    w->layer = (struct pm_layer){NULL, &w->feature, 1, w->parts, 0, w->points, 0};
    for (; lonlat[0][0] != END; lonlat++) {
        struct pm_range *part = &w->parts[w->layer.part_count++];
        *part = (struct pm_range){w->layer.point_count, 0};
        for (; lonlat[0][0] != END; lonlat++) {
            w->points[w->layer.point_count++] = pm_grid_of(lonlat[0][0], lonlat[0][1]);
            part->count++;
        }
    }
    w->feature.parts.count = w->layer.part_count;
}

static const struct pm_window earth = {{-1800000000, -900000000}, {1800000000, 900000000}, false};

static void world_cut(struct world *w, bool polygons, double lon0, const struct pm_window *window)
{
    struct pm_projection p = pm_projection_make(PM_PROJECTION_CYLINDRICAL, lon0, 0, 0, 0);
    pm_meridian_cut(&w->layer, polygons, &p, window, &w->arena, &w->cut);
}

/* Twice the area, square degrees, even-odd as long as rings don't lie in each other. */
static double area(const struct world *w)
{
    double sum = 0;
    for (size_t i = 0; i < w->cut.part_count; i++) {
        struct pm_range r = w->cut.parts[i];
        double twice = 0;
        for (size_t k = 0; k < r.count; k++) {
            struct pm_grid a = w->cut.points[r.first + k];
            struct pm_grid b = w->cut.points[r.first + (k + 1) % r.count];
            twice += pm_grid_lon(a) * pm_grid_lat(b) - pm_grid_lon(b) * pm_grid_lat(a);
        }
        sum += fabs(twice) / 2;
    }
    return sum;
}

static void nothing_changes_without_need(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{-180, 10}, {180, 10}, {0, 60}, {END}, {END}});
    world_cut(&w, true, 0, &earth);
    assert_ptr_equal(w.cut.points, w.layer.points);
    pm_arena_finish(&w.arena);
}

static void turns(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{170, 10}, {175, 10}, {175, 60}, {END}, {END}});
    world_cut(&w, true, -170, &earth);
    assert_int_equal(w.cut.part_count, 1);
    assert_near(pm_grid_lon(w.cut.points[0]), -20, 0);
    assert_near(pm_grid_lon(w.cut.points[1]), -15, 0);
    pm_arena_finish(&w.arena);
}

/* What crosses the far meridian is cut there, with the same crossings on both sides. */
static void cuts_at_the_far_meridian(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{-20, 0}, {20, 0}, {20, 40}, {-20, 20}, {END}, {END}});
    world_cut(&w, true, 180, &earth);
    assert_int_equal(w.cut.part_count, 2);
    assert_int_equal(w.cut.feature_count, 1);
    assert_int_equal(w.cut.features[0].parts.count, 2);
    assert_near(area(&w), 40 * 30, 1e-6);
    size_t crossings = 0;
    for (size_t i = 0; i < w.cut.point_count; i++)
        crossings += llabs((long long)w.cut.points[i].x) == 1800000000 &&
                     (w.cut.points[i].y == 300000000 || w.cut.points[i].y == 0);
    assert_int_equal(crossings, 4);
    pm_arena_finish(&w.arena);
}

/* A comb with three teeth across the line: one spine on one side, three pieces on the other. */
static void cuts_combs(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{-5, 0},
                                       {5, 0},
                                       {5, 1},
                                       {-3, 1},
                                       {-3, 2},
                                       {5, 2},
                                       {5, 3},
                                       {-3, 3},
                                       {-3, 4},
                                       {5, 4},
                                       {5, 5},
                                       {-5, 5},
                                       {END},
                                       {END}});
    world_cut(&w, true, 180, &earth);
    assert_int_equal(w.cut.part_count, 4);
    assert_near(area(&w), 5 * 5 + 3 * 5 - 2 * 3, 1e-6);
    pm_arena_finish(&w.arena);
}

/* Chukotka: data cut at the antimeridian are one ring again, even with an extra vertex on one side. */
static void joins_what_was_cut_at_the_antimeridian(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{170, 60},
                                       {180, 62},
                                       {180, 65},
                                       {180, 68},
                                       {170, 70},
                                       {END},
                                       {-180, 62},
                                       {-170, 64},
                                       {-180, 68},
                                       {END},
                                       {END}});
    world_cut(&w, true, 170, &earth);
    assert_int_equal(w.cut.part_count, 1);
    assert_int_equal(w.cut.parts[0].count, 5);
    assert_near(area(&w), 10 * (10 + 6) / 2.0 + 6 * 10 / 2.0, 1e-6);
    pm_arena_finish(&w.arena);
}

/* An island of the same feature stays as it is, and so does a part that only one side has. */
static void joins_only_what_meets(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{100, 0},
                                       {101, 0},
                                       {101, 1},
                                       {END},
                                       {170, 60},
                                       {180, 62},
                                       {180, 68},
                                       {170, 70},
                                       {END},
                                       {END}});
    world_cut(&w, true, 170, &earth);
    assert_int_equal(w.cut.part_count, 2);
    assert_int_equal(w.cut.parts[1].count, 4);
    pm_arena_finish(&w.arena);
}

/* Antarctica runs along both ends of the data and the pole; turned, it is cut elsewhere and joined here. */
static void joins_around_the_pole(void **state)
{
    (void)state;
    struct world w;
    world_make(
        &w,
        (const double[][2]){
            {-180, -90}, {-180, -80}, {-60, -70}, {60, -70}, {180, -80}, {180, -90}, {END}, {END}});
    world_cut(&w, true, 30, &earth);
    assert_int_equal(w.cut.part_count, 1);
    assert_near(area(&w), 120 * 20 + 2 * 120 * 15, 1e-5);
    for (size_t i = 0; i < w.cut.point_count; i++)
        assert_true(w.cut.points[i].x != 1500000000 || w.cut.points[i].y == -800000000 ||
                    w.cut.points[i].y == -900000000);
    pm_arena_finish(&w.arena);
}

static void cuts_to_a_window(void **state)
{
    (void)state;
    const struct pm_window window = {{-100000000, -100000000}, {100000000, 100000000}, false};
    struct world w;
    world_make(&w, (const double[][2]){{-50, -50},
                                       {50, -50},
                                       {50, 50},
                                       {-50, 50},
                                       {END},
                                       {20, 0},
                                       {30, 0},
                                       {30, 5},
                                       {END},
                                       {END}});
    world_cut(&w, true, 5, &window);
    assert_int_equal(w.cut.part_count, 1);
    assert_near(area(&w), 400, 1e-9);
    pm_arena_finish(&w.arena);
}

static void cuts_lines(void **state)
{
    (void)state;
    struct world w;
    world_make(&w, (const double[][2]){{-20, 0}, {20, 4}, {20, 8}, {-20, 12}, {END}, {END}});
    world_cut(&w, false, 180, &earth);
    assert_int_equal(w.cut.part_count, 3);
    assert_int_equal(w.cut.parts[0].count + w.cut.parts[1].count + w.cut.parts[2].count, 8);
    pm_arena_finish(&w.arena);
}

/* Two neighbours, at random places and cut anywhere, still share what they shared. */
static void neighbours_stay_alike(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 500; round++) {
        struct world a, b;
        double x = (int)(check_random(&seed) % 300) - 150, y = (int)(check_random(&seed) % 80) - 40;
        double lean = (int)(check_random(&seed) % 19) - 9;
        world_make(&a, (const double[][2]){{x - 20, y},
                                           {x, y},
                                           {x + lean, y + 10},
                                           {x - 3, y + 23},
                                           {x - 20, y + 30},
                                           {END},
                                           {END}});
        world_make(&b, (const double[][2]){{x + 20, y},
                                           {x + 20, y + 30},
                                           {x - 3, y + 23},
                                           {x + lean, y + 10},
                                           {x, y},
                                           {END},
                                           {END}});
        double lon0 = (int)(check_random(&seed) % 361) - 180 + 0.123;
        world_cut(&a, true, lon0, &earth);
        world_cut(&b, true, lon0, &earth);
        struct pm_topology t;
        pm_topology_build(&a.cut, &b.cut, NULL, &a.arena, &t);
        size_t inner = 0;
        for (size_t i = 0; i < t.arc_count; i++)
            inner += t.arcs[i].faces[1] == 1 && t.arcs[i].faces[0] == 0 &&
                     t.arcs[i].mark != PM_MARK_SEAM;
        assert_true(inner > 0);
        assert_int_equal(t.overused, 0);
        assert_near(area(&a) + area(&b), 40 * 30 - 40 * 7 / 2, 1e-4);
        pm_arena_finish(&a.arena);
        pm_arena_finish(&b.arena);
    }
}

/* ---- lines on the page -------------------------------------------------------------------- */

static struct pm_frame frame_of(struct pm_projection p, double scale)
{
    return (struct pm_frame){p, pm_box_of(0, 0, 1000, 800), scale, {0, 0}};
}

/* The 49th parallel, given by its two ends, is nowhere farther than a tenth of a pixel from where it
 * belongs, and the same from either end. */
static void parallels_bend(void **state)
{
    (void)state;
    struct pm_frame f =
        frame_of(pm_projection_make(PM_PROJECTION_ALBERS, -96, 45, 29.5, 45.5), 1 / 5000.0);
    struct pm_grid ends[] = {pm_grid_of(-27, 49), pm_grid_of(1, 49)};
    struct pm_grid back[] = {ends[1], ends[0]};
    struct pm_page_points line = {0}, reversed = {0};
    pm_frame_line(&f, ends, 2, &line);
    pm_frame_line(&f, back, 2, &reversed);
    assert_true(line.n > 8 && line.n < 200);
    assert_int_equal(line.n, reversed.n);
    for (size_t i = 0; i < line.n; i++) {
        assert_near(line.v[i].x, reversed.v[line.n - 1 - i].x, 0);
        assert_near(line.v[i].y, reversed.v[line.n - 1 - i].y, 0);
    }
    for (double lon = -27; lon <= 1; lon += 0.1) {
        struct pm_pt p = pm_frame_turned(&f, pm_grid_of(lon, 49));
        double nearest = INFINITY;
        for (size_t i = 0; i + 1 < line.n; i++) {
            struct pm_pt a = line.v[i], b = line.v[i + 1];
            double dx = b.x - a.x, dy = b.y - a.y;
            double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
            t = fmax(0, fmin(1, t));
            nearest = fmin(nearest, hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
        }
        assert_true(nearest < 0.1);
    }
    free(line.v);
    free(reversed.v);
}

static void straight_edges_stay(void **state)
{
    (void)state;
    struct pm_frame f =
        frame_of(pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 0, 0), 1 / 5000.0);
    struct pm_grid ends[] = {pm_grid_of(0, 20), pm_grid_of(3, 20), pm_grid_of(3, 20.5)};
    struct pm_page_points line = {0};
    pm_frame_line(&f, ends, 3, &line);
    assert_int_equal(line.n, 3);
    free(line.v);
}

/* The edge of the earth on an oblique azimuthal map is a circle, on Equal Earth as wide as the
 * equator. */
static void the_earth_has_an_edge(void **state)
{
    (void)state;
    struct pm_frame f =
        frame_of(pm_projection_make(PM_PROJECTION_LAMBERT_AREA, 20, 30, 0, 0), 1 / 40000.0);
    struct pm_window window = pm_window_seen(&f, f.box);
    struct pm_page_points edge = {0};
    assert_true(window.edge);
    pm_window_outline(&f, &window, &edge);
    double radius = 0, shoelace = fabs(pm_ring_area(edge.v, edge.n));
    for (size_t i = 0; i < edge.n; i++)
        radius = fmax(radius, hypot(edge.v[i].x - 500, edge.v[i].y - 400));
    assert_near(shoelace / (radius * radius), 3.14159, 0.02);
    edge.n = 0;
    f.projection = pm_projection_make(PM_PROJECTION_EQUAL_EARTH, 0, 0, 0, 0);
    window = pm_window_seen(&f, f.box);
    pm_window_outline(&f, &window, &edge);
    struct pm_box box = {0};
    for (size_t i = 0; i < edge.n; i++)
        pm_box_add(&box, edge.v[i], i == 0);
    struct pm_pt east = pm_frame_turned(&f, pm_grid_of(180, 0));
    assert_near(box.x1, east.x, 0.05);
    f.scale = 1 / 1000.0; /* close by there is none */
    assert_false(pm_window_seen(&f, f.box).edge);
    free(edge.v);
}

/* The window holds all that is on the page. */
static void windows_hold_what_is_seen(void **state)
{
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 300; round++) {
        enum pm_projection_kind kind = check_random(&seed) % PM_PROJECTION_OTHER;
        double lat = (int)(check_random(&seed) % 140) - 70 + 0.5;
        struct pm_projection p =
            pm_projection_make(kind, (int)(check_random(&seed) % 360), lat, lat - 8, lat + 9);
        struct pm_frame f = frame_of(p, 1.0 / (500 + check_random(&seed) % 8000));
        if (kind == PM_PROJECTION_EQUAL_EARTH || kind == PM_PROJECTION_CYLINDRICAL)
            f.centre = pm_project(&p, p.lon0, lat);
        struct pm_window w = pm_window_seen(&f, f.box);
        for (int i = 0; i < 200; i++) {
            struct pm_pt at = {check_random(&seed) % 1000, check_random(&seed) % 800};
            double lon = 0, south = 0;
            if (!pm_unproject(&p, pm_frame_metre(&f, at), &lon, &south))
                continue;
            lon = remainder(lon - p.lon0, 360);
            if (kind == PM_PROJECTION_TRANSVERSE && fabs(lon) > 90)
                continue;
            assert_true(lon >= pm_grid_lon(w.low) - 0.001 && lon <= pm_grid_lon(w.high) + 0.001);
            assert_true(south >= pm_grid_lat(w.low) - 0.001 &&
                        south <= pm_grid_lat(w.high) + 0.001);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_without_need),
        cmocka_unit_test(turns),
        cmocka_unit_test(cuts_at_the_far_meridian),
        cmocka_unit_test(cuts_combs),
        cmocka_unit_test(joins_what_was_cut_at_the_antimeridian),
        cmocka_unit_test(joins_only_what_meets),
        cmocka_unit_test(joins_around_the_pole),
        cmocka_unit_test(cuts_to_a_window),
        cmocka_unit_test(cuts_lines),
        cmocka_unit_test(neighbours_stay_alike),
        cmocka_unit_test(parallels_bend),
        cmocka_unit_test(straight_edges_stay),
        cmocka_unit_test(the_earth_has_an_edge),
        cmocka_unit_test(windows_hold_what_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
