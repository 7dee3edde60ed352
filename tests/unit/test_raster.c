#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cairo.h>

#include "geo/shape.h"
#include "output/canvas.h"
#include "output/raster.h"

enum { SIDE = 64 };

struct picture {
    int coverage[SIDE][SIDE];
    int last_y, last_x;
};

/* Runs come row by row, left to right, none twice. */
static void keep(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct picture *p = user;
    assert_in_range(coverage, 1, 255);
    assert_true(0 <= y && y < SIDE && 0 <= x0 && x0 < x1 && x1 <= SIDE);
    assert_true(y > p->last_y || (y == p->last_y && x0 >= p->last_x));
    p->last_y = y;
    p->last_x = x1;
    for (int x = x0; x < x1; x++)
        p->coverage[y][x] = (int)coverage;
}

static struct picture fill(struct pm_raster *raster, const struct pm_path *path,
                           enum pm_fill_rule rule)
{
    struct picture p = {.last_y = -1};
    pm_raster_fill(raster, path, rule, keep, &p);
    return p;
}

static struct picture stroke(struct pm_raster *raster, const struct pm_path *path, double width)
{
    struct picture p = {.last_y = -1};
    pm_raster_stroke(raster, path, width, keep, &p);
    return p;
}

static double sum(const struct picture *p)
{
    double total = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            total += p->coverage[y][x];
    return total / 255;
}

static int open_raster(void **state)
{
    *state = pm_raster_new(SIDE, SIDE);
    return 0;
}

static int close_raster(void **state)
{
    pm_raster_free(*state);
    return 0;
}

/* xorshift: G. Marsaglia 2003 */
static double random_share(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed / 4294967296.0;
}

/* ---- fills --------------------------------------------------------------------------------------- */

static void a_box_between_pixels_covers_its_share_of_each(void **state)
{
    struct pm_path path = {0};
    pm_path_box(&path, pm_box_of(2.25, 3.5, 2, 1.25)); /* x 2.25..4.25, y 3.5..4.75 */
    struct picture p = fill(*state, &path, PM_EVEN_ODD);
    const double wide[] = {0.75, 1, 0.25}, high[] = {0.5, 0.75};
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            bool in = x >= 2 && x < 5 && y >= 3 && y < 5;
            double share = in ? wide[x - 2] * high[y - 3] : 0;
            assert_int_equal(p.coverage[y][x], (int)(share * 255 + 0.5));
        }
    pm_path_finish(&path);
}

static void a_triangle_is_exact_in_every_pixel(void **state)
{
    const struct pm_pt corners[] = {{0, 0}, {4, 0}, {0, 4}};
    struct pm_path path = {0};
    pm_path_ring(&path, corners, 3);
    struct picture p = fill(*state, &path, PM_NONZERO);
    for (int y = 0; y < 5; y++)
        for (int x = 0; x < 5; x++)
            assert_int_equal(p.coverage[y][x], x + y < 3 ? 255 : x + y == 3 ? 128 : 0);
    pm_path_finish(&path);
}

static void rules_differ_where_rings_nest(void **state)
{
    for (int reversed = 0; reversed < 2; reversed++) {
        const struct pm_pt hole[] = {{8.5, 8.5}, {12, 8.5}, {12, 12}, {8.5, 12}};
        const struct pm_pt back[] = {{8.5, 8.5}, {8.5, 12}, {12, 12}, {12, 8.5}};
        struct pm_path path = {0};
        pm_path_box(&path, pm_box_of(5, 5, 10, 10));
        pm_path_ring(&path, reversed ? back : hole, 4);
        struct picture odd = fill(*state, &path, PM_EVEN_ODD);
        struct picture nonzero = fill(*state, &path, PM_NONZERO);
        assert_int_equal(odd.coverage[10][10], 0);
        assert_int_equal(odd.coverage[8][8], 191);
        assert_int_equal(odd.coverage[6][6], 255);
        assert_int_equal(nonzero.coverage[10][10], reversed ? 0 : 255);
        assert_int_equal(nonzero.coverage[6][6], 255);
        pm_path_finish(&path);
    }
}

/* Coverage adds up to the area that the shoelace formula gives. */
static void coverage_adds_up_to_the_area(void **state)
{
    uint32_t seed = 7;
    struct pm_path path = {0};
    for (int round = 0; round < 500; round++) {
        struct pm_pt ring[24];
        size_t count = 3 + (size_t)(random_share(&seed) * 21);
        for (size_t i = 0; i < count; i++) { /* a star: it does not cross itself */
            double angle = 2 * M_PI * (double)i / (double)count;
            double radius = 1 + 29 * random_share(&seed);
            ring[i] = (struct pm_pt){32 + radius * cos(angle), 32 + radius * sin(angle)};
        }
        pm_path_ring(&path, ring, count);
        struct picture p = fill(*state, &path, PM_EVEN_ODD);
        assert_true(fabs(sum(&p) - fabs(pm_ring_area(ring, count))) < 0.5);
        path.ops.n = path.points.n = 0;
    }
    pm_path_finish(&path);
}

static cairo_surface_t *with_cairo(const struct pm_path *path, double width)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, SIDE, SIDE);
    cairo_t *cr = cairo_create(surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_BEST);
    for (size_t i = 0; i < path->points.n; i++)
        cairo_line_to(cr, path->points.v[i].x, path->points.v[i].y);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_width(cr, width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (width > 0)
        cairo_stroke(cr);
    else
        cairo_fill(cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* Largest and mean square difference from cairo's picture. */
static double difference(const struct picture *p, const struct pm_path *path, double width,
                         int *largest)
{
    cairo_surface_t *surface = with_cairo(path, width);
    double squares = 0, inked = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int theirs = cairo_image_surface_get_data(
                surface)[y * cairo_image_surface_get_stride(surface) + x];
            int d = abs(theirs - p->coverage[y][x]);
            *largest = d > *largest ? d : *largest;
            squares += d * d;
            inked += theirs > 0 || p->coverage[y][x] > 0;
        }
    cairo_surface_destroy(surface);
    return sqrt(squares / fmax(inked, 1));
}

/* Against each pixel's cut with the triangle; cairo, which samples 15 rows a pixel, comes near. */
static void random_triangles_are_exact(void **state)
{
    uint32_t seed = 11;
    struct pm_path path = {0};
    struct pm_arena arena = {0};
    int largest = 0;
    for (int round = 0; round < 200; round++) {
        struct pm_pt ring[3];
        for (int i = 0; i < 3; i++)
            ring[i] = (struct pm_pt){80 * random_share(&seed) - 8, 80 * random_share(&seed) - 8};
        pm_path_ring(&path, ring, 3);
        struct picture p = fill(*state, &path, PM_EVEN_ODD);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                size_t count = 0;
                struct pm_pt *cut = pm_clip_ring(ring, 3, pm_box_of(x, y, 1, 1), &arena, &count);
                double share = count ? fabs(pm_ring_area(cut, count)) : 0;
                assert_true(fabs(p.coverage[y][x] - 255 * share) < 0.6);
            }
        assert_true(difference(&p, &path, 0, &largest) < 9);
        path.ops.n = path.points.n = 0;
        pm_arena_finish(&arena);
        arena = (struct pm_arena){0};
    }
    assert_in_range(largest, 0, 20);
    pm_path_finish(&path);
}

static void what_leaves_the_clip_changes_nothing_inside(void **state)
{
    uint32_t seed = 5;
    struct pm_path path = {0};
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 5; i++) {
            double x = 200 * random_share(&seed) - 70, y = 200 * random_share(&seed) - 70;
            if (i)
                pm_path_line(&path, x, y);
            else
                pm_path_move(&path, x, y);
        }
        struct picture whole =
            round & 1 ? stroke(*state, &path, 5) : fill(*state, &path, PM_EVEN_ODD);
        pm_raster_clip(*state, pm_box_of(10, 20, 30, 25));
        struct picture part =
            round & 1 ? stroke(*state, &path, 5) : fill(*state, &path, PM_EVEN_ODD);
        pm_raster_clip(*state, pm_box_of(0, 0, SIDE, SIDE));
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                bool in = x >= 10 && x < 40 && y >= 20 && y < 45;
                assert_in_range(part.coverage[y][x] + 1, in ? whole.coverage[y][x] : 1,
                                in ? whole.coverage[y][x] + 2 : 1);
            }
        path.ops.n = path.points.n = 0;
    }
    pm_path_finish(&path);
}

/* ---- strokes ------------------------------------------------------------------------------------- */

/* Lines that wander as borders do: cairo's coverage is of the area, ours of the distance, so they
 * differ a little everywhere, and most in the corner of two lines that leave a pixel together. */
static void random_lines_look_like_those_of_cairo(void **state)
{
    static const double widths[] = {0.5, 0.9, 2, 4.2, 9};
    uint32_t seed = 3;
    struct pm_path path = {0};
    int largest = 0;
    for (int round = 0; round < 200; round++) {
        double x = 32, y = 32, heading = 7 * random_share(&seed);
        pm_path_move(&path, x, y);
        for (int i = 0; i < 6; i++) {
            double length = 1 + 4 * random_share(&seed);
            heading += random_share(&seed) - 0.5;
            pm_path_line(&path, x += length * cos(heading), y += length * sin(heading));
        }
        double width = widths[round % 5];
        struct picture p = stroke(*state, &path, width);
        assert_true(difference(&p, &path, width, &largest) < 12);
        path.ops.n = path.points.n = 0;
    }
    assert_in_range(largest, 0, 64);
    pm_path_finish(&path);
}

/* A line drawn twice, back and forth, or cut into many pieces is the same line. */
static void overlaps_do_not_darken(void **state)
{
    struct pm_path once = {0}, often = {0};
    pm_path_move(&once, 5, 5.5);
    pm_path_line(&once, 55, 47);
    for (int i = 0; i < 3; i++) {
        pm_path_move(&often, 5, 5.5);
        for (int k = 1; k <= 25; k++)
            pm_path_line(&often, 5 + 2 * k, 5.5 + 41.5 * k / 25);
        pm_path_line(&often, 5, 5.5);
    }
    struct picture a = stroke(*state, &once, 1.2), b = stroke(*state, &often, 1.2);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            assert_in_range(b.coverage[y][x] + 1, a.coverage[y][x], a.coverage[y][x] + 2);
    pm_path_finish(&once);
    pm_path_finish(&often);
}

static void a_stroke_has_the_ink_of_its_width(void **state)
{
    static const double widths[] = {0.3, 0.9, 1, 2.6, 7};
    for (int i = 0; i < 5; i++)
        for (int turn = 0; turn <= 90; turn += 5) {
            double c = cos(turn * M_PI / 180), s = sin(turn * M_PI / 180), w = widths[i];
            struct pm_path path = {0};
            pm_path_move(&path, 10.3, 10.7);
            pm_path_line(&path, 10.3 + 40 * c, 10.7 + 40 * s);
            struct picture p = stroke(*state, &path, w);
            double wanted = 40 * w + M_PI * w * w / 4;
            assert_true(fabs(sum(&p) - wanted) < 0.05 * 40); /* a twentieth of a pixel in width */
            pm_path_finish(&path);
        }
}

/* ---- bands --------------------------------------------------------------------------------------- */

enum { WIDE = 2000, HIGH = 600, STRIPE = 37 };

static void keep_wide(void *user, int y, int x0, int x1, unsigned coverage)
{
    unsigned char *pixels = user;
    assert_true(0 <= y && y < HIGH && 0 <= x0 && x0 < x1 && x1 <= WIDE);
    memset(pixels + (size_t)y * WIDE + x0, (int)coverage, (size_t)(x1 - x0));
}

/* A large page is drawn in bands: no trace of them may be seen, whatever rows are asked for. */
static void bands_leave_no_trace(void **state)
{
    unsigned char *whole = calloc(HIGH, WIDE), *parts = calloc(HIGH, WIDE);
    struct pm_raster *raster = pm_raster_new(WIDE, HIGH);
    struct pm_path path = {0};
    uint32_t seed = 17;
    (void)state;
    for (int i = 0; i < 40; i++) {
        double x = WIDE * random_share(&seed), y = HIGH * random_share(&seed);
        struct pm_pt via = {WIDE * random_share(&seed), HIGH * random_share(&seed)};
        if (i == 0)
            pm_path_move(&path, x, y);
        else if (i % 4)
            pm_path_line(&path, x, y);
        else
            pm_path_curve(&path, via, via, (struct pm_pt){x, y});
    }
    for (int way = 0; way < 2; way++) {
        for (int y = -STRIPE; y < HIGH; y += STRIPE) {
            bool all = y < 0;
            pm_raster_clip(raster,
                           all ? pm_box_of(0, 0, WIDE, HIGH) : pm_box_of(0, y, WIDE, STRIPE));
            if (way == 0)
                pm_raster_fill(raster, &path, PM_EVEN_ODD, keep_wide, all ? whole : parts);
            else
                pm_raster_stroke(raster, &path, 6, keep_wide, all ? whole : parts);
        }
        for (size_t i = 0; i < (size_t)WIDE * HIGH; i++)
            if (whole[i] != parts[i])
                assert_in_range(whole[i] + 1, parts[i], parts[i] + 2);
    }
    pm_path_finish(&path);
    pm_raster_free(raster);
    free(whole);
    free(parts);
}

static void an_empty_clip_shows_nothing(void **state)
{
    static const double boxes[][4] = {{64, 0, 9, 9}, {70, 0, 5, 64}, {0, 0, 0, 64}, {5, 64, 9, 9}};
    struct pm_path path = {0};
    pm_path_box(&path, pm_box_of(-100, -100, 300, 300));
    for (int i = 0; i < 4; i++) {
        pm_raster_clip(*state, pm_box_of(boxes[i][0], boxes[i][1], boxes[i][2], boxes[i][3]));
        struct picture filled = fill(*state, &path, PM_NONZERO);
        struct picture stroked = stroke(*state, &path, 400);
        assert_true(sum(&filled) == 0 && sum(&stroked) == 0);
    }
    pm_raster_clip(*state, pm_box_of(0, 0, SIDE, SIDE));
    pm_path_finish(&path);
}

/* ---- mosaics --------------------------------------------------------------------------------------- */

/* A grid of crooked quadrilaterals: inner corners are moved at random. */
static void draw_mosaic(struct pm_canvas *canvas, const pm_color *colors, size_t count)
{
    enum { CELLS = 12 };
    struct pm_pt corners[CELLS + 1][CELLS + 1];
    struct pm_path path = {0};
    uint32_t seed = 9;
    for (int i = 0; i <= CELLS; i++)
        for (int k = 0; k <= CELLS; k++)
            corners[i][k] = (struct pm_pt){4 + 4.6 * k + 3 * random_share(&seed),
                                           4 + 4.6 * i + 3 * random_share(&seed)};
    for (int i = 0; i < CELLS; i++)
        for (int k = 0; k < CELLS; k++) {
            const struct pm_pt ring[] = {corners[i][k], corners[i][k + 1], corners[i + 1][k + 1],
                                         corners[i + 1][k]};
            const struct pm_pt back[] = {ring[3], ring[2], ring[1], ring[0]};
            pm_path_ring(&path, (i + k) % 3 ? ring : back, 4);
            pm_canvas_piece(canvas, &path, colors[(size_t)(i * k + k) % count]);
            path.ops.n = path.points.n = 0;
        }
    pm_canvas_end_mosaic(canvas);
    pm_path_finish(&path);
}

static void a_mosaic_of_one_colour_has_no_seams(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    const pm_color red = 0xDF524BFF;
    (void)state;
    struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFFFFFFFF, NULL);
    draw_mosaic(canvas, &red, 1);
    for (int y = 9; y < 55; y++)
        for (int x = 9; x < 55; x++)
            assert_int_equal(pixels[y * SIDE + x], 0xFFDF524B);
    pm_canvas_free(canvas);
}

/* Where white and black meet on a red ground there is grey, and nothing of the red. */
static void a_mosaic_lets_nothing_of_the_ground_through(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    const pm_color colors[] = {0x000000FF, 0xFFFFFFFF};
    (void)state;
    struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFF0000FF, NULL);
    draw_mosaic(canvas, colors, 2);
    for (int y = 9; y < 55; y++)
        for (int x = 9; x < 55; x++) {
            uint32_t p = pixels[y * SIDE + x], r = p >> 16 & 0xFF, b = p & 0xFF;
            assert_in_range(r, b, b + 2);
        }
    pm_canvas_free(canvas);
}

/* A box with a hole, stroked with 8 px: 4 px along the edges inside, and none outside or in the hole. */
static void of_an_inner_stroke_only_what_lies_inside_is_seen(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    struct pm_path path = {0};
    (void)state;
    struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFFFFFFFF, NULL);
    pm_path_box(&path, pm_box_of(8, 8, 48, 48));
    pm_path_box(&path, pm_box_of(24, 24, 16, 16));
    for (int twice = 0; twice < 2; twice++)
        pm_canvas_stroke_inner(canvas, &path, 8, 0x0000FFFF);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int edge = (int)fmin(fmin(x - 8, 55 - x), fmin(y - 8, 55 - y));
            int hole = (int)fmax(fmax(24 - x, x - 39), fmax(24 - y, y - 39));
            bool inside = edge >= 0 && hole > 0, near = edge < 4 || hole <= 4;
            bool corner =
                (x < 24 || x > 39) && (y < 24 || y > 39) && edge >= 4; /* off the hole: round */
            unsigned red = pixels[y * SIDE + x] >> 16 & 0xFF; /* a stroke is wide to 1/16 px */
            if (!corner)
                assert_in_range(red, inside && near ? 0 : 255 - 16, inside && near ? 16 : 255);
        }
    pm_canvas_free(canvas);
    pm_path_finish(&path);
}

/* Against the rules, but data are what they are: later pieces win, and no sum overflows. */
static void pieces_that_overlap_look_sane(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    struct pm_path path = {0};
    (void)state;
    struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFFFFFFFF, NULL);
    for (int i = 0; i < 20; i++) {
        pm_path_box(&path, pm_box_of(8.4, 8.4, 20.2, 20.2));
        pm_canvas_piece(canvas, &path, 0x808080FF);
        path.ops.n = path.points.n = 0;
    }
    pm_canvas_end_mosaic(canvas);
    for (int i = 0; i < SIDE * SIDE; i++)
        assert_true((pixels[i] & 0xFF) >= 0x80);
    assert_int_equal(pixels[20 * SIDE + 20], 0xFF808080);
    assert_int_equal(pixels[20 * SIDE + 8], 0xFF808080); /* 20 times 0.6 of it */
    pm_path_finish(&path);
    pm_canvas_free(canvas);
}

/* A piece over the soft edge of an earlier one hides it, and one with a soft edge over that is mixed
 * with what hides. Pixels of any value may lie beneath: cairo leaves their fourth byte as it likes. */
static void later_pieces_hide_earlier_ones(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    const double left[] = {8.5, 4, 8.5};
    const pm_color colors[] = {0xFF0000FF, 0x00FF00FF, 0x0000FFFF};
    struct pm_path path = {0};
    (void)state;
    for (int count = 1; count <= 3; count++) {
        struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFFFFFFFF, NULL);
        memset(pixels, 0, sizeof pixels);
        for (int i = 0; i < count; i++) {
            pm_path_box(&path, pm_box_of(left[i], 8, 20, 20));
            pm_canvas_piece(canvas, &path, colors[i]);
            path.ops.n = path.points.n = 0;
        }
        pm_canvas_end_mosaic(canvas);
        static const uint32_t wanted[] = {0, 0xFF800000, 0xFF00FF00, 0xFF007F80};
        assert_int_equal(pixels[10 * SIDE + 8], wanted[count]);
        assert_int_equal(pixels[40 * SIDE + 8], 0); /* untouched */
        pm_canvas_free(canvas);
    }
    pm_path_finish(&path);
}

/* Half transparent pieces don't hide, whole or in part. */
static void transparent_pieces_have_their_share(void **state)
{
    static uint32_t pixels[SIDE * SIDE];
    struct pm_path path = {0};
    (void)state;
    struct pm_canvas *canvas = pm_canvas_new(pixels, SIDE, SIDE, SIDE, 0xFFFFFFFF, NULL);
    pm_path_box(&path, pm_box_of(8.5, 8, 20, 20));
    pm_canvas_piece(canvas, &path, 0x00000080);
    pm_canvas_end_mosaic(canvas);
    assert_int_equal(pixels[10 * SIDE + 10], 0xFF7F7F7F);
    assert_int_equal(pixels[10 * SIDE + 8], 0xFFBFBFBF);
    pm_path_finish(&path);
    pm_canvas_free(canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_box_between_pixels_covers_its_share_of_each),
        cmocka_unit_test(a_triangle_is_exact_in_every_pixel),
        cmocka_unit_test(rules_differ_where_rings_nest),
        cmocka_unit_test(coverage_adds_up_to_the_area),
        cmocka_unit_test(random_triangles_are_exact),
        cmocka_unit_test(what_leaves_the_clip_changes_nothing_inside),
        cmocka_unit_test(random_lines_look_like_those_of_cairo),
        cmocka_unit_test(overlaps_do_not_darken),
        cmocka_unit_test(a_stroke_has_the_ink_of_its_width),
        cmocka_unit_test(bands_leave_no_trace),
        cmocka_unit_test(an_empty_clip_shows_nothing),
        cmocka_unit_test(later_pieces_hide_earlier_ones),
        cmocka_unit_test(transparent_pieces_have_their_share),
        cmocka_unit_test(a_mosaic_of_one_colour_has_no_seams),
        cmocka_unit_test(a_mosaic_lets_nothing_of_the_ground_through),
        cmocka_unit_test(of_an_inner_stroke_only_what_lies_inside_is_seen),
        cmocka_unit_test(pieces_that_overlap_look_sane),
    };
    return cmocka_run_group_tests(tests, open_raster, close_raster);
}
