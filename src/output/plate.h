/* The plate: the picture before, kept with the steps in which it was painted. Maps of a batch, and frames of an animation, are
 * alike: a tile of a picture that no other steps touch than before, in the same order, is as it was. So the steps are
 * noted first and compared with those before; only where they differ pixels are painted, and rows of tiles packed.
 * Of one thread. */
#ifndef PM_OUTPUT_PLATE_H
#define PM_OUTPUT_PLATE_H

#include "base/str.h"
#include "base/vec.h"
#include "output/bands.h"
#include "output/covers.h"

/* What to paint with: a colour, or a square tile of whole pixels that repeats from the page's origin. */
struct pm_ink {
    pm_color color;
    const uint32_t *tile; /* premultiplied 0xAARRGGBB, side * side; or NULL */
    int side;
    struct pm_pattern pattern; /* of the tile, which follows from it */
};

enum pm_step_kind {
    PM_STEP_FILL,
    PM_STEP_PIECE,  /* of a mosaic */
    PM_STEP_SETTLE, /* ends a mosaic */
    PM_STEP_LINE,   /* is cairo's; its cover is what it may touch */
};

struct pm_step {
    enum pm_step_kind kind;
    struct pm_ink ink;
    struct pm_paint line;
    const struct pm_path *path;   /* of the line, as long as the picture's scene */
    struct pm_raster_area area;   /* that it is clipped to */
    const struct pm_cover *cover; /* NULL if nothing is kept, or there is nothing to cover */
};

struct pm_steps {
    PM_VEC(struct pm_step) all;
};

struct pm_plate;

/* Keeps up to `most` bytes of what shapes cover, and pictures of up to `pixels`. */
struct pm_plate *pm_plate_new(size_t most, size_t pixels);
void pm_plate_free(struct pm_plate *plate);                /* accepts NULL */
struct pm_covers *pm_plate_covers(struct pm_plate *plate); /* NULL of NULL */

/* Begins a picture. Returns its pixels, as they were painted last; NULL if it is not kept: the first, as it may be the only one,
 * and large ones. `plate` may be NULL. */
uint32_t *pm_plate_begin(struct pm_plate *plate, int width, int height, pm_color background);

bool pm_plate_keeps(const struct pm_plate *plate);
/* Of a picture that is kept. */
struct pm_raster *pm_plate_raster(struct pm_plate *plate);

/* The steps of the picture begun, to be filled. */
struct pm_steps *pm_plate_steps(struct pm_plate *plate);
/* Which tiles are to be painted when all is noted. From here on the picture is the one before. */
const struct pm_tiles *pm_plate_compare(struct pm_plate *plate);
/* Nothing more is noted of the picture, as what it covers can't be kept. */
void pm_plate_give_up(struct pm_plate *plate);

/* Of a picture that is kept: its rows of tiles from above, as they were packed at that level. What is no longer true, as
 * something was painted there, is empty, for the caller to fill. */
struct pm_band *pm_plate_bands(struct pm_plate *plate, int level);

#endif
