/* usage: world FOLDER: the gates of label placement on the map that make.py has written there. */
#include "../unit/label_gates.h"

#include "base/str.h"

static const char *folder;

static void the_world_by_province(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_diags *diags = pm_diags_new();
    struct pm_engine *engine = pm_engine_new(NULL, diags);
    struct pm_atlas *atlas = pm_atlas_load(folder, NULL, diags);
    struct pm_style *style = pm_style_load("default", diags);
    struct pm_status *status = pm_status_load(pm_sprintf(&arena, "%s/status.json", folder), diags);
    assert_true(engine && atlas && style && status);
    struct pm_map *map = pm_map_new(engine, atlas, style, status, NULL, diags);
    assert_non_null(map);
    const struct pm_draft *draft = pm_map_draft(map);
    struct label_gates g = label_gates_of(draft);
    label_gates_assert("the world by province", &g);
    assert_int_equal(g.wanted, status->area_count);
    pm_map_free(map);
    pm_status_free(status);
    pm_style_free(style);
    pm_atlas_free(atlas);
    pm_engine_free(engine);
    pm_diags_free(diags);
    pm_arena_finish(&arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_world_by_province)};
    if (argc != 2) {
        fprintf(stderr, "usage: world FOLDER\n");
        return 2;
    }
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
