#include "base/source.h"

#include "base/str.h"
#include "base/banned.h"

enum {
    SHOWN = 200,  /* bytes of a line that are shown */
    BLOCK = 65536 /* bytes from mark to mark */
};

static size_t clamped(const struct pm_source *source, size_t offset)
{
    return offset < source->length ? offset : source->length;
}

/* What stands before a multiple of BLOCK bytes. */
struct pm_source_mark {
    int lines, characters; /* line breaks, and characters of the last line */
};

static struct pm_source_mark count_on(struct pm_source_mark before, const char *text, size_t length)
{
    const char *end = text + length;
    for (const char *p; (p = memchr(text, '\n', (size_t)(end - text))) != NULL; text = p + 1)
        before = (struct pm_source_mark){before.lines + 1, 0};
    before.characters += (int)pm_utf8_length(text, (size_t)(end - text));
    return before;
}

void pm_source_index(struct pm_source *source, struct pm_arena *arena)
{
    size_t count = source->length / BLOCK;
    struct pm_source_mark *marks = PM_NEW_N(arena, struct pm_source_mark, count + 1);
    for (size_t i = 0; i < count; i++)
        marks[i + 1] = count_on(marks[i], source->text + i * BLOCK, BLOCK);
    source->marks = marks;
}

void pm_source_position(const struct pm_source *source, size_t offset, int *line, int *column)
{
    offset = clamped(source, offset);
    size_t block = source->marks ? offset / BLOCK : 0;
    struct pm_source_mark at = source->marks ? source->marks[block] : (struct pm_source_mark){0};
    at = count_on(at, source->text + block * BLOCK, offset - block * BLOCK);
    *line = 1 + at.lines;
    *column = 1 + at.characters;
}

static bool inside_character(const struct pm_source *source, size_t offset)
{
    return ((unsigned char)source->text[offset] & 0xC0) == 0x80;
}

size_t pm_source_line_start(const struct pm_source *source, size_t offset)
{
    offset = clamped(source, offset);
    size_t begin = offset;
    while (begin > 0 && source->text[begin - 1] != '\n' && offset - begin < SHOWN / 2)
        begin--;
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
