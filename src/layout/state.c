#include "layout/state.h"

#include <string.h>

#include "base/str.h"
#include "input/positions.h"
#include "input/similar.h"
#include "layout/changes.h"
#include "layout/column.h"
#include "layout/sources.h"
#include "base/banned.h"

#define MUTED 0.28           /* strength of what lies outside the focus */
#define CLAIMED_TEXTURE 0.45 /* of a status's own texture under the lines of a claim */

const char *pm_basis_name(enum pm_basis basis)
{
    static const char *const names[] = {NULL, "assessed", "reported", "claimed"};
    return names[basis];
}

const char *pm_confidence_name(enum pm_confidence level)
{
    static const char *const names[] = {NULL, "low", "medium", "high"};
    return names[level];
}

/* ---- looks: the style's, changed and extended by what the status file declares ------------ */

static void declare(const struct pm_draft *draft, const struct pm_status_decl *decl,
                    struct pm_status_look *look)
{
    if (decl->label.n) {
        look->label = decl->label;
        look->place_label = decl->label;
    }
    if (decl->has_color) {
        look->fill = decl->color;
        look->fill_at = pm_place_value(draft->status->source, decl->color_at);
    }
    if (decl->side)
        look->side = decl->side;
}

static struct pm_status_look *look_of(const struct pm_draft *draft, const char *id)
{
    for (size_t i = 0; i < draft->look_count; i++)
        if (pm_streq(draft->looks[i].id, id))
            return &draft->looks[i];
    return NULL;
}

/* A status that only the file knows must bring its colour: it gets no default that could be
 * mistaken for another's. */
static void add_look(struct pm_draft *draft, const struct pm_status_decl *decl)
{
    if (!decl->has_color) {
        pm_error(draft->diags, PM_FAULT_DATA, "no-color",
                 pm_place_key(draft->status->source, decl->at), "status \"%s\" has no colour",
                 decl->id);
        pm_help(draft->diags, "give it a \"color\" here, or a look in the style's \"statuses\"");
    }
    draft->looks[draft->look_count++] = (struct pm_status_look){
        .id = decl->id, .label = decl->label, .side = decl->id, .marker = PM_MARKER_TRIANGLE};
}

static void make_looks(struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    const struct pm_status *status = draft->status;
    draft->looks =
        PM_NEW_N(draft->arena, struct pm_status_look, style->status_count + status->status_count);
    memcpy(draft->looks, style->statuses, style->status_count * sizeof *draft->looks);
    draft->look_count = style->status_count;
    for (size_t i = 0; i < status->status_count; i++) {
        const struct pm_status_decl *decl = &status->statuses[i];
        if (!look_of(draft, decl->id))
            add_look(draft, decl);
        declare(draft, decl, look_of(draft, decl->id));
    }
}

size_t pm_look_index(const struct pm_draft *draft, const struct pm_status_look *look)
{
    return (size_t)(look - draft->looks);
}

/* ---- states ------------------------------------------------------------------------------ */

static const struct pm_status_look *unknown_look(const struct pm_draft *draft)
{
    return look_of(draft, "unknown");
}

/* Every id must have a look, so that nothing is drawn in a colour nobody chose. */
static void check_id(struct pm_draft *draft, const char *id, struct pm_at at)
{
    if (!id || look_of(draft, id))
        return;
    const char **ids = PM_NEW_N(draft->arena, const char *, draft->look_count);
    struct pm_str list = {0};
    for (size_t i = 0; i < draft->look_count; i++) {
        ids[i] = draft->looks[i].id;
        pm_str_addf(&list, "%s%s", i ? ", " : "", ids[i]);
    }
    int near = pm_nearest(id, ids, draft->look_count);
    pm_error(draft->diags, PM_FAULT_DATA, "unknown-status",
             pm_place_value(draft->status->source, at), "no status is called \"%s\"", id);
    if (near >= 0)
        pm_help(draft->diags, "did you mean \"%s\"?", ids[near]);
    else
        pm_help(draft->diags, "known: %s; or declare it in \"statuses\" with a color",
                pm_str_get(&list));
    pm_str_finish(&list);
}

/* A legend with two rows of the same words tells nothing. */
static void check_labels(struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->look_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct pm_status_look *a = &draft->looks[i], *b = &draft->looks[k];
            if (!pm_streq(pm_look_label(draft, a, false), pm_look_label(draft, b, false)))
                continue;
            pm_warning(draft->diags, "same-label", pm_place_file(draft->status->source->name),
                       "\"%s\" and \"%s\" are both called \"%s\"", b->id, a->id,
                       pm_look_label(draft, a, false));
            pm_help(draft->diags, "give them labels of their own, or use one status for both");
        }
}

static void check_parties(struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->status->party_count; i++) {
        const struct pm_party *party = &draft->status->parties[i];
        check_id(draft, party->side, party->side_at);
    }
}

static bool is_stale(const struct pm_draft *draft, const struct pm_record *record)
{
    pm_date verified = record->last_verified != PM_NO_DATE ? record->last_verified : record->from;
    int limit = draft->status->stale_after_days;
    return limit > 0 && verified != PM_NO_DATE && draft->date - verified > limit;
}

bool pm_says_nothing(const struct pm_draft *draft, const struct pm_record *record)
{
    return record->from == PM_NO_DATE && draft->date < draft->status->as_of;
}

bool pm_record_doubtful(const struct pm_record *record)
{
    return record->basis == PM_BASIS_CLAIMED || record->confidence == PM_CONFIDENCE_LOW;
}

struct pm_state pm_state_of(struct pm_draft *draft, const struct pm_subject *subject)
{
    struct pm_state state = {.subject = subject, .look = unknown_look(draft)};
    state.record = subject ? pm_record_at(subject, draft->date) : NULL;
    if (state.record && pm_says_nothing(draft, state.record))
        state.record = NULL;
    if (!state.record)
        return state;
    const struct pm_status_look *look = look_of(draft, state.record->status);
    if (look)
        state.look = look;
    state.doubtful = state.look != unknown_look(draft) && pm_record_doubtful(state.record);
    state.stale = is_stale(draft, state.record);
    return state;
}

void pm_tally_add(const struct pm_draft *draft, struct pm_tally *tally,
                  const struct pm_state *state)
{
    struct pm_tally *t = &tally[pm_look_index(draft, state->look)];
    if (state->doubtful)
        t->doubtful++;
    else
        t->solid++;
}

static bool in_focus(const struct pm_draft *draft, size_t area)
{
    for (size_t i = 0; i < draft->focus_count; i++)
        if (draft->focus[i] == area)
            return true;
    return draft->focus_count == 0;
}

static const char *nearest_presser(const struct pm_draft *draft, const char *id)
{
    size_t parties = draft->status->party_count, count = parties + draft->look_count;
    const char **ids = PM_NEW_N(draft->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = i < parties ? draft->status->parties[i].id : draft->looks[i - parties].id;
    int near = pm_nearest(id, ids, count);
    return near >= 0 ? ids[near] : NULL;
}

/* Who presses must have a colour. */
static void check_pressure(struct pm_draft *draft, const struct pm_record *record)
{
    const struct pm_pressure *pressure = record->pressure;
    const struct pm_party *party = pm_find_party(draft->status, pressure->by);
    struct pm_place place = pm_place_value(draft->status->source, pressure->by_at);
    if (party && !party->side) {
        pm_error(draft->diags, PM_FAULT_DATA, "no-color", place,
                 "the party \"%s\" has no \"side\", whose colour its arcs would have", party->id);
        pm_help(draft->diags, "give it a \"side\" in \"parties\"");
    } else if (!party && !look_of(draft, pressure->by)) {
        const char *near = nearest_presser(draft, pressure->by);
        pm_error(draft->diags, PM_FAULT_DATA, "unknown-party", place,
                 "no party or status is called \"%s\"", pressure->by);
        if (near)
            pm_help(draft->diags, "did you mean \"%s\"?", near);
        else
            pm_help(draft->diags, "declare it in \"parties\"");
    } else if (pm_streq(party ? party->side : pressure->by, record->status)) {
        pm_warning(draft->diags, "presses-itself", place,
                   "a place that is \"%s\" is pressed by its own side", record->status);
        pm_help(draft->diags, "check \"status\" and \"by\"");
    }
}

const struct pm_status_look *pm_pressure_look(const struct pm_draft *draft,
                                              const struct pm_pressure *pressure)
{
    const struct pm_party *party = pm_find_party(draft->status, pressure->by);
    const char *id = party ? party->side : pressure->by;
    const struct pm_status_look *look = id ? look_of(draft, id) : NULL;
    return look ? look : unknown_look(draft);
}

/* All records, not only those that count today: a slip in a history must not wait for its day. */
static void check_subjects(struct pm_draft *draft, const struct pm_subject *subjects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < subjects[i].record_count; j++) {
            const struct pm_record *record = &subjects[i].records[j];
            check_id(draft, record->status, record->status_at);
            if (record->leaning)
                check_id(draft, record->leaning, record->leaning_at);
            if (record->pressure)
                check_pressure(draft, record);
        }
}

void pm_states_set(struct pm_draft *draft)
{
    draft->area_tally = PM_NEW_N(draft->arena, struct pm_tally, draft->look_count);
    draft->place_tally = PM_NEW_N(draft->arena, struct pm_tally, draft->look_count);
    draft->assessed = 0;
    for (size_t i = 0; i < draft->area_count; i++) {
        size_t subject = draft->join.area_subject[i];
        struct pm_area_draft *area = &draft->areas[i];
        area->state =
            pm_state_of(draft, subject == PM_NONE ? NULL : &draft->status->areas[subject]);
        area->state.muted = !in_focus(draft, i);
        if (draft->before)
            pm_state_compare(draft, &area->state, &draft->before->areas[i].state);
        pm_tally_add(draft, draft->area_tally, &area->state);
        draft->assessed += area->state.look != unknown_look(draft);
    }
}

void pm_layout_states(struct pm_draft *draft)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_AREAS];
    make_looks(draft);
    check_labels(draft);
    check_parties(draft);
    check_subjects(draft, draft->status->areas, draft->status->area_count);
    check_subjects(draft, draft->status->places, draft->status->place_count);
    draft->areas = PM_NEW_N(draft->arena, struct pm_area_draft, layer->feature_count);
    draft->area_count = layer->feature_count;
    for (size_t i = 0; i < draft->area_count; i++)
        draft->areas[i].feature = &layer->features[i];
    pm_states_set(draft);
}

/* ---- how a state looks --------------------------------------------------------------------- */

bool pm_label_is_dated(const struct pm_draft *draft, const struct pm_label_draft *label)
{
    if (label->number || draft->of_animation)
        return false;
    return label->kind == PM_LABEL_PLACE  ? draft->places[label->index].state.stale
           : label->kind == PM_LABEL_AREA ? draft->areas[label->index].state.stale
                                          : false;
}

pm_color pm_see_through(const struct pm_draft *draft, pm_color color, double alpha, pm_color ground)
{
    if (!draft->style->page.opaque)
        return pm_color_with_alpha(color, alpha);
    return ground ? pm_color_mix(color, ground, alpha) : PM_NO_COLOR;
}

/* What is outside the focus, and on a map of changes what stayed as it was. */
static bool is_pale(const struct pm_state *state)
{
    return state->muted || state->faded;
}

pm_color pm_state_fill(const struct pm_draft *draft, const struct pm_state *state)
{
    pm_color page = draft->style->color.page;
    pm_color fill = state->look->fill;
    if (state->doubtful)
        fill = pm_color_mix(fill, page, draft->style->texture.claimed_tint);
    return is_pale(state) ? pm_color_mix(fill, draft->style->color.land, MUTED) : fill;
}

struct pm_paint pm_state_paint(const struct pm_draft *draft, const struct pm_state *state)
{
    return (struct pm_paint){.fill = pm_state_fill(draft, state),
                             .of = pm_sprintf(draft->arena, "%s%s%s", state->look->id,
                                              state->doubtful ? "-claimed" : "",
                                              is_pale(state) ? "-muted" : "")};
}

enum pm_texture pm_look_texture(const struct pm_status_look *look)
{
    return pm_color_alpha(look->texture_color) > 0 ? look->texture : PM_TEXTURE_NONE;
}

static double texture_width(const struct pm_style *style, enum pm_texture kind)
{
    switch (kind) {
    case PM_TEXTURE_HATCH:
        return style->texture.hatch;
    case PM_TEXTURE_LINES:
        return style->texture.claimed;
    case PM_TEXTURE_DOTS:
        return style->texture.dot;
    default:
        return style->texture.line;
    }
}

static int add_pattern(const struct pm_draft *draft, const struct pm_state *state,
                       enum pm_texture kind, pm_color color, struct pm_scene *scene)
{
    const struct pm_style *style = draft->style;
    bool other_if_sure = state->doubtful && kind == state->look->texture;
    double strength = pm_color_alpha(color) * (is_pale(state) ? MUTED : 1);
    return pm_scene_pattern(
        scene,
        (struct pm_pattern){
            .id = pm_sprintf(draft->arena, "%s-%s%s%s", pm_texture_name(kind), state->look->id,
                             other_if_sure ? "-claimed" : "", is_pale(state) ? "-muted" : ""),
            .kind = kind,
            .spacing = pm_px(draft, style->texture.spacing),
            .width = pm_px(draft, texture_width(style, kind)),
            .color = pm_see_through(draft, color, strength, pm_state_fill(draft, state)),
            .of = color == state->look->fill && !is_pale(state) ? state->look->id : NULL,
        });
}

/* A claim keeps its status's texture, pale as its fill, beneath the lines that say so: in grey the
 * texture alone tells whose claim it is. */
int pm_state_patterns(const struct pm_draft *draft, const struct pm_state *state,
                      struct pm_scene *scene, int patterns[2])
{
    const struct pm_status_look *look = state->look;
    enum pm_texture own = pm_look_texture(look);
    pm_color color = look->texture_color;
    int count = 0;
    if (state->doubtful)
        color = pm_color_with_alpha(color, pm_color_alpha(color) * CLAIMED_TEXTURE);
    if (own != PM_TEXTURE_NONE && !(state->doubtful && own == PM_TEXTURE_LINES))
        patterns[count++] = add_pattern(draft, state, own, color, scene);
    if (state->doubtful)
        patterns[count++] = add_pattern(draft, state, PM_TEXTURE_LINES, look->fill, scene);
    return count;
}

/* ---- how a state is said -------------------------------------------------------------------- */

char *pm_words_of(const struct pm_draft *draft, enum pm_word word, const struct pm_slot *slots)
{
    return pm_word(&draft->wording, word, slots);
}

char *pm_date_of(const struct pm_draft *draft, pm_date date)
{
    return pm_word_date(&draft->wording, date);
}

char *pm_count_of(const struct pm_draft *draft, size_t count)
{
    return pm_word_number(&draft->wording, (double)count, 0);
}

char *pm_ordinal_of(const struct pm_draft *draft, size_t number)
{
    return pm_word_ordinal(&draft->wording, number);
}

const char *pm_unit(const struct pm_draft *draft, bool several)
{
    const struct pm_text *unit = several ? &draft->atlas->unit_other : &draft->atlas->unit_one;
    const char *got = "", *s = pm_text_get(unit, draft->lang, &got);
    enum pm_word word = several ? PM_WORD_AREAS : PM_WORD_AREA;
    bool foreign = *got && !pm_lang_covers(got, draft->lang);
    pm_text_get(&draft->style->words[word], draft->lang, &got);
    return s && !(foreign && pm_lang_covers(got, draft->lang)) ? s : pm_words_of(draft, word, NULL);
}

const char *pm_look_label(const struct pm_draft *draft, const struct pm_status_look *look,
                          bool place)
{
    const struct pm_text *text = place && look->place_label.n ? &look->place_label : &look->label;
    const char *s = pm_text_get(text, draft->lang, NULL);
    return s ? s : look->id;
}

const char *pm_feature_name(const struct pm_draft *draft, const struct pm_feature *feature,
                            const char **lang)
{
    const char *s = pm_text_get(&feature->name, draft->lang, lang);
    return s ? s : feature->key;
}

char *pm_bound(const struct pm_draft *draft, const char *s)
{
    struct pm_str out = {0};
    for (; *s; s++)
        if (*s == ' ')
            pm_str_add(&out, "\u00A0");
        else
            pm_str_addc(&out, *s);
    char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

const char *pm_name_label(const struct pm_draft *draft, const struct pm_text *text,
                          const char *name)
{
    const char *second = draft->second ? pm_text_get(text, draft->second, NULL) : NULL;
    if (!name || !second || pm_streq(name, second))
        return name;
    return pm_sprintf(draft->arena, "%s %s", pm_bound(draft, name), pm_bound(draft, second));
}

const char *pm_feature_label(const struct pm_draft *draft, const struct pm_feature *feature,
                             const char **lang)
{
    return pm_name_label(draft, &feature->name, pm_feature_name(draft, feature, lang));
}

const char *pm_event_title(const struct pm_draft *draft, const struct pm_event *event)
{
    const char *text = pm_text_get(&event->text, draft->lang, NULL);
    return text ? text : pm_words_of(draft, PM_WORD_KIND_STRIKES + event->kind, NULL);
}

char *pm_source_refs(const struct pm_draft *draft, const size_t *sources, size_t count)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < count; i++)
        pm_str_addf(&out, "%s[%s]", i ? " " : "", pm_ordinal_of(draft, sources[i] + 1));
    char *refs = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return refs;
}

static void say_date(const struct pm_draft *draft, struct pm_str *out, enum pm_word word,
                     pm_date date)
{
    if (date == PM_NO_DATE)
        return;
    const struct pm_slot slots[] = {{"date", pm_date_of(draft, date)}, {NULL, NULL}};
    pm_str_addf(out, "\n%s", pm_words_of(draft, word, slots));
}

/* "reported, medium confidence" */
static void say_footing(const struct pm_draft *draft, struct pm_str *out,
                        const struct pm_record *record)
{
    bool basis = record->basis != PM_BASIS_NONE;
    if (basis)
        pm_str_addf(
            out, "\n%s",
            pm_words_of(draft, PM_WORD_BASIS_ASSESSED + record->basis - PM_BASIS_ASSESSED, NULL));
    if (record->confidence != PM_CONFIDENCE_NONE)
        pm_str_addf(out, "%s%s", basis ? pm_words_of(draft, PM_WORD_LIST, NULL) : "\n",
                    pm_words_of(draft,
                                PM_WORD_CONFIDENCE_LOW + record->confidence - PM_CONFIDENCE_LOW,
                                NULL));
}

static void say_leaning(const struct pm_draft *draft, struct pm_str *out,
                        const struct pm_status_look *leaning, bool place)
{
    const struct pm_slot slots[] = {{"label", pm_look_label(draft, leaning, place)}, {NULL, NULL}};
    pm_str_add(out, pm_words_of(draft, PM_WORD_LIST, NULL));
    pm_str_add(out, pm_words_of(draft, PM_WORD_LEANING, slots));
}

/* Bearings as the nearest of the eight winds, clockwise from north, each once. */
static void say_bearings(const struct pm_draft *draft, struct pm_str *out,
                         const struct pm_pressure *pressure)
{
    bool winds[8] = {false};
    const char *between = "";
    for (size_t i = 0; i < pressure->count; i++)
        winds[(int)(pressure->from[i] / 45 + 0.5) % 8] = true;
    for (int i = 0; i < 8; i++)
        if (winds[i]) {
            pm_str_addf(out, "%s%s", between, pm_words_of(draft, PM_WORD_FROM_NORTH + i, NULL));
            between = pm_words_of(draft, PM_WORD_LIST, NULL);
        }
}

/* "under pressure (Insurgents): from the north, from the east" */
static void say_pressure(const struct pm_draft *draft, struct pm_str *out,
                         const struct pm_pressure *pressure)
{
    const struct pm_party *party = pm_find_party(draft->status, pressure->by);
    const char *name = party ? pm_text_get(&party->name, draft->lang, NULL)
                             : pm_look_label(draft, pm_pressure_look(draft, pressure), false);
    struct pm_str from = {0};
    if (pressure->around)
        pm_str_add(&from, pm_words_of(draft, PM_WORD_FROM_ALL, NULL));
    else
        say_bearings(draft, &from, pressure);
    const struct pm_slot slots[] = {
        {"who", name ? name : pressure->by}, {"from", pm_str_get(&from)}, {NULL, NULL}};
    pm_str_addf(out, "\n%s", pm_words_of(draft, PM_WORD_PRESSED, slots));
    pm_str_finish(&from);
}

/* What is known of it beside its status: leaning, who holds it, who presses it. */
static void say_holding(const struct pm_draft *draft, struct pm_str *out,
                        const struct pm_record *record, bool place)
{
    const struct pm_status_look *leaning = record->leaning ? look_of(draft, record->leaning) : NULL;
    const struct pm_party *party =
        record->party ? pm_find_party(draft->status, record->party) : NULL;
    if (leaning)
        say_leaning(draft, out, leaning, place);
    if (party) {
        const char *name = pm_text_get(&party->name, draft->lang, NULL);
        pm_str_addf(out, "\n%s", name ? name : party->id);
    }
    if (record->pressure)
        say_pressure(draft, out, record->pressure);
}

static void say_record(const struct pm_draft *draft, struct pm_str *out,
                       const struct pm_record *record, bool place)
{
    say_holding(draft, out, record, place);
    say_footing(draft, out, record);
    say_date(draft, out, PM_WORD_SINCE, record->from);
    say_date(draft, out, PM_WORD_STALE, record->last_verified);
    const char *note = pm_text_get(&record->note, draft->lang, NULL);
    if (note)
        pm_str_addf(out, "\n%s", note);
    for (size_t i = 0; i < record->source_count; i++) {
        const struct pm_source_ref *source = &draft->status->sources[record->sources[i]];
        pm_str_addf(out, "\n[%s] %s", pm_ordinal_of(draft, record->sources[i] + 1),
                    pm_source_name(draft, source));
    }
}

const char *pm_state_said(const struct pm_draft *draft, const struct pm_state *state, bool place)
{
    const struct pm_slot slots[] = {{"label", pm_look_label(draft, state->look, place)},
                                    {NULL, NULL}};
    struct pm_str out = {0};
    pm_str_add(&out, state->doubtful ? pm_words_of(draft, PM_WORD_CLAIMED, slots) : slots->value);
    if (state->changed) {
        const struct pm_slot both[] = {{"to", pm_strdup(draft->arena, out.s)},
                                       {"from", pm_state_said(draft->before, state->before, place)},
                                       {NULL, NULL}};
        out.n = 0;
        pm_str_add(&out, pm_words_of(draft, PM_WORD_BECAME, both));
    }
    if (state->record)
        say_holding(draft, &out, state->record, place);
    const char *said = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return said;
}

const char *pm_footing_said(const struct pm_draft *draft, const struct pm_record *record)
{
    struct pm_str out = {0};
    say_footing(draft, &out, record);
    const char *said = out.n ? pm_strdup(draft->arena, out.s + 1) : NULL; /* without its break */
    pm_str_finish(&out);
    return said;
}

/* "6 August 2021: Government control" */
static void say_before(const struct pm_draft *draft, struct pm_str *out,
                       const struct pm_state *before, bool place)
{
    pm_str_addf(out, "\n%s%s%s", pm_date_of(draft, draft->before->date),
                pm_words_of(draft, PM_WORD_COLON, NULL),
                pm_state_said(draft->before, before, place));
}

/* What the status is called; where another file of the same day is compared with, also what it was there, since no day
 * tells the two apart. */
static const char *say_look(const struct pm_draft *draft, const struct pm_state *state, bool place)
{
    const struct pm_state *before = state->before;
    const char *label = pm_look_label(draft, state->look, place);
    if (!state->changed || draft->before->date != draft->date)
        return label;
    const char *was = pm_legend_label(draft->before, before->look, before->doubtful, place);
    const struct pm_slot both[] = {{"to", label}, {"from", was}, {NULL, NULL}};
    return pm_streq(was, label) ? label : pm_words_of(draft, PM_WORD_BECAME, both);
}

char *pm_state_tooltip(const struct pm_draft *draft, const char *name, const struct pm_state *state,
                       bool place)
{
    struct pm_str out = {0};
    pm_str_addf(&out, "%s%s%s", name, pm_words_of(draft, PM_WORD_COLON, NULL),
                say_look(draft, state, place));
    if (state->record)
        say_record(draft, &out, state->record, place);
    if (state->changed && draft->before->date != draft->date)
        say_before(draft, &out, state->before, place);
    char *tooltip = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return tooltip;
}
