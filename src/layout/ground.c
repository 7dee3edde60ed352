#include "layout/ground.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cache.h"
#include "layout/insets.h"
#include "base/banned.h"

#define FRAME_INSET 6.0
#define AROUND 16.0 /* px around a box in which something may matter to it */
#define ROW 1.0     /* px: letters are some ten of them high */

static struct pm_cells cells_of_places(const struct pm_draft *draft)
{
    struct pm_cells cells;
    struct pm_box *boxes = PM_NEW_N(draft->arena, struct pm_box, draft->place_count);
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *p = &draft->places[i];
        boxes[i] = pm_box_grown((struct pm_box){p->at.x, p->at.y, p->at.x, p->at.y}, p->radius);
    }
    pm_cells_make(&cells, draft->page.map, boxes, draft->place_count, draft->arena);
    return cells;
}

void pm_ground_make(struct pm_draft *draft, struct pm_ground *ground)
{
    *ground = (struct pm_ground){.draft = draft, .mask = pm_mask_make(draft, 1)};
    ground->spans = PM_NEW_N(draft->arena, const struct kept_spans *, draft->area_count);
    ground->places = cells_of_places(draft);
    pm_cells_make(&ground->taken, draft->page.map, draft->taken.v, draft->taken.n, draft->arena);
    pm_fences_make(draft, &ground->fences);
}

void pm_ground_finish(struct pm_ground *ground)
{
    pm_fences_finish(&ground->fences);
    pm_vec_finish(&ground->holders);
    for (size_t i = 0; i < ground->draft->area_count; i++)
        pm_cache_release(ground->draft->base->rooms, ground->spans[i]);
}

struct pm_spans pm_ground_rows(const struct pm_ground *ground, const struct pm_page_rings *rings,
                               struct pm_arena *arena)
{
    const struct pm_draft *draft = ground->draft;
    struct pm_box map = draft->page.map;
    struct pm_spans spans;
    pm_spans_make(&spans, rings, map.y0, map.y1, fmax(1, pm_px(draft, ROW)), arena);
    return spans;
}

/* Of an area, kept with the basemap. */
struct kept_spans {
    struct pm_arena arena;
    struct pm_spans spans;
};

struct request {
    const struct pm_ground *ground;
    size_t area;
};

static struct pm_cached make_spans(void *user)
{
    const struct request *request = user;
    struct kept_spans *kept = pm_xcalloc(1, sizeof *kept);
    kept->spans = pm_ground_rows(request->ground,
                                 &request->ground->draft->areas[request->area].rings, &kept->arena);
    return (struct pm_cached){kept, sizeof *kept + pm_arena_size(&kept->arena)};
}

static void free_spans(void *value)
{
    struct kept_spans *kept = value;
    pm_arena_finish(&kept->arena);
    free(kept);
}

const struct pm_spans *pm_ground_spans(struct pm_ground *ground, size_t area)
{
    const struct kept_spans **kept = &ground->spans[area];
    if (!*kept) {
        struct request request = {ground, area};
        *kept = pm_cache_get(ground->draft->base->rooms, &area, sizeof area,
                             &(struct pm_maker){make_spans, free_spans, &request});
    }
    return &(*kept)->spans;
}

static bool is_taken(const struct pm_ground *ground, struct pm_box box)
{
    struct pm_cell_walk walk = pm_cells_walk(&ground->taken, box);
    return pm_cells_next(&walk) != SIZE_MAX;
}

static bool on_callout_leader(const struct pm_draft *draft, struct pm_box box)
{
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        if (!pm_box_empty(e->callout) && pm_segment_meets(e->at, e->leader, pm_box_grown(box, 2)))
            return true;
    }
    return false;
}

bool pm_ground_allows(const struct pm_ground *ground, const struct pm_footprint *label)
{
    const struct pm_draft *draft = ground->draft;
    if (!pm_box_inside(label->box, pm_box_grown(draft->page.map, -pm_px(draft, FRAME_INSET))))
        return false;
    for (size_t i = 0; i < pm_footprint_count(label); i++) {
        struct pm_box part = pm_footprint_part(label, i);
        if (is_taken(ground, part) || on_callout_leader(draft, part))
            return false;
    }
    return true;
}

bool pm_ground_allows_line(const struct pm_ground *ground, struct pm_pt from, struct pm_pt to)
{
    struct pm_box box = {0};
    pm_box_add(&box, from, true);
    pm_box_add(&box, to, false);
    struct pm_cell_walk walk = pm_cells_walk(&ground->taken, box);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
        if (pm_segment_meets(from, to, ground->draft->taken.v[i]))
            return false;
    return true;
}

size_t pm_ground_area(struct pm_ground *ground, size_t area, struct pm_box box)
{
    struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    if (area != PM_NONE && pm_spans_hold(pm_ground_spans(ground, area), middle))
        return area;
    struct pm_box point = {middle.x, middle.y, middle.x, middle.y};
    struct pm_cell_walk walk = pm_cells_walk(&ground->draft->base->area_cells, point);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
        if (pm_spans_hold(pm_ground_spans(ground, i), middle))
            return i;
    return PM_NONE;
}

bool pm_ground_differs(const struct pm_ground *ground, size_t area, size_t other)
{
    const struct pm_area_draft *areas = ground->draft->areas;
    if (area == PM_NONE)
        return false;
    if (ground->draft->of_animation) /* on other days they differ */
        return other != area;
    return areas[other].state.look != areas[area].state.look;
}

bool pm_ground_misleads(struct pm_ground *ground, size_t area, struct pm_box box)
{
    size_t below = area == PM_NONE ? PM_NONE : pm_ground_area(ground, area, box);
    return below != PM_NONE && pm_ground_differs(ground, area, below);
}

bool pm_ground_contradicts(const struct pm_ground *ground, size_t area, size_t other)
{
    bool any = ground->draft->of_animation;
    return pm_ground_differs(ground, area, other) &&
           (any || ground->draft->areas[other].state.record);
}

/* Has the box so much of an area's box? To the height of a row, for which its rows stand beyond it. */
static bool may_hold(const struct pm_spans *spans, struct pm_box area, struct pm_box box,
                     double share)
{
    struct pm_box both = pm_box_cut(pm_box_grown(area, spans->step), box);
    return pm_box_w(both) * pm_box_h(both) >= share * pm_box_w(box) * pm_box_h(box);
}

bool pm_ground_holds(struct pm_ground *ground, size_t area, struct pm_box box, double share)
{
    const struct pm_spans *spans = pm_ground_spans(ground, area);
    return may_hold(spans, ground->draft->areas[area].rings.box, box, share) &&
           pm_spans_hold_box(spans, box, share);
}

void pm_ground_hold(struct pm_ground *ground, struct pm_box box, double share)
{
    struct pm_cell_walk walk = pm_cells_walk(&ground->draft->base->area_cells, box);
    ground->holders.n = 0;
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
        if (pm_ground_holds(ground, i, box, share))
            pm_vec_push(&ground->holders, (uint32_t)i);
}

/* ---- what it was like ------------------------------------------------------------------------- */

/* Lists begin with their length, so that none is mistaken for the next. */
static size_t begin_list(struct pm_str *key)
{
    const size_t none = 0;
    pm_str_addn(key, (const char *)&none, sizeof none);
    return key->n - sizeof none;
}

static void end_list(struct pm_str *key, size_t begin)
{
    const size_t size = key->n - begin;
    memcpy(key->s + begin, &size, sizeof size);
}

static void add_box(struct pm_str *key, struct pm_box box)
{
    pm_str_addn(key, (const char *)&box, sizeof box);
}

static void add_taken(const struct pm_ground *ground, struct pm_box box, struct pm_str *key)
{
    size_t begin = begin_list(key);
    struct pm_cell_walk walk = pm_cells_walk(&ground->taken, box);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
        add_box(key, ground->draft->taken.v[i]);
    end_list(key, begin);
}

static void add_callout_leaders(const struct pm_ground *ground, struct pm_str *key)
{
    size_t begin = begin_list(key);
    for (size_t i = 0; i < ground->draft->event_count; i++) {
        const struct pm_event_draft *e = &ground->draft->events[i];
        if (!pm_box_empty(e->callout))
            add_box(key, (struct pm_box){e->at.x, e->at.y, e->leader.x, e->leader.y});
    }
    end_list(key, begin);
}

static void add_outlines(const struct pm_ground *ground, struct pm_str *key)
{
    size_t begin = begin_list(key);
    for (size_t i = 0; i < ground->draft->inset_count; i++) {
        const struct pm_inset_draft *inset = &ground->draft->insets[i];
        if (!inset->locator)
            pm_str_addn(key, (const char *)inset->outline,
                        inset->outline_count * sizeof *inset->outline);
    }
    end_list(key, begin);
}

static void add_places(const struct pm_ground *ground, struct pm_box box, struct pm_str *key)
{
    size_t begin = begin_list(key);
    struct pm_cell_walk walk = pm_cells_walk(&ground->places, box);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_place_draft *p = &ground->draft->places[i];
        add_box(key, (struct pm_box){p->at.x, p->at.y, p->radius, 0});
    }
    end_list(key, begin);
}

void pm_ground_add_key(const struct pm_ground *ground, struct pm_box box, struct pm_str *key)
{
    struct pm_box near = pm_box_grown(box, pm_px(ground->draft, AROUND));
    add_box(key, near);
    add_taken(ground, near, key);
    add_callout_leaders(ground, key);
    add_outlines(ground, key);
    add_places(ground, near, key);
}

/* Which areas these are, follows from the box. */
void pm_ground_add_states(const struct pm_ground *ground, size_t area, struct pm_box box,
                          struct pm_str *key)
{
    const struct pm_area_draft *areas = ground->draft->areas;
    struct pm_box near = pm_box_grown(box, pm_px(ground->draft, AROUND));
    struct pm_cell_walk walk = pm_cells_walk(&ground->draft->base->area_cells, near);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_state *state = &areas[i].state;
        bool alike = area != PM_NONE && state->look == areas[area].state.look;
        pm_str_addc(key, alike ? 'a' : state->record ? 'r' : 'n');
        pm_str_addn(key, state->look->side, strlen(state->look->side) + 1);
    }
}

/* ---- places -------------------------------------------------------------------------------------- */

static double distance_to_box(struct pm_pt p, struct pm_box b)
{
    double dx = fmax(fmax(b.x0 - p.x, 0), p.x - b.x1);
    double dy = fmax(fmax(b.y0 - p.y, 0), p.y - b.y1);
    return hypot(dx, dy);
}

bool pm_ground_ambiguous(const struct pm_ground *ground, const struct pm_place_draft *place,
                         struct pm_box box)
{
    double own = distance_to_box(place->at, box) - place->radius;
    struct pm_cell_walk walk = pm_cells_walk(&ground->places, pm_box_grown(box, own));
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_place_draft *other = &ground->draft->places[i];
        if (other != place && distance_to_box(other->at, box) - other->radius < own)
            return true;
    }
    return false;
}

bool pm_ground_near_place(const struct pm_ground *ground, struct pm_box box, double distance)
{
    struct pm_cell_walk walk = pm_cells_walk(&ground->places, pm_box_grown(box, distance));
    return pm_cells_next(&walk) != SIZE_MAX;
}
