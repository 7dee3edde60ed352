/* The rows of a picture, packed in bands that stand on their own (deflate.h): so several threads may pack them, and those
 * that are as they were need not be packed again. The bytes are the same whoever packs them. */
#ifndef PM_OUTPUT_BANDS_H
#define PM_OUTPUT_BANDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A row of tiles. */
struct pm_band {
    struct pm_str packed; /* a part of a stream; empty: it is to be packed */
    size_t size;          /* of what was packed, in bytes … */
    uint32_t sum;         /* … and its Adler-32 */
};

/* How. */
struct pm_packing {
    int level;   /* of deflate */
    int threads; /* the caller's is one of them, and the only one if this is less than two */
};

/* What. */
struct pm_rows {
    int height;
    size_t row_size; /* bytes of a row at most */
    /* Puts rows y0 <= y < y1 into `bytes` and returns how many these are; called by several threads at once. */
    size_t (*put)(const void *user, int y0, int y1, char *bytes);
    const void *user;
};

/* Of so many rows. */
size_t pm_band_count(int height);
/* Packs the bands that are empty. Where the system has no threads to give, the caller's does it alone. */
void pm_bands_pack(struct pm_band *bands, const struct pm_rows *rows, struct pm_packing packing);

#endif
