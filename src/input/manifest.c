/* shapes.json, and everything that may stand for it on the command line, into an atlas. */
#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "geo/project.h"
#include "input/data_dir.h"
#include "input/json.h"
#include "input/shapefile.h"
#include "input/similar.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-shapes/1"

static const enum pm_geometry geometry_of[] = {
    [PM_LAYER_AREAS] = PM_GEOMETRY_POLYGON,   [PM_LAYER_PLACES] = PM_GEOMETRY_POINT,
    [PM_LAYER_CONTEXT] = PM_GEOMETRY_POLYGON, [PM_LAYER_BOUNDARIES] = PM_GEOMETRY_LINE,
    [PM_LAYER_RIVERS] = PM_GEOMETRY_LINE,     [PM_LAYER_LAKES] = PM_GEOMETRY_POLYGON,
    [PM_LAYER_ROADS] = PM_GEOMETRY_LINE,
};

/* ---- layers ------------------------------------------------------------------------- */

static void read_names(const struct pm_jval *names, struct pm_fields *fields)
{
    struct pm_text text = {0};
    if (!pm_jval_object(names) || !pm_jval_at_most(names, PM_MOST_LANGUAGES, "languages"))
        return;
    for (struct pm_jval entry = {0}; pm_jval_next(names, &entry);) {
        const char *field = NULL;
        if (pm_jval_key_is_language(&entry) && pm_jval_name(&entry, &field))
            pm_text_add(&text, names->json->arena, entry.key, field);
    }
    fields->names = text.v;
    fields->name_count = text.n;
}

/* Which fields hold what, and the file. Each key belongs to the layers in which it says something:
 * places lie in an area, areas under a parent. */
static void read_fields(const struct pm_jval *value, enum pm_layer_kind kind,
                        struct pm_shape_source *source, struct pm_fields *fields)
{
    enum {
        AREAS = 1 << PM_LAYER_AREAS,
        PLACES = 1 << PM_LAYER_PLACES,
        BOUNDARIES = 1 << PM_LAYER_BOUNDARIES,
        ALL = (1 << PM_LAYER_KINDS) - 1
    };
    const struct {
        const char *key;
        int layers;
        const char **out;
    } strings[] = {
        {"file", ALL, &source->path},
        {"key", ALL, &fields->key},
        {"name", ALL, &fields->name},
        {"aliases", AREAS | PLACES, &fields->aliases},
        {"short", AREAS, &fields->short_name},
        {"parent", AREAS, &fields->parent},
        {"in", PLACES, &fields->parent},
        {"rank", PLACES, &fields->rank},
        {"population", AREAS | PLACES, &fields->population},
        {"kind", BOUNDARIES, &fields->kind},
        {"encoding", ALL, &source->encoding},
        {"crs", ALL, &source->crs},
    };
    enum { STRINGS = sizeof strings / sizeof *strings };
    const char *known[STRINGS + 2] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < STRINGS; i++)
        if (strings[i].layers & 1 << kind) {
            known[count++] = strings[i].key;
            pm_jget_name(value, strings[i].key, strings[i].out);
        }
    known[count] = "names";
    pm_jval_check_keys(value, known);
    struct pm_jval names = pm_jval_get(value, "names");
    read_names(&names, fields);
}

/* A kind that provmap does not know is drawn as disputed, which claims the least. */
static void read_boundary_kinds(struct pm_layer *layer, struct pm_diags *diags)
{
    const struct pm_feature *first = NULL;
    size_t unknown = 0;
    for (size_t i = 0; i < layer->feature_count; i++) {
        struct pm_feature *feature = &layer->features[i];
        if (!feature->kind || pm_boundary_kind_parse(feature->kind, &feature->boundary))
            continue;
        if (unknown++ == 0)
            first = feature;
    }
    if (!first)
        return;
    struct pm_str known = {0};
    for (int i = 0; i < PM_BOUNDARY_KINDS; i++)
        pm_str_addf(&known, "%s%s", i ? ", " : "", pm_boundary_kind_name((enum pm_boundary_kind)i));
    struct pm_place place = pm_place_record(layer->file, first->record);
    if (unknown == 1)
        pm_note(diags, "unknown-boundary", place,
                "a boundary of the kind \"%s\" is drawn as disputed", first->kind);
    else
        pm_note(
            diags, "unknown-boundary", place,
            "a boundary of the kind \"%s\" is drawn as disputed; so are %zu more of unknown kinds",
            first->kind, unknown - 1);
    pm_help(diags, "known: %s", pm_str_get(&known));
    pm_str_finish(&known);
}

static void read_layer(const struct pm_jval *value, enum pm_layer_kind kind, struct pm_atlas *atlas)
{
    struct pm_json *json = value->json;
    struct pm_shape_source source = {0};
    struct pm_fields fields = {0};
    if (!pm_jval_object(value))
        return;
    read_fields(value, kind, &source, &fields);
    const char *file = source.path;
    bool named = fields.name || (kind == PM_LAYER_AREAS && fields.key) || kind > PM_LAYER_PLACES;
    if (!file)
        pm_jval_missing(value, "file", "a layer names its .shp, seen from this file's folder");
    if (!named)
        pm_jval_missing(value, "name", "say which field of the table holds the names");
    if (!file || !named)
        return;
    source.path = pm_path_beside(json->arena, atlas->path, file);
    if (!pm_shapefile_read(&source, geometry_of[kind], &fields, &atlas->arena, &atlas->layers[kind],
                           json->diags))
        pm_note(json->diags, "layer-not-read", pm_jval_place(value),
                "this layer could not be read");
    if (kind == PM_LAYER_BOUNDARIES)
        read_boundary_kinds(&atlas->layers[kind], json->diags);
}

static void read_layers(const struct pm_jval *layers, struct pm_atlas *atlas)
{
    const char *names[PM_LAYER_KINDS + 1] = {NULL};
    for (int kind = 0; kind < PM_LAYER_KINDS; kind++)
        names[kind] = pm_layer_name((enum pm_layer_kind)kind);
    if (!pm_jval_object(layers))
        return;
    pm_jval_check_keys(layers, names);
    for (int kind = 0; kind < PM_LAYER_KINDS; kind++) {
        struct pm_jval layer = pm_jval_get(layers, names[kind]);
        if (pm_jval_given(&layer))
            read_layer(&layer, (enum pm_layer_kind)kind, atlas);
    }
}

/* ---- the manifest ------------------------------------------------------------------- */

static void read_unit(const struct pm_jval *unit, struct pm_atlas *atlas)
{
    static const char *const known[] = {"one", "other", NULL};
    if (!pm_jval_given(unit) || !pm_jval_object(unit))
        return;
    pm_jval_check_keys(unit, known);
    pm_jget_text(unit, "one", &atlas->unit_one);
    pm_jget_text(unit, "other", &atlas->unit_other);
}

static void no_areas(const struct pm_jval *root)
{
    struct pm_diags *diags = root->json->diags;
    pm_error(diags, PM_FAULT_INPUT, "no-areas", pm_jval_place(root), "there are no areas in it");
    pm_help(diags, "name a layer of polygons: \"layers\": {\"areas\": {\"file\": …}}");
}

/* Whether PROJ knows it is asked when a map is drawn. */
static void read_projection(const struct pm_jval *root, struct pm_atlas *atlas)
{
    struct pm_jval value = pm_jval_get(root, "projection");
    const char *word = NULL;
    if (!pm_jval_given(&value) || !pm_jval_line(&value, &word))
        return;
    word = atlas->projection = word ? word : "";
    if (pm_streq(word, "auto") || strpbrk(word, PM_PROJECTION_SIGNS) ||
        pm_projection_kind_of(word) != PM_PROJECTION_OTHER)
        return;
    pm_error(root->json->diags, PM_FAULT_INPUT, "bad-map-projection", pm_jval_place(&value),
             "there is no projection \"%s\"", word);
    pm_help(root->json->diags,
            "write \"auto\", or another that --projection takes: see provmap --help");
}

static void read_manifest(struct pm_json *json, struct pm_atlas *atlas)
{
    static const char *const known[] = {"format", "name",   "credit",     "version", "license",
                                        "unit",   "layers", "projection", NULL};
    size_t errors = pm_diags_errors(json->diags);
    struct pm_jval root = pm_json_root(json);
    if (!pm_jval_object(&root) || !pm_json_check_format(&root, FORMAT))
        return;
    pm_jval_check_keys(&root, known);
    const char *license = NULL; /* for readers of the file; the credit is what a map shows */
    pm_jget_text(&root, "name", &atlas->name);
    pm_jget_line(&root, "credit", &atlas->credit);
    pm_jget_line(&root, "version", &atlas->version);
    pm_jget_line(&root, "license", &license);
    read_projection(&root, atlas);
    struct pm_jval unit = pm_jval_get(&root, "unit"), layers = pm_jval_get(&root, "layers");
    read_unit(&unit, atlas);
    if (pm_jval_given(&layers))
        read_layers(&layers, atlas);
    struct pm_jval areas = pm_jval_get(&layers, "areas");
    bool failed = pm_diags_errors(json->diags) != errors;
    if (!pm_jval_given(&areas) || (!failed && !atlas->layers[PM_LAYER_AREAS].part_count))
        no_areas(&root);
}

/* An area that nobody can call by a name can't get a status. */
static void check_names(const struct pm_layer *areas, struct pm_diags *diags)
{
    size_t nameless = 0, first = 0;
    for (size_t i = 0; i < areas->feature_count; i++)
        if (!areas->features[i].key && !areas->features[i].name.n && nameless++ == 0)
            first = i;
    if (nameless == 0)
        return;
    pm_warning(diags, "no-name", pm_place_record(areas->file, areas->features[first].record),
               "the area has neither code nor name and can't get a status");
    if (nameless > 1)
        pm_help(diags, "so it is with %zu more", nameless - 1);
}

static void load_manifest(struct pm_atlas *atlas, struct pm_diags *diags)
{
    struct pm_json json = {.arena = &atlas->arena, .diags = diags};
    if (pm_json_load(&json, atlas->path))
        read_manifest(&json, atlas);
    pm_json_finish(&json);
}

/* ---- a bare .shp -------------------------------------------------------------------- */

static void load_bare(struct pm_atlas *atlas, const struct pm_atlas_options *options,
                      struct pm_diags *diags)
{
    struct pm_shape_source source = {.path = atlas->path};
    struct pm_fields fields = {0};
    if (options) {
        source.encoding = options->encoding;
        source.crs = options->crs;
        fields.key = options->key_field;
        fields.name = options->name_field;
    }
    bool guessed = !fields.key || !fields.name;
    if (guessed)
        pm_shapefile_guess(&source, &atlas->arena, &fields);
    bool read = pm_shapefile_read(&source, PM_GEOMETRY_POLYGON, &fields, &atlas->arena,
                                  &atlas->layers[PM_LAYER_AREAS], diags);
    if (read && atlas->layers[PM_LAYER_AREAS].part_count == 0) {
        pm_error(diags, PM_FAULT_INPUT, "no-areas", pm_place_file(atlas->path),
                 "there are no areas in it");
        pm_help(diags, "provmap info tells what is");
    }
    if (!guessed || !read)
        return;
    pm_note(diags, "guessed-fields", pm_place_file(atlas->path),
            "took codes from %s%s%s and names from %s%s%s", fields.key ? "\"" : "",
            fields.key ? fields.key : "no field", fields.key ? "\"" : "", fields.name ? "\"" : "",
            fields.name ? fields.name : "no field", fields.name ? "\"" : "");
    pm_help(diags, "say which with --key and --name");
}

/* ---- what the user named ------------------------------------------------------------ */

static void unknown_shapes(struct pm_atlas *atlas, const char *name, struct pm_diags *diags)
{
    const char **names = NULL;
    size_t count = pm_data_list(&atlas->arena, "shapes", &names);
    int near = pm_nearest(name, names, count);
    pm_diags_input(diags, name);
    pm_error(diags, PM_FAULT_INPUT, "no-shapes", pm_place_file(name),
             "there is no such shapes folder, shapes.json or .shp");
    struct pm_str list = {0};
    for (size_t i = 0; i < count; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", names[i]);
    if (near >= 0)
        pm_help(diags, "did you mean \"%s\"?", names[near]);
    else if (count)
        pm_help(diags, "give a path, or one of: %s", pm_str_get(&list));
    else
        pm_help(diags, "give a path; the data folder has none (PROVMAP_DATA says where it is)");
    pm_str_finish(&list);
}

struct pm_atlas *pm_atlas_load(const char *name, const struct pm_atlas_options *options,
                               struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_atlas *atlas = pm_xrealloc(NULL, 1, sizeof *atlas);
    memset(atlas, 0, sizeof *atlas);
    atlas->cache = pm_cache_new(PM_MOST_CACHE_BYTES);
    const char *path = name;
    if (!pm_is_folder(path) && !pm_is_file(path)) {
        const char *found = pm_data_find(&atlas->arena, "shapes", name, "");
        path = found ? found : path;
    }
    bool folder = pm_is_folder(path);
    atlas->path =
        folder ? pm_path_join(&atlas->arena, path, "shapes.json") : pm_strdup(&atlas->arena, path);
    if (!folder && !pm_is_file(path))
        unknown_shapes(atlas, name, diags);
    else if (pm_has_ending(atlas->path, ".shp"))
        load_bare(atlas, options, diags);
    else
        load_manifest(atlas, diags);
    check_names(&atlas->layers[PM_LAYER_AREAS], diags);
    if (pm_diags_errors(diags) == errors)
        return atlas;
    pm_atlas_free(atlas);
    return NULL;
}

void pm_atlas_free(struct pm_atlas *atlas)
{
    if (!atlas)
        return;
    pm_cache_free(atlas->cache);
    pm_arena_finish(&atlas->arena);
    free(atlas);
}

const char *pm_atlas_path(const struct pm_atlas *atlas)
{
    return atlas->path;
}
