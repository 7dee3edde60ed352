/* The records of a .shp follow each other, each with its number and length; the .shx repeats where
 * they are. Either may be damaged, and some files have records that only the .shx reaches (gaps, an
 * order of their own). So the .shx is taken while all its entries lead to records; otherwise the
 * chain of records is, if it is whole and numbered in order. Format: ESRI Shapefile Technical
 * Description (1998). */
#include "input/shapefile_index.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/bytes.h"
#include "base/banned.h"

enum {
    HEADER = 100,      /* bytes, of .shp and .shx */
    RECORD_HEADER = 8, /* number and length, in 16-bit words */
    ENTRY = 8,         /* of the .shx: offset and length, in 16-bit words */
    LEAST_CONTENT = 4, /* the kind of shape */
    MAIN_CODE = 9994,
};

struct records {
    struct pm_shape_record *v;
    size_t n, cap;
};

/* Records as they follow each other in the .shp. */
struct chain {
    struct records records;
    size_t end;   /* behind the last */
    bool ordered; /* are they numbered on? */
};

struct reading {
    const char *path;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_file *file;  /* the .shp */
    size_t size, promised; /* of it: real, and by its header */
};

enum { HEAD = RECORD_HEADER + LEAST_CONTENT };

/* The header of the record there, and its kind of shape. */
static const unsigned char *head_of(const struct reading *r, uint64_t offset)
{
    return pm_file_piece(r->file, (size_t)offset, HEAD);
}

/* The record there, as its header says. */
static struct pm_shape_record look(const struct reading *r, uint64_t offset)
{
    const unsigned char *head = head_of(r, offset);
    return (struct pm_shape_record){.offset = (uint32_t)offset,
                                    .number = pm_be32(head),
                                    .claim = (uint64_t)pm_be32(head + 4) * 2,
                                    .type = (int)pm_le32(head + RECORD_HEADER)};
}

/* ---- the files ---------------------------------------------------------------------- */

char *pm_shape_sibling(const char *path, const char *ending, struct pm_arena *arena)
{
    struct pm_str upper = {0};
    size_t length = strlen(path), stem = length > 4 ? length - 4 : length;
    char *sibling = pm_sprintf(arena, "%.*s%s", (int)stem, path, ending);
    pm_upper(ending, &upper);
    char *other = pm_sprintf(arena, "%.*s%s", (int)stem, path, pm_str_get(&upper));
    pm_str_finish(&upper);
    return !pm_is_file(sibling) && pm_is_file(other) ? other : sibling;
}

static bool read_main(struct reading *r)
{
    if (!pm_file_open(r->file, r->path, PM_MOST_SHAPE_BYTES, r->diags))
        return false;
    const unsigned char *header = pm_file_piece(r->file, 0, HEADER);
    r->size = r->file->size;
    if (r->size >= HEADER && pm_be32(header) == MAIN_CODE) {
        r->promised = (size_t)pm_be32(header + 24) * 2;
        return true;
    }
    const char *kind = pm_looks_like(header, r->size < HEADER ? r->size : HEADER);
    pm_error(r->diags, PM_FAULT_INPUT, "not-a-shapefile", pm_place_file(r->path), "%s",
             r->size == 0                                   ? "the file is empty"
             : r->size >= 4 && pm_be32(header) == MAIN_CODE ? "it is cut off within its header"
                                                            : "this is no shapefile");
    if (kind)
        pm_help(r->diags, "it looks like %s", kind);
    return false;
}

/* ---- records ------------------------------------------------------------------------ */

/* How many bytes a kind of shape takes at least: M values may be left out. */
static const struct layout {
    int type, fixed, per_part, per_point;
} layouts[] = {
    {0, 4, 0, 0},    {1, 20, 0, 0},   {3, 44, 4, 16},  {5, 44, 4, 16},  {8, 40, 0, 16},
    {11, 28, 0, 0},  {13, 60, 4, 24}, {15, 60, 4, 24}, {18, 56, 0, 24}, {21, 28, 0, 0},
    {23, 44, 4, 16}, {25, 44, 4, 16}, {28, 40, 0, 16}, {31, 60, 8, 24},
};

static const struct layout *layout_of(uint32_t type)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if ((uint32_t)layouts[i].type == type)
            return &layouts[i];
    return NULL;
}

static void broken(const struct reading *r, struct pm_shape_record *record, size_t i,
                   const char *why)
{
    record->state = PM_RECORD_BROKEN;
    pm_error(r->diags, PM_FAULT_INPUT, "broken-record", pm_place_record(r->path, (long)i + 1), "%s",
             why);
}

/* Bytes that the record's counts call for, and the counts; `room` bytes follow its header. */
static uint64_t needed(const struct reading *r, struct pm_shape_record *record, size_t room)
{
    const unsigned char *content = pm_file_piece(r->file, record->offset + RECORD_HEADER, 44);
    const struct layout *l = layout_of((uint32_t)record->type);
    if (room < (size_t)l->fixed || l->per_point == 0)
        return (uint64_t)l->fixed;
    record->parts = l->per_part ? pm_le32(content + 36) : 0;
    record->points = pm_le32(content + (l->per_part ? 40 : 36));
    return (uint64_t)l->fixed + (uint64_t)record->parts * (uint64_t)l->per_part +
           (uint64_t)record->points * (uint64_t)l->per_point;
}

static bool parts_ascend(const struct reading *r, const struct pm_shape_record *record)
{
    const unsigned char *start =
        pm_file_piece(r->file, record->offset + RECORD_HEADER + 44, 4 * (size_t)record->parts);
    for (uint32_t i = 0; i < record->parts; i++)
        if (pm_le32(start + 4 * (size_t)i) >= record->points ||
            (i ? pm_le32(start + 4 * (size_t)i) <= pm_le32(start + 4 * (size_t)(i - 1))
               : pm_le32(start) != 0))
            return false;
    return true;
}

/* Holds the record's lengths (its own, and the index's in record->length) against what it claims
 * to hold. True if the two differ. */
static bool check_record(const struct reading *r, struct pm_shape_record *record, size_t i)
{
    size_t room = r->size - record->offset - RECORD_HEADER;
    size_t lengths[] = {record->length, (size_t)record->claim};
    uint64_t need = needed(r, record, room);
    size_t fit = lengths[0] >= need && lengths[0] <= room ? lengths[0] : lengths[1];
    if (fit > room)
        broken(r, record, i,
               pm_sprintf(r->arena, "it claims %zu bytes, but only %zu follow", fit, room));
    else if (fit < need)
        broken(r, record, i,
               pm_sprintf(r->arena, "it claims %u parts and %u points, but has only %zu bytes",
                          (unsigned)record->parts, (unsigned)record->points, fit));
    else if (!parts_ascend(r, record))
        broken(r, record, i, "its parts are not in order");
    record->length = (uint32_t)fit;
    if (record->type == 0 && record->state == PM_RECORD_SHAPE)
        record->state = PM_RECORD_NULL;
    return lengths[0] != lengths[1];
}

/* ---- the chain ---------------------------------------------------------------------- */

static void follow_chain(const struct reading *r, struct chain *chain)
{
    size_t at = HEADER;
    uint32_t number = 0;
    chain->ordered = true;
    while (at + RECORD_HEADER + LEAST_CONTENT <= r->size) {
        struct pm_shape_record record = look(r, at);
        uint64_t length = record.claim;
        if (length < LEAST_CONTENT || length > r->size - at - RECORD_HEADER ||
            !layout_of((uint32_t)record.type))
            break;
        bool next = chain->records.n == 0 || record.number == number + 1;
        if (!next && at == r->promised)
            break; /* what trails is no record */
        chain->ordered = chain->ordered && next;
        number = record.number;
        record.length = (uint32_t)length;
        pm_vec_push(&chain->records, record);
        at += RECORD_HEADER + (size_t)length;
    }
    chain->end = at;
}

/* Does it reach the end of the file, or the one that the header names? */
static bool is_whole(const struct reading *r, const struct chain *chain)
{
    return chain->ordered && (chain->end == r->size || chain->end == r->promised);
}

/* Without index: all records that the chain reaches, and an error if it breaks. */
static bool take_chain(const struct reading *r, struct chain *chain)
{
    if (!chain->ordered) {
        pm_error(r->diags, PM_FAULT_INPUT, "no-index", pm_place_file(r->path),
                 "without its index (.shx) the order of its records is not known: they are not "
                 "numbered on");
        pm_help(r->diags, "copy the .shx too, or write the file anew: ogr2ogr new.shp %s",
                pm_path_base(r->path));
        return false;
    }
    if (is_whole(r, chain) || r->promised > r->size)
        return true;
    size_t rest = r->size - chain->end;
    size_t claim = rest < RECORD_HEADER ? 0 : (size_t)pm_be32(head_of(r, chain->end) + 4) * 2;
    struct pm_place at = pm_place_record(r->path, (long)chain->records.n + 1);
    if (claim + RECORD_HEADER > rest)
        pm_error(r->diags, PM_FAULT_INPUT, "broken-record", at,
                 "it claims %zu bytes, but only %zu follow", claim,
                 rest < RECORD_HEADER ? 0 : rest - RECORD_HEADER);
    else
        pm_error(r->diags, PM_FAULT_INPUT, "broken-record", at,
                 "no shape of a known kind stands where it should begin");
    pm_help(r->diags, "what follows it can't be found without an index (.shx)");
    return true;
}

/* ---- the index ---------------------------------------------------------------------- */

/* An entry leads to a record if a kind of shape stands there, number or length are right, and none
 * before led to it. As a rule the chain has been there. */
static bool leads(const struct reading *r, const struct chain *chain, uint64_t offset,
                  uint64_t length, size_t i, struct pm_shape_record *record)
{
    if (offset < HEADER || offset + RECORD_HEADER + LEAST_CONTENT > r->size)
        return false;
    bool known = i < chain->records.n && chain->records.v[i].offset == offset;
    *record = known ? chain->records.v[i] : look(r, offset);
    return layout_of((uint32_t)record->type) &&
           (record->number == i + 1 || record->claim == length);
}

/* Did an entry before lead there? Marks it; `seen` has a bit for each 16-bit word of the file. */
static bool again(unsigned char *seen, uint64_t offset)
{
    unsigned char *byte = &seen[offset / 16], bit = (unsigned char)(1U << (offset / 2 % 8));
    bool was = *byte & bit;
    *byte |= bit;
    return was;
}

/* The first `count` entries as records; returns how many lead nowhere, and the first of these. */
static size_t read_entries(const struct reading *r, const struct chain *chain,
                           const unsigned char *entries, size_t count, struct records *out,
                           size_t *first)
{
    size_t astray = 0;
    unsigned char *seen = PM_NEW_N(r->arena, unsigned char, r->size / 16 + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t offset = (uint64_t)pm_be32(entries + i * ENTRY) * 2;
        uint64_t length = (uint64_t)pm_be32(entries + i * ENTRY + 4) * 2;
        struct pm_shape_record record = {0};
        if (leads(r, chain, offset, length, i, &record) && !again(seen, offset)) {
            record.length = length < PM_MOST_SHAPE_BYTES ? (uint32_t)length : PM_MOST_SHAPE_BYTES;
        } else {
            bool none = offset == 0 && length == 0;
            record = (struct pm_shape_record){.state = none ? PM_RECORD_NULL : PM_RECORD_BROKEN};
            if (!none)
                *first = astray++ ? *first : i;
        }
        pm_vec_push(out, record);
    }
    return astray;
}

static void astray_entries(const struct reading *r, size_t first, size_t astray)
{
    if (r->promised > r->size)
        return; /* said once, of the file */
    pm_error(r->diags, PM_FAULT_INPUT, "record-beyond-file",
             pm_place_record(r->path, (long)first + 1), "the index (.shx) leads to no record");
    if (astray > 1)
        pm_help(r->diags, "so it is with %zu more; .shp and .shx may not belong together",
                astray - 1);
    else
        pm_help(r->diags, ".shp and .shx may not belong together");
}

static void take_records(const struct reading *r, const char *path, const char *id, const char *why,
                         struct chain *chain, struct records *out)
{
    pm_warning(r->diags, id, pm_place_file(path), "%s; found the records by scanning the .shp",
               why);
    pm_vec_finish(out);
    *out = chain->records;
    chain->records = (struct records){0};
}

static const char *why_not(const struct reading *r, size_t promised, size_t size, size_t first,
                           size_t astray)
{
    if (promised != size)
        return pm_sprintf(r->arena, "its header promises %zu bytes, it has %zu", promised, size);
    if (astray == 1)
        return pm_sprintf(r->arena, "its entry %zu leads to no record", first + 1);
    return pm_sprintf(r->arena, "its entry %zu and %zu more lead to no record", first + 1,
                      astray - 1);
}

/* The entries of the .shx: as many as it has; as its header says if only those lead to records; the
 * chain if that is whole and says otherwise. */
static void choose_entries(const struct reading *r, const char *path, const unsigned char *data,
                           size_t size, struct chain *chain, struct records *out)
{
    size_t promised = (size_t)pm_be32(data + 24) * 2, count = (size - HEADER) / ENTRY, first = 0;
    size_t fewer = promised >= HEADER && promised < size ? (promised - HEADER) / ENTRY : count;
    size_t astray = read_entries(r, chain, data + HEADER, count, out, &first),
           all = chain->records.n;
    bool whole = is_whole(r, chain), fits = promised == size;
    if (astray && first >= fewer) {
        out->n = count = fewer;
        astray = 0;
    }
    if (whole && (fits ? astray && count == all : astray || count != all)) {
        take_records(r, path, "broken-index", why_not(r, promised, size, first, astray), chain,
                     out);
        return;
    }
    if (!fits)
        pm_warning(r->diags, "wrong-length", pm_place_file(path),
                   "its header promises %zu bytes, it has %zu; took its %zu entries", promised,
                   size, count);
    if (astray)
        astray_entries(r, first, astray);
    else if (whole && count < all)
        pm_warning(r->diags, "unlisted-records", pm_place_file(path),
                   "it lists %zu of the %zu records in the .shp; left the others out", count, all);
}

/* The records by the .shx or, where that can't be, by the chain. */
static bool find_records(const struct reading *r, struct chain *chain, struct records *out,
                         bool *present)
{
    size_t size = 0;
    const char *path = pm_shape_sibling(r->path, ".shx", r->arena);
    *present = pm_is_file(path);
    const unsigned char *data = *present ? (const unsigned char *)pm_read_file(
                                               path, PM_MOST_SHAPE_BYTES, r->arena, &size, r->diags)
                                         : NULL;
    if (*present && !data)
        return false;
    if (data && size >= HEADER && pm_be32(data) == MAIN_CODE) {
        choose_entries(r, path, data, size, chain, out);
        return true;
    }
    if (!take_chain(r, chain))
        return false;
    take_records(r, path, data ? "broken-index" : "no-index",
                 data ? "this is no index" : "the index (.shx) is missing", chain, out);
    return true;
}

/* ---- lengths ------------------------------------------------------------------------ */

/* What the header says of the file's length, against where the records end. */
static void check_length(const struct reading *r, size_t end, bool lost)
{
    if (r->promised > r->size && (lost || end < r->size)) {
        pm_error(r->diags, PM_FAULT_INPUT, "truncated", pm_place_file(r->path),
                 "it is cut off: its header promises %zu bytes, it has %zu", r->promised, r->size);
        pm_help(r->diags, "copy or download it again");
    } else if (r->promised > r->size || r->promised < end)
        pm_warning(r->diags, "wrong-length", pm_place_file(r->path),
                   "its header promises %zu bytes, but its records end at %zu; read them all",
                   r->promised, end);
    else if (r->size > r->promised)
        pm_note(r->diags, "trailing-bytes", pm_place_file(r->path),
                "left alone what trails behind the last record: %zu bytes", r->size - r->promised);
}

/* Names stand on shapes by the index; the records' own numbers must not say otherwise. */
static void check_numbers(const struct reading *r, const struct records *records)
{
    uint32_t base = 0;
    for (size_t i = 0, seen = 0; i < records->n; i++) {
        const struct pm_shape_record *record = &records->v[i];
        uint32_t number = record->number;
        if (record->offset == 0)
            continue;
        base = seen++ ? base : number - (uint32_t)i;
        if (number - (uint32_t)i == base)
            continue;
        pm_warning(r->diags, "record-numbers", pm_place_record(r->path, (long)i + 1),
                   "the index (.shx) leads to a record numbered %u", (unsigned)number);
        pm_help(r->diags, "if names stand on wrong shapes, .shp and .shx do not belong together");
        return;
    }
}

static size_t check_records(const struct reading *r, struct records *records, bool *lost)
{
    size_t end = HEADER, odd = 0, first = 0;
    for (size_t i = 0; i < records->n; i++) {
        struct pm_shape_record *record = &records->v[i];
        *lost = *lost || record->state == PM_RECORD_BROKEN;
        if (record->offset == 0)
            continue;
        if (check_record(r, record, i))
            first = odd++ ? first : i;
        size_t behind = (size_t)record->offset + RECORD_HEADER + record->length;
        if (record->state != PM_RECORD_BROKEN && behind > end)
            end = behind;
        if (behind > r->size)
            *lost = true;
    }
    if (odd)
        pm_warning(r->diags, "odd-index", pm_place_record(r->path, (long)first + 1),
                   "record and index (.shx) disagree about its length; took the one that holds "
                   "its points");
    if (odd > 1)
        pm_help(r->diags, "so it is with %zu more", odd - 1);
    return end;
}

/* Their sum decides how much memory is taken: that of records over each other would choose it. */
static bool count_points(const struct reading *r, const struct records *records, size_t *points)
{
    for (size_t i = 0; i < records->n; i++) {
        const struct pm_shape_record *record = &records->v[i];
        if (record->state == PM_RECORD_SHAPE)
            *points += layout_of((uint32_t)record->type)->per_point ? record->points : 1;
    }
    if (*points <= r->size / 16)
        return true;
    pm_error(r->diags, PM_FAULT_INPUT, "overlapping-records", pm_place_file(r->path),
             "its records claim %zu points, more than the file has room for", *points);
    pm_help(r->diags, "the index (.shx) leads into the midst of records: copy or download both "
                      "files again");
    return false;
}

void pm_shape_index_close(struct pm_shape_index *index)
{
    pm_file_close(&index->file);
}

bool pm_shape_index_read(const char *path, struct pm_arena *arena, struct pm_shape_index *index,
                         struct pm_diags *diags)
{
    struct reading r = {.path = path, .arena = arena, .diags = diags, .file = &index->file};
    struct chain chain = {0};
    struct records records = {0};
    bool lost = false, ok = false;
    *index = (struct pm_shape_index){0};
    if (read_main(&r)) {
        follow_chain(&r, &chain);
        ok = find_records(&r, &chain, &records, &index->present);
        size_t end = check_records(&r, &records, &lost);
        check_numbers(&r, &records);
        if (ok)
            check_length(&r, end, lost);
        ok = count_points(&r, &records, &index->points) && ok;
        index->is_shapefile = true;
        memcpy(index->header, pm_file_piece(r.file, 0, HEADER), HEADER);
        index->type = (int)pm_le32(index->header + 32);
        index->count = records.n;
        pm_put_be32(index->header + 24, (uint32_t)(r.size / 2));
    }
    pm_vec_finish(&chain.records);
    pm_vec_into(&records, arena, &index->records);
    return ok;
}
