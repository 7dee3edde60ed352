#include "layout/weight.h"

#include <math.h>
#include <stdlib.h>

#include "base/cache.h"
#include "base/str.h"
#include "layout/border.h"
#include "base/banned.h"

/* Each is the one before divided by the square root of two. */
static const double shares[PM_WEIGHT_COUNT] = {1, 0.71, 0.5, 0.35, 0.25};

#define MOST_MEDIANS 3.0
#define ISLET 3.0 /* px wide */

struct widths {
    const struct pm_draft *draft;
    const double *lengths;         /* px, by arc */
    double *areas, *parents;       /* px, by area and by parent */
    double most_area, most_parent; /* px: none counts as wider */
};

double pm_weight_share(int weight)
{
    return shares[weight];
}

/* px: the side of a square of this area, or of one that has as much border for its area (the
 * hydraulic diameter, 4A/P): a coast of fjords is narrow everywhere, however much land it encloses. */
static double width_of(double area, double border)
{
    return fmin(sqrt(area), 4 * area / border);
}

static double length_of(const struct pm_draft *draft, size_t arc)
{
    struct pm_range r = draft->base->arcs.arcs[arc];
    const struct pm_pt *p = draft->base->arcs.points + r.first;
    double length = 0;
    for (size_t i = 1; i < r.count; i++)
        length += hypot(p[i].x - p[i - 1].x, p[i].y - p[i - 1].y);
    return length;
}

/* px²; what leaves the frame or is out of sight can't be told to be small. */
static double size_on_page(const struct pm_draft *draft, const struct pm_page_rings *rings)
{
    bool whole = rings->ring_count > 0 && pm_box_inside(rings->box, draft->page.map);
    return whole ? rings->area : INFINITY;
}

static const double *arc_lengths(const struct pm_draft *draft)
{
    size_t count = draft->base->topology.arc_count;
    double *lengths = PM_NEW_N(draft->arena, double, count);
    for (size_t i = 0; i < count; i++)
        lengths[i] = length_of(draft, i);
    return lengths;
}

static double *area_widths(const struct pm_draft *draft, const double *lengths)
{
    const struct pm_topology *topology = &draft->base->topology;
    double *widths = PM_NEW_N(draft->arena, double, draft->area_count); /* at first: of border */
    for (size_t i = 0; i < topology->arc_count; i++)
        for (int side = 0; side < 2; side++)
            if (topology->arcs[i].faces[side] < topology->context_first)
                widths[topology->arcs[i].faces[side]] += lengths[i];
    for (size_t i = 0; i < draft->area_count; i++)
        widths[i] = width_of(size_on_page(draft, &draft->areas[i].rings), widths[i]);
    return widths;
}

static double *parent_widths(const struct pm_draft *draft)
{
    double *widths = PM_NEW_N(draft->arena, double, draft->parent_count); /* at first: px² */
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].parent != PM_NONE)
            widths[draft->areas[i].parent] += size_on_page(draft, &draft->areas[i].rings);
    for (size_t i = 0; i < draft->parent_count; i++)
        widths[i] = sqrt(widths[i]);
    return widths;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How wide one may count among those of these widths. What leaves the frame says nothing of the
 * others. */
static double most_of(const struct pm_draft *draft, const double *widths, size_t count)
{
    double *sorted = PM_NEW_N(draft->arena, double, count);
    size_t whole = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(widths[i]))
            sorted[whole++] = widths[i];
    if (whole)
        qsort(sorted, whole, sizeof *sorted, ascending);
    return whole ? sorted[whole / 2] * MOST_MEDIANS : INFINITY;
}

static double face_width(const struct widths *widths, uint32_t face, bool as_parent)
{
    const struct pm_draft *draft = widths->draft;
    if (face >= draft->base->topology.context_first) /* neighbours are drawn faintly anyway */
        return INFINITY;
    size_t parent = draft->areas[face].parent;
    return as_parent && parent != PM_NONE ? fmin(widths->parents[parent], widths->most_parent)
                                          : fmin(widths->areas[face], widths->most_area);
}

/* Of an arc that runs around an island or an enclave; else infinite. */
static double ring_width(const struct widths *widths, size_t index)
{
    const struct pm_draft *draft = widths->draft;
    const struct pm_arc *arc = &draft->base->topology.arcs[index];
    struct pm_range r = draft->base->arcs.arcs[index];
    if (!arc->closed || arc->faces[0] >= draft->base->topology.context_first)
        return INFINITY;
    return width_of(fabs(pm_ring_area(draft->base->arcs.points + r.first, r.count)),
                    widths->lengths[index]);
}

static double arc_width(const struct widths *widths, size_t index)
{
    const struct pm_draft *draft = widths->draft;
    const struct pm_arc *arc = &draft->base->topology.arcs[index];
    bool as_parent = pm_border_parts_parents(draft, arc);
    double width = fmin(face_width(widths, arc->faces[0], as_parent),
                        face_width(widths, arc->faces[1], as_parent));
    return fmin(width, ring_width(widths, index));
}

static bool is_islet(const struct widths *widths, size_t index)
{
    return widths->draft->base->topology.arcs[index].faces[1] == PM_NO_FACE &&
           ring_width(widths, index) < pm_px(widths->draft, ISLET);
}

static uint8_t *find_weights(const struct pm_draft *draft)
{
    const double *lengths = arc_lengths(draft);
    struct widths widths = {draft, lengths, area_widths(draft, lengths), parent_widths(draft),
                            0,     0};
    size_t count = draft->base->topology.arc_count;
    uint8_t *weights = pm_xcalloc(count, sizeof *weights);
    double full = pm_px(draft, draft->style->line.fade);
    widths.most_area = most_of(draft, widths.areas, draft->area_count);
    widths.most_parent = most_of(draft, widths.parents, draft->parent_count);
    for (size_t i = 0; i < count; i++) {
        double width = arc_width(&widths, i);
        while (weights[i] + 1 < PM_WEIGHT_COUNT && width < full * shares[weights[i]])
            weights[i]++;
        if (full > 0 && is_islet(&widths, i))
            weights[i] = PM_WEIGHT_ISLET;
    }
    return weights;
}

static void add_number(struct pm_str *key, double number)
{
    pm_str_addn(key, (const char *)&number, sizeof number);
}

static struct pm_cached make(void *user)
{
    const struct pm_draft *draft = user;
    size_t key = draft->area_count * sizeof(size_t); /* is kept, too */
    return (struct pm_cached){find_weights(draft), draft->base->topology.arc_count + key};
}

/* They follow from the basemap, the style and which areas have one parent: on most days they are the same. */
const uint8_t *pm_weights(const struct pm_draft *draft)
{
    struct pm_cache *rooms = draft->base->rooms;
    struct pm_str key = {0};
    pm_str_add(&key, "weights");
    add_number(&key, pm_px(draft, 1));
    add_number(&key, draft->style->line.fade);
    for (size_t i = 0; i < draft->area_count; i++)
        pm_str_addn(&key, (const char *)&draft->areas[i].parent, sizeof draft->areas[i].parent);
    const uint8_t *kept =
        pm_cache_get(rooms, key.s, key.n, &(struct pm_maker){make, free, (void *)(uintptr_t)draft});
    const uint8_t *own = pm_memdup(draft->arena, kept, draft->base->topology.arc_count);
    pm_cache_release(rooms, kept);
    pm_str_finish(&key);
    return own;
}
