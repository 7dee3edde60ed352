/* The cache: what is made once, who waits, and what is dropped. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/cache.h"

enum { THREADS = 8, ROUNDS = 400, KEYS = 5 };

struct factory {
    size_t size;
    int made, freed;
    pthread_mutex_t lock; /* of the counts, where threads use it */
};

/* A value knows its factory, so that freeing it can be counted. */
struct value {
    struct factory *factory;
    int number;
};

static struct pm_cached make(void *user)
{
    struct factory *factory = user;
    struct value *value = malloc(sizeof *value);
    assert_non_null(value);
    pthread_mutex_lock(&factory->lock);
    *value = (struct value){factory, factory->made++};
    pthread_mutex_unlock(&factory->lock);
    return (struct pm_cached){value, factory->size};
}

static void free_value(void *user)
{
    struct value *value = user;
    pthread_mutex_lock(&value->factory->lock);
    value->factory->freed++;
    pthread_mutex_unlock(&value->factory->lock);
    free(value);
}

static const struct value *get(struct pm_cache *cache, struct factory *factory, const char *key)
{
    return pm_cache_get(cache, key, strlen(key), &(struct pm_maker){make, free_value, factory});
}

static void what_is_there_is_not_made_again(void **state)
{
    struct factory factory = {.size = 10, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(100);
    (void)state;
    const struct value *a = get(cache, &factory, "a");
    assert_ptr_equal(get(cache, &factory, "a"), a);
    assert_ptr_not_equal(get(cache, &factory, "ab"), a); /* a key is all its bytes */
    assert_int_equal(factory.made, 2);
    pm_cache_release(cache, a);
    pm_cache_release(cache, a);
    assert_ptr_equal(get(cache, &factory, "a"), a); /* kept though nobody held it */
    assert_int_equal(factory.freed, 0);
    pm_cache_free(cache);
    assert_int_equal(factory.freed, 2);
}

static void the_longest_unused_is_dropped(void **state)
{
    struct factory factory = {.size = 40, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(100);
    (void)state;
    pm_cache_release(cache, get(cache, &factory, "a"));
    pm_cache_release(cache, get(cache, &factory, "b"));
    pm_cache_release(cache, get(cache, &factory, "a")); /* b is now the older */
    pm_cache_release(cache, get(cache, &factory, "c"));
    assert_int_equal(factory.freed, 1);
    pm_cache_release(cache, get(cache, &factory, "a"));
    pm_cache_release(cache, get(cache, &factory, "c"));
    assert_int_equal(factory.made, 3);
    pm_cache_release(cache, get(cache, &factory, "b"));
    assert_int_equal(factory.made, 4);
    pm_cache_free(cache);
}

static size_t size_now(const void *value)
{
    return ((const struct value *)value)->factory->size;
}

/* As a basemap does, with what is kept with it. */
static void what_grows_while_it_is_held_is_weighed_when_it_is_released(void **state)
{
    struct factory factory = {.size = 40, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(100);
    const struct pm_maker maker = {make, free_value, &factory, size_now};
    (void)state;
    pm_cache_release(cache, pm_cache_get(cache, "a", 1, &maker));
    assert_int_equal(pm_cache_size(cache), 40);
    const struct value *a = pm_cache_get(cache, "a", 1, &maker);
    assert_int_equal(pm_cache_size(cache), 0);
    factory.size = 90;
    pm_cache_release(cache, a);
    assert_int_equal(pm_cache_size(cache), 90);
    factory.size = 20;
    pm_cache_release(cache, pm_cache_get(cache, "b", 1, &maker));
    assert_int_equal(factory.freed, 1);
    assert_int_equal(pm_cache_size(cache), 20);
    pm_cache_free(cache);
}

static void what_is_held_stays_whatever_it_takes(void **state)
{
    struct factory factory = {.size = 1000, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(100);
    (void)state;
    const struct value *a = get(cache, &factory, "a"), *b = get(cache, &factory, "b");
    pm_cache_release(cache, b);
    assert_int_equal(factory.freed, 1);
    assert_int_equal(a->number, 0);
    assert_ptr_equal(get(cache, &factory, "a"), a);
    pm_cache_release(cache, a);
    assert_int_equal(factory.freed, 1); /* it was got twice */
    pm_cache_release(cache, a);
    assert_int_equal(factory.freed, 2);
    pm_cache_release(cache, NULL);
    pm_cache_free(cache);
    pm_cache_free(NULL);
}

static void many_are_found(void **state)
{
    enum { MANY = 1000, MOST = 700, LEAST = 700 - 700 / 8 };
    struct factory factory = {.size = 1, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(MOST);
    const struct value *values[MANY];
    (void)state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            char key[16];
            snprintf(key, sizeof key, "%d", i);
            const struct value *value = get(cache, &factory, key);
            assert_true(round == 0 || value == values[i]);
            values[i] = value;
        }
    assert_int_equal(factory.made, MANY);
    for (int i = 0; i < MANY; i++)
        pm_cache_release(cache, values[i]);
    assert_int_equal(factory.freed, 0);
    pm_cache_release_all(cache, (const void *const *)values, MOST);
    assert_int_equal(factory.freed, 0);
    for (int i = MOST; i < MANY; i++)
        pm_cache_release(cache, values[i]);
    assert_in_range(factory.freed, MANY - MOST, MANY - LEAST);
    assert_ptr_equal(get(cache, &factory, "400"), values[400]); /* the first went */
    pm_cache_release(cache, values[400]);
    assert_int_equal(factory.made, MANY);
    pm_cache_release(cache, get(cache, &factory, "0"));
    assert_int_equal(factory.made, MANY + 1);
    pm_cache_free(cache);
    assert_int_equal(factory.freed, MANY + 1);
}

static bool has_number(const void *value, void *user)
{
    return ((const struct value *)value)->number == *(int *)user;
}

static void what_is_forgotten_is_made_again_unless_it_is_held(void **state)
{
    struct factory factory = {.size = 10, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pm_cache *cache = pm_cache_new(100);
    int second = 1;
    (void)state;
    pm_cache_release(cache, get(cache, &factory, "a"));
    const struct value *b = get(cache, &factory, "b");
    pm_cache_release(cache, get(cache, &factory, "c"));
    pm_cache_forget(cache, has_number, &second);
    assert_int_equal(factory.freed, 0);
    assert_ptr_equal(get(cache, &factory, "b"), b);
    pm_cache_release(cache, b);
    pm_cache_release(cache, b);
    pm_cache_forget(cache, has_number, &second);
    assert_int_equal(factory.freed, 1);
    b = get(cache, &factory, "b");
    assert_int_equal(b->number, 3);
    pm_cache_release(cache, b);
    pm_cache_free(cache);
    assert_int_equal(factory.freed, 4);
}

struct worker {
    pthread_t thread;
    struct pm_cache *cache;
    struct factory *factories; /* by key */
    int seed;
};

static void *work(void *user)
{
    struct worker *w = user;
    for (int i = 0; i < ROUNDS; i++) {
        int key = (i * 7 + w->seed) % KEYS;
        const char name[] = {(char)('a' + key), 0};
        const struct value *value = get(w->cache, &w->factories[key], name);
        if (value->factory != &w->factories[key])
            abort();
        pm_cache_release(w->cache, value);
    }
    return NULL;
}

/* Small enough that values are dropped and made again all the time. */
static void threads_get_what_they_asked_for(void **state)
{
    struct factory factories[KEYS];
    struct worker workers[THREADS];
    struct pm_cache *cache = pm_cache_new(25);
    int made = 0, freed = 0;
    (void)state;
    for (int i = 0; i < KEYS; i++)
        factories[i] = (struct factory){.size = 10, .lock = PTHREAD_MUTEX_INITIALIZER};
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.cache = cache, .factories = factories, .seed = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(workers[i].thread, NULL);
    pm_cache_free(cache);
    for (int i = 0; i < KEYS; i++) {
        made += factories[i].made;
        freed += factories[i].freed;
    }
    assert_int_equal(made, freed);
    assert_true(made >= KEYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_not_made_again),
        cmocka_unit_test(the_longest_unused_is_dropped),
        cmocka_unit_test(what_grows_while_it_is_held_is_weighed_when_it_is_released),
        cmocka_unit_test(what_is_held_stays_whatever_it_takes),
        cmocka_unit_test(many_are_found),
        cmocka_unit_test(what_is_forgotten_is_made_again_unless_it_is_held),
        cmocka_unit_test(threads_get_what_they_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
