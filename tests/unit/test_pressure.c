/* Arcs of pressure: which parts of the circle bearings cover, and which curves that is. */
#include "check.h"

#include <math.h>

#include "layout/pressure.h"

static size_t sectors_of(const double *from, size_t count, struct pm_sector *sectors)
{
    const struct pm_pressure pressure = {.by = "x", .from = from, .count = count};
    return pm_pressure_sectors(&pressure, sectors);
}

static void a_bearing_is_a_sixth_of_the_circle(void **state)
{
    struct pm_sector s[PM_MOST_SECTORS];
    const double east[] = {90}, north[] = {0}, turn[] = {360}, between[] = {200.5};
    (void)state;
    assert_int_equal(sectors_of(east, 1, s), 1);
    assert_int_equal(s[0].from, 60);
    assert_int_equal(s[0].to, 120);
    assert_int_equal(sectors_of(north, 1, s), 1);
    assert_int_equal(s[0].from, 330);
    assert_int_equal(s[0].to, 390);
    assert_int_equal(sectors_of(turn, 1, s), 1);
    assert_int_equal(s[0].from, 330);
    assert_int_equal(sectors_of(between, 1, s), 1);
    assert_int_equal(s[0].from, 171);
    assert_int_equal(sectors_of(NULL, 0, s), 0);
}

static void what_nearly_touches_is_one(void **state)
{
    struct pm_sector s[PM_MOST_SECTORS];
    const double winds[] = {45, 0}, apart[] = {0, 71}, near[] = {0, 70}, over[] = {350, 20, 90};
    (void)state;
    assert_int_equal(sectors_of(winds, 2, s), 1);
    assert_int_equal(s[0].to - s[0].from, 105);
    assert_int_equal(sectors_of(apart, 2, s), 2);
    assert_int_equal(sectors_of(near, 2, s), 1);
    assert_int_equal(sectors_of(over, 3, s), 1);
    assert_int_equal(s[0].from, 320);
    assert_int_equal(s[0].to, 480);
}

static void the_order_of_bearings_does_not_matter(void **state)
{
    struct pm_sector a[PM_MOST_SECTORS], b[PM_MOST_SECTORS];
    const double there[] = {10, 100, 200, 290}, back[] = {290, 200, 100, 10, 100};
    (void)state;
    assert_int_equal(sectors_of(there, 4, a), 4);
    assert_int_equal(sectors_of(back, 5, b), 4);
    assert_memory_equal(a, b, 4 * sizeof *a);
}

static void all_around_is_a_siege(void **state)
{
    const double six[] = {0, 60, 120, 180, 240, 300}, five[] = {0, 72, 144, 216, 288};
    struct pm_sector s[PM_MOST_SECTORS];
    (void)state;
    assert_true(pm_pressure_is_siege(&(struct pm_pressure){.by = "x", .around = true}));
    assert_true(pm_pressure_is_siege(&(struct pm_pressure){.by = "x", .from = six, .count = 6}));
    assert_false(pm_pressure_is_siege(&(struct pm_pressure){.by = "x", .from = five, .count = 5}));
    assert_false(pm_pressure_is_siege(&(struct pm_pressure){.by = "x"}));
    assert_int_equal(sectors_of(five, 5, s), PM_MOST_SECTORS);
}

/* Every whole bearing alone and with every other: as many degrees as they cover, none twice. */
static void sectors_hold_their_bearings(void **state)
{
    (void)state;
    for (int a = 0; a < 360; a++)
        for (int b = 0; b < 360; b += 7) {
            const double from[] = {a, b};
            struct pm_sector s[PM_MOST_SECTORS];
            size_t count = sectors_of(from, 2, s);
            int apart = abs(a - b) > 180 ? 360 - abs(a - b) : abs(a - b), covered = 0;
            bool held[2] = {false};
            for (size_t i = 0; i < count; i++) {
                covered += s[i].to - s[i].from;
                for (int k = 0; k < 2; k++)
                    for (int turn = 0; turn <= 360; turn += 360)
                        held[k] |=
                            from[k] + turn - 30 >= s[i].from && from[k] + turn + 30 <= s[i].to;
            }
            assert_true(held[0] && held[1]);
            assert_int_equal(covered, apart <= 70 ? apart + 60 : 120);
        }
}

/* ---- curves -------------------------------------------------------------------------------- */

static struct pm_pt on_curve(const struct pm_pt *p, double t)
{
    double u = 1 - t;
    double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return (struct pm_pt){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                          a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static void arcs_keep_to_their_circle(void **state)
{
    const double turn = 6.28318530717958647692;
    (void)state;
    for (int i = 0; i < 40; i++) {
        double from = 0.3 * i - 4, to = from + turn * (i + 1) / 40;
        struct pm_path path = {0};
        pm_path_move(&path, 50 + 20 * sin(from), 60 - 20 * cos(from));
        pm_path_arc(&path, (struct pm_pt){50, 60}, 20, from, to);
        assert_int_equal(path.points.n, 1 + 3 * ((i + 10) / 10));
        for (size_t k = 0; k + 3 < path.points.n; k += 3)
            for (int t = 0; t <= 16; t++) {
                struct pm_pt p = on_curve(path.points.v + k, t / 16.0);
                assert_true(fabs(hypot(p.x - 50, p.y - 60) - 20) < 0.01);
            }
        struct pm_pt end = path.points.v[path.points.n - 1];
        assert_true(fabs(end.x - 50 - 20 * sin(to)) < 1e-9);
        assert_true(fabs(end.y - 60 + 20 * cos(to)) < 1e-9);
        pm_path_finish(&path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bearing_is_a_sixth_of_the_circle),
        cmocka_unit_test(what_nearly_touches_is_one),
        cmocka_unit_test(the_order_of_bearings_does_not_matter),
        cmocka_unit_test(all_around_is_a_siege),
        cmocka_unit_test(sectors_hold_their_bearings),
        cmocka_unit_test(arcs_keep_to_their_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
