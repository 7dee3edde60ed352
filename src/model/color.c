#include "model/color.h"

#include <math.h>

#include "base/banned.h"

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

bool pm_color_parse(const char *text, pm_color *out)
{
    size_t length = strlen(text);
    if (strcmp(text, "none") == 0) {
        *out = PM_NO_COLOR;
        return true;
    }
    if (text[0] != '#' || (length != 4 && length != 7 && length != 9))
        return false;
    uint32_t value = 0;
    for (size_t i = 1; i < length; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
        if (length == 4)
            value = value << 4 | (uint32_t)digit;
    }
    *out = length == 9 ? value : value << 8 | 0xFF;
    return true;
}

void pm_color_hex(pm_color c, char out[8])
{
    static const char digits[] = "0123456789abcdef";
    out[0] = '#';
    for (int i = 1; i <= 6; i++)
        out[i] = digits[c >> (32 - 4 * i) & 15];
    out[7] = '\0';
}

double pm_color_alpha(pm_color c)
{
    return (c & 0xFF) / 255.0;
}

pm_color pm_color_with_alpha(pm_color c, double alpha)
{
    return (c & 0xFFFFFF00U) | (uint32_t)lround(fmin(fmax(alpha, 0), 1) * 255);
}

pm_color pm_color_mix(pm_color top, pm_color below, double share)
{
    pm_color mixed = 0xFF;
    for (int shift = 8; shift <= 24; shift += 8) {
        double a = (top >> shift) & 0xFF, b = (below >> shift) & 0xFF;
        mixed |= (uint32_t)lround(b + (a - b) * share) << shift;
    }
    return mixed;
}

/* WCAG 2 has the older limit of 0.03928; no channel of 8 bits lies between. */
static double linear(uint32_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

void pm_color_linear(pm_color c, double rgb[3])
{
    for (int i = 0; i < 3; i++)
        rgb[i] = linear((c >> (24 - 8 * i)) & 0xFF);
}

double pm_color_luminance(pm_color c)
{
    double rgb[3];
    pm_color_linear(c, rgb);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

double pm_color_contrast(pm_color a, pm_color b)
{
    double x = pm_color_luminance(a), y = pm_color_luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}
