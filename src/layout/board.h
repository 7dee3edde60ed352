/* The board: boxes that come and go, and which of them meet a box. Each cell of a grid has a list of
 * the boxes that reach into it. */
#ifndef PM_LAYOUT_BOARD_H
#define PM_LAYOUT_BOARD_H

#include "base/vec.h"
#include "geo/cells.h"

struct pm_board {
    struct pm_cell_grid grid;
    uint32_t *heads; /* by cell: its first link */
    PM_VEC(struct pm_board_link) links;
    uint32_t unused;      /* the first link that is free again */
    struct pm_box *boxes; /* by number */
};

/* For up to `count` boxes, all about the frame; boxes beyond it are found, but not as fast. */
void pm_board_make(struct pm_board *board, struct pm_box frame, size_t count);
void pm_board_finish(struct pm_board *board);
/* Puts box number `i`, which must not lie on the board. */
void pm_board_put(struct pm_board *board, size_t i, struct pm_box box);
/* Takes it away again. */
void pm_board_take(struct pm_board *board, size_t i);

/* A walk over the boxes on the board that meet a box: each once, in no order to rely on. The board must not
 * change meanwhile. */
struct pm_board_walk {
    const struct pm_board *board;
    struct pm_box box;
    struct pm_cell_tour tour;
    uint32_t link;
};
struct pm_board_walk pm_board_walk(const struct pm_board *board, struct pm_box box);
/* The number of the next, or SIZE_MAX. */
size_t pm_board_next(struct pm_board_walk *walk);

#endif
