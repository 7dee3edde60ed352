/* Files that maps are made from, each read once for all maps and threads that want it: what was read is const.
 * Messages of the reading are told to each who takes it. */
#ifndef PM_CLI_SHELF_H
#define PM_CLI_SHELF_H

#include <stdbool.h>

#include "provmap.h"

struct shelf;

enum shelf_kind { SHELF_STATUS, SHELF_SHAPES, SHELF_STYLE, SHELF_ALIASES };

/* What to read, by which it is known. */
struct shelf_wish {
    enum shelf_kind kind;
    const char *name;
    enum pm_theme theme;          /* of a style */
    struct pm_atlas_options bare; /* of shapes */
};

/* What was taken, to be put back. */
struct shelf_item {
    const void
        *object; /* a pm_status, pm_atlas, pm_style or pm_aliases; NULL if it can't be read */
};

struct shelf *shelf_new(void);
/* Everything must have been put back. Accepts NULL. */
void shelf_free(struct shelf *shelf);
const struct shelf_item *shelf_take(struct shelf *shelf, const struct shelf_wish *wish,
                                    struct pm_diags *diags);
/* Drops what was read from the file, and whatever could not be read; all must have been put back. Was the file
 * read for any of it? */
bool shelf_forget(struct shelf *shelf, const char *path);
/* Accepts NULL. */
void shelf_put_back(struct shelf *shelf, const struct shelf_item *item);

#endif
