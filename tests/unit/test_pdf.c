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
    pm_paint_scene(&scene, *state, cr);
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
        cmocka_unit_test(it_looks_like_the_image),
        cmocka_unit_test(texts_from_the_right_are_found_in_logical_order),
        cmocka_unit_test(the_page_has_the_size_that_its_dpi_say),
        cmocka_unit_test(a_page_in_millimetres_is_exact),
        cmocka_unit_test(metadata_are_the_maps_own),
        cmocka_unit_test(the_same_scene_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
