/* Where the records of a .shp are: its index (.shx) held against it, or made again by scanning.
 *
 * What is handed out is safe to read: each record lies inside the file and has room for the parts
 * and points it claims, and its parts stand in order. Whatever was off is told. */
#ifndef PM_INPUT_SHAPEFILE_INDEX_H
#define PM_INPUT_SHAPEFILE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/file.h"

enum pm_record_state {
    PM_RECORD_SHAPE,
    PM_RECORD_NULL,   /* no shape: deleted in the index, or of the null kind */
    PM_RECORD_BROKEN, /* an error was added */
};

struct pm_shape_record {
    uint32_t offset, length; /* bytes; of the record's header, and of what follows it */
    uint32_t number;         /* as its header says … */
    uint64_t claim;          /* … and the length */
    enum pm_record_state state;
    int type; /* of its shape */
    uint32_t parts, points;
};

struct pm_shape_index {
    bool is_shapefile;
    struct pm_file file;       /* the .shp */
    unsigned char header[100]; /* of it, its length made right */
    int type;                  /* of the shapes, as the header names it */
    struct pm_shape_record *records;
    size_t count;
    size_t points; /* of all records together */
    bool present;  /* the .shx */
};

/* The records lie in `arena`. False and an error if `path` is no shapefile or can't be followed at
 * all; true with errors if only some records are broken. */
bool pm_shape_index_read(const char *path, struct pm_arena *arena, struct pm_shape_index *index,
                         struct pm_diags *diags);
void pm_shape_index_close(struct pm_shape_index *index);

/* The file beside the .shp: "a.shp" -> "a.dbf", or "a.DBF" if only that exists. */
char *pm_shape_sibling(const char *path, const char *ending, struct pm_arena *arena);

#endif
