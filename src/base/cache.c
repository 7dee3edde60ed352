#include "base/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "base/banned.h"

enum {
    FIRST_BUCKETS = 16,
    SLACK = 8 /* of what the cache may take, so much is emptied at a time */
};

/* In two chains: of those whose keys, and of those whose values fall into one bucket. Threads that get and release what
 * is there write to its last two members and to the beginning of the cache only: a processor waits for what another
 * has written. */
struct entry {
    struct entry *next_by_key, *next_by_value;
    uint64_t hash; /* of the key */
    void *key;
    size_t key_size;
    struct pm_cached cached; /* no value while it is being made */
    void (*free)(void *value);
    size_t (*size)(const void *value);
    size_t holders;
    uint64_t released; /* when; counted in releases */
};

struct pm_cache {
    pthread_mutex_t lock;
    size_t size, most; /* what those take that nobody holds, and may */
    uint64_t now;      /* releases so far */
    struct entry **by_key, **by_value;
    size_t buckets, count; /* a power of two; entries */
    pthread_cond_t made;
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

/* ---- what nobody holds ------------------------------------------------------------------------ */

static void drop(struct pm_cache *cache, struct entry *entry)
{
    struct entry **link = key_bucket(cache, entry->hash);
    while (*link != entry)
        link = &(*link)->next_by_key;
    *link = entry->next_by_key;
    link = value_bucket(cache, entry->cached.value);
    while (*link != entry)
        link = &(*link)->next_by_value;
    *link = entry->next_by_value;
    cache->size -= entry->cached.size;
    cache->count--;
    entry->free(entry->cached.value);
    free(entry->key);
    free(entry);
}

struct idle {
    uint64_t released;
    struct entry *entry;
};

static int compare_ages(const void *a, const void *b)
{
    const struct idle *x = a, *y = b;
    return (x->released > y->released) - (x->released < y->released);
}

/* The longest unused, at once so many that it takes long until it is full again. */
static void make_room(struct pm_cache *cache)
{
    PM_VEC(struct idle) idle = {0};
    for (size_t i = 0; i < cache->buckets; i++)
        for (struct entry *entry = cache->by_key[i]; entry; entry = entry->next_by_key)
            if (!entry->holders)
                pm_vec_push(&idle, (struct idle){entry->released, entry});
    if (idle.n)
        qsort(idle.v, idle.n, sizeof *idle.v, compare_ages);
    for (size_t i = 0; i < idle.n && cache->size > cache->most - cache->most / SLACK; i++)
        drop(cache, idle.v[i].entry);
    pm_vec_finish(&idle);
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
            cache->size -= entry->cached.size;
        while (!entry->cached.value)
            pthread_cond_wait(&cache->made, &cache->lock);
    } else {
        entry = add(cache, key, key_size, hash);
        entry->holders = 1;
        entry->free = maker->free;
        entry->size = maker->size;
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

static void release(struct pm_cache *cache, const void *value)
{
    struct entry *entry = *value_bucket(cache, value);
    while (entry->cached.value != value)
        entry = entry->next_by_value;
    if (--entry->holders == 0) {
        if (entry->size)
            entry->cached.size = entry->size(value);
        cache->size += entry->cached.size;
        entry->released = cache->now++;
    }
}

void pm_cache_release_all(struct pm_cache *cache, const void *const *values, size_t count)
{
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < count; i++)
        release(cache, values[i]);
    if (cache->size > cache->most)
        make_room(cache);
    pthread_mutex_unlock(&cache->lock);
}

void pm_cache_release(struct pm_cache *cache, const void *value)
{
    if (value)
        pm_cache_release_all(cache, &value, 1);
}

size_t pm_cache_size(struct pm_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    size_t size = cache->size;
    pthread_mutex_unlock(&cache->lock);
    return size;
}

void pm_cache_forget(struct pm_cache *cache, bool (*match)(const void *value, void *user),
                     void *user)
{
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < cache->buckets; i++)
        for (struct entry *entry = cache->by_key[i], *next; entry; entry = next) {
            next = entry->next_by_key;
            if (!entry->holders && match(entry->cached.value, user))
                drop(cache, entry);
        }
    pthread_mutex_unlock(&cache->lock);
}
