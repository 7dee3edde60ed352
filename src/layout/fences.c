#include "layout/fences.h"

#include <math.h>

#include "layout/border.h"
#include "layout/solve.h"
#include "base/banned.h"

#define CROSS_CHANGE 6.0
#define CROSS_BORDER 2.0
#define CELL 64.0 /* px: about as wide as a label */

/* First and last cell in each direction. */
struct cells {
    size_t x0, x1, y0, y1;
};

static size_t step_of(double from, double at, size_t count)
{
    return (size_t)fmax(0, fmin(floor((at - from) / CELL), (double)count - 1));
}

static struct cells cells_of(const struct pm_fences *f, struct pm_box box)
{
    return (struct cells){
        step_of(f->frame.x0, box.x0, f->columns), step_of(f->frame.x0, box.x1, f->columns),
        step_of(f->frame.y0, box.y0, f->rows), step_of(f->frame.y0, box.y1, f->rows)};
}

static void collect(const struct pm_draft *draft, struct pm_fences *f)
{
    f->fences = PM_NEW_N(draft->arena, struct pm_fence, draft->topology.arc_count);
    for (size_t i = 0; i < draft->topology.arc_count; i++) {
        struct pm_range r = draft->arcs.arcs[i];
        struct pm_fence fence = {
            .points = draft->arcs.points + r.first, .count = r.count, .cost = CROSS_BORDER};
        for (size_t k = 0; k < r.count; k++)
            pm_box_add(&fence.box, fence.points[k], k == 0);
        enum pm_border kind = pm_border_of(draft, &draft->topology.arcs[i]);
        if (kind == PM_BORDER_CHANGE)
            fence.cost = CROSS_CHANGE;
        fence.box = pm_box_grown(fence.box, 0.1);
        if (kind != PM_BORDER_SEAM && pm_box_meets(fence.box, f->frame))
            f->fences[f->count++] = fence;
    }
}

/* Adds each fence to the cells that it may touch; without items it only counts them. */
static void fill(struct pm_fences *f, size_t *next)
{
    for (size_t i = 0; i < f->count; i++) {
        struct cells c = cells_of(f, f->fences[i].box);
        for (size_t y = c.y0; y <= c.y1; y++)
            for (size_t x = c.x0; x <= c.x1; x++) {
                size_t at = next[y * f->columns + x]++;
                if (f->items)
                    f->items[at] = i;
            }
    }
}

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *f)
{
    *f = (struct pm_fences){.frame = draft->page.map};
    f->columns = (size_t)ceil(fmax(1, pm_box_w(f->frame) / CELL));
    f->rows = (size_t)ceil(fmax(1, pm_box_h(f->frame) / CELL));
    size_t cells = f->columns * f->rows, *next = PM_NEW_N(draft->arena, size_t, cells);
    collect(draft, f);
    f->firsts = PM_NEW_N(draft->arena, size_t, cells + 1);
    fill(f, f->firsts + 1);
    for (size_t i = 0; i < cells; i++) {
        next[i] = f->firsts[i];
        f->firsts[i + 1] += f->firsts[i];
    }
    f->items = PM_NEW_N(draft->arena, size_t, f->firsts[cells]);
    fill(f, next);
}

static bool meets(const struct pm_fence *fence, struct pm_box box)
{
    if (!pm_box_meets(fence->box, box))
        return false;
    for (size_t i = 0; i + 1 < fence->count; i++)
        if (pm_segment_meets(fence->points[i], fence->points[i + 1], box))
            return true;
    return false;
}

/* The first cell that a fence and a box share, so that they meet only once. */
static bool is_first(const struct pm_fences *f, const struct pm_fence *fence, struct cells box,
                     size_t x, size_t y)
{
    struct cells c = cells_of(f, fence->box);
    return x == (c.x0 > box.x0 ? c.x0 : box.x0) && y == (c.y0 > box.y0 ? c.y0 : box.y0);
}

double pm_fences_cost(const struct pm_fences *f, struct pm_box box)
{
    struct cells c = cells_of(f, box);
    double cost = 0;
    for (size_t y = c.y0; y <= c.y1; y++)
        for (size_t x = c.x0; x <= c.x1; x++) {
            size_t cell = y * f->columns + x;
            for (size_t i = f->firsts[cell]; i < f->firsts[cell + 1]; i++) {
                const struct pm_fence *fence = &f->fences[f->items[i]];
                if (meets(fence, box) && is_first(f, fence, c, x, y))
                    cost += fence->cost;
            }
        }
    return cost;
}
