#include "base/source.h"

#include "base/str.h"
#include "base/banned.h"

enum { SHOWN = 200 }; /* bytes of a line that are shown */

static size_t clamped(const struct pm_source *source, size_t offset)
{
    return offset < source->length ? offset : source->length;
}

static size_t line_begin(const struct pm_source *source, size_t offset)
{
    while (offset > 0 && source->text[offset - 1] != '\n')
        offset--;
    return offset;
}

void pm_source_position(const struct pm_source *source, size_t offset, int *line, int *column)
{
    offset = clamped(source, offset);
    int lines = 1;
    const char *end = source->text + offset;
    for (const char *p = source->text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        lines++;
    size_t begin = line_begin(source, offset);
    *line = lines;
    *column = 1 + (int)pm_utf8_length(source->text + begin, offset - begin);
}

static bool inside_character(const struct pm_source *source, size_t offset)
{
    return ((unsigned char)source->text[offset] & 0xC0) == 0x80;
}

size_t pm_source_line_start(const struct pm_source *source, size_t offset)
{
    offset = clamped(source, offset);
    size_t begin = line_begin(source, offset);
    if (offset - begin <= SHOWN / 2)
        return begin;
    begin = offset - SHOWN / 2;
    while (begin < offset && inside_character(source, begin))
        begin++;
    return begin;
}

char *pm_source_line(const struct pm_source *source, size_t offset, struct pm_arena *arena)
{
    size_t begin = pm_source_line_start(source, offset), end = begin;
    while (end < source->length && end - begin < SHOWN && source->text[end] != '\n' &&
           source->text[end] != '\r' && source->text[end] != '\0')
        end++;
    while (end > begin && end < source->length && inside_character(source, end))
        end--;
    return pm_strndup(arena, source->text + begin, end - begin);
}
