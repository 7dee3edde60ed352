/* The map as a table: the same facts as in the SVG, in files that no spreadsheet runs. */
#include "check.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "provmap.h"

static const char hostile[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"stale_after_days\": 30,\n"
    " \"sources\": {\"s\": {\"title\": \"=HYPERLINK(\\\"x\\\")\", \"publisher\": \"P, Q\","
    " \"published\": \"2021-05-01\"}},\n"
    " \"parties\": {\"g\": {\"name\": \"-cmd\"}, \"w\": {\"name\": \"\\uFF1D1\"}},\n"
    " \"areas\": {\n"
    "  \"Helmand\": {\"status\": \"contested\", \"note\": \"=1+1\", \"sources\": [\"s\"]},\n"
    "  \"Kabul\": {\"status\": \"government\", \"party\": \"g\", \"note\": \"a \\\"b\\\"\\n"
    "c, d\"},\n"
    "  \"Herat\": {\"status\": \"insurgent\", \"basis\": \"claimed\", \"note\": \"+1\"},\n"
    "  \"Ghor\": {\"status\": \"insurgent\", \"confidence\": \"low\", \"party\": \"w\","
    " \"from\": \"2021-01-02\"}},\n"
    " \"places\": {\"@SUM(A1)\": {\"status\": \"government\", \"lon\": 64.5, \"lat\": 31.5}}}";

struct fixture {
    struct pm_diags *diags;
    struct pm_atlas *atlas;
    struct pm_style *style;
    struct pm_status *status;
    struct pm_engine *engine;
    struct pm_map *map;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    char path[4096];
    if (!f)
        return 1;
    snprintf(path, sizeof path, "%s/../shapes/afghanistan", PM_TEST_DIR);
    f->diags = pm_diags_new();
    f->atlas = pm_atlas_load(path, NULL, f->diags);
    f->style = pm_style_load("default", f->diags);
    f->engine = pm_engine_new(NULL, f->diags);
    f->status = pm_status_parse(hostile, strlen(hostile), "status.json", f->diags);
    if (f->atlas && f->style && f->status)
        f->map = pm_map_new(f->engine, f->atlas, f->style, f->status, NULL, f->diags);
    *state = f;
    return f->map ? 0 : 1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pm_map_free(f->map);
    pm_status_free(f->status);
    pm_engine_free(f->engine);
    pm_style_free(f->style);
    pm_atlas_free(f->atlas);
    pm_diags_free(f->diags);
    free(f);
    return 0;
}

static char *encode(struct fixture *f, enum pm_format format, size_t *size)
{
    char *data = NULL;
    assert_true(pm_map_encode(f->map, format, &data, size, f->diags));
    return data;
}

/* ---- CSV --------------------------------------------------------------------------------- */

enum { MOST_FIELDS = 40 };

struct csv {
    struct pm_arena arena;
    char *at;
    const char *fields[MOST_FIELDS];
    size_t count;
};

/* RFC 4180: the field at hand, unquoted; moves to what ends it. */
static char *read_field(struct csv *csv)
{
    struct pm_str out = {0};
    bool quoted = *csv->at == '"';
    csv->at += quoted;
    while (quoted ? *csv->at != '"' || csv->at[1] == '"' : !strchr(",\r", *csv->at)) {
        assert_int_not_equal(*csv->at, '\0');
        assert_true(quoted || *csv->at != '"');
        csv->at += *csv->at == '"';
        pm_str_addc(&out, *csv->at++);
    }
    csv->at += quoted;
    char *field = pm_strdup(&csv->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return field;
}

static bool read_row(struct csv *csv)
{
    if (!*csv->at)
        return false;
    for (csv->count = 0;; csv->at++) {
        assert_true(csv->count < MOST_FIELDS);
        csv->fields[csv->count++] = read_field(csv);
        if (*csv->at != ',')
            break;
    }
    assert_memory_equal(csv->at, "\r\n", 2);
    csv->at += 2;
    return true;
}

static size_t column(const struct csv *head, const char *name)
{
    for (size_t i = 0; i < head->count; i++)
        if (strcmp(head->fields[i], name) == 0)
            return i;
    fail_msg("no column is called %s", name);
    return 0;
}

/* The row whose `key` is this; fails if there is none. */
static struct csv find_row(struct csv head, const char *key, struct pm_arena *arena)
{
    struct csv row = {.at = head.at};
    size_t at = column(&head, "key");
    while (read_row(&row)) {
        assert_int_equal(row.count, head.count);
        if (strcmp(row.fields[at], key) == 0) {
            *arena = row.arena;
            return row;
        }
    }
    fail_msg("no row has the key %s", key);
    return row;
}

static void csv_is_read_back_and_runs_nothing(void **state)
{
    static const struct {
        const char *key, *column, *wanted;
    } cells[] = {
        {"Helmand", "note", "'=1+1"},
        {"Helmand", "sources", "P, Q: =HYPERLINK(\"x\"), 2021-05-01"},
        {"Helmand", "certainty", "solid"},
        {"Kabul", "note", "a \"b\" c, d"},
        {"Kabul", "holder_name", "'-cmd"},
        {"Kabul", "code", "AF-KAB"},
        {"Herat", "note", "'+1"},
        {"Herat", "certainty", "claimed"},
        {"Ghor", "holder_name", "'\uFF1D1"},
        {"Ghor", "certainty", "uncertain"},
        {"Ghor", "stale", "true"},
        {"Ghor", "since", "2021-01-02"},
        {"'@SUM(A1)", "name", "'@SUM(A1)"},
        {"'@SUM(A1)", "kind", "place"},
        {"'@SUM(A1)", "parent", "AF-HEL"},
        {"'@SUM(A1)", "longitude", "64.5"},
    };
    size_t size = 0;
    char *data = encode(*state, PM_FORMAT_CSV, &size);
    assert_memory_equal(data, "\xEF\xBB\xBF", 3);
    struct csv head = {.at = data + 3};
    assert_true(read_row(&head));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct pm_arena arena = {0};
        struct csv row = find_row(head, cells[i].key, &arena);
        assert_string_equal(row.fields[column(&head, cells[i].column)], cells[i].wanted);
        pm_arena_finish(&arena);
    }
    pm_arena_finish(&head.arena);
    free(data);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static const char *text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void json_says_what_the_svg_says(void **state)
{
    static const struct {
        const char *key, *attr;
    } same[] = {{"code", "data-code"},
                {"name", "data-name"},
                {"status", "data-status"},
                {"confidence", "data-confidence"},
                {"basis", "data-basis"},
                {"since", "data-since"},
                {"last_verified", "data-verified"}};
    size_t size = 0, index = 0;
    char *svg = encode(*state, PM_FORMAT_SVG, &size), *data = encode(*state, PM_FORMAT_JSON, &size);
    json_t *root = json_loadb(data, size, 0, NULL), *areas = json_object_get(root, "areas"), *area;
    assert_string_equal(text(root, "format"), "provmap-table/1");
    assert_string_equal(text(root, "date"), "2021-05-04");
    assert_int_equal(json_array_size(areas), 34);
    json_array_foreach(areas, index, area)
    {
        struct pm_str attrs = {0};
        for (size_t i = 0; i < sizeof same / sizeof *same; i++)
            if (text(area, same[i].key))
                pm_str_addf(&attrs, " %s=\"%s\"", same[i].attr, text(area, same[i].key));
        assert_non_null(strstr(svg, pm_str_get(&attrs)));
        assert_true(json_number_value(json_object_get(area, "area_km2")) > 1000);
        pm_str_finish(&attrs);
    }
    json_decref(root);
    free(data);
    free(svg);
}

static void counts_add_up_to_the_areas(void **state)
{
    size_t size = 0, index = 0;
    double count = 0, percent = 0;
    char *data = encode(*state, PM_FORMAT_JSON, &size);
    json_t *root = json_loadb(data, size, 0, NULL), *item;
    json_array_foreach(json_object_get(root, "statuses"), index, item)
    {
        const json_t *areas = json_object_get(item, "areas");
        count += json_number_value(json_object_get(areas, "solid")) +
                 json_number_value(json_object_get(areas, "doubtful"));
    }
    json_array_foreach(json_object_get(root, "areas"), index, item) percent +=
        json_number_value(json_object_get(item, "area_percent"));
    assert_true(count == 34);
    assert_true(percent > 99.8 && percent < 100.2);
    json_decref(root);
    free(data);
}

/* ---- words ------------------------------------------------------------------------------- */

static void the_words_are_those_of_the_svg(void **state)
{
    size_t size = 0;
    char *svg = encode(*state, PM_FORMAT_SVG, &size),
         *words = encode(*state, PM_FORMAT_TEXT, &size);
    char *line = strchr(words, '\n');
    assert_non_null(line);
    assert_int_equal(words[size - 1], '\n');
    words[size - 1] = '\0';
    assert_non_null(strstr(line + 1, "4 May 2021"));
    char *desc = strstr(svg, "<desc>");
    assert_non_null(desc);
    assert_int_equal(strncmp(desc + strlen("<desc>"), line + 1, strlen(line + 1)), 0);
    free(words);
    free(svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_read_back_and_runs_nothing),
        cmocka_unit_test(json_says_what_the_svg_says),
        cmocka_unit_test(counts_add_up_to_the_areas),
        cmocka_unit_test(the_words_are_those_of_the_svg),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
