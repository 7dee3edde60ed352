#include "geo/shape.h"

#include <math.h>

#include "base/vec.h"
#include "geo/simplify.h"
#include "base/banned.h"

/* Rounded once, so that neighbours round alike. */
static double hundredths(double v)
{
    return round(v * 100) / 100;
}

static size_t drop_repeats(struct pm_pt *points, size_t count)
{
    size_t kept = count ? 1 : 0;
    for (size_t i = 1; i < count; i++)
        if (points[i].x != points[kept - 1].x || points[i].y != points[kept - 1].y)
            points[kept++] = points[i];
    return kept;
}

/* Projects, simplifies and rounds one line into `out`, which has room for all its points. */
static size_t make_line(const struct pm_grid *points, size_t count, const struct pm_frame *frame,
                        double tolerance, size_t least, struct pm_pt *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = pm_frame_grid(frame, points[i]);
    size_t kept = pm_simplify(out, count, tolerance * tolerance / 2, least);
    for (size_t i = 0; i < kept; i++)
        out[i] = (struct pm_pt){hundredths(out[i].x), hundredths(out[i].y)};
    return drop_repeats(out, kept);
}

void pm_page_arcs_make(const struct pm_topology *topology, const struct pm_frame *frame,
                       double tolerance, struct pm_arena *arena, struct pm_page_arcs *page)
{
    page->points = PM_NEW_N(arena, struct pm_pt, topology->point_count);
    page->arcs = PM_NEW_N(arena, struct pm_range, topology->arc_count);
    size_t used = 0;
    for (size_t i = 0; i < topology->arc_count; i++) {
        const struct pm_arc *arc = &topology->arcs[i];
        size_t count = make_line(topology->points + arc->points.first, arc->points.count, frame,
                                 tolerance, arc->closed ? 4 : 2, page->points + used);
        page->arcs[i] = (struct pm_range){used, count};
        used += count;
    }
}

void pm_page_line(const struct pm_layer *layer, struct pm_range part, const struct pm_frame *frame,
                  double tolerance, struct pm_arena *arena, struct pm_pt **points, size_t *count)
{
    *points = PM_NEW_N(arena, struct pm_pt, part.count);
    *count = make_line(layer->points + part.first, part.count, frame, tolerance, 2, *points);
}

/* ---- faces ---------------------------------------------------------------------------------- */

struct collector {
    PM_VEC(struct pm_pt) points;
    PM_VEC(struct pm_range) rings;
};

static void add_arc(struct collector *c, const struct pm_page_arcs *page, struct pm_arc_ref ref)
{
    struct pm_range r = page->arcs[ref.arc];
    for (size_t i = 0; i + 1 < r.count; i++) /* the last point begins the next arc */
        pm_vec_push(&c->points, page->points[r.first + (ref.reversed ? r.count - 1 - i : i)]);
}

static void add_ring(struct collector *c, const struct pm_topology *topology,
                     const struct pm_page_arcs *page, struct pm_range refs)
{
    size_t first = c->points.n;
    for (size_t i = refs.first; i < refs.first + refs.count; i++)
        add_arc(c, page, topology->refs[i]);
    if (c->points.n - first < 3)
        c->points.n = first;
    else
        pm_vec_push(&c->rings, (struct pm_range){first, c->points.n - first});
}

static double ring_size(const struct collector *c, size_t ring)
{
    return fabs(pm_ring_area(c->points.v + c->rings.v[ring].first, c->rings.v[ring].count));
}

/* Drops rings below `least` px², but keeps the largest. */
static void drop_specks(struct collector *c, double least)
{
    size_t largest = 0, kept = 0;
    for (size_t i = 1; i < c->rings.n; i++)
        if (ring_size(c, i) > ring_size(c, largest))
            largest = i;
    for (size_t i = 0; i < c->rings.n; i++)
        if (i == largest || ring_size(c, i) >= least)
            c->rings.v[kept++] = c->rings.v[i];
    c->rings.n = kept;
}

/* A ring inside an odd number of others is a hole: its area counts against them. */
static double net_area(const struct pm_page_rings *rings)
{
    double area = 0;
    for (size_t i = 0; i < rings->ring_count; i++) {
        const struct pm_pt *ring = rings->points + rings->rings[i].first;
        struct pm_page_rings others = *rings;
        struct pm_range hidden = rings->rings[i];
        rings->rings[i].count = 0;
        bool hole = pm_rings_hold(&others, ring[0]);
        rings->rings[i] = hidden;
        area += (hole ? -1 : 1) * fabs(pm_ring_area(ring, hidden.count));
    }
    return area;
}

void pm_page_face(const struct pm_topology *topology, const struct pm_page_arcs *page,
                  uint32_t face, double min_area, struct pm_arena *arena, struct pm_page_rings *out)
{
    struct collector c = {0};
    struct pm_range rings = topology->faces[face];
    for (size_t i = rings.first; i < rings.first + rings.count; i++)
        add_ring(&c, topology, page, topology->rings[i]);
    drop_specks(&c, min_area);
    *out = (struct pm_page_rings){.ring_count = c.rings.n};
    for (size_t i = 0; i < c.rings.n; i++)
        for (size_t k = 0; k < c.rings.v[i].count; k++)
            pm_box_add(&out->box, c.points.v[c.rings.v[i].first + k], i == 0 && k == 0);
    pm_vec_into(&c.points, arena, &out->points);
    pm_vec_into(&c.rings, arena, &out->rings);
    out->area = net_area(out);
}
