/* MADV_HUGEPAGE is none of POSIX's. */
#define _DEFAULT_SOURCE
#include "cli/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include "base/banned.h"

enum { MIB = 1024 * 1024, HEAP = 256 * MIB, LARGE_PAGE = 2 * MIB };
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

#if defined __GLIBC__ && defined MADV_HUGEPAGE

/* Gives the heap room to grow into, which is addresses and no memory yet, and asks for large pages
 * there. Where the system won't, all goes on without. */
static void make_room(void)
{
    mallopt(M_TOP_PAD, HEAP);
    void *first = malloc(LARGE_PAGE);
    uintptr_t start = ((uintptr_t)first + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    if (first)
        madvise((void *)start, HEAP, MADV_HUGEPAGE);
    free(first);
}
#endif

void memory_prepare(void)
{
#if defined __GLIBC__ && defined MADV_HUGEPAGE
    mallopt(M_MMAP_THRESHOLD, 32 * MIB); /* the most that glibc allows */
    mallopt(M_TRIM_THRESHOLD, 1024 * MIB);
    if (!memory_limit())
        make_room();
    mallopt(M_TOP_PAD, MIB);
#endif
}
