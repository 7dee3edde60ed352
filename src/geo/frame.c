#include "geo/frame.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "geo/ellipsoid.h"
#include "base/banned.h"

#define NORTHWARD 1e-3 /* degrees along the meridian, to see where it runs */

static void extent(const struct pm_metre *points, size_t count, struct pm_metre *low,
                   struct pm_metre *high)
{
    *low = *high = points[0];
    for (size_t i = 1; i < count; i++) {
        *low = (struct pm_metre){fmin(low->x, points[i].x), fmin(low->y, points[i].y)};
        *high = (struct pm_metre){fmax(high->x, points[i].x), fmax(high->y, points[i].y)};
    }
}

struct pm_frame pm_frame_fit(const struct pm_projection *projection, const struct pm_metre *points,
                             size_t count, struct pm_box box, double padding)
{
    struct pm_frame frame = {.projection = *projection, .box = box, .scale = 1};
    struct pm_metre low = {0}, high = {0};
    if (count)
        extent(points, count, &low, &high);
    double w = fmax(high.x - low.x, 1), h = fmax(high.y - low.y, 1);
    frame.scale = fmin((pm_box_w(box) - 2 * padding) / w, (pm_box_h(box) - 2 * padding) / h);
    frame.centre = (struct pm_metre){(low.x + high.x) / 2, (low.y + high.y) / 2};
    return frame;
}

struct pm_pt pm_frame_page(const struct pm_frame *f, struct pm_metre m)
{
    return (struct pm_pt){(f->box.x0 + f->box.x1) / 2 + (m.x - f->centre.x) * f->scale,
                          (f->box.y0 + f->box.y1) / 2 - (m.y - f->centre.y) * f->scale};
}

struct pm_metre pm_frame_metre(const struct pm_frame *f, struct pm_pt p)
{
    return (struct pm_metre){f->centre.x + (p.x - (f->box.x0 + f->box.x1) / 2) / f->scale,
                             f->centre.y - (p.y - (f->box.y0 + f->box.y1) / 2) / f->scale};
}

struct pm_pt pm_frame_lonlat(const struct pm_frame *f, double lon, double lat)
{
    return pm_frame_page(f, pm_project(&f->projection, lon, lat));
}

bool pm_frame_north(const struct pm_frame *frame, struct pm_pt p, double *angle)
{
    double lon = 0, lat = 0;
    if (!pm_unproject(&frame->projection, pm_frame_metre(frame, p), &lon, &lat))
        return false;
    double step = lat > 0 ? -NORTHWARD : NORTHWARD; /* never across a pole */
    struct pm_pt a = pm_frame_lonlat(frame, lon, lat), b = pm_frame_lonlat(frame, lon, lat + step);
    double dx = (b.x - a.x) / step, dy = (b.y - a.y) / step;
    *angle = atan2(dx, -dy) * 180 / 3.14159265358979323846;
    return isfinite(*angle) && hypot(dx, dy) > 0;
}

struct pm_pt pm_frame_turned(const struct pm_frame *f, struct pm_grid turned)
{
    struct pm_metre m;
    pm_project_turned(&f->projection, &turned, 1, &m);
    return pm_frame_page(f, m);
}

/* ---- lines ---------------------------------------------------------------------------------- */

#define CHUNK 256
#define BEND 0.05 /* px: most an edge may be off */
#define TORN 10.0 /* times as long as on the ground */
#define LONG                                                                                       \
    40000000u       /* grid units, 4 degrees: longer edges may bend both ways and seem straight */
#define DEEPEST 24  /* halvings, down to a hundred grid units of the longest edge */
#define BESIDE 64.0 /* px beyond the frame that count as in sight */

struct end {
    struct pm_grid g;
    struct pm_pt p;
};

static uint32_t extent_of(struct pm_grid a, struct pm_grid b)
{
    uint32_t dx = (uint32_t)llabs((long long)a.x - b.x), dy = (uint32_t)llabs((long long)a.y - b.y);
    return dx > dy ? dx : dy;
}

/* An edge that spans an angle bends by about an eighth of it times its length, on most projections by no
 * more than four times that: most edges need no closer look. Not so those that are torn apart, as near
 * an antipode. */
static bool is_straight(const struct pm_frame *f, struct end a, struct end b)
{
    double angle = extent_of(a.g, b.g) * (PM_RAD / PM_GRID_PER_DEGREE);
    double x = b.p.x - a.p.x, y = b.p.y - a.p.y, square = x * x + y * y;
    double torn = TORN * PM_WGS84_A * f->scale * angle;
    return angle * angle * square < 4 * BEND * BEND && square < torn * torn &&
           extent_of(a.g, b.g) <= LONG;
}

/* Half way; the same from either end. */
static struct pm_grid between(struct pm_grid a, struct pm_grid b)
{
    return (struct pm_grid){(int32_t)(((int64_t)a.x + b.x) / 2),
                            (int32_t)(((int64_t)a.y + b.y) / 2)};
}

static bool is_in_sight(const struct pm_frame *f, struct pm_pt a, struct pm_pt b, struct pm_pt m)
{
    struct pm_box box = {0};
    pm_box_add(&box, a, true);
    pm_box_add(&box, b, false);
    pm_box_add(&box, m, false);
    double slack = BESIDE + fmax(pm_box_w(box), pm_box_h(box)) / 2;
    return pm_box_meets(pm_box_grown(box, slack), f->box);
}

/* Adds what lies between two ends. */
static void bend(const struct pm_frame *f, struct end a, struct end b, int depth,
                 struct pm_page_points *out)
{
    if (is_straight(f, a, b) || depth == DEEPEST || extent_of(a.g, b.g) < 2)
        return;
    struct end m = {between(a.g, b.g), {0}};
    m.p = pm_frame_turned(f, m.g);
    double off = hypot(m.p.x - (a.p.x + b.p.x) / 2, m.p.y - (a.p.y + b.p.y) / 2);
    if (!isfinite(off) || (off <= BEND && extent_of(a.g, b.g) <= LONG) ||
        !is_in_sight(f, a.p, b.p, m.p))
        return;
    bend(f, a, m, depth + 1, out);
    pm_vec_push(out, m.p);
    bend(f, m, b, depth + 1, out);
}

void pm_frame_line(const struct pm_frame *f, const struct pm_grid *turned, size_t count,
                   struct pm_page_points *out)
{
    struct pm_metre metres[CHUNK];
    struct end before = {{0}, {INFINITY, INFINITY}};
    pm_vec_reserve(out, out->n + count);
    for (size_t i = 0; i < count; i++) {
        if (i % CHUNK == 0)
            pm_project_turned(&f->projection, turned + i, count - i < CHUNK ? count - i : CHUNK,
                              metres);
        struct end here = {turned[i], pm_frame_page(f, metres[i % CHUNK])};
        if (isfinite(before.p.x) && isfinite(here.p.x + here.p.y))
            bend(f, before, here, 0, out);
        if (isfinite(here.p.x + here.p.y))
            pm_vec_push(out, here.p);
        before = here;
    }
}
