/* Shares in percent. */
#ifndef PM_LAYOUT_SHARES_H
#define PM_LAYOUT_SHARES_H

#include <stddef.h>

#include "base/arena.h"

/* Whole percents that add up to 100: each is its share rounded down, and what is left goes to the largest
 * remainders (Hamilton's method), to the first among equals. All 0 if the values are. None is negative. */
void pm_percents(const double *values, size_t count, int *percents, struct pm_arena *arena);

#endif
