/* A ring's way through cells is a word, and a step that is taken back at once means nothing: what is
 * left when all such steps are struck out does not depend on the order in which that is done (free
 * reduction, as of words in a free group). So each ring can be reduced on its own, and yet a border
 * of two rings stays one, or both lose the same of it. */
#include "geo/thin.h"

#include "base/vec.h"
#include "base/banned.h"

#define METRES_PER_DEGREE 111320.0
#define HALF_TURN ((int64_t)(180 * PM_GRID_PER_DEGREE))
#define QUARTER_TURN (HALF_TURN / 2)
#define CELLS_PER_PIXEL 4

enum { LEAST_CELL = 16, MOST_CELL = 1 << 24 };

/* ---- cells ---------------------------------------------------------------------------- */

int32_t pm_thin_cell(double scale)
{
    double most = PM_GRID_PER_DEGREE / (CELLS_PER_PIXEL * METRES_PER_DEGREE * scale);
    int32_t cell = LEAST_CELL;
    while (cell < MOST_CELL && 2 * cell <= most)
        cell *= 2;
    return cell <= most ? cell : 0;
}

size_t pm_thin_gain(const struct pm_layer *layer, int32_t cell)
{
    size_t gain = 0;
    for (size_t i = 0; cell && i < layer->part_count; i++) {
        const struct pm_grid *p = layer->points + layer->parts[i].first;
        for (size_t k = 1; k < layer->parts[i].count; k++)
            gain += pm_same_cell(p[k - 1], p[k], cell);
    }
    return gain;
}

static int32_t held(int64_t v, int64_t most)
{
    return (int32_t)(v > most ? most : v < -most ? -most : v);
}

static struct pm_grid snapped(struct pm_grid p, int32_t cell)
{
    struct pm_grid q = {held((int64_t)(p.x & -cell) + cell / 2, HALF_TURN - 1),
                        held((int64_t)(p.y & -cell) + cell / 2, QUARTER_TURN)};
    if (p.x == HALF_TURN || p.x == -HALF_TURN)
        q.x = p.x;
    return q;
}

static bool same(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

/* ---- rings ---------------------------------------------------------------------------- */

/* A ring of which nothing is left. */
struct speck {
    struct pm_grid at;
    size_t part;
};

struct thinner {
    int32_t cell;
    struct pm_grid *points; /* room for all that can be left */
    size_t point_count;
    PM_VEC(struct speck) specks; /* of the feature at hand */
    struct pm_range *parts;
};

static int compare_places(struct pm_grid a, struct pm_grid b)
{
    int x = (a.x > b.x) - (a.x < b.x);
    return x ? x : (a.y > b.y) - (a.y < b.y);
}

static int compare_specks(const void *left, const void *right)
{
    const struct speck *a = left, *b = right;
    int place = compare_places(a->at, b->at);
    return place ? place : (a->part > b->part) - (a->part < b->part);
}

/* The word of a ring, reduced but for its ends, from out[0] on; its length. */
static size_t reduce(const struct pm_grid *points, size_t count, int32_t cell, struct pm_grid *out,
                     struct pm_grid *least)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_grid p = snapped(points[i], cell);
        if (n && same(out[n - 1], p))
            continue;
        if (i == 0 || compare_places(p, *least) < 0)
            *least = p;
        if (n > 1 && same(out[n - 2], p))
            n--;
        else
            out[n++] = p;
    }
    return n;
}

/* Reduces where the ends meet, too. */
static struct pm_range close_ring(const struct pm_grid *ring, size_t count)
{
    size_t from = 0, n = count;
    while (n - from > 1) {
        bool back = n - from > 2 && same(ring[n - 2], ring[from]);
        if (same(ring[n - 1], ring[from]) || (back && !same(ring[n - 1], ring[from + 1])))
            n--;
        else if (n - from > 2 && same(ring[n - 1], ring[from + 1]))
            from++;
        else
            break;
    }
    return (struct pm_range){from, n - from};
}

static void thin_ring(struct thinner *t, const struct pm_grid *points, size_t count, size_t part)
{
    struct pm_grid least = {0, 0}, *out = t->points + t->point_count;
    struct pm_range ring = close_ring(out, reduce(points, count, t->cell, out, &least));
    t->parts[part] = (struct pm_range){t->point_count + ring.first, ring.count};
    if (ring.count >= 3) {
        t->point_count += ring.first + ring.count;
        return;
    }
    t->parts[part].count = 0;
    if (count >= 3)
        pm_vec_push(&t->specks, (struct speck){least, part});
}

static void add_triangle(struct thinner *t, struct speck speck)
{
    int32_t by = t->cell / 4;
    struct pm_grid at = {held(speck.at.x, HALF_TURN - 1 - by), held(speck.at.y, QUARTER_TURN - by)};
    t->parts[speck.part] = (struct pm_range){t->point_count, 3};
    t->points[t->point_count++] = (struct pm_grid){at.x - by, at.y - by};
    t->points[t->point_count++] = (struct pm_grid){at.x + by, at.y - by};
    t->points[t->point_count++] = (struct pm_grid){at.x, at.y + by};
}

/* Two in one cell would be none, as rings are read even-odd. */
static void add_triangles(struct thinner *t)
{
    if (t->specks.n > 1)
        qsort(t->specks.v, t->specks.n, sizeof *t->specks.v, compare_specks);
    for (size_t i = 0; i < t->specks.n; i++)
        if (i == 0 || !same(t->specks.v[i - 1].at, t->specks.v[i].at))
            add_triangle(t, t->specks.v[i]);
    t->specks.n = 0;
}

static struct thinner begin(const struct pm_layer *layer, int32_t cell, struct pm_arena *arena)
{
    size_t room = 3 * layer->part_count - pm_thin_gain(layer, cell);
    for (size_t i = 0; i < layer->part_count; i++)
        room += layer->parts[i].count;
    return (struct thinner){.cell = cell,
                            .points = PM_NEW_N(arena, struct pm_grid, room),
                            .parts = PM_NEW_N(arena, struct pm_range, layer->part_count)};
}

static struct pm_layer end(struct thinner *t, const struct pm_layer *layer)
{
    struct pm_layer out = *layer;
    out.parts = t->parts;
    out.points = t->points;
    out.point_count = t->point_count;
    pm_vec_finish(&t->specks);
    return out;
}

struct pm_layer pm_thin_rings(const struct pm_layer *layer, int32_t cell, struct pm_arena *arena)
{
    struct thinner t = begin(layer, cell, arena);
    for (size_t f = 0; f < layer->feature_count; f++) {
        struct pm_range parts = layer->features[f].parts;
        for (size_t i = parts.first; i < parts.first + parts.count; i++)
            thin_ring(&t, layer->points + layer->parts[i].first, layer->parts[i].count, i);
        add_triangles(&t);
    }
    return end(&t, layer);
}

/* ---- lines ---------------------------------------------------------------------------- */

struct pm_layer pm_thin_lines(const struct pm_layer *layer, int32_t cell, struct pm_arena *arena)
{
    struct thinner t = begin(layer, cell, arena);
    for (size_t i = 0; i < layer->part_count; i++) {
        const struct pm_grid *points = layer->points + layer->parts[i].first;
        size_t first = t.point_count;
        for (size_t k = 0; k < layer->parts[i].count; k++) {
            struct pm_grid p = snapped(points[k], cell);
            if (t.point_count == first || !same(t.points[t.point_count - 1], p))
                t.points[t.point_count++] = p;
        }
        t.parts[i] = (struct pm_range){first, t.point_count - first};
    }
    return end(&t, layer);
}
