#include "input_test.h"

#include "model/style.h"
#include "model/words.h"
#include "provmap.h"

#define HEAD "{\"format\": \"provmap-style/1\",\n"

static struct pm_style *loaded(struct box *box, const char *members)
{
    const char *text = pm_sprintf(&box->arena, HEAD "%s}", members);
    return pm_style_load(box_text(box, "t.json", text), box->diags);
}

static struct pm_style *good(struct box *box, const char *members)
{
    struct pm_style *style = loaded(box, members);
    if (!style)
        fail_msg("%s", box_said(box));
    assert_said(box, "");
    return style;
}

static void assert_bad(struct box *box, const char *members, const char *wanted)
{
    assert_null(loaded(box, members));
    assert_contains(box_said(box), wanted);
}

static void keys_change_the_default(void **state)
{
    struct box *box = *state;
    struct pm_style *style =
        good(box, "\"page\": {\"margin\": 12.5}, \"color\": {\"ink\": \"#112233\"}, \"show\": "
                  "{\"legend\": false}, \"type\": {\"title\": {\"weight\": 400, \"x-why\": 1}}, "
                  "\"font\": {\"family\": \"Inter\"}, \"x-mine\": {}, \"$schema\": \"s\"");
    assert_true(style->page.margin == 12.5);
    assert_true(style->page.width == 1600);
    assert_true(style->color.ink == 0x112233FF);
    assert_false(style->show.legend);
    assert_int_equal(style->type[PM_TYPE_TITLE].weight, 400);
    assert_string_equal(style->family, "Inter");
    pm_style_free(style);
}

/* Each key of the table can be written in a file as its default and is read back. */
static void every_key_of_the_table_is_read(void **state)
{
    struct box *box = *state;
    for (size_t i = 0; i < pm_style_key_count; i++) {
        const struct pm_style_key *key = &pm_style_keys[i];
        bool quoted = key->type == PM_KEY_COLOR || key->type == PM_KEY_STRING;
        struct pm_str text = {0};
        int depth = 1;
        pm_str_addc(&text, '"');
        for (const char *p = key->path; *p; p++)
            if (*p == '.') {
                pm_str_add(&text, "\": {\"");
                depth++;
            } else {
                pm_str_addc(&text, *p);
            }
        pm_str_addf(&text, quoted ? "\": \"%s\"" : "\": %s", key->initial);
        for (; depth > 1; depth--)
            pm_str_addc(&text, '}');
        pm_style_free(good(box, pm_str_get(&text)));
        pm_str_finish(&text);
    }
}

static void unknown_keys_are_proposed_where_they_stand(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"colour\": {}",
               "2:1 unknown-key: no key is called \"colour\" (did you mean \"color\"?)");
    assert_bad(box, "\"color\": {\"inc\": \"#fff\"}",
               "2:11 unknown-key: no key is called \"inc\" in \"color\" (did you mean \"ink\"?)");
    assert_bad(box, "\"type\": {\"titel\": {\"size\": 3}}",
               "unknown-key: no key is called \"titel\" in \"type\" (did you mean \"title\"?)");
    assert_bad(
        box, "\"map\": {\"zzz\": 1}",
        "unknown-key: no key is called \"zzz\" in \"map\" (known: padding, north, simplify)");
    assert_bad(box, "\"extend\": \"x\"", "(did you mean \"extends\"?)");
    assert_bad(box, "\"words\": {\"as_off\": \"x\"}", "(did you mean \"as_of\"?)");
    assert_bad(box, "\"page.width\": 500", "no key is called \"page.width\" (");
    assert_bad(box, "\"type\": {\"title.size\": 20}",
               "no key is called \"title.size\" in \"type\"");
}

static void wrong_values(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"page\": {\"width\": \"1600\"}",
               "2:19 bad-value: \"page.width\" wants a number from 200 to 20000 (it is: width ");
    assert_bad(box, "\"page\": {\"width\": 5}",
               "bad-value: \"page.width\" wants a number from 200 to 20000 (it is: ");
    assert_bad(box, "\"color\": {\"ink\": \"black\"}", "bad-value: \"color.ink\" wants a colour");
    assert_bad(box, "\"line\": {\"glow_alpha\": 1.0000001}",
               "wants a number from 0 to 1 ("); /* unrounded */
    assert_bad(box, "\"type\": {\"title\": {\"weight\": 450.5}}",
               "\"type.title.weight\" wants a whole number from 100 to 900 (");
    assert_bad(box, "\"show\": {\"legend\": \"no\"}",
               "bad-value: \"show.legend\" wants true or false");
    assert_bad(box, "\"show\": true", "wrong-type: an object is wanted here, not true");
    assert_bad(box, "\"label\": {\"halo\": 1e300}", "bad-value: \"label.halo\" wants a number");
    assert_bad(box, "\"font\": {\"family\": \"\"}", "bad-value: \"font.family\" wants a string");
}

static void looks_are_changed_and_added(void **state)
{
    struct box *box = *state;
    struct pm_style *style = good(
        box, "\"statuses\": {\"contested\": {\"texture\": \"none\", \"label\": {\"fa\": \"F\"}},\n"
             "\"isis\": {\"color\": \"#102030\", \"label\": \"IS\", \"marker\": \"split\"}}");
    const struct pm_status_look *contested = pm_style_status(style, "contested"),
                                *isis = pm_style_status(style, "isis");
    assert_int_equal(contested->texture, PM_TEXTURE_NONE);
    assert_int_equal(contested->marker, PM_MARKER_SPLIT);
    assert_string_equal(pm_text_get(&contested->label, "en", NULL), "Contested");
    assert_string_equal(pm_text_get(&contested->label, "fa", NULL), "F");
    assert_true(isis->fill == 0x102030FF);
    assert_string_equal(isis->side, "isis");
    assert_int_equal(isis->marker, PM_MARKER_SPLIT);
    assert_int_equal(style->status_count, 8);
    pm_style_free(style);
}

static void look_errors(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"statuses\": {\"isis\": {}}",
               "2:14 no-color: the new status \"isis\" has no \"color\"");
    assert_bad(box, "\"statuses\": {\"other\": {\"color\": \"pink\"}}",
               "bad-value: \"pink\" is no colour");
    assert_bad(box, "\"statuses\": {\"other\": {\"texture\": \"hatched\"}}",
               "bad-value: \"hatched\" is none of: none, hatch, lines, dots, horizontal, vertical, "
               "grid, crosses (did you mean \"hatch\"?)");
    assert_bad(box, "\"statuses\": {\"other\": {\"marker\": 1}}",
               "wrong-type: a string is wanted here");
    assert_bad(box, "\"statuses\": {\"other\": {\"fill\": \"#fff\"}}", "unknown-key: ");
}

static void words_are_changed(void **state)
{
    struct box *box = *state;
    struct pm_style *style = good(box, "\"words\": {\"as_of\": {\"en\": \"on {date}\"}}");
    const struct pm_slot slots[] = {{"date", "D"}, {NULL, NULL}};
    const struct pm_wording wording = {style->words, "en", &box->arena};
    assert_string_equal(pm_word(&wording, PM_WORD_AS_OF, slots), "on D");
    pm_style_free(style);
}

static void digits_are_ten(void **state)
{
    struct box *box = *state;
    struct pm_style *style = good(box, "\"words\": {\"digits\": {\"fa\": \"0123456789\"}}");
    const struct pm_wording wording = {style->words, "fa", &box->arena};
    assert_string_equal(pm_word_ordinal(&wording, 2021), "2021");
    pm_style_free(style);
    assert_bad(box, "\"words\": {\"digits\": {\"fa\": \"۰۱۲۳۴۵۶۷۸\"}}",
               "bad-value: ten digits are wanted here, from nought to nine");
    assert_bad(box, "\"words\": {\"digits\": \"0123456789x\"}", "bad-value: ten digits");
}

static void styles_extend_each_other(void **state)
{
    struct box *box = *state;
    box_text(box, "base.json", HEAD "\"page\": {\"margin\": 1, \"gap\": 2}}");
    struct pm_style *style = good(box, "\"page\": {\"gap\": 3}, \"extends\": \"base.json\"");
    assert_true(style->page.margin == 1);
    assert_true(style->page.gap == 3); /* whatever the order of keys */
    pm_style_free(style);
}

static void extends_must_end(void **state)
{
    struct box *box = *state;
    box_text(box, "a.json", HEAD "\"extends\": \"t.json\"}");
    assert_bad(box, "\"extends\": \"a.json\"",
               "circular-extends: the style extends itself through \"");
    assert_bad(box, "\"extends\": \"./t.json\"", "extends-too-deep: ");
    assert_bad(box, "\"extends\": \"nothing\"", "2:12 no-style: there is no style \"nothing\"");
}

/* The default's dark, then what this file says of it; its light values don't come through. */
static void the_dark_lies_over_the_light(void **state)
{
    struct box *box = *state;
    static const char text[] =
        HEAD "\"extends\": \"default\", \"color\": {\"page\": \"#FFFDF5\", \"ink\": \"#111111\"},\n"
             "\"page\": {\"margin\": 7},\n"
             "\"dark\": {\"color\": {\"ink\": \"#EEEEEE\"}, \"line\": {\"road\": 2}, "
             "\"statuses\": {\"contested\": {\"color\": \"#998800\"}}}}";
    const char *path = box_text(box, "t.json", text);
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    struct pm_style *light = pm_style_load(path, box->diags);
    struct pm_style *dark = pm_style_load_theme(path, PM_THEME_DARK, box->diags);
    struct pm_style *preset = pm_style_load("dark", box->diags);
    struct pm_style *undone = pm_style_load_theme("dark", PM_THEME_LIGHT, box->diags);
    unsetenv("PROVMAP_DATA");
    assert_said(box, "");
    assert_true(light->color.page == 0xFFFDF5FF && light->color.ink == 0x111111FF);
    assert_true(!light->dark && light->line.road != 2);
    assert_true(dark->dark && dark->page.margin == 7 && dark->line.road == 2);
    assert_true(dark->color.page == 0x14181DFF && dark->color.ink == 0xEEEEEEFF);
    assert_true(dark->statuses[2].fill == 0x998800FF && light->statuses[2].fill == 0xDFC036FF);
    assert_true(preset->dark && preset->color.page == 0x14181DFF);
    assert_true(!undone->dark && undone->color.page == 0xFFFFFFFF);
    pm_style_free(light);
    pm_style_free(dark);
    pm_style_free(preset);
    pm_style_free(undone);
}

/* Also where the light is wanted. */
static void what_is_wrong_in_the_dark_is_told(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"dark\": {\"page\": {\"margin\": 7}}",
               "2:19 bad-value: \"page.margin\" can't differ in the dark");
    assert_bad(box, "\"dark\": {\"colour\": {}}", "unknown-key: no key is called \"colour\"");
    assert_bad(box, "\"dark\": {\"color\": {\"ink\": \"red\"}}", "bad-value: ");
    assert_bad(box, "\"dark\": {\"statuses\": {\"rebel\": {\"color\": \"#123456\"}}}",
               "unknown-status: no status is called \"rebel\"");
    assert_bad(box, "\"dark\": {\"statuses\": {\"contested\": {\"marker\": \"split\"}}}",
               "unknown-key: ");
    assert_bad(box, "\"dark\": 1", "wrong-type: ");
    assert_bad(box, "\"theme\": \"night\"", "bad-value: ");
    assert_null(pm_style_load_theme(box_text(box, "t.json", HEAD "\"x-a\": 1}"), PM_THEME_DARK,
                                    box->diags));
    assert_contains(box_said(box), "no-dark: ");
}

static void names_are_looked_up(void **state)
{
    struct box *box = *state;
    assert_int_equal(setenv("PROVMAP_DATA", box->folder, 1), 0);
    struct pm_style *style = pm_style_load("default", box->diags);
    assert_non_null(style); /* built in, also where no file is */
    assert_string_equal(style->name, "default");
    pm_style_free(style);
    assert_int_equal(system(pm_sprintf(&box->arena, "mkdir '%s/styles'", box->folder)), 0);
    box_text(box, "styles/dark.json", HEAD "\"extends\": \"default\", \"page\": {\"margin\": 7}}");
    box_text(box, "styles/print.json", HEAD "\"extends\": \"dark\"}");
    style = pm_style_load("print", box->diags);
    assert_non_null(style);
    assert_true(style->page.margin == 7);
    pm_style_free(style);
    assert_null(pm_style_load("prnt", box->diags));
    assert_said(box, "no-style: there is no style \"prnt\" (did you mean \"print\"?)\n");
    assert_null(pm_style_load("zzzzzz", box->diags));
    assert_said(box,
                "no-style: there is no style \"zzzzzz\" (give a path, or one of: dark, print)\n");
    unsetenv("PROVMAP_DATA");
}

static void formats_are_checked(void **state)
{
    struct box *box = *state;
    assert_null(pm_style_load(box_text(box, "a.json", "{}"), box->diags));
    assert_contains(
        box_said(box),
        "1:1 missing-key: \"format\" is missing (begin with \"format\": \"provmap-style/1\")");
    assert_null(pm_style_load(box_text(box, "a.json", "{\"format\": 1}"), box->diags));
    assert_contains(box_said(box), "1:12 wrong-type: a string is wanted here");
}

static void shipped_styles_are_good(void **state)
{
    struct box *box = *state;
    assert_int_equal(setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1), 0);
    struct pm_style *built_in = pm_style_default(), *file = pm_style_load("default", box->diags);
    assert_said(box, "");
    assert_non_null(file);
    assert_memory_equal(&file->page, &built_in->page, sizeof file->page);
    assert_memory_equal(&file->color, &built_in->color, sizeof file->color);
    assert_int_equal(file->status_count, built_in->status_count);
    pm_style_free(file);
    pm_style_free(built_in);
    unsetenv("PROVMAP_DATA");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(keys_change_the_default),
        boxed(every_key_of_the_table_is_read),
        boxed(unknown_keys_are_proposed_where_they_stand),
        boxed(wrong_values),
        boxed(looks_are_changed_and_added),
        boxed(look_errors),
        boxed(words_are_changed),
        boxed(digits_are_ten),
        boxed(styles_extend_each_other),
        boxed(extends_must_end),
        boxed(the_dark_lies_over_the_light),
        boxed(what_is_wrong_in_the_dark_is_told),
        boxed(names_are_looked_up),
        boxed(formats_are_checked),
        boxed(shipped_styles_are_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
