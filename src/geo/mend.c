#include "geo/mend.h"

#include <math.h>

#include "base/vec.h"
#include "geo/spots.h"
#include "base/banned.h"

#define MORE 4.0 /* height of rows by that of segments */

/* A vertex that a segment gets, and how far along from its lesser end. */
struct insert {
    struct pm_grid low, high, at;
    double along;
};

struct mender {
    const struct pm_topology *topology;
    int32_t tolerance;
    PM_VEC(struct pm_spot) places; /* vertices of outer arcs */
    PM_VEC(uint32_t) faces;        /* by place */
    double rise;                   /* of all segments */
    struct pm_spots spots;
    PM_VEC(struct insert) inserts; /* sorted by segment, then along it */
};

static int compare_places(struct pm_grid a, struct pm_grid b)
{
    int x = (a.x > b.x) - (a.x < b.x);
    return x ? x : (a.y > b.y) - (a.y < b.y);
}

static int compare_segments(const struct insert *a, struct pm_grid low, struct pm_grid high)
{
    int first = compare_places(a->low, low);
    return first ? first : compare_places(a->high, high);
}

static int compare_inserts(const void *left, const void *right)
{
    const struct insert *a = left, *b = right;
    int order = compare_segments(a, b->low, b->high);
    if (order == 0)
        order = (a->along > b->along) - (a->along < b->along);
    return order ? order : compare_places(a->at, b->at);
}

/* ---- finding ------------------------------------------------------------------------------ */

static bool is_outer(const struct pm_arc *arc)
{
    return arc->faces[1] == PM_NO_FACE && arc->mark != PM_MARK_SEAM;
}

static void collect(struct mender *m)
{
    const struct pm_topology *t = m->topology;
    for (size_t i = 0; i < t->arc_count; i++) {
        const struct pm_grid *p = t->points + t->arcs[i].points.first;
        for (size_t k = 0; is_outer(&t->arcs[i]) && k < t->arcs[i].points.count; k++) {
            pm_vec_push(&m->places, (struct pm_spot){p[k].x, p[k].y});
            pm_vec_push(&m->faces, t->arcs[i].faces[0]);
            m->rise += k ? fabs((double)p[k].y - p[k - 1].y) : 0;
        }
    }
}

/* Is the place on the middle of the segment? */
static bool is_on(const struct mender *m, struct pm_grid a, struct pm_grid b, struct pm_grid p,
                  double *along)
{
    double dx = (double)b.x - a.x, dy = (double)b.y - a.y, length = hypot(dx, dy);
    double px = (double)p.x - a.x, py = (double)p.y - a.y;
    *along = (px * dx + py * dy) / length;
    return fabs(px * dy - py * dx) <= m->tolerance * length && *along > m->tolerance &&
           *along < length - m->tolerance;
}

/* Where the row meets the segment, within the tolerance. */
static void reach(const struct mender *m, int64_t row, struct pm_grid a, struct pm_grid b,
                  int32_t *left, int32_t *right)
{
    const struct pm_spot from = {a.x, a.y}, to = {b.x, b.y};
    *left = a.x;
    *right = b.x;
    if ((int64_t)b.x - a.x > (int64_t)1 << m->spots.shift) {
        *left = INT32_MAX;
        *right = INT32_MIN;
        for (int64_t near = row - 1; near <= row + 1;
             near++) /* rows are as high as the tolerance */
            pm_spots_reach(&m->spots, near, from, to, left, right);
    }
    *left -= m->tolerance;
    *right += m->tolerance;
}

static void search_row(struct mender *m, int64_t row, uint32_t face, struct pm_grid a,
                       struct pm_grid b)
{
    int32_t left = 0, right = 0;
    double along = 0;
    reach(m, row, a, b, &left, &right);
    const struct pm_spot_entry *e = m->spots.entries + pm_spots_from(&m->spots, row, left);
    const struct pm_spot_entry *end = m->spots.entries + m->spots.rows[row + 1];
    for (; e < end && e->at.x <= right; e++) {
        struct pm_grid p = {e->at.x, e->at.y};
        if (m->faces.v[e->index] != face && is_on(m, a, b, p, &along))
            pm_vec_push(&m->inserts, (struct insert){a, b, p, along});
    }
}

static void search(struct mender *m, uint32_t face, struct pm_grid a, struct pm_grid b)
{
    int64_t row = 0, last = 0;
    int64_t low = a.y < b.y ? a.y : b.y, high = a.y < b.y ? b.y : a.y;
    bool rises = compare_places(a, b) < 0;
    if (llabs((int64_t)b.x - a.x) <= 2 * m->tolerance && high - low <= 2 * m->tolerance)
        return; /* it has no middle */
    pm_spots_rows(&m->spots, low - m->tolerance, high + m->tolerance, &row, &last);
    for (; row <= last; row++)
        search_row(m, row, face, rises ? a : b, rises ? b : a);
}

static void search_all(struct mender *m)
{
    const struct pm_topology *t = m->topology;
    for (size_t i = 0; i < t->arc_count; i++) {
        const struct pm_grid *p = t->points + t->arcs[i].points.first;
        for (size_t k = 1; is_outer(&t->arcs[i]) && k < t->arcs[i].points.count; k++)
            search(m, t->arcs[i].faces[0], p[k - 1], p[k]);
    }
    if (m->inserts.n)
        qsort(m->inserts.v, m->inserts.n, sizeof *m->inserts.v, compare_inserts);
}

/* ---- putting in --------------------------------------------------------------------------- */

/* The first that this segment gets, or where it would be. */
static size_t first_insert(const struct mender *m, struct pm_grid low, struct pm_grid high)
{
    size_t from = 0, count = m->inserts.n;
    while (count > 0) {
        size_t half = count / 2;
        bool before = compare_segments(&m->inserts.v[from + half], low, high) < 0;
        from = before ? from + half + 1 : from;
        count = before ? count - half - 1 : half;
    }
    return from;
}

struct grid_points {
    struct pm_grid *v;
    size_t n, cap;
};

/* What comes between a and b. A place may be there several times: the topology drops repeats. */
static void add_inserts(const struct mender *m, struct pm_grid a, struct pm_grid b,
                        struct grid_points *out)
{
    bool rises = compare_places(a, b) < 0;
    struct pm_grid low = rises ? a : b, high = rises ? b : a;
    size_t first = first_insert(m, low, high), end = first;
    while (end < m->inserts.n && compare_segments(&m->inserts.v[end], low, high) == 0)
        end++;
    for (size_t i = first; i < end; i++)
        pm_vec_push(out, m->inserts.v[rises ? i : end - 1 - (i - first)].at);
}

static void put_in(const struct mender *m, bool rings, struct pm_arena *arena,
                   struct pm_layer *layer)
{
    struct grid_points points = {0};
    struct pm_range *parts = PM_NEW_N(arena, struct pm_range, layer->part_count);
    for (size_t i = 0; i < layer->part_count; i++) {
        const struct pm_grid *p = layer->points + layer->parts[i].first;
        size_t count = layer->parts[i].count;
        parts[i].first = points.n;
        for (size_t k = 0; k < count; k++) {
            pm_vec_push(&points, p[k]);
            if (rings || k + 1 < count)
                add_inserts(m, p[k], p[k + 1 < count ? k + 1 : 0], &points);
        }
        parts[i].count = points.n - parts[i].first;
    }
    layer->parts = parts;
    layer->point_count = points.n;
    pm_vec_into(&points, arena, &layer->points);
}

/* Rows higher than most segments, so that these meet one or two. */
static int row_shift(const struct mender *m)
{
    double height = fmax(m->tolerance, MORE * m->rise / (double)m->places.n);
    int shift = 0;
    while (shift < 30 && (double)((int64_t)1 << shift) < height)
        shift++;
    return shift;
}

size_t pm_mend(const struct pm_topology *topology, int32_t tolerance, struct pm_arena *arena,
               struct pm_layer *areas, struct pm_layer *context, struct pm_layer *marks)
{
    struct mender m = {.topology = topology, .tolerance = tolerance};
    collect(&m);
    if (m.places.n) {
        pm_spots_make(&m.spots, m.places.v, m.places.n, row_shift(&m));
        search_all(&m);
        pm_spots_finish(&m.spots);
    }
    size_t found = m.inserts.n;
    if (found) {
        put_in(&m, true, arena, areas);
        put_in(&m, true, arena, context);
        put_in(&m, false, arena, marks);
    }
    pm_vec_finish(&m.places);
    pm_vec_finish(&m.faces);
    pm_vec_finish(&m.inserts);
    return found;
}
