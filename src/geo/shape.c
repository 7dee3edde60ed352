#include "geo/shape.h"

#include <math.h>

#include "base/vec.h"
#include "geo/simplify.h"
#include "base/banned.h"

struct tenths {
    PM_VEC(struct pm_spot) points;
    PM_VEC(struct pm_spot_line) lines;
    struct pm_page_points line; /* the one at hand, reused */
};

/* What is far outside of every page may go astray. */
static int32_t tenths(double v)
{
    return (int32_t)lround(fmax(-PM_TENTH_MAX, fmin(v * PM_PER_PIXEL, PM_TENTH_MAX)));
}

/* Projected, and rounded at once, so that neighbours round alike; repeats are dropped. */
static void make_line(struct tenths *c, const struct pm_grid *points, size_t count,
                      const struct pm_frame *frame, uint32_t least)
{
    struct pm_spot_line line = {(uint32_t)c->points.n, 0, least};
    c->line.n = 0;
    pm_frame_line(frame, points, count, &c->line);
    pm_vec_reserve(&c->points, c->points.n + c->line.n);
    for (size_t i = 0; i < c->line.n; i++) {
        struct pm_spot spot = {tenths(c->line.v[i].x), tenths(c->line.v[i].y)};
        struct pm_spot *last = c->points.v + c->points.n - 1;
        if (line.count && last->x == spot.x && last->y == spot.y)
            continue;
        pm_vec_push(&c->points, spot);
        line.count++;
    }
    pm_vec_push(&c->lines, line);
}

/* Simplifies all and hands over what is left; `lines`: by line, its points. */
static void finish_lines(struct tenths *c, double tolerance, struct pm_arena *arena,
                         struct pm_pt **points, struct pm_range *lines)
{
    size_t count = 0;
    double side = tolerance * PM_PER_PIXEL;
    pm_simplify(c->points.v, c->points.n, c->lines.v, c->lines.n, llround(side * side));
    for (size_t i = 0; i < c->lines.n; i++)
        count += c->lines.v[i].count;
    *points = PM_NEW_N(arena, struct pm_pt, count);
    count = 0;
    for (size_t i = 0; i < c->lines.n; i++) {
        struct pm_spot_line line = c->lines.v[i];
        lines[i] = (struct pm_range){count, line.count};
        for (uint32_t k = line.first; k < line.first + line.count; k++)
            (*points)[count++] = (struct pm_pt){(double)c->points.v[k].x / PM_PER_PIXEL,
                                                (double)c->points.v[k].y / PM_PER_PIXEL};
    }
    pm_vec_finish(&c->points);
    pm_vec_finish(&c->lines);
    pm_vec_finish(&c->line);
}

void pm_page_arcs_make(const struct pm_topology *topology, const struct pm_frame *frame,
                       double tolerance, struct pm_arena *arena, struct pm_page_arcs *page)
{
    struct tenths c = {0};
    pm_vec_reserve(&c.points, topology->point_count);
    pm_vec_reserve(&c.lines, topology->arc_count);
    for (size_t i = 0; i < topology->arc_count; i++) {
        const struct pm_arc *arc = &topology->arcs[i];
        make_line(&c, topology->points + arc->points.first, arc->points.count, frame,
                  arc->closed ? 4 : 2);
    }
    page->arcs = PM_NEW_N(arena, struct pm_range, topology->arc_count);
    finish_lines(&c, tolerance, arena, &page->points, page->arcs);
}

static void close_line(struct tenths *c)
{
    struct pm_spot_line *line = &c->lines.v[c->lines.n - 1];
    struct pm_spot first = c->points.v[line->first];
    struct pm_spot last = c->points.v[c->points.n - 1];
    if (first.x == last.x && first.y == last.y)
        return;
    pm_vec_push(&c->points, first);
    line->count++;
}

void pm_page_parts_make(const struct pm_layer *layer, bool closed, const struct pm_frame *frame,
                        double tolerance, struct pm_arena *arena, struct pm_page_arcs *page)
{
    struct tenths c = {0};
    for (size_t i = 0; i < layer->part_count; i++) {
        make_line(&c, layer->points + layer->parts[i].first, layer->parts[i].count, frame,
                  closed ? 4 : 2);
        if (closed && c.lines.v[i].count) /* none, if there is no place for it on the map */
            close_line(&c);
    }
    page->arcs = PM_NEW_N(arena, struct pm_range, layer->part_count);
    finish_lines(&c, tolerance, arena, &page->points, page->arcs);
}

/* ---- faces ---------------------------------------------------------------------------------- */

struct page_ring {
    struct pm_range points; /* of collector.points */
    double area;
    bool alone; /* no other face has a part of it */
};

struct collector {
    PM_VEC(struct pm_pt) points;
    PM_VEC(struct page_ring) rings;
};

/* All points but the last, with which the next arc begins. */
static void add_arc(struct collector *c, const struct pm_page_arcs *page, struct pm_arc_ref ref)
{
    struct pm_range r = page->arcs[ref.arc];
    for (size_t i = 0; i + 1 < r.count; i++)
        pm_vec_push(&c->points, page->points[r.first + (ref.reversed ? r.count - 1 - i : i)]);
}

/* Begins off the antimeridian if it can, see ring_inside(). */
static void add_ring(struct collector *c, const struct pm_topology *topology,
                     const struct pm_page_arcs *page, struct pm_range refs)
{
    struct page_ring ring = {.points.first = c->points.n, .alone = true};
    const struct pm_arc_ref *ref = topology->refs + refs.first;
    size_t start = 0;
    while (start + 1 < refs.count && topology->arcs[ref[start].arc].mark == PM_MARK_SEAM)
        start++;
    for (size_t i = 0; i < refs.count; i++) {
        struct pm_arc_ref r = ref[(start + i) % refs.count];
        add_arc(c, page, r);
        ring.alone = ring.alone && topology->arcs[r.arc].faces[1] == PM_NO_FACE;
    }
    if (c->points.n == ring.points.first) /* all of it is less than a tenth of a pixel */
        pm_vec_push(&c->points, page->points[page->arcs[topology->refs[refs.first].arc].first]);
    ring.points.count = c->points.n - ring.points.first;
    ring.area = fabs(pm_ring_area(c->points.v + ring.points.first, ring.points.count));
    pm_vec_push(&c->rings, ring);
}

/* What bounds another face, too, stays whatever its size: else that face would be drawn upon this. */
static void drop_specks(struct collector *c, double least)
{
    size_t largest = 0, kept = 0;
    for (size_t i = 1; i < c->rings.n; i++)
        if (c->rings.v[i].area > c->rings.v[largest].area)
            largest = i;
    for (size_t i = 0; i < c->rings.n; i++) {
        const struct page_ring *ring = &c->rings.v[i];
        if (i == largest || (ring->points.count >= 3 && (!ring->alone || ring->area >= least)))
            c->rings.v[kept++] = *ring;
    }
    c->rings.n = kept;
}

static struct pm_box ring_box(const struct pm_pt *ring, size_t count)
{
    struct pm_box box = {0};
    for (size_t i = 0; i < count; i++)
        pm_box_add(&box, ring[i], i == 0);
    return box;
}

/* A ring in a search tree: an array sorted by where boxes begin, whose middle is the root of the halves
 * on either side. */
struct branch {
    struct pm_box box;
    double reach; /* farthest end of a box of this branch */
    size_t ring;
};

static int by_west(const void *a, const void *b)
{
    const struct branch *x = a, *y = b;
    if (x->box.x0 != y->box.x0)
        return x->box.x0 < y->box.x0 ? -1 : 1;
    return (x->ring > y->ring) - (x->ring < y->ring);
}

static double grow(struct branch *tree, size_t count)
{
    if (count == 0)
        return -INFINITY;
    struct branch *middle = &tree[count / 2];
    double left = grow(tree, count / 2), right = grow(middle + 1, count - count / 2 - 1);
    middle->reach = fmax(middle->box.x1, fmax(left, right));
    return middle->reach;
}

/* In an odd number of the rings but this one? */
static bool is_held(const struct pm_page_rings *all, const struct branch *tree, size_t count,
                    size_t but, struct pm_pt p)
{
    const struct branch *middle = &tree[count / 2];
    if (count == 0 || middle->reach < p.x)
        return false;
    bool held = is_held(all, tree, count / 2, but, p);
    if (middle->box.x0 > p.x)
        return held;
    struct pm_page_rings ring = {all->points, &all->rings[middle->ring], 1, middle->box, 0};
    held ^= middle->ring != but && pm_rings_hold(&ring, p);
    return held ^ is_held(all, middle + 1, count - count / 2 - 1, but, p);
}

/* Rings touch at points, but hardly along the middle of a side, unless it is a seam: that tells inside
 * from outside. */
static bool ring_inside(const struct pm_page_rings *all, const struct branch *tree, size_t ring)
{
    const struct pm_pt *points = all->points + all->rings[ring].first;
    struct pm_pt p = {(points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2};
    return is_held(all, tree, all->ring_count, ring, p);
}

/* A ring inside an odd number of others is a hole: its area counts against them. */
static void measure(struct pm_page_rings *rings)
{
    struct branch *tree = pm_xrealloc(NULL, rings->ring_count, sizeof *tree);
    for (size_t i = 0; i < rings->ring_count; i++) {
        struct pm_range r = rings->rings[i];
        struct pm_box box = ring_box(rings->points + r.first, r.count);
        tree[i] = (struct branch){.box = box, .ring = i};
        pm_box_add(&rings->box, (struct pm_pt){box.x0, box.y0}, i == 0);
        pm_box_add(&rings->box, (struct pm_pt){box.x1, box.y1}, false);
    }
    if (rings->ring_count)
        qsort(tree, rings->ring_count, sizeof *tree, by_west);
    grow(tree, rings->ring_count);
    for (size_t i = 0; i < rings->ring_count; i++) {
        struct pm_range r = rings->rings[i];
        if (r.count >= 3)
            rings->area += (ring_inside(rings, tree, i) ? -1 : 1) *
                           fabs(pm_ring_area(rings->points + r.first, r.count));
    }
    free(tree);
}

void pm_page_face(const struct pm_topology *topology, const struct pm_page_arcs *page,
                  uint32_t face, double min_area, struct pm_arena *arena, struct pm_page_rings *out)
{
    struct collector c = {0};
    struct pm_range rings = topology->faces[face];
    for (size_t i = rings.first; i < rings.first + rings.count; i++)
        add_ring(&c, topology, page, topology->rings[i]);
    drop_specks(&c, min_area);
    *out = (struct pm_page_rings){.rings = PM_NEW_N(arena, struct pm_range, c.rings.n),
                                  .ring_count = c.rings.n};
    for (size_t i = 0; i < c.rings.n; i++)
        out->rings[i] = c.rings.v[i].points;
    pm_vec_into(&c.points, arena, &out->points);
    pm_vec_finish(&c.rings);
    measure(out);
}
