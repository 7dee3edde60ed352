/* Where the values of a JSON text stand, which jansson forgets. One scan of the text makes an index
 * from (container, key or number) to offsets; its memory is linear in the number of values. */
#ifndef PM_INPUT_POSITIONS_H
#define PM_INPUT_POSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "model/status.h"

struct pm_positions;

/* Looks at brackets, quotes and commas alone, before anything is allocated: false and an error
 * "too-deep" or "too-many" if the text is beyond the limits. Any bytes will do. */
bool pm_positions_check(const struct pm_source *source, struct pm_diags *diags);

/* The text must be JSON. Every key that stands twice in its object is an error "duplicate-key". */
struct pm_positions *pm_positions_new(const struct pm_source *source, struct pm_diags *diags);
void pm_positions_free(struct pm_positions *positions);

struct pm_at pm_positions_root(const struct pm_positions *positions);
/* Where a member, or an element, of the container at `at` stands; {0, 0} if there is none. */
struct pm_at pm_positions_member(const struct pm_positions *positions, struct pm_at at,
                                 const char *key);
struct pm_at pm_positions_element(const struct pm_positions *positions, struct pm_at at,
                                  size_t index);

/* For messages: the key or the value; of an object or list its opening bracket; of a table the cell. */
struct pm_place pm_place_key(const struct pm_source *source, struct pm_at at);
struct pm_place pm_place_value(const struct pm_source *source, struct pm_at at);

#endif
