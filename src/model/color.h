/* Colours: sRGB with alpha, and the measures of contrast that WCAG 2 defines. */
#ifndef PM_MODEL_COLOR_H
#define PM_MODEL_COLOR_H

#include <stdbool.h>
#include <stdint.h>

/* 0xRRGGBBAA; alpha 0 means: not drawn. */
typedef uint32_t pm_color;

#define PM_NO_COLOR ((pm_color)0)

bool pm_color_parse(const char *text, pm_color *out); /* "#RGB", "#RRGGBB", "#RRGGBBAA" or "none" */
void pm_color_hex(pm_color c, char out[8]);           /* "#rrggbb", alpha left out */
double pm_color_alpha(pm_color c);                    /* 0..1 */
pm_color pm_color_with_alpha(pm_color c, double alpha);
/* `share` (0..1) of `top` mixed over opaque `below`, in sRGB values as painters do. */
pm_color pm_color_mix(pm_color top, pm_color below, double share);
void pm_color_linear(pm_color c, double rgb[3]);  /* channels 0..1, in proportion to light */
double pm_color_luminance(pm_color c);            /* relative luminance, WCAG 2.1 */
double pm_color_contrast(pm_color a, pm_color b); /* contrast ratio 1..21, WCAG 2.1 */

#endif
