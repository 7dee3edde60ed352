/* What is kept is what would be written. */
#include "check.h"

#include "output/tracings.h"

enum { PATHS = 40 };

static double random_place(uint32_t *seed)
{
    return check_random(seed) % 80000 / 100.0 - 80;
}

/* The same for the same number. The first points of all numbers from a multiple of four on are the same. */
static struct pm_path path_of(uint32_t number)
{
    struct pm_path path = {0};
    uint32_t seed = number / 4 * 7919 + 1;
    for (int i = 0; i < 20; i++)
        (i ? pm_path_line : pm_path_move)(&path, random_place(&seed), random_place(&seed));
    if (number % 4 == 1)
        pm_path_close(&path);
    if (number % 4 == 2)
        path.points.v[19].x = nextafter(path.points.v[19].x, 1000);
    if (number % 4 == 3)
        pm_path_curve(&path, (struct pm_pt){1, 2}, (struct pm_pt){3, 4}, (struct pm_pt){5, 6});
    return path;
}

static void write_paths(struct pm_tracings *tracings, uint32_t first)
{
    pm_tracings_begin(tracings);
    for (uint32_t i = first; i < first + PATHS; i++) {
        struct pm_path path = path_of(i);
        struct pm_str got = {0}, wanted = {0};
        pm_str_add(&got, "before ");
        pm_str_add(&wanted, "before ");
        pm_tracings_add(tracings, &path, &got);
        pm_path_data(&path, &wanted);
        assert_string_equal(got.s, wanted.s);
        pm_str_finish(&got);
        pm_str_finish(&wanted);
        pm_path_finish(&path);
    }
}

/* Files that have all, half and nothing of the one before; with room for all, for some and for none. */
static void what_is_kept_is_what_would_be_written(void **state)
{
    static const uint32_t firsts[] = {0, 0, 0, PATHS / 2, PATHS / 2, 500, 0, 3, 500};
    static const size_t rooms[] = {1 << 20, 20000, 3000, 1, 0};
    (void)state;
    for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
        struct pm_tracings *tracings = pm_tracings_new(rooms[r]);
        for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
            write_paths(tracings, firsts[i]);
            assert_true(pm_tracings_size(tracings) <= rooms[r]);
        }
        pm_tracings_free(tracings);
    }
    write_paths(NULL, 0);
    pm_tracings_free(NULL);
}

static void nothing_is_kept_of_the_first_file(void **state)
{
    (void)state;
    struct pm_tracings *tracings = pm_tracings_new(1 << 20);
    write_paths(tracings, 0);
    assert_int_equal(pm_tracings_size(tracings), 0);
    write_paths(tracings, 0);
    size_t kept = pm_tracings_size(tracings);
    assert_true(kept > 0);
    write_paths(tracings, 0);
    assert_int_equal(pm_tracings_size(tracings), kept); /* each once */
    pm_tracings_free(tracings);
}

static void an_empty_path_is_nothing(void **state)
{
    (void)state;
    struct pm_tracings *tracings = pm_tracings_new(1 << 20);
    struct pm_path path = {0};
    struct pm_str out = {0};
    pm_tracings_begin(tracings);
    pm_tracings_begin(tracings);
    pm_tracings_add(tracings, &path, &out);
    assert_int_equal(out.n, 0);
    assert_int_equal(pm_tracings_size(tracings), 0);
    pm_tracings_free(tracings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_what_would_be_written),
        cmocka_unit_test(nothing_is_kept_of_the_first_file),
        cmocka_unit_test(an_empty_path_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
