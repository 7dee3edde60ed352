/* Points are taken in their order. One that has another near it moves there, all others stay. Those that
 * stay are found by cells of the grid; those that move are remembered by where they were, so that they
 * go the same way wherever they recur. */
#include "geo/weld.h"

#include <string.h>

#include "base/hash.h"
#include "base/vec.h"
#include "base/banned.h"

#define HALF_TURN ((int32_t)(180 * PM_GRID_PER_DEGREE))
#define QUARTER_TURN (HALF_TURN / 2)
#define NONE UINT32_MAX

enum { CELL = 8 }; /* times the reach: most points need look into their own cell only */

/* A distinct point that stays. */
struct joint {
    struct pm_grid at;
    uint32_t next; /* the one before it in the same cell */
};

/* One that moves; from where it goes if it is an empty slot. */
struct move {
    struct pm_grid from, to;
};

struct welder {
    int32_t reach;
    PM_VEC(struct joint) joints;
    uint32_t *cells; /* hash table: the last joint of each cell */
    size_t mask;
    struct move *moves; /* hash table */
    size_t moved, room; /* of them: a power of two, or 0 */
};

static bool same(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

static size_t hash_of(int32_t x, int32_t y)
{
    return (size_t)pm_hash_u64((uint64_t)(uint32_t)x << 32 | (uint32_t)y);
}

/* ---- those that stay ------------------------------------------------------------------------ */

/* Counted from the south-west. */
static int32_t cell_of(const struct welder *w, int64_t v)
{
    return (int32_t)((v + HALF_TURN) / ((int64_t)CELL * w->reach));
}

/* Where the cell is in the table, or would be. */
static size_t cell_slot(const struct welder *w, int32_t x, int32_t y)
{
    size_t slot = hash_of(x, y) & w->mask;
    for (; w->cells[slot] != NONE; slot = (slot + 1) & w->mask) {
        struct pm_grid at = w->joints.v[w->cells[slot]].at;
        if (cell_of(w, at.x) == x && cell_of(w, at.y) == y)
            break;
    }
    return slot;
}

static bool stays(const struct welder *w, size_t cell, struct pm_grid p)
{
    uint32_t joint = w->cells[cell];
    while (joint != NONE && !same(w->joints.v[joint].at, p))
        joint = w->joints.v[joint].next;
    return joint != NONE;
}

static bool is_near(const struct welder *w, struct pm_grid a, struct pm_grid b)
{
    int64_t x = (int64_t)a.x - b.x, y = (int64_t)a.y - b.y;
    return x <= w->reach && -x <= w->reach && y <= w->reach && -y <= w->reach;
}

/* The first joint within reach; NONE if there is none. A cell holds few, as none is near another. */
static uint32_t find_near(const struct welder *w, struct pm_grid p)
{
    uint32_t first = NONE;
    int32_t west = cell_of(w, (int64_t)p.x - w->reach), east = cell_of(w, (int64_t)p.x + w->reach);
    int32_t south = cell_of(w, (int64_t)p.y - w->reach),
            north = cell_of(w, (int64_t)p.y + w->reach);
    for (int32_t y = south; y <= north; y++)
        for (int32_t x = west; x <= east; x++) {
            uint32_t joint = w->cells[cell_slot(w, x, y)];
            for (; joint != NONE; joint = w->joints.v[joint].next)
                if (joint < first && is_near(w, w->joints.v[joint].at, p))
                    first = joint;
        }
    return first;
}

/* ---- those that move ------------------------------------------------------------------------ */

static struct move *move_slot(const struct welder *w, struct pm_grid p)
{
    size_t slot = hash_of(p.x, p.y) & (w->room - 1);
    while (!same(w->moves[slot].from, w->moves[slot].to) && !same(w->moves[slot].from, p))
        slot = (slot + 1) & (w->room - 1);
    return &w->moves[slot];
}

static void add_move(struct welder *w, struct move move)
{
    if (2 * (w->moved + 1) > w->room) {
        struct welder old = *w;
        w->room = w->room ? 2 * w->room : 64;
        w->moves = pm_xcalloc(w->room, sizeof *w->moves);
        for (size_t i = 0; i < old.room; i++)
            if (!same(old.moves[i].from, old.moves[i].to))
                *move_slot(w, old.moves[i].from) = old.moves[i];
        free(old.moves);
    }
    *move_slot(w, move.from) = move;
    w->moved++;
}

/* ---- points --------------------------------------------------------------------------------- */

/* Seams of the earth, which have to stay where they are. */
static bool is_fixed(struct pm_grid p)
{
    return p.x == HALF_TURN || p.x == -HALF_TURN || p.y == QUARTER_TURN || p.y == -QUARTER_TURN;
}

/* Where the point goes. */
static struct pm_grid weld_point(struct welder *w, struct pm_grid p)
{
    size_t cell = cell_slot(w, cell_of(w, p.x), cell_of(w, p.y));
    if (is_fixed(p) || stays(w, cell, p))
        return p;
    if (w->moved) {
        const struct move *move = move_slot(w, p);
        if (!same(move->from, move->to))
            return move->to;
    }
    uint32_t near = find_near(w, p), joint = (uint32_t)w->joints.n;
    if (near != NONE) {
        add_move(w, (struct move){p, w->joints.v[near].at});
        return w->joints.v[near].at;
    }
    pm_vec_push(&w->joints, (struct joint){p, w->cells[cell]});
    w->cells[cell] = joint;
    return p;
}

/* ---- layers --------------------------------------------------------------------------------- */

static size_t count_points(const struct pm_layer *layer)
{
    size_t count = 0;
    for (size_t i = 0; i < layer->part_count; i++)
        count += layer->parts[i].count;
    return count;
}

static void look_at(struct welder *w, const struct pm_layer *layer)
{
    for (size_t i = 0; i < layer->part_count; i++) {
        struct pm_range r = layer->parts[i];
        for (size_t k = r.first; k < r.first + r.count; k++)
            weld_point(w, layer->points[k]);
    }
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
    struct welder w = {.reach = reach};
    size_t count = 0, size = 16;
    for (size_t i = 0; i < kind_count; i++)
        count += count_points(&layers[kinds[i]]);
    while (size < count + count / 4)
        size *= 2;
    w.mask = size - 1;
    w.cells = pm_xrealloc(NULL, size, sizeof *w.cells);
    memset(w.cells, 0xFF, size * sizeof *w.cells);
    pm_vec_reserve(&w.joints, 1);
    for (size_t i = 0; i < kind_count; i++)
        look_at(&w, &layers[kinds[i]]);
    for (size_t i = 0; w.moved && i < kind_count; i++)
        weld_layer(&w, &layers[kinds[i]], kinds[i] != PM_LAYER_BOUNDARIES, arena);
    size_t moved = w.moved;
    pm_vec_finish(&w.joints);
    free(w.cells);
    free(w.moves);
    return moved;
}
