/* What is in a shapefile, for who must choose its fields or mend it. */
#include <math.h>

#include "base/hash.h"
#include "base/str.h"
#include "input/shapefile_files.h"
#include "base/banned.h"

struct describing {
    const struct pm_shape_source *source;
    struct pm_arena *arena; /* of the facts */
    struct pm_diags *diags;
    struct pm_shape_files files;
    struct pm_shape_facts *facts;
};

/* ---- shapes ------------------------------------------------------------------------- */

static const char *kind_name(int type)
{
    static const struct {
        int type;
        const char *name;
    } kinds[] = {
        {SHPT_NULL, "Null"},
        {SHPT_POINT, "Point"},
        {SHPT_ARC, "PolyLine"},
        {SHPT_POLYGON, "Polygon"},
        {SHPT_MULTIPOINT, "MultiPoint"},
        {SHPT_POINTZ, "PointZ"},
        {SHPT_ARCZ, "PolyLineZ"},
        {SHPT_POLYGONZ, "PolygonZ"},
        {SHPT_MULTIPOINTZ, "MultiPointZ"},
        {SHPT_POINTM, "PointM"},
        {SHPT_ARCM, "PolyLineM"},
        {SHPT_POLYGONM, "PolygonM"},
        {SHPT_MULTIPOINTM, "MultiPointM"},
        {SHPT_MULTIPATCH, "MultiPatch"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return kinds[i].name;
    return "unknown";
}

static void add_shape(struct pm_shape_facts *facts, const SHPObject *shape)
{
    double *box = facts->extent;
    facts->part_count += (size_t)(shape->nParts ? shape->nParts : shape->nVertices > 0);
    facts->point_count += (size_t)shape->nVertices;
    for (int i = 0; i < shape->nVertices; i++) {
        double x = shape->padfX[i], y = shape->padfY[i];
        if (!isfinite(x) || !isfinite(y))
            continue;
        box[0] = facts->has_extent ? fmin(box[0], x) : x;
        box[1] = facts->has_extent ? fmin(box[1], y) : y;
        box[2] = facts->has_extent ? fmax(box[2], x) : x;
        box[3] = facts->has_extent ? fmax(box[3], y) : y;
        facts->has_extent = true;
    }
}

static void describe_shapes(struct describing *d)
{
    const struct pm_shape_index *index = &d->files.index;
    d->facts->kind = index->is_shapefile ? kind_name(index->type) : NULL;
    d->facts->record_count = index->count;
    d->facts->has_shx = index->present;
    for (size_t i = 0; i < index->count; i++) {
        enum pm_record_state state = index->records[i].state;
        d->facts->null_count += state == PM_RECORD_NULL;
        d->facts->broken_count += state == PM_RECORD_BROKEN;
        SHPObject *shape = d->files.shp && state == PM_RECORD_SHAPE
                               ? pm_shape_files_read(&d->files, d->source->path, i, d->diags)
                               : NULL;
        if (shape) {
            add_shape(d->facts, shape);
            SHPDestroyObject(shape);
        }
    }
}

static void describe_crs(struct describing *d)
{
    static const char *const reasons[] = {[PM_CRS_ASSUMED] = "assumed, as the .prj is missing",
                                          [PM_CRS_PRJ] = "the .prj",
                                          [PM_CRS_ASKED] = "as asked"};
    const struct pm_crs *crs = &d->files.crs;
    d->facts->has_prj = crs->prj;
    if (!d->files.has_crs)
        return;
    d->facts->crs = pm_strdup(d->arena, crs->name);
    d->facts->crs_from = reasons[crs->reason];
    d->facts->reprojected = crs->reproject;
}

/* ---- the table ---------------------------------------------------------------------- */

static void describe_field(struct describing *d, struct pm_column *column,
                           struct pm_field_facts *field)
{
    const struct pm_cells *cells = &d->files.cells;
    const struct pm_dbase_field *f = &cells->table.fields[column->index];
    struct pm_index seen = {0};
    struct pm_arena scratch = {0};
    size_t first = 0;
    *field = (struct pm_field_facts){.name = pm_strdup(d->arena, column->field),
                                     .type = f->type,
                                     .width = f->width,
                                     .decimals = f->decimals};
    for (size_t i = 0; i < cells->table.record_count; i++) {
        const char *text =
            pm_dbase_deleted(&cells->table, i) ? NULL : pm_cell(cells, column, i, &scratch);
        if (!text)
            continue;
        field->filled++;
        if (field->distinct == PM_FACTS_DISTINCT || pm_index_get(&seen, text, &first))
            continue;
        if (field->distinct < PM_FACTS_SAMPLES)
            field->samples[field->distinct] = pm_strdup(d->arena, text);
        pm_index_set(&seen, &scratch, text, i);
        field->distinct++;
    }
    pm_arena_finish(&scratch);
    pm_cells_report(cells, column, d->diags);
}

static void describe_fields(struct describing *d)
{
    size_t count = d->files.cells.table.field_count;
    struct pm_column *columns = PM_NEW_N(&d->files.arena, struct pm_column, count);
    const struct pm_column **all = PM_NEW_N(&d->files.arena, const struct pm_column *, count);
    for (size_t i = 0; i < count; i++) {
        columns[i] = (struct pm_column){.field = d->files.cells.names[i], .index = (int)i};
        all[i] = &columns[i];
    }
    if (!pm_cells_decide(&d->files.cells, all, count, d->source->encoding, &d->files.arena,
                         d->diags))
        return;
    d->facts->fields = PM_NEW_N(d->arena, struct pm_field_facts, count);
    d->facts->field_count = count;
    for (size_t i = 0; i < count; i++)
        describe_field(d, &columns[i], &d->facts->fields[i]);
}

static void describe_table(struct describing *d)
{
    static const char *const reasons[] = {
        [PM_ENCODING_ASCII] = "all of it is ASCII",
        [PM_ENCODING_ASKED] = "as asked",
        [PM_ENCODING_BYTES] = "the bytes are valid",
        [PM_ENCODING_CPG] = "the .cpg",
        [PM_ENCODING_LDID] = "the table's language driver",
        [PM_ENCODING_ASSUMED] = "assumed, as nothing says it",
    };
    const struct pm_cells *cells = &d->files.cells;
    struct pm_fields guessed = {0};
    d->facts->has_dbf = cells->table.path;
    d->facts->has_cpg = cells->cpg;
    if (!d->files.has_table)
        return;
    for (size_t i = 0; i < cells->table.record_count; i++)
        d->facts->deleted_count += pm_dbase_deleted(&cells->table, i);
    describe_fields(d);
    if (cells->encoding) {
        d->facts->encoding = pm_strdup(d->arena, cells->encoding);
        d->facts->encoding_from = reasons[cells->reason];
    }
    pm_shape_files_guess(&d->files, d->arena, &guessed);
    d->facts->key = guessed.key;
    d->facts->name = guessed.name;
}

bool pm_shapefile_describe(const struct pm_shape_source *source, struct pm_arena *arena,
                           struct pm_shape_facts *facts, struct pm_diags *diags)
{
    struct describing d = {.source = source, .arena = arena, .diags = diags, .facts = facts};
    size_t errors = pm_diags_errors(diags);
    *facts = (struct pm_shape_facts){0};
    pm_shape_files_open(&d.files, source, diags);
    describe_shapes(&d);
    describe_crs(&d);
    describe_table(&d);
    if (d.files.index.file.opened)
        pm_file_check(&d.files.index.file, source->path, diags);
    pm_shape_files_close(&d.files);
    return pm_diags_errors(diags) == errors;
}
