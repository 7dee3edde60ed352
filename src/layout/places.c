/* Which places are shown: those the status file speaks of, capitals for orientation, and in a focus
 * map the towns of the focus. */
#include <math.h>

#include "input/positions.h"
#include "layout/changes.h"
#include "layout/marks.h"
#include "layout/pressure.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define BORDER_LEEWAY 8.0 /* px */
#define EXTENT_LEEWAY 0.1 /* degrees */
#define NORTHWARD 0.01    /* degrees */

enum { STATUS_ONLY_RANK = 3 }; /* of a place that only the status file knows */

size_t pm_area_at(const struct pm_draft *draft, struct pm_pt p)
{
    for (size_t i = 0; i < draft->area_count; i++)
        if (pm_rings_hold(&draft->areas[i].rings, p))
            return i;
    return PM_NONE;
}

static bool in_sight(const struct pm_draft *draft, struct pm_pt p, double radius)
{
    struct pm_box inner = pm_box_grown(draft->page.map, -radius - pm_px(draft, 2));
    return p.x >= inner.x0 && p.x <= inner.x1 && p.y >= inner.y0 && p.y <= inner.y1;
}

/* Does an event until the map's date name it? */
static bool is_named(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    const struct pm_feature *features = draft->atlas->layers[PM_LAYER_PLACES].features;
    for (size_t i = 0; i < draft->status->event_count; i++) {
        size_t known = draft->join.event_place[i];
        pm_date date = draft->status->events[i].date;
        if (known != PM_NONE && place->feature == &features[known] &&
            (date == PM_NO_DATE || date <= draft->date))
            return true;
    }
    return false;
}

/* Would its mark take half of the area that it is in? */
static bool hides_area(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    double side = 2 * place->radius;
    return place->area != PM_NONE && side * side > draft->areas[place->area].rings.area / 2;
}

/* Is it shown where the frame holds it? Maps of a series are of areas, with the national capital for orientation. */
static bool is_wanted(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    if (pm_is_small_map(draft))
        return place->rank == 1 && !hides_area(draft, place);
    bool spoken_of = draft->of_animation
                         ? place->state.subject != NULL /* on whatever day */
                         : place->state.record || place->state.changed || is_named(draft, place);
    if (spoken_of || place->rank <= draft->style->label.place_rank)
        return true;
    return draft->focus_count && place->area != PM_NONE && !draft->areas[place->area].state.muted;
}

/* On all days of an animation the same, as names stay where they are: the widest that it may be. */
static double radius_of(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    const struct pm_subject *subject = place->state.subject;
    struct pm_place_draft widest = *place;
    bool pressed = place->state.record && place->state.record->pressure;
    widest.state.changed |= draft->of_animation && subject;
    for (size_t i = 0; draft->of_animation && subject && i < subject->record_count; i++)
        pressed |= subject->records[i].pressure != 0;
    double radius = pm_rimmed_radius(draft, &widest);
    return pressed ? pm_pressure_radius(draft, radius) : radius;
}

/* As all areas are counted, so are all places of which a status file speaks: also those outside the frame. What nobody
 * speaks of is not. */
static bool is_counted(const struct pm_state *state)
{
    return state->subject || (state->before && state->before->subject);
}

/* Completes a place and keeps it if it is to be shown or counted. */
static void add_place(struct pm_draft *draft, struct pm_place_draft place)
{
    place.radius = radius_of(draft, &place);
    place.area = pm_area_at(draft, place.at);
    place.state.muted =
        draft->focus_count && (place.area == PM_NONE || draft->areas[place.area].state.muted);
    place.unseen = !in_sight(draft, place.at, place.radius);
    if (!is_wanted(draft, &place) || (place.unseen && !is_counted(&place.state)))
        return;
    if (place.state.subject)
        pm_tally_add(draft, draft->place_tally, &place.state);
    draft->places[draft->place_all++] = place;
}

static void name_by_subject(const struct pm_draft *draft, struct pm_place_draft *place)
{
    const struct pm_text *name = &place->state.subject->name;
    place->name = pm_text_get(name, draft->lang, &place->lang);
    place->label = pm_name_label(draft, name, place->name);
}

static void locate(const struct pm_draft *draft, struct pm_place_draft *place, double lon,
                   double lat)
{
    double step = lat < 89 ? NORTHWARD : -NORTHWARD;
    struct pm_pt p = pm_frame_lonlat(&draft->frame, lon, lat);
    struct pm_pt q = pm_frame_lonlat(&draft->frame, lon, lat + step);
    place->lon = lon;
    place->lat = lat;
    place->at = p;
    place->north = atan2((q.x - p.x) * step, (p.y - q.y) * step);
}

static void compare(struct pm_draft *draft, struct pm_state *state,
                    const struct pm_subject *subject)
{
    struct pm_state before = pm_state_of(draft->before, subject);
    pm_state_compare(draft, state, &before);
}

static void add_feature(struct pm_draft *draft, size_t index)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_PLACES];
    const struct pm_feature *feature = &layer->features[index];
    size_t subject = draft->join.place_subject[index];
    struct pm_place_draft place = {.feature = feature, .rank = feature->rank};
    place.state = pm_state_of(draft, subject == PM_NONE ? NULL : &draft->status->places[subject]);
    if (draft->before)
        compare(draft, &place.state, pm_place_subject(draft->before, index));
    place.name = pm_feature_name(draft, feature, &place.lang);
    place.label = pm_name_label(draft, &feature->name, place.name);
    if (place.state.subject && place.state.subject->name.n)
        name_by_subject(draft, &place);
    if (feature->parts.count == 0 || !place.name)
        return;
    size_t first = layer->parts[feature->parts.first].first;
    const struct pm_subject *own = place.state.subject;
    if (own && own->has_position)
        locate(draft, &place, own->lon, own->lat);
    else
        locate(draft, &place, pm_grid_lon(layer->points[first]), pm_grid_lat(layer->points[first]));
    add_place(draft, place);
}

/* Borders are generalised: a border post may lie a little outside. */
static bool is_near(const struct pm_draft *draft, size_t area, struct pm_pt p)
{
    const struct pm_page_rings *rings = &draft->areas[area].rings;
    return rings->ring_count && pm_rings_distance(rings, p) > -pm_px(draft, BORDER_LEEWAY);
}

static bool is_near_any(const struct pm_draft *draft, struct pm_pt p)
{
    for (size_t i = 0; i < draft->area_count; i++)
        if (is_near(draft, i, p))
            return true;
    return false;
}

/* Is the position outside the area's extent? Also answers where the area is not on the page. */
static bool beyond_extent(const struct pm_draft *draft, size_t area, double lon, double lat)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_AREAS];
    const struct pm_feature *feature = &layer->features[area];
    double west = 180, east = -180, south = 90, north = -90;
    for (size_t i = 0; i < feature->parts.count; i++) {
        struct pm_range part = layer->parts[feature->parts.first + i];
        for (size_t k = 0; k < part.count; k++) {
            struct pm_grid p = layer->points[part.first + k];
            west = fmin(west, pm_grid_lon(p));
            east = fmax(east, pm_grid_lon(p));
            south = fmin(south, pm_grid_lat(p));
            north = fmax(north, pm_grid_lat(p));
        }
    }
    return lon < west - EXTENT_LEEWAY || lon > east + EXTENT_LEEWAY ||
           lat < south - EXTENT_LEEWAY || lat > north + EXTENT_LEEWAY;
}

void pm_check_position(struct pm_draft *draft, const struct pm_position *position)
{
    struct pm_pt at = pm_frame_lonlat(&draft->frame, position->lon, position->lat);
    size_t area = position->area;
    bool seen = in_sight(draft, at, 0);
    bool outside = area != PM_NONE && (beyond_extent(draft, area, position->lon, position->lat) ||
                                       (seen && !is_near(draft, area, at)));
    if (outside) {
        pm_error(draft->diags, PM_FAULT_DATA, "not-in-area", position->at,
                 "the position of %s is not in \"%s\"", position->what, position->area_key);
        pm_help(draft->diags, "check \"lon\", \"lat\" and \"%s\"", position->area_name);
    } else if (draft->focus_count == 0 && !is_near_any(draft, at)) {
        pm_warning(draft->diags, "in-no-area", position->at, "the position of %s is in no area%s",
                   position->what, seen ? "" : " and outside the map");
        pm_help(draft->diags, "check \"lon\" and \"lat\": are they swapped?");
    }
}

static void check_subject(struct pm_draft *draft, const struct pm_subject *subject, size_t area)
{
    const struct pm_position position = {
        .at = pm_place_key(draft->status->source, subject->at),
        .what = pm_sprintf(draft->arena, "\"%s\"", subject->key),
        .lon = subject->lon,
        .lat = subject->lat,
        .area = area,
        .area_key = subject->in,
        .area_name = "in",
    };
    pm_check_position(draft, &position);
}

/* A place that only status files know: `named` by the map's own, or else by that of before. */
static void add_own(struct pm_draft *draft, const struct pm_subject *subject, bool named)
{
    struct pm_place_draft place = {
        .name = subject->key, .label = subject->key, .rank = STATUS_ONLY_RANK};
    place.state = pm_state_of(draft, named ? subject : NULL);
    if (draft->before)
        compare(draft, &place.state, pm_own_place(draft->before, subject->key));
    if (named && subject->name.n)
        name_by_subject(draft, &place);
    locate(draft, &place, subject->lon, subject->lat);
    add_place(draft, place);
}

static void add_gone(struct pm_draft *draft, size_t index)
{
    const struct pm_subject *subject = &draft->before->status->places[index];
    if (draft->before->join.place_match[index].how == PM_MATCH_POSITION &&
        !pm_own_place(draft, subject->key))
        add_own(draft, subject, false);
}

/* Is most of the mark of one, of which the status file says something else, beneath that of the other? */
static bool hides(const struct pm_draft *draft, const struct pm_place_draft *a,
                  const struct pm_place_draft *b)
{
    double distance = hypot(a->at.x - b->at.x, a->at.y - b->at.y);
    double least = fmin(pm_place_radius(draft, a->rank), pm_place_radius(draft, b->rank));
    return a->state.record && b->state.record && a->state.look != b->state.look && distance < least;
}

static void check_overlaps(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->place_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct pm_place_draft *a = &draft->places[i], *b = &draft->places[k];
            if (!hides(draft, a, b))
                continue;
            pm_warning(draft->diags, "marks-overlap",
                       pm_place_key(draft->status->source, a->state.subject->at),
                       "the marks of %s and %s lie on one another, and one status hides another",
                       b->name, a->name);
            pm_help(draft->diags, "draw a part of the map (--focus), or a larger one (--size)");
        }
}

/* Those that are shown come first. */
static void part_unseen(struct pm_draft *draft)
{
    const struct pm_place_draft *places = draft->places;
    size_t count = 0;
    draft->places = PM_NEW_N(draft->arena, struct pm_place_draft, draft->place_all);
    for (int unseen = 0; unseen < 2; unseen++)
        for (size_t i = 0; i < draft->place_all; i++)
            if (places[i].unseen == (unseen == 1)) {
                draft->place_count += !places[i].unseen;
                draft->places[count++] = places[i];
            }
}

void pm_layout_places(struct pm_draft *draft)
{
    size_t features = draft->atlas->layers[PM_LAYER_PLACES].feature_count;
    size_t gone = draft->before ? draft->before->status->place_count : 0;
    draft->places =
        PM_NEW_N(draft->arena, struct pm_place_draft, features + draft->status->place_count + gone);
    for (size_t i = 0; i < features; i++)
        add_feature(draft, i);
    for (size_t i = 0; i < draft->status->place_count; i++) {
        const struct pm_subject *subject = &draft->status->places[i];
        if (subject->has_position)
            check_subject(draft, subject, draft->join.place_in[i]);
        if (draft->join.place_match[i].how == PM_MATCH_POSITION)
            add_own(draft, subject, true);
    }
    for (size_t i = 0; i < gone; i++)
        add_gone(draft, i);
    part_unseen(draft);
    check_overlaps(draft);
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *p = &draft->places[i];
        pm_vec_push(&draft->taken, pm_box_of(p->at.x - p->radius, p->at.y - p->radius,
                                             2 * p->radius, 2 * p->radius));
    }
}
