/* JSON pointers as places: line and column of a value or key, found when something is reported. */
#ifndef PM_INPUT_POINTER_H
#define PM_INPUT_POINTER_H

#include <stdbool.h>

#include "base/source.h"
#include "model/status.h"

/* The place a pointer names in a source: of the value, or (with `key`) of its key. */
struct pm_place pm_pointer_place(const struct pm_source *source, pm_pointer pointer, bool key);

#endif
