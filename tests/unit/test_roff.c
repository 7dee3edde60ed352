/* Text for man pages: what roff would take for its own is written so that a page shows it. */
#include "check.h"

#include "base/roff.h"

static void expect(const char *text, const char *wanted)
{
    struct pm_str out = {0};
    pm_roff_add(&out, text);
    assert_string_equal(pm_str_get(&out), wanted);
    pm_str_finish(&out);
}

static void marks_are_shown(void **state)
{
    (void)state;
    expect("plain text: a|b (c), d=e", "plain text: a|b (c), d=e");
    expect("--map Gov=\"x\"", "\\-\\-map Gov=\\(dqx\\(dq");
    expect("a\\b 'c' `d` e^f ~/g", "a\\eb \\(aqc\\(aq \\(gad\\(ga e\\(haf \\(ti/g");
    expect("", "");
}

static void no_line_is_a_request(void **state)
{
    (void)state;
    expect(".shp", "\\&.shp");
    expect("a .shp", "a .shp");
    expect("a\n.shp\n'x'", "a\n\\&.shp\n\\(aqx\\(aq");
}

static void letters_of_all_scripts(void **state)
{
    (void)state;
    expect("é 45° ولایت", "\\[u00E9] 45\\[u00B0] \\[u0648]\\[u0644]\\[u0627]\\[u06CC]\\[u062A]");
    expect("\xF0\x9F\x97\xBA", "\\[u1F5FA]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_shown),
        cmocka_unit_test(no_line_is_a_request),
        cmocka_unit_test(letters_of_all_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
