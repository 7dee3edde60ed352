#include "layout/mask.h"

#include <math.h>

#include "base/vec.h"
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

/* Even-odd spans of one area in one row of cells; here sums hold plain weights, shifted by one. */
static void fill_row(struct pm_mask *mask, const struct pm_page_rings *rings, size_t row,
                     double weight, struct pm_crossings *xs)
{
    double y = mask->box.y0 + ((double)row + 0.5) * mask->cell;
    pm_rings_cross(rings, y, xs);
    for (size_t i = 0; i + 1 < xs->n; i += 2)
        for (size_t c = column_of(mask, xs->v[i]); c < column_of(mask, xs->v[i + 1]); c++)
            *sum_at(mask, c + 1, row + 1) = weight;
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
    struct pm_crossings xs = {0};
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[i];
        for (size_t row = 0; row < mask.rows; row++)
            fill_row(&mask, &area->rings, row, area->state.muted ? muted : 1, &xs);
    }
    pm_vec_finish(&xs);
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
