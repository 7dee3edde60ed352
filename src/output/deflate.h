/* Packing of pictures: DEFLATE (RFC 1951) in a zlib stream (RFC 1950). */
#ifndef PM_OUTPUT_DEFLATE_H
#define PM_OUTPUT_DEFLATE_H

#include "base/str.h"

/* Rows as PNG has them: a byte for the filter, then pixels of so many bytes each. */
struct pm_rows {
    const unsigned char *bytes;
    size_t count, length; /* of rows; of one in bytes */
    size_t pixel;         /* bytes: 1, 3 or 4 */
};

/* Appends the stream. It follows from the rows alone. */
void pm_deflate(struct pm_str *out, const struct pm_rows *rows);

#endif
