#include "layout/mask.h"

#include <math.h>

#include "geo/spans.h"
#include "base/banned.h"

#define CELL 8.0

static double *sum_at(const struct pm_mask *mask, size_t column, size_t row)
{
    return &mask->sums[row * (mask->columns + 1) + column];
}

/* Column of the first cell whose middle is not left of x. */
static size_t column_of(const struct pm_mask *mask, double x)
{
    double c = ceil((x - mask->box.x0) / mask->cell - 0.5);
    return c < 0 ? 0 : c > (double)mask->columns ? mask->columns : (size_t)c;
}

/* Here sums hold plain weights, shifted by one. */
static void fill_row(struct pm_mask *mask, const struct pm_spans *spans, size_t row, double weight)
{
    struct pm_span_row xs = pm_spans_row(spans, mask->box.y0 + ((double)row + 0.5) * mask->cell);
    for (size_t i = 0; i + 1 < xs.count; i += 2)
        for (size_t c = column_of(mask, xs.xs[i]); c < column_of(mask, xs.xs[i + 1]); c++)
            *sum_at(mask, c + 1, row + 1) = weight;
}

static size_t row_at(const struct pm_mask *mask, double y)
{
    double row = (y - mask->box.y0) / mask->cell;
    return row < 0 ? 0 : row > (double)mask->rows ? mask->rows : (size_t)row;
}

static void fill(struct pm_mask *mask, const struct pm_page_rings *rings, double weight,
                 struct pm_arena *scratch)
{
    struct pm_spans spans;
    if (!pm_box_meets(rings->box, mask->box))
        return;
    pm_spans_make(&spans, rings, mask->box.y0, mask->box.y1, mask->cell, scratch);
    for (size_t row = row_at(mask, rings->box.y0); row < row_at(mask, rings->box.y1 + mask->cell);
         row++)
        fill_row(mask, &spans, row, weight);
}

static void accumulate(struct pm_mask *mask)
{
    for (size_t row = 1; row <= mask->rows; row++)
        for (size_t c = 1; c <= mask->columns; c++)
            *sum_at(mask, c, row) += *sum_at(mask, c - 1, row) + *sum_at(mask, c, row - 1) -
                                     *sum_at(mask, c - 1, row - 1);
}

struct pm_mask pm_mask_make(const struct pm_draft *draft, double muted)
{
    struct pm_mask mask = {.box = draft->page.map, .cell = pm_px(draft, CELL)};
    mask.columns = (size_t)ceil(pm_box_w(mask.box) / mask.cell);
    mask.rows = (size_t)ceil(pm_box_h(mask.box) / mask.cell);
    mask.sums = PM_NEW_N(draft->arena, double, (mask.columns + 1) * (mask.rows + 1));
    struct pm_arena scratch = {0};
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[i];
        fill(&mask, &area->rings, area->state.muted ? muted : 1, &scratch);
    }
    pm_arena_finish(&scratch);
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
