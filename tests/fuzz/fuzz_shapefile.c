/* Shapefiles: any bytes are read or refused with a reason. The input holds .shp, .shx and .dbf
 * behind each other; its first four bytes are the lengths of the first two, little-endian. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "input/shapefile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_file(const char *folder, const char *name, const uint8_t *data, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static void write_files(const char *folder, const uint8_t *data, size_t size)
{
    size_t shp = size >= 4 ? (size_t)(data[0] | data[1] << 8) : 0;
    size_t shx = size >= 4 ? (size_t)(data[2] | data[3] << 8) : 0;
    size_t rest = size >= 4 ? size - 4 : 0;
    const uint8_t *at = data + (size - rest);
    shp = shp < rest ? shp : rest;
    write_file(folder, "f.shp", at, shp);
    at += shp;
    rest -= shp;
    shx = shx < rest ? shx : rest;
    write_file(folder, "f.shx", at, shx);
    write_file(folder, "f.dbf", at + shx, rest - shx);
}

static void remove_files(const char *folder)
{
    static const char *const names[] = {"f.shp", "f.shx", "f.dbf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[] = "/tmp/provmap-fuzz-XXXXXX", path[128];
    if (!mkdtemp(folder))
        abort();
    write_files(folder, data, size);
    snprintf(path, sizeof path, "%s/f.shp", folder);
    read_as(path, PM_GEOMETRY_POLYGON);
    read_as(path, PM_GEOMETRY_LINE);
    read_as(path, PM_GEOMETRY_POINT);
    remove_files(folder);
    return 0;
}
