/* Labels away from what they name, with a leader: around a target where there is room, or where the status
 * file wants them. */
#include <math.h>

#include "input/positions.h"
#include "layout/stands.h"
#include "base/banned.h"

#define FENCES 0.3    /* of what borders under a name inside its area cost */
#define ASTRAY 5.0    /* of a leader all over areas of another look */
#define AMBIGUOUS 4.0 /* near the mark of a place the name of an area reads as that of the place */
#define NEAR 10.0     /* px: so near to its mark a label needs no leader */

/* How much of a leader lies on areas of another look, 0..1. */
static double astray(const struct pm_ground *ground, size_t area, const struct pm_lead *lead)
{
    int count = 0;
    for (int i = 0; i < PM_LEAD_POINTS; i++)
        count += lead->below[i] != UINT32_MAX && pm_ground_differs(ground, area, lead->below[i]);
    return count / (double)PM_LEAD_POINTS;
}

/* The label of a stand, once for each of its leaders. */
static void add_leaders(struct pm_labels *labels, const struct pm_form *form,
                        const struct pm_target *target, const struct pm_stands *stands,
                        size_t index, struct pm_box box, double cost)
{
    const struct pm_stand *stand = &stands->v[index];
    for (size_t i = stand[0].first_lead; i < stand[1].first_lead; i++) {
        const struct pm_lead *lead = &stands->leads[i];
        const struct pm_way way = pm_stands_way(form, target, box, lead);
        double costs = way.length_cost + ASTRAY * astray(&labels->ground, target->area, lead);
        pm_labels_add_leader(labels, form, box, cost + way.end_cost + costs, way.from, way.to);
    }
}

static double outside_cost(const struct pm_ground *ground, const struct pm_stands *stands,
                           size_t index)
{
    const struct pm_stand *stand = &stands->v[index];
    size_t arcs = stand[1].first_arc - stand[0].first_arc;
    double fences = pm_fences_sum(&ground->fences, stands->arcs + stand->first_arc, arcs);
    return stand->over_cost + FENCES * fences + (stand->beside ? AMBIGUOUS : 0);
}

/* Would a number be read as that of an area that it lies on, of which something else is said? */
static bool belies(const struct pm_ground *ground, size_t area, const struct pm_stands *stands,
                   size_t index)
{
    const struct pm_stand *stand = &stands->v[index];
    for (size_t i = stand[0].first_area; i < stand[1].first_area; i++)
        if (pm_ground_contradicts(ground, area, stands->areas[i]))
            return true;
    return false;
}

void pm_labels_add_around(struct pm_labels *labels, const struct pm_form *form,
                          const struct pm_target *target)
{
    struct pm_ground *ground = &labels->ground;
    const struct pm_stands *stands = pm_stands_around(ground, form, target);
    for (size_t i = 0; i < stands->count; i++)
        if (!belies(ground, target->area, stands, i))
            add_leaders(labels, form, target, stands, i, pm_stand_box(form, &stands->v[i]),
                        outside_cost(ground, stands, i));
    pm_stands_release(ground, stands);
}

/* ---- where the status file wants it -------------------------------------------------------------- */

/* As directions, diagonals nearer to the corners of the label. */
static const struct pm_pt directions[] = {
    [PM_SIDE_TOP] = {0, -1},
    [PM_SIDE_BOTTOM] = {0, 1},
    [PM_SIDE_RIGHT] = {1, 0},
    [PM_SIDE_TOP_RIGHT] = {0.75, -0.375},
    [PM_SIDE_BOTTOM_RIGHT] = {0.75, 0.375},
    [PM_SIDE_LEFT] = {-1, 0},
    [PM_SIDE_TOP_LEFT] = {-0.75, -0.375},
    [PM_SIDE_BOTTOM_LEFT] = {-0.75, 0.375},
    [PM_SIDE_CENTER] = {0, 0},
};

static double sign_of(double x)
{
    return (x > 0) - (x < 0);
}

struct pm_box pm_label_beside(const struct pm_form *form, struct pm_pt at, double gap,
                              enum pm_side side)
{
    const struct pm_pt d = directions[side];
    double x = at.x + d.x * gap + sign_of(d.x) * form->width / 2;
    double y = at.y + d.y * gap + sign_of(d.y) * form->height / 2;
    return pm_box_of(x - form->width / 2, y - form->height / 2, form->width, form->height);
}

/* Is it seen without a leader what the label names? */
static bool is_at_target(struct pm_labels *labels, const struct pm_target *target,
                         struct pm_box box)
{
    const struct pm_box around = {target->at.x, target->at.y, target->at.x, target->at.y};
    if (target->mark)
        return pm_box_meets(box, pm_box_grown(around, target->reach + pm_px(labels->draft, NEAR)));
    return pm_ground_area(&labels->ground, target->area, box) == target->area;
}

static void add_with_leader(struct pm_labels *labels, const struct pm_form *form,
                            const struct pm_target *target, struct pm_box box)
{
    struct pm_stands *stands = pm_stands_at(&labels->ground, form, target, box);
    add_leaders(labels, form, target, stands, 0, box, 0);
    free(stands);
}

bool pm_labels_add_fixed(struct pm_labels *labels, const struct pm_name *name,
                         const struct pm_label_wish *wish, const struct pm_target *target)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_form *form = pm_form_make(draft, name, 0, 1, 0);
    enum pm_side otherwise = target->mark ? PM_SIDE_TOP : PM_SIDE_CENTER;
    double gap = target->mark ? target->reach + pm_px(draft, 3) : 0;
    const struct pm_pt at = {target->at.x + pm_px(draft, wish->dx),
                             target->at.y + pm_px(draft, wish->dy)};
    struct pm_footprint label = pm_footprint_of(
        pm_label_beside(form, at, gap, wish->side == PM_SIDES ? otherwise : wish->side));
    size_t before = labels->candidates.n;
    if (pm_ground_allows(&labels->ground, &label)) {
        if (is_at_target(labels, target, label.box))
            pm_labels_add(labels, form, label.box, 0);
        else
            add_with_leader(labels, form, target, label.box);
    }
    if (labels->candidates.n > before) {
        pm_labels_fix(labels);
        return true;
    }
    pm_warning(draft->diags, "label-not-as-wished", pm_place_value(draft->status->source, wish->at),
               "the label of \"%s\" can't stand there", name->text);
    pm_help(draft->diags,
            "a mark, a callout, the scale bar or the map's edge is in its way or in that "
            "of its leader; without \"anchor\", \"dx\" and \"dy\" it finds a place itself");
    return false;
}
