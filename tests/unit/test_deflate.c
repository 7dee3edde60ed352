/* Parts of a stream in any order are the bytes that they were made of. */
#include "check.h"

#include <libdeflate.h>

#include "base/arena.h"
#include "output/deflate.h"

enum { MOST = 200000 };

/* Bytes of some kind: none, noise, runs, few values, and much that is like what was before. */
static size_t some_bytes(uint32_t *seed, char *bytes, size_t most)
{
    uint32_t kind = check_random(seed) % 5, values = 2 + check_random(seed) % 40;
    size_t size = check_random(seed) % (check_random(seed) % 4 ? 3000 : most), at = 0;
    if (kind == 0)
        return check_random(seed) % 3;
    while (at < size) {
        size_t run = kind == 2 ? 1 + check_random(seed) % 600 : 1;
        char value = (char)(kind == 1 ? check_random(seed) : check_random(seed) % values);
        if (kind == 4 && at > 4000 && check_random(seed) % 8 == 0) {
            run = 3 + check_random(seed) % 300;
            for (size_t back = 1 + check_random(seed) % 4000; run && at < size; run--, at++)
                bytes[at] = bytes[at - back];
        }
        for (; run && at < size; run--)
            bytes[at++] = value;
    }
    return size;
}

static void assert_unpacks(const struct pm_str *packed, const struct pm_str *wanted)
{
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    char *got = pm_xrealloc(NULL, wanted->n + 1, 1);
    size_t size = 0;
    assert_int_equal(
        libdeflate_deflate_decompress(z, packed->s, packed->n, got, wanted->n + 1, &size),
        LIBDEFLATE_SUCCESS);
    assert_int_equal(size, wanted->n);
    assert_true(size == 0 || memcmp(got, wanted->s, size) == 0);
    libdeflate_free_decompressor(z);
    free(got);
}

/* Of all levels, on one stream; the sum of all is that of the sums. */
static void parts_in_any_order_are_a_stream(void **state)
{
    (void)state;
    enum { LEVELS = 13, STREAMS = 60 };
    struct pm_deflater *deflaters[LEVELS];
    char *bytes = pm_xrealloc(NULL, MOST, 1);
    uint32_t seed = 5;
    for (int level = 0; level < LEVELS; level++)
        deflaters[level] = pm_deflater_new(level);
    for (int stream = 0; stream < STREAMS; stream++) {
        struct pm_str packed = {0}, all = {0};
        uint32_t sum = 1;
        for (uint32_t parts = check_random(&seed) % 6; parts; parts--) {
            size_t size = some_bytes(&seed, bytes, MOST);
            pm_deflate_part(deflaters[check_random(&seed) % LEVELS], bytes, size, &packed);
            pm_str_addn(&all, bytes, size);
            sum = pm_adler32_join(sum, libdeflate_adler32(1, bytes, size), size);
        }
        pm_deflate_end(&packed);
        assert_unpacks(&packed, &all);
        assert_int_equal(sum, libdeflate_adler32(1, pm_str_get(&all), all.n));
        pm_str_finish(&packed);
        pm_str_finish(&all);
    }
    for (int level = 0; level < LEVELS; level++)
        pm_deflater_free(deflaters[level]);
    free(bytes);
}

static void a_part_is_the_same_whatever_came_before(void **state)
{
    (void)state;
    static const int levels[] = {1, 5};
    char *bytes = pm_xrealloc(NULL, MOST, 1), *others = pm_xrealloc(NULL, MOST, 1);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct pm_deflater *used = pm_deflater_new(levels[i]);
        uint32_t seed = 9;
        for (int round = 0; round < 40; round++) {
            struct pm_deflater *fresh = pm_deflater_new(levels[i]);
            struct pm_str got = {0}, wanted = {0};
            size_t size = some_bytes(&seed, bytes, MOST);
            pm_deflate_part(fresh, bytes, size, &wanted);
            pm_deflate_part(used, others, some_bytes(&seed, others, MOST), &got);
            size_t start = got.n;
            pm_deflate_part(used, bytes, size, &got);
            assert_int_equal(got.n - start, wanted.n);
            assert_memory_equal(got.s + start, wanted.s, wanted.n);
            pm_deflater_free(fresh);
            pm_str_finish(&got);
            pm_str_finish(&wanted);
        }
        pm_deflater_free(used);
    }
    free(bytes);
    free(others);
}

/* Cut short, with wrong bits, or noise: nothing is read or written beyond it, and what is refused is as it was. */
static void what_is_no_stream_is_left_alone(void **state)
{
    (void)state;
    char *bytes = pm_xrealloc(NULL, MOST, 1);
    uint32_t seed = 3;
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
        struct libdeflate_compressor *c = libdeflate_alloc_compressor((int)(round % 13));
        struct pm_str stream = {0};
        size_t size = some_bytes(&seed, bytes, 2000);
        pm_str_add(&stream, "before");
        pm_str_reserve(&stream, libdeflate_deflate_compress_bound(c, size));
        stream.n += libdeflate_deflate_compress(c, bytes, size, stream.s + 6, stream.cap - 6);
        for (uint32_t flips = check_random(&seed) % 3; flips; flips--)
            stream.s[6 + check_random(&seed) % (stream.n - 6)] ^=
                (char)(1U << check_random(&seed) % 8);
        if (check_random(&seed) % 3 == 0)
            stream.n = 6 + check_random(&seed) % (stream.n - 6);
        if (check_random(&seed) % 8 == 0)
            for (size_t i = 6; i < stream.n; i++)
                stream.s[i] = (char)check_random(&seed);
        struct pm_str before = {0};
        pm_str_addn(&before, stream.s, stream.n);
        if (!pm_deflate_open(&stream, 6)) {
            refused++;
            assert_int_equal(stream.n, before.n);
            assert_memory_equal(stream.s, before.s, before.n);
        } else {
            assert_true(stream.n > before.n);
        }
        assert_memory_equal(stream.s, "before", 6);
        pm_str_finish(&before);
        pm_str_finish(&stream);
        libdeflate_free_compressor(c);
    }
    assert_true(refused > 1000 && refused < 3900);
    free(bytes);
}

/* What fills up the last byte may be anything; the header of the next block takes its place. */
static void what_fills_up_the_last_byte_does_not_matter(void **state)
{
    static const char empty[] = {'\x03', '\xFC'}; /* an empty block of fixed codes, and six ones */
    struct pm_deflater *deflater = pm_deflater_new(5);
    struct pm_str packed = {0}, all = {0};
    (void)state;
    pm_str_addn(&packed, empty, sizeof empty);
    pm_str_add(&all, "Helmand");
    assert_true(pm_deflate_open(&packed, 0));
    pm_deflate_part(deflater, all.s, all.n, &packed);
    pm_deflate_end(&packed);
    assert_unpacks(&packed, &all);
    pm_deflater_free(deflater);
    pm_str_finish(&packed);
    pm_str_finish(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_in_any_order_are_a_stream),
        cmocka_unit_test(a_part_is_the_same_whatever_came_before),
        cmocka_unit_test(what_is_no_stream_is_left_alone),
        cmocka_unit_test(what_fills_up_the_last_byte_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
