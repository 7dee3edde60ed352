#include "input/join.h"

#include <math.h>

#include "base/str.h"
#include "input/pointer.h"
#include "base/banned.h"

#define SAME_PLACE 10.0 /* km */
#define LIKELY_SLIP 100.0

enum { MOST_PROPOSALS = 100 }; /* more unknown names mean other shapes, and take their time */

struct joiner {
    const struct pm_atlas *atlas;
    const struct pm_status *status; /* NULL for --focus */
    struct pm_arena scratch;
    struct pm_diags *diags;
    struct pm_names areas, places;
    struct pm_index aliases; /* folded alias of the status file -> its index */
    int proposals;
};

/* A name to be found, and where it stands. Its line and column are looked up only for a message:
 * that costs a scan of the file. */
struct query {
    const char *key;
    size_t parent;      /* under which it must be, or PM_NONE */
    const char *option; /* of the command line; or NULL, and then … */
    pm_pointer at;
    bool at_key; /* the place is that of the key, not of the value */
};

/* What differs between areas and places in messages. */
struct kind {
    const char *what, *unknown, *ambiguous, *duplicate;
};

static const struct kind area_kind = {"area", "unknown-area", "ambiguous-area", "duplicate-area"};
static const struct kind place_kind = {"place", "unknown-place", "ambiguous-place",
                                       "duplicate-place"};

static const struct kind *kind_of(const struct joiner *j, const struct pm_names *names)
{
    return names == &j->areas ? &area_kind : &place_kind;
}

/* ---- messages ----------------------------------------------------------------------- */

static void report(struct joiner *j, const char *id, const struct query *q, const char *message)
{
    if (q->option)
        pm_error(j->diags, PM_FAULT_USAGE, id, (struct pm_place){0}, "%s: %s", q->option, message);
    else
        pm_error(j->diags, PM_FAULT_DATA, id, pm_pointer_place(j->status->source, q->at, q->at_key),
                 "%s", message);
}

static const char *name_of(const struct pm_feature *feature)
{
    const char *name = pm_text_get(&feature->name, "", NULL);
    return name ? name : feature->key ? feature->key : "?";
}

/* The parent as the user would write it. */
static const char *parent_of(const struct joiner *j, const struct pm_names *names, size_t f)
{
    if (names == &j->places && names->parents[f] != PM_NONE)
        return name_of(&j->areas.layer->features[names->parents[f]]);
    return names->layer->features[f].parent;
}

/* "Helmand" (AF-HEL); "Kohistan" (AF-1234) in Faryab */
static void say_feature(const struct joiner *j, const struct pm_names *names, size_t f,
                        struct pm_str *out)
{
    const struct pm_feature *feature = &names->layer->features[f];
    const char *parent = parent_of(j, names, f);
    pm_str_addf(out, "\"%s\"", name_of(feature));
    if (feature->key)
        pm_str_addf(out, " (%s)", feature->key);
    if (parent)
        pm_str_addf(out, " in %s", parent);
}

static char *say_found(struct joiner *j, const struct pm_names *names, const struct pm_found *found,
                       const char *last)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < found->count && i < PM_FOUND_SHOWN; i++) {
        if (i)
            pm_str_add(&out, i + 1 == found->count ? last : ", ");
        say_feature(j, names, found->v[i], &out);
    }
    if (found->count > PM_FOUND_SHOWN)
        pm_str_addf(&out, " and %zu more", found->count - PM_FOUND_SHOWN);
    char *text = pm_strdup(&j->scratch, pm_str_get(&out));
    pm_str_finish(&out);
    return text;
}

/* Does only the other layer know the name? Then it stands in the wrong list. */
static bool help_other_layer(struct joiner *j, const struct pm_names *names, const char *key)
{
    bool is_area = names == &j->areas;
    const struct pm_names *other = is_area ? &j->places : &j->areas;
    if (pm_names_find(names, key, PM_NONE).count || !pm_names_find(other, key, PM_NONE).count)
        return false;
    pm_help(j->diags,
            is_area ? "\"%s\" is a place; places stand under \"places\""
                    : "\"%s\" is an area; areas stand under \"areas\"",
            key);
    return true;
}

static void report_unknown(struct joiner *j, const struct pm_names *names, const struct query *q)
{
    const char *what = kind_of(j, names)->what;
    const char *in =
        names->areas && q->parent != PM_NONE ? name_of(&j->areas.layer->features[q->parent]) : NULL;
    report(j, kind_of(j, names)->unknown, q,
           in ? pm_sprintf(&j->scratch, "no %s in \"%s\" is called \"%s\"", what, in, q->key)
              : pm_sprintf(&j->scratch, "no %s is called \"%s\"", what, q->key));
    if (!q->option && help_other_layer(j, names, q->key))
        return;
    struct pm_found near = {0};
    if (j->proposals++ < MOST_PROPOSALS)
        near = pm_names_near(names, q->key, q->parent);
    if (near.count)
        pm_help(j->diags, "did you mean %s?", say_found(j, names, &near, " or "));
    else if (names->layer->feature_count == 0)
        pm_help(j->diags, "the shapes have no %ss", what);
    else if (names->areas)
        pm_help(j->diags, "give it \"lon\" and \"lat\", or use a name of the shapes");
    else
        pm_help(j->diags, "use a name or code of the shapes; \"aliases\" may add names");
}

static void report_ambiguous(struct joiner *j, const struct pm_names *names, const struct query *q,
                             const struct pm_found *found)
{
    const char *what = kind_of(j, names)->what, *parent = parent_of(j, names, found->v[0]);
    report(j, kind_of(j, names)->ambiguous, q,
           pm_sprintf(&j->scratch, "%zu %ss are called \"%s\"", found->count, what, q->key));
    const char *list = say_found(j, names, found, ", ");
    bool has_path = q->parent != PM_NONE || strchr(q->key, '/');
    if (parent && !has_path)
        pm_help(j->diags, "write which one, like \"%s/%s\": %s", parent,
                name_of(&names->layer->features[found->v[0]]), list);
    else if (names->layer->features[found->v[0]].key)
        pm_help(j->diags, "write its code: %s", list);
    else
        pm_help(j->diags, "give it \"lon\" and \"lat\": %s", list);
}

static void report_taken(struct joiner *j, const struct pm_names *names, const struct query *q,
                         const struct pm_subject *first, size_t f)
{
    int line = 0, column = 0;
    struct pm_place before = pm_pointer_place(j->status->source, first->at, true);
    pm_source_position(before.source, before.offset, &line, &column);
    report(j, kind_of(j, names)->duplicate, q,
           pm_sprintf(&j->scratch, "\"%s\" is the same %s as \"%s\" in line %d", q->key,
                      kind_of(j, names)->what, first->key, line));
    struct pm_str name = {0};
    say_feature(j, names, f, &name);
    pm_help(j->diags, "both are %s; keep one, with a list of dated entries for a history",
            pm_str_get(&name));
    pm_str_finish(&name);
}

/* ---- aliases of the status file ----------------------------------------------------- */

/* Does the alias already name something else? It would be ignored, as names go before aliases. */
static bool is_shadowed(const struct pm_names *names, const struct pm_alias *alias)
{
    struct pm_found own = pm_names_find(names, alias->alias, PM_NONE);
    struct pm_found meant = pm_names_find(names, alias->name, PM_NONE);
    return own.count > 0 && meant.count > 0 && own.v[0] != meant.v[0];
}

static void add_alias(struct joiner *j, size_t index)
{
    const struct pm_alias *alias = &j->status->aliases[index];
    const char *folded = pm_name_folded(&j->scratch, alias->alias);
    const struct query q = {.key = alias->alias, .at = alias->at, .at_key = true};
    size_t first = 0;
    if (pm_index_get(&j->aliases, folded, &first) &&
        !pm_streq(j->status->aliases[first].name, alias->name)) {
        report(j, "ambiguous-alias", &q,
               pm_sprintf(&j->scratch, "\"%s\" and \"%s\" are one alias for two names",
                          j->status->aliases[first].alias, alias->alias));
        pm_help(j->diags, "case, accents, hyphens and spaces do not tell aliases apart");
        return;
    }
    if (is_shadowed(&j->areas, alias) || is_shadowed(&j->places, alias)) {
        report(
            j, "alias-is-a-name", &q,
            pm_sprintf(&j->scratch, "\"%s\" is the name of something else already", alias->alias));
        pm_help(j->diags, "names go before aliases: write \"%s\" where it is meant", alias->name);
        return;
    }
    pm_index_set(&j->aliases, &j->scratch, folded, index);
    if (pm_names_find(&j->areas, alias->name, PM_NONE).count ||
        pm_names_find(&j->places, alias->name, PM_NONE).count)
        return;
    struct pm_found near = pm_names_near(&j->areas, alias->name, PM_NONE);
    report(j, "unknown-alias", &(struct query){.key = alias->name, .at = alias->at},
           pm_sprintf(&j->scratch, "no area or place is called \"%s\"", alias->name));
    if (near.count)
        pm_help(j->diags, "did you mean %s?", say_found(j, &j->areas, &near, " or "));
    else
        pm_help(j->diags, "an alias leads to a name or code of the shapes");
}

/* ---- one name ----------------------------------------------------------------------- */

static struct pm_found find(struct joiner *j, const struct pm_names *names, const struct query *q)
{
    size_t alias = 0;
    struct pm_found found = pm_names_find(names, q->key, q->parent);
    if (found.count == 0 && pm_index_get(&j->aliases, pm_name_folded(&j->scratch, q->key), &alias))
        found = pm_names_find(names, j->status->aliases[alias].name, q->parent);
    return found;
}

/* The one feature that answers, or PM_NONE and an error. */
static size_t find_one(struct joiner *j, const struct pm_names *names, const struct query *q)
{
    struct pm_found found = find(j, names, q);
    if (found.count == 1)
        return found.v[0];
    if (found.count)
        report_ambiguous(j, names, q, &found);
    else
        report_unknown(j, names, q);
    return PM_NONE;
}

/* ---- places with a position of their own -------------------------------------------- */

/* Great-circle distance, km; haversine, as it is exact enough for small angles. */
static double distance_km(double lon1, double lat1, double lon2, double lat2)
{
    const double rad = 3.14159265358979323846 / 180, earth = 6371.0;
    double s = sin((lat2 - lat1) * rad / 2), t = sin((lon2 - lon1) * rad / 2);
    double a = s * s + cos(lat1 * rad) * cos(lat2 * rad) * t * t;
    return 2 * earth * asin(fmin(1, sqrt(a)));
}

static double distance_to_feature(const struct pm_layer *layer, size_t f, double lon, double lat)
{
    const struct pm_feature *feature = &layer->features[f];
    if (feature->parts.count == 0)
        return HUGE_VAL;
    struct pm_grid p = layer->points[layer->parts[feature->parts.first].first];
    return distance_km(pm_grid_lon(p), pm_grid_lat(p), lon, lat);
}

/* The nearest feature of the name, if it lies where the place does. */
static size_t find_at(struct joiner *j, const struct query *q, double lon, double lat)
{
    struct pm_found found = find(j, &j->places, q);
    size_t nearest = PM_NONE;
    double least = HUGE_VAL;
    for (size_t i = 0; i < found.count && i < PM_FOUND_SHOWN; i++) {
        double distance = distance_to_feature(j->places.layer, found.v[i], lon, lat);
        if (distance < least) {
            least = distance;
            nearest = found.v[i];
        }
    }
    if (least <= SAME_PLACE)
        return nearest;
    if (least <= LIKELY_SLIP) {
        pm_warning(j->diags, "two-positions", pm_pointer_place(j->status->source, q->at, q->at_key),
                   "\"%s\" lies %d km from the place of that name in the shapes", q->key,
                   (int)(least + 0.5));
        pm_help(j->diags, "without \"lon\" and \"lat\" the position of the shapes is used");
    }
    return PM_NONE;
}

/* ---- areas, places, events ---------------------------------------------------------- */

/* What `in` or an event's area means as a parent of places; false if it is unknown. */
static bool find_parent(struct joiner *j, const char *area, pm_pointer at, size_t *parent)
{
    *parent = PM_NONE;
    if (area)
        *parent = find_one(j, &j->areas, &(struct query){.key = area, .parent = PM_NONE, .at = at});
    return !area || *parent != PM_NONE;
}

static void take(struct joiner *j, const struct pm_names *names, const struct query *q,
                 const struct pm_subject *subjects, size_t index, size_t feature,
                 size_t *by_feature)
{
    if (by_feature[feature] == PM_NONE)
        by_feature[feature] = index;
    else
        report_taken(j, names, q, &subjects[by_feature[feature]], feature);
}

static void join_areas(struct joiner *j, struct pm_join *join)
{
    for (size_t i = 0; i < j->status->area_count; i++) {
        const struct pm_subject *s = &j->status->areas[i];
        const struct query q = {.key = s->key, .parent = PM_NONE, .at = s->at, .at_key = true};
        size_t feature = join->subject_area[i] = find_one(j, &j->areas, &q);
        if (feature != PM_NONE)
            take(j, &j->areas, &q, j->status->areas, i, feature, join->area_subject);
    }
}

static void join_places(struct joiner *j, struct pm_join *join)
{
    for (size_t i = 0; i < j->status->place_count; i++) {
        const struct pm_subject *s = &j->status->places[i];
        struct query q = {.key = s->key, .at = s->at, .at_key = true};
        if (!find_parent(j, s->in, s->in_at, &q.parent))
            continue;
        join->place_in[i] = q.parent;
        size_t feature = join->subject_place[i] =
            s->has_position ? find_at(j, &q, s->lon, s->lat) : find_one(j, &j->places, &q);
        if (feature != PM_NONE)
            take(j, &j->places, &q, j->status->places, i, feature, join->place_subject);
    }
}

static void join_events(struct joiner *j, struct pm_join *join)
{
    for (size_t i = 0; i < j->status->event_count; i++) {
        const struct pm_event *e = &j->status->events[i];
        struct query q = {.key = e->place, .at = pm_sprintf(&j->scratch, "%s/place", e->at)};
        if (!find_parent(j, e->area, pm_sprintf(&j->scratch, "%s/area", e->at), &q.parent))
            continue;
        join->event_area[i] = q.parent;
        if (e->place)
            join->event_place[i] =
                e->has_position ? find_at(j, &q, e->lon, e->lat) : find_one(j, &j->places, &q);
    }
}

/* ---- the whole ---------------------------------------------------------------------- */

static size_t *none_array(struct pm_arena *arena, size_t count)
{
    size_t *array = PM_NEW_N(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        array[i] = PM_NONE;
    return array;
}

static void start(struct joiner *j)
{
    pm_names_init(&j->areas, &j->atlas->layers[PM_LAYER_AREAS], NULL, &j->scratch);
    pm_names_init(&j->places, &j->atlas->layers[PM_LAYER_PLACES], &j->areas, &j->scratch);
    for (size_t i = 0; j->status && i < j->status->alias_count; i++)
        add_alias(j, i);
}

bool pm_join(const struct pm_atlas *atlas, const struct pm_status *status, struct pm_arena *arena,
             struct pm_join *join, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct joiner j = {.atlas = atlas, .status = status, .diags = diags};
    start(&j);
    join->area_subject = none_array(arena, j.areas.layer->feature_count);
    join->place_subject = none_array(arena, j.places.layer->feature_count);
    join->subject_area = none_array(arena, status->area_count);
    join->subject_place = none_array(arena, status->place_count);
    join->place_in = none_array(arena, status->place_count);
    join->event_area = none_array(arena, status->event_count);
    join->event_place = none_array(arena, status->event_count);
    join_areas(&j, join);
    join_places(&j, join);
    join_events(&j, join);
    pm_arena_finish(&j.scratch);
    return pm_diags_errors(diags) == errors;
}

size_t pm_join_area(const struct pm_atlas *atlas, const char *key, const char *what,
                    struct pm_diags *diags)
{
    struct joiner j = {.atlas = atlas, .diags = diags};
    start(&j);
    size_t area =
        find_one(&j, &j.areas, &(struct query){.key = key, .parent = PM_NONE, .option = what});
    pm_arena_finish(&j.scratch);
    return area;
}
