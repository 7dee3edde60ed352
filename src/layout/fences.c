#include "layout/fences.h"

#include <math.h>

#include "layout/border.h"
#include "base/banned.h"

#define CROSS_BORDER 2.0

struct collector {
    struct pm_box frame;
    PM_VEC(struct pm_fence_segment) segments;
    PM_VEC(struct pm_box) boxes;
};

static void add_segment(struct collector *c, struct pm_fence_segment segment)
{
    struct pm_box box = {0};
    pm_box_add(&box, segment.from, true);
    pm_box_add(&box, segment.to, false);
    if (!pm_box_meets(box, c->frame))
        return;
    pm_vec_push(&c->segments, segment);
    pm_vec_push(&c->boxes, box);
}

void pm_fences_make(const struct pm_draft *draft, struct pm_fences *f)
{
    size_t arcs = draft->base->topology.arc_count;
    struct collector c = {.frame = draft->page.map};
    *f = (struct pm_fences){.costs = PM_NEW_N(draft->arena, double, arcs),
                            .crossed = PM_NEW_N(draft->arena, uint32_t, arcs)};
    for (size_t i = 0; i < arcs; i++) {
        struct pm_range r = draft->base->arcs.arcs[i];
        const struct pm_pt *points = draft->base->arcs.points + r.first;
        enum pm_border kind = pm_border_of(draft, &draft->base->topology.arcs[i]);
        f->costs[i] = kind == PM_BORDER_CHANGE ? INFINITY : CROSS_BORDER;
        for (size_t k = 0; kind != PM_BORDER_SEAM && k + 1 < r.count; k++)
            add_segment(&c, (struct pm_fence_segment){points[k], points[k + 1], (uint32_t)i});
    }
    size_t count = c.boxes.n;
    struct pm_box *boxes = NULL;
    pm_vec_into(&c.boxes, draft->arena, &boxes);
    pm_vec_into(&c.segments, draft->arena, &f->segments);
    pm_cells_make(&f->cells, c.frame, boxes, count, draft->arena);
}

double pm_fences_cost(struct pm_fences *f, const struct pm_footprint *ground)
{
    struct pm_cell_walk walk = pm_cells_walk(&f->cells, ground->box);
    double cost = 0;
    f->asked++;
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_fence_segment *s = &f->segments[i];
        if (f->crossed[s->fence] == f->asked || !pm_footprint_meets_segment(ground, s->from, s->to))
            continue;
        f->crossed[s->fence] = f->asked;
        cost += f->costs[s->fence];
    }
    return cost;
}
