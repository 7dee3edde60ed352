/* The join: subjects of a status file -> features of an atlas.
 *
 * Order of matching: code; exact name in any language; folded name; alias (of the atlas, then of
 * the status file). Similarity only proposes. Every subject that matches nothing, or two features,
 * or a feature that another subject took already, is an error with its place and candidates.
 *
 * A place with a position of its own is joined to a feature of its name only if that lies within
 * 10 km; else it is a place that only the status file knows (with a warning when the two are so
 * near, within 100 km, that one of them is likely a slip). */
#ifndef PM_INPUT_JOIN_H
#define PM_INPUT_JOIN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/place_names.h" /* PM_NONE */
#include "model/atlas.h"
#include "model/status.h"

struct pm_join {
    /* by feature of the areas and places layers: index of its subject in the status, or PM_NONE */
    size_t *area_subject;
    size_t *place_subject;
    /* by subject: index of its feature, or PM_NONE (a place with a position of its own) */
    size_t *subject_area;
    size_t *subject_place;
    size_t *place_in; /* by place of the status: the area its "in" names, or PM_NONE */
    /* by event: the area and place it names, or PM_NONE */
    size_t *event_area;
    size_t *event_place;
};

/* Joins all areas, places and events. False if there was any error; *join is complete otherwise. */
bool pm_join(const struct pm_atlas *atlas, const struct pm_status *status, struct pm_arena *arena,
             struct pm_join *join, struct pm_diags *diags);

/* One area by a key given on the command line (--focus); PM_NONE and an error of fault
 * PM_FAULT_USAGE if there is none. `what` names the option in the message. */
size_t pm_join_area(const struct pm_atlas *atlas, const char *key, const char *what,
                    struct pm_diags *diags);

#endif
