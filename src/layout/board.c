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

static uint32_t cell_of(double from, double at, double side, uint32_t count)
{
    double cell = (at - from) / side;
    return !(cell > 0) ? 0 : cell >= count ? count - 1 : (uint32_t)cell;
}

/* What is beyond the frame belongs to the cells at its edge. */
static struct pm_board_span span_of(const struct pm_board *b, struct pm_box box)
{
    return (struct pm_board_span){cell_of(b->frame.x0, box.x0, b->side, b->columns),
                                  cell_of(b->frame.x0, box.x1, b->side, b->columns),
                                  cell_of(b->frame.y0, box.y0, b->side, b->rows),
                                  cell_of(b->frame.y0, box.y1, b->side, b->rows)};
}

void pm_board_make(struct pm_board *board, struct pm_box frame, size_t count)
{
    double w = fmax(1, pm_box_w(frame)), h = fmax(1, pm_box_h(frame));
    double side = fmax(LEAST_SIDE, fmin(MOST_SIDE, sqrt(2 * w * h / (double)(count + 1))));
    side = fmax(side, sqrt(w * h / MOST_CELLS));
    side = fmax(side, fmax(w, h) / MOST_CELLS);
    *board = (struct pm_board){.frame = frame,
                               .side = side,
                               .columns = (uint32_t)ceil(w / side),
                               .rows = (uint32_t)ceil(h / side),
                               .unused = NONE};
    size_t cells = (size_t)board->columns * board->rows;
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
    struct pm_board_span s = span_of(b, box);
    b->boxes[i] = box;
    for (uint32_t y = s.y0; y <= s.y1; y++)
        for (uint32_t x = s.x0; x <= s.x1; x++) {
            uint32_t *head = &b->heads[(size_t)y * b->columns + x], link = new_link(b);
            b->links.v[link] = (struct pm_board_link){(uint32_t)i, *head};
            *head = link;
        }
}

void pm_board_take(struct pm_board *b, size_t i)
{
    struct pm_board_span s = span_of(b, b->boxes[i]);
    for (uint32_t y = s.y0; y <= s.y1; y++)
        for (uint32_t x = s.x0; x <= s.x1; x++) {
            uint32_t *at = &b->heads[(size_t)y * b->columns + x];
            while (b->links.v[*at].box != i)
                at = &b->links.v[*at].next;
            uint32_t link = *at;
            *at = b->links.v[link].next;
            b->links.v[link].next = b->unused;
            b->unused = link;
        }
}

/* ---- walks ----------------------------------------------------------------------------------- */

struct pm_board_walk pm_board_walk(const struct pm_board *board, struct pm_box box)
{
    struct pm_board_walk w = {.board = board, .box = box, .span = span_of(board, box)};
    w.x = w.span.x0;
    w.y = w.span.y0;
    w.link = board->heads[(size_t)w.y * board->columns + w.x];
    return w;
}

static bool next_cell(struct pm_board_walk *w)
{
    if (w->x < w->span.x1) {
        w->x++;
    } else if (w->y < w->span.y1) {
        w->x = w->span.x0;
        w->y++;
    } else {
        return false;
    }
    w->link = w->board->heads[(size_t)w->y * w->board->columns + w->x];
    return true;
}

/* Of the cells that the two boxes share, is this the first? */
static bool is_first(const struct pm_board_walk *w, struct pm_box box)
{
    const struct pm_board *b = w->board;
    return (w->x == w->span.x0 || w->x == cell_of(b->frame.x0, box.x0, b->side, b->columns)) &&
           (w->y == w->span.y0 || w->y == cell_of(b->frame.y0, box.y0, b->side, b->rows));
}

size_t pm_board_next(struct pm_board_walk *w)
{
    do {
        while (w->link != NONE) {
            struct pm_board_link link = w->board->links.v[w->link];
            struct pm_box box = w->board->boxes[link.box];
            w->link = link.next;
            if (pm_box_meets(box, w->box) && is_first(w, box))
                return link.box;
        }
    } while (next_cell(w));
    return SIZE_MAX;
}
