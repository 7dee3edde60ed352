/* Whatever changes from picture to picture, each is as if it were the only one; and where little changes, little is
 * painted. */
#include "check.h"

#include "demo_scene.h"
#include "output/output.h"
#include "output/picture.h"

enum { WIDTH = 300, HEIGHT = 200, MOST_THINGS = 40 };

/* Something on a page; `number` says where it lies. */
struct thing {
    unsigned kind;
    uint32_t number, look;
    pm_color color;
};

enum kind { FILL, TEXTURE, PIECE, ROUND, INNER, MITRED, DASHED, CLIPPED, KINDS };

struct page {
    struct thing things[MOST_THINGS];
    size_t count;
    pm_color background;
    int width;
};

static uint32_t below(uint32_t *seed, uint32_t count)
{
    return check_random(seed) % count;
}

static pm_color some_color(uint32_t *seed)
{
    static const pm_color colors[] = {0xDF524BFF, 0xADD2EAFF, 0x262626FF, 0xFFFFFFD9, 0x00800080};
    return colors[below(seed, sizeof colors / sizeof *colors)];
}

static struct thing some_thing(uint32_t *seed)
{
    return (struct thing){below(seed, KINDS), check_random(seed), below(seed, 8), some_color(seed)};
}

/* One to three of the things change, come, go or change places; now and then all of the page does. */
static void change(struct page *page, uint32_t *seed)
{
    for (uint32_t left = 1 + below(seed, 3); left; left--) {
        size_t at = below(seed, MOST_THINGS), other = below(seed, MOST_THINGS);
        struct thing *things = page->things;
        at = page->count ? at % page->count : 0;
        switch (below(seed, 5)) {
        case 0:
            if (page->count < MOST_THINGS)
                things[page->count++] = things[at];
            things[at] = some_thing(seed);
            break;
        case 1:
            if (page->count > 1)
                things[at] = things[--page->count];
            break;
        case 2:
            if (below(seed, 2))
                things[at].color = some_color(seed);
            else
                things[at].look = below(seed, 8);
            break;
        case 3:
            things[at].number ^= 1U << below(seed, 32);
            break;
        case 4: {
            struct thing moved = things[at];
            other %= page->count ? page->count : 1;
            things[at] = things[other];
            things[other] = moved;
            break;
        }
        }
    }
    if (below(seed, 12) == 0)
        page->background = some_color(seed) | 0xFF;
    if (below(seed, 15) == 0)
        page->width = WIDTH - 7 * (int)below(seed, 2);
}

static void add_outline(struct pm_path *path, uint32_t number)
{
    double x = number % 290, y = number / 290 % 190, size = 3 + number / 55100 % 50;
    pm_path_move(path, x, y);
    pm_path_line(path, x + size, y + 0.25);
    pm_path_line(path, x + size * 0.7, y + size);
    pm_path_line(path, x - 0.3, y + size * 0.8);
    pm_path_close(path);
}

static struct pm_paint paint_of(const struct thing *thing, struct pm_scene *scene)
{
    double width = 0.5 + thing->number % 5;
    bool odd = thing->look % 2;
    switch ((enum kind)thing->kind) {
    case TEXTURE: {
        const struct pm_pattern hatch = {.id = "id",
                                         .kind =
                                             thing->number % 2 ? PM_TEXTURE_HATCH : PM_TEXTURE_DOTS,
                                         .spacing = thing->look & 2 ? 6 : 9,
                                         .width = thing->look & 4 ? 2 : 3,
                                         .color = thing->color};
        return (struct pm_paint){.pattern = pm_scene_pattern(scene, hatch)};
    }
    case PIECE:
        return (struct pm_paint){.fill = thing->color | 0xFF, .mosaic = true};
    case ROUND:
        return (struct pm_paint){.stroke = thing->color, .width = width, .round = true};
    case INNER:
        return (struct pm_paint){
            .stroke = thing->color, .width = width, .round = true, .inner = true};
    case MITRED:
        return (struct pm_paint){.stroke = thing->color, .width = width};
    case DASHED:
        return (struct pm_paint){.stroke = thing->color,
                                 .width = width,
                                 .dash = {3, odd ? 2 : 4},
                                 .round = thing->look & 2};
    case FILL:
    case CLIPPED:
    case KINDS:
        break;
    }
    return (struct pm_paint){.fill = thing->color, .stroke = 0x000000FF, .width = 1};
}

static void draw_page(const struct page *page, struct pm_scene *scene)
{
    demo_begin(scene, page->width, HEIGHT);
    scene->background = page->background;
    for (size_t i = 0; i < page->count; i++) {
        const struct thing *thing = &page->things[i];
        struct pm_path path = {0};
        struct pm_box clip = {0};
        if (thing->kind == CLIPPED)
            clip = pm_box_of(thing->number % 250, thing->number % 150, 40, 40);
        pm_scene_begin(scene, &(struct pm_ident){.classes = "group"}, clip);
        add_outline(&path, thing->number);
        if (thing->kind != MITRED) /* that of two points is open */
            add_outline(&path, thing->number / 3);
        pm_scene_path(scene, NULL, &path, paint_of(thing, scene));
        pm_path_finish(&path);
        if (thing->number % 7 == 0)
            demo_text(scene, "Kabul", "en", thing->number % 200, thing->number % 170,
                      PM_ANCHOR_LEFT, 0);
        pm_scene_end(scene);
    }
}

static void assert_same_picture(const struct pm_scene *scene, struct pm_fonts *fonts,
                                struct pm_plate *plate)
{
    cairo_status_t status;
    cairo_surface_t *wanted = pm_picture(scene, fonts, NULL, &status);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    cairo_surface_t *got = pm_picture(scene, fonts, plate, &status);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    assert_memory_equal(cairo_image_surface_get_data(got), cairo_image_surface_get_data(wanted),
                        (size_t)cairo_image_surface_get_stride(got) * HEIGHT);
    cairo_surface_destroy(wanted);
    cairo_surface_destroy(got);
}

static void assert_same_file(const struct pm_scene *scene, struct pm_fonts *fonts,
                             struct pm_plate *plate, int level)
{
    struct pm_str got = {0}, wanted = {0};
    struct pm_diags *diags = pm_diags_new();
    assert_true(
        pm_write_png(scene, fonts, NULL, (struct pm_packing){.level = level}, &wanted, diags));
    assert_true(
        pm_write_png(scene, fonts, plate, (struct pm_packing){.level = level}, &got, diags));
    assert_int_equal(got.n, wanted.n);
    assert_memory_equal(got.s, wanted.s, got.n);
    pm_str_finish(&got);
    pm_str_finish(&wanted);
    pm_diags_free(diags);
}

/* With room for all, for some, for a picture but not what it covers, and for none. */
static void each_picture_is_as_if_it_were_the_only_one(void **state)
{
    static const size_t rooms[][2] = {
        {4 << 20, 1 << 20}, {60000, 1 << 20}, {3000, 1 << 20}, {0, 1 << 20}, {4 << 20, 100}};
    for (size_t room = 0; room < sizeof rooms / sizeof *rooms; room++) {
        struct pm_plate *plate = pm_plate_new(rooms[room][0], rooms[room][1]);
        struct page page = {.background = 0xFFFFFFFF, .width = WIDTH};
        uint32_t seed = 77 + (uint32_t)room;
        for (size_t i = 0; i < MOST_THINGS / 2; i++)
            page.things[page.count++] = some_thing(&seed);
        for (int picture = 0; picture < (room ? 60 : 400); picture++) {
            struct pm_scene scene;
            draw_page(&page, &scene);
            if (below(&seed, 3))
                assert_same_file(&scene, *state, plate, below(&seed, 4) ? 0 : 1);
            else
                assert_same_picture(&scene, *state, plate);
            pm_scene_finish(&scene);
            change(&page, &seed);
        }
        pm_plate_free(plate);
    }
    pm_plate_free(NULL);
}

/* Two pieces that share pixels, in one mosaic or in two. */
static void draw_pieces(struct pm_scene *scene, bool parted)
{
    demo_begin(scene, WIDTH, HEIGHT);
    for (int i = 0; i < 2; i++) {
        struct pm_path path = {0};
        if (parted && i) {
            pm_scene_begin(scene, &(struct pm_ident){.classes = "group"}, (struct pm_box){0});
            pm_scene_end(scene);
        }
        pm_path_box(&path, pm_box_of(i ? 40.5 : 20.5, 20, 20, 20));
        pm_scene_path(scene, NULL, &path,
                      (struct pm_paint){.fill = i ? 0xFF0000FF : 0x00FF00FF, .mosaic = true});
        pm_path_finish(&path);
    }
}

static void how_a_mosaic_is_divided_is_seen(void **state)
{
    struct pm_plate *plate = pm_plate_new(1 << 20, WIDTH * HEIGHT);
    for (int i = 0; i < 8; i++) {
        struct pm_scene scene;
        draw_pieces(&scene, i % 3 == 2);
        assert_same_picture(&scene, *state, plate);
        pm_scene_finish(&scene);
    }
    pm_plate_free(plate);
}

/* Each differs from the one before in one thing. */
static void looks_of_a_line_are_told_apart(void **state)
{
    static const struct pm_paint lines[] = {
        {.stroke = 0x000000FF, .width = 2},
        {.stroke = 0x000000FF, .width = 3},
        {.stroke = 0x0000FFFF, .width = 3},
        {.stroke = 0x0000FFFF, .width = 3, .dash = {4, 4}},
        {.stroke = 0x0000FFFF, .width = 3, .dash = {4, 4}, .round = true},
        {.stroke = 0x0000FFFF, .width = 3, .dash = {4, 6}, .round = true},
    };
    struct pm_plate *plate = pm_plate_new(1 << 20, WIDTH * HEIGHT);
    for (size_t i = 0; i < 3 * sizeof lines / sizeof *lines; i++) {
        struct pm_scene scene;
        struct pm_path path = {0};
        demo_begin(&scene, WIDTH, HEIGHT);
        pm_path_box(&path, pm_box_of(20, 20, 150, 120));
        pm_scene_path(&scene, NULL, &path, lines[i % (sizeof lines / sizeof *lines)]);
        assert_same_picture(&scene, *state, plate);
        pm_path_finish(&path);
        pm_scene_finish(&scene);
    }
    pm_plate_free(plate);
}

/* ---- how much is painted ------------------------------------------------------------------------- */

static void draw_boxes(struct pm_scene *scene, pm_color first, double moved)
{
    demo_begin(scene, WIDTH, HEIGHT);
    for (int i = 0; i < 8; i++) {
        struct pm_path path = {0};
        pm_path_box(&path, pm_box_of(10 + 32 * i, 40 + (i == 5 ? moved : 0), 8, 8));
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = i ? 0x808080FF : first});
        pm_path_finish(&path);
    }
    struct pm_path frame = {0};
    pm_path_box(&frame, pm_box_of(2, 2, WIDTH - 4, HEIGHT - 4));
    pm_scene_path(scene, NULL, &frame, (struct pm_paint){.stroke = 0x000000FF, .width = 1});
    pm_path_finish(&frame);
}

enum { SPOILT = 0x123456, COLUMNS = 10, ROWS = 7, TILES = COLUMNS * ROWS };

/* Tiles that are painted, and in *packed rows of tiles that are to be packed. What the plate keeps is spoilt in
 * between, which shows what it leaves. */
static int painted(struct pm_plate *plate, pm_color first, double moved, int *packed)
{
    struct pm_scene scene;
    cairo_status_t status;
    bool tiles[TILES] = {0};
    int count = 0;
    draw_boxes(&scene, first, moved);
    cairo_surface_t *surface = pm_picture(&scene, NULL, plate, &status);
    uint32_t *pixels = (void *)cairo_image_surface_get_data(surface);
    assert_int_equal(status, CAIRO_STATUS_SUCCESS);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            tiles[y / PM_TILE_SIDE * COLUMNS + x / PM_TILE_SIDE] |= pixels[y * WIDTH + x] != SPOILT;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = SPOILT;
    for (int i = 0; i < TILES; i++)
        count += tiles[i];
    *packed = 0;
    for (int row = 0; pm_plate_keeps(plate) && row < ROWS; row++) {
        struct pm_band *band = &pm_plate_bands(plate, 1)[row];
        *packed += band->packed.n == 0;
        pm_str_add(&band->packed, "packed");
    }
    cairo_surface_destroy(surface);
    pm_scene_finish(&scene);
    return count;
}

static void only_what_differs_is_painted(void **state)
{
    static const struct {
        pm_color first;
        double moved;
        int painted, packed;
    } pictures[] = {
        {0x102030FF, 0, TILES, 0}, /* it may be the only one */
        {0x102030FF, 0, TILES, ROWS}, {0x102030FF, 0, 0, 0},
        {0x405060FF, 0, 1, 1},        {0x405060FF, 30, 2, 2}, /* where it was, and where it is */
        {0x405060FF, 30, 0, 0},
    };
    struct pm_plate *plate = pm_plate_new(1 << 20, WIDTH * HEIGHT);
    int packed;
    (void)state;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        assert_int_equal(painted(plate, pictures[i].first, pictures[i].moved, &packed),
                         pictures[i].painted);
        assert_int_equal(packed, pictures[i].packed);
    }
    pm_plate_free(plate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_picture_is_as_if_it_were_the_only_one),
        cmocka_unit_test(looks_of_a_line_are_told_apart),
        cmocka_unit_test(how_a_mosaic_is_divided_is_seen),
        cmocka_unit_test(only_what_differs_is_painted),
    };
    return cmocka_run_group_tests(tests, demo_open_fonts, demo_close_fonts);
}
