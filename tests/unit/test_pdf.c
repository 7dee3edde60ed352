#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "demo_scene.h"
#include "output/output.h"
#include "output/paint.h"

static struct pm_str write_pdf(const struct pm_scene *scene, struct pm_fonts *fonts)
{
    struct pm_str out = {0};
    struct pm_diags *diags = pm_diags_new();
    assert_true(pm_write_pdf(scene, fonts, &out, diags));
    assert_int_equal(pm_diags_count(diags), 0);
    pm_diags_free(diags);
    return out;
}

/* What a command that takes the file's name prints about the scene. A missing command fails. */
static struct pm_str ask_of(const struct pm_scene *scene, struct pm_fonts *fonts,
                            const char *before, const char *after)
{
    char name[] = "/tmp/provmap-test-XXXXXX", part[512];
    struct pm_str command = {0}, answer = {0};
    struct pm_str pdf = write_pdf(scene, fonts);
    int file = mkstemp(name);
    assert_true(file >= 0 && write(file, pdf.s, pdf.n) == (ssize_t)pdf.n && close(file) == 0);
    pm_str_addf(&command, "%s %s %s", before, name, after);
    FILE *pipe = popen(command.s, "r");
    assert_non_null(pipe);
    for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
        pm_str_addn(&answer, part, n);
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(unlink(name), 0);
    pm_str_finish(&command);
    pm_str_finish(&pdf);
    return answer;
}

static struct pm_str ask(struct pm_fonts *fonts, double dpi, const char *before, const char *after)
{
    struct pm_scene scene;
    demo_scene(&scene);
    scene.dpi = dpi;
    struct pm_str answer = ask_of(&scene, fonts, before, after);
    pm_scene_finish(&scene);
    return answer;
}

static size_t occurrences(const char *text, const char *of)
{
    size_t count = 0;
    for (const char *p = strstr(text, of); p; p = strstr(p + 1, of))
        count++;
    return count;
}

static void text_is_text_and_there_once(void **state)
{
    static const char *const texts[] = {"Control of Helmand", "Lashkar Gah", "PAKISTAN", "هلمند",
                                        "NATO"};
    struct pm_str text = ask(*state, 96, "pdftotext -enc UTF-8", "-");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(occurrences(text.s, texts[i]), 1);
    pm_str_finish(&text);
}

static void nothing_is_a_picture(void **state)
{
    struct pm_str images = ask(*state, 96, "pdfimages -list", "");
    assert_int_equal(occurrences(images.s, "\n"), 2); /* the head of an empty table */
    pm_str_finish(&images);
}

static void fonts_are_embedded_and_no_more_of_them_than_needed(void **state)
{
    struct pm_str fonts = ask(*state, 96, "pdffonts", "");
    size_t count = occurrences(fonts.s, "\n") - 2; /* but for the head */
    assert_in_range(count, 3, 6);
    assert_int_equal(occurrences(fonts.s, " yes yes yes "),
                     count); /* embedded, subset, with texts */
    assert_int_equal(occurrences(fonts.s, "+Noto"), count);
    pm_str_finish(&fonts);
}

struct reading {
    const struct pm_str *data;
    size_t at;
};

static cairo_status_t read_some(void *user, unsigned char *to, unsigned length)
{
    struct reading *reading = user;
    if (length > reading->data->n - reading->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, reading->data->s + reading->at, length);
    reading->at += length;
    return CAIRO_STATUS_SUCCESS;
}

static int channel(cairo_surface_t *surface, int x, int y, int shift)
{
    const unsigned char *row = cairo_image_surface_get_data(surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
    return (int)(((const uint32_t *)(const void *)row)[x] >> shift & 0xFF);
}

/* Textures, clips, dashes, halos and all lie where the image has them. A viewer rounds the places
 * of letters and hair lines: few pixels may differ. */
static void it_looks_like_the_image(void **state)
{
    struct pm_scene scene;
    struct pm_str png = ask(*state, 96, "pdftocairo -png -singlefile -r 96", "-");
    struct reading reading = {&png, 0};
    cairo_surface_t *got = cairo_image_surface_create_from_png_stream(read_some, &reading);
    cairo_surface_t *wanted = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 600, 350);
    cairo_t *cr = cairo_create(wanted);
    int differ = 0;
    demo_scene(&scene);
    pm_paint_background(&scene, cr);
    for (size_t i = 0; i < scene.nodes.n; i++)
        pm_paint_node(&scene, *state, cr, &scene.nodes.v[i]);
    cairo_surface_flush(wanted);
    assert_int_equal(cairo_surface_status(got), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_width(got), 600);
    assert_int_equal(cairo_image_surface_get_height(got), 350);
    for (int y = 0; y < 350; y++)
        for (int x = 0; x < 600; x++)
            differ += abs(channel(got, x, y, 8) - channel(wanted, x, y, 8)) > 64;
    assert_in_range(differ, 0, 600 * 350 / 200);
    cairo_destroy(cr);
    cairo_surface_destroy(got);
    cairo_surface_destroy(wanted);
    pm_str_finish(&png);
    pm_scene_finish(&scene);
}

/* Also ligatures, and letters that lie over others (lam and alef). */
static void texts_from_the_right_are_found_in_logical_order(void **state)
{
    static const char *const names[] = {"ولایت قلات", "جلال آباد", "د کندهار ولایت"};
    struct pm_scene scene;
    demo_begin(&scene, 600, 350);
    for (int i = 0; i < 3; i++)
        demo_text(&scene, names[i], "fa", 500, 100 + 60 * i, PM_ANCHOR_RIGHT, 0);
    struct pm_str text = ask_of(&scene, *state, "pdftotext -enc UTF-8", "-");
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(text.s, names[i]));
    pm_str_finish(&text);
    pm_scene_finish(&scene);
}

static void a_slanted_or_spaced_text_stays_in_one_piece(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 600, 350);
    demo_text(&scene, "Helmand River", "en", 100, 300, PM_ANCHOR_LEFT, -35);
    demo_text(&scene, "five figs", "en", 300, 300, PM_ANCHOR_LEFT, 0);
    demo_text(&scene, "هلمند", "fa", 500, 300, PM_ANCHOR_LEFT, -35);
    scene.nodes.v[1].run.font.spacing = 8;
    struct pm_str text = ask_of(&scene, *state, "pdftotext -enc UTF-8", "-");
    assert_non_null(strstr(text.s, "Helmand River"));
    assert_non_null(strstr(text.s, "five figs"));
    assert_null(strstr(text.s, "دنمله")); /* in pieces, but not backwards */
    pm_str_finish(&text);
    pm_scene_finish(&scene);
}

static void the_page_has_the_size_that_its_dpi_say(void **state)
{
    struct pm_str info = ask(*state, 96, "pdfinfo", "");
    assert_non_null(strstr(info.s, "450 x 262.5 pts"));
    assert_non_null(strstr(info.s, "Pages:           1\n"));
    pm_str_finish(&info);
    info = ask(*state, 300, "pdfinfo", "");
    assert_non_null(strstr(info.s, "144 x 84 pts"));
    pm_str_finish(&info);
}

static void a_page_in_millimetres_is_exact(void **state)
{
    struct pm_scene scene;
    demo_scene(&scene);
    scene.width_mm = 210;
    scene.height_mm = 122.5;
    struct pm_str info = ask_of(&scene, *state, "pdfinfo", "");
    assert_non_null(strstr(info.s, "595.276 x 347.244 pts"));
    pm_str_finish(&info);
    pm_scene_finish(&scene);
}

static void metadata_are_the_maps_own(void **state)
{
    static const char *const lines[] = {
        "Title:           Control of Helmand – هلمند\n",
        "Subject:         Two areas: 1 contested & 1 government.\n",
        "Keywords:        map, control\n",
        "Author:          provmap\n",
        "CreationDate:    2021-05-04T00:00:00Z\n",
        "ModDate:         2021-05-04T00:00:00Z\n",
    };
    struct pm_str info = ask(*state, 96, "TZ=UTC pdfinfo -enc UTF-8 -isodates", "");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_non_null(strstr(info.s, lines[i]));
    pm_str_finish(&info);
}

/* ---- structure ----------------------------------------------------------------------------------- */

static void begin_part(struct pm_scene *scene, enum pm_part part, const char *link)
{
    pm_scene_begin(scene, &(struct pm_ident){.part = part, .link = link}, (struct pm_box){0});
}

static void add_part(struct pm_scene *scene, enum pm_part part, const char *link, const char *text,
                     double y)
{
    begin_part(scene, part, link);
    demo_text(scene, text, scene->lang, 20, y, PM_ANCHOR_LEFT, 0);
    pm_scene_end(scene);
}

static void fill_page(struct pm_scene *scene)
{
    struct pm_path path = {0};
    pm_path_box(&path, pm_box_of(0, 0, scene->width, scene->height));
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = 0xEEEEEEFF});
    pm_path_finish(&path);
}

/* As a map has it: a title, the map with a callout, a legend, a source. */
static void begin_document(struct pm_scene *scene, const char *title, const char *link)
{
    struct pm_ident figure = {.part = PM_PART_FIGURE, .label = "Map"};
    demo_begin(scene, 600, 350);
    scene->title = title;
    scene->description = "Helmand is contested.";
    add_part(scene, PM_PART_TITLE, NULL, title, 30);
    pm_scene_begin(scene, &figure, (struct pm_box){0});
    fill_page(scene); /* which must not take the title with it */
    pm_scene_begin(scene, NULL, pm_box_of(20, 50, 400, 200));
    add_part(scene, PM_PART_PARAGRAPH, NULL, "1. Strikes", 100);
    demo_text(scene, "a name", "en", 300, 100, PM_ANCHOR_LEFT, 0);
    pm_scene_end(scene);
    pm_scene_end(scene);
    add_part(scene, PM_PART_HEADING, NULL, "LEGEND", 260);
    begin_part(scene, PM_PART_LIST, NULL);
    add_part(scene, PM_PART_ITEM, NULL, "Contested", 280);
    add_part(scene, PM_PART_ITEM, NULL, "Held", 300);
    pm_scene_end(scene);
    add_part(scene, PM_PART_PARAGRAPH, link, "A source", 330);
}

static void assert_holds(const struct pm_str *pdf, const char *wanted)
{
    size_t length = strlen(wanted);
    for (size_t i = 0; i + length <= pdf->n; i++)
        if (memcmp(pdf->s + i, wanted, length) == 0)
            return;
    fail_msg("the file does not hold \"%s\"", wanted);
}

static struct pm_str ask_document(struct pm_fonts *fonts, const char *title, const char *link,
                                  const char *before, const char *after)
{
    struct pm_scene scene;
    begin_document(&scene, title, link);
    struct pm_str answer = ask_of(&scene, fonts, before, after);
    pm_scene_finish(&scene);
    return answer;
}

static void its_parts_are_tagged_in_the_order_of_reading(void **state)
{
    struct pm_str tree = ask_document(*state, "Title", NULL, "pdfinfo -struct-text", "");
    assert_string_equal(tree.s, "Document\n"
                                "  NonStruct\n"
                                "    \"\"\n"
                                "  H1 (block)\n"
                                "    \"Title\"\n"
                                "  Figure\n"
                                "    \"1. Strikesa name\"\n"
                                "  H2 (block)\n"
                                "    \"LEGEND\"\n"
                                "  L (block)\n"
                                "    LI (block)\n"
                                "      LBody (block)\n"
                                "        \"Contested\"\n"
                                "    LI (block)\n"
                                "      LBody (block)\n"
                                "        \"Held\"\n"
                                "  P (block)\n"
                                "    \"A source\"\n");
    pm_str_finish(&tree);
    tree = ask_document(*state, "Title", "https://a.example/", "pdfinfo -struct-text", "");
    assert_non_null(strstr(tree.s, "  P (block)\n    Link (inline)\n      Object "));
    pm_str_finish(&tree);
}

/* The map in words, and what is written on it: a reader of the screen is told nothing else of a figure. */
static void the_figure_has_an_alternative_and_the_file_a_language(void **state)
{
    struct pm_scene scene;
    begin_document(&scene, "Title", NULL);
    struct pm_str pdf = write_pdf(&scene, *state);
    assert_holds(&pdf, "/Alt (Helmand is contested.)");
    assert_holds(&pdf, "/DisplayDocTitle true >> /Lang (en)");
    pm_str_finish(&pdf);
    pm_scene_finish(&scene);
}

static void the_outline_leads_to_the_sections(void **state)
{
    struct pm_str xml = ask_document(*state, "Title", NULL, "pdftohtml -xml -i -stdout", "");
    assert_non_null(strstr(xml.s, "<outline>\n"
                                  "<item page=\"1\">Title</item>\n"
                                  "<outline>\n"
                                  "<item page=\"1\">Map</item>\n"
                                  "<item page=\"1\">LEGEND</item>\n"
                                  "</outline>\n"
                                  "</outline>\n"));
    pm_str_finish(&xml);
}

static void a_page_without_a_title_has_an_outline_too(void **state)
{
    struct pm_scene scene;
    demo_begin(&scene, 600, 350);
    add_part(&scene, PM_PART_HEADING, NULL, "LEGEND", 260);
    begin_part(&scene, PM_PART_HEADING, NULL); /* says nothing */
    pm_scene_end(&scene);
    struct pm_str xml = ask_of(&scene, *state, "pdftohtml -xml -i -stdout", "");
    assert_non_null(strstr(xml.s, "<outline>\n<item page=\"1\">LEGEND</item>\n</outline>\n"));
    pm_str_finish(&xml);
    pm_scene_finish(&scene);
}

static void links_lead_to_the_web_and_nowhere_else(void **state)
{
    static const struct {
        const char *link, *url; /* NULL: none */
    } cases[] = {
        {"https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"},
        {"HTTP://a.example/%20", "HTTP://a.example/%20"},
        {"https://a.example/(b)\\", "https://a.example/%28b%29%5C"},
        {"https://a.example/)>>/AA<<", "https://a.example/%29%3E%3E/AA%3C%3C"},
        {"https://a.example/' dest='x", NULL},
        {"https://a.example/'page=2'", "https://a.example/%27page=2%27"},
        {"https://a.example/\u00E9\U0001F600", "https://a.example/%C3%A9%F0%9F%98%80"},
        {"javascript:alert(1)", NULL},
        {"file:///etc/passwd", NULL},
        {"https://a.example/\n/b", NULL},
        {"https://", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_str urls = ask_document(*state, "Title", cases[i].link, "pdfinfo -url", "");
        const char *url = strstr(urls.s, "Annotation");
        if (cases[i].url) {
            assert_non_null(url);
            const char *shown = strpbrk(url + strlen("Annotation"), "hH");
            assert_memory_equal(shown, cases[i].url, strlen(cases[i].url));
            assert_int_equal(shown[strlen(cases[i].url)], '\n');
        } else {
            assert_null(url);
        }
        pm_str_finish(&urls);
    }
}

/* Where a link leads is said as text, too. */
static void a_link_says_what_it_is(void **state)
{
    struct pm_scene scene;
    begin_document(&scene, "Title", "https://a.example/");
    struct pm_str pdf = write_pdf(&scene, *state);
    assert_holds(&pdf, "/Contents (A source)");
    pm_str_finish(&pdf);
    pm_scene_finish(&scene);
}

static void no_text_breaks_out_of_the_file(void **state)
{
    char *title = calloc(1, 10001);
    const char *const titles[] = {
        "a) /OpenAction (b",
        "\\) >> endobj (\\",
        "<< >> startxref %%EOF",
        "\x01\x1B[31m\x7F",
        "\U0001F5FA \u202E\u0645\u0627\u067E\u202C",
        "'page=2' \\'",
        memset(title, '(', 10000),
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct pm_scene scene;
        begin_document(&scene, titles[i], NULL);
        scene.description = scene.author = scene.keywords = titles[i];
        struct pm_str answer = ask_of(&scene, *state, "pdfinfo", "2>&1");
        assert_non_null(strstr(answer.s, "Tagged:          yes\n"));
        assert_non_null(strstr(answer.s, "JavaScript:      no\n"));
        assert_null(strstr(answer.s, "Error"));
        pm_str_finish(&answer);
        answer = ask_of(&scene, *state, "qpdf --check", "2>&1");
        assert_non_null(strstr(answer.s, "No syntax or stream encoding errors found"));
        pm_str_finish(&answer);
        pm_scene_finish(&scene);
    }
    free(title);
}

static void the_same_scene_gives_the_same_bytes(void **state)
{
    static const char *const dates[] = {"2021-05-04", NULL};
    for (int i = 0; i < 2; i++) {
        struct pm_scene scene;
        struct pm_diags *diags = pm_diags_new();
        struct pm_fonts *fresh = pm_fonts_new(NULL, DEMO_FAMILY, diags);
        demo_scene(&scene);
        scene.date = dates[i];
        struct pm_str first = write_pdf(&scene, *state);
        assert_null(strstr(first.s, "(null)"));
        sleep(i == 1); /* the clock goes on; no date may come from it */
        struct pm_str second = write_pdf(&scene, fresh);
        assert_int_equal(first.n, second.n);
        assert_memory_equal(first.s, second.s, first.n);
        pm_str_finish(&first);
        pm_str_finish(&second);
        pm_scene_finish(&scene);
        pm_fonts_free(fresh);
        pm_diags_free(diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_text_and_there_once),
        cmocka_unit_test(nothing_is_a_picture),
        cmocka_unit_test(fonts_are_embedded_and_no_more_of_them_than_needed),
        cmocka_unit_test(it_looks_like_the_image),
        cmocka_unit_test(texts_from_the_right_are_found_in_logical_order),
        cmocka_unit_test(a_slanted_or_spaced_text_stays_in_one_piece),
        cmocka_unit_test(the_page_has_the_size_that_its_dpi_say),
        cmocka_unit_test(a_page_in_millimetres_is_exact),
        cmocka_unit_test(metadata_are_the_maps_own),
        cmocka_unit_test(its_parts_are_tagged_in_the_order_of_reading),
        cmocka_unit_test(the_figure_has_an_alternative_and_the_file_a_language),
        cmocka_unit_test(the_outline_leads_to_the_sections),
        cmocka_unit_test(a_page_without_a_title_has_an_outline_too),
        cmocka_unit_test(links_lead_to_the_web_and_nowhere_else),
        cmocka_unit_test(a_link_says_what_it_is),
        cmocka_unit_test(no_text_breaks_out_of_the_file),
        cmocka_unit_test(the_same_scene_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
