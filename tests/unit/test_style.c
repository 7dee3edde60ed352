#include "check.h"

#include "base/str.h"
#include "model/style.h"
#include "provmap.h"

static const char *source_file(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/../%s", PM_TEST_DIR, name);
    return path;
}

static size_t size_of(const struct pm_style_key *key)
{
    static const size_t sizes[] = {sizeof(double), sizeof(pm_color), sizeof(bool),
                                   sizeof(const char *), sizeof(int)};
    return sizes[key->type];
}

static bool equal_at(const struct pm_style *a, const struct pm_style *b,
                     const struct pm_style_key *key)
{
    const char *x = (const char *)a + key->offset, *y = (const char *)b + key->offset;
    if (key->type == PM_KEY_STRING)
        return pm_streq(*(const char *const *)(const void *)x,
                        *(const char *const *)(const void *)y);
    return memcmp(x, y, size_of(key)) == 0;
}

/* styles/default.json names every key, with the default of the table. */
static void default_file_is_the_table(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_style *file = pm_style_load(source_file("styles/default.json"), diags);
    struct pm_style *table = pm_style_default();
    assert_non_null(file);
    for (size_t i = 0; i < pm_style_key_count; i++)
        if (!equal_at(file, table, &pm_style_keys[i]))
            fail_msg("%s differs", pm_style_keys[i].path);
    assert_int_equal(file->status_count, table->status_count);
    for (size_t i = 0; i < table->status_count; i++) {
        assert_string_equal(file->statuses[i].id, table->statuses[i].id);
        assert_string_equal(file->statuses[i].side, table->statuses[i].side);
        assert_int_equal(file->statuses[i].fill, table->statuses[i].fill);
        assert_int_equal(file->statuses[i].texture, table->statuses[i].texture);
        assert_int_equal(file->statuses[i].marker, table->statuses[i].marker);
    }
    pm_style_free(file);
    pm_style_free(table);
    pm_diags_free(diags);
}

static void values_are_told_as_they_are_written(void **state)
{
    (void)state;
    struct pm_style *style = pm_style_default();
    for (size_t i = 0; i < pm_style_key_count; i++) {
        struct pm_str out = {0};
        pm_style_get(style, &pm_style_keys[i], &out);
        assert_string_equal(pm_str_get(&out), pm_style_keys[i].initial);
        pm_str_finish(&out);
    }
    struct pm_str colors = {0};
    for (int i = 0; i < 2; i++) {
        style->color.halo = i ? 0x0A0B0C80 : PM_NO_COLOR;
        pm_style_get(style, pm_style_key_of(style, &style->color.halo), &colors);
    }
    assert_string_equal(pm_str_get(&colors), "none#0A0B0C80");
    pm_str_finish(&colors);
    pm_style_free(style);
}

static void every_key_is_in_the_file(void **state)
{
    (void)state;
    FILE *file = fopen(source_file("styles/default.json"), "r");
    assert_non_null(file);
    static char text[65536];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (size_t i = 0; i < pm_style_key_count; i++) {
        char quoted[128];
        const char *dot = strrchr(pm_style_keys[i].path, '.');
        snprintf(quoted, sizeof quoted, "\"%s\":", dot ? dot + 1 : pm_style_keys[i].path);
        if (!strstr(text, quoted))
            fail_msg("%s is not in styles/default.json", pm_style_keys[i].path);
    }
}

static void all_defaults_parse(void **state)
{
    (void)state;
    struct pm_style *style = pm_style_default();
    for (size_t i = 0; i < pm_style_key_count; i++)
        if (!pm_style_set(style, &pm_style_keys[i], pm_style_keys[i].initial))
            fail_msg("%s can't be %s", pm_style_keys[i].path, pm_style_keys[i].initial);
    pm_style_free(style);
}

static void values_are_checked(void **state)
{
    (void)state;
    struct pm_style *style = pm_style_default();
    const struct pm_style_key number = {
        "n", PM_KEY_NUMBER, offsetof(struct pm_style, page.width), "px", 200, 20000, "1600", ""};
    assert_true(pm_style_set(style, &number, "800.5"));
    assert_near(style->page.width, 800.5, 0);
    assert_false(pm_style_set(style, &number, "199"));
    assert_false(pm_style_set(style, &number, "wide"));
    assert_near(style->page.width, 800.5, 0);
    pm_style_free(style);
}

/* The border must be seen on every fill: WCAG 2.1, 1.4.11 and technique G209. */
static void border_contrasts_with_every_fill(void **state)
{
    (void)state;
    struct pm_style *style = pm_style_default();
    for (size_t i = 0; i < style->status_count; i++)
        assert_true(pm_color_contrast(style->color.border, style->statuses[i].fill) >= 3);
    pm_style_free(style);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_file_is_the_table),
        cmocka_unit_test(values_are_told_as_they_are_written),
        cmocka_unit_test(every_key_is_in_the_file),
        cmocka_unit_test(all_defaults_parse),
        cmocka_unit_test(values_are_checked),
        cmocka_unit_test(border_contrasts_with_every_fill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
