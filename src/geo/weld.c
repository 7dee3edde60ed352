/* Each distinct point is looked up once, among those that stayed, in the cells around it; where it goes
 * is remembered by its place, so that wherever it recurs it goes the same way. */
#include "geo/weld.h"

#include <string.h>

#include "base/hash.h"
#include "base/banned.h"

#define HALF_TURN ((int32_t)(180 * PM_GRID_PER_DEGREE))
#define QUARTER_TURN (HALF_TURN / 2)
#define NONE UINT32_MAX

/* A distinct point, and where it goes. */
struct joint {
    struct pm_grid at, to;
};

struct welder {
    int32_t reach;
    struct joint *joints;
    uint32_t count;
    uint32_t *places; /* hash table of joints by where they are … */
    uint32_t *cells;  /* … and of those that stayed by cell, which holds one at most */
    size_t mask;
    size_t moved;
};

static bool same(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

static size_t slot_of(const struct welder *w, int32_t x, int32_t y)
{
    return (size_t)pm_hash_u64((uint64_t)(uint32_t)x << 32 | (uint32_t)y) & w->mask;
}

/* Of width `reach`, counted from the south-west. */
static struct pm_grid cell_of(const struct welder *w, struct pm_grid p)
{
    return (struct pm_grid){(int32_t)(((int64_t)p.x + HALF_TURN) / w->reach),
                            (int32_t)(((int64_t)p.y + QUARTER_TURN) / w->reach)};
}

/* Where the cell's joint is in the table, or would be. */
static size_t cell_slot(const struct welder *w, struct pm_grid cell)
{
    size_t slot = slot_of(w, cell.x, cell.y);
    while (w->cells[slot] != NONE && !same(cell_of(w, w->joints[w->cells[slot]].at), cell))
        slot = (slot + 1) & w->mask;
    return slot;
}

static bool is_near(const struct welder *w, struct pm_grid a, struct pm_grid b)
{
    int64_t x = (int64_t)a.x - b.x, y = (int64_t)a.y - b.y;
    return x <= w->reach && -x <= w->reach && y <= w->reach && -y <= w->reach;
}

/* The first joint that stayed within reach; NONE if there is none. */
static uint32_t find_near(const struct welder *w, struct pm_grid p)
{
    struct pm_grid here = cell_of(w, p);
    uint32_t first = NONE;
    for (int i = 0; i < 9; i++) {
        struct pm_grid cell = {here.x + i % 3 - 1, here.y + i / 3 - 1};
        uint32_t joint = w->cells[cell_slot(w, cell)];
        if (joint < first && is_near(w, w->joints[joint].at, p))
            first = joint;
    }
    return first;
}

/* Seams of the earth, which have to stay where they are. */
static bool is_fixed(struct pm_grid p)
{
    return p.x == HALF_TURN || p.x == -HALF_TURN || p.y == QUARTER_TURN || p.y == -QUARTER_TURN;
}

static struct pm_grid weld_point(struct welder *w, struct pm_grid p)
{
    if (is_fixed(p))
        return p;
    size_t slot = slot_of(w, p.x, p.y);
    while (w->places[slot] != NONE && !same(w->joints[w->places[slot]].at, p))
        slot = (slot + 1) & w->mask;
    if (w->places[slot] != NONE)
        return w->joints[w->places[slot]].to;
    uint32_t near = find_near(w, p), joint = w->count++;
    w->places[slot] = joint;
    w->joints[joint] = (struct joint){p, near == NONE ? p : w->joints[near].at};
    if (near == NONE)
        w->cells[cell_slot(w, cell_of(w, p))] = joint;
    w->moved += near != NONE;
    return w->joints[joint].to;
}

/* Writes the part to `out`; returns how many points it has. */
static size_t weld_part(struct welder *w, const struct pm_grid *points, size_t count, bool ring,
                        struct pm_grid *out)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_grid p = weld_point(w, points[i]);
        if (n == 0 || !same(out[n - 1], p))
            out[n++] = p;
    }
    while (ring && n > 1 && same(out[0], out[n - 1]))
        n--;
    if (n >= (ring ? 3 : 2))
        return n;
    memcpy(out, points, count * sizeof *out);
    return count;
}

static size_t count_points(const struct pm_layer *layer)
{
    size_t count = 0;
    for (size_t i = 0; i < layer->part_count; i++)
        count += layer->parts[i].count;
    return count;
}

static void weld_layer(struct welder *w, struct pm_layer *layer, bool rings, struct pm_arena *arena)
{
    struct pm_range *parts = PM_NEW_N(arena, struct pm_range, layer->part_count);
    struct pm_grid *points = PM_NEW_N(arena, struct pm_grid, count_points(layer));
    size_t used = 0;
    for (size_t i = 0; i < layer->part_count; i++) {
        struct pm_range r = layer->parts[i];
        size_t count = weld_part(w, layer->points + r.first, r.count, rings, points + used);
        parts[i] = (struct pm_range){used, count};
        used += count;
    }
    layer->parts = parts;
    layer->points = points;
    layer->point_count = used;
}

size_t pm_weld(struct pm_layer *layers, const enum pm_layer_kind *kinds, size_t kind_count,
               int32_t reach, struct pm_arena *arena)
{
    struct pm_arena scratch = {0};
    struct pm_layer welded[PM_LAYER_KINDS];
    struct welder w = {.reach = reach};
    size_t count = 0, size = 16;
    for (size_t i = 0; i < kind_count; i++)
        count += count_points(&layers[kinds[i]]);
    while (size < 2 * count)
        size *= 2;
    w.mask = size - 1;
    w.joints = PM_NEW_N(&scratch, struct joint, count);
    w.places = PM_NEW_N(&scratch, uint32_t, size);
    w.cells = PM_NEW_N(&scratch, uint32_t, size);
    memset(w.places, 0xFF, size * sizeof *w.places);
    memset(w.cells, 0xFF, size * sizeof *w.cells);
    for (size_t i = 0; i < kind_count; i++) {
        welded[i] = layers[kinds[i]];
        weld_layer(&w, &welded[i], kinds[i] != PM_LAYER_BOUNDARIES, arena);
    }
    for (size_t i = 0; w.moved && i < kind_count; i++)
        layers[kinds[i]] = welded[i];
    pm_arena_finish(&scratch);
    return w.moved;
}
