/* The files of a shapefile, looked at before shapelib may open them: shapelib believes what headers
 * and index say, so these are held against the files' real sizes first. Also what shapelib leaves
 * to its caller: coordinate system (.prj) and encoding (.cpg). */
#ifndef PM_INPUT_SHAPEFILE_CHECKS_H
#define PM_INPUT_SHAPEFILE_CHECKS_H

#include "base/diag.h"

struct pm_shape_files {
    const char *path;         /* the .shp */
    struct pm_arena *scratch; /* for paths and texts */
    struct pm_diags *diags;
    const char *table;     /* out: the .dbf; NULL if there is none */
    const char *code_page; /* out: what the .cpg says if that is not UTF-8; else NULL */
};

/* False and errors if the files can't be read safely, or hold projected coordinates. */
bool pm_shape_check(struct pm_shape_files *files);

/* The file beside the .shp: "a.shp" -> "a.dbf", or "a.DBF" if only that exists. */
char *pm_shape_sibling(const struct pm_shape_files *files, const char *ending);

#endif
