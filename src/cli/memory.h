/* How the command uses memory. */
#ifndef PM_CLI_MEMORY_H
#define PM_CLI_MEMORY_H

#include <stddef.h>

/* The stages of a map take large blocks one after the other, once: keep those that are free instead of
 * giving them back, and have the system hand out the heap in large pages, as each page that is touched
 * for the first time costs as much as drawing a few thousand pixels. Call it before all else. Returns
 * what is to be freed at the end; may be NULL. */
void *memory_prepare(void);
/* Before so many threads are started: no more heaps than one for each and the first's. What libraries start for a
 * moment, as pango does for each font, takes one of these then. One thread under a limit has
 * no room for a heap of its own. */
void memory_share(size_t threads);
/* What memory_prepare() does, for the heap of the thread that calls it, as the first thing it does. */
void *memory_prepare_thread(void);
/* The limit on addresses (ulimit -v) in MiB; 0 if there is none. */
size_t memory_limit(void);
/* As many of the threads as a map each finds room under the limit; at least one. */
size_t memory_threads(size_t wanted);
/* One for each processor, or as many of them as there may be. */
size_t memory_threads_at_once(void);

#endif
