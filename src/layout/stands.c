#include "layout/stands.h"

#include <math.h>

#include "base/cache.h"
#include "base/banned.h"

#define BESIDE 8.0      /* px: so near to a mark the name of an area reads as that of the place */
#define OVER_OTHERS 6.0 /* a label that covers other areas */
#define MOST_ON_OTHERS 0.2 /* share of a name … */
#define MOST_OF_NUMBER 0.5 /* … and of a number, which is read with its leader */
#define INSIDE 0.99        /* share of a label that its own area holds, at least */
#define DOT 3.0            /* px around the end of a leader that must be free */
#define PER_HEIGHT 1.2     /* of a leader as long as its label is high */
#define LONGEST 0.2        /* … of the map: on a small one a leader leads nowhere near */
#define OFF_POLE 0.2       /* a leader to a point beside the pole */

enum { ANGLES = 32, DISTANCES = 10, DISTANCES_OF_NUMBER = 7, MOST_ENDS = 5 };

/* ---- leaders -------------------------------------------------------------------------------- */

/* Where leaders to a target may end. */
struct ends {
    uint32_t v[MOST_ENDS];
    bool on_outline[MOST_ENDS]; /* of an inset */
    int count;
};

/* What is looked for, and found. */
struct search {
    struct pm_ground *ground;
    const struct pm_form *form;
    const struct pm_target *target;
    struct ends ends;
    PM_VEC(struct pm_stand) stands;
    PM_VEC(uint32_t) arcs;
    PM_VEC(uint32_t) areas;
    PM_VEC(struct pm_lead) leads;
};

/* Where a line from the middle of the box to a mark meets the square around the mark. */
static struct pm_pt edge_of(const struct pm_target *mark, struct pm_box box)
{
    double dx = (box.x0 + box.x1) / 2 - mark->at.x, dy = (box.y0 + box.y1) / 2 - mark->at.y;
    double t = (mark->reach + 1) / fmax(1, fmax(fabs(dx), fabs(dy)));
    return (struct pm_pt){mark->at.x + dx * t, mark->at.y + dy * t};
}

/* The target and four points around it: a straight line to one of them may be free where that to another crosses
 * a mark, or ends on the outline of an inset. At a mark each leader has an end of its own. */
static struct pm_pt end_at(const struct pm_target *target, uint32_t end, struct pm_box box)
{
    static const struct pm_pt offsets[MOST_ENDS] = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    if (target->mark)
        return edge_of(target, box);
    return (struct pm_pt){target->at.x + offsets[end].x * target->reach / 2,
                          target->at.y + offsets[end].y * target->reach / 2};
}

struct pm_way pm_stands_way(const struct pm_form *form, const struct pm_target *target,
                            struct pm_box box, const struct pm_lead *lead)
{
    struct pm_pt to = end_at(target, lead->end, box);
    struct pm_pt from = {fmax(box.x0, fmin(box.x1, to.x)), fmax(box.y0, fmin(box.y1, to.y))};
    double length = hypot(to.x - from.x, to.y - from.y);
    return (struct pm_way){from, to, lead->end ? OFF_POLE : 0, PER_HEIGHT * length / form->height};
}

/* Those that are free. */
static void find_ends(struct search *search)
{
    const struct pm_draft *draft = search->ground->draft;
    struct ends *ends = &search->ends;
    double dot = pm_px(draft, DOT);
    for (uint32_t i = 0; !search->target->mark && i < MOST_ENDS; i++) {
        struct pm_pt to = end_at(search->target, i, (struct pm_box){0});
        struct pm_footprint end =
            pm_footprint_of(pm_box_of(to.x - dot, to.y - dot, 2 * dot, 2 * dot));
        if (!pm_ground_allows(search->ground, &end))
            continue;
        ends->on_outline[ends->count] = pm_label_ends_on_outline(draft, 0, to);
        ends->v[ends->count++] = i;
    }
}

/* False if something is in its way. */
static bool add_lead(struct search *search, struct pm_box box, uint32_t end)
{
    struct pm_lead lead = {.end = end};
    struct pm_way way = pm_stands_way(search->form, search->target, box, &lead);
    if (!pm_ground_allows_line(search->ground, way.from, way.to))
        return false;
    for (int i = 0; i < PM_LEAD_POINTS; i++) {
        double x = way.from.x + (way.to.x - way.from.x) * (i + 1) / (PM_LEAD_POINTS + 1),
               y = way.from.y + (way.to.y - way.from.y) * (i + 1) / (PM_LEAD_POINTS + 1);
        lead.below[i] = (uint32_t)pm_ground_area(search->ground, search->target->area,
                                                 (struct pm_box){x, y, x, y});
    }
    pm_vec_push(&search->leads, lead);
    return true;
}

static void add_leads(struct search *search, struct pm_box box)
{
    const struct ends *ends = &search->ends;
    if (search->target->mark)
        add_lead(search, box, 0);
    for (int i = 0, added = 0; i < ends->count && added < 2; i++)
        if (add_lead(search, box, ends->v[i]))
            added += !ends->on_outline[i];
}

/* ---- labels --------------------------------------------------------------------------------- */

/* How much of a label lies on other areas, 0..1: none of one that its own holds. */
static double on_others(struct pm_ground *ground, const struct pm_target *target, struct pm_box box)
{
    if (target->area != PM_NONE && pm_ground_holds(ground, target->area, box, INSIDE))
        return 0;
    return pm_mask_cover(&ground->mask, box);
}

static void begin_stand(struct search *search, struct pm_stand stand)
{
    stand.first_arc = (uint32_t)search->arcs.n;
    stand.first_area = (uint32_t)search->areas.n;
    stand.first_lead = (uint32_t)search->leads.n;
    pm_vec_push(&search->stands, stand);
}

static void add_stand(struct search *search, struct pm_pt middle, struct pm_box box, double others)
{
    struct pm_ground *ground = search->ground;
    const struct pm_footprint label = pm_footprint_of(box);
    bool beside = pm_ground_near_place(ground, box, pm_px(ground->draft, BESIDE));
    begin_stand(search, (struct pm_stand){
                            .middle = middle, .over_cost = OVER_OTHERS * others, .beside = beside});
    pm_fences_meet(&ground->fences, &label);
    pm_vec_add(&search->arcs, ground->fences.met.v, ground->fences.met.n);
    if (search->form->keyed && search->target->area != PM_NONE) {
        pm_ground_hold(ground, box, MOST_OF_NUMBER);
        pm_vec_add(&search->areas, ground->holders.v, ground->holders.n);
    }
    add_leads(search, box);
}

static struct search search_for(struct pm_ground *ground, const struct pm_form *form,
                                const struct pm_target *target)
{
    struct search search = {.ground = ground, .form = form, .target = target};
    find_ends(&search);
    return search;
}

static struct pm_stands *found(struct search *search, size_t *size)
{
    begin_stand(search, (struct pm_stand){0});
    size_t v = search->stands.n * sizeof *search->stands.v,
           leads = search->leads.n * sizeof *search->leads.v,
           arcs = search->arcs.n * sizeof *search->arcs.v,
           areas = search->areas.n * sizeof *search->areas.v;
    *size = pm_part_size(sizeof(struct pm_stands)) + pm_part_size(v) + pm_part_size(leads) +
            pm_part_size(arcs) + pm_part_size(areas);
    char *rest = pm_xcalloc(1, *size);
    struct pm_stands *stands = pm_put_part(&rest, NULL, sizeof *stands);
    stands->count = search->stands.n - 1;
    stands->v = pm_put_part(&rest, search->stands.v, v);
    stands->leads = pm_put_part(&rest, search->leads.v, leads);
    stands->arcs = pm_put_part(&rest, search->arcs.v, arcs);
    stands->areas = pm_put_part(&rest, search->areas.v, areas);
    pm_vec_finish(&search->stands);
    pm_vec_finish(&search->leads);
    pm_vec_finish(&search->arcs);
    pm_vec_finish(&search->areas);
    return stands;
}

struct pm_stands *pm_stands_at(struct pm_ground *ground, const struct pm_form *form,
                               const struct pm_target *target, struct pm_box box)
{
    struct search search = search_for(ground, form, target);
    size_t size = 0;
    add_stand(&search, (struct pm_pt){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2}, box, 0);
    return found(&search, &size);
}

/* ---- around a target, kept with the basemap --------------------------------------------------- */

/* How many heights of the form a label is away, at most: on a small map a long leader leads nowhere near. */
static int most_distance(const struct pm_draft *draft, const struct pm_form *form)
{
    const struct pm_box map = draft->page.map;
    double longest = LONGEST * sqrt(pm_box_w(map) * pm_box_h(map));
    return (int)fmin(form->keyed ? DISTANCES_OF_NUMBER : DISTANCES, longest / form->height);
}

struct pm_box pm_stands_reach(const struct pm_draft *draft, const struct pm_form *form,
                              const struct pm_target *target)
{
    double r = target->reach + most_distance(draft, form) * form->height;
    double x = r + form->width, y = r + form->height;
    return pm_box_of(target->at.x - x, target->at.y - y, 2 * x, 2 * y);
}

struct pm_box pm_stand_box(const struct pm_form *form, const struct pm_stand *stand)
{
    return pm_box_of(stand->middle.x - form->width / 2, stand->middle.y - form->height / 2,
                     form->width, form->height);
}

/* In the given direction, so many heights away from the target. */
static struct pm_pt middle_on_ring(const struct search *search, int distance,
                                   struct pm_pt direction)
{
    const struct pm_target *target = search->target;
    double w = search->form->width, h = search->form->height, r = target->reach + distance * h;
    return (struct pm_pt){target->at.x + direction.x * (r + w / 2),
                          target->at.y + direction.y * (r + h / 2)};
}

static void try_stand(struct search *search, struct pm_pt middle)
{
    struct pm_box box = pm_stand_box(search->form, &(struct pm_stand){.middle = middle});
    const struct pm_footprint label = pm_footprint_of(box);
    if (!pm_ground_allows(search->ground, &label))
        return;
    double others = on_others(search->ground, search->target, box);
    if (search->form->keyed || others <= MOST_ON_OTHERS)
        add_stand(search, middle, box, others);
}

/* Ring by ring. */
static void try_rings(struct search *search)
{
    struct pm_pt directions[ANGLES];
    for (int a = 0; a < ANGLES; a++) {
        double angle = 2 * 3.14159265358979323846 * a / ANGLES;
        directions[a] = (struct pm_pt){cos(angle), sin(angle)};
    }
    for (int d = 1; d <= most_distance(search->ground->draft, search->form); d++)
        for (int a = 0; a < ANGLES; a++)
            try_stand(search, middle_on_ring(search, d, directions[a]));
}

struct request {
    struct pm_ground *ground;
    const struct pm_form *form;
    const struct pm_target *target;
    size_t key_size; /* which is kept, too */
};

static struct pm_cached make(void *user)
{
    const struct request *request = user;
    struct search search = search_for(request->ground, request->form, request->target);
    try_rings(&search);
    size_t size = 0;
    struct pm_stands *stands = found(&search, &size);
    return (struct pm_cached){stands, size + request->key_size};
}

/* All that the stands follow from, but the basemap. */
static void write_key(const struct request *request, struct pm_str *key)
{
    static const char name[] = "stands";
    const struct pm_form *form = request->form;
    const struct pm_target *target = request->target;
    const double numbers[] = {form->width, form->height, target->at.x, target->at.y, target->reach};
    const uint64_t facts[] = {form->keyed, target->mark, target->area};
    pm_str_addn(key, name, sizeof name);
    pm_str_addn(key, (const char *)numbers, sizeof numbers);
    pm_str_addn(key, (const char *)facts, sizeof facts);
    pm_ground_add_key(request->ground, pm_stands_reach(request->ground->draft, form, target), key);
}

const struct pm_stands *pm_stands_around(struct pm_ground *ground, const struct pm_form *form,
                                         const struct pm_target *target)
{
    struct pm_str key = {0};
    struct request request = {ground, form, target, 0};
    write_key(&request, &key);
    request.key_size = key.n;
    const struct pm_stands *stands = pm_cache_get(ground->draft->base->rooms, key.s, key.n,
                                                  &(struct pm_maker){make, free, &request});
    pm_str_finish(&key);
    return stands;
}

void pm_stands_release(const struct pm_ground *ground, const struct pm_stands *stands)
{
    pm_cache_release(ground->draft->base->rooms, stands);
}
