#include "layout/fences.h"

#include <math.h>

#include "layout/border.h"
#include "base/banned.h"

#define CROSS_BORDER 2.0

/* ---- where they run -------------------------------------------------------------------------- */

struct collector {
    struct pm_box frame;
    PM_VEC(struct pm_border_segment) segments;
    PM_VEC(struct pm_box) boxes;
};

static void add_segment(struct collector *c, struct pm_border_segment segment)
{
    struct pm_box box = {0};
    pm_box_add(&box, segment.from, true);
    pm_box_add(&box, segment.to, false);
    if (!pm_box_meets(box, c->frame))
        return;
    pm_vec_push(&c->segments, segment);
    pm_vec_push(&c->boxes, box);
}

void pm_border_segments_make(struct pm_border_segments *borders, const struct pm_topology *topology,
                             const struct pm_page_arcs *arcs, struct pm_box frame,
                             struct pm_arena *arena)
{
    struct collector c = {.frame = frame};
    for (size_t i = 0; i < topology->arc_count; i++) {
        struct pm_range r = arcs->arcs[i];
        const struct pm_pt *points = arcs->points + r.first;
        for (size_t k = 0; topology->arcs[i].mark != PM_MARK_SEAM && k + 1 < r.count; k++)
            add_segment(&c, (struct pm_border_segment){points[k], points[k + 1], (uint32_t)i});
    }
    size_t count = c.boxes.n;
    struct pm_box *boxes = NULL;
    pm_vec_into(&c.boxes, arena, &boxes);
    pm_vec_into(&c.segments, arena, &borders->v);
    pm_cells_make(&borders->cells, frame, boxes, count, arena);
}

/* ---- what it costs to cross them ------------------------------------------------------------- */

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *f)
{
    const struct pm_topology *topology = &draft->base->topology;
    *f = (struct pm_fences){.borders = &draft->base->borders,
                            .costs = PM_NEW_N(draft->arena, double, topology->arc_count),
                            .crossed = PM_NEW_N(draft->arena, uint32_t, topology->arc_count)};
    for (size_t i = 0; i < topology->arc_count; i++) {
        bool change = pm_border_of(draft, &topology->arcs[i]) == PM_BORDER_CHANGE;
        f->costs[i] = change ? INFINITY : CROSS_BORDER;
    }
}

void pm_fences_finish(struct pm_fences *f)
{
    pm_vec_finish(&f->met);
}

void pm_fences_meet(struct pm_fences *f, const struct pm_footprint *ground)
{
    struct pm_cell_walk walk = pm_cells_walk(&f->borders->cells, ground->box);
    f->met.n = 0;
    f->asked++;
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_border_segment *s = &f->borders->v[i];
        if (f->crossed[s->arc] == f->asked || !pm_footprint_meets_segment(ground, s->from, s->to))
            continue;
        f->crossed[s->arc] = f->asked;
        pm_vec_push(&f->met, s->arc);
    }
}

double pm_fences_sum(const struct pm_fences *f, const uint32_t *arcs, size_t count)
{
    double cost = 0;
    for (size_t i = 0; i < count; i++)
        cost += f->costs[arcs[i]];
    return cost;
}

double pm_fences_cost(struct pm_fences *f, const struct pm_footprint *ground)
{
    pm_fences_meet(f, ground);
    return pm_fences_sum(f, f->met.v, f->met.n);
}
