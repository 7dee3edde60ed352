/* Animations: whatever the frames hold, each is found again in what they are made into, and what they share is
 * there once. And APNG: a decoder that knows nothing of provmap gets the pictures of the frames. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "demo_scene.h"
#include "output/output.h"
#include "output/picture.h"

enum { FRAMES = 5 };

static unsigned below(uint32_t *seed, unsigned count)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % count;
}

/* ---- frames into one scene and back --------------------------------------------------------- */

/* A group of this depth whose things all frames have in one order, but not all of them and not always alike. */
static void add_things(struct pm_scene *scene, uint32_t *shared, uint32_t *own, int depth)
{
    static const char *const patterns[] = {"hatch", "lines"};
    unsigned count = 2 + below(shared, 5);
    for (unsigned i = 0; i < count; i++) {
        uint32_t inner = *shared = *shared * 22695477U + 1;
        unsigned kind = below(&inner, 4), number = below(&inner, 1000);
        bool named = below(&inner, 2), missing = below(own, 4) == 0, changed = below(own, 3) == 0;
        char key[16], classes[16];
        snprintf(key, sizeof key, "%d-%u", depth, i);
        snprintf(classes, sizeof classes, "c%u", number);
        const struct pm_ident ident = {
            .role = named ? "area" : NULL, .key = named ? key : NULL, .classes = classes};
        if (missing)
            continue;
        if (kind == 0 && depth < 3) {
            pm_scene_begin(scene, &ident, (struct pm_box){0});
            add_things(scene, &inner, own, depth + 1);
            pm_scene_end(scene);
        } else if (kind == 1) {
            demo_text(scene, changed ? "new" : "old", "en", i, number, PM_ANCHOR_LEFT, 0);
        } else {
            struct pm_path path = {0};
            struct pm_paint paint = {.fill = changed ? 0xFF0000FF : 0x00FF00FF};
            pm_path_box(&path, pm_box_of(number, i, 10, 10));
            if (kind == 2) /* numbered in the order in which each frame meets them */
                paint.pattern = pm_scene_pattern(
                    scene, (struct pm_pattern){.id = patterns[changed], .spacing = 5, .width = 1});
            pm_scene_path(scene, &ident, &path, paint);
            pm_path_finish(&path);
        }
    }
}

/* Without the patterns' list, whose order is each scene's own: a dump names them. */
static void assert_same(const struct pm_scene *a, const struct pm_scene *b)
{
    struct pm_str x = {0}, y = {0};
    pm_scene_dump(a, &x);
    pm_scene_dump(b, &y);
    const char *from = strstr(x.s, "\n  "), *other = strstr(y.s, "\n  ");
    assert_string_equal(from ? from : "", other ? other : "");
    pm_str_finish(&x);
    pm_str_finish(&y);
}

static void each_frame_is_found_again(void **state)
{
    (void)state;
    size_t separate = 0, together = 0;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        struct pm_scene frames[FRAMES], all = {0};
        for (int i = 0; i < FRAMES; i++) {
            uint32_t shared = seed, own = seed * 31 + (uint32_t)i / 2;
            demo_begin(&frames[i], 100, 50);
            pm_scene_begin(&frames[i], NULL, (struct pm_box){0});
            add_things(&frames[i], &shared, &own, 0);
            pm_scene_end(&frames[i]);
            separate += frames[i].nodes.n;
        }
        pm_scene_animate(&all, frames, FRAMES);
        assert_int_equal(all.frame_count, FRAMES);
        together += all.nodes.n;
        for (size_t i = 0; i < FRAMES; i++) {
            struct pm_scene still = pm_scene_still(&all, i);
            for (size_t k = 0; k < still.nodes.n; k++)
                still.nodes.v[k].frames = (struct pm_frames){0};
            assert_same(&still, &frames[i]);
            pm_scene_still_finish(&still);
        }
        for (int i = 0; i < FRAMES; i++)
            pm_scene_finish(&frames[i]);
        pm_scene_finish(&all);
    }
    assert_true(together < separate / 2);
}

static void what_all_frames_have_is_there_once(void **state)
{
    (void)state;
    struct pm_scene frames[3], all = {0};
    for (int i = 0; i < 3; i++) {
        demo_begin(&frames[i], 100, 50);
        pm_scene_begin(&frames[i], &(struct pm_ident){.classes = "map"}, (struct pm_box){0});
        demo_text(&frames[i], "Kabul", "en", 1, 2, PM_ANCHOR_LEFT, 0);
        demo_text(&frames[i], i == 2 ? "after" : "before", "en", 1, 9, PM_ANCHOR_LEFT, 0);
        pm_scene_end(&frames[i]);
    }
    pm_scene_animate(&all, frames, 3);
    assert_int_equal(all.nodes.n, 5);
    assert_int_equal(all.nodes.v[0].frames.end, 0);
    assert_string_equal(all.nodes.v[1].run.s, "Kabul");
    assert_int_equal(all.nodes.v[1].frames.end, 0);
    assert_string_equal(all.nodes.v[2].run.s, "before");
    assert_int_equal(all.nodes.v[2].frames.first, 0);
    assert_int_equal(all.nodes.v[2].frames.end, 2);
    assert_string_equal(all.nodes.v[3].run.s, "after");
    assert_int_equal(all.nodes.v[3].frames.first, 2);
    assert_int_equal(all.nodes.v[3].frames.end, 3);
    all.frame_seconds = 2;
    assert_true(pm_frame_begins(&all, 1) == 2 && pm_frame_begins(&all, 3) == 10);
    for (int i = 0; i < 3; i++)
        pm_scene_finish(&frames[i]);
    pm_scene_finish(&all);
}

/* Frames that have the same things in another order contradict one another: none is lost. */
static void a_contradiction_loses_nothing(void **state)
{
    (void)state;
    static const char *const names[][3] = {{"A", "B", "C"}, {"C", "A", "B"}, {"B", "C", "A"}};
    struct pm_scene frames[3], all = {0};
    for (int i = 0; i < 3; i++) {
        demo_begin(&frames[i], 100, 50);
        for (int k = 0; k < 3; k++) {
            const struct pm_ident ident = {.role = "area", .key = names[i][k]};
            pm_scene_begin(&frames[i], &ident, (struct pm_box){0});
            pm_scene_end(&frames[i]);
        }
    }
    pm_scene_animate(&all, frames, 3);
    for (size_t i = 0; i < 3; i++) {
        struct pm_scene still = pm_scene_still(&all, i);
        unsigned seen = 0;
        assert_int_equal(still.nodes.n, 6);
        for (size_t k = 0; k < still.nodes.n; k += 2)
            seen |= 1U << (still.nodes.v[k].ident.key[0] - 'A');
        assert_int_equal(seen, 7);
        pm_scene_still_finish(&still);
        pm_scene_finish(&frames[i]);
    }
    pm_scene_finish(&all);
}

/* ---- APNG --------------------------------------------------------------------------------------- */

static uint32_t u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What a decoder keeps. */
struct decoder {
    uint32_t width, height;
    uint32_t frames, sequence, shown;
    uint32_t *canvas, *still;
    uint32_t x, y, w, h, delay;
};

/* Rows of RGBA with filter 0, over what is there: alpha is all or nothing. */
static void cover(const struct decoder *d, uint32_t *canvas, const uint8_t *data, size_t size,
                  struct pm_box at)
{
    size_t w = (size_t)pm_box_w(at), h = (size_t)pm_box_h(at), length = h * (4 * w + 1), got = 0;
    uint8_t *rows = malloc(length);
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(z, data, size, rows, length, &got),
                     LIBDEFLATE_SUCCESS);
    assert_int_equal(got, length);
    for (size_t y = 0; y < h; y++) {
        const uint8_t *row = rows + y * (4 * w + 1);
        assert_int_equal(row[0], 0);
        for (size_t x = 0; x < w; x++) {
            const uint8_t *p = row + 1 + 4 * x;
            assert_true(p[3] == 0 || p[3] == 255);
            if (p[3])
                canvas[((size_t)at.y0 + y) * d->width + (size_t)at.x0 + x] =
                    0xFF000000U | (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        }
    }
    libdeflate_free_decompressor(z);
    free(rows);
}

static void assert_picture(const struct decoder *d, const uint32_t *canvas,
                           const struct pm_scene *scene, size_t frame, struct pm_fonts *fonts)
{
    struct pm_scene still = pm_scene_still(scene, frame);
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    cairo_surface_t *surface = pm_picture(&still, fonts, NULL, &status);
    const uint8_t *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (uint32_t y = 0; y < d->height; y++)
        assert_memory_equal(canvas + y * d->width, pixels + (ptrdiff_t)y * stride, d->width * 4);
    cairo_surface_destroy(surface);
    pm_scene_still_finish(&still);
}

static void read_chunk(struct decoder *d, const uint8_t *type, const uint8_t *data, size_t size)
{
    if (!memcmp(type, "IHDR", 4)) {
        d->width = u32(data);
        d->height = u32(data + 4);
        assert_int_equal(data[9], 6);
        d->canvas = calloc((size_t)d->width * d->height, 4);
        d->still = calloc((size_t)d->width * d->height, 4);
    } else if (!memcmp(type, "acTL", 4)) {
        d->frames = u32(data);
        assert_int_equal(u32(data + 4), 0);
    } else if (!memcmp(type, "IDAT", 4)) {
        assert_int_equal(d->sequence, 0); /* no control before it: it is not a frame */
        cover(d, d->still, data, size, pm_box_of(0, 0, d->width, d->height));
    } else if (!memcmp(type, "fcTL", 4)) {
        assert_int_equal(u32(data), d->sequence++);
        d->w = u32(data + 4);
        d->h = u32(data + 8);
        d->x = u32(data + 12);
        d->y = u32(data + 16);
        d->delay =
            (uint32_t)(data[20] << 8 | data[21]) * 1000 / (uint32_t)(data[22] << 8 | data[23]);
        assert_true(d->w > 0 && d->h > 0 && d->x + d->w <= d->width && d->y + d->h <= d->height);
        assert_int_equal(data[24], 0);
        assert_int_equal(data[25], 1);
    } else if (!memcmp(type, "fdAT", 4)) {
        assert_int_equal(u32(data), d->sequence++);
        cover(d, d->canvas, data + 4, size - 4, pm_box_of(d->x, d->y, d->w, d->h));
        d->shown++;
    }
}

static void count_step(void *user, const char *stage, size_t done, size_t all)
{
    size_t *steps = user;
    assert_string_equal(stage, "painted");
    assert_int_equal(done, ++*steps);
    assert_int_equal(all, 4);
}

static void a_decoder_gets_each_frame(void **state)
{
    struct pm_fonts *fonts = *state;
    struct pm_scene frames[4], all = {0};
    struct pm_diags *diags = pm_diags_new();
    struct pm_str png = {0};
    for (int i = 0; i < 4; i++) {
        demo_begin(&frames[i], 60, 40);
        demo_text(&frames[i], "Kabul", "en", 5, 30, PM_ANCHOR_LEFT, 0);
        if (i >= 2) /* the second is as the first: nothing differs */
            demo_text(&frames[i], i == 2 ? "7" : "8", "en", 50, 15, PM_ANCHOR_LEFT, 0);
    }
    pm_scene_animate(&all, frames, 4);
    all.frame_seconds = 0.5;
    size_t steps = 0;
    const struct pm_progress progress = {count_step, &steps};
    assert_true(pm_write_apng(&all, fonts, NULL, (struct pm_packing){0}, &progress, &png, diags));
    assert_int_equal(steps, 4);
    struct decoder d = {0};
    const uint8_t *p = (const uint8_t *)png.s + 8, *end = (const uint8_t *)png.s + png.n;
    while (p < end) {
        uint32_t size = u32(p), shown = d.shown;
        assert_true(size <= (size_t)(end - p) - 12);
        assert_int_equal(libdeflate_crc32(0, p + 4, size + 4), u32(p + 8 + size));
        read_chunk(&d, p + 4, p + 8, size);
        if (d.shown > shown) {
            assert_picture(&d, d.canvas, &all, shown, fonts);
            assert_int_equal(d.delay, shown == 3 ? 1500 : 500);
        }
        p += 12 + size;
    }
    assert_true(p == end && d.frames == 4 && d.shown == 4 && d.w * d.h < 60 * 40 / 4);
    assert_picture(&d, d.still, &all, 3, fonts);
    free(d.canvas);
    free(d.still);
    pm_str_finish(&png);
    pm_diags_free(diags);
    for (int i = 0; i < 4; i++)
        pm_scene_finish(&frames[i]);
    pm_scene_finish(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_frame_is_found_again),
        cmocka_unit_test(what_all_frames_have_is_there_once),
        cmocka_unit_test(a_contradiction_loses_nothing),
        cmocka_unit_test(a_decoder_gets_each_frame),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
