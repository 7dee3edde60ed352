#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "demo_scene.h"

#define PT(px, py) ((struct pm_pt){(px), (py)})

static void assert_dump(const struct pm_scene *scene, const char *nodes)
{
    struct pm_str out = {0};
    pm_scene_dump(scene, &out);
    const char *first = strchr(out.s, '\n') + 1; /* behind the line of the page */
    assert_string_equal(first, nodes);
    pm_str_finish(&out);
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void coordinates_are_rounded_to_hundredths(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_path path = {0};
    demo_begin(&scene, 100, 100);
    pm_path_move(&path, 1.004, -2.006);
    pm_path_line(&path, 1e5 + 0.015, -0.001);
    pm_scene_path(&scene, NULL, &path, (struct pm_paint){.stroke = 0x000000FF, .width = 1});
    assert_true(scene.nodes.v[0].path.points.v[0].x == 1.0);
    assert_true(scene.nodes.v[0].path.points.v[0].y == -2.01);
    assert_true(fabs(scene.nodes.v[0].path.points.v[1].x - 100000.02) < 1e-6);
    assert_dump(&scene, "path stroke=#000000ff width=1 M1,-2.01 L100000.02,0\n");
    pm_path_finish(&path);
    pm_scene_finish(&scene);
}

/* Paths, texts and clips alike; a group without a clip gets none. */
static void what_is_drawn_about_an_origin_lies_there(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_path path = {0};
    demo_begin(&scene, 100, 100);
    scene.origin = PT(30, 40);
    pm_scene_begin(&scene, NULL, pm_box_of(0, 0, 10, 20));
    pm_path_move(&path, 1.004, -2.006);
    pm_path_curve(&path, PT(1, 1), PT(2, 2), PT(3, 3));
    pm_scene_path(&scene, NULL, &path, (struct pm_paint){.stroke = 0x000000FF, .width = 1});
    pm_scene_begin(&scene, NULL, (struct pm_box){0});
    pm_scene_text(&scene, NULL, (struct pm_run){.s = "a", .at = PT(5, 6)});
    const struct pm_node *n = scene.nodes.v;
    assert_true(n[0].clip.x0 == 30 && n[0].clip.y0 == 40 && n[0].clip.x1 == 40 &&
                n[0].clip.y1 == 60);
    assert_true(n[1].path.points.v[0].x == 31 && n[1].path.points.v[0].y == 37.99);
    assert_true(n[1].path.points.v[3].x == 33 && n[1].path.points.v[3].y == 43);
    assert_true(n[2].clip.x0 == 0 && n[2].clip.x1 == 0);
    assert_true(n[3].run.at.x == 35 && n[3].run.at.y == 46);
    pm_path_finish(&path);
    pm_scene_finish(&scene);
}

static void a_path_is_empty_after_adding_and_can_be_used_again(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_path path = {0};
    demo_begin(&scene, 100, 100);
    for (int i = 0; i < 2; i++) {
        pm_path_box(&path, pm_box_of(i * 10, 0, 5, 5));
        pm_scene_path(&scene, NULL, &path, (struct pm_paint){.fill = 0xFF0000FF});
        assert_int_equal(path.ops.n, 0);
        assert_int_equal(path.points.n, 0);
    }
    pm_scene_path(&scene, NULL, &path, (struct pm_paint){.fill = 0xFF0000FF});
    assert_dump(&scene, "path fill=#ff0000ff M0,0 L5,0 L5,5 L0,5 Z\n"
                        "path fill=#ff0000ff M10,0 L15,0 L15,5 L10,5 Z\n"
                        "path fill=#ff0000ff\n");
    pm_path_finish(&path);
    pm_scene_finish(&scene);
}

static struct pm_pt on_curve(struct pm_pt a, const struct pm_pt *p, double t)
{
    double u = 1 - t, k[] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
    return PT(k[0] * a.x + k[1] * p[0].x + k[2] * p[1].x + k[3] * p[2].x,
              k[0] * a.y + k[1] * p[0].y + k[2] * p[1].y + k[3] * p[2].y);
}

static void a_circle_is_round(void **state)
{
    (void)state;
    struct pm_path path = {0};
    pm_path_circle(&path, PT(30, 40), 100);
    assert_int_equal(path.points.n, 13);
    for (size_t i = 0; i + 3 < path.points.n; i += 3)
        for (double t = 0; t <= 1; t += 0.05) {
            struct pm_pt p = on_curve(path.points.v[i], path.points.v + i + 1, t);
            assert_true(fabs(hypot(p.x - 30, p.y - 40) - 100) < 0.03);
        }
    pm_path_finish(&path);
}

static void a_round_box_stays_in_its_box_and_its_radius_in_its_sides(void **state)
{
    (void)state;
    struct pm_path path = {0};
    pm_path_round_box(&path, pm_box_of(10, 20, 30, 8), 99);
    for (size_t i = 0; i < path.points.n; i++) {
        struct pm_pt p = path.points.v[i];
        assert_true(p.x >= 10 && p.x <= 40 && p.y >= 20 && p.y <= 28);
    }
    assert_true(path.points.v[0].x == 14);
    pm_path_finish(&path);
}

static void an_empty_ring_adds_nothing(void **state)
{
    (void)state;
    struct pm_path path = {0};
    pm_path_ring(&path, NULL, 0);
    pm_path_polyline(&path, NULL, 0);
    assert_int_equal(path.ops.n, 0);
}

/* ---- the list -------------------------------------------------------------------------------- */

static void strings_are_copied(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_path path = {0};
    char text[] = "Helmand";
    struct pm_attr attrs[] = {{text, text}};
    struct pm_ident ident = {text, text, text, text, attrs, 1};
    struct pm_run run = {.s = text, .lang = text, .font = {.family = text, .size = 9}};
    struct pm_pattern pattern = {text, PM_TEXTURE_DOTS, 8, 2, 0x000000FF};
    demo_begin(&scene, 100, 100);
    pm_scene_begin(&scene, &ident, (struct pm_box){0});
    pm_scene_path(&scene, &ident, &path, (struct pm_paint){0});
    pm_scene_text(&scene, &ident, run);
    pm_scene_end(&scene);
    pm_scene_pattern(&scene, pattern);
    struct pm_str before = {0}, after = {0};
    pm_scene_dump(&scene, &before);
    memset(text, 'x', sizeof text - 1);
    attrs[0] = (struct pm_attr){"y", "y"};
    pm_scene_dump(&scene, &after);
    assert_string_equal(before.s, after.s);
    pm_str_finish(&before);
    pm_str_finish(&after);
    pm_scene_finish(&scene);
}

static void a_pattern_of_a_known_id_is_that_one(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_pattern hatch = {"hatch", PM_TEXTURE_HATCH, 10, 2, 0x000000FF};
    struct pm_pattern dots = {"dots", PM_TEXTURE_DOTS, 8, 2, 0x000000FF};
    demo_begin(&scene, 100, 100);
    assert_int_equal(pm_scene_pattern(&scene, hatch), 1);
    assert_int_equal(pm_scene_pattern(&scene, dots), 2);
    assert_int_equal(pm_scene_pattern(&scene, hatch), 1);
    assert_int_equal(scene.patterns.n, 2);
    pm_scene_finish(&scene);
}

static void a_pattern_repeats_on_whole_pixels(void **state)
{
    (void)state;
    struct pm_pattern hatch = {"h", PM_TEXTURE_HATCH, 10, 2, 0},
                      dots = {"d", PM_TEXTURE_DOTS, 8.2, 2, 0};
    struct pm_pattern fine = {"f", PM_TEXTURE_DOTS, 0.2, 0.1, 0};
    assert_true(pm_pattern_side(&hatch) == 14); /* 10 across is 14.14 along the axes */
    assert_true(pm_pattern_side(&dots) == 8);
    assert_true(pm_pattern_side(&fine) == 1);
}

/* ---- the dump -------------------------------------------------------------------------------- */

static void the_dump_shows_every_field_that_is_set(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_attr attrs[] = {{"data-code", "AF\"1"}};
    struct pm_ident ident = {"area", "AF-HEL", "area contested", "two\nlines", attrs, 1};
    struct pm_path path = {0};
    struct pm_run run = {.s = "Kabul",
                         .lang = "fa",
                         .font = {"Other", 12.5, 700, true, 1.5},
                         .at = {1, 2},
                         .anchor = PM_ANCHOR_RIGHT,
                         .width = 33.333,
                         .angle = -30,
                         .color = 0x112233FF,
                         .halo = 0xFFFFFF80,
                         .halo_width = 3};
    demo_begin(&scene, 100, 100);
    scene.title = "T";
    int hatch =
        pm_scene_pattern(&scene, (struct pm_pattern){"hatch", PM_TEXTURE_HATCH, 10, 2, 0x010203FF});
    pm_scene_begin(&scene, &(struct pm_ident){.role = "layer", .key = "map"},
                   pm_box_of(1, 2, 3, 4));
    pm_scene_begin(
        &scene,
        &(struct pm_ident){.part = PM_PART_FIGURE, .label = "Map", .link = "https://a.example/"},
        (struct pm_box){0});
    pm_path_circle(&path, PT(10, 10), 1);
    pm_scene_path(
        &scene, &ident, &path,
        (struct pm_paint){
            .pattern = hatch, .stroke = 0x000000FF, .width = 0.9, .dash = {6, 3}, .round = true});
    pm_scene_end(&scene);
    pm_scene_text(&scene, NULL, run);
    pm_scene_end(&scene);
    assert_int_equal(scene.depth, 0);
    assert_dump(
        &scene,
        "title \"T\"\n"
        "pattern hatch hatch spacing=10 width=2 #010203ff\n"
        "begin layer:map clip=1,2 4,6\n"
        "  begin label=\"Map\" part=figure link=\"https://a.example/\"\n"
        "    path area:AF-HEL class=\"area contested\" data-code=\"AF\\\"1\""
        " tooltip=\"two\\x0alines\" pattern=hatch stroke=#000000ff width=0.9 dash=6,3 round"
        " M11,10 C11,10.55 10.55,11 10,11 C9.45,11 9,10.55 9,10"
        " C9,9.45 9.45,9 10,9 C10.55,9 11,9.45 11,10 Z\n"
        "  end\n"
        "  text \"Kabul\" lang=fa right at=1,2 wide=33.33 font=\"Other\" size=12.5/700 italic"
        " spacing=1.5 angle=-30 #112233ff halo=#ffffff80 3\n"
        "end\n");
    pm_path_finish(&path);
    pm_scene_finish(&scene);
}

/* ---- hash --------------------------------------------------------------------------------------- */

typedef void change(struct pm_scene *scene);

static struct pm_node *first(struct pm_scene *scene, enum pm_node_kind kind)
{
    struct pm_node *node = scene->nodes.v;
    while (node->kind != kind)
        node++;
    return node;
}

static void change_title(struct pm_scene *s)
{
    s->title = "Other";
}

static void change_point(struct pm_scene *s)
{
    first(s, PM_NODE_PATH)->path.points.v[0].x += 0.01;
    first(s, PM_NODE_PATH)->path.hash = 0; /* it is no longer settled */
}

static void change_fill(struct pm_scene *s)
{
    first(s, PM_NODE_PATH)->paint.fill ^= 0x100;
}

static void change_width(struct pm_scene *s)
{
    first(s, PM_NODE_PATH)->paint.width += 0.01;
}

static void change_words(struct pm_scene *s)
{
    first(s, PM_NODE_TEXT)->run.s = "other";
}

static void change_halo(struct pm_scene *s)
{
    first(s, PM_NODE_TEXT)->run.halo ^= 0x100;
}

static void change_aside(struct pm_scene *s)
{
    first(s, PM_NODE_TEXT)->run.aside = 2;
}

static void change_texture(struct pm_scene *s)
{
    s->patterns.v[0].color ^= 0x100;
}

static void change_attribute(struct pm_scene *s)
{
    struct pm_node *node = s->nodes.v;
    while (!node->ident.attr_count)
        node++;
    node->ident.tooltip = "other";
}

static void change_part(struct pm_scene *s)
{
    first(s, PM_NODE_BEGIN)->ident.part = PM_PART_LIST;
}

static void change_label(struct pm_scene *s)
{
    first(s, PM_NODE_BEGIN)->ident.label = "other";
}

static void change_link(struct pm_scene *s)
{
    first(s, PM_NODE_BEGIN)->ident.link = "https://a.example/";
}

/* Ids in SVG are made from hashes. */
static void a_path_has_one_hash_on_every_machine(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_path path = {0};
    pm_path_box(&path, pm_box_of(1.504, -0.001, 10, 20.25));
    const struct pm_path settled = pm_path_settle(&path, (struct pm_pt){0}, &arena);
    assert_true(settled.points.v[0].x == 1.5 && settled.points.v[0].y == 0);
    assert_false(signbit(settled.points.v[0].y));
    assert_true(settled.hash == 0xBF897BA6349A9136U);
    assert_true(pm_path_hash(&settled) == settled.hash);
    pm_path_finish(&path);
    pm_arena_finish(&arena);
}

static void whatever_differs_the_hash_differs(void **state)
{
    static change *const changes[] = {change_title,     change_point, change_fill,  change_width,
                                      change_words,     change_halo,  change_aside, change_texture,
                                      change_attribute, change_part,  change_label, change_link};
    (void)state;
    struct pm_scene scene, same;
    demo_scene(&scene);
    demo_scene(&same);
    assert_true(pm_scene_hash(&scene) == pm_scene_hash(&same));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct pm_scene other;
        demo_scene(&other);
        changes[i](&other);
        assert_true(pm_scene_hash(&scene) != pm_scene_hash(&other));
        pm_scene_finish(&other);
    }
    pm_scene_finish(&scene);
    pm_scene_finish(&same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coordinates_are_rounded_to_hundredths),
        cmocka_unit_test(what_is_drawn_about_an_origin_lies_there),
        cmocka_unit_test(a_path_is_empty_after_adding_and_can_be_used_again),
        cmocka_unit_test(a_circle_is_round),
        cmocka_unit_test(a_round_box_stays_in_its_box_and_its_radius_in_its_sides),
        cmocka_unit_test(an_empty_ring_adds_nothing),
        cmocka_unit_test(strings_are_copied),
        cmocka_unit_test(a_pattern_of_a_known_id_is_that_one),
        cmocka_unit_test(a_pattern_repeats_on_whole_pixels),
        cmocka_unit_test(the_dump_shows_every_field_that_is_set),
        cmocka_unit_test(a_path_has_one_hash_on_every_machine),
        cmocka_unit_test(whatever_differs_the_hash_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
