/* Names of places: eight positions at two distances in the order readers prefer (top, bottom, right, top
 * right, bottom right, left, top left, bottom left: PerceptPPO, Bobák et al. 2024), up to two sizes
 * smaller, in two lines; capitals also farther away with a leader, or as a number of the key. */
#include <math.h>

#include "layout/insets.h"
#include "layout/stands.h"
#include "layout/state.h"
#include "base/banned.h"

#define INSIDE 0.98    /* share of a label's box that must lie in its area */
#define OTHER_AREA 1.5 /* a label that leaves the place's area */
#define NEARER 3.0     /* px from the mark to the label, in one ring */
#define FARTHER 8.0    /* … and in the other */
#define TWO_LINES 5.0
#define LEADER 10.0

enum { MOST_CANDIDATES = 64, MOST_TOWNS = 60 };

#define DROP_SPOKEN_OF 180.0 /* at least, what the status file speaks of … */
#define DROP_UNKNOWN 80.0    /* … and at most what it does not, where it speaks of others */

/* By rank: what it costs to leave a name out, and to make it a number of the key. */
static const struct {
    double drop, key;
} costs[] = {{40, 40}, {300, 200}, {200, 25}, {30, 30}, {20, 20}};

static size_t cost_row(const struct pm_place_draft *place)
{
    size_t last = sizeof costs / sizeof *costs - 1;
    return place->rank > (int)last ? last : (size_t)place->rank;
}

static double place_cost(struct pm_ground *ground, const struct pm_place_draft *place,
                         struct pm_box box)
{
    struct pm_footprint label = pm_footprint_of(box);
    double cost = pm_fences_cost(&ground->fences, &label);
    if (place->area != PM_NONE && !pm_ground_holds(ground, place->area, box, INSIDE))
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
        for (int side = 0; side < PM_SIDE_CENTER; side++) {
            double gap = place->radius + pm_px(labels->draft, ring ? FARTHER : NEARER);
            struct pm_box box = pm_label_beside(form, place->at, gap, (enum pm_side)side);
            struct pm_footprint label = pm_footprint_of(box);
            if (pm_ground_allows(ground, &label) && !pm_ground_ambiguous(ground, place, box) &&
                !pm_ground_misleads(ground, place->area, box))
                pm_labels_add(labels, form, box,
                              0.3 * side + ring + place_cost(ground, place, box));
        }
}

static struct pm_name *place_name(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    return pm_name_make(draft,
                        (struct pm_name){.role = place_role(place),
                                         .text = pm_label_text(draft, place->label, &place->state),
                                         .lang = place->lang,
                                         .muted = place->state.muted});
}

static struct pm_target place_target(const struct pm_place_draft *place)
{
    return (struct pm_target){place->at, place->radius, true, place->area};
}

/* A place and how its name may be set. */
struct naming {
    const struct pm_place_draft *place;
    struct pm_name *name;
    const struct pm_form *form, *number; /* with a leader; the second may be NULL */
    struct pm_target target;
};

static void make_beside(struct pm_labels *labels, const void *user)
{
    const struct naming *naming = user;
    for (int less = 0; less <= 2; less++)
        add_positions(labels, naming->place,
                      pm_form_make(labels->draft, naming->name, less, 1, less * 1.5));
    /* searching a PDF finds no name across two lines */
    if (pm_name_break(labels->draft, naming->name))
        add_positions(labels, naming->place,
                      pm_form_make(labels->draft, naming->name, 0, 2, TWO_LINES));
}

static void make_ways(struct pm_labels *labels, const void *user)
{
    const struct naming *naming = user;
    pm_labels_add_around(labels, naming->form, &naming->target);
    if (naming->number)
        add_positions(labels, naming->place, naming->number);
}

/* Around a mark, as far as names beside it reach. */
static struct pm_box reach_beside(const struct pm_draft *draft, const struct naming *naming)
{
    double w = naming->name->one.width + 2, h = pm_form_height(draft, naming->name->role, 0, 2);
    struct pm_pt at = naming->target.at;
    double off = naming->target.reach + pm_px(draft, FARTHER);
    if (naming->number) {
        w = fmax(w, naming->number->width);
        h = fmax(h, naming->number->height);
    }
    return pm_box_of(at.x - off - w, at.y - off - h, 2 * (off + w), 2 * (off + h));
}

static void ask(struct pm_labels *labels, const struct naming *naming, struct pm_box reach,
                size_t most, void (*make)(struct pm_labels *, const void *))
{
    pm_labels_ask(labels, &(struct pm_label_question){.kind = PM_LABEL_PLACE,
                                                      .ways = naming->form,
                                                      .target = &naming->target,
                                                      .names = {naming->name},
                                                      .number = naming->number,
                                                      .reach = reach,
                                                      .most = most,
                                                      .make = make,
                                                      .user = naming});
}

/* Does the status file speak of the place, or of the area that it is in? */
static bool is_spoken_of(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    return place->state.subject ||
           (place->area != PM_NONE && draft->areas[place->area].state.subject);
}

/* Must it be named? Capitals for orientation, and the status file's own towns, unless they are a crowd. */
static bool is_wanted(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    bool own = place->state.subject && draft->status->place_count <= MOST_TOWNS;
    return (place->rank <= 2 || own) && !place->state.muted &&
           pm_label_is_shown(draft, place->area);
}

static double drop_cost(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    double cost = costs[cost_row(place)].drop;
    bool any = draft->status->area_count + draft->status->place_count > 0;
    if (place->state.subject && is_wanted(draft, place))
        return fmax(cost, DROP_SPOKEN_OF);
    return any && place->rank > 1 && !is_spoken_of(draft, place) ? fmin(cost, DROP_UNKNOWN) : cost;
}

static void label_place(struct pm_labels *labels, size_t index)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_place_draft *place = &draft->places[index];
    const struct pm_label_wish *wish = pm_label_wish(&place->state);
    const struct pm_target target = place_target(place);
    struct pm_name *name = place_name(draft, place);
    bool told = pm_inset_names_place(draft, place);
    bool wanted = is_wanted(draft, place) && !told;
    if (wish->hide || !(place->state.changed || pm_label_is_news(draft, place->area)))
        return;
    pm_labels_open(labels,
                   (struct pm_label_item){.name = pm_label_name(draft, place->name, &place->state),
                                          .kind = PM_LABEL_PLACE,
                                          .index = index,
                                          .told = told,
                                          .wanted = wanted,
                                          .other_ways = wanted},
                   told ? PM_DROP_TOLD : drop_cost(draft, place));
    const struct naming naming = {.place = place, .name = name, .target = target};
    if (!wish->fixed || !pm_labels_add_fixed(labels, name, wish, &target))
        ask(labels, &naming, reach_beside(draft, &naming), MOST_CANDIDATES, make_beside);
    pm_labels_close(labels, MOST_CANDIDATES);
}

/* By rank: the solver's greedy start takes them in this order. */
void pm_label_places(struct pm_labels *labels)
{
    for (int rank = 1; rank <= 9; rank++)
        for (size_t i = 0; i < labels->draft->place_count; i++)
            if (labels->draft->places[i].rank == rank)
                label_place(labels, i);
}

void pm_label_place_ways(struct pm_labels *labels, size_t index)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_place_draft *place = &draft->places[index];
    struct naming naming = {
        .place = place, .name = place_name(draft, place), .target = place_target(place)};
    naming.form = pm_form_make(draft, naming.name, 1, 1, LEADER);
    if (pm_label_has_key(draft))
        naming.number = pm_form_keyed(draft, place_role(place), costs[cost_row(place)].key);
    struct pm_box reach = pm_box_union(reach_beside(draft, &naming),
                                       pm_stands_reach(draft, naming.form, &naming.target));
    ask(labels, &naming, reach, PM_MOST_WAYS, make_ways);
}

bool pm_label_by_capital(const struct pm_draft *draft, size_t area, const char *name)
{
    for (size_t i = 0; draft->style->show.place_labels && i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        if (place->area == area && place->rank <= 2 && pm_streq(place->name, name))
            return true;
    }
    return false;
}
