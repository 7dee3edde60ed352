/* Facts about a file, a tree of JSON, as text for people. */
#ifndef PM_INPUT_INFO_TEXT_H
#define PM_INPUT_INFO_TEXT_H

#include <jansson.h>

#include "base/str.h"

/* Label and value in two columns; lists of objects become tables. */
void pm_info_text(json_t *facts, struct pm_str *out);

#endif
