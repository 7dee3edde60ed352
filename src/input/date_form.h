/* Days as people write them, read by a form that they name; nothing is guessed. */
#ifndef PM_INPUT_DATE_FORM_H
#define PM_INPUT_DATE_FORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/date.h"
#include "provmap.h"

#define PM_DATE_ISO "%Y-%m-%d"

/* A form is "excel" (days counted as in a spreadsheet of Excel, since 1900) or a text with %Y (four
 * digits), %m, %d (one or two), %b or %B (English names), %H, %M, %S (left out of account); what
 * else it holds must stand in the date. Does it say year, month and day? */
bool pm_date_form_check(const char *form);
/* Does the whole text have the form, and does the day exist? */
bool pm_date_form_read(const char *form, const char *text, pm_date *out);
/* The forms that a text might have: "%d.%m.%Y or %m.%d.%Y"; NULL if none of the usual ones. */
const char *pm_date_forms_of(struct pm_arena *arena, const char *text);

/* The day that an option of the command gives, as YYYY-MM-DD: sets `out`, unless `text` is NULL or, with an error, no
 * date. */
bool pm_date_option(const char *option, const char *text, pm_date *out, struct pm_diags *diags);

#endif
