/* Writing JSON: objects built with jansson, for reports and facts. */
#ifndef PM_INPUT_JSON_OUT_H
#define PM_INPUT_JSON_OUT_H

#include <jansson.h>
#include <stddef.h>

/* Sets a member; NULL leaves it out. */
void pm_out_text(json_t *object, const char *key, const char *text);
void pm_out_count(json_t *object, const char *key, size_t count);
/* Adds one to a member that counts. */
void pm_out_tally(json_t *object, const char *key);
/* The text with a line break at its end, for the caller to free(); frees the object. */
void pm_out_dump(json_t *object, char **data, size_t *size);

#endif
