#include "cli/target.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "base/banned.h"

void usage_error(struct pm_diags *diags, const char *id, const char *message, const char *what)
{
    pm_error(diags, PM_FAULT_USAGE, id, (struct pm_place){0}, "%s%s%s%s", message,
             what ? " \"" : "", what ? what : "", what ? "\"" : "");
}

void target_refuse_input(struct pm_diags *diags, const char *path)
{
    usage_error(diags, "output-is-input", "will not overwrite an input:", path);
    pm_help(diags, "name another file to write");
}

bool target_is_stream(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool same_node(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool same_folder(const char *a, const char *b)
{
    struct stat x, y;
    struct pm_arena arena = {0};
    bool same = stat(pm_path_beside(&arena, a, "."), &x) == 0 &&
                stat(pm_path_beside(&arena, b, "."), &y) == 0 && same_node(&x, &y);
    pm_arena_finish(&arena);
    return same;
}

static bool same_name(const char *a, const char *b)
{
    struct pm_str x = {0}, y = {0};
    pm_fold_path(pm_path_base(a), &x);
    pm_fold_path(pm_path_base(b), &y);
    bool same = strcmp(pm_str_get(&x), pm_str_get(&y)) == 0;
    pm_str_finish(&x);
    pm_str_finish(&y);
    return same;
}

bool target_same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (!a || !b || target_is_stream(a) || target_is_stream(b))
        return false;
    if (stat(a, &x) == 0 && stat(b, &y) == 0)
        return same_node(&x, &y);
    return same_name(a, b) && same_folder(a, b);
}

bool target_identity(const char *path, struct pm_str *out)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return false;
    pm_str_addf(out, "%llu:%llu", (unsigned long long)info.st_dev, (unsigned long long)info.st_ino);
    return true;
}

void target_whereabouts(const char *path, struct pm_str *out)
{
    struct pm_arena arena = {0};
    size_t length = strlen(path);
    bool found = target_identity(path, out);
    while (!found && length > 0) {
        while (length > 0 && path[length - 1] != '/')
            length--;
        found = target_identity(length ? pm_strndup(&arena, path, length) : ".", out);
        if (found) {
            pm_str_addc(out, '/');
            pm_fold_path(path + length, out);
        }
        length -= length > 0;
    }
    pm_arena_finish(&arena);
}

bool target_is_input_name(const char *path, bool allow_json)
{
    static const char *const endings[] = {".json", ".shp", ".shx", ".dbf", ".prj", ".cpg"};
    for (size_t i = allow_json ? 1 : 0; i < sizeof endings / sizeof *endings; i++)
        if (pm_has_ending(path, endings[i]))
            return true;
    return false;
}

bool target_is_foreign(const char *path, const char *mark)
{
    enum { LOOKED_AT = 256 };
    char begin[LOOKED_AT] = "";
    FILE *file = target_is_stream(path) ? NULL : fopen(path, "rb");
    size_t length = file ? fread(begin, 1, sizeof begin - 1, file) : 0;
    if (file)
        fclose(file);
    begin[length] = '\0';
    return length && !strstr(begin, mark);
}

void target_check(struct pm_diags *diags, const char *path, bool allow_json)
{
    struct pm_arena arena = {0};
    if (target_is_input_name(path, allow_json))
        target_refuse_input(diags, path);
    if (!target_is_stream(path) && !pm_is_folder(pm_path_beside(&arena, path, "."))) {
        const char *why = errno == EACCES ? strerror(errno) : "there is no such folder";
        pm_error(diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file(path), "cannot write it: %s",
                 pm_why_no_folder(&arena, path, why));
    }
    pm_arena_finish(&arena);
}

static enum pm_written write_standard(const char *data, size_t size, struct pm_diags *diags)
{
    if (fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0)
        return PM_WRITE_DONE;
    pm_error(diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file("<stdout>"),
             "cannot write it all");
    return PM_WRITE_FAILED;
}

enum pm_written target_write(const char *path, const char *data, size_t size,
                             struct pm_diags *diags)
{
    return target_is_stream(path) ? write_standard(data, size, diags)
                                  : pm_write_file(path, data, size, diags);
}
