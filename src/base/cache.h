/* Cache: what was dear to make, kept for whoever wants the same again, in any thread.
 *
 * A value is const from when it is made; its key is bytes that say all it was made from. One thread
 * makes it, others that ask meanwhile wait. Who got it must release it: only what nobody holds may be
 * dropped. When that takes more than the cache may, the longest unused are, until an eighth is free. */
#ifndef PM_BASE_CACHE_H
#define PM_BASE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct pm_cache;

struct pm_cached {
    void *value; /* never NULL */
    size_t size; /* bytes, roughly */
};

/* How values are made and freed. */
struct pm_maker {
    struct pm_cached (*make)(void *user);
    void (*free)(void *value);
    void *user;
    /* What it takes when nobody holds it any more, if that changes; or NULL. */
    size_t (*size)(const void *value);
};

/* Keeps up to `most` bytes that nobody holds. */
struct pm_cache *pm_cache_new(size_t most);
/* Nobody may hold a value any more. Accepts NULL. */
void pm_cache_free(struct pm_cache *cache);
/* The value of the key, made if it is not there. `maker` is called without the lock. */
const void *pm_cache_get(struct pm_cache *cache, const void *key, size_t key_size,
                         const struct pm_maker *maker);
/* What those take that nobody holds. */
size_t pm_cache_size(struct pm_cache *cache);
/* Drops those that `match` and that nobody holds. */
void pm_cache_forget(struct pm_cache *cache, bool (*match)(const void *value, void *user),
                     void *user);
/* Accepts NULL. */
void pm_cache_release(struct pm_cache *cache, const void *value);
/* None may be NULL. */
void pm_cache_release_all(struct pm_cache *cache, const void *const *values, size_t count);

#endif
