/* A scanner that walks a JSON text. It trusts nothing: on text that is not JSON it ends at the end.
 * Values that are not containers are skipped by their quotes alone. */
#include "input/positions.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/sheet.h"
#include "base/banned.h"

struct cursor {
    const char *p, *end;
};

/* A member or element: its container's offset and its number there. */
struct entry {
    uint32_t container, number;
    struct pm_at at;
    uint32_t hash; /* of the container and the key or number */
};

#define NO_ENTRY UINT32_MAX

struct pm_positions {
    const struct pm_source *source;
    struct pm_diags *diags;
    struct pm_at root;
    PM_VEC(struct entry) entries;
    uint32_t *slots; /* open addressing: number of an entry, or NO_ENTRY */
    size_t slot_count;
    size_t twice; /* keys that stand twice */
};

/* ---- tokens ------------------------------------------------------------------------- */

static void skip_blanks(struct cursor *c)
{
    while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
        c->p++;
}

static bool skip_char(struct cursor *c, char wanted)
{
    bool here = c->p < c->end && *c->p == wanted;
    c->p += here;
    return here;
}

static void skip_string(struct cursor *c)
{
    for (c->p++; c->p < c->end && *c->p != '"'; c->p++)
        if (*c->p == '\\' && c->p + 1 < c->end)
            c->p++;
    c->p += c->p < c->end;
}

/* A string, number or word. */
static void skip_scalar(struct cursor *c)
{
    if (c->p < c->end && *c->p == '"') {
        skip_string(c);
        return;
    }
    const char *begin = c->p;
    while (c->p < c->end && *c->p && !strchr(",:]}[{\" \t\r\n", *c->p))
        c->p++;
    c->p += c->p == begin && c->p < c->end; /* never stand still */
}

static int hex4(const char *p, const char *end)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef";
        const char *at = p + i < end && p[i] ? strchr(digits, p[i] | 0x20) : NULL;
        if (!at)
            return -1;
        value = value * 16 + (int)(at - digits);
    }
    return value;
}

/* p stands behind "\u"; returns what is behind the escape. */
static const char *add_escape(struct pm_str *out, const char *p, const char *end)
{
    long c = hex4(p, end);
    if (c < 0)
        return p;
    p += 4;
    if (c >= 0xD800 && c < 0xDC00 && p + 6 <= end && p[0] == '\\' && p[1] == 'u') {
        int low = hex4(p + 2, end);
        if (low >= 0xDC00) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            p += 6;
        }
    }
    pm_str_add_char(out, (uint32_t)c);
    return p;
}

/* The string at the cursor, unescaped; the cursor moves behind it. */
static void read_string(struct cursor *c, struct pm_str *out)
{
    const char *p = c->p + 1;
    skip_string(c);
    const char *end = c->p - 1;
    while (p < end) {
        if (*p != '\\' || p + 1 >= end) {
            pm_str_addc(out, *p++);
            continue;
        }
        static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
        const char *at = strchr(from, p[1]);
        p += 2;
        if (p[-1] == 'u')
            p = add_escape(out, p, end);
        else
            pm_str_addc(out, at ? to[at - from] : p[-1]);
    }
}

/* ---- limits ------------------------------------------------------------------------- */

static bool beyond(const struct pm_source *source, struct pm_diags *diags, const char *at,
                   const char *id, const char *what, int most)
{
    pm_error(diags, PM_FAULT_INPUT, id, pm_place_text(source, (size_t)(at - source->text), 1),
             "not read: %s", what);
    pm_help(diags, "the limit is %d", most);
    return false;
}

bool pm_positions_check(const struct pm_source *source, struct pm_diags *diags)
{
    struct cursor c = {source->text, source->text + source->length};
    int depth = 0, values = 0;
    while (c.p < c.end) {
        const char *at = c.p;
        if (*c.p == '"') {
            skip_string(&c);
            continue;
        }
        values += *c.p == ',' || *c.p == '[' || *c.p == '{';
        depth += (*c.p == '[' || *c.p == '{') - (*c.p == ']' || *c.p == '}');
        c.p++;
        if (depth > PM_MOST_JSON_DEPTH)
            return beyond(source, diags, at, "too-deep", "brackets are nested too deep here",
                          PM_MOST_JSON_DEPTH);
        if (values >= PM_MOST_JSON_VALUES)
            return beyond(source, diags, at, "too-many", "the file holds too many values",
                          PM_MOST_JSON_VALUES);
    }
    return true;
}

/* ---- the index ---------------------------------------------------------------------- */

/* Compares as far as nothing is escaped, and unescapes only then. */
static bool is_key(const struct pm_positions *ps, const struct entry *e, const char *key)
{
    const char *raw = ps->source->text + e->at.key + 1;
    size_t n = 0;
    while (key[n] && raw[n] == key[n] && raw[n] != '\\' && raw[n] != '"')
        n++;
    if (raw[n] != '\\')
        return raw[n] == '"' && !key[n];
    struct cursor c = {raw - 1, ps->source->text + ps->source->length};
    struct pm_str own = {0};
    read_string(&c, &own);
    bool same = strcmp(pm_str_get(&own), key) == 0;
    pm_str_finish(&own);
    return same;
}

/* Of a member by its key, of an element (NULL) by its number. */
static uint32_t hash_of(uint32_t container, const char *key, uint32_t number)
{
    return (uint32_t)(key ? pm_hash_bytes(key, strlen(key), container)
                          : pm_hash_u64((uint64_t)container << 32 | number));
}

static bool is_entry(const struct pm_positions *ps, const struct entry *e, const char *key,
                     const struct entry *wanted)
{
    return e->hash == wanted->hash && e->container == wanted->container &&
           (key ? is_key(ps, e, key) : e->number == wanted->number);
}

/* The slot of what was asked for, or the empty one where it would be. */
static uint32_t *find_slot(const struct pm_positions *ps, const char *key,
                           const struct entry *wanted)
{
    size_t i = wanted->hash & (ps->slot_count - 1);
    while (ps->slots[i] != NO_ENTRY && !is_entry(ps, &ps->entries.v[ps->slots[i]], key, wanted))
        i = (i + 1) & (ps->slot_count - 1);
    return &ps->slots[i];
}

static uint32_t *empty_slots(size_t count)
{
    uint32_t *slots = pm_xrealloc(NULL, count, sizeof *slots);
    memset(slots, 0xFF, count * sizeof *slots);
    return slots;
}

static void grow(struct pm_positions *ps)
{
    free(ps->slots);
    ps->slot_count *= 2;
    ps->slots = empty_slots(ps->slot_count);
    for (uint32_t n = 0; n < ps->entries.n; n++) {
        size_t i = ps->entries.v[n].hash & (ps->slot_count - 1);
        while (ps->slots[i] != NO_ENTRY)
            i = (i + 1) & (ps->slot_count - 1);
        ps->slots[i] = n;
    }
}

static void report_twice(struct pm_positions *ps, const char *key, struct pm_at first,
                         struct pm_at again)
{
    int line = 0, column = 0;
    if (ps->twice++ < PM_MOST_ALIKE_DIAGS) /* more are not shown */
        pm_source_position(ps->source, first.key, &line, &column);
    pm_error(ps->diags, PM_FAULT_INPUT, "duplicate-key", pm_place_key(ps->source, again),
             "the key \"%s\" stands twice in this object, first in line %d", key, line);
    pm_help(ps->diags, "keep one; for a history give the key a list of dated entries");
}

static void add_entry(struct pm_positions *ps, const char *key, struct entry entry)
{
    if (2 * (ps->entries.n + 1) > ps->slot_count)
        grow(ps);
    entry.hash = hash_of(entry.container, key, entry.number);
    uint32_t *slot = find_slot(ps, key, &entry);
    if (*slot < ps->entries.n) {
        if (key) /* numbers of elements come once */
            report_twice(ps, key, ps->entries.v[*slot].at, entry.at);
        return;
    }
    *slot = (uint32_t)ps->entries.n;
    pm_vec_push(&ps->entries, entry);
}

static uint32_t offset_of(const struct pm_positions *ps, const struct cursor *c)
{
    return (uint32_t)(c->p - ps->source->text);
}

static void scan_value(struct pm_positions *ps, struct cursor *c);

static void scan_object(struct pm_positions *ps, struct cursor *c)
{
    struct entry e = {.container = offset_of(ps, c)};
    struct pm_str key = {0};
    for (c->p++, skip_blanks(c); c->p < c->end && *c->p == '"'; skip_blanks(c), e.number++) {
        e.at.key = offset_of(ps, c);
        key.n = 0;
        read_string(c, &key);
        skip_blanks(c);
        skip_char(c, ':');
        skip_blanks(c);
        e.at.value = offset_of(ps, c);
        add_entry(ps, key.n ? key.s : "", e);
        scan_value(ps, c);
        skip_blanks(c);
        skip_char(c, ',');
    }
    skip_char(c, '}');
    pm_str_finish(&key);
}

static void scan_array(struct pm_positions *ps, struct cursor *c)
{
    struct entry e = {.container = offset_of(ps, c)};
    for (c->p++, skip_blanks(c); c->p < c->end && *c->p != ']'; skip_blanks(c), e.number++) {
        e.at.key = e.at.value = offset_of(ps, c);
        add_entry(ps, NULL, e);
        scan_value(ps, c);
        skip_blanks(c);
        skip_char(c, ',');
    }
    skip_char(c, ']');
}

static void scan_value(struct pm_positions *ps, struct cursor *c)
{
    if (c->p < c->end && *c->p == '{')
        scan_object(ps, c);
    else if (c->p < c->end && *c->p == '[')
        scan_array(ps, c);
    else
        skip_scalar(c);
}

struct pm_positions *pm_positions_new(const struct pm_source *source, struct pm_diags *diags)
{
    struct pm_positions *ps = pm_xrealloc(NULL, 1, sizeof *ps);
    struct cursor c = {source->text, source->text + source->length};
    skip_blanks(&c);
    *ps = (struct pm_positions){.source = source, .diags = diags, .slot_count = 64};
    ps->slots = empty_slots(ps->slot_count);
    ps->root.key = ps->root.value = offset_of(ps, &c);
    scan_value(ps, &c);
    return ps;
}

void pm_positions_free(struct pm_positions *positions)
{
    if (!positions)
        return;
    pm_vec_finish(&positions->entries);
    free(positions->slots);
    free(positions);
}

/* ---- questions ---------------------------------------------------------------------- */

static struct pm_at find(const struct pm_positions *ps, struct pm_at at, const char *key,
                         size_t number)
{
    struct entry wanted = {.container = at.value, .number = (uint32_t)number};
    wanted.hash = hash_of(wanted.container, key, wanted.number);
    uint32_t slot = *find_slot(ps, key, &wanted);
    return slot == NO_ENTRY ? (struct pm_at){0, 0} : ps->entries.v[slot].at;
}

struct pm_at pm_positions_root(const struct pm_positions *positions)
{
    return positions->root;
}

struct pm_at pm_positions_member(const struct pm_positions *positions, struct pm_at at,
                                 const char *key)
{
    return find(positions, at, key, 0);
}

struct pm_at pm_positions_element(const struct pm_positions *positions, struct pm_at at,
                                  size_t index)
{
    return find(positions, at, NULL, index);
}

static struct pm_place token_at(const struct pm_source *source, uint32_t offset)
{
    if (source->delimiter)
        return pm_place_text(source, offset, pm_sheet_cell_length(source, offset));
    struct cursor c = {source->text + offset, source->text + source->length};
    skip_scalar(&c);
    return pm_place_text(source, offset, (size_t)(c.p - source->text) - offset);
}

struct pm_place pm_place_key(const struct pm_source *source, struct pm_at at)
{
    return token_at(source, at.key);
}

struct pm_place pm_place_value(const struct pm_source *source, struct pm_at at)
{
    return token_at(source, at.value);
}
