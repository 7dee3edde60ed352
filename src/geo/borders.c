/* Whatever is asked of a place is held against all segments of its row of latitude: a segment of
 * another area that passes near a vertex is a near miss; an odd number of an area's segments to the
 * west of a place means that it lies in that area (even-odd rule, as the filling has it), and two
 * such areas overlap. */
#include "geo/borders.h"

#include <math.h>

#include "base/vec.h"
#include "base/banned.h"

enum { MOST_ROWS = 65536, SEGMENTS_A_ROW = 8, SAMPLES_AN_ARC = 4, ITEMS_A_SEGMENT = 6 };

#define MOST_STEPS 3e8 /* looks at a segment */

struct segment {
    struct pm_grid a, b;
    const uint32_t *faces; /* two */
};

struct rows {
    PM_VEC(struct segment) segments;
    size_t *first;  /* by row: of `items`; one more than rows */
    size_t *items;  /* numbers of segments */
    size_t count;   /* of rows */
    int64_t bottom; /* grid units */
    double height;  /* of a row, grid units */
    double near;    /* grid units */
};

struct search {
    const struct pm_topology *topology;
    const struct pm_borders_options *options;
    struct rows rows;
    double beside;      /* grid units */
    unsigned char *odd; /* by face: an odd number of segments lies to the west */
    struct pm_borders *out;
};

/* ---- rows --------------------------------------------------------------------------- */

static size_t row_of(const struct rows *r, double y)
{
    double row = floor((y - (double)r->bottom) / r->height);
    return row < 0 ? 0 : row >= (double)r->count ? r->count - 1 : (size_t)row;
}

/* The rows that a segment passes, and those so near that it counts there. */
static void rows_of(const struct rows *r, const struct segment *s, size_t *from, size_t *to)
{
    double low = s->a.y < s->b.y ? s->a.y : s->b.y, high = s->a.y < s->b.y ? s->b.y : s->a.y;
    *from = row_of(r, low - r->near);
    *to = row_of(r, high + r->near);
}

/* Arcs that only neighbours use are none of ours. */
static bool is_of_areas(const struct pm_topology *t, const struct pm_arc *arc)
{
    return arc->faces[0] < t->context_first;
}

static void collect_segments(const struct pm_topology *t, struct rows *r)
{
    for (size_t i = 0; i < t->arc_count; i++) {
        const struct pm_arc *arc = &t->arcs[i];
        if (!is_of_areas(t, arc))
            continue;
        const struct pm_grid *p = &t->points[arc->points.first];
        for (size_t k = 1; k < arc->points.count; k++)
            pm_vec_push(&r->segments, (struct segment){p[k - 1], p[k], arc->faces});
    }
}

static void measure_rows(struct rows *r)
{
    int32_t low = INT32_MAX, high = INT32_MIN;
    double sum = 0;
    for (size_t i = 0; i < r->segments.n; i++) {
        const struct segment *s = &r->segments.v[i];
        low = s->a.y < low ? s->a.y : low;
        high = s->a.y > high ? s->a.y : high;
        sum += fabs((double)s->a.y - s->b.y) + 2 * r->near;
    }
    /* no more rows than leave each segment in a few of them */
    double span = fmax(1, (double)high - low), mean = sum / (double)r->segments.n;
    double rows = fmin((double)r->segments.n / SEGMENTS_A_ROW, span / mean * ITEMS_A_SEGMENT);
    r->bottom = low;
    r->count = (size_t)fmax(1, fmin(MOST_ROWS, rows));
    r->height = fmax(1, span / (double)r->count);
}

static void fill_rows(struct rows *r, struct pm_arena *arena)
{
    size_t from = 0, to = 0;
    r->first = PM_NEW_N(arena, size_t, r->count + 2);
    for (size_t i = 0; i < r->segments.n; i++)
        for (rows_of(r, &r->segments.v[i], &from, &to); from <= to; from++)
            r->first[from + 2]++;
    for (size_t i = 2; i < r->count + 2; i++)
        r->first[i] += r->first[i - 1];
    r->items = PM_NEW_N(arena, size_t, r->first[r->count + 1]);
    for (size_t i = 0; i < r->segments.n; i++)
        for (rows_of(r, &r->segments.v[i], &from, &to); from <= to; from++)
            r->items[r->first[from + 1]++] = i;
}

/* ---- one vertex --------------------------------------------------------------------- */

static double distance_to(const struct segment *s, struct pm_grid p)
{
    double ax = (double)p.x - s->a.x, ay = (double)p.y - s->a.y;
    double dx = (double)s->b.x - s->a.x, dy = (double)s->b.y - s->a.y;
    double t = (ax * dx + ay * dy) / (dx * dx + dy * dy);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(ax - t * dx, ay - t * dy);
}

static bool is_of(const struct segment *s, uint32_t face)
{
    return s->faces[0] == face || s->faces[1] == face;
}

static bool is_near(const struct segment *s, struct pm_grid p, double near)
{
    double left = s->a.x < s->b.x ? s->a.x : s->b.x, right = s->a.x < s->b.x ? s->b.x : s->a.x;
    return p.x >= left - near && p.x <= right + near && distance_to(s, p) <= near;
}

static bool is_west(const struct segment *s, struct pm_grid p)
{
    if ((s->a.y > p.y) == (s->b.y > p.y))
        return false;
    double t = ((double)p.y - s->a.y) / ((double)s->b.y - s->a.y);
    return s->a.x + t * ((double)s->b.x - s->a.x) < p.x;
}

static void count_at(size_t *count, struct pm_grid *first, struct pm_grid p)
{
    if ((*count)++ == 0)
        *first = p;
}

static void toggle(struct search *s, const struct segment *segment)
{
    for (int i = 0; i < 2; i++)
        if (segment->faces[i] != PM_NO_FACE)
            s->odd[segment->faces[i]] ^= 1;
}

static const struct segment *segment_at(const struct search *s, size_t item)
{
    return &s->rows.segments.v[s->rows.items[item]];
}

static bool near_another(const struct search *s, uint32_t own, struct pm_grid p)
{
    size_t row = row_of(&s->rows, p.y);
    for (size_t i = s->rows.first[row]; i < s->rows.first[row + 1]; i++) {
        const struct segment *other = segment_at(s, i);
        if (!is_of(other, own) && is_near(other, p, s->rows.near))
            return true;
    }
    return false;
}

static void toggle_west(struct search *s, size_t row, struct pm_grid p)
{
    for (size_t i = s->rows.first[row]; i < s->rows.first[row + 1]; i++)
        if (is_west(segment_at(s, i), p))
            toggle(s, segment_at(s, i));
}

/* Is there an area with an odd number of segments to the west, other than the one seen before? */
static bool sees_another(const struct search *s, const struct segment *segment, uint32_t *seen)
{
    for (int i = 0; i < 2; i++) {
        uint32_t face = segment->faces[i];
        if (face >= s->topology->context_first || !s->odd[face] || face == *seen)
            continue;
        if (*seen != PM_NO_FACE)
            return true;
        *seen = face;
    }
    return false;
}

/* Does the place lie in two areas? */
static bool in_several(struct search *s, struct pm_grid p)
{
    size_t row = row_of(&s->rows, p.y);
    uint32_t seen = PM_NO_FACE;
    bool several = false;
    toggle_west(s, row, p);
    for (size_t i = s->rows.first[row]; i < s->rows.first[row + 1] && !several; i++)
        several = sees_another(s, segment_at(s, i), &seen);
    toggle_west(s, row, p); /* back to even */
    return several;
}

/* A place on each side of the middle of a segment. */
static void sample(struct search *s, struct pm_grid a, struct pm_grid b)
{
    double dx = (double)b.x - a.x, dy = (double)b.y - a.y, length = hypot(dx, dy);
    for (int side = -1; side <= 1; side += 2) {
        double x = a.x + dx / 2 - side * dy / length * s->beside;
        double y = a.y + dy / 2 + side * dx / length * s->beside;
        if (fabs(x) > INT32_MAX || fabs(y) > INT32_MAX)
            continue;
        struct pm_grid p = {(int32_t)lround(x), (int32_t)lround(y)};
        if (in_several(s, p))
            count_at(&s->out->overlaps, &s->out->overlap, p);
    }
}

/* ---- all ---------------------------------------------------------------------------- */

static bool is_outer(const struct pm_arc *arc)
{
    return arc->faces[1] == PM_NO_FACE;
}

/* The vertices of an outer arc; its ends may be junctions, where others touch it rightly. */
static void check_vertices(struct search *s, const struct pm_arc *arc)
{
    const struct pm_grid *p = &s->topology->points[arc->points.first];
    for (size_t i = arc->closed ? 0 : 1; i + 1 < arc->points.count; i++)
        if (near_another(s, arc->faces[0], p[i]))
            count_at(&s->out->near_misses, &s->out->near_miss, p[i]);
}

static void check_arc(struct search *s, const struct pm_arc *arc)
{
    const struct pm_grid *p = &s->topology->points[arc->points.first];
    size_t segments = arc->points.count - 1;
    size_t samples = segments < SAMPLES_AN_ARC ? segments : SAMPLES_AN_ARC;
    for (size_t i = 0; i < samples; i++) {
        size_t at = (2 * i + 1) * segments / (2 * samples);
        sample(s, p[at], p[at + 1]);
    }
    if (is_outer(arc) && s->rows.near > 0)
        check_vertices(s, arc);
}

static void count_arcs(const struct pm_topology *t, struct pm_borders *out)
{
    for (size_t i = 0; i < t->arc_count; i++)
        if (is_of_areas(t, &t->arcs[i])) {
            out->outer += is_outer(&t->arcs[i]);
            out->inner += !is_outer(&t->arcs[i]);
        }
}

/* What all checks would cost, if each row is asked as often as it has segments. */
static bool is_too_much(const struct rows *r)
{
    double steps = 0;
    for (size_t i = 0; i < r->count; i++) {
        double items = (double)(r->first[i + 1] - r->first[i]);
        steps += items * items;
    }
    return steps > MOST_STEPS;
}

void pm_borders_check(const struct pm_topology *topology, const struct pm_borders_options *options,
                      struct pm_arena *arena, struct pm_borders *out)
{
    struct search s = {.topology = topology, .options = options, .out = out};
    *out = (struct pm_borders){.overused = topology->overused};
    s.rows.near = options->near * PM_GRID_PER_DEGREE;
    s.beside = options->beside * PM_GRID_PER_DEGREE;
    count_arcs(topology, out);
    collect_segments(topology, &s.rows);
    if (s.rows.segments.n) {
        measure_rows(&s.rows);
        fill_rows(&s.rows, arena);
        s.odd = PM_NEW_N(arena, unsigned char, topology->face_count);
        out->unchecked = is_too_much(&s.rows);
    }
    for (size_t i = 0; i < topology->arc_count && !out->unchecked; i++)
        if (is_of_areas(topology, &topology->arcs[i]))
            check_arc(&s, &topology->arcs[i]);
    pm_vec_finish(&s.rows.segments);
}
