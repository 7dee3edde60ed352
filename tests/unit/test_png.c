#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "demo_scene.h"
#include "output/output.h"
#include "output/picture.h"

struct chunk {
    char type[5];
    const unsigned char *data;
    uint32_t size;
};

static struct pm_str write_png(const struct pm_scene *scene, struct pm_fonts *fonts)
{
    struct pm_str out = {0};
    struct pm_diags *diags = pm_diags_new();
    assert_true(pm_write_png(scene, fonts, NULL, (struct pm_packing){0}, &out, diags));
    assert_int_equal(pm_diags_count(diags), 0);
    pm_diags_free(diags);
    return out;
}

static uint32_t u32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* PNG specification, annex D, bit by bit. */
static uint32_t crc_of(const unsigned char *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
    }
    return ~crc;
}

/* Reads all chunks and holds each against its checksum. */
static size_t read_chunks(const struct pm_str *png, struct chunk *chunks, size_t most)
{
    const unsigned char *p = (const unsigned char *)png->s, *end = p + png->n;
    size_t count = 0;
    assert_memory_equal(p, "\x89PNG\r\n\x1a\n", 8);
    for (p += 8; p < end; p += 12 + u32(p)) {
        assert_true(count < most && p + 12 <= end && u32(p) <= (size_t)(end - p) - 12);
        struct chunk *chunk = &chunks[count++];
        *chunk = (struct chunk){.data = p + 8, .size = u32(p)};
        memcpy(chunk->type, p + 4, 4);
        assert_int_equal(u32(p + 8 + u32(p)), crc_of(p + 4, u32(p) + 4));
    }
    assert_true(p == end);
    return count;
}

static void chunks_are_whole_and_in_order(void **state)
{
    static const char *const wanted[] = {"IHDR", "sRGB", "pHYs", "iTXt", "iTXt", "iTXt",
                                         "iTXt", "iTXt", "iTXt", "IDAT", "IEND"};
    struct pm_scene scene;
    struct chunk chunks[20];
    demo_scene(&scene);
    scene.dpi = 300;
    struct pm_str png = write_png(&scene, *state);
    size_t count = read_chunks(&png, chunks, 20);
    assert_int_equal(count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(chunks[i].type, wanted[i]);
    assert_int_equal(chunks[0].size, 13);
    assert_int_equal(u32(chunks[0].data), 600);
    assert_int_equal(u32(chunks[0].data + 4), 350);
    assert_memory_equal(chunks[0].data + 8, "\x08\x02\x00\x00\x00", 5);
    assert_int_equal(chunks[1].data[0], 0);
    assert_int_equal(u32(chunks[2].data), 11811); /* 300 dpi in pixels per metre */
    assert_int_equal(u32(chunks[2].data + 4), 11811);
    assert_int_equal(chunks[2].data[8], 1);
    pm_str_finish(&png);
    pm_scene_finish(&scene);
}

static void assert_text(const struct chunk *chunk, const char *keyword, const char *text)
{
    struct pm_str wanted = {0};
    pm_str_addn(&wanted, keyword, strlen(keyword) + 1);
    pm_str_addn(&wanted, "\0\0en\0\0", 6); /* not compressed; language; no translated keyword */
    pm_str_add(&wanted, text);
    assert_int_equal(chunk->size, wanted.n);
    assert_memory_equal(chunk->data, wanted.s, wanted.n);
    pm_str_finish(&wanted);
}

static void texts_are_utf8(void **state)
{
    struct pm_scene scene;
    struct chunk chunks[20];
    demo_scene(&scene);
    struct pm_str png = write_png(&scene, *state);
    read_chunks(&png, chunks, 20);
    assert_text(&chunks[3], "Title", scene.title);
    assert_text(&chunks[4], "Author", "provmap");
    assert_text(&chunks[5], "Description", scene.description);
    assert_text(&chunks[6], "Source", "Long War Journal");
    assert_text(&chunks[7], "Copyright", "CC BY 4.0");
    assert_text(&chunks[8], "Software", "provmap");
    pm_str_finish(&png);
    pm_scene_finish(&scene);
}

static void texts_that_are_not_there_are_left_out(void **state)
{
    struct pm_scene scene;
    struct chunk chunks[20];
    demo_begin(&scene, 3, 2);
    scene.title = "";
    struct pm_str png = write_png(&scene, *state);
    assert_int_equal(read_chunks(&png, chunks, 20), 7); /* one is the palette */
    assert_text(&chunks[4], "Software", "provmap");
    pm_str_finish(&png);
    pm_scene_finish(&scene);
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

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
    return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

/* libpng, through cairo, sees the picture that was painted. */
static void another_reader_gets_the_same_pixels(void **state)
{
    struct pm_scene scene;
    demo_scene(&scene);
    struct pm_str png = write_png(&scene, *state);
    struct reading reading = {&png, 0};
    cairo_surface_t *got = cairo_image_surface_create_from_png_stream(read_some, &reading);
    cairo_status_t status = CAIRO_STATUS_NO_MEMORY;
    cairo_surface_t *wanted = pm_picture(&scene, *state, NULL, &status);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_surface_status(got), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_width(got), 600);
    assert_int_equal(cairo_image_surface_get_height(got), 350);
    for (int y = 0; y < 350; y++)
        for (int x = 0; x < 600; x++)
            assert_int_equal(pixel(got, x, y), pixel(wanted, x, y));
    assert_int_equal(pixel(got, 80, 170), 0xFFFFFF);  /* the hole */
    assert_int_equal(pixel(got, 410, 240), 0xAB6DA8); /* inside the clip */
    assert_int_equal(pixel(got, 410, 285), 0xFFFFFF); /* the circle, but outside the clip */
    assert_int_equal(pixel(got, 440, 170), 0xEFA8A5); /* half transparent on white */
    cairo_surface_destroy(got);
    cairo_surface_destroy(wanted);
    pm_str_finish(&png);
    pm_scene_finish(&scene);
}

/* A box filled with a texture, as one or as two that lie side by side. */
static cairo_surface_t *paint_texture(enum pm_texture kind, int parts)
{
    struct pm_scene scene;
    struct pm_path path = {0};
    struct pm_pattern pattern = {"p", kind, 9, 2.2, 0x5E4A00FF};
    demo_begin(&scene, 120, 90);
    struct pm_paint paint = {.pattern = pm_scene_pattern(&scene, pattern)};
    for (int i = 0; i < parts; i++) {
        pm_path_box(&path, pm_box_of(10 + i * 37, 7, parts == 1 ? 100 : 37 + i * 26, 70));
        pm_scene_path(&scene, NULL, &path, paint);
    }
    cairo_status_t status = CAIRO_STATUS_NO_MEMORY;
    cairo_surface_t *surface = pm_picture(&scene, NULL, NULL, &status);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    pm_path_finish(&path);
    pm_scene_finish(&scene);
    return surface;
}

static void textures_run_on_across_borders(void **state)
{
    (void)state;
    for (int kind = PM_TEXTURE_NONE + 1; kind < PM_TEXTURES; kind++) {
        cairo_surface_t *one = paint_texture((enum pm_texture)kind, 1);
        cairo_surface_t *two = paint_texture((enum pm_texture)kind, 2);
        int dark = 0;
        for (int y = 0; y < 90; y++)
            for (int x = 0; x < 120; x++) {
                assert_int_equal(pixel(one, x, y), pixel(two, x, y));
                dark += (pixel(one, x, y) & 0xFF) < 128;
            }
        assert_in_range(dark, 200, 3500);
        cairo_surface_destroy(one);
        cairo_surface_destroy(two);
    }
}

static void the_same_scene_gives_the_same_bytes(void **state)
{
    struct pm_scene scene;
    struct pm_diags *diags = pm_diags_new();
    struct pm_fonts *fresh = pm_fonts_new(NULL, DEMO_FAMILY, diags);
    demo_scene(&scene);
    struct pm_str first = write_png(&scene, *state), second = write_png(&scene, fresh);
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.s, second.s, first.n);
    pm_str_finish(&first);
    pm_str_finish(&second);
    pm_scene_finish(&scene);
    pm_fonts_free(fresh);
    pm_diags_free(diags);
}

/* What texts and shapes of other pictures left behind changes nothing. */
static void a_picture_is_the_same_whatever_came_before(void **state)
{
    struct pm_scene scene, other;
    struct pm_diags *diags = pm_diags_new();
    struct pm_plate *plate = pm_plate_new(1 << 20, 1 << 20);
    demo_scene(&scene);
    demo_begin(&other, 500, 350);
    demo_text(&other, "Helmand", "en", 20.25, 30, PM_ANCHOR_LEFT, 0);
    demo_text(&other, "Helmand", "en", 20.25, 30.125, PM_ANCHOR_LEFT, 0);
    demo_text(&other, "Helmand", "en", 20.25, 30, PM_ANCHOR_LEFT, 0.5);
    struct pm_scene *const order[] = {&other, &scene, &other, &scene, &scene, &other};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct pm_fonts *fresh = pm_fonts_new(NULL, DEMO_FAMILY, diags);
        struct pm_str wanted = write_png(order[i], fresh), got = {0};
        assert_true(pm_write_png(order[i], *state, plate, (struct pm_packing){0}, &got, diags));
        assert_int_equal(got.n, wanted.n);
        assert_memory_equal(got.s, wanted.s, got.n);
        pm_str_finish(&got);
        pm_str_finish(&wanted);
        pm_fonts_free(fresh);
    }
    pm_scene_finish(&scene);
    pm_scene_finish(&other);
    pm_plate_free(plate);
    pm_diags_free(diags);
}

static void a_page_too_large_for_cairo_is_an_error(void **state)
{
    struct pm_scene scene;
    struct pm_str out = {0};
    struct pm_diags *diags = pm_diags_new();
    demo_begin(&scene, 40000, 10);
    assert_false(pm_write_png(&scene, *state, NULL, (struct pm_packing){0}, &out, diags));
    assert_int_equal(pm_diags_count(diags), 1);
    assert_int_equal(out.n, 0);
    pm_str_finish(&out);
    pm_scene_finish(&scene);
    pm_diags_free(diags);
}

/* Boxes of `colors` colours, side by side: no soft edges. */
static void stripes(struct pm_scene *scene, int colors)
{
    struct pm_path path = {0};
    demo_begin(scene, colors, 3);
    for (int i = 1; i < colors; i++) { /* the page is the first */
        pm_color color = (pm_color)(i * 7919 % 16777213) << 8 | 0xFF;
        pm_path_box(&path, pm_box_of(i, 0, 1, 3));
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = color});
    }
    pm_path_finish(&path);
}

/* 256 colours fit a palette, 257 do not; and another reader sees the same in both. */
static void a_palette_is_exact(void **state)
{
    for (int colors = 255; colors <= 257; colors++) {
        struct pm_scene scene;
        struct chunk chunks[20];
        cairo_status_t status = CAIRO_STATUS_NO_MEMORY;
        stripes(&scene, colors);
        struct pm_str png = write_png(&scene, *state);
        struct reading reading = {&png, 0};
        cairo_surface_t *wanted = pm_picture(&scene, *state, NULL, &status);
        cairo_surface_t *got = cairo_image_surface_create_from_png_stream(read_some, &reading);
        assert_true(read_chunks(&png, chunks, 20) >= 6);
        assert_int_equal(chunks[0].data[9], colors <= 256 ? 3 : 2);
        if (colors <= 256) {
            assert_string_equal(chunks[2].type, "PLTE");
            assert_int_equal(chunks[2].size, colors * 3);
        }
        assert_int_equal(cairo_surface_status(got), CAIRO_STATUS_SUCCESS);
        for (int x = 0; x < colors; x++)
            assert_int_equal(pixel(got, x, 1), pixel(wanted, x, 1));
        assert_int_equal(pixel(got, 5, 1), 5 * 7919);
        cairo_surface_destroy(got);
        cairo_surface_destroy(wanted);
        pm_str_finish(&png);
        pm_scene_finish(&scene);
    }
}

static bool same_pixels(cairo_surface_t *a, cairo_surface_t *b)
{
    size_t size =
        (size_t)cairo_image_surface_get_stride(a) * (size_t)cairo_image_surface_get_height(a);
    return memcmp(cairo_image_surface_get_data(a), cairo_image_surface_get_data(b), size) == 0;
}

static void levels_differ_in_size_only(void **state)
{
    static const int levels[] = {-1, 1, 2, 3, 0, 12};
    struct pm_diags *diags = pm_diags_new();
    struct pm_scene scene;
    size_t before = SIZE_MAX;
    cairo_surface_t *first = NULL;
    demo_scene(&scene);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct pm_str png = {0};
        assert_true(pm_write_png(&scene, *state, NULL, (struct pm_packing){.level = levels[i]},
                                 &png, diags));
        struct reading reading = {&png, 0};
        cairo_surface_t *got = cairo_image_surface_create_from_png_stream(read_some, &reading);
        assert_int_equal(cairo_surface_status(got), CAIRO_STATUS_SUCCESS);
        assert_int_equal(pixel(got, 410, 240), 0xAB6DA8);
        assert_true(!first || same_pixels(first, got));
        assert_true(png.n <= before);
        before = png.n;
        if (first)
            cairo_surface_destroy(got);
        else
            first = got;
        pm_str_finish(&png);
    }
    cairo_surface_destroy(first);
    pm_scene_finish(&scene);
    pm_diags_free(diags);
}

/* Of many colours, with much that is like something before. */
static void mosaic(struct pm_scene *scene)
{
    uint32_t seed = 7;
    struct pm_path path = {0};
    demo_begin(scene, 500, 400);
    for (int i = 0; i < 700; i++) {
        seed = seed * 1664525u + 1013904223u;
        double x = seed >> 8 & 511, y = seed >> 17 & 511;
        const struct pm_pt ring[] = {
            {x, y}, {x + 40, y + 3.3}, {x + 30, y + 27.7}, {x - 4, y + 20}};
        pm_path_ring(&path, ring, 4);
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = (seed & 0xF8F8F800) | 0xFF});
    }
    pm_path_finish(&path);
}

struct descent {
    struct pm_fonts *fonts;
    struct pm_plate *plate;
    struct pm_diags *diags;
    struct pm_scene scene;
    struct pm_str first;
    int different;
};

enum { WINDOWS = 1200, WINDOW = 1 << 16 };

/* Each call has its stream in other 64 KiB of memory. */
static void descend(struct descent *d, int left)
{
    volatile char room[WINDOW];
    struct pm_str png = {0};
    room[0] = room[WINDOW - 1] = (char)left;
    assert_true(pm_write_png(&d->scene, d->fonts, d->plate, (struct pm_packing){.level = 1}, &png,
                             d->diags));
    d->different += d->first.n && (png.n != d->first.n || memcmp(png.s, d->first.s, png.n) != 0);
    if (d->first.n == 0)
        d->first = png;
    else
        pm_str_finish(&png);
    if (left > 0)
        descend(d, left - 1);
    assert_int_equal(room[0], (char)left);
}

static void *start_descent(void *user)
{
    descend(user, WINDOWS);
    return NULL;
}

/* As it does with ISA-L's higher levels (output/deflate.c): with these, one run in four fails here. */
static void where_memory_lies_reaches_no_file(void **state)
{
    struct descent d = {
        .fonts = *state, .plate = pm_plate_new(1 << 20, 1 << 20), .diags = pm_diags_new()};
    pthread_attr_t attributes;
    pthread_t thread;
    mosaic(&d.scene);
    pthread_attr_init(&attributes);
    assert_int_equal(
        pthread_attr_setstacksize(&attributes, (size_t)(WINDOWS + 64) * (WINDOW + 512)), 0);
    assert_int_equal(pthread_create(&thread, &attributes, start_descent, &d), 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    assert_int_equal(d.different, 0);
    pm_str_finish(&d.first);
    pm_scene_finish(&d.scene);
    pm_plate_free(d.plate);
    pm_diags_free(d.diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks_are_whole_and_in_order),
        cmocka_unit_test(texts_are_utf8),
        cmocka_unit_test(texts_that_are_not_there_are_left_out),
        cmocka_unit_test(another_reader_gets_the_same_pixels),
        cmocka_unit_test(textures_run_on_across_borders),
        cmocka_unit_test(a_palette_is_exact),
        cmocka_unit_test(levels_differ_in_size_only),
        cmocka_unit_test(where_memory_lies_reaches_no_file),
        cmocka_unit_test(the_same_scene_gives_the_same_bytes),
        cmocka_unit_test(a_picture_is_the_same_whatever_came_before),
        cmocka_unit_test(a_page_too_large_for_cairo_is_an_error),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
