/* Files: reading with a size limit, atomic writing, paths. */
#ifndef PM_BASE_FILE_H
#define PM_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"

/* The whole file ("-": standard input), NUL-terminated, in the arena. NULL and an error of fault
 * PM_FAULT_INPUT (ids "cannot-read", "too-large", "changed") if it can't be read, is larger than `limit` or is
 * written meanwhile. */
char *pm_read_file(const char *path, size_t limit, struct pm_arena *arena, size_t *length,
                   struct pm_diags *diags);

/* A file that is read piece by piece, as it may be large. */
struct pm_file {
    bool opened;
    int fd;
    size_t size;
    struct timespec modified; /* when it was opened */
    unsigned char *piece;     /* what was read last */
    size_t at, length,
        capacity; /* of the piece: where it lies, what it holds, what it has room for */
};

/* False and an error as of pm_read_file. */
bool pm_file_open(struct pm_file *file, const char *path, size_t limit, struct pm_diags *diags);
void pm_file_close(struct pm_file *file);
/* An error "changed" if somebody wrote to it since it was opened: what was read may be half old and half new. */
bool pm_file_check(const struct pm_file *file, const char *path, struct pm_diags *diags);
/* Returns how many bytes there were to read. */
size_t pm_file_read(const struct pm_file *file, size_t offset, void *out, size_t length);
/* `length` bytes, until the next call; zeros behind the file's end. The caller has held `length`
 * against the file's size, if a file named it. */
const unsigned char *pm_file_piece(struct pm_file *file, size_t offset, size_t length);

enum pm_written { PM_WRITE_FAILED, PM_WRITE_DONE, PM_WRITE_SAME };

/* Writes through a temporary file in the target's folder, fsync if there is a file already, and rename: a reader sees
 * the old file or the new one, and a failure leaves the old one. Equal content is not written again. Keeps
 * an existing file's permission bits. Errors have fault PM_FAULT_OUTPUT (id "cannot-write"). */
enum pm_written pm_write_file(const char *path, const char *data, size_t size,
                              struct pm_diags *diags);

/* Is there a file that holds just this? */
bool pm_file_holds(const char *path, const char *data, size_t size);

/* The names in a folder but for those that begin with a dot, sorted by bytes, so that nothing
 * depends on the file system's order; none if it can't be read. Returns how many. */
size_t pm_list_folder(struct pm_arena *arena, const char *folder, const char ***names);

/* Makes the folders in which the file is to lie, those that are missing. An error as of pm_write_file. */
bool pm_make_folders(const char *path, struct pm_diags *diags);
/* That something else stands where the path has a folder; else `otherwise`. */
const char *pm_why_no_folder(struct pm_arena *arena, const char *path, const char *otherwise);

bool pm_is_folder(const char *path);
bool pm_is_file(const char *path);
/* `name` seen from the folder that holds `file`; an absolute name stays. */
char *pm_path_beside(struct pm_arena *arena, const char *file, const char *name);
char *pm_path_join(struct pm_arena *arena, const char *folder, const char *name);
/* What a file that should be something else looks like: "a web page", …; NULL if like nothing
 * known. */
const char *pm_looks_like(const void *data, size_t size);
const char *pm_path_base(const char *path); /* behind the last slash */
/* Does the path end so? Case does not count; `ending` is in small letters. */
bool pm_has_ending(const char *path, const char *ending);

#endif
