#include "check.h"

#include "base/diag.h"
#include "base/str.h"

static struct pm_source source_of(const char *text)
{
    return (struct pm_source){"status.json", text, strlen(text), NULL};
}

static void place_becomes_line_and_column(void **state)
{
    (void)state;
    struct pm_source s = source_of("{\n  \"é\": \"Helmend\"\n}\n");
    struct pm_diags *d = pm_diags_new();
    size_t offset = (size_t)(strstr(s.text, "\"Helmend") - s.text);
    pm_error(d, PM_FAULT_DATA, "unknown-area", pm_place_text(&s, offset, 9), "no \"%s\"", "x");
    pm_help(d, "did you mean %d?", 7);
    const struct pm_diag *e = pm_diags_get(d, 0);
    assert_int_equal(e->line, 2);
    assert_int_equal(e->column, 8); /* characters, not bytes */
    assert_int_equal(e->excerpt_column, 1);
    assert_int_equal(e->caret_length, 9);
    assert_string_equal(e->excerpt, "  \"é\": \"Helmend\"");
    assert_string_equal(e->message, "no \"x\"");
    assert_string_equal(e->help, "did you mean 7?");
    assert_string_equal(e->file, "status.json");
    pm_diags_free(d);
}

/* Marks change no position, wherever lines break and characters end. */
static void marks_change_no_position(void **state)
{
    (void)state;
    enum { LENGTH = 300000 };
    static char text[LENGTH + 1];
    uint32_t seed = 20210504;
    size_t length = 0;
    while (length + 4 < LENGTH) {
        static const char *const pieces[] = {"a", "b", "\n", "é", "\r\n", "ﻫ", "😀"};
        uint32_t choice = check_random(&seed);
        const char *piece =
            pieces[length % 100000 < 70000 ? choice % 7 : choice % 2]; /* long lines */
        memcpy(text + length, piece, strlen(piece));
        length += strlen(piece);
    }
    struct pm_arena arena = {0};
    struct pm_source plain = {"t", text, length, NULL}, marked = plain;
    pm_source_index(&marked, &arena);
    for (size_t offset = 0; offset <= length + 1;
         offset +=
         offset % 65536 < 10 || offset > length - 10 ? 1 : 1 + check_random(&seed) % 3000) {
        int line = 0, column = 0, marked_line = 0, marked_column = 0;
        pm_source_position(&plain, offset, &line, &column);
        pm_source_position(&marked, offset, &marked_line, &marked_column);
        assert_int_equal(marked_line, line);
        assert_int_equal(marked_column, column);
    }
    pm_arena_finish(&arena);
}

static void long_messages_are_cut_between_characters(void **state)
{
    (void)state;
    static char name[3001];
    struct pm_diags *d = pm_diags_new();
    for (size_t i = 0; i < 1500; i++)
        memcpy(name + 2 * i, "é", 2);
    for (int shift = 0; shift < 2; shift++) {
        pm_error(d, PM_FAULT_DATA, "unknown-area", pm_place_file("f"), "%s%s", shift ? "a" : "",
                 name);
        const char *message = pm_diags_get(d, (size_t)shift)->message;
        assert_int_equal(pm_utf8_check(message, strlen(message)), strlen(message));
        assert_true(strlen(message) <= 2003 && strlen(message) > 1990);
        assert_string_equal(message + strlen(message) - 5, "é...");
    }
    pm_diags_free(d);
}

static void what_is_only_counted_is_not_kept(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    assert_false(pm_diags_kept(d));
    for (int i = 0; i < 201; i++) {
        pm_error(d, PM_FAULT_DATA, "unknown-area", pm_place_file("f"), "x");
        assert_int_equal(pm_diags_kept(d), i < 200);
    }
    pm_error(d, PM_FAULT_DATA, "unknown-place", pm_place_file("f"), "x");
    assert_true(pm_diags_kept(d));
    pm_diags_free(d);
}

/* A minified file is one line: only the part around the place is shown. */
static void long_lines_are_cut(void **state)
{
    (void)state;
    char text[5000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + 3000, "\"here\"", 6);
    struct pm_source s = source_of(text);
    struct pm_diags *d = pm_diags_new();
    pm_warning(d, "open-ring", pm_place_text(&s, 3000, 6), "m");
    const struct pm_diag *e = pm_diags_get(d, 0);
    assert_int_equal(e->column, 3001);
    assert_true(strlen(e->excerpt) <= 200);
    assert_memory_equal(e->excerpt + (e->column - e->excerpt_column), "\"here\"", 6);
    pm_diags_free(d);
}

static void past_the_end_is_the_end(void **state)
{
    (void)state;
    struct pm_source s = source_of("{");
    struct pm_diags *d = pm_diags_new();
    pm_error(d, PM_FAULT_INPUT, "bad-value", pm_place_text(&s, 99, 9), "m");
    assert_int_equal(pm_diags_get(d, 0)->line, 1);
    assert_int_equal(pm_diags_get(d, 0)->column, 2);
    assert_int_equal(pm_diags_get(d, 0)->caret_length, 1);
    pm_diags_free(d);
}

static void sorted_by_file_then_place(void **state)
{
    (void)state;
    struct pm_source s = source_of("a\nb\nc\n");
    struct pm_diags *d = pm_diags_new();
    pm_error(d, PM_FAULT_DATA, "bad-value", pm_place_text(&s, 4, 1), "third");
    pm_error(d, PM_FAULT_DATA, "bad-value", pm_place_record("a.shp", 9), "fifth");
    pm_error(d, PM_FAULT_DATA, "bad-value", pm_place_text(&s, 0, 1), "first");
    pm_error(d, PM_FAULT_DATA, "bad-value", pm_place_record("a.shp", 2), "fourth");
    pm_error(d, PM_FAULT_DATA, "bad-value", pm_place_text(&s, 0, 1), "second");
    static const char *const order[] = {"first", "second", "third", "fourth", "fifth"};
    pm_diags_sort(d);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(pm_diags_get(d, i)->message, order[i]);
    assert_null(pm_diags_get(d, 5));
    pm_diags_free(d);
}

static void gravest_fault_decides(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    assert_int_equal(pm_diags_fault(d), PM_FAULT_NONE);
    pm_warning(d, "open-ring", (struct pm_place){0}, "m");
    assert_int_equal(pm_diags_fault(d), PM_FAULT_NONE);
    assert_int_equal(pm_diags_errors(d), 0);
    pm_error(d, PM_FAULT_INPUT, "bad-value", (struct pm_place){0}, "m");
    pm_error(d, PM_FAULT_DATA, "bad-value", (struct pm_place){0}, "m");
    assert_int_equal(pm_diags_fault(d), PM_FAULT_INPUT);
    assert_int_equal(pm_diags_errors(d), 2);
    pm_diags_free(d);
    pm_diags_free(NULL);
}

/* The first 200 of an id, then how many more; others are not held up by them. */
static void alike_ones_are_counted(void **state)
{
    struct pm_diags *diags = pm_diags_new();
    (void)state;
    for (int i = 0; i < 1000; i++) {
        pm_error(diags, PM_FAULT_DATA, "no-shape", pm_place_record("a.shp", i + 1), "bad %d", i);
        pm_help(diags, "cure %d", i);
    }
    pm_warning(diags, "no-shape", pm_place_file("a.shp"), "a warning is counted apart");
    pm_help(diags, "its own cure");
    assert_int_equal(pm_diags_errors(diags), 1000);
    pm_diags_sort(diags);
    pm_diags_sort(diags); /* again changes nothing */
    assert_int_equal(pm_diags_count(diags), 202);
    assert_string_equal(pm_diags_get(diags, 0)->help, "its own cure");
    assert_string_equal(pm_diags_get(diags, 200)->help, "cure 199");
    const struct pm_diag *last = pm_diags_get(diags, 201);
    assert_string_equal(last->message, "800 more of these are not shown");
    assert_string_equal(last->id, "no-shape");
    assert_int_equal(last->severity, PM_ERROR);
    assert_null(last->file);
    pm_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_becomes_line_and_column),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(marks_change_no_position),
        cmocka_unit_test(long_messages_are_cut_between_characters),
        cmocka_unit_test(what_is_only_counted_is_not_kept),
        cmocka_unit_test(past_the_end_is_the_end),
        cmocka_unit_test(sorted_by_file_then_place),
        cmocka_unit_test(gravest_fault_decides),
        cmocka_unit_test(alike_ones_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
