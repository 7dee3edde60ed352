/* Paths as SVG writes them, kept from file to file: maps of a batch have most borders and areas in common, and a number
 * takes longer to print than to compare. Of one thread. A path is known by all its operations and points, to the last
 * bit, so that a file is the same whatever was written before it. */
#ifndef PM_OUTPUT_TRACINGS_H
#define PM_OUTPUT_TRACINGS_H

#include "scene/scene.h"

struct pm_tracings;

/* Keeps up to `most` bytes. */
struct pm_tracings *pm_tracings_new(size_t most);
void pm_tracings_free(struct pm_tracings *tracings); /* accepts NULL */

/* Begins a file. Of the first nothing is kept, as it may be the only one; if there was no room for all of the one
 * before, what that did not need is forgotten. Accepts NULL. */
void pm_tracings_begin(struct pm_tracings *tracings);

/* Appends what pm_path_data does; `tracings` may be NULL. */
void pm_tracings_add(struct pm_tracings *tracings, const struct pm_path *path, struct pm_str *out);

/* Bytes that are kept. */
size_t pm_tracings_size(const struct pm_tracings *tracings);

#endif
