#include "base/cache.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "base/banned.h"

struct entry {
    void *key;
    size_t key_size;
    struct pm_cached cached; /* no value while it is being made */
    void (*free)(void *value);
    size_t holders;
    unsigned long released; /* when last */
};

struct pm_cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    PM_VEC(struct entry *) entries;
    size_t most;
    unsigned long time; /* counts releases */
};

struct pm_cache *pm_cache_new(size_t most)
{
    struct pm_cache *cache = pm_xcalloc(1, sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    cache->most = most;
    return cache;
}

static void drop(struct pm_cache *cache, size_t index)
{
    struct entry *entry = cache->entries.v[index];
    cache->entries.v[index] = cache->entries.v[--cache->entries.n];
    entry->free(entry->cached.value);
    free(entry->key);
    free(entry);
}

void pm_cache_free(struct pm_cache *cache)
{
    if (!cache)
        return;
    while (cache->entries.n)
        drop(cache, cache->entries.n - 1);
    pm_vec_finish(&cache->entries);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static struct entry *find(const struct pm_cache *cache, const void *key, size_t key_size)
{
    for (size_t i = 0; i < cache->entries.n; i++) {
        struct entry *entry = cache->entries.v[i];
        if (entry->key_size == key_size && memcmp(entry->key, key, key_size) == 0)
            return entry;
    }
    return NULL;
}

static struct entry *add(struct pm_cache *cache, const void *key, size_t key_size)
{
    struct entry *entry = pm_xcalloc(1, sizeof *entry);
    entry->key = pm_xrealloc(NULL, 1, key_size);
    entry->key_size = key_size;
    memcpy(entry->key, key, key_size);
    pm_vec_push(&cache->entries, entry);
    return entry;
}

const void *pm_cache_get(struct pm_cache *cache, const void *key, size_t key_size,
                         const struct pm_maker *maker)
{
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, key, key_size);
    if (entry) {
        entry->holders++;
        while (!entry->cached.value)
            pthread_cond_wait(&cache->made, &cache->lock);
    } else {
        entry = add(cache, key, key_size);
        entry->holders = 1;
        entry->free = maker->free;
        pthread_mutex_unlock(&cache->lock);
        struct pm_cached cached = maker->make(maker->user);
        pthread_mutex_lock(&cache->lock);
        entry->cached = cached;
        pthread_cond_broadcast(&cache->made);
    }
    const void *value = entry->cached.value;
    pthread_mutex_unlock(&cache->lock);
    return value;
}

/* The longest unused of those that nobody holds, and how much these take in all. */
static bool oldest(const struct pm_cache *cache, size_t *index, size_t *size)
{
    bool any = false;
    *size = 0;
    for (size_t i = 0; i < cache->entries.n; i++) {
        const struct entry *entry = cache->entries.v[i];
        if (entry->holders)
            continue;
        *size += entry->cached.size;
        if (!any || entry->released < cache->entries.v[*index]->released)
            *index = i;
        any = true;
    }
    return any;
}

void pm_cache_release(struct pm_cache *cache, const void *value)
{
    size_t index = 0, size = 0;
    if (!value)
        return;
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < cache->entries.n; i++)
        if (cache->entries.v[i]->cached.value == value) {
            cache->entries.v[i]->holders--;
            cache->entries.v[i]->released = ++cache->time;
        }
    while (oldest(cache, &index, &size) && size > cache->most)
        drop(cache, index);
    pthread_mutex_unlock(&cache->lock);
}
