/* Aliases: {"Helmend": "Helmand"}, in a status file or in a file of their own. */
#ifndef PM_INPUT_ALIASES_JSON_H
#define PM_INPUT_ALIASES_JSON_H

#include "input/json.h"

/* Reads the object into the json's arena; wrong types are errors. */
void pm_read_aliases(const struct pm_jval *object, struct pm_alias **aliases, size_t *count);

#endif
