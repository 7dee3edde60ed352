/* The project's own data: shapes and styles by bare name. */
#ifndef PM_INPUT_DATA_DIR_H
#define PM_INPUT_DATA_DIR_H

#include "base/arena.h"

/* The path of `name` in the sub-folder ("shapes", "styles") of the data folder: PROVMAP_DATA if that is set, else
 * the source tree of this build, else the installed folder; NULL if it is in none. `suffix` is
 * added to the name ("" or ".json"). */
char *pm_data_find(struct pm_arena *arena, const char *folder, const char *name,
                   const char *suffix);
/* The names in that sub-folder, sorted, for messages. */
size_t pm_data_list(struct pm_arena *arena, const char *folder, const char ***names);

/* What `name` in a file means: a path from the file's folder on if there is such a thing, or it has a slash;
 * else a bare name. */
const char *pm_data_name(struct pm_arena *arena, const char *file, const char *name);

#endif
