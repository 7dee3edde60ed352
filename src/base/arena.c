#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/format.h"
#include "base/banned.h"

/* Bytes: the first block is small, as most arenas hold little, and each twice as large as the one before, up to BLOCK.
 * What takes more than a quarter of that gets one of its own. */
enum { FIRST = 4 * 1024, BLOCK = 64 * 1024 };

struct pm_arena_block {
    struct pm_arena_block *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

/* Nothing can be said or saved any more; GLib under pango ends the same way. The command tells by errno what it
 * was (cli/fatal.c). */
void pm_out_of_memory(void)
{
    errno = ENOMEM;
    abort();
}

void *pm_xrealloc(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        pm_out_of_memory();
    void *grown = realloc(old, count && size ? count * size : 1);
    if (!grown)
        pm_out_of_memory();
    return grown;
}

void *pm_xcalloc(size_t count, size_t size)
{
    void *zeroed = calloc(count ? count : 1, size ? size : 1);
    if (!zeroed)
        pm_out_of_memory();
    return zeroed;
}

size_t pm_part_size(size_t size)
{
    const size_t align = alignof(max_align_t);
    return (size + align - 1) / align * align;
}

void *pm_put_part(char **rest, const void *from, size_t size)
{
    void *at = *rest;
    *rest += pm_part_size(size);
    return from && size ? memcpy(at, from, size) : at;
}

static struct pm_arena_block *new_block(size_t size, bool zeroed)
{
    struct pm_arena_block *block =
        zeroed ? calloc(1, sizeof *block + size) : malloc(sizeof *block + size);
    if (!block)
        pm_out_of_memory();
    block->used = 0;
    block->size = size;
    return block;
}

/* A large object has a block of its own, behind the head, which keeps filling up. */
static void *own_block(struct pm_arena *arena, size_t size, bool zeroed)
{
    struct pm_arena_block *head = arena->head, *own = new_block(size, zeroed);
    own->next = head ? head->next : NULL;
    *(head ? &head->next : &arena->head) = own;
    own->used = size;
    return own->data;
}

static size_t next_size(const struct pm_arena_block *head, size_t wanted)
{
    size_t size = !head ? FIRST : head->size < BLOCK / 2 ? 2 * head->size : BLOCK;
    return size > wanted ? size : wanted;
}

/* Room for `size` bytes: zeroed, for what is not written at once. Large blocks are zeroed by the system, mostly for
 * nothing, the others only as far as they are used. */
static void *take(struct pm_arena *arena, size_t size, bool zeroed)
{
    size_t wanted = pm_part_size(size ? size : 1);
    if (wanted > BLOCK / 4)
        return own_block(arena, wanted, zeroed);
    struct pm_arena_block *block = arena->head;
    if (!block || block->size - block->used < wanted) {
        block = new_block(next_size(block, wanted), false);
        block->next = arena->head;
        arena->head = block;
    }
    void *at = block->data + block->used;
    block->used += wanted;
    return zeroed ? memset(at, 0, wanted) : at;
}

void *pm_alloc(struct pm_arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 2 - alignof(max_align_t)) / size)
        pm_out_of_memory();
    return take(arena, count * size, true);
}

void *pm_memdup(struct pm_arena *arena, const void *data, size_t size)
{
    void *copy = take(arena, size, false);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *pm_strndup(struct pm_arena *arena, const char *s, size_t length)
{
    char *copy = take(arena, length + 1, false);
    if (length)
        memcpy(copy, s, length);
    copy[length] = '\0';
    return copy;
}

char *pm_strdup(struct pm_arena *arena, const char *s)
{
    return s ? pm_strndup(arena, s, strlen(s)) : NULL;
}

char *pm_vsprintf(struct pm_arena *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    size_t length = pm_format(small, sizeof small, format, args);
    char *out = take(arena, length + 1, false);
    if (length < sizeof small)
        memcpy(out, small, length + 1);
    else
        pm_format(out, length + 1, format, again);
    va_end(again);
    return out;
}

char *pm_sprintf(struct pm_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *out = pm_vsprintf(arena, format, args);
    va_end(args);
    return out;
}

size_t pm_arena_size(const struct pm_arena *arena)
{
    size_t size = 0;
    for (const struct pm_arena_block *block = arena->head; block; block = block->next)
        size += sizeof *block + block->size;
    return size;
}

void pm_arena_finish(struct pm_arena *arena)
{
    struct pm_arena_block *block = arena->head;
    while (block) {
        struct pm_arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->head = NULL;
}
