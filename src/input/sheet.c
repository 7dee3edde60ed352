#include "input/sheet.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/encoding.h"
#include "base/banned.h"

/* ---- letters ------------------------------------------------------------------------ */

static char *decode(const char *text, size_t *length, const char *encoding, const char *name,
                    struct pm_arena *arena, struct pm_diags *diags)
{
    struct pm_decoder decoder;
    struct pm_str out = {0};
    char *copy = NULL;
    if (!pm_decoder_open(&decoder, encoding))
        return NULL;
    if (pm_decode(&decoder, text, *length, &out) == PM_DECODED)
        copy = pm_strndup(arena, pm_str_get(&out), out.n);
    else
        pm_error(diags, PM_FAULT_INPUT, "encoding", pm_place_file(name), "it is not in %s",
                 encoding);
    *length = out.n;
    pm_decoder_close(&decoder);
    pm_str_finish(&out);
    return copy;
}

/* UTF-16 tells itself by its byte order mark: Excel's "Unicode Text" is such. */
static const char *utf16_of(const char *text, size_t length)
{
    if (length >= 2 && memcmp(text, "\xFF\xFE", 2) == 0)
        return "UTF-16LE";
    return length >= 2 && memcmp(text, "\xFE\xFF", 2) == 0 ? "UTF-16BE" : NULL;
}

static char *to_utf8(char *text, size_t *length, const char *encoding, const char *name,
                     struct pm_arena *arena, struct pm_diags *diags)
{
    const char *wide = utf16_of(text, *length);
    const char *known = wide ? wide : encoding ? pm_encoding_named(encoding, arena) : "UTF-8";
    if (!known) {
        pm_error(diags, PM_FAULT_USAGE, "unknown-encoding", (struct pm_place){0},
                 "there is no encoding \"%s\"", encoding);
        return NULL;
    }
    return pm_streq(known, "UTF-8") ? text : decode(text, length, known, name, arena, diags);
}

static bool check_letters(const struct pm_source *source, struct pm_diags *diags)
{
    size_t bad = pm_utf8_check(source->text, source->length);
    const char *nul = memchr(source->text, '\0', source->length);
    if (nul && (size_t)(nul - source->text) < bad)
        bad = (size_t)(nul - source->text);
    if (bad == source->length)
        return true;
    pm_error(diags, PM_FAULT_INPUT, "not-utf-8", pm_place_text(source, bad, 1),
             "byte 0x%02X can't stand here in UTF-8", (unsigned char)source->text[bad]);
    pm_help(diags, "save it as \"CSV UTF-8\", or say what it is: --encoding windows-1252");
    return false;
}

/* ---- cells -------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Behind the quote that closes the cell; the end if none does. */
static const char *quoted_end(const char *p, const char *end)
{
    for (p++; p < end; p++) {
        if (*p != '"')
            continue;
        if (p + 1 == end || p[1] != '"')
            return p + 1;
        p++;
    }
    return end;
}

static const char *bare_end(const char *p, const char *end, char delimiter)
{
    while (p < end && *p != delimiter && *p != '\n' && *p != '\r')
        p++;
    return p;
}

size_t pm_sheet_cell_length(const struct pm_source *source, size_t offset)
{
    const char *begin = source->text + offset, *limit = source->text + source->length;
    const char *end = begin < limit && *begin == '"' ? quoted_end(begin, limit)
                                                     : bare_end(begin, limit, source->delimiter);
    while (end > begin && is_blank(end[-1]))
        end--;
    return (size_t)(end - begin);
}

struct pm_place pm_cell_place(const struct pm_sheet *sheet, const struct pm_cell *cell)
{
    return pm_place_text(sheet->source, cell->at, pm_sheet_cell_length(sheet->source, cell->at));
}

struct reader {
    const struct pm_source *source;
    struct pm_arena *arena;
    struct pm_diags *diags;
    const char *p, *end;
    PM_VEC(struct pm_cell) cells;
    PM_VEC(size_t) starts; /* of rows among the cells */
};

static void bad_table(struct reader *r, const char *at, const char *message, const char *help)
{
    pm_error(r->diags, PM_FAULT_INPUT, "bad-table",
             pm_place_text(r->source, (size_t)(at - r->source->text), 1), "%s", message);
    pm_help(r->diags, "%s", help);
}

/* Without the quotes, two within for one, and blanks around. */
static const char *cell_text(struct reader *r, const char *begin, const char *end)
{
    bool quoted = begin < end && *begin == '"';
    char *text = pm_strndup(r->arena, begin + quoted, (size_t)(end - begin) - 2 * (size_t)quoted);
    char *to = text;
    for (const char *from = text; *from; from++) {
        *to++ = *from;
        from += quoted && *from == '"';
    }
    while (to > text && (is_blank(to[-1]) || to[-1] == '\n' || to[-1] == '\r'))
        to--;
    *to = '\0';
    return text + strspn(text, " \t\r\n");
}

/* Reads one; false if nothing behind it can be trusted. */
static bool read_cell(struct reader *r, uint32_t row, uint32_t col)
{
    char delimiter = r->source->delimiter;
    while (r->p < r->end && is_blank(*r->p) && *r->p != delimiter)
        r->p++;
    const char *begin = r->p;
    bool quoted = begin < r->end && *begin == '"';
    const char *end = r->p =
        quoted ? quoted_end(begin, r->end) : bare_end(begin, r->end, delimiter);
    if (quoted && (end - begin < 2 || end[-1] != '"')) {
        bad_table(r, begin, "this quote is not closed", "a quote in a cell is written twice: \"\"");
        return false;
    }
    while (quoted && r->p < r->end && is_blank(*r->p) && *r->p != delimiter)
        r->p++;
    if (quoted && r->p < r->end && *r->p != delimiter && *r->p != '\n' && *r->p != '\r') {
        bad_table(r, r->p, "something stands behind the quote that closes the cell",
                  "a quote in a cell is written twice: \"\"");
        return false;
    }
    pm_vec_push(&r->cells, (struct pm_cell){cell_text(r, begin, end),
                                            (uint32_t)(begin - r->source->text), row, col});
    return true;
}

static bool read_row(struct reader *r)
{
    pm_vec_push(&r->starts, r->cells.n);
    for (uint32_t col = 0;; col++) {
        if (r->cells.n >= PM_MOST_CELLS) {
            pm_error(r->diags, PM_FAULT_INPUT, "too-many", pm_place_file(r->source->name),
                     "more than %d cells", PM_MOST_CELLS);
            return false;
        }
        if (!read_cell(r, (uint32_t)r->starts.n, col))
            return false;
        if (r->p == r->end || *r->p != r->source->delimiter)
            break;
        r->p++;
    }
    if (r->p < r->end && *r->p == '\r')
        r->p++;
    if (r->p < r->end && *r->p == '\n')
        r->p++;
    return true;
}

/* ---- what parts the cells ----------------------------------------------------------- */

static const struct {
    char delimiter;
    const char *name;
} delimiters[] = {{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}, {'|', "bars"}};

enum { DELIMITERS = sizeof delimiters / sizeof *delimiters };

/* How often each stands in the header, outside of quotes. */
static void count_delimiters(const struct pm_source *source, size_t counts[DELIMITERS])
{
    const char *end = source->text + source->length;
    for (const char *p = source->text; p < end && *p != '\n' && *p != '\r'; p++) {
        for (size_t i = 0; i < DELIMITERS; i++)
            counts[i] += *p == delimiters[i].delimiter;
        if (*p == '"')
            p = quoted_end(p, end) - 1;
    }
}

static bool find_delimiter(struct pm_source *source, struct pm_diags *diags)
{
    size_t counts[DELIMITERS] = {0}, best = 0, others = 0;
    count_delimiters(source, counts);
    for (size_t i = 1; i < DELIMITERS; i++)
        best = counts[i] > counts[best] ? i : best;
    for (size_t i = 0; i < DELIMITERS; i++)
        others += i != best && counts[i] == counts[best];
    source->delimiter = delimiters[best].delimiter;
    if (counts[best] && others) {
        pm_error(diags, PM_FAULT_INPUT, "delimiter", pm_place_text(source, 0, 1),
                 "can't tell what parts the cells");
        pm_help(diags, "say it: --delimiter comma, semicolon, tab or bar");
        return false;
    }
    if (counts[best])
        pm_note(diags, "delimiter", pm_place_file(source->name), "cells are parted by %s",
                delimiters[best].name);
    return true;
}

/* ---- the table ---------------------------------------------------------------------- */

static void make_rows(struct reader *r, struct pm_sheet *sheet)
{
    size_t total = r->cells.n, count = r->starts.n;
    struct pm_sheet_row *rows = PM_NEW_N(r->arena, struct pm_sheet_row, count);
    struct pm_cell *cells = NULL;
    pm_vec_into(&r->cells, r->arena, &cells);
    for (size_t i = 0; i < count; i++) {
        size_t begin = r->starts.v[i], end = i + 1 < count ? r->starts.v[i + 1] : total;
        rows[i] = (struct pm_sheet_row){cells + begin, end - begin};
    }
    sheet->rows = rows;
    sheet->row_count = count;
    sheet->column_count = count ? rows[0].count : 0;
}

static bool is_blank_row(const struct pm_sheet_row *row)
{
    return row->count == 1 && row->cells->text[0] == '\0';
}

/* A comma that is not quoted moves all that follows it into other columns. */
static void check_widths(struct reader *r, const struct pm_sheet *sheet)
{
    for (size_t i = 1; i < sheet->row_count; i++) {
        const struct pm_sheet_row *row = &sheet->rows[i];
        if (row->count == sheet->column_count || is_blank_row(row))
            continue;
        const struct pm_cell *last = &row->cells[row->count - 1];
        pm_error(r->diags, PM_FAULT_INPUT, "bad-table", pm_cell_place(sheet, last),
                 "row %zu has %zu cell%s, the header %zu", i + 1, row->count,
                 row->count == 1 ? "" : "s", sheet->column_count);
        pm_help(r->diags, "a cell that holds what parts the cells stands in quotes");
    }
}

bool pm_sheet_parse(struct pm_sheet *sheet, const char *text, size_t length, const char *name,
                    char delimiter, struct pm_arena *arena, struct pm_diags *diags)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t errors = pm_diags_errors(diags);
    size_t skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    struct pm_source *source = sheet->source = PM_NEW(arena, struct pm_source);
    *source = (struct pm_source){.name = name, .text = text + skip, .length = length - skip};
    source->delimiter = delimiter;
    pm_source_index(source, arena);
    if (!check_letters(source, diags) || (!delimiter && !find_delimiter(source, diags)))
        return false;
    struct reader r = {source, arena, diags, source->text, source->text + source->length};
    bool sound = true;
    while (sound && r.p < r.end)
        sound = read_row(&r);
    make_rows(&r, sheet);
    pm_vec_finish(&r.starts);
    if (sound)
        check_widths(&r, sheet);
    if (sound && !sheet->row_count)
        pm_error(diags, PM_FAULT_INPUT, "bad-table", pm_place_file(name), "it is empty");
    return pm_diags_errors(diags) == errors;
}

bool pm_sheet_load(struct pm_sheet *sheet, const char *path, const char *encoding, char delimiter,
                   struct pm_arena *arena, struct pm_diags *diags)
{
    size_t length = 0;
    const char *name = pm_streq(path, "-") ? "<stdin>" : path;
    char *text = pm_read_file(path, PM_MOST_TEXT_BYTES, arena, &length, diags);
    const char *other = text ? pm_looks_like(text, length) : NULL;
    if (other) {
        pm_error(diags, PM_FAULT_INPUT, "bad-table", pm_place_file(name), "it is no table but %s",
                 other);
        pm_help(diags, "save a spreadsheet as CSV, in UTF-8");
        return false;
    }
    text = text ? to_utf8(text, &length, encoding, name, arena, diags) : NULL;
    return text &&
           pm_sheet_parse(sheet, text, length, pm_strdup(arena, name), delimiter, arena, diags);
}
