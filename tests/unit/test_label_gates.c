/* The gates of label placement on real and random maps. */
#include "label_gates.h"

#include "base/file.h"
#include "base/str.h"

/* ---- maps ------------------------------------------------------------------------------------ */

struct world {
    struct pm_diags *diags;
    struct pm_engine *engine;
    struct pm_style *style;
    struct pm_atlas *afghanistan, *counties;
};

static struct pm_atlas *atlas_of(struct world *w, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/../shapes/%s", PM_TEST_DIR, name);
    struct pm_atlas *atlas = pm_atlas_load(path, NULL, w->diags);
    assert_non_null(atlas);
    return atlas;
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->diags = pm_diags_new();
    w->engine = pm_engine_new(NULL, w->diags);
    w->style = pm_style_load("default", w->diags);
    w->afghanistan = atlas_of(w, "afghanistan");
    w->counties = atlas_of(w, "us-counties");
    *state = w;
    return w->engine && w->style ? 0 : 1;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    pm_atlas_free(w->afghanistan);
    pm_atlas_free(w->counties);
    pm_style_free(w->style);
    pm_engine_free(w->engine);
    pm_diags_free(w->diags);
    free(w);
    return 0;
}

struct drawn {
    struct pm_status *status;
    struct pm_map *map;
    const struct pm_draft *draft;
};

static struct drawn draw(struct world *w, const struct pm_atlas *atlas, struct pm_status *status,
                         const struct pm_map_options *options)
{
    struct drawn drawn = {.status = status};
    assert_non_null(status);
    drawn.map = pm_map_new(w->engine, atlas, w->style, status, options, w->diags);
    assert_non_null(drawn.map);
    drawn.draft = pm_map_draft(drawn.map);
    return drawn;
}

static void drop(struct drawn *drawn)
{
    pm_map_free(drawn->map);
    pm_status_free(drawn->status);
}

static struct pm_status *example(struct world *w, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/examples/%s", PM_TEST_DIR, name);
    return pm_status_load(path, w->diags);
}

/* ---- real maps ------------------------------------------------------------------------------- */

static void the_afghan_map(void **state)
{
    static const char *const langs[] = {"en", "fa", "ps"}, *const dates[] = {"2021-08-06",
                                                                             "2021-08-13"};
    static const int widths[] = {1600, 1000, 600};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++) {
                struct pm_map_options options = {.width = widths[j],
                                                 .height = widths[j] * 3 / 4,
                                                 .lang = langs[i],
                                                 .date = dates[k]};
                char title[80];
                snprintf(title, sizeof title, "Afghanistan %s %s %d px", dates[k], langs[i],
                         widths[j]);
                struct world *w = *state;
                struct drawn d =
                    draw(w, w->afghanistan, example(w, "afghanistan-2021-08.json"), &options);
                struct label_gates g = label_gates_of(d.draft);
                label_gates_print(title, &g);
                drop(&d);
            }
}

static void helmand_in_focus(void **state)
{
    struct world *w = *state;
    static const char *const focus[] = {"Helmand"};
    struct pm_map_options options = {.focus = focus, .focus_count = 1};
    struct drawn d = draw(w, w->afghanistan, example(w, "helmand-2021-05-04.json"), &options);
    struct label_gates g = label_gates_of(d.draft);
    label_gates_print("Helmand", &g);
    drop(&d);
}

static const char county_status[] =
    "{\"format\": \"provmap-status/1\", \"title\": \"Counties\", \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Ohio/Franklin\": \"contested\", \"Ohio/Licking\": \"government\",\n"
    "  \"Colorado/Denver\": \"government\", \"Colorado/Jefferson\": \"contested\",\n"
    "  \"Georgia/Fulton\": \"government\", \"Georgia/DeKalb\": \"contested\"}}";

static void counties(void **state)
{
    struct world *w = *state;
    static const char *const states[] = {"Ohio", "Colorado", "Georgia"};
    for (size_t i = 0; i < 4; i++) {
        struct pm_map_options options = {.focus = i < 3 ? &states[i] : states,
                                         .focus_count = i < 3 ? 1 : 3};
        struct drawn d =
            draw(w, w->counties,
                 pm_status_parse(county_status, strlen(county_status), "counties.json", w->diags),
                 &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_print(i < 3 ? states[i] : "three states", &g);
        drop(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_afghan_map),
        cmocka_unit_test(helmand_in_focus),
        cmocka_unit_test(counties),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
