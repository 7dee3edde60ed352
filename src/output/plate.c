#include "output/plate.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct pm_plate {
    struct pm_covers *covers;
    size_t most_pixels;
    int width, height;
    pm_color background;
    uint32_t *pixels; /* NULL: no picture is kept */
    struct pm_raster *raster;
    bool begun;    /* there was a picture */
    bool keeps;    /* the one that was begun last */
    bool known;    /* `now` are the steps of the pixels … */
    bool followed; /* … and `before` were, when the picture began */
    struct pm_steps before, now;
    struct pm_tiles tiles;
    struct pm_band *bands; /* by row of tiles */
    int level;             /* that they are packed at */
};

struct pm_plate *pm_plate_new(size_t most, size_t pixels)
{
    struct pm_plate *plate = pm_xcalloc(1, sizeof *plate);
    plate->covers = pm_covers_new(most);
    plate->most_pixels = pixels;
    return plate;
}

static void forget_picture(struct pm_plate *plate)
{
    for (int row = 0; row < plate->tiles.rows; row++)
        pm_str_finish(&plate->bands[row].packed);
    free(plate->bands);
    free(plate->pixels);
    pm_tiles_finish(&plate->tiles);
    pm_raster_free(plate->raster);
    plate->bands = NULL;
    plate->raster = NULL;
    plate->pixels = NULL;
    plate->known = plate->followed = false;
}

/* They are to be packed anew. */
static void forget_bands(struct pm_plate *plate)
{
    for (int row = 0; row < plate->tiles.rows; row++)
        plate->bands[row].packed.n = 0;
}

void pm_plate_free(struct pm_plate *plate)
{
    if (!plate)
        return;
    forget_picture(plate);
    pm_vec_finish(&plate->before.all);
    pm_vec_finish(&plate->now.all);
    pm_covers_free(plate->covers);
    free(plate);
}

struct pm_covers *pm_plate_covers(struct pm_plate *plate)
{
    return plate ? plate->covers : NULL;
}

uint32_t *pm_plate_begin(struct pm_plate *plate, int width, int height, pm_color background)
{
    if (!plate)
        return NULL;
    size_t count = (size_t)width * (size_t)height;
    bool first = !plate->begun, fits = plate->width == width && plate->height == height;
    plate->begun = true;
    pm_covers_begin(plate->covers);
    if (!fits)
        forget_picture(plate);
    plate->width = width;
    plate->height = height;
    plate->keeps = !first && count <= plate->most_pixels;
    if (!plate->keeps)
        return NULL;
    if (!plate->pixels) {
        plate->pixels = pm_xrealloc(NULL, count, sizeof *plate->pixels);
        plate->raster = pm_raster_new(width, height);
        pm_tiles_make(&plate->tiles, width, height);
        plate->bands = pm_xcalloc((size_t)plate->tiles.rows, sizeof *plate->bands);
    }
    pm_raster_clip(plate->raster, pm_box_of(0, 0, width, height));
    struct pm_steps before = plate->now;
    plate->now = plate->before;
    plate->now.all.n = 0;
    plate->before = before;
    plate->followed = plate->known && plate->background == background;
    plate->known = false;
    plate->background = background;
    return plate->pixels;
}

bool pm_plate_keeps(const struct pm_plate *plate)
{
    return plate && plate->keeps;
}

struct pm_raster *pm_plate_raster(struct pm_plate *plate)
{
    return plate->raster;
}

struct pm_steps *pm_plate_steps(struct pm_plate *plate)
{
    return &plate->now;
}

void pm_plate_give_up(struct pm_plate *plate)
{
    plate->known = false;
    forget_bands(plate);
}

/* ---- comparing ------------------------------------------------------------------------------------- */

static bool same_pattern(const struct pm_pattern *a, const struct pm_pattern *b)
{
    return a->kind == b->kind && a->color == b->color && a->spacing == b->spacing &&
           a->width == b->width;
}

static bool same_ink(const struct pm_ink *a, const struct pm_ink *b)
{
    return a->color == b->color && a->side == b->side && same_pattern(&a->pattern, &b->pattern);
}

static bool same_line(const struct pm_paint *a, const struct pm_paint *b)
{
    bool same = a->stroke == b->stroke && a->round == b->round && a->width == b->width;
    for (size_t i = 0; i < sizeof a->dash / sizeof *a->dash; i++)
        same &= a->dash[i] == b->dash[i];
    return same;
}

/* A cover is of one path and one clip. */
static bool same_step(const struct pm_step *a, const struct pm_step *b)
{
    return a->kind == b->kind && a->cover == b->cover &&
           (a->kind == PM_STEP_LINE ? same_line(&a->line, &b->line) : same_ink(&a->ink, &b->ink));
}

/* Do they differ only in what they cover? Of a line the cover does not tell all. */
static bool same_but_cover(const struct pm_step *a, const struct pm_step *b)
{
    return a->kind == b->kind && a->kind != PM_STEP_LINE && a->cover && b->cover &&
           same_ink(&a->ink, &b->ink);
}

/* How a mosaic is divided changes pixels that no single step of it tells of. */
static void mark_step(struct pm_tiles *tiles, const struct pm_step *step)
{
    if (step->kind == PM_STEP_SETTLE)
        pm_tiles_mark_all(tiles);
    else
        pm_cover_mark(step->cover, tiles);
}

/* The next of the steps, from `at` on, that is the same; SIZE_MAX if none is near. */
static size_t find_step(const struct pm_steps *steps, size_t at, const struct pm_step *step)
{
    enum { NEAR = 256 };
    size_t end = steps->all.n - at < NEAR ? steps->all.n : at + NEAR;
    for (size_t i = at; i < end; i++)
        if (same_step(&steps->all.v[i], step))
            return i;
    return SIZE_MAX;
}

/* Is before[at] in the place of now[i], with another shape? */
static bool is_reshaped(const struct pm_steps *before, size_t at, const struct pm_steps *now,
                        size_t i)
{
    return at < before->all.n && same_but_cover(&before->all.v[at], &now->all.v[i]) &&
           find_step(now, i + 1, &before->all.v[at]) == SIZE_MAX;
}

/* Marks what steps touch that only one of the pictures has. The others both have in one order, some with shapes that
 * differ in part. */
static void mark_differences(struct pm_tiles *tiles, const struct pm_steps *before,
                             const struct pm_steps *now)
{
    size_t at = 0;
    for (size_t i = 0; i < now->all.n; i++) {
        size_t found = find_step(before, at, &now->all.v[i]);
        if (found == SIZE_MAX) {
            if (is_reshaped(before, at, now, i))
                pm_cover_mark_differences(before->all.v[at++].cover, now->all.v[i].cover, tiles);
            else
                mark_step(tiles, &now->all.v[i]);
            continue;
        }
        for (; at < found; at++)
            mark_step(tiles, &before->all.v[at]);
        at++;
    }
    for (; at < before->all.n; at++)
        mark_step(tiles, &before->all.v[at]);
}

const struct pm_tiles *pm_plate_compare(struct pm_plate *plate)
{
    pm_tiles_clear(&plate->tiles);
    if (plate->followed)
        mark_differences(&plate->tiles, &plate->before, &plate->now);
    else
        pm_tiles_mark_all(&plate->tiles);
    pm_tiles_join(&plate->tiles);
    plate->known = true;
    for (int row = 0; row < plate->tiles.rows; row++)
        if (plate->tiles.counts[row])
            plate->bands[row].packed.n = 0;
    return &plate->tiles;
}

struct pm_band *pm_plate_bands(struct pm_plate *plate, int level)
{
    if (plate->level != level)
        forget_bands(plate);
    plate->level = level;
    return plate->bands;
}
