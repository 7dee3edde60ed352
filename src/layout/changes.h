/* What differs between two states of one atlas: of another day, or of another status file. */
#ifndef PM_LAYOUT_CHANGES_H
#define PM_LAYOUT_CHANGES_H

#include "layout/table.h"

/* An area or place whose rows differ in a field of pm_compared. */
struct pm_change {
    const struct pm_feature *feature; /* NULL: a place that only a status file knows */
    struct pm_row from, to;           /* of the cells: code, name, and what pm_row_say sets */
};

/* An event of both, but told otherwise; or `from` is NULL, and it is new; or `to` is, and it is lost. */
struct pm_event_change {
    const struct pm_event *from, *to;
};

struct pm_changes {
    const struct pm_draft *from, *to;
    struct pm_tally *places_from,
        *places_to; /* by look of each draft: places that its file names */
    struct pm_change *areas, *places;
    size_t area_count, place_count;
    struct pm_event_change *events;
    size_t event_count;
};

/* What makes a change: who holds it, how sure that is, and who presses from where. Dates, notes and sources
 * do not. Closed by PM_FIELDS. */
extern const enum pm_field pm_compared[];

/* What the status file says of a place of the shapes, or of one that only status files know: NULL for nothing. */
const struct pm_subject *pm_place_subject(const struct pm_draft *draft, size_t feature);
const struct pm_subject *pm_own_place(const struct pm_draft *draft, const char *key);

/* On a map of changes: sets what the state was, and whether that differs. */
void pm_state_compare(const struct pm_draft *draft, struct pm_state *state,
                      const struct pm_state *before);

/* Areas or places that became the same from the same. */
struct pm_transition {
    struct pm_state from, to; /* of the first of them */
    size_t count;
    bool first; /* nothing was known of them before */
};
struct pm_transitions {
    /* in the order of the looks: of what they became, then of what they were; last what is known for the first time */
    struct pm_transition *v;
    size_t count;                     /* of transitions */
    size_t changed, first, unchanged; /* areas or places, in all */
    struct pm_tally *same;            /* by look: what did not change */
};
/* Is the state one of those that the transition counts? */
bool pm_in_transition(const struct pm_state *state, const struct pm_transition *t);
/* Of all areas, or of the places that either status file names. */
struct pm_transitions pm_transitions_of(const struct pm_draft *draft, bool places);

/* Both drafts have been begun (pm_layout_begin) with the same atlas and language. Areas and places in the order of the
 * shapes, then places that only a status file knows; events as the files list them. The result is in the
 * arena of `to`. */
struct pm_changes pm_changes_of(struct pm_draft *from, struct pm_draft *to);

#endif
