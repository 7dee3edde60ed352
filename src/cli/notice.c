#include "cli/notice.h"

#include "base/diag.h"
#include "base/banned.h"

#ifdef PM_INOTIFY

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdalign.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/clock.h"
#include "cli/signals.h"
#include "cli/target.h"

enum {
    MOST_LINKS = 8, /* from one to the next */
    EVENTS = 16 * 1024,
    WATCHED = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB |
              IN_ONLYDIR,
};

struct file {
    const char *path;
    struct timespec stamp; /* of its last change; zero: it is not there */
    bool changed;
};

/* A step on the way to a file: its folder, as inotify numbers it, and its path, of which only the last part
 * matters. */
struct step {
    int folder;
    const char *path;
    size_t file;
};

struct notice {
    int events;     /* descriptor */
    sigset_t stops; /* signals that end the wait */
    struct pm_arena arena;
    PM_VEC(struct file) files;
    PM_VEC(struct step) steps;
    size_t next; /* file to be looked at by notice_next */
    int refused; /* errno of a folder that can't be watched */
};

/* ---- signals --------------------------------------------------------------------------------- */

static void do_nothing(int number)
{
    (void)number;
}

/* A signal that came has its usual handler again: so the next one ends the process at once, however long it is at
 * work, and nobody needs to write down that it came. */
static void catch_signals(const sigset_t *stops)
{
    struct sigaction action = {.sa_handler = do_nothing, .sa_flags = SA_RESETHAND | SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 1; i < SIGRTMIN; i++)
        if (sigismember(stops, i) == 1)
            sigaction(i, &action, NULL);
}

/* The signal that came, or 0. */
static int signal_that_came(const sigset_t *stops)
{
    struct sigaction action;
    for (int i = 1; i < SIGRTMIN; i++)
        if (sigismember(stops, i) == 1 && sigaction(i, NULL, &action) == 0 &&
            action.sa_handler == SIG_DFL)
            return i;
    return 0;
}

/* Until there is an event, a signal, or so many milliseconds have passed (negative: no end). Signals are let in while
 * it waits only, so that none comes between looking and waiting. Returns the signal that came, or 0. */
static int wait_for_event(const struct notice *notice, double ms)
{
    struct timespec time = {(time_t)(ms / 1e3), (long)(ms > 0 ? ms * 1e6 : 0) % 1000000000L};
    sigset_t before;
    fd_set set;
    FD_ZERO(&set);
    FD_SET(notice->events, &set);
    sigprocmask(SIG_BLOCK, &notice->stops, &before);
    int signal = signal_that_came(&notice->stops);
    if (!signal &&
        pselect(notice->events + 1, &set, NULL, NULL, ms < 0 ? NULL : &time, &before) < 0)
        signal = signal_that_came(&notice->stops);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return signal;
}

/* ---- making ---------------------------------------------------------------------------------- */

struct notice *notice_new(struct pm_diags *diags)
{
    struct notice *notice = pm_xcalloc(1, sizeof *notice);
    notice->events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (notice->events >= 0) {
        signals_that_stop(&notice->stops);
        catch_signals(&notice->stops);
        return notice;
    }
    pm_error(diags, PM_FAULT_INTERNAL, "no-watching", (struct pm_place){0},
             "the system does not tell which files change: %s", strerror(errno));
    free(notice);
    return NULL;
}

void notice_free(struct notice *notice)
{
    if (!notice)
        return;
    close(notice->events);
    pm_vec_finish(&notice->files);
    pm_vec_finish(&notice->steps);
    pm_arena_finish(&notice->arena);
    free(notice);
}

/* ---- what is watched -------------------------------------------------------------------------- */

/* Where the link at `path` leads, seen from here; NULL if it is none. */
static const char *link_target(struct notice *notice, const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0)
        return NULL;
    target[length] = '\0';
    return pm_path_beside(&notice->arena, path, target);
}

static void watch_way(struct notice *notice, size_t file, const char *path, int links)
{
    for (const char *end = path; *end;) {
        const char *begin = end + strspn(end, "/");
        end = begin + strcspn(begin, "/");
        if (begin == end)
            break;
        const char *folder =
            begin == path ? "." : pm_strndup(&notice->arena, path, (size_t)(begin - path));
        const char *so_far = pm_strndup(&notice->arena, path, (size_t)(end - path));
        int watch = inotify_add_watch(notice->events, folder, WATCHED);
        if (watch < 0 && errno == EACCES) /* to pass through, not to list */
            continue;
        if (watch < 0) {
            notice->refused = errno == ENOENT || errno == ENOTDIR ? notice->refused : errno;
            break;
        }
        pm_vec_push(&notice->steps, (struct step){watch, so_far, file});
        const char *target = links < MOST_LINKS ? link_target(notice, so_far) : NULL;
        if (target)
            watch_way(notice, file, target, links + 1);
    }
}

static bool has_folder(const struct step *steps, size_t count, int folder)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i].folder == folder)
            return true;
    return false;
}

static const struct file *find_file(const struct file *files, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].path, path) == 0)
            return &files[i];
    return NULL;
}

static bool is_before(struct timespec a, struct timespec b)
{
    return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

static struct file look_at(const char *path)
{
    struct stat info;
    struct file file = {.path = path};
    if (stat(path, &info) == 0)
        file.stamp = info.st_ctim;
    return file;
}

void notice_files(struct notice *notice, const char *const *paths, size_t count,
                  struct timespec since, struct pm_diags *diags)
{
    struct notice old = *notice;
    notice->arena = (struct pm_arena){0};
    memset(&notice->files, 0, sizeof notice->files);
    memset(&notice->steps, 0, sizeof notice->steps);
    notice->next = 0;
    for (size_t i = 0; i < count; i++) {
        const char *path = pm_strdup(&notice->arena, paths[i]);
        watch_way(notice, i, path, 0);
        struct file file = look_at(path);
        const struct file *before = find_file(old.files.v, old.files.n, path);
        bool seen = before && !is_before(before->stamp, file.stamp);
        file.changed = !seen && !is_before(file.stamp, since);
        pm_vec_push(&notice->files, file);
    }
    for (size_t i = 0; i < old.steps.n; i++)
        if (!has_folder(notice->steps.v, notice->steps.n, old.steps.v[i].folder))
            inotify_rm_watch(notice->events, old.steps.v[i].folder);
    pm_vec_finish(&old.files);
    pm_vec_finish(&old.steps);
    pm_arena_finish(&old.arena);
    if (notice->refused && !old.refused) {
        pm_error(diags, PM_FAULT_INTERNAL, "no-watching", (struct pm_place){0},
                 "the system refuses to watch all folders: %s", strerror(notice->refused));
        pm_help(diags, "raise fs.inotify.max_user_watches (see sysctl)");
    }
}

/* ---- what happens ------------------------------------------------------------------------------- */

/* A plain file that was just made is yet to be filled, and its closing is told. */
static bool is_begun(const struct inotify_event *event, const char *path)
{
    struct stat info;
    return event->mask & IN_CREATE && lstat(path, &info) == 0 && S_ISREG(info.st_mode) &&
           info.st_nlink == 1;
}

/* The index, table, coordinate system or encoding of a .shp, which counts with it: it may not have been there. */
static bool is_beside(const char *shp, const char *name)
{
    size_t length = strlen(shp);
    return pm_has_ending(shp, ".shp") && target_is_input_name(name, true) &&
           strlen(name) == length && strncmp(shp, name, length - strlen("shp")) == 0;
}

static bool is_of(const struct step *step, const struct inotify_event *event)
{
    const char *name = pm_path_base(step->path);
    if (step->folder != event->wd || event->len == 0)
        return false;
    return (strcmp(name, event->name) == 0 && !is_begun(event, step->path)) ||
           is_beside(name, event->name);
}

static bool take_event(struct notice *notice, const struct inotify_event *event)
{
    bool changed = false;
    for (size_t i = 0; i < notice->files.n && event->mask & IN_Q_OVERFLOW; i++)
        changed = notice->files.v[i].changed = true; /* what, nobody knows */
    for (size_t i = 0; i < notice->steps.n; i++)
        if (is_of(&notice->steps.v[i], event))
            changed = notice->files.v[notice->steps.v[i].file].changed = true;
    return changed;
}

static bool take_events(struct notice *notice)
{
    alignas(struct inotify_event) char buffer[EVENTS];
    bool changed = false;
    for (ssize_t n; (n = read(notice->events, buffer, sizeof buffer)) > 0;)
        for (const char *at = buffer; at < buffer + n;) {
            const struct inotify_event *event = (const void *)at;
            changed |= take_event(notice, event);
            at += sizeof *event + event->len;
        }
    return changed;
}

bool notice_wait(struct notice *notice, double ms, int *signal)
{
    double begin = clock_ms();
    bool changed = false;
    for (size_t i = 0; i < notice->files.n && ms < 0; i++)
        changed |= notice->files.v[i].changed;
    while (!changed && !*signal) {
        double left = ms < 0 ? ms : ms - (clock_ms() - begin);
        if (ms >= 0 && left <= 0)
            break;
        *signal = wait_for_event(notice, left);
        changed = take_events(notice);
    }
    return changed;
}

const char *notice_next(struct notice *notice)
{
    while (notice->next < notice->files.n) {
        struct file *file = &notice->files.v[notice->next++];
        if (file->changed) {
            file->changed = false;
            return file->path;
        }
    }
    notice->next = 0;
    return NULL;
}

#else

struct notice *notice_new(struct pm_diags *diags)
{
    pm_error(diags, PM_FAULT_INTERNAL, "no-watching", (struct pm_place){0},
             "provmap watch is not available here: it needs inotify of Linux");
    return NULL;
}

void notice_free(struct notice *notice)
{
    (void)notice;
}

void notice_files(struct notice *notice, const char *const *paths, size_t count,
                  struct timespec since, struct pm_diags *diags)
{
    (void)notice, (void)paths, (void)count, (void)since, (void)diags;
}

bool notice_wait(struct notice *notice, double ms, int *signal)
{
    (void)notice, (void)ms, (void)signal;
    return false;
}

const char *notice_next(struct notice *notice)
{
    (void)notice;
    return NULL;
}

#endif
