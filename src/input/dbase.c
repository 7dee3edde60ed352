/* A dBASE header says where the records begin and how wide they are, and the fields' widths say so
 * again. Where the two disagree, that reading is taken under which all records fit the file and
 * begin with their flag (blank, or '*' for deleted): the header's, or one of the usual mistakes. */
#include "input/dbase.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/bytes.h"
#include "input/shapefile_index.h"
#include "base/banned.h"

enum {
    HEADER = 32,       /* bytes, before the fields */
    FIELD = 32,        /* a field's description */
    NAME = 11,         /* its name */
    FIELDS_END = 0x0D, /* behind the last */
};

struct layout {
    size_t begin, width; /* of the records */
    bool wide;           /* the second byte of a text field's width counts (Clipper, FoxPro) */
};

struct reading {
    const char *path;
    struct pm_diags *diags;
    const unsigned char *data;
    size_t size, field_count, record_count;
};

/* ---- fields ------------------------------------------------------------------------- */

/* Can a field's description begin here? Its name does not begin with a blank, as records do. */
static bool is_field(const struct reading *r, size_t at)
{
    if (at + FIELD > r->size || r->data[at] == FIELDS_END || r->data[at] == ' ')
        return false;
    unsigned char type = r->data[at + NAME];
    return (type >= 'A' && type <= 'Z') || strchr("+@0", type);
}

/* Up to the end mark; without one, up to where the records should begin. */
static size_t count_fields(const struct reading *r)
{
    size_t at = HEADER, begin = pm_le16(r->data + 8);
    while (is_field(r, at))
        at += FIELD;
    bool ended = at < r->size && (r->data[at] == FIELDS_END || at == begin);
    return ended ? (at - HEADER) / FIELD : 0;
}

static size_t width_of(const unsigned char *field, bool wide)
{
    return field[16] + (wide && field[11] == 'C' ? 256U * field[17] : 0U);
}

static size_t sum_of_widths(const struct reading *r, bool wide)
{
    size_t sum = 1; /* the flag */
    for (size_t i = 0; i < r->field_count; i++)
        sum += width_of(r->data + HEADER + i * FIELD, wide);
    return sum;
}

static const char *name_of(const unsigned char *field, struct pm_arena *arena)
{
    const char *name = (const char *)field, *nul = memchr(name, '\0', NAME);
    size_t length = nul ? (size_t)(nul - name) : NAME;
    while (length && (name[length - 1] == ' ' || name[length - 1] == '\t'))
        length--;
    size_t blanks = 0;
    while (blanks < length && name[blanks] == ' ')
        blanks++;
    return pm_strndup(arena, name + blanks, length - blanks);
}

/* Is there a letter behind the NUL that ends the name? */
static bool goes_on(const unsigned char *field)
{
    const unsigned char *nul = memchr(field, '\0', NAME);
    for (const unsigned char *p = nul; p && p < field + NAME; p++)
        if (*p > ' ' && *p < 0x7F)
            return true;
    return false;
}

static void read_fields(const struct reading *r, const struct layout *layout,
                        struct pm_arena *arena, struct pm_dbase *table)
{
    size_t offset = 1, odd = 0, first = 0;
    table->fields = PM_NEW_N(arena, struct pm_dbase_field, r->field_count);
    table->field_count = r->field_count;
    for (size_t i = 0; i < r->field_count; i++) {
        const unsigned char *p = r->data + HEADER + i * FIELD;
        struct pm_dbase_field field = {.name = name_of(p, arena),
                                       .type = (char)p[11],
                                       .offset = offset,
                                       .width = width_of(p, layout->wide),
                                       .decimals = p[11] == 'N' || p[11] == 'F' ? p[17] : 0};
        if (!*field.name || goes_on(p))
            first = odd++ ? first : i;
        offset += field.width;
        table->fields[i] = field;
    }
    if (odd == 0)
        return;
    pm_note(r->diags, "field-name", pm_place_file(r->path),
            "the name of field %zu is empty or goes on behind a NUL, where it ends", first + 1);
    if (odd > 1)
        pm_help(r->diags, "so it is with %zu more", odd - 1);
}

/* ---- layout ------------------------------------------------------------------------- */

static bool has_room(const struct reading *r, const struct layout *l)
{
    return l->begin <= r->size &&
           (uint64_t)r->record_count * l->width <= (uint64_t)(r->size - l->begin);
}

/* Do all records fit in, and begin with a flag? */
static bool fits(const struct reading *r, const struct layout *l)
{
    if (!has_room(r, l))
        return false;
    for (size_t i = 0; i < r->record_count; i++) {
        unsigned char flag = r->data[l->begin + i * l->width];
        if (flag != ' ' && flag != '*')
            return false;
    }
    return true;
}

/* The header's layout if nothing speaks against it, else the first that fits; NULL if none does. */
static const struct layout *choose(const struct reading *r, const struct layout *layouts,
                                   size_t count, size_t fields_end)
{
    size_t sum = sum_of_widths(r, false), wide = sum_of_widths(r, true);
    if (layouts->begin >= fields_end && (layouts->width == sum || layouts->width == wide))
        return layouts;
    for (size_t i = 0; i < count; i++) {
        const struct layout *l = &layouts[i];
        if (l->begin >= fields_end && l->width >= (l->wide ? wide : sum) && fits(r, l))
            return l;
    }
    return NULL;
}

static bool find_layout(const struct reading *r, struct layout *out)
{
    size_t begin = pm_le16(r->data + 8), width = pm_le16(r->data + 10);
    size_t end = HEADER + r->field_count * FIELD; /* of the fields, but for the mark behind */
    size_t sum = sum_of_widths(r, false), wide = sum_of_widths(r, true);
    const struct layout layouts[] = {
        {begin, width, wide == width && sum != width},
        {begin, sum, false},
        {begin, wide, true},
        {end + 1, width, false},
        {end + 1, sum, false},
        {end + 1, wide, true},
        {end + 2, sum, false},
        {end + 264, sum, false}, /* Visual FoxPro */
    };
    const struct layout *found = choose(r, layouts, sizeof layouts / sizeof *layouts, end);
    if (!found) {
        pm_error(r->diags, PM_FAULT_INPUT, "broken-table", pm_place_file(r->path),
                 "its header says that records begin at byte %zu and take %zu bytes, its fields "
                 "that they begin at %zu and take %zu; neither fits the file",
                 begin, width, end + 1, sum);
        return false;
    }
    *out = *found;
    if (found->begin != begin || found->width != width)
        pm_warning(r->diags, "odd-table", pm_place_file(r->path),
                   "its header says that records begin at byte %zu and take %zu bytes; took %zu "
                   "and %zu, as its fields say and the file shows",
                   begin, width, found->begin, found->width);
    return true;
}

/* Are all records there? */
static bool check_size(const struct reading *r, const struct layout *l)
{
    size_t data = r->size > l->begin ? r->size - l->begin : 0;
    if (!has_room(r, l)) {
        pm_error(r->diags, PM_FAULT_INPUT, "truncated", pm_place_file(r->path),
                 "it is cut off: its header promises %zu records, it has %zu", r->record_count,
                 data / l->width);
        pm_help(r->diags, "copy or download it again");
        return false;
    }
    size_t rest = data - r->record_count * l->width;
    if (rest > 1) /* one is the mark of the end */
        pm_note(r->diags, "trailing-bytes", pm_place_file(r->path),
                "left alone what trails behind the last record: %zu bytes", rest);
    return true;
}

bool pm_dbase_read(const char *path, struct pm_arena *arena, struct pm_dbase *table,
                   struct pm_diags *diags)
{
    struct reading r = {.path = path, .diags = diags};
    struct layout layout = {0};
    *table = (struct pm_dbase){.path = path};
    r.data = (const unsigned char *)pm_read_file(path, PM_MOST_TABLE_BYTES, arena, &r.size, diags);
    if (!r.data)
        return false;
    r.field_count = r.size > HEADER ? count_fields(&r) : 0;
    if (r.field_count == 0) {
        const char *kind = pm_looks_like(r.data, r.size);
        pm_error(diags, PM_FAULT_INPUT, "broken-table", pm_place_file(path), "%s",
                 r.size ? "this is no dBASE table" : "the file is empty");
        if (kind)
            pm_help(diags, "it looks like %s", kind);
        return false;
    }
    r.record_count = pm_le32(r.data + 4);
    if (!find_layout(&r, &layout) || !check_size(&r, &layout))
        return false;
    read_fields(&r, &layout, arena, table);
    table->records = (const char *)r.data + layout.begin;
    table->record_count = r.record_count;
    table->record_width = layout.width;
    table->language = r.data[29];
    return true;
}

/* ---- cells -------------------------------------------------------------------------- */

bool pm_dbase_deleted(const struct pm_dbase *table, size_t record)
{
    return table->records[record * table->record_width] == '*';
}

const char *pm_dbase_cell(const struct pm_dbase *table, size_t record, size_t field, size_t *length)
{
    const struct pm_dbase_field *f = &table->fields[field];
    const char *cell = table->records + record * table->record_width + f->offset;
    const char *nul = memchr(cell, '\0', f->width);
    size_t n = nul ? (size_t)(nul - cell) : f->width;
    while (n && *cell == ' ')
        cell++, n--;
    while (n && cell[n - 1] == ' ')
        n--;
    *length = n;
    return cell;
}
