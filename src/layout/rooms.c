#include "layout/rooms.h"

#include <math.h>

#include "base/cache.h"
#include "base/banned.h"

#define HELD 0.98           /* exactly: a border along a row is seen to half a row */
#define FINEST 2.0          /* px: positions closer than this look alike */
#define POLE_PRECISION 0.02 /* of the polygon's width */
#define LABEL_ASPECT 2.0    /* of the space in which a pole is looked for: names are wide */

/* ---- the lattice ------------------------------------------------------------------------------- */

static const struct pm_spans *spans_of(struct pm_ground *ground, struct pm_site *site)
{
    if (!site->spans && site->area != PM_NONE)
        site->spans = pm_ground_spans(ground, site->area);
    if (!site->spans) {
        struct pm_spans *spans = PM_NEW(ground->draft->arena, struct pm_spans);
        *spans = pm_ground_rows(ground, site->rings, ground->draft->arena);
        site->spans = spans;
    }
    return site->spans;
}

struct pm_footprint pm_room_footprint(struct pm_room_shape shape, struct pm_box *parts)
{
    double w = shape.w, h = shape.h;
    return shape.angle != 0 ? pm_footprint_slanted((struct pm_pt){0}, w, h, shape.angle, parts)
                            : pm_footprint_of(pm_box_of(-w / 2, -h / 2, w, h));
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

/* By rows first, which is fast, and exactly where a border is near. */
static bool holds(const struct pm_site *site, struct pm_box box)
{
    return pm_spans_hold_box(site->spans, box, PM_ROOM_SHARE) &&
           (pm_spans_hold_box(site->spans, pm_box_grown(box, site->spans->step), 1) ||
            pm_rings_cover(site->rings, box) >= HELD);
}

static bool holds_label(const struct pm_site *site, const struct pm_footprint *own, struct pm_pt at)
{
    struct pm_box parts[PM_FOOTPRINT_PARTS];
    struct pm_footprint label = pm_footprint_moved(own, at, parts);
    for (size_t i = 0; i < pm_footprint_count(&label); i++)
        if (!holds(site, pm_footprint_part(&label, i)))
            return false;
    return true;
}

/* A room that is looked for: one more of `firsts` than of `at`. */
struct search {
    PM_VEC(struct pm_pt) at;
    PM_VEC(uint32_t) firsts;
    PM_VEC(uint32_t) arcs;
};

static void add_label(struct search *s, struct pm_fences *fences, const struct pm_footprint *own,
                      struct pm_pt at)
{
    struct pm_box parts[PM_FOOTPRINT_PARTS];
    struct pm_footprint label = pm_footprint_moved(own, at, parts);
    pm_fences_meet(fences, &label);
    pm_vec_push(&s->at, at);
    for (size_t i = 0; i < fences->met.n; i++)
        pm_vec_push(&s->arcs, fences->met.v[i]);
    pm_vec_push(&s->firsts, (uint32_t)s->arcs.n);
}

/* Most of the lattice is told off row by row. */
static void try_lattice(struct pm_ground *ground, const struct pm_site *site,
                        const struct pm_footprint *own, struct search *search)
{
    const struct pm_draft *draft = ground->draft;
    struct pm_box box = pm_box_cut(site->rings->box, draft->page.map);
    struct pm_box middle = pm_footprint_part(own, pm_footprint_count(own) / 2);
    double room_x = pm_box_w(box) - pm_box_w(own->box), room_y = pm_box_h(box) - pm_box_h(own->box);
    int steps_x = steps_in(draft, room_x, site->steps),
        steps_y = steps_in(draft, room_y, site->steps);
    struct pm_strip strip = {0};
    if (room_x < 0 || room_y < 0)
        return;
    for (int i = 0; i <= steps_y; i++) {
        double y = box.y0 - own->box.y0 + along(room_y, i, steps_y);
        pm_strip_set(&strip, site->spans, y + middle.y0, y + middle.y1);
        for (int j = 0; j <= steps_x; j++) {
            double x = box.x0 - own->box.x0 + along(room_x, j, steps_x);
            if (pm_strip_may_hold(&strip, x + middle.x0, x + middle.x1, PM_ROOM_SHARE) &&
                holds_label(site, own, (struct pm_pt){x, y}))
                add_label(search, &ground->fences, own, (struct pm_pt){x, y});
        }
    }
    pm_strip_finish(&strip);
}

/* ---- kept with the basemap ----------------------------------------------------------------------- */

/* All that a room follows from but what the basemap decides. No byte of padding. */
struct key {
    const struct pm_range *polygon; /* its rings */
    struct pm_room_shape shape;     /* nothing: it is the pole that is kept */
    int64_t steps;
};

struct request {
    struct pm_ground *ground;
    struct pm_site *site;
    struct pm_room_shape shape;
};

/* In one piece of memory. */
static struct pm_cached keep(const struct search *s)
{
    size_t at = s->at.n * sizeof *s->at.v, firsts = s->firsts.n * sizeof *s->firsts.v,
           arcs = s->arcs.n * sizeof *s->arcs.v;
    size_t size = pm_part_size(sizeof(struct pm_room)) + pm_part_size(at) + pm_part_size(firsts) +
                  pm_part_size(arcs);
    char *rest = pm_xcalloc(1, size);
    struct pm_room *room = pm_put_part(&rest, NULL, sizeof *room);
    room->count = s->at.n;
    room->at = pm_put_part(&rest, s->at.v, at);
    room->firsts = pm_put_part(&rest, s->firsts.v, firsts);
    room->arcs = pm_put_part(&rest, s->arcs.v, arcs);
    return (struct pm_cached){room, size};
}

static struct pm_cached make_room(void *user)
{
    const struct request *request = user;
    struct pm_box parts[PM_FOOTPRINT_PARTS];
    struct pm_footprint own = pm_room_footprint(request->shape, parts);
    struct search search = {0};
    spans_of(request->ground, request->site);
    pm_vec_push(&search.firsts, 0);
    try_lattice(request->ground, request->site, &own, &search);
    struct pm_cached cached = keep(&search);
    pm_vec_finish(&search.at);
    pm_vec_finish(&search.firsts);
    pm_vec_finish(&search.arcs);
    return cached;
}

struct pole {
    struct pm_pt at;
    double depth;
};

static struct pm_cached make_pole(void *user)
{
    const struct request *request = user;
    const struct pm_page_rings *rings = request->site->rings;
    double precision =
        fmax(pm_px(request->ground->draft, FINEST), POLE_PRECISION * sqrt(rings->area));
    struct pole *pole = pm_xcalloc(1, sizeof *pole);
    pole->at = pm_rings_pole(rings, LABEL_ASPECT, precision, &pole->depth);
    return (struct pm_cached){pole, sizeof *pole};
}

static const void *get(struct request *request, struct pm_cached (*make)(void *user))
{
    const struct key key = {request->site->rings->rings, request->shape, request->site->steps};
    return pm_cache_get(request->ground->draft->base->rooms, &key, sizeof key,
                        &(struct pm_maker){make, free, request});
}

const struct pm_room *pm_room_get(struct pm_ground *ground, struct pm_site *site,
                                  struct pm_room_shape shape)
{
    return get(&(struct request){ground, site, shape}, make_room);
}

void pm_room_release(const struct pm_ground *ground, const struct pm_room *room)
{
    pm_cache_release(ground->draft->base->rooms, room);
}

struct pm_pt pm_room_pole(struct pm_ground *ground, struct pm_site *site, double *depth)
{
    const struct pole *kept = get(&(struct request){ground, site, {0}}, make_pole);
    const struct pole pole = *kept;
    pm_cache_release(ground->draft->base->rooms, kept);
    *depth = pole.depth;
    return pole.at;
}
