/* What is kept is what would be drawn. */
#include "check.h"

#include "output/covers.h"

enum { SIDE = 64, SHAPES = 24 };

struct picture {
    uint8_t coverage[SIDE][SIDE];
    int runs;
};

static void keep(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct picture *p = user;
    p->runs++;
    memset(&p->coverage[y][x0], (int)coverage, (size_t)(x1 - x0));
}

static double random_place(uint32_t *seed)
{
    return check_random(seed) % 8000 / 100.0 - 8;
}

/* A few lines and curves, the same for the same number. */
static struct pm_path shape_of(uint32_t number)
{
    struct pm_path path = {0};
    uint32_t seed = number * 7919 + 1;
    for (int i = 0; i < 3; i++) {
        pm_path_move(&path, random_place(&seed), random_place(&seed));
        for (int k = 0; k < 12; k++)
            pm_path_line(&path, random_place(&seed), random_place(&seed));
        pm_path_curve(&path, (struct pm_pt){10, random_place(&seed)},
                      (struct pm_pt){random_place(&seed), 20}, (struct pm_pt){30, 30});
        pm_path_close(&path);
    }
    return path;
}

static void assert_drawn_alike(struct pm_covers *covers, struct pm_raster *raster,
                               struct pm_shape shape)
{
    struct picture *got = calloc(1, sizeof *got), *wanted = calloc(1, sizeof *wanted);
    const struct pm_cover *cover = pm_cover_of(covers, raster, shape);
    if (cover)
        pm_cover_draw(cover, NULL, keep, got);
    else
        pm_shape_draw(raster, shape, keep, got);
    if (shape.inner)
        pm_raster_stroke_inner(raster, shape.path, shape.width, keep, wanted);
    else if (shape.width > 0)
        pm_raster_stroke(raster, shape.path, shape.width, keep, wanted);
    else
        pm_raster_fill(raster, shape.path, shape.rule, keep, wanted);
    assert_memory_equal(got, wanted, sizeof *got);
    free(got);
    free(wanted);
}

/* Fills by both rules and strokes of two widths, whole and clipped, of shapes from `first` on. */
static void draw_shapes(struct pm_covers *covers, uint32_t first)
{
    struct pm_raster *raster = pm_raster_new(SIDE, SIDE);
    pm_covers_begin(covers);
    for (uint32_t i = first; i < first + SHAPES; i++) {
        struct pm_path path = shape_of(i);
        pm_raster_clip(raster, pm_box_of(0, 0, SIDE, SIDE));
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_EVEN_ODD, 0, false});
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_NONZERO, 0, false});
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_EVEN_ODD, 1.5, false});
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_EVEN_ODD, 1.5, true});
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_EVEN_ODD, 1.5000001, false});
        pm_raster_clip(raster, pm_box_of(5, 9, 40, i % 50));
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_NONZERO, 0, false});
        assert_drawn_alike(covers, raster, (struct pm_shape){&path, PM_EVEN_ODD, 1.5, false});
        pm_path_finish(&path);
    }
    pm_raster_free(raster);
}

/* Pictures that have all, half and nothing of the one before; with room for all, for some and for none. */
static void what_is_kept_is_what_would_be_drawn(void **state)
{
    static const uint32_t firsts[] = {0, 0, 0, SHAPES / 2, SHAPES / 2, 500, 0, 3, 500};
    static const size_t rooms[] = {8 << 20, 200000, 3000, 1, 0};
    (void)state;
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct pm_covers *covers = pm_covers_new(rooms[i]);
        for (size_t k = 0; k < sizeof firsts / sizeof *firsts; k++)
            draw_shapes(covers, firsts[k]);
        pm_covers_free(covers);
    }
    draw_shapes(NULL, 0);
    pm_covers_free(NULL);
}

/* However many pictures there are, and however alike. */
static void no_more_is_kept_than_may_be(void **state)
{
    enum { MOST = 50000, PICTURES = 40 };
    struct pm_covers *covers = pm_covers_new(MOST);
    size_t first = 0;
    (void)state;
    for (int picture = 0; picture < PICTURES; picture++) {
        draw_shapes(covers, picture % 4 == 3 ? SHAPES / 2 : 0);
        first = picture == 2 ? pm_covers_size(covers) : first;
        assert_true(picture < 2 || pm_covers_size(covers) < MOST + MOST / 4);
    }
    assert_true(first > MOST / 2);
    pm_covers_free(covers);
}

/* The same beginning, which is all that is hashed; a different end. */
static void shapes_that_begin_alike_are_told_apart(void **state)
{
    struct pm_covers *covers = pm_covers_new(1 << 20);
    struct pm_raster *raster = pm_raster_new(SIDE, SIDE);
    (void)state;
    for (int picture = 0; picture < 3; picture++) {
        pm_covers_begin(covers);
        for (int end = 0; end < 20; end++) {
            struct pm_path path = {0};
            pm_path_move(&path, 1, 1);
            for (int i = 0; i < 40; i++)
                pm_path_line(&path, i % 2 ? 50 : 5, 2 + i);
            pm_path_line(&path, 60, end * 3);
            assert_drawn_alike(covers, raster,
                               (struct pm_shape){&path, PM_EVEN_ODD, end % 2, false});
            pm_path_finish(&path);
        }
        struct pm_path nothing = {0};
        assert_drawn_alike(covers, raster, (struct pm_shape){&nothing, PM_EVEN_ODD, 0, false});
    }
    pm_raster_free(raster);
    pm_covers_free(covers);
}

/* ---- tiles ----------------------------------------------------------------------------------------- */

static struct pm_tiles some_tiles(uint32_t *seed)
{
    struct pm_tiles tiles;
    pm_tiles_make(&tiles, SIDE, SIDE);
    for (unsigned left = check_random(seed) % 4; left; left--) {
        int x = (int)(check_random(seed) % SIDE), y = (int)(check_random(seed) % SIDE);
        pm_tiles_mark(&tiles, y, x, x + 1);
    }
    pm_tiles_join(&tiles);
    return tiles;
}

static bool is_marked(const struct pm_tiles *tiles, int y, int x)
{
    return pm_tiles_any(tiles, y, x, x + 1);
}

/* Of a cover the marked tiles, and nothing else; where two covers are not alike is marked. */
static void tiles_part_what_is_drawn(void **state)
{
    struct pm_covers *covers = pm_covers_new(8 << 20);
    struct pm_raster *raster = pm_raster_new(SIDE, SIDE);
    struct picture *whole = calloc(2, sizeof *whole), *part = calloc(1, sizeof *part);
    uint32_t seed = 5;
    (void)state;
    pm_covers_begin(covers);
    pm_covers_begin(covers);
    for (uint32_t i = 0; i < 60; i++) {
        const struct pm_cover *two[2];
        struct pm_tiles tiles = some_tiles(&seed);
        memset(part, 0, sizeof *part);
        for (uint32_t k = 0; k < 2; k++) {
            struct pm_path path = shape_of(i + k);
            two[k] = pm_cover_of(covers, raster, (struct pm_shape){.path = &path, .width = i % 3});
            memset(&whole[k], 0, sizeof *whole);
            pm_cover_draw(two[k], NULL, keep, &whole[k]);
            pm_path_finish(&path);
        }
        pm_cover_draw(two[0], &tiles, keep, part);
        bool meets = false;
        for (int at = 0; at < SIDE * SIDE; at++) {
            int y = at / SIDE, x = at % SIDE, coverage = whole[0].coverage[y][x];
            assert_int_equal(part->coverage[y][x], is_marked(&tiles, y, x) ? coverage : 0);
            meets = meets || (coverage && is_marked(&tiles, y, x));
        }
        assert_true(meets ? pm_cover_meets(two[0], &tiles) : true);
        pm_tiles_clear(&tiles);
        assert_false(pm_cover_meets(two[0], &tiles));
        pm_cover_mark_differences(two[0], two[0], &tiles);
        assert_false(pm_tiles_any(&tiles, 0, 0, SIDE) || pm_tiles_any(&tiles, SIDE - 1, 0, SIDE));
        pm_cover_mark_differences(two[0], two[1], &tiles);
        for (int at = 0; at < SIDE * SIDE; at++)
            if (whole[0].coverage[at / SIDE][at % SIDE] != whole[1].coverage[at / SIDE][at % SIDE])
                assert_true(is_marked(&tiles, at / SIDE, at % SIDE));
        pm_tiles_finish(&tiles);
    }
    free(whole);
    free(part);
    pm_raster_free(raster);
    pm_covers_free(covers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_part_what_is_drawn),
        cmocka_unit_test(what_is_kept_is_what_would_be_drawn),
        cmocka_unit_test(shapes_that_begin_alike_are_told_apart),
        cmocka_unit_test(no_more_is_kept_than_may_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
