/* Jobs files: which maps they ask for, and what outputs are called. */
#include "input_test.h"

#include "base/limits.h"
#include "base/page_size.h"
#include "provmap.h"

#define HEAD "{\"format\": \"provmap-jobs/1\", \"status\": \"s.json\", "

/* A line for each map: its outputs, then its options. */
static const char *maps(struct box *box, const char *members)
{
    struct pm_str out = {0};
    struct pm_jobs *jobs = pm_jobs_load(
        box_text(box, "jobs.json", pm_sprintf(&box->arena, HEAD "%s}", members)), box->diags);
    assert_non_null(jobs);
    for (size_t i = 0; i < pm_jobs_count(jobs); i++) {
        const struct pm_job *job = pm_jobs_get(jobs, i);
        assert_string_equal(job->status, box_path(box, "s.json"));
        for (size_t k = 0; k < job->output_count; k++)
            pm_str_addf(&out, "%s%s", k ? " " : "", job->outputs[k]);
        for (size_t k = 0; k < job->option_count; k++)
            pm_str_addf(&out, " %s=%s", job->options[k].name, job->options[k].value);
        pm_str_addc(&out, '\n');
    }
    assert_null(pm_jobs_get(jobs, pm_jobs_count(jobs)));
    pm_jobs_free(jobs);
    const char *text = pm_strdup(&box->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return text;
}

#define assert_maps(members, wanted) assert_string_equal(maps(*state, (members)), (wanted))

static void assert_refused(struct box *box, const char *members, const char *wanted)
{
    assert_null(pm_jobs_load(
        box_text(box, "jobs.json", pm_sprintf(&box->arena, HEAD "%s}", members)), box->diags));
    assert_contains(box_said(box), wanted);
}

static void the_top_is_a_map(void **state)
{
    assert_maps("\"output\": \"a.svg\"", "a.svg\n");
    assert_maps(
        "\"output\": [\"a.svg\", \"{name}.png\"], \"date\": \"2021-05-04\", \"dpi\": 96.5, "
        "\"png_level\": 3, \"svg_inline\": true, \"id_prefix\": \"a\", \"focus\": [\"X\", \"Y\"]",
        "a.svg s.png dpi=96.5 png-level=3 id-prefix=a svg-inline= date=2021-05-04 focus=X "
        "focus=Y\n");
}

static void the_last_key_of_a_matrix_changes_fastest(void **state)
{
    assert_maps(
        "\"matrix\": {\"lang\": [\"en\", \"fa\"], \"date\": [\"2021-05-04\", \"2021-05-05\"]}, "
        "\"output\": \"{date}-{lang}.svg\"",
        "2021-05-04-en.svg date=2021-05-04 lang=en\n"
        "2021-05-05-en.svg date=2021-05-05 lang=en\n"
        "2021-05-04-fa.svg date=2021-05-04 lang=fa\n"
        "2021-05-05-fa.svg date=2021-05-05 lang=fa\n");
}

static void days_go_on_to_the_last(void **state)
{
    assert_maps(
        "\"matrix\": {\"date\": {\"from\": \"2020-02-27\", \"to\": \"2020-03-03\", \"every\": 2}}, "
        "\"output\": \"{date}.svg\"",
        "2020-02-27.svg date=2020-02-27\n2020-02-29.svg date=2020-02-29\n"
        "2020-03-02.svg date=2020-03-02\n");
    assert_refused(*state,
                   "\"matrix\": {\"date\": {\"from\": \"1000-01-01\", \"to\": \"3000-01-01\"}}, "
                   "\"output\": \"{date}.svg\"",
                   "too-many");
}

/* As --every says it: a word or a number, in a matrix of days and of a series alike. */
static void intervals_are_words_or_numbers(void **state)
{
    assert_maps(
        "\"matrix\": {\"date\": {\"from\": \"2021-01-31\", \"to\": \"2021-03-31\", \"every\": "
        "\"month\"}}, \"output\": \"{date}.svg\"",
        "2021-01-31.svg date=2021-01-31\n2021-02-28.svg date=2021-02-28\n"
        "2021-03-31.svg date=2021-03-31\n");
    assert_maps(
        "\"matrix\": {\"date\": {\"from\": \"2021-01-31\", \"to\": \"2021-02-13\", \"every\": "
        "\"week\"}}, \"output\": \"{date}.svg\"",
        "2021-01-31.svg date=2021-01-31\n2021-02-07.svg date=2021-02-07\n");
    assert_maps("\"matrix\": {\"every\": [\"week\", 10, \"11\"]}, \"output\": \"{every}.svg\"",
                "week.svg every=week\n10.svg every=10\n11.svg every=11\n");
    assert_refused(*state, "\"every\": \"fortnight\", \"output\": \"a.svg\"", "is no interval");
    assert_refused(*state, "\"every\": 0, \"output\": \"a.svg\"", "1 to 36500");
    assert_refused(*state, "\"every\": [7], \"output\": \"a.svg\"", "wrong-type");
    assert_refused(*state,
                   "\"matrix\": {\"date\": {\"from\": \"0001-01-01\", \"to\": \"9999-12-31\", "
                   "\"every\": \"month\"}}, \"output\": \"{date}.svg\"",
                   "too-many");
}

/* But for the matrix, what stands at the top holds for all. */
static void maps_take_over_the_top(void **state)
{
    assert_maps(
        "\"lang\": \"fa\", \"svg_inline\": true, \"output\": \"{lang}.svg\", \"maps\": ["
        "{}, {\"lang\": \"ps\", \"svg_inline\": false}, {\"output\": \"x-{theme}.png\", \"theme\": "
        "\"dark\"}]",
        "fa.svg svg-inline= lang=fa\nps.svg lang=ps\nx-dark.png theme=dark svg-inline= lang=fa\n");
    assert_maps("\"matrix\": {\"lang\": [\"fa\", \"ps\"]}, \"output\": \"{lang}.svg\", "
                "\"maps\": [{\"output\": \"a.svg\"}]",
                "fa.svg lang=fa\nps.svg lang=ps\na.svg\n");
}

static void null_takes_back_what_the_top_says(void **state)
{
    assert_maps("\"lang\": \"fa\", \"focus\": [\"X\", \"Y\"], \"svg_inline\": true, \"maps\": ["
                "{\"output\": \"a.svg\"}, "
                "{\"output\": \"b.svg\", \"focus\": null, \"svg_inline\": null}]",
                "a.svg svg-inline= lang=fa focus=X focus=Y\nb.svg lang=fa\n");
    assert_refused(*state, "\"focus\": null, \"output\": \"a.svg\"", "wrong-type");
    assert_refused(*state, "\"maps\": [{\"status\": null, \"output\": \"a.svg\"}]", "wrong-type");
}

static void too_many_maps_are_refused_before_they_are_made(void **state)
{
    struct pm_str dates = {0};
    for (int i = 0; i < 9; i++)
        pm_str_addf(&dates, "%s\"%s\": [%s]", i ? ", " : "",
                    (const char *const[]){"dpi", "png_level", "key", "name", "crs", "encoding",
                                          "projection", "id_prefix", "size"}[i],
                    i == 0   ? "10, 11, 12, 13, 14, 15, 16"
                    : i == 1 ? "6, 7, 8, 9, 10, 11, 12"
                    : i == 8 ? "\"800x600\", \"800x601\", \"800x602\", \"800x603\""
                             : "\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"");
    assert_refused(*state,
                   pm_sprintf(&((struct box *)*state)->arena,
                              "\"matrix\": {%s}, \"output\": \"a.svg\"", pm_str_get(&dates)),
                   "more than 100000 maps");
    pm_str_finish(&dates);
}

/* Paths start at the file's folder; names of data that are nothing there stay. */
static void paths_start_at_the_file(void **state)
{
    struct box *box = *state;
    box_text(box, "mine.json", "{}");
    assert_maps("\"output\": \"a.svg\", \"style\": \"dark\", \"shapes\": \"mine.json\", "
                "\"compare\": \"old.json\"",
                pm_sprintf(&box->arena, "a.svg shapes=%s style=dark compare=%s\n",
                           box_path(box, "mine.json"), box_path(box, "old.json")));
    assert_refused(box, "\"output\": \"a.svg\", \"compare\": \"-\"", "bad-value");
}

/* Whatever a matrix varies and has a word for. */
static void names_tell_apart_what_a_matrix_varies(void **state)
{
    assert_maps("\"matrix\": {\"projection\": [\"albers\", \"EPSG:32642\", \"+proj=robin\"], "
                "\"every\": [\"week\", \"10\"]}, \"output\": \"{projection}-{every}.svg\"",
                "albers-week.svg projection=albers every=week\n"
                "albers-10.svg projection=albers every=10\n"
                "epsg-32642-week.svg projection=EPSG:32642 every=week\n"
                "epsg-32642-10.svg projection=EPSG:32642 every=10\n"
                "proj-robin-week.svg projection=+proj=robin every=week\n"
                "proj-robin-10.svg projection=+proj=robin every=10\n");
    assert_maps(
        "\"matrix\": {\"shapes\": [\"afghanistan\", \"x/b.shp\"], \"frame_time\": [0.5, 2]}, "
        "\"output\": \"{shapes}-{frame_time}.apng\", \"crs\": \"EPSG:4326\"",
        pm_sprintf(&((struct box *)*state)->arena,
                   "afghanistan-0-5.apng shapes=afghanistan crs=EPSG:4326 frame-time=0.5\n"
                   "afghanistan-2.apng shapes=afghanistan crs=EPSG:4326 frame-time=2\n"
                   "b-0-5.apng shapes=%s crs=EPSG:4326 frame-time=0.5\n"
                   "b-2.apng shapes=%s crs=EPSG:4326 frame-time=2\n",
                   box_path(*state, "x/b.shp"), box_path(*state, "x/b.shp")));
}

static void outputs_stay_in_their_folder(void **state)
{
    static const char *const bad[] = {"/a.svg",  "../a.svg", "a/../../b.svg",   "..",
                                      "./a.svg", "a//b.svg", "{name}/../a.svg", "a\\u000a.svg",
                                      "a/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(*state,
                       pm_sprintf(&((struct box *)*state)->arena, "\"output\": \"%s\"", bad[i]),
                       "bad-output-name");
    /* … whatever is put into them */
    assert_maps("\"output\": \"{area}.svg\", \"focus\": \"../../etc/x\"",
                "etc-x.svg focus=../../etc/x\n");
    assert_refused(*state, "\"output\": \"{area}/a.svg\", \"focus\": \"..\"",
                   "unfilled-output-name");
}

/* Without "date" it is the last of a series, or the status file's own: each is read once, if a name needs it. */
static void the_date_in_a_name_is_the_maps_own(void **state)
{
    struct box *box = *state;
    box_text(box, "s.json", "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\"}");
    assert_maps(
        "\"matrix\": {\"date\": [\"2021-05-01\"]}, \"output\": \"{date}.svg\", \"maps\": ["
        "{\"output\": \"{name}-{date}.svg\"}, {\"output\": \"b-{date}.svg\", \"every\": \"week\"},"
        "{\"output\": \"{every}.svg\", \"every\": 10}, {\"output\": \"e{every}.svg\", \"every\": "
        "\"10\"},"
        "{\"output\": \"c-{date}.svg\", \"series\": \"2021-04-01,2021-04-02\"},"
        "{\"output\": \"d-{date}.svg\", \"series\": [\"2021-04-01\", \"2021-04-03\"]}]",
        "2021-05-01.svg date=2021-05-01\ns-2021-05-04.svg\nb-2021-05-04.svg every=week\n"
        "10.svg every=10\ne10.svg every=10\n"
        "c-2021-04-02.svg series=2021-04-01,2021-04-02\n"
        "d-2021-04-03.svg series=2021-04-01,2021-04-03\n");
    box_text(box, "s.json", "{");
    assert_maps("\"output\": \"{date}.svg\", \"maps\": [{\"lang\": \"en\"}, {\"lang\": \"fa\"}]",
                "{date}.svg lang=en\n{date}.svg lang=fa\n");
    assert_maps("\"output\": \"{name}.svg\"", "s.svg\n");
    assert_refused(box, "\"output\": \"a.svg\", \"series\": [\"2021-04-01\", \"2021-04-31\"]",
                   "bad-date");
    assert_refused(box, "\"output\": \"a.svg\", \"series\": []", "bad-value");
}

static void assert_slug(const char *name, const char *wanted)
{
    struct pm_str out = {0};
    pm_slug(name, &out);
    assert_string_equal(pm_str_get(&out), wanted);
    pm_str_finish(&out);
}

static void slugs(void **state)
{
    (void)state;
    assert_slug("Helmand", "helmand");
    assert_slug("AF-HEL", "af-hel");
    assert_slug("Nad-e 'Ali", "nad-e-ali");
    assert_slug("  Sar-e  Pol -", "sar-e-pol");
    assert_slug("Texas/Harris County", "texas-harris-county");
    assert_slug("C\u00F4te d'Ivoire", "cote-divoire");
    assert_slug("S\u00E3o Tom\u00E9 \u2013 Pr\u00EDncipe", "sao-tome-principe");
    assert_slug("2021-08-13", "2021-08-13");
    assert_slug("fa+en", "fa-en");
    assert_slug("\u041A\u0438\u0457\u0432", "\u043A\u0438\u0456\u0432");
    assert_slug("../..", "");
    assert_slug("", "");
    char longest[4 * PM_MOST_SLUG];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    struct pm_str out = {0};
    pm_slug(longest, &out);
    assert_int_equal(out.n, PM_MOST_SLUG);
    pm_str_finish(&out);
    longest[PM_MOST_SLUG / 2] = ' ';
    pm_slug(longest, &out);
    assert_int_equal(out.n, PM_MOST_SLUG / 2);
    pm_str_finish(&out);
}

static void page_sizes(void **state)
{
    struct pm_page_size size;
    (void)state;
    assert_true(pm_page_size_parse("1600x1200", &size));
    assert_int_equal(size.width * 10000 + size.height, 16001200);
    assert_true(pm_page_size_parse("160.5X120mm", &size));
    assert_true(size.width_mm == 160.5 && size.height_mm == 120 && size.width == 0);
    static const char *const bad[] = {"",         "x",         "1600",    "199x300",    "20001x300",
                                      "-800x600", "800x600x",  "1e3x800", "0x5mm",      "1.2.3x5mm",
                                      " 800x600", "800x600cm", "mm",      "20000x20000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(pm_page_size_parse(bad[i], &size));
}

/* What one list only counted, another that takes it over counts, too, and once. */
static void merged_messages_are_counted(void **state)
{
    struct box *box = *state;
    struct pm_diags *from = pm_diags_new();
    for (int i = 0; i < PM_MOST_ALIKE_DIAGS + 50; i++)
        pm_error(from, PM_FAULT_DATA, "unknown-area", pm_place_record("a", i + 1), "no");
    pm_diags_merge(box->diags, from);
    pm_diags_merge(box->diags, from);
    assert_int_equal(pm_diags_errors(box->diags), PM_MOST_ALIKE_DIAGS + 50);
    assert_contains(box_said(box), "50 more of these are not shown");
    pm_diags_free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(the_top_is_a_map),
        boxed(the_last_key_of_a_matrix_changes_fastest),
        boxed(days_go_on_to_the_last),
        boxed(maps_take_over_the_top),
        boxed(null_takes_back_what_the_top_says),
        boxed(too_many_maps_are_refused_before_they_are_made),
        boxed(paths_start_at_the_file),
        boxed(intervals_are_words_or_numbers),
        boxed(names_tell_apart_what_a_matrix_varies),
        boxed(outputs_stay_in_their_folder),
        boxed(the_date_in_a_name_is_the_maps_own),
        cmocka_unit_test(slugs),
        cmocka_unit_test(page_sizes),
        boxed(merged_messages_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
