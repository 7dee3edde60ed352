/* What is in a file: the answer to "which fields does it have, and why does it not work?" */
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "geo/borders.h"
#include "input/info_text.h"
#include "input/json.h"
#include "input/json_out.h"
#include "input/shapefile.h"
#include "model/style.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-info/1"
#define NEAR_DEGREES 5e-4   /* about 50 m: what counts as a near miss of borders */
#define BESIDE_DEGREES 1e-5 /* about 1 m: how wide an overlap must be */

/* ---- JSON --------------------------------------------------------------------------- */

/* A count that is told only when there is something to tell. */
static void set_some(json_t *object, const char *key, size_t count)
{
    if (count)
        pm_out_count(object, key, count);
}

static json_t *point(double x, double y)
{
    return json_pack("[f, f]", x, y);
}

static json_t *facts_of(const char *path, const char *type)
{
    json_t *facts = json_object();
    pm_out_text(facts, "format", FORMAT);
    pm_out_text(facts, "file", path);
    pm_out_text(facts, "type", type);
    return facts;
}

/* ---- borders ------------------------------------------------------------------------ */

static json_t *grid_point(struct pm_grid p)
{
    return point(pm_grid_lon(p), pm_grid_lat(p));
}

static void add_faults(json_t *object, const struct pm_borders *borders)
{
    pm_out_count(object, "near_misses", borders->near_misses);
    if (borders->near_misses)
        json_object_set_new(object, "near_miss_at", grid_point(borders->near_miss));
    pm_out_count(object, "overlaps", borders->overlaps);
    if (borders->overlaps)
        json_object_set_new(object, "overlap_at", grid_point(borders->overlap));
}

static void add_borders(json_t *facts, const struct pm_layer *areas)
{
    static const struct pm_layer none;
    static const struct pm_borders_options options = {.near = NEAR_DEGREES,
                                                      .beside = BESIDE_DEGREES};
    struct pm_arena arena = {0};
    struct pm_topology topology;
    struct pm_borders borders;
    pm_topology_build(areas, &none, NULL, &arena, &topology);
    pm_borders_check(&topology, &options, &arena, &borders);
    json_t *object = json_object();
    pm_out_count(object, "shared", borders.inner);
    pm_out_count(object, "outer", borders.outer);
    pm_out_count(object, "used_more_than_twice", borders.overused);
    if (borders.unchecked)
        pm_out_text(object, "gaps_and_overlaps", "not looked for, it would take too long");
    else
        add_faults(object, &borders);
    json_object_set_new(facts, "borders", object);
    pm_arena_finish(&arena);
}

/* ---- shapefiles --------------------------------------------------------------------- */

static void add_files(json_t *facts, const struct pm_shape_facts *f)
{
    const struct {
        const char *ending;
        bool there;
    } files[] = {
        {".shx", f->has_shx}, {".dbf", f->has_dbf}, {".prj", f->has_prj}, {".cpg", f->has_cpg}};
    json_t *there = json_array(), *missing = json_array();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        json_array_append_new(files[i].there ? there : missing, json_string(files[i].ending));
    json_object_set_new(facts, "files_beside", there);
    json_object_set_new(facts, "files_missing", missing);
}

static const char *type_name(char type)
{
    static const struct {
        char type;
        const char *name;
    } names[] = {{'C', "text"}, {'N', "number"}, {'F', "number"}, {'L', "logical"}, {'D', "date"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].type == type)
            return names[i].name;
    return "other";
}

static json_t *field_object(const struct pm_field_facts *field)
{
    json_t *object = json_object(), *samples = json_array();
    pm_out_text(object, "name", field->name);
    pm_out_text(object, "type", type_name(field->type));
    pm_out_count(object, "width", field->width);
    set_some(object, "decimals", (size_t)field->decimals);
    pm_out_count(object, "filled", field->filled);
    pm_out_count(object, "distinct", field->distinct);
    for (size_t i = 0; i < PM_FACTS_SAMPLES && field->samples[i]; i++)
        json_array_append_new(samples, json_string(field->samples[i]));
    json_object_set_new(object, "samples", samples);
    return object;
}

static json_t *named(const char *name, const char *from)
{
    json_t *object = json_object();
    pm_out_text(object, "name", name ? name : "unknown");
    pm_out_text(object, "from", from);
    return object;
}

static void add_table(json_t *facts, const struct pm_shape_facts *f)
{
    json_t *fields = json_array(), *likely = json_object();
    if (f->encoding)
        json_object_set_new(facts, "encoding", named(f->encoding, f->encoding_from));
    for (size_t i = 0; i < f->field_count; i++)
        json_array_append_new(fields, field_object(&f->fields[i]));
    json_object_set_new(facts, "fields", fields);
    json_object_set_new(likely, "key", f->key ? json_string(f->key) : json_null());
    json_object_set_new(likely, "name", f->name ? json_string(f->name) : json_null());
    json_object_set_new(facts, "likely_fields", likely);
}

static void add_shapes(json_t *facts, const struct pm_shape_facts *f)
{
    pm_out_text(facts, "kind", f->kind);
    pm_out_count(facts, "records", f->record_count);
    set_some(facts, "without_shape", f->null_count);
    set_some(facts, "deleted", f->deleted_count);
    set_some(facts, "damaged", f->broken_count);
    pm_out_count(facts, "parts", f->part_count);
    pm_out_count(facts, "vertices", f->point_count);
    if (f->has_extent)
        json_object_set_new(
            facts, "extent",
            json_pack("[f, f, f, f]", f->extent[0], f->extent[1], f->extent[2], f->extent[3]));
    json_object_set_new(facts, "crs", named(f->crs, f->crs_from));
}

/* What drawing it would find wrong is told, too. */
static void read_in_earnest(json_t *facts, const struct pm_shape_source *source, const char *kind,
                            const struct pm_fields *fields, struct pm_diags *diags)
{
    enum pm_geometry geometry = strncmp(kind, "Polygon", 7) == 0    ? PM_GEOMETRY_POLYGON
                                : strncmp(kind, "PolyLine", 8) == 0 ? PM_GEOMETRY_LINE
                                                                    : PM_GEOMETRY_POINT;
    struct pm_arena arena = {0};
    struct pm_layer layer = {0};
    struct pm_diags *more = pm_diags_new();
    bool read = pm_shapefile_read(source, geometry, fields, &arena, &layer, more);
    pm_diags_merge(diags, more);
    if (read && geometry == PM_GEOMETRY_POLYGON)
        add_borders(facts, &layer);
    pm_diags_free(more);
    pm_arena_finish(&arena);
}

static json_t *info_shapefile(const char *path, const struct pm_atlas_options *options,
                              struct pm_diags *diags)
{
    static const struct pm_atlas_options none;
    const struct pm_atlas_options *o = options ? options : &none;
    struct pm_arena arena = {0};
    struct pm_shape_facts f = {0};
    const struct pm_shape_source source = {path, o->encoding, o->crs};
    pm_shapefile_describe(&source, &arena, &f, diags);
    json_t *facts = f.kind ? facts_of(path, "shapefile") : NULL;
    if (facts) {
        const struct pm_fields fields = {.key = o->key_field ? o->key_field : f.key,
                                         .name = o->name_field ? o->name_field : f.name};
        add_shapes(facts, &f);
        add_files(facts, &f);
        add_table(facts, &f);
        read_in_earnest(facts, &source, f.kind, &fields, diags);
    }
    pm_arena_finish(&arena);
    return facts;
}

/* ---- shapes.json -------------------------------------------------------------------- */

/* As the manifest has it: seen from its folder. */
static const char *seen_from(const char *manifest, const char *file)
{
    size_t folder = (size_t)(pm_path_base(manifest) - manifest);
    return strncmp(file, manifest, folder) == 0 ? file + folder : file;
}

static json_t *layer_object(const struct pm_atlas *atlas, enum pm_layer_kind kind)
{
    const struct pm_layer *layer = &atlas->layers[kind];
    size_t named_count = 0, coded = 0, parents = 0, aliases = 0;
    for (size_t i = 0; i < layer->feature_count; i++) {
        named_count += layer->features[i].name.n > 0;
        coded += layer->features[i].key != NULL;
        parents += layer->features[i].parent != NULL;
        aliases += layer->features[i].alias_count;
    }
    json_t *object = json_object();
    pm_out_text(object, "name", pm_layer_name(kind));
    pm_out_text(object, "file", seen_from(atlas->path, layer->file));
    pm_out_count(object, "features", layer->feature_count);
    pm_out_count(object, "with_name", named_count);
    pm_out_count(object, "with_code", coded);
    pm_out_count(object, "with_parent", parents);
    pm_out_count(object, "aliases", aliases);
    pm_out_count(object, "vertices", layer->point_count);
    return object;
}

static json_t *info_atlas(const char *path, struct pm_diags *diags)
{
    struct pm_atlas *atlas = pm_atlas_load(path, NULL, diags);
    if (!atlas)
        return NULL;
    json_t *facts = facts_of(atlas->path, "shapes"), *layers = json_array();
    pm_out_text(facts, "name", pm_text_get(&atlas->name, "en", NULL));
    pm_out_text(facts, "version", atlas->version);
    pm_out_text(facts, "credit", atlas->credit);
    for (int kind = 0; kind < PM_LAYER_KINDS; kind++)
        if (atlas->layers[kind].file)
            json_array_append_new(layers, layer_object(atlas, (enum pm_layer_kind)kind));
    json_object_set_new(facts, "layers", layers);
    add_borders(facts, &atlas->layers[PM_LAYER_AREAS]);
    pm_atlas_free(atlas);
    return facts;
}

/* ---- status files ------------------------------------------------------------------- */

/* The first and last day of which the file says something. */
struct days {
    pm_date first, last;
};

static void add_day(struct days *days, pm_date date)
{
    if (date == PM_NO_DATE)
        return;
    days->first = days->first == PM_NO_DATE || date < days->first ? date : days->first;
    days->last = days->last == PM_NO_DATE || date > days->last ? date : days->last;
}

static json_t *subjects_object(const struct pm_status *status, const struct pm_subject *subjects,
                               size_t count, struct days *days)
{
    json_t *object = json_object(), *counts = json_object();
    size_t records = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pm_record *now = pm_record_at(&subjects[i], status->as_of);
        pm_out_tally(counts, now ? now->status : "unknown");
        records += subjects[i].record_count;
        for (size_t k = 0; k < subjects[i].record_count; k++)
            add_day(days, subjects[i].records[k].from);
    }
    pm_out_count(object, "named", count);
    pm_out_count(object, "entries", records);
    if (count)
        json_object_set(object, "by_status", counts);
    json_decref(counts);
    return object;
}

static json_t *info_status(const char *path, struct pm_diags *diags)
{
    struct days days = {PM_NO_DATE, PM_NO_DATE};
    struct pm_status *status = pm_status_load(path, diags);
    if (!status)
        return NULL;
    json_t *facts = facts_of(path, "status");
    pm_out_text(facts, "title", pm_text_get(&status->title, "en", NULL));
    pm_out_date(facts, "as_of", status->as_of);
    pm_out_text(facts, "shapes", status->shapes);
    pm_out_text(facts, "style", status->style);
    json_object_set_new(facts, "areas",
                        subjects_object(status, status->areas, status->area_count, &days));
    json_object_set_new(facts, "places",
                        subjects_object(status, status->places, status->place_count, &days));
    pm_out_date(facts, "first_day", days.first);
    pm_out_date(facts, "last_day", days.last);
    pm_out_count(facts, "events", status->event_count);
    pm_out_count(facts, "sources", status->source_count);
    pm_out_count(facts, "parties", status->party_count);
    pm_out_count(facts, "aliases", status->alias_count);
    pm_status_free(status);
    return facts;
}

/* ---- styles, aliases and jobs ------------------------------------------------------------- */

static json_t *info_style(const char *path, struct pm_diags *diags)
{
    struct pm_style *style = pm_style_load(path, diags);
    if (!style)
        return NULL;
    json_t *facts = facts_of(path, "style"), *statuses = json_array();
    for (size_t i = 0; i < style->status_count; i++) {
        json_t *status = json_object();
        char color[8];
        pm_color_hex(style->statuses[i].fill, color);
        pm_out_text(status, "id", style->statuses[i].id);
        pm_out_text(status, "label", pm_text_get(&style->statuses[i].label, "en", NULL));
        pm_out_text(status, "color", color);
        json_array_append_new(statuses, status);
    }
    json_object_set_new(facts, "statuses", statuses);
    pm_style_free(style);
    return facts;
}

static json_t *info_aliases(const char *path, struct pm_diags *diags)
{
    struct pm_aliases *aliases = pm_aliases_load(path, diags);
    if (!aliases)
        return NULL;
    json_t *facts = facts_of(path, "aliases");
    pm_out_count(facts, "aliases", aliases->alias_count);
    pm_aliases_free(aliases);
    return facts;
}

static json_t *info_jobs(const char *path, struct pm_diags *diags)
{
    struct pm_jobs *jobs = pm_jobs_load(path, diags);
    if (!jobs)
        return NULL;
    json_t *facts = facts_of(path, "jobs");
    size_t maps = pm_jobs_count(jobs), files = 0;
    for (size_t i = 0; i < maps; i++)
        files += pm_jobs_get(jobs, i)->output_count;
    pm_out_count(facts, "maps", maps);
    pm_out_count(facts, "files", files);
    pm_jobs_free(jobs);
    return facts;
}

/* ---- any file ----------------------------------------------------------------------- */

static const struct {
    const char *format;
    json_t *(*info)(const char *path, struct pm_diags *diags);
} formats[] = {
    {"provmap-status/1", info_status}, {"provmap-shapes/1", info_atlas},
    {"provmap-style/1", info_style},   {"provmap-aliases/1", info_aliases},
    {"provmap-jobs/1", info_jobs},
};

static json_t *unknown_format(const char *path, struct pm_diags *diags)
{
    pm_error(diags, PM_FAULT_INPUT, "unknown-file", pm_place_file(path),
             "it is neither a shapefile nor one of provmap's JSON files");
    pm_help(diags, "those begin with \"format\": \"provmap-status/1\", -shapes/1, -style/1, "
                   "-aliases/1 or -jobs/1");
    return NULL;
}

/* By what its "format" says. */
static json_t *info_json(const char *path, struct pm_diags *diags)
{
    enum { FORMATS = sizeof formats / sizeof *formats };
    struct pm_arena arena = {0};
    struct pm_diags *unread = pm_diags_new(); /* who reads it in earnest will say it again */
    struct pm_json json = {.arena = &arena, .diags = unread};
    size_t chosen = FORMATS;
    bool parsed = pm_json_load(&json, path);
    const char *given = json_string_value(json_object_get(json.root, "format"));
    for (size_t i = 0; i < FORMATS; i++)
        if (pm_streq(given, formats[i].format))
            chosen = i;
    pm_json_finish(&json);
    pm_diags_free(unread);
    pm_arena_finish(&arena);
    if (!parsed) /* tells why */
        return info_status(path, diags);
    return chosen < FORMATS ? formats[chosen].info(path, diags) : unknown_format(path, diags);
}

/* "a.dbf" -> "a.shp", whichever part of a shapefile is named; NULL if it is none. */
static const char *main_file(struct pm_arena *arena, const char *path)
{
    static const char *const endings[] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (pm_has_ending(path, endings[i])) {
            size_t stem = strlen(path) - 4;
            const char *shp = pm_sprintf(arena, "%.*s%s", (int)stem, path,
                                         path[stem + 1] < 'a' ? ".SHP" : ".shp");
            return i == 0 || !pm_is_file(shp) ? pm_strdup(arena, path) : shp;
        }
    return NULL;
}

/* It is read twice, which a pipe can't be. */
static json_t *no_file(const char *path, struct pm_diags *diags)
{
    pm_error(diags, PM_FAULT_INPUT, "cannot-read", pm_place_file(path),
             "info reads files and folders only");
    return NULL;
}

static json_t *facts_by_kind(const char *path, const struct pm_atlas_options *options,
                             struct pm_arena *arena, struct pm_diags *diags)
{
    const char *shp = main_file(arena, path);
    if (shp)
        return info_shapefile(shp, options, diags);
    bool there = access(path, F_OK) == 0;
    if (pm_is_file(path) || (!there && strpbrk(path, "./"))) /* no bare name: it says why not */
        return info_json(path, diags);
    if (pm_streq(path, "-") || (there && !pm_is_folder(path)))
        return no_file(path, diags);
    return info_atlas(path, diags);
}

bool pm_info(const char *path, const struct pm_atlas_options *options, enum pm_info_form form,
             char **data, size_t *size, struct pm_diags *diags)
{
    struct pm_arena arena = {0};
    json_t *facts = facts_by_kind(path, options, &arena, diags);
    bool told = facts != NULL;
    struct pm_str text = {0};
    *data = NULL;
    *size = 0;
    if (told && form == PM_INFO_JSON) {
        pm_out_dump(facts, data, size);
    } else if (told) {
        pm_info_text(facts, &text);
        *data = text.s;
        *size = text.n;
        json_decref(facts);
    }
    pm_arena_finish(&arena);
    return told;
}
