/* shapes.json beside real shapefiles: any bytes are read or refused with a reason, and what is read
 * is an atlas whose ranges hold. */
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "folder.h"
#include "model/atlas.h"
#include "provmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    "shapes.json", "areas.shp",  "areas.shx",  "areas.dbf",  "areas.prj",
    "places.shp",  "places.shx", "places.dbf", "places.prj",
};

enum { NAMES = sizeof names / sizeof *names };

static void link_fixture(const struct folder *folder)
{
    char target[512];
    for (size_t i = 1; i < NAMES; i++) {
        snprintf(target, sizeof target, "%s/fixtures/quarters/%s", PM_TEST_DIR, names[i]);
        if (symlink(target, folder_path(folder, names[i]).path) != 0)
            abort();
    }
}

static void check_layer(const struct pm_layer *layer)
{
    for (size_t i = 0; i < layer->feature_count; i++)
        if (layer->features[i].parts.first + layer->features[i].parts.count > layer->part_count)
            abort();
    for (size_t i = 0; i < layer->part_count; i++)
        if (layer->parts[i].first + layer->parts[i].count > layer->point_count)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct folder folder = folder_new();
    link_fixture(&folder);
    folder_write(&folder, names[0], data, size);
    struct pm_diags *diags = pm_diags_new();
    struct pm_atlas *atlas = pm_atlas_load(folder.path, NULL, diags);
    if ((atlas == NULL) != (pm_diags_errors(diags) > 0))
        abort(); /* nothing without a reason */
    if (atlas && atlas->layers[PM_LAYER_AREAS].feature_count == 0)
        abort();
    for (int kind = 0; atlas && kind < PM_LAYER_KINDS; kind++)
        check_layer(&atlas->layers[kind]);
    pm_atlas_free(atlas);
    pm_diags_free(diags);
    folder_remove(&folder, names, NAMES);
    return 0;
}
