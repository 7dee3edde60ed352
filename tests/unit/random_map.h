/* Random maps for property tests: a mosaic of areas on a jittered grid with wiggling borders, and
 * dirt of the kinds that real boundary files have. */
#ifndef PM_TEST_RANDOM_MAP_H
#define PM_TEST_RANDOM_MAP_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/vec.h"
#include "check.h"
#include "model/atlas.h"

#define RANDOM_MAP_SIDE 1000000 /* grid units: 0.1 degree */

enum { RANDOM_MAP_CELLS = 6, RANDOM_MAP_FACES = 9 };

struct random_map {
    struct pm_layer layer;
    PM_VEC(struct pm_feature) features;
    PM_VEC(struct pm_range) parts;
    PM_VEC(struct pm_grid) points;
    uint32_t seed; /* of this map's borders */
    int depth;     /* how often borders are halved */
    int cells;
};

/* ---- building ------------------------------------------------------------------------------ */

static inline const struct pm_layer *random_map_layer(struct random_map *m)
{
    m->layer = (struct pm_layer){.features = m->features.v,
                                 .feature_count = m->features.n,
                                 .parts = m->parts.v,
                                 .part_count = m->parts.n,
                                 .points = m->points.v,
                                 .point_count = m->points.n};
    return &m->layer;
}

static inline void random_map_finish(struct random_map *m)
{
    pm_vec_finish(&m->features);
    pm_vec_finish(&m->parts);
    pm_vec_finish(&m->points);
}

static inline void random_map_feature(struct random_map *m)
{
    pm_vec_push(&m->features, (struct pm_feature){.parts = {m->parts.n, 0}});
}

static inline void random_map_ring(struct random_map *m, const struct pm_grid *points, size_t count)
{
    pm_vec_push(&m->parts, (struct pm_range){m->points.n, count});
    for (size_t i = 0; i < count; i++)
        pm_vec_push(&m->points, points[i]);
    m->features.v[m->features.n - 1].parts.count++;
}

/* -1 .. 1, of a place: borders are the same from both sides. */
static inline double random_map_noise(const struct random_map *m, int64_t a, int64_t b)
{
    uint64_t hash = pm_hash_u64(pm_hash_u64((uint64_t)a ^ (uint64_t)m->seed << 32) ^ (uint64_t)b);
    return (double)(hash >> 11) / (double)(1ULL << 52) - 1;
}

static inline struct pm_grid random_map_node(const struct random_map *m, int x, int y)
{
    double step = (double)RANDOM_MAP_SIDE / m->cells;
    return (struct pm_grid){(int32_t)lround(step * (x + 0.15 * random_map_noise(m, x + 1000, y))),
                            (int32_t)lround(step * (y + 0.15 * random_map_noise(m, x + 2000, y)))};
}

/* The points from a to b, without b. The path stays in a narrow diamond about ab. */
static inline void random_map_path(struct random_map *m, struct pm_grid a, struct pm_grid b,
                                   int depth, double swing)
{
    bool turn = a.x > b.x || (a.x == b.x && a.y > b.y);
    struct pm_grid low = turn ? b : a, high = turn ? a : b;
    double dx = (double)high.x - low.x, dy = (double)high.y - low.y;
    double by = swing * random_map_noise(m, (int64_t)low.x * RANDOM_MAP_SIDE + low.y,
                                         (int64_t)high.x * RANDOM_MAP_SIDE + high.y);
    struct pm_grid middle = {(int32_t)lround(low.x + dx / 2 - by * dy),
                             (int32_t)lround(low.y + dy / 2 + by * dx)};
    if (depth == 0) {
        pm_vec_push(&m->points, a);
        return;
    }
    random_map_path(m, a, middle, depth - 1, swing / 1.6);
    random_map_path(m, middle, b, depth - 1, swing / 1.6);
}

typedef uint8_t random_map_cells[RANDOM_MAP_CELLS][RANDOM_MAP_CELLS];

static inline int random_map_cell(const struct random_map *m, random_map_cells cells, int x, int y)
{
    return x < 0 || y < 0 || x >= m->cells || y >= m->cells ? -1 : cells[y][x];
}

/* One ring of a face: along the edges of its cells, the face at the left, from an edge to the right
 * at x, y. */
static inline void random_map_trace(struct random_map *m, random_map_cells cells, int face, int x,
                                    int y, bool used[RANDOM_MAP_CELLS + 1][RANDOM_MAP_CELLS + 1][4])
{
    static const int dx[] = {1, 0, -1, 0}, dy[] = {0, 1, 0, -1};
    static const int left_x[] = {0, -1, -1, 0}, left_y[] = {0, 0, -1, -1};
    static const int right_x[] = {0, 0, -1, -1}, right_y[] = {-1, 0, 0, -1};
    size_t first = m->points.n;
    for (int d = 0; !used[y][x][d];) {
        used[y][x][d] = true;
        random_map_path(m, random_map_node(m, x, y), random_map_node(m, x + dx[d], y + dy[d]),
                        m->depth, 0.08);
        x += dx[d];
        y += dy[d];
        for (int turn = 1; turn >= -1; turn--) {
            int n = (d + turn + 4) % 4;
            if (random_map_cell(m, cells, x + left_x[n], y + left_y[n]) == face &&
                random_map_cell(m, cells, x + right_x[n], y + right_y[n]) != face) {
                d = n;
                break;
            }
        }
    }
    pm_vec_push(&m->parts, (struct pm_range){first, m->points.n - first});
    m->features.v[m->features.n - 1].parts.count++;
}

static inline void random_map_face(struct random_map *m, random_map_cells cells, int face)
{
    bool used[RANDOM_MAP_CELLS + 1][RANDOM_MAP_CELLS + 1][4] = {{{false}}};
    random_map_feature(m);
    for (int y = 0; y <= m->cells; y++)
        for (int x = 0; x <= m->cells; x++)
            if (!used[y][x][0] && random_map_cell(m, cells, x, y) == face &&
                random_map_cell(m, cells, x, y - 1) != face)
                random_map_trace(m, cells, face, x, y, used);
}

static inline void random_map_make(struct random_map *m, uint32_t *seed)
{
    random_map_cells cells;
    m->seed = check_random(seed);
    m->depth = (int)(check_random(seed) % 7);
    m->cells = 2 + (int)(check_random(seed) % (RANDOM_MAP_CELLS - 1));
    for (int y = 0; y < m->cells; y++)
        for (int x = 0; x < m->cells; x++) {
            bool copy = check_random(seed) % 3 != 0;
            cells[y][x] = copy && x > 0   ? cells[y][x - 1]
                          : copy && y > 0 ? cells[y - 1][x]
                                          : (uint8_t)(check_random(seed) % RANDOM_MAP_FACES);
        }
    for (int face = 0; face < RANDOM_MAP_FACES; face++)
        random_map_face(m, cells, face);
}

/* ---- dirt ------------------------------------------------------------------------------------ */

static inline size_t random_map_any(uint32_t *seed, size_t count)
{
    return count ? check_random(seed) % count : 0;
}

static inline struct pm_grid random_map_moved(struct pm_grid p, uint32_t *seed, int32_t by)
{
    uint32_t span = 2 * (uint32_t)by + 1;
    return (struct pm_grid){p.x + (int32_t)(check_random(seed) % span) - by,
                            p.y + (int32_t)(check_random(seed) % span) - by};
}

/* Points of one part move a little: gaps, overlaps, slivers. */
static inline void random_map_shake(struct random_map *m, uint32_t *seed)
{
    static const int32_t amounts[] = {1, 30, 3000, 100000};
    struct pm_range part = m->parts.v[random_map_any(seed, m->parts.n)];
    int32_t by = amounts[check_random(seed) % 4];
    for (size_t i = part.first; i < part.first + part.count; i++)
        m->points.v[i] = random_map_moved(m->points.v[i], seed, by);
}

/* A part of one feature, less some points: junctions that the neighbour alone has, straight cuts. */
static inline void random_map_skip(struct random_map *m, uint32_t *seed)
{
    struct pm_range *part = &m->parts.v[random_map_any(seed, m->parts.n)];
    size_t kept = 0;
    for (size_t i = 0; i < part->count; i++)
        if (check_random(seed) % 4)
            m->points.v[part->first + kept++] = m->points.v[part->first + i];
    part->count = kept;
}

static inline void random_map_reverse(struct random_map *m, uint32_t *seed)
{
    struct pm_range part = m->parts.v[random_map_any(seed, m->parts.n)];
    for (size_t i = 0; i < part.count / 2; i++) {
        struct pm_grid *a = &m->points.v[part.first + i];
        struct pm_grid *b = &m->points.v[part.first + part.count - 1 - i], swap = *a;
        *a = *b;
        *b = swap;
    }
}

/* A feature once more, perhaps with its rings closed by a repeat, or points doubled. */
static inline void random_map_double(struct random_map *m, uint32_t *seed)
{
    struct pm_range parts = m->features.v[random_map_any(seed, m->features.n)].parts;
    PM_VEC(struct pm_grid) ring = {0};
    bool doubled = check_random(seed) % 2;
    random_map_feature(m);
    for (size_t k = parts.first; k < parts.first + parts.count; k++) {
        struct pm_range part = m->parts.v[k];
        ring.n = 0;
        for (size_t i = 0; i < part.count; i++)
            for (int times = 0; times <= doubled; times++)
                pm_vec_push(&ring, m->points.v[part.first + i]);
        if (part.count && check_random(seed) % 2)
            pm_vec_push(&ring, m->points.v[part.first]);
        random_map_ring(m, ring.v, ring.n);
    }
    pm_vec_finish(&ring);
}

/* Few points anywhere: islets, bow ties, spikes, rings of two points, of none. */
static inline void random_map_islet(struct random_map *m, uint32_t *seed)
{
    static const int32_t sizes[] = {1, 20, 400, 20000};
    struct pm_grid at = {(int32_t)(check_random(seed) % RANDOM_MAP_SIDE),
                         (int32_t)(check_random(seed) % RANDOM_MAP_SIDE)};
    struct pm_grid ring[6];
    size_t count = check_random(seed) % 7;
    int32_t size = sizes[check_random(seed) % 4];
    if (m->points.n && check_random(seed) % 2)
        at = m->points.v[random_map_any(seed, m->points.n)];
    for (size_t i = 0; i < count; i++)
        ring[i] = random_map_moved(at, seed, size);
    if (check_random(seed) % 2)
        random_map_feature(m);
    random_map_ring(m, ring, count); /* else another part of the last feature */
}

static inline void random_map_soil(struct random_map *m, uint32_t *seed)
{
    static void (*const dirt[])(struct random_map *, uint32_t *) = {
        random_map_shake,  random_map_skip,  random_map_reverse,
        random_map_double, random_map_islet, random_map_islet,
    };
    for (uint32_t i = 1 + check_random(seed) % 6; i > 0; i--)
        dirt[check_random(seed) % (sizeof dirt / sizeof *dirt)](m, seed);
}

/* The same areas in another order, rings begun elsewhere and turned round. */
static inline void random_map_shuffle(const struct random_map *m, uint32_t *seed,
                                      struct random_map *out)
{
    for (size_t f = m->features.n; f-- > 0;) {
        struct pm_range parts = m->features.v[f].parts;
        random_map_feature(out);
        for (size_t k = parts.first; k < parts.first + parts.count; k++) {
            struct pm_range part = m->parts.v[k];
            size_t turn = random_map_any(seed, part.count);
            random_map_ring(out, m->points.v + part.first, part.count);
            for (size_t i = 0; i < part.count; i++) {
                size_t at = (k % 2 ? part.count - 1 - i : i) + turn;
                out->points.v[out->points.n - part.count + i] =
                    m->points.v[part.first + at % part.count];
            }
        }
    }
}

#endif
