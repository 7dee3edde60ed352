#include "input_test.h"

#include <sys/stat.h>

#include "input/positions.h"
#include "model/status.h"
#include "provmap.h"

static struct pm_status *parsed(struct box *box, const char *text)
{
    return pm_status_parse(text, strlen(text), "t.json", box->diags);
}

/* A status file with these members besides those that must stand, which fill line 1. */
static struct pm_status *with(struct box *box, const char *members)
{
    return parsed(box,
                  pm_sprintf(&box->arena,
                             "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n%s}",
                             members));
}

static struct pm_status *good(struct box *box, const char *members)
{
    struct pm_status *status = with(box, members);
    if (!status)
        fail_msg("%s", box_said(box));
    assert_said(box, "");
    return status;
}

static void assert_bad(struct box *box, const char *members, const char *wanted)
{
    assert_null(with(box, members));
    assert_contains(box_said(box), wanted);
}

static const char *en(const struct pm_text *text)
{
    return pm_text_get(text, "en", NULL);
}

/* ---- the forms ---------------------------------------------------------------------- */

static void the_small_form(void **state)
{
    struct box *box = *state;
    struct pm_status *s =
        parsed(box, "{\"format\": \"provmap-status/1\",\n"
                    "\"title\": \"Control\", \"as_of\": \"2021-05-04\",\n"
                    "\"areas\": {\"Helmand\": \"contested\", \"Kabul\": \"government\"},\n"
                    "\"places\": {\"Lashkar Gah\": \"government\"}}");
    assert_non_null(s);
    assert_said(box, "");
    assert_string_equal(en(&s->title), "Control");
    assert_int_equal(s->as_of, 18751);
    assert_int_equal(s->area_count, 2);
    assert_string_equal(s->areas[1].key, "Kabul");
    assert_int_equal(s->areas[1].record_count, 1);
    assert_string_equal(s->areas[1].records[0].status, "government");
    assert_int_equal(s->areas[1].records[0].from, PM_NO_DATE);
    assert_string_equal(s->places[0].key, "Lashkar Gah");
    assert_null(pm_status_shapes(s));
    assert_null(pm_status_style(s));
    pm_status_free(s);
}

static void the_full_form(void **state)
{
    struct box *box = *state;
    struct pm_status *s = good(
        box,
        "\"$schema\": \"s\", \"x-editor\": {\"any\": 1}, \"title\": {\"en\": \"E\", \"fa\": "
        "\"F\"},\n"
        "\"subtitle\": \"S\", \"notes\": \"N\", \"stale_after_days\": 30, \"disclaimer\": \"D\",\n"
        "\"credit\": \"C\", \"license\": \"L\", \"shapes\": \"afghanistan\", \"style\": "
        "\"print\",\n"
        "\"statuses\": {\"isis\": {\"label\": \"IS\", \"color\": \"#102030\", \"side\": "
        "\"other\"}},\n"
        "\"parties\": {\"gov\": {\"name\": \"Government\", \"side\": \"government\"}},\n"
        "\"sources\": {\"s1\": {\"title\": \"T\", \"publisher\": \"P\", \"published\": "
        "\"2021-05-03\", "
        "\"url\": \"https://x\"}, \"s2\": {\"publisher\": \"P\"}},\n"
        "\"aliases\": {\"Green\": \"Helmand\"},\n"
        "\"areas\": {\"Helmand\": {\"status\": \"contested\", \"leaning\": \"insurgent\", "
        "\"confidence\": \"medium\", \"basis\": \"reported\", \"last_verified\": \"2021-05-04\", "
        "\"sources\": [\"s2\", \"s1\"], \"party\": \"gov\", \"note\": \"x\"}},\n"
        "\"events\": [{\"id\": \"e1\", \"kind\": \"strikes\", \"area\": \"Helmand\", "
        "\"precision\": "
        "\"district\", \"date\": \"2021-05-03\", \"sources\": [\"s1\"], \"text\": \"t\", "
        "\"verification\": \"v\", \"claims\": [{\"by\": \"gov\", \"by_detail\": \"army\", "
        "\"text\": \"c\"}, "
        "{\"by\": \"gov\", \"stance\": \"denies\", \"text\": \"d\", \"sources\": [\"s1\"]}]}]");
    const struct pm_record *r = &s->areas[0].records[0];
    assert_string_equal(pm_text_get(&s->title, "fa", NULL), "F");
    assert_string_equal(en(&s->notes), "N");
    assert_int_equal(s->stale_after_days, 30);
    assert_string_equal(s->license, "L");
    assert_string_equal(pm_status_shapes(s), "afghanistan");
    assert_string_equal(pm_status_style(s), "print");
    assert_true(s->statuses[0].has_color && s->statuses[0].color == 0x102030FF);
    assert_string_equal(pm_find_party(s, "gov")->side, "government");
    assert_null(pm_find_party(s, "nobody"));
    assert_string_equal(s->sources[0].url, "https://x");
    assert_string_equal(s->aliases[0].name, "Helmand");
    assert_string_equal(r->leaning, "insurgent");
    assert_int_equal(r->confidence, PM_CONFIDENCE_MEDIUM);
    assert_int_equal(r->basis, PM_BASIS_REPORTED);
    assert_int_equal(r->last_verified, 18751);
    assert_int_equal(r->source_count, 2);
    assert_int_equal(r->sources[0], 1);
    assert_string_equal(r->party, "gov");
    const struct pm_event *e = &s->events[0];
    assert_int_equal(e->kind, PM_EVENT_STRIKES);
    assert_int_equal(e->precision, PM_PRECISION_DISTRICT);
    assert_int_equal(e->date, 18750);
    assert_string_equal(en(&e->verification), "v");
    assert_int_equal(e->claim_count, 2);
    assert_int_equal(e->claims[0].stance, PM_STANCE_CLAIMS);
    assert_string_equal(en(&e->claims[0].by_detail), "army");
    assert_int_equal(e->claims[1].stance, PM_STANCE_DENIES);
    pm_status_free(s);
}

static void places_stay_good_after_loading(void **state)
{
    struct box *box = *state;
    struct pm_status *s =
        good(box, "\"areas\": {\"A\": [{\"from\": \"2021-01-01\", \"status\": \"x\"}]}");
    struct pm_place at = pm_place_value(s->source, s->areas[0].records[0].status_at);
    assert_int_equal(strncmp(s->source->text + at.offset, "\"x\"", at.length), 0);
    pm_status_free(s);
}

static void shapes_beside_the_file(void **state)
{
    struct box *box = *state;
    const char *text = "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", "
                       "\"shapes\": \"here\", \"style\": \"../no/such.json\"}";
    assert_int_equal(mkdir(box_path(box, "here"), 0777), 0);
    struct pm_status *s = pm_status_load(box_text(box, "s.json", text), box->diags);
    assert_non_null(s);
    assert_string_equal(pm_status_shapes(s), box_path(box, "here"));
    assert_string_equal(pm_status_style(s), box_path(box, "../no/such.json"));
    pm_status_free(s);
    assert_null(pm_status_load(box_path(box, "none.json"), box->diags));
    assert_contains(box_said(box), "cannot-read: ");
}

/* ---- history ------------------------------------------------------------------------ */

static const char *status_on(const struct pm_subject *subject, const char *iso)
{
    pm_date date = 0;
    assert_true(pm_date_parse(iso, &date));
    const struct pm_record *record = pm_record_at(subject, date);
    return record ? record->status : "none";
}

static void histories_are_sorted(void **state)
{
    struct box *box = *state;
    struct pm_status *s =
        good(box, "\"areas\": {\"Zabul\": [{\"from\": \"2021-08-13\", \"status\": \"c\"}, "
                  "{\"from\": \"2021-04-01\", \"status\": \"a\"}, {\"from\": \"2021-07-01\", "
                  "\"status\": \"b\"}]}");
    assert_int_equal(s->areas[0].record_count, 3);
    assert_string_equal(status_on(&s->areas[0], "2021-03-31"), "none");
    assert_string_equal(status_on(&s->areas[0], "2021-04-01"), "a");
    assert_string_equal(status_on(&s->areas[0], "2021-08-12"), "b");
    assert_string_equal(status_on(&s->areas[0], "2021-08-13"), "c");
    assert_string_equal(status_on(&s->areas[0], "2031-01-01"), "c");
    pm_status_free(s);
}

static void one_entry_needs_no_date(void **state)
{
    struct box *box = *state;
    struct pm_status *s = good(box, "\"areas\": {\"A\": [{\"status\": \"a\"}], "
                                    "\"B\": {\"from\": \"2021-05-01\", \"status\": \"b\"}}");
    assert_string_equal(status_on(&s->areas[0], "1999-01-01"), "a");
    assert_string_equal(status_on(&s->areas[1], "2021-04-30"), "none");
    pm_status_free(s);
}

static void history_errors(void **state)
{
    struct box *box = *state;
    assert_bad(
        box,
        "\"areas\": {\"A\": [{\"status\": \"a\"},\n{\"from\": \"2021-01-01\", \"status\": \"b\"}]}",
        "2:17 missing-key: \"from\" is missing");
    assert_bad(box,
               "\"areas\": {\"A\": [{\"from\": \"2021-01-01\", \"status\": \"a\"},\n"
               "{\"from\": \"2021-01-01\", \"status\": \"b\"}]}",
               "3:1 duplicate-date: \"A\" has two entries from the same day");
    assert_null(with(box, "\"areas\": {\"A\": [{\"from\": \"2021-02-30\", \"status\": \"a\"},\n"
                          "\"b\"]}"));
    assert_said(box, "2:26 bad-date: \"2021-02-30\" is no date (write a day that exists as "
                     "YYYY-MM-DD)\n"
                     "3:1 missing-key: \"from\" is missing (each entry of a history needs the day "
                     "from which it holds)\n");
    assert_bad(box, "\"areas\": {\"A\": []}", "2:16 empty-history: the history of \"A\" is empty");
}

/* ---- where a place is --------------------------------------------------------------- */

static void places_say_where_they_are(void **state)
{
    struct box *box = *state;
    struct pm_status *s =
        good(box, "\"places\": {\"A\": {\"in\": \"Helmand\", \"lon\": 64.5, \"lat\": 31, \"name\": "
                  "\"Camp A\", "
                  "\"status\": \"x\"},\n\"B\": [{\"from\": \"2021-01-01\", \"status\": \"x\"}, "
                  "{\"from\": \"2020-01-01\", \"status\": \"y\", \"in\": \"Kabul\"}]}");
    assert_string_equal(s->places[0].in, "Helmand");
    assert_true(s->places[0].has_position && s->places[0].lon == 64.5);
    assert_string_equal(en(&s->places[0].name), "Camp A");
    assert_string_equal(s->places[1].in, "Kabul");
    assert_false(s->places[1].has_position);
    struct pm_place at = pm_place_value(s->source, s->places[1].in_at);
    assert_int_equal(strncmp(s->source->text + at.offset, "\"Kabul\"", at.length), 0);
    pm_status_free(s);
}

static void entries_of_a_place_must_agree(void **state)
{
    struct box *box = *state;
    struct pm_status *s = good(
        box, "\"places\": {\"A\": [{\"from\": \"2021-01-01\", \"status\": \"x\", \"in\": \"K\"}, "
             "{\"from\": \"2020-01-01\", \"status\": \"y\", \"in\": \"K\"}]}");
    pm_status_free(s);
    assert_bad(
        box,
        "\"places\": {\"A\": [{\"from\": \"2021-01-01\", \"status\": \"x\", \"in\": \"K\"},\n"
        "{\"from\": \"2020-01-01\", \"status\": \"y\", \"in\": \"H\"}]}",
        "3:45 contradiction: an earlier entry of this place has another \"in\"");
    assert_bad(box, "\"places\": {\"A\": {\"status\": \"x\", \"lon\": 1}}",
               "missing-key: \"lat\" is missing");
    assert_bad(box, "\"places\": {\"A\": {\"status\": \"x\", \"lon\": 1, \"lat\": 91}}",
               "out-of-range: a number from -90 to 90 is wanted here");
    assert_bad(box, "\"areas\": {\"A\": {\"status\": \"x\", \"lon\": 1}}",
               "unknown-key: no key is called \"lon\"");
}

/* ---- errors ------------------------------------------------------------------------- */

static void all_errors_in_one_run(void **state)
{
    struct box *box = *state;
    assert_null(parsed(box, "{\n"
                            "  \"as_of\": \"2021-02-29\",\n"
                            "  \"titel\": \"x\",\n"
                            "  \"areas\": {\"A\": 5, \"B\": {\"statsu\": \"x\"}},\n"
                            "  \"places\": [],\n"
                            "  \"stale_after_days\": 1.5\n"
                            "}"));
    assert_said(
        box,
        "1:1 missing-key: \"format\" is missing (begin with \"format\": \"provmap-status/1\")\n"
        "2:12 bad-date: \"2021-02-29\" is no date (write a day that exists as YYYY-MM-DD)\n"
        "3:3 unknown-key: no key is called \"titel\" here (did you mean \"title\"?)\n"
        "4:18 wrong-type: a status, an object or a list of dated objects is wanted here\n"
        "4:26 missing-key: \"status\" is missing (say who holds it, or \"unknown\")\n"
        "4:27 unknown-key: no key is called \"statsu\" here (did you mean \"status\"?)\n"
        "5:13 wrong-type: an object is wanted here, not a list\n"
        "6:23 out-of-range: a whole number from 0 to 100000 is wanted here\n");
}

static void what_must_stand(void **state)
{
    struct box *box = *state;
    assert_null(parsed(box, "{}"));
    const char *said = box_said(box);
    assert_contains(said, "\"format\" is missing");
    assert_contains(said, "\"as_of\" is missing");
    assert_null(parsed(box, "{\"format\": \"provmap-status/2\", \"as_of\": \"2021-01-01\"}"));
    assert_said(box, "1:12 wrong-format: \"format\" must be \"provmap-status/1\" (this is a file "
                     "of another kind, or for another version)\n");
    assert_null(parsed(box, "[]"));
    assert_contains(box_said(box), "1:1 wrong-type: an object is wanted here, not a list");
}

static void references_must_exist(void **state)
{
    struct box *box = *state;
    assert_bad(box,
               "\"sources\": {\"bbc\": {\"title\": \"T\"}}, \"areas\": {\"A\": {\"status\": \"x\", "
               "\"sources\": "
               "[\"bbd\"]}}",
               "unknown-source: no source is called \"bbd\" (did you mean \"bbc\"?)");
    assert_bad(box, "\"areas\": {\"A\": {\"status\": \"x\", \"sources\": [\"s1\"]}}",
               "unknown-source: no source is called \"s1\" (declare it in \"sources\")");
    assert_bad(box,
               "\"parties\": {\"taliban\": {}}, \"areas\": {\"A\": {\"status\": \"x\", \"party\": "
               "\"talban\"}}",
               "unknown-party: no party is called \"talban\" (did you mean \"taliban\"?)");
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"claims\": [{\"by\": \"gov\"}]}]",
               "unknown-party: no party is called \"gov\" (declare it in \"parties\")");
}

static void declarations_are_checked(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"statuses\": {\"a\": {\"color\": \"red\"}}",
               "bad-value: \"red\" is no colour");
    assert_bad(box, "\"statuses\": {\"a\": {\"color\": \"none\"}}",
               "bad-value: \"none\" is no colour");
    assert_bad(box, "\"statuses\": {\"a\": {\"colour\": \"#fff\"}}", "did you mean \"color\"?");
    assert_bad(box, "\"aliases\": {\"a\": 1}", "wrong-type: a string is wanted here, not a number");
    assert_bad(box, "\"sources\": {\"a\": \"b\"}",
               "wrong-type: an object is wanted here, not a string");
}

static void event_errors(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"events\": [{}]",
               "2:12 missing-key: \"area\" is missing (say where it happened");
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"kind\": \"strike\"}]",
               "bad-value: \"strike\" is none of: strikes, clash, capture, explosion, other "
               "(did you mean \"strikes\"?)");
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"precision\": \"rough\"}]",
               "bad-value: \"rough\" is none of: exact, district, province");
    assert_bad(box,
               "\"events\": [{\"id\": \"e\", \"area\": \"A\"}, {\"id\": \"e\", \"area\": \"A\"}]",
               "duplicate-id: event 1 is called \"e\" too");
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"claims\": [{\"text\": \"x\"}]}]",
               "missing-key: \"by\" is missing (say whose claim it is)");
}

static void precision_of_events(void **state)
{
    struct box *box = *state;
    struct pm_status *s = good(
        box,
        "\"events\": [{\"area\": \"A\", \"text\": \"t\"}, {\"place\": \"P\", \"text\": \"t\"}, "
        "{\"lon\": 1, \"lat\": 2, \"text\": \"t\"}, "
        "{\"place\": \"P\", \"precision\": \"district\", \"text\": \"t\"}]");
    static const enum pm_precision wanted[] = {PM_PRECISION_PROVINCE, PM_PRECISION_EXACT,
                                               PM_PRECISION_EXACT, PM_PRECISION_DISTRICT};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(s->events[i].precision, wanted[i]);
    assert_int_equal(s->events[0].kind, PM_EVENT_OTHER);
    pm_status_free(s);
}

static void references_are_not_empty(void **state)
{
    static const char *const members[] = {
        "\"areas\": {\"A\": @}",
        "\"areas\": {\"A\": [@]}",
        "\"areas\": {\"A\": {\"status\": @}}",
        "\"areas\": {\"A\": {\"status\": \"x\", \"leaning\": @}}",
        "\"areas\": {\"A\": {\"status\": \"x\", \"party\": @}}",
        "\"areas\": {\"A\": {\"status\": \"x\", \"sources\": [@]}}",
        "\"areas\": {@: \"x\"}",
        "\"places\": {@: \"x\"}",
        "\"places\": {\"A\": {\"status\": \"x\", \"in\": @}}",
        "\"parties\": {\"p\": {\"side\": @}}",
        "\"parties\": {@: {}}",
        "\"statuses\": {\"s\": {\"side\": @}}",
        "\"statuses\": {@: {}}",
        "\"sources\": {@: {\"title\": \"T\"}}",
        "\"aliases\": {@: \"Helmand\"}",
        "\"aliases\": {\"a\": @}",
        "\"shapes\": @",
        "\"style\": @",
        "\"events\": [{\"area\": @, \"lon\": 1, \"lat\": 1, \"text\": \"t\"}]",
        "\"events\": [{\"place\": @, \"lon\": 1, \"lat\": 1, \"text\": \"t\"}]",
        "\"events\": [{\"id\": @, \"lon\": 1, \"lat\": 1, \"text\": \"t\"}]",
        "\"events\": [{\"area\": \"A\", \"claims\": [{\"by_detail\": \"d\", \"by\": @}]}]"};
    struct box *box = *state;
    char *longest = pm_alloc(&box->arena, 1002, 1);
    memset(longest, 'n', 1001);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const char *at = strchr(members[i], '@');
        int before = (int)(at - members[i]);
        assert_bad(box, pm_sprintf(&box->arena, "%.*s\"\"%s", before, members[i], at + 1),
                   pm_sprintf(&box->arena,
                              "2:%d bad-value: a name is wanted here, not an empty string",
                              before + 1));
        assert_bad(box,
                   pm_sprintf(&box->arena, "%.*s\"%s\"%s", before, members[i], longest, at + 1),
                   pm_sprintf(&box->arena, "2:%d too-long: a name of 1001 bytes", before + 1));
    }
}

static void own_keys_are_no_entries(void **state)
{
    struct box *box = *state;
    struct pm_status *s = good(
        box, "\"areas\": {\"x-a\": 1, \"A\": \"x\", \"$schema\": 2}, \"places\": {\"x-a\": {}, "
             "\"P\": \"x\"},\n"
             "\"sources\": {\"x-a\": [], \"s\": {\"title\": \"T\"}, \"x-b\": 0, \"t\": {\"title\": "
             "\"T\"}},\n"
             "\"parties\": {\"x-a\": \"\", \"p\": {}}, \"statuses\": {\"x-a\": null, \"s\": {}},\n"
             "\"aliases\": {\"x-a\": 1, \"a\": \"A\"}");
    assert_int_equal(s->area_count, 1);
    assert_string_equal(s->places[0].key, "P");
    assert_int_equal(s->source_count, 2);
    assert_string_equal(s->sources[1].id, "t");
    assert_string_equal(s->parties[0].id, "p");
    assert_string_equal(s->statuses[0].id, "s");
    assert_int_equal(s->alias_count, 1);
    pm_status_free(s);
}

static void sources_say_what_they_are(void **state)
{
    struct box *box = *state;
    static const char *const bare[] = {"{}", "{\"url\": \"https://x\"}", "{\"title\": \"\"}",
                                       "{\"publisher\": \"\", \"title\": {\"x-t\": \"T\"}}"};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        assert_bad(box, pm_sprintf(&box->arena, "\"sources\": {\"s\": %s}", bare[i]),
                   "2:18 missing-key: \"title\" is missing (a source needs a \"title\" or a "
                   "\"publisher\" to be printed)");
    assert_null(with(box, "\"sources\": {\"s\": {\"title\": 5}}"));
    assert_said(box, "2:28 wrong-type: a string, or an object of one string a language, is wanted "
                     "here, not a number\n");
}

static void events_say_what_happened(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"kind\": \"clash\"}]",
               "2:12 missing-key: \"text\" is missing (say in a few words what happened, or give "
               "\"claims\")");
    assert_bad(box, "\"events\": [{\"area\": \"A\", \"text\": \"\", \"claims\": []}]",
               "missing-key: \"text\"");
    assert_null(with(box, "\"events\": [{\"area\": \"A\", \"text\": 5}]"));
    assert_said(box, "2:34 wrong-type: a string, or an object of one string a language, is wanted "
                     "here, not a number\n");
    pm_status_free(
        good(box, "\"events\": [{\"area\": \"A\", \"claims\": [{\"by_detail\": \"d\"}]}]"));
}

static void lines_of_the_map_are_cleaned(void **state)
{
    struct box *box = *state;
    struct pm_status *s = with(
        box,
        "\"credit\": \"a\\nb\", \"license\": \"\", \"sources\": {\"s\": {\"publisher\": \"c\\td\", "
        "\"url\": \"e\\rf\"}}");
    assert_non_null(s);
    assert_contains(box_said(box), "no-link: \"e f\" is no address of the web");
    assert_string_equal(s->credit, "a b");
    assert_null(s->license);
    assert_string_equal(s->sources[0].publisher, "c d");
    assert_string_equal(s->sources[0].url, "e f");
    pm_status_free(s);
}

static void statuses_are_limited(void **state)
{
    struct box *box = *state;
    const char *list = "\"s\": {}";
    for (int i = 0; i < 200; i++)
        list = pm_sprintf(&box->arena, "%s, \"s%d\": {}", list, i);
    assert_bad(box, pm_sprintf(&box->arena, "\"statuses\": {%s}", list),
               "2:13 too-many: 201 statuses are too many; 200 are allowed");
}

/* Very many unknown ids are all told or counted, but not all compared. */
static void proposals_are_limited(void **state)
{
    struct box *box = *state;
    const char *list = "\"s1\"";
    for (int i = 0; i < 150; i++)
        list = pm_sprintf(&box->arena, "%s,\"s1\"", list);
    assert_null(with(box, pm_sprintf(&box->arena,
                                     "\"sources\": {\"s2\": {\"title\": \"T\"}}, \"areas\": "
                                     "{\"A\": {\"status\": \"x\", \"sources\": [%s]}}",
                                     list)));
    const char *said = box_said(box);
    int proposed = 0, told = 0;
    for (const char *at = said; (at = strstr(at, "unknown-source")) != NULL; at++)
        told++;
    for (const char *at = said; (at = strstr(at, "did you mean \"s2\"?")) != NULL; at++)
        proposed++;
    assert_int_equal(told, 151);
    assert_int_equal(proposed, 100);
}

static void duplicate_keys_do_not_hide_other_errors(void **state)
{
    struct box *box = *state;
    assert_null(with(box, "\"areas\": {\"A\": \"x\",\n\"A\": \"y\", \"B\": 3}"));
    assert_said(box,
                "3:1 duplicate-key: the key \"A\" stands twice in this object, first in line 2 "
                "(keep one; for a history give the key a list of dated entries)\n"
                "3:16 wrong-type: a status, an object or a list of dated objects is wanted here\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(the_small_form),
        boxed(the_full_form),
        boxed(places_stay_good_after_loading),
        boxed(shapes_beside_the_file),
        boxed(histories_are_sorted),
        boxed(one_entry_needs_no_date),
        boxed(history_errors),
        boxed(places_say_where_they_are),
        boxed(entries_of_a_place_must_agree),
        boxed(all_errors_in_one_run),
        boxed(what_must_stand),
        boxed(references_must_exist),
        boxed(declarations_are_checked),
        boxed(event_errors),
        boxed(precision_of_events),
        boxed(references_are_not_empty),
        boxed(own_keys_are_no_entries),
        boxed(sources_say_what_they_are),
        boxed(events_say_what_happened),
        boxed(lines_of_the_map_are_cleaned),
        boxed(statuses_are_limited),
        boxed(proposals_are_limited),
        boxed(duplicate_keys_do_not_hide_other_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
