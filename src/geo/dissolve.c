/* Dissolving: groups of faces as one polygon each.
 *
 * A group is bounded by the arcs that have it on one side only. At each of their ends an even number
 * of them meet, so that going on along any that is left closes a ring; which one does not matter,
 * since rings are read even-odd. */
#include <math.h>

#include "base/vec.h"
#include "geo/shape.h"
#include "base/banned.h"

/* One end of an arc that bounds a group. */
struct end {
    uint32_t group;
    struct pm_pt at;
    uint32_t arc;
    bool tail;  /* its last point, not its first */
    bool *used; /* of this arc and group: once in a ring */
};

struct dissolver {
    const struct pm_page_arcs *page;
    PM_VEC(struct end) ends; /* sorted by group and place */
    PM_VEC(struct pm_pt) points;
    PM_VEC(struct pm_range) rings;
};

static int compare_places(const struct end *a, uint32_t group, struct pm_pt at)
{
    if (a->group != group)
        return a->group < group ? -1 : 1;
    if (a->at.x != at.x)
        return a->at.x < at.x ? -1 : 1;
    return (a->at.y > at.y) - (a->at.y < at.y);
}

static int compare_ends(const void *a, const void *b)
{
    const struct end *x = a, *y = b;
    int order = compare_places(x, y->group, y->at);
    if (order)
        return order;
    if (x->arc != y->arc)
        return x->arc < y->arc ? -1 : 1;
    return x->tail - y->tail;
}

static void add_arc(struct dissolver *d, uint32_t group, uint32_t arc, bool *used)
{
    struct pm_range r = d->page->arcs[arc];
    pm_vec_push(&d->ends, (struct end){group, d->page->points[r.first], arc, false, used});
    pm_vec_push(&d->ends,
                (struct end){group, d->page->points[r.first + r.count - 1], arc, true, used});
}

/* An end at this place whose arc is not in a ring yet, or NULL. */
static const struct end *next_end(const struct dissolver *d, uint32_t group, struct pm_pt at)
{
    size_t low = 0, high = d->ends.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(&d->ends.v[middle], group, at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < d->ends.n && compare_places(&d->ends.v[low], group, at) == 0; low++)
        if (!*d->ends.v[low].used)
            return &d->ends.v[low];
    return NULL;
}

/* The ring that begins with this end. */
static void walk(struct dissolver *d, const struct end *end)
{
    size_t first = d->points.n;
    uint32_t group = end->group;
    while (end) {
        struct pm_range r = d->page->arcs[end->arc];
        const struct pm_pt *points = d->page->points + r.first;
        *end->used = true;
        for (size_t i = 0; i + 1 < r.count; i++)
            pm_vec_push(&d->points, points[end->tail ? r.count - 1 - i : i]);
        end = next_end(d, group, points[end->tail ? 0 : r.count - 1]);
    }
    if (d->points.n - first >= 3)
        pm_vec_push(&d->rings, (struct pm_range){first, d->points.n - first});
    else
        d->points.n = first;
}

static void find_ends(struct dissolver *d, const struct pm_topology *t, const uint32_t *groups,
                      bool *used)
{
    for (size_t i = 0; i < t->arc_count; i++) {
        uint32_t a = groups[t->arcs[i].faces[0]], b = PM_NO_FACE;
        if (t->arcs[i].faces[1] != PM_NO_FACE)
            b = groups[t->arcs[i].faces[1]];
        if (a == b || d->page->arcs[i].count < 2)
            continue;
        if (a != PM_NO_FACE)
            add_arc(d, a, (uint32_t)i, &used[2 * i]);
        if (b != PM_NO_FACE)
            add_arc(d, b, (uint32_t)i, &used[2 * i + 1]);
    }
    if (d->ends.n)
        qsort(d->ends.v, d->ends.n, sizeof *d->ends.v, compare_ends);
}

static void hand_over(struct dissolver *d, struct pm_arena *arena, struct pm_page_rings *out)
{
    *out = (struct pm_page_rings){.ring_count = d->rings.n};
    for (size_t i = 0; i < d->points.n; i++)
        pm_box_add(&out->box, d->points.v[i], i == 0);
    pm_vec_into(&d->rings, arena, &out->rings);
    pm_vec_into(&d->points, arena, &out->points);
}

void pm_page_dissolve(const struct pm_topology *topology, const struct pm_page_arcs *page,
                      const uint32_t *groups, size_t group_count, struct pm_arena *arena,
                      struct pm_page_rings *out)
{
    struct dissolver d = {.page = page};
    bool *used = pm_xrealloc(NULL, 2 * topology->arc_count + 1, sizeof *used);
    memset(used, 0, 2 * topology->arc_count * sizeof *used);
    find_ends(&d, topology, groups, used);
    size_t i = 0;
    for (size_t group = 0; group < group_count; group++) {
        for (; i < d.ends.n && d.ends.v[i].group == group; i++)
            if (!*d.ends.v[i].used)
                walk(&d, &d.ends.v[i]);
        hand_over(&d, arena, &out[group]);
    }
    pm_vec_finish(&d.ends);
    free(used);
}
