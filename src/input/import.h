/* A status file made from a table: rows -> entries -> JSON. */
#ifndef PM_INPUT_IMPORT_H
#define PM_INPUT_IMPORT_H

#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/sheet.h"
#include "model/date.h"
#include "provmap.h"

/* What a row, or a cell of a wide table, says of an area or place. */
struct pm_entry {
    bool place;
    const char *key, *in;                 /* `in` NULL: of an area, or not said */
    struct pm_cell at, in_at;             /* where these stand */
    struct pm_cell said_at, verified_at;  /* the cells of these */
    pm_date from, verified;               /* or PM_NO_DATE */
    const char *cells[PM_IMPORT_COLUMNS]; /* the rest, checked and put right; NULL: not said */
};

/* A word that stands for no status, and where it was met first. */
struct pm_strange_word {
    const char *word;
    struct pm_cell at;
    size_t count;
};

struct pm_importer {
    const struct pm_import_options *options;
    struct pm_sheet sheet;
    struct pm_arena arena;
    struct pm_diags *diags;
    bool own;                          /* the table was written by provmap */
    size_t columns[PM_IMPORT_COLUMNS]; /* numbers of columns, or PM_NONE */
    size_t kind, code, name, parent;   /* … of an own table */
    pm_date *days;                     /* by column of a wide table; PM_NO_DATE: it is no day */
    bool *map_used;                    /* by option.map */
    struct pm_index strange_index;     /* word -> its number in: */
    PM_VEC(struct pm_strange_word) strange;
    PM_VEC(struct pm_entry) entries;
    bool undated; /* a day can't be read: nothing can be said of order and repetition */
    pm_date as_of;
};

/* Finds the columns. False if a row could not be read without. */
bool pm_import_columns(struct pm_importer *im);
/* Makes entries of the rows. */
void pm_import_rows(struct pm_importer *im);
/* Sorts the entries by area and day; finds those that contradict or repeat each other, if all days
 * are known. */
void pm_import_sort(struct pm_importer *im);
/* Looks the names up in the atlas. */
void pm_import_join(struct pm_importer *im);
/* The status file. */
void pm_import_write(struct pm_importer *im, struct pm_str *out);

/* All of this, of a sheet that was read; false and errors if there is nothing to write. */
bool pm_import_sheet(struct pm_importer *im, struct pm_str *out);
void pm_import_finish(struct pm_importer *im);

/* Do both speak of one area or place? */
bool pm_same_subject(const struct pm_entry *a, const struct pm_entry *b);
/* The header of a cell's column. */
const char *pm_import_header(const struct pm_importer *im, const struct pm_cell *cell);

#endif
