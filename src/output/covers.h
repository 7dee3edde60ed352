/* What shapes cover, kept from picture to picture: maps of a batch, and frames of an animation, have most
 * shapes in common, whatever their colours. Of one thread. A shape is known by all that its coverage follows from, to the
 * last bit, so that a picture is the same whatever was drawn before it. */
#ifndef PM_OUTPUT_COVERS_H
#define PM_OUTPUT_COVERS_H

#include "output/raster.h"
#include "output/tiles.h"

struct pm_covers;

struct pm_shape {
    const struct pm_path *path;
    enum pm_fill_rule rule; /* of a fill */
    double width;           /* of a stroke; 0: it is filled */
    bool inner;             /* of the stroke what lies within the path */
};

/* What a shape covers. The same shape has the same one, by address, as long as it is kept. */
struct pm_cover;

/* Keeps up to `most` bytes, and what the last one takes beyond. */
struct pm_covers *pm_covers_new(size_t most);
size_t pm_covers_size(const struct pm_covers *covers); /* what it keeps */
void pm_covers_free(struct pm_covers *covers); /* accepts NULL */

/* Begins a picture. Of the first nothing is kept, as it may be the only one. Where room is short, what neither this
 * picture nor the one before needed is forgotten. Accepts NULL. */
void pm_covers_begin(struct pm_covers *covers);

/* The shape's, kept until the picture after this one is at its end; NULL if there is no room, or `covers` is NULL. */
const struct pm_cover *pm_cover_of(struct pm_covers *covers, struct pm_raster *raster,
                                   struct pm_shape shape);

/* Hands on the runs that the shape covers, as pm_raster_fill and pm_raster_stroke do. Of a cover, only what of them lies
 * in tiles that are marked and joined; `tiles` may be NULL: all. */
void pm_shape_draw(struct pm_raster *raster, struct pm_shape shape, pm_run_fn *run, void *user);
void pm_cover_draw(const struct pm_cover *cover, const struct pm_tiles *tiles, pm_run_fn *run,
                   void *user);
size_t pm_cover_pixels(const struct pm_cover *cover); /* how many it covers */

/* Marks the tiles in which the two differ. */
void pm_cover_mark_differences(const struct pm_cover *a, const struct pm_cover *b,
                               struct pm_tiles *tiles);
/* Marks the tiles that it touches; tells whether it touches one that is marked. */
void pm_cover_mark(const struct pm_cover *cover, struct pm_tiles *tiles);
bool pm_cover_meets(const struct pm_cover *cover, const struct pm_tiles *tiles);

#endif
