#include "input/data_dir.h"

#include <dirent.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
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

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t pm_data_list(struct pm_arena *arena, const char *folder, const char ***names)
{
    PM_VEC(const char *) list = {0};
    const char *data = data_folder();
    DIR *dir = data ? opendir(pm_path_join(arena, data, folder)) : NULL;
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        const char *dot = strrchr(entry->d_name, '.');
        bool json = dot && strcmp(dot, ".json") == 0;
        if (entry->d_name[0] != '.' && (!dot || json))
            pm_vec_push(&list,
                        pm_strndup(arena, entry->d_name,
                                   json ? (size_t)(dot - entry->d_name) : strlen(entry->d_name)));
    }
    if (dir)
        closedir(dir);
    size_t count = list.n;
    if (count)
        qsort(list.v, count, sizeof *list.v, compare_names);
    pm_vec_into(&list, arena, names);
    return count;
}
