/* A window over the file: shapelib seeks before each record, which costs stdio system calls though
 * the next record mostly lies right behind. */
#include "input/shapefile_io.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/banned.h"

struct window {
    int fd;
    off_t at;    /* where the next read begins */
    off_t begin; /* of what the window holds */
    size_t held;
    char bytes[64 * 1024];
};

static SAFile window_open(const char *path, const char *access)
{
    (void)access; /* always "rb" */
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct window *w = pm_xrealloc(NULL, 1, sizeof *w);
    w->fd = fd;
    w->at = w->begin = 0;
    w->held = 0;
    return (SAFile)(void *)w;
}

/* Moves the window to where the next read begins; false at the end of the file. */
static bool window_move(struct window *w)
{
    ssize_t got = pread(w->fd, w->bytes, sizeof w->bytes, w->at);
    w->begin = w->at;
    w->held = got > 0 ? (size_t)got : 0;
    return got > 0;
}

static SAOffset window_read(void *out, SAOffset size, SAOffset count, SAFile file)
{
    struct window *w = (struct window *)(void *)file;
    size_t wanted = size && count <= SIZE_MAX / size ? size * count : 0, done = 0;
    while (done < wanted) {
        bool inside = w->at >= w->begin && w->at < w->begin + (off_t)w->held;
        if (!inside && !window_move(w))
            break;
        size_t skip = (size_t)(w->at - w->begin), n = w->held - skip;
        n = n < wanted - done ? n : wanted - done;
        memcpy((char *)out + done, w->bytes + skip, n);
        done += n;
        w->at += (off_t)n;
    }
    return wanted ? done / size : 0;
}

static SAOffset window_seek(SAFile file, SAOffset offset, int whence)
{
    struct window *w = (struct window *)(void *)file;
    off_t base = whence == SEEK_CUR ? w->at : whence == SEEK_END ? lseek(w->fd, 0, SEEK_END) : 0;
    w->at = base + (off_t)offset;
    return base < 0 || w->at < 0;
}

static SAOffset window_tell(SAFile file)
{
    return (SAOffset)((struct window *)(void *)file)->at;
}

static int window_close(SAFile file)
{
    struct window *w = (struct window *)(void *)file;
    close(w->fd);
    free(w);
    return 0;
}

/* Nothing is ever written beside an input. */
static SAOffset window_write(void *data, SAOffset size, SAOffset count, SAFile file)
{
    (void)data, (void)size, (void)count, (void)file;
    return 0;
}

static int window_flush(SAFile file)
{
    (void)file;
    return 0;
}

void pm_shapefile_io(SAHooks *hooks)
{
    SASetupDefaultHooks(hooks);
    hooks->FOpen = window_open;
    hooks->FRead = window_read;
    hooks->FWrite = window_write;
    hooks->FSeek = window_seek;
    hooks->FTell = window_tell;
    hooks->FFlush = window_flush;
    hooks->FClose = window_close;
}
