#include "geo/cells.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

#define LEAST_SIDE 8.0 /* px */

enum { ITEMS_A_CELL = 2, CELLS_A_BOX = 8 };

/* ---- cells ----------------------------------------------------------------------------------- */

static uint32_t cell_of(double from, double at, double side, uint32_t count)
{
    double cell = (at - from) / side;
    return !(cell > 0) ? 0 : cell >= count ? count - 1 : (uint32_t)cell;
}

static struct pm_cell_span span_of(const struct pm_cells *c, struct pm_box box)
{
    return (struct pm_cell_span){cell_of(c->frame.x0, box.x0, c->side, c->columns),
                                 cell_of(c->frame.x0, box.x1, c->side, c->columns),
                                 cell_of(c->frame.y0, box.y0, c->side, c->rows),
                                 cell_of(c->frame.y0, box.y1, c->side, c->rows)};
}

static uint32_t sides(double length, double side)
{
    return (uint32_t)fmax(1, ceil(length / side));
}

static void set_side(struct pm_cells *c, double side)
{
    c->side = side;
    c->columns = sides(pm_box_w(c->frame), side);
    c->rows = sides(pm_box_h(c->frame), side);
}

/* Off the frame it meets nothing that is asked about. */
static bool is_off(const struct pm_cells *c, struct pm_box b)
{
    return b.x1 < c->frame.x0 || b.x0 > c->frame.x1 || b.y1 < c->frame.y0 || b.y0 > c->frame.y1;
}

static size_t count_items(const struct pm_cells *c, size_t count)
{
    size_t items = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_cell_span s = span_of(c, c->boxes[i]);
        if (!is_off(c, c->boxes[i]))
            items += (size_t)(s.x1 - s.x0 + 1) * (s.y1 - s.y0 + 1);
    }
    return items;
}

/* Adds each box to the cells that it reaches; without items it only counts them. */
static void fill(struct pm_cells *c, size_t count, uint32_t *next)
{
    for (size_t i = 0; i < count; i++) {
        struct pm_cell_span s = span_of(c, c->boxes[i]);
        for (uint32_t y = s.y0; y <= s.y1 && !is_off(c, c->boxes[i]); y++)
            for (uint32_t x = s.x0; x <= s.x1; x++) {
                uint32_t at = next[(size_t)y * c->columns + x]++;
                if (c->items)
                    c->items[at] = (uint32_t)i;
            }
    }
}

void pm_cells_make(struct pm_cells *cells, struct pm_box frame, const struct pm_box *boxes,
                   size_t count, struct pm_arena *arena)
{
    double area = fmax(0, pm_box_w(frame)) * fmax(0, pm_box_h(frame));
    *cells = (struct pm_cells){.boxes = boxes, .frame = frame};
    set_side(cells, fmax(LEAST_SIDE, sqrt(area * ITEMS_A_CELL / (double)(count + 1))));
    while ((cells->columns > 1 || cells->rows > 1) &&
           count_items(cells, count) > CELLS_A_BOX * count)
        set_side(cells, 2 * cells->side);
    size_t n = (size_t)cells->columns * cells->rows;
    uint32_t *next = PM_NEW_N(arena, uint32_t, n + 1);
    cells->firsts = PM_NEW_N(arena, uint32_t, n + 1);
    fill(cells, count, cells->firsts + 1);
    for (size_t i = 0; i < n; i++)
        cells->firsts[i + 1] += cells->firsts[i];
    memcpy(next, cells->firsts, n * sizeof *next);
    cells->items = PM_NEW_N(arena, uint32_t, cells->firsts[n]);
    fill(cells, count, next);
}

/* ---- walks ----------------------------------------------------------------------------------- */

static void enter_cell(struct pm_cell_walk *w)
{
    const uint32_t *first = w->cells->firsts + (size_t)w->y * w->cells->columns + w->x;
    w->at = first[0];
    w->end = first[1];
}

struct pm_cell_walk pm_cells_walk(const struct pm_cells *cells, struct pm_box box)
{
    struct pm_cell_walk w = {.cells = cells, .box = box, .span = span_of(cells, box)};
    w.x = w.span.x0;
    w.y = w.span.y0;
    enter_cell(&w);
    return w;
}

static bool next_cell(struct pm_cell_walk *w)
{
    if (w->x < w->span.x1) {
        w->x++;
    } else if (w->y < w->span.y1) {
        w->x = w->span.x0;
        w->y++;
    } else {
        return false;
    }
    enter_cell(w);
    return true;
}

/* Of the cells that the two boxes share, is this the first? */
static bool is_first(const struct pm_cell_walk *w, struct pm_box box)
{
    const struct pm_cells *c = w->cells;
    return (w->x == w->span.x0 || w->x == cell_of(c->frame.x0, box.x0, c->side, c->columns)) &&
           (w->y == w->span.y0 || w->y == cell_of(c->frame.y0, box.y0, c->side, c->rows));
}

size_t pm_cells_next(struct pm_cell_walk *walk)
{
    do {
        while (walk->at < walk->end) {
            uint32_t item = walk->cells->items[walk->at++];
            struct pm_box box = walk->cells->boxes[item];
            if (pm_box_meets(box, walk->box) && is_first(walk, box))
                return item;
        }
    } while (next_cell(walk));
    return SIZE_MAX;
}
