/* A picture's bands are the same whoever packs them, and only those are packed that are empty. */
#include "check.h"

#include <stdatomic.h>

#include "base/arena.h"
#include "output/bands.h"
#include "output/tiles.h"

enum { MOST_HEIGHT = 1500, WIDTH = 70 };

static struct {
    atomic_int puts[MOST_HEIGHT]; /* of each row */
} told;

static size_t put(const void *user, int y0, int y1, char *bytes)
{
    const char *rows = user;
    for (int y = y0; y < y1; y++)
        atomic_fetch_add(&told.puts[y], 1);
    memcpy(bytes, rows + (ptrdiff_t)y0 * WIDTH, (size_t)(y1 - y0) * WIDTH);
    return (size_t)(y1 - y0) * WIDTH;
}

static void pack(struct pm_band *bands, const char *rows, int height, int level, int threads)
{
    const struct pm_rows what = {height, WIDTH, put, rows};
    for (int y = 0; y < MOST_HEIGHT; y++)
        told.puts[y] = 0;
    pm_bands_pack(bands, &what, (struct pm_packing){level, threads});
}

static void assert_same(const struct pm_band *a, const struct pm_band *b)
{
    assert_true(a->packed.n > 0);
    assert_int_equal(a->packed.n, b->packed.n);
    assert_memory_equal(a->packed.s, b->packed.s, a->packed.n);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->sum, b->sum);
}

static void free_bands(struct pm_band *bands, size_t count)
{
    for (size_t i = 0; i < count; i++)
        pm_str_finish(&bands[i].packed);
    free(bands);
}

/* Some of them are there already, and stay as they are. */
static void check_threads(const char *rows, int height, int level, int threads, uint32_t *seed)
{
    size_t count = pm_band_count(height);
    struct pm_band *alone = pm_xcalloc(count, sizeof *alone);
    struct pm_band *bands = pm_xcalloc(count, sizeof *bands);
    pack(alone, rows, height, level, 1);
    for (int y = 0; y < height; y++)
        assert_int_equal(told.puts[y], 1);
    uint32_t share = check_random(seed) % 3;
    for (size_t i = 0; i < count; i++)
        if (check_random(seed) % 3 < share)
            pm_str_add(&bands[i].packed, "kept");
    pack(bands, rows, height, level, threads);
    for (size_t i = 0; i < count; i++) {
        bool kept = bands[i].packed.n == 4;
        if (kept)
            assert_string_equal(bands[i].packed.s, "kept");
        else
            assert_same(&bands[i], &alone[i]);
        for (int y = (int)i * PM_TILE_SIDE; y < height && y < (int)(i + 1) * PM_TILE_SIDE; y++)
            assert_int_equal(told.puts[y], kept ? 0 : 1);
    }
    free_bands(alone, count);
    free_bands(bands, count);
}

static void any_number_of_threads_packs_the_same(void **state)
{
    (void)state;
    static const int threads[] = {-1, 0, 1, 2, 3, 8, 1000};
    static const int levels[] = {0, 1, 5};
    char *rows = pm_xrealloc(NULL, MOST_HEIGHT, WIDTH);
    uint32_t seed = 3;
    for (size_t i = 0; i < (size_t)MOST_HEIGHT * WIDTH; i++)
        rows[i] = (char)(check_random(&seed) % 3);
    for (int round = 0; round < 20; round++) {
        int height = 1 + (int)(check_random(&seed) % MOST_HEIGHT);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++)
            check_threads(rows, height, levels[(size_t)round % 3], threads[i], &seed);
    }
    free(rows);
}

static void bands_end_with_the_picture(void **state)
{
    (void)state;
    assert_int_equal(pm_band_count(1), 1);
    assert_int_equal(pm_band_count(PM_TILE_SIDE), 1);
    assert_int_equal(pm_band_count(PM_TILE_SIDE + 1), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_packs_the_same),
        cmocka_unit_test(bands_end_with_the_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
