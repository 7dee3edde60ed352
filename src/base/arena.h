/* Arena: memory of one lifetime, freed at once.
 *
 * Every object of provmap with more than a handful of parts owns one arena and puts all of them
 * in it, so that freeing it is one call and nothing can leak or dangle on its own. Memory comes
 * zeroed: a zeroed struct is a valid empty one everywhere. A zeroed `struct pm_arena` is a valid
 * empty arena. Out of memory aborts. */
#ifndef PM_BASE_ARENA_H
#define PM_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct pm_arena_block;

struct pm_arena {
    struct pm_arena_block *head;
};

/* `count` objects of `size` bytes, zeroed, aligned for any type. Never NULL, also for 0 objects;
 * an overflowing product aborts. */
void *pm_alloc(struct pm_arena *arena, size_t count, size_t size);
#define PM_NEW(arena, type) ((type *)pm_alloc((arena), 1, sizeof(type)))
#define PM_NEW_N(arena, type, count) ((type *)pm_alloc((arena), (count), sizeof(type)))

/* Copies; a NULL string stays NULL. pm_strndup copies exactly `length` bytes and adds a NUL. */
char *pm_strdup(struct pm_arena *arena, const char *s);
char *pm_strndup(struct pm_arena *arena, const char *s, size_t length);
void *pm_memdup(struct pm_arena *arena, const void *data, size_t size);

/* printf into the arena. No %f, %g or %e: they follow the locale (see str.h). */
char *pm_sprintf(struct pm_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *pm_vsprintf(struct pm_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Bytes that it holds. */
size_t pm_arena_size(const struct pm_arena *arena);
void pm_arena_finish(struct pm_arena *arena);

/* malloc/realloc that abort when memory runs out; for heap-owned arrays (vec.h, str.h). */
void *pm_xrealloc(void *old, size_t count, size_t size);
/* The same, zeroed: large ones cost nothing until they are used. */
void *pm_xcalloc(size_t count, size_t size);
/* Parts that lie in one block, one behind the other. How much of it a part of so many bytes takes; and a copy of it at
 * `*rest`, which moves on. NULL is not copied: what is there stays. */
size_t pm_part_size(size_t size);
void *pm_put_part(char **rest, const void *from, size_t size);
/* Aborts, with errno ENOMEM. */
_Noreturn void pm_out_of_memory(void);

#endif
