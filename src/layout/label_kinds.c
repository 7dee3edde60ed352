/* Candidates for each kind of name.
 *
 * Places: eight positions at two distances in the order readers prefer (top, bottom, right, top
 * right, bottom right, left, top left, bottom left: PerceptPPO, Bobák et al. 2024). Areas: boxes
 * of the label's shape inside the area, the nearer to its pole of inaccessibility the cheaper, in
 * one line or two and up to three sizes smaller; an area too small for its name gets it outside,
 * with a leader. Neighbours: as areas, on what is seen of them. Waters: along the river's course. */
#include <math.h>

#include "base/str.h"
#include "layout/labels.h"
#include "layout/state.h"
#include "base/banned.h"

#define LABEL_ASPECT 2.0 /* of the space in which a pole is looked for: names are wide */
#define INSIDE 0.98      /* share of a label's box that must lie in its area */
#define OTHER_AREA 1.5   /* a place's label that leaves its area */
#define AMBIGUOUS 4.0    /* nearer to a foreign mark than to its own */
#define TWO_LINES 5.0    /* a place's name in two lines */
#define LEADER 8.0
#define BESIDE 8.0      /* px: so near to a mark the name of an area reads as that of the place */
#define OVER_OTHERS 6.0 /* a label with a leader that covers other areas */
#define MISLEADING 6.0  /* a label with a leader on an area of another look */
#define OFF_POLE 0.2    /* a leader to a point beside the pole */
#define ON_AREA 1.5     /* the name of a water on an area: they may share their name */
#define FINEST 2.0      /* px: positions closer than this look alike */
#define THINNEST 0.25   /* a name of one letter, of its height */
#define POLE_PRECISION 0.02 /* of the polygon's width */
#define OFF_CENTRE 4.0      /* at the area's edge, per distance of its own radius */

/* Positions tried along each side of a polygon; scan lines through a label's box. */
enum {
    AREA_STEPS = 18,
    NEIGHBOUR_STEPS = 10,
    ROWS = 4,
    MOST_CANDIDATES = 64,
    MOST_OF_AREA = 192,
    ENOUGH = 48
};
enum { MOST_LEADERS = 100 }; /* more of them would hide the map */

/* Costs of leaving a name out, by importance. */
static const double drop_of_rank[] = {40, 100, 80, 30, 20};
#define DROP_AREA 60.0
#define DROP_PARENT 150.0
#define DROP_NEIGHBOUR 15.0
#define DROP_WATER 6.0

/* ---- places --------------------------------------------------------------------------------- */

/* Position as direction from the mark, in order of preference. */
static const struct pm_pt directions[] = {{0, -1}, {0, 1},  {1, 0},   {1, -1},
                                          {1, 1},  {-1, 0}, {-1, -1}, {-1, 1}};

static struct pm_box beside(const struct pm_form *form, struct pm_pt at, double gap,
                            struct pm_pt direction)
{
    bool diagonal = direction.x != 0 && direction.y != 0;
    double reach = diagonal ? gap * 0.75 : gap;
    double x = at.x + direction.x * (reach + form->width / 2);
    double y = at.y + direction.y * (reach + form->height / 2);
    if (diagonal)
        y = at.y + direction.y * (reach * 0.5 + form->height / 2);
    return pm_box_of(x - form->width / 2, y - form->height / 2, form->width, form->height);
}

static double place_cost(struct pm_ground *ground, const struct pm_place_draft *place,
                         struct pm_box box)
{
    double cost = pm_fences_cost(&ground->fences, box);
    if (pm_ground_ambiguous(ground, place, box))
        cost += AMBIGUOUS;
    if (place->area != PM_NONE &&
        !pm_spans_hold_box(pm_ground_spans(ground, place->area), box, INSIDE))
        cost += OTHER_AREA;
    return cost;
}

static enum pm_type_role place_role(const struct pm_place_draft *place)
{
    return place->rank == 1 ? PM_TYPE_NATIONAL : place->rank == 2 ? PM_TYPE_CAPITAL : PM_TYPE_TOWN;
}

static void add_positions(struct pm_labels *labels, const struct pm_place_draft *place,
                          const struct pm_form *form)
{
    struct pm_ground *ground = &labels->ground;
    for (int ring = 0; ring < 2; ring++)
        for (size_t i = 0; i < sizeof directions / sizeof *directions; i++) {
            double gap = place->radius + pm_px(labels->draft, ring ? 8 : 3);
            struct pm_box box = beside(form, place->at, gap, directions[i]);
            if (pm_ground_allows(ground, box) && !pm_ground_misleads(ground, place->area, box))
                pm_labels_add(labels, form, box,
                              0.3 * (double)i + ring + place_cost(ground, place, box));
        }
}

static const char *marked_stale(const struct pm_draft *draft, const char *name,
                                const struct pm_state *state)
{
    if (!state->stale)
        return name;
    pm_date date = state->record->last_verified != PM_NO_DATE ? state->record->last_verified
                                                              : state->record->from;
    return pm_sprintf(
        draft->arena, "%s (%s)", name,
        pm_type_within(draft, pm_text_rtl(name), pm_bound(draft, pm_date_of(draft, date))));
}

static void label_place(struct pm_labels *labels, const struct pm_place_draft *place)
{
    const struct pm_draft *draft = labels->draft;
    struct pm_name *name = pm_name_make(
        draft, (struct pm_name){.role = place_role(place),
                                .text = marked_stale(draft, place->label, &place->state),
                                .lang = place->lang,
                                .muted = place->state.muted});
    bool wanted = place->rank <= 2 && !place->state.muted;
    pm_labels_open(labels, (struct pm_label_item){place->name, "place", wanted, PM_NONE},
                   drop_of_rank[place->rank > 4 ? 4 : place->rank]);
    for (int less = 0; less <= 2; less++)
        add_positions(labels, place, pm_form_make(draft, name, less, 1, less * 1.5));
    /* searching a PDF finds no name across two lines */
    if (pm_name_break(draft, name))
        add_positions(labels, place, pm_form_make(draft, name, 0, 2, TWO_LINES));
    pm_labels_close(labels, MOST_CANDIDATES);
}

/* By rank: the solver's greedy start takes them in this order. */
void pm_label_places(struct pm_labels *labels)
{
    for (int rank = 1; rank <= 9; rank++)
        for (size_t i = 0; i < labels->draft->place_count; i++)
            if (labels->draft->places[i].rank == rank)
                label_place(labels, &labels->draft->places[i]);
}

/* ---- areas ----------------------------------------------------------------------------------- */

/* Sizes that are tried, as px less than the role's: most, most - step, … 0. */
struct sizes {
    int most, step;
    double cost; /* of each px less */
    bool two_lines;
};

static const struct sizes area_sizes = {3, 1, 1, true}, parent_sizes = {8, 2, 1, true},
                          neighbour_sizes = {4, 2, 0.4, false};

/* A polygon to be named. */
struct site {
    size_t area; /* PM_NONE for a neighbour */
    const struct pm_page_rings *rings;
    const struct pm_spans *spans;
    struct pm_pt pole; /* where a name wants to be */
    double depth;      /* of the pole, px; 0 until it has been looked for */
    bool crosses;      /* borders inside it do not matter */
    int steps;         /* of the lattice that is tried */
};

static void find_pole(const struct pm_draft *draft, struct site *site)
{
    double precision = fmax(pm_px(draft, FINEST), POLE_PRECISION * sqrt(site->rings->area));
    if (site->depth == 0)
        site->pole = pm_rings_pole(site->rings, LABEL_ASPECT, precision, &site->depth);
}

static double inside_cost(struct pm_ground *ground, const struct site *site, struct pm_box box)
{
    struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    double reach = fmax(sqrt(site->rings->area) / 2, 1);
    double off = hypot(middle.x - site->pole.x, middle.y - site->pole.y) / reach;
    return OFF_CENTRE * off + (site->crosses ? 0 : pm_fences_cost(&ground->fences, box));
}

/* Steps from one end of the room to the other, none finer than it takes to see a difference. */
static int steps_in(const struct pm_draft *draft, double room, int most)
{
    return (int)fmin(most, ceil(room / fmax(1, pm_px(draft, FINEST))));
}

static double along(double room, int step, int steps)
{
    return steps ? room * step / steps : room / 2;
}

/* Boxes of the form's shape inside the polygon, on a lattice. */
static void add_inside(struct pm_labels *labels, struct site *site, const struct pm_form *form)
{
    struct pm_box box = pm_box_cut(site->rings->box, labels->draft->page.map);
    double w = form->width, h = form->height;
    double room_x = pm_box_w(box) - w, room_y = pm_box_h(box) - h;
    if (room_x < 0 || room_y < 0 || site->rings->area < INSIDE * w * h)
        return;
    int steps_x = steps_in(labels->draft, room_x, site->steps);
    int steps_y = steps_in(labels->draft, room_y, site->steps);
    for (int i = 0; i <= steps_y; i++)
        for (int j = 0; j <= steps_x; j++) {
            struct pm_box b = pm_box_of(box.x0 + along(room_x, j, steps_x),
                                        box.y0 + along(room_y, i, steps_y), w, h);
            if (!pm_spans_hold_box(site->spans, b, INSIDE) || !pm_ground_allows(&labels->ground, b))
                continue;
            find_pole(labels->draft, site);
            pm_labels_add(labels, form, b, inside_cost(&labels->ground, site, b));
        }
}

/* In one line or two, smaller as long as there are few positions to choose from. */
static void add_sizes(struct pm_labels *labels, struct site *site, struct pm_name *name,
                      struct sizes sizes)
{
    const struct pm_draft *draft = labels->draft;
    size_t first = labels->candidates.n;
    for (int less = 0; less <= sizes.most; less += sizes.step) {
        double cost = less * sizes.cost;
        add_inside(labels, site, pm_form_make(draft, name, less, 1, cost));
        if (labels->candidates.n - first >= ENOUGH)
            return;
        if (sizes.two_lines && pm_name_break(draft, name))
            add_inside(labels, site, pm_form_make(draft, name, less, 2, cost + 0.5));
    }
}

/* Can the polygon hold any name at all? Asked first, as most on a map of the world can't. */
static bool is_roomy(const struct pm_labels *labels, const struct pm_page_rings *rings,
                     enum pm_type_role role, int less)
{
    double h = pm_form_height(labels->draft, role, less, 1);
    struct pm_box box = pm_box_cut(rings->box, labels->draft->page.map);
    double w = THINNEST * h;
    return pm_box_h(box) >= h && pm_box_w(box) >= w && rings->area >= INSIDE * w * h;
}

/* One box outside, with leaders to the pole and to four points around it: a straight line to one of
 * them may be free where that to another crosses a mark. */
static void add_with_leaders(struct pm_labels *labels, const struct pm_form *form,
                             struct pm_box box, double cost, struct pm_pt pole, double depth)
{
    static const struct pm_pt offsets[] = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        struct pm_pt to = {pole.x + offsets[i].x * depth / 2, pole.y + offsets[i].y * depth / 2};
        pm_labels_add_leader(labels, form, box, cost + (i ? OFF_POLE : 0), to);
    }
}

/* Around the area at growing distances; off all areas is best. */
static void add_outside(struct pm_labels *labels, struct site *site, const struct pm_form *form)
{
    enum { ANGLES = 32, DISTANCES = 9 };
    struct pm_ground *ground = &labels->ground;
    find_pole(labels->draft, site);
    struct pm_pt pole = site->pole;
    for (int d = 1; d <= DISTANCES; d++)
        for (int a = 0; a < ANGLES; a++) {
            double angle = 2 * 3.14159265358979323846 * a / ANGLES;
            double r = site->depth + d * pm_px(labels->draft, 18);
            double x = pole.x + cos(angle) * (r + form->width / 2);
            double y = pole.y + sin(angle) * (r + form->height / 2);
            struct pm_box box =
                pm_box_of(x - form->width / 2, y - form->height / 2, form->width, form->height);
            if (!pm_ground_allows(ground, box))
                continue;
            double cost = LEADER + 0.7 * d + OVER_OTHERS * pm_mask_cover(&ground->mask, box) +
                          0.3 * pm_fences_cost(&ground->fences, box);
            if (pm_ground_misleads(ground, site->area, box))
                cost += MISLEADING;
            if (pm_ground_near_place(ground, box, pm_px(labels->draft, BESIDE)))
                cost += AMBIGUOUS;
            add_with_leaders(labels, form, box, cost, pole, site->depth);
        }
}

/* Does the area's capital carry the same name? Then one label says both. */
static bool named_by_capital(const struct pm_draft *draft, size_t area, const char *name)
{
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        if (place->area == area && place->rank <= 2 && pm_streq(place->name, name))
            return true;
    }
    return false;
}

/* Is the area worth a leader, and a warning when it goes without its name? In a crowd whose parents
 * are named, only what the status file names is. */
static bool is_wanted(const struct pm_area_draft *area, bool crowded)
{
    return area->rings.ring_count > 0 && !area->state.muted &&
           (!crowded || area->state.subject || area->parent == PM_NONE);
}

static size_t count_wanted(const struct pm_draft *draft, bool crowded)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->area_count; i++)
        count += is_wanted(&draft->areas[i], crowded);
    return count;
}

static struct site area_site(struct pm_labels *labels, size_t index)
{
    return (struct site){.area = index,
                         .rings = &labels->draft->areas[index].rings,
                         .spans = pm_ground_spans(&labels->ground, index),
                         .steps = AREA_STEPS};
}

static struct pm_name *area_name(const struct pm_draft *draft, size_t index)
{
    const struct pm_area_draft *area = &draft->areas[index];
    struct pm_name name = {.role = PM_TYPE_AREA, .muted = area->state.muted};
    name.text =
        marked_stale(draft, pm_feature_label(draft, area->feature, &name.lang), &area->state);
    return pm_name_make(draft, name);
}

static void add_area_outside(struct pm_labels *labels, size_t index)
{
    struct site site = area_site(labels, index);
    struct pm_name *name = area_name(labels->draft, index);
    add_outside(labels, &site, pm_form_make(labels->draft, name, 1, 1, 1));
}

static void label_area(struct pm_labels *labels, size_t index, bool wanted, bool leaders)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_area_draft *area = &draft->areas[index];
    const char *name = pm_feature_name(draft, area->feature, NULL);
    if (!name || area->rings.ring_count == 0 ||
        (!area->state.stale && draft->style->show.place_labels &&
         named_by_capital(draft, index, name)))
        return;
    leaders &= wanted;
    pm_labels_open(labels, (struct pm_label_item){name, "area", wanted, leaders ? index : PM_NONE},
                   DROP_AREA);
    size_t before = labels->candidates.n;
    if (is_roomy(labels, &area->rings, PM_TYPE_AREA, area_sizes.most)) {
        struct site site = area_site(labels, index);
        add_sizes(labels, &site, area_name(draft, index), area_sizes);
    }
    if (leaders && labels->candidates.n == before) {
        add_area_outside(labels, index);
        labels->items.v[labels->items.n - 1].area = PM_NONE;
    }
    pm_labels_close(labels, MOST_OF_AREA);
}

struct sized_area {
    double size;
    size_t index;
};

static int compare_sizes(const void *a, const void *b)
{
    const struct sized_area *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Large ones before islets. */
void pm_label_areas(struct pm_labels *labels)
{
    const struct pm_draft *draft = labels->draft;
    bool crowded = count_wanted(draft, false) > MOST_LEADERS;
    bool leaders = count_wanted(draft, crowded) <= MOST_LEADERS;
    struct sized_area *areas = PM_NEW_N(draft->arena, struct sized_area, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++)
        areas[i] = (struct sized_area){draft->areas[i].rings.area, i};
    qsort(areas, draft->area_count, sizeof *areas, compare_sizes);
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[areas[i].index];
        label_area(labels, areas[i].index, is_wanted(area, crowded), leaders);
    }
}

bool pm_label_areas_outside(struct pm_labels *labels)
{
    bool any = false;
    for (size_t i = 0; i < labels->items.n; i++) {
        struct pm_label_item *item = &labels->items.v[i];
        if (labels->choices.v[i].chosen != SIZE_MAX || item->area == PM_NONE)
            continue;
        pm_labels_reopen(labels, i);
        add_area_outside(labels, item->area);
        pm_labels_close_again(labels, i, MOST_OF_AREA);
        item->area = PM_NONE; /* once */
        any = true;
    }
    return any;
}

/* ---- parents, neighbours, waters ------------------------------------------------------------------- */

/* Has its only area the same name? */
static bool named_by_area(const struct pm_draft *draft, const struct pm_parent_draft *parent)
{
    const struct pm_feature *area = draft->areas[parent->first_area].feature;
    return parent->area_count == 1 && pm_streq(pm_feature_name(draft, area, NULL), parent->name);
}

static void label_parent(struct pm_labels *labels, const struct pm_parent_draft *parent)
{
    pm_labels_open(labels, (struct pm_label_item){parent->name, "parent", false, PM_NONE},
                   DROP_PARENT);
    if (is_roomy(labels, &parent->rings, PM_TYPE_PARENT, parent_sizes.most)) {
        struct pm_spans spans = pm_ground_rows(&labels->ground, &parent->rings);
        struct site site = {.area = PM_NONE,
                            .rings = &parent->rings,
                            .spans = &spans,
                            .crosses = true,
                            .steps = AREA_STEPS};
        const struct pm_name name = {
            .role = PM_TYPE_PARENT, .text = parent->name, .muted = parent->muted};
        add_sizes(labels, &site, pm_name_make(labels->draft, name), parent_sizes);
    }
    pm_labels_close(labels, MOST_CANDIDATES);
}

void pm_label_parents(struct pm_labels *labels)
{
    for (size_t i = 0; i < labels->draft->parent_count; i++) {
        const struct pm_parent_draft *parent = &labels->draft->parents[i];
        if (parent->rings.ring_count == 0 || named_by_area(labels->draft, parent))
            continue;
        label_parent(labels, parent);
    }
}

static void label_neighbour(struct pm_labels *labels, struct pm_name name,
                            const struct pm_page_rings *rings)
{
    pm_labels_open(labels, (struct pm_label_item){name.text, "neighbour", false, PM_NONE},
                   DROP_NEIGHBOUR);
    if (is_roomy(labels, rings, PM_TYPE_NEIGHBOUR, neighbour_sizes.most)) {
        struct pm_spans spans = pm_ground_rows(&labels->ground, rings);
        struct site site = {
            .area = PM_NONE, .rings = rings, .spans = &spans, .steps = NEIGHBOUR_STEPS};
        add_sizes(labels, &site, pm_name_make(labels->draft, name), neighbour_sizes);
    }
    pm_labels_close(labels, MOST_CANDIDATES);
}

void pm_label_neighbours(struct pm_labels *labels)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_layer *context = &draft->atlas->layers[PM_LAYER_CONTEXT];
    for (size_t i = 0; i < context->feature_count; i++) {
        struct pm_name name = {.role = PM_TYPE_NEIGHBOUR};
        name.text = pm_feature_label(draft, &context->features[i], &name.lang);
        if (name.text && draft->base->neighbours[i].ring_count)
            label_neighbour(labels, name, &draft->base->neighbours[i]);
    }
}

static void add_along(struct pm_labels *labels, const struct pm_form *form,
                      const struct pm_line_geometry *line)
{
    struct pm_ground *ground = &labels->ground;
    double walked = 0, next = pm_px(labels->draft, 30), step = pm_px(labels->draft, 24);
    for (size_t i = 0; i + 1 < line->count; i++) {
        struct pm_pt a = line->points[i], b = line->points[i + 1];
        walked += hypot(b.x - a.x, b.y - a.y);
        if (walked < next)
            continue;
        next = walked + step;
        for (size_t d = 0; d < 4; d++) {
            struct pm_box box = beside(form, b, pm_px(labels->draft, 3), directions[d]);
            if (pm_ground_allows(ground, box))
                pm_labels_add(labels, form, box,
                              0.2 * (double)d + pm_fences_cost(&ground->fences, box) +
                                  ON_AREA * pm_mask_cover(&ground->mask, box));
        }
    }
}

/* One label for all pieces of a river, as they share its name; they lie side by side. */
static void label_water(struct pm_labels *labels, const struct pm_line_geometry *pieces,
                        size_t count)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_layer *rivers = &draft->atlas->layers[PM_LAYER_RIVERS];
    struct pm_name name = {.role = PM_TYPE_WATER};
    name.text = pm_feature_label(draft, &rivers->features[pieces->feature], &name.lang);
    if (!name.text)
        return;
    const struct pm_form *form = pm_form_make(draft, pm_name_make(draft, name), 0, 1, 0);
    pm_labels_open(labels, (struct pm_label_item){name.text, "water", false, PM_NONE}, DROP_WATER);
    for (size_t i = 0; i < count; i++)
        add_along(labels, form, &pieces[i]);
    pm_labels_close(labels, MOST_CANDIDATES);
    if (labels->choices.v[labels->choices.n - 1].candidates.count == 0) {
        labels->choices.n--; /* too little of it is in sight: nothing was dropped */
        labels->items.n--;
    }
}

void pm_label_waters(struct pm_labels *labels)
{
    const struct pm_draft *draft = labels->draft;
    for (size_t i = 0, end = 0; i < draft->base->rivers.count; i = end) {
        while (end < draft->base->rivers.count &&
               draft->base->rivers.pieces[end].feature == draft->base->rivers.pieces[i].feature)
            end++;
        label_water(labels, &draft->base->rivers.pieces[i], end - i);
    }
}
