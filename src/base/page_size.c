#include "base/page_size.h"

#include "base/limits.h"
#include "base/str.h"
#include "base/banned.h"

/* A number of these characters alone, so without sign, blanks and exponent. */
static bool side(const char *text, size_t length, const char *characters, double *out)
{
    return strspn(text, characters) >= length && pm_parse_number(text, length, out);
}

static bool pixels(const char *text, size_t length, int *out)
{
    double value = 0;
    if (!side(text, length, "0123456789", &value) || value < PM_LEAST_SIDE || value > PM_MOST_SIDE)
        return false;
    *out = (int)value;
    return true;
}

bool pm_page_size_parse(const char *text, struct pm_page_size *out)
{
    const char *x = strpbrk(text, "xX");
    *out = (struct pm_page_size){0};
    if (!x)
        return false;
    size_t first = (size_t)(x - text), second = strlen(x + 1);
    if (!pm_ends_with(x + 1, "mm"))
        return pixels(text, first, &out->width) && pixels(x + 1, second, &out->height) &&
               (double)out->width * out->height <= PM_MOST_PIXELS;
    return side(text, first, ".0123456789", &out->width_mm) &&
           side(x + 1, second - 2, ".0123456789", &out->height_mm) && out->width_mm > 0 &&
           out->height_mm > 0;
}
