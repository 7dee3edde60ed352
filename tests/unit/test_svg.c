#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "demo_scene.h"
#include "output/output.h"

static struct pm_str write_svg(const struct pm_scene *scene)
{
    const struct pm_svg_options options = {.text = PM_SVG_TEXT_LIVE};
    struct pm_str out = {0};
    pm_write_svg(scene, NULL, NULL, NULL, &options, &out);
    return out;
}

/* What is drawn over the background. Finishes the scene. */
static void assert_body(struct pm_scene *scene, const char *wanted)
{
    static const char background[] = "<rect width=\"100\" height=\"50\" fill=\"#ffffff\"/>\n";
    struct pm_str out = write_svg(scene);
    char *body = strstr(out.s, background);
    assert_non_null(body);
    assert_true(pm_ends_with(body, "</svg>\n"));
    out.s[out.n - strlen("</svg>\n")] = '\0';
    assert_string_equal(body + strlen(background), wanted);
    pm_str_finish(&out);
    pm_scene_finish(scene);
}

static void add_ring(struct pm_scene *scene, const struct pm_ident *ident, struct pm_paint paint)
{
    const struct pm_pt ring[] = {{10, 10}, {20.5, 10}, {20.25, 20}};
    struct pm_path path = {0};
    pm_path_ring(&path, ring, 3);
    pm_scene_path(scene, ident, &path, paint);
    pm_path_finish(&path);
}

#define RING "m10 10h10.5l-.25 10z"
#define RED                                                                                        \
    (struct pm_paint)                                                                              \
    {                                                                                              \
        .fill = 0xFF0000FF                                                                         \
    }

/* ---- the head -------------------------------------------------------------------------------- */

static void the_head_says_what_the_map_is(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    scene.dpi = 192;
    scene.lang = "fa";
    scene.dir = "rtl";
    scene.title = "A & \"B\"";
    scene.description = "2 areas";
    scene.date = "2021-05-04";
    scene.background = 0x14181D80;
    struct pm_str out = write_svg(&scene);
    assert_string_equal(
        out.s,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "width=\"50\" height=\"25\" viewBox=\"0 0 100 "
        "50\""
        " id=\"pm1\" class=\"pm-root\" role=\"img\" lang=\"fa\" xml:lang=\"fa\" dir=\"rtl\""
        " aria-label=\"A &amp; &quot;B&quot;. 2 areas\" pointer-events=\"none\" "
        "fill-rule=\"evenodd\" direction=\"rtl\""
        " font-family=\"'Noto Sans', 'Noto Naskh Arabic', sans-serif\" font-weight=\"400\""
        " font-style=\"normal\" letter-spacing=\"0\">\n"
        "<title>A &amp; &quot;B&quot;</title>\n"
        "<desc>2 areas</desc>\n"
        "<metadata>\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
        "<rdf:Description rdf:about=\"\">\n"
        "<dc:title>A &amp; &quot;B&quot;</dc:title>\n"
        "<dc:description>2 areas</dc:description>\n"
        "<dc:date>2021-05-04</dc:date>\n"
        "<dc:language>fa</dc:language>\n"
        "<dc:format>image/svg+xml</dc:format>\n"
        "</rdf:Description>\n"
        "</rdf:RDF>\n"
        "</metadata>\n"
        "<defs>\n"
        "</defs>\n"
        "<rect width=\"100\" height=\"50\" fill=\"#14181d\" fill-opacity=\"0.5\"/>\n"
        "</svg>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

/* ---- identity -------------------------------------------------------------------------------- */

static void an_area_has_id_classes_data_and_a_tooltip_first(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_attr attrs[] = {{"data-code", "AF-HEL"}, {"data-name", "Hel'mand <\"&\">"}};
    struct pm_ident ident = {"area", "AF-HEL", "area contested", "Helmand\n<contested>", attrs, 2};
    demo_begin(&scene, 100, 50);
    add_ring(&scene, &ident, RED);
    assert_body(&scene,
                "<path id=\"pm1-area-AF-HEL\" class=\"pm-area pm-contested\" data-code=\"AF-HEL\""
                " data-name=\"Hel'mand &lt;&quot;&amp;&quot;&gt;\""
                " pointer-events=\"visiblePainted\" fill=\"#ff0000\""
                " d=\"" RING "\"><title>Helmand\n&lt;contested&gt;</title></path>\n");
}

static void control_and_noncharacters_are_dropped(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    pm_scene_begin(&scene,
                   &(struct pm_ident){.tooltip = "a\x01\x1B"
                                                 "b\uFFFE\uFFFF\u00E9\uFEFC\r"},
                   (struct pm_box){0});
    pm_scene_end(&scene);
    assert_body(&scene,
                "<g pointer-events=\"visiblePainted\"><title>ab\u00E9\uFEFC</title>\n</g>\n");
}

static void ids_are_plain_and_never_repeat(void **state)
{
    (void)state;
    static const char *const keys[] = {"Nad-e 'Ali", "a b",    "a-b", "a-b", "a-b--2",
                                       "a_b",        "\u00E9", "",    NULL};
    static const char *const wanted[] = {"Nad-e-27Ali", "a-b",  "a-b--2", "a-b--3", "a-b--2--2",
                                         "a_b",         "c3a9", "",       "--2"};
    struct pm_scene scene;
    struct pm_str body = {0};
    demo_begin(&scene, 100, 50);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pm_scene_begin(&scene, &(struct pm_ident){.role = "x", .key = keys[i]}, (struct pm_box){0});
        pm_scene_end(&scene);
        pm_str_addf(&body, "<g id=\"pm1-x-%s\">\n</g>\n", wanted[i]);
    }
    assert_body(&scene, body.s);
    pm_str_finish(&body);
}

static void an_element_cannot_take_the_id_of_a_texture(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    int dots =
        pm_scene_pattern(&scene, (struct pm_pattern){"a<b", PM_TEXTURE_DOTS, 8, 2, 0x000000FF});
    add_ring(&scene, &(struct pm_ident){.role = "texture", .key = "a<b"},
             (struct pm_paint){.pattern = dots});
    assert_body(&scene, "<path id=\"pm1-texture-a3cb--2\" fill=\"url(#pm1-texture-a3cb)\""
                        " d=\"" RING "\"/>\n");
}

/* ---- links ----------------------------------------------------------------------------------- */

static void add_link(struct pm_scene *scene, const char *link)
{
    struct pm_run run = {.s = "s",
                         .lang = "en",
                         .font = {DEMO_FAMILY, 10, 400, false, 0},
                         .at = {50, 20},
                         .anchor = PM_ANCHOR_RIGHT,
                         .width = 30,
                         .color = 0x000000FF};
    pm_scene_begin(scene,
                   &(struct pm_ident){.part = PM_PART_PARAGRAPH, .classes = "note", .link = link},
                   (struct pm_box){0});
    pm_scene_text(scene, NULL, run);
    pm_scene_end(scene);
}

#define LINKED                                                                                     \
    "<text x=\"50\" y=\"20\" font-size=\"10\" text-anchor=\"end\" fill=\"#000000\">s</text>\n"

static void a_link_is_a_group_that_leads_somewhere(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    add_link(&scene, "https://a.example/?b=<\"&'");
    add_link(&scene, NULL);
    assert_body(&scene, "<a xlink:href=\"https://a.example/?b=&lt;&quot;&amp;'\""
                        " pointer-events=\"all\" class=\"pm-note\">\n" LINKED "</a>\n"
                        "<g class=\"pm-note\">\n" LINKED "</g>\n");
}

static void only_the_web_is_linked(void **state)
{
    static const char *const links[] = {"javascript:alert(1)",  "data:text/html,x",
                                        "//a.example",          "https://",
                                        "https://a.example/ b", "\thttps://a.example/"};
    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct pm_scene scene;
        demo_begin(&scene, 100, 50);
        add_link(&scene, links[i]);
        assert_body(&scene, "<g class=\"pm-note\">\n" LINKED "</g>\n");
    }
}

static void a_map_in_a_page_has_no_links(void **state)
{
    const struct pm_svg_options options = {.text = PM_SVG_TEXT_LIVE, .inlined = true};
    struct pm_scene scene;
    struct pm_str out = {0};
    (void)state;
    demo_begin(&scene, 100, 50);
    add_link(&scene, "https://a.example/");
    pm_write_svg(&scene, NULL, NULL, NULL, &options, &out);
    assert_non_null(strstr(out.s, "<g class=\"pm-note\">\n" LINKED "</g>\n"));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

/* ---- paint ----------------------------------------------------------------------------------- */

static void what_a_groups_paths_have_in_common_stands_once(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    struct pm_ident area = {.tooltip = "A"};
    struct pm_paint piece = RED;
    piece.mosaic = true;
    pm_scene_begin(&scene, NULL, (struct pm_box){0});
    add_ring(&scene, &area, piece);
    add_ring(&scene, &area, piece);
    pm_scene_end(&scene);
    pm_scene_begin(&scene, NULL, (struct pm_box){0});
    add_ring(&scene, &area, piece);
    add_ring(&scene, NULL, RED);
    pm_scene_end(&scene);
    assert_body(&scene,
                "<g pointer-events=\"visiblePainted\" stroke-width=\"1\">\n"
                "<path fill=\"#ff0000\" stroke=\"#ff0000\" d=\"" RING "\"><title>A</title></path>\n"
                "<path fill=\"#ff0000\" stroke=\"#ff0000\" d=\"" RING "\"><title>A</title></path>\n"
                "</g>\n<g>\n"
                "<path pointer-events=\"visiblePainted\" fill=\"#ff0000\" stroke=\"#ff0000\" "
                "stroke-width=\"1\" d=\"" RING "\"><title>A</title></path>\n"
                "<path fill=\"#ff0000\" d=\"" RING "\"/>\n"
                "</g>\n");
}

/* A zigzag, which has as many operations as a path needs to be worth sharing. */
static void add_zigzag(struct pm_scene *scene, const struct pm_ident *ident, struct pm_paint paint)
{
    struct pm_path path = {0};
    for (int i = 0; i < 16; i++)
        (i ? pm_path_line : pm_path_move)(&path, i, i % 2);
    pm_scene_path(scene, ident, &path, paint);
    pm_path_finish(&path);
}

#define ZIGZAG "m0 0 1 1 1-1 1 1 1-1 1 1 1-1 1 1 1-1 1 1 1-1 1 1 1-1 1 1 1-1 1 1"

static void a_path_that_is_drawn_twice_stands_once(void **state)
{
    (void)state;
    const struct pm_paint red = {.stroke = 0xFF0000FF, .width = 2},
                          inner = {.stroke = 0x0000FFFF, .width = 1, .inner = true};
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    add_ring(&scene, NULL, RED); /* too short to be shared */
    add_ring(&scene, NULL, RED);
    add_zigzag(&scene, &(struct pm_ident){.classes = "line"}, red);
    add_zigzag(&scene, NULL, inner);
    add_zigzag(&scene, &(struct pm_ident){.role = "area", .key = "A", .tooltip = "A"}, RED);
    struct pm_str out = write_svg(&scene);
    assert_non_null(strstr(out.s, "<defs>\n<path id=\"pm1-p1\" d=\"" ZIGZAG "\"/>\n</defs>\n"));
    const char *body = strstr(out.s, "<path fill=\"#ff0000\" d=\"" RING "\"/>\n");
    assert_non_null(body);
    assert_string_equal(
        body,
        "<path fill=\"#ff0000\" d=\"" RING "\"/>\n"
        "<path fill=\"#ff0000\" d=\"" RING "\"/>\n"
        "<use xlink:href=\"#pm1-p1\" class=\"pm-line\" fill=\"none\" stroke=\"#ff0000\" "
        "stroke-width=\"2\"/>\n"
        "<clipPath id=\"pm1-cut-1\"><use xlink:href=\"#pm1-p1\" "
        "clip-rule=\"evenodd\"/></clipPath>\n"
        "<use xlink:href=\"#pm1-p1\" fill=\"none\" stroke=\"#0000ff\" stroke-width=\"1\" "
        "clip-path=\"url(#pm1-cut-1)\"/>\n"
        "<path id=\"pm1-area-A\" pointer-events=\"visiblePainted\" fill=\"#ff0000\" d=\"" ZIGZAG
        "\"><title>A</title></path>\n"
        "</svg>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void merged_areas_are_a_shape_for_each_look(void **state)
{
    (void)state;
    const struct pm_paint red = {.fill = 0xFF0000FF, .mosaic = true, .of = "lost"},
                          blue = {.fill = 0x0000FFFF, .mosaic = true, .of = "held"};
    const struct pm_svg_options options = {.plain = true, .merged = true};
    struct pm_scene scene;
    struct pm_str out = {0};
    demo_begin(&scene, 100, 50);
    pm_scene_begin(&scene, &(struct pm_ident){.classes = "areas"}, (struct pm_box){0});
    add_ring(&scene,
             &(struct pm_ident){.role = "area", .key = "A", .classes = "area lost", .tooltip = "A"},
             red);
    add_ring(&scene,
             &(struct pm_ident){.role = "area", .key = "B", .classes = "area held", .tooltip = "B"},
             blue);
    add_ring(&scene,
             &(struct pm_ident){.role = "area", .key = "C", .classes = "area lost", .tooltip = "C"},
             red);
    pm_scene_end(&scene);
    add_ring(&scene, NULL, RED);
    pm_write_svg(&scene, NULL, NULL, NULL, &options, &out);
    const char *body = strstr(out.s, "<g class=\"pm-areas\"");
    assert_non_null(body);
    assert_string_equal(body, "<g class=\"pm-areas\" stroke-width=\"1\">\n"
                              "<path class=\"pm-area pm-lost\" fill=\"#ff0000\" stroke=\"#ff0000\" "
                              "d=\"" RING "m0 0h10.5l-.25 10z\"/>\n"
                              "<path class=\"pm-area pm-held\" fill=\"#0000ff\" stroke=\"#0000ff\" "
                              "d=\"" RING "\"/>\n"
                              "</g>\n"
                              "<path fill=\"#ff0000\" d=\"" RING "\"/>\n"
                              "</svg>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void paint_becomes_presentation_attributes(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    add_ring(&scene, NULL,
             (struct pm_paint){.stroke = 0x00FF0080, .width = 1.6, .dash = {6, 3}, .round = true});
    add_ring(&scene, NULL,
             (struct pm_paint){.fill = 0x0000FF40, .stroke = 0x000000FF, .width = 0.904});
    add_ring(&scene, NULL, (struct pm_paint){.fill = 0x0000FFFF, .stroke = 0x000000FF});
    assert_body(&scene,
                "<path fill=\"none\" stroke=\"#00ff00\" stroke-opacity=\"0.5\" stroke-width=\"1.6\""
                " stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke-dasharray=\"6 3\""
                " d=\"" RING "\"/>\n"
                "<path fill=\"#0000ff\" fill-opacity=\"0.25\""
                " stroke=\"#000000\" stroke-width=\"0.9\" d=\"" RING "\"/>\n"
                "<path fill=\"#0000ff\" d=\"" RING "\"/>\n");
}

static void lines_of_a_texture_meet_at_the_edges_of_its_tile(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    pm_scene_pattern(&scene, (struct pm_pattern){"h", PM_TEXTURE_HATCH, 8.5, 2, 0x000000FF});
    pm_scene_pattern(&scene, (struct pm_pattern){"l", PM_TEXTURE_LINES, 8.5, 2, 0x000000FF});
    pm_scene_pattern(&scene, (struct pm_pattern){"d", PM_TEXTURE_DOTS, 8, 2.5, 0x00000080});
    struct pm_str out = write_svg(&scene);
    assert_non_null(strstr(
        out.s,
        "<pattern id=\"pm1-texture-h\" patternUnits=\"userSpaceOnUse\" width=\"12\" height=\"12\">"
        "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"2\""
        " d=\"m-3 3 6-6m-6 18 18-18m-6 18 6-6\"/></pattern>\n"
        "<pattern id=\"pm1-texture-l\" patternUnits=\"userSpaceOnUse\" width=\"12\" height=\"12\">"
        "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"2\""
        " d=\"m-3 9 6 6m-6-18 18 18m-6-18 6 6\"/></pattern>\n"
        "<pattern id=\"pm1-texture-d\" patternUnits=\"userSpaceOnUse\" width=\"8\" height=\"8\">"
        "<circle cx=\"2\" cy=\"2\" r=\"1.25\" fill=\"#000000\" fill-opacity=\"0.5\"/>"
        "<circle cx=\"6\" cy=\"6\" r=\"1.25\" fill=\"#000000\" "
        "fill-opacity=\"0.5\"/></pattern>\n"));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

/* Upright lines have sharp edges, run beyond the tile, and the arms of a cross keep within it. */
static void upright_textures_fill_their_tile(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    pm_scene_pattern(&scene, (struct pm_pattern){"h", PM_TEXTURE_HORIZONTAL, 8, 1, 0x000000FF});
    pm_scene_pattern(&scene, (struct pm_pattern){"v", PM_TEXTURE_VERTICAL, 8, 2, 0x000000FF});
    pm_scene_pattern(&scene, (struct pm_pattern){"g", PM_TEXTURE_GRID, 8, 1, 0x000000FF});
    pm_scene_pattern(&scene, (struct pm_pattern){"c", PM_TEXTURE_CROSSES, 10, 1, 0x000000FF});
    struct pm_str out = write_svg(&scene);
    assert_non_null(strstr(out.s, "width=\"8\" height=\"8\"><path fill=\"none\" stroke=\"#000000\""
                                  " stroke-width=\"1\" d=\"m-8 4.5h24\"/></pattern>\n"));
    assert_non_null(strstr(out.s, " stroke-width=\"2\" d=\"m4-8v24\"/></pattern>\n"));
    assert_non_null(
        strstr(out.s, " stroke-width=\"1\" d=\"m-8 4.5h24m-11.5-12.5v24\"/></pattern>\n"));
    assert_non_null(
        strstr(out.s, " d=\"m.7 3.5h5.6m-2.8-2.8v5.6m4.2 4.2h5.6m-2.8-2.8v5.6\"/></pattern>\n"));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void groups_refer_to_their_own_clips(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    pm_scene_begin(&scene, NULL, pm_box_of(1, 2, 30, 40));
    pm_scene_begin(&scene, NULL, (struct pm_box){0});
    pm_scene_begin(&scene, NULL, pm_box_of(5, 6.5, 7, 8));
    for (int i = 0; i < 3; i++)
        pm_scene_end(&scene);
    struct pm_str out = write_svg(&scene);
    assert_non_null(strstr(out.s, "<clipPath id=\"pm1-clip-1\"><rect x=\"1\" y=\"2\" width=\"30\" "
                                  "height=\"40\"/></clipPath>\n"
                                  "<clipPath id=\"pm1-clip-2\"><rect x=\"5\" y=\"6.5\" width=\"7\" "
                                  "height=\"8\"/></clipPath>\n"));
    pm_str_finish(&out);
    assert_body(&scene,
                "<g clip-path=\"url(#pm1-clip-1)\">\n<g>\n<g clip-path=\"url(#pm1-clip-2)\">\n"
                "</g>\n</g>\n</g>\n");
}

/* ---- path data ------------------------------------------------------------------------------- */

/* Reads path data as SVG 1.1 defines them, for the commands that the writer uses. */
struct reader {
    const char *s;
    double x, y, sx, sy; /* hundredths, whole numbers */
    char command;
};

/* Numbers of at most two decimals, in hundredths. */
static double read_number(struct reader *r)
{
    double value = 0, scale = 0;
    while (*r->s == ' ')
        r->s++;
    bool negative = *r->s == '-';
    r->s += negative;
    assert_true((*r->s >= '0' && *r->s <= '9') || *r->s == '.');
    for (; (*r->s >= '0' && *r->s <= '9') || (*r->s == '.' && scale == 0); r->s++) {
        if (*r->s == '.') {
            scale = 1;
            continue;
        }
        value = value * 10 + (*r->s - '0');
        scale *= 10;
    }
    assert_true(scale <= 100);
    value *= scale == 0 ? 100 : 100 / scale;
    return negative ? -value : value;
}

static bool read_command(struct reader *r)
{
    if (strchr("mlhvcqz", *r->s) && *r->s)
        r->command = *r->s++;
    else if (r->command == 'm')
        r->command = 'l';
    return *r->s || r->command == 'z';
}

/* The control point of a cubic that is a quadratic, up to rounding. */
static void read_control(struct reader *r, const struct pm_pt *points)
{
    double x = r->x + read_number(r), y = r->y + read_number(r);
    const struct pm_pt ends[] = {{r->x, r->y}, {points[2].x * 100, points[2].y * 100}};
    for (int i = 0; i < 2; i++) {
        assert_true(fabs(ends[i].x + (x - ends[i].x) * 2 / 3 - points[i].x * 100) <= 1);
        assert_true(fabs(ends[i].y + (y - ends[i].y) * 2 / 3 - points[i].y * 100) <= 1);
    }
}

/* Moves on by one command and checks where it ends. */
static void read_step(struct reader *r, char wanted, const struct pm_pt *points)
{
    double dx = 0, dy = 0;
    assert_true(read_command(r));
    if (wanted == 'c' && r->command == 'q')
        read_control(r, points);
    for (int i = wanted == 'c' && r->command == 'c' ? 0 : 2; i < 3 && wanted != 'z'; i++) {
        dx = r->command == 'v' ? 0 : read_number(r);
        dy = r->command == 'h' ? 0 : read_number(r);
        const struct pm_pt *p = &points[wanted == 'c' ? i : 0];
        assert_true(r->x + dx == round(p->x * 100) && r->y + dy == round(p->y * 100));
    }
    r->x += dx;
    r->y += dy;
    if (wanted == 'm') {
        r->sx = r->x;
        r->sy = r->y;
    }
    if (wanted == 'z') {
        assert_int_equal(r->command, 'z');
        r->x = r->sx;
        r->y = r->sy;
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static double random_coordinate(uint64_t *seed)
{
    static const double steps[] = {0.01, 0.1, 1, 100};
    double step = steps[next_random(seed) % 4];
    return ((double)(next_random(seed) % 41) - 20) * step;
}

/* As a cubic. */
static void add_quadratic(struct pm_path *path, struct pm_pt c, struct pm_pt to)
{
    struct pm_pt from = path->points.v[path->points.n - 1];
    pm_path_curve(path,
                  (struct pm_pt){from.x + (c.x - from.x) * 2 / 3, from.y + (c.y - from.y) * 2 / 3},
                  (struct pm_pt){to.x + (c.x - to.x) * 2 / 3, to.y + (c.y - to.y) * 2 / 3}, to);
}

static void random_path(struct pm_path *path, uint64_t *seed)
{
    double x = 0, y = 0;
    for (int i = 0; i < 200; i++) {
        struct pm_pt p[3];
        for (int k = 0; k < 3; k++) {
            x += next_random(seed) % 3 ? random_coordinate(seed) : 0;
            y += next_random(seed) % 3 ? random_coordinate(seed) : 0;
            p[k] = (struct pm_pt){x, y};
        }
        unsigned kind = i ? (unsigned)(next_random(seed) % 8) : 0;
        if (kind == 0 || path->ops.v[path->ops.n - 1] == PM_CLOSE)
            pm_path_move(path, p[2].x, p[2].y);
        else if (kind == 1)
            pm_path_close(path);
        else if (kind == 2 && i % 2)
            add_quadratic(path, p[0], p[2]);
        else if (kind == 2)
            pm_path_curve(path, p[0], p[1], p[2]);
        else
            pm_path_line(path, p[2].x, p[2].y);
    }
}

static void relative_path_data_come_back_to_the_same_points(void **state)
{
    (void)state;
    uint64_t seed = 20210504;
    for (int round = 0; round < 200; round++) {
        struct pm_scene scene;
        struct pm_path path = {0};
        demo_begin(&scene, 100, 50);
        random_path(&path, &seed);
        pm_scene_path(&scene, NULL, &path, RED);
        struct pm_str out = write_svg(&scene);
        struct reader r = {.s = strstr(out.s, " d=\"") + 4};
        const struct pm_path *own = &scene.nodes.v[0].path;
        const struct pm_pt *p = own->points.v;
        for (size_t i = 0; i < own->ops.n; i++) {
            static const int counts[] = {1, 1, 3, 0};
            read_step(&r, "mlcz"[own->ops.v[i]], p);
            p += counts[own->ops.v[i]];
        }
        assert_int_equal(*r.s, '"');
        pm_str_finish(&out);
        pm_path_finish(&path);
        pm_scene_finish(&scene);
    }
}

static void path_data_are_short(void **state)
{
    (void)state;
    struct pm_scene scene;
    struct pm_path path = {0};
    demo_begin(&scene, 100, 50);
    const struct pm_pt points[] = {{0.5, -0.25}, {1, 0}, {1.07, 0.2}, {1.07, 5}, {-3, 5}, {-3, 5}};
    pm_path_polyline(&path, points, 6);
    pm_path_circle(&path, (struct pm_pt){0, 0}, 1);
    pm_scene_path(&scene, NULL, &path, (struct pm_paint){.stroke = 0x000000FF, .width = 1});
    pm_path_finish(&path);
    assert_body(&scene, "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"1\""
                        " d=\"m.5-.25.5.25.07.2v4.8h-4.07v0m4-5c0 .55-.45 1-1 1-.55 0-1-.45-1-1"
                        " 0-.55.45-1 1-1 .55 0 1 .45 1 1z\"/>\n");
}

/* ---- text ------------------------------------------------------------------------------------ */

static void text_anchors_follow_its_direction(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    struct pm_run run = {
        .s = "Kabul", .lang = "en", .font = demo_font, .at = {10, 20.5}, .color = 0x000000FF};
    for (int anchor = PM_ANCHOR_LEFT; anchor <= PM_ANCHOR_RIGHT; anchor++) {
        run.anchor = anchor;
        pm_scene_text(&scene, NULL, run);
    }
    run.s = "کابل";
    run.lang = "fa";
    for (int anchor = PM_ANCHOR_LEFT; anchor <= PM_ANCHOR_RIGHT; anchor++) {
        run.anchor = anchor;
        pm_scene_text(&scene, NULL, run);
    }
#define AT "<text x=\"10\" y=\"20.5\" font-size=\"16\""
#define FA " direction=\"rtl\" lang=\"fa\" xml:lang=\"fa\" fill=\"#000000\">کابل</text>\n"
    assert_body(&scene, AT " fill=\"#000000\">Kabul</text>\n" AT
                           " text-anchor=\"middle\" fill=\"#000000\">Kabul</text>\n" AT
                           " text-anchor=\"end\" fill=\"#000000\">Kabul</text>\n" AT
                           " text-anchor=\"end\"" FA AT " text-anchor=\"middle\"" FA AT FA);
}

static void a_left_to_right_text_says_so_on_a_right_to_left_page(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    scene.lang = "fa";
    scene.dir = "rtl";
    demo_text(&scene, "کابل", "fa", 1, 2, PM_ANCHOR_LEFT, 0);
    scene.nodes.v[0].run.halo = PM_NO_COLOR;
    demo_text(&scene, "Kabul", "en", 1, 2, PM_ANCHOR_LEFT, 0);
    scene.nodes.v[1].run.halo = PM_NO_COLOR;
    assert_body(
        &scene,
        "<text x=\"1\" y=\"2\" font-size=\"16\" text-anchor=\"end\" fill=\"#1a1a1a\">کابل</text>\n"
        "<text x=\"1\" y=\"2\" font-size=\"16\" direction=\"ltr\" lang=\"en\" xml:lang=\"en\""
        " fill=\"#1a1a1a\">Kabul</text>\n");
}

static void what_is_aside_has_its_own_color(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    pm_scene_text(&scene, NULL,
                  (struct pm_run){.s = "Kabul (4 < 5)",
                                  .lang = "en",
                                  .font = demo_font,
                                  .at = {1, 2},
                                  .color = 0x000000FF,
                                  .aside = strlen("Kabul "),
                                  .aside_color = 0x808080FF});
    assert_body(&scene, "<text x=\"1\" y=\"2\" font-size=\"16\" fill=\"#000000\">Kabul "
                        "<tspan fill=\"#808080\">(4 &lt; 5)</tspan></text>\n");
}

static void a_halo_is_a_hidden_copy_beneath(void **state)
{
    (void)state;
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    struct pm_run run = {.s = "<Zabul>",
                         .lang = "en",
                         .font = {"Other, \"X\" O'B", 12.5, 700, true, 1.5},
                         .at = {10, 20},
                         .angle = -30,
                         .color = 0x000000FF,
                         .halo = 0xFFFFFF80,
                         .halo_width = 3};
    pm_scene_text(&scene, &(struct pm_ident){.role = "label", .key = "z", .tooltip = "t"}, run);
#define SET                                                                                        \
    " x=\"10\" y=\"20\" font-size=\"12.5\" font-weight=\"700\" font-style=\"italic\""              \
    " letter-spacing=\"1.5\" font-family=\"'Other', '&quot;X&quot; O\\'B', sans-serif\""           \
    " transform=\"rotate(-30 10 20)\""
    assert_body(&scene, "<text" SET " fill=\"#ffffff\" fill-opacity=\"0.5\" stroke=\"#ffffff\""
                        " stroke-opacity=\"0.5\" stroke-width=\"6\" stroke-linejoin=\"round\""
                        " aria-hidden=\"true\">&lt;Zabul&gt;</text>\n"
                        "<text id=\"pm1-label-z\" pointer-events=\"visiblePainted\"" SET
                        " fill=\"#000000\"><title>t</title>&lt;Zabul&gt;</text>\n");
}

static struct pm_str write_with(struct pm_fonts *fonts, const struct pm_scene *scene,
                                enum pm_svg_text text)
{
    const struct pm_svg_options options = {.text = text};
    struct pm_str out = {0};
    pm_write_svg(scene, NULL, fonts, NULL, &options, &out);
    return out;
}

/* From behind the first occurrence of `from` to the next of `to`, taken out of `s`. */
static const char *between(char *s, const char *from, const char *to)
{
    char *start = strstr(s, from), *end = start ? strstr(start + strlen(from), to) : NULL;
    assert_non_null(end);
    *end = '\0';
    return start + strlen(from);
}

static void a_link_of_outlines_is_one_target(void **state)
{
    static const char target[] =
        "<rect x=\"20\" y=\"10\" width=\"30\" height=\"13\" fill=\"none\"/>\n<g transform";
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    add_link(&scene, "https://a.example/");
    struct pm_str out = write_with(*state, &scene, PM_SVG_TEXT_OUTLINE);
    assert_non_null(strstr(out.s, target));
    pm_str_finish(&out);
    out = write_with(*state, &scene, PM_SVG_TEXT_BOTH); /* its copy is one */
    assert_null(strstr(out.s, target));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void outlines_are_shared_and_their_halo_is_the_same_glyphs(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    struct pm_run run = {.s = "an a",
                         .lang = "en",
                         .font = {DEMO_FAMILY, 20, 400, false, 0},
                         .at = {10, 20},
                         .angle = -30,
                         .color = 0x000000FF,
                         .halo = 0xFFFFFFFF,
                         .halo_width = 3};
    pm_scene_text(&scene, &(struct pm_ident){.role = "label", .key = "z", .tooltip = "t"}, run);
    run.font.size = 10;
    run.angle = 0;
    run.halo = PM_NO_COLOR;
    run.s = "na";
    pm_scene_text(&scene, NULL, run);
    struct pm_str out = write_with(*state, &scene, PM_SVG_TEXT_OUTLINE);
    /* contours may overlap */
    assert_non_null(strstr(out.s, "<path id=\"pm1-g1\" fill-rule=\"nonzero\" d=\"m"));
    assert_non_null(strstr(out.s, "<path id=\"pm1-g2\" fill-rule=\"nonzero\" d=\"m"));
    assert_null(strstr(out.s, "pm1-g3"));
    assert_null(strstr(out.s, "<text"));
    /* widths of a font whose em is 1000 units: 561 of "a", 618 of "n", 260 of the blank */
    assert_string_equal(
        between(out.s, "fill=\"#ffffff\"/>\n", "</svg>"),
        "<g id=\"pm1-label-z\" pointer-events=\"visiblePainted\" transform=\"translate(10 20) "
        "rotate(-30) scale(0.02)\" fill=\"#000000\"><title>t</title><g fill=\"#ffffff\" "
        "stroke=\"#ffffff\" stroke-width=\"300\" stroke-linejoin=\"round\"><g id=\"pm1-t1\">"
        "<use xlink:href=\"#pm1-g1\"/><use xlink:href=\"#pm1-g2\" x=\"561\"/>"
        "<use xlink:href=\"#pm1-g1\" x=\"1439\"/></g></g><use xlink:href=\"#pm1-t1\"/></g>\n"
        "<g transform=\"translate(10 20) scale(0.01)\" fill=\"#000000\">"
        "<use xlink:href=\"#pm1-g2\"/><use xlink:href=\"#pm1-g1\" x=\"618\"/></g>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void with_both_a_text_without_ink_lies_over_its_outlines(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    demo_text(&scene, "<Zabul>", "en", 10, 20, PM_ANCHOR_MIDDLE, 0);
    struct pm_str outline = write_with(*state, &scene, PM_SVG_TEXT_OUTLINE);
    struct pm_str both = write_with(*state, &scene, PM_SVG_TEXT_BOTH);
    struct pm_str other = write_with(*state, &scene, PM_SVG_TEXT_DEFAULT);
    static const char copy[] = "<text x=\"10\" y=\"20\" font-size=\"16\" text-anchor=\"middle\""
                               " fill=\"none\">&lt;Zabul&gt;</text>\n</svg>\n";
    assert_true(pm_ends_with(both.s, copy));
    assert_string_equal(both.s, other.s);
    assert_memory_equal(outline.s, both.s, both.n - strlen(copy));
    pm_str_finish(&outline);
    pm_str_finish(&both);
    pm_str_finish(&other);
    pm_scene_finish(&scene);
}

/* What differs in the dark is a class and a rule, the same rule for the same differences. */
static void the_dark_is_rules_and_leaves_the_light_as_it_is(void **state)
{
    struct pm_scene scene, dark;
    struct pm_svg_options options = {.text = PM_SVG_TEXT_LIVE};
    for (int i = 0; i < 2; i++) {
        struct pm_scene *s = i ? &dark : &scene;
        demo_begin(s, 100, 50);
        s->background = i ? 0x101010FF : 0xFFFFFFFF;
        add_ring(s, &(struct pm_ident){.classes = "a"},
                 (struct pm_paint){.fill = i ? 0x110000FF : 0xEE0000FF, .mosaic = true});
        add_ring(s, NULL,
                 (struct pm_paint){.fill = 0x0000FFFF,
                                   .stroke = i ? 0xFFFFFF80 : 0x000000FF,
                                   .width = i ? 2 : 1.5});
        add_ring(s, NULL, (struct pm_paint){.fill = 0x00FF00FF});
        demo_text(s, "x", "en", 1, 2, PM_ANCHOR_LEFT, 0);
        s->nodes.v[3].run.color = i ? 0x101010FF : 0xFFFFFFFF; /* as the background */
    }
    struct pm_str out = {0};
    pm_write_svg(&scene, &dark, *state, NULL, &options, &out);
    assert_string_equal(
        strstr(out.s, "<rect"),
        "<rect class=\"pm-d1\" width=\"100\" height=\"50\" fill=\"#ffffff\"/>\n"
        "<path class=\"pm-a pm-d2\" fill=\"#ee0000\" stroke=\"#ee0000\" stroke-width=\"1\" "
        "d=\"" RING "\"/>\n<path class=\"pm-d3\" fill=\"#0000ff\" stroke=\"#000000\" "
        "stroke-width=\"1.5\" d=\"" RING "\"/>\n<path fill=\"#00ff00\" d=\"" RING "\"/>\n"
        "<text x=\"1\" y=\"2\" font-size=\"16\" fill=\"#ffffff\" stroke=\"#ffffff\" "
        "stroke-width=\"6\""
        " stroke-linejoin=\"round\" aria-hidden=\"true\">x</text>\n"
        "<text class=\"pm-d1\" x=\"1\" y=\"2\" font-size=\"16\" fill=\"#ffffff\">x</text>\n"
        "<style>\n@media (prefers-color-scheme:dark){\n"
        ":where(#pm1 .pm-d1){fill:#101010}\n"
        ":where(#pm1 .pm-d2){fill:#110000;stroke:#110000}\n"
        ":where(#pm1 .pm-d3){stroke:#ffffff;stroke-opacity:0.5;stroke-width:2}\n}\n</style>\n"
        "</svg>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
    pm_scene_finish(&dark);
}

/* A page sets --pm-contested, and all that is in that colour changes; "of" is nobody's markup. */
static void a_colour_can_be_changed_wherever_it_is(void **state)
{
    struct pm_scene scene, dark;
    struct pm_svg_options options = {.text = PM_SVG_TEXT_LIVE};
    for (int i = 0; i < 2; i++) {
        struct pm_scene *s = i ? &dark : &scene;
        pm_color own = i ? 0x110000FF : 0xEE0000FF;
        demo_begin(s, 100, 50);
        add_ring(s, NULL, (struct pm_paint){.fill = own, .of = "a b<", .mosaic = true});
        add_ring(s, NULL,
                 (struct pm_paint){.fill = own, .of = "a b<", .stroke = 0x000000FF, .width = 1});
        add_ring(s, NULL, (struct pm_paint){.stroke = own, .of = "a b<", .width = 1});
    }
    struct pm_str out = {0};
    pm_write_svg(&scene, &dark, *state, NULL, &options, &out);
    assert_string_equal(
        strstr(out.s, "<path"),
        "<path class=\"pm-v1 pm-d1\" fill=\"#ee0000\" stroke=\"#ee0000\" stroke-width=\"1\" "
        "d=\"" RING "\"/>\n<path class=\"pm-v2 pm-d2\" fill=\"#ee0000\" stroke=\"#000000\" "
        "stroke-width=\"1\" d=\"" RING
        "\"/>\n<path class=\"pm-v3 pm-d3\" fill=\"none\" stroke=\"#ee0000\" stroke-width=\"1\" "
        "d=\"" RING "\"/>\n<style>\n@supports (color:var(--a)){\n"
        ":where(#pm1 .pm-v1){fill:var(--pm-a-b3c,#ee0000);stroke:var(--pm-a-b3c,#ee0000)}\n"
        ":where(#pm1 .pm-v2){fill:var(--pm-a-b3c,#ee0000)}\n"
        ":where(#pm1 .pm-v3){stroke:var(--pm-a-b3c,#ee0000)}\n}\n"
        "@media (prefers-color-scheme:dark){\n"
        ":where(#pm1 .pm-d1){fill:var(--pm-a-b3c,#110000);stroke:var(--pm-a-b3c,#110000)}\n"
        ":where(#pm1 .pm-d2){fill:var(--pm-a-b3c,#110000)}\n"
        ":where(#pm1 .pm-d3){stroke:var(--pm-a-b3c,#110000)}\n}\n</style>\n</svg>\n");
    pm_str_finish(&out);
    pm_scene_finish(&scene);
    pm_scene_finish(&dark);
}

/* Attributes alone, and no text beneath which another lies. */
/* Else viewers leave a margin, or stretch. */
static void in_millimetres_the_view_box_has_the_shape_of_the_page(void **state)
{
    struct pm_scene scene;
    struct pm_str out = {0};
    demo_scene(&scene);
    scene.width = 529;
    scene.height = 397;
    scene.dpi = 96;
    scene.width_mm = 140;
    scene.height_mm = 105;
    pm_write_svg(&scene, NULL, *state, NULL, &(struct pm_svg_options){0}, &out);
    assert_non_null(
        strstr(out.s, " width=\"140mm\" height=\"105mm\" viewBox=\"0 0 529.13 396.85\""));
    assert_non_null(strstr(out.s, "<rect width=\"529.13\" height=\"396.85\""));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void a_plain_one_has_no_style_element(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    add_ring(&scene, &(struct pm_ident){.classes = "a"},
             (struct pm_paint){.fill = 0xEE0000FF, .of = "contested"});
    demo_text(&scene, "x", "en", 1, 2, PM_ANCHOR_LEFT, 0);
    struct pm_str out = {0};
    pm_write_svg(&scene, NULL, *state, NULL, &(struct pm_svg_options){.plain = true}, &out);
    assert_non_null(strstr(out.s, "<path class=\"pm-a\" fill=\"#ee0000\" d="));
    assert_non_null(strstr(out.s, "<use "));
    assert_null(strstr(out.s, "<style"));
    assert_null(strstr(out.s, "<text"));
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

static void an_inlined_one_begins_with_its_root(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 100, 50);
    struct pm_str whole = write_svg(&scene), out = {0};
    const struct pm_svg_options options = {.text = PM_SVG_TEXT_LIVE, .inlined = true};
    pm_write_svg(&scene, NULL, *state, NULL, &options, &out);
    assert_memory_equal(out.s, "<svg xmlns=", strlen("<svg xmlns="));
    assert_string_equal(strchr(whole.s, '\n') + 1, out.s);
    pm_str_finish(&whole);
    pm_str_finish(&out);
    pm_scene_finish(&scene);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void the_whole_scene_is_well_formed_xml(void **state)
{
    struct pm_scene scene;
    demo_scene(&scene);
    struct pm_str out = write_with(*state, &scene, PM_SVG_TEXT_BOTH);
    struct pm_str again = write_with(*state, &scene, PM_SVG_TEXT_BOTH);
    assert_string_equal(out.s, again.s);
    FILE *xmllint = popen("xmllint --nonet --noout -", "w");
    assert_non_null(xmllint);
    assert_int_equal(fwrite(out.s, 1, out.n, xmllint), out.n);
    assert_int_equal(pclose(xmllint), 0);
    pm_str_finish(&out);
    pm_str_finish(&again);
    pm_scene_finish(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_says_what_the_map_is),
        cmocka_unit_test(an_area_has_id_classes_data_and_a_tooltip_first),
        cmocka_unit_test(control_and_noncharacters_are_dropped),
        cmocka_unit_test(ids_are_plain_and_never_repeat),
        cmocka_unit_test(an_element_cannot_take_the_id_of_a_texture),
        cmocka_unit_test(a_link_is_a_group_that_leads_somewhere),
        cmocka_unit_test(only_the_web_is_linked),
        cmocka_unit_test(a_map_in_a_page_has_no_links),
        cmocka_unit_test(what_a_groups_paths_have_in_common_stands_once),
        cmocka_unit_test(a_path_that_is_drawn_twice_stands_once),
        cmocka_unit_test(merged_areas_are_a_shape_for_each_look),
        cmocka_unit_test(paint_becomes_presentation_attributes),
        cmocka_unit_test(lines_of_a_texture_meet_at_the_edges_of_its_tile),
        cmocka_unit_test(upright_textures_fill_their_tile),
        cmocka_unit_test(groups_refer_to_their_own_clips),
        cmocka_unit_test(relative_path_data_come_back_to_the_same_points),
        cmocka_unit_test(path_data_are_short),
        cmocka_unit_test(text_anchors_follow_its_direction),
        cmocka_unit_test(a_left_to_right_text_says_so_on_a_right_to_left_page),
        cmocka_unit_test(what_is_aside_has_its_own_color),
        cmocka_unit_test(a_halo_is_a_hidden_copy_beneath),
        cmocka_unit_test(outlines_are_shared_and_their_halo_is_the_same_glyphs),
        cmocka_unit_test(a_link_of_outlines_is_one_target),
        cmocka_unit_test(with_both_a_text_without_ink_lies_over_its_outlines),
        cmocka_unit_test(the_dark_is_rules_and_leaves_the_light_as_it_is),
        cmocka_unit_test(a_colour_can_be_changed_wherever_it_is),
        cmocka_unit_test(in_millimetres_the_view_box_has_the_shape_of_the_page),
        cmocka_unit_test(a_plain_one_has_no_style_element),
        cmocka_unit_test(an_inlined_one_begins_with_its_root),
        cmocka_unit_test(the_whole_scene_is_well_formed_xml),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
