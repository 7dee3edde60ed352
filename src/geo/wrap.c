#include "geo/wrap.h"

#include <math.h>

#include "geo/meridian.h"
#include "base/banned.h"

#define FULL ((int64_t)(360 * PM_GRID_PER_DEGREE))
#define HALF (FULL / 2)
#define POLE (FULL / 4)
#define LEEWAY 10 /* grid units */
#define FAR 180.000001
#define NEAR_POLE 89.9999999

/* What is beyond 180 by no more than rounding is not. */
static int64_t rounded(double degrees, int64_t most)
{
    int64_t v = llround(degrees * PM_GRID_PER_DEGREE);
    if (v > most && v <= most + LEEWAY)
        return most;
    return v < -most && v >= -most - LEEWAY ? -most : v;
}

static struct pm_course_point point_of(double lon, double lat)
{
    return (struct pm_course_point){rounded(lon, HALF), rounded(lat, POLE)};
}

static bool is_pole(struct pm_course_point p)
{
    return p.y == POLE || p.y == -POLE;
}

static int64_t short_way(int64_t d)
{
    d %= FULL;
    return d > HALF ? d - FULL : d < -HALF ? d + FULL : d;
}

bool pm_wrap_is_plane(const double *lon, const double *lat, size_t count)
{
    double before = count ? lon[0] : 0;
    for (size_t i = 0; i < count; i++) {
        double jump = lon[i] - before;
        if (jump > 180 || jump < -180 || lon[i] > FAR || lon[i] < -FAR || lat[i] > NEAR_POLE ||
            lat[i] < -NEAR_POLE)
            return false;
        before = lon[i];
    }
    return true;
}

/* ---- following ------------------------------------------------------------------------------ */

static bool same_place(struct pm_course_point a, struct pm_course_point b)
{
    return a.y == b.y && ((a.x - b.x) % FULL == 0 || is_pole(a));
}

/* The points as the data have them, without repeats. */
static void take_points(struct pm_course *raw, const double *lon, const double *lat, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pm_course_point p = point_of(lon[i], lat[i]);
        if (raw->n == 0 || raw->v[raw->n - 1].x != p.x || raw->v[raw->n - 1].y != p.y)
            pm_vec_push(raw, p);
    }
    raw->open = raw->closed && raw->n > 1 && !same_place(raw->v[0], raw->v[raw->n - 1]);
    if (raw->closed && raw->n > 1 && !raw->open)
        raw->n--;
}

/* Is the edge that leads to point i one of a plane map: along a parallel all around, from and to the
 * antimeridian, along which its neighbours run? */
static bool is_map_edge(const struct pm_course *raw, size_t i)
{
    const struct pm_course_point *p = raw->v;
    size_t n = raw->n;
    struct pm_course_point a = p[(i + n - 1) % n], b = p[i % n];
    return raw->closed && (b.x - a.x == FULL || a.x - b.x == FULL) && a.y == b.y &&
           p[(i + n - 2) % n].x == a.x && p[(i + 1) % n].x == b.x;
}

/* How far east it is from a point, not at a pole, to the next that is not. */
static int64_t step(struct pm_course *c, const struct pm_course *raw, size_t from, size_t to)
{
    int64_t d = raw->v[to % raw->n].x - raw->v[from].x;
    bool edge = (from + 1) % raw->n == to % raw->n; /* and not by way of a pole */
    if (edge && is_map_edge(raw, to))
        return d;
    c->jumps = c->jumps || (edge && (d > HALF || d < -HALF));
    return short_way(d);
}

/* Follows the points from number `start` on, which is not at a pole if the line has any that is not. A
 * pole is passed by two points, one on the meridian that leads there and one on that which leads
 * away. Returns the number of the point behind such a passage, 0 if there is none. */
static size_t follow(struct pm_course *c, const struct pm_course *raw, size_t start)
{
    size_t behind = 0, last = SIZE_MAX; /* the last point that was not at a pole */
    int64_t x = 0;
    for (size_t i = 0; i < raw->n; i++) {
        size_t at = (start + i) % raw->n;
        struct pm_course_point p = raw->v[at];
        struct pm_course_point before = c->n ? c->v[c->n - 1] : p;
        if (is_pole(p)) {
            if (c->n && before.y != p.y)
                pm_vec_push(c, (struct pm_course_point){x, p.y});
            else if (!c->n && !raw->closed && i + 1 < raw->n && !is_pole(raw->v[at + 1]))
                pm_vec_push(c, (struct pm_course_point){raw->v[at + 1].x, p.y});
            continue;
        }
        x = last == SIZE_MAX ? p.x : x + step(c, raw, last, last < at ? at : at + raw->n);
        if (last != SIZE_MAX && is_pole(before)) {
            behind = c->n;
            pm_vec_push(c, (struct pm_course_point){x, before.y});
        }
        pm_vec_push(c, (struct pm_course_point){x, p.y});
        last = at;
    }
    return behind;
}

/* Closes a ring: finds out how often it ran around the earth. If it came by a pole, that was on the side
 * on which it did not. */
static void close(struct pm_course *c, const struct pm_course *raw, size_t start, size_t behind)
{
    size_t last = start + raw->n - 1;
    while (last > start && is_pole(raw->v[last % raw->n]))
        last--;
    struct pm_course_point first = c->v[0], end = c->v[c->n - 1];
    int64_t x = end.x + step(c, raw, last % raw->n, start + raw->n);
    if (is_pole(end)) {
        pm_vec_push(c, (struct pm_course_point){first.x, end.y});
        return;
    }
    c->turns = (int)((x - first.x) / FULL);
    for (size_t i = behind; behind && i < c->n; i++)
        c->v[i].x -= c->turns * FULL;
    if (behind)
        c->turns = 0;
}

void pm_course_follow(struct pm_course *c, const double *lon, const double *lat, size_t count,
                      bool closed)
{
    struct pm_course raw = {.closed = closed};
    size_t start = 0;
    take_points(&raw, lon, lat, count);
    while (closed && start < raw.n && is_pole(raw.v[start]))
        start++;
    *c = (struct pm_course){.v = c->v, .cap = c->cap, .closed = closed, .open = raw.open};
    if (start < raw.n) {
        size_t behind = follow(c, &raw, start);
        if (closed)
            close(c, &raw, start, behind);
    }
    pm_course_finish(&raw);
}

void pm_course_finish(struct pm_course *course)
{
    pm_vec_finish(course);
}

/* ---- cutting -------------------------------------------------------------------------------- */

static void span_of(const struct pm_course *c, int64_t *west, int64_t *east)
{
    *west = *east = c->v[0].x;
    for (size_t i = 1; i < c->n; i++) {
        *west = c->v[i].x < *west ? c->v[i].x : *west;
        *east = c->v[i].x > *east ? c->v[i].x : *east;
    }
}

/* The nearest antimeridian west of it, or at it. */
static int64_t antimeridian_before(int64_t x)
{
    int64_t past = (x + HALF) % FULL;
    return x - (past < 0 ? past + FULL : past);
}

/* The ring three times in a row, and then along the pole: the middle turn, from antimeridian to
 * antimeridian, is what it surrounds. */
static void cut_around(const struct pm_course *c, int64_t pole, struct pm_wrapped *out)
{
    struct pm_course thrice = {0};
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < c->n; i++)
            pm_vec_push(&thrice,
                        (struct pm_course_point){c->v[i].x + turn * c->turns * FULL, c->v[i].y});
    int64_t first = thrice.v[0].x, last = first + 3 * c->turns * FULL;
    pm_vec_push(&thrice, (struct pm_course_point){last, thrice.v[0].y});
    pm_vec_push(&thrice, (struct pm_course_point){last, pole});
    pm_vec_push(&thrice, (struct pm_course_point){first, pole});
    int64_t west = antimeridian_before((first < last ? first : last) + HALF + FULL);
    pm_meridian_wrap(thrice.v, thrice.n, true, west, out);
    pm_course_finish(&thrice);
}

bool pm_course_cut(const struct pm_course *c, int pole, struct pm_wrapped *out)
{
    int64_t west = 0, east = 0;
    if (c->n == 0)
        return true;
    span_of(c, &west, &east);
    if (c->turns > 1 || c->turns < -1 || east - west > 2 * FULL)
        return false;
    if (c->turns) {
        cut_around(c, pole > 0 ? POLE : -POLE, out);
        return true;
    }
    int64_t at = antimeridian_before(west);
    do
        pm_meridian_wrap(c->v, c->n, c->closed, at, out);
    while ((at += FULL) < east);
    return true;
}
