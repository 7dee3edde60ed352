#include "cli/import.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/seal.h"
#include "base/str.h"
#include "cli/target.h"
#include "base/banned.h"

/* What a status file made by pm_import holds near its beginning. */
#define IMPORTED "\"x-imported-from\""

struct parts {
    struct pm_style *style;
    struct pm_atlas *atlas;
    struct pm_aliases *aliases;
};

static const char *target_of(const struct options *o)
{
    return o->outputs.n ? o->outputs.v[0] : "-";
}

/* What people wrote into an imported file is not in the table. */
static void check_unchanged(const struct options *o, const char *path, struct pm_diags *diags)
{
    struct pm_arena arena = {0};
    size_t length = 0;
    if (o->force || target_is_stream(path) || !pm_is_file(path))
        return;
    const char *text = pm_read_file(path, PM_MOST_TEXT_BYTES, &arena, &length, diags);
    if (text && length && !pm_is_sealed(text)) {
        pm_error(diags, PM_FAULT_USAGE, "import-changed", pm_place_file(path),
                 "will not overwrite what was changed since it was imported");
        pm_help(diags, "name another file to write; with --force the changes are lost");
    }
    pm_arena_finish(&arena);
}

/* A status file is an input for people to write: one that was not imported stays. */
static void check_target(const struct options *o, struct pm_diags *diags)
{
    const char *path = target_of(o);
    target_check(diags, path, true);
    if (target_same_file(path, o->words.v[0]) || target_same_file(path, o->aliases) ||
        target_same_file(path, o->style) || target_same_file(path, o->shapes)) {
        target_refuse_input(diags, path);
    } else if (target_is_foreign(path, IMPORTED)) {
        usage_error(diags, "output-is-input",
                    "will not overwrite what is no imported status file:", path);
        pm_help(diags, "name another file to write");
    } else {
        check_unchanged(o, path, diags);
    }
}

static void load(struct parts *parts, const struct options *o, struct pm_diags *diags)
{
    const struct pm_atlas_options bare = {
        .key_field = o->key_field, .name_field = o->name_field, .crs = o->crs};
    parts->style = pm_style_load(o->style ? o->style : "default", diags);
    if (o->shapes)
        parts->atlas = pm_atlas_load(o->shapes, &bare, diags);
    if (o->aliases)
        parts->aliases = pm_aliases_load(o->aliases, diags);
}

/* A path would be looked for from the status file on, wherever that goes. */
static const char *bare_name(const char *name)
{
    return name && !strchr(name, '/') && !strchr(name, '.') ? name : NULL;
}

static void convert(const struct parts *parts, const struct options *o, struct pm_diags *diags)
{
    struct pm_import_options options = {
        .ignored = o->ignored.v,
        .ignored_count = o->ignored.n,
        .wide = o->wide,
        .date_form = o->date_form,
        .delimiter = o->delimiter,
        .encoding = o->encoding,
        .map = o->map.v,
        .map_count = o->map.n,
        .title = o->title,
        .as_of = o->as_of,
        .shapes_name = bare_name(o->shapes),
        .style_name = bare_name(o->style),
        .style = parts->style,
        .atlas = parts->atlas,
        .aliases = parts->aliases,
    };
    char *data = NULL;
    size_t size = 0;
    memcpy(options.columns, o->columns, sizeof options.columns);
    if (pm_import(o->words.v[0], &options, &data, &size, diags))
        target_write(target_of(o), data, size, diags);
    free(data);
}

int import(const struct options *o, struct pm_diags *diags)
{
    struct parts parts = {0};
    check_target(o, diags);
    if (pm_diags_errors(diags) == 0)
        load(&parts, o, diags);
    if (pm_diags_errors(diags) == 0)
        convert(&parts, o, diags);
    pm_style_free(parts.style);
    pm_atlas_free(parts.atlas);
    pm_aliases_free(parts.aliases);
    return (int)pm_diags_fault(diags);
}
