/* PNG: W3C Portable Network Graphics Specification (Second Edition). Truecolour, 8 bits, filter
 * type none, one IDAT: on maps that is both the quickest and the smallest of libpng's and
 * libdeflate's choices. */
#include <math.h>

#include <libdeflate.h>

#include "output/output.h"
#include "output/picture.h"
#include "base/banned.h"

#define METRES_PER_INCH 0.0254

enum { LEVEL = 6, RENDERING_INTENT_PERCEPTUAL = 0 };

static void add_u32(struct pm_str *out, uint32_t v)
{
    const char bytes[] = {(char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v};
    pm_str_addn(out, bytes, 4);
}

static void add_chunk(struct pm_str *out, const char *type, const char *data, size_t size)
{
    add_u32(out, (uint32_t)size);
    size_t start = out->n;
    pm_str_addn(out, type, 4);
    pm_str_addn(out, data, size);
    add_u32(out, libdeflate_crc32(0, out->s + start, out->n - start));
}

static void add_header(struct pm_str *out, int width, int height)
{
    struct pm_str data = {0};
    add_u32(&data, (uint32_t)width);
    add_u32(&data, (uint32_t)height);
    const char rest[] = {8, 2, 0, 0, 0}; /* depth, truecolour, deflate, filters, no interlace */
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

/* Rows of RGB, each behind a zero for "filter none". cairo's RGB24 is a native 32-bit word. */
static char *filtered_rows(cairo_surface_t *surface, int width, int height)
{
    size_t row_size = (size_t)width * 3 + 1;
    char *rows = pm_xrealloc(NULL, (size_t)height, row_size), *out = rows;
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++) {
        const uint32_t *pixel = (const void *)(data + (ptrdiff_t)y * stride);
        *out++ = 0;
        for (int x = 0; x < width; x++, pixel++) {
            *out++ = (char)(*pixel >> 16);
            *out++ = (char)(*pixel >> 8);
            *out++ = (char)*pixel;
        }
    }
    return rows;
}

static void add_pixels(struct pm_str *out, cairo_surface_t *surface, int width, int height)
{
    size_t size = ((size_t)width * 3 + 1) * (size_t)height;
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t most = libdeflate_zlib_compress_bound(compressor, size);
    char *rows = filtered_rows(surface, width, height), *packed = pm_xrealloc(NULL, most, 1);
    size_t used = libdeflate_zlib_compress(compressor, rows, size, packed, most);
    add_chunk(out, "IDAT", packed, used);
    libdeflate_free_compressor(compressor);
    free(packed);
    free(rows);
}

bool pm_write_png(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_str *out,
                  struct pm_diags *diags)
{
    int width = (int)lround(scene->width), height = (int)lround(scene->height);
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    cairo_surface_t *surface = pm_picture(scene, fonts, &status);
    if (status == CAIRO_STATUS_SUCCESS) {
        static const char signature[] = "\x89PNG\r\n\x1a\n", intent = RENDERING_INTENT_PERCEPTUAL;
        pm_str_addn(out, signature, 8);
        add_header(out, width, height);
        add_chunk(out, "sRGB", &intent, 1);
        add_density(out, scene->dpi);
        add_texts(out, scene);
        add_pixels(out, surface, width, height);
        add_chunk(out, "IEND", "", 0);
    } else {
        pm_error(diags, PM_FAULT_INTERNAL, "cairo", (struct pm_place){0}, "cairo: %s",
                 cairo_status_to_string(status));
    }
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS;
}
