/* The join goes through four indices, asked in order: code, exact name, folded name, alias. Each
 * maps a string to the list of features that answer to it; a string that two features answer to is
 * ambiguous, and never decides anything. */
#include "input/join.h"

#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/pointer.h"
#include "input/similar.h"
#include "base/banned.h"

enum { BY_CODE, BY_NAME, BY_FOLDED, BY_ALIAS, STEPS };

/* A feature that answers to a string, and the next one that does. */
struct answer {
    size_t feature, next;
};

struct lookup {
    const struct pm_layer *layer;
    struct pm_arena *arena;
    struct pm_index first[STEPS]; /* string -> index of an answer */
    PM_VEC(struct answer) answers;
};

struct joiner {
    const struct pm_atlas *atlas;
    const struct pm_status *status;
    struct pm_arena scratch;
    struct pm_diags *diags;
    struct lookup areas, places;
    struct pm_join *join;
};

/* ---- folding --------------------------------------------------------------------------------------------- */

/* Words that say what a thing is, not which one; folded. */
static const char *const generic[] = {"province", "wilayat", "welayat", "velayat", "district",
                                      "oblast",   "state",   "region",  "ولایت",  "ولسوالی",
                                      "استان"};

/* Folds word by word, so that "Helmand Province" and "Wilayat-e Helmand" lose their generic word. */
static char *folded(struct pm_arena *arena, const char *name)
{
    struct pm_str out = {0};
    for (const char *p = name; *p;) {
        size_t length = strcspn(p, " ");
        struct pm_str word = {0};
        pm_fold(pm_strndup(arena, p, length), &word);
        bool drop = false;
        for (size_t i = 0; i < sizeof generic / sizeof *generic; i++) {
            struct pm_str other = {0};
            pm_fold(generic[i], &other);
            drop |= pm_streq(pm_str_get(&word), pm_str_get(&other));
            pm_str_finish(&other);
        }
        if (!drop)
            pm_str_add(&out, pm_str_get(&word));
        pm_str_finish(&word);
        p += length + (p[length] == ' ');
    }
    if (out.n == 0) /* nothing but generic words: then they are the name */
        pm_fold(name, &out);
    char *result = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

/* ---- lookup ------------------------------------------------------------------------------------------------ */

static void enter(struct lookup *l, int step, const char *key, size_t feature)
{
    size_t next = PM_NONE;
    if (!key || !*key)
        return;
    pm_index_get(&l->first[step], key, &next);
    for (size_t i = next; i != PM_NONE; i = l->answers.v[i].next)
        if (l->answers.v[i].feature == feature)
            return;
    pm_index_set(&l->first[step], l->arena, key, l->answers.n);
    pm_vec_push(&l->answers, (struct answer){feature, next});
}

static void make_lookup(struct lookup *l, const struct pm_layer *layer, struct pm_arena *arena)
{
    *l = (struct lookup){.layer = layer, .arena = arena};
    for (size_t f = 0; f < layer->feature_count; f++) {
        const struct pm_feature *feature = &layer->features[f];
        enter(l, BY_CODE, feature->key, f);
        for (size_t i = 0; i < feature->name.n; i++) {
            enter(l, BY_NAME, feature->name.v[i].s, f);
            enter(l, BY_FOLDED, folded(arena, feature->name.v[i].s), f);
        }
        for (size_t i = 0; i < feature->alias_count; i++)
            enter(l, BY_ALIAS, folded(arena, feature->aliases[i]), f);
    }
}

/* Does the feature's parent answer to this name? */
static bool has_parent(const struct joiner *j, const struct pm_feature *feature, const char *parent)
{
    if (!feature->parent)
        return false;
    char *a = folded((struct pm_arena *)&j->scratch, feature->parent);
    char *b = folded((struct pm_arena *)&j->scratch, parent);
    return pm_streq(feature->parent, parent) || pm_streq(a, b);
}

/* Features that answer to `name` at the first step that has any; only those under `parent` (NULL:
 * any). Returns how many; the first is *found. */
static size_t look_up(struct joiner *j, const struct lookup *l, const char *name,
                      const char *parent, size_t *found, size_t *others, size_t most)
{
    const char *key = folded(&j->scratch, name);
    for (int step = 0; step < STEPS; step++) {
        size_t count = 0, i = PM_NONE;
        pm_index_get(&l->first[step], step <= BY_NAME ? name : key, &i);
        for (; i != PM_NONE; i = l->answers.v[i].next) {
            size_t feature = l->answers.v[i].feature;
            if (parent && !has_parent(j, &l->layer->features[feature], parent))
                continue;
            if (count < most)
                others[count] = feature;
            *found = feature;
            count++;
        }
        if (count)
            return count;
    }
    return 0;
}

/* ---- messages ------------------------------------------------------------------------------------------------ */

static const char *name_of(const struct pm_feature *feature)
{
    const char *name = pm_text_get(&feature->name, "", NULL);
    return name ? name : feature->key ? feature->key : "?";
}

static void say_feature(struct pm_str *out, const struct pm_feature *feature)
{
    pm_str_addf(out, "\"%s\"", name_of(feature));
    const char *more = feature->key ? feature->key : feature->parent;
    if (more)
        pm_str_addf(out, " (%s)", more);
}

/* The nearest name or alias of the layer, under the parent first. */
static size_t propose(struct joiner *j, const struct lookup *l, const char *name,
                      const char *parent)
{
    PM_VEC(const char *) names = {0};
    PM_VEC(size_t) owners = {0};
    for (size_t f = 0; f < l->layer->feature_count; f++) {
        const struct pm_feature *feature = &l->layer->features[f];
        if (parent && !has_parent(j, feature, parent))
            continue;
        for (size_t i = 0; i < feature->name.n + feature->alias_count; i++) {
            pm_vec_push(&names, i < feature->name.n ? feature->name.v[i].s
                                                    : feature->aliases[i - feature->name.n]);
            pm_vec_push(&owners, f);
        }
    }
    int near = pm_nearest(name, names.v, names.n);
    size_t owner = near >= 0 ? owners.v[near] : PM_NONE;
    pm_vec_finish(&names);
    pm_vec_finish(&owners);
    return owner == PM_NONE && parent ? propose(j, l, name, NULL) : owner;
}

static void report_unknown(struct joiner *j, const struct lookup *l, const char *what,
                           const char *id, const char *name, const char *parent,
                           struct pm_place at)
{
    pm_error(j->diags, PM_FAULT_DATA, id, at, "no %s is called \"%s\"", what, name);
    size_t near = propose(j, l, name, parent);
    struct pm_str text = {0};
    if (near != PM_NONE) {
        say_feature(&text, &l->layer->features[near]);
        pm_help(j->diags, "did you mean %s?", pm_str_get(&text));
    } else if (l->layer->feature_count == 0) {
        pm_help(j->diags, "the shapes have no layer of %ss", what);
    } else {
        pm_help(j->diags, "use a name or code of the shapes, or add it to \"aliases\"");
    }
    pm_str_finish(&text);
}

static void report_ambiguous(struct joiner *j, const struct lookup *l, const char *what,
                             const char *id, const char *name, const size_t *others, size_t count,
                             struct pm_place at)
{
    struct pm_str text = {0};
    for (size_t i = 0; i < count; i++) {
        pm_str_add(&text, i ? ", " : "");
        say_feature(&text, &l->layer->features[others[i]]);
        if (l->layer->features[others[i]].key && l->layer->features[others[i]].parent)
            pm_str_addf(&text, " in %s", l->layer->features[others[i]].parent);
    }
    pm_error(j->diags, PM_FAULT_DATA, id, at, "more than one %s is called \"%s\"", what, name);
    pm_help(j->diags, "use a code, or a path \"PARENT/%s\": %s", name, pm_str_get(&text));
    pm_str_finish(&text);
}

/* ---- one subject ------------------------------------------------------------------------------------------------- */

/* What is being looked for, for messages. */
struct wanted {
    const char *what, *unknown_id, *ambiguous_id;
};

static const struct wanted an_area = {"area", "unknown-area", "ambiguous-area"};
static const struct wanted a_place = {"place", "unknown-place", "ambiguous-place"};

/* The status file's own aliases, one step. */
static const char *own_alias(const struct joiner *j, const char *name)
{
    for (size_t i = 0; j->status && i < j->status->alias_count; i++)
        if (pm_streq(j->status->aliases[i].alias, name))
            return j->status->aliases[i].name;
    return name;
}

/* Finds the one feature, or reports why not. With `quiet`, no match is no error. */
static size_t find_one(struct joiner *j, const struct lookup *l, const struct wanted *w,
                       const char *key, const char *parent, struct pm_place at, bool quiet)
{
    enum { MOST = 6 };
    size_t others[MOST], found = PM_NONE;
    const char *name = own_alias(j, key), *slash = strchr(name, '/');
    size_t count = look_up(j, l, name, parent, &found, others, MOST);
    if (count == 0 && slash) {
        parent = pm_strndup(&j->scratch, name, (size_t)(slash - name));
        count = look_up(j, l, slash + 1, parent, &found, others, MOST);
    }
    if (count == 1)
        return found;
    if (count > 1)
        report_ambiguous(j, l, w->what, w->ambiguous_id, name, others, count < MOST ? count : MOST,
                         at);
    else if (!quiet)
        report_unknown(j, l, w->what, w->unknown_id, name, parent, at);
    return PM_NONE;
}

static void report_taken(struct joiner *j, const struct pm_subject *subject,
                         const struct pm_subject *first, const struct pm_feature *feature,
                         const char *what)
{
    int line = 0, column = 0;
    struct pm_place at = pm_pointer_place(j->status->source, subject->at, true);
    struct pm_place before = pm_pointer_place(j->status->source, first->at, true);
    pm_source_position(before.source, before.offset, &line, &column);
    pm_error(j->diags, PM_FAULT_DATA, pm_streq(what, "area") ? "duplicate-area" : "duplicate-place",
             at, "\"%s\" is the same %s as \"%s\" in line %d", subject->key, what, first->key, line);
    pm_help(j->diags, "both are \"%s\"; keep one of them", name_of(feature));
}

static size_t *none_array(struct pm_arena *arena, size_t count)
{
    size_t *array = PM_NEW_N(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        array[i] = PM_NONE;
    return array;
}

static void join_subjects(struct joiner *j, const struct lookup *l, const struct wanted *w,
                          const struct pm_subject *subjects, size_t count, size_t *by_feature,
                          size_t *by_subject)
{
    for (size_t i = 0; i < count; i++) {
        const struct pm_subject *s = &subjects[i];
        struct pm_place at = pm_pointer_place(j->status->source, s->at, true);
        const char *parent = NULL;
        if (s->in) {
            size_t area = find_one(j, &j->areas, &an_area, s->in, NULL, at, false);
            if (area == PM_NONE)
                continue;
            parent = j->areas.layer->features[area].key;
        }
        size_t feature = find_one(j, l, w, s->key, parent, at, s->has_position);
        if (feature == PM_NONE)
            continue;
        if (by_feature[feature] != PM_NONE) {
            report_taken(j, s, &subjects[by_feature[feature]], &l->layer->features[feature],
                         w->what);
            continue;
        }
        by_feature[feature] = i;
        by_subject[i] = feature;
    }
}

static void join_events(struct joiner *j)
{
    const struct pm_status *status = j->status;
    for (size_t i = 0; i < status->event_count; i++) {
        const struct pm_event *e = &status->events[i];
        struct pm_place at = pm_pointer_place(status->source, e->at, false);
        const char *parent = NULL;
        if (e->area) {
            j->join->event_area[i] = find_one(j, &j->areas, &an_area, e->area, NULL, at, false);
            if (j->join->event_area[i] != PM_NONE)
                parent = j->areas.layer->features[j->join->event_area[i]].key;
        }
        if (e->place)
            j->join->event_place[i] =
                find_one(j, &j->places, &a_place, e->place, parent, at, e->has_position);
    }
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static void start(struct joiner *j)
{
    make_lookup(&j->areas, &j->atlas->layers[PM_LAYER_AREAS], &j->scratch);
    make_lookup(&j->places, &j->atlas->layers[PM_LAYER_PLACES], &j->scratch);
}

static void finish(struct joiner *j)
{
    pm_vec_finish(&j->areas.answers);
    pm_vec_finish(&j->places.answers);
    pm_arena_finish(&j->scratch);
}

bool pm_join(const struct pm_atlas *atlas, const struct pm_status *status, struct pm_arena *arena,
             struct pm_join *join, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct joiner j = {.atlas = atlas, .status = status, .diags = diags, .join = join};
    start(&j);
    join->area_subject = none_array(arena, j.areas.layer->feature_count);
    join->place_subject = none_array(arena, j.places.layer->feature_count);
    join->subject_area = none_array(arena, status->area_count);
    join->subject_place = none_array(arena, status->place_count);
    join->event_area = none_array(arena, status->event_count);
    join->event_place = none_array(arena, status->event_count);
    join_subjects(&j, &j.areas, &an_area, status->areas, status->area_count, join->area_subject,
                  join->subject_area);
    join_subjects(&j, &j.places, &a_place, status->places, status->place_count,
                  join->place_subject, join->subject_place);
    join_events(&j);
    finish(&j);
    return pm_diags_errors(diags) == errors;
}

size_t pm_join_area(const struct pm_atlas *atlas, const char *key, const char *what,
                    struct pm_diags *diags)
{
    struct joiner j = {.atlas = atlas, .diags = diags};
    start(&j);
    size_t area = find_one(&j, &j.areas, &an_area, key, NULL, pm_place_file(what), false);
    finish(&j);
    return area;
}
