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

/* Cells weigh 1, those of an area with a weight that. */
static double *sum_up(const struct pm_owners *o, const double *weights, struct pm_arena *arena)
{
    double *sums = PM_NEW_N(arena, double, (o->columns + 1) * (o->rows + 1));
    const uint32_t *owner = o->cells;
    for (size_t row = 1; row <= o->rows; row++) {
        double *sum = sums + row * (o->columns + 1), *above = sum - (o->columns + 1);
        for (size_t c = 1; c <= o->columns; c++, owner++) {
            double own = *owner == 0 ? 0 : weights ? weights[*owner - 1] : 1;
            sum[c] = own + (sum[c - 1] + above[c] - above[c - 1]);
        }
    }
    return sums;
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
    o->sums = sum_up(o, NULL, arena);
    pm_arena_finish(&scratch);
}

struct pm_mask pm_mask_make(const struct pm_draft *draft, double muted)
{
    const struct pm_owners *owners = &draft->base->owners;
    struct pm_mask mask = {owners->box, owners->cell, owners->columns, owners->rows, owners->sums};
    double *weights = PM_NEW_N(draft->arena, double, draft->area_count);
    bool alike = true;
    for (size_t i = 0; i < draft->area_count; i++) {
        weights[i] = draft->areas[i].state.muted ? muted : 1;
        alike &= weights[i] == 1;
    }
    if (!alike)
        mask.sums = sum_up(owners, weights, draft->arena);
    return mask;
}

static double sum_at(const struct pm_mask *mask, size_t column, size_t row)
{
    return mask->sums[row * (mask->columns + 1) + column];
}

/* The nearest. */
static size_t clamp_cell(double at, size_t most)
{
    double c = at + 0.5;
    return !(c > 0) ? 0 : c > (double)most ? most : (size_t)c;
}

double pm_mask_cover(const struct pm_mask *mask, struct pm_box box)
{
    size_t c0 = clamp_cell((box.x0 - mask->box.x0) / mask->cell, mask->columns);
    size_t c1 = clamp_cell((box.x1 - mask->box.x0) / mask->cell, mask->columns);
    size_t r0 = clamp_cell((box.y0 - mask->box.y0) / mask->cell, mask->rows);
    size_t r1 = clamp_cell((box.y1 - mask->box.y0) / mask->cell, mask->rows);
    if (c1 <= c0 || r1 <= r0)
        return 0;
    double sum =
        sum_at(mask, c1, r1) - sum_at(mask, c0, r1) - sum_at(mask, c1, r0) + sum_at(mask, c0, r0);
    return sum / (double)((c1 - c0) * (r1 - r0));
}
