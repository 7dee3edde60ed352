/* The whole pipeline, in one process, on the project's own data. */
#include "check.h"

#include <math.h>

#include "base/str.h"
#include "layout/type.h"
#include "map.h"

static const char small[] =
    "{\"format\": \"provmap-status/1\", \"title\": \"Control of Afghanistan's provinces\",\n"
    " \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Helmand\": \"contested\", \"Kabul\": \"government\"},\n"
    " \"places\": {\"Lashkar Gah\": \"government\"}}";

struct fixture {
    struct pm_diags *diags;
    struct pm_atlas *atlas;
    struct pm_style *style;
    struct pm_engine *engine;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    char path[4096];
    if (!f)
        return 1;
    snprintf(path, sizeof path, "%s/../shapes/afghanistan", PM_TEST_DIR);
    f->diags = pm_diags_new();
    f->atlas = pm_atlas_load(path, NULL, f->diags);
    f->style = pm_style_load("default", f->diags);
    f->engine = pm_engine_new(NULL, f->diags);
    *state = f;
    return f->atlas && f->style ? 0 : 1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pm_engine_free(f->engine);
    pm_style_free(f->style);
    pm_atlas_free(f->atlas);
    pm_diags_free(f->diags);
    free(f);
    return 0;
}

/* NUL-terminated for searching; the caller frees it. */
static char *draw(struct fixture *f, const char *json, const struct pm_map_options *options,
                  enum pm_format format, size_t *size)
{
    char *data = NULL;
    struct pm_status *status = pm_status_parse(json, strlen(json), "status.json", f->diags);
    assert_non_null(status);
    struct pm_map *map = pm_map_new(f->engine, f->atlas, f->style, status, options, f->diags);
    assert_non_null(map);
    assert_true(pm_map_encode(map, format, &data, size, f->diags));
    pm_map_free(map);
    pm_status_free(status);
    return data;
}

static int count(const char *text, const char *what)
{
    int found = 0;
    for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
        found++;
    return found;
}

/* A party without a name is called by its id, in a tooltip too. */
static void parties_without_names_have_their_ids(void **state)
{
    static const char json[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"parties\": {\"ana\": "
        "{}},\n"
        " \"areas\": {\"Helmand\": {\"status\": \"government\", \"party\": \"ana\"}}}";
    size_t size = 0;
    char *svg = draw(*state, json, NULL, PM_FORMAT_SVG, &size);
    assert_int_equal(count(svg, "Helmand: Government control\nana<"), 1);
    assert_int_equal(count(svg, "(null)"), 0);
    free(svg);
}

static void svg_has_what_scripts_rely_on(void **state)
{
    size_t size = 0;
    char *svg = draw(*state, small, NULL, PM_FORMAT_SVG, &size);
    assert_int_equal(count(svg, "data-code=\"AF-"), 34);
    const char *helmand = strstr(svg, "data-code=\"AF-HEL\"");
    assert_non_null(helmand);
    const char *begin = helmand;
    while (*begin != '<')
        begin--;
    const char *end = strstr(helmand, "</path>");
    char *element = strndup(begin, (size_t)(end - begin));
    assert_non_null(strstr(element, "contested"));
    assert_non_null(strstr(element, "data-status=\"contested\""));
    assert_non_null(strstr(element, "data-name=\"Helmand\""));
    assert_non_null(strstr(element, "<title>Helmand: Contested"));
    free(element);
    const char *place = strstr(svg, "data-place=\"Lashkar Gah\"");
    assert_non_null(place);
    assert_non_null(strstr(place, "data-status=\"government\""));
    assert_int_equal(count(svg, "data-status=\"unknown\""), 32 + 33);
    free(svg);
}

/* How many other places a style shows tells nothing; what their mark means does. */
static void only_named_places_are_counted(void **state)
{
    size_t size = 0;
    char *svg = draw(*state, small, NULL, PM_FORMAT_SVG, &size);
    assert_int_equal(count(svg, ">32</text>"), 1); /* areas */
    assert_int_equal(count(svg, ">33</text>"), 0);
    assert_int_equal(count(svg, ">Unknown</text>"), 1);
    assert_int_equal(count(svg, ">Government-held</text>"), 1);
    free(svg);
}

/* A page in millimetres is the same whatever the pixels: frame and type keep their size on paper. */
static void a_page_in_millimetres_is_the_same_at_all_densities(void **state)
{
    struct fixture *w = *state;
    struct pm_status *status = pm_status_parse(small, strlen(small), "small", w->diags);
    double frame[2], type[2];
    for (int i = 0; i < 2; i++) {
        const struct pm_map_options options = {
            .width_mm = 160, .height_mm = 120, .dpi = i ? 300 : 96};
        struct pm_map *map = pm_map_new(w->engine, w->atlas, w->style, status, &options, w->diags);
        assert_non_null(map);
        const struct pm_draft *draft = pm_map_draft(map);
        assert_int_equal(draft->width, i ? 1890 : 605);
        assert_int_equal(draft->height, i ? 1417 : 454);
        frame[i] = pm_box_w(draft->page.map) / options.dpi;
        type[i] = pm_type_font(draft, PM_TYPE_NOTE).size / options.dpi;
        char *data = NULL;
        size_t size = 0;
        assert_true(pm_map_encode(map, PM_FORMAT_SVG, &data, &size, w->diags));
        assert_int_equal(count(data, " width=\"160mm\" height=\"120mm\" viewBox="), 1);
        free(data);
        pm_map_free(map);
    }
    assert_true(fabs(frame[0] - frame[1]) < 0.02);
    assert_true(fabs(type[0] - type[1]) < 0.01);
    pm_status_free(status);
}

static void ids_are_unique(void **state)
{
    size_t size = 0;
    char *svg = draw(*state, small, NULL, PM_FORMAT_SVG, &size);
    for (const char *p = strstr(svg, " id=\""); p; p = strstr(p + 1, " id=\"")) {
        char *attribute = strndup(p, (size_t)(strchr(p + 5, '"') + 1 - p));
        if (count(svg, attribute) != 1)
            fail_msg("%s stands twice", attribute);
        free(attribute);
    }
    free(svg);
}

static void same_bytes_twice_in_one_process(void **state)
{
    for (int format = PM_FORMAT_PNG; format <= PM_FORMAT_SCENE; format++) {
        size_t first_size = 0, second_size = 0;
        char *first = draw(*state, small, NULL, (enum pm_format)format, &first_size);
        char *second = draw(*state, small, NULL, (enum pm_format)format, &second_size);
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        free(first);
        free(second);
    }
}

/* The order of a status file's entries says nothing. */
static void order_of_areas_does_not_matter(void **state)
{
    static const char turned[] =
        "{\"places\": {\"Lashkar Gah\": \"government\"},\n"
        " \"areas\": {\"Kabul\": \"government\", \"Helmand\": \"contested\"},\n"
        " \"as_of\": \"2021-05-04\", \"title\": \"Control of Afghanistan's provinces\",\n"
        " \"format\": \"provmap-status/1\"}";
    const struct pm_map_options options = {.id_prefix = "x"};
    size_t size = 0;
    char *one = draw(*state, small, &options, PM_FORMAT_SCENE, &size);
    char *other = draw(*state, turned, &options, PM_FORMAT_SCENE, &size);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void date_picks_the_state(void **state)
{
    static const char history[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-08-15\", \"areas\": {\"Zabul\": [\n"
        " {\"from\": \"2021-08-13\", \"status\": \"insurgent\"},\n"
        " {\"from\": \"2021-04-01\", \"status\": \"contested\"}]}}";
    static const char *const days[][2] = {{"2021-03-31", "unknown"},
                                          {"2021-04-01", "contested"},
                                          {"2021-08-12", "contested"},
                                          {"2021-08-13", "insurgent"}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct pm_map_options options = {.date = days[i][0]};
        size_t size = 0;
        char wanted[64];
        char *svg = draw(*state, history, &options, PM_FORMAT_SVG, &size);
        const char *zabul = strstr(svg, "data-code=\"AF-ZAB\"");
        assert_non_null(zabul);
        snprintf(wanted, sizeof wanted, "data-status=\"%s\"", days[i][1]);
        const char *end = strchr(zabul, '>');
        const char *found = strstr(zabul, wanted);
        assert_true(found && found < end);
        free(svg);
    }
}

/* What is claimed or of low confidence looks otherwise and counts apart. */
static void doubt_is_drawn_as_doubt(void **state)
{
    static const char json[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-08-15\", \"areas\": {\n"
        " \"Ghor\": {\"status\": \"insurgent\", \"basis\": \"claimed\"},\n"
        " \"Farah\": {\"status\": \"insurgent\", \"confidence\": \"low\"},\n"
        " \"Zabul\": \"insurgent\"}}";
    size_t size = 0;
    char *svg = draw(*state, json, NULL, PM_FORMAT_SVG, &size);
    assert_int_equal(count(svg, "pm-insurgent pm-doubtful"), 2);
    assert_non_null(strstr(svg, "Insurgent control: claimed or uncertain: 2 ("));
    assert_non_null(strstr(svg, "Insurgent control: 1 (Zabul)"));
    free(svg);
}

static void unknown_status_is_an_error(void **state)
{
    static const char json[] = "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-08-15\",\n"
                               " \"areas\": {\"Ghor\": \"taliban\"}}";
    struct fixture *f = *state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_status *status = pm_status_parse(json, strlen(json), "status.json", diags);
    assert_null(pm_map_new(f->engine, f->atlas, f->style, status, NULL, diags));
    assert_int_equal(pm_diags_count(diags), 1);
    assert_string_equal(pm_diags_get(diags, 0)->id, "unknown-status");
    assert_int_equal(pm_diags_get(diags, 0)->line, 2);
    assert_int_equal(pm_diags_fault(diags), PM_FAULT_DATA);
    pm_status_free(status);
    pm_diags_free(diags);
}

static void formats_by_name(void **state)
{
    (void)state;
    assert_int_equal(pm_format_of("a/b.c/map.svg"), PM_FORMAT_SVG);
    assert_int_equal(pm_format_of("png"), PM_FORMAT_PNG);
    assert_int_equal(pm_format_of("map.gif"), PM_FORMAT_UNKNOWN);
    assert_int_equal(pm_format_of("map"), PM_FORMAT_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parties_without_names_have_their_ids),
        cmocka_unit_test(svg_has_what_scripts_rely_on),
        cmocka_unit_test(only_named_places_are_counted),
        cmocka_unit_test(a_page_in_millimetres_is_the_same_at_all_densities),
        cmocka_unit_test(ids_are_unique),
        cmocka_unit_test(same_bytes_twice_in_one_process),
        cmocka_unit_test(order_of_areas_does_not_matter),
        cmocka_unit_test(date_picks_the_state),
        cmocka_unit_test(doubt_is_drawn_as_doubt),
        cmocka_unit_test(unknown_status_is_an_error),
        cmocka_unit_test(formats_by_name),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
