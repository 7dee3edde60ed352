/* Which of many boxes meet a box, without asking all: a grid of square cells, each with the boxes
 * that reach into it. */
#ifndef PM_GEO_CELLS_H
#define PM_GEO_CELLS_H

#include "base/arena.h"
#include "model/geom.h"

/* Square cells over a frame. What is beyond it belongs to the cells at its edge. */
struct pm_cell_grid {
    struct pm_box frame;
    double side, per_side; /* and 1 / side */
    uint32_t columns, rows;
};

/* First and last cell in each direction. */
struct pm_cell_span {
    uint32_t x0, x1, y0, y1;
};

struct pm_cell_span pm_cell_span_of(const struct pm_cell_grid *grid, struct pm_box box);

/* The cells of a span, one after the other, row by row. */
struct pm_cell_tour {
    const struct pm_cell_grid *grid;
    struct pm_cell_span span;
    uint32_t x, y;
};
struct pm_cell_tour pm_cell_tour(const struct pm_cell_grid *grid, struct pm_box box);
/* Its number, row by row. */
static inline size_t pm_cell_here(const struct pm_cell_tour *tour)
{
    return (size_t)tour->y * tour->grid->columns + tour->x;
}
/* False, and stays, if this was the last. */
static inline bool pm_cell_step(struct pm_cell_tour *t)
{
    if (t->x < t->span.x1) {
        t->x++;
    } else if (t->y < t->span.y1) {
        t->x = t->span.x0;
        t->y++;
    } else {
        return false;
    }
    return true;
}
/* Of the cells that the tour shares with a box, is this the first? */
bool pm_cell_is_first(const struct pm_cell_tour *tour, struct pm_box box);

/* A box in a cell. */
struct pm_cell_item {
    uint32_t box, x, y; /* and the first of all its cells */
};

/* Boxes that stay. */
struct pm_cells {
    struct pm_cell_grid grid;   /* boxes and questions beyond its frame meet nothing */
    const struct pm_box *boxes; /* the caller's */
    uint32_t *firsts;           /* by cell, and one more: its first item */
    struct pm_cell_item *items;
};

/* Cells of a size that suits the number of boxes; what is kept grows with that number only, however
 * large the boxes are. */
void pm_cells_make(struct pm_cells *cells, struct pm_box frame, const struct pm_box *boxes,
                   size_t count, struct pm_arena *arena);

/* A walk over the boxes that meet a box: each once, in an order that depends on the grid only. Inline, as there are
 * thousands of walks a map, most of them short. */
struct pm_cell_walk {
    const struct pm_cells *cells;
    struct pm_box box;
    struct pm_cell_tour tour;
    const struct pm_cell_item *at, *end;
};

static inline void pm_cells_enter(struct pm_cell_walk *walk)
{
    const uint32_t *first = walk->cells->firsts + pm_cell_here(&walk->tour);
    walk->at = walk->cells->items + first[0];
    walk->end = walk->cells->items + first[1];
}

static inline struct pm_cell_walk pm_cells_walk(const struct pm_cells *cells, struct pm_box box)
{
    struct pm_cell_walk walk = {cells, box, pm_cell_tour(&cells->grid, box), NULL, NULL};
    pm_cells_enter(&walk);
    return walk;
}

/* Of the cells that the walk shares with the item, is this the first? */
static inline bool pm_cells_is_first(const struct pm_cell_tour *t, const struct pm_cell_item *item)
{
    return (t->x == t->span.x0 || t->x == item->x) && (t->y == t->span.y0 || t->y == item->y);
}

/* The next of them, or SIZE_MAX. */
static inline size_t pm_cells_next(struct pm_cell_walk *walk)
{
    do {
        while (walk->at < walk->end) {
            const struct pm_cell_item *item = walk->at++;
            if (pm_cells_is_first(&walk->tour, item) &&
                pm_box_meets(walk->cells->boxes[item->box], walk->box))
                return item->box;
        }
        if (!pm_cell_step(&walk->tour))
            return SIZE_MAX;
        pm_cells_enter(walk);
    } while (true);
}

#endif
