#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "output/pdf_update.h"

/* A file as cairo writes it: three objects of 30 bytes each from byte 9 on. */
#define HEAD "%PDF-1.4\n"
#define OBJECTS                                                                                    \
    "1 0 obj\n<< /Type /A >>\nendobj\n"                                                            \
    "2 0 obj\n<< /Type /B >>\nendobj\n"                                                            \
    "3 0 obj\n<< /Type /B >>\nendobj\n"
#define ENTRIES                                                                                    \
    "0000000000 65535 f \n0000000009 00000 n \n0000000039 00000 n \n0000000069 00000 n \n"
#define TAIL "trailer\n<< /Size 4\n   /Root 1 0 R\n>>\nstartxref\n99\n%%EOF\n"
#define WHOLE HEAD OBJECTS "xref\n0 4\n" ENTRIES TAIL

static bool update(const char *file, size_t size, const struct pm_pdf_edit *edits, size_t count,
                   struct pm_str *out)
{
    *out = (struct pm_str){0};
    pm_str_addn(out, file, size);
    return pm_pdf_update(out, edits, count);
}

static void keys_are_added_in_an_update(void **state)
{
    static const struct pm_pdf_edit edits[] = {
        {"<< /Type /B", "/First 1"}, {"<< /Type /A", "/Lang (en)"}, {"<< /Type /B", "/Second 2"}};
    struct pm_str out;
    (void)state;
    assert_true(update(WHOLE, strlen(WHOLE), edits, 3, &out));
    assert_memory_equal(out.s, WHOLE, strlen(WHOLE));
    assert_string_equal(out.s + strlen(WHOLE),
                        "2 0 obj\n<< /Type /B    /First 1\n>>\nendobj\n"
                        "1 0 obj\n<< /Type /A    /Lang (en)\n>>\nendobj\n"
                        "3 0 obj\n<< /Type /B    /Second 2\n>>\nendobj\n"
                        "xref\n"
                        "2 1\n0000000244 00000 n \n"
                        "1 1\n0000000286 00000 n \n"
                        "3 1\n0000000330 00000 n \n"
                        "trailer\n<< /Size 4\n   /Root 1 0 R\n   /Prev 99\n>>\n"
                        "startxref\n373\n%%EOF\n");
    assert_memory_equal(out.s + 373, "xref", 4);
    assert_memory_equal(out.s + 286, "1 0 obj", 7);
    pm_str_finish(&out);
}

static void an_edit_without_its_object_changes_nothing(void **state)
{
    static const struct pm_pdf_edit edits[] = {{"<< /Type /A", "/X 1"}, {"<< /Type /A", "/X 2"}};
    struct pm_str out;
    (void)state;
    assert_false(update(WHOLE, strlen(WHOLE), edits, 2, &out));
    assert_string_equal(out.s, WHOLE);
    pm_str_finish(&out);
}

static void a_file_of_another_make_is_left_alone(void **state)
{
    static const char *const files[] = {
        "",
        "startxref\n",
        "startxref\n0\n",
        "xref\n0 1\nstartxref\n0\n%%EOF\n",
        HEAD OBJECTS "xref\n0 4\n" ENTRIES "trailer\n<< /Size 4\n", /* no end */
        HEAD OBJECTS "xref\n1 4\n" ENTRIES TAIL,                    /* not from 0 on */
        HEAD OBJECTS "xref\n0 9999999\n" ENTRIES TAIL,
        HEAD OBJECTS "xref\n0 99999999999999999999\n" ENTRIES TAIL,
        HEAD OBJECTS "xref\r\n0 4\n" ENTRIES TAIL,
        HEAD OBJECTS "9 0 obj\n<< /Type /XRef >>\nstream\n" TAIL, /* a stream instead of a table */
        HEAD "1 0 obj\n<< /Type /A \nendobj"                      /* no end */
             "                                                              "
             "xref\n0 4\n" ENTRIES TAIL,
        HEAD "7 0 obj\n<< /Type /A >>\nendobj\n" /* another's number */
             "                                                            "
             "xref\n0 4\n" ENTRIES TAIL,
    };
    static const struct pm_pdf_edit edit = {"<< /Type /A", "/X 1"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct pm_str out;
        assert_false(update(files[i], strlen(files[i]), &edit, 1, &out));
        assert_string_equal(pm_str_get(&out), files[i]);
        pm_str_finish(&out);
    }
}

/* Nothing outside the file is read, whatever it says: run by the sanitizers. */
static void a_damaged_file_does_no_harm(void **state)
{
    static const struct pm_pdf_edit edit = {"<< /Type /B", "/X 1"};
    (void)state;
    for (size_t i = 0; i < strlen(WHOLE); i++)
        for (const char *c = "09> \xFF"; *c; c++) {
            char *file = strdup(WHOLE);
            struct pm_str out;
            file[i] = *c;
            update(file, strlen(WHOLE), &edit, 1, &out);
            assert_true(out.n >= strlen(WHOLE));
            assert_memory_equal(out.s, file, strlen(WHOLE));
            pm_str_finish(&out);
            update(file, i, &edit, 1, &out); /* cut there */
            assert_true(out.n >= i);
            pm_str_finish(&out);
            free(file);
        }
}

static void texts_are_strings_of_pdf(void **state)
{
    static const char *const cases[][2] = {
        {"", "()"},
        {"a b", "(a b)"},
        {"(\\)", "(\\(\\\\\\))"},
        {"a\nb", "<FEFF0061000A0062>"},
        {"\x7F", "<FEFF007F>"},
        {"\u00E9\u067E", "<FEFF00E9067E>"},
        {"\U0001F5FA", "<FEFFD83DDDFA>"},
        {"\U0010FFFF", "<FEFFDBFFDFFF>"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_str out = {0};
        pm_pdf_text(&out, cases[i][0]);
        assert_string_equal(out.s, cases[i][1]);
        pm_str_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_added_in_an_update),
        cmocka_unit_test(an_edit_without_its_object_changes_nothing),
        cmocka_unit_test(a_file_of_another_make_is_left_alone),
        cmocka_unit_test(a_damaged_file_does_no_harm),
        cmocka_unit_test(texts_are_strings_of_pdf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
