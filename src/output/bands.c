#include "output/bands.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <libdeflate.h>

#include "base/arena.h"
#include "output/deflate.h"
#include "output/tiles.h"
#include "base/banned.h"

enum { LEAST_OF_THREAD = 4 /* bands that are worth one */, MOST_THREADS = 16 };

struct work {
    struct pm_band *bands;
    const struct pm_rows *rows;
    int level;
    size_t count;
    atomic_size_t next; /* band that nobody has */
};

static void pack(const struct work *work, size_t index, struct pm_deflater *deflater, char *bytes)
{
    struct pm_band *band = &work->bands[index];
    int y0 = (int)index * PM_TILE_SIDE, y1 = y0 + PM_TILE_SIDE, height = work->rows->height;
    band->size = work->rows->put(work->rows->user, y0, y1 < height ? y1 : height, bytes);
    band->sum = libdeflate_adler32(1, bytes, band->size);
    pm_deflate_part(deflater, bytes, band->size, &band->packed);
}

static void *pack_some(void *user)
{
    struct work *work = user;
    struct pm_deflater *deflater = pm_deflater_new(work->level);
    char *bytes = pm_xrealloc(NULL, PM_TILE_SIDE, work->rows->row_size);
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->count;)
        if (work->bands[i].packed.n == 0)
            pack(work, i, deflater, bytes);
    free(bytes);
    pm_deflater_free(deflater);
    return NULL;
}

/* Starts up to `most` threads, on which no signal is handled; returns how many there are. */
static size_t start_threads(pthread_t *threads, size_t most, struct work *work)
{
    sigset_t all, before;
    size_t count = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (count < most && pthread_create(&threads[count], NULL, pack_some, work) == 0)
        count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return count;
}

/* Beside the caller's. */
static size_t threads_for(const struct work *work, int threads)
{
    size_t empty = 0, most = threads < MOST_THREADS ? (size_t)threads : MOST_THREADS;
    for (size_t i = 0; i < work->count; i++)
        empty += work->bands[i].packed.n == 0;
    most = most < empty / LEAST_OF_THREAD ? most : empty / LEAST_OF_THREAD;
    return most > 1 ? most - 1 : 0;
}

size_t pm_band_count(int height)
{
    return ((size_t)height + PM_TILE_SIDE - 1) / PM_TILE_SIDE;
}

void pm_bands_pack(struct pm_band *bands, const struct pm_rows *rows, struct pm_packing packing)
{
    struct work work = {bands, rows, packing.level, pm_band_count(rows->height), 0};
    pthread_t threads[MOST_THREADS];
    size_t started = packing.threads > 1
                         ? start_threads(threads, threads_for(&work, packing.threads), &work)
                         : 0;
    pack_some(&work);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}
