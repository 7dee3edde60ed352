#include "base/hash.h"

#include "base/banned.h"

/* Open addressing with linear probing; at most half full. */
struct pm_index_slot {
    const char *key; /* NULL: free */
    uint64_t hash;   /* of the key */
    size_t value;
};

static uint64_t little_endian(uint64_t word)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

uint64_t pm_hash_bytes(const void *data, size_t size, uint64_t seed)
{
    const unsigned char *bytes = data;
    uint64_t hash = pm_hash_add(seed ^ 0xCBF29CE484222325ULL, size), word = 0;
    for (; size >= sizeof word; size -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = pm_hash_add(hash, little_endian(word));
    }
    word = 0;
    if (size)
        memcpy(&word, bytes, size);
    return pm_hash_u64(hash ^ little_endian(word));
}

static uint64_t hash_of(const char *key)
{
    return pm_hash_bytes(key, strlen(key), 0);
}

static size_t find(const struct pm_index *index, const char *key, uint64_t hash)
{
    const struct pm_index_slot *slots = index->slots;
    size_t i = (size_t)hash & (index->capacity - 1);
    while (slots[i].key && (slots[i].hash != hash || strcmp(slots[i].key, key) != 0))
        i = (i + 1) & (index->capacity - 1);
    return i;
}

static void grow(struct pm_index *index, struct pm_arena *arena)
{
    struct pm_index old = *index;
    index->capacity = old.capacity ? old.capacity * 2 : 64;
    index->slots = PM_NEW_N(arena, struct pm_index_slot, index->capacity);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].key)
            index->slots[find(index, old.slots[i].key, old.slots[i].hash)] = old.slots[i];
}

void pm_index_set(struct pm_index *index, struct pm_arena *arena, const char *key, size_t value)
{
    if (2 * (index->count + 1) > index->capacity)
        grow(index, arena);
    uint64_t hash = hash_of(key);
    struct pm_index_slot *slot = &index->slots[find(index, key, hash)];
    if (!slot->key) {
        slot->key = pm_strdup(arena, key);
        slot->hash = hash;
        index->count++;
    }
    slot->value = value;
}

bool pm_index_get(const struct pm_index *index, const char *key, size_t *value)
{
    if (index->count == 0)
        return false;
    const struct pm_index_slot *slot = &index->slots[find(index, key, hash_of(key))];
    if (slot->key)
        *value = slot->value;
    return slot->key != NULL;
}
