/* Preloaded before provmap's libraries: makes calls of the system fail, or files change, at a given moment.
 *
 *   FAULT_CALL    write, fsync, close, rename, open, fchmod, mkdir, read (pread, too), thread: what fails
 *   FAULT_ERROR   ENOSPC and the like; or SHORT (a part is written), EINTR (every second call), KILL (the process is
 *                 killed), CUT (the file is cut to half before the call), SCRAMBLE (its second half is overwritten),
 *                 SWAP (another file is renamed over it)
 *   FAULT_AT      of write the bytes, of others the calls that go well before; without it 0
 *   FAULT_FILE    only of files, and of threads of programs, whose name ends so; without it ".tmp" */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long done; /* bytes or calls that have gone well */
static bool changed;

static const struct {
    const char *name;
    int number;
} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EDQUOT", EDQUOT}, {"EACCES", EACCES},
              {"EROFS", EROFS},   {"EMFILE", EMFILE}, {"EPERM", EPERM}};

static const char *word(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value ? value : otherwise;
}

static bool is(const char *variable, const char *value)
{
    return strcmp(word(variable, ""), value) == 0;
}

static bool ends(const char *path)
{
    const char *ending = word("FAULT_FILE", ".tmp");
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

static const char *path_of(int fd, char *path, size_t size)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, size - 1);
    path[n > 0 ? n : 0] = '\0';
    return path;
}

static bool meant(const char *call, const char *path)
{
    return is("FAULT_CALL", call) && ends(path);
}

static bool meant_fd(const char *call, int fd)
{
    char path[4096];
    return is("FAULT_CALL", call) && ends(path_of(fd, path, sizeof path));
}

static long limit(void)
{
    return atol(word("FAULT_AT", "0"));
}

/* What becomes of a call that is to fail; returns if it goes on in spite of it. */
static bool strike(void)
{
    if (is("FAULT_ERROR", "KILL"))
        raise(SIGKILL);
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (is("FAULT_ERROR", errors[i].name)) {
            errno = errors[i].number;
            return false;
        }
    return true;
}

/* Of a call that is counted: does it fail? */
static bool fails(void)
{
    return done++ >= limit() && !strike();
}

static void change(const char *path)
{
    static const char other[] = ".other";
    char name[4200];
    struct stat info;
    if (changed || done++ < limit() || stat(path, &info) != 0)
        return;
    changed = true;
    if (is("FAULT_ERROR", "CUT"))
        truncate(path, info.st_size / 2);
    if (is("FAULT_ERROR", "SWAP")) {
        snprintf(name, sizeof name, "%s%s", path, other);
        rename(name, path);
    }
    FILE *file = is("FAULT_ERROR", "SCRAMBLE") ? fopen(path, "r+b") : NULL;
    if (file) {
        fseek(file, info.st_size / 2, SEEK_SET);
        for (long i = info.st_size / 2; i < info.st_size; i++)
            putc((int)(i * 37 & 0xFF), file);
        fclose(file);
    }
}

static void change_fd(const char *call, int fd)
{
    char path[4096];
    if (is("FAULT_CALL", call) && ends(path_of(fd, path, sizeof path)))
        change(path);
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *data, size_t size)
{
    ssize_t (*real)(int, const void *, size_t) =
        REAL("write", ssize_t (*)(int, const void *, size_t));
    static int calls;
    if (!meant_fd("write", fd))
        return real(fd, data, size);
    if (is("FAULT_ERROR", "SHORT"))
        return real(fd, data, size > 1000 ? 1000 : size);
    if (is("FAULT_ERROR", "EINTR") && ++calls % 2) {
        errno = EINTR;
        return -1;
    }
    if (is("FAULT_ERROR", "EINTR"))
        return real(fd, data, size > 5000 ? 5000 : size);
    long left = limit() - done;
    if (left >= (long)size) {
        done += (long)size;
        return real(fd, data, size);
    }
    if (left > 0) { /* what still has room */
        done += left;
        return real(fd, data, (size_t)left);
    }
    return strike() ? real(fd, data, size) : -1;
}

int fsync(int fd)
{
    return meant_fd("fsync", fd) && fails() ? -1 : REAL("fsync", int (*)(int))(fd);
}

int close(int fd)
{
    if (is("FAULT_ERROR", "CUT"))
        change_fd("close", fd);
    bool failed = !is("FAULT_ERROR", "CUT") && meant_fd("close", fd) && fails();
    int why = errno;
    int code = REAL("close", int (*)(int))(fd); /* it is closed all the same */
    errno = failed ? why : errno;
    return failed ? -1 : code;
}

int fchmod(int fd, mode_t mode)
{
    return meant_fd("fchmod", fd) && fails() ? -1 : REAL("fchmod", int (*)(int, mode_t))(fd, mode);
}

int rename(const char *from, const char *to)
{
    return meant("rename", from) && fails()
               ? -1
               : REAL("rename", int (*)(const char *, const char *))(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return meant("mkdir", path) && fails() ? -1
                                           : REAL("mkdir", int (*)(const char *, mode_t))(path, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return meant("open", path) && fails() ? -1
                                          : REAL("open", int (*)(const char *, int, ...))(path, flags, mode);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *user)
{
    Dl_info info;
    void *address = NULL;
    memcpy(&address, &start, sizeof address);
    if (dladdr(address, &info) && meant("thread", info.dli_fname) && done++ >= limit())
        return EAGAIN;
    return REAL("pthread_create", int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))(
        thread, attributes, start, user);
}

ssize_t read(int fd, void *data, size_t size)
{
    change_fd("read", fd);
    return REAL("read", ssize_t (*)(int, void *, size_t))(fd, data, size);
}

ssize_t pread(int fd, void *data, size_t size, off_t at)
{
    change_fd("read", fd);
    return REAL("pread", ssize_t (*)(int, void *, size_t, off_t))(fd, data, size, at);
}
