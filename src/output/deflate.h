/* Deflate in parts, RFC 1951: each stands on its own, begins and ends on a byte, and may follow any other. So parts of
 * a picture that are as they were need not be packed again. As those of large pictures are longer than the 32 KiB that
 * deflate looks back, they grow by one or two per cent; small ones by up to five. */
#ifndef PM_OUTPUT_DEFLATE_H
#define PM_OUTPUT_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Packs parts at one level. Of one thread. */
struct pm_deflater;

/* `level`: 0 (not at all), 1 (fast: by ISA-L, where it is) to libdeflate's 12. */
struct pm_deflater *pm_deflater_new(int level);
void pm_deflater_free(struct pm_deflater *deflater);

/* Appends the bytes as a part: the same wherever they lie in memory, and whatever was packed before. */
void pm_deflate_part(struct pm_deflater *deflater, const char *bytes, size_t size,
                     struct pm_str *out);
/* Appends what ends a stream of parts. */
void pm_deflate_end(struct pm_str *out);

/* RFC 1950: the Adler-32 of two runs of bytes one after the other, of `second_size` the second. That of none is 1. */
uint32_t pm_adler32_join(uint32_t first, uint32_t second, size_t second_size);

/* Makes a part of the deflate stream from `start` on, so that another may follow: its last block is no longer called
 * the last, and an empty one is appended that ends on a byte. False, and it is as it was, if it can be seen to be no
 * such stream; that a decoder would take it is not looked at. */
bool pm_deflate_open(struct pm_str *stream, size_t start);

#endif
