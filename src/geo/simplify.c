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
 * Points lie in the buckets of a hash table by the square of the page they are in. */
#include "geo/simplify.h"

#include <stdbool.h>

#include "base/vec.h"
#include "base/banned.h"

#define NONE UINT32_MAX

enum { LEAST_SHIFT = 6, MOST_SHIFT = 24 }; /* sides of squares, as powers of two */

struct node {
    int64_t area; /* twice */
    uint32_t before, after;
    uint32_t heap; /* position in the heap; 0 when out of it (the heap counts from 1) */
};

struct simplifier {
    const struct pm_cent *points; /* of all lines */
    int64_t limit;                /* twice the area */
    uint32_t *heads, *next;       /* buckets: chains of points */
    uint32_t mask;
    int shift;

    const struct pm_cent *line; /* the one at hand */
    uint32_t first;             /* its first point's number */
    struct node *nodes;
    uint32_t *items; /* the heap, from 1 on */
    uint32_t count;  /* of it */
};

/* ---- squares -------------------------------------------------------------------------- */

static uint32_t bucket(const struct simplifier *s, int32_t column, int32_t row)
{
    return ((uint32_t)row * 0x9E3779B1U + (uint32_t)column) & s->mask; /* rows far apart */
}

static void fill_squares(struct simplifier *s, const struct pm_cent_line *lines, size_t line_count,
                         size_t points)
{
    uint32_t buckets = 64;
    while (buckets < points)
        buckets *= 2;
    s->mask = buckets - 1;
    s->shift = LEAST_SHIFT;
    while (s->shift < MOST_SHIFT && (int64_t)1 << (2 * s->shift) < 4 * s->limit)
        s->shift++;
    s->heads = pm_xrealloc(NULL, buckets, sizeof *s->heads);
    s->next = pm_xrealloc(NULL, points, sizeof *s->next);
    memset(s->heads, 0xFF, buckets * sizeof *s->heads);
    for (size_t i = 0; i < line_count; i++)
        for (uint32_t k = lines[i].first; k < lines[i].first + lines[i].count; k++) {
            uint32_t *head =
                &s->heads[bucket(s, s->points[k].x >> s->shift, s->points[k].y >> s->shift)];
            s->next[k] = *head;
            *head = k;
        }
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

static bool in_box(const struct triangle *t, struct pm_cent p)
{
    return p.x >= t->low.x && p.x <= t->high.x && p.y >= t->low.y && p.y <= t->high.y;
}

/* Sides are inside; a triangle without area is the segment it lies on. */
static bool in_triangle(const struct triangle *t, struct pm_cent p)
{
    int64_t u = cross(t->a, t->b, p), v = cross(t->b, t->c, p), w = cross(t->c, t->a, p);
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
}

static bool square_blocks(const struct simplifier *s, const struct triangle *t, int32_t column,
                          int32_t row)
{
    for (uint32_t i = s->heads[bucket(s, column, row)]; i != NONE; i = s->next[i]) {
        struct pm_cent p = s->points[i];
        if (in_box(t, p) && (i < t->from || i > t->to) && !same(p, t->a) && !same(p, t->c) &&
            in_triangle(t, p))
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

/* The columns of a row that the triangle passes: a long narrow one has few. */
static void columns(const struct simplifier *s, const struct triangle *t, int32_t row,
                    int32_t *first, int32_t *last)
{
    double low = (double)row * (1 << s->shift), high = low + (1 << s->shift);
    double left = t->high.x, right = t->low.x;
    widen(t->a, t->b, low, high, &left, &right);
    widen(t->b, t->c, low, high, &left, &right);
    widen(t->c, t->a, low, high, &left, &right);
    *first = ((int32_t)left - 1) >> s->shift;
    *last = ((int32_t)right + 1) >> s->shift;
}

static struct pm_cent least(struct pm_cent a, struct pm_cent b)
{
    return (struct pm_cent){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y};
}

static struct pm_cent most(struct pm_cent a, struct pm_cent b)
{
    return (struct pm_cent){a.x > b.x ? a.x : b.x, a.y > b.y ? a.y : b.y};
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
    t.low = least(least(t.a, t.b), t.c);
    t.high = most(most(t.a, t.b), t.c);
    int32_t bottom = t.low.y >> s->shift, top = t.high.y >> s->shift;
    int32_t from = t.low.x >> s->shift, to = t.high.x >> s->shift;
    for (int32_t row = bottom; row <= top; row++) {
        int32_t first = from, last = to;
        if (to - from > 1 && top > bottom)
            columns(s, &t, row, &first, &last);
        for (int32_t column = first; column <= last; column++)
            if (square_blocks(s, &t, column, row))
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
    fill_squares(&s, lines, line_count, point_count);
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].count > lines[i].least)
            thin_out(&s, &lines[i], gone);
    part_twins(&s, lines, line_count, gone);
    for (size_t i = 0; i < line_count; i++)
        move_up(points, &lines[i], gone);
    free(s.heads);
    free(s.next);
    free(s.nodes);
    free(s.items);
    free(gone);
}
