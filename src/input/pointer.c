/* A scanner that walks a JSON text. It trusts nothing: on text that is not JSON it ends at the end.
 * Values are skipped by their brackets and quotes alone. */
#include "input/pointer.h"

#include "base/hash.h"
#include "base/str.h"
#include "base/banned.h"

struct cursor {
    const char *p, *end;
};

static void skip_blanks(struct cursor *c)
{
    while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
        c->p++;
}

static void skip_string(struct cursor *c)
{
    for (c->p++; c->p < c->end && *c->p != '"'; c->p++)
        if (*c->p == '\\' && c->p + 1 < c->end)
            c->p++;
    c->p += c->p < c->end;
}

static void skip_value(struct cursor *c)
{
    int depth = 0;
    do {
        skip_blanks(c);
        if (c->p >= c->end)
            return;
        if (*c->p == '"') {
            skip_string(c);
        } else if (*c->p == '{' || *c->p == '[') {
            depth++;
            c->p++;
        } else if (*c->p == '}' || *c->p == ']') {
            depth--;
            c->p++;
        } else if (*c->p == ',' || *c->p == ':') {
            c->p++;
        } else {
            c->p += strcspn(c->p, ",:]}\" \t\r\n");
            c->p += c->p < c->end && *c->p == '\0'; /* never stand still */
        }
    } while (depth > 0);
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

static void add_utf8(struct pm_str *out, long c)
{
    if (c < 0x80) {
        pm_str_addc(out, (char)c);
    } else if (c < 0x800) {
        pm_str_addc(out, (char)(0xC0 | c >> 6));
        pm_str_addc(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        pm_str_addc(out, (char)(0xE0 | c >> 12));
        pm_str_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
        pm_str_addc(out, (char)(0x80 | (c & 0x3F)));
    } else {
        pm_str_addc(out, (char)(0xF0 | c >> 18));
        pm_str_addc(out, (char)(0x80 | (c >> 12 & 0x3F)));
        pm_str_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
        pm_str_addc(out, (char)(0x80 | (c & 0x3F)));
    }
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
    add_utf8(out, c);
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

/* One step of the pointer, "~1" and "~0" undone. */
static const char *read_step(const char *pointer, struct pm_str *out)
{
    for (; *pointer && *pointer != '/'; pointer++)
        if (*pointer == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            pm_str_addc(out, *++pointer == '0' ? '~' : '/');
        else
            pm_str_addc(out, *pointer);
    return pointer;
}

/* Past the colon, to the value. */
static void enter_value(struct cursor *c)
{
    skip_blanks(c);
    c->p += c->p < c->end && *c->p == ':';
    skip_blanks(c);
}

/* To the value of the member `name`; its key stands at *key. Neither moves if there is none. */
static bool enter_object(struct cursor *c, const char *name, struct cursor *key)
{
    struct cursor at = *c;
    for (at.p++; at.p < at.end; at.p += at.p < at.end && *at.p == ',') {
        skip_blanks(&at);
        if (at.p >= at.end || *at.p != '"')
            return false;
        struct cursor begin = at;
        struct pm_str found = {0};
        read_string(&at, &found);
        bool here = strcmp(pm_str_get(&found), name) == 0;
        pm_str_finish(&found);
        enter_value(&at);
        if (here) {
            *key = begin;
            *c = at;
            return at.p < at.end;
        }
        skip_value(&at);
        skip_blanks(&at);
    }
    return false;
}

/* To the element; it has no key, so that it stands for its own. */
static bool enter_array(struct cursor *c, const char *index, struct cursor *key)
{
    struct cursor at = *c;
    double wanted = 0;
    pm_parse_number(index, strlen(index), &wanted);
    at.p++;
    for (int i = 0; i < (int)wanted; i++) {
        skip_value(&at);
        skip_blanks(&at);
        if (at.p >= at.end || *at.p != ',')
            return false;
        at.p++;
    }
    skip_blanks(&at);
    if (at.p >= at.end || *at.p == ']')
        return false;
    *c = *key = at;
    return true;
}

static struct pm_place token_at(const struct pm_source *source, struct cursor c)
{
    struct cursor behind = c;
    if (c.p < c.end && (*c.p == '{' || *c.p == '['))
        behind.p++;
    else
        skip_value(&behind);
    return pm_place_text(source, (size_t)(c.p - source->text), (size_t)(behind.p - c.p));
}

struct pm_place pm_pointer_place(const struct pm_source *source, pm_pointer pointer, bool key)
{
    struct cursor c = {source->text, source->text + source->length};
    skip_blanks(&c);
    struct cursor at_key = c;
    bool found = true;
    while (found && *pointer == '/' && c.p < c.end) {
        struct pm_str step = {0};
        pointer = read_step(pointer + 1, &step);
        found = *c.p == '{'   ? enter_object(&c, pm_str_get(&step), &at_key)
                : *c.p == '[' ? enter_array(&c, pm_str_get(&step), &at_key)
                              : false;
        pm_str_finish(&step);
    }
    return token_at(source, key ? at_key : c);
}

/* ---- keys that stand twice ---------------------------------------------------------- */

struct scan {
    const struct pm_source *source;
    struct pm_diags *diags;
    struct pm_arena scratch;
    struct pm_index seen; /* "OBJECT KEY" -> offset; objects are told apart by where they begin */
};

static void report_twice(struct scan *s, const char *key, size_t first, struct cursor begin,
                         struct cursor end)
{
    int line = 0, column = 0;
    pm_source_position(s->source, first, &line, &column);
    pm_error(
        s->diags, PM_FAULT_INPUT, "duplicate-key",
        pm_place_text(s->source, (size_t)(begin.p - s->source->text), (size_t)(end.p - begin.p)),
        "the key \"%s\" stands twice in this object, first in line %d", key, line);
    pm_help(s->diags, "keep one; for a history give the key a list of dated entries");
}

static void scan_value(struct scan *s, struct cursor *c);

static void scan_key(struct scan *s, size_t object, struct cursor *c)
{
    struct cursor begin = *c;
    struct pm_str key = {0}, name = {0};
    size_t first = (size_t)(c->p - s->source->text);
    read_string(c, &key);
    pm_str_addf(&name, "%zu %s", object, pm_str_get(&key));
    if (pm_index_get(&s->seen, pm_str_get(&name), &first))
        report_twice(s, pm_str_get(&key), first, begin, *c);
    else
        pm_index_set(&s->seen, &s->scratch, pm_str_get(&name), first);
    pm_str_finish(&key);
    pm_str_finish(&name);
}

static void scan_object(struct scan *s, struct cursor *c)
{
    size_t object = (size_t)(c->p - s->source->text);
    for (c->p++, skip_blanks(c); c->p < c->end && *c->p == '"'; skip_blanks(c)) {
        scan_key(s, object, c);
        enter_value(c);
        scan_value(s, c);
        skip_blanks(c);
        c->p += c->p < c->end && *c->p == ',';
    }
    c->p += c->p < c->end;
}

static void scan_array(struct scan *s, struct cursor *c)
{
    for (c->p++, skip_blanks(c); c->p < c->end && *c->p != ']'; skip_blanks(c)) {
        scan_value(s, c);
        skip_blanks(c);
        c->p += c->p < c->end && *c->p == ',';
    }
    c->p += c->p < c->end;
}

static void scan_value(struct scan *s, struct cursor *c)
{
    skip_blanks(c);
    if (c->p < c->end && *c->p == '{')
        scan_object(s, c);
    else if (c->p < c->end && *c->p == '[')
        scan_array(s, c);
    else
        skip_value(c);
}

void pm_report_duplicate_keys(const struct pm_source *source, struct pm_diags *diags)
{
    struct scan s = {.source = source, .diags = diags};
    struct cursor c = {source->text, source->text + source->length};
    scan_value(&s, &c);
    pm_arena_finish(&s.scratch);
}
