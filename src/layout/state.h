/* States: what holds for an area or place on the map's date, and how it is said. */
#ifndef PM_LAYOUT_STATE_H
#define PM_LAYOUT_STATE_H

#include "layout/draft.h"

enum { PM_MOST_NAMES = 50 }; /* in a sentence: more in a row nobody listens to */

/* The state of a subject (NULL: not named) on the map's date. */
struct pm_state pm_state_of(struct pm_draft *draft, const struct pm_subject *subject);
/* Is it only claimed, or of low confidence? */
bool pm_record_doubtful(const struct pm_record *record);
/* Without a date a record speaks of the file's own day: what held on one before that is not known. */
bool pm_says_nothing(const struct pm_draft *draft, const struct pm_record *record);
/* The states of all areas on the draft's date, and their tallies; the looks are there. */
void pm_states_set(struct pm_draft *draft);
/* Counts a state in a tally indexed by look. */
void pm_tally_add(const struct pm_draft *draft, struct pm_tally *tally,
                  const struct pm_state *state);

/* The look of who presses a place: that of the party's side, or of a status. */
const struct pm_status_look *pm_pressure_look(const struct pm_draft *draft,
                                              const struct pm_pressure *pressure);
/* Index of a look. */
size_t pm_look_index(const struct pm_draft *draft, const struct pm_status_look *look);
/* "Contested" */
const char *pm_look_label(const struct pm_draft *draft, const struct pm_status_look *look,
                          bool place);
/* The colour with this alpha; in a style without transparency as it looks on `ground`, or PM_NO_COLOR where
 * that is PM_NO_COLOR, for what lies on several colours. */
pm_color pm_see_through(const struct pm_draft *draft, pm_color color, double alpha,
                        pm_color ground);
/* The colour a state is filled with on the page: pale when doubtful, paler outside the focus and, on a map of
 * changes, where nothing changed. */
pm_color pm_state_fill(const struct pm_draft *draft, const struct pm_state *state);
/* Filled so, and with the name of that colour: "contested", "insurgent-claimed-muted". */
struct pm_paint pm_state_paint(const struct pm_draft *draft, const struct pm_state *state);
/* The textures over it, the lower one first: what goes into pm_paint.pattern. Returns how many. */
int pm_state_patterns(const struct pm_draft *draft, const struct pm_state *state,
                      struct pm_scene *scene, int patterns[2]);
/* Does the label end with the date of what is stale? */
bool pm_label_is_dated(const struct pm_draft *draft, const struct pm_label_draft *label);
/* A texture in no colour is none. */
enum pm_texture pm_look_texture(const struct pm_status_look *look);

/* "Helmand: contested, leaning …; since 1 May 2021; …": one line a fact, for tooltips. */
char *pm_state_tooltip(const struct pm_draft *draft, const char *name, const struct pm_state *state,
                       bool place);
/* Of that, the status as the legend has it, and who holds or presses it, a line each. */
const char *pm_state_said(const struct pm_draft *draft, const struct pm_state *state, bool place);
/* … and "reported, medium confidence"; NULL if neither is told. */
const char *pm_footing_said(const struct pm_draft *draft, const struct pm_record *record);
/* "[1] [2]", "" if there are none. Numbers follow the order of the status file's sources. */
char *pm_source_refs(const struct pm_draft *draft, const size_t *sources, size_t count);
/* The heading of the areas' statuses. */
const char *pm_area_status_said(const struct pm_draft *draft);
/* What one area, or several, are called. */
const char *pm_unit(const struct pm_draft *draft, bool several);
const char *pm_basis_name(enum pm_basis basis);           /* NULL for none */
const char *pm_confidence_name(enum pm_confidence level); /* NULL for none */
/* What an event is called: its text, or its kind. */
const char *pm_event_title(const struct pm_draft *draft, const struct pm_event *event);
/* The name of a feature in the map's language. */
const char *pm_feature_name(const struct pm_draft *draft, const struct pm_feature *feature,
                            const char **lang);
/* The name as its label gives it: in two languages, where that is asked for and they differ. The only
 * space that breaks is then the one between the two. */
const char *pm_feature_label(const struct pm_draft *draft, const struct pm_feature *feature,
                             const char **lang);
/* The same for a name that a status file gives; `name` is what pm_text_get found. */
const char *pm_name_label(const struct pm_draft *draft, const struct pm_text *text,
                          const char *name);

/* provmap's own words, dates and numbers in the map's language: see model/words.h. */
char *pm_words_of(const struct pm_draft *draft, enum pm_word word, const struct pm_slot *slots);
char *pm_date_of(const struct pm_draft *draft, pm_date date);
char *pm_count_of(const struct pm_draft *draft, size_t count);
char *pm_ordinal_of(const struct pm_draft *draft, size_t number);
/* With spaces that don't break, so that a date stays together. */
char *pm_bound(const struct pm_draft *draft, const char *s);

#endif
