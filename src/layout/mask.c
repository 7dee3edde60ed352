#include "layout/mask.h"

#include <math.h>

#include "geo/spans.h"
#include "base/banned.h"

#define CELL 8.0

/* Column of the first cell whose middle is not left of x. */
static size_t column_of(const struct pm_owners *o, double x)
{
    double c = ceil((x - o->box.x0) / o->cell - 0.5);
    return c < 0 ? 0 : c > (double)o->columns ? o->columns : (size_t)c;
}

static size_t row_at(const struct pm_owners *o, double y)
{
    double row = (y - o->box.y0) / o->cell;
    return row < 0 ? 0 : row > (double)o->rows ? o->rows : (size_t)row;
}

static void fill_row(struct pm_owners *o, const struct pm_spans *spans, size_t row, uint32_t owner)
{
    struct pm_span_row xs = pm_spans_row(spans, o->box.y0 + ((double)row + 0.5) * o->cell);
    for (size_t i = 0; i + 1 < xs.count; i += 2)
        for (size_t c = column_of(o, xs.xs[i]); c < column_of(o, xs.xs[i + 1]); c++)
            o->cells[row * o->columns + c] = owner;
}

static void fill(struct pm_owners *o, const struct pm_page_rings *rings, uint32_t owner,
                 struct pm_arena *scratch)
{
    struct pm_spans spans;
    if (!pm_box_meets(rings->box, o->box))
        return;
    pm_spans_make(&spans, rings, o->box.y0, o->box.y1, o->cell, scratch);
    for (size_t row = row_at(o, rings->box.y0); row < row_at(o, rings->box.y1 + o->cell); row++)
        fill_row(o, &spans, row, owner);
}

void pm_owners_make(struct pm_owners *o, struct pm_box box, double scale,
                    const struct pm_page_rings *areas, size_t count, struct pm_arena *arena)
{
    struct pm_arena scratch = {0};
    *o = (struct pm_owners){.box = box, .cell = CELL * scale};
    o->columns = (size_t)ceil(pm_box_w(box) / o->cell);
    o->rows = (size_t)ceil(pm_box_h(box) / o->cell);
    o->cells = PM_NEW_N(arena, uint32_t, o->columns * o->rows);
    for (size_t i = 0; i < count; i++)
        fill(o, &areas[i], (uint32_t)i + 1, &scratch);
    pm_arena_finish(&scratch);
}

static double *sum_at(const struct pm_mask *mask, size_t column, size_t row)
{
    return &mask->sums[row * (mask->columns + 1) + column];
}

static void accumulate(struct pm_mask *mask)
{
    for (size_t row = 1; row <= mask->rows; row++)
        for (size_t c = 1; c <= mask->columns; c++)
            *sum_at(mask, c, row) += *sum_at(mask, c - 1, row) + *sum_at(mask, c, row - 1) -
                                     *sum_at(mask, c - 1, row - 1);
}

/* Here sums hold plain weights, shifted by one. */
static void weigh(struct pm_mask *mask, const struct pm_draft *draft, double muted)
{
    const uint32_t *owner = draft->base->owners.cells;
    for (size_t row = 1; row <= mask->rows; row++)
        for (size_t c = 1; c <= mask->columns; c++, owner++)
            if (*owner)
                *sum_at(mask, c, row) = draft->areas[*owner - 1].state.muted ? muted : 1;
}

struct pm_mask pm_mask_make(const struct pm_draft *draft, double muted)
{
    const struct pm_owners *owners = &draft->base->owners;
    struct pm_mask mask = {owners->box, owners->cell, owners->columns, owners->rows, NULL};
    mask.sums = PM_NEW_N(draft->arena, double, (mask.columns + 1) * (mask.rows + 1));
    weigh(&mask, draft, muted);
    accumulate(&mask);
    return mask;
}

static size_t clamp_cell(double at, size_t most)
{
    double c = round(at);
    return c < 0 ? 0 : c > (double)most ? most : (size_t)c;
}

double pm_mask_cover(const struct pm_mask *mask, struct pm_box box)
{
    size_t c0 = clamp_cell((box.x0 - mask->box.x0) / mask->cell, mask->columns);
    size_t c1 = clamp_cell((box.x1 - mask->box.x0) / mask->cell, mask->columns);
    size_t r0 = clamp_cell((box.y0 - mask->box.y0) / mask->cell, mask->rows);
    size_t r1 = clamp_cell((box.y1 - mask->box.y0) / mask->cell, mask->rows);
    if (c1 <= c0 || r1 <= r0)
        return 0;
    double sum = *sum_at(mask, c1, r1) - *sum_at(mask, c0, r1) - *sum_at(mask, c1, r0) +
                 *sum_at(mask, c0, r0);
    return sum / (double)((c1 - c0) * (r1 - r0));
}
