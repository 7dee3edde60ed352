/* PNG: W3C Portable Network Graphics Specification (Second Edition). 8 bits, filter type none, one
 * IDAT: on maps that is both the quickest and the smallest.
 * Pictures of 256 colours or fewer get a palette; others, and that is most with their soft edges, are
 * truecolour: nothing is lost in either. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "output/deflate.h"
#include "output/output.h"
#include "output/picture.h"
#include "base/banned.h"

#define METRES_PER_INCH 0.0254

enum { LEVEL = 5 }; /* 6 takes a tenth longer and saves half a per cent */
enum { RENDERING_INTENT_PERCEPTUAL = 0, FILTER_NONE = 0 };
enum { TRUECOLOUR = 2, INDEXED = 3, TRUECOLOUR_WITH_ALPHA = 6 };

/* A picture, and its colours if they are few. */
struct image {
    uint32_t *pixels;
    struct pm_plate *plate;    /* that keeps them; or NULL */
    int width, height, stride; /* stride in pixels */
    uint32_t colors[256];      /* in the order in which they come */
    int color_count;           /* 0: too many for a palette */
    uint16_t slots[1024];      /* hash table: 1 + index into colors, or 0 */
    bool alpha;                /* the pixels' own is written, too */
};

static void put_u32(char *bytes, uint32_t v)
{
    uint32_t big_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap32(v) : v;
    memcpy(bytes, &big_endian, sizeof big_endian);
}

static void put_u64(char *bytes, uint64_t v)
{
    uint64_t big_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap64(v) : v;
    memcpy(bytes, &big_endian, sizeof big_endian);
}

static void add_u32(struct pm_str *out, uint32_t v)
{
    char bytes[4];
    put_u32(bytes, v);
    pm_str_addn(out, bytes, 4);
}

/* Returns where the chunk's type stands, behind its length. */
static size_t begin_chunk(struct pm_str *out, const char *type)
{
    add_u32(out, 0);
    pm_str_addn(out, type, 4);
    return out->n - 4;
}

static void end_chunk(struct pm_str *out, size_t start)
{
    put_u32(out->s + start - 4, (uint32_t)(out->n - start - 4));
    add_u32(out, libdeflate_crc32(0, out->s + start, out->n - start));
}

static void add_chunk(struct pm_str *out, const char *type, const char *data, size_t size)
{
    size_t start = begin_chunk(out, type);
    pm_str_addn(out, data, size);
    end_chunk(out, start);
}

static void add_header(struct pm_str *out, const struct image *image)
{
    struct pm_str data = {0};
    char type = (char)(image->alpha         ? TRUECOLOUR_WITH_ALPHA
                       : image->color_count ? INDEXED
                                            : TRUECOLOUR);
    add_u32(&data, (uint32_t)image->width);
    add_u32(&data, (uint32_t)image->height);
    const char rest[] = {8, type, 0, 0, 0}; /* depth, colours, deflate, filters, no interlace */
    pm_str_addn(&data, rest, sizeof rest);
    add_chunk(out, "IHDR", data.s, data.n);
    pm_str_finish(&data);
}

static void add_density(struct pm_str *out, double dpi)
{
    struct pm_str data = {0};
    uint32_t per_metre = (uint32_t)lround(dpi / METRES_PER_INCH);
    add_u32(&data, per_metre);
    add_u32(&data, per_metre);
    pm_str_addc(&data, 1); /* unit: metre */
    add_chunk(out, "pHYs", data.s, data.n);
    pm_str_finish(&data);
}

/* International text: keyword, not compressed, language, no translated keyword, UTF-8. */
static void add_text(struct pm_str *out, const char *keyword, const char *lang, const char *text)
{
    struct pm_str data = {0};
    if (!text || !*text)
        return;
    pm_str_addn(&data, keyword, strlen(keyword) + 1);
    pm_str_addn(&data, "\0", 2);
    pm_str_addn(&data, lang, strlen(lang) + 1);
    pm_str_addn(&data, "", 1);
    pm_str_add(&data, text);
    add_chunk(out, "iTXt", data.s, data.n);
    pm_str_finish(&data);
}

static void add_texts(struct pm_str *out, const struct pm_scene *scene)
{
    add_text(out, "Title", scene->lang, scene->title);
    add_text(out, "Author", scene->lang, scene->author);
    add_text(out, "Description", scene->lang, scene->description);
    add_text(out, "Source", scene->lang, scene->sources);
    add_text(out, "Copyright", scene->lang, scene->rights);
    add_text(out, "Software", "en", "provmap");
}

/* ---- pixels -------------------------------------------------------------------------------------- */

/* Where the colour is, or belongs, in the hash table: linear probing, never full. */
static uint16_t *slot_of(struct image *image, uint32_t color)
{
    unsigned slots = sizeof image->slots / sizeof *image->slots;
    unsigned at = (color * 2654435761U) >> 22; /* the golden ratio's share, as D. Knuth has it */
    while (image->slots[at] && image->colors[image->slots[at] - 1] != color)
        at = (at + 1) % slots;
    return &image->slots[at];
}

/* False if it is one too many. */
static bool count_color(struct image *image, uint32_t color)
{
    uint16_t *slot = slot_of(image, color);
    if (*slot)
        return true;
    if (image->color_count == 256)
        return false;
    image->colors[image->color_count++] = color;
    *slot = (uint16_t)image->color_count;
    return true;
}

/* Of every row, or of some; false if they are too many. */
static bool count_colors_of(struct image *image, int step)
{
    for (int y = 0; y < image->height; y += step) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride;
        for (int x = 0; x < image->width; x++)
            if ((x == 0 || row[x] != row[x - 1]) && !count_color(image, row[x]))
                return false;
    }
    return true;
}

static void forget_colors(struct image *image)
{
    image->color_count = 0;
    memset(image->slots, 0, sizeof image->slots);
}

/* Some rows often tell that they are too many. */
static void count_colors(struct image *image)
{
    enum { SOME = 8 };
    bool few = count_colors_of(image, SOME);
    forget_colors(image);
    if (few && !count_colors_of(image, 1))
        forget_colors(image);
}

static void add_palette(struct pm_str *out, const struct image *image)
{
    struct pm_str data = {0};
    for (int i = 0; i < image->color_count; i++) {
        uint32_t c = image->colors[i];
        const char rgb[] = {(char)(c >> 16), (char)(c >> 8), (char)c};
        pm_str_addn(&data, rgb, 3);
    }
    if (data.n)
        add_chunk(out, "PLTE", data.s, data.n);
    pm_str_finish(&data);
}

/* The row as it is packed, in `out`; returns its end. */
typedef char *row_fn(struct image *image, const uint32_t *row, char *out);

static char *add_indexes(struct image *image, const uint32_t *row, char *out)
{
    for (int x = 0; x < image->width; x++)
        *out++ = (char)(*slot_of(image, row[x]) - 1);
    return out;
}

static char *add_color(char *out, uint32_t color)
{
    *out++ = (char)(color >> 16);
    *out++ = (char)(color >> 8);
    *out++ = (char)color;
    return out;
}

/* Four pixels at a time, as that makes whole words. */
static char *add_colors(struct image *image, const uint32_t *row, char *out)
{
    int x = 0;
    for (; x + 4 <= image->width; x += 4, out += 12) {
        uint32_t a = row[x], b = row[x + 1], c = row[x + 2], d = row[x + 3];
        put_u64(out, (uint64_t)a << 40 | (uint64_t)(b & 0xFFFFFF) << 16 | (c >> 8 & 0xFFFF));
        put_u32(out + 8, c << 24 | (d & 0xFFFFFF));
    }
    for (; x < image->width; x++)
        out = add_color(out, row[x]);
    return out;
}

static char *add_colors_with_alpha(struct image *image, const uint32_t *row, char *out)
{
    for (int x = 0; x < image->width; x++) {
        out = add_color(out, row[x]);
        *out++ = (char)(row[x] >> 24);
    }
    return out;
}

/* What puts the rows of a picture. */
struct rows {
    struct image *image;
    row_fn *put_row;
};

/* Each behind its filter's type. */
static size_t put_rows(const void *user, int y0, int y1, char *bytes)
{
    const struct rows *rows = user;
    struct image *image = rows->image;
    char *end = bytes;
    for (int y = y0; y < y1; y++) {
        *end++ = FILTER_NONE;
        end = rows->put_row(image, image->pixels + (ptrdiff_t)y * image->stride, end);
    }
    return (size_t)(end - bytes);
}

/* The bands one after the other, as a zlib stream (RFC 1950). */
static void add_stream(struct pm_str *out, const struct pm_band *bands, size_t count)
{
    static const char header[] = {0x78, '\x9C'}; /* deflate, 32 KiB, the usual level */
    uint32_t sum = 1;
    pm_str_addn(out, header, sizeof header);
    for (size_t i = 0; i < count; i++) {
        pm_str_addn(out, bands[i].packed.s, bands[i].packed.n);
        sum = pm_adler32_join(sum, bands[i].sum, bands[i].size);
    }
    pm_deflate_end(out);
    add_u32(out, sum);
}

/* Appends the rows to the chunk that is open. What the plate keeps of them, as nothing was painted there, is not packed
 * again. */
static void add_pixels(struct pm_str *out, struct image *image, struct pm_packing packing)
{
    struct rows put = {image, image->alpha         ? add_colors_with_alpha
                              : image->color_count ? add_indexes
                                                   : add_colors};
    const struct pm_rows rows = {image->height, 4 * (size_t)image->width + 1, put_rows, &put};
    size_t count = pm_band_count(image->height);
    bool kept = image->plate && put.put_row == add_colors;
    struct pm_band *bands =
        kept ? pm_plate_bands(image->plate, packing.level) : pm_xcalloc(count, sizeof *bands);
    pm_bands_pack(bands, &rows, packing);
    add_stream(out, bands, count);
    if (kept)
        return;
    for (size_t i = 0; i < count; i++)
        pm_str_finish(&bands[i].packed);
    free(bands);
}

static struct image image_of(cairo_surface_t *surface)
{
    return (struct image){
        .pixels = (void *)cairo_image_surface_get_data(surface),
        .width = cairo_image_surface_get_width(surface),
        .height = cairo_image_surface_get_height(surface),
        .stride = cairo_image_surface_get_stride(surface) / (int)sizeof(uint32_t),
    };
}

/* All that comes before the pixels. */
static void add_head(struct pm_str *out, const struct pm_scene *scene, const struct image *image)
{
    static const char signature[] = "\x89PNG\r\n\x1a\n", intent = RENDERING_INTENT_PERCEPTUAL;
    pm_str_addn(out, signature, 8);
    add_header(out, image);
    add_chunk(out, "sRGB", &intent, 1);
    add_palette(out, image);
    add_density(out, scene->dpi);
    add_texts(out, scene);
}

static void add_image(struct pm_str *out, struct image *image, struct pm_packing packing)
{
    size_t start = begin_chunk(out, "IDAT");
    add_pixels(out, image, packing);
    end_chunk(out, start);
}

/* What deflate calls the level. */
static struct pm_packing with_level(struct pm_packing packing)
{
    packing.level = packing.level < 0 ? 0 : packing.level == 0 ? LEVEL : packing.level;
    return packing;
}

/* NULL, and an error, if cairo fails. */
static cairo_surface_t *draw(const struct pm_scene *scene, struct pm_fonts *fonts,
                             struct pm_plate *plate, struct pm_diags *diags)
{
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    cairo_surface_t *surface = pm_picture(scene, fonts, plate, &status);
    if (status == CAIRO_STATUS_SUCCESS)
        return surface;
    pm_error(diags, PM_FAULT_INTERNAL, "cairo", (struct pm_place){0}, "cairo: %s",
             cairo_status_to_string(status));
    cairo_surface_destroy(surface);
    return NULL;
}

bool pm_write_png(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_plate *plate,
                  struct pm_packing packing, struct pm_str *out, struct pm_diags *diags)
{
    cairo_surface_t *surface = draw(scene, fonts, plate, diags);
    if (!surface)
        return false;
    struct image image = image_of(surface);
    image.plate = pm_plate_keeps(plate) ? plate : NULL;
    count_colors(&image);
    add_head(out, scene, &image);
    add_image(out, &image, with_level(packing));
    add_chunk(out, "IEND", "", 0);
    cairo_surface_destroy(surface);
    return true;
}

/* ---- animations -------------------------------------------------------------------------------- */

struct film {
    struct pm_str *out;
    const struct pm_scene *scene;
    struct pm_fonts *fonts;
    struct pm_plate *plate;
    struct pm_diags *diags;
    struct pm_packing packing;
    uint32_t sequence;   /* of the next chunk of a frame */
    struct image before; /* the frame before, whose pixels are the film's; at first transparent */
    uint32_t *taken;     /* of the frame, what differs from it; as large */
};

/* Of pixels. */
struct span {
    int first, end;
};

/* Takes what is not as it was before, the rest transparent, and notes it in `before`. False if that is nothing. */
static bool take_row(struct film *film, const struct image *now, int y, struct span *columns)
{
    const uint32_t *p = now->pixels + (ptrdiff_t)y * now->stride;
    uint32_t *q = film->before.pixels + (ptrdiff_t)y * now->stride;
    uint32_t *taken = film->taken + (ptrdiff_t)y * now->stride;
    bool any = false;
    for (int x = 0; x < now->width; x++) {
        taken[x] = p[x] == q[x] ? 0 : p[x];
        if (p[x] == q[x])
            continue;
        q[x] = p[x];
        columns->first = x < columns->first ? x : columns->first;
        columns->end = x >= columns->end ? x + 1 : columns->end;
        any = true;
    }
    return any;
}

/* What of a picture differs from the one before; a pixel if nothing does, as a frame has to have one. */
static struct image difference(struct film *film, const struct image *now, int *x, int *y)
{
    struct span columns = {now->width, 0}, rows = {0, 0};
    for (int row = 0; row < now->height; row++)
        if (take_row(film, now, row, &columns)) {
            rows.first = rows.end ? rows.first : row;
            rows.end = row + 1;
        }
    if (rows.end == 0)
        columns = rows = (struct span){0, 1};
    *x = columns.first;
    *y = rows.first;
    return (struct image){.pixels =
                              film->taken + (ptrdiff_t)rows.first * now->stride + columns.first,
                          .width = columns.end - columns.first,
                          .height = rows.end - rows.first,
                          .stride = now->stride,
                          .alpha = true};
}

/* How long the frame is seen, in thousandths of a second. */
static void add_delay(struct pm_str *data, const struct film *film, size_t frame)
{
    double seconds = pm_frame_begins(film->scene, frame + 1) - pm_frame_begins(film->scene, frame);
    unsigned delay = (unsigned)lround(fmin(seconds * 1000, 65535));
    const char bytes[] = {(char)(delay >> 8), (char)delay, 1000 >> 8, (char)(1000 & 0xFF)};
    pm_str_addn(data, bytes, sizeof bytes);
}

static void add_control(struct film *film, size_t frame, const struct image *image, int x, int y)
{
    static const char leave_and_cover[] = {0,
                                           1}; /* what is left of a frame, and what is done to it */
    struct pm_str data = {0};
    add_u32(&data, film->sequence++);
    add_u32(&data, (uint32_t)image->width);
    add_u32(&data, (uint32_t)image->height);
    add_u32(&data, (uint32_t)x);
    add_u32(&data, (uint32_t)y);
    add_delay(&data, film, frame);
    pm_str_addn(&data, leave_and_cover, sizeof leave_and_cover);
    add_chunk(film->out, "fcTL", data.s, data.n);
    pm_str_finish(&data);
}

static bool add_frame(struct film *film, size_t frame)
{
    struct pm_scene still = pm_scene_still(film->scene, frame);
    cairo_surface_t *surface = draw(&still, film->fonts, film->plate, film->diags);
    pm_scene_still_finish(&still);
    if (!surface)
        return false;
    struct image now = image_of(surface);
    int x = 0, y = 0;
    struct image part = difference(film, &now, &x, &y);
    add_control(film, frame, &part, x, y);
    size_t start = begin_chunk(film->out, "fdAT");
    add_u32(film->out, film->sequence++);
    add_pixels(film->out, &part, film->packing);
    end_chunk(film->out, start);
    cairo_surface_destroy(surface);
    return true;
}

/* What the picture is to those who know of no frames: the last one. No frame's control stands before it, so it is
 * none itself. */
static bool add_still(struct film *film, size_t frames)
{
    struct pm_scene still = pm_scene_still(film->scene, frames - 1);
    struct pm_str control = {0};
    cairo_surface_t *surface = draw(&still, film->fonts, film->plate, film->diags);
    pm_scene_still_finish(&still);
    if (!surface)
        return false;
    struct image image = image_of(surface);
    size_t size = (size_t)image.stride * (size_t)image.height * sizeof *image.pixels;
    image.alpha = true;
    film->before = image;
    film->before.pixels = pm_xrealloc(NULL, 1, size);
    memset(film->before.pixels, 0, size);
    film->taken = pm_xrealloc(NULL, 1, size);
    add_head(film->out, film->scene, &image);
    add_u32(&control, (uint32_t)frames);
    add_u32(&control, 0); /* for ever */
    add_chunk(film->out, "acTL", control.s, control.n);
    add_image(film->out, &image, film->packing);
    pm_str_finish(&control);
    cairo_surface_destroy(surface);
    return true;
}

bool pm_write_apng(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_plate *plate,
                   struct pm_packing packing, const struct pm_progress *progress,
                   struct pm_str *out, struct pm_diags *diags)
{
    struct film film = {.out = out,
                        .scene = scene,
                        .fonts = fonts,
                        .plate = plate,
                        .diags = diags,
                        .packing = with_level(packing)};
    bool good = add_still(&film, scene->frame_count);
    for (size_t i = 0; good && i < scene->frame_count; i++) {
        good = add_frame(&film, i);
        pm_progress_step(progress, "painted", i + 1, scene->frame_count);
    }
    free(film.before.pixels);
    free(film.taken);
    if (good)
        add_chunk(out, "IEND", "", 0);
    return good;
}
