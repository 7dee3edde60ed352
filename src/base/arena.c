#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdint.h>

#include "base/banned.h"

enum { BLOCK = 64 * 1024 }; /* bytes; larger objects get a block of their own */

struct pm_arena_block {
    struct pm_arena_block *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

/* Nothing can be said or saved any more; GLib under pango ends the same way. The command tells by errno what it
 * was (cli/fatal.c). */
static _Noreturn void out_of_memory(void)
{
    errno = ENOMEM;
    abort();
}

void *pm_xrealloc(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        out_of_memory();
    void *grown = realloc(old, count && size ? count * size : 1);
    if (!grown)
        out_of_memory();
    return grown;
}

void *pm_xcalloc(size_t count, size_t size)
{
    void *zeroed = calloc(count ? count : 1, size ? size : 1);
    if (!zeroed)
        out_of_memory();
    return zeroed;
}

static struct pm_arena_block *new_block(size_t size)
{
    struct pm_arena_block *block = calloc(1, sizeof *block + size);
    if (!block)
        out_of_memory();
    block->size = size;
    return block;
}

/* A large object's block goes behind the head, which keeps filling up. */
static struct pm_arena_block *block_for(struct pm_arena *arena, size_t size)
{
    struct pm_arena_block *head = arena->head;
    if (head && head->size - head->used >= size)
        return head;
    if (size > BLOCK / 4 && head) {
        struct pm_arena_block *own = new_block(size);
        own->next = head->next;
        head->next = own;
        return own;
    }
    struct pm_arena_block *block = new_block(size > BLOCK ? size : BLOCK);
    block->next = head;
    arena->head = block;
    return block;
}

void *pm_alloc(struct pm_arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size && count > (SIZE_MAX / 2 - align) / size)
        out_of_memory();
    size_t wanted = (count * size + align - 1) / align * align;
    if (wanted == 0)
        wanted = align;
    struct pm_arena_block *block = block_for(arena, wanted);
    void *at = block->data + block->used;
    block->used += wanted;
    return at;
}

void *pm_memdup(struct pm_arena *arena, const void *data, size_t size)
{
    void *copy = pm_alloc(arena, 1, size);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *pm_strndup(struct pm_arena *arena, const char *s, size_t length)
{
    char *copy = pm_alloc(arena, length + 1, 1);
    if (length)
        memcpy(copy, s, length);
    return copy;
}

char *pm_strdup(struct pm_arena *arena, const char *s)
{
    return s ? pm_strndup(arena, s, strlen(s)) : NULL;
}

char *pm_vsprintf(struct pm_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0) /* only for a wide string that is no text: not used here */
        abort();
    char *out = pm_alloc(arena, (size_t)length + 1, 1);
    vsnprintf(out, (size_t)length + 1, format, again);
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
