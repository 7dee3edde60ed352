#include "check.h"

#include "geo/topology.h"
#include "geo/weld.h"
#include "random_map.h"
#include "topology_check.h"

enum { REACH = 100 };

static const enum pm_layer_kind areas[] = {PM_LAYER_AREAS};

static void build(const struct pm_layer *layer, struct pm_arena *arena, struct pm_topology *t)
{
    pm_topology_build(layer, &(struct pm_layer){0}, NULL, arena, t);
}

static size_t shared(const struct pm_topology *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->arc_count; i++)
        count += t->arcs[i].faces[1] != PM_NO_FACE;
    return count;
}

/* Each area's vertices a little off, each by its own: afterwards borders are shared as they were. */
static void borders_that_are_a_little_off_are_shared_again(void **state)
{
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct random_map map = {0};
        struct pm_arena arena = {0};
        struct pm_topology clean, off, welded;
        struct pm_layer layers[PM_LAYER_KINDS] = {{0}};
        random_map_make(&map, &seed);
        build(random_map_layer(&map), &arena, &clean);
        for (size_t i = 0; i < map.points.n; i++)
            map.points.v[i] = random_map_moved(map.points.v[i], &seed, REACH / 2);
        layers[PM_LAYER_AREAS] = *random_map_layer(&map);
        build(&layers[PM_LAYER_AREAS], &arena, &off);
        size_t moved = pm_weld(layers, areas, 1, REACH, &arena);
        build(&layers[PM_LAYER_AREAS], &arena, &welded);
        assert_int_equal(welded.arc_count, clean.arc_count);
        assert_int_equal(shared(&welded), shared(&clean));
        if (shared(&clean)) {
            assert_true(moved > 0);
            assert_true(shared(&off) < shared(&clean));
        }
        pm_arena_finish(&arena);
        random_map_finish(&map);
    }
}

/* Whatever is welded makes a sound topology and keeps all its parts. */
static void dirty_maps_do_no_harm(void **state)
{
    static const int32_t reaches[] = {4, 100, 3000, 60000};
    uint32_t seed = 2;
    (void)state;
    for (int round = 0; round < 1000; round++) {
        struct random_map map = {0};
        struct pm_arena arena = {0};
        struct pm_topology t;
        struct pm_layer layers[PM_LAYER_KINDS] = {{0}}, none = {0};
        int32_t reach = reaches[round % 4];
        random_map_make(&map, &seed);
        random_map_soil(&map, &seed);
        layers[PM_LAYER_AREAS] = *random_map_layer(&map);
        pm_weld(layers, areas, 1, reach, &arena);
        const struct pm_layer *welded = &layers[PM_LAYER_AREAS];
        assert_int_equal(welded->part_count, map.parts.n);
        for (size_t i = 0; i < map.parts.n; i++)
            assert_true(welded->parts[i].count > 0 || map.parts.v[i].count == 0);
        build(welded, &arena, &t);
        assert_null(check_topology(&t, welded, &none));
        pm_arena_finish(&arena);
        random_map_finish(&map);
    }
}

static struct pm_layer layer_of(struct pm_feature *feature, struct pm_range *part,
                                struct pm_grid *points, size_t count)
{
    *part = (struct pm_range){0, count};
    *feature = (struct pm_feature){.parts = {0, 1}};
    return (struct pm_layer){NULL, feature, 1, part, 1, points, count};
}

/* Welds one part; returns what is left of it, in the arena. */
static struct pm_layer weld(enum pm_layer_kind kind, struct pm_grid *points, size_t count,
                            struct pm_arena *arena, size_t *moved)
{
    struct pm_layer layers[PM_LAYER_KINDS] = {{0}};
    struct pm_feature *feature = PM_NEW(arena, struct pm_feature);
    layers[kind] = layer_of(feature, PM_NEW(arena, struct pm_range), points, count);
    *moved = pm_weld(layers, (const enum pm_layer_kind[]){kind}, 1, REACH, arena);
    return layers[kind];
}

static void what_is_clean_stays(void **state)
{
    struct pm_grid square[] = {{0, 0}, {0, 1000}, {1000, 1000}, {1000, 0}};
    struct pm_arena arena = {0};
    size_t moved = 1;
    (void)state;
    struct pm_layer layer = weld(PM_LAYER_AREAS, square, 4, &arena, &moved);
    assert_int_equal(moved, 0);
    assert_ptr_equal(layer.points, square);
    pm_arena_finish(&arena);
}

static void rings_lose_repeats_and_lines_keep_their_ends(void **state)
{
    struct pm_grid ring[] = {{0, 0}, {0, 1000}, {50, 1000}, {1000, 1000}, {1000, 0}, {100, 0}};
    struct pm_grid line[] = {{0, 0}, {0, 1000}, {1000, 1000}, {20, 20}};
    struct pm_arena arena = {0};
    size_t moved = 0;
    (void)state;
    struct pm_layer layer = weld(PM_LAYER_AREAS, ring, 6, &arena, &moved);
    assert_int_equal(moved, 2);
    assert_int_equal(layer.parts[0].count, 4);
    assert_int_equal(layer.points[3].x, 1000);
    layer = weld(PM_LAYER_BOUNDARIES, line, 4, &arena, &moved);
    assert_int_equal(moved, 1);
    assert_int_equal(layer.parts[0].count, 4);
    assert_int_equal(layer.points[3].x, 0);
    pm_arena_finish(&arena);
}

static void nothing_vanishes(void **state)
{
    struct pm_grid islet[] = {{0, 0}, {0, 90}, {90, 90}, {90, 0}};
    struct pm_arena arena = {0};
    size_t moved = 0;
    (void)state;
    struct pm_layer layer = weld(PM_LAYER_AREAS, islet, 4, &arena, &moved);
    assert_int_equal(moved, 3);
    assert_int_equal(layer.parts[0].count, 4);
    for (int i = 0; i < 4; i++)
        assert_memory_equal(&layer.points[i], &islet[i], sizeof islet[i]);
    pm_arena_finish(&arena);
}

static void seams_stay(void **state)
{
    const int32_t half = 1800000000, pole = 900000000;
    struct pm_grid ring[] = {{half, 0},           {half - 20, 0}, {half - 2000, 0},
                             {half - 2000, pole}, {half, pole},   {half, pole - 30}};
    struct pm_arena arena = {0};
    size_t moved = 0;
    (void)state;
    struct pm_layer layer = weld(PM_LAYER_AREAS, ring, 6, &arena, &moved);
    assert_int_equal(moved, 0);
    assert_int_equal(layer.parts[0].count, 6);
    pm_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(borders_that_are_a_little_off_are_shared_again),
        cmocka_unit_test(dirty_maps_do_no_harm),
        cmocka_unit_test(what_is_clean_stays),
        cmocka_unit_test(rings_lose_repeats_and_lines_keep_their_ends),
        cmocka_unit_test(nothing_vanishes),
        cmocka_unit_test(seams_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
