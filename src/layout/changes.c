#include "layout/changes.h"

#include "base/str.h"
#include "layout/state.h"
#include "base/banned.h"

const enum pm_field pm_compared[] = {PM_FIELD_STATUS,        PM_FIELD_HOLDER,  PM_FIELD_CONFIDENCE,
                                     PM_FIELD_BASIS,         PM_FIELD_LEANING, PM_FIELD_PRESSURE,
                                     PM_FIELD_PRESSURE_FROM, PM_FIELDS};

static bool differ(const struct pm_row *a, const struct pm_row *b)
{
    for (const enum pm_field *field = pm_compared; *field != PM_FIELDS; field++)
        if (!pm_streq(a->cells[*field], b->cells[*field]))
            return true;
    return false;
}

static bool looks_as(const struct pm_state *a, const struct pm_state *b)
{
    return pm_streq(a->look->id, b->look->id) && a->doubtful == b->doubtful;
}

void pm_state_compare(const struct pm_draft *draft, struct pm_state *state,
                      const struct pm_state *before)
{
    struct pm_row from = {0}, to = {0};
    struct pm_state *was = pm_memdup(draft->arena, before, sizeof *before);
    was->before = NULL; /* what it was before that is another map's to say */
    was->changed = false;
    state->before = was;
    pm_row_say(draft->before, &from, before);
    pm_row_say(draft, &to, state);
    /* from one map to the next of a series what the colours say: what is known for the first time, or newly pressed, has
     * no colour that it was before */
    state->changed =
        draft->of_series ? before->record && !looks_as(state, before) : differ(&from, &to);
    state->faded = !state->changed && !draft->of_series;
}

/* ---- transitions ------------------------------------------------------------------------- */

/* By rank of the looks; those that only the earlier file declares come last. */
static size_t rank_of(const struct pm_draft *draft, const struct pm_state *state)
{
    size_t i = 0;
    while (i < draft->look_count && !pm_streq(draft->looks[i].id, state->look->id))
        i++;
    return 2 * i + state->doubtful;
}

static bool is_first(const struct pm_state *state)
{
    return state->before->record == NULL;
}

static bool comes_before(const struct pm_draft *draft, const struct pm_state *state,
                         const struct pm_transition *other)
{
    if (is_first(state) != other->first)
        return other->first;
    size_t to = rank_of(draft, state), theirs = rank_of(draft, &other->to);
    return to != theirs ? to < theirs
                        : rank_of(draft, state->before) < rank_of(draft, &other->from);
}

bool pm_in_transition(const struct pm_state *state, const struct pm_transition *t)
{
    return state->changed && is_first(state) == t->first && looks_as(&t->to, state) &&
           looks_as(&t->from, state->before);
}

static void add_transition(const struct pm_draft *draft, struct pm_transitions *t,
                           const struct pm_state *state)
{
    size_t at = 0;
    if (!state->changed) {
        pm_tally_add(draft, t->same, state);
        t->unchanged++;
        return;
    }
    if (is_first(state))
        t->first++;
    else
        t->changed++;
    while (at < t->count && !pm_in_transition(state, &t->v[at]))
        at++;
    if (at < t->count) {
        t->v[at].count++;
        return;
    }
    for (at = t->count++; at > 0 && comes_before(draft, state, &t->v[at - 1]); at--)
        t->v[at] = t->v[at - 1];
    t->v[at] = (struct pm_transition){
        .from = *state->before, .to = *state, .count = 1, .first = is_first(state)};
    t->v[at].to.muted = false; /* it stands for all of them, in the focus or not */
}

struct pm_transitions pm_transitions_of(const struct pm_draft *draft, bool places)
{
    size_t most = places ? draft->place_all : draft->area_count;
    struct pm_transitions t = {
        .v = PM_NEW_N(draft->arena, struct pm_transition, most),
        .same = PM_NEW_N(draft->arena, struct pm_tally, draft->look_count),
    };
    for (size_t i = 0; i < most; i++) {
        const struct pm_state *state = places ? &draft->places[i].state : &draft->areas[i].state;
        if (!places || state->subject || state->before->subject)
            add_transition(draft, &t, state);
    }
    return t;
}

/* ---- areas ------------------------------------------------------------------------------ */

static void compare_areas(struct pm_changes *changes)
{
    const struct pm_draft *from = changes->from, *to = changes->to;
    changes->areas = PM_NEW_N(to->arena, struct pm_change, to->area_count);
    for (size_t i = 0; i < to->area_count; i++) {
        const struct pm_change change = {to->areas[i].feature, pm_area_row(from, &from->areas[i]),
                                         pm_area_row(to, &to->areas[i])};
        if (differ(&change.from, &change.to))
            changes->areas[changes->area_count++] = change;
    }
}

/* ---- places ----------------------------------------------------------------------------- */

/* Nothing for a place that neither file names. */
static void add_place(struct pm_changes *changes, struct pm_draft *from, struct pm_draft *to,
                      const struct pm_subject *before, const struct pm_subject *now,
                      struct pm_change change)
{
    struct pm_state *states = PM_NEW_N(to->arena, struct pm_state, 2);
    const struct pm_subject *named = now ? now : before;
    if (!named)
        return;
    const char *name = pm_text_get(&named->name, to->lang, &change.to.lang);
    states[0] = pm_state_of(from, before);
    states[1] = pm_state_of(to, now);
    pm_row_say(from, &change.from, &states[0]);
    pm_row_say(to, &change.to, &states[1]);
    if (before)
        pm_tally_add(from, changes->places_from, &states[0]);
    if (now)
        pm_tally_add(to, changes->places_to, &states[1]);
    if (!name && change.feature)
        name = pm_feature_name(to, change.feature, &change.to.lang);
    change.to.cells[PM_FIELD_NAME] = name ? name : named->key;
    change.to.cells[PM_FIELD_CODE] = change.feature ? change.feature->key : NULL;
    if (differ(&change.from, &change.to))
        changes->places[changes->place_count++] = change;
}

const struct pm_subject *pm_place_subject(const struct pm_draft *draft, size_t feature)
{
    size_t subject = draft->join.place_subject[feature];
    return subject == PM_NONE ? NULL : &draft->status->places[subject];
}

static bool is_own(const struct pm_draft *draft, size_t place)
{
    return draft->join.place_match[place].how == PM_MATCH_POSITION;
}

const struct pm_subject *pm_own_place(const struct pm_draft *draft, const char *key)
{
    for (size_t i = 0; i < draft->status->place_count; i++)
        if (is_own(draft, i) && pm_streq(draft->status->places[i].key, key))
            return &draft->status->places[i];
    return NULL;
}

static void compare_places(struct pm_changes *changes, struct pm_draft *from, struct pm_draft *to)
{
    const struct pm_layer *layer = &to->atlas->layers[PM_LAYER_PLACES];
    size_t most = layer->feature_count + from->status->place_count + to->status->place_count;
    changes->places = PM_NEW_N(to->arena, struct pm_change, most);
    for (size_t i = 0; i < layer->feature_count; i++)
        add_place(changes, from, to, pm_place_subject(from, i), pm_place_subject(to, i),
                  (struct pm_change){.feature = &layer->features[i]});
    for (size_t i = 0; i < to->status->place_count; i++)
        if (is_own(to, i))
            add_place(changes, from, to, pm_own_place(from, to->status->places[i].key),
                      &to->status->places[i], (struct pm_change){0});
    for (size_t i = 0; i < from->status->place_count; i++)
        if (is_own(from, i) && !pm_own_place(to, from->status->places[i].key))
            add_place(changes, from, to, &from->status->places[i], NULL, (struct pm_change){0});
}

/* ---- events ----------------------------------------------------------------------------- */

static void say(struct pm_str *out, const char *s)
{
    pm_str_addf(out, "%s\x1f", s ? s : "");
}

static void say_text(struct pm_str *out, const struct pm_text *text)
{
    for (size_t i = 0; i < text->n; i++) {
        say(out, text->v[i].lang);
        say(out, text->v[i].s);
    }
    pm_str_addc(out, '\x1e');
}

/* All that is told of an event, but its sources. */
static const char *told(struct pm_arena *arena, const struct pm_event *event)
{
    struct pm_str out = {0};
    say(&out, pm_event_kind_name(event->kind));
    say(&out, event->area);
    say(&out, event->place);
    pm_str_addf(&out, "%d %d %.0f %.0f\x1f", event->date, event->precision, event->lon * 1e7,
                event->lat * 1e7);
    say_text(&out, &event->text);
    say_text(&out, &event->verification);
    for (size_t i = 0; i < event->claim_count; i++) {
        const struct pm_claim *claim = &event->claims[i];
        say(&out, claim->by);
        say(&out, pm_stance_names[claim->stance]);
        say_text(&out, &claim->by_detail);
        say_text(&out, &claim->text);
    }
    const char *result = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

static bool has_happened(const struct pm_draft *draft, const struct pm_event *event)
{
    return event->date == PM_NO_DATE || event->date <= draft->date;
}

/* The same event by its id, or else by all that is told of it. */
static const struct pm_event *same_event(const struct pm_draft *draft, const struct pm_event *event)
{
    const char *all = event->id ? NULL : told(draft->arena, event);
    for (size_t i = 0; i < draft->status->event_count; i++) {
        const struct pm_event *other = &draft->status->events[i];
        if (!has_happened(draft, other))
            continue;
        if (event->id ? pm_streq(event->id, other->id)
                      : !other->id && pm_streq(all, told(draft->arena, other)))
            return other;
    }
    return NULL;
}

static void compare_events(struct pm_changes *changes)
{
    const struct pm_draft *from = changes->from, *to = changes->to;
    size_t most = from->status->event_count + to->status->event_count;
    changes->events = PM_NEW_N(to->arena, struct pm_event_change, most);
    for (size_t i = 0; i < to->status->event_count; i++) {
        const struct pm_event *event = &to->status->events[i];
        const struct pm_event *before = same_event(from, event);
        if (has_happened(to, event) &&
            (!before || !pm_streq(told(to->arena, before), told(to->arena, event))))
            changes->events[changes->event_count++] = (struct pm_event_change){before, event};
    }
    for (size_t i = 0; i < from->status->event_count; i++) {
        const struct pm_event *event = &from->status->events[i];
        if (has_happened(from, event) && !same_event(to, event))
            changes->events[changes->event_count++] = (struct pm_event_change){event, NULL};
    }
}

struct pm_changes pm_changes_of(struct pm_draft *from, struct pm_draft *to)
{
    struct pm_changes changes = {
        .from = from,
        .to = to,
        .places_from = PM_NEW_N(to->arena, struct pm_tally, from->look_count),
        .places_to = PM_NEW_N(to->arena, struct pm_tally, to->look_count),
    };
    compare_areas(&changes);
    compare_places(&changes, from, to);
    compare_events(&changes);
    return changes;
}
