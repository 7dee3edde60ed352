/* Scene -> cairo: what PNG and PDF share. */
#ifndef PM_OUTPUT_PAINT_H
#define PM_OUTPUT_PAINT_H

#include <cairo.h>

#include "scene/scene.h"
#include "text/fonts.h"

/* Draws the whole scene in user space of one unit a px. */
void pm_paint_scene(const struct pm_scene *scene, struct pm_fonts *fonts, cairo_t *cr);

#endif
