/* How each name of a status file was matched, as JSON: for whoever mends the names, and for scripts
 * that keep count. */
#include "base/diag.h"
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
    [PM_MATCH_UNKNOWN] = "unknown",     [PM_MATCH_AMBIGUOUS] = "ambiguous",
    [PM_MATCH_TAKEN] = "duplicate",     [PM_MATCH_POSITION] = "position",
    [PM_MATCH_CODE] = "code",           [PM_MATCH_NAME] = "name",
    [PM_MATCH_FOLDED] = "folded name",  [PM_MATCH_ALIAS] = "alias of the shapes",
    [PM_MATCH_OWN_ALIAS] = "own alias",
};

static void add_feature(json_t *object, const struct pm_feature *feature)
{
    pm_out_text(object, "code", feature->key);
    pm_out_text(object, "name", pm_text_get(&feature->name, "", NULL));
    pm_out_text(object, "parent", feature->parent);
}

static json_t *feature_object(const struct pm_feature *feature)
{
    json_t *object = json_object();
    add_feature(object, feature);
    return object;
}

/* ---- subjects ----------------------------------------------------------------------- */

static json_t *subject_object(const struct reporter *r, const struct side *side, size_t i)
{
    const struct pm_subject *subject = &side->subjects[i];
    json_t *object = json_object();
    int line = 0, column = 0;
    pm_source_position(r->status->source, subject->at.key, &line, &column);
    pm_out_text(object, "key", subject->key);
    pm_out_text(object, "in", subject->in);
    pm_out_count(object, "line", (size_t)line);
    pm_out_count(object, "column", (size_t)column);
    pm_out_text(object, side->matches[i].how < PM_MATCH_POSITION ? "why" : "matched_by",
                hows[side->matches[i].how]);
    return object;
}

static json_t *candidates(const struct side *side, const struct pm_found *found)
{
    json_t *list = json_array();
    for (size_t i = 0; i < found->count && i < PM_FOUND_SHOWN; i++)
        json_array_append_new(list, feature_object(&side->layer->features[found->v[i]]));
    return list;
}

static void add_subjects(const struct reporter *r, const struct side *side, json_t *out)
{
    json_t *matched = json_array(), *unmatched = json_array();
    for (size_t i = 0; i < side->subject_count; i++) {
        const struct pm_match *match = &side->matches[i];
        json_t *object = subject_object(r, side, i);
        if (match->feature != PM_NONE)
            add_feature(object, &side->layer->features[match->feature]);
        if (match->how < PM_MATCH_POSITION) {
            json_object_set_new(object, "candidates", candidates(side, &match->candidates));
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

/* The status of a feature on the day; what has no record by then is unknown. */
static const char *status_of(const struct reporter *r, const struct side *side, size_t feature)
{
    size_t i = side->by_feature[feature];
    const struct pm_record *record =
        i == PM_NONE ? NULL : pm_record_at(&side->subjects[i], r->date);
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
        const char *parent = side->layer->features[f].parent, *status = status_of(r, side, f);
        pm_out_tally(all, status);
        if (parent)
            pm_out_tally(child(parents, parent), status);
    }
    json_object_set_new(out, "by_status", all);
    if (json_object_size(parents))
        json_object_set(out, "by_parent", parents);
    json_decref(parents);
}

/* ---- the whole ---------------------------------------------------------------------- */

static json_t *side_object(const struct reporter *r, const struct side *side)
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

static json_t *report_object(const struct reporter *r)
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
    return out;
}

bool pm_join_report(const struct pm_atlas *atlas, const struct pm_status *status,
                    const struct pm_join_report_options *options, char **data, size_t *size,
                    struct pm_diags *diags)
{
    struct reporter r = {.atlas = atlas, .status = status, .date = status->as_of};
    const struct pm_join_options how = {.aliases = options ? options->aliases : NULL};
    if (options && options->date && !pm_date_parse(options->date, &r.date)) {
        pm_error(diags, PM_FAULT_USAGE, "bad-date", (struct pm_place){0}, "\"%s\" is no date",
                 options->date);
        pm_help(diags, "write a day that exists as YYYY-MM-DD");
        return false;
    }
    struct pm_diags *unread = pm_diags_new(); /* drawing the map tells what is wrong */
    pm_join(atlas, status, &how, &r.arena, &r.join, unread);
    pm_out_dump(report_object(&r), data, size);
    pm_diags_free(unread);
    pm_arena_finish(&r.arena);
    return true;
}
