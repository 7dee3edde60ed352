/* Do segments on the page meet in their ends only? Exact, on hundredths of a pixel. */
#ifndef PM_TEST_SEGMENTS_H
#define PM_TEST_SEGMENTS_H

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "geo/shape.h"
#include "geo/simplify.h"

struct segment {
    struct pm_spot a, b;
};

struct segments {
    struct segment *v;
    size_t n, cap;
};

static inline struct pm_spot segment_cent(struct pm_pt p)
{
    return (struct pm_spot){(int32_t)lround(p.x * PM_PER_PIXEL),
                            (int32_t)lround(p.y * PM_PER_PIXEL)};
}

static inline void segments_add(struct segments *s, struct pm_pt a, struct pm_pt b)
{
    struct segment t = {segment_cent(a), segment_cent(b)};
    if (t.a.x > t.b.x || (t.a.x == t.b.x && t.a.y > t.b.y))
        t = (struct segment){t.b, t.a};
    pm_vec_push(s, t);
}

static inline int segment_compare(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;
    return (a->a.x > b->a.x) - (a->a.x < b->a.x);
}

static inline int segment_side(const struct segment *s, struct pm_spot p)
{
    int64_t cross = ((int64_t)s->b.x - s->a.x) * ((int64_t)p.y - s->a.y) -
                    ((int64_t)p.x - s->a.x) * ((int64_t)s->b.y - s->a.y);
    return (cross > 0) - (cross < 0);
}

static inline bool segment_same(struct pm_spot a, struct pm_spot b)
{
    return a.x == b.x && a.y == b.y;
}

/* On the segment, ends excluded. */
static inline bool segment_holds(const struct segment *s, struct pm_spot p)
{
    int32_t low = s->a.y < s->b.y ? s->a.y : s->b.y, high = s->a.y < s->b.y ? s->b.y : s->a.y;
    return segment_side(s, p) == 0 && p.x >= s->a.x && p.x <= s->b.x && p.y >= low && p.y <= high &&
           !segment_same(p, s->a) && !segment_same(p, s->b);
}

static inline bool segments_meet(const struct segment *s, const struct segment *t)
{
    if (segment_same(s->a, t->a) && segment_same(s->b, t->b))
        return true;
    if (segment_holds(s, t->a) || segment_holds(s, t->b) || segment_holds(t, s->a) ||
        segment_holds(t, s->b))
        return true;
    return segment_side(s, t->a) * segment_side(s, t->b) < 0 &&
           segment_side(t, s->a) * segment_side(t, s->b) < 0;
}

/* Frees them. */
static inline bool segments_free(struct segments *s)
{
    bool free_of_crossings = true;
    if (s->n)
        qsort(s->v, s->n, sizeof *s->v, segment_compare);
    for (size_t i = 0; i < s->n && free_of_crossings; i++)
        for (size_t k = i + 1; k < s->n && s->v[k].a.x <= s->v[i].b.x && free_of_crossings; k++)
            free_of_crossings = !segments_meet(&s->v[i], &s->v[k]);
    pm_vec_finish(s);
    return free_of_crossings;
}

static inline void segments_add_arc(struct segments *s, const struct pm_page_arcs *page, size_t arc)
{
    struct pm_range r = page->arcs[arc];
    for (size_t i = r.first; i + 1 < r.first + r.count; i++)
        segments_add(s, page->points[i], page->points[i + 1]);
}

/* Do all arcs meet in their points only? */
static inline bool segments_planar(const struct pm_topology *t, const struct pm_page_arcs *page)
{
    struct segments all = {0};
    for (size_t i = 0; i < t->arc_count; i++)
        segments_add_arc(&all, page, i);
    return segments_free(&all);
}

/* Do the sides of a ring? */
static inline bool segments_simple(const struct pm_topology *t, const struct pm_page_arcs *page,
                                   size_t ring)
{
    struct segments all = {0};
    struct pm_range refs = t->rings[ring];
    for (size_t i = refs.first; i < refs.first + refs.count; i++)
        segments_add_arc(&all, page, t->refs[i].arc);
    return segments_free(&all);
}

#endif
