/* Cutting a ring along a line leaves chains that begin and end on it. Going along the line, one is
 * outside, and each end met changes that: so joining the first end with the second, the third with the
 * fourth and so on closes the chains to rings of the same inside (Weiler and Atherton's clipping, 1977,
 * for a half-plane, where "along the clip polygon" is sorting numbers). Nothing is assumed of the
 * rings' direction or order.
 *
 * The same rule joins what data cut at the antimeridian: all of a feature's rings are broken open where
 * they run along it, and ends of the two sides that meet are neighbours in the order, hence joined. Where
 * the sides differ a little, a stretch along the meridian is left.
 *
 * Coordinates stay on the grid; where an edge crosses a line depends on the edge alone, so that
 * neighbours stay exactly alike. */
#include "geo/meridian.h"

#include <math.h>

#include "base/vec.h"
#include "base/banned.h"

#define HALF ((int64_t)(180 * PM_GRID_PER_DEGREE))

enum { SIDES = 4 }; /* of a window */

/* Turned, but not wrapped: up to twice around. */
struct wide {
    int64_t x, y;
};

struct wides {
    struct wide *v;
    size_t n, cap;
};

struct chains {
    struct wides points;
    PM_VEC(struct pm_range) chains; /* of points; they don't repeat their first */
};

/* An end of a chain, by where it lies along the line. */
struct end {
    int64_t at;
    size_t chain;
    bool tail;
};

/* Points with (axis ? y : x) * sign >= value lie inside. */
struct side {
    bool axis;
    int sign;
    int64_t value;
};

struct cutter {
    const struct pm_window *window;
    bool closed;             /* rings, not lines */
    int64_t lon0;            /* the central meridian, on the grid */
    struct chains now, next; /* what is being cut, and what it becomes */
    PM_VEC(struct end) ends;
    PM_VEC(size_t) partners; /* by 2 * chain + tail, the end it is joined to, likewise */
    PM_VEC(bool) used;
    PM_VEC(struct pm_grid) points; /* of the layer made */
    PM_VEC(struct pm_range) parts;
};

static void clear(struct chains *c)
{
    c->points.n = c->chains.n = 0;
}

static void end_chain(struct chains *c, size_t first)
{
    pm_vec_push(&c->chains, (struct pm_range){first, c->points.n - first});
}

static void swap(struct cutter *c)
{
    struct chains t = c->now;
    c->now = c->next;
    c->next = t;
    clear(&c->next);
}

/* ---- joining ------------------------------------------------------------------------------ */

static int compare_ends(const void *a, const void *b)
{
    const struct end *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->chain != y->chain)
        return x->chain < y->chain ? -1 : 1;
    return x->tail - y->tail;
}

/* Pairs the ends of the chains of `next` from number `first` on. */
static void pair_ends(struct cutter *c, size_t first, bool along_y)
{
    struct chains *s = &c->next;
    c->ends.n = 0;
    for (size_t i = first; i < s->chains.n; i++)
        for (int tail = 0; tail < 2; tail++) {
            struct pm_range r = s->chains.v[i];
            struct wide p = s->points.v[r.first + (tail ? r.count - 1 : 0)];
            pm_vec_push(&c->ends, (struct end){along_y ? p.y : p.x, i - first, tail});
        }
    qsort(c->ends.v, c->ends.n, sizeof *c->ends.v, compare_ends);
    pm_vec_reserve(&c->partners, c->ends.n);
    for (size_t i = 0; i < c->ends.n; i++) {
        struct end a = c->ends.v[i], b = c->ends.v[i ^ 1];
        c->partners.v[2 * a.chain + a.tail] = 2 * b.chain + b.tail;
    }
}

static void add_chain(struct chains *from, size_t chain, bool backwards, struct chains *to,
                      size_t ring)
{
    struct pm_range r = from->chains.v[chain];
    for (size_t i = 0; i < r.count; i++) {
        struct wide p = from->points.v[r.first + (backwards ? r.count - 1 - i : i)];
        if (to->points.n == ring || to->points.v[to->points.n - 1].x != p.x ||
            to->points.v[to->points.n - 1].y != p.y)
            pm_vec_push(&to->points, p);
    }
}

/* What bounds nothing is dropped. */
static void end_ring(struct chains *to, size_t ring)
{
    struct wide *p = to->points.v;
    while (to->points.n > ring + 1 && p[to->points.n - 1].x == p[ring].x &&
           p[to->points.n - 1].y == p[ring].y)
        to->points.n--;
    if (to->points.n - ring >= 3)
        end_chain(to, ring);
    else
        to->points.n = ring;
}

/* Closes the chains of `next` from number `first` on to rings, which replace them. */
static void join(struct cutter *c, size_t first, bool along_y)
{
    struct chains rings = {0};
    size_t count = c->next.chains.n - first;
    if (count == 0)
        return;
    pair_ends(c, first, along_y);
    pm_vec_reserve(&c->used, count);
    memset(c->used.v, 0, count * sizeof *c->used.v);
    for (size_t i = 0; i < count; i++) {
        size_t ring = rings.points.n, end = 2 * i; /* enter by its head */
        if (c->used.v[i])
            continue;
        do {
            c->used.v[end / 2] = true;
            add_chain(&c->next, first + end / 2, end & 1, &rings, ring);
            end = c->partners.v[end ^ 1];
        } while (!c->used.v[end / 2]);
        end_ring(&rings, ring);
    }
    c->next.points.n = c->next.chains.v[first].first;
    c->next.chains.n = first;
    for (size_t i = 0; i < rings.chains.n; i++) {
        struct pm_range r = rings.chains.v[i];
        size_t start = c->next.points.n;
        for (size_t k = 0; k < r.count; k++)
            pm_vec_push(&c->next.points, rings.points.v[r.first + k]);
        end_chain(&c->next, start);
    }
    pm_vec_finish(&rings.points);
    pm_vec_finish(&rings.chains);
}

/* ---- cutting ------------------------------------------------------------------------------ */

static int64_t depth(struct wide p, struct side s)
{
    return (s.axis ? p.y : p.x) * s.sign - s.value;
}

/* Where an edge that has its ends on different sides crosses the line. */
static struct wide crossing(struct wide a, struct wide b, struct side s)
{
    if (a.x > b.x || (a.x == b.x && a.y > b.y)) {
        struct wide t = a;
        a = b;
        b = t;
    }
    double t = (double)depth(a, s) / (double)(depth(a, s) - depth(b, s));
    if (s.axis)
        return (struct wide){a.x + llround((double)(b.x - a.x) * t), s.value * s.sign};
    return (struct wide){s.value * s.sign, a.y + llround((double)(b.y - a.y) * t)};
}

/* Where to begin so that no chain is cut in two: outside, if it is a ring. */
static size_t start_of(const struct wide *p, size_t count, struct side s)
{
    size_t start = 0;
    while (start < count && depth(p[start], s) >= 0)
        start++;
    return start;
}

/* The stretches of a line or ring that lie inside, as chains of `next`. */
static void cut_chain(struct cutter *c, struct pm_range r, struct side s)
{
    const struct wide *p = c->now.points.v + r.first;
    struct chains *out = &c->next;
    size_t start = start_of(p, r.count, s), chain = out->points.n;
    if (start == r.count || !c->closed)
        start = 0;
    for (size_t i = 0; i < r.count; i++) {
        struct wide here = p[(start + i) % r.count], after = p[(start + i + 1) % r.count];
        bool last = i + 1 == r.count, in = depth(here, s) >= 0, goes_on = depth(after, s) >= 0;
        if (in)
            pm_vec_push(&out->points, here);
        if (in != goes_on && (c->closed || !last))
            pm_vec_push(&out->points, crossing(here, after, s));
        if (out->points.n > chain && (last || (in && !goes_on))) {
            end_chain(out, chain);
            chain = out->points.n;
        }
    }
}

/* Cuts all of `now` to one side. */
static void cut_side(struct cutter *c, struct side s)
{
    for (size_t i = 0; i < c->now.chains.n; i++) {
        struct pm_range r = c->now.chains.v[i];
        size_t first = c->next.chains.n;
        bool whole = start_of(c->now.points.v + r.first, r.count, s) == r.count;
        cut_chain(c, r, s);
        if (c->closed && !whole)
            join(c, first, !s.axis);
    }
    swap(c);
}

struct bounds {
    struct pm_grid low, high;
};

static struct bounds bounds_of(const struct pm_grid *p, size_t count)
{
    struct bounds b = {p[0], p[0]};
    for (size_t i = 1; i < count; i++) {
        b.low.x = p[i].x < b.low.x ? p[i].x : b.low.x;
        b.low.y = p[i].y < b.low.y ? p[i].y : b.low.y;
        b.high.x = p[i].x > b.high.x ? p[i].x : b.high.x;
        b.high.y = p[i].y > b.high.y ? p[i].y : b.high.y;
    }
    return b;
}

/* Adds all of `from` to the layer. */
static void take(struct cutter *c, const struct chains *from)
{
    for (size_t i = 0; i < from->chains.n; i++) {
        struct pm_range r = from->chains.v[i];
        if (r.count < (c->closed ? 3 : 2))
            continue;
        pm_vec_push(&c->parts, (struct pm_range){c->points.n, r.count});
        for (size_t k = r.first; k < r.first + r.count; k++) {
            struct wide p = from->points.v[k];
            pm_vec_push(&c->points, (struct pm_grid){(int32_t)p.x, (int32_t)p.y});
        }
    }
}

/* Adds a part that lies inside, shifted. */
static void take_whole(struct cutter *c, const struct pm_grid *points, size_t count, int64_t shift)
{
    if (count < (c->closed ? 3 : 2))
        return;
    pm_vec_push(&c->parts, (struct pm_range){c->points.n, count});
    pm_vec_reserve(&c->points, c->points.n + count);
    struct pm_grid *out = c->points.v + c->points.n;
    for (size_t i = 0; i < count; i++)
        out[i] = (struct pm_grid){(int32_t)(points[i].x + shift), points[i].y};
    c->points.n += count;
}

/* Cuts a part to those sides of the window that it crosses. */
static void take_cut(struct cutter *c, const struct pm_grid *points, size_t count, int64_t shift,
                     const struct side *sides, const bool *crossed)
{
    clear(&c->now);
    clear(&c->next);
    for (size_t i = 0; i < count; i++)
        pm_vec_push(&c->now.points, (struct wide){points[i].x + shift, points[i].y});
    end_chain(&c->now, 0);
    for (int i = 0; i < SIDES; i++)
        if (crossed[i])
            cut_side(c, sides[i]);
    take(c, &c->now);
}

static void cut_shifted(struct cutter *c, const struct pm_grid *points, size_t count,
                        struct bounds bounds, int64_t shift)
{
    const struct pm_window *w = c->window;
    const struct side sides[SIDES] = {{false, 1, w->low.x},
                                      {false, -1, -(int64_t)w->high.x},
                                      {true, 1, w->low.y},
                                      {true, -1, -(int64_t)w->high.y}};
    struct wide low = {bounds.low.x + shift, bounds.low.y};
    struct wide high = {bounds.high.x + shift, bounds.high.y};
    bool crossed[SIDES], any = false;
    for (int i = 0; i < SIDES; i++) {
        bool low_out = depth(low, sides[i]) < 0, high_out = depth(high, sides[i]) < 0;
        if (low_out && high_out)
            return;
        crossed[i] = low_out || high_out;
        any = any || crossed[i];
    }
    if (any)
        take_cut(c, points, count, shift, sides, crossed);
    else
        take_whole(c, points, count, shift);
}

/* Wherever the part, once around either way, is in the window. */
static void cut_part(struct cutter *c, const struct pm_grid *points, size_t count)
{
    if (count == 0)
        return;
    struct bounds bounds = bounds_of(points, count);
    for (int64_t turn = -2 * HALF; turn <= 2 * HALF; turn += 2 * HALF)
        cut_shifted(c, points, count, bounds, turn - c->lon0);
}

/* ---- the antimeridian ----------------------------------------------------------------------- */

static bool is_along(const struct pm_grid *p, size_t count, size_t i, int64_t x)
{
    return p[i].x == x && p[i + 1 < count ? i + 1 : 0].x == x;
}

/* An edge after which the ring leaves the meridian; `count` if it has none. */
static size_t edge_along(const struct pm_grid *p, size_t count, int64_t x)
{
    size_t i = 0;
    while (i < count && !is_along(p, count, i, x))
        i++;
    return i;
}

/* Has the feature, from this part on, parts on both sides that end at the meridian? */
static bool is_parted(const struct cutter *c, size_t first, int64_t x)
{
    bool west = false, east = false;
    for (size_t i = first; i < c->parts.n; i++) {
        struct pm_range r = c->parts.v[i];
        const struct pm_grid *p = c->points.v + r.first;
        bool ends = edge_along(p, r.count, x) < r.count;
        for (size_t k = 0; ends && k < r.count; k++) {
            west = west || p[k].x < x;
            east = east || p[k].x > x;
        }
    }
    return west && east;
}

/* What lies between the edges along the meridian, as chains of `next`. */
static void break_open(struct cutter *c, const struct pm_grid *p, size_t count, size_t start,
                       int64_t x)
{
    size_t chain = c->next.points.n;
    for (size_t i = 1; i <= count; i++) {
        size_t k = (start + i) % count;
        pm_vec_push(&c->next.points, (struct wide){p[k].x, p[k].y});
        if (!is_along(p, count, k, x))
            continue;
        if (c->next.points.n - chain > 1)
            end_chain(&c->next, chain);
        else
            c->next.points.n = chain;
        chain = c->next.points.n;
    }
}

static void join_at(struct cutter *c, size_t first, int64_t x)
{
    size_t kept = first;
    if (!is_parted(c, first, x))
        return;
    clear(&c->next);
    for (size_t i = first; i < c->parts.n; i++) {
        struct pm_range r = c->parts.v[i];
        size_t start = edge_along(c->points.v + r.first, r.count, x);
        if (start < r.count)
            break_open(c, c->points.v + r.first, r.count, start, x);
        else
            c->parts.v[kept++] = r;
    }
    c->parts.n = kept;
    join(c, 0, true);
    take(c, &c->next);
}

/* ---- the whole -------------------------------------------------------------------------------- */

static void cut_feature(struct cutter *c, const struct pm_layer *in, struct pm_feature *feature)
{
    size_t first = c->parts.n;
    int64_t antimeridian = c->lon0 > 0 ? HALF - c->lon0 : -HALF - c->lon0;
    for (size_t i = feature->parts.first; i < feature->parts.first + feature->parts.count; i++)
        cut_part(c, in->points + in->parts[i].first, in->parts[i].count);
    if (c->closed && c->lon0 && antimeridian > c->window->low.x && antimeridian < c->window->high.x)
        join_at(c, first, antimeridian);
    feature->parts = (struct pm_range){first, c->parts.n - first};
}

/* Turning by nothing within all the earth. */
static bool changes_nothing(const struct cutter *c)
{
    const struct pm_window *w = c->window;
    return c->lon0 == 0 && w->low.x == -HALF && w->high.x == HALF && w->low.y <= -HALF / 2 &&
           w->high.y >= HALF / 2;
}

static void finish(struct cutter *c)
{
    pm_vec_finish(&c->now.points);
    pm_vec_finish(&c->now.chains);
    pm_vec_finish(&c->next.points);
    pm_vec_finish(&c->next.chains);
    pm_vec_finish(&c->ends);
    pm_vec_finish(&c->partners);
    pm_vec_finish(&c->used);
}

void pm_meridian_cut(const struct pm_layer *in, bool polygons, const struct pm_projection *p,
                     const struct pm_window *window, struct pm_arena *arena, struct pm_layer *out)
{
    struct cutter c = {.window = window, .closed = polygons, .lon0 = pm_grid_of(p->lon0, 0).x};
    *out = *in;
    if (changes_nothing(&c) || in->feature_count == 0)
        return;
    out->features = pm_memdup(arena, in->features, in->feature_count * sizeof *in->features);
    for (size_t i = 0; i < in->feature_count; i++)
        cut_feature(&c, in, &out->features[i]);
    out->part_count = c.parts.n;
    out->point_count = c.points.n;
    pm_vec_into(&c.parts, arena, &out->parts);
    pm_vec_into(&c.points, arena, &out->points);
    finish(&c);
}

void pm_meridian_wrap(const struct pm_course_point *points, size_t count, bool closed, int64_t west,
                      struct pm_wrapped *out)
{
    struct cutter c = {.closed = closed};
    for (size_t i = 0; i < count; i++)
        pm_vec_push(&c.now.points, (struct wide){points[i].x - west - HALF, points[i].y});
    end_chain(&c.now, 0);
    cut_side(&c, (struct side){false, 1, -HALF});
    cut_side(&c, (struct side){false, -1, -HALF});
    take(&c, &c.now);
    for (size_t i = 0; i < c.parts.n; i++) {
        struct pm_range r = c.parts.v[i];
        pm_vec_push(&out->parts, (struct pm_range){out->points.n, r.count});
        for (size_t k = r.first; k < r.first + r.count; k++)
            pm_vec_push(&out->points, c.points.v[k]);
    }
    pm_vec_finish(&c.points);
    pm_vec_finish(&c.parts);
    finish(&c);
}
