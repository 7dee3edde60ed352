#include "geo/cells.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

#define LEAST_SIDE 8.0 /* px */

enum { ITEMS_A_CELL = 2, CELLS_A_BOX = 8 };

/* ---- cells ----------------------------------------------------------------------------------- */

static uint32_t cell_of(double from, double at, double per_side, uint32_t count)
{
    double cell = (at - from) * per_side;
    return !(cell > 0) ? 0 : cell >= count ? count - 1 : (uint32_t)cell;
}

struct pm_cell_span pm_cell_span_of(const struct pm_cell_grid *g, struct pm_box box)
{
    return (struct pm_cell_span){cell_of(g->frame.x0, box.x0, g->per_side, g->columns),
                                 cell_of(g->frame.x0, box.x1, g->per_side, g->columns),
                                 cell_of(g->frame.y0, box.y0, g->per_side, g->rows),
                                 cell_of(g->frame.y0, box.y1, g->per_side, g->rows)};
}

struct pm_cell_tour pm_cell_tour(const struct pm_cell_grid *grid, struct pm_box box)
{
    struct pm_cell_span span = pm_cell_span_of(grid, box);
    return (struct pm_cell_tour){grid, span, span.x0, span.y0};
}

bool pm_cell_is_first(const struct pm_cell_tour *t, struct pm_box box)
{
    const struct pm_cell_grid *g = t->grid;
    return (t->x == t->span.x0 || t->x == cell_of(g->frame.x0, box.x0, g->per_side, g->columns)) &&
           (t->y == t->span.y0 || t->y == cell_of(g->frame.y0, box.y0, g->per_side, g->rows));
}

/* ---- boxes that stay ------------------------------------------------------------------------- */

static uint32_t sides(double length, double side)
{
    return (uint32_t)fmax(1, ceil(length / side));
}

static void set_side(struct pm_cell_grid *g, double side)
{
    g->side = side;
    g->per_side = 1 / side;
    g->columns = sides(pm_box_w(g->frame), side);
    g->rows = sides(pm_box_h(g->frame), side);
}

/* Off the frame it meets nothing that is asked about. */
static bool is_off(const struct pm_cells *c, struct pm_box b)
{
    struct pm_box f = c->grid.frame;
    return b.x1 < f.x0 || b.x0 > f.x1 || b.y1 < f.y0 || b.y0 > f.y1;
}

static size_t count_items(const struct pm_cells *c, size_t count)
{
    size_t items = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_cell_span s = pm_cell_span_of(&c->grid, c->boxes[i]);
        if (!is_off(c, c->boxes[i]))
            items += (size_t)(s.x1 - s.x0 + 1) * (s.y1 - s.y0 + 1);
    }
    return items;
}

/* Adds each box to the cells that it reaches; without items it only counts them. */
static void fill(struct pm_cells *c, size_t count, uint32_t *next)
{
    for (size_t i = 0; i < count; i++) {
        struct pm_cell_tour tour = pm_cell_tour(&c->grid, c->boxes[i]);
        if (is_off(c, c->boxes[i]))
            continue;
        do {
            uint32_t at = next[pm_cell_here(&tour)]++;
            if (c->items)
                c->items[at] = (struct pm_cell_item){(uint32_t)i, tour.span.x0, tour.span.y0};
        } while (pm_cell_step(&tour));
    }
}

void pm_cells_make(struct pm_cells *cells, struct pm_box frame, const struct pm_box *boxes,
                   size_t count, struct pm_arena *arena)
{
    double area = fmax(0, pm_box_w(frame)) * fmax(0, pm_box_h(frame));
    struct pm_cell_grid *grid = &cells->grid;
    *cells = (struct pm_cells){.boxes = boxes, .grid.frame = frame};
    set_side(grid, fmax(LEAST_SIDE, sqrt(area * ITEMS_A_CELL / (double)(count + 1))));
    while ((grid->columns > 1 || grid->rows > 1) && count_items(cells, count) > CELLS_A_BOX * count)
        set_side(grid, 2 * grid->side);
    size_t n = (size_t)grid->columns * grid->rows;
    uint32_t *next = PM_NEW_N(arena, uint32_t, n + 1);
    cells->firsts = PM_NEW_N(arena, uint32_t, n + 1);
    fill(cells, count, cells->firsts + 1);
    for (size_t i = 0; i < n; i++)
        cells->firsts[i + 1] += cells->firsts[i];
    memcpy(next, cells->firsts, n * sizeof *next);
    cells->items = PM_NEW_N(arena, struct pm_cell_item, cells->firsts[n]);
    fill(cells, count, next);
}
