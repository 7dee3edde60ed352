/* What is packed comes out again as it was, through another's unpacker, whatever the rows. */
#include "check.h"

#include <stdlib.h>

#include <libdeflate.h>

#include "base/hash.h"
#include "output/deflate.h"

/* A byte of a picture. */
typedef unsigned char byte_fn(const struct pm_rows *rows, size_t row, size_t at);

static uint32_t noise(size_t row, size_t at)
{
    const size_t place[] = {row, at};
    return (uint32_t)(pm_hash_bytes(place, sizeof place, 1) >> 32);
}

static unsigned char zero(const struct pm_rows *rows, size_t row, size_t at)
{
    (void)rows;
    (void)row;
    (void)at;
    return 0;
}

static unsigned char any(const struct pm_rows *rows, size_t row, size_t at)
{
    (void)rows;
    return (unsigned char)noise(row, at);
}

/* Lines from the upper right to the lower left, as textures have. */
static unsigned char slanted(const struct pm_rows *rows, size_t row, size_t at)
{
    return (row + at / rows->pixel) % 11 < 3 ? 40 : 250;
}

/* Areas with edges of many colours, each row somewhat different. */
static unsigned char areas(const struct pm_rows *rows, size_t row, size_t at)
{
    size_t x = at / rows->pixel, in = (x + row / 3 + noise(row, x / 50) % 3) % 50;
    return (unsigned char)(in == 0 ? noise(1, noise(row, x) % 300 + at % rows->pixel)
                                   : x / 50 * 37 % 256);
}

/* Pixels that never repeat within reach, so that no match hides their first bytes, each of which comes as often as
 * the next two: their codes would be longer than they may be. */
static unsigned char rarer_and_rarer(const struct pm_rows *rows, size_t row, size_t at)
{
    size_t number = row * (rows->length / rows->pixel) + at / rows->pixel;
    unsigned rank = 0;
    if (at % rows->pixel)
        return (unsigned char)(number >> 4 * (at % rows->pixel - 1) & 15);
    while (rank < 20 && noise(rank, number) % 1000 < 618)
        rank++;
    return (unsigned char)(100 + rank);
}

/* Packs a picture and unpacks it again; returns the packed size. */
static size_t there_and_back(size_t count, size_t width, size_t pixel, byte_fn *byte)
{
    struct pm_rows rows = {.count = count, .length = 1 + width * pixel, .pixel = pixel};
    size_t size = rows.count * rows.length, got = 0;
    unsigned char *bytes = malloc(size), *back = malloc(size);
    struct pm_str out = {0};
    for (size_t i = 0; i < size; i++)
        bytes[i] = i % rows.length ? byte(&rows, i / rows.length, i % rows.length - 1) : 0;
    rows.bytes = bytes;
    pm_str_add(&out, "before");
    pm_deflate(&out, &rows);
    assert_memory_equal(out.s, "before", 6);
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(z, out.s + 6, out.n - 6, back, size, &got),
                     LIBDEFLATE_SUCCESS);
    assert_int_equal(got, size);
    assert_memory_equal(back, bytes, size);
    libdeflate_free_decompressor(z);
    size_t packed = out.n - 6;
    pm_str_finish(&out);
    free(bytes);
    free(back);
    return packed;
}

static byte_fn *const pictures[] = {zero, any, slanted, areas, rarer_and_rarer};
enum { PICTURES = sizeof pictures / sizeof *pictures };
static const size_t pixels[] = {1, 3, 4};

static void all_sizes_of_small_pictures(void **state)
{
    (void)state;
    for (size_t i = 0; i < PICTURES; i++)
        for (size_t k = 0; k < 3; k++)
            for (size_t count = 1; count < 5; count++)
                for (size_t width = 1; width < 100; width += 1 + width / 20)
                    there_and_back(count, width, pixels[k], pictures[i]);
}

/* Several blocks; rows longer than what a match reaches back, too. */
static void large_pictures(void **state)
{
    (void)state;
    for (size_t i = 0; i < PICTURES; i++)
        for (size_t k = 0; k < 3; k++) {
            there_and_back(300, 400, pixels[k], pictures[i]);
            there_and_back(4, 40000, pixels[k], pictures[i]);
            there_and_back(20000, 1, pixels[k], pictures[i]);
        }
}

static void what_repeats_is_small(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        size_t size = 300 * 400 * pixels[k];
        assert_in_range(there_and_back(300, 400, pixels[k], zero), 1, size / 200);
        assert_in_range(there_and_back(300, 400, pixels[k], slanted), 1, size / 60);
        assert_in_range(there_and_back(300, 400, pixels[k], any), 1, size + size / 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_sizes_of_small_pictures),
        cmocka_unit_test(large_pictures),
        cmocka_unit_test(what_repeats_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
