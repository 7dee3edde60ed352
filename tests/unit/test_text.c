#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "demo_scene.h"
#include "output/picture.h"
#include "text/fonts_private.h"
#include "text/draw.h"
#include "text/glyphs.h"
#include "text/text.h"

#define FONT(px, bold) ((struct pm_font){DEMO_FAMILY, (px), (bold), false, 0})

static struct pm_extent measure(struct pm_fonts *fonts, struct pm_font font, const char *s)
{
    return pm_text_measure(fonts, &font, s, "en");
}

/* ---- measuring ------------------------------------------------------------------------------- */

static void widths_scale_with_the_size(void **state)
{
    struct pm_extent small = measure(*state, FONT(8, 400), "Lashkar Gah");
    struct pm_extent large = measure(*state, FONT(64, 400), "Lashkar Gah");
    assert_true(small.width > 30);
    assert_true(large.width == 8 * small.width);
    assert_true(large.ascent == 8 * small.ascent);
    assert_true(pm_box_w(large.ink) == 8 * pm_box_w(small.ink));
}

/* px, whatever the size. */
static void spacing_stands_behind_each_letter(void **state)
{
    for (double size = 4; size <= 400; size *= 10) {
        struct pm_font plain = FONT(size, 400), spaced = plain;
        spaced.spacing = 2.5;
        double more =
            measure(*state, spaced, "Kunar").width - measure(*state, plain, "Kunar").width;
        assert_true(more >= 4 * 2.5 - 0.01 && more <= 5 * 2.5 + 0.01);
    }
}

/* Longer than a file may have, as pages set texts behind one another; apart as far as a style may ask for. */
static void long_texts_are_wide(void **state)
{
    enum { MANY = 100 * 1000 };
    char *text = pm_xcalloc(MANY + 1, 1);
    memset(text, 'W', MANY);
    for (double size = 4; size <= 400; size *= 10)
        for (double spacing = 0; spacing <= 40; spacing += 40) {
            struct pm_font font = FONT(size, 400);
            font.spacing = spacing;
            double one = measure(*state, FONT(size, 400), "W").width + spacing;
            double all = measure(*state, font, text).width;
            assert_true(fabs(all / (one * MANY) - 1) < 2e-3);
        }
    free(text);
}

/* Fonts of pango: one of each face, not of each size. */
static void a_face_is_loaded_once_for_all_sizes(void **state)
{
    const PangoFont *first = NULL;
    for (double size = 5; size < 50; size += 1.7) {
        const struct pm_run run = {.s = "Kunar", .lang = "en", .font = FONT(size, 400)};
        double left = 0;
        const PangoGlyphItem *item = pm_text_set(*state, &run, &left)->data;
        first = first ? first : item->item->analysis.font;
        assert_ptr_equal(item->item->analysis.font, first);
    }
}

static void the_cache_gives_what_was_measured_and_keeps_fonts_apart(void **state)
{
    struct pm_extent first = measure(*state, FONT(20, 400), "Kunar");
    struct pm_extent bold = measure(*state, FONT(20, 700), "Kunar");
    struct pm_font slanted = FONT(20, 400), spaced = FONT(20, 400);
    slanted.italic = true;
    spaced.spacing = 2;
    assert_true(bold.width > first.width + 0.5);
    assert_true(measure(*state, slanted, "Kunar").width != first.width);
    assert_true(fabs(measure(*state, spaced, "Kunar").width - first.width - 4 * 2) < 2.01);
    assert_true(measure(*state, FONT(20, 400), "Kunar").width == first.width);
    assert_true(measure(*state, FONT(20, 700), "Kunar").width == bold.width);
}

/* Sizes that differ by a hair follow from pages that do; an engine that has met one of them must not take it for the other. */
static void what_was_measured_before_changes_nothing(void **state)
{
    (void)state;
    const char *names[] = {"Provincial capitals", "Lashkar Gah and all that lies around it"};
    for (int i = 0; i < 2; i++) {
        void *fresh = NULL, *used = NULL;
        const char **a = NULL, **b = NULL;
        struct pm_arena arena = {0};
        assert_int_equal(demo_open_fonts(&fresh), 0);
        assert_int_equal(demo_open_fonts(&used), 0);
        struct pm_font font = FONT(40.0, 400), near = FONT(40.004, 400);
        measure(used, near, names[i]);
        assert_true(measure(used, font, names[i]).width == measure(fresh, font, names[i]).width);
        assert_true(measure(used, near, names[i]).width != measure(used, font, names[i]).width);
        double width = measure(fresh, font, names[i]).width / 2;
        pm_text_wrap(used, &near, names[i], "en", width, &arena, &b);
        size_t count = pm_text_wrap(fresh, &font, names[i], "en", width, &arena, &a);
        assert_int_equal(pm_text_wrap(used, &font, names[i], "en", width, &arena, &b), count);
        for (size_t k = 0; k < count; k++)
            assert_string_equal(a[k], b[k]);
        demo_close_fonts(&fresh);
        demo_close_fonts(&used);
        pm_arena_finish(&arena);
    }
}

/* However many maps an engine draws, it remembers texts up to a bound, and measures them alike again. */
static void what_was_measured_is_forgotten_beyond_a_bound(void **state)
{
    struct pm_fonts *fonts = *state;
    struct pm_extent before = measure(fonts, FONT(20, 400), "Kunar");
    pm_fonts_trim(fonts);
    assert_true(fonts->extents.n > 0);
    for (int i = 0; i <= PM_MOST_MEASURED; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        measure(fonts, FONT(20, 400), name);
    }
    pm_fonts_trim(fonts);
    assert_int_equal(fonts->extents.n, 0);
    assert_null(fonts->keys.head);
    struct pm_extent after = measure(fonts, FONT(20, 400), "Kunar");
    /* all but what fills the struct up */
    assert_memory_equal(&before, &after,
                        offsetof(struct pm_extent, missing_char) + sizeof before.missing_char);
}

/* Days of a batch, on each of which the names stand elsewhere: what is kept of them has a bound in bytes, and one is
 * kept as it was drawn. */
static void outlines_are_forgotten_beyond_a_bound(void **state)
{
    enum { DAYS = 200, NAMES = 60 };
    struct pm_fonts *fonts = *state;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(surface);
    size_t forgotten = 0, most = 0;
    for (int day = 0; day < DAYS; day++) {
        size_t before = fonts->drawn_bytes, real = 0;
        pm_fonts_trim(fonts);
        forgotten += fonts->drawn_bytes < before;
        assert_true(fonts->drawn_bytes <= PM_MOST_DRAWN_BYTES);
        for (int i = 0; i < NAMES; i++) {
            struct pm_run run = {.s = "Lashkar Gah, Helmand",
                                 .lang = "en",
                                 .at = {day, i},
                                 .font = {DEMO_FAMILY, 13, 400, false, 0}};
            pm_text_drawn(fonts, cr, &run, PM_TEXT_WHOLE);
        }
        for (size_t i = 0; i < fonts->texts.n; i++)
            real += fonts->texts.v[i].points.cap * sizeof(struct pm_pt);
        assert_true(fonts->drawn_bytes > real); /* what is counted is what is held */
        most = real > most ? real : most;
    }
    assert_true(forgotten > 3 && most < 2 * PM_MOST_DRAWN_BYTES);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static void heights_are_those_of_the_font(void **state)
{
    struct pm_extent low = measure(*state, FONT(100, 400), "x"),
                     tall = measure(*state, FONT(100, 400), "H");
    assert_true(low.ascent == tall.ascent && low.descent == tall.descent);
    assert_true(fabs(low.cap_height - 71.4) < 0.5); /* Noto Sans: 714 of 1000 */
    assert_true(low.cap_height == tall.cap_height);
    assert_true(low.ink.y0 > tall.ink.y0);
    assert_true(fabs(tall.ink.y1) < 0.5);
}

static void missing_glyphs_are_counted_and_named(void **state)
{
    struct pm_extent e = measure(*state, FONT(16, 400), "Kabul 中文");
    assert_int_equal(e.missing, 2);
    assert_int_equal(e.missing_char, 0x4E2D);
    /* a zero-width non-joiner and direction marks are no letters */
    e = measure(*state, FONT(16, 400), "می‌خواهم \u200F\u200E هلمند \u00AD");
    assert_int_equal(e.missing, 0);
    assert_int_equal(e.missing_char, 0);
}

static void pashto_and_persian_letters_are_there(void **state)
{
    assert_int_equal(measure(*state, FONT(16, 400), "ټډړږښڅځۍېڼګکپچژ ۰۱۲۳۴۵۶۷۸۹").missing, 0);
    assert_int_equal(measure(*state, FONT(16, 700), "کندهار – بدخشان").missing, 0);
}

static void empty_text_has_no_width(void **state)
{
    struct pm_extent e = measure(*state, FONT(16, 400), "");
    assert_true(e.width == 0 && e.ascent > 10 && e.missing == 0);
}

/* ---- wrapping -------------------------------------------------------------------------------- */

struct wrapped {
    struct pm_arena arena;
    const char **lines;
    size_t count;
};

static struct wrapped wrap(struct pm_fonts *fonts, const char *s, double width)
{
    struct wrapped w = {0};
    struct pm_font font = FONT(16, 400);
    w.count = pm_text_wrap(fonts, &font, s, "en", width, &w.arena, &w.lines);
    return w;
}

static void wrapped_lines_fit_and_lose_nothing(void **state)
{
    static const char text[] =
        "The Taliban contest and control most of Helmand, but for Lashkar Gah";
    for (double width = 90; width < 700; width += 23) {
        struct wrapped w = wrap(*state, text, width);
        struct pm_str joined = {0};
        for (size_t i = 0; i < w.count; i++) {
            assert_true(measure(*state, FONT(16, 400), w.lines[i]).width <= width);
            pm_str_add(&joined, i ? " " : "");
            pm_str_add(&joined, w.lines[i]);
        }
        assert_string_equal(joined.s, text);
        pm_str_finish(&joined);
        pm_arena_finish(&w.arena);
    }
}

static void a_line_feed_breaks_and_empty_lines_stay(void **state)
{
    struct wrapped w = wrap(*state, "one\n\ntwo ", 500);
    assert_int_equal(w.count, 3);
    assert_string_equal(w.lines[0], "one");
    assert_string_equal(w.lines[1], "");
    assert_string_equal(w.lines[2], "two");
    pm_arena_finish(&w.arena);
    w = wrap(*state, "", 500);
    assert_int_equal(w.count, 1);
    assert_string_equal(w.lines[0], "");
    pm_arena_finish(&w.arena);
}

/* Wraps a word; every line but the last must end in `end`. Returns the lines without that, joined. */
static char *rejoined(void *state, const char *word, double width, const char *end, size_t *count)
{
    struct wrapped w = wrap(state, word, width);
    struct pm_str joined = {0};
    for (size_t i = 0; i < w.count; i++) {
        size_t cut = i + 1 < w.count ? strlen(end) : 0;
        assert_true(measure(state, FONT(16, 400), w.lines[i]).width <= width);
        assert_true(cut == 0 || pm_ends_with(w.lines[i], end));
        pm_str_addn(&joined, w.lines[i], strlen(w.lines[i]) - cut);
    }
    *count = w.count;
    pm_arena_finish(&w.arena);
    return joined.s;
}

static void a_word_that_is_too_long_is_broken_with_hyphens(void **state)
{
    static const char word[] = "Donaudampfschifffahrtsgesellschaft";
    size_t count = 0;
    char *joined = rejoined(*state, word, 90, "-", &count);
    assert_true(count >= 3);
    assert_string_equal(joined, word);
    free(joined);
    joined = rejoined(*state, "Über\u00ADwachungs\u00ADgesetz", 90, "\u00AD-", &count);
    assert_int_equal(count, 3);
    assert_string_equal(joined, "Überwachungsgesetz");
    free(joined);
}

/* Joined letters have none. */
static void a_word_of_arabic_script_is_broken_without(void **state)
{
    static const char word[] = "والاستراتيجيات";
    size_t count = 0;
    char *joined = rejoined(*state, word, 40, "", &count);
    assert_true(count >= 2);
    assert_string_equal(joined, word);
    free(joined);
}

static void a_line_keeps_its_paragraphs_direction(void **state)
{
    /* wrapped so that a later line begins with a Latin word */
    struct wrapped w = wrap(*state, "نیروهای افغان و NATO در هلمند", 110);
    bool marked = false;
    assert_true(w.count >= 2);
    for (size_t i = 0; i < w.count; i++) {
        assert_true(pm_text_rtl(w.lines[i]));
        marked = marked || strncmp(w.lines[i], "\u200FNATO", 7) == 0;
    }
    assert_true(marked);
    pm_arena_finish(&w.arena);
    w = wrap(*state, "Afghan forces in\nکابل and", 500); /* a paragraph of its own */
    assert_true(pm_text_rtl(w.lines[1]));
    pm_arena_finish(&w.arena);
}

static void what_is_set_apart_stays_so_on_the_next_line(void **state)
{
    static const char text[] = "کندز: \u2066The airport was still held on 8 August.\u2069 [۱]";
    struct wrapped w = wrap(*state, text, 190);
    assert_int_equal(w.count, 2);
    assert_non_null(strstr(w.lines[0], "\u2066The airport"));
    assert_int_equal(strncmp(w.lines[1], "\u200F\u2066", 6), 0); /* from the right, and set apart */
    assert_non_null(strstr(w.lines[1], "August.\u2069 [۱]"));
    pm_arena_finish(&w.arena);
}

static bool differ(struct pm_box a, struct pm_box b)
{
    return fabs(a.x0 - b.x0) + fabs(a.x1 - b.x1) + fabs(a.y0 - b.y0) + fabs(a.y1 - b.y1) > 0.5;
}

static void digits_of_persian_are_not_those_of_urdu(void **state)
{
    struct pm_font font = FONT(40, 400);
    struct pm_range digits = {0};
    static const char *const pairs[][2] = {{"۴", "٤"}, {"۶", "٦"}};
    for (size_t i = 0; i < 2; i++) { /* Urdu's four is of its own shape, its six that of Arabic */
        struct pm_box fa = pm_text_measure(*state, &font, pairs[i][0], "fa").ink,
                      ur = pm_text_measure(*state, &font, pairs[i][0], "ur").ink,
                      ar = pm_text_measure(*state, &font, pairs[i][1], "ar").ink;
        assert_true(differ(fa, ur) && differ(fa, ar));
    }
    assert_true(pm_text_digits("تا ۱۶ اگست ۲۰۲۱", "fa", 0, &digits));
    assert_int_equal(digits.first, 5);
    assert_int_equal(digits.count, 4);
    assert_true(pm_text_digits("تا ۱۶ اگست ۲۰۲۱", "fa", 9, &digits));
    assert_int_equal(digits.count, 8);
    assert_false(pm_text_digits("تا ۱۶ اگست ۲۰۲۱", "fa", digits.first + digits.count, &digits));
    assert_false(pm_text_digits("٦ 6 ی", "fa", 0, &digits));
    assert_false(pm_text_digits("۶", "ur-PK", 0, &digits));
}

static void direction_follows_the_first_letter(void **state)
{
    (void)state;
    assert_true(pm_text_rtl("هلمند"));
    assert_true(pm_text_rtl("12 – «هلمند» (Helmand)"));
    assert_true(pm_text_rtl("\u200FKabul"));
    assert_false(pm_text_rtl("Kabul (کابل)"));
    assert_false(pm_text_rtl("\u200Eکابل"));
    assert_false(pm_text_rtl("12"));
    assert_false(pm_text_rtl("۱۲، ١٢؛")); /* digits and commas are no letters */
    assert_false(pm_text_rtl("[۱] Reuters: گزارش"));
    assert_true(pm_text_rtl("\u200F[۱] Reuters"));
    assert_false(pm_text_rtl(""));
    assert_false(pm_text_rtl("Éric"));
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* The box of all pixels that are not white. */
static struct pm_box drawn(struct pm_fonts *fonts, const struct pm_run *run)
{
    struct pm_scene scene = {.width = 400, .height = 200, .dpi = 96, .background = 0xFFFFFFFF};
    cairo_status_t status = CAIRO_STATUS_NO_MEMORY;
    struct pm_box box = {0};
    bool first = true;
    pm_scene_text(&scene, NULL, *run);
    cairo_surface_t *surface = pm_picture(&scene, fonts, NULL, &status);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 400; x++) {
            const unsigned char *row = cairo_image_surface_get_data(surface) +
                                       (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
            if ((((const uint32_t *)(const void *)row)[x] & 0xFFFFFF) == 0xFFFFFF)
                continue;
            pm_box_add(&box, (struct pm_pt){x, y}, first);
            pm_box_add(&box, (struct pm_pt){x + 1, y + 1}, false);
            first = false;
        }
    cairo_surface_destroy(surface);
    pm_scene_finish(&scene);
    return box;
}

static void assert_near(struct pm_box got, struct pm_box wanted, double tolerance)
{
    assert_true(fabs(got.x0 - wanted.x0) <= tolerance && fabs(got.x1 - wanted.x1) <= tolerance);
    assert_true(fabs(got.y0 - wanted.y0) <= tolerance && fabs(got.y1 - wanted.y1) <= tolerance);
}

static struct pm_box moved(struct pm_box b, double dx, double dy)
{
    return (struct pm_box){b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy};
}

static void ink_lies_where_it_was_measured(void **state)
{
    static const char *const texts[] = {"Lashkar Gah", "کندهار", "jÅy", "PQ"};
    for (int i = 0; i < 4; i++)
        for (int anchor = PM_ANCHOR_LEFT; anchor <= PM_ANCHOR_RIGHT; anchor++) {
            struct pm_run run = {.s = texts[i],
                                 .lang = "en",
                                 .font = FONT(30, 400),
                                 .at = {200, 100.4},
                                 .anchor = anchor,
                                 .color = 0x000000FF};
            struct pm_extent e = measure(*state, run.font, run.s);
            assert_near(drawn(*state, &run), moved(e.ink, 200 - e.width * anchor / 2, 100.4), 1.01);
        }
}

static void a_halo_grows_the_ink_on_all_sides(void **state)
{
    struct pm_run run = {.s = "oxo",
                         .lang = "en",
                         .font = FONT(30, 400),
                         .at = {100, 100},
                         .color = 0x000000FF,
                         .halo = 0xFF0000FF,
                         .halo_width = 5};
    struct pm_extent e = measure(*state, run.font, run.s);
    assert_near(drawn(*state, &run), moved(pm_box_grown(e.ink, 5), 100, 100), 1.01);
}

static void a_positive_angle_turns_clockwise(void **state)
{
    struct pm_run run = {.s = "IIIIII",
                         .lang = "en",
                         .font = FONT(30, 400),
                         .at = {200, 50},
                         .angle = 90,
                         .color = 0x000000FF};
    struct pm_extent e = measure(*state, run.font, run.s);
    struct pm_box wanted = {200 - e.ink.y1, 50 + e.ink.x0, 200 - e.ink.y0, 50 + e.ink.x1};
    assert_near(drawn(*state, &run), wanted, 1.01);
}

/* ---- fonts ----------------------------------------------------------------------------------- */

static void every_missing_family_is_an_error_of_its_own(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    assert_null(pm_fonts_new(NULL, "No Such Font, Noto Sans,Neither This", diags));
    assert_int_equal(pm_diags_count(diags), 2);
    const struct pm_diag *diag = pm_diags_get(diags, 0);
    assert_string_equal(diag->id, "font-missing");
    assert_int_equal(diag->fault, PM_FAULT_INPUT);
    assert_string_equal(diag->message, "the font \"No Such Font\" is not installed");
    assert_non_null(strstr(diag->help, "fonts-noto-core"));
    assert_string_equal(pm_diags_get(diags, 1)->message,
                        "the font \"Neither This\" is not installed");
    pm_diags_free(diags);
}

static void no_family_is_an_error(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    assert_null(pm_fonts_new(NULL, " , ", diags));
    assert_int_equal(pm_diags_count(diags), 1);
    pm_diags_free(diags);
}

/* With a file of that name in a folder below the one that is given. */
static void assert_no_font(const char *name, const char *contents, const char *families,
                           const char *message)
{
    char folder[] = "/tmp/provmap-test-XXXXXX";
    struct pm_arena arena = {0};
    struct pm_diags *diags = pm_diags_new();
    assert_non_null(mkdtemp(folder));
    const char *below = pm_path_join(&arena, folder, "sub");
    const char *file = pm_path_join(&arena, below, name);
    assert_int_equal(mkdir(below, 0700), 0);
    assert_int_equal(pm_write_file(file, contents, strlen(contents), diags), PM_WRITE_DONE);
    assert_null(pm_fonts_new(folder, families, diags));
    assert_int_equal(pm_diags_count(diags), 1);
    assert_string_equal(pm_diags_get(diags, 0)->id, "font-missing");
    assert_string_equal(pm_diags_get(diags, 0)->message, message);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(below), 0);
    assert_int_equal(rmdir(folder), 0);
    pm_diags_free(diags);
    pm_arena_finish(&arena);
}

static void a_file_that_only_has_the_name_of_the_font_does_not_count(void **state)
{
    (void)state;
    assert_no_font("SomeFont-Regular.ttf", "no font at all", "Some Font",
                   "the font \"Some Font\" is not installed");
}

/* A font of FreeType's that has no outlines: one letter of eight dots. */
static void a_font_of_pictures_is_an_error(void **state)
{
    (void)state;
    static const char font[] =
        "STARTFONT 2.1\nFONT -a-Dots-Medium-R-Normal--8-80-75-75-C-80-ISO10646-1\n"
        "SIZE 8 75 75\nFONTBOUNDINGBOX 8 1 0 0\nSTARTPROPERTIES 2\nFAMILY_NAME \"Dots\"\n"
        "WEIGHT_NAME \"Medium\"\nENDPROPERTIES\nCHARS 1\nSTARTCHAR A\nENCODING 65\n"
        "SWIDTH 1000 0\nDWIDTH 8 0\nBBX 8 1 0 0\nBITMAP\nFF\nENDCHAR\nENDFONT\n";
    assert_no_font("Dots-Regular.ttf", font, "Noto Sans, Dots",
                   "the font \"Dots\" has no outlines, only pictures of its signs");
}

/* As those with an axis for optical sizes: they are laid out in their own. */
static void fonts_that_differ_with_the_size_are_loaded_for_each(void **state)
{
    (void)state;
    void *plain = NULL, *sized = NULL;
    const PangoFont *fonts[2] = {0};
    const struct pm_glyph *glyphs = NULL, *same = NULL;
    double sizes[] = {12, 40}, left = 0;
    assert_int_equal(demo_open_fonts(&plain), 0);
    assert_int_equal(demo_open_fonts(&sized), 0);
    assert_false(pm_fonts_are_sized(sized, "Kunar"));
    ((struct pm_fonts *)sized)->sized = true;
    for (size_t i = 0; i < 2; i++) {
        const struct pm_run run = {.s = "Kunar", .lang = "en", .font = FONT(sizes[i], 400)};
        assert_true(pm_text_scale(sized, &run.font, run.s) == 1);
        fonts[i] =
            ((const PangoGlyphItem *)pm_text_set(sized, &run, &left)->data)->item->analysis.font;
        assert_true(fabs(measure(sized, run.font, run.s).width -
                         measure(plain, run.font, run.s).width) < 0.02);
        assert_int_equal(pm_text_glyphs(sized, &run, &glyphs), 5);
        assert_int_equal(pm_text_glyphs(plain, &run, &same), 5);
        assert_string_equal(pm_glyph_data(sized, glyphs[4].outline),
                            pm_glyph_data(plain, same[4].outline));
        assert_int_equal(glyphs[4].outline, i * 5 + 4); /* each size has its own … */
        assert_int_equal(same[4].outline, 4);           /* … or the one that all have */
    }
    assert_ptr_not_equal(fonts[0], fonts[1]);
    demo_close_fonts(&plain);
    demo_close_fonts(&sized);
}

static void a_font_folder_that_does_not_exist_is_passed_over(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_fonts *fonts = pm_fonts_new("/no/such/folder", "Noto Sans", diags);
    assert_non_null(fonts);
    /* what was not asked for is not there, whatever the machine has */
    assert_true(measure(fonts, FONT(16, 400), "هلمند").missing > 0);
    pm_fonts_free(fonts);
    pm_diags_free(diags);
}

static int files_loaded(struct pm_fonts *fonts)
{
    const FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    return set ? set->nfont : 0;
}

static void families_of_a_script_are_loaded_when_it_occurs(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_fonts *fonts = pm_fonts_new(NULL, "Noto Sans", diags);
    struct pm_font font = {"Noto Sans, Noto Sans Myanmar, No Such Font", 16, 400, false, 0};
    assert_non_null(fonts);
    pm_fonts_offer(fonts, PM_SCRIPT_MYANMAR, "Noto Sans Myanmar");
    pm_fonts_offer(fonts, PM_SCRIPT_ARABIC, "No Such Font");
    int before = files_loaded(fonts);
    double width = measure(fonts, font, "Kabul").width;
    assert_true(pm_fonts_check(fonts, "Kabul, Київ 12", diags));
    assert_int_equal(files_loaded(fonts), before);
    assert_int_equal(measure(fonts, font, "မြေပုံ").missing, 0);
    assert_true(files_loaded(fonts) > before);
    assert_true(pm_fonts_check(fonts, "မြေပုံ", diags));
    assert_true(measure(fonts, font, "Kabul ").width > width);
    assert_int_equal(pm_diags_count(diags), 0);
    assert_false(pm_fonts_check(fonts, "کابل", diags));
    assert_string_equal(pm_diags_get(diags, 0)->id, "font-missing");
    pm_fonts_free(fonts);
    pm_diags_free(diags);
}

/* What a script's fonts have besides must not depend on whether a text of that script came before. */
static void signs_of_other_families_are_found(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_font font = {"Noto Sans, Noto Sans Symbols2", 16, 400, false, 0};
    double widths[2] = {0};
    for (int i = 0; i < 2; i++) {
        struct pm_fonts *fonts = pm_fonts_new(NULL, "Noto Sans", diags);
        pm_fonts_offer(fonts, PM_SCRIPT_MYANMAR, "Noto Sans Symbols2");
        if (i > 0)
            measure(fonts, font, "မြေပုံ");
        assert_int_equal(measure(fonts, font, "☂ 1").missing, 0);
        pm_fonts_trim(fonts); /* what is known already asks for the same fonts again */
        assert_int_equal(fonts->met, 0);
        widths[i] = measure(fonts, font, "☂ 1").width;
        assert_true(i > 0 || fonts->met & 1U << PM_SCRIPT_MYANMAR);
        pm_fonts_free(fonts);
    }
    assert_true(widths[0] == widths[1]);
    pm_diags_free(diags);
}

/* ---- colours --------------------------------------------------------------------------------- */

static struct pm_box box_of(const struct pm_path *path)
{
    struct pm_box box = {0};
    for (size_t i = 0; i < path->points.n; i++)
        pm_box_add(&box, path->points.v[i], i == 0);
    return box;
}

/* Letters in a second colour stand where they stood in one colour; `before`: what is aside is on the right. */
static void check_aside(struct pm_fonts *fonts, const char *s, const char *lang, size_t aside,
                        bool before)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(surface);
    struct pm_run run = {.s = s, .lang = lang, .font = FONT(30, 400), .at = {20, 50}, .angle = 0};
    struct pm_path plain = {0}, main = {0}, rest = {0};
    pm_text_outline(fonts, cr, &run, PM_TEXT_WHOLE, &plain);
    run.aside = aside;
    pm_text_outline(fonts, cr, &run, PM_TEXT_MAIN, &main);
    pm_text_outline(fonts, cr, &run, PM_TEXT_ASIDE, &rest);
    assert_int_equal(main.points.n + rest.points.n, plain.points.n);
    struct pm_box a = box_of(&main), b = box_of(&rest), all = pm_box_union(a, b);
    assert_true(before ? a.x1 < b.x0 : b.x1 < a.x0);
    assert_true(fabs(all.x0 - box_of(&plain).x0) < 0.01);
    assert_true(fabs(all.x1 - box_of(&plain).x1) < 0.01);
    assert_true(fabs(all.y0 - box_of(&plain).y0) < 0.01);
    pm_path_finish(&plain);
    pm_path_finish(&main);
    pm_path_finish(&rest);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static void a_second_color_moves_no_letter(void **state)
{
    check_aside(*state, "Herat (4 March)", "en", strlen("Herat "), true);
    check_aside(*state, "AV (AV)", "en", 3, true);
    check_aside(*state, "هرات (مارچ)", "fa", strlen("هرات "), false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_color_moves_no_letter),
        cmocka_unit_test(widths_scale_with_the_size),
        cmocka_unit_test(spacing_stands_behind_each_letter),
        cmocka_unit_test(long_texts_are_wide),
        cmocka_unit_test(a_face_is_loaded_once_for_all_sizes),
        cmocka_unit_test(the_cache_gives_what_was_measured_and_keeps_fonts_apart),
        cmocka_unit_test(what_was_measured_before_changes_nothing),
        cmocka_unit_test(what_was_measured_is_forgotten_beyond_a_bound),
        cmocka_unit_test(outlines_are_forgotten_beyond_a_bound),
        cmocka_unit_test(heights_are_those_of_the_font),
        cmocka_unit_test(missing_glyphs_are_counted_and_named),
        cmocka_unit_test(pashto_and_persian_letters_are_there),
        cmocka_unit_test(empty_text_has_no_width),
        cmocka_unit_test(wrapped_lines_fit_and_lose_nothing),
        cmocka_unit_test(a_line_feed_breaks_and_empty_lines_stay),
        cmocka_unit_test(a_word_that_is_too_long_is_broken_with_hyphens),
        cmocka_unit_test(a_word_of_arabic_script_is_broken_without),
        cmocka_unit_test(a_line_keeps_its_paragraphs_direction),
        cmocka_unit_test(what_is_set_apart_stays_so_on_the_next_line),
        cmocka_unit_test(digits_of_persian_are_not_those_of_urdu),
        cmocka_unit_test(direction_follows_the_first_letter),
        cmocka_unit_test(ink_lies_where_it_was_measured),
        cmocka_unit_test(a_halo_grows_the_ink_on_all_sides),
        cmocka_unit_test(a_positive_angle_turns_clockwise),
        cmocka_unit_test(every_missing_family_is_an_error_of_its_own),
        cmocka_unit_test(no_family_is_an_error),
        cmocka_unit_test(a_file_that_only_has_the_name_of_the_font_does_not_count),
        cmocka_unit_test(families_of_a_script_are_loaded_when_it_occurs),
        cmocka_unit_test(signs_of_other_families_are_found),
        cmocka_unit_test(a_font_of_pictures_is_an_error),
        cmocka_unit_test(fonts_that_differ_with_the_size_are_loaded_for_each),
        cmocka_unit_test(a_font_folder_that_does_not_exist_is_passed_over),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
