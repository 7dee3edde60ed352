/* The language of man pages, groff_man(7). */
#ifndef PM_BASE_ROFF_H
#define PM_BASE_ROFF_H

#include "base/str.h"

/* Appends plain text so that a page shows it as it is, in a line of its own or within a macro's argument in double
 * quotes. Line breaks stay. */
void pm_roff_add(struct pm_str *out, const char *text);

#endif
