/* Which of many boxes meet a box, without asking all: a grid of square cells, each with the boxes
 * that reach into it. */
#ifndef PM_GEO_CELLS_H
#define PM_GEO_CELLS_H

#include "base/arena.h"
#include "model/geom.h"

/* First and last cell in each direction. */
struct pm_cell_span {
    uint32_t x0, x1, y0, y1;
};

struct pm_cells {
    const struct pm_box *boxes; /* the caller's */
    struct pm_box frame;        /* boxes and questions beyond it meet nothing */
    double side;
    uint32_t columns, rows;
    uint32_t *firsts; /* by cell, row by row, and one more: its first item */
    uint32_t *items;  /* boxes */
};

/* Cells of a size that suits the number of boxes; what is kept grows with that number only, however
 * large the boxes are. */
void pm_cells_make(struct pm_cells *cells, struct pm_box frame, const struct pm_box *boxes,
                   size_t count, struct pm_arena *arena);

/* A walk over the boxes that meet a box: each once, in an order that depends on the grid only. */
struct pm_cell_walk {
    const struct pm_cells *cells;
    struct pm_box box;
    struct pm_cell_span span;
    uint32_t x, y, at, end;
};
struct pm_cell_walk pm_cells_walk(const struct pm_cells *cells, struct pm_box box);
/* The next of them, or SIZE_MAX. */
size_t pm_cells_next(struct pm_cell_walk *walk);

#endif
