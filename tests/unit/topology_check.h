/* What must hold of every topology, whatever the polygons: for the unit test and the fuzzer. */
#ifndef PM_TEST_TOPOLOGY_CHECK_H
#define PM_TEST_TOPOLOGY_CHECK_H

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "geo/topology.h"

struct check_points {
    struct pm_grid *v;
    size_t n, cap;
};

struct check_segment {
    struct pm_grid a, b;
};

static inline bool check_same(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

static inline int check_compare_points(struct pm_grid a, struct pm_grid b)
{
    int x = (a.x > b.x) - (a.x < b.x);
    return x ? x : (a.y > b.y) - (a.y < b.y);
}

static inline int check_compare_segments(const void *left, const void *right)
{
    const struct check_segment *s = left, *t = right;
    int a = check_compare_points(s->a, t->a);
    return a ? a : check_compare_points(s->b, t->b);
}

/* Every segment lies in one arc, once, and joins two different points. */
static inline const char *check_segments(const struct pm_topology *t)
{
    PM_VEC(struct check_segment) all = {0};
    const char *fault = NULL;
    for (size_t i = 0; i < t->arc_count; i++) {
        const struct pm_grid *p = t->points + t->arcs[i].points.first;
        for (size_t k = 0; k + 1 < t->arcs[i].points.count; k++) {
            bool rises = check_compare_points(p[k], p[k + 1]) < 0;
            if (check_same(p[k], p[k + 1]))
                fault = "a segment without length";
            pm_vec_push(&all, (struct check_segment){p[rises ? k : k + 1], p[rises ? k + 1 : k]});
        }
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, check_compare_segments);
    for (size_t i = 1; i < all.n; i++)
        if (check_compare_segments(&all.v[i - 1], &all.v[i]) == 0)
            fault = "a segment is stored twice";
    pm_vec_finish(&all);
    return fault;
}

/* The ring that the references make; false if its arcs don't join. */
static inline bool check_join(const struct pm_topology *t, struct pm_range refs,
                              struct check_points *out)
{
    struct pm_grid end = {0, 0};
    out->n = 0;
    for (size_t i = refs.first; i < refs.first + refs.count; i++) {
        struct pm_range r = t->arcs[t->refs[i].arc].points;
        bool back = t->refs[i].reversed;
        if (out->n && !check_same(end, t->points[back ? r.first + r.count - 1 : r.first]))
            return false;
        for (size_t k = 0; k + 1 < r.count; k++)
            pm_vec_push(out, t->points[r.first + (back ? r.count - 1 - k : k)]);
        end = t->points[back ? r.first : r.first + r.count - 1];
    }
    return out->n > 0 && check_same(end, out->v[0]);
}

static inline void check_clean(const struct pm_layer *layer, struct pm_range part,
                               struct check_points *out)
{
    out->n = 0;
    for (size_t i = 0; i < part.count; i++)
        if (out->n == 0 || !check_same(out->v[out->n - 1], layer->points[part.first + i]))
            pm_vec_push(out, layer->points[part.first + i]);
    while (out->n > 1 && check_same(out->v[0], out->v[out->n - 1]))
        out->n--;
}

/* Same cycle, begun anywhere. */
static inline bool check_cycle(const struct check_points *a, const struct check_points *b)
{
    for (size_t shift = 0; a->n == b->n && shift < a->n; shift++) {
        size_t i = 0;
        while (i < a->n && check_same(a->v[i], b->v[(i + shift) % b->n]))
            i++;
        if (i == a->n)
            return true;
    }
    return false;
}

/* Each ring of the layer comes back, in order. */
static inline const char *check_rings(const struct pm_topology *t, const struct pm_layer *layer,
                                      size_t first_face)
{
    struct check_points wanted = {0}, got = {0};
    const char *fault = NULL;
    for (size_t f = 0; f < layer->feature_count; f++) {
        struct pm_range parts = layer->features[f].parts, rings = t->faces[first_face + f];
        size_t done = 0;
        for (size_t i = parts.first; i < parts.first + parts.count; i++) {
            check_clean(layer, layer->parts[i], &wanted);
            if (wanted.n < 3)
                continue;
            if (done == rings.count || !check_join(t, t->rings[rings.first + done++], &got) ||
                !check_cycle(&wanted, &got))
                fault = "a ring does not come back";
        }
        if (done != rings.count)
            fault = "a ring too many";
    }
    pm_vec_finish(&wanted);
    pm_vec_finish(&got);
    return fault;
}

/* What an arc's faces must be: those that use it an odd number of times. */
struct check_use {
    uint32_t faces[2];
    size_t uses, overused;
};

/* Faces come in ascending order. */
static inline void check_use_arc(struct check_use *u, uint32_t face, size_t segments)
{
    bool pair = u->uses > 0 && u->faces[0] == u->faces[1]; /* there and back */
    if (u->uses++ == 0 || (pair && face != u->faces[0])) {
        u->faces[0] = face;
        u->faces[1] = PM_NO_FACE;
    } else if (u->faces[1] == PM_NO_FACE || u->faces[1] == face) {
        u->faces[1] = u->faces[1] == face ? PM_NO_FACE : face;
    } else {
        u->overused += segments;
    }
}

/* Faces and the count of overlaps agree with the references. */
static inline const char *check_uses(const struct pm_topology *t)
{
    struct check_use *uses = calloc(t->arc_count + 1, sizeof *uses);
    const char *fault = NULL;
    size_t overused = 0;
    for (size_t f = 0; f < t->face_count; f++)
        for (size_t r = t->faces[f].first; r < t->faces[f].first + t->faces[f].count; r++)
            for (size_t i = t->rings[r].first; i < t->rings[r].first + t->rings[r].count; i++)
                check_use_arc(&uses[t->refs[i].arc], (uint32_t)f,
                              t->arcs[t->refs[i].arc].points.count - 1);
    for (size_t i = 0; i < t->arc_count; i++) {
        struct pm_range r = t->arcs[i].points;
        bool closed = check_same(t->points[r.first], t->points[r.first + r.count - 1]);
        if (uses[i].uses == 0 || uses[i].faces[0] != t->arcs[i].faces[0] ||
            uses[i].faces[1] != t->arcs[i].faces[1])
            fault = "an arc names other faces than use it";
        if (closed != t->arcs[i].closed || r.first + r.count > t->point_count)
            fault = "an arc's ends are wrong";
        overused += uses[i].overused;
    }
    free(uses);
    return overused == t->overused ? fault : "overlaps are miscounted";
}

/* NULL, or what is wrong. */
static inline const char *check_topology(const struct pm_topology *t, const struct pm_layer *areas,
                                         const struct pm_layer *context)
{
    const char *faults[] = {check_segments(t), check_uses(t), check_rings(t, areas, 0),
                            check_rings(t, context, areas->feature_count)};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i])
            return faults[i];
    return NULL;
}

#endif
