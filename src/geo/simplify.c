/* Simplification by effective area: M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated
 * elimination of points", The Cartographic Journal 30 (1993), kept from crossing anything.
 *
 * A binary heap holds the inner points whose triangles are too small, each as one number: twice the area, then which
 * point it is. The least goes first, and its
 * neighbours' triangles are measured again, but never below the one just removed, so that areas only
 * grow.
 *
 * Point b between a and c stays if the triangle abc, its sides included, holds any point of any line
 * but these. Else nothing can cross the shortcut ac: it would have to end in the triangle, or come in
 * through ab or bc.
 * All points count as they were at first, also those removed since, but for those that the
 * shortcut itself passes over: this holds more than it must, and makes lines independent of each other.
 * Points are found by rows of the page, where they are sorted from left to right. */
#include "geo/simplify.h"

#include <stdbool.h>

#include "base/vec.h"
#include "base/banned.h"

enum { ROW_SHIFT = 6 }; /* height of rows as a power of two */

struct node {
    uint32_t before, after;
    uint32_t heap; /* position in the heap; 0 when out of it (the heap counts from 1) */
};

struct simplifier {
    const struct pm_spot *points; /* of all lines */
    int64_t limit;                /* twice the area */
    struct pm_spots spots;        /* all points */

    const struct pm_spot *line; /* the one at hand */
    uint32_t first;             /* its first point's number */
    struct node *nodes;
    uint64_t *items; /* the heap, from 1 on */
    uint32_t count;  /* of it */
};

static struct pm_spot least(struct pm_spot a, struct pm_spot b)
{
    return (struct pm_spot){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y};
}

static struct pm_spot most(struct pm_spot a, struct pm_spot b)
{
    return (struct pm_spot){a.x > b.x ? a.x : b.x, a.y > b.y ? a.y : b.y};
}

/* ---- is a triangle empty? ----------------------------------------------------------------- */

struct triangle {
    struct pm_spot a, b, c;
    uint32_t from, to; /* the points it passes over */
    struct pm_spot low, high;
};

static int64_t cross(struct pm_spot a, struct pm_spot b, struct pm_spot c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - a.y) -
           ((int64_t)c.x - a.x) * ((int64_t)b.y - a.y);
}

static bool same(struct pm_spot a, struct pm_spot b)
{
    return a.x == b.x && a.y == b.y;
}

/* Sides are inside; a triangle without area is the segment it lies on. */
static bool in_triangle(const struct triangle *t, struct pm_spot p)
{
    int64_t u = cross(t->a, t->b, p), v = cross(t->b, t->c, p), w = cross(t->c, t->a, p);
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
}

/* Does a point lie in the triangle, between two places of a row? */
static bool row_blocks(const struct simplifier *s, const struct triangle *t, int64_t row,
                       int32_t left, int32_t right)
{
    const struct pm_spot_entry *e = s->spots.entries + pm_spots_from(&s->spots, row, left);
    const struct pm_spot_entry *end = s->spots.entries + s->spots.rows[row + 1];
    for (; e < end && e->at.x <= right; e++)
        if (e->at.y >= t->low.y && e->at.y <= t->high.y &&
            (e->index < t->from || e->index > t->to) && !same(e->at, t->a) && !same(e->at, t->c) &&
            in_triangle(t, e->at))
            return true;
    return false;
}

/* A long narrow triangle has little of each row. */
static void reach(const struct simplifier *s, const struct triangle *t, int64_t row, int32_t *left,
                  int32_t *right)
{
    *left = t->high.x;
    *right = t->low.x;
    pm_spots_reach(&s->spots, row, t->a, t->b, left, right);
    pm_spots_reach(&s->spots, row, t->b, t->c, left, right);
    pm_spots_reach(&s->spots, row, t->c, t->a, left, right);
}

static bool is_between(struct pm_spot a, struct pm_spot b, struct pm_spot c)
{
    return cross(a, b, c) == 0 && (b.x >= a.x) == (b.x <= c.x) && (b.y >= a.y) == (b.y <= c.y);
}

static bool is_free(const struct simplifier *s, uint32_t i)
{
    const struct pm_spot *p = s->line;
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
    int64_t row = 0, last = 0;
    bool wide = t.high.x - t.low.x > 2 << s->spots.shift;
    for (pm_spots_rows(&s->spots, t.low.y, t.high.y, &row, &last); row <= last; row++) {
        int32_t left = t.low.x, right = t.high.x;
        if (wide)
            reach(s, &t, row, &left, &right);
        if (row_blocks(s, &t, row, left, right))
            return false;
    }
    return true;
}

/* ---- heap -------------------------------------------------------------------------------- */

static uint64_t item_of(int64_t area, uint32_t node)
{
    return (uint64_t)area << 32 | node;
}

static uint32_t node_of(uint64_t item)
{
    return (uint32_t)item;
}

static int64_t area_of(uint64_t item)
{
    return (int64_t)(item >> 32);
}

static void put(struct simplifier *s, uint32_t at, uint64_t item)
{
    s->items[at] = item;
    s->nodes[node_of(item)].heap = at;
}

static void rise(struct simplifier *s, uint32_t at, uint64_t item)
{
    for (; at > 1 && item < s->items[at / 2]; at /= 2)
        put(s, at, s->items[at / 2]);
    put(s, at, item);
}

static void sink(struct simplifier *s, uint32_t at, uint64_t item)
{
    for (uint32_t child = 2 * at; child <= s->count; child = 2 * at) {
        child += child < s->count && s->items[child + 1] < s->items[child];
        if (item < s->items[child])
            break;
        put(s, at, s->items[child]);
        at = child;
    }
    put(s, at, item);
}

/* In the place of the one that is there. */
static void settle(struct simplifier *s, uint32_t at, uint64_t item)
{
    if (at > 1 && item < s->items[at / 2])
        rise(s, at, item);
    else
        sink(s, at, item);
}

static void take_out(struct simplifier *s, uint32_t node)
{
    uint32_t at = s->nodes[node].heap;
    uint64_t last = s->items[s->count--];
    s->nodes[node].heap = 0;
    if (node_of(last) != node)
        settle(s, at, last);
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
    uint64_t item = item_of(area > floor ? area : floor, i);
    if (node->heap)
        settle(s, node->heap, item);
    else
        rise(s, ++s->count, item);
}

static void begin(struct simplifier *s, const struct pm_spot_line *line)
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
static void thin_out(struct simplifier *s, const struct pm_spot_line *line, bool *gone)
{
    uint32_t left = line->count;
    begin(s, line);
    while (s->count && left > line->least) {
        uint64_t item = s->items[1];
        uint32_t i = node_of(item), before = s->nodes[i].before, after = s->nodes[i].after;
        take_out(s, i);
        if (!is_free(s, i))
            continue;
        gone[s->first + i] = true;
        left--;
        s->nodes[before].after = after;
        s->nodes[after].before = before;
        if (before > 0)
            measure(s, before, area_of(item));
        if (after + 1 < line->count)
            measure(s, after, area_of(item));
    }
}

/* ---- twins -------------------------------------------------------------------------------- */

struct twin {
    struct pm_spot low, high; /* ends */
    uint32_t line;
};

static int compare_places(struct pm_spot a, struct pm_spot b)
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
static struct twins straight_lines(const struct simplifier *s, const struct pm_spot_line *lines,
                                   size_t count, const bool *gone)
{
    struct twins twins = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t first = lines[i].first, last = first + lines[i].count - 1, k = first + 1;
        while (k < last && gone[k])
            k++;
        if (lines[i].count < 2 || k < last)
            continue;
        struct pm_spot a = s->points[first], b = s->points[last];
        bool rises = compare_places(a, b) < 0;
        pm_vec_push(&twins, (struct twin){rises ? a : b, rises ? b : a, (uint32_t)i});
    }
    if (twins.n)
        qsort(twins.v, twins.n, sizeof *twins.v, compare_twins);
    return twins;
}

/* Lines between the same two places must not all become straight, or what lies between them is lost:
 * they keep one more point. */
static void part_twins(struct simplifier *s, struct pm_spot_line *lines, size_t count, bool *gone)
{
    struct twins twins = straight_lines(s, lines, count, gone);
    for (size_t i = 0; i < twins.n; i++) {
        bool alone = (i == 0 || compare_twins(&twins.v[i - 1], &twins.v[i]) != 0) &&
                     (i + 1 == twins.n || compare_twins(&twins.v[i + 1], &twins.v[i]) != 0);
        struct pm_spot_line *line = &lines[twins.v[i].line];
        if (alone || line->count < 3)
            continue;
        memset(gone + line->first, 0, line->count * sizeof *gone);
        line->least = 3;
        thin_out(s, line, gone);
    }
    pm_vec_finish(&twins);
}

/* ---- all ---------------------------------------------------------------------------------- */

static void move_up(struct pm_spot *points, struct pm_spot_line *line, const bool *gone)
{
    uint32_t kept = line->first;
    for (uint32_t i = line->first; i < line->first + line->count; i++)
        if (!gone[i])
            points[kept++] = points[i];
    line->count = kept - line->first;
}

static uint32_t longest(const struct pm_spot_line *lines, size_t count)
{
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = lines[i].count > most ? lines[i].count : most;
    return most;
}

void pm_simplify(struct pm_spot *points, size_t point_count, struct pm_spot_line *lines,
                 size_t line_count, int64_t twice_area)
{
    struct simplifier s = {.points = points,
                           .limit = twice_area < UINT32_MAX ? twice_area : UINT32_MAX};
    uint32_t most = longest(lines, line_count);
    if (twice_area <= 0 || most < 3)
        return;
    bool *gone = pm_xrealloc(NULL, point_count, sizeof *gone);
    memset(gone, 0, point_count * sizeof *gone);
    s.nodes = pm_xrealloc(NULL, most, sizeof *s.nodes);
    s.items = pm_xrealloc(NULL, (size_t)most + 1, sizeof *s.items);
    pm_spots_make(&s.spots, points, point_count, ROW_SHIFT);
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].count > lines[i].least)
            thin_out(&s, &lines[i], gone);
    part_twins(&s, lines, line_count, gone);
    for (size_t i = 0; i < line_count; i++)
        move_up(points, &lines[i], gone);
    pm_spots_finish(&s.spots);
    free(s.nodes);
    free(s.items);
    free(gone);
}
