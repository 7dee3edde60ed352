/* Tiles of a picture: which of them are to be painted. */
#ifndef PM_OUTPUT_TILES_H
#define PM_OUTPUT_TILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PM_TILE_SIDE = 32 }; /* px */

/* Pixels x0 <= x < x1 of a row. */
struct pm_tile_span {
    int x0, x1;
};

struct pm_tiles {
    int width, columns, rows;
    uint8_t *marked;            /* a byte a tile */
    struct pm_tile_span *spans; /* room for `columns` of them a row of tiles */
    int *counts;                /* of spans, by row of tiles */
};

/* None of them is marked. */
void pm_tiles_make(struct pm_tiles *tiles, int width, int height);
void pm_tiles_finish(struct pm_tiles *tiles);

void pm_tiles_clear(struct pm_tiles *tiles);
void pm_tiles_mark_all(struct pm_tiles *tiles);
/* All that have one of the pixels x0 <= x < x1 of row y. */
void pm_tiles_mark(struct pm_tiles *tiles, int y, int x0, int x1);
/* Is any of them marked? */
bool pm_tiles_any(const struct pm_tiles *tiles, int y, int x0, int x1);

/* Makes the spans of what is marked, from left to right; they hold until the next mark. */
void pm_tiles_join(struct pm_tiles *tiles);

/* Of a row of pixels. */
static inline const struct pm_tile_span *pm_tiles_spans(const struct pm_tiles *tiles, int y,
                                                        int *count)
{
    int row = y / PM_TILE_SIDE;
    *count = tiles->counts[row];
    return tiles->spans + (ptrdiff_t)row * tiles->columns;
}

#endif
