/* How each name of a status file was matched, as JSON: for whoever mends the names, and for scripts
 * that keep count. */
#include "base/diag.h"
#include "base/str.h"
#include "input/date_form.h"
#include "input/join.h"
#include "input/json_out.h"
#include "input/positions.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-join/1"

struct reporter {
    const struct pm_atlas *atlas;
    const struct pm_status *status;
    struct pm_join join;
    struct pm_arena arena;
    pm_date date;
    size_t counted; /* bytes of the status file whose lines are counted … */
    int lines;      /* … and how many those are */
};

/* One of the two lists of a status file, and the layer it speaks of. */
struct side {
    const struct pm_layer *layer;
    const struct pm_subject *subjects;
    const struct pm_match *matches;
    const size_t *by_feature;
    size_t subject_count;
};

static const char *const hows[] = {
    [PM_MATCH_UNKNOWN] = "unknown",
    [PM_MATCH_AMBIGUOUS] = "ambiguous",
    [PM_MATCH_TAKEN] = "duplicate",
    [PM_MATCH_POSITION] = "position",
    [PM_MATCH_CODE] = "code",
    [PM_MATCH_NAME] = "name",
    [PM_MATCH_FOLDED] = "folded name",
    [PM_MATCH_ALIAS] = "alias of the shapes",
    [PM_MATCH_OWN_ALIAS] = "alias of the user",
};

static void add_feature(json_t *object, const struct pm_feature *feature)
{
    pm_out_text(object, "code", feature->key);
    pm_out_text(object, "name", pm_text_get(&feature->name, "en", NULL));
    pm_out_text(object, "parent", feature->parent);
}

static json_t *feature_object(const struct pm_feature *feature)
{
    json_t *object = json_object();
    add_feature(object, feature);
    return object;
}

/* ---- subjects ----------------------------------------------------------------------- */

/* Line and column; lines are counted on from the place before, as there may be very many. */
static void add_place(struct reporter *r, json_t *object, uint32_t offset)
{
    const struct pm_source *source = r->status->source;
    int line = 0, column = 0;
    if (offset < r->counted)
        r->counted = 0, r->lines = 0;
    for (; r->counted < offset; r->counted++)
        r->lines += source->text[r->counted] == '\n';
    size_t begin = offset;
    while (begin > 0 && source->text[begin - 1] != '\n')
        begin--;
    line = r->lines + 1;
    column = 1 + (int)pm_utf8_length(source->text + begin, offset - begin);
    pm_out_count(object, "line", (size_t)line);
    pm_out_count(object, "column", (size_t)column);
}

static json_t *match_object(struct reporter *r, const char *key, uint32_t offset,
                            enum pm_match_how how)
{
    json_t *object = json_object();
    pm_out_text(object, "key", key);
    add_place(r, object, offset);
    pm_out_text(object, how < PM_MATCH_POSITION ? "why" : "matched_by", hows[how]);
    return object;
}

static json_t *candidates(const struct pm_layer *layer, const struct pm_found *found)
{
    json_t *list = json_array();
    for (size_t i = 0; i < found->count && i < PM_FOUND_SHOWN; i++)
        json_array_append_new(list, feature_object(&layer->features[found->v[i]]));
    return list;
}

static void add_subjects(struct reporter *r, const struct side *side, json_t *out)
{
    json_t *matched = json_array(), *unmatched = json_array();
    for (size_t i = 0; i < side->subject_count; i++) {
        const struct pm_match *match = &side->matches[i];
        const struct pm_subject *subject = &side->subjects[i];
        json_t *object = match_object(r, subject->key, subject->at.key, match->how);
        pm_out_text(object, "in", subject->in);
        if (match->feature != PM_NONE)
            add_feature(object, &side->layer->features[match->feature]);
        if (match->how < PM_MATCH_POSITION) {
            json_object_set_new(object, "candidates", candidates(side->layer, &match->candidates));
        }
        json_array_append_new(match->how < PM_MATCH_POSITION ? unmatched : matched, object);
    }
    json_object_set_new(out, "matched", matched);
    json_object_set_new(out, "unmatched", unmatched);
}

static void add_unnamed(const struct side *side, json_t *out)
{
    json_t *list = json_array();
    for (size_t f = 0; f < side->layer->feature_count; f++)
        if (side->by_feature[f] == PM_NONE)
            json_array_append_new(list, feature_object(&side->layer->features[f]));
    json_object_set_new(out, "without_status", list);
}

/* ---- counts ------------------------------------------------------------------------- */

/* The status of a subject (PM_NONE: not named) on the day; what has no record by then is unknown. */
static const char *status_of(const struct reporter *r, const struct side *side, size_t subject)
{
    const struct pm_record *record =
        subject == PM_NONE ? NULL : pm_record_at(&side->subjects[subject], r->date);
    bool undated =
        record && record->from == PM_NO_DATE && r->date < r->status->as_of; /* speaks of as_of */
    return record && !undated ? record->status : "unknown";
}

static json_t *child(json_t *object, const char *key)
{
    if (!json_object_get(object, key))
        json_object_set_new(object, key, json_object());
    return json_object_get(object, key);
}

static void add_counts(const struct reporter *r, const struct side *side, json_t *out)
{
    json_t *all = json_object(), *parents = json_object();
    for (size_t f = 0; f < side->layer->feature_count; f++) {
        const char *parent = side->layer->features[f].parent,
                   *status = status_of(r, side, side->by_feature[f]);
        pm_out_tally(all, status);
        if (parent)
            pm_out_tally(child(parents, parent), status);
    }
    for (size_t i = 0; i < side->subject_count; i++)
        if (side->matches[i].how == PM_MATCH_POSITION)
            pm_out_tally(all, status_of(r, side, i));
    json_object_set_new(out, "by_status", all);
    if (json_object_size(parents))
        json_object_set(out, "by_parent", parents);
    json_decref(parents);
}

/* ---- events ------------------------------------------------------------------------- */

static void add_unmatched(struct reporter *r, json_t *list, const char *key, struct pm_at at,
                          const struct pm_match *match, const struct pm_layer *layer)
{
    if (!key || match->feature != PM_NONE || match->how >= PM_MATCH_POSITION)
        return;
    json_t *object = match_object(r, key, at.value, match->how);
    json_object_set_new(object, "candidates", candidates(layer, &match->candidates));
    json_array_append_new(list, object);
}

static json_t *events_object(struct reporter *r)
{
    json_t *out = json_object(), *list = json_array();
    const struct pm_layer *layers = r->atlas->layers;
    for (size_t i = 0; i < r->status->event_count; i++) {
        const struct pm_event *e = &r->status->events[i];
        const struct pm_match *area = &r->join.event_area_match[i];
        add_unmatched(r, list, e->area, e->area_at, area, &layers[PM_LAYER_AREAS]);
        if (!e->area || area->feature != PM_NONE)
            add_unmatched(r, list, e->place, e->place_at, &r->join.event_place_match[i],
                          &layers[PM_LAYER_PLACES]);
    }
    pm_out_count(out, "in_status", r->status->event_count);
    json_object_set_new(out, "unmatched", list);
    return out;
}

/* ---- the whole ---------------------------------------------------------------------- */

static json_t *side_object(struct reporter *r, const struct side *side)
{
    json_t *out = json_object();
    size_t matched = 0;
    for (size_t i = 0; i < side->subject_count; i++)
        matched += side->matches[i].how >= PM_MATCH_POSITION;
    pm_out_count(out, "in_shapes", side->layer->feature_count);
    pm_out_count(out, "in_status", side->subject_count);
    pm_out_count(out, "matched_count", matched);
    add_counts(r, side, out);
    add_subjects(r, side, out);
    add_unnamed(side, out);
    return out;
}

static json_t *report_object(struct reporter *r)
{
    const struct pm_status *status = r->status;
    const struct side areas = {&r->atlas->layers[PM_LAYER_AREAS], status->areas, r->join.area_match,
                               r->join.area_subject, status->area_count};
    const struct side places = {&r->atlas->layers[PM_LAYER_PLACES], status->places,
                                r->join.place_match, r->join.place_subject, status->place_count};
    json_t *out = json_object();
    char date[16];
    pm_date_iso(r->date, date);
    pm_out_text(out, "format", FORMAT);
    pm_out_text(out, "status", status->source->name);
    pm_out_text(out, "shapes", r->atlas->path);
    pm_out_text(out, "date", date);
    json_object_set_new(out, "areas", side_object(r, &areas));
    json_object_set_new(out, "places", side_object(r, &places));
    json_object_set_new(out, "events", events_object(r));
    return out;
}

bool pm_join_report(const struct pm_atlas *atlas, const struct pm_status *status,
                    const struct pm_join_report_options *options, char **data, size_t *size,
                    struct pm_diags *diags)
{
    struct reporter r = {.atlas = atlas, .status = status, .date = status->as_of};
    const struct pm_join_options how = {.aliases = options ? options->aliases : NULL};
    if (options && !pm_date_option("date", options->date, &r.date, diags))
        return false;
    struct pm_diags *unread = pm_diags_new(); /* drawing the map tells what is wrong */
    pm_join(atlas, status, &how, &r.arena, &r.join, unread);
    pm_out_dump(report_object(&r), data, size);
    pm_diags_free(unread);
    pm_arena_finish(&r.arena);
    return true;
}
