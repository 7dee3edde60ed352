#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "demo_scene.h"
#include "text/draw.h"
#include "text/glyphs.h"

/* ---- against the outline of the whole run, which cairo makes ------------------------------------ */

static cairo_t *scratch(void)
{
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cr = cairo_create(surface);
    cairo_surface_destroy(surface);
    return cr;
}

static struct pm_box box_of(const struct pm_path *path)
{
    struct pm_box box = {0};
    for (size_t i = 0; i < path->points.n; i++)
        pm_box_add(&box, path->points.v[i], i == 0);
    return box;
}

/* The glyphs' outlines, each at its place. */
static struct pm_path assembled(struct pm_fonts *fonts, const struct pm_run *run)
{
    const struct pm_glyph *glyphs = NULL;
    struct pm_path path = {0};
    double unit = run->font.size / PM_GLYPH_EM;
    size_t count = pm_text_glyphs(fonts, run, &glyphs);
    for (size_t i = 0; i < count; i++) {
        const struct pm_path *outline = pm_glyph_outline(fonts, glyphs[i].outline);
        for (size_t k = 0; k < outline->points.n; k++) {
            struct pm_pt p = outline->points.v[k];
            struct pm_pt at = {run->at.x + glyphs[i].at.x + p.x * unit,
                               run->at.y + glyphs[i].at.y + p.y * unit};
            pm_vec_push(&path.points, at);
        }
    }
    return path;
}

static void assert_same_shape(struct pm_fonts *fonts, const struct pm_run *run)
{
    struct pm_path wanted = {0}, path = assembled(fonts, run);
    cairo_t *cr = scratch();
    pm_text_outline(fonts, cr, run, PM_TEXT_WHOLE, &wanted);
    cairo_destroy(cr);
    assert_true(path.points.n > 0);
    struct pm_box a = box_of(&wanted), b = box_of(&path);
    assert_true(fabs(a.x0 - b.x0) < 0.02 && fabs(a.x1 - b.x1) < 0.02);
    assert_true(fabs(a.y0 - b.y0) < 0.02 && fabs(a.y1 - b.y1) < 0.02);
    pm_path_finish(&wanted);
    pm_path_finish(&path);
}

static void glyphs_lie_where_cairo_draws_them(void **state)
{
    static const struct {
        const char *s, *lang;
        double size, spacing;
        bool italic;
    } texts[] = {
        {"Lashkar Gah", "en", 14, 0, false},      {"Fjärðabyggð", "is", 9, 0, false},
        {"AFGHANISTAN", "en", 20, 2, false},      {"office fi", "en", 16, 0, true},
        {"ولایت هلمند ۱۴۰۰", "fa", 17, 0, false}, {"Kabul کابل", "en", 13, 0, false},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int anchor = PM_ANCHOR_LEFT; anchor <= PM_ANCHOR_RIGHT; anchor++)
            assert_same_shape(*state, &(struct pm_run){.s = texts[i].s,
                                                       .lang = texts[i].lang,
                                                       .font = {DEMO_FAMILY, texts[i].size, 400,
                                                                texts[i].italic, texts[i].spacing},
                                                       .at = {50, 20},
                                                       .anchor = (enum pm_anchor)anchor});
}

/* ---- outlines ------------------------------------------------------------------------------------ */

static size_t glyphs_of(struct pm_fonts *fonts, const char *s, double size, int weight,
                        const struct pm_glyph **glyphs)
{
    const struct pm_run run = {.s = s, .lang = "en", .font = {DEMO_FAMILY, size, weight, false, 0}};
    return pm_text_glyphs(fonts, &run, glyphs);
}

static void a_glyph_has_one_outline_in_all_sizes_and_another_in_bold(void **state)
{
    const struct pm_glyph *small, *large, *bold;
    assert_int_equal(glyphs_of(*state, "a b", 8, 400, &small), 2);
    assert_int_equal(glyphs_of(*state, "ba", 80, 400, &large), 2);
    assert_int_equal(glyphs_of(*state, "a", 8, 700, &bold), 1);
    assert_int_equal(small[0].outline, large[1].outline);
    assert_int_equal(small[1].outline, large[0].outline);
    assert_int_not_equal(small[0].outline, bold[0].outline);
}

/* "l" is a bar: four lines, in the font's own whole units. */
static void outlines_are_in_whole_units(void **state)
{
    const struct pm_glyph *glyphs;
    struct pm_str data = {0};
    assert_int_equal(glyphs_of(*state, "l", 13, 400, &glyphs), 1);
    pm_path_data(pm_glyph_outline(*state, glyphs[0].outline), &data);
    assert_string_equal(data.s, "m173 0h-88v-760h88z");
    assert_string_equal(pm_glyph_data(*state, glyphs[0].outline), data.s);
    pm_str_finish(&data);
}

/* What is kept follows from all that a run says, but for its place. */
static void runs_that_differ_have_glyphs_of_their_own(void **state)
{
    const struct pm_run run = {.s = "ab", .lang = "en", .font = {DEMO_FAMILY, 13, 400, false, 0}};
    struct pm_run other[] = {run, run, run, run, run, run};
    const struct pm_glyph *glyphs, *again;
    other[0].anchor = PM_ANCHOR_RIGHT;
    other[1].font.size = nextafter(13, 14);
    other[2].font.weight = 700;
    other[3].font.italic = true;
    other[4].font.spacing = 1;
    other[5].s = "ac";
    assert_int_equal(pm_text_glyphs(*state, &run, &glyphs), 2);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(pm_text_glyphs(*state, &other[i], &again), 2);
        assert_ptr_not_equal(again, glyphs);
    }
    struct pm_run moved = run;
    moved.at = (struct pm_pt){100, 50};
    moved.angle = 20;
    assert_int_equal(pm_text_glyphs(*state, &moved, &again), 2);
    assert_ptr_equal(again, glyphs);
}

static void glyphs_tell_which_are_aside(void **state)
{
    const struct pm_glyph *plain, *glyphs;
    struct pm_run run = {.s = "ab (c)", .lang = "en", .font = {DEMO_FAMILY, 13, 400, false, 0}};
    assert_int_equal(pm_text_glyphs(*state, &run, &plain), 5);
    run.aside = 3;
    assert_int_equal(pm_text_glyphs(*state, &run, &glyphs), 5);
    for (int i = 0; i < 5; i++) {
        assert_false(plain[i].aside);
        assert_int_equal(glyphs[i].aside, i >= 2);
        assert_true(fabs(glyphs[i].at.x - plain[i].at.x) < 0.01);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glyphs_lie_where_cairo_draws_them),
        cmocka_unit_test(a_glyph_has_one_outline_in_all_sizes_and_another_in_bold),
        cmocka_unit_test(outlines_are_in_whole_units),
        cmocka_unit_test(runs_that_differ_have_glyphs_of_their_own),
        cmocka_unit_test(glyphs_tell_which_are_aside),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
