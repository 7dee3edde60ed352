#include "output/pdf_update.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

#define ENTRY 20 /* bytes of a line of a cross-reference table */

/* The table that cairo writes: one section, from object 0 on. */
struct table {
    const char *lines;
    size_t count, at;    /* at: where it begins in the file */
    const char *trailer; /* the keys of its dictionary … */
    size_t trailer_length;
};

/* An object that is changed: a dictionary, up to its last ">>". */
struct change {
    const char *text;
    size_t length, number;
    size_t offset; /* of what it becomes */
};

/* ---- reading --------------------------------------------------------------------------------- */

/* Digits at *p, which moves on behind them. */
static bool read_number(const char **p, size_t *value)
{
    const char *start = *p;
    *value = 0;
    for (; **p >= '0' && **p <= '9' && *p - start < 10; (*p)++)
        *value = *value * 10 + (size_t)(**p - '0');
    return *p > start;
}

static bool skip(const char **p, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(*p, text, length) != 0)
        return false;
    *p += length;
    return true;
}

/* The last of `text` in s[0..n), which may hold any bytes. */
static const char *find_last(const char *s, size_t n, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = n < length ? 0 : n - length + 1; i > 0; i--)
        if (memcmp(s + i - 1, text, length) == 0)
            return s + i - 1;
    return NULL;
}

static bool read_table(const struct pm_str *pdf, struct table *table)
{
    const char *start = pdf->n ? find_last(pdf->s, pdf->n, "startxref\n") : NULL;
    const char *p = start;
    if (!p || !skip(&p, "startxref\n") || !read_number(&p, &table->at) ||
        table->at >= (size_t)(start - pdf->s))
        return false;
    p = pdf->s + table->at;
    if (!skip(&p, "xref\n0 ") || !read_number(&p, &table->count) || !skip(&p, "\n") || p > start ||
        table->count > (size_t)(start - p) / ENTRY)
        return false;
    table->lines = p;
    p += table->count * ENTRY;
    if (!skip(&p, "trailer\n<<"))
        return false;
    const char *end = p <= start ? find_last(p, (size_t)(start - p), ">>") : NULL;
    table->trailer = p;
    table->trailer_length = end ? (size_t)(end - p) : 0;
    return end != NULL;
}

/* Is it there, does it begin so, and is it a dictionary? */
static bool read_object(const struct pm_str *pdf, const struct table *table, size_t number,
                        const char *begins, struct change *object)
{
    const char *p = table->lines + number * ENTRY;
    size_t offset = 0, named = 0;
    if (!read_number(&p, &offset) || offset >= table->at || !skip(&p, " 00000 n"))
        return false;
    p = pdf->s + offset;
    if (!read_number(&p, &named) || named != number || !skip(&p, " 0 obj\n") ||
        strncmp(p, begins, strlen(begins)) != 0)
        return false;
    const char *end = strstr(p, "endobj");
    const char *close = end ? find_last(p, (size_t)(end - p), ">>") : NULL;
    if (close)
        *object = (struct change){p, (size_t)(close - p), number, 0};
    return close != NULL;
}

/* The first that begins so and none of the changes is about. */
static bool find_object(const struct pm_str *pdf, const struct table *table, const char *begins,
                        const struct change *changes, size_t count, struct change *object)
{
    for (size_t number = 1; number < table->count; number++) {
        bool changed = false;
        for (size_t i = 0; i < count; i++)
            changed |= changes[i].number == number;
        if (!changed && read_object(pdf, table, number, begins, object))
            return true;
    }
    return false;
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool add_objects(const struct pm_str *pdf, const struct table *table,
                        const struct pm_pdf_edit *edits, size_t count, struct change *changes,
                        struct pm_str *out)
{
    for (size_t i = 0; i < count; i++) {
        struct change *change = &changes[i];
        if (!find_object(pdf, table, edits[i].begins, changes, i, change))
            return false;
        change->offset = pdf->n + out->n;
        pm_str_addf(out, "%zu 0 obj\n", change->number);
        pm_str_addn(out, change->text, change->length);
        pm_str_addf(out, "   %s\n>>\nendobj\n", edits[i].keys);
    }
    return true;
}

static void add_table(const struct pm_str *pdf, const struct table *table,
                      const struct change *changes, size_t count, struct pm_str *out)
{
    size_t at = pdf->n + out->n;
    pm_str_add(out, "xref\n");
    for (size_t i = 0; i < count; i++)
        pm_str_addf(out, "%zu 1\n%010zu 00000 n \n", changes[i].number, changes[i].offset);
    pm_str_add(out, "trailer\n<<");
    pm_str_addn(out, table->trailer, table->trailer_length);
    pm_str_addf(out, "   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n", table->at, at);
}

bool pm_pdf_update(struct pm_str *pdf, const struct pm_pdf_edit *edits, size_t count)
{
    struct table table = {0};
    struct pm_str update = {0};
    struct change *changes = pm_xcalloc(count, sizeof *changes);
    bool done = read_table(pdf, &table) && add_objects(pdf, &table, edits, count, changes, &update);
    if (done) {
        add_table(pdf, &table, changes, count, &update);
        pm_str_addn(pdf, update.s, update.n);
    }
    free(changes);
    pm_str_finish(&update);
    return done;
}

/* ---- texts ------------------------------------------------------------------------------------- */

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

static void add_unit(struct pm_str *out, uint32_t unit)
{
    pm_str_addf(out, "%04X", (unsigned)unit);
}

void pm_pdf_text(struct pm_str *out, const char *text)
{
    bool plain = is_plain(text);
    pm_str_add(out, plain ? "(" : "<FEFF");
    for (; plain && *text; text++)
        pm_str_addf(out, strchr("()\\", *text) ? "\\%c" : "%c", *text);
    while (!plain && *text) {
        uint32_t c = pm_utf8_next(&text);
        if (c >= 0x10000) {
            add_unit(out, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        add_unit(out, c);
    }
    pm_str_add(out, plain ? ")" : ">");
}
