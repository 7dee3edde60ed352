/* A sum in a text, of all the rest of it: by this a program sees that nobody changed what it wrote. */
#ifndef PM_BASE_SEAL_H
#define PM_BASE_SEAL_H

#include <stdbool.h>

#include "base/str.h"

/* Stands once in a text that is sealed; the sum, and a quote, follow it. */
#define PM_SEAL "\"x-imported-sum\": \""

/* Puts the sum behind PM_SEAL. */
void pm_seal(struct pm_str *text);
bool pm_is_sealed(const char *text);

#endif
