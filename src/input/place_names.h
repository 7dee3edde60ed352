/* Names of one layer -> its features.
 *
 * A name is looked up in four steps: code; exact name in any language; folded name; alias of the
 * atlas. The first step at which any feature answers decides, and all features that answer there
 * are returned: whoever asks must treat several as none. Nothing here is fuzzy; pm_names_near only
 * proposes.
 *
 * A name may be a path "Faryab/Kohistan": the parent's name first. Folding is that of pm_fold
 * (base/str.h), without generic words such as "Province", "Wilayat" or "District". */
#ifndef PM_INPUT_PLACE_NAMES_H
#define PM_INPUT_PLACE_NAMES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/hash.h"
#include "model/atlas.h"

#define PM_NONE ((size_t)-1)

enum { PM_FOUND_SHOWN = 6 };

enum pm_name_step {
    PM_BY_CODE,
    PM_BY_NAME,
    PM_BY_CODE_CASE, /* but for case alone: "1-11" is no "11-1" */
    PM_BY_CASE,   /* name, but for case, accents and signs: "BALTIMORE COUNTY" is no "Baltimore" */
    PM_BY_FOLDED, /* … and without generic words */
    PM_BY_ALIAS,
    PM_NAME_STEPS
};

/* Features that answer to a name, in the order of the layer. */
struct pm_found {
    size_t count;             /* all of them */
    size_t v[PM_FOUND_SHOWN]; /* the first of them */
    enum pm_name_step step;   /* at which they were found */
};

/* Zeroed: a layer without features. All memory lies in the arena given to pm_names_init. */
struct pm_names {
    const struct pm_layer *layer;
    const struct pm_names *areas;         /* the layer that parents are features of, or NULL */
    struct pm_index steps[PM_NAME_STEPS]; /* text -> the last answer to it */
    struct pm_index parent_ids;           /* without `areas`: folded parent -> number */
    size_t *parents;                      /* by feature: its parent's number, or PM_NONE */
    struct pm_name_answer *answers;
    struct pm_name_cache *cache; /* filled by pm_names_near: one thread may call it */
    size_t answer_count;
};

/* `areas`: what the parents of this layer's features are names or codes of (for places); NULL if
 * the parents are known by their names alone (for areas). */
void pm_names_init(struct pm_names *names, const struct pm_layer *layer,
                   const struct pm_names *areas, struct pm_arena *arena);

/* The same names for one who asks pm_names_near, which remembers in this arena. */
struct pm_names pm_names_lent(const struct pm_names *names, struct pm_arena *arena);

/* The number of the parent called `key`, for the functions below; PM_NONE if there is none or more
 * than one. With `areas` it is the index of an area. */
size_t pm_names_parent(const struct pm_names *names, const char *key);

/* What answers to `key`, under `parent` only unless that is PM_NONE. */
struct pm_found pm_names_find(const struct pm_names *names, const char *key, size_t parent);
/* What is called nearly so (spelling.h), the nearest first: one feature, or up to three when others
 * are about as near; namesakes all. Under `parent` if anything there is near enough, else anywhere.
 * The order of the layer decides only between features with the same name and parent. */
struct pm_found pm_names_near(const struct pm_names *names, const char *key, size_t parent);

/* The folded name, in the arena; "" when nothing of it is a letter or digit. */
char *pm_name_folded(struct pm_arena *arena, const char *name);

#endif
