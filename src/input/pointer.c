/* A scanner that walks a JSON text to the value a pointer names. It trusts nothing: on text that
 * is not JSON it ends at the end. Values are skipped by their brackets and quotes alone. */
#include "input/pointer.h"

#include "base/diag.h"
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
            while (c->p < c->end && !strchr(",:]}\" \t\r\n", *c->p))
                c->p++;
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

/* To the value of the member `name`; `*key` is set to where its key stands. */
static bool enter_object(struct cursor *c, const char *name, struct cursor *key)
{
    for (c->p++; c->p < c->end;) {
        skip_blanks(c);
        if (c->p >= c->end || *c->p != '"')
            return false;
        *key = *c;
        struct pm_str found = {0};
        read_string(c, &found);
        bool here = strcmp(pm_str_get(&found), name) == 0;
        pm_str_finish(&found);
        skip_blanks(c);
        c->p += c->p < c->end; /* the colon */
        skip_blanks(c);
        if (here)
            return true;
        skip_value(c);
        skip_blanks(c);
        c->p += c->p < c->end && *c->p == ',';
    }
    return false;
}

static bool enter_array(struct cursor *c, const char *index)
{
    double wanted = 0;
    pm_parse_number(index, strlen(index), &wanted);
    c->p++;
    for (int i = 0; i < (int)wanted; i++) {
        skip_value(c);
        skip_blanks(c);
        if (c->p >= c->end || *c->p != ',')
            return false;
        c->p++;
    }
    skip_blanks(c);
    return c->p < c->end;
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
    struct cursor c = {source->text, source->text + source->length}, at_key = c;
    skip_blanks(&c);
    at_key = c;
    while (*pointer == '/' && c.p < c.end) {
        struct pm_str step = {0};
        pointer = read_step(pointer + 1, &step);
        bool found = *c.p == '{'   ? enter_object(&c, pm_str_get(&step), &at_key)
                     : *c.p == '[' ? enter_array(&c, pm_str_get(&step))
                                   : false;
        if (found && *c.p && at_key.p < c.p && *at_key.p != '"')
            at_key = c; /* an element of an array has no key: its value stands for it */
        pm_str_finish(&step);
        if (!found)
            break;
    }
    return token_at(source, key ? at_key : c);
}
