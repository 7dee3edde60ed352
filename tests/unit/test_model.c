/* Dates, colours, texts and boxes. */
#include "check.h"

#include "model/color.h"
#include "model/date.h"
#include "model/geom.h"
#include "model/script.h"
#include "model/text.h"

static void dates_that_exist(void **state)
{
    (void)state;
    pm_date date = 0;
    char iso[16];
    assert_true(pm_date_parse("1970-01-01", &date));
    assert_int_equal(date, 0);
    assert_true(pm_date_parse("2000-02-29", &date));
    pm_date_iso(date, iso);
    assert_string_equal(iso, "2000-02-29");
    static const char *const bad[] = {"2021-02-29",  "1900-02-29", "2021-13-01", "2021-00-10",
                                      "2021-04-31",  "2021-4-1",   "21-04-01",   "2021/04/01",
                                      "2021-04-01T", "",           "0000-01-01", "2021-04-0x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (pm_date_parse(bad[i], &date))
            fail_msg("%s is no date", bad[i]);
}

static void every_day_of_four_centuries(void **state)
{
    (void)state;
    for (pm_date day = -140000; day < 20000; day++) {
        char iso[16];
        pm_date back = 0;
        pm_date_iso(day, iso);
        assert_true(pm_date_parse(iso, &back));
        assert_int_equal(back, day);
    }
}

/* Of months the last day, where one lacks the day, and not one less each time. */
static void intervals(void **state)
{
    static const struct {
        const char *text;
        int days;
    } texts[] = {{"day", 1},    {"week", 7},      {"month", 0},  {"1", 1},  {"010", 10},
                 {"0", -1},     {"36500", 36500}, {"36501", -1}, {"", -1},  {"-1", -1},
                 {"weeks", -1}, {"7.0", -1},      {"1e1", -1},   {" 7", -1}};
    static const char *const months[] = {"2023-10-31", "2023-11-30", "2023-12-31",
                                         "2024-01-31", "2024-02-29", "2024-03-31"};
    pm_date first = 0;
    char iso[16];
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(pm_interval_parse(texts[i].text), texts[i].days);
    assert_true(pm_date_parse(months[0], &first));
    for (int i = 0; i < 6; i++) {
        pm_date_iso(pm_date_later(first, 0, i), iso);
        assert_string_equal(iso, months[i]);
    }
    pm_date_iso(pm_date_later(first, 7, 2), iso);
    assert_string_equal(iso, "2023-11-14");
}

static void colours(void **state)
{
    (void)state;
    pm_color c = 0;
    char hex[8];
    assert_true(pm_color_parse("#DF524B", &c));
    assert_int_equal(c, 0xDF524BFF);
    pm_color_hex(c, hex);
    assert_string_equal(hex, "#df524b");
    assert_true(pm_color_parse("#fa0", &c));
    assert_int_equal(c, 0xFFAA00FF);
    assert_true(pm_color_parse("#11223380", &c));
    assert_near(pm_color_alpha(c), 128 / 255.0, 1e-12);
    assert_true(pm_color_parse("none", &c));
    assert_near(pm_color_alpha(c), 0, 0);
    assert_false(pm_color_parse("red", &c));
    assert_false(pm_color_parse("#12345", &c));
    assert_false(pm_color_parse("#12345g", &c));
    assert_int_equal(pm_color_mix(0xFFFFFFFF, 0x000000FF, 0.5), 0x808080FF);
    assert_near(pm_color_contrast(0xFFFFFFFF, 0x000000FF), 21, 1e-9);
    assert_near(pm_color_contrast(0x777777FF, 0xFFFFFFFF), 4.478, 0.001); /* WCAG's own example */
}

static void texts_fall_back_visibly(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_text text = {0};
    const char *got = NULL;
    assert_null(pm_text_get(&text, "en", &got));
    pm_text_add(&text, &arena, "fa", "هلمند");
    assert_string_equal(pm_text_get(&text, "en", &got), "هلمند");
    assert_string_equal(got, "fa");
    pm_text_add(&text, &arena, "en", "Helmand");
    pm_text_add(&text, &arena, "ps", "");
    assert_string_equal(pm_text_get(&text, "ps", &got), "Helmand");
    assert_string_equal(got, "en");
    pm_text_add(&text, &arena, "", "any");
    assert_string_equal(pm_text_get(&text, "fa-AF", &got), "هلمند");
    assert_string_equal(got, "fa");
    assert_string_equal(pm_text_get(&text, "FA-Arab-AF", NULL), "هلمند");
    assert_string_equal(pm_text_get(&text, "f", NULL), "any");
    assert_string_equal(pm_text_get(&text, "fas", NULL), "any");
    assert_true(pm_lang_covers("fa", "fa-AF") && pm_lang_covers("fa", "FA"));
    assert_false(pm_lang_covers("fa-AF", "fa") || pm_lang_covers("fa", "fas"));
    assert_string_equal(pm_text_get(&text, "ps", NULL), "any");
    assert_string_equal(pm_text_get(&text, "fa", NULL), "هلمند");
    pm_arena_finish(&arena);
}

static void languages(void **state)
{
    (void)state;
    assert_true(pm_is_language("fa") && pm_is_language("zh-Hant-TW") && pm_is_language("prs"));
    assert_false(pm_is_language("") || pm_is_language("f") || pm_is_language("fa+en") ||
                 pm_is_language("fa-") || pm_is_language("fa_AF") || pm_is_language("persian"));
}

static void scripts(void **state)
{
    (void)state;
    assert_int_equal(pm_script_of('a'), PM_SCRIPT_LATIN);
    assert_int_equal(pm_script_of(0xE9), PM_SCRIPT_LATIN);
    assert_int_equal(pm_script_of(0x0490), PM_SCRIPT_CYRILLIC);
    assert_int_equal(pm_script_of(0x06A9), PM_SCRIPT_ARABIC);
    assert_int_equal(pm_script_of(0xFE8E), PM_SCRIPT_ARABIC);
    assert_int_equal(pm_script_of(0x1019), PM_SCRIPT_MYANMAR);
    assert_int_equal(pm_script_of(0xFEFF), PM_SCRIPT_COMMON);
    assert_int_equal(pm_script_of(0x2014), PM_SCRIPT_COMMON);
    assert_int_equal(pm_script_of(0x4E00), PM_SCRIPT_COMMON);
    assert_int_equal(pm_script_of_text("12 – کابل Kabul"), PM_SCRIPT_ARABIC);
    assert_int_equal(pm_script_of_text("12"), PM_SCRIPT_COMMON);
    assert_int_equal(pm_scripts_in("Kabul کابل"),
                     1 << PM_SCRIPT_LATIN | 1 << PM_SCRIPT_COMMON | 1 << PM_SCRIPT_ARABIC);
}

static void boxes(void **state)
{
    (void)state;
    struct pm_box a = pm_box_of(0, 0, 10, 10), b = pm_box_of(10, 0, 5, 5), none = {0, 0, 0, 0};
    assert_false(pm_box_meets(a, b)); /* edges touch */
    assert_true(pm_box_meets(pm_box_grown(a, 1), b));
    assert_near(pm_box_w(pm_box_union(a, b)), 15, 0);
    assert_near(pm_box_w(pm_box_union(none, b)), 5, 0);
    assert_true(pm_box_empty(pm_box_cut(a, b)));
    assert_true(pm_box_inside(pm_box_of(1, 1, 9, 9), a));
    assert_false(pm_box_inside(pm_box_of(1, 1, 9.1, 9), a));
}

static void grid_is_exact(void **state)
{
    (void)state;
    struct pm_grid p = pm_grid_of(-180, 90);
    assert_int_equal(p.x, -1800000000);
    assert_int_equal(p.y, 900000000);
    assert_near(pm_grid_lon(pm_grid_of(61.1234567, 0)), 61.1234567, 1e-12);
}

/* Halves, what is just below or above them, and the grid's ends, of both signs. */
static void rounds_as_lround(void **state)
{
    (void)state;
    static const double ends[] = {0, 0.5, 1, 1.5, 123456.5, 1073741823.5, 1799999999.5, 1800000000};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        for (int k = 0; k < 6; k++) {
            double x = k % 3 == 0   ? ends[i]
                       : k % 3 == 1 ? nextafter(ends[i], 0)
                                    : nextafter(ends[i], 2e9);
            x = k < 3 ? x : -x;
            assert_int_equal(pm_round(x), lround(x));
            assert_true(pm_whole(x) == llround(x));
            assert_true(pm_hundredths(x) == llround(x * 100));
        }
    static const double large[] = {4503599627370495.5, 4503599627370496, 4503599627370497, 9e18};
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        assert_true(pm_whole(large[i]) == llround(large[i]));
        assert_true(pm_whole(-large[i]) == llround(-large[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_that_exist),
        cmocka_unit_test(every_day_of_four_centuries),
        cmocka_unit_test(intervals),
        cmocka_unit_test(colours),
        cmocka_unit_test(texts_fall_back_visibly),
        cmocka_unit_test(languages),
        cmocka_unit_test(scripts),
        cmocka_unit_test(boxes),
        cmocka_unit_test(grid_is_exact),
        cmocka_unit_test(rounds_as_lround),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
