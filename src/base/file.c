#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"
#include "base/banned.h"

/* ---- reading ------------------------------------------------------------------------------- */

static void cannot_read(struct pm_diags *diags, const char *path, int why)
{
    pm_error(diags, PM_FAULT_INPUT, "cannot-read", pm_place_file(path), "cannot read it: %s",
             why == EISDIR ? "it is a folder" : strerror(why));
    if (why == ENOENT)
        pm_help(
            diags,
            "check the name; it starts at the current folder, or, inside a file, at that file's");
    if (why == EISDIR)
        pm_help(diags, "name a file in it");
}

static void too_large(struct pm_diags *diags, const char *path, size_t limit)
{
    bool mega = limit >= 1024 * 1024;
    pm_error(diags, PM_FAULT_INPUT, "too-large", pm_place_file(path), "larger than %zu %s",
             mega ? limit / 1024 / 1024 : limit, mega ? "MiB" : "bytes");
    pm_help(diags, "is it the right file?");
}

/* Is it as `size` and `modified` say? Of what is no plain file, such as a pipe, nobody can tell. */
static bool check_unchanged(int fd, size_t size, struct timespec modified, const char *path,
                            struct pm_diags *diags)
{
    struct stat now;
    if (fstat(fd, &now) != 0 || !S_ISREG(now.st_mode) ||
        ((size_t)now.st_size == size && now.st_mtim.tv_sec == modified.tv_sec &&
         now.st_mtim.tv_nsec == modified.tv_nsec))
        return true;
    pm_error(diags, PM_FAULT_INPUT, "changed", pm_place_file(path),
             "somebody wrote to it while it was read");
    pm_help(diags, "run provmap again when the file is complete");
    return false;
}

/* Reads to the end, but never more than `limit` bytes. */
static bool read_all(int fd, size_t limit, struct pm_str *out, const char *path,
                     struct pm_diags *diags)
{
    char buffer[65536];
    for (;;) {
        ssize_t n = read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            cannot_read(diags, path, errno);
            return false;
        }
        if (n == 0)
            return true;
        pm_str_addn(out, buffer, (size_t)n);
        if (out->n > limit) {
            too_large(diags, path, limit);
            return false;
        }
    }
}

char *pm_read_file(const char *path, size_t limit, struct pm_arena *arena, size_t *length,
                   struct pm_diags *diags)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "<stdin>" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (!standard)
        pm_diags_input(diags, path);
    if (fd < 0) {
        cannot_read(diags, name, errno);
        return NULL;
    }
    struct pm_str text = {0};
    struct stat info = {0};
    bool known = fstat(fd, &info) == 0;
    pm_str_addn(&text, "", 0);
    bool ok = read_all(fd, limit, &text, name, diags) &&
              (!known || check_unchanged(fd, text.n, info.st_mtim, name, diags));
    if (!standard)
        close(fd);
    char *copy = ok ? pm_strndup(arena, text.s, text.n) : NULL;
    *length = text.n;
    pm_str_finish(&text);
    return copy;
}

/* ---- reading piece by piece --------------------------------------------------------------- */

#define PIECE 8192 /* bytes that are read at least */

bool pm_file_open(struct pm_file *file, const char *path, size_t limit, struct pm_diags *diags)
{
    struct stat info;
    pm_diags_input(diags, path);
    *file = (struct pm_file){.fd = open(path, O_RDONLY | O_CLOEXEC)};
    file->opened = file->fd >= 0;
    bool known = file->opened && fstat(file->fd, &info) == 0;
    if (!known || S_ISDIR(info.st_mode)) {
        cannot_read(diags, path, known ? EISDIR : errno);
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        pm_error(diags, PM_FAULT_INPUT, "cannot-read", pm_place_file(path),
                 "cannot read it: it is no plain file");
        return false;
    }
    file->size = (size_t)info.st_size;
    file->modified = info.st_mtim;
    if (file->size > limit)
        too_large(diags, path, limit);
    return file->size <= limit;
}

void pm_file_close(struct pm_file *file)
{
    if (file->opened)
        close(file->fd);
    free(file->piece);
    *file = (struct pm_file){0};
}

bool pm_file_check(const struct pm_file *file, const char *path, struct pm_diags *diags)
{
    return check_unchanged(file->fd, file->size, file->modified, path, diags);
}

size_t pm_file_read(const struct pm_file *file, size_t offset, void *out, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t n = pread(file->fd, (char *)out + done, length - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    return done;
}

const unsigned char *pm_file_piece(struct pm_file *file, size_t offset, size_t length)
{
    bool here = offset >= file->at && offset - file->at <= file->length &&
                file->length - (offset - file->at) >= length;
    if (here)
        return file->piece + (offset - file->at);
    size_t wanted = length > PIECE ? length : PIECE;
    if (wanted > file->capacity) {
        file->piece = pm_xrealloc(file->piece, wanted, 1);
        file->capacity = wanted;
    }
    size_t got = pm_file_read(file, offset, file->piece, wanted);
    memset(file->piece + got, 0, wanted - got);
    file->at = offset;
    file->length = wanted;
    return file->piece;
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool cannot_write(struct pm_diags *diags, const char *path, const char *why)
{
    pm_error(diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file(path), "cannot write it: %s",
             why);
    return false;
}

bool pm_file_holds(const char *path, const char *data, size_t size)
{
    struct stat info;
    if (stat(path, &info) != 0 || (size_t)info.st_size != size)
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char buffer[65536];
    size_t at = 0;
    ssize_t n = 0;
    while ((n = read(fd, buffer, sizeof buffer)) > 0 && at + (size_t)n <= size &&
           memcmp(buffer, data + at, (size_t)n) == 0)
        at += (size_t)n;
    close(fd);
    return n == 0 && at == size;
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t n = write(fd, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        data += n;
        size -= (size_t)n;
    }
    return true;
}

/* A file that takes the place of another is on the disk before: a machine that stops leaves one of the two. */
static bool take_over(int fd, const struct stat *old)
{
    return fsync(fd) == 0 && fchmod(fd, old->st_mode & 0777) == 0;
}

enum {
    MOST_TEMPORARY = 100 * 1000
}; /* of one process: its threads', and what killed ones of its number left */

/* A new file beside the target, under a name that is never too long; the number only tells runs
 * apart and reaches no output. */
static int open_temporary(struct pm_arena *arena, const char *target, char **name)
{
    for (int i = 0; i < MOST_TEMPORARY; i++) {
        *name = pm_path_beside(arena, target,
                               pm_sprintf(arena, ".provmap-%ld-%d.tmp", (long)getpid(), i));
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* `old`: the file whose place it takes, or NULL. */
static bool replace(const char *path, const struct stat *old, const char *data, size_t size,
                    struct pm_arena *arena, struct pm_diags *diags)
{
    char *temporary = NULL;
    int fd = open_temporary(arena, path, &temporary);
    if (fd < 0)
        return cannot_write(diags, path, strerror(errno));
    bool ok = write_all(fd, data, size) && (!old || take_over(fd, old));
    int why = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(temporary, path) != 0) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        unlink(temporary);
        return cannot_write(diags, path, strerror(why));
    }
    return true;
}

/* Where a link points, so that the link itself stays. */
static char *follow_link(struct pm_arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    char *copy = pm_strdup(arena, real ? real : path);
    free(real);
    return copy;
}

/* Why what is there can't be written over; NULL if it can, or nothing is there: then there is no `info`. */
static const char *look_at_target(const char *path, struct stat *info, bool *exists, bool *linked)
{
    *exists = lstat(path, info) == 0;
    *linked = *exists && S_ISLNK(info->st_mode);
    if (!*exists)
        return NULL;
    if (*linked && stat(path, info) != 0)
        return "it is a link to nothing";
    return S_ISREG(info->st_mode)   ? NULL
           : S_ISDIR(info->st_mode) ? "it is a folder"
                                    : "it is no plain file";
}

enum pm_written pm_write_file(const char *path, const char *data, size_t size,
                              struct pm_diags *diags)
{
    struct stat info;
    bool exists = false, linked = false;
    const char *why = look_at_target(path, &info, &exists, &linked);
    if (why) {
        cannot_write(diags, path, why);
        return PM_WRITE_FAILED;
    }
    if (exists && pm_file_holds(path, data, size))
        return PM_WRITE_SAME;
    struct pm_arena arena = {0};
    bool ok = replace(linked ? follow_link(&arena, path) : path, exists ? &info : NULL, data, size,
                      &arena, diags);
    pm_arena_finish(&arena);
    return ok ? PM_WRITE_DONE : PM_WRITE_FAILED;
}

const char *pm_why_no_folder(struct pm_arena *arena, const char *path, const char *otherwise)
{
    char *folder = pm_strdup(arena, path);
    for (char *at = strchr(folder + (*folder == '/'), '/'); at; at = strchr(at + 1, '/')) {
        struct stat info;
        *at = '\0';
        bool there = stat(folder, &info) == 0;
        if (there && !S_ISDIR(info.st_mode))
            return pm_sprintf(arena, "\"%s\" is no folder", folder);
        if (!there && lstat(folder, &info) == 0)
            return pm_sprintf(arena, "\"%s\" is a link to nothing", folder);
        *at = '/';
    }
    return otherwise;
}

bool pm_make_folders(const char *path, struct pm_diags *diags)
{
    struct pm_arena arena = {0};
    char *folder = pm_strdup(&arena, path);
    bool ok = true, there = pm_is_folder(pm_path_beside(&arena, path, "."));
    for (char *at = there ? NULL : strchr(folder + (*folder == '/'), '/'); at && ok;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        int why = mkdir(folder, 0777) == 0 ? 0 : errno;
        ok = why == 0 || pm_is_folder(folder);
        if (!ok)
            cannot_write(diags, path, pm_why_no_folder(&arena, path, strerror(why)));
        *at = '/';
    }
    pm_arena_finish(&arena);
    return ok;
}

/* ---- paths --------------------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t pm_list_folder(struct pm_arena *arena, const char *folder, const char ***names)
{
    PM_VEC(const char *) list = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            pm_vec_push(&list, pm_strdup(arena, entry->d_name));
    if (dir)
        closedir(dir);
    size_t count = list.n;
    if (count)
        qsort(list.v, count, sizeof *list.v, compare_names);
    pm_vec_into(&list, arena, names);
    return count;
}

bool pm_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool pm_is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

const char *pm_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool pm_has_ending(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    for (size_t i = 0; n >= m && i < m; i++) {
        char c = path[n - m + i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != ending[i])
            return false;
    }
    return n >= m;
}

char *pm_path_join(struct pm_arena *arena, const char *folder, const char *name)
{
    bool slash = *folder && folder[strlen(folder) - 1] == '/';
    return pm_sprintf(arena, "%s%s%s", folder, slash ? "" : "/", name);
}

char *pm_path_beside(struct pm_arena *arena, const char *file, const char *name)
{
    const char *base = pm_path_base(file);
    if (name[0] == '/' || base == file)
        return pm_strdup(arena, name);
    return pm_sprintf(arena, "%.*s%s", (int)(base - file), file, name);
}

const char *pm_looks_like(const void *data, size_t size)
{
    static const struct {
        const char *begin;
        size_t length;
        const char *what;
    } kinds[] = {
        {"<", 1, "a web page (did the download fail?)"},
        {"\xEF\xBB\xBF<", 4, "a web page (did the download fail?)"},
        {"PK\x03\x04", 4, "a ZIP archive (unpack it)"},
        {"\x1F\x8B", 2, "a gzip archive (unpack it)"},
        {"Rar!", 4, "a RAR archive"},
        {"7z\xBC\xAF", 4, "a 7z archive"},
        {"\x89PNG", 4, "a PNG image"},
        {"\xFF\xD8\xFF", 3, "a JPEG image"},
        {"%PDF", 4, "a PDF"},
        {"{", 1, "JSON"},
        {"SQLite format 3", 15, "a database (GeoPackage?)"},
        {"version https://git-lfs", 23, "a pointer of Git LFS; the file itself was not fetched"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (size >= kinds[i].length && memcmp(data, kinds[i].begin, kinds[i].length) == 0)
            return kinds[i].what;
    return NULL;
}
