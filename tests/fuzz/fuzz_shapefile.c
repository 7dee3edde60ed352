/* Shapefiles: any bytes are read or refused with a reason. The input holds .shp, .shx, .dbf, .prj
 * and .cpg behind each other; its first ten bytes are their lengths, little-endian, 0xFFFF for a
 * file that is missing. */
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "folder.h"
#include "input/shapefile.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Under libFuzzer PROJ does without its database, with which it makes ten runs a second: there each
 * reprojection ends in an error. PROJ_LIB=/usr/share/proj brings it back. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    setenv("PROJ_LIB", "/nowhere", 0);
    return 0;
}

static const char *const names[] = {"f.shp", "f.shx", "f.dbf", "f.prj", "f.cpg"};

enum { FILES = sizeof names / sizeof *names, MISSING = 0xFFFF };

static void write_files(const struct folder *folder, const uint8_t *data, size_t size)
{
    const uint8_t *at = data + 2 * FILES;
    size_t rest = size - 2 * FILES;
    for (size_t i = 0; i < FILES; i++) {
        size_t length = data[2 * i] | (size_t)data[2 * i + 1] << 8;
        size_t part = length < rest ? length : rest;
        if (length == MISSING)
            continue;
        folder_write(folder, names[i], at, part);
        at += part;
        rest -= part;
    }
}

static void read_as(const char *path, enum pm_geometry geometry)
{
    const struct pm_fields fields = {.key = "code", .name = "name", .rank = "rank"};
    struct pm_diags *diags = pm_diags_new();
    struct pm_arena arena = {0};
    struct pm_layer layer = {0};
    bool ok = pm_shapefile_read(&(struct pm_shape_source){.path = path}, geometry, &fields, &arena,
                                &layer, diags);
    if (ok != (pm_diags_errors(diags) == 0))
        abort();
    for (size_t i = 0; i < layer.part_count; i++)
        if (layer.parts[i].first + layer.parts[i].count > layer.point_count)
            abort();
    pm_arena_finish(&arena);
    pm_diags_free(diags);
}

/* The one that the .shp names, so that most runs get behind that check. */
static enum pm_geometry geometry_of(const uint8_t *data, size_t size)
{
    int kind = size > 2 * FILES + 32 ? data[2 * FILES + 32] % 10 : 0;
    return kind == 1 || kind == 8 ? PM_GEOMETRY_POINT
           : kind == 3            ? PM_GEOMETRY_LINE
                                  : PM_GEOMETRY_POLYGON;
}

/* What is described is there: no more samples than values, no more values than records. */
static void describe(const char *path)
{
    struct pm_diags *diags = pm_diags_new();
    struct pm_arena arena = {0};
    struct pm_shape_facts facts;
    bool ok = pm_shapefile_describe(&(struct pm_shape_source){.path = path}, &arena, &facts, diags);
    if (ok != (pm_diags_errors(diags) == 0) ||
        facts.null_count + facts.broken_count > facts.record_count)
        abort();
    for (size_t i = 0; i < facts.field_count; i++)
        if (facts.fields[i].distinct > facts.fields[i].filled)
            abort();
    pm_arena_finish(&arena);
    pm_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 * FILES)
        return 0;
    struct folder folder = folder_new();
    write_files(&folder, data, size);
    struct folder_path shp = folder_path(&folder, names[0]);
    read_as(shp.path, geometry_of(data, size));
    describe(shp.path);
    folder_remove(&folder, names, FILES);
    return 0;
}
