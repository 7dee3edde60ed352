/* The files of one shapefile, opened together. */
#ifndef PM_INPUT_SHAPEFILE_FILES_H
#define PM_INPUT_SHAPEFILE_FILES_H

#include <shapefil.h>

#include "input/crs.h"
#include "input/shapefile.h"
#include "input/shapefile_cells.h"
#include "input/shapefile_index.h"

struct pm_shape_files {
    struct pm_arena arena;
    struct pm_shape_index index;
    SHPHandle shp; /* NULL: it can't be read */
    bool has_crs;  /* is its coordinate system understood? */
    struct pm_crs crs;
    bool has_table;        /* false: there is none, or it can't be read */
    bool paired;           /* has each shape its record in the table, if there is one? */
    struct pm_cells cells; /* of the table */
};

/* Opens what can be opened, and finds all that is wrong with it. False if an error was added. */
bool pm_shape_files_open(struct pm_shape_files *files, const struct pm_shape_source *source,
                         struct pm_diags *diags);
void pm_shape_files_close(struct pm_shape_files *files);

bool pm_shape_files_deleted(const struct pm_shape_files *files, size_t record);
/* The shape of a record that the index found good; an error and NULL if shapelib refuses it. */
SHPObject *pm_shape_files_read(const struct pm_shape_files *files, const char *path, size_t record,
                               struct pm_diags *diags);

/* Fills in the fields for code and name where they are not set: see pm_shapefile_guess. */
void pm_shape_files_guess(struct pm_shape_files *files, struct pm_arena *arena,
                          struct pm_fields *fields);

#endif
