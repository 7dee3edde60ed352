/* Scene -> pixels: what the PNG writer encodes. */
#ifndef PM_OUTPUT_PICTURE_H
#define PM_OUTPUT_PICTURE_H

#include <cairo.h>

#include "output/plate.h"
#include "scene/scene.h"
#include "text/fonts.h"

/* The scene on an image surface of its size (RGB24), for the caller to destroy. What it shows is
 * good only if `status` is success. `plate` may be NULL; if it keeps the picture, the pixels are its, for the caller to
 * leave as they are, until the next one begins. */
cairo_surface_t *pm_picture(const struct pm_scene *scene, struct pm_fonts *fonts,
                            struct pm_plate *plate, cairo_status_t *status);

#endif
