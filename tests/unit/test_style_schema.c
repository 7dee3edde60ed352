/* src/schema/style.schema.json is what the tables of model/style.c and model/words.c say. This
 * program makes its text and holds the file against it; PM_ACCEPT=1 writes the file. */
#include "input_test.h"

#include <jansson.h>
#include <math.h>

#include "base/file.h"
#include "base/limits.h"
#include "model/style.h"
#include "model/words.h"
#include "provmap.h"

#define FILE_NAME PM_TEST_DIR "/../src/schema/style.schema.json"
#define LEFT_ALONE "^(x-|\\$schema$)"

enum { LINE = 150 };

/* What the groups of keys are; a role of type is described by its key "size". */
static const struct {
    const char *path, *description;
} groups[] = {
    {"page", "Size and division of the page."},
    {"color", "Colours that no status decides."},
    {"font", "Font families. What none of them has is taken from other fonts that are installed."},
    {"type", "How each kind of text is set."},
    {"line", "Widths of lines."},
    {"texture", "Textures that tell statuses and claims apart without colour."},
    {"mark", "Marks of places and events."},
    {"legend", "Rows of the legend."},
    {"show", "What appears on the map."},
    {"label", "Which places are named, and how."},
    {"map", "The map itself."},
    {"check", "What is asked of the colours."},
};

/* ---- values ---------------------------------------------------------------------------------- */

static json_t *number(double value)
{
    return value == floor(value) ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *text_ref(const char *description)
{
    return json_pack("{ss ss}", "description", description, "$ref", "#/$defs/text");
}

static json_t *number_key(const struct pm_style_key *key)
{
    double initial = 0;
    assert_true(pm_parse_number(key->initial, strlen(key->initial), &initial));
    return json_pack("{ss so so so}", "type", key->type == PM_KEY_WEIGHT ? "integer" : "number",
                     "minimum", number(key->min), "maximum", number(key->max), "default",
                     number(initial));
}

static json_t *key_schema(const struct pm_style_key *key)
{
    json_t *schema = NULL, *rest = NULL;
    schema = key->unit ? json_pack("{so}", "description",
                                   json_sprintf("%s (%s)", key->meaning, key->unit))
                       : json_pack("{ss}", "description", key->meaning);
    switch (key->type) {
    case PM_KEY_NUMBER:
    case PM_KEY_WEIGHT:
        rest = number_key(key);
        break;
    case PM_KEY_COLOR:
        rest = json_pack("{ss ss}", "$ref", "#/$defs/color", "default", key->initial);
        break;
    case PM_KEY_BOOL:
        rest = json_pack("{ss sb}", "type", "boolean", "default", pm_streq(key->initial, "true"));
        break;
    case PM_KEY_STRING:
        rest = json_pack("{ss si ss}", "type", "string", "minLength", 1, "default", key->initial);
        break;
    }
    assert_int_equal(json_object_update_new(schema, rest), 0);
    return schema;
}

/* ---- the tree of keys ------------------------------------------------------------------------ */

static json_t *new_group(const struct pm_style_key *key, const char *path)
{
    const char *description = strncmp(path, "type.", 5) == 0 ? key->meaning : NULL;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (pm_streq(groups[i].path, path))
            description = groups[i].description;
    if (!description)
        fail_msg("say what the keys in \"%s\" are", path);
    return json_pack("{ss ss s{} s{sb} sb}", "description", description, "type", "object",
                     "properties", "patternProperties", LEFT_ALONE, 1, "additionalProperties", 0);
}

static void add_key(json_t *properties, const struct pm_style_key *key, struct pm_arena *arena)
{
    const char *name = key->path;
    for (size_t length = strcspn(name, "."); name[length]; length = strcspn(name, ".")) {
        const char *member = pm_strndup(arena, name, length);
        if (!json_object_get(properties, member)) {
            size_t path = (size_t)(name - key->path) + length;
            json_object_set_new(properties, member,
                                new_group(key, pm_strndup(arena, key->path, path)));
        }
        properties = json_object_get(json_object_get(properties, member), "properties");
        name += length + 1;
    }
    assert_null(json_object_get(properties, name));
    json_object_set_new(properties, name, key_schema(key));
}

/* ---- statuses and words ---------------------------------------------------------------------- */

static json_t *choice(const char *description, const char *(*name)(int), int last)
{
    json_t *names = json_array();
    for (int i = 0; i <= last; i++)
        json_array_append_new(names, json_string(name(i)));
    return json_pack("{ss so}", "description", description, "enum", names);
}

static const char *texture_name(int i)
{
    return pm_texture_name((enum pm_texture)i);
}

static const char *marker_name(int i)
{
    return pm_marker_name((enum pm_marker)i);
}

static json_t *look_schema(void)
{
    json_t *properties = json_pack(
        "{so so s{ss ss} s{ss ss} so s{ss ss} so}", "label",
        text_ref("Name in the legend, for areas."), "place_label",
        text_ref("Name in the legend, for places. Default: as for areas."), "side", "description",
        "The status that stands for its side: between statuses of one side no change-of-side line "
        "is drawn. \"\": none. Default: a new status is a side of its own.",
        "type", "string", "color", "description",
        "Fill. A new status must have one: nothing is drawn in a colour that nobody chose.", "$ref",
        "#/$defs/color", "texture",
        choice("Drawn on the fill. hatch (45 degrees) means contested and lines (135 degrees) "
               "claimed; the others mean what the legend says.",
               texture_name, PM_TEXTURES - 1),
        "texture_color", "description", "Colour of the texture.", "$ref", "#/$defs/color", "marker",
        choice("Mark of places with this status.", marker_name, PM_MARKER_HOLLOW));
    return json_pack("{ss ss ss so s{sb} sb}", "title", "look of a status", "description",
                     "How a status is called and drawn.", "type", "object", "properties",
                     properties, "patternProperties", LEFT_ALONE, 1, "additionalProperties", 0);
}

static json_t *statuses_schema(const struct pm_style *style)
{
    json_t *properties = json_object();
    for (size_t i = 0; i < style->status_count; i++)
        json_object_set_new(properties, style->statuses[i].id,
                            json_pack("{ss ss}", "description",
                                      pm_text_get(&style->statuses[i].label, "en", NULL), "$ref",
                                      "#/$defs/look"));
    return json_pack("{ss ss si s{ss} so s{sb} s{ss}}", "description",
                     "Looks of statuses, by id, in the order of the legend; others than these are "
                     "new statuses.",
                     "type", "object", "maxProperties", PM_MOST_STATUSES, "propertyNames", "$ref",
                     "#/$defs/name_or_own_key", "properties", properties, "patternProperties",
                     LEFT_ALONE, 1, "additionalProperties", "$ref", "#/$defs/look");
}

/* What a status may have in "dark". */
static json_t *dark_statuses_schema(void)
{
    return json_pack("{ss ss s{ss} s{sb} s{ss ss s{s{ss ss} s{ss ss}} s{sb} sb}}", "description",
                     "Colours of statuses in the dark.", "type", "object", "propertyNames", "$ref",
                     "#/$defs/name_or_own_key", "patternProperties", LEFT_ALONE, 1,
                     "additionalProperties", "title", "colours of a status in the dark", "type",
                     "object", "properties", "color", "description", "Fill.", "$ref", "#/$defs/color", "texture_color", "description",
                     "Colour of the texture.", "$ref", "#/$defs/color", "patternProperties",
                     LEFT_ALONE, 1, "additionalProperties", 0);
}

static json_t *dark_schema(struct pm_arena *arena)
{
    json_t *properties = json_object();
    for (size_t i = 0; i < pm_style_key_count; i++)
        if (pm_style_keys[i].type == PM_KEY_COLOR ||
            strncmp(pm_style_keys[i].path, "line.", 5) == 0)
            add_key(properties, &pm_style_keys[i], arena);
    json_object_set_new(properties, "statuses", dark_statuses_schema());
    return json_pack("{ss ss so s{sb} sb}", "description",
                     "What differs in the dark (--theme dark): colours and lines.", "type",
                     "object", "properties", properties, "patternProperties", LEFT_ALONE, 1,
                     "additionalProperties", 0);
}

/* A style that extends only the built-in one must give its new statuses a colour. */
static json_t *new_statuses_schema(const struct pm_style *style)
{
    json_t *built_in = json_object();
    for (size_t i = 0; i < style->status_count; i++)
        json_object_set_new(built_in, style->statuses[i].id, json_true());
    return json_pack("{s{s{ss so s{sb} s{ss s{sb} s[s]}}}}", "properties", "statuses", "type",
                     "object", "properties", built_in, "patternProperties", LEFT_ALONE, 1,
                     "additionalProperties", "type", "object", "properties", "color", 1, "required",
                     "color");
}

static json_t *ten_digits(void)
{
    static const char ten[] = "^(.{10})?$";
    return json_pack("{s[{ss ss} {ss s{s{ss ss}}}]}", "anyOf", "type", "string", "pattern", ten,
                     "type", "object", "patternProperties", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
                     "type", "string", "pattern", ten);
}

static json_t *words_schema(const struct pm_style *style)
{
    json_t *properties = json_object();
    for (int i = 0; i < PM_WORDS; i++) {
        const struct pm_text *text = &style->words[i];
        const char *english = pm_text_get(text, "en", NULL);
        json_t *word = text_ref(english);
        json_object_set_new(word, "default", json_pack("{ss}", "en", english));
        if (i == PM_WORD_DIGITS)
            json_object_update_new(word, ten_digits());
        json_object_set_new(properties, pm_word_name((enum pm_word)i), word);
    }
    return json_pack(
        "{ss ss so s{sb} sb}", "description",
        "Words that provmap itself writes on a map; defaults in English, of the languages it "
        "knows. {slots} are filled in.",
        "type", "object", "properties", properties, "patternProperties", LEFT_ALONE, 1,
        "additionalProperties", 0);
}

/* ---- the file -------------------------------------------------------------------------------- */

/* A text, or one a language. */
static json_t *text_schema(void)
{
    return json_pack("{ss ss s[{ss} {ss si s{s{ss} sb} sb}]}", "title", "text", "description",
                     "One text for all languages, or one a language. At most 8000 bytes of UTF-8 "
                     "each.",
                     "anyOf", "$ref", "#/$defs/line", "type", "object", "maxProperties",
                     PM_MOST_LANGUAGES, "patternProperties", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
                     "$ref", "#/$defs/line", LEFT_ALONE, 1, "additionalProperties", 0);
}

static json_t *definitions(void)
{
    json_t *defs = json_pack("{s{ss ss ss ss} so so}", "color", "title", "colour", "description",
                             "#RGB, #RRGGBB, #RRGGBBAA or none.", "type", "string", "pattern",
                             "^(none|#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3}([0-9A-Fa-f]{2})?)?)$", "text",
                             text_schema(), "look", look_schema());
    json_t *strings =
        json_pack("{s{ss ss ss si} s{ss ss ss si si} s{ss ss s[{ss} {ss ss}]}}", "line", "title",
                  "line of text", "description", "At most 8000 bytes of UTF-8; line breaks become spaces.",
                  "type", "string", "maxLength", PM_MOST_MAP_TEXT, "name", "title", "name",
                  "description", "An id or a path. At most 1000 bytes of UTF-8.", "type", "string",
                  "minLength", 1, "maxLength", PM_MOST_NAME, "name_or_own_key", "title", "name",
                  "description", "A name, or a key of your own, which begins with \"x-\".", "anyOf",
                  "$ref", "#/$defs/name", "type", "string", "pattern", "^x-");
    assert_int_equal(json_object_update_new(defs, strings), 0);
    return defs;
}

static json_t *head(void)
{
    return json_pack(
        "{s{ss s[s]} s{ss ss} s{ss ss s[s]} s{ss ss} s{ss s[ss]}}", "$schema", "description",
        "Where an editor finds this schema. Left alone by provmap.", "examples",
        "style.schema.json", "format", "description", "Says which file this is.", "const",
        "provmap-style/1", "extends", "description",
        "The style of which this file says only what differs: a file seen from this file's folder, "
        "or a bare name.",
        "$ref", "#/$defs/name", "examples", "default", "description", "description",
        "What the style is for, in a line: provmap styles shows it.", "$ref", "#/$defs/text",
        "theme", "description",
        "Which of its themes the style has by itself, when --theme does not say. Default: that of "
        "the style that is extended.",
        "enum", "light", "dark");
}

static json_t *example(void)
{
    return json_loads("{\"format\": \"provmap-style/1\", \"extends\": \"default\","
                      " \"page\": {\"width\": 1200, \"height\": 1200}, \"type\": {\"title\": {\"size\": 48}},"
                      " \"show\": {\"roads\": false}, \"statuses\": {\"insurgent\": {\"color\": \"#B5483A\"},"
                      " \"militia\": {\"label\": \"Local militia\", \"color\": \"#7A5195\"}}}",
                      0, NULL);
}

static json_t *style_schema(struct pm_arena *arena)
{
    struct pm_style *style = pm_style_default();
    json_t *properties = head();
    for (size_t i = 0; i < pm_style_key_count; i++)
        add_key(properties, &pm_style_keys[i], arena);
    json_object_set_new(properties, "statuses", statuses_schema(style));
    json_object_set_new(properties, "words", words_schema(style));
    json_object_set_new(properties, "dark", dark_schema(arena));
    json_t *root = json_pack(
        "{ss ss ss ss s[o] ss s[s] so s{sb} sb s{s{s{ss}}} so so}", "$schema",
        "https://json-schema.org/draft/2020-12/schema", "$id", "urn:provmap:schema:style:1",
        "title", "provmap style", "description",
        "How a map looks. Lengths and sizes are px on a page of the style's own size, times "
        "page.scale, and grow with the page. "
        "What is left out is as in the style that is extended, or the default. Keys that begin "
        "with \"x-\" are yours.",
        "examples", example(), "type", "object", "required", "format", "properties", properties, "patternProperties",
        "^x-", 1, "additionalProperties", 0, "if", "properties", "extends", "const", "default",
        "then", new_statuses_schema(style), "$defs", definitions());
    assert_non_null(root);
    pm_style_free(style);
    return root;
}

/* ---- writing: on one line what fits there ---------------------------------------------------- */

static void write_value(struct pm_str *out, const json_t *value, int depth, size_t used);

static void write_member(struct pm_str *out, const char *key, const json_t *value, int depth,
                         bool first)
{
    pm_str_addf(out, "%s\n%*s", first ? "" : ",", 2 * depth, "");
    if (key)
        pm_str_addf(out, "\"%s\": ", key);
    write_value(out, value, depth, 2 * (size_t)depth + (key ? strlen(key) + 4 : 0));
}

static void write_value(struct pm_str *out, const json_t *value, int depth, size_t used)
{
    char *line = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    const char *key = NULL;
    json_t *member = NULL;
    size_t index = 0;
    bool first = true;
    if (used + strlen(line) < LINE || !(json_is_object(value) || json_is_array(value))) {
        pm_str_add(out, line);
        free(line);
        return;
    }
    free(line);
    pm_str_addc(out, json_is_object(value) ? '{' : '[');
    json_object_foreach ((json_t *)value, key, member) {
        write_member(out, key, member, depth + 1, first);
        first = false;
    }
    json_array_foreach(value, index, member) write_member(out, NULL, member, depth + 1, index == 0);
    pm_str_addf(out, "\n%*s%c", 2 * depth, "", json_is_object(value) ? '}' : ']');
}

static void the_file_is_what_the_tables_say(void **state)
{
    struct box *box = *state;
    struct pm_str text = {0};
    json_t *schema = style_schema(&box->arena);
    write_value(&text, schema, 0, 0);
    pm_str_addc(&text, '\n');
    json_decref(schema);
    if (getenv("PM_ACCEPT")) {
        FILE *file = fopen(FILE_NAME, "wb");
        assert_non_null(file);
        fputs(pm_str_get(&text), file);
        assert_int_equal(fclose(file), 0);
    }
    size_t length = 0;
    const char *written =
        pm_read_file(FILE_NAME, PM_MOST_TEXT_BYTES, &box->arena, &length, box->diags);
    assert_non_null(written);
    if (!pm_streq(written, pm_str_get(&text)))
        fail_msg("PM_ACCEPT=1 test_style_schema writes style.schema.json anew");
    pm_str_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {boxed(the_file_is_what_the_tables_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
