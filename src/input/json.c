#include "input/json.h"

#include <math.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "input/similar.h"
#include "base/banned.h"

/* ---- parsing ------------------------------------------------------------------------ */

/* From the closing quote of a string to its opening one. */
static size_t string_begin(const char *text, size_t offset)
{
    for (size_t at = offset; at-- > 0;) {
        size_t escapes = 0;
        while (escapes < at && text[at - 1 - escapes] == '\\')
            escapes++;
        if (text[at] == '"' && escapes % 2 == 0)
            return at;
    }
    return offset;
}

/* Part of a number or of a word such as NaN. */
static bool is_token(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '+' || c == '-';
}

/* jansson counts its position in bytes, behind what it could not use. */
static struct pm_place error_place(const struct pm_json *json, const json_error_t *error)
{
    const char *text = json->source->text;
    size_t offset = error->position > 0 ? (size_t)error->position : 0;
    if (offset > json->source->length)
        offset = json->source->length;
    size_t end = offset;
    if (offset > 0 && json_error_code(error) != json_error_premature_end_of_input)
        offset--;
    if (strstr(error->text, " near '\"") && text[offset] == '"')
        offset = string_begin(text, offset);
    while (offset > 0 && ((unsigned char)text[offset] & 0xC0) == 0x80)
        offset--;
    while (offset > 0 && is_token(text[offset]) && is_token(text[offset - 1]))
        offset--;
    return pm_place_text(json->source, offset, end > offset ? end - offset : 1);
}

/* What jansson finds hard to say. */
static const struct {
    enum json_error_code code;
    const char *message, *help;
} syntax_errors[] = {
    {json_error_premature_end_of_input, "it ends too early",
     "a bracket or quote is not closed, or the file was cut off"},
    {json_error_end_of_input_expected, "something stands behind its end",
     "a file holds one object: look for a bracket too many"},
    {json_error_null_character, "\\u0000 can't stand in a string", NULL},
    {json_error_numeric_overflow, "this number is too large", NULL},
};

/* What people write that JSON does not know, by how it begins. */
static const struct {
    const char *begin, *tip;
} tips[] = {
    {"//", "JSON has no comments; a key that begins with \"x-\" may hold one"},
    {"/*", "JSON has no comments; a key that begins with \"x-\" may hold one"},
    {"#", "JSON has no comments; a key that begins with \"x-\" may hold one"},
    {"'", "strings stand in double quotes: \"…\""},
    {"\u201C", "strings stand in double quotes, not in typographic ones: \"…\""},
    {"\u201D", "strings stand in double quotes, not in typographic ones: \"…\""},
    {"\u2018", "strings stand in double quotes, not in typographic ones: \"…\""},
    {"NaN", "JSON knows true, false, null and plain numbers only"},
    {"Inf", "JSON knows true, false, null and plain numbers only"},
    {"True", "JSON knows true, false, null and plain numbers only"},
    {"False", "JSON knows true, false, null and plain numbers only"},
    {"None", "JSON knows true, false, null and plain numbers only"},
    {"<", "it looks like a web page: the download may have failed"},
};

/* The same, by what jansson says. */
static const struct {
    const char *part, *tip;
} text_tips[] = {
    {"newline", "a string ends on its line: write \\n for a line break, or close the quote"},
    {"control character", "write \\t for a tab, \\n for a line break"},
    {"invalid escape", "a backslash itself is written \\\\; paths may have / instead"},
    {"invalid Unicode", "write the character itself, in UTF-8"},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *tip_for(const struct pm_source *source, size_t offset, const char *text)
{
    for (size_t i = 0; i < sizeof text_tips / sizeof *text_tips; i++)
        if (strstr(text, text_tips[i].part))
            return text_tips[i].tip;
    const char *at = source->text + offset, *before = at;
    while (before > source->text && is_blank(before[-1]))
        before--;
    char last = before > source->text ? before[-1] : '\0';
    if (before == source->text && *at != '<')
        return "a JSON file begins with {: this is another kind of file";
    if (last == ',' && (*at == '}' || *at == ']'))
        return "a comma stands before this bracket: take it away";
    for (size_t i = 0; i < sizeof tips / sizeof *tips; i++)
        if (strncmp(at, tips[i].begin, strlen(tips[i].begin)) == 0)
            return tips[i].tip;
    if ((last == '{' || last == ',') && *at != '"')
        return "keys stand in double quotes";
    return "look for a missing comma, quote or bracket here or just before";
}

static void report_syntax(struct pm_json *json, const json_error_t *error)
{
    struct pm_place at = error_place(json, error);
    for (size_t i = 0; i < sizeof syntax_errors / sizeof *syntax_errors; i++)
        if (syntax_errors[i].code == json_error_code(error)) {
            pm_error(json->diags, PM_FAULT_INPUT, "json-syntax", at, "not JSON: %s",
                     syntax_errors[i].message);
            if (syntax_errors[i].help)
                pm_help(json->diags, "%s", syntax_errors[i].help);
            return;
        }
    const char *near = strstr(error->text, " near ");
    int length = near ? (int)(near - error->text) : (int)strlen(error->text);
    pm_error(json->diags, PM_FAULT_INPUT, "json-syntax", at, "not JSON: %.*s", length, error->text);
    pm_help(json->diags, "%s", tip_for(json->source, at.offset, error->text));
}

static bool check_encoding(struct pm_json *json)
{
    size_t bad = pm_utf8_check(json->source->text, json->source->length);
    if (bad == json->source->length)
        return true;
    pm_error(json->diags, PM_FAULT_INPUT, "not-utf-8", pm_place_text(json->source, bad, 1),
             "this byte (0x%02x) is not UTF-8", (unsigned char)json->source->text[bad]);
    bool utf16 = bad == 0 && json->source->length > 1 && strchr("\xFF\xFE", json->source->text[0]);
    pm_help(json->diags,
            utf16 ? "the file looks like UTF-16; save it as UTF-8" : "save the file as UTF-8");
    return false;
}

/* Duplicate keys are reported, and the rest is read on for other errors. */
static void parse(struct pm_json *json)
{
    json_error_t error;
    const struct pm_source *source = json->source;
    if (!check_encoding(json) || !pm_positions_check(source, json->diags))
        return;
    json->root = json_loadb(source->text, source->length, 0, &error);
    if (json->root)
        json->positions = pm_positions_new(source, json->diags);
    else
        report_syntax(json, &error);
}

bool pm_json_parse(struct pm_json *json, const char *text, size_t length, const char *name)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* byte order mark */
        text += 3;
        length -= 3;
    }
    json->source = PM_NEW(json->arena, struct pm_source);
    *json->source = (struct pm_source){pm_strdup(json->arena, name),
                                       pm_strndup(json->arena, text, length), length};
    json->root = NULL;
    json->positions = NULL;
    parse(json);
    return json->root != NULL;
}

bool pm_json_load(struct pm_json *json, const char *path)
{
    size_t length = 0;
    char *text = pm_read_file(path, PM_MOST_TEXT_BYTES, json->arena, &length, json->diags);
    return text && pm_json_parse(json, text, length, strcmp(path, "-") ? path : "<stdin>");
}

void pm_json_finish(struct pm_json *json)
{
    json_decref(json->root);
    pm_positions_free(json->positions);
    json->root = NULL;
    json->positions = NULL;
}

/* ---- walking ------------------------------------------------------------------------ */

struct pm_jval pm_json_root(struct pm_json *json)
{
    return (struct pm_jval){
        .json = json, .v = json->root, .at = pm_positions_root(json->positions)};
}

struct pm_jval pm_jval_get(const struct pm_jval *object, const char *key)
{
    struct pm_jval member = {.json = object->json, .key = key};
    member.v = json_object_get(object->v, key);
    if (member.v)
        member.at = pm_positions_member(object->json->positions, object->at, key);
    return member;
}

struct pm_jval pm_jval_at(const struct pm_jval *array, size_t index)
{
    return (struct pm_jval){.json = array->json,
                            .index = index,
                            .v = json_array_get(array->v, index),
                            .at = pm_positions_element(array->json->positions, array->at, index)};
}

bool pm_jval_given(const struct pm_jval *value)
{
    return value->v != NULL;
}

struct pm_place pm_jval_place(const struct pm_jval *value)
{
    return pm_place_value(value->json->source, value->at);
}

struct pm_place pm_jval_key_place(const struct pm_jval *value)
{
    return pm_place_key(value->json->source, value->at);
}

/* ---- keys --------------------------------------------------------------------------- */

static size_t count_names(const char *const *names)
{
    size_t count = 0;
    while (names[count])
        count++;
    return count;
}

static void unknown_key(const struct pm_jval *member, const char *const *known)
{
    struct pm_diags *diags = member->json->diags;
    int near = pm_nearest(member->key, known, count_names(known));
    pm_error(diags, PM_FAULT_INPUT, "unknown-key", pm_jval_key_place(member),
             "no key is called \"%s\" here", member->key);
    if (near >= 0) {
        pm_help(diags, "did you mean \"%s\"?", known[near]);
        return;
    }
    struct pm_str list = {0};
    for (size_t i = 0; known[i]; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", known[i]);
    pm_help(diags, "known: %s; keys of your own begin with \"x-\"", pm_str_get(&list));
    pm_str_finish(&list);
}

void pm_jval_check_keys(const struct pm_jval *object, const char *const *known)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach (object->v, key, value) {
        bool found = strcmp(key, "$schema") == 0 || strncmp(key, "x-", 2) == 0;
        for (size_t i = 0; known[i] && !found; i++)
            found = strcmp(known[i], key) == 0;
        struct pm_jval member = pm_jval_get(object, key);
        if (!found)
            unknown_key(&member, known);
    }
}

/* ---- typed reads -------------------------------------------------------------------- */

static const char *type_name(const json_t *v)
{
    static const char *const names[] = {"an object", "a list", "a string", "a number",
                                        "a number",  "true",   "false",    "null"};
    return names[json_typeof(v)];
}

static bool wrong_type(const struct pm_jval *value, const char *wanted)
{
    pm_error(value->json->diags, PM_FAULT_INPUT, "wrong-type", pm_jval_place(value),
             "%s is wanted here, not %s", wanted, type_name(value->v));
    return false;
}

bool pm_jval_object(const struct pm_jval *value)
{
    if (!value->v || json_is_object(value->v))
        return value->v != NULL;
    return wrong_type(value, "an object");
}

bool pm_jval_array(const struct pm_jval *value)
{
    if (!value->v || json_is_array(value->v))
        return value->v != NULL;
    return wrong_type(value, "a list");
}

bool pm_jval_string(const struct pm_jval *value, const char **out)
{
    if (!value->v)
        return false;
    if (!json_is_string(value->v))
        return wrong_type(value, "a string");
    *out = pm_strdup(value->json->arena, json_string_value(value->v));
    return true;
}

static bool out_of_range(const struct pm_jval *value, double min, double max, const char *what)
{
    struct pm_str range = {0};
    pm_str_num(&range, min, 3);
    pm_str_add(&range, " to ");
    pm_str_num(&range, max, 3);
    pm_error(value->json->diags, PM_FAULT_INPUT, "out-of-range", pm_jval_place(value),
             "%s from %s is wanted here", what, pm_str_get(&range));
    pm_str_finish(&range);
    return false;
}

bool pm_jval_number(const struct pm_jval *value, double min, double max, double *out)
{
    if (!value->v)
        return false;
    if (!json_is_number(value->v))
        return wrong_type(value, "a number");
    double number = json_number_value(value->v);
    if (number < min || number > max)
        return out_of_range(value, min, max, "a number");
    *out = number;
    return true;
}

bool pm_jval_whole(const struct pm_jval *value, int min, int max, int *out)
{
    if (!value->v)
        return false;
    if (!json_is_number(value->v))
        return wrong_type(value, "a whole number");
    double number = json_number_value(value->v);
    if (number < min || number > max || number != floor(number))
        return out_of_range(value, min, max, "a whole number");
    *out = (int)number;
    return true;
}

bool pm_jval_bool(const struct pm_jval *value, bool *out)
{
    if (!value->v)
        return false;
    if (!json_is_boolean(value->v))
        return wrong_type(value, "true or false");
    *out = json_is_true(value->v);
    return true;
}

/* A text for a map: line breaks and other control characters become spaces. Longer ones than any
 * map can show are refused before they are set. */
static bool add_map_text(const struct pm_jval *value, const char *lang, struct pm_text *out)
{
    const char *s = json_string_value(value->v);
    size_t length = strlen(s);
    if (length > PM_MOST_MAP_TEXT) {
        pm_error(value->json->diags, PM_FAULT_INPUT, "too-long", pm_jval_place(value),
                 "a text of %zu bytes fits no map; %d are allowed", length, PM_MOST_MAP_TEXT);
        return false;
    }
    char *copy = pm_strndup(value->json->arena, s, length);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    pm_text_add(out, value->json->arena, lang, copy);
    return true;
}

bool pm_jval_text(const struct pm_jval *value, struct pm_text *out)
{
    if (!value->v)
        return false;
    if (json_is_string(value->v))
        return add_map_text(value, "", out);
    if (!json_is_object(value->v))
        return wrong_type(value, "a string, or an object of one string a language,");
    const char *lang = NULL;
    json_t *member = NULL;
    bool ok = true;
    json_object_foreach (value->v, lang, member) {
        struct pm_jval one = pm_jval_get(value, lang);
        bool text = json_is_string(member) || wrong_type(&one, "a string");
        ok = text && add_map_text(&one, lang, out) && ok;
    }
    return ok;
}

bool pm_jval_date(const struct pm_jval *value, pm_date *out)
{
    const char *s = NULL;
    if (!pm_jval_string(value, &s))
        return false;
    if (pm_date_parse(s, out))
        return true;
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-date", pm_jval_place(value),
             "\"%s\" is no date", s);
    pm_help(value->json->diags, "write a day that exists as YYYY-MM-DD");
    return false;
}

bool pm_jval_choice(const struct pm_jval *value, const char *const *names, int *out)
{
    const char *s = NULL;
    if (!pm_jval_string(value, &s))
        return false;
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], s) == 0) {
            *out = i;
            return true;
        }
    struct pm_str list = {0};
    for (size_t i = 0; names[i]; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", names[i]);
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value),
             "\"%s\" is none of: %s", s, pm_str_get(&list));
    int near = pm_nearest(s, names, count_names(names));
    if (near >= 0)
        pm_help(value->json->diags, "did you mean \"%s\"?", names[near]);
    pm_str_finish(&list);
    return false;
}

/* ---- members ------------------------------------------------------------------------ */

bool pm_jget_string(const struct pm_jval *object, const char *key, const char **out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_string(&member, out);
}

bool pm_jget_text(const struct pm_jval *object, const char *key, struct pm_text *out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_text(&member, out);
}

bool pm_jget_date(const struct pm_jval *object, const char *key, pm_date *out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_date(&member, out);
}

bool pm_jget_choice(const struct pm_jval *object, const char *key, const char *const *names,
                    int *out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_choice(&member, names, out);
}

void pm_jval_missing(const struct pm_jval *object, const char *key, const char *help)
{
    pm_error(object->json->diags, PM_FAULT_INPUT, "missing-key", pm_jval_place(object),
             "\"%s\" is missing", key);
    pm_help(object->json->diags, "%s", help);
}

void pm_json_check_format(const struct pm_jval *root, const char *format)
{
    const char *given = NULL;
    struct pm_jval value = pm_jval_get(root, "format");
    if (!pm_jval_given(&value))
        pm_jval_missing(root, "format",
                        pm_sprintf(root->json->arena, "begin with \"format\": \"%s\"", format));
    else if (pm_jval_string(&value, &given) && !pm_streq(given, format))
        pm_error(root->json->diags, PM_FAULT_INPUT, "wrong-format", pm_jval_place(&value),
                 "\"format\" must be \"%s\"", format);
}
