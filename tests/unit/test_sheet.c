#include "input_test.h"

#include "input/date_form.h"
#include "input/sheet.h"

/* The cells of a table as text: rows end with $, cells are parted by |. */
static const char *flat(struct box *box, const char *text, char delimiter)
{
    struct pm_sheet sheet = {0};
    struct pm_str out = {0};
    bool read =
        pm_sheet_parse(&sheet, text, strlen(text), "t.csv", delimiter, &box->arena, box->diags);
    for (size_t i = 0; read && i < sheet.row_count; i++)
        for (size_t k = 0; k < sheet.rows[i].count; k++) {
            assert_int_equal(sheet.rows[i].cells[k].row, i + 1);
            assert_int_equal(sheet.rows[i].cells[k].col, k);
            pm_str_addf(&out, "%s%s", sheet.rows[i].cells[k].text,
                        k + 1 < sheet.rows[i].count ? "|" : "$");
        }
    const char *result = pm_strdup(&box->arena, read ? pm_str_get(&out) : "refused");
    pm_str_finish(&out);
    return result;
}

static void cells(void **state)
{
    struct box *box = *state;
    static const char *const cases[][2] = {
        {"a,b\n1,2\n", "a|b$1|2$"},
        {"a,b\r\n1,2\r\n", "a|b$1|2$"},
        {"a,b\r1,2", "a|b$1|2$"},
        {"\xEF\xBB\xBF\"a\",b\n", "a|b$"},
        {"a,b\n\"x,y\",\"say \"\"no\"\"\"\n", "a|b$x,y|say \"no\"$"},
        {"a,b\n\"two\nlines\",2\n", "a|b$two\nlines|2$"},
        {"a,b\n  1 , \" 2 \" \n", "a|b$1|2$"},
        {"a,b\n\n1,\n", "a|b$$1|$"},
        {"a;b,c\n1;2\n", "refused"},
        {"a;b;c,d\n1;2;3\n", "a|b|c,d$1|2|3$"},
        {"\"a,b,c\";d\n1;2\n", "a,b,c|d$1|2$"},
        {"a\tb\n\t2\n", "a|b$|2$"},
        {"a|b\n1|5\" gun\n", "a|b$1|5\" gun$"},
        {"a\n1\n", "a$1$"},
        {"", "refused"},
        {"a,b\n1\n", "refused"},
        {"a,b\n\"1,2\n", "refused"},
        {"a,b\n\"1\"x,2\n", "refused"},
        {"a,b\n\"", "refused"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(flat(box, cases[i][0], 0), cases[i][1]);
    assert_string_equal(flat(box, "a;b,c\n1;2\n", ';'), "a|b,c$1|2$");
}

/* What a message marks is the cell, quotes included. */
static void places(void **state)
{
    struct box *box = *state;
    struct pm_sheet sheet = {0};
    static const char text[] = "\xEF\xBB\xBFname,x\n\"Sar-e \"\"Pol\"\"\" ,two words \n";
    assert_true(pm_sheet_parse(&sheet, text, strlen(text), "t.csv", 0, &box->arena, box->diags));
    struct pm_place first = pm_cell_place(&sheet, &sheet.rows[1].cells[0]);
    struct pm_place second = pm_cell_place(&sheet, &sheet.rows[1].cells[1]);
    assert_int_equal(first.length, strlen("\"Sar-e \"\"Pol\"\"\""));
    assert_int_equal(second.length, strlen("two words"));
    int line = 0, column = 0;
    pm_source_position(sheet.source, second.offset, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 18);
}

static void days(void **state)
{
    static const struct {
        const char *form, *text, *iso; /* NULL: refused */
    } cases[] = {
        {PM_DATE_ISO, "2021-05-04", "2021-05-04"},
        {PM_DATE_ISO, "2021-5-4", "2021-05-04"},
        {PM_DATE_ISO, "2021-05-04 ", NULL},
        {PM_DATE_ISO, "04.05.2021", NULL},
        {"%d.%m.%Y", "04.05.2021", "2021-05-04"},
        {"%d.%m.%Y", "4.5.2021", "2021-05-04"},
        {"%d.%m.%Y", "4.5.21", NULL},
        {"%d.%m.%Y", "31.4.2021", NULL},
        {"%d/%m/%Y", "13/12/2021", "2021-12-13"},
        {"%m/%d/%Y", "13/12/2021", NULL},
        {"%Y%m%d", "20211103", "2021-11-03"},
        {"%Y%m%d", "2021113", NULL}, /* 13 January, or 3 November? */
        {"%d%m%Y", "3112021", NULL},
        {"%d %b %Y", "4 aug 2021", "2021-08-04"},
        {"%d %B %Y", "4 August 2021", "2021-08-04"},
        {"%b %d, %Y", "May 4, 2021", "2021-05-04"},
        {"%d %b %Y", "4 Augus 2021", NULL},
        {"%Y-%m-%d %H:%M:%S", "2021-05-04 23:59:00", "2021-05-04"},
        {"%Y-%m-%dT%H:%M:%SZ", "2021-05-04T00:00:00Z", "2021-05-04"},
        {"excel", "44197", "2021-01-01"},
        {"excel", "44414", "2021-08-06"},
        {"excel", "61", "1900-03-01"},
        {"excel", "60", NULL}, /* 29 February 1900 */
        {"excel", "2021-05-04", NULL},
        {"excel", "44414.5", NULL},
        {"excel", "99999999", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[16] = "";
        pm_date date = PM_NO_DATE;
        bool read = pm_date_form_read(cases[i].form, cases[i].text, &date);
        if (read)
            pm_date_iso(date, iso);
        if (read != (cases[i].iso != NULL) || (read && strcmp(iso, cases[i].iso) != 0))
            fail_msg("\"%s\" as %s is \"%s\"", cases[i].text, cases[i].form, iso);
    }
}

static void forms(void **state)
{
    struct box *box = *state;
    static const char *const good[] = {PM_DATE_ISO, "%d.%m.%Y", "%d %b %Y", "excel", "%Y%m%d %H"};
    static const char *const bad[] = {"%d.%m.%y", "%Y-%m", "%d.%m.%m.%Y", "Excel", "", "%Y-%m-%d%"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(pm_date_form_check(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(pm_date_form_check(bad[i]));
    assert_string_equal(pm_date_forms_of(&box->arena, "04/05/2021"),
                        "\"%d/%m/%Y\" or \"%m/%d/%Y\"");
    assert_string_equal(pm_date_forms_of(&box->arena, "13/05/2021"), "\"%d/%m/%Y\"");
    assert_string_equal(pm_date_forms_of(&box->arena, "44414"), "\"excel\"");
    assert_null(pm_date_forms_of(&box->arena, "yesterday"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells, box_open, box_close),
        cmocka_unit_test_setup_teardown(places, box_open, box_close),
        cmocka_unit_test(days),
        cmocka_unit_test_setup_teardown(forms, box_open, box_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
