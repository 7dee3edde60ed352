/* The text of a shapefile's table: UTF-8 without what the eye can't see at its ends.
 *
 * The encoding is decided once for all cells that are read: what the user says; else UTF-8, if the
 * bytes are; else the .cpg; else the table's language driver (LDID); else CP1252, with a warning. */
#ifndef PM_INPUT_SHAPEFILE_CELLS_H
#define PM_INPUT_SHAPEFILE_CELLS_H

#include "base/diag.h"
#include "input/dbase.h"
#include "input/encoding.h"

enum pm_encoding_reason {
    PM_ENCODING_ASCII, /* nothing to decide */
    PM_ENCODING_ASKED,
    PM_ENCODING_BYTES,
    PM_ENCODING_CPG,
    PM_ENCODING_LDID,
    PM_ENCODING_ASSUMED,
};

struct pm_tally {
    size_t count;
    long first; /* record, from 1 */
};

enum pm_cell_fault {
    PM_CELL_CLEANED,    /* blanks or invisible marks at its ends, line breaks inside */
    PM_CELL_NULL,       /* "<Null>", "NULL", "***" */
    PM_CELL_CUT,        /* ends within a character */
    PM_CELL_UNREADABLE, /* in this encoding */
    PM_CELL_FAULTS
};

/* A field of the table that is wanted. */
struct pm_column {
    const char *field; /* as it is called */
    int index;         /* -1: not wanted, or there is no table */
    struct pm_tally faults[PM_CELL_FAULTS];
};

struct pm_cells {
    struct pm_dbase table;
    const char **names;  /* of the fields, UTF-8 */
    const char *cpg;     /* path of the .cpg; NULL if there is none */
    const char *page;    /* what it says, if that is a name; else NULL */
    const char *charset; /* what that means to iconv; else NULL */
    const char *encoding;
    enum pm_encoding_reason reason;
    struct pm_decoder decoder;
};

/* Reads the table and the .cpg beside `shp`. Everything lies in `arena`. */
bool pm_cells_open(struct pm_cells *cells, const char *shp, const char *table, const char *asked,
                   struct pm_arena *arena, struct pm_diags *diags);
void pm_cells_close(struct pm_cells *cells);

/* The field of that name: exact, else without case. -1 if there is none, -2 if there are several. */
int pm_cells_field(const struct pm_cells *cells, const char *name);

/* Decides for the cells of these columns. False and an error if `asked` is no encoding. */
bool pm_cells_decide(struct pm_cells *cells, const struct pm_column *const *columns, size_t count,
                     const char *asked, struct pm_arena *arena, struct pm_diags *diags);

/* The cell's text in `arena`; NULL if it is empty. Faults are counted in the column. */
const char *pm_cell(const struct pm_cells *cells, struct pm_column *column, size_t record,
                    struct pm_arena *arena);

/* Tells the faults of a column. */
void pm_cells_report(const struct pm_cells *cells, const struct pm_column *column,
                     struct pm_diags *diags);

/* Does it stand for no text, as "<Null>" does? */
bool pm_cell_is_null(const char *text, size_t length);

#endif
