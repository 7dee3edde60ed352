/* Scene -> pixels: what the PNG writer encodes. */
#ifndef PM_OUTPUT_PICTURE_H
#define PM_OUTPUT_PICTURE_H

#include <cairo.h>

#include "output/covers.h"
#include "scene/scene.h"
#include "text/fonts.h"

/* The scene on an image surface of its size (RGB24), for the caller to destroy. What it shows is
 * good only if `status` is success. `covers` may be NULL. */
cairo_surface_t *pm_picture(const struct pm_scene *scene, struct pm_fonts *fonts,
                            struct pm_covers *covers, cairo_status_t *status);

#endif
