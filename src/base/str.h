/* Text building, numbers and UTF-8, all independent of the locale.
 *
 * provmap never calls setlocale() and may live in a process that did: numbers are printed and
 * parsed here, never with printf("%f") or strtod(). */
#ifndef PM_BASE_STR_H
#define PM_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A growing string on the heap; always NUL-terminated once anything was added. Zeroed is empty. */
struct pm_str {
    char *s;
    size_t n, cap;
};

/* Room for `length` more bytes and the NUL at s + n, for a writer that then adds to n itself. */
void pm_str_reserve(struct pm_str *str, size_t length);
/* Inline, as the lengths of most are known to the compiler. */
static inline void pm_str_addn(struct pm_str *str, const char *data, size_t length)
{
    if (!str->s || str->cap - str->n <= length)
        pm_str_reserve(str, length);
    if (length)
        memcpy(str->s + str->n, data, length);
    str->n += length;
    str->s[str->n] = '\0';
}
static inline void pm_str_add(struct pm_str *str, const char *text)
{
    pm_str_addn(str, text, strlen(text));
}
static inline void pm_str_addc(struct pm_str *str, char c)
{
    if (str->cap - str->n < 2)
        pm_str_reserve(str, 1);
    str->s[str->n++] = c;
    str->s[str->n] = '\0';
}
void pm_str_add_char(struct pm_str *str, uint32_t c); /* a code point, as UTF-8 */
/* No %f, %g or %e. */
void pm_str_addf(struct pm_str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pm_str_whole(struct pm_str *str, int64_t value);
/* `value` rounded half away from zero to at most `decimals` (0..9) digits, trailing zeros and a
 * negative zero dropped: 1.50 -> "1.5", -0.001 -> "0". |value| < 1e9. */
void pm_str_num(struct pm_str *str, double value, int decimals);
/* The same for any number, as a file may hold; what is beyond 9e18 is told as such. */
void pm_str_any_num(struct pm_str *str, double value, int decimals);
/* The text so far, "" when empty; lives until the next change. */
const char *pm_str_get(const struct pm_str *str);
void pm_str_finish(struct pm_str *str);

/* Parses a decimal number that fills `text[0..length)` but for blanks around it. */
bool pm_parse_number(const char *text, size_t length, double *out);

bool pm_streq(const char *a, const char *b); /* NULL equals only NULL */
/* Is it the address of a page of the web? http and https only, nothing with blanks or controls in it. */
bool pm_is_web_address(const char *url);
bool pm_ends_with(const char *s, const char *suffix);
/* A letter, then letters, digits, "-" and "_", all of ASCII: needs no escaping in XML, CSS or a script. */
bool pm_is_id(const char *s);

bool pm_is_ascii(const char *text, size_t length);
/* Offset of the first byte that is not well-formed UTF-8 (RFC 3629); `length` if all is well. */
size_t pm_utf8_check(const char *text, size_t length);
/* Decodes the code point at *p (well-formed UTF-8) and moves *p behind it. */
uint32_t pm_utf8_next(const char **p);
size_t pm_utf8_length(const char *text, size_t bytes); /* in code points */

/* Controls of terminals and of the direction of writing. */
bool pm_is_control(uint32_t c);
/* Columns a terminal gives a character: 0, 1 or 2; 1 for a tab. */
int pm_char_columns(uint32_t c);
size_t pm_text_columns(const char *text);
/* The text with U+FFFD for control characters: what files hold must not steer a terminal. */
void pm_str_add_plain(struct pm_str *str, const char *text);

/* Folds a name for matching: Unicode NFKD and case folding, no diacritics, and nothing but letters
 * and digits left, so that "Nad-e 'Ali" and "NAD E ALI" are one. Marks that are vowels (Devanagari,
 * Burmese, Thai) count as letters. Arabic letters: the variants of kaf, gaf, yeh and heh used in
 * Persian, Pashto and Arabic are made one. Appends to `out`. */
void pm_fold(const char *name, struct pm_str *out);

/* Appends a name as part of a file's name: its words, folded (pm_fold), with "-" between them; letters of
 * other scripts stay. At most PM_MOST_SLUG bytes. "Nad-e 'Ali" -> "nad-e-ali". */
void pm_slug(const char *name, struct pm_str *out);

/* A path as file systems compare it that take letters for the same whatever their case, or how accents are put
 * together. Appends to `out`. */
void pm_fold_path(const char *path, struct pm_str *out);

/* `text` in capitals (Unicode simple case mapping); scripts without case stay. Appends to `out`. */
void pm_upper(const char *text, struct pm_str *out);

#endif
