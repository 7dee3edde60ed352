/* States: what holds for an area or place on the map's date, and how it is said. */
#ifndef PM_LAYOUT_STATE_H
#define PM_LAYOUT_STATE_H

#include "layout/draft.h"

/* The state of a subject (NULL: not named) on the map's date. */
struct pm_state pm_state_of(struct pm_draft *draft, const struct pm_subject *subject);
/* Counts a state in a tally indexed by look. */
void pm_tally_add(const struct pm_draft *draft, struct pm_tally *tally,
                  const struct pm_state *state);

/* Index of a look. */
size_t pm_look_index(const struct pm_draft *draft, const struct pm_status_look *look);
/* "Contested" */
const char *pm_look_label(const struct pm_draft *draft, const struct pm_status_look *look,
                          bool place);
/* The colour a state is filled with on the page: pale when doubtful, paler outside the focus. */
pm_color pm_state_fill(const struct pm_draft *draft, const struct pm_state *state);
/* The textures over it, the lower one first: what goes into pm_paint.pattern. Returns how many. */
int pm_state_patterns(const struct pm_draft *draft, const struct pm_state *state,
                      struct pm_scene *scene, int patterns[2]);
/* A texture in no colour is none. */
enum pm_texture pm_look_texture(const struct pm_status_look *look);

/* "Helmand: contested, leaning …; since 1 May 2021; …": one line a fact, for tooltips. */
char *pm_state_tooltip(const struct pm_draft *draft, const char *name, const struct pm_state *state,
                       bool place);
/* "[1] [2]", "" if there are none. Numbers follow the order of the status file's sources. */
char *pm_source_refs(const struct pm_draft *draft, const size_t *sources, size_t count);
/* What one area, or several, are called. */
const char *pm_unit(const struct pm_draft *draft, bool several);
const char *pm_basis_name(enum pm_basis basis);           /* NULL for none */
const char *pm_confidence_name(enum pm_confidence level); /* NULL for none */
/* The name of a feature in the map's language. */
const char *pm_feature_name(const struct pm_draft *draft, const struct pm_feature *feature,
                            const char **lang);
/* How a place of the status file is called on the map. */
char *pm_words_of(const struct pm_draft *draft, enum pm_word word, const struct pm_slot *slots);

#endif
