#include "geo/spans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define ROUNDING 1e-3 /* px: crossings are floats */

enum { CROSSINGS_A_POINT = 16, CROSSINGS_A_ROW = 8 };
enum { FEW = 24 }; /* crossings that insertion sorts fastest */

/* The first row whose line lies below y; this far from the first of all. */
static double row_below(const struct pm_spans *s, double y)
{
    return floor((y - s->top) / s->step + 0.5);
}

static uint32_t row_from(const struct pm_spans *s, double y)
{
    double row = row_below(s, y);
    return !(row > 0) ? 0 : row >= s->rows ? s->rows : (uint32_t)row;
}

/* ---- making ---------------------------------------------------------------------------------- */

/* Where a line between two points crosses the rows first .. last - 1. */
static void cross_rows(const struct pm_spans *s, struct pm_pt a, struct pm_pt b, uint32_t first,
                       uint32_t last, uint32_t *next)
{
    double slope = (b.x - a.x) / (b.y - a.y);
    double x = a.x + (s->top + (first + 0.5) * s->step - a.y) * slope;
    for (uint32_t row = first; row < last; row++) {
        s->xs[next[row]++] = (float)x;
        x += slope * s->step;
    }
}

/* Without crossings to fill, `next` counts them by row. Returns how many there are. */
static size_t cross_ring(const struct pm_spans *s, const struct pm_pt *ring, size_t count,
                         uint32_t *next)
{
    size_t total = 0;
    uint32_t before = count ? row_from(s, ring[count - 1].y) : 0;
    for (size_t i = 0, j = count - 1; i < count; j = i++) {
        uint32_t here = row_from(s, ring[i].y);
        uint32_t first = before < here ? before : here, last = before < here ? here : before;
        before = here;
        total += last - first;
        if (s->xs && first < last)
            cross_rows(s, ring[j], ring[i], first, last, next);
        for (uint32_t row = first; !s->xs && row < last; row++)
            next[row]++;
    }
    return total;
}

static size_t cross_rings(const struct pm_spans *s, const struct pm_page_rings *rings,
                          uint32_t *next)
{
    size_t total = 0;
    for (size_t i = 0; i < rings->ring_count; i++)
        total += cross_ring(s, rings->points + rings->rings[i].first, rings->rings[i].count, next);
    return total;
}

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void sort(float *v, size_t count)
{
    if (count > FEW) {
        qsort(v, count, sizeof *v, compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        float x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

/* Lays the rows and counts their crossings; returns how many there are. */
static size_t lay_rows(struct pm_spans *s, const struct pm_page_rings *rings, double bottom,
                       double step, uint32_t *counts)
{
    s->step = step;
    s->rows = (uint32_t)fmax(0, ceil((bottom - s->top) / step));
    memset(counts, 0, s->rows * sizeof *counts);
    return cross_rings(s, rings, counts);
}

void pm_spans_make(struct pm_spans *spans, const struct pm_page_rings *rings, double top,
                   double bottom, double step, struct pm_arena *arena)
{
    size_t points = 0, total;
    for (size_t i = 0; i < rings->ring_count; i++)
        points += rings->rings[i].count;
    top += fmax(0, floor((rings->box.y0 - top) / step)) * step;
    bottom = points ? fmin(bottom, rings->box.y1 + step) : top;
    *spans = (struct pm_spans){.top = top};
    uint32_t *next = PM_NEW_N(arena, uint32_t, (size_t)fmax(0, ceil((bottom - top) / step)) + 1);
    while ((total = lay_rows(spans, rings, bottom, step, next)) >
           CROSSINGS_A_POINT * points + CROSSINGS_A_ROW * (size_t)spans->rows)
        step *= 2;
    spans->firsts = PM_NEW_N(arena, uint32_t, spans->rows + 1);
    for (size_t i = 0; i < spans->rows; i++) {
        spans->firsts[i + 1] = spans->firsts[i] + next[i];
        next[i] = spans->firsts[i];
    }
    spans->xs = PM_NEW_N(arena, float, total);
    cross_rings(spans, rings, next);
    for (size_t i = 0; i < spans->rows; i++)
        sort(spans->xs + spans->firsts[i], spans->firsts[i + 1] - spans->firsts[i]);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static struct pm_span_row row_at(const struct pm_spans *s, size_t row)
{
    return (struct pm_span_row){s->xs + s->firsts[row], s->firsts[row + 1] - s->firsts[row]};
}

struct pm_span_row pm_spans_row(const struct pm_spans *spans, double y)
{
    double row = (y - spans->top) / spans->step;
    if (!(row >= 0 && row < spans->rows))
        return (struct pm_span_row){0};
    return row_at(spans, (size_t)row);
}

bool pm_spans_hold(const struct pm_spans *spans, struct pm_pt p)
{
    struct pm_span_row row = pm_spans_row(spans, p.y);
    size_t i = 0;
    while (i < row.count && row.xs[i] <= p.x)
        i++;
    return i % 2 == 1;
}

static double overlap(struct pm_span_row row, double x0, double x1)
{
    double length = 0;
    for (size_t i = 0; i + 1 < row.count && row.xs[i] < x1; i += 2) {
        if (row.xs[i + 1] <= x0)
            continue;
        double from = row.xs[i] > x0 ? row.xs[i] : x0, to = row.xs[i + 1] < x1 ? row.xs[i + 1] : x1;
        length += to - from;
    }
    return length;
}

/* Each row stands for a strip as high as rows are apart, and counts as far as the box has of it. */
bool pm_spans_hold_box(const struct pm_spans *spans, struct pm_box box, double share)
{
    double top = (box.y0 - spans->top) / spans->step, bottom = (box.y1 - spans->top) / spans->step;
    double width = pm_box_w(box), from = fmax(top, 0), to = fmin(bottom, spans->rows);
    double spare = (1 - share) * (bottom - top) * width + ROUNDING;
    spare -= (bottom - top - fmax(to - from, 0)) * width; /* beyond the rows */
    size_t end = to > 0 ? (size_t)ceil(to) : 0;
    for (size_t row = (size_t)from; spare >= 0 && row < end; row++) {
        double high = 1; /* of the row, what the box has */
        if (spare >= (to - (double)row) * width)
            return true; /* whatever the rows that are left hold */
        if ((double)row < from)
            high -= from - (double)row;
        if ((double)row + 1 > to)
            high -= (double)row + 1 - to;
        spare -= high * (width - overlap(row_at(spans, row), box.x0, box.x1));
    }
    return spare >= 0;
}

/* ---- strips ---------------------------------------------------------------------------------- */

static void add_span(struct pm_strip *strip, float from, float to)
{
    if (from >= to)
        return;
    pm_vec_push(&strip->scratch, from);
    pm_vec_push(&strip->scratch, to);
}

/* Leaves what the row has, too. */
static void cut_by_row(struct pm_strip *strip, struct pm_span_row row)
{
    size_t i = 0, k = 0;
    strip->scratch.n = 0;
    while (i + 1 < strip->xs.n && k + 1 < row.count) {
        const float *own = strip->xs.v + i, *other = row.xs + k;
        add_span(strip, own[0] > other[0] ? own[0] : other[0],
                 own[1] < other[1] ? own[1] : other[1]);
        if (own[1] < other[1])
            i += 2;
        else
            k += 2;
    }
    strip->xs.n = 0;
    for (size_t j = 0; j < strip->scratch.n; j++)
        pm_vec_push(&strip->xs, strip->scratch.v[j]);
}

void pm_strip_set(struct pm_strip *strip, const struct pm_spans *spans, double y0, double y1)
{
    double top = (y0 - spans->top) / spans->step, bottom = (y1 - spans->top) / spans->step;
    double from = fmax(top, 0), to = fmin(bottom, spans->rows);
    size_t first = (size_t)ceil(from), end = to > 0 ? (size_t)to : 0;
    strip->high = bottom - top;
    strip->beyond = strip->high - fmax(to - from, 0);
    strip->open = first >= end;
    strip->xs.n = 0;
    if (strip->open)
        return;
    struct pm_span_row row = row_at(spans, first);
    for (size_t i = 0; i < row.count; i++)
        pm_vec_push(&strip->xs, row.xs[i]);
    for (size_t i = first + 1; i < end; i++)
        cut_by_row(strip, row_at(spans, i));
}

/* What is outside the strip's spans is outside on one row at least. */
bool pm_strip_may_hold(const struct pm_strip *strip, double x0, double x1, double share)
{
    double width = x1 - x0, spare = (1 - share) * strip->high * width + ROUNDING;
    spare -= strip->beyond * width;
    if (strip->open)
        return spare >= 0;
    return width - overlap((struct pm_span_row){strip->xs.v, strip->xs.n}, x0, x1) <= spare;
}

void pm_strip_finish(struct pm_strip *strip)
{
    pm_vec_finish(&strip->xs);
    pm_vec_finish(&strip->scratch);
}
