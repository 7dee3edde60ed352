/* The label stage: gather candidates of all names, solve, keep the chosen ones. What must appear may do so
 * with a leader or as a number of the key. */
#include "layout/labels.h"

#include <math.h>
#include <stdint.h>

#include "base/str.h"
#include "layout/insets.h"
#include "layout/panel.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define DEGREE (3.14159265358979323846 / 180)
#define DROP_FIXED 1000.0
#define COST_FAR 18.0   /* of a name so far away that a number would do as well */
#define LEADER_END 2.5  /* px around the end of a leader that no label may touch */
#define OFF_OUTLINE 8.0 /* px between that end and the outline of what an inset shows */
#define ON_OUTLINE 4.0  /* a name on such an outline, or an end that is nearer */

enum {
    USUAL = 4096,  /* candidates of a map */
    TURNS = 50000, /* of labels, in all sweeps */
    LEAST_SWEEPS = 64,
    MOST_ROUNDS = 4,
    MOST_SWEEPS = 1024,
    NAMED = 30 /* names in a message */
};

/* ---- candidates ---------------------------------------------------------------------------- */

void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost)
{
    pm_vec_push(&labels->items, item);
    pm_vec_push(&labels->choices,
                (struct pm_choice){{labels->candidates.n, 0}, drop_cost, SIZE_MAX});
}

bool pm_label_ends_on_outline(const struct pm_draft *draft, size_t first, struct pm_pt to)
{
    const struct pm_box point = {to.x, to.y, to.x, to.y};
    const struct pm_footprint end = pm_footprint_of(pm_box_grown(point, pm_px(draft, OFF_OUTLINE)));
    return pm_inset_outlines_met(draft, first, &end) > 0;
}

/* Of insets from `first` on. */
static double outline_cost(const struct pm_draft *draft, const struct pm_candidate *c, size_t first)
{
    unsigned met = pm_inset_outlines_met(draft, first, &c->ground);
    met += c->leader && pm_label_ends_on_outline(draft, first, c->leader->to);
    return met * ON_OUTLINE;
}

static void add(struct pm_labels *labels, struct pm_candidate candidate)
{
    if (!isfinite(candidate.cost) || (labels->rationed && candidate.form->keyed))
        return;
    candidate.cost += candidate.form->cost + outline_cost(labels->draft, &candidate, 0);
    candidate.order = labels->candidates.n;
    pm_vec_push(&labels->candidates, candidate);
}

void pm_labels_add(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                   double cost)
{
    add(labels, (struct pm_candidate){.ground = pm_footprint_of(box), .cost = cost, .form = form});
}

void pm_labels_add_on(struct pm_labels *labels, const struct pm_form *form,
                      const struct pm_footprint *ground, double angle, double cost)
{
    struct pm_footprint own = *ground;
    if (own.parts)
        own.parts = pm_memdup(labels->draft->arena, own.parts, own.part_count * sizeof *own.parts);
    add(labels, (struct pm_candidate){.ground = own, .cost = cost, .form = form, .angle = angle});
}

void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt from, struct pm_pt to)
{
    const struct pm_box end = {to.x, to.y, to.x, to.y};
    const struct pm_leader leader = {from, to, pm_box_grown(end, pm_px(labels->draft, LEADER_END))};
    add(labels,
        (struct pm_candidate){.ground = pm_footprint_of(box),
                              .cost = cost,
                              .form = form,
                              .leader = pm_memdup(labels->draft->arena, &leader, sizeof leader)});
}

void pm_labels_fix(struct pm_labels *labels)
{
    labels->choices.v[labels->choices.n - 1].drop_cost = DROP_FIXED;
    labels->items.v[labels->items.n - 1].wanted = true;
    labels->items.v[labels->items.n - 1].other_ways = false;
}

static int compare_candidates(const void *a, const void *b)
{
    const struct pm_candidate *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static bool is_sorted(const struct pm_candidate *c, size_t count)
{
    size_t i = 1;
    while (i < count && compare_candidates(&c[i - 1], &c[i]) < 0)
        i++;
    return i >= count;
}

static void sort(struct pm_labels *labels, size_t first, size_t count)
{
    struct pm_candidate *c = labels->candidates.v + first;
    if (count && !is_sorted(c, count)) /* as what is kept with the basemap is */
        qsort(c, count, sizeof *c, compare_candidates);
}

void pm_labels_cut(struct pm_labels *labels, size_t first, size_t most)
{
    size_t count = labels->candidates.n - first;
    sort(labels, first, count);
    labels->candidates.n = first + (count < most ? count : most);
}

/* Keeps the candidates that the label had, and the `most` cheapest of the new ones. */
static void close_label(struct pm_labels *labels, size_t index, size_t most)
{
    struct pm_range *own = &labels->choices.v[index].candidates;
    bool merged = own->count > 0;
    pm_labels_cut(labels, own->first + own->count, most);
    own->count = labels->candidates.n - own->first;
    if (merged)
        sort(labels, own->first, own->count);
}

void pm_labels_close(struct pm_labels *labels, size_t most)
{
    close_label(labels, labels->choices.n - 1, most);
}

void pm_labels_withdraw(struct pm_labels *labels)
{
    labels->candidates.n = labels->choices.v[--labels->choices.n].candidates.first;
    labels->items.n--;
}

/* ---- what must appear -------------------------------------------------------------------------- */

/* Candidates added from here on are the label's own, beside those that it has. */
static void reopen(struct pm_labels *labels, size_t index)
{
    struct pm_range *own = &labels->choices.v[index].candidates;
    size_t first = labels->candidates.n;
    pm_vec_reserve(&labels->candidates, first + own->count);
    for (size_t i = 0; i < own->count; i++)
        labels->candidates.v[labels->candidates.n++] = labels->candidates.v[own->first + i];
    own->first = first;
}

/* With a leader, or as a number of the key. There are many such places, and most labels don't need them. */
static void add_ways(struct pm_labels *labels, size_t index)
{
    const struct pm_label_item item = labels->items.v[index];
    labels->items.v[index].has_ways = true;
    reopen(labels, index);
    if (item.kind == PM_LABEL_PLACE)
        pm_label_place_ways(labels, item.index);
    else
        pm_label_area_ways(labels, item.index);
    close_label(labels, index, PM_MOST_WAYS);
}

static double cost_now(const struct pm_labels *labels, size_t index)
{
    const struct pm_choice *choice = &labels->choices.v[index];
    return choice->chosen == SIZE_MAX ? choice->drop_cost
                                      : labels->candidates.v[choice->chosen].cost;
}

/* Does the label stand worse than it might with a leader? */
static bool is_in_need(const struct pm_labels *labels, size_t index)
{
    return labels->items.v[index].other_ways && cost_now(labels, index) > PM_LEAST_WAY;
}

/* Would one label stand better, by more than a way costs the other, if that were not where it is? */
static bool is_in_way(const struct pm_labels *labels, size_t other, size_t index)
{
    const struct pm_range own = labels->choices.v[index].candidates;
    const struct pm_candidate *c = labels->candidates.v + own.first;
    size_t chosen = labels->choices.v[other].chosen;
    double most = cost_now(labels, index) - PM_LEAST_WAY;
    for (size_t i = 0; chosen != SIZE_MAX && i < own.count && c[i].cost < most; i++)
        if (pm_candidates_conflict(&c[i], &labels->candidates.v[chosen]))
            return true;
    return false;
}

/* Those in need, and what is in their way. False if nobody is in need who has no ways. */
static bool list_wanted(const struct pm_labels *labels, bool *wanted)
{
    const struct pm_label_item *items = labels->items.v;
    bool any = false;
    for (size_t i = 0; i < labels->items.n; i++) {
        if (!is_in_need(labels, i))
            continue;
        wanted[i] = true;
        for (size_t k = 0; k < labels->items.n; k++)
            wanted[k] |= k != i && items[k].other_ways && is_in_way(labels, k, i);
    }
    for (size_t i = 0; i < labels->items.n; i++)
        any |= wanted[i] && !items[i].has_ways;
    return any;
}

/* Is a label left out though it has ways? Then others are to give way that are not in its own way. */
static bool any_stuck(const struct pm_labels *labels)
{
    for (size_t i = 0; i < labels->items.n; i++)
        if (labels->items.v[i].has_ways && labels->choices.v[i].chosen == SIZE_MAX)
            return true;
    return false;
}

/* Who is to have ways gets them, with `all` everybody. False if none got any. */
static bool give_ways(struct pm_labels *labels, const bool *wanted, bool all)
{
    bool any = false;
    for (size_t i = 0; i < labels->items.n; i++) {
        const struct pm_label_item *item = &labels->items.v[i];
        if (item->has_ways || !(wanted[i] || (all && item->other_ways)))
            continue;
        add_ways(labels, i);
        any = true;
    }
    return any;
}

/* False if nobody is to have ways that has none. */
static bool help_those_in_need(struct pm_labels *labels, int round, bool stuck)
{
    bool *wanted = PM_NEW_N(labels->draft->arena, bool, labels->items.n);
    bool any = list_wanted(labels, wanted);
    return (any || stuck) && give_ways(labels, wanted, stuck || round >= MOST_ROUNDS);
}

static void choose(struct pm_labels *labels, int sweeps)
{
    pm_solve_labels(labels->candidates.v, labels->choices.v, labels->choices.n, sweeps);
}

/* The fewer labels the more sweeps: a small map is worth the best of all solutions, which is also the one
 * that changes least when a town moves by a pixel. */
static int sweeps_for(const struct pm_labels *labels)
{
    int sweeps = (int)(TURNS / (labels->choices.n + 1));
    return sweeps < LEAST_SWEEPS ? LEAST_SWEEPS : sweeps > MOST_SWEEPS ? MOST_SWEEPS : sweeps;
}

/* A draft of the solution, in which nobody is in need of ways that has none: soon, or all get them. */
static void sketch(struct pm_labels *labels)
{
    int round = 0;
    do
        choose(labels, LEAST_SWEEPS);
    while (help_those_in_need(labels, ++round, false));
}

static void solve(struct pm_labels *labels)
{
    int round = 0;
    do
        choose(labels, sweeps_for(labels));
    while (help_those_in_need(labels, ++round, any_stuck(labels)));
}

/* ---- result --------------------------------------------------------------------------------- */

/* Lines are centred under each other about the label's middle, and turned with it. */
static void set_lines(const struct pm_draft *draft, struct pm_label_draft *label,
                      const struct pm_candidate *candidate)
{
    const struct pm_form *form = candidate->form;
    const struct pm_box box = label->ground.box;
    const struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    for (size_t i = 0; i < form->line_count; i++) {
        struct pm_run *line = &label->lines[i];
        double down = form->ascent + (double)i * form->leading - form->height / 2;
        line->width = pm_text_measure(draft->fonts, &line->font, line->s, line->lang).width;
        line->angle = candidate->angle;
        line->at = (struct pm_pt){middle.x - down * sin(candidate->angle * DEGREE),
                                  middle.y + down * cos(candidate->angle * DEGREE)};
        line->anchor = PM_ANCHOR_MIDDLE;
    }
}

static void keep(struct pm_draft *draft, const struct pm_labels *labels, size_t index)
{
    const struct pm_candidate *candidate = &labels->candidates.v[labels->choices.v[index].chosen];
    const struct pm_label_item *item = &labels->items.v[index];
    const struct pm_form *form = candidate->form;
    struct pm_label_draft *label = &draft->labels[draft->label_count++];
    *label = (struct pm_label_draft){
        .name = item->name,
        .kind = item->kind,
        .index = item->index,
        .lines = pm_memdup(draft->arena, form->lines, form->line_count * sizeof *form->lines),
        .line_count = form->line_count,
        .ground = candidate->ground,
        .cost = candidate->cost,
    };
    if (label->ground.parts)
        label->ground.parts = pm_memdup(draft->arena, label->ground.parts,
                                        label->ground.part_count * sizeof *label->ground.parts);
    if (candidate->leader) {
        label->has_leader = true;
        label->leader_from = candidate->leader->from;
        label->leader_to = candidate->leader->to;
    }
    set_lines(draft, label, candidate);
    if (form->keyed)
        draft->key[draft->key_count++] = label;
}

static int compare_in_reading_order(const void *a, const void *b)
{
    const struct pm_label_draft *x = *(const struct pm_label_draft *const *)a,
                                *y = *(const struct pm_label_draft *const *)b;
    if (x->ground.box.y0 != y->ground.box.y0)
        return x->ground.box.y0 < y->ground.box.y0 ? -1 : 1;
    return (x->ground.box.x0 > y->ground.box.x0) - (x->ground.box.x0 < y->ground.box.x0);
}

const struct pm_state *pm_label_state(const struct pm_draft *draft, enum pm_label_kind kind,
                                      size_t index)
{
    return kind == PM_LABEL_PLACE ? &draft->places[index].state : &draft->areas[index].state;
}

/* The key goes on where the numbers of the events end: no number stands for two things. */
static void number_key(struct pm_draft *draft)
{
    int number = 0;
    for (size_t i = 0; i < draft->event_count; i++)
        number = draft->events[i].number > number ? draft->events[i].number : number;
    if (draft->key_count)
        qsort(draft->key, draft->key_count, sizeof(struct pm_label_draft *),
              compare_in_reading_order);
    for (size_t i = 0; i < draft->key_count; i++) {
        struct pm_label_draft *label = draft->key[i];
        struct pm_run *line = label->lines;
        label->number = ++number;
        line->s = pm_ordinal_of(draft, (size_t)number);
        line->width = pm_text_measure(draft->fonts, &line->font, line->s, line->lang).width;
    }
}

static void keep_chosen(struct pm_draft *draft, const struct pm_labels *labels)
{
    draft->label_count = draft->key_count = 0;
    draft->labels = PM_NEW_N(draft->arena, struct pm_label_draft, labels->choices.n);
    draft->key = PM_NEW_N(draft->arena, struct pm_label_draft *, labels->choices.n);
    for (size_t i = 0; i < labels->choices.n; i++)
        if (labels->choices.v[i].chosen != SIZE_MAX)
            keep(draft, labels, i);
    number_key(draft);
}

/* ---- room for the key ------------------------------------------------------------------------- */

/* How many of its lines the panel has room for, if not for all. */
static size_t room_for_key(struct pm_draft *draft)
{
    size_t count = draft->key_count, least = 0, most = count;
    while (most - least > 1) {
        draft->key_count = (least + most) / 2;
        if (pm_panel_holds_key(draft))
            least = draft->key_count;
        else
            most = draft->key_count;
    }
    draft->key_count = count;
    return least;
}

static void drop_numbers(struct pm_labels *labels, size_t index)
{
    struct pm_range *range = &labels->choices.v[index].candidates;
    struct pm_candidate *own = labels->candidates.v + range->first;
    size_t count = 0;
    for (size_t i = 0; i < range->count; i++)
        if (!own[i].form->keyed)
            own[count++] = own[i];
    range->count = count;
}

/* Nothing may be a number but those that are now, and of these only the `most` that are dearest to leave out: no
 * number that nothing explains. */
static void ration_numbers(struct pm_labels *labels, size_t most)
{
    const struct pm_choice *choices = labels->choices.v;
    bool *numbered = PM_NEW_N(labels->draft->arena, bool, labels->choices.n);
    size_t count = 0;
    for (size_t i = 0; i < labels->choices.n; i++) {
        size_t chosen = choices[i].chosen;
        numbered[i] = chosen != SIZE_MAX && labels->candidates.v[chosen].form->keyed;
        count += numbered[i];
    }
    for (; count > most; count--) {
        size_t least = SIZE_MAX;
        for (size_t i = 0; i < labels->choices.n; i++)
            if (numbered[i] &&
                (least == SIZE_MAX || choices[i].drop_cost <= choices[least].drop_cost))
                least = i;
        numbered[least] = false;
    }
    for (size_t i = 0; i < labels->choices.n; i++)
        if (!numbered[i])
            drop_numbers(labels, i);
    labels->rationed = true;
}

/* ---- reports ---------------------------------------------------------------------------------- */

/* Of the dropped labels, the first by name, the others by number. */
static size_t list_dropped(const struct pm_labels *labels, bool wanted, struct pm_str *names)
{
    size_t count = 0;
    for (size_t i = 0; i < labels->items.n; i++)
        if (labels->choices.v[i].chosen == SIZE_MAX && labels->items.v[i].wanted == wanted &&
            !labels->items.v[i].told && count++ < NAMED)
            pm_str_addf(names, "%s%s", count > 1 ? ", " : "", labels->items.v[i].name);
    if (count > NAMED)
        pm_str_addf(names, " and %zu more", count - NAMED);
    return count;
}

/* The maps of a series name what changed, where there is room. */
static void report_of_series(const struct pm_draft *draft, size_t count, const char *names)
{
    char iso[16];
    pm_date_iso(draft->date, iso);
    pm_note(draft->diags, "label-dropped", (struct pm_place){0},
            "no room for %zu name%s on the map of %s: %s", count, count == 1 ? "" : "s", iso,
            names);
}

/* One message for all: a map of a war must say what it leaves out. */
static void report_dropped(const struct pm_labels *labels, bool wanted)
{
    struct pm_str names = {0};
    size_t count = list_dropped(labels, wanted, &names);
    struct pm_diags *diags = labels->draft->diags;
    if (count && pm_is_small_map(labels->draft)) {
        if (wanted)
            report_of_series(labels->draft, count, pm_str_get(&names));
    } else if (count && wanted) {
        pm_warning(diags, "label-dropped", (struct pm_place){0}, "no room for %zu %s: %s", count,
                   count == 1 ? "name" : "names", pm_str_get(&names));
        pm_help(diags, "draw a part of the map (--focus), or %s", pm_more_room(labels->draft));
    } else if (count) {
        pm_note(diags, "label-dropped", (struct pm_place){0}, "no room for %zu minor %s: %s", count,
                count == 1 ? "name" : "names", pm_str_get(&names));
    }
    pm_str_finish(&names);
}

static void report_key(const struct pm_draft *draft)
{
    struct pm_str names = {0};
    for (size_t i = 0; i < draft->key_count; i++)
        pm_str_addf(&names, "%s%d %s", i ? ", " : "", draft->key[i]->number, draft->key[i]->name);
    if (draft->key_count)
        pm_note(draft->diags, "label-in-key", (struct pm_place){0},
                "%zu %s a number on the map and the name in the key: %s", draft->key_count,
                draft->key_count == 1 ? "name has" : "names have", pm_str_get(&names));
    pm_str_finish(&names);
}

/* In the order of importance: the solver begins greedily from the front. `minor`: only those of what lies around
 * the areas, which come last. */
static void gather(struct pm_labels *labels, bool minor)
{
    enum { MINOR = 3 };
    const struct pm_style *style = labels->draft->style;
    const struct {
        bool shown;
        void (*label)(struct pm_labels *labels);
    } kinds[] = {
        {style->show.place_labels, pm_label_places},
        {style->show.parent_labels, pm_label_parents},
        {style->show.area_labels, pm_label_areas},
        {style->show.neighbours, pm_label_neighbours},
        {style->show.lakes, pm_label_lakes},
        {style->show.rivers, pm_label_rivers},
        {style->show.roads && style->show.road_labels, pm_label_roads},
    };
    for (size_t i = minor ? MINOR : 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].shown)
            kinds[i].label(labels);
}

/* Is the name of something that the status file speaks of, and was it dropped, made a number or put far away? */
static bool is_lost(const struct pm_labels *labels, size_t index)
{
    const struct pm_label_item *item = &labels->items.v[index];
    size_t chosen = labels->choices.v[index].chosen;
    bool placed = chosen != SIZE_MAX && !labels->candidates.v[chosen].form->keyed &&
                  cost_now(labels, index) < COST_FAR;
    return item->other_ways && !placed &&
           pm_label_state(labels->draft, item->kind, item->index)->subject;
}

/* Lost names, where what must appear is not a crowd. */
static const unsigned *lost_by_area(const struct pm_labels *labels)
{
    const struct pm_draft *draft = labels->draft;
    unsigned *lost = PM_NEW_N(draft->arena, unsigned, draft->area_count);
    for (size_t i = 0; i < labels->items.n; i++) {
        const struct pm_label_item *item = &labels->items.v[i];
        size_t area = item->kind == PM_LABEL_PLACE ? draft->places[item->index].area : item->index;
        if (area != PM_NONE && is_lost(labels, i))
            lost[area]++;
    }
    return lost;
}

static void open(struct pm_labels *labels, struct pm_draft *draft)
{
    *labels = (struct pm_labels){.draft = draft};
    pm_vec_reserve(&labels->candidates, USUAL); /* to grow by steps, they would be copied */
    pm_ground_make(draft, &labels->ground);
    gather(labels, false);
    sketch(labels);
}

static void finish(struct pm_labels *labels)
{
    pm_ground_finish(&labels->ground);
    pm_labels_forget(labels);
    pm_vec_finish(&labels->candidates);
    pm_vec_finish(&labels->choices);
    pm_vec_finish(&labels->items);
}

/* Is the candidate off what has been taken since? */
static bool is_off(const struct pm_draft *draft, const struct pm_candidate *c, size_t first)
{
    for (size_t i = first; i < draft->taken.n; i++)
        if (pm_footprint_meets_box(&c->ground, draft->taken.v[i]) ||
            (c->leader && pm_segment_meets(c->leader->from, c->leader->to, draft->taken.v[i])))
            return false;
    return true;
}

/* What a new inset tells need not be on the map: a place is named if it is easy, an area is not. */
static bool is_told(const struct pm_draft *draft, const struct pm_label_item *item)
{
    return item->kind == PM_LABEL_PLACE
               ? pm_inset_names_place(draft, &draft->places[item->index])
               : item->kind == PM_LABEL_AREA && pm_inset_names_area(draft, item->index);
}

static void tell(struct pm_label_item *item, struct pm_choice *choice)
{
    if (choice->drop_cost == DROP_FIXED)
        return;
    item->told = true;
    item->wanted = item->other_ways = false;
    choice->drop_cost = PM_DROP_TOLD;
    if (item->kind == PM_LABEL_AREA)
        choice->candidates.count = 0;
}

static bool is_minor(enum pm_label_kind kind)
{
    return kind != PM_LABEL_PLACE && kind != PM_LABEL_PARENT && kind != PM_LABEL_AREA;
}

/* Leaves the label what the last inset leaves, and `ways` if it has no chance to get them anew. */
static void refit_label(struct pm_labels *labels, size_t index, size_t first, bool ways)
{
    const struct pm_draft *draft = labels->draft;
    struct pm_choice *choice = &labels->choices.v[index];
    struct pm_candidate *own = labels->candidates.v + choice->candidates.first;
    size_t count = 0;
    bool dearer = false;
    for (size_t i = 0; i < choice->candidates.count; i++) {
        if (!is_off(draft, &own[i], first) || (!ways && (own[i].leader || own[i].form->keyed)))
            continue;
        double more = outline_cost(draft, &own[i], draft->inset_count - 1);
        own[count] = own[i];
        own[count++].cost += more;
        dearer |= more > 0;
    }
    choice->candidates.count = count;
    if (dearer)
        sort(labels, choice->candidates.first, count);
}

/* Leaves the candidates that the last inset leaves, whose boxes are those that are taken from `first` on. Leaders end off
 * its outline: they are looked for anew where they are needed. So are names around the areas, which have few. */
static void refit(struct pm_labels *labels, size_t first)
{
    const struct pm_draft *draft = labels->draft;
    size_t kept = 0;
    while (kept < labels->items.n && !is_minor(labels->items.v[kept].kind))
        kept++;
    labels->items.n = labels->choices.n = kept;
    for (size_t i = 0; i < labels->items.n; i++) {
        struct pm_label_item *item = &labels->items.v[i];
        if (!item->told && is_told(draft, item))
            tell(item, &labels->choices.v[i]);
        refit_label(labels, i, first, !item->has_ways);
        item->has_ways = false;
    }
    pm_ground_finish(&labels->ground);
    pm_ground_make(labels->draft, &labels->ground);
    gather(labels, true);
}

/* Where names are lost that an inset has room to show, it is placed. */
static bool make_inset(struct pm_labels *labels)
{
    size_t first = labels->draft->taken.n;
    if (!pm_layout_inset_of(labels->draft, lost_by_area(labels)))
        return false;
    refit(labels, first);
    return true;
}

/* A first draft tells of most insets that are needed, which saves solving twice; the solution of the others. */
void pm_layout_labels(struct pm_draft *draft)
{
    struct pm_labels labels;
    open(&labels, draft);
    bool has_inset = draft->style->show.insets && make_inset(&labels);
    solve(&labels);
    if (draft->style->show.insets && !has_inset && make_inset(&labels))
        solve(&labels);
    keep_chosen(draft, &labels);
    while (draft->key_count && !pm_panel_holds_key(draft)) {
        ration_numbers(&labels, room_for_key(draft));
        solve(&labels);
        keep_chosen(draft, &labels);
    }
    report_dropped(&labels, true);
    report_dropped(&labels, false);
    report_key(draft);
    finish(&labels);
    pm_vec_finish(&draft->taken);
}
