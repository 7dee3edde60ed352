/* Simplification, alone and on random maps: nothing crosses, nobody is lost, neighbours share. */
#include "check.h"

#include "base/hash.h"
#include "geo/shape.h"
#include "geo/mend.h"
#include "geo/overlaps.h"
#include "geo/simplify.h"
#include "geo/thin.h"
#include "random_map.h"
#include "segments.h"
#include "topology_check.h"

/* ---- one line or two --------------------------------------------------------------------- */

static size_t simplify_one(struct pm_spot *points, uint32_t count, uint32_t least, int64_t twice)
{
    struct pm_spot_line line = {0, count, least};
    pm_simplify(points, count, &line, 1, twice);
    return line.count;
}

static void the_least_goes_first(void **state)
{
    (void)state;
    struct pm_spot line[] = {{0, 0}, {100, 10}, {200, 0}, {300, 500}, {400, 0}};
    assert_int_equal(simplify_one(line, 5, 2, 20000), 4);
    assert_int_equal(line[1].x, 200);
    assert_int_equal(line[2].y, 500);
}

static void ends_and_the_least_number_stay(void **state)
{
    (void)state;
    struct pm_spot line[] = {{0, 0}, {100, 0}, {200, 0}, {300, 0}};
    assert_int_equal(simplify_one(line, 4, 2, 1000000), 2);
    assert_int_equal(line[0].x, 0);
    assert_int_equal(line[1].x, 300);
    struct pm_spot ring[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
    assert_int_equal(simplify_one(ring, 5, 4, 1000000), 4);
}

static void no_tolerance_changes_nothing(void **state)
{
    (void)state;
    struct pm_spot line[] = {{0, 0}, {100, 0}, {200, 0}};
    assert_int_equal(simplify_one(line, 3, 2, 0), 3);
}

/* A bay with an island in it: the shortcut across its mouth would put the island on land. */
static void islands_stay_in_the_sea(void **state)
{
    (void)state;
    struct pm_spot points[] = {{0, 0},    {500, 0},  {600, 300}, {700, 0}, {1200, 0},
                               {590, 50}, {610, 50}, {600, 100}, {590, 50}};
    struct pm_spot_line lines[] = {{0, 5, 2}, {5, 4, 4}};
    pm_simplify(points, 9, lines, 2, 1000000);
    assert_int_equal(lines[0].count, 3);
    assert_int_equal(points[1].y, 300);
    assert_int_equal(lines[1].count, 4);
}

/* The point in the way is far from the corners of a long narrow triangle. */
static void long_triangles_are_searched_along_their_length(void **state)
{
    (void)state;
    for (int32_t x = -40000; x <= 40000; x += 3989) {
        struct pm_spot points[] = {{-50000, -20000}, {0, 30}, {50000, 20000}, {0, 0}, {0, 9000}};
        points[3] =
            (struct pm_spot){x, x * 2 / 5 + (x < 0 ? 30 + x * 3 / 5000 : 30 - x * 3 / 5000) / 2};
        points[4] = (struct pm_spot){x, 2 * 50000};
        struct pm_spot_line lines[] = {{0, 3, 2}, {3, 2, 2}};
        pm_simplify(points, 5, lines, 2, 10000000);
        assert_int_equal(lines[0].count, 3);
    }
    struct pm_spot points[] = {
        {-50000, -20000}, {0, 30}, {50000, 20000}, {20000, 0}, {20000, 7000}};
    struct pm_spot_line lines[] = {{0, 3, 2}, {3, 1, 2}, {4, 1, 2}};
    pm_simplify(points, 5, lines, 3, 10000000);
    assert_int_equal(lines[0].count, 2);
}

/* Both ways round between two places: one may become straight, not both. */
static void twins_stay_apart(void **state)
{
    (void)state;
    struct pm_spot points[] = {{0, 0}, {50, 10}, {100, 0}, {0, 0}, {50, -10}, {100, 0}};
    struct pm_spot_line lines[] = {{0, 3, 2}, {3, 3, 2}};
    pm_simplify(points, 6, lines, 2, 1000000);
    assert_int_equal(lines[0].count + lines[1].count, 6);
}

/* ---- random maps --------------------------------------------------------------------------- */

struct page {
    struct pm_arena arena;
    struct pm_topology topology;
    struct pm_page_arcs arcs;
};

static struct pm_frame map_frame(void)
{
    const double side = RANDOM_MAP_SIDE / PM_GRID_PER_DEGREE;
    struct pm_projection p = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 0, 0);
    const struct pm_metre corners[] = {pm_project(&p, 0, 0), pm_project(&p, side, side)};
    return pm_frame_fit(&p, corners, 2, pm_box_of(0, 0, 200, 200), 5);
}

static void page_make(struct page *page, const struct pm_layer *layer, double tolerance)
{
    static const struct pm_layer none;
    const struct pm_frame frame = map_frame();
    *page = (struct page){0};
    pm_topology_build(layer, &none, NULL, &page->arena, &page->topology);
    const char *fault = check_topology(&page->topology, layer, &none);
    if (fault)
        fail_msg("%s", fault);
    pm_page_arcs_make(&page->topology, &frame, tolerance, &page->arena, &page->arcs);
}

static struct pm_page_rings face_of(struct page *page, size_t face)
{
    struct pm_page_rings rings;
    pm_page_face(&page->topology, &page->arcs, (uint32_t)face, 0, &page->arena, &rings);
    return rings;
}

static double union_area(struct page *page)
{
    struct pm_page_rings all;
    uint32_t *groups = PM_NEW_N(&page->arena, uint32_t, page->topology.face_count);
    double area = 0;
    pm_page_dissolve(&page->topology, &page->arcs, groups, 1, &page->arena, &all);
    for (size_t i = 0; i < all.ring_count; i++) /* the outline of a map without holes */
        area += fabs(pm_ring_area(all.points + all.rings[i].first, all.rings[i].count));
    return area;
}

static void check_faces(struct page *page)
{
    for (size_t f = 0; f < page->topology.face_count; f++) {
        struct pm_page_rings rings = face_of(page, f);
        assert_true(rings.ring_count > 0 || page->topology.faces[f].count == 0);
        assert_true(isfinite(rings.area));
    }
}

static void check_sums(struct page *page)
{
    double sum = 0;
    for (size_t f = 0; f < page->topology.face_count; f++)
        sum += face_of(page, f).area;
    assert_near(sum, union_area(page), 1e-6);
}

static void check_rings_stay_simple(const struct page *before, const struct page *after)
{
    for (size_t i = 0; i < before->topology.ring_count; i++)
        if (segments_simple(&before->topology, &before->arcs, i))
            assert_true(segments_simple(&after->topology, &after->arcs, i));
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t page_hash(struct page *page)
{
    size_t count = page->topology.arc_count;
    uint64_t *hashes = PM_NEW_N(&page->arena, uint64_t, count);
    for (size_t i = 0; i < count; i++)
        hashes[i] = pm_hash_bytes(page->arcs.points + page->arcs.arcs[i].first,
                                  page->arcs.arcs[i].count * sizeof *page->arcs.points, 0);
    qsort(hashes, count, sizeof *hashes, compare_hashes);
    return pm_hash_bytes(hashes, count * sizeof *hashes, count);
}

static void check_order(const struct random_map *map, struct page *page, double tolerance,
                        uint32_t *seed)
{
    struct random_map other = {0};
    struct page again;
    random_map_shuffle(map, seed, &other);
    page_make(&again, random_map_layer(&other), tolerance);
    assert_true(page_hash(page) == page_hash(&again));
    pm_arena_finish(&again.arena);
    random_map_finish(&other);
}

static double any_tolerance(uint32_t *seed)
{
    static const double tolerances[] = {0.1, 0.3, 0.35, 1, 2, 4, 10, 50, 1000};
    return tolerances[check_random(seed) % (sizeof tolerances / sizeof *tolerances)];
}

static bool check_map(uint32_t *seed, bool dirty)
{
    struct random_map map = {0};
    struct page before, after;
    double tolerance = any_tolerance(seed);
    random_map_make(&map, seed);
    if (dirty)
        random_map_soil(&map, seed);
    page_make(&before, random_map_layer(&map), 0);
    page_make(&after, random_map_layer(&map), tolerance);
    bool planar = segments_planar(&before.topology, &before.arcs);
    if (planar)
        assert_true(segments_planar(&after.topology, &after.arcs));
    if (planar && !dirty)
        check_sums(&after);
    check_rings_stay_simple(&before, &after);
    check_faces(&after);
    check_order(&map, &after, tolerance, seed);
    pm_arena_finish(&before.arena);
    pm_arena_finish(&after.arena);
    random_map_finish(&map);
    return planar;
}

static void clean_maps_stay_clean(void **state)
{
    (void)state;
    uint32_t seed = 20210815;
    size_t planar = 0;
    for (int i = 0; i < 500; i++)
        planar += check_map(&seed, false);
    assert_true(planar > 400); /* the others are finer than hundredths of a pixel */
}

static void dirty_maps_do_no_harm(void **state)
{
    (void)state;
    uint32_t seed = 19790101;
    for (int i = 0; i < 1000; i++)
        check_map(&seed, true);
}

/* ---- thinning ------------------------------------------------------------------------------- */

/* Each area keeps a ring, and its points lie in the middle of cells, but for triangles. */
static void check_thinned(const struct pm_layer *layer, const struct pm_layer *thin, int32_t cell)
{
    for (size_t f = 0; f < layer->feature_count; f++) {
        struct pm_range parts = layer->features[f].parts;
        size_t before = 0, after = 0;
        for (size_t i = parts.first; i < parts.first + parts.count; i++) {
            before += layer->parts[i].count >= 3;
            after += thin->parts[i].count >= 3;
            for (size_t k = 0; k < thin->parts[i].count; k++) {
                struct pm_grid p = thin->points[thin->parts[i].first + k];
                assert_true(thin->parts[i].count == 3 ||
                            ((p.x & (cell - 1)) == cell / 2 && (p.y & (cell - 1)) == cell / 2));
            }
        }
        assert_true(after > 0 || before == 0);
    }
}

/* Thinned and mended; what is on the page as one number. */
static uint64_t thin_page(struct random_map *map, int32_t cell)
{
    struct pm_arena arena = {0};
    struct page page;
    struct pm_layer none = {0}, marks = {0};
    struct pm_layer thin = pm_thin_rings(random_map_layer(map), cell, &arena);
    check_thinned(&map->layer, &thin, cell);
    page_make(&page, &thin, 0.3);
    pm_mend(&page.topology, cell / 2, &arena, &thin, &none, &marks);
    pm_arena_finish(&page.arena);
    page_make(&page, &thin, 0.3);
    check_faces(&page);
    uint64_t hash = page_hash(&page);
    pm_arena_finish(&page.arena);
    pm_arena_finish(&arena);
    return hash;
}

static void check_thin_map(uint32_t *seed, bool dirty)
{
    struct random_map map = {0}, other = {0};
    random_map_make(&map, seed);
    if (dirty)
        random_map_soil(&map, seed);
    random_map_shuffle(&map, seed, &other);
    int32_t cell = 1 << (4 + check_random(seed) % 16);
    assert_true(thin_page(&map, cell) == thin_page(&other, cell));
    random_map_finish(&map);
    random_map_finish(&other);
}

static void thinned_maps_are_whole(void **state)
{
    (void)state;
    uint32_t seed = 17761704;
    for (int i = 0; i < 1000; i++)
        check_thin_map(&seed, i % 2);
}

/* ---- thinning, examples ---------------------------------------------------------------------- */

static struct pm_layer layer_of(struct pm_feature *feature, struct pm_range *part,
                                struct pm_grid *points, size_t count)
{
    *part = (struct pm_range){0, count};
    *feature = (struct pm_feature){.parts = {0, 1}};
    return (struct pm_layer){.features = feature,
                             .feature_count = 1,
                             .parts = part,
                             .part_count = 1,
                             .points = points,
                             .point_count = count};
}

static void spikes_and_repeats_go(void **state)
{
    (void)state;
    struct pm_feature feature;
    struct pm_range part;
    struct pm_arena arena = {0};
    struct pm_grid ring[] = {{1, 1},     {3, 9},     {101, 2}, {205, 3}, {101, 14},
                             {109, 103}, {111, 111}, {2, 108}, {8, 300}, {9, 101}};
    struct pm_layer layer = layer_of(&feature, &part, ring, 10);
    struct pm_layer thin = pm_thin_rings(&layer, 16, &arena);
    assert_int_equal(thin.parts[0].count, 4);
    assert_int_equal(thin.points[thin.parts[0].first].x, 8);
    assert_int_equal(pm_thin_gain(&layer, 16), 2);
    assert_int_equal(pm_thin_gain(&layer, 0), 0);
    pm_arena_finish(&arena);
}

static void islets_become_triangles(void **state)
{
    (void)state;
    struct pm_feature feature;
    struct pm_range part;
    struct pm_arena arena = {0};
    struct pm_grid ring[] = {{1800000000, 5}, {1799999999, 6}, {1799999998, 3}};
    struct pm_layer layer = layer_of(&feature, &part, ring, 3);
    struct pm_layer thin = pm_thin_rings(&layer, 65536, &arena);
    assert_int_equal(thin.parts[0].count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(thin.points[i].x < 1800000000);
    pm_arena_finish(&arena);
}

static void the_antimeridian_stays(void **state)
{
    (void)state;
    struct pm_feature feature;
    struct pm_range part;
    struct pm_arena arena = {0};
    struct pm_grid line[] = {{1800000000, 0}, {1799999999, 400000}, {-1800000000, 900000}};
    struct pm_layer layer = layer_of(&feature, &part, line, 3);
    struct pm_layer thin = pm_thin_lines(&layer, 65536, &arena);
    assert_int_equal(thin.points[0].x, 1800000000);
    assert_true(thin.points[1].x < 1800000000 && thin.points[1].x > 1799900000);
    assert_int_equal(thin.points[2].x, -1800000000);
    pm_arena_finish(&arena);
}

static void cells_are_small_on_the_page(void **state)
{
    (void)state;
    assert_int_equal(pm_thin_cell(1000), 0); /* a millimetre a pixel: no data are as fine */
    for (double scale = 1e-6; scale < 1; scale *= 1.37) {
        double side = pm_thin_cell(scale) / PM_GRID_PER_DEGREE * 111320 * scale;
        assert_true(side <= 0.25 && (side > 0.125 || side == 0));
    }
}

/* ---- overlaps on the page ------------------------------------------------------------------------ */

static bool overlaps(const int32_t (*rings)[8], size_t count, struct pm_pt *at)
{
    struct random_map map = {0};
    struct page page;
    for (size_t i = 0; i < count; i++) {
        struct pm_grid ring[4];
        for (int k = 0; k < 4; k++)
            ring[k] = (struct pm_grid){rings[i][2 * k], rings[i][2 * k + 1]};
        random_map_feature(&map);
        random_map_ring(&map, ring, 4);
    }
    page_make(&page, random_map_layer(&map), 0.3);
    bool found = pm_page_overlap(&page.topology, &page.arcs, pm_box_of(0, 0, 200, 200), at);
    pm_arena_finish(&page.arena);
    random_map_finish(&map);
    return found;
}

static void overlaps_on_the_page_are_found(void **state)
{
    (void)state;
    const int32_t apart[][8] = {{0, 0, 500000, 0, 500000, 500000, 0, 500000},
                                {500000, 0, 1000000, 0, 1000000, 500000, 500000, 500000}};
    const int32_t crossed[][8] = {{0, 0, 500000, 0, 500000, 500000, 0, 500000},
                                  {400000, 0, 1000000, 0, 1000000, 500000, 400000, 500000}};
    const int32_t barely[][8] = {{0, 0, 500000, 0, 500000, 500000, 0, 500000},
                                 {499000, 0, 1000000, 0, 1000000, 500000, 499000, 500000}};
    struct pm_pt at = {0, 0};
    assert_false(overlaps(apart, 2, &at));
    assert_false(overlaps(barely, 2, &at));
    assert_true(overlaps(crossed, 2, &at));
    assert_near(at.x, 5 + 0.45 * 190, 1);
    const int32_t twice[][8] = {{0, 0, 500000, 0, 500000, 500000, 0, 500000},
                                {0, 0, 500000, 0, 500000, 500000, 0, 500000}};
    assert_true(overlaps(twice, 2, &at));
}

static void clean_maps_have_no_overlaps(void **state)
{
    (void)state;
    uint32_t seed = 18420106;
    for (int i = 0; i < 200; i++) {
        struct random_map map = {0};
        struct page page;
        struct pm_pt at;
        random_map_make(&map, &seed);
        page_make(&page, random_map_layer(&map), any_tolerance(&seed));
        assert_false(pm_page_overlap(&page.topology, &page.arcs, pm_box_of(0, 0, 200, 200), &at));
        pm_arena_finish(&page.arena);
        random_map_finish(&map);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_goes_first),
        cmocka_unit_test(ends_and_the_least_number_stay),
        cmocka_unit_test(no_tolerance_changes_nothing),
        cmocka_unit_test(islands_stay_in_the_sea),
        cmocka_unit_test(long_triangles_are_searched_along_their_length),
        cmocka_unit_test(twins_stay_apart),
        cmocka_unit_test(clean_maps_stay_clean),
        cmocka_unit_test(dirty_maps_do_no_harm),
        cmocka_unit_test(thinned_maps_are_whole),
        cmocka_unit_test(spikes_and_repeats_go),
        cmocka_unit_test(islets_become_triangles),
        cmocka_unit_test(the_antimeridian_stays),
        cmocka_unit_test(cells_are_small_on_the_page),
        cmocka_unit_test(overlaps_on_the_page_are_found),
        cmocka_unit_test(clean_maps_have_no_overlaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
