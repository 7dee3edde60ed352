#include "check.h"

#include "base/hash.h"
#include "base/vec.h"
#include "geo/borders.h"
#include "geo/mend.h"
#include "geo/shape.h"
#include "geo/topology.h"
#include "topology_check.h"

/* A layer built ring by ring: layer_ring(&l, feature, x, y, x, y, …, END). */
#define END INT32_MAX

struct layer {
    struct pm_layer l;
    PM_VEC(struct pm_feature) features;
    PM_VEC(struct pm_range) parts;
    PM_VEC(struct pm_grid) points;
};

/* Rings of one feature must be added one after another. */
static void layer_ring(struct layer *b, const int32_t *xy)
{
    size_t first = b->points.n;
    for (; *xy != END; xy += 2)
        pm_vec_push(&b->points, (struct pm_grid){xy[0], xy[1]});
    pm_vec_push(&b->parts, (struct pm_range){first, b->points.n - first});
    b->features.v[b->features.n - 1].parts.count++;
}

static void layer_feature(struct layer *b)
{
    pm_vec_push(&b->features, (struct pm_feature){.parts = {b->parts.n, 0}});
}

#define FEATURE(b) layer_feature(b)
#define RING(b, ...) layer_ring((b), (const int32_t[]){__VA_ARGS__, END})

static const struct pm_layer *layer_get(struct layer *b)
{
    b->l = (struct pm_layer){.features = b->features.v,
                             .feature_count = b->features.n,
                             .parts = b->parts.v,
                             .part_count = b->parts.n,
                             .points = b->points.v,
                             .point_count = b->points.n};
    return &b->l;
}

static void layer_finish(struct layer *b)
{
    pm_vec_finish(&b->features);
    pm_vec_finish(&b->parts);
    pm_vec_finish(&b->points);
}

static struct pm_topology build(struct layer *areas, struct layer *context, struct layer *marks,
                                struct pm_arena *arena)
{
    static const struct pm_layer none;
    struct pm_topology t;
    pm_topology_build(layer_get(areas), context ? layer_get(context) : &none,
                      marks ? layer_get(marks) : NULL, arena, &t);
    const char *fault = check_topology(&t, &areas->l, context ? &context->l : &none);
    if (fault)
        fail_msg("%s", fault);
    return t;
}

/* ---- examples ------------------------------------------------------------------------------- */

/* Two squares side by side: one shared border, two outer ones. */
static void neighbours_share_one_arc(void **state)
{
    (void)state;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 10, 0, 10, 10, 0, 10);
    FEATURE(&b);
    RING(&b, 10, 0, 20, 0, 20, 10, 10, 10);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    int shared = 0;
    assert_int_equal(t.arc_count, 3);
    for (size_t i = 0; i < t.arc_count; i++)
        shared += t.arcs[i].faces[0] == 0 && t.arcs[i].faces[1] == 1;
    assert_int_equal(shared, 1);
    assert_int_equal(t.overused, 0);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

/* An enclave: the hole of one is the ring of the other, one closed arc. */
static void enclave_is_one_closed_arc(void **state)
{
    (void)state;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 30, 0, 30, 30, 0, 30);
    RING(&b, 10, 10, 20, 10, 20, 20, 10, 20);
    FEATURE(&b);
    RING(&b, 20, 20, 20, 10, 10, 10, 10, 20); /* begins elsewhere, runs the other way */
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    assert_int_equal(t.arc_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(t.arcs[i].closed);
    assert_int_equal(t.arcs[1].faces[0], 0);
    assert_int_equal(t.arcs[1].faces[1], 1);
    assert_int_equal(t.refs[t.rings[t.faces[1].first].first].arc, 1);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

static void marks_cut_arcs(void **state)
{
    (void)state;
    struct layer b = {0}, marks = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 10, 0, 10, 5, 10, 10, 0, 10);
    FEATURE(&b);
    RING(&b, 10, 0, 20, 0, 20, 10, 10, 10, 10, 5);
    FEATURE(&marks);
    RING(&marks, 10, 5, 10, 10);
    struct pm_topology t = build(&b, NULL, &marks, &arena);
    int marked = 0, plain = 0;
    for (size_t i = 0; i < t.arc_count; i++) {
        bool shared = t.arcs[i].faces[1] == 1;
        marked += shared && t.arcs[i].mark == 1;
        plain += shared && t.arcs[i].mark == 0;
    }
    assert_int_equal(marked, 1);
    assert_int_equal(plain, 1);
    pm_arena_finish(&arena);
    layer_finish(&b);
    layer_finish(&marks);
}

/* A square cut in two at 180 degrees: what runs along it is marked, the rest is not. */
static void the_antimeridian_is_a_seam(void **state)
{
    (void)state;
    const int32_t half = 1800000000;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, half - 10, 0, half, 0, half, 5, half, 10, half - 10, 10);
    RING(&b, -half, 0, 10 - half, 0, 10 - half, 10, -half, 10);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    size_t seams = 0;
    assert_int_equal(t.arc_count, 4);
    for (size_t i = 0; i < t.arc_count; i++) {
        struct pm_range r = t.arcs[i].points;
        bool along =
            t.points[r.first].x == t.points[r.first + 1].x && abs(t.points[r.first].x) == half;
        assert_int_equal(t.arcs[i].mark, along ? PM_MARK_SEAM : 0);
        seams += along;
    }
    assert_int_equal(seams, 2);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

/* A cap with corners at 180 degrees only: its parallel is a border, the rest is not. */
static void an_edge_all_around_is_none(void **state)
{
    (void)state;
    const int32_t half = 1800000000, pole = 900000000;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, -half, 0, half, 0, half, pole, -half, pole);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    size_t borders = 0;
    for (size_t i = 0; i < t.arc_count; i++)
        if (t.arcs[i].mark != PM_MARK_SEAM) {
            struct pm_range r = t.arcs[i].points;
            assert_int_equal(r.count, 2);
            assert_int_equal(t.points[r.first].y, 0);
            borders++;
        }
    assert_int_equal(borders, 1);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

static void context_comes_after_areas(void **state)
{
    (void)state;
    struct layer b = {0}, context = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 10, 0, 10, 10, 0, 10);
    FEATURE(&context);
    RING(&context, 10, 0, 20, 0, 20, 10, 10, 10);
    struct pm_topology t = build(&b, &context, NULL, &arena);
    assert_int_equal(t.context_first, 1);
    assert_int_equal(t.face_count, 2);
    pm_arena_finish(&arena);
    layer_finish(&b);
    layer_finish(&context);
}

/* Duplicate polygons, spikes, repeated points, rings of two points: no failure, all counted. */
static void dirty_data_is_no_failure(void **state)
{
    (void)state;
    struct layer b = {0};
    struct pm_arena arena = {0};
    for (int i = 0; i < 3; i++) {
        FEATURE(&b);
        RING(&b, 0, 0, 10, 0, 10, 10, 0, 10);
    }
    FEATURE(&b);
    RING(&b, 0, 0, 0, 0, 5, 5, 5, 5);                     /* no area at all */
    RING(&b, 20, 0, 30, 0, 40, 0, 30, 0, 30, 10, 20, 10); /* a spike to 40,0 */
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    assert_int_equal(t.overused, 4);
    assert_int_equal(t.faces[3].count, 1);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

/* ---- property: a random mosaic ----------------------------------------------------------------- */

enum { SIDE = 12 };

static int32_t cell_face(const uint8_t cells[SIDE][SIDE], int x, int y)
{
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? -1 : cells[y][x];
}

/* Walks the border of one face's cells along their edges, the face at the left; marks edges used. */
static void trace_face(const uint8_t cells[SIDE][SIDE], int32_t face, struct layer *b)
{
    static const int dx[] = {1, 0, -1, 0}, dy[] = {0, 1, 0, -1};
    bool used[SIDE + 1][SIDE + 1][4] = {{{false}}};
    layer_feature(b);
    for (int y = 0; y <= SIDE; y++)
        for (int x = 0; x <= SIDE; x++) {
            /* an edge to the right with the face above (y up) and another below */
            if (used[y][x][0] || cell_face(cells, x, y) != face ||
                cell_face(cells, x, y - 1) == face)
                continue;
            size_t first = b->points.n;
            int px = x, py = y, d = 0;
            while (!used[py][px][d]) {
                used[py][px][d] = true;
                pm_vec_push(&b->points, (struct pm_grid){px * 10, py * 10});
                px += dx[d];
                py += dy[d];
                for (int turn = 1; turn >= -1; turn--) { /* left, straight, right */
                    int n = (d + turn + 4) % 4;
                    static const int lx[] = {0, -1, -1, 0}, ly[] = {0, 0, -1, -1};
                    static const int rx[] = {0, 0, -1, -1}, ry[] = {-1, 0, 0, -1};
                    if (cell_face(cells, px + lx[n], py + ly[n]) == face &&
                        cell_face(cells, px + rx[n], py + ry[n]) != face) {
                        d = n;
                        break;
                    }
                }
            }
            pm_vec_push(&b->parts, (struct pm_range){first, b->points.n - first});
            b->features.v[b->features.n - 1].parts.count++;
        }
}

static void random_mosaic(uint32_t *seed, int faces, uint8_t cells[SIDE][SIDE])
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            bool copy = check_random(seed) % 3 != 0;
            cells[y][x] = copy && x > 0   ? cells[y][x - 1]
                          : copy && y > 0 ? cells[y - 1][x]
                                          : (uint8_t)(check_random(seed) % (uint32_t)faces);
        }
}

static void mosaic(uint32_t *seed, int faces, struct layer *b)
{
    uint8_t cells[SIDE][SIDE];
    random_mosaic(seed, faces, cells);
    for (int f = 0; f < faces; f++)
        trace_face((const uint8_t(*)[SIDE])cells, f, b);
}

static void check_mosaic(uint32_t *seed)
{
    struct layer b = {0};
    struct pm_arena arena = {0};
    mosaic(seed, 7, &b);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    assert_int_equal(t.overused, 0);
    assert_int_equal(t.ring_count, b.parts.n);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

static void random_mosaics_come_back_whole(void **state)
{
    (void)state;
    uint32_t seed = 20210504;
    for (int i = 0; i < 200; i++)
        check_mosaic(&seed);
}

/* Arcs as they are, for functions that work on the page. */
static struct pm_page_arcs plain_arcs(const struct pm_topology *t, struct pm_arena *arena)
{
    struct pm_page_arcs page = {.points = PM_NEW_N(arena, struct pm_pt, t->point_count),
                                .arcs = PM_NEW_N(arena, struct pm_range, t->arc_count)};
    for (size_t i = 0; i < t->point_count; i++)
        page.points[i] = (struct pm_pt){t->points[i].x, t->points[i].y};
    for (size_t i = 0; i < t->arc_count; i++)
        page.arcs[i] = t->arcs[i].points;
    return page;
}

/* A point lies in a group's union exactly if it lies in a face of the group. */
static void check_unions(uint32_t *seed)
{
    static const uint32_t groups[] = {0, 1, PM_NO_FACE, 2, 1, 0, 1};
    enum { FACES = sizeof groups / sizeof *groups, GROUPS = 3 };
    struct layer b = {0};
    struct pm_arena arena = {0};
    struct pm_page_rings unions[GROUPS];
    uint8_t cells[SIDE][SIDE];
    random_mosaic(seed, FACES, cells);
    for (int f = 0; f < FACES; f++)
        trace_face((const uint8_t(*)[SIDE])cells, f, &b);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    struct pm_page_arcs page = plain_arcs(&t, &arena);
    pm_page_dissolve(&t, &page, groups, GROUPS, &arena, unions);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            for (uint32_t g = 0; g < GROUPS; g++)
                assert_int_equal(pm_rings_hold(&unions[g], (struct pm_pt){x * 10 + 5, y * 10 + 5}),
                                 groups[cells[y][x]] == g);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

static void unions_hold_their_faces_and_no_other(void **state)
{
    (void)state;
    uint32_t seed = 20211103;
    for (int i = 0; i < 100; i++)
        check_unions(&seed);
}

/* The same features in another order, each ring begun elsewhere and every other one turned round. */
static void shuffle(const struct layer *b, uint32_t *seed, size_t order[], struct layer *out)
{
    for (size_t i = 0; i < b->features.n; i++)
        order[i] = i;
    for (size_t i = b->features.n; i > 1; i--) {
        size_t k = check_random(seed) % i, swap = order[k];
        order[k] = order[i - 1];
        order[i - 1] = swap;
    }
    for (size_t i = 0; i < b->features.n; i++) {
        struct pm_range parts = b->features.v[order[i]].parts;
        layer_feature(out);
        for (size_t k = parts.first; k < parts.first + parts.count; k++) {
            struct pm_range part = b->parts.v[k];
            size_t turn = check_random(seed) % part.count;
            pm_vec_push(&out->parts, (struct pm_range){out->points.n, part.count});
            out->features.v[i].parts.count++;
            for (size_t j = 0; j < part.count; j++) {
                size_t at = (k % 2 ? part.count - 1 - j : j) + turn;
                pm_vec_push(&out->points, b->points.v[part.first + at % part.count]);
            }
        }
    }
}

/* One number for an arc: its points in order, and its faces by their names in `order`. */
static uint64_t arc_hash(const struct pm_topology *t, const struct pm_arc *arc,
                         const size_t order[])
{
    uint64_t faces[2] = {UINT64_MAX, UINT64_MAX};
    for (int i = 0; i < 2; i++)
        if (arc->faces[i] != PM_NO_FACE)
            faces[i] = order ? order[arc->faces[i]] : arc->faces[i];
    if (faces[1] < faces[0]) {
        uint64_t swap = faces[0];
        faces[0] = faces[1];
        faces[1] = swap;
    }
    uint64_t hash = pm_hash_bytes(faces, sizeof faces, arc->closed);
    return pm_hash_bytes(t->points + arc->points.first, arc->points.count * sizeof *t->points,
                         hash);
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t *arc_hashes(const struct pm_topology *t, const size_t order[],
                            struct pm_arena *arena)
{
    uint64_t *hashes = PM_NEW_N(arena, uint64_t, t->arc_count);
    for (size_t i = 0; i < t->arc_count; i++)
        hashes[i] = arc_hash(t, &t->arcs[i], order);
    qsort(hashes, t->arc_count, sizeof *hashes, compare_hashes);
    return hashes;
}

static void order_does_not_matter(void **state)
{
    (void)state;
    enum { FACES = 9 };
    uint32_t seed = 19730717;
    for (int i = 0; i < 100; i++) {
        struct layer b = {0}, other = {0};
        struct pm_arena arena = {0};
        size_t order[FACES];
        mosaic(&seed, FACES, &b);
        shuffle(&b, &seed, order, &other);
        struct pm_topology t = build(&b, NULL, NULL, &arena);
        struct pm_topology u = build(&other, NULL, NULL, &arena);
        assert_int_equal(t.arc_count, u.arc_count);
        assert_memory_equal(arc_hashes(&t, NULL, &arena), arc_hashes(&u, order, &arena),
                            t.arc_count * sizeof(uint64_t));
        pm_arena_finish(&arena);
        layer_finish(&b);
        layer_finish(&other);
    }
}

/* Rings of random points on a tiny grid: they cross, overlap, repeat and turn back at will. */
static void any_rings_come_back(void **state)
{
    (void)state;
    uint32_t seed = 42;
    for (int i = 0; i < 2000; i++) {
        struct layer b = {0}, marks = {0};
        struct pm_arena arena = {0};
        uint32_t grid = 2 + check_random(&seed) % 3;
        for (uint32_t f = check_random(&seed) % 5; f < 6; f++) {
            size_t count = check_random(&seed) % 12;
            struct layer *to = f == 5 ? &marks : &b;
            layer_feature(to);
            pm_vec_push(&to->parts, (struct pm_range){to->points.n, count});
            to->features.v[to->features.n - 1].parts.count++;
            for (size_t k = 0; k < count; k++)
                pm_vec_push(&to->points, (struct pm_grid){(int32_t)(check_random(&seed) % grid),
                                                          (int32_t)(check_random(&seed) % grid)});
        }
        build(&b, NULL, &marks, &arena); /* checks all */
        pm_arena_finish(&arena);
        layer_finish(&b);
        layer_finish(&marks);
    }
}

/* A ring that runs round twice must not lend its path to one that runs round once, and bounds nothing. */
static void twice_round_is_not_in_between(void **state)
{
    (void)state;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1);
    FEATURE(&b);
    RING(&b, 0, 0, 1, 0, 1, 1);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    assert_int_equal(t.arc_count, 1);
    assert_int_equal(t.rings[0].count, 2);
    assert_int_equal(t.rings[1].count, 1);
    assert_int_equal(t.arcs[0].faces[0], 1);
    assert_int_equal(t.arcs[0].faces[1], PM_NO_FACE);
    assert_int_equal(t.overused, 0);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

static void figure_eight_is_cut_at_its_waist(void **state)
{
    (void)state;
    struct layer b = {0};
    struct pm_arena arena = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 10, 10, 20, 0, 20, 20, 10, 10, 0, 20);
    struct pm_topology t = build(&b, NULL, NULL, &arena);
    assert_int_equal(t.arc_count, 2);
    assert_true(t.arcs[0].closed && t.arcs[1].closed);
    for (size_t i = 0; i < t.arc_count; i++)
        assert_int_equal(t.points[t.arcs[i].points.first].x, 10);
    pm_arena_finish(&arena);
    layer_finish(&b);
}

/* ---- junctions that one side lacks --------------------------------------------------- */

static size_t shared_arcs(const struct pm_topology *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->arc_count; i++)
        count += t->arcs[i].faces[1] != PM_NO_FACE;
    return count;
}

/* Two small areas lie along the long side of a third, one unit off it at their junction, and a marked
 * line runs along all of it. */
static void missing_junctions_are_put_in(void **state)
{
    (void)state;
    struct layer b = {0}, marks = {0};
    struct pm_arena arena = {0};
    struct pm_layer none = {0};
    FEATURE(&b);
    RING(&b, 0, 0, 300, 0, 300, 900, 0, 900);
    FEATURE(&b);
    RING(&b, 300, 0, 600, 0, 600, 500, 301, 500);
    FEATURE(&b);
    RING(&b, 301, 500, 600, 500, 600, 900, 300, 900);
    FEATURE(&marks);
    RING(&marks, 300, 900, 300, 0);
    struct pm_topology t = build(&b, NULL, &marks, &arena);
    assert_int_equal(shared_arcs(&t), 1);
    struct pm_layer areas = b.l, lines = marks.l;
    assert_true(pm_mend(&t, 3, &arena, &areas, &none, &lines) >= 1);
    struct pm_topology mended;
    pm_topology_build(&areas, &none, &lines, &arena, &mended);
    size_t marked = 0;
    for (size_t i = 0; i < mended.arc_count; i++)
        marked += mended.arcs[i].mark == 1;
    assert_int_equal(shared_arcs(&mended), 3);
    assert_int_equal(marked, 2);
    assert_int_equal(pm_mend(&mended, 3, &arena, &areas, &none, &lines), 0);
    pm_arena_finish(&arena);
    layer_finish(&b);
    layer_finish(&marks);
}

static void what_is_shared_needs_no_mending(void **state)
{
    (void)state;
    uint32_t seed = 18301004;
    for (int i = 0; i < 50; i++) {
        struct layer b = {0};
        struct pm_arena arena = {0};
        struct pm_layer none = {0}, lines = {0};
        mosaic(&seed, 7, &b);
        struct pm_topology t = build(&b, NULL, NULL, &arena);
        struct pm_layer areas = b.l;
        assert_int_equal(pm_mend(&t, 3, &arena, &areas, &none, &lines), 0);
        pm_arena_finish(&arena);
        layer_finish(&b);
    }
}

/* Each area of a mosaic keeps only the points where its border turns: its neighbours' corners lie on
 * its sides. Mended, all is shared as in the whole mosaic. */
static void lost_corners_are_found_again(void **state)
{
    (void)state;
    uint32_t seed = 18300929;
    for (int i = 0; i < 100; i++) {
        struct layer b = {0}, less = {0};
        struct pm_arena arena = {0};
        struct pm_layer none = {0}, lines = {0};
        mosaic(&seed, 7, &b);
        for (size_t f = 0; f < b.features.n; f++) {
            struct pm_range parts = b.features.v[f].parts;
            layer_feature(&less);
            for (size_t k = parts.first; k < parts.first + parts.count; k++) {
                struct pm_range part = b.parts.v[k];
                const struct pm_grid *p = b.points.v + part.first;
                size_t first = less.points.n, n = part.count;
                for (size_t j = 0; j < n; j++) {
                    struct pm_grid a = p[(j + n - 1) % n], c = p[(j + 1) % n];
                    if (a.x != c.x && a.y != c.y)
                        pm_vec_push(&less.points, p[j]);
                }
                pm_vec_push(&less.parts, (struct pm_range){first, less.points.n - first});
                less.features.v[f].parts.count++;
            }
        }
        struct pm_topology whole = build(&b, NULL, NULL, &arena);
        struct pm_topology t = build(&less, NULL, NULL, &arena), mended;
        struct pm_layer areas = less.l;
        pm_mend(&t, 3, &arena, &areas, &none, &lines);
        pm_topology_build(&areas, &none, NULL, &arena, &mended);
        assert_int_equal(shared_arcs(&mended), shared_arcs(&whole));
        assert_int_equal(mended.arc_count, whole.arc_count);
        pm_arena_finish(&arena);
        layer_finish(&b);
        layer_finish(&less);
    }
}

/* ---- are borders shared? ------------------------------------------------------------ */

static struct pm_borders borders_of(struct layer *areas, double tolerance)
{
    struct pm_arena arena = {0};
    struct pm_topology t = build(areas, NULL, NULL, &arena);
    struct pm_borders borders;
    const struct pm_borders_options options = {.near = tolerance, .beside = 1e-5};
    pm_borders_check(&t, &options, &arena, &borders);
    pm_arena_finish(&arena);
    layer_finish(areas);
    return borders;
}

static void shared_borders_are_healthy(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    RING(&l, 0, 0, 100, 0, 100, 50, 100, 100, 0, 100);
    FEATURE(&l);
    RING(&l, 100, 0, 200, 0, 200, 100, 100, 100, 100, 50);
    struct pm_borders b = borders_of(&l, 5 / PM_GRID_PER_DEGREE);
    assert_int_equal(b.inner, 1);
    assert_int_equal(b.outer, 2);
    assert_int_equal(b.near_misses + b.overlaps + b.overused, 0);
}

/* The neighbour's border runs a little beside. */
static void slivers_are_found(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    RING(&l, 0, 0, 100, 0, 100, 50, 100, 100, 0, 100);
    FEATURE(&l);
    RING(&l, 103, 0, 200, 0, 200, 100, 103, 100, 102, 50);
    struct pm_borders b = borders_of(&l, 5 / PM_GRID_PER_DEGREE);
    assert_int_equal(b.inner, 0);
    assert_int_equal(b.overlaps, 0);
    assert_true(b.near_misses >= 4 && b.near_misses <= 6);
    assert_true(b.near_miss.x >= 100 && b.near_miss.x <= 103);
}

/* A vertex on the neighbour's border that is none of its vertices. */
static void t_junctions_are_found(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    RING(&l, 0, 0, 100, 0, 100, 100, 0, 100);
    FEATURE(&l);
    RING(&l, 100, 0, 200, 0, 200, 100, 100, 100, 100, 50);
    struct pm_borders b = borders_of(&l, 5 / PM_GRID_PER_DEGREE);
    assert_int_equal(b.near_misses, 1);
    assert_int_equal(b.near_miss.y, 50);
    assert_int_equal(b.overlaps, 0);
}

/* A degree, so that samples beside segments are near them. */
#define DEG 10000000

static void overlaps_are_found(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    RING(&l, 0, 0, DEG, 0, DEG, DEG, 0, DEG);
    FEATURE(&l);
    RING(&l, DEG / 2, DEG / 2, 2 * DEG, DEG / 2, 2 * DEG, 2 * DEG, DEG / 2, 2 * DEG);
    FEATURE(&l); /* shares a border and overlaps nothing */
    RING(&l, 0, -DEG, DEG, -DEG, DEG, 0, 0, 0);
    struct pm_borders b = borders_of(&l, 5e-4);
    assert_true(b.overlaps > 0);
    assert_true(b.overlap.x > DEG / 2 - 100 && b.overlap.x < DEG + 100);
    assert_int_equal(b.near_misses, 0);
}

/* All segments are shared, and yet one lies on the other. */
static void twins_overlap(void **state)
{
    struct layer l = {0};
    (void)state;
    for (int i = 0; i < 2; i++) {
        FEATURE(&l);
        RING(&l, 0, 0, DEG, 0, DEG, DEG, 0, DEG);
    }
    assert_true(borders_of(&l, 0).overlaps > 0);
}

/* A border that runs up and down through all latitudes, a million times, is not looked at. */
static void what_takes_too_long_is_left(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    for (int32_t i = 0; i < 60000; i++)
        pm_vec_push(&l.points, (struct pm_grid){i * 100, i % 2 ? DEG : 0});
    pm_vec_push(&l.points, (struct pm_grid){0, -DEG});
    pm_vec_push(&l.parts, (struct pm_range){0, l.points.n});
    l.features.v[0].parts.count = 1;
    assert_true(borders_of(&l, 5e-4).unchecked);
}

/* A hole that another area fills is no overlap. */
static void enclaves_are_no_overlaps(void **state)
{
    struct layer l = {0};
    (void)state;
    FEATURE(&l);
    RING(&l, 0, 0, 100, 0, 100, 100, 0, 100);
    RING(&l, 40, 40, 60, 40, 60, 60, 40, 60);
    FEATURE(&l);
    RING(&l, 40, 40, 60, 40, 60, 60, 40, 60);
    struct pm_borders b = borders_of(&l, 5 / PM_GRID_PER_DEGREE);
    assert_int_equal(b.overlaps + b.near_misses + b.overused, 0);
    struct pm_borders empty = borders_of(&(struct layer){0}, 1);
    assert_int_equal(empty.inner + empty.outer, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_share_one_arc),
        cmocka_unit_test(enclave_is_one_closed_arc),
        cmocka_unit_test(marks_cut_arcs),
        cmocka_unit_test(the_antimeridian_is_a_seam),
        cmocka_unit_test(an_edge_all_around_is_none),
        cmocka_unit_test(context_comes_after_areas),
        cmocka_unit_test(dirty_data_is_no_failure),
        cmocka_unit_test(random_mosaics_come_back_whole),
        cmocka_unit_test(unions_hold_their_faces_and_no_other),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(any_rings_come_back),
        cmocka_unit_test(twice_round_is_not_in_between),
        cmocka_unit_test(figure_eight_is_cut_at_its_waist),
        cmocka_unit_test(missing_junctions_are_put_in),
        cmocka_unit_test(what_is_shared_needs_no_mending),
        cmocka_unit_test(lost_corners_are_found_again),
        cmocka_unit_test(shared_borders_are_healthy),
        cmocka_unit_test(slivers_are_found),
        cmocka_unit_test(t_junctions_are_found),
        cmocka_unit_test(overlaps_are_found),
        cmocka_unit_test(twins_overlap),
        cmocka_unit_test(what_takes_too_long_is_left),
        cmocka_unit_test(enclaves_are_no_overlaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
