/* Hash index: string -> number. Keys are copied into the arena. Iteration order is never used:
 * what reaches an output goes through arrays. */
#ifndef PM_BASE_HASH_H
#define PM_BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct pm_index {
    struct pm_index_slot *slots;
    size_t count, capacity;
};

/* Sets `key`, replacing an earlier value. Slots live in `arena`. */
void pm_index_set(struct pm_index *index, struct pm_arena *arena, const char *key, size_t value);
bool pm_index_get(const struct pm_index *index, const char *key, size_t *value);

uint64_t pm_hash_bytes(const void *data, size_t size, uint64_t seed); /* stable across machines */
/* Mixes all bits. Inline, as it is asked of each number of a map. */
static inline uint64_t pm_hash_u64(uint64_t value)
{
    /* splitmix64 finaliser (Steele, Lea, Flood 2014) */
    value ^= value >> 30;
    value *= 0xBF58476D1CE4E5B9ULL;
    value ^= value >> 27;
    value *= 0x94D049BB133111EBULL;
    return value ^ value >> 31;
}
/* Takes one more value in; what comes of it in the end is mixed by pm_hash_u64(). The factor is the golden ratio's
 * share of 2^64, as D. Knuth has it. */
static inline uint64_t pm_hash_add(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
    return hash ^ hash >> 32;
}

#endif
