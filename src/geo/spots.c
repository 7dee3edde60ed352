#include "geo/spots.h"

#include "base/vec.h"
#include "base/banned.h"

enum { DIGIT = 11 }; /* bits sorted by at once */

/* y is not below the lowest. */
static int64_t row_of(const struct pm_spots *s, int64_t y)
{
    return (int64_t)((uint64_t)(y - s->low.y) >> s->shift);
}

static void measure(struct pm_spots *s, const struct pm_spot *p, size_t count, int shift)
{
    s->low = s->high = p[0];
    for (size_t i = 1; i < count; i++) {
        s->low.x = p[i].x < s->low.x ? p[i].x : s->low.x;
        s->low.y = p[i].y < s->low.y ? p[i].y : s->low.y;
        s->high.x = p[i].x > s->high.x ? p[i].x : s->high.x;
        s->high.y = p[i].y > s->high.y ? p[i].y : s->high.y;
    }
    s->shift = shift;
    while (row_of(s, s->high.y) >= (int64_t)count)
        s->shift++;
    s->row_count = (uint32_t)row_of(s, s->high.y) + 1;
}

/* Digit `pass` of x, counted from the last. */
static uint32_t digit(const struct pm_spots *s, struct pm_spot p, int pass)
{
    uint32_t x = (uint32_t)p.x - (uint32_t)s->low.x;
    return x >> (DIGIT * pass) & ((1U << DIGIT) - 1);
}

/* One pass of a radix sort of numbers of places. */
static void sort_by_digit(const struct pm_spots *s, const struct pm_spot *places,
                          const uint32_t *in, uint32_t *out, size_t count, int pass)
{
    uint32_t starts[(1 << DIGIT) + 1] = {0};
    for (size_t i = 0; i < count; i++)
        starts[digit(s, places[i], pass) + 1]++;
    for (size_t i = 1; i <= 1 << DIGIT; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++)
        out[starts[digit(s, places[in[i]], pass)]++] = in[i];
}

/* From left to right. */
static uint32_t *sorted(const struct pm_spots *s, const struct pm_spot *places, size_t count)
{
    uint32_t *in = pm_xrealloc(NULL, count, sizeof *in);
    uint32_t *out = pm_xrealloc(NULL, count, sizeof *out);
    uint32_t width = (uint32_t)s->high.x - (uint32_t)s->low.x;
    for (uint32_t i = 0; i < count; i++)
        in[i] = i;
    for (int pass = 0; DIGIT * pass < 32 && width >> (DIGIT * pass); pass++) {
        sort_by_digit(s, places, in, out, count, pass);
        uint32_t *swap = in;
        in = out;
        out = swap;
    }
    free(out);
    return in;
}

void pm_spots_make(struct pm_spots *s, const struct pm_spot *places, size_t count, int shift)
{
    measure(s, places, count, shift);
    uint32_t *order = sorted(s, places, count);
    s->rows = pm_xrealloc(NULL, (size_t)s->row_count + 2, sizeof *s->rows);
    s->entries = pm_xrealloc(NULL, count, sizeof *s->entries);
    memset(s->rows, 0, ((size_t)s->row_count + 2) * sizeof *s->rows);
    for (size_t i = 0; i < count; i++)
        s->rows[row_of(s, places[i].y) + 2]++;
    for (size_t i = 2; i < (size_t)s->row_count + 2; i++)
        s->rows[i] += s->rows[i - 1];
    for (size_t i = 0; i < count; i++) {
        struct pm_spot p = places[order[i]];
        s->entries[s->rows[row_of(s, p.y) + 1]++] = (struct pm_spot_entry){p, order[i]};
    }
    free(order);
}

void pm_spots_finish(struct pm_spots *s)
{
    free(s->entries);
    free(s->rows);
}

void pm_spots_rows(const struct pm_spots *s, int64_t low, int64_t high, int64_t *first,
                   int64_t *last)
{
    *first = low <= s->low.y ? 0 : row_of(s, low);
    *last = high < s->low.y ? -1 : row_of(s, high < s->high.y ? high : s->high.y);
}

uint32_t pm_spots_from(const struct pm_spots *s, int64_t row, int32_t x)
{
    uint32_t low = s->rows[row], count = s->rows[row + 1] - low;
    while (count > 0) {
        uint32_t half = count / 2;
        bool left = s->entries[low + half].at.x < x;
        low = left ? low + half + 1 : low;
        count = left ? count - half - 1 : half;
    }
    return low;
}

void pm_spots_reach(const struct pm_spots *s, int64_t row, struct pm_spot a, struct pm_spot b,
                    int32_t *left, int32_t *right)
{
    double low = s->low.y + (double)row * (double)((int64_t)1 << s->shift);
    double ends[] = {low, low + (double)((int64_t)1 << s->shift)}, dy = (double)b.y - a.y;
    for (int i = 0; i < 2; i++) {
        double t = dy != 0 ? (ends[i] - a.y) / dy : i;
        double x = a.x + (t < 0 ? 0 : t > 1 ? 1 : t) * ((double)b.x - a.x);
        if (x - 1 < *left)
            *left = x - 1 > INT32_MIN ? (int32_t)(x - 1) : INT32_MIN;
        if (x + 1 > *right)
            *right = x + 1 < INT32_MAX ? (int32_t)(x + 1) : INT32_MAX;
    }
}
