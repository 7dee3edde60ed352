/* Questions to a polygon on the page. All treat rings even-odd, so that holes need no mark. */
#include <math.h>

#include "base/vec.h"
#include "geo/shape.h"
#include "base/banned.h"

bool pm_rings_hold(const struct pm_page_rings *rings, struct pm_pt p)
{
    bool inside = false;
    if (p.x < rings->box.x0 || p.x > rings->box.x1 || p.y < rings->box.y0 || p.y > rings->box.y1)
        return false;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
                p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) +
                          ring[i].x)
                inside = !inside;
    }
    return inside;
}

static double segment_distance2(struct pm_pt p, struct pm_pt a, struct pm_pt b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fmax(0, fmin(1, t));
    double ex = a.x + t * dx - p.x, ey = a.y + t * dy - p.y;
    return ex * ex + ey * ey;
}

double pm_rings_distance(const struct pm_page_rings *rings, struct pm_pt p)
{
    double least = HUGE_VAL;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            least = fmin(least, segment_distance2(p, ring[j], ring[i]));
    }
    return pm_rings_hold(rings, p) ? sqrt(least) : -sqrt(least);
}

/* ---- pole of inaccessibility: V. Agafonkin, polylabel (2016) --------------------------------- */

#define MOST_CELLS 64 /* along the longer side, to begin with */

struct cell {
    struct pm_pt at;
    double half, distance, most; /* `most`: what a point in the cell can reach */
};

struct search {
    const struct pm_page_rings *rings; /* squeezed */
    PM_VEC(struct cell) queue;         /* binary heap, the most promising first */
    struct cell best;
};

static struct cell cell_at(const struct search *s, double x, double y, double half)
{
    struct pm_pt at = {x, y};
    double d = pm_rings_distance(s->rings, at);
    return (struct cell){at, half, d, d + half * 1.4142135623730951};
}

static bool before(const struct cell *a, const struct cell *b)
{
    if (a->most != b->most)
        return a->most > b->most;
    return a->at.y != b->at.y ? a->at.y < b->at.y : a->at.x < b->at.x;
}

static void push(struct search *s, struct cell cell)
{
    if (cell.distance > s->best.distance)
        s->best = cell;
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

static void run_search(struct search *s, struct pm_box box, double precision)
{
    double w = pm_box_w(box), h = pm_box_h(box);
    double side = fmax(fmin(w, h), fmax(w, h) / MOST_CELLS); /* a hair would take millions */
    if (w <= 0 || h <= 0)
        return;
    for (double x = box.x0; x < box.x1; x += side)
        for (double y = box.y0; y < box.y1; y += side)
            push(s, cell_at(s, x + side / 2, y + side / 2, side / 2));
    while (s->queue.n) {
        struct cell c = pop(s);
        if (c.most - s->best.distance <= precision)
            continue;
        double q = c.half / 2;
        for (int i = 0; i < 4; i++)
            push(s, cell_at(s, c.at.x + (i & 1 ? q : -q), c.at.y + (i & 2 ? q : -q), q));
    }
}

struct pm_pt pm_rings_pole(const struct pm_page_rings *rings, double aspect, double precision,
                           double *distance)
{
    size_t count = 0;
    for (size_t r = 0; r < rings->ring_count; r++)
        count = rings->rings[r].first + rings->rings[r].count > count
                    ? rings->rings[r].first + rings->rings[r].count
                    : count;
    struct pm_pt *squeezed = pm_xrealloc(NULL, count, sizeof *squeezed);
    for (size_t i = 0; i < count; i++)
        squeezed[i] = (struct pm_pt){rings->points[i].x / aspect, rings->points[i].y};
    struct pm_page_rings space = *rings;
    space.points = squeezed;
    space.box.x0 /= aspect;
    space.box.x1 /= aspect;
    struct search s = {.rings = &space};
    s.best = cell_at(&s, (space.box.x0 + space.box.x1) / 2, (space.box.y0 + space.box.y1) / 2, 0);
    run_search(&s, space.box, precision);
    pm_vec_finish(&s.queue);
    free(squeezed);
    *distance = s.best.distance;
    return (struct pm_pt){s.best.at.x * aspect, s.best.at.y};
}

/* ---- cover -------------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void pm_rings_cross(const struct pm_page_rings *rings, double y, struct pm_crossings *xs)
{
    xs->n = 0;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            if ((ring[i].y > y) != (ring[j].y > y))
                pm_vec_push(xs, ring[j].x + (y - ring[j].y) * (ring[i].x - ring[j].x) /
                                                (ring[i].y - ring[j].y));
    }
    if (xs->n)
        qsort(xs->v, xs->n, sizeof *xs->v, compare);
}

double pm_rings_cover(const struct pm_page_rings *rings, struct pm_box box, int rows)
{
    if (!pm_box_meets(rings->box, box))
        return 0;
    struct pm_crossings xs = {0};
    double covered = 0;
    for (int i = 0; i < rows; i++) {
        pm_rings_cross(rings, box.y0 + pm_box_h(box) * (i + 0.5) / rows, &xs);
        for (size_t k = 0; k + 1 < xs.n; k += 2)
            covered += fmax(0, fmin(xs.v[k + 1], box.x1) - fmax(xs.v[k], box.x0));
    }
    pm_vec_finish(&xs);
    return covered / (pm_box_w(box) * rows);
}
