#include "layout/weight.h"

#include <math.h>
#include <stdlib.h>

#include "layout/border.h"
#include "base/banned.h"

/* Each is the one before divided by the square root of two. */
static const double shares[PM_WEIGHT_COUNT] = {1, 0.71, 0.5, 0.35, 0.25};

/* In area: a border is as heavy as between areas that have three times the median's side at most. */
#define MOST_MEDIANS 9.0

struct sizes {
    const struct pm_draft *draft;
    double *parents;               /* px², by parent */
    double most_area, most_parent; /* px²: none counts as larger */
};

double pm_weight_share(int weight)
{
    return shares[weight];
}

/* px²; what leaves the frame or is out of sight can't be told to be small. */
static double size_on_page(const struct pm_draft *draft, const struct pm_page_rings *rings)
{
    bool whole = rings->ring_count > 0 && pm_box_inside(rings->box, draft->page.map);
    return whole ? rings->area : INFINITY;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How large one may count among those of these sizes; reorders them. What leaves the frame says
 * nothing of the others. */
static double most_of(double *sizes, size_t count)
{
    size_t whole = 0;
    qsort(sizes, count, sizeof *sizes, ascending);
    while (whole < count && isfinite(sizes[whole]))
        whole++;
    return whole ? sizes[whole / 2] * MOST_MEDIANS : INFINITY;
}

static double most_area(const struct pm_draft *draft)
{
    double *sizes = PM_NEW_N(draft->arena, double, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++)
        sizes[i] = size_on_page(draft, &draft->areas[i].rings);
    return most_of(sizes, draft->area_count);
}

static double most_parent(const struct pm_draft *draft, const double *parents)
{
    double *sizes = PM_NEW_N(draft->arena, double, draft->parent_count);
    for (size_t i = 0; i < draft->parent_count; i++)
        sizes[i] = parents[i];
    return most_of(sizes, draft->parent_count);
}

static double *parent_sizes(const struct pm_draft *draft)
{
    double *sizes = PM_NEW_N(draft->arena, double, draft->parent_count);
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].parent != PM_NONE)
            sizes[draft->areas[i].parent] += size_on_page(draft, &draft->areas[i].rings);
    return sizes;
}

static double face_size(const struct sizes *sizes, uint32_t face, bool as_parent)
{
    const struct pm_draft *draft = sizes->draft;
    if (face >= draft->base->topology.context_first) /* neighbours are drawn faintly anyway */
        return INFINITY;
    const struct pm_area_draft *area = &draft->areas[face];
    return as_parent && area->parent != PM_NONE
               ? fmin(sizes->parents[area->parent], sizes->most_parent)
               : fmin(size_on_page(draft, &area->rings), sizes->most_area);
}

static double arc_size(const struct sizes *sizes, size_t index)
{
    const struct pm_draft *draft = sizes->draft;
    const struct pm_arc *arc = &draft->base->topology.arcs[index];
    struct pm_range r = draft->base->arcs.arcs[index];
    bool as_parent = pm_border_of(draft, arc) == PM_BORDER_PARENT;
    double size = fmin(face_size(sizes, arc->faces[0], as_parent),
                       face_size(sizes, arc->faces[1], as_parent));
    if (arc->closed && arc->faces[0] < draft->base->topology.context_first)
        size = fmin(size, fabs(pm_ring_area(draft->base->arcs.points + r.first, r.count)));
    return size;
}

const uint8_t *pm_weights(const struct pm_draft *draft)
{
    struct sizes sizes = {draft, parent_sizes(draft), most_area(draft), 0};
    uint8_t *weights = PM_NEW_N(draft->arena, uint8_t, draft->base->topology.arc_count);
    sizes.most_parent = most_parent(draft, sizes.parents);
    double full = pm_px(draft, draft->style->line.fade);
    for (size_t i = 0; i < draft->base->topology.arc_count; i++) {
        double side = sqrt(arc_size(&sizes, i));
        while (weights[i] + 1 < PM_WEIGHT_COUNT && side < full * shares[weights[i]])
            weights[i]++;
    }
    return weights;
}
