#include "base/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

struct entry {
    struct entry *next;
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
    struct entry *entries;
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

static void drop(struct entry **link)
{
    struct entry *entry = *link;
    *link = entry->next;
    entry->free(entry->cached.value);
    free(entry->key);
    free(entry);
}

void pm_cache_free(struct pm_cache *cache)
{
    if (!cache)
        return;
    while (cache->entries)
        drop(&cache->entries);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static struct entry *find(const struct pm_cache *cache, const void *key, size_t key_size)
{
    struct entry *entry = cache->entries;
    while (entry && !(entry->key_size == key_size && memcmp(entry->key, key, key_size) == 0))
        entry = entry->next;
    return entry;
}

static struct entry *add(struct pm_cache *cache, const void *key, size_t key_size)
{
    struct entry *entry = pm_xcalloc(1, sizeof *entry);
    entry->key = pm_xrealloc(NULL, 1, key_size);
    entry->key_size = key_size;
    memcpy(entry->key, key, key_size);
    entry->next = cache->entries;
    cache->entries = entry;
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

/* The link to the longest unused of those that nobody holds, NULL if there is none; and how many
 * bytes these take in all. */
static struct entry **oldest(struct pm_cache *cache, size_t *size)
{
    struct entry **found = NULL;
    *size = 0;
    for (struct entry **link = &cache->entries; *link; link = &(*link)->next) {
        if ((*link)->holders)
            continue;
        *size += (*link)->cached.size;
        if (!found || (*link)->released < (*found)->released)
            found = link;
    }
    return found;
}

void pm_cache_release(struct pm_cache *cache, const void *value)
{
    struct entry **link = NULL;
    size_t size = 0;
    if (!value)
        return;
    pthread_mutex_lock(&cache->lock);
    for (struct entry *entry = cache->entries; entry; entry = entry->next)
        if (entry->cached.value == value) {
            entry->holders--;
            entry->released = ++cache->time;
        }
    while ((link = oldest(cache, &size)) && size > cache->most)
        drop(link);
    pthread_mutex_unlock(&cache->lock);
}

void pm_cache_forget(struct pm_cache *cache, bool (*match)(const void *value, void *user),
                     void *user)
{
    pthread_mutex_lock(&cache->lock);
    for (struct entry **link = &cache->entries; *link;)
        if ((*link)->holders == 0 && match((*link)->cached.value, user))
            drop(link);
        else
            link = &(*link)->next;
    pthread_mutex_unlock(&cache->lock);
}
