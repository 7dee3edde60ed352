/* A client of the installed library: one status file in, one small SVG out. */
#include <provmap.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    struct pm_diags *diags = pm_diags_new();
    struct pm_status *status = pm_status_load(argv[1], diags);
    struct pm_atlas *atlas = pm_atlas_load("afghanistan", NULL, diags);
    struct pm_style *style = pm_style_load("default", diags);
    struct pm_engine *engine = pm_engine_new(NULL, diags);
    char *data = NULL;
    size_t size = 0;
    if (status && atlas && style) {
        struct pm_map *map = pm_map_new(engine, atlas, style, status, NULL, diags);
        if (map && pm_map_encode(map, PM_FORMAT_SVG, &data, &size, diags))
            printf("%s %zu\n", pm_version(), size);
        pm_map_free(map);
    }
    for (size_t i = 0; i < pm_diags_count(diags); i++)
        fprintf(stderr, "%s\n", pm_diags_get(diags, i)->message);
    enum pm_fault fault = pm_diags_fault(diags);
    free(data);
    pm_engine_free(engine);
    pm_style_free(style);
    pm_atlas_free(atlas);
    pm_status_free(status);
    pm_diags_free(diags);
    return fault;
}
