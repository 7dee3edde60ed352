/* What styles there are, and what can be set in them: for people and for programs. */
#include <jansson.h>

#include "input/data_dir.h"
#include "input/json_out.h"
#include "model/style.h"
#include "provmap.h"
#include "base/banned.h"

static void finish_text(struct pm_str *text, char **data, size_t *size)
{
    pm_str_reserve(text, 1); /* an empty one is a string, too */
    *data = text->s;
    *size = text->n;
}

static void add_cell(struct pm_str *out, const char *text, size_t width)
{
    size_t length = pm_utf8_length(text, strlen(text));
    pm_str_addf(out, "%s%*s", text, length < width ? (int)(width - length) : 0, "");
    pm_str_add(out, "  ");
}

/* ---- styles -------------------------------------------------------------------------- */

static const char *description_of(const struct pm_style *style)
{
    const char *text = pm_text_get(&style->description, "en", NULL);
    return text ? text : "";
}

/* The default comes first; it is there even if no file is. */
static size_t list_names(struct pm_arena *arena, const char ***names)
{
    const char **files = NULL;
    size_t count = pm_data_list(arena, "styles", &files), n = 0;
    *names = PM_NEW_N(arena, const char *, count + 1);
    (*names)[n++] = "default";
    for (size_t i = 0; i < count; i++)
        if (!pm_streq(files[i], "default"))
            (*names)[n++] = files[i];
    return n;
}

static size_t widest(const char *const *names, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = pm_utf8_length(names[i], strlen(names[i]));
        width = length > width ? length : width;
    }
    return width;
}

static void add_style(const struct pm_style *style, size_t width, struct pm_str *text, json_t *list)
{
    json_t *entry = json_object();
    add_cell(text, style->name, width);
    pm_str_addf(text, "%s\n", description_of(style));
    pm_out_text(entry, "name", style->name);
    pm_out_text(entry, "description", description_of(style));
    pm_out_text(entry, "file", style->source ? style->source->name : NULL);
    json_array_append_new(list, entry);
}

bool pm_styles(const char *name, enum pm_info_form form, char **data, size_t *size,
               struct pm_diags *diags)
{
    struct pm_arena arena = {0};
    struct pm_str text = {0};
    const char **names = &name;
    size_t count = name ? 1 : list_names(&arena, &names), width = widest(names, count), told = 0;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        struct pm_style *style = pm_style_load(names[i], diags);
        if (!style)
            continue;
        add_style(style, width, &text, list);
        pm_style_free(style);
        told++;
    }
    json_t *root = json_pack("{ss so}", "format", "provmap-styles/1", "styles", list);
    if (told && form == PM_INFO_JSON) {
        pm_out_dump(json_incref(root), data, size);
        pm_str_finish(&text);
    } else if (told) {
        finish_text(&text, data, size);
    }
    json_decref(root);
    pm_arena_finish(&arena);
    return told > 0;
}

/* ---- keys ---------------------------------------------------------------------------- */

/* "0 to 400 px", "true or false", "colour" */
static void say_type(const struct pm_style_key *key, struct pm_str *out)
{
    static const char *const names[] = {
        [PM_KEY_COLOR] = "colour", [PM_KEY_BOOL] = "true or false", [PM_KEY_STRING] = "text"};
    if (key->type != PM_KEY_NUMBER && key->type != PM_KEY_WEIGHT) {
        pm_str_add(out, names[key->type]);
        return;
    }
    pm_str_num(out, key->min, 6);
    pm_str_add(out, " to ");
    pm_str_num(out, key->max, 6);
    if (strchr("0123456789", key->unit[0]) == NULL) /* else the range once more */
        pm_str_addf(out, " %s", key->unit);
}

static void keys_text(const struct pm_style *style, struct pm_str *out)
{
    enum { PATH = 26, TYPE = 23, VALUE = 17 };
    for (size_t i = 0; i < pm_style_key_count; i++) {
        const struct pm_style_key *key = &pm_style_keys[i];
        struct pm_str type = {0}, value = {0};
        say_type(key, &type);
        pm_style_get(style, key, &value);
        add_cell(out, key->path, PATH);
        add_cell(out, pm_str_get(&type), TYPE);
        add_cell(out, pm_str_get(&value), VALUE);
        pm_str_addf(out, "%s\n", key->meaning);
        pm_str_finish(&type);
        pm_str_finish(&value);
    }
    pm_str_add(out,
               "\nBesides: format, extends, description, statuses (how each looks) and words;\n"
               "provmap schema style describes them all.\n");
}

/* A number, boolean or string, as a style file has it. */
static json_t *value_json(const struct pm_style *style, const struct pm_style_key *key)
{
    const void *at = (const char *)style + key->offset;
    if (key->type == PM_KEY_BOOL)
        return json_boolean(*(const bool *)at);
    if (key->type == PM_KEY_WEIGHT)
        return json_integer(*(const int *)at);
    if (key->type == PM_KEY_NUMBER)
        return json_real(*(const double *)at);
    struct pm_str text = {0};
    pm_style_get(style, key, &text);
    json_t *value = json_string(pm_str_get(&text));
    pm_str_finish(&text);
    return value;
}

static json_t *key_json(const struct pm_style *style, const struct pm_style *initial,
                        const struct pm_style_key *key)
{
    static const char *const types[] = {"number", "color", "boolean", "string", "integer"};
    json_t *entry = json_pack("{ss ss}", "key", key->path, "type", types[key->type]);
    pm_out_text(entry, "unit", key->unit);
    if (key->max > key->min) {
        json_object_set_new(entry, "min", json_real(key->min));
        json_object_set_new(entry, "max", json_real(key->max));
    }
    json_object_set_new(entry, "default", value_json(initial, key));
    json_object_set_new(entry, "value", value_json(style, key));
    pm_out_text(entry, "meaning", key->meaning);
    return entry;
}

static json_t *keys_json(const struct pm_style *style)
{
    struct pm_style *initial = pm_style_default();
    json_t *list = json_array();
    for (size_t i = 0; i < pm_style_key_count; i++)
        json_array_append_new(list, key_json(style, initial, &pm_style_keys[i]));
    pm_style_free(initial);
    return json_pack("{ss ss so}", "format", "provmap-style-keys/1", "style", style->name, "keys",
                     list);
}

bool pm_style_keys_list(const char *name, enum pm_info_form form, char **data, size_t *size,
                        struct pm_diags *diags)
{
    struct pm_style *style = pm_style_load(name ? name : "default", diags);
    struct pm_str text = {0};
    if (!style)
        return false;
    if (form == PM_INFO_JSON) {
        pm_out_dump(keys_json(style), data, size);
    } else {
        keys_text(style, &text);
        finish_text(&text, data, size);
    }
    pm_style_free(style);
    return true;
}
