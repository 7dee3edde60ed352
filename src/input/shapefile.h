/* Shapefiles into layers. Only this file and shapefile_io.c know shapelib.
 *
 * What the files claim is never believed: counts are held against file sizes before anything is
 * allocated from them (shapefile_checks.h). Polygon, line and point kinds with Z and M are read (Z
 * and M dropped), MultiPoint with one point a record; MultiPatch is refused. Deleted records are
 * skipped; records without a shape are left out with a warning; unclosed rings are closed with a
 * warning; rings that have less than three points on the grid vanish. Coordinates are longitude and
 * latitude in degrees; others are an error that says so ("projected", "not-geographic"). Text is
 * UTF-8; else an error "encoding". */
#ifndef PM_INPUT_SHAPEFILE_H
#define PM_INPUT_SHAPEFILE_H

#include "base/diag.h"
#include "model/atlas.h"

/* Which fields of the .dbf hold what; NULL: none. `names` maps languages to fields. */
struct pm_fields {
    const char *key, *name, *aliases, *parent, *kind, *rank, *population;
    const struct pm_text_entry *names; /* lang -> field */
    size_t name_count;
};

enum pm_geometry { PM_GEOMETRY_POLYGON, PM_GEOMETRY_LINE, PM_GEOMETRY_POINT };

/* Reads `path` into `layer`, owned by `arena`. Aliases are separated by '|'. Records with one key
 * are merged into one feature when they also share the name; else an error "duplicate-code". A
 * field that does not exist is an error "no-such-field" that lists the fields. */
bool pm_shapefile_read(const char *path, enum pm_geometry geometry, const struct pm_fields *fields,
                       struct pm_arena *arena, struct pm_layer *layer, struct pm_diags *diags);

/* Guesses those of key and name that are not set: the first field with a usual name (code,
 * iso_3166_2, adm1_pcode …; name, adm1_en, shapename …) whose cells are all filled and, for the
 * key, distinct. NULL stays where none fits, or the file can't be read. Strings in `arena`. */
void pm_shapefile_guess(const char *path, struct pm_arena *arena, struct pm_fields *fields);

#endif
