#include "input/shapefile_cells.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "input/shapefile_index.h"
#include "base/banned.h"

enum {
    MOST_PAGE = 60, /* bytes of the name in a .cpg that are shown */
};

#define FALLBACK "CP1252"

/* ---- the .cpg ----------------------------------------------------------------------- */

/* The name on its first line; NULL and a warning if no name of an encoding stands there. */
static void read_cpg(struct pm_cells *c, struct pm_arena *arena, struct pm_diags *diags)
{
    static const char bom[] = "\xEF\xBB\xBF";
    size_t length = 0;
    char *text = pm_read_file(c->cpg, PM_MOST_CPG_BYTES, arena, &length, diags);
    if (!text)
        return;
    const char *kind = pm_looks_like(text, length);
    text += strncmp(text, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
    text += strspn(text, " \t\r\n");
    text[strcspn(text, "\r\n")] = '\0';
    for (size_t n = strlen(text); n && (text[n - 1] == ' ' || text[n - 1] == '\t'); n--)
        text[n - 1] = '\0';
    if (!kind && (!*text || strncmp(text, "LDID/", 5) == 0))
        return; /* says nothing, or only what the table says itself */
    c->charset = kind ? NULL : pm_encoding_named(text, arena);
    if (c->charset) {
        c->page = text;
        return;
    }
    bool readable =
        !kind && strlen(text) <= MOST_PAGE && pm_utf8_check(text, strlen(text)) == strlen(text);
    for (const char *p = text; *p; p++)
        readable = readable && (unsigned char)*p >= ' ';
    pm_warning(diags, "bad-code-page", pm_place_file(c->cpg),
               "%s%s%s names no encoding; went on without it", readable ? "\"" : "",
               readable ? text : "it", readable ? "\"" : "");
    if (kind)
        pm_help(diags, "it looks like %s", kind);
}

/* ---- opening ------------------------------------------------------------------------ */

/* Field names are decoded by what is declared: they are too short to tell by themselves. */
static void decode_names(struct pm_cells *c, const char *asked, struct pm_arena *arena)
{
    struct pm_decoder decoder;
    const char *named = asked ? pm_encoding_named(asked, arena) : c->charset;
    const char *ldid = pm_encoding_of_ldid(c->table.language);
    bool open = pm_decoder_open(&decoder, named ? named : ldid ? ldid : FALLBACK);
    c->names = PM_NEW_N(arena, const char *, c->table.field_count);
    for (size_t i = 0; i < c->table.field_count; i++) {
        const char *raw = c->table.fields[i].name;
        struct pm_str name = {0};
        if (pm_utf8_check(raw, strlen(raw)) == strlen(raw))
            pm_str_add(&name, raw);
        else if (!open || pm_decode(&decoder, raw, strlen(raw), &name) == PM_NOT_DECODED)
            pm_str_add(&name, "?");
        c->names[i] = pm_strdup(arena, pm_str_get(&name));
        pm_str_finish(&name);
    }
    if (open)
        pm_decoder_close(&decoder);
}

bool pm_cells_open(struct pm_cells *c, const char *shp, const char *table, const char *asked,
                   struct pm_arena *arena, struct pm_diags *diags)
{
    const char *cpg = pm_shape_sibling(shp, ".cpg", arena);
    *c = (struct pm_cells){.cpg = pm_is_file(cpg) ? cpg : NULL};
    if (!pm_dbase_read(table, arena, &c->table, diags))
        return false;
    if (c->cpg)
        read_cpg(c, arena, diags);
    decode_names(c, asked, arena);
    return true;
}

void pm_cells_close(struct pm_cells *c)
{
    pm_decoder_close(&c->decoder);
}

static bool same_but_for_case(const char *a, const char *b)
{
    struct pm_str x = {0}, y = {0};
    pm_upper(a, &x);
    pm_upper(b, &y);
    bool same = pm_streq(pm_str_get(&x), pm_str_get(&y));
    pm_str_finish(&x);
    pm_str_finish(&y);
    return same;
}

int pm_cells_field(const struct pm_cells *c, const char *name)
{
    int found[2] = {-1, -1}; /* exact, without case */
    for (size_t i = 0; i < c->table.field_count; i++)
        for (int k = 0; k < 2; k++)
            if (k ? same_but_for_case(c->names[i], name) : pm_streq(c->names[i], name))
                found[k] = found[k] == -1 ? (int)i : -2;
    return found[0] != -1 ? found[0] : found[1];
}

/* ---- the encoding ------------------------------------------------------------------- */

/* How the cells that are not ASCII agree with UTF-8. */
struct evidence {
    size_t others, whole, cut, bad;
    long record;       /* the first bad one */
    const char *field; /* its */
};

/* Is there text behind the NUL that ends a cell? */
static bool goes_on(const struct pm_dbase *t, size_t record, int field)
{
    const struct pm_dbase_field *f = &t->fields[field];
    const char *cell = t->records + record * t->record_width + f->offset;
    const char *nul = memchr(cell, '\0', f->width);
    for (const char *p = nul; p && p < cell + f->width; p++)
        if (*p != '\0' && *p != ' ')
            return true;
    return false;
}

/* Does the text run to the end of its field, so that more may have been cut off? */
static bool fills_field(const struct pm_dbase *t, size_t record, int field, const char *end)
{
    const struct pm_dbase_field *f = &t->fields[field];
    return end == t->records + record * t->record_width + f->offset + f->width;
}

static void look_at(const struct pm_cells *c, const struct pm_column *column, size_t record,
                    struct evidence *e)
{
    size_t length = 0;
    const char *text = pm_dbase_cell(&c->table, record, (size_t)column->index, &length);
    if (pm_is_ascii(text, length))
        return;
    enum pm_decoded how = pm_utf8_decoded(text, length);
    e->others++;
    if (how == PM_DECODED)
        e->whole++;
    else if (how == PM_DECODED_CUT && fills_field(&c->table, record, column->index, text + length))
        e->cut++;
    else if (e->bad++ == 0) {
        e->record = (long)record + 1;
        e->field = column->field;
    }
}

static struct evidence look(const struct pm_cells *c, const struct pm_column *const *columns,
                            size_t count)
{
    struct evidence e = {0};
    for (size_t i = 0; i < c->table.record_count; i++)
        for (size_t k = 0; k < count && !pm_dbase_deleted(&c->table, i); k++)
            if (columns[k]->index >= 0)
                look_at(c, columns[k], i, &e);
    return e;
}

static bool ask(struct pm_cells *c, const char *asked, bool utf8, struct pm_arena *arena,
                struct pm_diags *diags)
{
    c->encoding = pm_encoding_named(asked, arena);
    c->reason = PM_ENCODING_ASKED;
    if (!c->encoding) {
        pm_error(diags, PM_FAULT_INPUT, "unknown-encoding", pm_place_file(c->table.path),
                 "\"%s\" is no encoding that is known here", asked);
        pm_help(diags, "for example: UTF-8, CP1252, ISO-8859-1, CP1251, CP1256, GBK, SHIFT_JIS");
    } else if (utf8 && !pm_streq(c->encoding, "UTF-8"))
        pm_warning(diags, "encoding-differs", pm_place_file(c->table.path),
                   "read as %s as asked, but all text in it is valid UTF-8", c->encoding);
    return c->encoding != NULL;
}

/* The bytes are not UTF-8: what the files say of them. */
static void believe(struct pm_cells *c, const struct evidence *e, struct pm_diags *diags)
{
    const char *ldid = pm_encoding_of_ldid(c->table.language);
    bool lies = c->charset && pm_streq(c->charset, "UTF-8");
    c->encoding = c->charset && !lies ? c->charset : ldid ? ldid : FALLBACK;
    c->reason = c->charset && !lies ? PM_ENCODING_CPG
                : ldid              ? PM_ENCODING_LDID
                                    : PM_ENCODING_ASSUMED;
    if (lies)
        pm_warning(diags, "encoding-differs", pm_place_record(c->table.path, e->record),
                   "the .cpg says \"%s\", but the field \"%s\" is not valid UTF-8 here; took %s",
                   c->page, e->field, c->encoding);
    else if (c->reason == PM_ENCODING_ASSUMED)
        pm_warning(diags, "assumed-encoding", pm_place_file(c->table.path),
                   "nothing says in which encoding its text is; took %s", FALLBACK);
    if (c->reason == PM_ENCODING_ASSUMED)
        pm_help(diags, "say which with --encoding, or \"encoding\" in shapes.json");
}

bool pm_cells_decide(struct pm_cells *c, const struct pm_column *const *columns, size_t count,
                     const char *asked, struct pm_arena *arena, struct pm_diags *diags)
{
    struct evidence e = look(c, columns, count);
    bool declared = c->charset && pm_streq(c->charset, "UTF-8");
    bool utf8 = e.bad == 0 && (e.whole || (e.cut && declared));
    c->encoding = "UTF-8";
    c->reason = e.others ? PM_ENCODING_BYTES : PM_ENCODING_ASCII;
    if (asked && !ask(c, asked, utf8, arena, diags))
        return false;
    if (!asked && e.others && !utf8)
        believe(c, &e, diags);
    if (!asked && utf8 && c->charset && !declared)
        pm_warning(diags, "encoding-differs", pm_place_file(c->cpg),
                   "it says \"%s\", but all text in the table is valid UTF-8; read as UTF-8",
                   c->page);
    return pm_decoder_open(&c->decoder, c->encoding);
}

/* ---- cleaning ----------------------------------------------------------------------- */

/* Unicode's White_Space. */
static bool is_white(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/* Marks without a look of their own; not U+200C and U+200D, which shape letters. */
static bool is_mark(uint32_t c)
{
    return c == 0x200B || c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF ||
           (c >= 0x202A && c <= 0x202E) || c == 0x2060 || (c >= 0x2066 && c <= 0x2069);
}

/* Line breaks and other control characters. */
static bool is_break(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static bool is_margin(uint32_t c)
{
    return is_white(c) || is_mark(c) || is_break(c);
}

/* Cuts off what the eye can't see; `text` is UTF-8. */
static const char *trimmed(const char *text, size_t *length)
{
    const char *end = text + *length;
    for (const char *next = text; text < end; text = next)
        if (!is_margin(pm_utf8_next(&next)))
            break;
    while (end > text) {
        const char *last = end - 1;
        while (last > text && ((unsigned char)*last & 0xC0) == 0x80)
            last--;
        const char *p = last;
        if (!is_margin(pm_utf8_next(&p)))
            break;
        end = last;
    }
    *length = (size_t)(end - text);
    return text;
}

/* Line breaks, with the blanks around them, become one blank each. True if there were any. */
static bool join_lines(const char *text, size_t length, struct pm_str *out)
{
    bool joined = false, skip = false; /* blanks, as a break went before */
    for (const char *p = text, *next = text; p < text + length; p = next) {
        uint32_t c = pm_utf8_next(&next);
        if (skip && (is_white(c) || is_break(c)))
            continue;
        skip = is_break(c);
        joined = joined || skip;
        if (!skip) {
            pm_str_addn(out, p, (size_t)(next - p));
            continue;
        }
        while (out->n && out->s[out->n - 1] == ' ')
            out->n--;
        pm_str_addc(out, ' ');
    }
    return joined;
}

bool pm_cell_is_null(const char *text, size_t length)
{
    static const char *const words[] = {"<Null>", "<NULL>", "<null>", "NULL"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0)
            return true;
    size_t signs = 0;
    while (signs < length && strchr("*? ", text[signs]))
        signs++;
    return length && signs == length;
}

/* ---- cells -------------------------------------------------------------------------- */

static void count(struct pm_column *column, enum pm_cell_fault fault, size_t record)
{
    struct pm_tally *tally = &column->faults[fault];
    if (tally->count++ == 0)
        tally->first = (long)record + 1;
}

/* The text of a decoded cell, cleaned. */
static const char *clean(struct pm_column *column, size_t record, const struct pm_str *decoded,
                         bool behind_nul, struct pm_arena *arena)
{
    struct pm_str out = {0};
    size_t length = decoded->n;
    const char *text = trimmed(pm_str_get(decoded), &length);
    bool joined = join_lines(text, length, &out);
    if (joined || length != decoded->n || behind_nul)
        count(column, PM_CELL_CLEANED, record);
    bool null = pm_cell_is_null(pm_str_get(&out), out.n);
    if (null)
        count(column, PM_CELL_NULL, record);
    const char *result = out.n && !null ? pm_strndup(arena, out.s, out.n) : NULL;
    pm_str_finish(&out);
    return result;
}

const char *pm_cell(const struct pm_cells *c, struct pm_column *column, size_t record,
                    struct pm_arena *arena)
{
    size_t length = 0;
    if (column->index < 0)
        return NULL;
    const char *raw = pm_dbase_cell(&c->table, record, (size_t)column->index, &length);
    struct pm_str decoded = {0};
    enum pm_decoded how = pm_decode(&c->decoder, raw, length, &decoded);
    if (how == PM_DECODED_CUT && !fills_field(&c->table, record, column->index, raw + length))
        how = PM_NOT_DECODED;
    if (how == PM_DECODED_CUT)
        count(column, PM_CELL_CUT, record);
    if (how == PM_NOT_DECODED)
        count(column, PM_CELL_UNREADABLE, record);
    const char *text =
        how != PM_NOT_DECODED && length
            ? clean(column, record, &decoded, goes_on(&c->table, record, column->index), arena)
            : NULL;
    pm_str_finish(&decoded);
    return text;
}

void pm_cells_report(const struct pm_cells *c, const struct pm_column *column,
                     struct pm_diags *diags)
{
    static const char *const notes[] = {
        [PM_CELL_CLEANED] =
            "had line breaks, text behind a NUL, or odd blanks or marks at an end; cleaned",
        [PM_CELL_NULL] = "said \"<Null>\", \"NULL\", \"***\" or \"???\"; took it for empty",
        [PM_CELL_CUT] = "ended within a character; left that out",
    };
    static const char *const ids[] = {"cleaned-cells", "null-cells", "cut-text"};
    for (size_t i = 0; i < PM_CELL_FAULTS; i++) {
        const struct pm_tally *t = &column->faults[i];
        struct pm_place at = pm_place_record(c->table.path, t->first);
        char more[48] = "";
        if (t->count > 1)
            snprintf(more, sizeof more, " and in %zu more record%s", t->count - 1,
                     t->count == 2 ? "" : "s");
        if (t->count && i == PM_CELL_UNREADABLE) {
            pm_error(diags, PM_FAULT_INPUT, "encoding", at,
                     "the field \"%s\" can't be read as %s here%s", column->field, c->encoding,
                     more);
            pm_help(diags,
                    "say in which encoding it is: --encoding, or \"encoding\" in shapes.json");
        } else if (t->count && i == PM_CELL_CUT)
            pm_warning(diags, ids[i], at, "the field \"%s\" here%s %s", column->field, more,
                       notes[i]);
        else if (t->count)
            pm_note(diags, ids[i], at, "the field \"%s\" here%s %s", column->field, more, notes[i]);
    }
}
