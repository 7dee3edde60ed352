#include "input/shapefile_files.h"

#include "base/file.h"
#include "base/hash.h"
#include "input/shapefile_io.h"
#include "base/banned.h"

/* ---- opening ------------------------------------------------------------------------ */

static void open_shp(struct pm_shape_files *f, const char *path, struct pm_diags *diags)
{
    if (!pm_shape_index_read(path, &f->arena, &f->index, diags))
        return;
    f->shp = pm_shapelib_open(&f->index, &f->arena);
    if (f->shp)
        return;
    pm_error(diags, PM_FAULT_INPUT, "not-a-shapefile", pm_place_file(path),
             "this is no shapefile that can be read");
    if (*pm_shapelib_said())
        pm_help(diags, "shapelib says: %s", pm_shapelib_said());
}

static void open_table(struct pm_shape_files *f, const struct pm_shape_source *source,
                       struct pm_diags *diags)
{
    const char *path = pm_shape_sibling(source->path, ".dbf", &f->arena);
    if (pm_is_file(path)) {
        f->has_table =
            pm_cells_open(&f->cells, source->path, path, source->encoding, &f->arena, diags);
        return;
    }
    pm_warning(diags, "no-table", pm_place_file(path),
               "the table (.dbf) is missing: nothing in this layer has a name");
}

/* Fewer shapes than records are told only if all shapes were found. */
static void check_counts(struct pm_shape_files *f, bool found, struct pm_diags *diags)
{
    size_t records = f->cells.table.record_count, shapes = f->index.count;
    f->paired = !f->has_table || records >= shapes;
    if (!f->has_table || records == shapes || (!found && f->paired))
        return;
    pm_error(diags, PM_FAULT_INPUT, "record-count", pm_place_file(f->cells.table.path),
             "it has %zu records for %zu shapes", records, shapes);
    pm_help(diags, ".shp and .dbf do not belong together: names would stand on wrong shapes");
}

bool pm_shape_files_open(struct pm_shape_files *f, const struct pm_shape_source *source,
                         struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    *f = (struct pm_shape_files){0};
    open_shp(f, source->path, diags);
    if (!f->index.is_shapefile) /* no shapefile: nothing beside it matters */
        return false;
    bool found = pm_diags_errors(diags) == errors;
    f->has_crs = pm_crs_open(&f->crs, source->path, source->crs, &f->arena, diags);
    open_table(f, source, diags);
    if (f->shp)
        check_counts(f, found, diags);
    return pm_diags_errors(diags) == errors;
}

void pm_shape_files_close(struct pm_shape_files *f)
{
    if (f->shp)
        SHPClose(f->shp);
    pm_shape_index_close(&f->index);
    pm_crs_close(&f->crs);
    pm_cells_close(&f->cells);
    pm_arena_finish(&f->arena);
}

/* ---- records ------------------------------------------------------------------------ */

bool pm_shape_files_deleted(const struct pm_shape_files *f, size_t record)
{
    return f->has_table && record < f->cells.table.record_count &&
           pm_dbase_deleted(&f->cells.table, record);
}

SHPObject *pm_shape_files_read(const struct pm_shape_files *f, const char *path, size_t record,
                               struct pm_diags *diags)
{
    SHPObject *shape = SHPReadObject(f->shp, (int)record);
    if (shape)
        return shape;
    pm_error(diags, PM_FAULT_INPUT, "broken-record", pm_place_record(path, (long)record + 1),
             "it is damaged");
    pm_help(diags, "shapelib says: %s", pm_shapelib_said());
    return NULL;
}

/* ---- guessing ----------------------------------------------------------------------- */

/* Field names that mean code and name, the surest first; compared without case. */
static const char *const key_fields[] = {"code",       "iso_3166_2", "iso3166_2",  "shapeiso",
                                         "adm3_pcode", "adm2_pcode", "adm1_pcode", "pcode",
                                         "adm1_code",  "hasc_2",     "hasc_1",     "geoid",
                                         "fips",       "gid_2",      "gid_1",      "id"};
static const char *const name_fields[] = {"name",     "name_en",   "adm3_en",   "adm2_en",
                                          "adm1_en",  "shapename", "name_2",    "name_1",
                                          "namelsad", "prov_name", "dist_name", "title"};

enum { NAMED = 10 }; /* one record in so many may lack a name: it goes by its code */

/* Codes must tell all records apart; names need only be there, for most of them. */
static bool fits(struct pm_shape_files *f, size_t field, bool distinct)
{
    struct pm_index seen = {0};
    size_t missing = 0;
    for (size_t i = 0; i < f->cells.table.record_count; i++) {
        size_t length = 0, first = 0;
        const char *raw = pm_dbase_cell(&f->cells.table, i, field, &length);
        if (pm_dbase_deleted(&f->cells.table, i))
            continue;
        bool here = length > 0 && !pm_cell_is_null(raw, length);
        missing += !here;
        if (!here && distinct)
            return false;
        if (!distinct)
            continue;
        const char *s = pm_strndup(&f->arena, raw, length);
        if (pm_index_get(&seen, s, &first))
            return false;
        pm_index_set(&seen, &f->arena, s, i);
    }
    return missing * NAMED <= f->cells.table.record_count;
}

static const char *first_field(struct pm_shape_files *f, const char *const *wanted, size_t count,
                               bool distinct, struct pm_arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        int field = pm_cells_field(&f->cells, wanted[i]);
        if (field >= 0 && fits(f, (size_t)field, distinct))
            return pm_strdup(arena, f->cells.names[field]);
    }
    return NULL;
}

void pm_shape_files_guess(struct pm_shape_files *f, struct pm_arena *arena,
                          struct pm_fields *fields)
{
    if (!f->has_table)
        return;
    if (!fields->key)
        fields->key =
            first_field(f, key_fields, sizeof key_fields / sizeof *key_fields, true, arena);
    if (!fields->name)
        fields->name =
            first_field(f, name_fields, sizeof name_fields / sizeof *name_fields, false, arena);
}

void pm_shapefile_guess(const struct pm_shape_source *source, struct pm_arena *arena,
                        struct pm_fields *fields)
{
    struct pm_shape_files files = {0};
    struct pm_diags *diags = pm_diags_new(); /* reading it will report what is wrong with it */
    open_table(&files, source, diags);
    pm_shape_files_guess(&files, arena, fields);
    pm_shape_files_close(&files);
    pm_diags_free(diags);
}
