/* Style files. Keys are nested objects whose dotted path is in the table of model/style.c. */
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/data_dir.h"
#include "input/json.h"
#include "input/similar.h"
#include "model/style.h"
#include "model/words.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-style/1"

enum { MOST_EXTENDS = 8 };

/* Keys that are not in the table. */
static const char *const own_keys[] = {"format", "name", "extends", "statuses", "words"};

/* ---- plain keys -------------------------------------------------------------------------------------- */

static void wrong_value(const struct pm_jval *value, const struct pm_style_key *key)
{
    static const char *const wanted[] = {"a number", "a colour (\"#RRGGBB\" or \"none\")",
                                         "true or false", "a string", "a weight"};
    struct pm_diags *diags = value->json->diags;
    pm_error(diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value), "\"%s\" wants %s", key->path,
             wanted[key->type]);
    if (key->max > key->min) {
        struct pm_str range = {0};
        pm_str_num(&range, key->min, 2);
        pm_str_add(&range, " to ");
        pm_str_num(&range, key->max, 2);
        pm_help(diags, "%s; %s (%s)", pm_str_get(&range), key->meaning, key->unit);
        pm_str_finish(&range);
    } else {
        pm_help(diags, "%s", key->meaning);
    }
}

/* The value as text, as the table's defaults have it; false if its JSON type does not fit. */
static bool value_text(const struct pm_jval *value, const struct pm_style_key *key,
                       struct pm_str *out)
{
    bool wants_string = key->type == PM_KEY_COLOR || key->type == PM_KEY_STRING;
    if (wants_string && json_is_string(value->v)) {
        pm_str_add(out, json_string_value(value->v));
        return true;
    }
    if (key->type == PM_KEY_BOOL && json_is_boolean(value->v)) {
        pm_str_add(out, json_is_true(value->v) ? "true" : "false");
        return true;
    }
    if (!wants_string && key->type != PM_KEY_BOOL && json_is_number(value->v)) {
        double number = json_number_value(value->v);
        if (number < -1e6 || number > 1e6)
            return false;
        pm_str_num(out, number, 6);
        return true;
    }
    return false;
}

static const struct pm_style_key *find_key(const char *path)
{
    for (size_t i = 0; i < pm_style_key_count; i++)
        if (pm_streq(pm_style_keys[i].path, path))
            return &pm_style_keys[i];
    return NULL;
}

/* Does any key begin with this path and a dot? */
static bool is_group(const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < pm_style_key_count; i++)
        if (strncmp(pm_style_keys[i].path, path, length) == 0 &&
            pm_style_keys[i].path[length] == '.')
            return true;
    return false;
}

static void unknown_path(const struct pm_jval *value, const char *path)
{
    const char **paths = pm_xrealloc(NULL, pm_style_key_count, sizeof *paths);
    for (size_t i = 0; i < pm_style_key_count; i++)
        paths[i] = pm_style_keys[i].path;
    int near = pm_nearest(path, paths, pm_style_key_count);
    pm_error(value->json->diags, PM_FAULT_INPUT, "unknown-key", pm_jval_key_place(value),
             "a style has no key \"%s\"", path);
    if (near >= 0)
        pm_help(value->json->diags, "did you mean \"%s\"?", paths[near]);
    free(paths);
}

static bool is_own(const char *path)
{
    for (size_t i = 0; i < sizeof own_keys / sizeof *own_keys; i++)
        if (pm_streq(own_keys[i], path))
            return true;
    return path[0] == '$' || strncmp(path, "x-", 2) == 0;
}

static void read_key(const struct pm_jval *value, const char *path, struct pm_style *style);

static void read_group(const struct pm_jval *object, const char *prefix, struct pm_style *style)
{
    const char *name = NULL;
    json_t *v = NULL;
    json_object_foreach(object->v, name, v) {
        struct pm_jval member = pm_jval_get(object, name);
        const char *path = *prefix ? pm_sprintf(object->json->arena, "%s.%s", prefix, name) : name;
        if (*prefix || !is_own(name))
            read_key(&member, path, style);
    }
}

static void read_key(const struct pm_jval *value, const char *path, struct pm_style *style)
{
    const struct pm_style_key *key = find_key(path);
    if (!key && is_group(path)) {
        if (pm_jval_object(value))
            read_group(value, path, style);
        return;
    }
    if (!key) {
        unknown_path(value, path);
        return;
    }
    struct pm_str text = {0};
    if (!value_text(value, key, &text) || !pm_style_set(style, key, pm_str_get(&text)))
        wrong_value(value, key);
    pm_str_finish(&text);
}

/* ---- statuses and words ------------------------------------------------------------------------------- */

static struct pm_status_look *look_for(struct pm_style *style, const char *id)
{
    for (size_t i = 0; i < style->status_count; i++)
        if (pm_streq(style->statuses[i].id, id))
            return &style->statuses[i];
    struct pm_status_look *grown =
        PM_NEW_N(&style->arena, struct pm_status_look, style->status_count + 1);
    memcpy(grown, style->statuses, style->status_count * sizeof *grown);
    grown[style->status_count] =
        (struct pm_status_look){.id = pm_strdup(&style->arena, id), .side = pm_strdup(&style->arena, id)};
    style->statuses = grown;
    return &grown[style->status_count++];
}

static void read_color(const struct pm_jval *value, pm_color *out)
{
    const char *text = NULL;
    if (!pm_jval_string(value, &text) || pm_color_parse(text, out))
        return;
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value),
             "\"%s\" is no colour", text);
    pm_help(value->json->diags, "write \"#RRGGBB\" or \"none\"");
}

/* A text here replaces what the extended style said in all languages it names. */
static void read_text(const struct pm_jval *value, struct pm_text *out)
{
    struct pm_text text = {0};
    if (!pm_jval_text(value, &text))
        return;
    for (size_t i = 0; i < out->n; i++) {
        bool replaced = false;
        for (size_t k = 0; k < text.n; k++)
            replaced |= pm_streq(out->v[i].lang, text.v[k].lang) || !*text.v[k].lang;
        if (!replaced)
            pm_text_add(&text, value->json->arena, out->v[i].lang, out->v[i].s);
    }
    *out = text;
}

static void read_look(const struct pm_jval *value, struct pm_style *style)
{
    static const char *const known[] = {"label",   "place_label",   "side",   "color",
                                        "texture", "texture_color", "marker", NULL};
    static const char *const textures[] = {"none", "hatch", "lines", "dots", NULL};
    static const char *const markers[] = {"circle", "split", "diamond", "triangle", "hollow", NULL};
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    struct pm_status_look *look = look_for(style, value->key);
    struct pm_jval member[] = {pm_jval_get(value, "label"),         pm_jval_get(value, "place_label"),
                               pm_jval_get(value, "side"),          pm_jval_get(value, "color"),
                               pm_jval_get(value, "texture_color"), pm_jval_get(value, "texture"),
                               pm_jval_get(value, "marker")};
    int texture = (int)look->texture, marker = (int)look->marker;
    read_text(&member[0], &look->label);
    read_text(&member[1], &look->place_label);
    pm_jval_string(&member[2], &look->side);
    read_color(&member[3], &look->fill);
    read_color(&member[4], &look->texture_color);
    pm_jval_choice(&member[5], textures, &texture);
    pm_jval_choice(&member[6], markers, &marker);
    look->texture = (enum pm_texture)texture;
    look->marker = (enum pm_marker)marker;
}

static void read_looks(const struct pm_jval *object, struct pm_style *style)
{
    const char *id = NULL;
    json_t *v = NULL;
    if (!pm_jval_object(object))
        return;
    json_object_foreach(object->v, id, v) {
        struct pm_jval member = pm_jval_get(object, id);
        read_look(&member, style);
    }
}

static void read_words(const struct pm_jval *object, struct pm_style *style)
{
    const char *known[PM_WORDS + 1] = {NULL};
    if (!pm_jval_object(object))
        return;
    for (int i = 0; i < PM_WORDS; i++)
        known[i] = pm_word_name((enum pm_word)i);
    pm_jval_check_keys(object, known);
    for (int i = 0; i < PM_WORDS; i++) {
        struct pm_jval member = pm_jval_get(object, known[i]);
        read_text(&member, &style->words[i]);
    }
}

/* ---- files --------------------------------------------------------------------------------------------- */

static const char *find_style(struct pm_arena *arena, const char *name, const char *from)
{
    const char *beside = from ? pm_path_beside(arena, from, name) : name;
    if (pm_is_file(beside))
        return beside;
    return pm_data_find(arena, "styles", name, ".json");
}

static void unknown_style(struct pm_arena *arena, const char *name, struct pm_place at,
                          struct pm_diags *diags)
{
    const char **names = NULL;
    size_t count = pm_data_list(arena, "styles", &names);
    int near = pm_nearest(name, names, count);
    pm_error(diags, PM_FAULT_INPUT, "no-style", at, "there is no style \"%s\"", name);
    struct pm_str list = {0};
    for (size_t i = 0; i < count; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", names[i]);
    if (near >= 0)
        pm_help(diags, "did you mean \"%s\"?", names[near]);
    else if (count)
        pm_help(diags, "give a path, or one of: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

static void load_file(struct pm_style *style, const char *path, int depth, struct pm_diags *diags);

static void read_extends(const struct pm_jval *root, const char *path, struct pm_style *style,
                         int depth)
{
    const char *base = NULL;
    struct pm_jval value = pm_jval_get(root, "extends");
    if (!pm_jval_string(&value, &base) || pm_streq(base, "default"))
        return;
    const char *found = find_style(&style->arena, base, path);
    if (!found)
        unknown_style(&style->arena, base, pm_jval_place(&value), root->json->diags);
    else if (depth >= MOST_EXTENDS)
        pm_error(root->json->diags, PM_FAULT_INPUT, "extends-too-deep", pm_jval_place(&value),
                 "styles extend each other more than %d deep, perhaps in a circle", MOST_EXTENDS);
    else
        load_file(style, found, depth + 1, root->json->diags);
}

static void read_style(struct pm_json *json, const char *path, struct pm_style *style, int depth)
{
    struct pm_jval root = pm_json_root(json);
    const char *format = NULL;
    if (!pm_jval_object(&root))
        return;
    struct pm_jval value = pm_jval_get(&root, "format"), looks = pm_jval_get(&root, "statuses"),
                   words = pm_jval_get(&root, "words");
    pm_jval_string(&value, &format);
    if (!pm_streq(format, FORMAT))
        pm_error(json->diags, PM_FAULT_INPUT, "wrong-format",
                 format ? pm_jval_place(&value) : pm_jval_place(&root),
                 "\"format\" must be \"" FORMAT "\"");
    read_extends(&root, path, style, depth);
    read_group(&root, "", style);
    if (pm_jval_given(&looks))
        read_looks(&looks, style);
    if (pm_jval_given(&words))
        read_words(&words, style);
}

static void load_file(struct pm_style *style, const char *path, int depth, struct pm_diags *diags)
{
    struct pm_json json = {.arena = &style->arena, .diags = diags};
    if (pm_json_load(&json, path))
        read_style(&json, path, style, depth);
    pm_json_finish(&json);
}

struct pm_style *pm_style_load(const char *name, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_style *style = pm_style_default();
    style->name = pm_strdup(&style->arena, name);
    const char *path = find_style(&style->arena, name, NULL);
    if (path)
        load_file(style, path, 0, diags);
    else if (!pm_streq(name, "default"))
        unknown_style(&style->arena, name, pm_place_file(name), diags);
    if (pm_diags_errors(diags) == errors)
        return style;
    pm_style_free(style);
    return NULL;
}
