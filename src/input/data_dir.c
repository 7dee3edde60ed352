#include "input/data_dir.h"

#include "base/file.h"
#include "base/str.h"
#include "base/banned.h"

/* PROVMAP_DATA alone if it is set: a slip in it must not lead to other data. Else what the build
 * says: its source tree, or the installed data. */
static const char *data_folder(void)
{
    const char *own = getenv("PROVMAP_DATA");
    const char *const folders[] = {
#ifdef PM_SOURCE_DATA_DIR
        PM_SOURCE_DATA_DIR,
#endif
#ifdef PM_INSTALL_DATA_DIR
        PM_INSTALL_DATA_DIR,
#endif
        "",
    };
    if (own && *own)
        return pm_is_folder(own) ? own : NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (*folders[i] && pm_is_folder(folders[i]))
            return folders[i];
    return NULL;
}

char *pm_data_find(struct pm_arena *arena, const char *folder, const char *name, const char *suffix)
{
    const char *data = data_folder();
    if (!data || !*name || strchr(name, '/') || name[0] == '.')
        return NULL;
    char *path = pm_sprintf(arena, "%s/%s/%s%s", data, folder, name, suffix);
    return pm_is_folder(path) || pm_is_file(path) ? path : NULL;
}

/* Folders, and files that end in .json without the ending; README.md and the like are no data. */
size_t pm_data_list(struct pm_arena *arena, const char *folder, const char ***names)
{
    const char *data = data_folder(), **all = NULL;
    size_t count = data ? pm_list_folder(arena, pm_path_join(arena, data, folder), &all) : 0,
           kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *dot = strrchr(all[i], '.');
        if (!dot)
            all[kept++] = all[i];
        else if (pm_streq(dot, ".json"))
            all[kept++] = pm_strndup(arena, all[i], (size_t)(dot - all[i]));
    }
    *names = all;
    return kept;
}

const char *pm_data_name(struct pm_arena *arena, const char *file, const char *name)
{
    const char *path = pm_path_beside(arena, file, name);
    return pm_is_folder(path) || pm_is_file(path) || strchr(name, '/') ? path : name;
}
