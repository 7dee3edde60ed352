/* Similarity of identifiers (keys, options, ids), letter by letter: proposes, never joins. Names of
 * places are compared by sound (spelling.h). */
#ifndef PM_INPUT_SIMILAR_H
#define PM_INPUT_SIMILAR_H

#include <stddef.h>

/* Damerau-Levenshtein distance (optimal string alignment) between two folded names, in code points,
 * with neighbouring letters swapped counting 1. */
int pm_edit_distance(const char *a, const char *b);
/* Index of the nearest of `names` to `name` (both are folded first), or -1 if none is near enough
 * to be worth proposing (distance <= max(1, length / 3)). First wins on ties. */
int pm_nearest(const char *name, const char *const *names, size_t count);

#endif
