/* One form for all kinds of files: label and value, lists of objects as tables. */
#include "input/info_text.h"

#include "base/arena.h"
#include "base/banned.h"

enum { LABEL = 18, MOST_COLUMNS = 12, MOST_CELL = 60 };

/* ---- cells -------------------------------------------------------------------------- */

/* "by_status" -> "by status" */
static char *spaced(struct pm_arena *arena, const char *key)
{
    char *copy = pm_strdup(arena, key);
    for (char *p = copy; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return copy;
}

static void add_value(struct pm_str *out, const json_t *value);

/* "WGS 84 (from the .prj)", or "shared 91, outer 4". */
static void add_object(struct pm_str *out, json_t *object)
{
    const char *name = json_string_value(json_object_get(object, "name"));
    const char *from = json_string_value(json_object_get(object, "from"));
    if (name && from) {
        pm_str_add_plain(out, name);
        pm_str_add(out, " (");
        pm_str_add_plain(out, from);
        pm_str_add(out, ")");
        return;
    }
    struct pm_arena arena = {0};
    const char *key = NULL, *before = "";
    json_t *member = NULL;
    json_object_foreach (object, key, member) {
        pm_str_addf(out, "%s%s ", before, spaced(&arena, key));
        add_value(out, member);
        before = ", ";
    }
    pm_arena_finish(&arena);
}

static void add_list(struct pm_str *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i)
            pm_str_add(out, ", ");
        add_value(out, json_array_get(list, i));
    }
    if (json_array_size(list) == 0)
        pm_str_add(out, "none");
}

static void add_value(struct pm_str *out, const json_t *value)
{
    if (json_is_null(value))
        pm_str_add(out, "none");
    else if (json_is_string(value))
        pm_str_add_plain(out, json_string_value(value));
    else if (json_is_integer(value))
        pm_str_addf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_number(value))
        pm_str_any_num(out, json_number_value(value), 5);
    else if (json_is_array(value))
        add_list(out, value);
    else if (json_is_object(value))
        add_object(out, (json_t *)value);
}

/* ---- tables ------------------------------------------------------------------------- */

/* The columns of a list of objects: all keys that occur. */
struct table {
    const char *keys[MOST_COLUMNS];
    size_t widths[MOST_COLUMNS];
    size_t count;
};

static char *cell(struct pm_arena *arena, const json_t *object, const char *key)
{
    struct pm_str text = {0};
    add_value(&text, json_object_get(object, key));
    const char *p = pm_str_get(&text);
    for (size_t columns = 0; *p && columns < MOST_CELL;)
        columns += (size_t)pm_char_columns(pm_utf8_next(&p));
    bool cut = *p != '\0';
    char *copy = pm_sprintf(arena, "%.*s%s", (int)(p - pm_str_get(&text)), pm_str_get(&text),
                            cut ? "\u2026" : "");
    pm_str_finish(&text);
    return copy;
}

static void widen(struct table *table, struct pm_arena *arena, const json_t *object,
                  const char *key)
{
    size_t i = 0;
    while (i < table->count && strcmp(table->keys[i], key) != 0)
        i++;
    if (i == MOST_COLUMNS)
        return;
    if (i == table->count) {
        table->keys[table->count++] = key;
        table->widths[i] = pm_text_columns(key);
    }
    size_t width = pm_text_columns(cell(arena, object, key));
    table->widths[i] = width > table->widths[i] ? width : table->widths[i];
}

/* The last cell of a row is not padded. */
static void add_cell(struct pm_str *out, const struct table *table, size_t i, const char *text)
{
    pm_str_add(out, text);
    for (size_t n = pm_text_columns(text); n < table->widths[i] + 2 && i + 1 < table->count; n++)
        pm_str_addc(out, ' ');
}

static void indent(struct pm_str *out)
{
    pm_str_addf(out, "%*s", LABEL + 2, "");
}

static void add_table(struct pm_str *out, json_t *list)
{
    struct pm_arena arena = {0};
    struct table table = {.count = 0};
    const char *key = NULL;
    json_t *member = NULL;
    for (size_t i = 0; i < json_array_size(list); i++)
        json_object_foreach (json_array_get(list, i), key, member)
            widen(&table, &arena, json_array_get(list, i), key);
    for (size_t k = 0; k < table.count; k++)
        add_cell(out, &table, k, spaced(&arena, table.keys[k]));
    for (size_t i = 0; i < json_array_size(list); i++) {
        pm_str_addc(out, '\n');
        indent(out);
        for (size_t k = 0; k < table.count; k++)
            add_cell(out, &table, k, cell(&arena, json_array_get(list, i), table.keys[k]));
    }
    pm_arena_finish(&arena);
}

/* ---- the whole ---------------------------------------------------------------------- */

static void add_row(struct pm_str *out, const char *key, json_t *value)
{
    struct pm_arena arena = {0};
    pm_str_addf(out, "  %-*s", LABEL, spaced(&arena, key));
    pm_arena_finish(&arena);
    if (json_is_object(json_array_get(value, 0)))
        add_table(out, value);
    else
        add_value(out, value);
    pm_str_addc(out, '\n');
}

void pm_info_text(json_t *facts, struct pm_str *out)
{
    const char *key = NULL;
    json_t *value = NULL;
    pm_str_add_plain(out, json_string_value(json_object_get(facts, "file")));
    pm_str_addc(out, '\n');
    json_object_foreach (facts, key, value)
        if (strcmp(key, "file") != 0 && strcmp(key, "format") != 0)
            add_row(out, key, value);
}
