/* The join: subjects of a status file -> features of an atlas.
 *
 * Order of matching: code; exact name in any language; folded name; alias of the atlas; alias of
 * the user (status file, then --aliases). Similarity only proposes. Every subject that matches
 * nothing, or several features, or a feature that another subject took already, is an error with
 * its place and candidates; options may make a warning of the first.
 *
 * A place with a position of its own is joined to a feature of its name only if that lies within
 * 10 km; else it is a place that only the status file knows, with a warning if the shapes know the
 * name elsewhere. */
#ifndef PM_INPUT_JOIN_H
#define PM_INPUT_JOIN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/place_names.h" /* PM_NONE */
#include "model/atlas.h"
#include "model/status.h"

struct pm_join_options {
    const struct pm_aliases *aliases; /* besides the status file's; or NULL */
    bool unmatched_warns;     /* unknown names are warnings, and what bears them is left out */
    const char *const *focus; /* keys of areas, or of parents, that --focus names */
    size_t focus_count;
};

enum pm_match_how {
    PM_MATCH_UNKNOWN,   /* nothing answers to the name; candidates are proposals */
    PM_MATCH_AMBIGUOUS, /* several do: the candidates */
    PM_MATCH_TAKEN,     /* the one candidate belongs to another subject */
    PM_MATCH_POSITION,  /* a place that only the status file knows, with lon and lat */
    PM_MATCH_CODE,      /* from here on there is a feature */
    PM_MATCH_NAME,
    PM_MATCH_FOLDED,
    PM_MATCH_ALIAS,
    PM_MATCH_OWN_ALIAS, /* an alias of the user */
};

/* How a subject was matched. */
struct pm_match {
    size_t feature; /* or PM_NONE */
    enum pm_match_how how;
    struct pm_found candidates;
};

/* Some areas, by number. */
struct pm_focus {
    size_t *areas;
    size_t count;
};

struct pm_join {
    /* by feature of the areas and places layers: index of its subject in the status, or PM_NONE */
    size_t *area_subject;
    size_t *place_subject;
    /* by subject */
    struct pm_match *area_match;
    struct pm_match *place_match;
    size_t *place_in; /* by place of the status: the area its "in" names, or PM_NONE */
    /* by event: the area and place it names, or PM_NONE; the place of the status, if only that knows
     * it; and how that came */
    size_t *event_area;
    size_t *event_place;
    size_t *event_own_place;
    struct pm_match *event_area_match;
    struct pm_match *event_place_match;
    struct pm_focus *insets; /* by inset of the status */
    size_t *focus;           /* areas that options.focus means, each parent's areas one by one */
    size_t focus_count;
    size_t unmatched; /* subjects that are left out, as options allow it */
};

/* Joins all areas, places and events. False if there was any error; *join is complete for the
 * subjects that matched otherwise. `options` may be NULL. */
bool pm_join(const struct pm_atlas *atlas, const struct pm_status *status,
             const struct pm_join_options *options, struct pm_arena *arena, struct pm_join *join,
             struct pm_diags *diags);

#endif
