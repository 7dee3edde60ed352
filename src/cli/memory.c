/* MADV_HUGEPAGE is none of POSIX's. */
#define _DEFAULT_SOURCE
#include "cli/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include "base/banned.h"

/* Of glibc: a block of more than MOST_BLOCK can't lie in a heap, that of a thread has 64 MiB, and BLOCK_HEAD is what
 * malloc keeps with a block. */
enum {
    MIB = 1024 * 1024,
    LARGE_PAGE = 2 * MIB,
    HEAP = 256 * MIB,
    MOST_BLOCK = 32 * MIB,
    THREAD_HEAP = MOST_BLOCK - MIB,
    BLOCK_HEAD = 2 * sizeof(size_t)
};
enum { PER_THREAD = 200 }; /* MiB of addresses: its stack, its heap, what libraries map for it */

size_t memory_limit(void)
{
    struct rlimit limit;
    bool limited = getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    return limited ? (size_t)(limit.rlim_cur / MIB) + 1 : 0; /* rounded up: 0 says something else */
}

size_t memory_threads(size_t wanted)
{
    size_t limit = memory_limit(),
           most = limit ? limit / PER_THREAD + (limit < PER_THREAD) : wanted;
    return wanted < most ? wanted : most;
}

size_t memory_threads_at_once(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return memory_threads(processors > 0 ? (size_t)processors : 1);
}

#if defined __GLIBC__ && defined MADV_HUGEPAGE

/* Room that nobody has touched counts, too, against the limits of addresses and of data. */
static bool is_limited(void)
{
    struct rlimit data;
    return memory_limit() || (getrlimit(RLIMIT_DATA, &data) == 0 && data.rlim_cur != RLIM_INFINITY);
}

/* Gives the heap of this thread room to grow into, which is addresses and no memory yet, and asks for large pages
 * there. Where the system won't, all goes on without. `block`: what is to be asked of malloc for it. Returns what lies
 * before the first large page, to be freed when the heap is not needed any more: nobody touches it. */
static void *make_room(size_t room, size_t block)
{
    char *first = malloc(block);
    size_t before = (size_t)(-(uintptr_t)first % LARGE_PAGE);
    if (!first)
        return NULL;
    madvise(first + before, room - before, MADV_HUGEPAGE);
    free(first);
    return before > BLOCK_HEAD ? malloc(before - BLOCK_HEAD) : NULL;
}
#endif

void *memory_prepare(void)
{
    void *before = NULL;
#if defined __GLIBC__ && defined MADV_HUGEPAGE
    mallopt(M_MMAP_THRESHOLD, MOST_BLOCK);
    mallopt(M_TRIM_THRESHOLD, 1024 * MIB);
    mallopt(M_TOP_PAD, HEAP);
    if (!is_limited())
        before = make_room(HEAP, LARGE_PAGE);
    mallopt(M_TOP_PAD, MIB);
#endif
    return before;
}

void memory_share(size_t threads)
{
#ifdef __GLIBC__
    bool tight = threads == 1 && memory_limit();
    if (!getenv("MALLOC_ARENA_MAX"))
        mallopt(M_ARENA_MAX, tight ? 1 : (int)threads + 1);
#endif
}

void *memory_prepare_thread(void)
{
#if defined __GLIBC__ && defined MADV_HUGEPAGE
    return is_limited() ? NULL : make_room(THREAD_HEAP, THREAD_HEAP);
#else
    return NULL;
#endif
}
