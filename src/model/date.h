/* Calendar dates, proleptic Gregorian, without time or time zone. */
#ifndef PM_MODEL_DATE_H
#define PM_MODEL_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01. PM_NO_DATE: not given. Compare with < and >. */
typedef int32_t pm_date;
#define PM_NO_DATE INT32_MIN

bool pm_date_parse(const char *iso, pm_date *out); /* exactly YYYY-MM-DD, a day that exists */
void pm_date_split(pm_date date, int *year, int *month, int *day);
void pm_date_iso(pm_date date, char out[16]); /* "2021-05-04" */

#define PM_MOST_INTERVAL 36500

/* The days from one map to the next, as "day", "week", "month" (0, as they differ) or a number of days says it; -1: it is
 * none of these. */
int pm_interval_parse(const char *text);
/* The day after so many intervals: in months the same day, or the last that they have. */
pm_date pm_date_later(pm_date from, int interval, int count);

#endif
