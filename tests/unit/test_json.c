#include "check.h"
#include "input_test.h"

#include "base/limits.h"
#include "input/json.h"

static struct pm_json parsed(struct box *box, const char *text)
{
    struct pm_json json = {.arena = &box->arena, .diags = box->diags};
    pm_json_parse(&json, text, strlen(text), "t.json");
    return json;
}

enum { ANY = JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL };

/* What "/b/2/c" leads to. */
static struct pm_jval walk(struct pm_json *json, const char *path)
{
    struct pm_jval value = pm_json_root(json);
    for (const char *step = path; *step == '/';) {
        size_t length = strcspn(++step, "/");
        const char *name = pm_strndup(json->arena, step, length);
        struct pm_jval up = value;
        value =
            json_is_array(up.v) ? pm_jval_at(&up, (size_t)(*name - '0')) : pm_jval_get(&up, name);
        step += length;
    }
    return value;
}

/* "LINE:COLUMN marked text" of what the path leads to. */
static const char *at(struct box *box, const char *text, const char *path, bool key)
{
    struct pm_json json = parsed(box, text);
    struct pm_jval value = walk(&json, path);
    struct pm_place place = key ? pm_jval_key_place(&value) : pm_jval_place(&value);
    int line = 0, column = 0;
    pm_source_position(json.source, place.offset, &line, &column);
    pm_json_finish(&json);
    return pm_sprintf(&box->arena, "%d:%d %.*s", line, column, (int)place.length,
                      text + place.offset);
}

#define assert_at(text, path, key, wanted)                                                         \
    assert_string_equal(at(*state, (text), (path), (key)), (wanted))

static void values_have_places(void **state)
{
    const char *text = "{\"a\": 1,\n  \"b\": [10, \"x\", {\"c\": true}],\n \"d\": {}}";
    assert_at(text, "", false, "1:1 {");
    assert_at(text, "/a", false, "1:7 1");
    assert_at(text, "/b/0", false, "2:9 10");
    assert_at(text, "/b/1", false, "2:13 \"x\"");
    assert_at(text, "/b/2/c", false, "2:24 true");
    assert_at(text, "/d", false, "3:7 {");
}

static void keys_have_places(void **state)
{
    const char *text = "{\"a\": 1,\n  \"b\": [10, {\"c\": true}]}";
    assert_at(text, "/b", true, "2:3 \"b\"");
    assert_at(text, "/b/1/c", true, "2:14 \"c\"");
    assert_at(text, "/b/1", true, "2:13 {"); /* an element has no key */
}

static void keys_are_compared_unescaped(void **state)
{
    const char *text =
        "{\"\\u00e9\": 1, \"a\\/\": 2, \"m~n\": 3, \"\\ud83d\\ude00\": 4, \"q\\\"\": 5}";
    assert_at(text, "/é", false, "1:12 1");
    assert_at(text, "/m~n", false, "1:32 3");
    assert_at(text, "/😀", false, "1:51 4");
    assert_at(text, "/q\"", false, "1:61 5");
}

/* Strings with brackets, quotes and escapes in them don't lead the scanner astray. */
static void strings_are_skipped_whole(void **state)
{
    const char *text = "{\"x\": \"}]\\\"{\\\\\", \"y\": [\"]\", \"\\\\\"], \"z\": 1}";
    assert_at(text, "/z", false, "1:41 1");
}

/* The scanner alone, on what the parser would have refused. */
static void survives(struct box *box, const char *text, size_t length)
{
    struct pm_source source = {"t", text, length};
    pm_positions_check(&source, box->diags);
    struct pm_positions *positions = pm_positions_new(&source, box->diags);
    struct pm_at root = pm_positions_root(positions);
    struct pm_at a = pm_positions_member(positions, root, "a");
    assert_true(a.key <= a.value && a.value <= length);
    assert_true(pm_place_value(&source, a).offset <= length);
    assert_true(pm_positions_element(positions, root, 1).value <= length);
    pm_positions_free(positions);
}

static void any_text_is_survived(void **state)
{
    static const char *const texts[] = {
        "",    "{",      "[",        "{\"a", "{\"a\":", "{\"a\":[", "{\"a\" 1",
        "[[[", "{\"a\\", "{\"\\u12", "]",    "\"",      "{]}",      "[}]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        survives(*state, texts[i], strlen(texts[i]));
}

static void nul_bytes_are_survived(void **state)
{
    static const char text[] = "[\0\0, {\0: 1}]";
    survives(*state, text, sizeof text - 1);
}

static char *repeated(struct box *box, const char *before, char c, size_t count)
{
    size_t length = strlen(before);
    char *text = pm_alloc(&box->arena, length + count + 1, 1);
    memcpy(text, before, length);
    memset(text + length, c, count);
    return text;
}

static void nesting_is_limited(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(box, repeated(box, "", '[', 100000));
    assert_said(box,
                "1:101 too-deep: not read: brackets are nested too deep here (the limit is 100)\n");
    assert_null(json.root);
    pm_json_finish(&json);
}

static void values_are_limited(void **state)
{
    struct box *box = *state;
    char *text = repeated(box, "[\n1", ',', 2 * PM_MOST_JSON_VALUES);
    for (size_t i = 3; text[i]; i += 2)
        text[i] = '1';
    struct pm_json json = parsed(box, text);
    assert_string_equal(pm_diags_get(box->diags, 0)->id, "too-many");
    assert_null(json.root);
    pm_json_finish(&json);
}

/* A comma or bracket in a string counts for nothing. */
static void strings_do_not_count_as_values(void **state)
{
    struct box *box = *state;
    char *text = repeated(box, "[\"", '[', 1000);
    struct pm_json json = parsed(box, pm_sprintf(&box->arena, "%s\"]", text));
    assert_said(box, "");
    pm_json_finish(&json);
}

/* ---- any document: each value knows its own place ------------------------------ */

static json_t *random_value(uint32_t *seed, int depth)
{
    static const char *const keys[] = {"a", "b/c", "d~e", "é", "q\"\\", "😀", "", "[", "}", "x y"};
    uint32_t kind = check_random(seed) % (depth > 0 ? 6 : 4);
    if (kind == 0)
        return json_integer(check_random(seed) % 1000);
    if (kind == 1)
        return json_string(keys[check_random(seed) % 10]);
    if (kind < 4)
        return kind == 2 ? json_null() : json_boolean(check_random(seed) & 1);
    json_t *value = kind == 4 ? json_array() : json_object();
    for (uint32_t n = check_random(seed) % 6; n > 0; n--)
        if (kind == 4)
            json_array_append_new(value, random_value(seed, depth - 1));
        else
            json_object_set_new(value, keys[check_random(seed) % 10],
                                random_value(seed, depth - 1));
    return value;
}

static void check_everywhere(const struct pm_jval *value)
{
    const struct pm_source *source = value->json->source;
    struct pm_place at = pm_jval_place(value);
    const char *text = source->text + at.offset;
    if (json_is_object(value->v) || json_is_array(value->v)) {
        assert_int_equal(*text, json_is_object(value->v) ? '{' : '[');
    } else {
        json_t *found = json_loadb(text, at.length, ANY, NULL);
        assert_true(json_equal(found, value->v));
        json_decref(found);
    }
    const char *key = NULL;
    json_t *v = NULL;
    json_object_foreach (value->v, key, v) {
        struct pm_jval member = pm_jval_get(value, key);
        struct pm_place key_at = pm_jval_key_place(&member);
        json_t *found =
            json_loadb(source->text + key_at.offset, key_at.length, JSON_DECODE_ANY, NULL);
        assert_string_equal(json_string_value(found), key);
        json_decref(found);
        check_everywhere(&member);
    }
    for (size_t i = 0; i < json_array_size(value->v); i++) {
        struct pm_jval element = pm_jval_at(value, i);
        check_everywhere(&element);
    }
}

static void every_value_is_found(void **state)
{
    struct box *box = *state;
    uint32_t seed = 20210504;
    for (int i = 0; i < 300; i++) {
        json_t *value = json_object();
        json_object_set_new(value, "root", random_value(&seed, 5));
        size_t flags = JSON_INDENT(check_random(&seed) % 4) |
                       (check_random(&seed) & 1 ? JSON_ENSURE_ASCII : 0);
        char *text = json_dumps(value, flags);
        struct pm_json json = parsed(box, text);
        struct pm_jval root = pm_json_root(&json);
        check_everywhere(&root);
        pm_json_finish(&json);
        json_decref(value);
        free(text);
    }
    assert_said(box, "");
}

/* ---- syntax ------------------------------------------------------------------------- */

static void syntax_errors_have_places(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"{\"a\": 1\n \"bé\": 2}", "2:2 json-syntax: not JSON: '}' expected"},
        {"{\"ééé\": tru}", "1:9 json-syntax: not JSON: invalid token"},
        {"{\"a\": 1,}", "1:9 json-syntax: not JSON: string or '}' expected"},
        {"{\"a\": [1,\n", "2:1 json-syntax: not JSON: it ends too early"},
        {"", "1:1 json-syntax: not JSON: it ends too early"},
        {"{} x", "1:4 json-syntax: not JSON: something stands behind its end (a file holds one "
                 "object: look for a bracket too many)"},
        {" \"Area\",\"Status\"",
         "1:8 json-syntax: not JSON: something stands behind its end (a JSON "
         "file begins with {: this is another kind of file)"},
        {"{\"a\": \"\\u0000\"}", "json-syntax: not JSON: \\u0000 can't stand in a string"},
        {"{\"a\": 1e999}", "json-syntax: not JSON: "},
        {"{\"a\": \"b\xff\"}", "1:9 not-utf-8: this byte (0xff) is not UTF-8"},
        {"\xff\xfe{", "1:1 not-utf-8: this byte (0xff) is not UTF-8 (the file looks like UTF-16"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_json json = parsed(box, cases[i].text);
        assert_null(json.root);
        assert_contains(box_said(box), cases[i].wanted);
    }
}

static void common_slips_are_explained(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *text, *wanted;
    } slips[] = {
        {"{\"a\": 1,}", "a comma stands before this bracket"},
        {"{\"a\": [1,\n ]}", "a comma stands before this bracket"},
        {"{\"a\": 1 // one\n}", "JSON has no comments"},
        {"{'a': 1}", "strings stand in double quotes"},
        {"{\"a\": \u201C1\u201D}", "strings stand in double quotes"},
        {"{\"a\": NaN}", "JSON knows true, false, null"},
        {"{\"a\": True}", "JSON knows true, false, null"},
        {"{\"a\": 007}", "look for a missing comma"},
        {"{\"a\": \"x\ny\"}", "a string ends on its line"},
        {"{a: 1}", "keys stand in double quotes"},
    };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct pm_json json = parsed(box, slips[i].text);
        assert_contains(box_said(box), slips[i].wanted);
        pm_json_finish(&json);
    }
}

static void all_duplicate_keys_are_named(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(box, "{\"a\": 1, \"o\": {\"a\": {}, \"b\": [{}, {\"c\": 1,\n"
                                      " \"c\": 2}]},\n \"\\u0061\": 3}");
    assert_non_null(json.root); /* so that other errors are found too */
    assert_said(box,
                "2:2 duplicate-key: the key \"c\" stands twice in this object, first in line 1 "
                "(keep one; for a history give the key a list of dated entries)\n"
                "3:2 duplicate-key: the key \"a\" stands twice in this object, first in line 1 "
                "(keep one; for a history give the key a list of dated entries)\n");
    pm_json_finish(&json);
}

static void byte_order_mark_is_skipped(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(box, "\xEF\xBB\xBF{\"a\": 1}");
    assert_non_null(json.root);
    assert_said(box, "");
    pm_json_finish(&json);
}

/* ---- reading ------------------------------------------------------------------------ */

static void typed_reads(void **state)
{
    struct box *box = *state;
    struct pm_json json =
        parsed(box, "{\"s\": \"x\", \"n\": 2.5, \"w\": 7, "
                    "\"d\": \"2021-05-04\", \"t\": {\"en\": \"E\", \"fa\": \"F\"}}");
    struct pm_jval root = pm_json_root(&json), s = pm_jval_get(&root, "s"),
                   n = pm_jval_get(&root, "n"), w = pm_jval_get(&root, "w"),
                   d = pm_jval_get(&root, "d"), t = pm_jval_get(&root, "t"),
                   none = pm_jval_get(&root, "none");
    const char *string = NULL;
    double number = 0;
    int whole = 0;
    pm_date date = PM_NO_DATE;
    struct pm_text text = {0};
    assert_true(pm_jval_string(&s, &string) && pm_streq(string, "x"));
    assert_true(pm_jval_number(&n, 0, 10, &number) && number > 2.4 && number < 2.6);
    assert_true(pm_jval_whole(&w, 0, 10, &whole) && whole == 7);
    assert_true(pm_jval_date(&d, &date) && date == 18751);
    assert_true(pm_jval_text(&t, &text) && text.n == 2);
    assert_false(pm_jval_string(&none, &string));
    assert_string_equal(string, "x");
    assert_said(box, "");
    pm_json_finish(&json);
}

static void wrong_types_say_what_is_wanted(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(box, "{\"a\": [1], \"b\": 2.5, \"c\": \"2021-02-30\"}");
    struct pm_jval root = pm_json_root(&json), a = pm_jval_get(&root, "a"),
                   b = pm_jval_get(&root, "b"), c = pm_jval_get(&root, "c");
    const char *string = NULL;
    double number = 0;
    int whole = 0;
    pm_date date = PM_NO_DATE;
    assert_false(pm_jval_string(&a, &string));
    assert_false(pm_jval_number(&b, 0, 1, &number));
    assert_false(pm_jval_whole(&b, 0, 10, &whole));
    assert_false(pm_jval_date(&c, &date));
    assert_said(box, "1:7 wrong-type: a string is wanted here, not a list\n"
                     "1:17 out-of-range: a number from 0 to 1 is wanted here\n"
                     "1:17 out-of-range: a whole number from 0 to 10 is wanted here\n"
                     "1:27 bad-date: \"2021-02-30\" is no date (write a day that exists as "
                     "YYYY-MM-DD)\n");
    pm_json_finish(&json);
}

/* A number is a number, however many digits it has. */
static void numbers_are_read_whatever_their_length(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(
        box, "{\"x-id\": 123456789012345678901234567890, \"n\": 12345678901234567890, \"w\": 30}");
    struct pm_jval root = pm_json_root(&json), n = pm_jval_get(&root, "n"),
                   w = pm_jval_get(&root, "w");
    double number = 0;
    int whole = 0;
    assert_true(pm_jval_number(&n, 0, 1e20, &number) && number > 1.2e19 && number < 1.3e19);
    assert_true(pm_jval_whole(&w, 0, 30, &whole) && whole == 30);
    assert_said(box, "");
    pm_json_finish(&json);
}

static void any_value_may_be_the_root(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *text, *found;
    } roots[] = {{"5", "a number"}, {"\"text\"", "a string"}, {"null", "null"}, {" true", "true"}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        struct pm_json json = parsed(box, roots[i].text);
        struct pm_jval root = pm_json_root(&json);
        assert_non_null(json.root);
        assert_false(pm_jval_object(&root));
        assert_contains(box_said(box),
                        pm_sprintf(&box->arena, "wrong-type: an object is wanted here, not %s",
                                   roots[i].found));
        pm_json_finish(&json);
    }
}

/* ---- names, languages, texts ---------------------------------------------------------- */

/* The entries of the root, "key " each. */
static const char *entries(struct box *box, const char *text)
{
    struct pm_json json = parsed(box, text);
    struct pm_jval root = pm_json_root(&json);
    const char *all = "";
    for (struct pm_jval entry = {0}; pm_jval_next(&root, &entry);) {
        assert_true(pm_jval_given(&entry));
        all = pm_sprintf(&box->arena, "%s%s ", all, entry.key);
    }
    pm_json_finish(&json);
    return all;
}

static void entries_are_stepped_through(void **state)
{
    struct box *box = *state;
    assert_string_equal(entries(box, "{}"), "");
    assert_string_equal(entries(box, "{\"b\": 1, \"a\": 2}"), "b a ");
    assert_string_equal(entries(box, "{\"x-a\": 1, \"$schema\": 2}"), "");
    assert_string_equal(entries(box, "{\"x-a\": 1, \"b\": 2, \"x-c\": 3, \"$schema\": 4, \"x\": 5, "
                                     "\"X-d\": 6, \"$schem\": 7, \"x-\": 8}"),
                        "b x X-d $schem ");
}

static void names_are_neither_empty_nor_endless(void **state)
{
    struct box *box = *state;
    const char *most = repeated(box, "", 'n', PM_MOST_NAME);
    struct pm_json json = parsed(
        box,
        pm_sprintf(&box->arena,
                   "{\"a\": \"\", \"b\": 1, \"c\": \"%s\", \"d\": \"%sn\",\n\"\": 1, \"%sn\": 1}",
                   most, most, most));
    struct pm_jval root = pm_json_root(&json);
    const char *name = "as it was";
    assert_false(pm_jget_name(&root, "none", &name));
    assert_false(pm_jget_name(&root, "a", &name));
    assert_false(pm_jget_name(&root, "b", &name));
    assert_false(pm_jget_name(&root, "d", &name));
    assert_string_equal(name, "as it was");
    assert_true(pm_jget_name(&root, "c", &name));
    assert_string_equal(name, most);
    int good = 0;
    for (struct pm_jval entry = {0}; pm_jval_next(&root, &entry);)
        good += pm_jval_key_is_name(&entry);
    assert_int_equal(good, 4);
    assert_said(box,
                "1:7 bad-value: a name is wanted here, not an empty string (write the name between "
                "the quotes, or take the entry away)\n"
                "1:16 wrong-type: a string is wanted here, not a number\n"
                "1:1033 too-long: a name of 1001 bytes is too long; 1000 are allowed\n"
                "2:1 bad-value: a name is wanted here, not an empty string (write the name between "
                "the quotes, or take the entry away)\n"
                "2:8 too-long: a name of 1001 bytes is too long; 1000 are allowed\n");
    pm_json_finish(&json);
}

static bool language_passes(struct box *box, const char *tag)
{
    struct pm_json json = parsed(box, pm_sprintf(&box->arena, "{\"%s\": \"t\"}", tag));
    struct pm_jval root = pm_json_root(&json);
    struct pm_text text = {0};
    bool passes = pm_jval_text(&root, &text);
    assert_int_equal(text.n, 1); /* for other errors in it, also if its language is one */
    pm_json_finish(&json);
    return passes;
}

static void languages_have_the_form_of_bcp_47(void **state)
{
    static const char *const good[] = {"en",    "fa",         "prs",         "EN",
                                       "fa-AF", "zh-Hant-TW", "en-abcdefgh", "de-1996"};
    static const char *const bad[] = {
        "", "e", "note", "en-", "-en", "en--us", "en-abcdefghi", "en us", "e1", "\u0646\u0635"};
    struct box *box = *state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(language_passes(box, good[i]));
    assert_said(box, "");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(language_passes(box, bad[i]));
        assert_contains(box_said(box), "is no language code (write a code such as");
    }
    assert_false(language_passes(box, "zh_Hant_TW"));
    assert_said(box,
                "1:2 bad-language: \"zh_Hant_TW\" is no language code (write \"zh-Hant-TW\")\n");
}

static void own_keys_in_texts_are_left_alone(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(
        box, "{\"x-note\": \"my note\", \"$schema\": 1, \"fa\": \"F\", \"x-n\": 1, \"en\": \"\"}");
    struct pm_jval root = pm_json_root(&json);
    struct pm_text text = {0};
    assert_true(pm_jval_text(&root, &text));
    assert_int_equal(text.n, 1);
    assert_string_equal(pm_text_get(&text, "en", NULL), "F");
    assert_said(box, "");
    pm_json_finish(&json);
}

static void languages_are_limited(void **state)
{
    struct box *box = *state;
    for (int count = PM_MOST_LANGUAGES; count <= PM_MOST_LANGUAGES + 1; count++) {
        const char *members = "";
        for (int i = 0; i < count; i++)
            members = pm_sprintf(&box->arena, "%s%s\"en-%d\": \"t\"", members, i ? "," : "", i);
        struct pm_json json = parsed(box, pm_sprintf(&box->arena, "{%s}", members));
        struct pm_jval root = pm_json_root(&json);
        struct pm_text text = {0};
        assert_int_equal(pm_jval_text(&root, &text), count <= PM_MOST_LANGUAGES);
        assert_int_equal(text.n, count <= PM_MOST_LANGUAGES ? count : 0);
        pm_json_finish(&json);
    }
    assert_said(box, "1:1 too-many: 201 languages are too many; 200 are allowed\n");
}

static void lines_are_cleaned(void **state)
{
    struct box *box = *state;
    struct pm_json json = parsed(
        box,
        pm_sprintf(
            &box->arena,
            "{\"a\": \"one\\ntwo\\u007f\", \"b\": \"\", \"c\": {\"en\": \"t\"},\n\"d\": \"%s\"}",
            repeated(box, "", 't', PM_MOST_MAP_TEXT + 1)));
    struct pm_jval root = pm_json_root(&json);
    const char *line = NULL;
    assert_false(pm_jget_line(&root, "none", &line));
    assert_true(pm_jget_line(&root, "b", &line)); /* a string, but no text */
    assert_false(pm_jget_line(&root, "c", &line));
    assert_false(pm_jget_line(&root, "d", &line));
    assert_null(line);
    assert_true(pm_jget_line(&root, "a", &line));
    assert_string_equal(line, "one two ");
    assert_said(box, "1:39 wrong-type: a string is wanted here, not an object\n"
                     "2:6 too-long: a text of 8001 bytes fits no map; 8000 are allowed\n");
    pm_json_finish(&json);
}

/* ---- shapes of letters ------------------------------------------------------------------ */

/* Reads the root's "b" as a name and then its "a" as a text. */
static const char *shapes_in(struct box *box, const char *a, const char *b)
{
    struct pm_json json =
        parsed(box, pm_sprintf(&box->arena, "{\"a\": \"%s\",\n\"b\": \"%s\"}", a, b));
    struct pm_jval root = pm_json_root(&json);
    struct pm_text text = {0};
    const char *name = NULL;
    assert_true(pm_jget_name(&root, "b", &name) && pm_jget_text(&root, "a", &text));
    pm_json_finish(&json);
    return box_said(box);
}

static void pre_shaped_texts_are_told_once(void **state)
{
    struct box *box = *state;
    assert_string_equal(shapes_in(box, "\u0647\u0644\u0645\u0646\u062f", "plain"), "");
    assert_contains(shapes_in(box, "plain", "a\uFEE2"),
                    "2:6 pre-shaped: Arabic letters stand here as ready-made shapes (U+FEE2)");
    assert_contains(shapes_in(box, "\\uFE8D", "\uFEE2"),
                    "1:7 pre-shaped: Arabic letters stand here as ready-made shapes (U+FE8D)");
    assert_null(strstr(shapes_in(box, "\uFE8D", "\uFEE2"), "U+FEE2"));
}

static void shapes_are_told_from_signs(void **state)
{
    static const char *const shapes[] = {"\uFB50", "\uFBFC", "\uFC00", "\uFDC7",
                                         "\uFE70", "\uFE80", "\uFEFC"};
    static const char *const others[] = {"\uFD3E", "\uFD3F", "\uFDF2", "\uFDFA", "\uFDFC",
                                         "\uFDFD", "\uFBB2", "\uFB4F", "\uFB01", "\uFE68",
                                         "\uFEFF", "\uFF01", "\u06CC"};
    struct box *box = *state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        assert_contains(shapes_in(box, shapes[i], "b"), "pre-shaped");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_string_equal(shapes_in(box, others[i], "b"), "");
}

static void unknown_keys_get_suggestions(void **state)
{
    static const char *const known[] = {"status", "sources", NULL};
    struct box *box = *state;
    struct pm_json json = parsed(
        box, "{\"$schema\": 1, \"x-mine\": 2, \"stauts\": 3, \"weather\": 4, \"status\": 5}");
    struct pm_jval root = pm_json_root(&json);
    pm_jval_check_keys(&root, known);
    assert_said(box,
                "1:29 unknown-key: no key is called \"stauts\" here (did you mean \"status\"?)\n"
                "1:42 unknown-key: no key is called \"weather\" here (known: status, sources; "
                "keys of your own begin with \"x-\")\n");
    pm_json_finish(&json);
}

static void choices_name_the_nearest(void **state)
{
    static const char *const names[] = {"high", "medium", "low", NULL};
    struct box *box = *state;
    struct pm_json json = parsed(box, "{\"a\": \"medum\", \"b\": \"low\"}");
    struct pm_jval root = pm_json_root(&json), a = pm_jval_get(&root, "a"),
                   b = pm_jval_get(&root, "b");
    int choice = -1;
    assert_false(pm_jval_choice(&a, names, &choice));
    assert_true(pm_jval_choice(&b, names, &choice));
    assert_int_equal(choice, 2);
    assert_said(box, "1:7 bad-value: \"medum\" is none of: high, medium, low "
                     "(did you mean \"medium\"?)\n");
    pm_json_finish(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(values_have_places),
        boxed(keys_have_places),
        boxed(keys_are_compared_unescaped),
        boxed(strings_are_skipped_whole),
        boxed(any_text_is_survived),
        boxed(nul_bytes_are_survived),
        boxed(nesting_is_limited),
        boxed(values_are_limited),
        boxed(strings_do_not_count_as_values),
        boxed(every_value_is_found),
        boxed(syntax_errors_have_places),
        boxed(common_slips_are_explained),
        boxed(all_duplicate_keys_are_named),
        boxed(byte_order_mark_is_skipped),
        boxed(typed_reads),
        boxed(wrong_types_say_what_is_wanted),
        boxed(numbers_are_read_whatever_their_length),
        boxed(any_value_may_be_the_root),
        boxed(entries_are_stepped_through),
        boxed(names_are_neither_empty_nor_endless),
        boxed(languages_have_the_form_of_bcp_47),
        boxed(own_keys_in_texts_are_left_alone),
        boxed(languages_are_limited),
        boxed(lines_are_cleaned),
        boxed(pre_shaped_texts_are_told_once),
        boxed(shapes_are_told_from_signs),
        boxed(unknown_keys_get_suggestions),
        boxed(choices_name_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
