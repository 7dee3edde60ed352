/* Events: where their marks and callouts lie.
 *
 * A mark whose place is known only to the area goes to a free spot inside it, never on a town. A
 * callout takes the cheapest of a lattice of positions in the frame: off the areas, near its mark,
 * near a corner, and never on a mark or on another box. */
#include <math.h>

#include "input/positions.h"
#include "layout/footprint.h"
#include "layout/marks.h"
#include "layout/insets.h"
#include "layout/spot.h"
#include "layout/state.h"
#include "layout/story.h"
#include "base/banned.h"

#define CALLOUT_WIDTH 330.0
#define CALLOUT_PAD 14.0
#define CROSSING 250.0 /* px of leader that one is worth */
#define ACROSS_TEXT 8  /* crossings that a leader through another callout counts for */

static double distance(struct pm_pt a, struct pm_pt b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* ---- marks --------------------------------------------------------------------------------- */

static double radius_of(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    return pm_event_radius(draft, pm_event_is_rough(event->event));
}

static double to_box(struct pm_pt p, struct pm_box box)
{
    return hypot(fmax(0, fmax(box.x0 - p.x, p.x - box.x1)),
                 fmax(0, fmax(box.y0 - p.y, p.y - box.y1)));
}

/* How much room a mark has at p: to the area's border, the places, the other events and the boxes that lie
 * on the map already. */
static double room_at(const struct pm_draft *draft, const struct pm_page_rings *rings,
                      struct pm_pt p)
{
    double room = pm_rings_distance(rings, p);
    for (size_t i = 0; i < draft->place_count; i++)
        room = fmin(room, distance(p, draft->places[i].at) - draft->places[i].radius);
    for (size_t i = 0; i < draft->event_count; i++)
        room = fmin(room, distance(p, draft->events[i].at) - radius_of(draft, &draft->events[i]));
    for (size_t i = 0; i < draft->taken.n; i++)
        room = fmin(room, to_box(p, draft->taken.v[i]));
    return room;
}

/* A roomy spot, but not the middle: that is where the area's name wants to be. */
static struct pm_pt spot_in(const struct pm_draft *draft, const struct pm_page_rings *rings)
{
    double enough = 2.2 * pm_px(draft, draft->style->mark.event), best = -INFINITY, depth = 0;
    struct pm_pt middle = pm_rings_pole(rings, 1, 1, &depth), spot = middle;
    struct pm_box visible = pm_box_cut(rings->box, draft->page.map);
    enum { STEPS = 24 };
    for (int i = 1; i < STEPS; i++)
        for (int j = 1; j < STEPS; j++) {
            struct pm_pt p = {visible.x0 + pm_box_w(visible) * j / STEPS,
                              visible.y0 + pm_box_h(visible) * i / STEPS};
            double score = fmin(room_at(draft, rings, p), enough) +
                           0.1 * fmin(distance(p, middle), 2 * enough) - 0.02 * distance(p, middle);
            if (score > best) {
                best = score;
                spot = p;
            }
        }
    return spot;
}

static const struct pm_place_draft *shown_place(const struct pm_draft *draft, size_t feature)
{
    const struct pm_feature *f = &draft->atlas->layers[PM_LAYER_PLACES].features[feature];
    for (size_t i = 0; i < draft->place_count; i++)
        if (draft->places[i].feature == f)
            return &draft->places[i];
    return NULL;
}

/* A mark that may stand elsewhere in its area, and has no room there: on another it can't be read. */
static bool crowded(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *other = &draft->events[i];
        if (!other->visible ||
            distance(event->at, other->at) >= radius_of(draft, event) + radius_of(draft, other))
            continue;
        if (pm_inset_marks(draft, event->event))
            return true;
        pm_note(draft->diags, "event-unmarked",
                pm_place_value(draft->status->source, event->event->at),
                "no room on the map for the mark of event %d", event->number);
        pm_help(draft->diags, "draw a larger map (--size) or a part of it (--focus)");
        return true;
    }
    return false;
}

/* False if nothing says where the event was, it is out of sight, or there is no room for its mark. */
static bool locate(const struct pm_draft *draft, size_t index, struct pm_event_draft *event)
{
    const struct pm_event *e = event->event;
    double r = radius_of(draft, event);
    size_t area = draft->join.event_area[index], place = draft->join.event_place[index];
    const struct pm_place_draft *town = place == PM_NONE ? NULL : shown_place(draft, place);
    if (e->has_position)
        event->at = pm_frame_lonlat(&draft->frame, e->lon, e->lat);
    else if (town)
        event->at = (struct pm_pt){town->at.x + 0.8 * (town->radius + r),
                                   town->at.y - 0.8 * (town->radius + r)};
    else if (area != PM_NONE && draft->areas[area].rings.ring_count)
        event->at = spot_in(draft, &draft->areas[area].rings);
    else
        return false;
    struct pm_box box = pm_box_of(event->at.x - r, event->at.y - r, 2 * r, 2 * r);
    return pm_box_inside(box, draft->page.map) && (e->has_position || !crowded(draft, event));
}

/* ---- callouts ------------------------------------------------------------------------------ */

static struct pm_pt middle_of(struct pm_box box)
{
    return (struct pm_pt){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
}

/* Where the line from `to` to the box's middle enters the box. */
static struct pm_pt leader_end(struct pm_box box, struct pm_pt to)
{
    struct pm_pt m = middle_of(box);
    double dx = to.x - m.x, dy = to.y - m.y;
    double tx = dx != 0 ? pm_box_w(box) / 2 / fabs(dx) : INFINITY;
    double ty = dy != 0 ? pm_box_h(box) / 2 / fabs(dy) : INFINITY;
    double t = fmin(1, fmin(tx, ty));
    return (struct pm_pt){m.x + dx * t, m.y + dy * t};
}

/* Marks and other boxes that the leader would cross, but for its own mark; and other leaders. */
static int crossings(const struct pm_draft *draft, struct pm_box box, struct pm_pt mark)
{
    struct pm_pt end = leader_end(box, mark);
    int count = 0;
    for (size_t i = 0; i < draft->taken.n; i++) {
        struct pm_box other = draft->taken.v[i];
        bool own = mark.x > other.x0 && mark.x < other.x1 && mark.y > other.y0 && mark.y < other.y1;
        count += !own && pm_segment_meets(mark, end, other);
    }
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        if (pm_box_empty(e->callout))
            continue;
        count += pm_segments_cross(mark, end, e->at, e->leader);
        count += pm_segment_meets(mark, end, e->callout) ? ACROSS_TEXT : 0;
    }
    return count;
}

struct callout {
    const struct pm_mask *areas;
    struct pm_pt mark;
};

static double callout_cost(const struct pm_draft *draft, struct pm_box box, const void *user)
{
    const struct callout *callout = user;
    double cover = pm_spot_cover(draft, callout->areas, box);
    if (!isfinite(cover))
        return INFINITY; /* most of them: crossings need not be counted */
    double length = distance(leader_end(box, callout->mark), callout->mark) / draft->page.scale;
    return cover + length + CROSSING * crossings(draft, box, callout->mark) +
           0.3 * pm_spot_to_corner(draft, box) / draft->page.scale;
}

static void place_callout(struct pm_draft *draft, const struct pm_mask *areas,
                          struct pm_event_draft *event)
{
    double pad = pm_px(draft, CALLOUT_PAD), width = pm_px(draft, CALLOUT_WIDTH);
    struct pm_story story = pm_story_make(draft, event, width - 2 * pad);
    const struct callout callout = {areas, event->at};
    event->callout = pm_spot_find(draft, width, story.height + 2 * pad, callout_cost, &callout);
    if (pm_box_empty(event->callout))
        return;
    event->leader = leader_end(event->callout, event->at);
    pm_vec_push(&draft->taken, pm_box_grown(event->callout, pm_px(draft, 4)));
}

/* Marks are in the way of callouts and labels. */
static void take_marks(struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        double r = radius_of(draft, e);
        if (e->visible)
            pm_vec_push(&draft->taken, pm_box_of(e->at.x - r, e->at.y - r, 2 * r, 2 * r));
    }
}

static void check_event(struct pm_draft *draft, const struct pm_event *event, size_t area)
{
    const char *text = pm_text_get(&event->text, draft->lang, NULL);
    const struct pm_position position = {
        .at = pm_place_value(draft->status->source, event->at),
        .what = pm_sprintf(draft->arena, "the event \"%s\"",
                           text ? text : pm_event_kind_name(event->kind)),
        .lon = event->lon,
        .lat = event->lat,
        .area = area,
        .area_key = event->area,
        .area_name = "area",
    };
    pm_check_position(draft, &position);
}

/* Without notes, what has no callout is told nowhere. */
static void check_told(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    if (!pm_box_empty(event->callout) || pm_has_notes(draft))
        return;
    pm_warning(draft->diags, "event-left-out",
               pm_place_value(draft->status->source, event->event->at),
               "event %d is told nowhere: there are no notes and no callout for it", event->number);
    pm_help(draft->diags, "draw a larger page (--size), or take a style with notes");
}

void pm_layout_events(struct pm_draft *draft)
{
    draft->events = PM_NEW_N(draft->arena, struct pm_event_draft, draft->status->event_count);
    for (size_t i = 0; i < draft->status->event_count; i++) {
        const struct pm_event *event = &draft->status->events[i];
        if (event->date != PM_NO_DATE && event->date > draft->date)
            continue;
        struct pm_event_draft e = {.event = event, .number = (int)draft->event_count + 1};
        if (event->has_position)
            check_event(draft, event, draft->join.event_area[i]);
        e.visible = locate(draft, i, &e);
        draft->events[draft->event_count++] = e;
    }
    take_marks(draft);
    if (draft->style->show.callouts && draft->width >= PM_SMALL_PAGE) {
        struct pm_mask areas = pm_spot_areas(draft);
        for (size_t i = 0; i < draft->event_count; i++)
            if (draft->events[i].visible)
                place_callout(draft, &areas, &draft->events[i]);
    }
    for (size_t i = 0; i < draft->event_count; i++)
        check_told(draft, &draft->events[i]);
}
