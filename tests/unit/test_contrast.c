/* Every style in styles/ passes its own check with all statuses on the map, sure and claimed. */
#include "input/data_dir.h"
#include "input_test.h"
#include "layout/state.h"
#include "map.h"
#include "model/color.h"
#include "provmap.h"

/* Seven statuses twice, arcs of pressure, callouts and marks of events, and all kinds of text. */
static const char status_text[] =
    "{\"format\": \"provmap-status/1\", \"title\": \"All statuses\", \"as_of\": \"2021-05-04\",\n"
    " \"sources\": {\"a\": {\"title\": \"A report\"}},\n"
    " \"areas\": {\n"
    "  \"Herat\": \"government\", \"Kandahar\": \"government_leaning\", \"Balkh\": \"contested\",\n"
    "  \"Ghor\": \"insurgent_leaning\", \"Helmand\": \"insurgent\", \"Farah\": \"other\",\n"
    "  \"Kunduz\": \"unknown\",\n"
    "  \"Faryab\": {\"status\": \"government\", \"basis\": \"claimed\"},\n"
    "  \"Ghazni\": {\"status\": \"government_leaning\", \"basis\": \"claimed\"},\n"
    "  \"Nimroz\": {\"status\": \"contested\", \"basis\": \"claimed\"},\n"
    "  \"Takhar\": {\"status\": \"insurgent_leaning\", \"confidence\": \"low\"},\n"
    "  \"Zabul\": {\"status\": \"insurgent\", \"confidence\": \"low\"},\n"
    "  \"Nangarhar\": {\"status\": \"other\", \"confidence\": \"low\"}},\n"
    " \"places\": {\n"
    "  \"Herat\": {\"status\": \"government\", \"pressure\": {\"by\": \"insurgent\", \"from\": "
    "\"all\"}},\n"
    "  \"Lashkar Gah\": {\"status\": \"government\",\n"
    "   \"pressure\": {\"by\": \"insurgent\", \"from\": [\"north\"]}},\n"
    "  \"Kandahar\": \"government_leaning\", \"Kabul\": \"contested\",\n"
    "  \"Ghazni\": \"insurgent_leaning\", \"Farah\": \"insurgent\", \"Kunduz\": \"other\"},\n"
    " \"parties\": {\"ana\": {\"name\": \"Army\"}},\n"
    " \"events\": [{\"kind\": \"clash\", \"area\": \"Helmand\", \"date\": \"2021-05-03\",\n"
    "  \"text\": \"Clash\", \"sources\": [\"a\"],\n"
    "  \"claims\": [{\"by\": \"ana\", \"text\": \"Nobody was there.\"}]}],\n"
    " \"notes\": \"A note.\", \"disclaimer\": \"A test.\"}";

/* That status file as a map, with what it stands on. */
struct drawn {
    struct pm_atlas *atlas;
    struct pm_status *status;
    struct pm_style *style;
    struct pm_engine *engine;
    struct pm_map *map;
};

static struct drawn draw(struct box *box, const char *style_name,
                         const struct pm_map_options *options)
{
    struct drawn d = {
        .atlas = pm_atlas_load("afghanistan", NULL, box->diags),
        .status = pm_status_parse(status_text, strlen(status_text), "status.json", box->diags),
        .style = pm_style_load(style_name, box->diags),
        .engine = pm_engine_new(NULL, box->diags),
    };
    assert_string_equal(box_said(box), "");
    d.map = pm_map_new(d.engine, d.atlas, d.style, d.status, options, box->diags);
    assert_non_null(d.map);
    return d;
}

static void finish(struct drawn *d)
{
    pm_map_free(d->map);
    pm_engine_free(d->engine);
    pm_style_free(d->style);
    pm_status_free(d->status);
    pm_atlas_free(d->atlas);
}

/* What the check says of a style, a line each. */
static const char *complaints(struct box *box, const char *style_name)
{
    struct drawn drawn = draw(box, style_name, NULL);
    struct pm_str said = {0};
    pm_diags_sort(box->diags);
    for (size_t i = 0; i < pm_diags_count(box->diags); i++) {
        const struct pm_diag *diag = pm_diags_get(box->diags, i);
        if (pm_streq(diag->id, "contrast"))
            pm_str_addf(&said, "%d:%d %s (%s)\n", diag->line, diag->column, diag->message,
                        diag->help);
    }
    const char *copy = pm_strdup(&box->arena, pm_str_get(&said));
    pm_str_finish(&said);
    finish(&drawn);
    box_said(box); /* what else there is does not count here */
    return copy;
}

static void every_preset_passes(void **state)
{
    struct box *box = *state;
    static const char *const promised[] = {"dark", "default", "minimal", "mono", "poster", "print"};
    const char **names = NULL;
    size_t count = pm_data_list(&box->arena, "styles", &names), found = 0;
    for (size_t i = 0; i < count; i++) {
        const char *said = complaints(box, names[i]);
        if (*said)
            fail_msg("%s:\n%s", names[i], said);
        for (size_t k = 0; k < sizeof promised / sizeof *promised; k++)
            found += pm_streq(names[i], promised[k]);
    }
    assert_int_equal(found, sizeof promised / sizeof *promised);
}

/* What all was before, so that each status has a rim of another, and of its own when it is sure. */
static const char before_text[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-01\", \"areas\": {\n"
    "  \"Herat\": \"government_leaning\", \"Kandahar\": \"contested\", \"Balkh\": "
    "\"insurgent_leaning\",\n"
    "  \"Ghor\": \"insurgent\", \"Helmand\": \"other\", \"Farah\": \"unknown\",\n"
    "  \"Kunduz\": \"government\", \"Faryab\": \"government\", \"Ghazni\": "
    "\"government_leaning\",\n"
    "  \"Nimroz\": \"contested\", \"Takhar\": \"insurgent_leaning\", \"Zabul\": \"insurgent\",\n"
    "  \"Nangarhar\": {\"status\": \"insurgent\", \"confidence\": \"low\"}}}";

static const struct pm_node *next_of(const struct pm_scene *scene, const char *name, size_t *at)
{
    for (; *at < scene->nodes.n; (*at)++)
        if (scene->nodes.v[*at].kind == PM_NODE_PATH &&
            pm_streq(scene->nodes.v[*at].ident.classes, name))
            return &scene->nodes.v[(*at)++];
    return NULL;
}

/* The line along a rim's inside shows on both colours that it parts, and borders on what is pale beside it. */
static void check_rims(const struct pm_map *map, const char *style)
{
    const struct pm_draft *draft = pm_map_draft(map);
    size_t count = 0, at = 0;
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_state *state = &draft->areas[i].state;
        struct pm_state pale = *state;
        pale.changed = false;
        pale.faded = true;
        pm_color border = draft->style->color.border;
        if (pm_color_contrast(border, pm_state_fill(draft, &pale)) < 3)
            fail_msg("%s: the border on pale \"%s\"", style, pale.look->id);
        if (!state->changed)
            continue;
        const struct pm_node *edge = next_of(pm_map_scene(map), "rim-edge", &at);
        const struct pm_node *rim = next_of(pm_map_scene(map), "rim", &at);
        assert_non_null(edge);
        assert_non_null(rim);
        count++;
        assert_true(edge->paint.width > rim->paint.width + 0.4);
        if (pm_color_contrast(edge->paint.stroke, rim->paint.stroke) < 3 ||
            pm_color_contrast(edge->paint.stroke, pm_state_fill(draft, state)) < 3)
            fail_msg("%s: the rim of \"%s\" that was \"%s\"", style, state->look->id,
                     state->before->look->id);
    }
    assert_int_equal(count, 13);
}

static void rims_stand_out_in_every_preset(void **state)
{
    struct box *box = *state;
    const char **names = NULL;
    size_t count = pm_data_list(&box->arena, "styles", &names);
    struct pm_status *before =
        pm_status_parse(before_text, strlen(before_text), "before.json", box->diags);
    const struct pm_map_options options = {.before = before};
    for (size_t i = 0; i < count; i++) {
        struct drawn d = draw(box, names[i], &options);
        check_rims(d.map, names[i]);
        finish(&d);
        box_said(box);
    }
    pm_status_free(before);
}

static void a_broken_style_fails(void **state)
{
    struct box *box = *state;
    const char *path = box_text(box, "style.json",
                                "{\"format\": \"provmap-style/1\", \"extends\": \"mono\",\n"
                                "\"type\": {\"note\": {\"color\": \"#909090\"}},\n"
                                "\"statuses\": {\n"
                                " \"insurgent_leaning\": {\"color\": \"#6A6A6A\"},\n"
                                " \"government\": {\"color\": \"#404040\"},\n"
                                " \"other\": {\"texture_color\": \"#B4B4B4\"}}}");
    assert_string_equal(
        complaints(box, path),
        "2:28 the contrast of \"type.note.color\" on \"color.page\" is 3.19:1, less than 4.5:1 for "
        "letters of this size (give one of them another colour)\n"
        "4:33 \"insurgent_leaning\" and \"insurgent\" look alike with full colour vision: their "
        "difference is 0.76, less than 10 (give \"insurgent_leaning\" another colour or a "
        "texture)\n"
        "5:26 the contrast of \"color.border\" on the fill of \"government\" is 2.02:1, less than "
        "3:1 (give one of them another colour)\n");
}

static bool is_clear_or_solid(pm_color c)
{
    return pm_color_alpha(c) == 0 || pm_color_alpha(c) == 1;
}

static bool is_grey(pm_color c)
{
    return (c >> 24 & 255) == (c >> 16 & 255) && (c >> 16 & 255) == (c >> 8 & 255);
}

/* Letters that a press prints in black alone are sharp; only those of water are coloured. What is transparent
 * would be flattened, to colours that nobody chose. */
static void print_is_opaque_and_its_letters_grey(void **state)
{
    struct box *box = *state;
    struct drawn drawn = draw(box, "print", NULL);
    const struct pm_scene *scene = pm_map_scene(drawn.map);
    size_t letters = 0;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        const struct pm_run *run = &node->run;
        assert_true(is_clear_or_solid(node->paint.fill));
        assert_true(is_clear_or_solid(node->paint.stroke));
        if (node->kind != PM_NODE_TEXT)
            continue;
        letters++;
        assert_true(is_clear_or_solid(run->color) && is_clear_or_solid(run->halo));
        if (!is_grey(run->color) && run->color != drawn.style->type[PM_TYPE_WATER].color)
            fail_msg("'%s' is coloured", run->s);
    }
    for (size_t i = 0; i < scene->patterns.n; i++)
        assert_true(is_clear_or_solid(scene->patterns.v[i].color));
    assert_true(letters > 50 && scene->patterns.n > 3);
    finish(&drawn);
    box_said(box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(every_preset_passes), boxed(rims_stand_out_in_every_preset),
        boxed(a_broken_style_fails), boxed(print_is_opaque_and_its_letters_grey)};
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
