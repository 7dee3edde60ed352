/* Drawing text with cairo; apart from text.h, so that layout does not see cairo. */
#ifndef PM_TEXT_DRAW_H
#define PM_TEXT_DRAW_H

#include <cairo.h>

#include "scene/scene.h"
#include "text/fonts.h"

void pm_set_source(cairo_t *cr, pm_color c); /* the colour to draw with from here on */
/* Draws the run, halo first, at its place. Into an image as outlines, elsewhere as text. */
void pm_text_draw(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run);

#endif
