/* Pole of inaccessibility: the point inside a polygon that is farthest from its border. V. Agafonkin,
 * polylabel (2016): square cells, the most promising first, each split in four until none can hold a
 * point that is better by more than the precision. Three things make it fast where a polygon has
 * thousands of points or parts:
 *
 * - the circle around the pole lies in one ring and crosses no other, so rings are searched one by one,
 *   those with room for the largest circle first, until none has room for a larger one;
 * - each cell keeps the segments that may be nearest to a point in it, and hands only those down;
 * - a cell that no border crosses lies on the same side as its parent's centre. */
#include <math.h>

#include "base/vec.h"
#include "geo/shape.h"
#include "base/banned.h"

#define MOST_CELLS 64 /* along the longer side, to begin with */
#define HALF_DIAGONAL 1.4142135623730951
#define PI 3.14159265358979323846

struct segment {
    struct pm_pt from, to;
    double dx, dy, inverse; /* of its length squared; 0 for a point */
};

struct cell {
    struct pm_pt at;
    double half, distance, most; /* `most`: what a point in the cell can reach */
    struct pm_range near;        /* segments that may be nearest to a point in it */
};

struct ring {
    struct pm_box box;
    double room; /* radius that no circle inside exceeds */
    struct pm_range points;
};

struct search {
    const struct pm_page_rings *shape;
    double aspect, precision;
    struct ring *rings;
    PM_VEC(struct segment) segments; /* of the ring in hand and of all that come near it */
    PM_VEC(uint32_t) near;
    PM_VEC(double) distances;  /* scratch: by segment of the parent, squared */
    PM_VEC(struct cell) queue; /* binary heap, the most promising first */
    struct pm_pt best;
    double distance;
};

/* ---- queue ----------------------------------------------------------------------------------- */

static bool before(const struct cell *a, const struct cell *b)
{
    if (a->most != b->most)
        return a->most > b->most;
    return a->at.y != b->at.y ? a->at.y < b->at.y : a->at.x < b->at.x;
}

static void push(struct search *s, struct cell cell)
{
    pm_vec_push(&s->queue, cell);
    for (size_t i = s->queue.n - 1; i > 0; i = (i - 1) / 2) {
        struct cell *up = &s->queue.v[(i - 1) / 2], *here = &s->queue.v[i];
        if (!before(here, up))
            break;
        struct cell swap = *up;
        *up = *here;
        *here = swap;
    }
}

static struct cell pop(struct search *s)
{
    struct cell top = s->queue.v[0], last = s->queue.v[--s->queue.n];
    size_t i = 0;
    for (size_t child = 1; child < s->queue.n; child = 2 * i + 1) {
        if (child + 1 < s->queue.n && before(&s->queue.v[child + 1], &s->queue.v[child]))
            child++;
        if (!before(&s->queue.v[child], &last))
            break;
        s->queue.v[i] = s->queue.v[child];
        i = child;
    }
    if (s->queue.n)
        s->queue.v[i] = last;
    return top;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static double distance2(struct pm_pt p, const struct segment *s)
{
    double x = p.x - s->from.x, y = p.y - s->from.y;
    double t = (x * s->dx + y * s->dy) * s->inverse;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    x -= t * s->dx;
    y -= t * s->dy;
    return x * x + y * y;
}

static bool is_inside(const struct search *s, struct pm_pt p)
{
    bool inside = false;
    for (size_t i = 0; i < s->segments.n; i++) {
        const struct segment *g = &s->segments.v[i];
        if ((g->from.y > p.y) != (g->to.y > p.y))
            inside ^= p.x < g->from.x + (p.y - g->from.y) * g->dx / g->dy;
    }
    return inside;
}

/* Squared distances to a parent's segments; returns the least. */
static double measure(struct search *s, struct pm_range near, struct pm_pt p)
{
    double least = HUGE_VAL;
    pm_vec_reserve(&s->distances, near.count);
    for (size_t i = 0; i < near.count; i++) {
        double d = distance2(p, &s->segments.v[s->near.v[near.first + i]]);
        s->distances.v[i] = d;
        least = d < least ? d : least;
    }
    return sqrt(least);
}

/* Segments farther from the centre than this are farther than the nearest from all of the cell. */
static struct pm_range narrow(struct search *s, struct pm_range near, double reach)
{
    struct pm_range kept = {s->near.n, 0};
    pm_vec_reserve(&s->near, s->near.n + near.count);
    for (size_t i = 0; i < near.count; i++)
        if (s->distances.v[i] <= reach * reach)
            s->near.v[kept.first + kept.count++] = s->near.v[near.first + i];
    s->near.n += kept.count;
    return kept;
}

/* Looks at a cell; keeps it if it may hold a better point. */
static void try_cell(struct search *s, const struct cell *parent, struct pm_pt at, double half)
{
    double radius = half * HALF_DIAGONAL, distance = measure(s, parent->near, at);
    if (distance + radius <= s->distance + s->precision)
        return;
    bool uncrossed = fabs(parent->distance) > parent->half * HALF_DIAGONAL;
    bool inside = uncrossed ? parent->distance > 0 : is_inside(s, at);
    struct cell cell = {at, half, inside ? distance : -distance, 0, {0}};
    cell.most = cell.distance + radius;
    if (cell.distance > s->distance) {
        s->distance = cell.distance;
        s->best = at;
    }
    if (cell.most <= s->distance + s->precision)
        return;
    cell.near = narrow(s, parent->near, distance + 2 * radius);
    push(s, cell);
}

/* ---- rings ----------------------------------------------------------------------------------- */

static struct pm_pt squeezed(const struct search *s, struct pm_pt p)
{
    return (struct pm_pt){p.x / s->aspect, p.y};
}

static void add_segments(struct search *s, struct pm_range points)
{
    const struct pm_pt *ring = s->shape->points + points.first;
    for (size_t i = 0, j = points.count - 1; i < points.count; j = i++) {
        struct segment g = {squeezed(s, ring[j]), squeezed(s, ring[i]), 0, 0, 0};
        g.dx = g.to.x - g.from.x;
        g.dy = g.to.y - g.from.y;
        double length2 = g.dx * g.dx + g.dy * g.dy;
        g.inverse = length2 > 0 ? 1 / length2 : 0;
        pm_vec_push(&s->near, (uint32_t)s->segments.n);
        pm_vec_push(&s->segments, g);
    }
}

static void search_box(struct search *s, struct pm_box box)
{
    double w = pm_box_w(box), h = pm_box_h(box);
    double side = fmax(fmin(w, h), fmax(w, h) / MOST_CELLS); /* a hair would take millions */
    const struct cell all = {.near = {0, s->segments.n}};
    try_cell(s, &all, (struct pm_pt){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2}, 0);
    for (double x = box.x0; x < box.x1; x += side)
        for (double y = box.y0; y < box.y1; y += side)
            try_cell(s, &all, (struct pm_pt){x + side / 2, y + side / 2}, side / 2);
    while (s->queue.n) {
        struct cell c = pop(s);
        if (c.most <= s->distance + s->precision)
            continue;
        double q = c.half / 2;
        for (int i = 0; i < 4; i++)
            try_cell(s, &c, (struct pm_pt){c.at.x + (i & 1 ? q : -q), c.at.y + (i & 2 ? q : -q)},
                     q);
    }
}

static bool touch(struct pm_box a, struct pm_box b)
{
    return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}

/* The ring alone first: what else lies in it only takes room from it. */
static void search_ring(struct search *s, size_t index)
{
    const struct ring *ring = &s->rings[index];
    s->segments.n = s->near.n = 0;
    add_segments(s, ring->points);
    struct pm_pt best = s->best;
    double distance = s->distance;
    search_box(s, ring->box);
    if (!(s->distance > distance) || s->shape->ring_count == 1)
        return;
    s->best = best;
    s->distance = distance;
    s->near.n = s->segments.n;
    for (size_t i = 0; i < s->near.n; i++)
        s->near.v[i] = (uint32_t)i;
    for (size_t i = 0; i < s->shape->ring_count; i++)
        if (i != index && touch(s->rings[i].box, ring->box))
            add_segments(s, s->rings[i].points);
    search_box(s, ring->box);
}

static struct ring make_ring(const struct search *s, struct pm_range points)
{
    struct ring ring = {.points = points};
    const struct pm_pt *p = s->shape->points + points.first;
    for (size_t i = 0; i < points.count; i++)
        pm_box_add(&ring.box, squeezed(s, p[i]), i == 0);
    double area = points.count ? fabs(pm_ring_area(p, points.count)) / s->aspect : 0;
    ring.room = fmin(sqrt(area / PI), fmin(pm_box_w(ring.box), pm_box_h(ring.box)) / 2);
    return ring;
}

static int compare_rings(const void *a, const void *b)
{
    const struct ring *x = a, *y = b;
    if (x->room != y->room)
        return x->room > y->room ? -1 : 1;
    if (x->box.y0 != y->box.y0)
        return x->box.y0 < y->box.y0 ? -1 : 1;
    if (x->box.x0 != y->box.x0)
        return x->box.x0 < y->box.x0 ? -1 : 1;
    return (x->points.first > y->points.first) - (x->points.first < y->points.first);
}

struct pm_pt pm_rings_pole(const struct pm_page_rings *rings, double aspect, double precision,
                           double *distance)
{
    struct search s = {.shape = rings, .aspect = aspect, .precision = precision};
    s.distance = -HUGE_VAL;
    s.best = (struct pm_pt){(rings->box.x0 + rings->box.x1) / 2 / aspect,
                            (rings->box.y0 + rings->box.y1) / 2};
    s.rings = pm_xrealloc(NULL, rings->ring_count, sizeof *s.rings);
    for (size_t i = 0; i < rings->ring_count; i++)
        s.rings[i] = make_ring(&s, rings->rings[i]);
    if (rings->ring_count)
        qsort(s.rings, rings->ring_count, sizeof *s.rings, compare_rings);
    for (size_t i = 0; i < rings->ring_count && s.rings[i].room > s.distance + precision; i++)
        search_ring(&s, i);
    pm_vec_finish(&s.segments);
    pm_vec_finish(&s.near);
    pm_vec_finish(&s.distances);
    pm_vec_finish(&s.queue);
    free(s.rings);
    *distance = s.distance;
    return (struct pm_pt){s.best.x * aspect, s.best.y};
}
