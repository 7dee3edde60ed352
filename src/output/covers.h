/* What shapes cover, kept from picture to picture: maps of a batch, and frames of an animation, have most
 * shapes in common, whatever their colours. Of one thread. A shape is known by all that its coverage follows from, to the
 * last bit, so that a picture is the same whatever was drawn before it. */
#ifndef PM_OUTPUT_COVERS_H
#define PM_OUTPUT_COVERS_H

#include "output/raster.h"

struct pm_covers;

struct pm_shape {
    const struct pm_path *path;
    enum pm_fill_rule rule; /* of a fill */
    double width;           /* of a stroke; 0: it is filled */
};

/* Keeps up to `most` bytes. */
struct pm_covers *pm_covers_new(size_t most);
void pm_covers_free(struct pm_covers *covers); /* accepts NULL */

/* Begins a picture. Of the first nothing is kept, as it may be the only one; if there was no room for all of the one
 * before, what that did not need is forgotten. Accepts NULL. */
void pm_covers_begin(struct pm_covers *covers);

/* Hands on the runs that the shape covers, as pm_raster_fill and pm_raster_stroke do; `covers` may be NULL. */
void pm_covers_draw(struct pm_covers *covers, struct pm_raster *raster, struct pm_shape shape,
                    pm_run_fn *run, void *user);

#endif
