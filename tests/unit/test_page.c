/* Pages of extreme forms: the frame ends where the data end, the footer follows what stands above it, and no
 * number is on the map that nothing explains. */
#include "check.h"

#include "layout/draft.h"
#include "map.h"
#include "provmap.h"

struct form {
    int width, height;
};

typedef void look_at(const struct pm_map *map);

/* Of a map with names, notes and a status in all areas. */
static void draw_with(const struct pm_map_options *options, look_at *look)
{
    struct pm_diags *diags = pm_diags_new();
    struct pm_atlas *atlas = pm_atlas_load(PM_TEST_DIR "/../shapes/afghanistan", NULL, diags);
    struct pm_style *style = pm_style_load("default", diags);
    struct pm_engine *engine = pm_engine_new(NULL, diags);
    struct pm_status *status =
        pm_status_load(PM_TEST_DIR "/examples/afghanistan-2021-08.json", diags);
    struct pm_map *map = pm_map_new(engine, atlas, style, status, options, diags);
    assert_non_null(map);
    look(map);
    pm_map_free(map);
    pm_status_free(status);
    pm_engine_free(engine);
    pm_style_free(style);
    pm_atlas_free(atlas);
    pm_diags_free(diags);
}

static void draw(int width, int height, look_at *look)
{
    draw_with(&(struct pm_map_options){.width = width, .height = height}, look);
}

static void has_data_everywhere(const struct pm_map *map)
{
    const struct pm_draft *draft = pm_map_draft(map);
    assert_true(pm_has_all_land(draft));
}

static void no_frame_shows_the_end_of_the_data(void **state)
{
    static const struct form forms[] = {{1600, 1200}, {2400, 300}, {3000, 300},
                                        {300, 2400},  {400, 2000}, {2000, 500}};
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        draw(forms[i].width, forms[i].height, has_data_everywhere);
}

static void has_footer_below(const struct pm_map *map)
{
    const struct pm_draft *draft = pm_map_draft(map);
    const struct pm_page *page = &draft->page;
    assert_true(page->panel.y0 > page->map.y1);
    assert_true(page->footer.y0 >= page->panel.y1 - 1e-6);
    assert_true(page->footer.y0 < page->panel.y1 + 1e-6);
    assert_true(page->footer.y1 < draft->height * 0.75);
}

static void on_very_tall_pages_all_stays_together(void **state)
{
    (void)state;
    draw(300, 2400, has_footer_below);
}

/* What follows a heading is below it, and not at the top of the next column. */
static void has_no_heading_alone(const struct pm_map *map)
{
    const struct pm_scene *scene = pm_map_scene(map);
    double heading = -INFINITY;
    bool in_heading = false;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *n = &scene->nodes.v[i];
        if (n->kind == PM_NODE_BEGIN)
            in_heading = n->ident.part == PM_PART_HEADING;
        if (n->kind != PM_NODE_TEXT)
            continue;
        if (n->run.at.y < heading)
            fail_msg("\"%s\" does not stand below its heading", n->run.s);
        if (in_heading || n->run.at.y > heading)
            heading = in_heading ? n->run.at.y : -INFINITY;
    }
}

static void headings_stand_above_something(void **state)
{
    (void)state;
    for (int width = 300; width <= 800; width += 20) {
        draw(width, width, has_no_heading_alone);
        draw(width, width * 3 / 4, has_no_heading_alone);
    }
}

static void has_credit(const struct pm_map *map)
{
    const struct pm_scene *scene = pm_map_scene(map);
    bool found = false;
    for (size_t i = 0; i < scene->nodes.n; i++)
        found |= scene->nodes.v[i].kind == PM_NODE_TEXT &&
                 strstr(scene->nodes.v[i].run.s, "Natural Earth") != NULL;
    assert_true(found);
}

/* Whatever letters the name of the projection has, which is not known when room is kept for it. */
static void the_credit_is_there_in_all_languages(void **state)
{
    static const char *const langs[] = {"en", "fa", "ps", "ar", "uk", "ru", "fr", "de", "es", "my"};
    (void)state;
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        draw_with(&(struct pm_map_options){.lang = langs[i], .since = "2021-08-12"}, has_credit);
}

static void has_no_numbers(const struct pm_map *map)
{
    const struct pm_draft *draft = pm_map_draft(map);
    assert_int_equal(draft->key_count, 0);
    for (size_t i = 0; i < draft->label_count; i++)
        assert_int_equal(draft->labels[i].number, 0);
}

static void has_numbers(const struct pm_map *map)
{
    const struct pm_draft *draft = pm_map_draft(map);
    assert_true(draft->key_count > 0);
}

static void numbers_need_a_key(void **state)
{
    (void)state;
    draw(200, 200, has_no_numbers);
    draw(300, 300, has_no_numbers);
    draw(700, 600, has_numbers);
}

/* The first text that begins so; NULL if there is none. */
static const char *text_that_begins(const struct pm_map *map, const char *with)
{
    const struct pm_scene *scene = pm_map_scene(map);
    for (size_t i = 0; i < scene->nodes.n; i++)
        if (scene->nodes.v[i].kind == PM_NODE_TEXT &&
            strncmp(scene->nodes.v[i].run.s, with, strlen(with)) == 0)
            return scene->nodes.v[i].run.s;
    return NULL;
}

static void says_how_many_rows_are_missing(const struct pm_map *map)
{
    const char *said = text_that_begins(map, "\u2026 +");
    assert_non_null(said);
    assert_true(atoi(said + strlen("\u2026 +")) > 0);
}

static void says_nothing_of_missing_rows(const struct pm_map *map)
{
    assert_null(text_that_begins(map, "\u2026 +"));
}

/* A legend that is cut says so on the page, not only in a message. */
static void a_cut_legend_says_so(void **state)
{
    (void)state;
    draw(330, 250, says_how_many_rows_are_missing);
    draw(1000, 750, says_nothing_of_missing_rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_frame_shows_the_end_of_the_data),
        cmocka_unit_test(on_very_tall_pages_all_stays_together),
        cmocka_unit_test(headings_stand_above_something),
        cmocka_unit_test(the_credit_is_there_in_all_languages),
        cmocka_unit_test(numbers_need_a_key),
        cmocka_unit_test(a_cut_legend_says_so),
    };
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
