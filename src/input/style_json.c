/* Style files. Keys are nested objects whose dotted path is in the table of model/style.c. */
#include <math.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "input/data_dir.h"
#include "input/json.h"
#include "input/similar.h"
#include "model/style.h"
#include "model/words.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-style/1"

/* Keys that are not in the table. */
static const char *const own_keys[] = {"format", "extends",  "description", "theme",
                                       "dark",   "statuses", "words"};

/* In what is read at the moment … */
struct reading {
    struct pm_style *style;
    bool dark; /* within "dark", which has colours and lines only */
};

/* ---- plain keys --------------------------------------------------------------------- */

static void wrong_value(const struct pm_jval *value, const struct pm_style_key *key)
{
    static const char *const wanted[] = {"a number", "a colour (\"#RRGGBB\" or \"none\")",
                                         "true or false", "a string", "a whole number"};
    struct pm_diags *diags = value->json->diags;
    struct pm_str range = {0};
    if (key->max > key->min) {
        pm_str_add(&range, " from ");
        pm_str_num(&range, key->min, 2);
        pm_str_add(&range, " to ");
        pm_str_num(&range, key->max, 2);
    }
    pm_error(diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value), "\"%s\" wants %s%s",
             key->path, wanted[key->type], pm_str_get(&range));
    if (key->unit)
        pm_help(diags, "it is: %s (%s)", key->meaning, key->unit);
    else
        pm_help(diags, "it is: %s", key->meaning);
    pm_str_finish(&range);
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
        bool fraction = number != floor(number);
        if (number < key->min || number > key->max || (fraction && key->type == PM_KEY_WEIGHT))
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

/* The keys that may stand in the object at `prefix` ("" for the root), each once. */
static size_t keys_under(const char *prefix, struct pm_arena *arena, const char **keys)
{
    size_t length = strlen(prefix), count = 0;
    for (size_t i = 0; !length && i < sizeof own_keys / sizeof *own_keys; i++)
        keys[count++] = own_keys[i];
    for (size_t i = 0; i < pm_style_key_count; i++) {
        const char *path = pm_style_keys[i].path;
        if (length && (strncmp(path, prefix, length) != 0 || path[length] != '.'))
            continue;
        const char *name = path + length + (length > 0);
        const char *key = pm_strndup(arena, name, strcspn(name, "."));
        if (!count || !pm_streq(keys[count - 1], key)) /* the table has groups in one piece */
            keys[count++] = key;
    }
    return count;
}

static void unknown_key(const struct pm_jval *value, const char *prefix)
{
    struct pm_arena *arena = value->json->arena;
    pm_error(value->json->diags, PM_FAULT_INPUT, "unknown-key", pm_jval_key_place(value),
             *prefix ? "no key is called \"%s\" in \"%s\"" : "no key is called \"%s\"", value->key,
             prefix);
    if (!pm_diags_kept(value->json->diags))
        return;
    const char **keys =
        PM_NEW_N(arena, const char *, pm_style_key_count + sizeof own_keys / sizeof *own_keys);
    size_t count = keys_under(prefix, arena, keys);
    int near = pm_nearest(value->key, keys, count);
    struct pm_str list = {0};
    for (size_t i = 0; i < count; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", keys[i]);
    if (near >= 0)
        pm_help(value->json->diags, "did you mean \"%s\"?", keys[near]);
    else
        pm_help(value->json->diags, "known: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

static bool is_left_alone(const char *name)
{
    return pm_streq(name, "$schema") || strncmp(name, "x-", 2) == 0;
}

static bool is_own(const char *name)
{
    for (size_t i = 0; i < sizeof own_keys / sizeof *own_keys; i++)
        if (pm_streq(own_keys[i], name))
            return true;
    return false;
}

static void read_group(const struct pm_jval *object, const char *prefix,
                       const struct reading *reading);

/* What may differ in the dark leaves everything where it is. */
static bool is_of_the_dark(const struct pm_style_key *key)
{
    return key->type == PM_KEY_COLOR || strncmp(key->path, "line.", 5) == 0;
}

static void not_of_the_dark(const struct pm_jval *value, const char *key)
{
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_key_place(value),
             "\"%s\" can't differ in the dark", key);
    pm_help(value->json->diags, "\"dark\" takes colours and lines: all else stays where it is");
}

static void set_key(const struct pm_jval *value, const struct pm_style_key *key,
                    struct pm_style *style)
{
    struct pm_str text = {0};
    if (!value_text(value, key, &text) || !pm_style_set(style, key, pm_str_get(&text)))
        wrong_value(value, key);
    style->key_at[key - pm_style_keys] = pm_jval_place(value);
    pm_str_finish(&text);
}

static void read_key(const struct pm_jval *value, const char *prefix, const struct reading *reading)
{
    const char *path =
        *prefix ? pm_sprintf(value->json->arena, "%s.%s", prefix, value->key) : value->key;
    const struct pm_style_key *key = find_key(path);
    bool dotted = strchr(value->key, '.') != NULL; /* each key has one spelling */
    if (dotted || (!key && !is_group(path)))
        unknown_key(value, prefix);
    else if (key && reading->dark && !is_of_the_dark(key))
        not_of_the_dark(value, path);
    else if (key)
        set_key(value, key, reading->style);
    else if (pm_jval_object(value))
        read_group(value, path, reading);
}

static void read_group(const struct pm_jval *object, const char *prefix,
                       const struct reading *reading)
{
    const char *name = NULL;
    json_t *v = NULL;
    json_object_foreach (object->v, name, v) {
        struct pm_jval member = pm_jval_get(object, name);
        bool own = !*prefix && (reading->dark ? pm_streq(name, "statuses") : is_own(name));
        if (!is_left_alone(name) && !own)
            read_key(&member, prefix, reading);
    }
}

/* ---- statuses and words ------------------------------------------------------------- */

static struct pm_status_look *find_look(struct pm_style *style, const char *id)
{
    for (size_t i = 0; i < style->status_count; i++)
        if (pm_streq(style->statuses[i].id, id))
            return &style->statuses[i];
    return NULL;
}

/* A new status is its own side and gets the mark of other groups. */
static struct pm_status_look *add_look(struct pm_style *style, const char *id)
{
    struct pm_status_look *grown =
        PM_NEW_N(&style->arena, struct pm_status_look, style->status_count + 1);
    memcpy(grown, style->statuses, style->status_count * sizeof *grown);
    const char *copy = pm_strdup(&style->arena, id);
    grown[style->status_count] =
        (struct pm_status_look){.id = copy, .side = copy, .marker = PM_MARKER_TRIANGLE};
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

static void read_texture(const struct pm_jval *value, enum pm_texture *out)
{
    const char *names[PM_TEXTURES + 1] = {NULL};
    int choice = 0;
    for (int i = 0; i < PM_TEXTURES; i++)
        names[i] = pm_texture_name((enum pm_texture)i);
    if (pm_jval_choice(value, names, &choice))
        *out = (enum pm_texture)choice;
}

static void read_marker(const struct pm_jval *value, enum pm_marker *out)
{
    const char *names[PM_MARKER_HOLLOW + 2] = {NULL};
    int choice = 0;
    for (int i = 0; i <= PM_MARKER_HOLLOW; i++)
        names[i] = pm_marker_name((enum pm_marker)i);
    if (pm_jval_choice(value, names, &choice))
        *out = (enum pm_marker)choice;
}

static void read_look(const struct pm_jval *value, struct pm_style *style)
{
    static const char *const known[] = {"label",   "place_label",   "side",   "color",
                                        "texture", "texture_color", "marker", NULL};
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    struct pm_jval label = pm_jval_get(value, "label"),
                   place_label = pm_jval_get(value, "place_label"),
                   color = pm_jval_get(value, "color"), texture = pm_jval_get(value, "texture"),
                   texture_color = pm_jval_get(value, "texture_color"),
                   marker = pm_jval_get(value, "marker");
    struct pm_status_look *look = find_look(style, value->key);
    if (!look) {
        look = add_look(style, value->key);
        if (!pm_jval_given(&color)) {
            pm_error(value->json->diags, PM_FAULT_INPUT, "no-color", pm_jval_key_place(value),
                     "the new status \"%s\" has no \"color\"", value->key);
            pm_help(value->json->diags, "nothing is drawn in a colour that nobody chose");
        }
    }
    read_text(&label, &look->label);
    read_text(&place_label, &look->place_label);
    pm_jget_string(value, "side", &look->side); /* "": none */
    read_color(&color, &look->fill);
    if (pm_jval_given(&color))
        look->fill_at = pm_jval_place(&color);
    read_texture(&texture, &look->texture);
    read_color(&texture_color, &look->texture_color);
    read_marker(&marker, &look->marker);
}

static void read_looks(const struct pm_jval *object, struct pm_style *style)
{
    if (!pm_jval_object(object) || !pm_jval_at_most(object, PM_MOST_STATUSES, "statuses"))
        return;
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);)
        if (pm_jval_key_is_name(&entry))
            read_look(&entry, style);
}

static void check_digits(const struct pm_jval *value, struct pm_text *digits)
{
    for (size_t i = 0; i < digits->n; i++)
        if (pm_utf8_length(digits->v[i].s, strlen(digits->v[i].s)) != 10) {
            pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value),
                     "ten digits are wanted here, from nought to nine");
            return;
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
        if (i == PM_WORD_DIGITS)
            check_digits(&member, &style->words[i]);
    }
}

/* ---- in the dark ------------------------------------------------------------------- */

static void read_dark_look(const struct pm_jval *value, struct pm_style *style)
{
    static const char *const known[] = {"color", "texture_color", NULL};
    struct pm_status_look *look = find_look(style, value->key);
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    struct pm_jval color = pm_jval_get(value, "color"),
                   texture_color = pm_jval_get(value, "texture_color");
    if (!look) {
        pm_error(value->json->diags, PM_FAULT_INPUT, "unknown-status", pm_jval_key_place(value),
                 "no status is called \"%s\"", value->key);
        pm_help(value->json->diags, "define it in \"statuses\"; \"dark\" says what differs");
        return;
    }
    read_color(&color, &look->fill);
    if (pm_jval_given(&color))
        look->fill_at = pm_jval_place(&color);
    read_color(&texture_color, &look->texture_color);
}

static void read_dark(const struct pm_jval *root, struct pm_style *style)
{
    struct pm_jval dark = pm_jval_get(root, "dark"), looks = pm_jval_get(&dark, "statuses");
    if (!pm_jval_given(&dark) || !pm_jval_object(&dark))
        return;
    style->has_dark = true;
    read_group(&dark, "", &(struct reading){style, true});
    if (pm_jval_given(&looks) && pm_jval_object(&looks))
        for (struct pm_jval entry = {0}; pm_jval_next(&looks, &entry);)
            if (pm_jval_key_is_name(&entry))
                read_dark_look(&entry, style);
}

/* Finds what is wrong in "dark" and leaves the style as it is. */
static void check_dark(const struct pm_jval *root, const struct pm_style *style)
{
    struct pm_style *scratch = pm_style_copy(style);
    read_dark(root, scratch);
    pm_style_free(scratch);
}

/* ---- files -------------------------------------------------------------------------- */

/* One that is not there is an input all the same: where it was looked for first. */
static const char *find_style(struct pm_arena *arena, const char *name, const char *from,
                              struct pm_diags *diags)
{
    const char *beside = from ? pm_path_beside(arena, from, name) : name;
    const char *path = pm_is_file(beside) ? beside : pm_data_find(arena, "styles", name, ".json");
    if (!path && !pm_streq(name, "default")) /* which is built in */
        pm_diags_input(diags, beside);
    return path;
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

/* The files that are being read, from the one at hand to the one that was asked for. */
struct chain {
    const char *path;
    const struct chain *up;
    bool dark; /* they are read once more, for what differs in the dark */
};

/* False and an error if `path` is in the chain already, or the chain is too long. */
static bool check_chain(const struct pm_jval *value, const struct chain *chain, const char *path)
{
    int depth = 0;
    for (const struct chain *c = chain; c; c = c->up, depth++)
        if (pm_streq(c->path, path)) {
            pm_error(value->json->diags, PM_FAULT_INPUT, "circular-extends", pm_jval_place(value),
                     "the style extends itself through \"%s\"", path);
            return false;
        }
    if (depth < PM_MOST_EXTENDS)
        return true;
    pm_error(value->json->diags, PM_FAULT_INPUT, "extends-too-deep", pm_jval_place(value),
             "styles extend each other more than %d deep", PM_MOST_EXTENDS);
    return false;
}

static void load_file(struct pm_style *style, const struct chain *chain, struct pm_diags *diags);

static void read_extends(const struct pm_jval *root, const struct chain *chain,
                         struct pm_style *style)
{
    const char *base = NULL;
    struct pm_jval value = pm_jval_get(root, "extends");
    if (!pm_jval_name(&value, &base))
        return;
    struct chain next = {find_style(&style->arena, base, chain->path, root->json->diags), chain,
                         chain->dark};
    if (next.path && check_chain(&value, chain, next.path))
        load_file(style, &next, root->json->diags);
    else if (!next.path && !pm_streq(base, "default"))
        unknown_style(&style->arena, base, pm_jval_place(&value), root->json->diags);
}

static void read_theme(const struct pm_jval *root, struct pm_style *style)
{
    static const char *const names[] = {"light", "dark", NULL};
    struct pm_jval theme = pm_jval_get(root, "theme");
    int choice = 0;
    if (pm_jval_given(&theme) && pm_jval_choice(&theme, names, &choice))
        style->dark = choice == 1;
}

/* All but what differs in the dark. */
static void read_plain(const struct pm_jval *root, struct pm_style *style)
{
    struct pm_jval looks = pm_jval_get(root, "statuses"), words = pm_jval_get(root, "words"),
                   description = pm_jval_get(root, "description");
    style->description = (struct pm_text){0}; /* what is extended is another style */
    pm_jval_text(&description, &style->description);
    style->source = root->json->source;
    read_theme(root, style);
    read_group(root, "", &(struct reading){style, false});
    if (pm_jval_given(&looks))
        read_looks(&looks, style);
    if (pm_jval_given(&words))
        read_words(&words, style);
    check_dark(root, style);
}

static void read_style(struct pm_json *json, const struct chain *chain, struct pm_style *style)
{
    struct pm_jval root = pm_json_root(json);
    if (!pm_jval_object(&root) || !pm_json_check_format(&root, FORMAT))
        return;
    read_extends(&root, chain, style);
    if (chain->dark)
        read_dark(&root, style);
    else
        read_plain(&root, style);
}

static void load_file(struct pm_style *style, const struct chain *chain, struct pm_diags *diags)
{
    struct pm_json json = {.arena = &style->arena, .diags = diags};
    if (pm_json_load(&json, chain->path))
        read_style(&json, chain, style);
    pm_json_finish(&json);
}

/* Applies what differs in the dark, of all the files that the style is made of. */
static void darken(struct pm_style *style, struct chain chain, struct pm_diags *diags)
{
    chain.dark = true;
    style->has_dark = false;
    if (chain.path)
        load_file(style, &chain, diags);
    style->dark = true;
    if (style->has_dark)
        return;
    pm_error(diags, PM_FAULT_USAGE, "no-dark", pm_place_file(style->name),
             "the style does not say how it looks in the dark");
    pm_help(diags, "let it extend \"default\", or give it \"dark\" with colours");
}

struct pm_style *pm_style_load_theme(const char *name, enum pm_theme theme, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_style *style = pm_style_default();
    style->name = pm_strdup(&style->arena, name);
    const struct chain chain = {find_style(&style->arena, name, NULL, diags), NULL, false};
    if (chain.path)
        load_file(style, &chain, diags);
    else if (!pm_streq(name, "default"))
        unknown_style(&style->arena, name, pm_place_file(name), diags);
    style->dark = theme == PM_THEME_OWN ? style->dark : theme == PM_THEME_DARK;
    if (pm_diags_errors(diags) == errors && style->dark)
        darken(style, chain, diags);
    if (pm_diags_errors(diags) == errors)
        return style;
    pm_style_free(style);
    return NULL;
}

struct pm_style *pm_style_load(const char *name, struct pm_diags *diags)
{
    return pm_style_load_theme(name, PM_THEME_OWN, diags);
}
