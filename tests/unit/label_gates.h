/* What must hold of the labels of a map, measured from the finished draft by other means than those by
 * which they were placed: plain loops over all pairs, and exact areas. */
#ifndef PM_TEST_LABEL_GATES_H
#define PM_TEST_LABEL_GATES_H

#include "check.h"

#include "base/vec.h"
#include "layout/border.h"
#include "layout/insets.h"
#include "map.h"
#include "model/words.h"
#include "layout/state.h"

struct label_gates {
    size_t overlaps;        /* pairs of label, mark, event, callout, scale bar, end of a leader */
    size_t off_frame;       /* labels that leave the map's frame */
    size_t wanted, missing; /* capitals and areas that must be named, and those that are not */
    size_t leaders, keyed;  /* of the labels */
    size_t outside;         /* areas' labels without a leader, less than 98 % in their area */
    size_t on_others; /* areas' labels with a leader on an area of which something else is said */
    size_t crossing;  /* labels across a change of side */
    size_t ambiguous; /* labels of places nearer to another's mark */
    size_t crossing_leaders; /* pairs of leaders, or of a leader and another's end, or a label */
    size_t on_outlines;      /* names and ends of leaders on the outlines of insets */
    size_t places, best; /* names of places beside their mark; of these at the best three sides */
    char first_problem[200];
};

static inline void label_gates_note(struct label_gates *g, const char *what, const char *name)
{
    if (!*g->first_problem)
        snprintf(g->first_problem, sizeof g->first_problem, "%s: %s", what, name);
}

/* ---- what takes room ----------------------------------------------------------------------- */

struct gate_box {
    struct pm_box box;
    const void *owner; /* boxes of one owner may meet */
    const char *name;
};

struct gate_boxes {
    PM_VEC(struct gate_box) all;
};

static inline void gate_add(struct gate_boxes *boxes, struct pm_box box, const void *owner,
                            const char *name)
{
    pm_vec_push(&boxes->all, (struct gate_box){box, owner, name});
}

static inline struct pm_box gate_around(struct pm_pt p, double r)
{
    return pm_box_of(p.x - r, p.y - r, 2 * r, 2 * r);
}

static inline void gate_boxes_of(const struct pm_draft *d, struct gate_boxes *boxes)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        for (size_t k = 0; k < pm_footprint_count(&l->ground); k++)
            gate_add(boxes, pm_footprint_part(&l->ground, k), l, l->name);
        if (l->has_leader && l->kind == PM_LABEL_AREA) /* else it ends at the mark */
            gate_add(boxes, gate_around(l->leader_to, pm_px(d, 2)), l, "end of a leader");
    }
    /* marks of places may lie on each other: where they are is a fact */
    for (size_t i = 0; i < d->place_count; i++)
        gate_add(boxes, gate_around(d->places[i].at, d->places[i].radius), d->places,
                 d->places[i].name);
    for (size_t i = 0; i < d->event_count; i++)
        if (d->events[i].visible) {
            gate_add(boxes, gate_around(d->events[i].at, pm_px(d, d->style->mark.event)), d->places,
                     "an event");
            gate_add(boxes, d->events[i].callout, &d->events[i], "a callout");
        }
    gate_add(boxes, d->bar.box, &d->bar, "the scale bar");
    for (size_t i = 0; i < d->inset_count; i++) {
        gate_add(boxes, d->insets[i].box, &d->insets[i], "an inset");
        if (d->insets[i].letter)
            gate_add(boxes, d->insets[i].tab, &d->insets[i].tab, "the letter of an inset");
    }
}

static inline void gate_overlaps(const struct pm_draft *d, struct label_gates *g)
{
    struct gate_boxes boxes = {0};
    gate_boxes_of(d, &boxes);
    for (size_t i = 0; i < boxes.all.n; i++)
        for (size_t k = i + 1; k < boxes.all.n; k++) {
            struct pm_box cut = pm_box_cut(boxes.all.v[i].box, boxes.all.v[k].box);
            if (boxes.all.v[i].owner == boxes.all.v[k].owner || pm_box_empty(cut) ||
                pm_box_w(cut) < 1e-6 || pm_box_h(cut) < 1e-6)
                continue;
            g->overlaps++;
            label_gates_note(g, boxes.all.v[i].name, boxes.all.v[k].name);
        }
    pm_vec_finish(&boxes.all);
}

/* ---- within the area ------------------------------------------------------------------------ */

/* One side of the clipping of a ring to a half plane (Sutherland, Hodgman 1974): axis 0 x, 1 y. */
static inline size_t gate_clip_side(const struct pm_pt *in, size_t n, int axis, double at,
                                    double sign, struct pm_pt *out)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        struct pm_pt a = in[i], b = in[(i + 1) % n];
        double da = ((axis ? a.y : a.x) - at) * sign, db = ((axis ? b.y : b.x) - at) * sign;
        if (da >= 0)
            out[count++] = a;
        if ((da >= 0) != (db >= 0)) {
            double t = da / (da - db);
            out[count++] = (struct pm_pt){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
        }
    }
    return count;
}

/* px² of a box that the polygon covers, exactly: its outer rings run against its holes. */
static inline double gate_area_in_box(const struct pm_page_rings *rings, struct pm_box box)
{
    double area = 0;
    for (size_t i = 0; i < rings->ring_count; i++) {
        size_t n = rings->rings[i].count;
        struct pm_pt *a = calloc(4 * n + 16, sizeof *a), *b = calloc(4 * n + 16, sizeof *b);
        assert_non_null(a);
        assert_non_null(b);
        memcpy(a, rings->points + rings->rings[i].first, n * sizeof *a);
        n = gate_clip_side(a, n, 0, box.x0, 1, b);
        n = gate_clip_side(b, n, 0, box.x1, -1, a);
        n = gate_clip_side(a, n, 1, box.y0, 1, b);
        n = gate_clip_side(b, n, 1, box.y1, -1, a);
        area += pm_ring_area(a, n);
        free(a);
        free(b);
    }
    return fabs(area);
}

static inline bool gate_within(const struct pm_label_draft *l, const struct pm_page_rings *rings)
{
    double all = 0, inside = 0;
    for (size_t k = 0; k < pm_footprint_count(&l->ground); k++) {
        struct pm_box part = pm_footprint_part(&l->ground, k);
        all += pm_box_w(part) * pm_box_h(part);
        inside += gate_area_in_box(rings, part);
    }
    return inside >= 0.98 * all;
}

static inline void gate_areas(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        if (l->kind != PM_LABEL_AREA || l->has_leader || gate_within(l, &d->areas[l->index].rings))
            continue;
        g->outside++;
        label_gates_note(g, "outside", l->name);
    }
}

/* Is a good part of it, and of a number most, on an area that looks otherwise, as if it were that one's name? */
static inline bool gate_on_other(const struct pm_draft *d, const struct pm_label_draft *l)
{
    struct pm_box box = l->ground.box;
    double most = l->number ? 0.55 : 0.25;
    for (size_t i = 0; i < d->area_count; i++) {
        const struct pm_area_draft *area = &d->areas[i];
        if (i != l->index && area->state.record && !area->state.muted &&
            area->state.look != d->areas[l->index].state.look &&
            gate_area_in_box(&area->rings, box) > most * pm_box_w(box) * pm_box_h(box))
            return true;
    }
    return false;
}

static inline void gate_others(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        if (l->kind != PM_LABEL_AREA || !l->has_leader || !gate_on_other(d, l))
            continue;
        g->on_others++;
        label_gates_note(g, "on another area", l->name);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static inline bool gate_on_change(const struct pm_draft *d, const struct pm_footprint *ground)
{
    for (size_t i = 0; i < d->base->topology.arc_count; i++) {
        struct pm_range r = d->base->arcs.arcs[i];
        const struct pm_pt *p = d->base->arcs.points + r.first;
        if (pm_border_of(d, &d->base->topology.arcs[i]) != PM_BORDER_CHANGE)
            continue;
        for (size_t k = 0; k + 1 < r.count; k++)
            if (pm_footprint_meets_segment(ground, p[k], p[k + 1]))
                return true;
    }
    return false;
}

static inline void gate_crossings(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        if (l->kind == PM_LABEL_PARENT || !gate_on_change(d, &l->ground))
            continue; /* a parent's name lies across whatever its areas are */
        g->crossing++;
        label_gates_note(g, "across a change of side", l->name);
    }
    for (size_t i = 0; i < d->label_count; i++)
        for (size_t k = 0; k < d->label_count; k++) {
            const struct pm_label_draft *a = &d->labels[i], *b = &d->labels[k];
            bool meets = i != k && a->has_leader &&
                         pm_footprint_meets_segment(&b->ground, a->leader_from, a->leader_to);
            bool cross =
                i != k && a->has_leader && b->has_leader &&
                (pm_segments_cross(a->leader_from, a->leader_to, b->leader_from, b->leader_to) ||
                 pm_segment_meets(a->leader_from, a->leader_to,
                                  gate_around(b->leader_to, pm_px(d, 2))));
            if (!meets && !cross)
                continue;
            g->crossing_leaders++;
            label_gates_note(g, a->name, b->name);
        }
}

static inline bool gate_on_outline(const struct pm_draft *d, const struct pm_footprint *ground)
{
    for (size_t i = 0; i < d->inset_count; i++) {
        const struct pm_inset_draft *inset = &d->insets[i];
        for (size_t k = 0; !inset->locator && k < inset->outline_count; k++)
            if (pm_footprint_meets_segment(ground, inset->outline[k],
                                           inset->outline[(k + 1) % inset->outline_count]))
                return true;
    }
    return false;
}

static inline void gate_outlines(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        struct pm_footprint end = pm_footprint_of(gate_around(l->leader_to, pm_px(d, 2)));
        g->on_outlines += gate_on_outline(d, &l->ground);
        g->on_outlines += l->has_leader && gate_on_outline(d, &end);
    }
}

/* ---- places ---------------------------------------------------------------------------------- */

static inline double gate_distance(struct pm_pt p, struct pm_box b)
{
    double dx = fmax(fmax(b.x0 - p.x, 0), p.x - b.x1), dy = fmax(fmax(b.y0 - p.y, 0), p.y - b.y1);
    return hypot(dx, dy);
}

static inline bool gate_ambiguous(const struct pm_draft *d, const struct pm_label_draft *l)
{
    const struct pm_place_draft *own = &d->places[l->index];
    double near = gate_distance(own->at, l->ground.box) - own->radius;
    for (size_t i = 0; i < d->place_count; i++)
        if (i != l->index &&
            gate_distance(d->places[i].at, l->ground.box) - d->places[i].radius < near - 1e-9)
            return true;
    return false;
}

/* Above, below or at the right, in the middle of that side. */
static inline bool gate_at_best(struct pm_pt at, struct pm_box b)
{
    double dx = (b.x0 + b.x1) / 2 - at.x, dy = (b.y0 + b.y1) / 2 - at.y;
    return fabs(dx) < 1 || (fabs(dy) < 1 && dx > 0);
}

static inline void gate_places(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->label_count; i++) {
        const struct pm_label_draft *l = &d->labels[i];
        g->leaders += l->has_leader;
        g->keyed += l->number > 0;
        g->off_frame += !pm_box_inside(l->ground.box, d->page.map);
        if (l->kind != PM_LABEL_PLACE || l->has_leader)
            continue;
        g->places++;
        g->best += gate_at_best(d->places[l->index].at, l->ground.box);
        if (!gate_ambiguous(d, l))
            continue;
        g->ambiguous++;
        label_gates_note(g, "ambiguous", l->name);
    }
}

static inline bool gate_has_label(const struct pm_draft *d, enum pm_label_kind kind, size_t index)
{
    for (size_t i = 0; i < d->label_count; i++)
        if (d->labels[i].kind == kind && d->labels[i].index == index)
            return true;
    return false;
}

/* Has the area a capital of its name? */
static inline bool gate_by_capital(const struct pm_draft *d, size_t area, const char *name)
{
    for (size_t i = 0; i < d->place_count; i++)
        if (d->places[i].area == area && d->places[i].rank <= 2 &&
            strcmp(d->places[i].name, name) == 0)
            return gate_has_label(d, PM_LABEL_PLACE, i);
    return false;
}

static inline void gate_missing(const struct pm_draft *d, struct label_gates *g)
{
    for (size_t i = 0; i < d->place_count; i++) {
        if (d->places[i].rank > 2 || d->places[i].state.muted)
            continue;
        g->wanted++;
        if (gate_has_label(d, PM_LABEL_PLACE, i) || pm_inset_names_place(d, &d->places[i]))
            continue;
        g->missing++;
        label_gates_note(g, "missing", d->places[i].name);
    }
    for (size_t i = 0; i < d->area_count; i++) {
        const char *name = pm_feature_name(d, d->areas[i].feature, NULL);
        if (d->areas[i].rings.ring_count == 0 || d->areas[i].state.muted || !name ||
            (d->parent_count && !d->areas[i].state.subject))
            continue; /* in a crowd, what the status file names */
        g->wanted++;
        if (gate_has_label(d, PM_LABEL_AREA, i) || gate_by_capital(d, i, name) ||
            pm_inset_names_area(d, i))
            continue;
        g->missing++;
        label_gates_note(g, "missing", name);
    }
}

/* Of the map; its insets count with it. */
static inline struct label_gates label_gates_of(const struct pm_draft *draft)
{
    struct label_gates g = {0};
    gate_missing(draft, &g);
    gate_places(draft, &g);
    for (size_t i = 0; i <= draft->inset_count; i++) {
        const struct pm_draft *part = i ? draft->insets[i - 1].map : draft;
        gate_overlaps(part, &g);
        gate_areas(part, &g);
        gate_others(part, &g);
        gate_crossings(part, &g);
        gate_outlines(part, &g);
        struct label_gates own = {0};
        if (i)
            gate_places(part, &own);
        g.off_frame += own.off_frame;
        g.ambiguous += own.ambiguous;
    }
    return g;
}

static inline void label_gates_print(const char *title, const struct label_gates *g)
{
    print_message(
        "%s: overlaps %zu, off frame %zu, missing %zu of %zu, leaders %zu, key %zu, outside "
        "%zu, on others %zu, crossing %zu, ambiguous %zu, leaders crossing %zu, on outlines %zu, "
        "best %zu of "
        "%zu  %s\n",
        title, g->overlaps, g->off_frame, g->missing, g->wanted, g->leaders, g->keyed, g->outside,
        g->on_others, g->crossing, g->ambiguous, g->crossing_leaders, g->on_outlines, g->best,
        g->places, g->first_problem);
}

/* All of them; `title` says which map it is. */
static inline void label_gates_assert(const char *title, const struct label_gates *g)
{
    label_gates_print(title, g);
    if (g->overlaps || g->off_frame || g->missing || g->outside || g->on_others || g->crossing ||
        g->ambiguous || g->crossing_leaders)
        fail_msg("%s: %s", title, g->first_problem);
}

#endif
