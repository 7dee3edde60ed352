/* Days and civil dates: H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
#include "model/date.h"

#include "base/banned.h"

static pm_date days_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void pm_date_split(pm_date date, int *year, int *month, int *day)
{
    int shifted = date + 719468;
    int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Exactly `count` digits at s; -1 if there is anything else. */
static int digits(const char *s, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

bool pm_date_parse(const char *iso, pm_date *out)
{
    if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return false;
    int year = digits(iso, 4), month = digits(iso + 5, 2), day = digits(iso + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    pm_date date = days_from_civil(year, month, day);
    int y = 0, m = 0, d = 0;
    pm_date_split(date, &y, &m, &d); /* a day that does not exist comes back as another */
    if (y != year || m != month || d != day)
        return false;
    *out = date;
    return true;
}

void pm_date_iso(pm_date date, char out[16])
{
    int year = 0, month = 0, day = 0;
    pm_date_split(date, &year, &month, &day);
    memcpy(out, "yyyy-mm-dd", 11);
    for (int i = 9, rest = year % 10000 * 10000 + month * 100 + day; i >= 0; i--)
        if (out[i] != '-') {
            out[i] = (char)('0' + rest % 10);
            rest /= 10;
        }
}

int pm_interval_parse(const char *text)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"day", 1}, {"week", 7}, {"month", 0}};
    int days = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i].word) == 0)
            return words[i].days;
    for (; *text >= '0' && *text <= '9' && days <= PM_MOST_INTERVAL; text++)
        days = days * 10 + (*text - '0');
    return *text == '\0' && days >= 1 && days <= PM_MOST_INTERVAL ? days : -1;
}

static pm_date months_later(pm_date from, int count)
{
    int year = 0, month = 0, day = 0;
    pm_date_split(from, &year, &month, &day);
    int months = year * 12 + month - 1 + count, next = months + 1;
    pm_date first = days_from_civil(months / 12, months % 12 + 1, 1);
    int length = days_from_civil(next / 12, next % 12 + 1, 1) - first;
    return first + (day < length ? day : length) - 1;
}

pm_date pm_date_later(pm_date from, int interval, int count)
{
    return interval ? from + count * interval : months_later(from, count);
}
