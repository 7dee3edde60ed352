/* A text that messages can point into: file name, whole text, offset -> line and column. */
#ifndef PM_BASE_SOURCE_H
#define PM_BASE_SOURCE_H

#include <stddef.h>

#include "base/arena.h"

struct pm_source {
    const char *name; /* as the user wrote it */
    const char *text; /* NUL-terminated, may hold NUL bytes before */
    size_t length;
    const struct pm_source_mark *marks; /* pm_source_index made them, or NULL */
    char delimiter;                     /* of a table: what parts its cells; 0: it is no table */
};

/* A place in a source text, or a record of a binary file. All zero: no place. */
struct pm_place {
    const struct pm_source *source; /* with offset and length */
    size_t offset, length;          /* bytes */
    const char *file;               /* without a source: the file's name … */
    long record;                    /* … and its record, from 1; 0 for the file as a whole; … */
    int line, column;               /* … or where in it, from 1; 0: nowhere in particular */
    const char *option; /* without a file: an option of the command line, by its long name */
};

/* Marks the lines of a text that may be long, so that no position is far from a mark. */
void pm_source_index(struct pm_source *source, struct pm_arena *arena);

/* Line and column from 1; the column counts characters. An offset past the end means the end. */
void pm_source_position(const struct pm_source *source, size_t offset, int *line, int *column);
/* The line that holds `offset`, without its line break, at most 200 bytes of it around `offset`. */
char *pm_source_line(const struct pm_source *source, size_t offset, struct pm_arena *arena);

/* A line too long to show is cut around the offset: where the shown text begins (bytes). */
size_t pm_source_line_start(const struct pm_source *source, size_t offset);

#endif
