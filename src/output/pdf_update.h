/* Adding to a finished PDF what cairo has no words for. */
#ifndef PM_OUTPUT_PDF_UPDATE_H
#define PM_OUTPUT_PDF_UPDATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* More keys for an object. */
struct pm_pdf_edit {
    const char *begins; /* how its text begins, behind "obj" and a line feed */
    const char *keys;   /* "/Lang (en)" */
};

/* Appends an incremental update (ISO 32000-1, 7.5.6): each edit is made on the first object that begins so, in
 * the order of their numbers, and was not edited by one before. False, and nothing is appended, if there is no
 * such object, or the file has no cross-reference table as cairo writes it. */
bool pm_pdf_update(struct pm_str *pdf, const struct pm_pdf_edit *edits, size_t count);

/* Appends a text as a string object (7.3.4, 7.9.2.2): in ASCII, or in UTF-16 where it has other characters. */
void pm_pdf_text(struct pm_str *out, const char *text);

#endif
