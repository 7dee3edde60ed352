/* Tables for people: in aligned columns, or as Markdown (pipe tables of GFM and pandoc). */
#ifndef PM_OUTPUT_LISTING_H
#define PM_OUTPUT_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

enum { PM_LISTING_COLUMNS = 8 };

struct pm_listing {
    struct pm_arena *arena;
    bool markdown;
    size_t columns;
    const char *heads[PM_LISTING_COLUMNS];
    bool right[PM_LISTING_COLUMNS]; /* columns of numbers */
    PM_VEC(const char **) rows;
};

/* A row of as many cells as there are columns; NULL is an empty one. The strings stay the caller's. */
void pm_listing_row(struct pm_listing *listing, const char *const *cells);
/* Appends the table, with a blank line behind it, and empties it. Columns without anything in them are left
 * out; so are the heads where all of them are NULL, but in Markdown. */
void pm_listing_write(struct pm_listing *listing, struct pm_str *out);

/* Text as it is: control characters, which would steer a terminal, become U+FFFD; in Markdown what would be
 * markup is escaped. */
void pm_listing_text(struct pm_str *out, const char *text, bool markdown);

#endif
