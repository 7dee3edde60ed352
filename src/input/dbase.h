/* dBASE tables (.dbf): where the cells are, whatever the header says about it.
 *
 * Cells are handed out as raw bytes inside the file; their text is shapefile_cells.h's matter. */
#ifndef PM_INPUT_DBASE_H
#define PM_INPUT_DBASE_H

#include <stddef.h>

#include "base/diag.h"

struct pm_dbase_field {
    const char *name;     /* raw bytes up to the NUL, without blanks around; may be "" */
    char type;            /* 'C' text, 'N' and 'F' numbers, 'D' date, 'L' yes or no … */
    size_t offset, width; /* in the record, bytes */
    int decimals;
};

struct pm_dbase {
    const char *path;
    const char *records; /* the first one */
    size_t record_count, record_width;
    struct pm_dbase_field *fields;
    size_t field_count;
    unsigned char language; /* language driver id (LDID) */
};

/* Everything lies in `arena`. False and an error if the cells can't be found. */
bool pm_dbase_read(const char *path, struct pm_arena *arena, struct pm_dbase *table,
                   struct pm_diags *diags);

bool pm_dbase_deleted(const struct pm_dbase *table, size_t record);
/* The cell's bytes up to a NUL, without the blanks that fill it up; no NUL ends them. */
const char *pm_dbase_cell(const struct pm_dbase *table, size_t record, size_t field,
                          size_t *length);

#endif
