/* Places with whole coordinates, to be found by where they are: in rows, from left to right. */
#ifndef PM_GEO_SPOTS_H
#define PM_GEO_SPOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pm_spot {
    int32_t x, y;
};

/* Where a row lists a place: `index` is its number. */
struct pm_spot_entry {
    struct pm_spot at;
    uint32_t index;
};

struct pm_spots {
    struct pm_spot_entry *entries; /* by row, then by x, then by number */
    uint32_t *rows;                /* by row: its first entry; one more than rows */
    uint32_t row_count;
    int shift; /* rows are 1 << shift high */
    struct pm_spot low, high;
};

/* Rows are at least 1 << shift high, and not more than there are places. `count` > 0. Linear time. */
void pm_spots_make(struct pm_spots *spots, const struct pm_spot *places, size_t count, int shift);
void pm_spots_finish(struct pm_spots *spots);

/* The rows that meet low .. high; none if *first > *last. */
void pm_spots_rows(const struct pm_spots *spots, int64_t low, int64_t high, int64_t *first,
                   int64_t *last);
/* The row's first entry that is not left of x; the end is rows[row + 1]. */
uint32_t pm_spots_from(const struct pm_spots *spots, int64_t row, int32_t x);

/* Where a row meets the segment ab: adds it to *left .. *right, which lie a little outside. */
void pm_spots_reach(const struct pm_spots *spots, int64_t row, struct pm_spot a, struct pm_spot b,
                    int32_t *left, int32_t *right);

#endif
