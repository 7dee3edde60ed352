/* Shapefiles into layers. The only file that knows shapelib.
 *
 * What shapelib claims is never believed: counts are held against file sizes before anything is
 * allocated from them. Polygon, line and point kinds with Z and M are read (Z and M dropped);
 * MultiPatch is refused; null shapes and deleted records are skipped; unclosed rings are closed
 * with a warning. Coordinates are longitude and latitude in degrees; others are an error that says
 * so ("not-geographic"). */
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
 * are merged into one feature when they also share the name; else an error "duplicate-key". A field
 * that does not exist is an error "no-such-field" that lists the fields. */
bool pm_shapefile_read(const char *path, enum pm_geometry geometry, const struct pm_fields *fields,
                       struct pm_arena *arena, struct pm_layer *layer, struct pm_diags *diags);

/* Guesses key and name fields of a bare .shp by rule: field names (code, iso, iso_3166_2, adm1_code, pcode …;
 * name, name_en, adm1_en, shapename …) and content (distinct, not empty). NULL for what can't be told. Strings in `arena`. */
bool pm_shapefile_guess(const char *path, struct pm_arena *arena, struct pm_fields *fields,
                        struct pm_diags *diags);

#endif
