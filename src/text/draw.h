/* Drawing text with cairo; apart from text.h, so that layout does not see cairo. */
#ifndef PM_TEXT_DRAW_H
#define PM_TEXT_DRAW_H

#include <cairo.h>

#include "scene/scene.h"
#include "text/fonts.h"

void pm_set_source(cairo_t *cr, pm_color c); /* the colour to draw with from here on */
/* Draws the run as text, halo first, at its place. Not into images: cairo 1.16 moves their glyphs to
 * whole pixels, which makes letter spacing uneven and shifts them against their halo. */
void pm_text_draw(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run);
enum pm_text_part { PM_TEXT_WHOLE, PM_TEXT_MAIN, PM_TEXT_ASIDE };

/* The outlines of the run's glyphs, or of those of one colour, at its place, instead of what `path` holds;
 * filled nonzero. `cr` serves as scratch. */
void pm_text_outline(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run,
                     enum pm_text_part part, struct pm_path *path);
/* The same, kept by the fonts until they are trimmed: maps of a batch have most texts in common. Good until the next
 * call. */
const struct pm_path *pm_text_drawn(struct pm_fonts *fonts, cairo_t *cr, const struct pm_run *run,
                                    enum pm_text_part part);

#endif
