#include "input/date_form.h"

#include "base/diag.h"
#include "base/str.h"
#include "base/banned.h"

#define EXCEL "excel"

/* Excel counts from 1900 on and takes that year for a leap year: before March its days are others. */
enum { EXCEL_EPOCH = -25569, EXCEL_FIRST = 61, EXCEL_LAST = 2958465 };

struct parts {
    int year, month, day;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* At least `fewest` digits, at most `most`; -1 if there are not. */
static int number(const char **p, int fewest, int most)
{
    int value = 0, count = 0;
    while (count < most && is_digit(**p)) {
        value = value * 10 + (*(*p)++ - '0');
        count++;
    }
    return count >= fewest ? value : -1;
}

static bool begins_with(const char *text, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] | 0x20) != (word[i] | 0x20))
            return false;
    return true;
}

/* "Aug", "august": from 1; -1 if it is none. */
static int month_name(const char **p)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    for (int i = 0; i < 12; i++) {
        size_t length = strlen(names[i]);
        if (strlen(*p) >= length && begins_with(*p, names[i], length)) {
            *p += length;
            return i + 1;
        }
    }
    for (int i = 0; i < 12; i++)
        if (strlen(*p) >= 3 && begins_with(*p, names[i], 3)) {
            *p += 3;
            return i + 1;
        }
    return -1;
}

/* One part. Without anything between it and the next, both digits must be there. */
static bool read_part(char code, bool joined, const char **p, struct parts *parts)
{
    int fewest = joined ? 2 : 1, other = 0;
    int *out = code == 'Y'                   ? &parts->year
               : code == 'd'                 ? &parts->day
               : code && strchr("mbB", code) ? &parts->month
                                             : &other;
    *out = code == 'Y'                     ? number(p, 4, 4)
           : code == 'b' || code == 'B'    ? month_name(p)
           : code && strchr("mdHMS", code) ? number(p, fewest, 2)
                                           : -1;
    return *out >= 0;
}

static bool read_parts(const char *form, const char *text, struct parts *parts)
{
    for (const char *f = form; *f; f++) {
        bool code = *f == '%';
        bool joined = code && f[1] && (f[2] == '%' || (f - form >= 2 && f[-2] == '%'));
        if (code ? !read_part(*++f, joined, &text, parts) : *text++ != *f)
            return false;
    }
    return *text == '\0';
}

static bool read_excel(const char *text, pm_date *out)
{
    const char *p = text;
    int serial = number(&p, 2, 7);
    if (*p || serial < EXCEL_FIRST || serial > EXCEL_LAST)
        return false;
    *out = serial + EXCEL_EPOCH;
    return true;
}

bool pm_date_form_check(const char *form)
{
    int years = 0, months = 0, days = 0, wrong = 0;
    for (const char *f = strchr(form, '%'); f && f[1]; f = strchr(f + 2, '%')) {
        years += f[1] == 'Y';
        days += f[1] == 'd';
        months += strchr("mbB", f[1]) != NULL;
        wrong += strchr("YmdbBHMS", f[1]) == NULL;
    }
    if (strlen(form) && form[strlen(form) - 1] == '%')
        wrong++;
    return pm_streq(form, EXCEL) || (years == 1 && months == 1 && days == 1 && !wrong);
}

bool pm_date_form_read(const char *form, const char *text, pm_date *out)
{
    char iso[40];
    struct parts parts = {0};
    if (pm_streq(form, EXCEL))
        return read_excel(text, out);
    if (!read_parts(form, text, &parts))
        return false;
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    return pm_date_parse(iso, out);
}

const char *pm_date_forms_of(struct pm_arena *arena, const char *text)
{
    static const char *const usual[] = {
        PM_DATE_ISO, "%d.%m.%Y",  "%d/%m/%Y",          "%m/%d/%Y",          "%d-%m-%Y",  "%m-%d-%Y",
        "%Y/%m/%d",  "%Y%m%d",    "%d %b %Y",          "%d-%b-%Y",          "%b %d, %Y", "%Y.%m.%d",
        EXCEL,       "%d %b, %Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"};
    struct pm_str list = {0};
    pm_date date;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (pm_date_form_read(usual[i], text, &date))
            pm_str_addf(&list, "%s\"%s\"", list.n ? " or " : "", usual[i]);
    const char *result = list.n ? pm_strdup(arena, pm_str_get(&list)) : NULL;
    pm_str_finish(&list);
    return result;
}

bool pm_date_option(const char *option, const char *text, pm_date *out, struct pm_diags *diags)
{
    if (!text || pm_date_parse(text, out))
        return true;
    pm_error(diags, PM_FAULT_USAGE, "bad-date", pm_place_option(option), "\"%s\" is no date", text);
    pm_help(diags, "write a day that exists as YYYY-MM-DD");
    return false;
}
