/* Shapefiles into layers, and what is in one.
 *
 * What the files claim is never believed: sizes and counts are held against each other first
 * (shapefile_index.h, dbase.h), and what was off is told. Polygon, line and point kinds with Z and M
 * are read (Z and M dropped), MultiPoint with one point a record; MultiPatch is refused. Deleted
 * records are left out with a note, records without a shape with a warning; unclosed rings are
 * closed with a warning; rings that have less than three points on the grid vanish. Coordinates
 * become longitude and latitude on WGS 84 (crs.h), text becomes clean UTF-8 (shapefile_cells.h). */
#ifndef PM_INPUT_SHAPEFILE_H
#define PM_INPUT_SHAPEFILE_H

#include "base/diag.h"
#include "model/atlas.h"

/* A shapefile, and what the user knows of it better than its files: NULL leaves it to them. */
struct pm_shape_source {
    const char *path; /* the .shp */
    const char *encoding;
    const char *crs; /* "EPSG:32642", WKT, or a PROJ string */
};

/* Which fields of the .dbf hold what; NULL: none. `names` maps languages to fields. */
struct pm_fields {
    const char *key, *name, *short_name, *aliases, *parent, *kind, *rank, *population;
    const struct pm_text_entry *names; /* lang -> field */
    size_t name_count;
};

enum pm_geometry { PM_GEOMETRY_POLYGON, PM_GEOMETRY_LINE, PM_GEOMETRY_POINT };

/* Reads `source` into `layer`, owned by `arena`. Aliases are separated by '|'. Records with one key
 * are merged into one feature when they also share the name; else an error "duplicate-code". A
 * field that does not exist is an error "no-such-field" that lists the fields. */
bool pm_shapefile_read(const struct pm_shape_source *source, enum pm_geometry geometry,
                       const struct pm_fields *fields, struct pm_arena *arena,
                       struct pm_layer *layer, struct pm_diags *diags);

/* Guesses those of key and name that are not set: the first field with a usual name (code,
 * iso_3166_2, adm1_pcode …; name, adm1_en, shapename …) whose cells are all filled and, for the
 * key, distinct. NULL stays where none fits, or the file can't be read. Strings in `arena`. */
void pm_shapefile_guess(const struct pm_shape_source *source, struct pm_arena *arena,
                        struct pm_fields *fields);

/* ---- what is in one ----------------------------------------------------------------- */

enum { PM_FACTS_SAMPLES = 3, PM_FACTS_DISTINCT = 10000 };

struct pm_field_facts {
    const char *name;
    char type; /* as dBASE has it: 'C' text, 'N' number … */
    size_t width;
    int decimals;
    size_t filled;                         /* records, without the deleted ones */
    size_t distinct;                       /* values; at most PM_FACTS_DISTINCT */
    const char *samples[PM_FACTS_SAMPLES]; /* the first distinct values; NULL behind the last */
};

struct pm_shape_facts {
    const char *kind; /* "Polygon", "PolyLineZ" …; NULL if there is no .shp to speak of */
    size_t record_count, null_count, deleted_count, broken_count;
    size_t part_count, point_count;
    bool has_extent;
    double extent[4];     /* west, south, east, north, in the file's own coordinates */
    bool reprojected;     /* are they not degrees on WGS 84? */
    const char *crs;      /* its name; NULL if it is not understood */
    const char *crs_from; /* "the .prj", … */
    const char *encoding, *encoding_from; /* NULL without a table */
    bool has_shx, has_dbf, has_prj, has_cpg;
    struct pm_field_facts *fields;
    size_t field_count;
    const char *key, *name; /* fields that may be an area's code and name; or NULL */
};

/* Fills in what can be found out, also of broken files. False if an error was added. */
bool pm_shapefile_describe(const struct pm_shape_source *source, struct pm_arena *arena,
                           struct pm_shape_facts *facts, struct pm_diags *diags);

#endif
