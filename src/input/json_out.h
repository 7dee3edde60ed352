/* Writing JSON: objects built with jansson, for reports and facts. */
#ifndef PM_INPUT_JSON_OUT_H
#define PM_INPUT_JSON_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/date.h"

/* An empty object; an empty object or list as a member; an empty object at the end of a list. */
json_t *pm_out_new(void);
json_t *pm_out_object(json_t *object, const char *key);
json_t *pm_out_list(json_t *object, const char *key);
json_t *pm_out_item(json_t *list);
void pm_out_item_text(json_t *list, const char *text);
/* Sets a member; NULL leaves it out. */
void pm_out_text(json_t *object, const char *key, const char *text);
/* As YYYY-MM-DD; PM_NO_DATE leaves it out. */
void pm_out_date(json_t *object, const char *key, pm_date date);
void pm_out_count(json_t *object, const char *key, size_t count);
void pm_out_number(json_t *object, const char *key, double number);
void pm_out_flag(json_t *object, const char *key, bool set);
/* Adds one to a member that counts. */
void pm_out_tally(json_t *object, const char *key);
/* The text with a line break at its end, for the caller to free(); frees the object. */
void pm_out_dump(json_t *object, char **data, size_t *size);

#endif
