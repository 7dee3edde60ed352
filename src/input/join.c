#include "input/join.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/positions.h"
#include "base/banned.h"

#define SAME_PLACE 10.0 /* km */

/* An alias of the user, and the file it stands in. */
struct own_alias {
    const struct pm_alias *alias;
    const struct pm_source *source;
};

struct joiner {
    const struct pm_atlas *atlas;
    const struct pm_status *status;
    const struct pm_join_options *options;
    struct pm_arena scratch;
    struct pm_diags *diags;
    const struct kept_names *names;
    struct pm_names areas, places; /* of these, lent */
    PM_VEC(struct own_alias) aliases;
    struct pm_index alias_index; /* folded alias -> its number in `aliases` */
    struct pm_index own_places;  /* folded name -> number of a place of the status */
    int proposals;
};

/* A name to be found, and where it stands. */
struct query {
    const char *key;
    size_t parent;      /* under which it must be, or PM_NONE */
    const char *option; /* of the command line; or NULL, and then … */
    const struct pm_source *source;
    struct pm_at at;
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

static struct pm_place place_of(const struct query *q)
{
    if (q->option)
        return pm_place_option(q->option);
    return q->at_key ? pm_place_key(q->source, q->at) : pm_place_value(q->source, q->at);
}

static void report(struct joiner *j, const char *id, const struct query *q, const char *message)
{
    pm_error(j->diags, q->option ? PM_FAULT_USAGE : PM_FAULT_DATA, id, place_of(q), "%s", message);
}

static const char *name_of(const struct pm_feature *feature)
{
    const char *name = pm_text_get(&feature->name, "en", NULL);
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

static bool is_called(const struct pm_feature *feature, const char *key)
{
    bool is = pm_streq(feature->key, key);
    for (size_t i = 0; i < feature->name.n; i++)
        is = is || pm_streq(feature->name.v[i].s, key);
    return is;
}

/* Is there a record of that name, but without a shape? */
static bool help_shapeless(struct joiner *j, const struct pm_names *names, const char *key)
{
    const struct pm_layer *layer = names->layer;
    for (size_t i = 0; i < layer->shapeless_count; i++)
        if (is_called(&layer->shapeless[i], key)) {
            pm_help(j->diags, "record %ld of the %ss is called so, but it has no shape",
                    layer->shapeless[i].record, kind_of(j, names)->what);
            return true;
        }
    return false;
}

static char *say_unknown(struct joiner *j, const struct pm_names *names, const struct query *q)
{
    const char *what = kind_of(j, names)->what;
    if (!names->areas || q->parent == PM_NONE)
        return pm_sprintf(&j->scratch, "no %s is called \"%s\"", what, q->key);
    return pm_sprintf(&j->scratch, "no %s in \"%s\" is called \"%s\"", what,
                      name_of(&j->areas.layer->features[q->parent]), q->key);
}

/* What answers to "Oregon/Washington" when "Washington/Oregon" or "Washington, Oregon" was written,
 * and to "01001" when a spreadsheet left 1001 of it. */
static struct pm_found find_rewritten(struct joiner *j, const struct pm_names *names,
                                      const struct query *q)
{
    size_t at = strcspn(q->key, "/,"), digits = strspn(q->key, "0123456789");
    const char *other = NULL;
    if (q->key[at])
        other = pm_sprintf(&j->scratch, "%s/%.*s", q->key + at + 1 + strspn(q->key + at + 1, " "),
                           (int)at, q->key);
    else if (digits && q->key[digits] == '\0')
        other = pm_sprintf(&j->scratch, "0%s", q->key);
    return other ? pm_names_find(names, other, q->parent) : (struct pm_found){0};
}

/* Proposals take their time: very many unknown names mean that the shapes are others. */
static struct pm_found propose(struct joiner *j, const struct pm_names *names,
                               const struct query *q)
{
    if (j->proposals++ >= PM_MOST_PROPOSALS)
        return (struct pm_found){0};
    struct pm_found rewritten = find_rewritten(j, names, q);
    return rewritten.count ? rewritten : pm_names_near(names, q->key, q->parent);
}

static void report_unknown(struct joiner *j, const struct pm_names *names, const struct query *q,
                           const struct pm_found *near)
{
    const char *what = kind_of(j, names)->what;
    if (j->options->unmatched_warns && !q->option)
        pm_warning(j->diags, kind_of(j, names)->unknown, place_of(q), "%s; left out",
                   say_unknown(j, names, q));
    else
        report(j, kind_of(j, names)->unknown, q, say_unknown(j, names, q));
    if (help_shapeless(j, names, q->key) || (!q->option && help_other_layer(j, names, q->key)))
        return;
    if (near->count)
        pm_help(j->diags, "did you mean %s?", say_found(j, names, near, " or "));
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
    pm_source_position(q->source, first->at.key, &line, &column);
    report(j, kind_of(j, names)->duplicate, q,
           pm_sprintf(&j->scratch, "\"%s\" is the same %s as \"%s\" in line %d", q->key,
                      kind_of(j, names)->what, first->key, line));
    struct pm_str name = {0};
    say_feature(j, names, f, &name);
    if (q->source->delimiter)
        pm_help(j->diags, "both are %s; write one name throughout the table", pm_str_get(&name));
    else
        pm_help(j->diags, "both are %s; keep one, with a list of dated entries for a history",
                pm_str_get(&name));
    pm_str_finish(&name);
}

/* ---- aliases of the user ------------------------------------------------------------ */

/* Does the alias already name something else? It would be ignored, as names go before aliases. */
static bool is_shadowed(const struct pm_names *names, const struct pm_alias *alias)
{
    struct pm_found own = pm_names_find(names, alias->alias, PM_NONE);
    struct pm_found meant = pm_names_find(names, alias->name, PM_NONE);
    return own.count > 0 && meant.count > 0 && own.v[0] != meant.v[0];
}

static const struct own_alias *find_alias(struct joiner *j, const char *key)
{
    size_t number = 0;
    bool found = j->aliases.n > 0 &&
                 pm_index_get(&j->alias_index, pm_name_folded(&j->scratch, key), &number);
    return found ? &j->aliases.v[number] : NULL;
}

/* False and an error if the alias contradicts another or a name. */
static bool check_alias(struct joiner *j, const struct pm_alias *alias, const struct query *q)
{
    const struct own_alias *first = find_alias(j, alias->alias);
    if (first && !pm_streq(first->alias->name, alias->name)) {
        report(j, "ambiguous-alias", q,
               pm_sprintf(&j->scratch, "\"%s\" and \"%s\" are one alias for two names",
                          first->alias->alias, alias->alias));
        pm_help(j->diags, "case, accents, hyphens and spaces do not tell aliases apart");
        return false;
    }
    if (!is_shadowed(&j->areas, alias) && !is_shadowed(&j->places, alias))
        return true;
    report(j, "alias-is-a-name", q,
           pm_sprintf(&j->scratch, "\"%s\" is the name of something else already", alias->alias));
    pm_help(j->diags, "names go before aliases: write \"%s\" where it is meant", alias->name);
    return false;
}

static void check_alias_target(struct joiner *j, const struct pm_alias *alias,
                               const struct pm_source *source)
{
    const struct query q = {
        .key = alias->name, .parent = PM_NONE, .source = source, .at = alias->at};
    if (pm_names_find(&j->areas, alias->name, PM_NONE).count ||
        pm_names_find(&j->places, alias->name, PM_NONE).count)
        return;
    struct pm_found near = propose(j, &j->areas, &q);
    report(j, "unknown-alias", &q,
           pm_sprintf(&j->scratch, "no area or place is called \"%s\"", alias->name));
    if (near.count)
        pm_help(j->diags, "did you mean %s?", say_found(j, &j->areas, &near, " or "));
    else
        pm_help(j->diags, "an alias leads to a name or code of the shapes");
}

static void add_aliases(struct joiner *j, const struct pm_source *source,
                        const struct pm_alias *aliases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct query q = {
            .key = aliases[i].alias, .source = source, .at = aliases[i].at, .at_key = true};
        if (!check_alias(j, &aliases[i], &q))
            continue;
        check_alias_target(j, &aliases[i], source);
        pm_index_set(&j->alias_index, &j->scratch, pm_name_folded(&j->scratch, aliases[i].alias),
                     j->aliases.n);
        pm_vec_push(&j->aliases, (struct own_alias){&aliases[i], source});
    }
}

/* ---- one name ----------------------------------------------------------------------- */

static struct pm_found find(struct joiner *j, const struct pm_names *names, const struct query *q,
                            enum pm_match_how *how)
{
    static const enum pm_match_how hows[] = {
        [PM_BY_CODE] = PM_MATCH_CODE,        [PM_BY_NAME] = PM_MATCH_NAME,
        [PM_BY_CODE_CASE] = PM_MATCH_FOLDED, [PM_BY_CASE] = PM_MATCH_FOLDED,
        [PM_BY_FOLDED] = PM_MATCH_FOLDED,    [PM_BY_ALIAS] = PM_MATCH_ALIAS,
    };
    struct pm_found found = pm_names_find(names, q->key, q->parent);
    *how = hows[found.step];
    const struct own_alias *own = found.count ? NULL : find_alias(j, q->key);
    if (!own)
        return found;
    *how = PM_MATCH_OWN_ALIAS;
    return pm_names_find(names, own->alias->name, q->parent);
}

/* The one feature that answers; else an error. */
static struct pm_match match_one(struct joiner *j, const struct pm_names *names,
                                 const struct query *q)
{
    struct pm_match match = {.feature = PM_NONE};
    match.candidates = find(j, names, q, &match.how);
    if (match.candidates.count == 1) {
        match.feature = match.candidates.v[0];
    } else if (match.candidates.count) {
        match.how = PM_MATCH_AMBIGUOUS;
        report_ambiguous(j, names, q, &match.candidates);
    } else {
        match.how = PM_MATCH_UNKNOWN;
        match.candidates = propose(j, names, q);
        report_unknown(j, names, q, &match.candidates);
    }
    return match;
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

/* The nearest feature of the name, if it lies where the place does. A place of another position is
 * one of its own, as names recur. */
static struct pm_match match_at(struct joiner *j, const struct query *q, double lon, double lat)
{
    struct pm_match match = {.feature = PM_NONE};
    struct pm_found found = find(j, &j->places, q, &match.how);
    size_t nearest = PM_NONE;
    double least = HUGE_VAL;
    for (size_t i = 0; i < found.count && i < PM_FOUND_SHOWN; i++) {
        double distance = distance_to_feature(j->places.layer, found.v[i], lon, lat);
        if (distance < least) {
            least = distance;
            nearest = found.v[i];
        }
    }
    if (least <= SAME_PLACE) {
        match.feature = nearest;
        return match;
    }
    match.how = PM_MATCH_POSITION;
    if (nearest != PM_NONE && least < HUGE_VAL) {
        pm_warning(
            j->diags, "two-positions", place_of(q),
            "\"%s\" lies %d km from the place of that name in the shapes; took it for another",
            q->key, (int)(least + 0.5));
        pm_help(j->diags, "if they are one, leave out \"lon\" and \"lat\"");
    }
    return match;
}

/* ---- areas, places, events ---------------------------------------------------------- */

/* What `in` or an event's area means as a parent of places. */
static struct pm_match match_parent(struct joiner *j, const char *area, struct pm_at at)
{
    const struct query q = {.key = area, .parent = PM_NONE, .source = j->status->source, .at = at};
    return area ? match_one(j, &j->areas, &q) : (struct pm_match){.feature = PM_NONE};
}

static void take(struct joiner *j, const struct pm_names *names, const struct query *q,
                 const struct pm_subject *subjects, size_t index, struct pm_match *match,
                 size_t *by_feature)
{
    if (match->feature == PM_NONE)
        return;
    size_t *owner = &by_feature[match->feature];
    if (*owner == PM_NONE) {
        *owner = index;
        return;
    }
    report_taken(j, names, q, &subjects[*owner], match->feature);
    match->how = PM_MATCH_TAKEN;
    match->feature = PM_NONE;
}

static void join_areas(struct joiner *j, struct pm_join *join)
{
    for (size_t i = 0; i < j->status->area_count; i++) {
        const struct pm_subject *s = &j->status->areas[i];
        const struct query q = {.key = s->key,
                                .parent = PM_NONE,
                                .source = j->status->source,
                                .at = s->at,
                                .at_key = true};
        struct pm_match *match = &join->area_match[i];
        *match = match_one(j, &j->areas, &q);
        take(j, &j->areas, &q, j->status->areas, i, match, join->area_subject);
        join->unmatched += match->how == PM_MATCH_UNKNOWN;
    }
}

static void join_places(struct joiner *j, struct pm_join *join)
{
    for (size_t i = 0; i < j->status->place_count; i++) {
        const struct pm_subject *s = &j->status->places[i];
        struct query q = {.key = s->key, .source = j->status->source, .at = s->at, .at_key = true};
        struct pm_match *match = &join->place_match[i];
        match->feature = PM_NONE;
        join->place_in[i] = q.parent = match_parent(j, s->in, s->in_at).feature;
        if (!s->in || q.parent != PM_NONE) {
            *match =
                s->has_position ? match_at(j, &q, s->lon, s->lat) : match_one(j, &j->places, &q);
            take(j, &j->places, &q, j->status->places, i, match, join->place_subject);
        }
        join->unmatched += match->how == PM_MATCH_UNKNOWN;
    }
}

/* Those that only the status file knows, by folded name: within a file a name means one. */
static void index_own_places(struct joiner *j, const struct pm_join *join)
{
    for (size_t i = j->status->place_count; i-- > 0;)
        if (join->place_match[i].how == PM_MATCH_POSITION)
            pm_index_set(&j->own_places, &j->scratch,
                         pm_name_folded(&j->scratch, j->status->places[i].key), i);
}

static size_t find_own_place(struct joiner *j, const char *name)
{
    size_t number = 0;
    bool found = name && pm_index_get(&j->own_places, pm_name_folded(&j->scratch, name), &number);
    return found ? number : PM_NONE;
}

static void join_events(struct joiner *j, struct pm_join *join)
{
    index_own_places(j, join);
    for (size_t i = 0; i < j->status->event_count; i++) {
        const struct pm_event *e = &j->status->events[i];
        struct query q = {.key = e->place, .source = j->status->source, .at = e->place_at};
        struct pm_match *area = &join->event_area_match[i], *place = &join->event_place_match[i];
        *area = match_parent(j, e->area, e->area_at);
        *place = (struct pm_match){.feature = PM_NONE};
        q.parent = area->feature;
        if (!e->has_position)
            join->event_own_place[i] = find_own_place(j, e->place);
        if (join->event_own_place[i] != PM_NONE)
            place->how = PM_MATCH_POSITION;
        else if (e->place && (!e->area || q.parent != PM_NONE))
            *place =
                e->has_position ? match_at(j, &q, e->lon, e->lat) : match_one(j, &j->places, &q);
        join->event_area[i] = area->feature;
        join->event_place[i] = place->feature;
    }
}

struct focus {
    size_t *v;
    size_t n, cap;
};

static void focus_on_parent(const struct joiner *j, size_t parent, struct focus *focus)
{
    for (size_t f = 0; f < j->areas.layer->feature_count; f++)
        if (j->areas.parents[f] == parent)
            pm_vec_push(focus, f);
}

/* A parent goes before an area of its name, which "New York/New York" means. */
static void focus_on(struct joiner *j, const struct query *q, struct focus *focus)
{
    size_t parent = pm_names_parent(&j->areas, q->key);
    if (parent != PM_NONE) {
        focus_on_parent(j, parent, focus);
        return;
    }
    size_t area = match_one(j, &j->areas, q).feature;
    if (area != PM_NONE)
        pm_vec_push(focus, area);
}

static void join_focus(struct joiner *j, struct pm_arena *arena, struct pm_join *join)
{
    struct focus focus = {0};
    for (size_t i = 0; i < j->options->focus_count; i++) {
        const struct query q = {.key = j->options->focus[i], .parent = PM_NONE, .option = "focus"};
        focus_on(j, &q, &focus);
    }
    join->focus_count = focus.n;
    pm_vec_into(&focus, arena, &join->focus);
}

static void join_insets(struct joiner *j, struct pm_arena *arena, struct pm_join *join)
{
    join->insets = PM_NEW_N(arena, struct pm_focus, j->status->inset_count);
    for (size_t i = 0; i < j->status->inset_count; i++) {
        const struct pm_inset *inset = &j->status->insets[i];
        const struct query q = {.key = inset->area,
                                .parent = PM_NONE,
                                .source = j->status->source,
                                .at = inset->area_at};
        struct focus focus = {0};
        focus_on(j, &q, &focus);
        join->insets[i].count = focus.n;
        pm_vec_into(&focus, arena, &join->insets[i].areas);
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

/* The names of an atlas, which its cache keeps. */
struct kept_names {
    struct pm_arena arena;
    struct pm_names areas, places;
};

static struct pm_cached make_names(void *user)
{
    const struct pm_atlas *atlas = user;
    struct kept_names *kept = pm_xcalloc(1, sizeof *kept);
    pm_names_init(&kept->areas, &atlas->layers[PM_LAYER_AREAS], NULL, &kept->arena);
    pm_names_init(&kept->places, &atlas->layers[PM_LAYER_PLACES], &kept->areas, &kept->arena);
    return (struct pm_cached){kept, sizeof *kept + pm_arena_size(&kept->arena)};
}

static void free_names(void *value)
{
    struct kept_names *kept = value;
    pm_arena_finish(&kept->arena);
    free(kept);
}

static void start(struct joiner *j)
{
    static const char key[] = "names";
    const struct pm_aliases *more = j->options->aliases;
    j->names = pm_cache_get(j->atlas->cache, key, sizeof key,
                            &(struct pm_maker){make_names, free_names, (void *)j->atlas});
    j->areas = pm_names_lent(&j->names->areas, &j->scratch);
    j->places = pm_names_lent(&j->names->places, &j->scratch);
    add_aliases(j, j->status->source, j->status->aliases, j->status->alias_count);
    if (more)
        add_aliases(j, more->source, more->aliases, more->alias_count);
}

static void make_arrays(const struct joiner *j, struct pm_arena *arena, struct pm_join *join)
{
    const struct pm_status *status = j->status;
    join->area_subject = none_array(arena, j->areas.layer->feature_count);
    join->place_subject = none_array(arena, j->places.layer->feature_count);
    join->area_match = PM_NEW_N(arena, struct pm_match, status->area_count);
    join->place_match = PM_NEW_N(arena, struct pm_match, status->place_count);
    join->place_in = none_array(arena, status->place_count);
    join->event_area = none_array(arena, status->event_count);
    join->event_place = none_array(arena, status->event_count);
    join->event_own_place = none_array(arena, status->event_count);
    join->event_area_match = PM_NEW_N(arena, struct pm_match, status->event_count);
    join->event_place_match = PM_NEW_N(arena, struct pm_match, status->event_count);
}

bool pm_join(const struct pm_atlas *atlas, const struct pm_status *status,
             const struct pm_join_options *options, struct pm_arena *arena, struct pm_join *join,
             struct pm_diags *diags)
{
    static const struct pm_join_options none;
    size_t errors = pm_diags_errors(diags);
    struct joiner j = {
        .atlas = atlas, .status = status, .options = options ? options : &none, .diags = diags};
    start(&j);
    make_arrays(&j, arena, join);
    join_focus(&j, arena, join);
    join_areas(&j, join);
    join_places(&j, join);
    join_events(&j, join);
    join_insets(&j, arena, join);
    pm_vec_finish(&j.aliases);
    pm_cache_release(atlas->cache, j.names);
    pm_arena_finish(&j.scratch);
    return pm_diags_errors(diags) == errors;
}
