/* Tables as text: CSV (RFC 4180) and its kin, with the place of each cell. */
#ifndef PM_INPUT_SHEET_H
#define PM_INPUT_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/status.h"

struct pm_cell {
    const char *text; /* without quotes, and blanks around it */
    uint32_t at;      /* where it begins in the source, its quote included */
    uint32_t row,
        col; /* the row from 1, as a spreadsheet counts: the header's is 1; column from 0 */
};

struct pm_sheet_row {
    const struct pm_cell *cells;
    size_t count; /* at least one */
};

/* Everything lies in the arena it was read into. */
struct pm_sheet {
    struct pm_source *source;        /* its `delimiter` parts the cells */
    const struct pm_sheet_row *rows; /* the header first; blank rows are rows of blank cells */
    size_t row_count;
    size_t column_count; /* of the header */
};

/* Reads a file ("-": standard input) in UTF-8, with a byte order mark or none, in UTF-16 with one, or
 * in `encoding` unless that is NULL. `delimiter` 0: found out from the header, with a note. False and
 * errors if it is no table: "not-utf-8", "unknown-encoding", "bad-table", "too-many", "too-large". */
bool pm_sheet_load(struct pm_sheet *sheet, const char *path, const char *encoding, char delimiter,
                   struct pm_arena *arena, struct pm_diags *diags);
/* The same from memory, NUL-terminated in UTF-8; `name` stands for it in messages. */
bool pm_sheet_parse(struct pm_sheet *sheet, const char *text, size_t length, const char *name,
                    char delimiter, struct pm_arena *arena, struct pm_diags *diags);

/* The bytes of the cell that begins at the offset, quotes included. */
size_t pm_sheet_cell_length(const struct pm_source *source, size_t offset);
struct pm_place pm_cell_place(const struct pm_sheet *sheet, const struct pm_cell *cell);

#endif
