#include "layout/board.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

#define NONE UINT32_MAX
#define LEAST_SIDE 8.0 /* px */
#define MOST_SIDE 64.0

enum { MOST_CELLS = 1 << 18 };

struct pm_board_link {
    uint32_t box, next;
};

void pm_board_make(struct pm_board *board, struct pm_box frame, size_t count)
{
    double w = fmax(1, pm_box_w(frame)), h = fmax(1, pm_box_h(frame));
    double side = fmax(LEAST_SIDE, fmin(MOST_SIDE, sqrt(2 * w * h / (double)(count + 1))));
    side = fmax(side, sqrt(w * h / MOST_CELLS));
    side = fmax(side, fmax(w, h) / MOST_CELLS);
    uint32_t columns = (uint32_t)ceil(w / side), rows = (uint32_t)ceil(h / side);
    size_t cells = (size_t)columns * rows;
    *board = (struct pm_board){.grid = {frame, side, 1 / side, columns, rows}, .unused = NONE};
    board->heads = pm_xrealloc(NULL, cells, sizeof *board->heads);
    memset(board->heads, 0xFF, cells * sizeof *board->heads);
    board->boxes = pm_xcalloc(count, sizeof *board->boxes);
}

void pm_board_finish(struct pm_board *board)
{
    free(board->heads);
    free(board->boxes);
    pm_vec_finish(&board->links);
}

static uint32_t new_link(struct pm_board *b)
{
    uint32_t link = b->unused;
    if (link == NONE) {
        pm_vec_push(&b->links, (struct pm_board_link){0});
        return (uint32_t)b->links.n - 1;
    }
    b->unused = b->links.v[link].next;
    return link;
}

void pm_board_put(struct pm_board *b, size_t i, struct pm_box box)
{
    struct pm_cell_tour tour = pm_cell_tour(&b->grid, box);
    b->boxes[i] = box;
    do {
        uint32_t *head = &b->heads[pm_cell_here(&tour)], link = new_link(b);
        b->links.v[link] = (struct pm_board_link){(uint32_t)i, *head};
        *head = link;
    } while (pm_cell_step(&tour));
}

void pm_board_take(struct pm_board *b, size_t i)
{
    struct pm_cell_tour tour = pm_cell_tour(&b->grid, b->boxes[i]);
    do {
        uint32_t *at = &b->heads[pm_cell_here(&tour)];
        while (b->links.v[*at].box != i)
            at = &b->links.v[*at].next;
        uint32_t link = *at;
        *at = b->links.v[link].next;
        b->links.v[link].next = b->unused;
        b->unused = link;
    } while (pm_cell_step(&tour));
}

struct pm_board_walk pm_board_walk(const struct pm_board *board, struct pm_box box)
{
    struct pm_cell_tour tour = pm_cell_tour(&board->grid, box);
    return (struct pm_board_walk){board, box, tour, board->heads[pm_cell_here(&tour)]};
}

size_t pm_board_next(struct pm_board_walk *w)
{
    for (;;) {
        while (w->link != NONE) {
            struct pm_board_link link = w->board->links.v[w->link];
            struct pm_box box = w->board->boxes[link.box];
            w->link = link.next;
            if (pm_box_meets(box, w->box) && pm_cell_is_first(&w->tour, box))
                return link.box;
        }
        if (!pm_cell_step(&w->tour))
            return SIZE_MAX;
        w->link = w->board->heads[pm_cell_here(&w->tour)];
    }
}
