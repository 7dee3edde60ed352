/* Names of polygons. Areas: boxes of the label's shape inside the area, the nearer to its pole of
 * inaccessibility the cheaper, in one line or two, up to three sizes smaller, slanted along the area's main axis;
 * an area too small for its name gets it outside, with a leader, or a number of the key. Parents,
 * neighbours and lakes: likewise inside, on what is seen of them. */
#include <math.h>

#include "layout/insets.h"
#include "layout/labels.h"
#include "layout/rooms.h"
#include "layout/series.h"
#include "layout/stands.h"
#include "layout/state.h"
#include "base/banned.h"

#define SHORT_NAME 2.5 /* the area's short name instead of its own */
#define SLANTED 2.5
#define LEADER PM_LEAST_WAY
#define KEY 15.0
#define KEY_ALONE 100.0   /* of the only area with its status: that is the news */
#define KEY_OF_LARGE 30.0 /* of an area as large as the map: small ones first */
#define BESIDE 8.0        /* px: so near to a mark a number reads as that of the place */
#define AMBIGUOUS 4.0     /* … which costs this */
#define THINNEST 0.25     /* a name of one letter, of its height */
#define OFF_CENTRE 4.0    /* at the area's edge, per distance of its own radius */
#define MOST_SLANT 30.0   /* degrees */
#define LONG 1.6          /* length over width of an area that has a main axis */

/* Positions tried along each side of a polygon. */
enum {
    AREA_STEPS = 18,
    NEIGHBOUR_STEPS = 10,
    MOST_CANDIDATES = 64,
    MOST_OF_AREA = 192,
    ENOUGH = 48
};
enum { MOST_LEADERS = 100 }; /* more of them would hide the map */

/* Costs of leaving a name out, by importance. */
#define DROP_NEWS 195.0     /* the only one with its status, or one that changed */
#define DROP_ASSESSED 150.0 /* of which the status file speaks: those first */
#define DROP_WANTED 90.0
#define DROP_AREA 60.0
#define DROP_PARENT 150.0
#define DROP_NEIGHBOUR 15.0
#define DROP_LAKE 7.0

/* ---- inside a polygon --------------------------------------------------------------------------- */

/* Sizes that are tried, as px less than the role's: most, most - step, … 0. */
struct sizes {
    int most, step;
    double cost; /* of each px less */
    bool two_lines;
    bool slanted; /* where there are few positions */
};

static const struct sizes area_sizes = {3, 1, 1, true, true}, parent_sizes = {8, 2, 1, true, false},
                          neighbour_sizes = {4, 2, 0.4, false, false};

/* A polygon to be named. */
struct site {
    struct pm_site room;
    struct pm_pt pole; /* where a name wants to be */
    double depth;      /* of the pole, px; 0 until it has been looked for */
    bool crosses;      /* borders inside it do not matter */
};

static void find_pole(struct pm_labels *labels, struct site *site)
{
    if (site->depth == 0)
        site->pole = pm_room_pole(&labels->ground, &site->room, &site->depth);
}

/* `fences`: of what it lies on. */
static double inside_cost(struct pm_ground *ground, const struct site *site,
                          const struct pm_form *form, struct pm_box box, double fences)
{
    struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    double reach = fmax(sqrt(site->room.rings->area) / 2, 1);
    double off = hypot(middle.x - site->pole.x, middle.y - site->pole.y) / reach;
    bool beside = form->keyed && pm_ground_near_place(ground, box, pm_px(ground->draft, BESIDE));
    return OFF_CENTRE * off + fences + (beside ? AMBIGUOUS : 0);
}

/* Labels of the form inside the polygon. */
static void add_inside(struct pm_labels *labels, struct site *site, const struct pm_form *form,
                       double angle)
{
    struct pm_box parts[PM_FOOTPRINT_PARTS], moved[PM_FOOTPRINT_PARTS];
    struct pm_room_shape shape = {form->width, form->height, angle};
    struct pm_footprint own = pm_room_footprint(shape, parts);
    if (site->room.rings->area < PM_ROOM_SHARE * form->width * form->height)
        return;
    const struct pm_room *room = pm_room_get(&labels->ground, &site->room, shape);
    for (size_t i = 0; i < room->count; i++) {
        uint32_t first = room->firsts[i], arcs = room->firsts[i + 1] - first;
        double fences = pm_fences_sum(&labels->ground.fences, room->arcs + first, arcs);
        struct pm_footprint label = pm_footprint_moved(&own, room->at[i], moved);
        if ((!site->crosses && isinf(fences)) || !pm_ground_allows(&labels->ground, &label))
            continue;
        find_pole(labels, site);
        pm_labels_add_on(
            labels, form, &label, angle,
            inside_cost(&labels->ground, site, form, label.box, site->crosses ? 0 : fences));
    }
    pm_room_release(&labels->ground, room);
}

/* Degrees that a name along the polygon is turned by; 0 if it is not long, or too steep to be read so. */
static double slant_of(const struct pm_page_rings *rings)
{
    double elongation = 1, angle = pm_rings_axis(rings, &elongation);
    if (elongation < LONG || fabs(angle) > 2 * MOST_SLANT)
        return 0;
    return fmax(-MOST_SLANT, fmin(MOST_SLANT, angle));
}

/* In one line or two, smaller as long as there are few positions to choose from. */
static void add_sizes(struct pm_labels *labels, struct site *site, struct pm_name *name,
                      struct sizes sizes)
{
    const struct pm_draft *draft = labels->draft;
    size_t first = labels->candidates.n;
    for (int less = 0; less <= sizes.most; less += sizes.step) {
        double cost = less * sizes.cost;
        add_inside(labels, site, pm_form_make(draft, name, less, 1, cost), 0);
        if (labels->candidates.n - first >= ENOUGH)
            return;
        if (sizes.two_lines && pm_name_break(draft, name))
            add_inside(labels, site, pm_form_make(draft, name, less, 2, cost + 0.5), 0);
    }
    double angle = sizes.slanted ? slant_of(site->room.rings) : 0;
    for (int less = 0; angle != 0 && less <= sizes.most; less += sizes.step)
        add_inside(labels, site, pm_form_make(draft, name, less, 1, SLANTED + less * sizes.cost),
                   angle);
}

/* Can the polygon hold any name at all? Asked first, as most on a map of the world can't. */
static bool is_roomy(const struct pm_labels *labels, const struct pm_page_rings *rings,
                     enum pm_type_role role, int less)
{
    double h = pm_form_height(labels->draft, role, less, 1);
    struct pm_box box = pm_box_cut(rings->box, labels->draft->page.map);
    double w = THINNEST * h;
    return pm_box_h(box) >= h && pm_box_w(box) >= w && rings->area >= PM_ROOM_SHARE * w * h;
}

/* ---- areas ------------------------------------------------------------------------------------- */

/* Is the area worth a leader, and a warning when it goes without its name? Where parents are named and the
 * areas are a crowd, or no key could take what finds no room, only what the status file names is. */
static bool is_wanted(const struct pm_draft *draft, size_t index, bool crowded)
{
    const struct pm_area_draft *area = &draft->areas[index];
    if (pm_is_small_map(draft) && !area->state.changed)
        return false;
    return area->rings.ring_count > 0 && !area->state.muted && pm_label_is_shown(draft, index) &&
           (!crowded || area->state.subject || area->parent == PM_NONE);
}

static size_t count_wanted(const struct pm_draft *draft, bool crowded)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->area_count; i++)
        count += is_wanted(draft, i, crowded);
    return count;
}

static struct site area_site(struct pm_labels *labels, size_t index)
{
    return (struct site){
        .room = {.area = index, .rings = &labels->draft->areas[index].rings, .steps = AREA_STEPS}};
}

static const char *area_text(const struct pm_draft *draft, size_t index, const char **lang)
{
    const struct pm_area_draft *area = &draft->areas[index];
    return pm_label_text(draft, pm_feature_label(draft, area->feature, lang), &area->state);
}

static struct pm_name *area_name(const struct pm_draft *draft, size_t index)
{
    struct pm_name name = {.role = PM_TYPE_AREA, .muted = draft->areas[index].state.muted};
    name.text = area_text(draft, index, &name.lang);
    return pm_name_make(draft, name);
}

static struct pm_target area_target(struct pm_labels *labels, struct site *site)
{
    find_pole(labels, site);
    return (struct pm_target){site->pole, site->depth, false, site->room.area};
}

static bool is_alone(const struct pm_draft *draft, const struct pm_area_draft *area)
{
    const struct pm_tally *tally = &draft->area_tally[pm_look_index(draft, area->state.look)];
    return area->state.subject && tally->solid + tally->doubtful == 1;
}

static double drop_cost(const struct pm_draft *draft, const struct pm_area_draft *area, bool wanted)
{
    if (!wanted)
        return DROP_AREA;
    if (is_alone(draft, area) || area->state.changed)
        return DROP_NEWS;
    return area->state.subject ? DROP_ASSESSED : DROP_WANTED;
}

/* An area and how its name may be set. */
struct naming {
    struct site *site;
    struct pm_name *name, *short_name;   /* the second may be NULL */
    const struct pm_form *form, *number; /* with a leader; the second may be NULL */
    struct pm_target target;
};

static void make_ways(struct pm_labels *labels, const void *user)
{
    const struct naming *naming = user;
    const struct pm_form *number = naming->number;
    pm_labels_add_around(labels, naming->form, &naming->target);
    if (!number)
        return;
    add_inside(labels, naming->site, number, 0);
    number = pm_form_keyed(labels->draft, PM_TYPE_AREA, number->cost + LEADER);
    pm_labels_add_around(labels, number, &naming->target);
}

static double key_cost(const struct pm_draft *draft, size_t index)
{
    double area = draft->areas[index].rings.area;
    return (is_alone(draft, &draft->areas[index]) ? KEY_ALONE : KEY) +
           KEY_OF_LARGE * sqrt(area) / pm_box_w(draft->page.map);
}

void pm_label_area_ways(struct pm_labels *labels, size_t index)
{
    const struct pm_draft *draft = labels->draft;
    struct site site = area_site(labels, index);
    struct naming naming = {.site = &site, .name = area_name(draft, index)};
    naming.target = area_target(labels, &site);
    naming.form = pm_form_make(draft, naming.name, 1, 1, LEADER);
    struct pm_box reach =
        pm_box_union(site.room.rings->box, pm_stands_reach(draft, naming.form, &naming.target));
    if (pm_label_has_key(draft)) {
        naming.number = pm_form_keyed(draft, PM_TYPE_AREA, key_cost(draft, index));
        reach = pm_box_union(reach, pm_stands_reach(draft, naming.number, &naming.target));
    }
    pm_labels_ask(labels, &(struct pm_label_question){.kind = PM_LABEL_AREA,
                                                      .ways = true,
                                                      .target = &naming.target,
                                                      .names = {naming.name},
                                                      .number = naming.number,
                                                      .reach = reach,
                                                      .most = PM_MOST_WAYS,
                                                      .make = make_ways,
                                                      .user = &naming});
}

/* If it is known by its own name. */
static struct pm_name *short_name(const struct pm_draft *draft, size_t index)
{
    const struct pm_area_draft *area = &draft->areas[index];
    const char *plain = pm_text_get(&area->feature->name, "", NULL);
    struct pm_name name = {.role = PM_TYPE_AREA, .muted = area->state.muted};
    if (!area->feature->short_name || !plain ||
        !pm_streq(pm_feature_name(draft, area->feature, NULL), plain))
        return NULL;
    name.text = pm_label_text(draft, area->feature->short_name, &area->state);
    return pm_name_make(draft, name);
}

/* The short form, where there are few positions, and smaller as long as there are. */
static void make_inside(struct pm_labels *labels, const void *user)
{
    const struct naming *naming = user;
    const struct pm_draft *draft = labels->draft;
    size_t first = labels->candidates.n;
    add_sizes(labels, naming->site, naming->name, area_sizes);
    if (!naming->short_name || labels->candidates.n - first >= ENOUGH)
        return;
    first = labels->candidates.n;
    for (int less = 0; less <= area_sizes.most && labels->candidates.n - first < ENOUGH; less++)
        add_inside(
            labels, naming->site,
            pm_form_make(draft, naming->short_name, less, 1, SHORT_NAME + less * area_sizes.cost),
            0);
}

static void add_area(struct pm_labels *labels, size_t index)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_area_draft *area = &draft->areas[index];
    const struct pm_label_wish *wish = pm_label_wish(&area->state);
    struct site site = area_site(labels, index);
    if (wish->fixed) {
        const struct pm_target target = area_target(labels, &site);
        if (pm_labels_add_fixed(labels, area_name(draft, index), wish, &target))
            return;
    }
    if (!is_roomy(labels, &area->rings, PM_TYPE_AREA, area_sizes.most))
        return;
    const struct naming naming = {.site = &site,
                                  .name = area_name(draft, index),
                                  .short_name = short_name(draft, index),
                                  .target.area = index};
    pm_labels_ask(labels, &(struct pm_label_question){.kind = PM_LABEL_AREA,
                                                      .target = &naming.target,
                                                      .names = {naming.name, naming.short_name},
                                                      .reach = area->rings.box,
                                                      .most = MOST_OF_AREA,
                                                      .make = make_inside,
                                                      .user = &naming});
}

static void label_area(struct pm_labels *labels, size_t index, bool wanted, bool leaders)
{
    struct pm_draft *draft = labels->draft;
    const struct pm_area_draft *area = &draft->areas[index];
    const struct pm_label_wish *wish = pm_label_wish(&area->state);
    const char *name = pm_feature_name(draft, area->feature, NULL);
    bool by_capital = !area->state.stale && !wish->fixed && !wish->text.n && name &&
                      pm_label_by_capital(draft, index, name);
    if (!name || !pm_label_is_news(draft, index) || area->rings.ring_count == 0 || by_capital ||
        wish->hide || pm_inset_names_area(draft, index))
        return;
    pm_labels_open(labels,
                   (struct pm_label_item){.name = pm_label_name(draft, name, &area->state),
                                          .kind = PM_LABEL_AREA,
                                          .index = index,
                                          .wanted = wanted,
                                          .other_ways = wanted && leaders},
                   drop_cost(draft, area, wanted));
    add_area(labels, index);
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
    bool crowded = !pm_label_has_key(draft) || count_wanted(draft, false) > MOST_LEADERS;
    bool leaders = count_wanted(draft, crowded) <= MOST_LEADERS;
    struct sized_area *areas = PM_NEW_N(draft->arena, struct sized_area, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++)
        areas[i] = (struct sized_area){draft->areas[i].rings.area, i};
    qsort(areas, draft->area_count, sizeof *areas, compare_sizes);
    for (size_t i = 0; i < draft->area_count; i++)
        label_area(labels, areas[i].index, is_wanted(draft, areas[i].index, crowded), leaders);
}

/* ---- parents, neighbours, lakes ------------------------------------------------------------------- */

/* Has its only area the same name? */
static bool named_by_area(const struct pm_draft *draft, const struct pm_parent_draft *parent)
{
    const struct pm_feature *area = draft->areas[parent->first_area].feature;
    return parent->area_count == 1 && pm_streq(pm_feature_name(draft, area, NULL), parent->name);
}

static void label_parent(struct pm_labels *labels, size_t index)
{
    const struct pm_parent_draft *parent = &labels->draft->parents[index];
    pm_labels_open(
        labels,
        (struct pm_label_item){.name = parent->name, .kind = PM_LABEL_PARENT, .index = index},
        DROP_PARENT);
    if (is_roomy(labels, &parent->rings, PM_TYPE_PARENT, parent_sizes.most)) {
        struct site site = {.room = {.area = PM_NONE, .rings = &parent->rings, .steps = AREA_STEPS},
                            .crosses = true};
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
        label_parent(labels, i);
    }
}

/* A polygon of another layer. */
struct context {
    enum pm_layer_kind layer;
    const struct pm_page_rings *rings; /* by feature */
    enum pm_label_kind kind;
    enum pm_type_role role;
    double drop_cost;
};

static void label_context(struct pm_labels *labels, const struct context *context, size_t index)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_page_rings *rings = &context->rings[index];
    struct pm_name name = {.role = context->role};
    name.text =
        pm_feature_label(draft, &draft->atlas->layers[context->layer].features[index], &name.lang);
    if (!name.text || rings->ring_count == 0 ||
        !is_roomy(labels, rings, context->role, neighbour_sizes.most))
        return;
    pm_labels_open(labels,
                   (struct pm_label_item){.name = name.text, .kind = context->kind, .index = index},
                   context->drop_cost);
    struct site site = {.room = {.area = PM_NONE, .rings = rings, .steps = NEIGHBOUR_STEPS}};
    add_sizes(labels, &site, pm_name_make(draft, name), neighbour_sizes);
    pm_labels_close(labels, MOST_CANDIDATES);
}

static void label_contexts(struct pm_labels *labels, const struct context *context)
{
    for (size_t i = 0; i < labels->draft->atlas->layers[context->layer].feature_count; i++)
        label_context(labels, context, i);
}

void pm_label_neighbours(struct pm_labels *labels)
{
    const struct context neighbours = {PM_LAYER_CONTEXT, labels->draft->base->neighbours,
                                       PM_LABEL_NEIGHBOUR, PM_TYPE_NEIGHBOUR, DROP_NEIGHBOUR};
    label_contexts(labels, &neighbours);
}

void pm_label_lakes(struct pm_labels *labels)
{
    const struct context lakes = {PM_LAYER_LAKES, labels->draft->base->lakes, PM_LABEL_LAKE,
                                  PM_TYPE_WATER, DROP_LAKE};
    label_contexts(labels, &lakes);
}
