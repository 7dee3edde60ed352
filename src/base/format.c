#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/banned.h"

enum { MOST_DIGITS = 20 };

/* What does not fit is only counted. */
struct sink {
    char *out;
    size_t room, length;
};

static void put(struct sink *sink, const char *text, size_t length)
{
    size_t left = sink->length < sink->room ? sink->room - sink->length : 0;
    size_t count = length < left ? length : left;
    if (count)
        memcpy(sink->out + sink->length, text, count);
    sink->length += length;
}

static void put_number(struct sink *sink, bool negative, uint64_t size)
{
    char digits[MOST_DIGITS + 1], *end = digits + sizeof digits, *first = end;
    do
        *--first = (char)('0' + size % 10);
    while (size /= 10);
    if (negative)
        *--first = '-';
    put(sink, first, (size_t)(end - first));
}

static void put_string(struct sink *sink, const char *text)
{
    text = text ? text : "(null)";
    put(sink, text, strlen(text));
}

__attribute__((format(printf, 3, 0))) static size_t by_libc(char *out, size_t room,
                                                            const char *format, va_list args)
{
    int length = vsnprintf(out, room, format, args);
    if (length < 0) /* only for a wide string that is no text: not used here */
        abort();
    return (size_t)length;
}

size_t pm_format(char *out, size_t room, const char *format, va_list args)
{
    struct sink sink = {out, room, 0};
    va_list again;
    va_copy(again, args);
    bool known = true;
    for (const char *p = format; known && *p; p++) {
        const char *plain = p;
        char c = '\0';
        int number = 0;
        while (*p && *p != '%')
            p++;
        put(&sink, plain, (size_t)(p - plain));
        if (!*p)
            break;
        p += p[1] == 'z' && p[2] == 'u' ? 2 : 1;
        switch (*p) {
        case 's':
            put_string(&sink, va_arg(args, const char *));
            break;
        case 'c':
            c = (char)va_arg(args, int);
            put(&sink, &c, 1);
            break;
        case 'd':
            number = va_arg(args, int);
            put_number(&sink, number < 0, number < 0 ? -(uint64_t)number : (uint64_t)number);
            break;
        case 'u':
            put_number(&sink, false, p[-1] == 'z' ? va_arg(args, size_t) : va_arg(args, unsigned));
            break;
        case '%':
            put(&sink, p, 1);
            break;
        default:
            known = false;
        }
    }
    if (!known)
        sink.length = by_libc(out, room, format, again);
    else if (room)
        out[sink.length < room ? sink.length : room - 1] = '\0';
    va_end(again);
    return sink.length;
}
