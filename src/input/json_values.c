/* Keys and values of the JSON files, checked. */
#include <math.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "base/str.h"
#include "input/json.h"
#include "input/similar.h"
#include "base/banned.h"

/* ---- keys --------------------------------------------------------------------------- */

static size_t count_names(const char *const *names)
{
    size_t count = 0;
    while (names[count])
        count++;
    return count;
}

static bool is_left_alone(const char *key)
{
    return strcmp(key, "$schema") == 0 || strncmp(key, "x-", 2) == 0;
}

/* Not worth its time for a message that is only counted, or a name that is none. */
static int nearest(const struct pm_diags *diags, const char *name, const char *const *names)
{
    bool worth = pm_diags_kept(diags) && strlen(name) <= PM_MOST_NAME;
    return worth ? pm_nearest(name, names, count_names(names)) : -1;
}

static void unknown_key(const struct pm_jval *member, const char *const *known)
{
    struct pm_diags *diags = member->json->diags;
    pm_error(diags, PM_FAULT_INPUT, "unknown-key", pm_jval_key_place(member),
             "no key is called \"%s\" here", member->key);
    if (!pm_diags_kept(diags))
        return;
    int near = nearest(diags, member->key, known);
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
        bool found = is_left_alone(key);
        for (size_t i = 0; known[i] && !found; i++)
            found = strcmp(known[i], key) == 0;
        if (found)
            continue;
        struct pm_jval member = pm_jval_get(object, key);
        unknown_key(&member, known);
    }
}

bool pm_jval_at_most(const struct pm_jval *object, int most, const char *what)
{
    size_t count = json_object_size(object->v);
    if (count <= (size_t)most)
        return true;
    pm_error(object->json->diags, PM_FAULT_INPUT, "too-many", pm_jval_place(object),
             "%zu %s are too many; %d are allowed", count, what, most);
    return false;
}

bool pm_jval_next(const struct pm_jval *object, struct pm_jval *entry)
{
    void *next = entry->key ? json_object_iter_next(object->v, json_object_key_to_iter(entry->key))
                            : json_object_iter(object->v);
    while (next && is_left_alone(json_object_iter_key(next)))
        next = json_object_iter_next(object->v, next);
    if (!next)
        return false;
    *entry = (struct pm_jval){
        .json = object->json, .key = json_object_iter_key(next), .v = json_object_iter_value(next)};
    entry->at = pm_positions_member(object->json->positions, object->at, entry->key);
    return true;
}

/* ---- names -------------------------------------------------------------------------- */

/* Contextual forms of Arabic letters, which Unicode keeps for old software: no keyboard types
 * them, text taken out of a PDF is full of them. Whole words in one character (U+FDF0 to U+FDFC)
 * are in common use. */
static bool is_pre_shaped(uint32_t c)
{
    if (c < 0xFB50 || c > 0xFEFC || (c >= 0xFDF0 && c <= 0xFDFC))
        return false;
    switch (utf8proc_get_property((utf8proc_int32_t)c)->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_INITIAL:
    case UTF8PROC_DECOMP_TYPE_MEDIAL:
    case UTF8PROC_DECOMP_TYPE_FINAL:
    case UTF8PROC_DECOMP_TYPE_ISOLATED:
        return true;
    default:
        return false;
    }
}

/* Remembers the first place of such a text, for one warning a file. */
static void look_for_shapes(struct pm_json *json, const char *s, uint32_t at)
{
    if (json->pre_shaped && json->pre_shaped_at <= at)
        return;
    while (*s) {
        uint32_t c = pm_utf8_next(&s);
        if (is_pre_shaped(c)) {
            json->pre_shaped = c;
            json->pre_shaped_at = at;
            return;
        }
    }
}

static bool check_name(const struct pm_jval *value, const char *name, bool is_key)
{
    struct pm_diags *diags = value->json->diags;
    size_t length = strlen(name);
    look_for_shapes(value->json, name, is_key ? value->at.key : value->at.value);
    if (length > 0 && length <= PM_MOST_NAME)
        return true;
    struct pm_place place = is_key ? pm_jval_key_place(value) : pm_jval_place(value);
    if (length == 0) {
        pm_error(diags, PM_FAULT_INPUT, "bad-value", place,
                 "a name is wanted here, not an empty string");
        pm_help(diags, "write the name between the quotes, or take the entry away");
    } else {
        pm_error(diags, PM_FAULT_INPUT, "too-long", place,
                 "a name of %zu bytes is too long; %d are allowed", length, PM_MOST_NAME);
    }
    return false;
}

bool pm_jval_name(const struct pm_jval *value, const char **out)
{
    const char *name = NULL;
    if (!pm_jval_string(value, &name) || !check_name(value, name, false))
        return false;
    *out = name;
    return true;
}

bool pm_jval_key_is_name(const struct pm_jval *entry)
{
    return check_name(entry, entry->key, true);
}

/* ---- languages ---------------------------------------------------------------------- */

bool pm_jval_key_is_language(const struct pm_jval *entry)
{
    struct pm_diags *diags = entry->json->diags;
    if (pm_is_language(entry->key))
        return true;
    pm_error(diags, PM_FAULT_INPUT, "bad-language", pm_jval_key_place(entry),
             "\"%s\" is no language code", entry->key);
    char *dashed = pm_strdup(entry->json->arena, entry->key);
    for (char *at = dashed; (at = strchr(at, '_')) != NULL;)
        *at = '-';
    if (pm_is_language(dashed))
        pm_help(diags, "write \"%s\"", dashed);
    else
        pm_help(diags, "write a code such as \"en\", \"fa\" or \"zh-Hant\"; keys of your own "
                       "begin with \"x-\"");
    return false;
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
    wrong_type(value, "an object");
    if (value->v == value->json->root)
        pm_help(value->json->diags, "a JSON file begins with {: this is another kind of file");
    return false;
}

bool pm_jval_array(const struct pm_jval *value)
{
    if (!value->v || json_is_array(value->v))
        return value->v != NULL;
    wrong_type(value, "a list");
    if (!json_is_object(value->v))
        pm_help(value->json->diags, "one alone stands in brackets, too: [ … ]");
    return false;
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

bool pm_jval_bool(const struct pm_jval *value, bool *out)
{
    if (!value->v)
        return false;
    if (!json_is_boolean(value->v))
        return wrong_type(value, "true or false");
    *out = json_is_true(value->v);
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

/* U+202D and U+202E, which let letters be read in another order than they are written in. */
static bool has_override(const char *s)
{
    for (const char *p = s; *p;) {
        uint32_t c = pm_utf8_next(&p);
        if (c == 0x202D || c == 0x202E)
            return true;
    }
    return false;
}

/* A text for a map: line breaks and other control characters become spaces. Longer ones than any
 * map can show, and those that would be read backwards, are refused. NULL and an error if it is none. */
static const char *map_text(const struct pm_jval *value)
{
    const char *s = json_string_value(value->v);
    size_t length = s ? strlen(s) : 0;
    if (!s) {
        wrong_type(value, "a string");
        return NULL;
    }
    if (length > PM_MOST_MAP_TEXT) {
        pm_error(value->json->diags, PM_FAULT_INPUT, "too-long", pm_jval_place(value),
                 "a text of %zu bytes fits no map; %d are allowed", length, PM_MOST_MAP_TEXT);
        return NULL;
    }
    if (has_override(s)) {
        pm_error(value->json->diags, PM_FAULT_INPUT, "text-turned", pm_jval_place(value),
                 "the text has a character that turns the order of letters around");
        pm_help(value->json->diags, "leave out U+202D and U+202E");
        return NULL;
    }
    look_for_shapes(value->json, s, value->at.value);
    char *copy = pm_strndup(value->json->arena, s, length);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return copy;
}

bool pm_jval_line(const struct pm_jval *value, const char **out)
{
    const char *line = value->v ? map_text(value) : NULL;
    if (line && *line)
        *out = line;
    return line != NULL;
}

static bool add_map_text(const struct pm_jval *value, const char *lang, struct pm_text *out)
{
    const char *s = map_text(value);
    if (s && *s)
        out->v[out->n++] = (struct pm_text_entry){pm_strdup(value->json->arena, lang), s};
    return s != NULL;
}

bool pm_jval_text(const struct pm_jval *value, struct pm_text *out)
{
    struct pm_arena *arena = value->json->arena;
    if (!value->v)
        return false;
    if (json_is_string(value->v)) {
        *out = (struct pm_text){.v = PM_NEW(arena, struct pm_text_entry)};
        return add_map_text(value, "", out);
    }
    if (!json_is_object(value->v))
        return wrong_type(value, "a string, or an object of one string a language,");
    if (!pm_jval_at_most(value, PM_MOST_LANGUAGES, "languages"))
        return false;
    *out = (struct pm_text){.v = PM_NEW_N(arena, struct pm_text_entry, json_object_size(value->v))};
    bool ok = true;
    for (struct pm_jval one = {0}; pm_jval_next(value, &one);) {
        bool language = pm_jval_key_is_language(&one);
        ok = add_map_text(&one, one.key, out) && language && ok;
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
    int near = nearest(value->json->diags, s, names);
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

bool pm_jget_name(const struct pm_jval *object, const char *key, const char **out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_name(&member, out);
}

bool pm_jget_line(const struct pm_jval *object, const char *key, const char **out)
{
    struct pm_jval member = pm_jval_get(object, key);
    return pm_jval_line(&member, out);
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

bool pm_json_check_format(const struct pm_jval *root, const char *format)
{
    const char *given = NULL;
    struct pm_jval value = pm_jval_get(root, "format");
    if (!pm_jval_given(&value)) {
        pm_jval_missing(root, "format",
                        pm_sprintf(root->json->arena, "begin with \"format\": \"%s\"", format));
        return true;
    }
    if (!pm_jval_string(&value, &given) || pm_streq(given, format))
        return true;
    pm_error(root->json->diags, PM_FAULT_INPUT, "wrong-format", pm_jval_place(&value),
             "\"format\" must be \"%s\"", format);
    if (strncmp(given, "provmap-", 8) == 0)
        pm_help(root->json->diags, "this is a file of another kind, or for another version");
    return false;
}
