/* Events: where their callouts lie, and what is said of those without room. A callout takes the cheapest
 * of a lattice of positions in the frame: off the areas, near its mark, near a corner, and never on a mark
 * or on another box. */
#include <math.h>

#include "base/str.h"
#include "input/positions.h"
#include "layout/footprint.h"
#include "layout/insets.h"
#include "layout/marks.h"
#include "layout/spot.h"
#include "layout/state.h"
#include "layout/story.h"
#include "base/banned.h"

enum { NAMED = 30 }; /* events in a message */

#define CALLOUT_WIDTH 330.0
#define CALLOUT_PAD 14.0
#define LONGEST 0.4    /* of the map's diagonal: an event further away is told in the notes */
#define CROSSING 250.0 /* px of leader that one is worth */
#define ACROSS_MARK 3  /* … and through another event's mark, with that of any mark */

static double distance(struct pm_pt a, struct pm_pt b)
{
    return hypot(a.x - b.x, a.y - b.y);
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

/* Marks and other boxes that the leader would cross, but for its own mark. INFINITY where leaders cross, or
 * one runs beneath the text of another: an event without a callout is told in the notes. */
static double crossings(const struct pm_draft *draft, struct pm_box box, struct pm_pt mark)
{
    struct pm_pt end = leader_end(box, mark);
    double count = 0;
    for (size_t i = 0; i < draft->taken.n; i++) {
        struct pm_box other = draft->taken.v[i];
        bool own = mark.x > other.x0 && mark.x < other.x1 && mark.y > other.y0 && mark.y < other.y1;
        count += !own && pm_segment_meets(mark, end, other);
    }
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        double r = pm_event_radius(draft, false);
        if (e->visible && distance(e->at, mark) > 0)
            count += ACROSS_MARK *
                     pm_segment_meets(mark, end, pm_box_of(e->at.x - r, e->at.y - r, 2 * r, 2 * r));
        if (pm_box_empty(e->callout))
            continue;
        if (pm_segments_cross(mark, end, e->at, e->leader) ||
            pm_segment_meets(mark, end, e->callout) || pm_segment_meets(e->at, e->leader, box))
            return INFINITY;
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
    double length = distance(leader_end(box, callout->mark), callout->mark);
    if (length > LONGEST * hypot(pm_box_w(draft->page.map), pm_box_h(draft->page.map)))
        return INFINITY;
    length /= draft->page.scale;
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
    pm_help(draft->diags, "%s, or take a style with notes", pm_more_room(draft));
}

/* Those that no inset shows either: one message for all. */
static void report_crowded(const struct pm_draft *draft)
{
    const struct pm_event_draft *first = NULL;
    struct pm_str numbers = {0};
    size_t count = 0;
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        if (!e->crowded || pm_inset_marks(draft, e->event))
            continue;
        first = first ? first : e;
        if (count++ < NAMED)
            pm_str_addf(&numbers, "%s%d", count > 1 ? ", " : "", e->number);
    }
    if (count > NAMED)
        pm_str_addf(&numbers, " and %zu more", count - NAMED);
    if (count) {
        pm_note(draft->diags, "event-unmarked",
                pm_place_value(draft->status->source, first->event->at),
                "no room on the map for the %s %s", count > 1 ? "marks of events" : "mark of event",
                pm_str_get(&numbers));
        pm_help(draft->diags, "%s, or draw a part of the map (--focus)", pm_more_room(draft));
    }
    pm_str_finish(&numbers);
}

void pm_layout_events(struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event *event = draft->events[i].event;
        if (event->has_position)
            check_event(draft, event,
                        draft->join.event_area[(size_t)(event - draft->status->events)]);
    }
    if (draft->style->show.callouts && !pm_small_page(draft)) {
        struct pm_mask areas = pm_spot_areas(draft);
        for (size_t i = 0; i < draft->event_count; i++)
            if (draft->events[i].visible)
                place_callout(draft, &areas, &draft->events[i]);
    }
    report_crowded(draft);
    for (size_t i = 0; i < draft->event_count; i++)
        check_told(draft, &draft->events[i]);
}
