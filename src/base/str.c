#include "base/str.h"

#include <math.h>
#include <stdarg.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/vec.h"
#include "base/banned.h"

/* ---- building ------------------------------------------------------------------------------- */

void pm_str_reserve(struct pm_str *str, size_t length)
{
    size_t wanted = str->n + length + 1;
    if (str->s && wanted <= str->cap)
        return;
    size_t cap = str->cap ? str->cap * 2 : 64;
    str->cap = cap < wanted ? wanted : cap;
    str->s = pm_xrealloc(str->s, str->cap, 1);
}

void pm_str_addf(struct pm_str *str, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t length = pm_format(small, sizeof small, format, args);
    if (length < sizeof small) {
        pm_str_addn(str, small, length);
    } else {
        char *large = pm_xrealloc(NULL, length + 1, 1);
        pm_format(large, length + 1, format, again);
        pm_str_addn(str, large, length);
        free(large);
    }
    va_end(again);
    va_end(args);
}

const char *pm_str_get(const struct pm_str *str)
{
    return str->s ? str->s : "";
}

void pm_str_finish(struct pm_str *str)
{
    free(str->s);
    *str = (struct pm_str){0};
}

/* ---- numbers ---------------------------------------------------------------------------------- */

static const int64_t powers[] = {1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000};

/* `value` times `power`, rounded half away from zero. The product is rounded itself: if that made a
 * tie of it, as of 1.115 * 100, the rest that fma recovers says on which side it really lies. */
static int64_t scaled_up(double value, double power)
{
    double product = value * power;
    int64_t whole = (int64_t)product;
    double rest = product - (double)whole;
    if (fabs(rest) == 0.5 && fma(value, power, -product) * product < 0)
        return whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

enum { MOST_DIGITS = 20 };

/* Fills `digits` from its end; returns the first of them. */
static char *write_digits(uint64_t value, int least, char digits[MOST_DIGITS])
{
    char *first = digits + MOST_DIGITS;
    for (int count = 0; value || count < least; count++, value /= 10)
        *--first = (char)('0' + value % 10);
    return first;
}

static void add_digits(struct pm_str *str, uint64_t value)
{
    char digits[MOST_DIGITS];
    const char *first = write_digits(value, 1, digits);
    pm_str_addn(str, first, (size_t)(digits + MOST_DIGITS - first));
}

void pm_str_whole(struct pm_str *str, int64_t value)
{
    if (value < 0)
        pm_str_addc(str, '-');
    add_digits(str, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void pm_str_num(struct pm_str *str, double value, int decimals)
{
    int64_t scaled = scaled_up(value, (double)powers[decimals]);
    uint64_t size = scaled < 0 ? (uint64_t)-scaled : (uint64_t)scaled;
    uint64_t whole = size / (uint64_t)powers[decimals], rest = size % (uint64_t)powers[decimals];
    char digits[MOST_DIGITS];
    if (scaled < 0)
        pm_str_addc(str, '-');
    add_digits(str, whole);
    if (rest == 0)
        return;
    int length = decimals;
    const char *first = write_digits(rest, decimals, digits);
    while (length > 0 && first[length - 1] == '0')
        length--;
    pm_str_addc(str, '.');
    pm_str_addn(str, first, (size_t)length);
}

void pm_str_any_num(struct pm_str *str, double value, int decimals)
{
    if (isnan(value))
        pm_str_add(str, "no number");
    else if (fabs(value) < 1e9)
        pm_str_num(str, value, decimals);
    else if (fabs(value) < 9e18)
        pm_str_addf(str, "%lld", (long long)value);
    else
        pm_str_add(str, value < 0 ? "less than -9e18" : "more than 9e18");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

/* A decimal number while it is read: digits as an integer, and the power of ten it lacks. */
struct decimal {
    uint64_t mantissa;
    int exponent;
    int digits;
};

static const char *read_digits(const char *p, const char *end, struct decimal *d, int step)
{
    for (; p < end && *p >= '0' && *p <= '9'; p++) {
        d->digits++;
        if (d->mantissa < (UINT64_MAX - 9) / 10) {
            d->mantissa = d->mantissa * 10 + (uint64_t)(*p - '0');
            d->exponent += step;
        } else if (step == 0) {
            d->exponent++;
        }
    }
    return p;
}

static const char *read_exponent(const char *p, const char *end, struct decimal *d)
{
    if (p + 1 >= end || (*p != 'e' && *p != 'E'))
        return p;
    const char *q = p + 1;
    bool negative = *q == '-';
    if (*q == '-' || *q == '+')
        q++;
    if (q >= end || *q < '0' || *q > '9')
        return p;
    int value = 0;
    for (; q < end && *q >= '0' && *q <= '9'; q++)
        value = value < 10000 ? value * 10 + (*q - '0') : value;
    d->exponent += negative ? -value : value;
    return q;
}

/* With an 80-bit long double (or a longer one) the 19 digits kept and the powers up to 10^27 are
 * exact; the quotient or product and the result are rounded once each. That is within 0.51 units in
 * the last place, larger powers included, and enough for what %.17g prints to come back the same.
 * Where long double is no longer than double, it is within a few units. */
static double decimal_value(const struct decimal *d)
{
    long double value = (long double)d->mantissa, power = 10;
    for (int e = abs(d->exponent > 400    ? 400
                     : d->exponent < -400 ? -400
                                          : d->exponent);
         e; e >>= 1) {
        if (e & 1)
            value = d->exponent < 0 ? value / power : value * power;
        power *= power;
    }
    return (double)value;
}

bool pm_parse_number(const char *text, size_t length, double *out)
{
    const char *p = text, *end = text + length;
    while (p < end && is_blank(*p))
        p++;
    while (end > p && is_blank(end[-1]))
        end--;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    struct decimal d = {0, 0, 0};
    p = read_digits(p, end, &d, 0);
    if (p < end && *p == '.')
        p = read_digits(p + 1, end, &d, -1);
    if (!d.digits)
        return false;
    p = read_exponent(p, end, &d);
    double value = decimal_value(&d);
    *out = negative ? -value : value;
    return p == end && isfinite(value);
}

/* ---- strings ------------------------------------------------------------------------------------ */

bool pm_streq(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool pm_is_web_address(const char *url)
{
    static const char *const begins[] = {"https://", "http://"};
    size_t length = 0;
    for (size_t i = 0; url && i < 2 && !length; i++) {
        size_t k = 0;
        while (begins[i][k] && (url[k] | 0x20) == (begins[i][k] | 0x20))
            k++;
        length = begins[i][k] ? 0 : k;
    }
    for (const char *c = url; length && *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7F)
            return false;
    return length && url[length];
}

bool pm_ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

bool pm_is_id(const char *s)
{
    if (!is_letter(*s))
        return false;
    while (is_letter(*s) || is_figure(*s) || *s == '-' || *s == '_')
        s++;
    return *s == '\0';
}

/* ---- UTF-8 ---------------------------------------------------------------------------------------- */

size_t pm_utf8_check(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length) {
        utf8proc_int32_t c = 0;
        if ((unsigned char)text[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                                 (utf8proc_ssize_t)(length - i), &c);
        if (step <= 0)
            return i;
        i += (size_t)step;
    }
    return length;
}

uint32_t pm_utf8_next(const char **p)
{
    utf8proc_int32_t c = 0;
    if ((unsigned char)**p < 0x80)
        return (unsigned char)*(*p)++;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)*p, -1, &c);
    if (step <= 0) { /* not reached on well-formed text; never stand still */
        c = 0xFFFD;
        step = **p ? 1 : 0;
    }
    *p += step;
    return (uint32_t)c;
}

size_t pm_utf8_length(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

bool pm_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

int pm_char_columns(uint32_t c)
{
    return c == '\t' ? 1 : utf8proc_charwidth((utf8proc_int32_t)c);
}

size_t pm_text_columns(const char *text)
{
    size_t columns = 0;
    while (*text)
        columns += (size_t)pm_char_columns(pm_utf8_next(&text));
    return columns;
}

void pm_str_add_plain(struct pm_str *str, const char *text)
{
    while (*text) {
        uint32_t c = pm_utf8_next(&text);
        pm_str_add_char(str, pm_is_control(c) ? 0xFFFD : c);
    }
}

void pm_str_add_char(struct pm_str *out, uint32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    pm_str_addn(out, (const char *)bytes, (size_t)length);
}

void pm_upper(const char *text, struct pm_str *out)
{
    while (*text)
        pm_str_add_char(out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)pm_utf8_next(&text)));
}

/* Letters that Unicode does not decompose but people write alike. */
static const struct {
    uint32_t from;
    const char *to;
} alike[] = {
    {0x00F8, "o"},      {0x0142, "l"},      {0x0131, "i"},      {0x0111, "d"},
    {0x00F0, "d"},      {0x0127, "h"},      {0x00FE, "th"},     {0x00E6, "ae"},
    {0x0153, "oe"},     {0x0643, "\u06A9"}, {0x06AA, "\u06A9"}, /* kaf -> keheh */
    {0x06AB, "\u06AF"},                                         /* gaf */
    {0x064A, "\u06CC"}, {0x0649, "\u06CC"}, {0x06D0, "\u06CC"}, {0x06CD, "\u06CC"},
    {0x06D2, "\u06CC"}, /* forms of yeh */
    {0x0629, "\u0647"}, {0x06D5, "\u0647"}, {0x06BE, "\u0647"}, {0x06C1, "\u0647"},
    {0x0671, "\u0627"},
};

/* Diacritics and signs of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac letters. Marks of other
 * scripts (Devanagari, Burmese, Thai, kana) stay: there they are vowels or make another letter, and
 * names that differ in them are different names. */
static const struct {
    uint32_t first, last;
} dropped[] = {
    {0x02B0, 0x02FF}, /* modifier letters: \u02BB, \u02BF */
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05C7}, {0x0610, 0x061A},
    {0x0640, 0x0640}, /* tatweel */
    {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06ED}, {0x0711, 0x0711},
    {0x0730, 0x074A}, {0x08D3, 0x08FF}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF}, {0xA788, 0xA78C}, /* saltillo, an apostrophe */
    {0xFE20, 0xFE2F},
};

/* Letters, marks and decimal digits, but for what is dropped. */
static bool is_kept(uint32_t c)
{
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (c >= dropped[i].first && c <= dropped[i].last)
            return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND;
}

static void add_folded(struct pm_str *out, uint32_t c)
{
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].from == c) {
            pm_str_add(out, alike[i].to);
            return;
        }
    if (is_kept(c))
        pm_str_add_char(out, c);
}

bool pm_is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Appends what `options` make of the text, which is UTF-8. Of ASCII that is a short way: nothing of it is composed or
 * left out. */
static void add_mapped(struct pm_str *out, const char *text, int options,
                       void (*add)(struct pm_str *, uint32_t))
{
    utf8proc_uint8_t *mapped = NULL;
    if (pm_is_ascii(text, strlen(text))) {
        for (const char *p = text; *p; p++)
            add(out, (unsigned char)(options & UTF8PROC_CASEFOLD ? lower(*p) : *p));
        return;
    }
    if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
                     (utf8proc_option_t)(options | UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE)) < 0)
        return;
    for (const char *p = (const char *)mapped; *p;)
        add(out, pm_utf8_next(&p));
    free(mapped);
}

void pm_fold(const char *name, struct pm_str *out)
{
    struct pm_str kept = {0};
    add_mapped(&kept, name, UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, add_folded);
    /* Once more, as marks that come together by what was dropped have an order. */
    add_mapped(out, pm_str_get(&kept), 0, pm_str_add_char);
    pm_str_finish(&kept);
}

void pm_fold_path(const char *path, struct pm_str *out)
{
    if (pm_utf8_check(path, strlen(path)) == strlen(path))
        add_mapped(out, path, UTF8PROC_CASEFOLD, pm_str_add_char);
    else
        pm_str_add(out, path);
}

/* What parts words: signs of ASCII but for the apostrophe, blanks and dashes. */
static bool is_between_words(uint32_t c)
{
    if (c < 0x80)
        return !is_letter((char)c) && !is_figure((char)c) && c != '\'';
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || (c >= 0x2010 && c <= 0x2015) || c == 0x3000;
}

/* The length of the words that fit, cut within one only if it is the first. */
static size_t slug_end(const char *slug)
{
    size_t end = PM_MOST_SLUG;
    if (strlen(slug) <= end)
        return strlen(slug);
    for (size_t at = end; at > 0; at--)
        if (slug[at] == '-')
            return at;
    while (((unsigned char)slug[end] & 0xC0) == 0x80)
        end--;
    return end;
}

static const char *word_end(const char *p)
{
    for (const char *next = p; *p; p = next)
        if (is_between_words(pm_utf8_next(&next)))
            break;
    return p;
}

void pm_slug(const char *name, struct pm_str *out)
{
    struct pm_str word = {0}, slug = {0};
    for (const char *p = name; *p;) {
        const char *end = word_end(p);
        if (end == p) {
            pm_utf8_next(&p);
            continue;
        }
        pm_str_addn(&word, p, (size_t)(end - p));
        if (slug.n && slug.s[slug.n - 1] != '-')
            pm_str_addc(&slug, '-');
        pm_fold(word.s, &slug);
        pm_str_finish(&word);
        p = end;
    }
    if (slug.n && slug.s[slug.n - 1] == '-') /* nothing was left of the last word */
        slug.s[--slug.n] = '\0';
    pm_str_addn(out, pm_str_get(&slug), slug_end(pm_str_get(&slug)));
    pm_str_finish(&slug);
}
