/* A folder of its own for one run of a fuzz target. */
#ifndef PM_FUZZ_FOLDER_H
#define PM_FUZZ_FOLDER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct folder {
    char path[64];
};

static inline struct folder folder_new(void)
{
    struct folder folder = {"/tmp/provmap-fuzz-XXXXXX"};
    if (!mkdtemp(folder.path))
        abort();
    return folder;
}

/* The name with the folder before it, for the next call at most. */
struct folder_path {
    char path[256];
};

static inline struct folder_path folder_path(const struct folder *folder, const char *name)
{
    struct folder_path p;
    snprintf(p.path, sizeof p.path, "%s/%s", folder->path, name);
    return p;
}

static inline void folder_write(const struct folder *folder, const char *name, const uint8_t *data,
                                size_t size)
{
    FILE *file = fopen(folder_path(folder, name).path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static inline void folder_remove(const struct folder *folder, const char *const *names,
                                 size_t count)
{
    for (size_t i = 0; i < count; i++)
        unlink(folder_path(folder, names[i]).path);
    rmdir(folder->path);
}

#endif
