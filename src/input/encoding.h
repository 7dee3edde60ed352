/* Character encodings of tables: what their many names mean, and decoding to UTF-8 by iconv. */
#ifndef PM_INPUT_ENCODING_H
#define PM_INPUT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* What iconv calls the encoding that `name` means, in any of the spellings found in .cpg files and
 * by users: "UTF-8", "65001", "1252", "ANSI 1252", "88591", "OEM 852", "Big5" … NULL if it is
 * unknown to this table and to iconv, or does not hold ASCII as ASCII. */
const char *pm_encoding_named(const char *name, struct pm_arena *arena);

/* What a .dbf's language driver id (LDID) means; NULL if nothing, or only "the writer's own". */
const char *pm_encoding_of_ldid(unsigned char ldid);

enum pm_decoded {
    PM_DECODED,     /* all of it */
    PM_DECODED_CUT, /* but for a character cut off at its end */
    PM_NOT_DECODED,
};

/* A decoder; zeroed: UTF-8, which needs none. */
struct pm_decoder {
    void *iconv; /* NULL for UTF-8 */
};

/* False if iconv does not know the encoding. */
bool pm_decoder_open(struct pm_decoder *decoder, const char *encoding);
void pm_decoder_close(struct pm_decoder *decoder);
/* Appends the text to `out`; after PM_NOT_DECODED, what came before the fault. */
enum pm_decoded pm_decode(const struct pm_decoder *decoder, const char *text, size_t length,
                          struct pm_str *out);

/* How a text agrees with UTF-8. */
enum pm_decoded pm_utf8_decoded(const char *text, size_t length);

#endif
