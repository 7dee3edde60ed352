/* Places in a JSON text, which jansson forgets: found by scanning the text when something is
 * reported. */
#ifndef PM_INPUT_POINTER_H
#define PM_INPUT_POINTER_H

#include <stdbool.h>

#include "base/diag.h"
#include "model/status.h"

/* The place a pointer names in a source: of the value, or (with `key`) of its key. Of an object or
 * list that is its opening bracket. A pointer that leads to nothing gives the last value on its
 * way. */
struct pm_place pm_pointer_place(const struct pm_source *source, pm_pointer pointer, bool key);

/* Adds an error "duplicate-key" for every key that stands twice in its object. The text must be
 * well-formed JSON, not nested deeper than jansson allows. */
void pm_report_duplicate_keys(const struct pm_source *source, struct pm_diags *diags);

#endif
