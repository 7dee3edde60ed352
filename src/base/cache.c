#include "base/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/banned.h"

enum { FIRST_BUCKETS = 16 };

/* In two chains: of those whose keys, and of those whose values fall into one bucket. What nobody holds is in a
 * third, in the order in which it was released. */
struct entry {
    struct entry *next_by_key, *next_by_value;
    struct entry *older, *younger;
    uint64_t hash; /* of the key */
    void *key;
    size_t key_size;
    struct pm_cached cached; /* no value while it is being made */
    void (*free)(void *value);
    size_t holders;
};

struct pm_cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct entry **by_key, **by_value;
    size_t buckets, count;           /* a power of two; entries */
    struct entry *oldest, *youngest; /* of those that nobody holds */
    size_t size, most;               /* what these take, and may */
};

static struct entry **key_bucket(const struct pm_cache *cache, uint64_t hash)
{
    return &cache->by_key[hash & (cache->buckets - 1)];
}

static struct entry **value_bucket(const struct pm_cache *cache, const void *value)
{
    return &cache->by_value[pm_hash_u64((uint64_t)(uintptr_t)value) & (cache->buckets - 1)];
}

/* ---- chains ----------------------------------------------------------------------------------- */

static void chain_by_key(struct pm_cache *cache, struct entry *entry)
{
    struct entry **bucket = key_bucket(cache, entry->hash);
    entry->next_by_key = *bucket;
    *bucket = entry;
}

static void chain_by_value(struct pm_cache *cache, struct entry *entry)
{
    struct entry **bucket = value_bucket(cache, entry->cached.value);
    entry->next_by_value = *bucket;
    *bucket = entry;
}

static void resize(struct pm_cache *cache, size_t buckets)
{
    struct entry **old = cache->by_key;
    size_t count = cache->buckets;
    free(cache->by_value);
    cache->by_key = pm_xcalloc(buckets, sizeof(struct entry *));
    cache->by_value = pm_xcalloc(buckets, sizeof(struct entry *));
    cache->buckets = buckets;
    for (size_t i = 0; i < count; i++)
        for (struct entry *entry = old[i], *next; entry; entry = next) {
            next = entry->next_by_key;
            chain_by_key(cache, entry);
            if (entry->cached.value)
                chain_by_value(cache, entry);
        }
    free(old);
}

/* Nobody holds it any more. */
static void put_by(struct pm_cache *cache, struct entry *entry)
{
    entry->older = cache->youngest;
    entry->younger = NULL;
    *(cache->youngest ? &cache->youngest->younger : &cache->oldest) = entry;
    cache->youngest = entry;
    cache->size += entry->cached.size;
}

static void take_up(struct pm_cache *cache, struct entry *entry)
{
    *(entry->older ? &entry->older->younger : &cache->oldest) = entry->younger;
    *(entry->younger ? &entry->younger->older : &cache->youngest) = entry->older;
    cache->size -= entry->cached.size;
}

/* Of those that nobody holds. */
static void drop(struct pm_cache *cache, struct entry *entry)
{
    struct entry **link = key_bucket(cache, entry->hash);
    take_up(cache, entry);
    while (*link != entry)
        link = &(*link)->next_by_key;
    *link = entry->next_by_key;
    link = value_bucket(cache, entry->cached.value);
    while (*link != entry)
        link = &(*link)->next_by_value;
    *link = entry->next_by_value;
    cache->count--;
    entry->free(entry->cached.value);
    free(entry->key);
    free(entry);
}

/* ---- what others see --------------------------------------------------------------------------- */

struct pm_cache *pm_cache_new(size_t most)
{
    struct pm_cache *cache = pm_xcalloc(1, sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    cache->most = most;
    resize(cache, FIRST_BUCKETS);
    return cache;
}

void pm_cache_free(struct pm_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < cache->buckets; i++)
        for (struct entry *entry = cache->by_key[i], *next; entry; entry = next) {
            next = entry->next_by_key;
            entry->free(entry->cached.value);
            free(entry->key);
            free(entry);
        }
    free(cache->by_key);
    free(cache->by_value);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static struct entry *find(const struct pm_cache *cache, const void *key, size_t key_size,
                          uint64_t hash)
{
    struct entry *entry = *key_bucket(cache, hash);
    while (entry && !(entry->hash == hash && entry->key_size == key_size &&
                      memcmp(entry->key, key, key_size) == 0))
        entry = entry->next_by_key;
    return entry;
}

static struct entry *add(struct pm_cache *cache, const void *key, size_t key_size, uint64_t hash)
{
    struct entry *entry = pm_xcalloc(1, sizeof *entry);
    if (++cache->count > cache->buckets)
        resize(cache, 2 * cache->buckets);
    entry->hash = hash;
    entry->key = pm_xrealloc(NULL, 1, key_size);
    entry->key_size = key_size;
    memcpy(entry->key, key, key_size);
    chain_by_key(cache, entry);
    return entry;
}

const void *pm_cache_get(struct pm_cache *cache, const void *key, size_t key_size,
                         const struct pm_maker *maker)
{
    uint64_t hash = pm_hash_bytes(key, key_size, 0);
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, key, key_size, hash);
    if (entry) {
        if (entry->holders++ == 0)
            take_up(cache, entry);
        while (!entry->cached.value)
            pthread_cond_wait(&cache->made, &cache->lock);
    } else {
        entry = add(cache, key, key_size, hash);
        entry->holders = 1;
        entry->free = maker->free;
        pthread_mutex_unlock(&cache->lock);
        struct pm_cached cached = maker->make(maker->user);
        pthread_mutex_lock(&cache->lock);
        entry->cached = cached;
        chain_by_value(cache, entry);
        pthread_cond_broadcast(&cache->made);
    }
    const void *value = entry->cached.value;
    pthread_mutex_unlock(&cache->lock);
    return value;
}

void pm_cache_release(struct pm_cache *cache, const void *value)
{
    if (!value)
        return;
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = *value_bucket(cache, value);
    while (entry->cached.value != value)
        entry = entry->next_by_value;
    if (--entry->holders == 0)
        put_by(cache, entry);
    while (cache->oldest && cache->size > cache->most)
        drop(cache, cache->oldest);
    pthread_mutex_unlock(&cache->lock);
}

void pm_cache_forget(struct pm_cache *cache, bool (*match)(const void *value, void *user),
                     void *user)
{
    pthread_mutex_lock(&cache->lock);
    for (struct entry *entry = cache->oldest, *next; entry; entry = next) {
        next = entry->younger;
        if (match(entry->cached.value, user))
            drop(cache, entry);
    }
    pthread_mutex_unlock(&cache->lock);
}
