/* The status file of an import: a line for each entry, so that it is read and compared well. */
#include <jansson.h>

#include "base/file.h"
#include "base/seal.h"
#include "base/str.h"
#include "input/import.h"
#include "input/json_out.h"
#include "base/banned.h"

/* Adds a value in one line; frees it. */
static void add_json(struct pm_str *out, json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
    pm_str_add(out, text);
    free(text);
    json_decref(value);
}

/* "key": before a value */
static void add_key(struct pm_str *out, const char *key)
{
    add_json(out, json_string(key));
    pm_str_add(out, ": ");
}

/* ---- sources and parties ------------------------------------------------------------ */

/* In a cell they are parted by "; ". */
static json_t *sources_of(struct pm_importer *im, const char *cell)
{
    json_t *list = json_array();
    for (const char *p = cell; p && *p;) {
        const char *end = strstr(p, "; ");
        size_t length = end ? (size_t)(end - p) : strlen(p);
        if (length)
            pm_out_item_text(list, pm_strndup(&im->arena, p, length));
        p += length + (end ? 2 : 0);
    }
    return list;
}

/* Sorted by key, each once. */
static void add_declarations(struct pm_str *out, const char *section, json_t *object)
{
    if (json_object_size(object)) {
        char *text = json_dumps(object, JSON_SORT_KEYS | JSON_INDENT(1));
        pm_str_add(out, ",\n ");
        add_key(out, section);
        for (const char *c = text; *c; c++) {
            pm_str_addc(out, *c);
            pm_str_add(out, *c == '\n' ? " " : "");
        }
        free(text);
    }
    json_decref(object);
}

static void add_sources(struct pm_importer *im, struct pm_str *out)
{
    json_t *object = json_object();
    for (size_t i = 0; i < im->entries.n; i++) {
        json_t *list = sources_of(im, im->entries.v[i].cells[PM_IMPORT_SOURCE]);
        for (size_t k = 0; k < json_array_size(list); k++) {
            const char *name = json_string_value(json_array_get(list, k));
            json_t *source = pm_out_object(object, name);
            pm_out_text(source, "title", name);
            if (pm_is_web_address(name))
                pm_out_text(source, "url", name);
        }
        json_decref(list);
    }
    add_declarations(out, "sources", object);
}

static void add_parties(struct pm_importer *im, struct pm_str *out)
{
    json_t *object = json_object();
    for (size_t i = 0; i < im->entries.n; i++) {
        const char *name = im->entries.v[i].cells[PM_IMPORT_PARTY];
        if (name)
            pm_out_text(pm_out_object(object, name), "name", name);
    }
    add_declarations(out, "parties", object);
}

/* ---- entries ------------------------------------------------------------------------ */

static void set_number(json_t *object, const char *key, const char *text)
{
    double value = 0;
    if (text && pm_parse_number(text, strlen(text), &value))
        pm_out_number(object, key, value);
}

static void add_entry(struct pm_importer *im, const struct pm_entry *entry, struct pm_str *out)
{
    const char *const *cells = entry->cells;
    json_t *object = pm_out_new();
    pm_out_date(object, "from", entry->from);
    pm_out_text(object, "in", entry->in);
    set_number(object, "lon", cells[PM_IMPORT_LON]);
    set_number(object, "lat", cells[PM_IMPORT_LAT]);
    pm_out_text(object, "status", cells[PM_IMPORT_STATUS]);
    pm_out_text(object, "leaning", cells[PM_IMPORT_LEANING]);
    pm_out_text(object, "party", cells[PM_IMPORT_PARTY]);
    pm_out_text(object, "confidence", cells[PM_IMPORT_CONFIDENCE]);
    pm_out_text(object, "basis", cells[PM_IMPORT_BASIS]);
    pm_out_date(object, "last_verified", entry->verified);
    if (cells[PM_IMPORT_SOURCE])
        json_object_set_new(object, "sources", sources_of(im, cells[PM_IMPORT_SOURCE]));
    pm_out_text(object, "note", cells[PM_IMPORT_NOTE]);
    if (json_object_size(object) > 1) {
        add_json(out, object);
        return;
    }
    json_decref(object);
    add_json(out, json_string(cells[PM_IMPORT_STATUS]));
}

/* ---- areas and places --------------------------------------------------------------- */

/* A place's name may recur in other areas: then it is named by its path. */
static const char *key_of(struct pm_importer *im, size_t first, size_t end)
{
    const struct pm_entry *entries = im->entries.v, *entry = &entries[first];
    bool before = first && entries[first - 1].place == entry->place &&
                  pm_streq(entries[first - 1].key, entry->key);
    bool behind = end < im->entries.n && entries[end].place == entry->place &&
                  pm_streq(entries[end].key, entry->key);
    return entry->in && (before || behind) ? pm_sprintf(&im->arena, "%s/%s", entry->in, entry->key)
                                           : entry->key;
}

static void add_subject(struct pm_importer *im, size_t first, size_t end, struct pm_str *out)
{
    pm_str_add(out, "  ");
    add_key(out, key_of(im, first, end));
    if (end - first == 1) {
        add_entry(im, &im->entries.v[first], out);
        return;
    }
    pm_str_addc(out, '[');
    for (size_t i = first; i < end; i++) {
        pm_str_add(out, i > first ? ",\n   " : "\n   ");
        add_entry(im, &im->entries.v[i], out);
    }
    pm_str_add(out, "\n  ]");
}

static void add_subjects(struct pm_importer *im, bool places, struct pm_str *out)
{
    size_t count = 0;
    for (size_t i = 0, end = 0; i < im->entries.n; i = end) {
        for (end = i + 1;
             end < im->entries.n && pm_same_subject(&im->entries.v[i], &im->entries.v[end]);)
            end++;
        if (im->entries.v[i].place != places)
            continue;
        pm_str_add(out, count++ ? ",\n" : places ? ",\n \"places\": {\n" : ",\n \"areas\": {\n");
        add_subject(im, i, end, out);
    }
    if (count)
        pm_str_add(out, "\n }");
    else if (!places)
        pm_str_add(out, ",\n \"areas\": {}");
}

/* ---- the file ----------------------------------------------------------------------- */

static void add_member(struct pm_str *out, const char *key, const char *text)
{
    if (!text)
        return;
    pm_str_add(out, ",\n ");
    add_key(out, key);
    add_json(out, json_string(text));
}

void pm_import_write(struct pm_importer *im, struct pm_str *out)
{
    const struct pm_import_options *o = im->options;
    char iso[16];
    pm_date_iso(im->as_of, iso);
    pm_str_add(out, "{\n \"format\": \"provmap-status/1\"");
    add_member(out, "x-imported-from", pm_path_base(im->sheet.source->name));
    pm_str_add(out, ",\n " PM_SEAL "\"");
    add_member(out, "title", o->title);
    add_member(out, "as_of", iso);
    add_member(out, "shapes", o->shapes_name);
    add_member(out, "style", o->style_name);
    add_parties(im, out);
    add_sources(im, out);
    add_subjects(im, false, out);
    add_subjects(im, true, out);
    pm_str_add(out, "\n}\n");
    pm_seal(out);
}
