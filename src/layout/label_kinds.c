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
#define OVER_OTHERS 4.0 /* a label with a leader that covers other areas */
#define MISLEADING 6.0  /* a label with a leader on an area of another look */
#define OFF_POLE 0.2    /* a leader to a point beside the pole */
#define ON_AREA 1.5     /* the name of a water on an area: they may share their name */
#define OFF_CENTRE 4.0  /* at the area's edge, per distance of its own radius */

/* Positions tried along each side of a polygon; scan lines through a label's box. */
enum { AREA_STEPS = 18, NEIGHBOUR_STEPS = 10, ROWS = 4, MOST_CANDIDATES = 64 };
enum { MOST_LEADERS = 100 }; /* more of them would hide the map */

/* Costs of leaving a name out, by importance. */
static const double drop_of_rank[] = {40, 100, 80, 30, 20};
#define DROP_AREA 60.0
#define DROP_PARENT 150.0
#define DROP_NEIGHBOUR 15.0
#define DROP_WATER 6.0

static double distance_to_box(struct pm_pt p, struct pm_box b)
{
    double dx = fmax(fmax(b.x0 - p.x, 0), p.x - b.x1);
    double dy = fmax(fmax(b.y0 - p.y, 0), p.y - b.y1);
    return hypot(dx, dy);
}

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

static double ambiguity(const struct pm_labels *labels, const struct pm_place_draft *place,
                        struct pm_box box)
{
    double own = distance_to_box(place->at, box) - place->radius;
    for (size_t i = 0; i < labels->draft->place_count; i++) {
        const struct pm_place_draft *other = &labels->draft->places[i];
        if (other != place && distance_to_box(other->at, box) - other->radius < own)
            return AMBIGUOUS;
    }
    return 0;
}

/* On an area of another look than its own, a name says the wrong thing. */
static bool misleads(const struct pm_draft *draft, size_t area, struct pm_box box)
{
    struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    if (area == PM_NONE || pm_rings_hold(&draft->areas[area].rings, middle))
        return false;
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].state.look != draft->areas[area].state.look &&
            pm_rings_hold(&draft->areas[i].rings, middle))
            return true;
    return false;
}

static double place_cost(const struct pm_labels *labels, const struct pm_place_draft *place,
                         struct pm_box box)
{
    double cost = ambiguity(labels, place, box) + pm_fences_cost(&labels->fences, box);
    if (place->area != PM_NONE &&
        pm_rings_cover(&labels->draft->areas[place->area].rings, box, ROWS) < INSIDE)
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
    for (int ring = 0; ring < 2; ring++)
        for (size_t i = 0; i < sizeof directions / sizeof *directions; i++) {
            double gap = place->radius + pm_px(labels->draft, ring ? 8 : 3);
            struct pm_box box = beside(form, place->at, gap, directions[i]);
            if (pm_labels_allow(labels, box) && !misleads(labels->draft, place->area, box))
                pm_labels_add(labels, form, box,
                              0.3 * (double)i + ring + place_cost(labels, place, box));
        }
}

/* Spaces that don't break, so that a date stays together. */
static const char *unbreakable(const struct pm_draft *draft, const char *s)
{
    struct pm_str out = {0};
    for (; *s; s++)
        if (*s == ' ')
            pm_str_add(&out, "\u00A0");
        else
            pm_str_addc(&out, *s);
    const char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

static const char *marked_stale(const struct pm_draft *draft, const char *name,
                                const struct pm_state *state)
{
    if (!state->stale)
        return name;
    pm_date date = state->record->last_verified != PM_NO_DATE ? state->record->last_verified
                                                              : state->record->from;
    const char *day = pm_word_date(draft->style->words, draft->lang, date, draft->arena);
    return pm_sprintf(draft->arena, "%s (%s)", name, unbreakable(draft, day));
}

static void label_place(struct pm_labels *labels, const struct pm_place_draft *place)
{
    const struct pm_draft *draft = labels->draft;
    const char *name = marked_stale(draft, place->name, &place->state);
    struct pm_label_item item = {place->name, "place", place->rank <= 2 && !place->state.muted};
    pm_labels_open(labels, item, drop_of_rank[place->rank > 4 ? 4 : place->rank]);
    struct pm_setting setting = {
        .role = place_role(place), .name = name, .lang = place->lang, .muted = place->state.muted};
    for (int less = 0; less <= 2; less++) {
        setting.less = less;
        setting.cost = less * 1.5;
        add_positions(labels, place, pm_form_make(draft, setting));
    }
    setting.two_lines = true; /* searching a PDF finds no name across two lines */
    setting.cost = TWO_LINES;
    const struct pm_form *two = pm_form_make(draft, setting);
    if (two)
        add_positions(labels, place, two);
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

/* A polygon to be named. */
struct site {
    size_t area; /* PM_NONE for a neighbour */
    const struct pm_page_rings *rings;
    struct pm_pt pole; /* where a name wants to be */
    double depth;      /* of the pole, px */
    bool crosses;      /* borders inside it do not matter */
    int steps;         /* of the lattice that is tried */
};

static struct site make_site(size_t area, const struct pm_page_rings *rings, int steps)
{
    struct site site = {.area = area, .rings = rings, .steps = steps};
    site.pole = pm_rings_pole(rings, LABEL_ASPECT, 1, &site.depth);
    return site;
}

/* Boxes of the form's shape inside the polygon, on a lattice. */
static void add_inside(struct pm_labels *labels, const struct site *site,
                       const struct pm_form *form)
{
    const struct pm_page_rings *rings = site->rings;
    struct pm_box box = pm_box_cut(rings->box, labels->draft->page.map);
    double room_x = pm_box_w(box) - form->width, room_y = pm_box_h(box) - form->height;
    double reach = fmax(sqrt(rings->area) / 2, 1);
    int steps = room_x < 0 || room_y < 0 ? -1 : site->steps;
    for (int i = 0; i <= steps; i++)
        for (int j = 0; j <= steps; j++) {
            struct pm_box b = pm_box_of(box.x0 + room_x * j / steps, box.y0 + room_y * i / steps,
                                        form->width, form->height);
            struct pm_pt middle = {(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2};
            if (pm_labels_allow(labels, b) && pm_rings_hold(rings, middle) &&
                pm_rings_cover(rings, b, ROWS) >= INSIDE)
                pm_labels_add(labels, form, b,
                              OFF_CENTRE * hypot(middle.x - site->pole.x, middle.y - site->pole.y) /
                                      reach +
                                  (site->crosses ? 0 : pm_fences_cost(&labels->fences, b)));
        }
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
static void add_outside(struct pm_labels *labels, const struct site *site,
                        const struct pm_form *form)
{
    enum { ANGLES = 32, DISTANCES = 9 };
    struct pm_pt pole = site->pole;
    for (int d = 1; d <= DISTANCES; d++)
        for (int a = 0; a < ANGLES; a++) {
            double angle = 2 * 3.14159265358979323846 * a / ANGLES;
            double r = site->depth + d * pm_px(labels->draft, 18);
            double x = pole.x + cos(angle) * (r + form->width / 2);
            double y = pole.y + sin(angle) * (r + form->height / 2);
            struct pm_box box =
                pm_box_of(x - form->width / 2, y - form->height / 2, form->width, form->height);
            if (!pm_labels_allow(labels, box))
                continue;
            double cost = LEADER + 0.7 * d + OVER_OTHERS * pm_mask_cover(&labels->mask, box) +
                          0.3 * pm_fences_cost(&labels->fences, box);
            if (misleads(labels->draft, site->area, box))
                cost += MISLEADING;
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

static void label_area(struct pm_labels *labels, size_t index, bool wanted, bool leaders)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_area_draft *area = &draft->areas[index];
    const char *lang = NULL, *name = pm_feature_name(draft, area->feature, &lang);
    if (!name || area->rings.ring_count == 0 ||
        (!area->state.stale && draft->style->show.place_labels &&
         named_by_capital(draft, index, name)))
        return;
    const char *text = marked_stale(draft, name, &area->state);
    pm_labels_open(labels, (struct pm_label_item){name, "area", wanted}, DROP_AREA);
    struct site site = make_site(index, &area->rings, AREA_STEPS);
    struct pm_setting setting = {
        .role = PM_TYPE_AREA, .name = text, .lang = lang, .muted = area->state.muted};
    for (int less = 0; less <= 3; less++) {
        setting.less = setting.cost = less;
        setting.two_lines = false;
        const struct pm_form *one = pm_form_make(draft, setting);
        setting.cost = less + 0.5;
        setting.two_lines = true;
        const struct pm_form *two = pm_form_make(draft, setting);
        add_inside(labels, &site, one);
        if (two)
            add_inside(labels, &site, two);
        if (less == 1 && leaders && wanted)
            add_outside(labels, &site, one);
    }
    pm_labels_close(labels, 3 * MOST_CANDIDATES);
}

void pm_label_areas(struct pm_labels *labels)
{
    const struct pm_draft *draft = labels->draft;
    bool crowded = count_wanted(draft, false) > MOST_LEADERS;
    bool leaders = count_wanted(draft, crowded) <= MOST_LEADERS;
    for (size_t i = 0; i < draft->area_count; i++)
        label_area(labels, i, is_wanted(&draft->areas[i], crowded), leaders);
}

/* ---- parents, neighbours, waters ------------------------------------------------------------------- */

/* Has its only area the same name? */
static bool named_by_area(const struct pm_draft *draft, const struct pm_parent_draft *parent)
{
    const struct pm_feature *area = draft->areas[parent->first_area].feature;
    return parent->area_count == 1 && pm_streq(pm_feature_name(draft, area, NULL), parent->name);
}

void pm_label_parents(struct pm_labels *labels)
{
    for (size_t i = 0; i < labels->draft->parent_count; i++) {
        const struct pm_parent_draft *parent = &labels->draft->parents[i];
        if (parent->rings.ring_count == 0 || named_by_area(labels->draft, parent))
            continue;
        pm_labels_open(labels, (struct pm_label_item){parent->name, "parent", false}, DROP_PARENT);
        struct site site = make_site(PM_NONE, &parent->rings, AREA_STEPS);
        site.crosses = true;
        struct pm_setting setting = {
            .role = PM_TYPE_PARENT, .name = parent->name, .muted = parent->muted};
        for (int less = 0; less <= 8; less += 2) {
            setting.less = setting.cost = less;
            setting.two_lines = false;
            add_inside(labels, &site, pm_form_make(labels->draft, setting));
            setting.cost = less + 0.5;
            setting.two_lines = true;
            const struct pm_form *two = pm_form_make(labels->draft, setting);
            if (two)
                add_inside(labels, &site, two);
        }
        pm_labels_close(labels, MOST_CANDIDATES);
    }
}

void pm_label_neighbours(struct pm_labels *labels)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_layer *context = &draft->atlas->layers[PM_LAYER_CONTEXT];
    for (size_t i = 0; i < context->feature_count; i++) {
        const char *lang = NULL, *name = pm_feature_name(draft, &context->features[i], &lang);
        if (!name || draft->neighbours[i].ring_count == 0)
            continue;
        pm_labels_open(labels, (struct pm_label_item){name, "neighbour", false}, DROP_NEIGHBOUR);
        struct site site = make_site(PM_NONE, &draft->neighbours[i], NEIGHBOUR_STEPS);
        struct pm_setting setting = {.role = PM_TYPE_NEIGHBOUR, .name = name, .lang = lang};
        for (int less = 0; less <= 4; less += 2) {
            setting.less = less;
            setting.cost = less * 0.4;
            add_inside(labels, &site, pm_form_make(draft, setting));
        }
        pm_labels_close(labels, MOST_CANDIDATES);
    }
}

static void add_along(struct pm_labels *labels, const struct pm_form *form,
                      const struct pm_line_geometry *line)
{
    double walked = 0, next = pm_px(labels->draft, 30), step = pm_px(labels->draft, 24);
    for (size_t i = 0; i + 1 < line->count; i++) {
        struct pm_pt a = line->points[i], b = line->points[i + 1];
        walked += hypot(b.x - a.x, b.y - a.y);
        if (walked < next)
            continue;
        next = walked + step;
        for (size_t d = 0; d < 4; d++) {
            struct pm_box box = beside(form, b, pm_px(labels->draft, 3), directions[d]);
            if (pm_labels_allow(labels, box))
                pm_labels_add(labels, form, box,
                              0.2 * (double)d + pm_fences_cost(&labels->fences, box) +
                                  ON_AREA * pm_mask_cover(&labels->mask, box));
        }
    }
}

/* One label for all parts of a river: they share its name. */
void pm_label_waters(struct pm_labels *labels)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_layer *rivers = &draft->atlas->layers[PM_LAYER_RIVERS];
    for (size_t i = 0; i < rivers->feature_count; i++) {
        const char *lang = NULL, *name = pm_feature_name(draft, &rivers->features[i], &lang);
        if (!name)
            continue;
        const struct pm_form *form = pm_form_make(
            draft, (struct pm_setting){.role = PM_TYPE_WATER, .name = name, .lang = lang});
        pm_labels_open(labels, (struct pm_label_item){name, "water", false}, DROP_WATER);
        for (size_t k = 0; k < draft->river_count; k++)
            if (draft->rivers[k].feature == i)
                add_along(labels, form, &draft->rivers[k]);
        pm_labels_close(labels, MOST_CANDIDATES);
        if (labels->choices.v[labels->choices.n - 1].candidates.count == 0) {
            labels->choices.n--; /* not in sight: nothing was dropped */
            labels->items.n--;
        }
    }
}
