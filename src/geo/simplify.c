/* Simplification by effective area: M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated
 * elimination of points", The Cartographic Journal 30 (1993), kept from crossing anything.
 *
 * A binary heap holds the inner points whose triangles are too small; the least goes first, and its
 * neighbours' triangles are measured again, but never below the one just removed, so that areas only
 * grow.
 *
 * Point b between a and c stays if the triangle abc, its sides included, holds any point of any line
 * but these. Else nothing can cross the shortcut ac: it would have to end in the triangle, or come in
 * through ab or bc. (J. M. Hershberger, "Finding the visibility graph of a simple polygon", 1989, has
 * the lemma.) All points count as they were at first, also those removed since, but for those that the
 * shortcut itself passes over: this holds more than it must, and makes lines independent of each other.
 * Points are found by rows of the page, where they are sorted from left to right. */
#include "geo/simplify.h"

#include <stdbool.h>

#include "base/vec.h"
#include "base/banned.h"

enum { ROW_SHIFT = 6, DIGIT = 11 }; /* height of rows as a power of two; bits sorted by at once */

/* A point of any line, where rows list it. */
struct spot {
    struct pm_cent at;
    uint32_t point;
};

struct node {
    int64_t area; /* twice */
    uint32_t before, after;
    uint32_t heap; /* position in the heap; 0 when out of it (the heap counts from 1) */
};

struct simplifier {
    const struct pm_cent *points; /* of all lines */
    int64_t limit;                /* twice the area */
    struct spot *spots;           /* by row, then by x */
    uint32_t *rows;               /* by row: its first spot; one more than rows */
    uint32_t row_count;
    int shift;                /* height of rows */
    struct pm_cent low, high; /* extent of all points */

    const struct pm_cent *line; /* the one at hand */
    uint32_t first;             /* its first point's number */
    struct node *nodes;
    uint32_t *items; /* the heap, from 1 on */
    uint32_t count;  /* of it */
};

static struct pm_cent least(struct pm_cent a, struct pm_cent b)
{
    return (struct pm_cent){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y};
}

static struct pm_cent most(struct pm_cent a, struct pm_cent b)
{
    return (struct pm_cent){a.x > b.x ? a.x : b.x, a.y > b.y ? a.y : b.y};
}

/* ---- rows ------------------------------------------------------------------------------- */

static uint32_t row_of(const struct simplifier *s, int32_t y)
{
    return ((uint32_t)y - (uint32_t)s->low.y) >> s->shift;
}

static void measure_rows(struct simplifier *s, size_t points)
{
    s->low = s->high = s->points[0];
    for (size_t i = 1; i < points; i++) {
        s->low = least(s->low, s->points[i]);
        s->high = most(s->high, s->points[i]);
    }
    s->shift = ROW_SHIFT;
    while (row_of(s, s->high.y) > points)
        s->shift++;
    s->row_count = row_of(s, s->high.y) + 1;
}

/* Digit `pass` of x, counted from the last. */
static uint32_t digit(const struct simplifier *s, uint32_t point, int pass)
{
    uint32_t x = (uint32_t)s->points[point].x - (uint32_t)s->low.x;
    return x >> (DIGIT * pass) & ((1U << DIGIT) - 1);
}

/* One pass of a radix sort. */
static void sort_by_digit(const struct simplifier *s, const uint32_t *in, uint32_t *out,
                          size_t points, int pass)
{
    uint32_t starts[(1 << DIGIT) + 1] = {0};
    for (uint32_t i = 0; i < points; i++)
        starts[digit(s, i, pass) + 1]++;
    for (size_t i = 1; i <= 1 << DIGIT; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < points; i++)
        out[starts[digit(s, in[i], pass)]++] = in[i];
}

static void fill_rows(struct simplifier *s, size_t points)
{
    uint32_t *in = pm_xrealloc(NULL, points, sizeof *in);
    uint32_t *out = pm_xrealloc(NULL, points, sizeof *out);
    measure_rows(s, points);
    for (uint32_t i = 0; i < points; i++)
        in[i] = i;
    for (int pass = 0; DIGIT * pass < 32; pass++) {
        if (((uint32_t)s->high.x - (uint32_t)s->low.x) >> (DIGIT * pass) == 0)
            break;
        sort_by_digit(s, in, out, points, pass);
        uint32_t *swap = in;
        in = out;
        out = swap;
    }
    s->rows = pm_xrealloc(NULL, s->row_count + 2, sizeof *s->rows);
    s->spots = pm_xrealloc(NULL, points, sizeof *s->spots);
    memset(s->rows, 0, (s->row_count + 2) * sizeof *s->rows);
    for (size_t i = 0; i < points; i++)
        s->rows[row_of(s, s->points[i].y) + 2]++;
    for (uint32_t i = 2; i < s->row_count + 2; i++)
        s->rows[i] += s->rows[i - 1];
    for (size_t i = 0; i < points; i++)
        s->spots[s->rows[row_of(s, s->points[in[i]].y) + 1]++] =
            (struct spot){s->points[in[i]], in[i]};
    free(in);
    free(out);
}

/* The first spot of a row that is not left of x. */
static uint32_t first_spot(const struct simplifier *s, uint32_t row, int32_t x)
{
    uint32_t low = s->rows[row], count = s->rows[row + 1] - low;
    while (count > 0) {
        uint32_t half = count / 2;
        bool left = s->spots[low + half].at.x < x;
        low = left ? low + half + 1 : low;
        count = left ? count - half - 1 : half;
    }
    return low;
}

/* ---- is a triangle empty? ----------------------------------------------------------------- */

struct triangle {
    struct pm_cent a, b, c;
    uint32_t from, to; /* the points it passes over */
    struct pm_cent low, high;
};

static int64_t cross(struct pm_cent a, struct pm_cent b, struct pm_cent c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - a.y) -
           ((int64_t)c.x - a.x) * ((int64_t)b.y - a.y);
}

static bool same(struct pm_cent a, struct pm_cent b)
{
    return a.x == b.x && a.y == b.y;
}

/* Sides are inside; a triangle without area is the segment it lies on. */
static bool in_triangle(const struct triangle *t, struct pm_cent p)
{
    int64_t u = cross(t->a, t->b, p), v = cross(t->b, t->c, p), w = cross(t->c, t->a, p);
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
}

/* Does a point lie in the triangle, between two places of a row? */
static bool row_blocks(const struct simplifier *s, const struct triangle *t, uint32_t row,
                       int32_t left, int32_t right)
{
    uint32_t end = s->rows[row + 1];
    for (uint32_t i = first_spot(s, row, left); i < end && s->spots[i].at.x <= right; i++) {
        struct pm_cent p = s->spots[i].at;
        uint32_t n = s->spots[i].point;
        if (p.y >= t->low.y && p.y <= t->high.y && (n < t->from || n > t->to) && !same(p, t->a) &&
            !same(p, t->c) && in_triangle(t, p))
            return true;
    }
    return false;
}

static void widen(struct pm_cent a, struct pm_cent b, double low, double high, double *left,
                  double *right)
{
    double ends[] = {low, high}, dy = (double)b.y - a.y;
    for (int i = 0; i < 2; i++) {
        double t = dy != 0 ? (ends[i] - a.y) / dy : i;
        double x = a.x + (t < 0 ? 0 : t > 1 ? 1 : t) * ((double)b.x - a.x);
        *left = x < *left ? x : *left;
        *right = x > *right ? x : *right;
    }
}

/* Where a row meets the triangle: a long narrow one, a little of it. */
static void reach(const struct simplifier *s, const struct triangle *t, uint32_t row,
                  int32_t *first, int32_t *last)
{
    double low = s->low.y + (double)row * (1 << s->shift), high = low + (1 << s->shift);
    double left = t->high.x, right = t->low.x;
    widen(t->a, t->b, low, high, &left, &right);
    widen(t->b, t->c, low, high, &left, &right);
    widen(t->c, t->a, low, high, &left, &right);
    *first = (int32_t)left - 1 > t->low.x ? (int32_t)left - 1 : t->low.x;
    *last = (int32_t)right + 1 < t->high.x ? (int32_t)right + 1 : t->high.x;
}

static bool is_between(struct pm_cent a, struct pm_cent b, struct pm_cent c)
{
    return cross(a, b, c) == 0 && (b.x >= a.x) == (b.x <= c.x) && (b.y >= a.y) == (b.y <= c.y);
}

static bool is_free(const struct simplifier *s, uint32_t i)
{
    const struct pm_cent *p = s->line;
    const struct node *n = &s->nodes[i];
    struct triangle t = {.a = p[n->before],
                         .b = p[i],
                         .c = p[n->after],
                         .from = s->first + n->before,
                         .to = s->first + n->after};
    if (is_between(t.a, t.b, t.c)) /* nothing changes; and straight lines would take long */
        return true;
    t.low = least(least(t.a, t.b), t.c);
    t.high = most(most(t.a, t.b), t.c);
    uint32_t top = row_of(s, t.high.y);
    bool wide = t.high.x - t.low.x > 2 << s->shift;
    for (uint32_t row = row_of(s, t.low.y); row <= top; row++) {
        int32_t left = t.low.x, right = t.high.x;
        if (wide)
            reach(s, &t, row, &left, &right);
        if (row_blocks(s, &t, row, left, right))
            return false;
    }
    return true;
}

/* ---- heap -------------------------------------------------------------------------------- */

static bool less(const struct simplifier *s, uint32_t a, uint32_t b)
{
    int64_t x = s->nodes[a].area, y = s->nodes[b].area;
    return x < y || (x == y && a < b);
}

static void put(struct simplifier *s, uint32_t at, uint32_t node)
{
    s->items[at] = node;
    s->nodes[node].heap = at;
}

static void rise(struct simplifier *s, uint32_t at, uint32_t node)
{
    while (at > 1 && less(s, node, s->items[at / 2])) {
        put(s, at, s->items[at / 2]);
        at /= 2;
    }
    put(s, at, node);
}

static void sink(struct simplifier *s, uint32_t at, uint32_t node)
{
    for (uint32_t child = 2 * at; child <= s->count; child = 2 * at) {
        if (child < s->count && less(s, s->items[child + 1], s->items[child]))
            child++;
        if (!less(s, s->items[child], node))
            break;
        put(s, at, s->items[child]);
        at = child;
    }
    put(s, at, node);
}

static void take_out(struct simplifier *s, uint32_t node)
{
    uint32_t at = s->nodes[node].heap, last = s->items[s->count--];
    s->nodes[node].heap = 0;
    if (last == node)
        return;
    rise(s, at, last);
    sink(s, s->nodes[last].heap, last);
}

/* ---- one line ------------------------------------------------------------------------------ */

static int64_t twice_area(const struct simplifier *s, uint32_t i)
{
    int64_t area = cross(s->line[s->nodes[i].before], s->line[i], s->line[s->nodes[i].after]);
    return area < 0 ? -area : area;
}

/* Points whose triangle is large enough are not in the heap; they come back when it changes. */
static void measure(struct simplifier *s, uint32_t i, int64_t floor)
{
    struct node *node = &s->nodes[i];
    int64_t area = twice_area(s, i);
    if (area >= s->limit) {
        if (node->heap)
            take_out(s, i);
        return;
    }
    node->area = area > floor ? area : floor;
    if (!node->heap)
        node->heap = ++s->count;
    rise(s, node->heap, i);
    sink(s, node->heap, i);
}

static void begin(struct simplifier *s, const struct pm_cent_line *line)
{
    s->line = s->points + line->first;
    s->first = line->first;
    s->count = 0;
    for (uint32_t i = 0; i < line->count; i++)
        s->nodes[i] = (struct node){.before = i - 1, .after = i + 1};
    for (uint32_t i = 1; i + 1 < line->count; i++)
        measure(s, i, 0);
}

/* Marks the points that go. */
static void thin_out(struct simplifier *s, const struct pm_cent_line *line, bool *gone)
{
    uint32_t left = line->count;
    begin(s, line);
    while (s->count && left > line->least) {
        uint32_t i = s->items[1], before = s->nodes[i].before, after = s->nodes[i].after;
        take_out(s, i);
        if (!is_free(s, i))
            continue;
        gone[s->first + i] = true;
        left--;
        s->nodes[before].after = after;
        s->nodes[after].before = before;
        if (before > 0)
            measure(s, before, s->nodes[i].area);
        if (after + 1 < line->count)
            measure(s, after, s->nodes[i].area);
    }
}

/* ---- twins -------------------------------------------------------------------------------- */

struct twin {
    struct pm_cent low, high; /* ends */
    uint32_t line;
};

static int compare_places(struct pm_cent a, struct pm_cent b)
{
    int x = (a.x > b.x) - (a.x < b.x);
    return x ? x : (a.y > b.y) - (a.y < b.y);
}

static int compare_twins(const void *left, const void *right)
{
    const struct twin *a = left, *b = right;
    int low = compare_places(a->low, b->low);
    return low ? low : compare_places(a->high, b->high);
}

struct twins {
    struct twin *v;
    size_t n, cap;
};

/* All lines that are straight now. */
static struct twins straight_lines(const struct simplifier *s, const struct pm_cent_line *lines,
                                   size_t count, const bool *gone)
{
    struct twins twins = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t first = lines[i].first, last = first + lines[i].count - 1, k = first + 1;
        while (k < last && gone[k])
            k++;
        if (lines[i].count < 2 || k < last)
            continue;
        struct pm_cent a = s->points[first], b = s->points[last];
        bool rises = compare_places(a, b) < 0;
        pm_vec_push(&twins, (struct twin){rises ? a : b, rises ? b : a, (uint32_t)i});
    }
    if (twins.n)
        qsort(twins.v, twins.n, sizeof *twins.v, compare_twins);
    return twins;
}

/* Lines between the same two places must not all become straight, or what lies between them is lost:
 * they keep one more point. */
static void part_twins(struct simplifier *s, struct pm_cent_line *lines, size_t count, bool *gone)
{
    struct twins twins = straight_lines(s, lines, count, gone);
    for (size_t i = 0; i < twins.n; i++) {
        bool alone = (i == 0 || compare_twins(&twins.v[i - 1], &twins.v[i]) != 0) &&
                     (i + 1 == twins.n || compare_twins(&twins.v[i + 1], &twins.v[i]) != 0);
        struct pm_cent_line *line = &lines[twins.v[i].line];
        if (alone || line->count < 3)
            continue;
        memset(gone + line->first, 0, line->count * sizeof *gone);
        line->least = 3;
        thin_out(s, line, gone);
    }
    pm_vec_finish(&twins);
}

/* ---- all ---------------------------------------------------------------------------------- */

static void move_up(struct pm_cent *points, struct pm_cent_line *line, const bool *gone)
{
    uint32_t kept = line->first;
    for (uint32_t i = line->first; i < line->first + line->count; i++)
        if (!gone[i])
            points[kept++] = points[i];
    line->count = kept - line->first;
}

static uint32_t longest(const struct pm_cent_line *lines, size_t count)
{
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = lines[i].count > most ? lines[i].count : most;
    return most;
}

void pm_simplify(struct pm_cent *points, size_t point_count, struct pm_cent_line *lines,
                 size_t line_count, int64_t twice_area)
{
    struct simplifier s = {.points = points, .limit = twice_area};
    uint32_t most = longest(lines, line_count);
    if (twice_area <= 0 || most < 3)
        return;
    bool *gone = pm_xrealloc(NULL, point_count, sizeof *gone);
    memset(gone, 0, point_count * sizeof *gone);
    s.nodes = pm_xrealloc(NULL, most, sizeof *s.nodes);
    s.items = pm_xrealloc(NULL, (size_t)most + 1, sizeof *s.items);
    fill_rows(&s, point_count);
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].count > lines[i].least)
            thin_out(&s, &lines[i], gone);
    part_twins(&s, lines, line_count, gone);
    for (size_t i = 0; i < line_count; i++)
        move_up(points, &lines[i], gone);
    free(s.spots);
    free(s.rows);
    free(s.nodes);
    free(s.items);
    free(gone);
}
