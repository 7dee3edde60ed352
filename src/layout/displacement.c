/* Displacement: where the marks of events stand, so that each can be read and none says a wrong place.
 *
 * A mark stands where the event was if it covers nothing there: no other mark, no place's, and not the
 * spot of another event. If it can't, it stands beside its spot, tied to it by a leader; at a place, it
 * touches the place's mark. Each event has the same list of positions around its spot, nearest first, and
 * of all events that one goes next which has to go least far; ties are broken by what the events say and
 * not by their order in the file. Events known only to the area come last: to a free spot within it. */
#include <math.h>
#include <string.h>

#include "geo/cells.h"
#include "input/positions.h"
#include "layout/board.h"
#include "layout/footprint.h"
#include "layout/marks.h"
#include "layout/pressure.h"
#include "layout/state.h"
#include "base/banned.h"

/* Positions around a spot: rings of so many directions. Those of one spot have room on the first of them,
 * and leaders between them. */
enum { TURNS = 48, RINGS = 60, POSITIONS = TURNS * RINGS };
#define RING_STEP 0.2 /* of a mark's radius */
#define LOOSE 1.1     /* times as long as its marks is the first ring */

#define GAP 1.0     /* px between two marks */
#define LEG 7.0     /* px that are seen of a leader, at least */
#define DOT 2.0     /* px: radius of the dot at its end */
#define CLEAR 1.0   /* px between a leader and the spot of another event */
#define LINE 4.0    /* px: what a leader takes, with its halo */
#define TOUCHES 5.0 /* px: nearer than that to its place, a mark needs no leader */

#define TAU 6.28318530717958647692
#define NORTH_EAST (TAU / 8)

/* An event that is looking for its place. */
struct seeker {
    struct pm_event_draft *event;
    struct pm_reach reach;
    struct pm_pt spot;
    const struct pm_place_draft *town; /* that its spot is, or NULL */
    size_t area;                       /* if nothing more is known; else PM_NONE */
    double bearing;                    /* where it would rather stand: radians clockwise from up */
    struct pm_pt wish;                 /* in its area … */
    bool has_wish, placed;
    bool given_up;   /* no longer in the way of others, but may still find room between them */
    double least;    /* px from the spot to the first ring */
    int next;        /* the first position that may still be free … */
    struct pm_pt at; /* … and where that is */
    uint64_t barred; /* directions in which no leader can run, a bit each */
};

struct displacement {
    struct pm_draft *draft;
    struct seeker *seekers; /* in the order of what they say */
    size_t count;
    struct pm_cells spots;  /* by seeker */
    struct pm_cells places; /* by place */
    struct pm_board placed; /* by seeker: mark and leader */
};

static double distance(struct pm_pt a, struct pm_pt b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

static double to_box(struct pm_pt p, struct pm_box box)
{
    return hypot(fmax(0, fmax(box.x0 - p.x, p.x - box.x1)),
                 fmax(0, fmax(box.y0 - p.y, p.y - box.y1)));
}

static double to_segment(struct pm_pt p, struct pm_pt a, struct pm_pt b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    t = fmax(0, fmin(1, t));
    return distance(p, (struct pm_pt){a.x + t * dx, a.y + t * dy});
}

static struct pm_box around(struct pm_pt p, double r)
{
    return pm_box_of(p.x - r, p.y - r, 2 * r, 2 * r);
}

/* ---- what a mark keeps off --------------------------------------------------------------------- */

/* Has the mark of `s`, standing at p, no point nearer to q than `off`? It lies within its box and within
 * its circle. */
static bool is_off(const struct seeker *s, struct pm_pt p, struct pm_pt q, double off)
{
    return distance(p, q) >= s->reach.circle + off || to_box(q, around(p, s->reach.box)) >= off;
}

static bool off_mark(const struct displacement *d, const struct seeker *s, struct pm_pt p,
                     const struct seeker *other)
{
    double gap = pm_px(d->draft, GAP);
    struct pm_pt q = other->event->at;
    return distance(p, q) >= s->reach.circle + other->reach.circle + gap ||
           !pm_box_meets(pm_box_grown(around(p, s->reach.box), gap), around(q, other->reach.box));
}

static bool off_place(const struct displacement *d, const struct seeker *s, struct pm_pt p,
                      const struct pm_place_draft *place)
{
    double gap = pm_px(d->draft, GAP);
    if (!is_off(s, p, place->at, pm_place_reach(d->draft, place) + gap))
        return false;
    return is_off(s, p, place->at, place->radius + gap) ||
           pm_pressure_distance(d->draft, place, p) >= s->reach.circle + gap;
}

/* Has it a spot that others must not hide? */
static bool has_spot(const struct seeker *s)
{
    return s->area == PM_NONE && !s->town && !s->given_up;
}

/* Does a mark hide a stretch of the leader a-b? */
static bool mark_on_leader(const struct seeker *s, struct pm_pt p, struct pm_pt a, struct pm_pt b)
{
    return to_segment(p, a, b) < s->reach.circle && pm_segment_meets(a, b, around(p, s->reach.box));
}

/* Does the mark, standing at p, hide none of the other's leader? */
static bool off_leader(const struct seeker *s, struct pm_pt p, const struct seeker *other)
{
    const struct pm_event_draft *e = other->event;
    return !e->tied || !mark_on_leader(s, p, e->at, e->spot);
}

/* A mark of `s` at p, and its leader if it needs one. */
struct trial {
    struct seeker *s;
    struct pm_pt p;
    bool leader;
    struct pm_box ground; /* what they lie on */
    bool barred;          /* the leader is in the way: so is each that is longer */
};

static struct trial trial_of(const struct displacement *d, struct seeker *s, struct pm_pt p,
                             bool at_home)
{
    struct trial t = {.s = s, .p = p, .leader = !at_home && s->area == PM_NONE};
    t.ground = pm_box_grown(around(p, s->reach.box), pm_px(d->draft, GAP));
    if (t.leader)
        pm_box_add(&t.ground, s->spot, false);
    return t;
}

/* What is taken by anything but places and events. The boxes of places come first: they are larger than
 * their marks, and those of events follow when all are placed. */
static bool off_furniture(const struct displacement *d, struct trial *t)
{
    const struct pm_draft *draft = d->draft;
    struct pm_box box = around(t->p, t->s->reach.box);
    if (!pm_box_inside(box, draft->page.map))
        return false;
    for (size_t i = draft->place_count; i < draft->taken.n; i++) {
        t->barred = t->leader && pm_segment_meets(t->p, t->s->spot, draft->taken.v[i]);
        if (t->barred || pm_box_meets(box, draft->taken.v[i]))
            return false;
    }
    return true;
}

/* The spot of another is not to be hidden, and a leader must be seen. */
static bool off_spots(const struct displacement *d, struct trial *t)
{
    const struct seeker *s = t->s;
    if (t->leader && !s->town && !is_off(s, t->p, s->spot, pm_px(d->draft, LEG)))
        return false;
    struct pm_cell_walk walk = pm_cells_walk(&d->spots, t->ground);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct seeker *other = &d->seekers[i];
        if (other == s || !has_spot(other))
            continue;
        bool same = distance(other->spot, s->spot) < pm_px(d->draft, DOT);
        t->barred = t->leader && !same &&
                    to_segment(other->spot, t->p, s->spot) < pm_px(d->draft, DOT + CLEAR);
        if (t->barred || !is_off(s, t->p, other->spot, pm_px(d->draft, DOT + GAP)))
            return false;
    }
    return true;
}

static bool off_places(const struct displacement *d, struct trial *t)
{
    struct pm_cell_walk walk = pm_cells_walk(&d->places, t->ground);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk)) {
        const struct pm_place_draft *place = &d->draft->places[i];
        bool under = distance(place->at, t->s->spot) < place->radius; /* none is kept off that */
        t->barred = t->leader && !under && to_segment(place->at, t->p, t->s->spot) < place->radius;
        if (t->barred || !off_place(d, t->s, t->p, place))
            return false;
    }
    return true;
}

/* Neither marks nor leaders hide one another. */
static bool off_other(const struct displacement *d, struct trial *t, const struct seeker *other)
{
    const struct pm_event_draft *e = other->event;
    t->barred = t->leader && (mark_on_leader(other, e->at, t->p, t->s->spot) ||
                              (e->tied && pm_segments_cross(t->p, t->s->spot, e->at, e->spot)));
    return !t->barred && off_mark(d, t->s, t->p, other) && off_leader(t->s, t->p, other);
}

static bool off_placed(const struct displacement *d, struct trial *t)
{
    struct pm_board_walk walk = pm_board_walk(&d->placed, t->ground);
    for (size_t i = pm_board_next(&walk); i != SIZE_MAX; i = pm_board_next(&walk))
        if (!off_other(d, t, &d->seekers[i]))
            return false;
    return true;
}

static bool is_free(const struct displacement *d, struct trial *t)
{
    return off_furniture(d, t) && off_spots(d, t) && off_places(d, t) && off_placed(d, t);
}

static bool is_free_at(const struct displacement *d, struct seeker *s, struct pm_pt p)
{
    struct trial t = trial_of(d, s, p, true);
    return is_free(d, &t);
}

/* ---- positions around a spot --------------------------------------------------------------------- */

/* Directions alternate about the one that is liked best. */
static struct pm_pt position(const struct displacement *d, const struct seeker *s, int index)
{
    int ring = index / TURNS, turn = index % TURNS, steps = (turn + 1) / 2;
    double angle = s->bearing + TAU / TURNS * (turn % 2 ? steps : -steps);
    double r = s->least + pm_event_radius(d->draft, false) * RING_STEP * ring;
    return (struct pm_pt){s->spot.x + r * sin(angle), s->spot.y - r * cos(angle)};
}

static void measure_rings(struct displacement *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct seeker *s = &d->seekers[i];
        double length = 0;
        for (size_t k = 0; k < d->count; k++)
            if (d->seekers[k].area == PM_NONE && d->seekers[k].town == s->town &&
                distance(d->seekers[k].spot, s->spot) < pm_px(d->draft, DOT))
                length += 2 * d->seekers[k].reach.circle;
        s->least = pm_event_radius(d->draft, false);
        s->least += s->town ? pm_place_reach(d->draft, s->town) : 0;
        s->least = fmax(s->least, LOOSE * length / TAU);
    }
}

/* To the rim of a place, but for the arcs of who presses it. */
static void tie(const struct displacement *d, struct seeker *s)
{
    struct pm_event_draft *e = s->event;
    double length = distance(e->at, s->spot), reach = 0, edge = 0;
    if (s->town) {
        bool pressed = isfinite(pm_pressure_distance(d->draft, s->town, e->at));
        reach = pressed ? s->town->radius : pm_place_reach(d->draft, s->town);
        edge = pressed ? reach : pm_rimmed_radius(d->draft, s->town);
    }
    e->town = s->town;
    e->tied = !s->town || length - edge - s->reach.circle >= pm_px(d->draft, TOUCHES);
    e->spot = (struct pm_pt){s->spot.x + (e->at.x - s->spot.x) * reach / fmax(length, 1e-9),
                             s->spot.y + (e->at.y - s->spot.y) * reach / fmax(length, 1e-9)};
}

static void settle(struct displacement *d, struct seeker *s, struct pm_pt at, bool displaced)
{
    struct pm_box box = around(at, s->reach.box);
    s->event->at = at;
    s->event->visible = s->placed = true;
    s->given_up = false;
    if (displaced)
        tie(d, s);
    if (s->event->tied)
        pm_box_add(&box, s->event->spot, false);
    pm_board_put(&d->placed, (size_t)(s - d->seekers), box);
}

/* Who can stand where it was. */
static void stay_home(struct displacement *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct seeker *s = &d->seekers[i];
        if (!s->placed && s->area == PM_NONE && !s->town && is_free_at(d, s, s->spot))
            settle(d, s, s->spot, false);
    }
}

/* Goes on to the first position that is free. */
static void seek(struct displacement *d, struct seeker *s)
{
    for (; s->next < POSITIONS; s->next++) {
        uint64_t turn = (uint64_t)1 << s->next % TURNS;
        if (s->barred & turn)
            continue;
        s->at = position(d, s, s->next);
        struct trial t = trial_of(d, s, s->at, false);
        if (is_free(d, &t))
            return;
        s->barred |= t.barred ? turn : 0;
    }
}

/* The seeker whose nearest free position is nearest of all; NULL if none has one. `last`: who was placed
 * since; a position can only have been lost to it. */
static struct seeker *nearest(struct displacement *d, const struct seeker *last)
{
    struct seeker *best = NULL;
    for (size_t i = 0; i < d->count; i++) {
        struct seeker *s = &d->seekers[i];
        if (s->placed || s->area != PM_NONE || s->next == POSITIONS)
            continue;
        struct trial t = trial_of(d, s, s->at, false);
        if (!last ||
            (pm_box_meets(t.ground, d->placed.boxes[last - d->seekers]) && !off_other(d, &t, last)))
            seek(d, s);
        if (s->next < POSITIONS && (!best || s->next / TURNS < best->next / TURNS))
            best = s;
    }
    return best;
}

static void displace(struct displacement *d)
{
    for (struct seeker *s = nearest(d, NULL); s; s = nearest(d, s))
        settle(d, s, s->at, true);
}

static void give_up(struct displacement *d)
{
    for (size_t i = 0; i < d->count; i++) {
        d->seekers[i].given_up = !d->seekers[i].placed;
        d->seekers[i].next = 0;
        d->seekers[i].barred = 0;
    }
}

/* ---- within an area -------------------------------------------------------------------------------- */

/* How much room a mark has at p, up to `enough`: to the area's border, the places, the other events and the
 * boxes that lie on the map already. */
static double room_at(const struct displacement *d, const struct pm_page_rings *rings,
                      struct pm_pt p, double enough)
{
    const struct pm_draft *draft = d->draft;
    double room = fmin(pm_rings_distance(rings, p), enough);
    struct pm_cell_walk places = pm_cells_walk(&d->places, around(p, enough));
    for (size_t i = pm_cells_next(&places); i != SIZE_MAX; i = pm_cells_next(&places))
        room = fmin(room, to_box(p, draft->taken.v[i]));
    struct pm_board_walk placed = pm_board_walk(&d->placed, around(p, enough));
    for (size_t i = pm_board_next(&placed); i != SIZE_MAX; i = pm_board_next(&placed))
        room = fmin(room, distance(p, d->seekers[i].event->at) - d->seekers[i].reach.circle);
    for (size_t i = draft->place_count; i < draft->taken.n; i++)
        room = fmin(room, to_box(p, draft->taken.v[i]));
    return room;
}

/* A roomy spot, but not the middle: that is where the area's name wants to be. On an inset, as near as can
 * be to where it is on the map. */
static void find_spot(struct displacement *d, struct seeker *s)
{
    const struct pm_page_rings *rings = &d->draft->areas[s->area].rings;
    double enough = 2.2 * pm_px(d->draft, d->draft->style->mark.event), best = -INFINITY, depth = 0;
    struct pm_pt middle = pm_rings_pole(rings, 1, 1, &depth), spot = middle;
    struct pm_box visible = pm_box_cut(rings->box, d->draft->page.map);
    enum { STEPS = 24 };
    for (int i = 1; i < STEPS; i++)
        for (int j = 1; j < STEPS; j++) {
            struct pm_pt p = {visible.x0 + pm_box_w(visible) * j / STEPS,
                              visible.y0 + pm_box_h(visible) * i / STEPS};
            double room = room_at(d, rings, p, enough), off = distance(p, middle);
            double score = s->has_wish ? fmin(room, s->reach.circle) - distance(p, s->wish)
                                       : room + 0.1 * fmin(off, 2 * enough) - 0.02 * off;
            if (score > best && pm_rings_hold(rings, p) && is_free_at(d, s, p)) {
                best = score;
                spot = p;
            }
        }
    if (isfinite(best))
        settle(d, s, spot, false);
}

/* ---- who seeks what -------------------------------------------------------------------------------- */

/* The place that the event names, whether the shapes know it or the status file alone. */
static const struct pm_place_draft *shown_place(const struct pm_draft *draft, size_t event)
{
    size_t known = draft->join.event_place[event], own = draft->join.event_own_place[event];
    const struct pm_feature *features = draft->atlas->layers[PM_LAYER_PLACES].features;
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        if (known != PM_NONE && place->feature == &features[known])
            return place;
        if (own != PM_NONE && place->state.subject == &draft->status->places[own])
            return place;
    }
    return NULL;
}

/* The place whose mark lies on the spot: on this map it can't be told from it. */
static const struct pm_place_draft *place_at(const struct pm_draft *draft, struct pm_pt spot)
{
    const struct pm_place_draft *best = NULL;
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        double off = distance(place->at, spot);
        if (off <= pm_place_reach(draft, place) + pm_px(draft, DOT) &&
            (!best || off < distance(best->at, spot)))
            best = place;
    }
    return best;
}

static const struct pm_event_draft *on_whole(const struct pm_draft *draft,
                                             const struct pm_event *event)
{
    for (size_t i = 0; draft->whole && i < draft->whole->event_count; i++)
        if (draft->whole->events[i].event == event && draft->whole->events[i].visible)
            return &draft->whole->events[i];
    return NULL;
}

/* An inset shows an event on the side on which the map shows it. */
static void follow_whole(const struct pm_draft *draft, struct seeker *s)
{
    const struct pm_event_draft *e = on_whole(draft, s->event->event);
    double lon = 0, lat = 0;
    s->bearing = NORTH_EAST;
    if (!e)
        return;
    if (e->town || e->tied)
        s->bearing = atan2(e->at.x - e->spot.x, e->spot.y - e->at.y);
    if (pm_unproject(&draft->whole->frame.projection, pm_frame_metre(&draft->whole->frame, e->at),
                     &lon, &lat)) {
        s->wish = pm_frame_lonlat(&draft->frame, lon, lat);
        s->has_wish = true;
    }
}

/* False if the event is out of sight. */
static bool make_seeker(const struct pm_draft *draft, struct pm_event_draft *event,
                        struct seeker *s)
{
    const struct pm_event *e = event->event;
    size_t index = (size_t)(e - draft->status->events);
    size_t area = draft->join.event_area[index];
    const struct pm_place_draft *town = shown_place(draft, index);
    *s = (struct seeker){.event = event,
                         .reach = pm_event_reach(draft, e->kind, pm_event_is_rough(e)),
                         .area = PM_NONE};
    if (e->has_position) {
        s->spot = pm_frame_lonlat(&draft->frame, e->lon, e->lat);
        s->town = place_at(draft, s->spot);
    } else if (town) {
        s->town = town;
    } else if (area != PM_NONE && draft->areas[area].rings.ring_count) {
        s->area = area;
    } else {
        return false;
    }
    if (s->town)
        s->spot = s->town->at;
    follow_whole(draft, s);
    return s->area != PM_NONE || pm_box_inside(around(s->spot, pm_px(draft, DOT)), draft->page.map);
}

static int compare_texts(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

/* The latest first; then whatever differs. */
static int compare(const void *a, const void *b)
{
    const struct pm_event_draft *p = ((const struct seeker *)a)->event,
                                *q = ((const struct seeker *)b)->event;
    const struct pm_event *x = p->event, *y = q->event;
    const int differ[] = {
        (x->date < y->date) - (x->date > y->date),
        (int)x->kind - (int)y->kind,
        (int)x->precision - (int)y->precision,
        (x->lon > y->lon) - (x->lon < y->lon),
        (x->lat > y->lat) - (x->lat < y->lat),
        compare_texts(x->place, y->place),
        compare_texts(x->area, y->area),
        compare_texts(x->id, y->id),
        compare_texts(pm_text_get(&x->text, "en", NULL), pm_text_get(&y->text, "en", NULL)),
        p->number - q->number,
    };
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
        if (differ[i])
            return differ[i];
    return 0;
}

/* Marks and leaders are in the way of insets, callouts and labels. */
static void take(struct pm_draft *draft, const struct seeker *s)
{
    const struct pm_event_draft *e = s->event;
    struct pm_box parts[PM_FOOTPRINT_PARTS];
    double length = distance(e->at, e->spot);
    pm_vec_push(&draft->taken, around(e->at, s->reach.box));
    if (!e->tied || length <= 0)
        return;
    struct pm_pt middle = {(e->at.x + e->spot.x) / 2, (e->at.y + e->spot.y) / 2};
    double angle = atan2(e->spot.y - e->at.y, e->spot.x - e->at.x) * 360 / TAU;
    struct pm_footprint line =
        pm_footprint_slanted(middle, length, pm_px(draft, LINE), angle, parts);
    for (size_t i = 0; i < line.part_count; i++)
        pm_vec_push(&draft->taken, line.parts[i]);
}

static void index_ground(struct displacement *d)
{
    struct pm_draft *draft = d->draft;
    struct pm_box *spots = PM_NEW_N(draft->arena, struct pm_box, d->count);
    struct pm_box *places = PM_NEW_N(draft->arena, struct pm_box, draft->place_count);
    for (size_t i = 0; i < d->count; i++)
        if (has_spot(&d->seekers[i]))
            spots[i] = around(d->seekers[i].spot, pm_px(draft, DOT + fmax(GAP, CLEAR)));
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        double radius = fmax(place->radius, pm_place_reach(draft, place));
        places[i] = around(place->at, radius + pm_px(draft, GAP));
    }
    pm_cells_make(&d->spots, draft->page.map, spots, d->count, draft->arena);
    pm_cells_make(&d->places, draft->page.map, places, draft->place_count, draft->arena);
    pm_board_make(&d->placed, draft->page.map, d->count);
}

/* One that an inset shows has the number that it has on the map. */
static int number_of(const struct pm_draft *draft, const struct pm_event *event)
{
    if (!draft->whole)
        return (int)draft->event_count + 1;
    for (size_t i = 0; i < draft->whole->event_count; i++)
        if (draft->whole->events[i].event == event)
            return draft->whole->events[i].number;
    return 0;
}

static void report_out_of_sight(const struct pm_draft *draft, const struct pm_event *first,
                                size_t count)
{
    if (!count || draft->whole)
        return;
    pm_note(draft->diags, "event-out-of-focus", pm_place_value(draft->status->source, first->at),
            "%zu event%s outside the map, which is of the focus only, %s left out", count,
            count > 1 ? "s" : "", count > 1 ? "are" : "is");
}

/* Those until the map's date, and where there is a focus, those that the map could show. */
static void find_events(struct displacement *d)
{
    struct pm_draft *draft = d->draft;
    const struct pm_event *first = NULL;
    size_t left_out = 0;
    for (size_t i = 0; i < draft->status->event_count; i++) {
        const struct pm_event *event = &draft->status->events[i];
        struct pm_event_draft *e = &draft->events[draft->event_count];
        *e = (struct pm_event_draft){.event = event, .number = number_of(draft, event)};
        if (!e->number || (event->date != PM_NO_DATE && event->date > draft->date))
            continue;
        e->crowded = make_seeker(draft, e, &d->seekers[d->count]);
        if (!e->crowded && draft->focus_count) {
            first = left_out++ ? first : event;
            continue;
        }
        draft->event_count++;
        d->count += e->crowded;
    }
    report_out_of_sight(draft, first, left_out);
}

void pm_layout_event_marks(struct pm_draft *draft)
{
    struct displacement d = {.draft = draft};
    draft->events = PM_NEW_N(draft->arena, struct pm_event_draft, draft->status->event_count);
    d.seekers = PM_NEW_N(draft->arena, struct seeker, draft->status->event_count);
    find_events(&d);
    if (d.count)
        qsort(d.seekers, d.count, sizeof *d.seekers, compare);
    index_ground(&d);
    measure_rings(&d);
    for (int pass = 0; pass < 2; pass++) {
        stay_home(&d);
        displace(&d);
        give_up(&d);
    }
    for (size_t i = 0; i < d.count; i++)
        if (d.seekers[i].area != PM_NONE)
            find_spot(&d, &d.seekers[i]);
    for (size_t i = 0; i < d.count; i++) {
        d.seekers[i].event->crowded = !d.seekers[i].placed;
        if (d.seekers[i].placed)
            take(draft, &d.seekers[i]);
    }
    pm_board_finish(&d.placed);
}
