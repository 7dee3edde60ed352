/* Labels away from what they name, with a leader: around a target where there is room, or where the status
 * file wants them. */
#include <math.h>

#include "input/positions.h"
#include "layout/labels.h"
#include "base/banned.h"

#define BESIDE 8.0      /* px: so near to a mark the name of an area reads as that of the place */
#define AMBIGUOUS 4.0   /* … which costs this */
#define OVER_OTHERS 6.0 /* a label that covers other areas */
#define MOST_ON_OTHERS 0.2 /* share of a name … */
#define MOST_OF_NUMBER 0.5 /* … and of a number, which is read with its leader */
#define INSIDE 0.99        /* share of a label that its own area holds, at least */
#define DOT 3.0            /* px around the end of a leader that must be free */
#define PER_HEIGHT 1.2     /* of a leader as long as its label is high */
#define LONGEST 0.2        /* … of the map: on a small one a leader leads nowhere near */
#define ASTRAY 5.0         /* of a leader all over areas of another look */
#define OFF_POLE 0.2       /* a leader to a point beside the pole */
#define NEAR 10.0          /* px: so near to its mark a label needs no leader */

enum { ANGLES = 32, DISTANCES = 10, DISTANCES_OF_NUMBER = 7 };

/* How much of a leader lies on areas of another look, 0..1, by three of its points. */
static double astray(struct pm_labels *labels, size_t area, struct pm_pt from, struct pm_pt to)
{
    int count = 0;
    for (int i = 1; i <= 3; i++) {
        double x = from.x + (to.x - from.x) * i / 4, y = from.y + (to.y - from.y) * i / 4;
        count += pm_ground_misleads(&labels->ground, area, (struct pm_box){x, y, x, y});
    }
    return count / 3.0;
}

/* False if something is in its way. */
static bool add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                       double cost, size_t area, struct pm_pt to)
{
    struct pm_pt from = {fmax(box.x0, fmin(box.x1, to.x)), fmax(box.y0, fmin(box.y1, to.y))};
    if (!pm_ground_allows_line(&labels->ground, from, to))
        return false;
    cost += PER_HEIGHT * hypot(to.x - from.x, to.y - from.y) / form->height +
            ASTRAY * astray(labels, area, from, to);
    pm_labels_add_leader(labels, form, box, cost, from, to);
    return true;
}

/* Where a line from the middle of the box to a mark meets the square around the mark. */
static struct pm_pt edge_of(const struct pm_target *mark, struct pm_box box)
{
    double dx = (box.x0 + box.x1) / 2 - mark->at.x, dy = (box.y0 + box.y1) / 2 - mark->at.y;
    double t = (mark->reach + 1) / fmax(1, fmax(fabs(dx), fabs(dy)));
    return (struct pm_pt){mark->at.x + dx * t, mark->at.y + dy * t};
}

/* Where leaders to a target may end. */
struct ends {
    struct {
        struct pm_pt at;
        double cost;
        bool on_outline; /* of an inset */
    } v[5];
    int count;
};

/* At the target and at four points around it: a straight line to one of them may be free where that to another crosses
 * a mark, or ends on the outline of an inset. At a mark each leader has an end of its own. */
static struct ends ends_at(const struct pm_labels *labels, const struct pm_target *target)
{
    static const struct pm_pt offsets[] = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    double dot = pm_px(labels->draft, DOT);
    struct ends ends = {.count = 0};
    for (size_t i = 0; !target->mark && i < sizeof offsets / sizeof *offsets; i++) {
        struct pm_pt to = {target->at.x + offsets[i].x * target->reach / 2,
                           target->at.y + offsets[i].y * target->reach / 2};
        struct pm_footprint end =
            pm_footprint_of(pm_box_of(to.x - dot, to.y - dot, 2 * dot, 2 * dot));
        if (!pm_ground_allows(&labels->ground, &end))
            continue;
        ends.v[ends.count].at = to;
        ends.v[ends.count].cost = i ? OFF_POLE : 0;
        ends.v[ends.count++].on_outline = pm_label_ends_on_outline(labels->draft, 0, to);
    }
    return ends;
}

static void add_leaders(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                        double cost, const struct pm_target *target, const struct ends *ends)
{
    if (target->mark)
        add_leader(labels, form, box, cost, target->area, edge_of(target, box));
    for (int i = 0, added = 0; i < ends->count && added < 2; i++)
        if (add_leader(labels, form, box, cost + ends->v[i].cost, target->area, ends->v[i].at))
            added += !ends->v[i].on_outline;
}

/* How much of a label lies on other areas, 0..1: none of one that its own holds. */
static double on_others(struct pm_ground *ground, const struct pm_target *target, struct pm_box box)
{
    if (target->area != PM_NONE &&
        pm_spans_hold_box(pm_ground_spans(ground, target->area), box, INSIDE))
        return 0;
    return pm_mask_cover(&ground->mask, box);
}

static double outside_cost(struct pm_ground *ground, const struct pm_target *target,
                           const struct pm_footprint *label)
{
    double cost = OVER_OTHERS * on_others(ground, target, label->box) +
                  0.3 * pm_fences_cost(&ground->fences, label);
    if (pm_ground_near_place(ground, label->box, pm_px(ground->draft, BESIDE)))
        cost += AMBIGUOUS;
    return cost;
}

/* Would it be read as the name of an area that it lies on? No name must lie on any but its own, and no number on one of
 * which something else is said. */
static bool names_other(struct pm_labels *labels, const struct pm_form *form,
                        const struct pm_target *target, struct pm_box box)
{
    return form->keyed ? pm_ground_belies(&labels->ground, target->area, box, MOST_OF_NUMBER)
                       : on_others(&labels->ground, target, box) > MOST_ON_OTHERS;
}

/* How many heights of the form a label is away, at most: on a small map a long leader leads nowhere near. */
static int most_distance(const struct pm_draft *draft, const struct pm_form *form)
{
    const struct pm_box map = draft->page.map;
    double longest = LONGEST * sqrt(pm_box_w(map) * pm_box_h(map));
    return (int)fmin(form->keyed ? DISTANCES_OF_NUMBER : DISTANCES, longest / form->height);
}

struct pm_box pm_labels_reach(const struct pm_draft *draft, const struct pm_form *form,
                              const struct pm_target *target)
{
    double r = target->reach + most_distance(draft, form) * form->height;
    double x = r + form->width, y = r + form->height;
    return pm_box_of(target->at.x - x, target->at.y - y, 2 * x, 2 * y);
}

/* Boxes of the form around the target, ring by ring. */
struct ring_walk {
    const struct pm_form *form;
    const struct pm_target *target;
    struct pm_pt directions[ANGLES];
};

static struct ring_walk walk_rings(const struct pm_form *form, const struct pm_target *target)
{
    struct ring_walk walk = {form, target, {{0}}};
    for (int a = 0; a < ANGLES; a++) {
        double angle = 2 * 3.14159265358979323846 * a / ANGLES;
        walk.directions[a] = (struct pm_pt){cos(angle), sin(angle)};
    }
    return walk;
}

static struct pm_box box_on_ring(const struct ring_walk *walk, int distance, int angle)
{
    double w = walk->form->width, h = walk->form->height, r = walk->target->reach + distance * h;
    double x = walk->target->at.x + walk->directions[angle].x * (r + w / 2);
    double y = walk->target->at.y + walk->directions[angle].y * (r + h / 2);
    return pm_box_of(x - w / 2, y - h / 2, w, h);
}

void pm_labels_add_around(struct pm_labels *labels, const struct pm_form *form,
                          const struct pm_target *target)
{
    struct pm_ground *ground = &labels->ground;
    const struct ring_walk walk = walk_rings(form, target);
    const struct ends ends = ends_at(labels, target);
    for (int d = 1; d <= most_distance(labels->draft, form); d++)
        for (int a = 0; a < ANGLES; a++) {
            struct pm_footprint label = pm_footprint_of(box_on_ring(&walk, d, a));
            if (pm_ground_allows(ground, &label) && !names_other(labels, form, target, label.box))
                add_leaders(labels, form, label.box, outside_cost(ground, target, &label), target,
                            &ends);
        }
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
    const struct ends ends = ends_at(labels, target);
    size_t before = labels->candidates.n;
    if (pm_ground_allows(&labels->ground, &label)) {
        if (is_at_target(labels, target, label.box))
            pm_labels_add(labels, form, label.box, 0);
        else
            add_leaders(labels, form, label.box, 0, target, &ends);
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
