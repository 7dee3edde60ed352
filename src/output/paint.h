/* Scene -> cairo. The PDF writer draws all so, PNG only some. */
#ifndef PM_OUTPUT_PAINT_H
#define PM_OUTPUT_PAINT_H

#include <cairo.h>

#include "scene/scene.h"
#include "text/fonts.h"

/* In user space of one unit a px: the background, then node after node. */
void pm_paint_background(const struct pm_scene *scene, cairo_t *cr);
void pm_paint_node(const struct pm_scene *scene, struct pm_fonts *fonts, cairo_t *cr,
                   const struct pm_node *node);

#define PM_MITRE_LIMIT 4

void pm_paint_stroke(cairo_t *cr, const struct pm_path *path, const struct pm_paint *paint);
/* The texture wherever it touches the box. */
void pm_paint_texture(cairo_t *cr, const struct pm_pattern *pattern, struct pm_box box);

#endif
