#include "input/json.h"

#include <errno.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
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

#define OTHER_FILE "a JSON file begins with {: this is another kind of file"

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
    if (before == source->text && *at != '<' && *at != '/')
        return OTHER_FILE;
    if (last == ',' && (*at == '}' || *at == ']'))
        return "a comma stands before this bracket: take it away";
    for (size_t i = 0; i < sizeof tips / sizeof *tips; i++)
        if (strncmp(at, tips[i].begin, strlen(tips[i].begin)) == 0)
            return tips[i].tip;
    if ((last == '{' || last == ',') && *at != '"')
        return "keys stand in double quotes";
    return "look for a missing comma, quote or bracket here or just before";
}

/* A table of words, say, may begin with what JSON takes for a value. */
static bool begins_as_json(const struct pm_source *source)
{
    const char *at = source->text;
    while (is_blank(*at))
        at++;
    return *at == '{' || *at == '[';
}

static void report_syntax(struct pm_json *json, const json_error_t *error)
{
    struct pm_place at = error_place(json, error);
    enum json_error_code code = json_error_code(error);
    for (size_t i = 0; i < sizeof syntax_errors / sizeof *syntax_errors; i++)
        if (syntax_errors[i].code == code) {
            const char *help = syntax_errors[i].help;
            if (code == json_error_end_of_input_expected && !begins_as_json(json->source))
                help = OTHER_FILE;
            pm_error(json->diags, PM_FAULT_INPUT, "json-syntax", at, "not JSON: %s",
                     syntax_errors[i].message);
            if (help)
                pm_help(json->diags, "%s", help);
            return;
        }
    const char *near = strstr(error->text, " near ");
    int length = near ? (int)(near - error->text) : (int)strlen(error->text);
    pm_error(json->diags, PM_FAULT_INPUT, "json-syntax", at, "not JSON: %.*s", length, error->text);
    pm_help(json->diags, "%s", tip_for(json->source, at.offset, error->text));
}

static bool check_kind(struct pm_json *json)
{
    const struct pm_source *source = json->source;
    bool shape = source->length >= 4 && memcmp(source->text, "\0\0\x27\x0A", 4) == 0;
    bool table = source->length >= 1 && *source->text == 0x03;
    const char *kind =
        shape || table ? "a part of a shapefile" : pm_looks_like(source->text, source->length);
    if (!kind || pm_streq(kind, "JSON"))
        return true;
    pm_error(json->diags, PM_FAULT_INPUT, "json-syntax", pm_place_file(source->name),
             "this is no JSON file; it looks like %s", kind);
    return false;
}

/* Text of which every second byte is nothing, or begins with a byte order mark, is UTF-16. */
static bool is_utf16(const struct pm_source *source)
{
    const char *t = source->text;
    return source->length > 1 &&
           (memcmp(t, "\xFF\xFE", 2) == 0 || memcmp(t, "\xFE\xFF", 2) == 0 || !t[0] != !t[1]);
}

static bool check_encoding(struct pm_json *json)
{
    size_t bad = pm_utf8_check(json->source->text, json->source->length);
    bool utf16 = is_utf16(json->source);
    if (bad == json->source->length && !utf16)
        return true;
    bad = utf16 ? 0 : bad;
    pm_error(json->diags, PM_FAULT_INPUT, "not-utf-8", pm_place_text(json->source, bad, 1),
             "this byte (0x%02x) is not UTF-8", (unsigned char)json->source->text[bad]);
    pm_help(json->diags,
            utf16 ? "the file looks like UTF-16; save it as UTF-8" : "save the file as UTF-8");
    return false;
}

/* Duplicate keys are reported, and the rest is read on for other errors. */
static void parse(struct pm_json *json)
{
    json_error_t error;
    const struct pm_source *source = json->source;
    if (!check_kind(json) || !check_encoding(json) || !pm_positions_check(source, json->diags))
        return;
    errno = 0;
    json->root =
        json_loadb(source->text, source->length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
    if (json->root)
        json->positions = pm_positions_new(source, json->diags);
    else if (errno == ENOMEM) /* jansson tells it as an error of the text */
        pm_out_of_memory();
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
                                       pm_strndup(json->arena, text, length), length, NULL};
    pm_source_index(json->source, json->arena);
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

static void warn_of_shapes(const struct pm_json *json)
{
    struct pm_at at = {json->pre_shaped_at, json->pre_shaped_at};
    pm_warning(json->diags, "pre-shaped", pm_place_value(json->source, at),
               "Arabic letters stand here as ready-made shapes (U+%04X), as copied from a PDF",
               (unsigned)json->pre_shaped);
    pm_help(json->diags, "write plain letters: the text is drawn as it is, but such text often "
                         "stands in the wrong order");
}

void pm_json_finish(struct pm_json *json)
{
    if (json->pre_shaped)
        warn_of_shapes(json);
    json->pre_shaped = 0;
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
