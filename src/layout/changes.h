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
    struct pm_tally *places_from, *places_to; /* by look of each draft: places that its file names */
    struct pm_change *areas, *places;
    size_t area_count, place_count;
    struct pm_event_change *events;
    size_t event_count;
};

/* What makes a change: who holds it, how sure that is, and who presses from where. Dates, notes and sources
 * do not. Closed by PM_FIELDS. */
extern const enum pm_field pm_compared[];

/* Both drafts have been begun (pm_layout_begin) with the same atlas and language. Areas and places in the order of the
 * shapes, then places that only a status file knows; events as the files list them. The result is in the
 * arena of `to`. */
struct pm_changes pm_changes_of(struct pm_draft *from, struct pm_draft *to);

#endif
