/* Simplification by effective area: M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated
 * elimination of points", The Cartographic Journal 30 (1993).
 *
 * A binary heap holds the triangle of each inner point; the least goes first, and its neighbours'
 * triangles are measured again, but never below the one just removed, so that areas only grow. */
#include "geo/simplify.h"

#include <math.h>

#include "base/vec.h"
#include "base/banned.h"

struct node {
    double area;
    size_t before, after;
    size_t heap; /* position in the heap; 0 when out of it (the heap counts from 1) */
};

struct heap {
    struct node *nodes;
    size_t *items; /* from 1 on */
    size_t count;
};

static bool less(const struct heap *h, size_t a, size_t b)
{
    double x = h->nodes[a].area, y = h->nodes[b].area;
    return x < y || (x == y && a < b);
}

static void put(struct heap *h, size_t at, size_t node)
{
    h->items[at] = node;
    h->nodes[node].heap = at;
}

static void rise(struct heap *h, size_t at)
{
    size_t node = h->items[at];
    while (at > 1 && less(h, node, h->items[at / 2])) {
        put(h, at, h->items[at / 2]);
        at /= 2;
    }
    put(h, at, node);
}

static void sink(struct heap *h, size_t at)
{
    size_t node = h->items[at];
    for (size_t child = 2 * at; child <= h->count; child = 2 * at) {
        if (child < h->count && less(h, h->items[child + 1], h->items[child]))
            child++;
        if (!less(h, h->items[child], node))
            break;
        put(h, at, h->items[child]);
        at = child;
    }
    put(h, at, node);
}

static size_t pop(struct heap *h)
{
    size_t least = h->items[1], last = h->items[h->count--];
    h->nodes[least].heap = 0;
    if (h->count) {
        put(h, 1, last);
        sink(h, 1);
    }
    return least;
}

static double triangle(const struct pm_pt *p, const struct node *n, size_t i)
{
    struct pm_pt a = p[n[i].before], b = p[i], c = p[n[i].after];
    return fabs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

static void measure(struct heap *h, const struct pm_pt *points, size_t i, double floor)
{
    if (!h->nodes[i].heap)
        return;
    h->nodes[i].area = fmax(triangle(points, h->nodes, i), floor);
    rise(h, h->nodes[i].heap);
    sink(h, h->nodes[i].heap);
}

static void fill(struct heap *h, const struct pm_pt *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        h->nodes[i] = (struct node){.before = i - 1, .after = i + 1};
    for (size_t i = 1; i + 1 < count; i++) {
        h->nodes[i].area = triangle(points, h->nodes, i);
        h->items[++h->count] = i;
        rise(h, h->count);
    }
}

size_t pm_simplify(struct pm_pt *points, size_t count, double area, size_t least)
{
    if (count <= least || count < 3 || area <= 0)
        return count;
    struct heap h = {pm_xrealloc(NULL, count, sizeof(struct node)),
                     pm_xrealloc(NULL, count + 1, sizeof(size_t)), 0};
    fill(&h, points, count);
    size_t left = count;
    while (h.count && left > least && h.nodes[h.items[1]].area < area) {
        size_t i = pop(&h), before = h.nodes[i].before, after = h.nodes[i].after;
        h.nodes[before].after = after;
        h.nodes[after].before = before;
        measure(&h, points, before, h.nodes[i].area);
        measure(&h, points, after, h.nodes[i].area);
        left--;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i = h.nodes[i].after)
        points[kept++] = points[i];
    free(h.nodes);
    free(h.items);
    return kept;
}
