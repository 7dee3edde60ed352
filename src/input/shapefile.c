/* Shapefiles through shapelib. Format: ESRI Shapefile Technical Description (1998).
 *
 * Attributes must be UTF-8 and coordinates degrees; anything else is refused with its reason rather
 * than guessed. */
#include "input/shapefile.h"

#include <math.h>

#include <shapefil.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/shapefile_checks.h"
#include "input/shapefile_io.h"
#include "input/similar.h"
#include "base/banned.h"

#define MOST_RANK 9
#define MOST_PEOPLE 1e10

#define LEEWAY 1e-6 /* degrees beyond 180 and 90 that are taken for rounding */

/* shapelib's error hook has no user pointer; this is the one place that needs one. */
static _Thread_local char last_error[256];

static void note_error(const char *message)
{
    snprintf(last_error, sizeof last_error, "%s", message);
}

/* A field of the table that is wanted. */
struct column {
    const char *field;
    int index;     /* -1: not wanted, or there is no table */
    bool reported; /* its encoding: once is enough */
};

struct reader {
    const char *path; /* the .shp */
    enum pm_geometry geometry;
    const struct pm_fields *fields;
    struct pm_arena *arena;
    struct pm_arena scratch;
    struct pm_diags *diags;
    SHPHandle shp;
    DBFHandle dbf; /* NULL: no attributes */
    int type;      /* of the shapes */
    struct pm_shape_files files;
    PM_VEC(struct pm_feature) features;
    PM_VEC(struct pm_range) parts;
    PM_VEC(size_t) owners; /* by part: its feature */
    PM_VEC(struct pm_grid) points;
    struct pm_index keys; /* key -> feature */
};

static bool fail(struct reader *r, const char *id, const char *path, const char *why)
{
    pm_error(r->diags, PM_FAULT_INPUT, id, pm_place_file(path), "%s", why);
    return false;
}

static bool fail_record(struct reader *r, const char *id, long record, const char *why)
{
    pm_error(r->diags, PM_FAULT_INPUT, id, pm_place_record(r->path, record), "%s", why);
    return false;
}

/* ---- opening ------------------------------------------------------------------------ */

static bool open_table(struct reader *r, SAHooks *hooks)
{
    int shapes = 0;
    r->dbf = DBFOpenLL(r->files.table, "rb", hooks);
    if (!r->dbf)
        return fail(r, "broken-table", r->files.table, "this is no dBASE table");
    SHPGetInfo(r->shp, &shapes, NULL, NULL, NULL);
    if (DBFGetRecordCount(r->dbf) == shapes)
        return true;
    pm_error(r->diags, PM_FAULT_INPUT, "record-count", pm_place_file(r->files.table),
             "it has %d records for %d shapes", DBFGetRecordCount(r->dbf), shapes);
    pm_help(r->diags, ".shp and .dbf do not belong together: names would stand on wrong shapes");
    return false;
}

static bool open_files(struct reader *r)
{
    SAHooks hooks;
    pm_shapefile_io(&hooks);
    hooks.Error = note_error;
    last_error[0] = '\0';
    r->files = (struct pm_shape_files){.path = r->path, .scratch = &r->scratch, .diags = r->diags};
    if (!pm_shape_check(&r->files))
        return false;
    r->shp = SHPOpenLL(r->path, "rb", &hooks);
    if (!r->shp) {
        fail(r, "not-a-shapefile", r->path, "this is no shapefile that can be read");
        if (last_error[0])
            pm_help(r->diags, "shapelib says: %s", last_error);
        return false;
    }
    return !r->files.table || open_table(r, &hooks);
}

static void close_files(struct reader *r)
{
    if (r->shp)
        SHPClose(r->shp);
    if (r->dbf)
        DBFClose(r->dbf);
}

/* ---- kinds -------------------------------------------------------------------------- */

static const struct {
    int type;
    enum pm_geometry geometry;
} kinds[] = {
    {SHPT_POLYGON, PM_GEOMETRY_POLYGON},   {SHPT_POLYGONZ, PM_GEOMETRY_POLYGON},
    {SHPT_POLYGONM, PM_GEOMETRY_POLYGON},  {SHPT_ARC, PM_GEOMETRY_LINE},
    {SHPT_ARCZ, PM_GEOMETRY_LINE},         {SHPT_ARCM, PM_GEOMETRY_LINE},
    {SHPT_POINT, PM_GEOMETRY_POINT},       {SHPT_POINTZ, PM_GEOMETRY_POINT},
    {SHPT_POINTM, PM_GEOMETRY_POINT},      {SHPT_MULTIPOINT, PM_GEOMETRY_POINT},
    {SHPT_MULTIPOINTZ, PM_GEOMETRY_POINT}, {SHPT_MULTIPOINTM, PM_GEOMETRY_POINT},
};

static bool check_kind(struct reader *r)
{
    static const char *const names[] = {"polygons", "lines", "points"};
    const char *found = "another kind of shape";
    SHPGetInfo(r->shp, NULL, &r->type, NULL, NULL);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == r->type && kinds[i].geometry == r->geometry)
            return true;
        if (kinds[i].type == r->type)
            found = names[kinds[i].geometry];
    }
    if (r->type == SHPT_MULTIPATCH)
        found = "MultiPatch, which is not read";
    pm_error(r->diags, PM_FAULT_INPUT, "wrong-geometry", pm_place_file(r->path),
             "%s are wanted here, but the file holds %s", names[r->geometry], found);
    return false;
}

/* ---- attributes --------------------------------------------------------------------- */

struct columns {
    struct column key, name, aliases, parent, kind, rank, population;
    struct column *names; /* by pm_fields.names */
};

static void no_such_field(struct reader *r, const char *name)
{
    struct pm_str list = {0};
    const char *names[256];
    size_t count = 0;
    for (int i = 0; i < DBFGetFieldCount(r->dbf) && count < 256; i++) {
        char field[XBASE_FLDNAME_LEN_READ + 1] = "";
        DBFGetFieldInfo(r->dbf, i, field, NULL, NULL);
        names[count] = pm_strdup(&r->scratch, field);
        pm_str_addf(&list, "%s%s", count ? ", " : "", names[count]);
        count++;
    }
    int near = pm_nearest(name, names, count);
    pm_error(r->diags, PM_FAULT_INPUT, "no-such-field", pm_place_file(r->files.table),
             "no field is called \"%s\"", name);
    if (near >= 0)
        pm_help(r->diags, "did you mean \"%s\"? It has: %s", names[near], pm_str_get(&list));
    else
        pm_help(r->diags, "it has: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

static struct column column(struct reader *r, const char *field, bool *ok)
{
    struct column c = {.field = field, .index = -1};
    if (!field || !r->dbf)
        return c;
    c.index = DBFGetFieldIndex(r->dbf, field);
    if (c.index < 0) {
        no_such_field(r, field);
        *ok = false;
    }
    return c;
}

static bool find_columns(struct reader *r, struct columns *c)
{
    const struct pm_fields *f = r->fields;
    bool ok = true;
    c->key = column(r, f->key, &ok);
    c->name = column(r, f->name, &ok);
    c->aliases = column(r, f->aliases, &ok);
    c->parent = column(r, f->parent, &ok);
    c->kind = column(r, f->kind, &ok);
    c->rank = column(r, f->rank, &ok);
    c->population = column(r, f->population, &ok);
    c->names = PM_NEW_N(&r->scratch, struct column, f->name_count);
    for (size_t i = 0; i < f->name_count; i++)
        c->names[i] = column(r, f->names[i].s, &ok);
    return ok;
}

/* False and an error, once a column, if the cell can't be read as UTF-8. */
static bool check_encoding(struct reader *r, int record, struct column *c, const char *s)
{
    size_t length = strlen(s), ascii = 0;
    while (ascii < length && (unsigned char)s[ascii] < 0x80)
        ascii++;
    if (ascii == length || (!r->files.code_page && pm_utf8_check(s, length) == length))
        return true;
    if (!c->reported)
        pm_error(r->diags, PM_FAULT_INPUT, "encoding", pm_place_record(r->files.table, record + 1),
                 "the field \"%s\" is not in UTF-8", c->field);
    if (!c->reported && r->files.code_page)
        pm_help(r->diags,
                "its .cpg says \"%s\"; convert it: ogr2ogr -lco ENCODING=UTF-8 new.shp %s",
                r->files.code_page, pm_path_base(r->path));
    else if (!c->reported)
        pm_help(r->diags, "convert it: ogr2ogr -oo ENCODING=… -lco ENCODING=UTF-8 new.shp %s",
                pm_path_base(r->path));
    c->reported = true;
    return false;
}

/* A cell without blanks around; NULL if it is empty. */
static const char *cell(struct reader *r, int record, struct column *c)
{
    if (c->index < 0 || DBFIsAttributeNULL(r->dbf, record, c->index))
        return NULL;
    const char *s = DBFReadStringAttribute(r->dbf, record, c->index);
    if (!s || !check_encoding(r, record, c, s))
        return NULL;
    s += strspn(s, " \t\r\n");
    size_t length = strlen(s);
    while (length > 0 && strchr(" \t\r\n", s[length - 1]))
        length--;
    return length ? pm_strndup(r->arena, s, length) : NULL;
}

static double number(struct reader *r, int record, struct column *c, double most)
{
    double value = 0;
    const char *s = cell(r, record, c);
    if (!s || (pm_parse_number(s, strlen(s), &value) && value >= 0 && value <= most))
        return value;
    pm_error(r->diags, PM_FAULT_INPUT, "bad-number", pm_place_record(r->files.table, record + 1),
             "\"%s\" in the field \"%s\" is no number, or out of range", s, c->field);
    return 0;
}

static void split_aliases(struct reader *r, const char *text, struct pm_feature *feature)
{
    size_t most = 1;
    for (const char *p = text; p && *p; p++)
        most += *p == '|';
    feature->aliases = PM_NEW_N(r->arena, const char *, most);
    while (text && *text) {
        size_t length = strcspn(text, "|"), blanks = strspn(text, " ");
        const char *next = text + length + (text[length] == '|');
        while (length > blanks && text[length - 1] == ' ')
            length--;
        if (length > blanks)
            feature->aliases[feature->alias_count++] =
                pm_strndup(r->arena, text + blanks, length - blanks);
        text = next;
    }
}

static struct pm_feature read_attributes(struct reader *r, struct columns *c, int record)
{
    struct pm_feature f = {.record = record + 1};
    f.key = cell(r, record, &c->key);
    f.parent = cell(r, record, &c->parent);
    f.kind = cell(r, record, &c->kind);
    f.rank = (int)number(r, record, &c->rank, MOST_RANK);
    f.population = number(r, record, &c->population, MOST_PEOPLE);
    pm_text_add(&f.name, r->arena, "", cell(r, record, &c->name));
    for (size_t i = 0; i < r->fields->name_count; i++)
        pm_text_add(&f.name, r->arena, r->fields->names[i].lang, cell(r, record, &c->names[i]));
    split_aliases(r, cell(r, record, &c->aliases), &f);
    return f;
}

/* ---- geometry ----------------------------------------------------------------------- */

static bool check_degrees(struct reader *r, long record, double x, double y)
{
    if (fabs(x) <= 180 + LEEWAY && fabs(y) <= 90 + LEEWAY)
        return true;
    if (!isfinite(x) || !isfinite(y))
        return fail_record(r, "not-a-number", record, "a coordinate is not a finite number");
    fail_record(r, "not-geographic", record,
                "a coordinate lies beyond 180 degrees of longitude or 90 of latitude");
    pm_help(r->diags, "convert it to degrees: ogr2ogr -t_srs EPSG:4326 new.shp %s",
            pm_path_base(r->path));
    return false;
}

static struct pm_grid grid_point(double x, double y)
{
    return pm_grid_of(fmax(-180, fmin(180, x)), fmax(-90, fmin(90, y)));
}

static bool same_point(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

/* The points of a part without repeats, behind those read so far; a ring without its last. */
static bool read_points(struct reader *r, const SHPObject *shape, int first, int end)
{
    size_t start = r->points.n;
    for (int i = first; i < end; i++) {
        if (!check_degrees(r, shape->nShapeId + 1, shape->padfX[i], shape->padfY[i]))
            return false;
        struct pm_grid p = grid_point(shape->padfX[i], shape->padfY[i]);
        if (r->points.n == start || !same_point(r->points.v[r->points.n - 1], p))
            pm_vec_push(&r->points, p);
    }
    return true;
}

static void close_ring(struct reader *r, size_t start, long record, int ring)
{
    if (r->points.n - start < 2)
        return;
    if (same_point(r->points.v[start], r->points.v[r->points.n - 1]))
        r->points.n--;
    else
        pm_warning(r->diags, "open-ring", pm_place_record(r->path, record),
                   "ring %d is not closed; closed it", ring);
}

/* Parts that have too few points to be seen vanish. */
static bool read_part(struct reader *r, const SHPObject *shape, int part, int first, int end,
                      size_t owner)
{
    static const size_t fewest[] = {3, 2, 1}; /* by pm_geometry */
    size_t start = r->points.n;
    if (!read_points(r, shape, first, end))
        return false;
    if (r->geometry == PM_GEOMETRY_POLYGON)
        close_ring(r, start, shape->nShapeId + 1, part + 1);
    if (r->points.n - start < fewest[r->geometry]) {
        r->points.n = start;
        return true;
    }
    pm_vec_push(&r->parts, (struct pm_range){start, r->points.n - start});
    pm_vec_push(&r->owners, owner);
    return true;
}

static bool read_shape(struct reader *r, const SHPObject *shape, size_t owner)
{
    long record = shape->nShapeId + 1;
    if (shape->nSHPType != r->type)
        return fail_record(r, "mixed-kinds", record,
                           "its kind of shape is not the one that the file's header names");
    if (r->geometry == PM_GEOMETRY_POINT && shape->nVertices != 1)
        return fail_record(r, "several-points", record, "one point is wanted, but it has several");
    if (r->geometry == PM_GEOMETRY_POINT)
        return read_part(r, shape, 0, 0, 1, owner);
    bool ok = true;
    for (int i = 0; i < shape->nParts && ok; i++) {
        int first = shape->panPartStart[i];
        int end = i + 1 < shape->nParts ? shape->panPartStart[i + 1] : shape->nVertices;
        if (first < 0 || end < first || end > shape->nVertices)
            return fail_record(r, "broken-record", record, "its parts overlap");
        ok = read_part(r, shape, i, first, end, owner);
    }
    return ok;
}

/* ---- records ------------------------------------------------------------------------ */

/* The feature a record belongs to: a new one, or one whose key and name it shares. */
static bool find_owner(struct reader *r, const struct pm_feature *f, size_t *owner)
{
    if (f->key && pm_index_get(&r->keys, f->key, owner)) {
        const struct pm_feature *first = &r->features.v[*owner];
        if (pm_streq(pm_text_get(&first->name, "", NULL), pm_text_get(&f->name, "", NULL)))
            return true;
        pm_error(r->diags, PM_FAULT_INPUT, "duplicate-code", pm_place_record(r->path, f->record),
                 "the code \"%s\" is that of record %ld too, which has another name", f->key,
                 first->record);
        return false;
    }
    *owner = r->features.n;
    pm_vec_push(&r->features, *f);
    if (f->key)
        pm_index_set(&r->keys, &r->scratch, f->key, *owner);
    return true;
}

static void warn_no_shape(struct reader *r, const struct pm_feature *f)
{
    const char *name = pm_text_get(&f->name, "", NULL);
    pm_warning(r->diags, "no-shape", pm_place_record(r->path, f->record),
               "%s%s%s has no shape and can't be drawn", name ? "\"" : "", name ? name : "it",
               name ? "\"" : "");
}

static void read_record(struct reader *r, struct columns *c, int record)
{
    if (r->dbf && DBFIsRecordDeleted(r->dbf, record))
        return;
    last_error[0] = '\0';
    SHPObject *shape = SHPReadObject(r->shp, record);
    if (!shape) {
        fail_record(r, "broken-record", record + 1, "it is damaged");
        if (last_error[0])
            pm_help(r->diags, "shapelib says: %s", last_error);
        return;
    }
    bool ok = true;
    size_t owner = 0, parts = r->parts.n;
    struct pm_feature f = read_attributes(r, c, record);
    if (shape->nSHPType != SHPT_NULL && shape->nVertices > 0)
        ok = find_owner(r, &f, &owner) && read_shape(r, shape, owner);
    if (ok && r->parts.n == parts)
        warn_no_shape(r, &f);
    SHPDestroyObject(shape);
}

/* Parts sorted by feature, so that each feature's are a range. */
static void hand_over(struct reader *r, struct pm_layer *layer)
{
    size_t *next = PM_NEW_N(&r->scratch, size_t, r->features.n + 1);
    for (size_t i = 0; i < r->parts.n; i++)
        r->features.v[r->owners.v[i]].parts.count++;
    for (size_t i = 0, first = 0; i < r->features.n; i++) {
        r->features.v[i].parts.first = next[i] = first;
        first += r->features.v[i].parts.count;
    }
    layer->parts = PM_NEW_N(r->arena, struct pm_range, r->parts.n);
    for (size_t i = 0; i < r->parts.n; i++)
        layer->parts[next[r->owners.v[i]]++] = r->parts.v[i];
    layer->part_count = r->parts.n;
    layer->feature_count = r->features.n;
    layer->point_count = r->points.n;
    layer->file = pm_strdup(r->arena, r->path);
    pm_vec_into(&r->features, r->arena, &layer->features);
    pm_vec_into(&r->points, r->arena, &layer->points);
}

bool pm_shapefile_read(const char *path, enum pm_geometry geometry, const struct pm_fields *fields,
                       struct pm_arena *arena, struct pm_layer *layer, struct pm_diags *diags)
{
    struct reader r = {
        .path = path, .geometry = geometry, .fields = fields, .arena = arena, .diags = diags};
    struct columns c;
    size_t errors = pm_diags_errors(diags);
    int count = 0;
    if (open_files(&r) && check_kind(&r) && find_columns(&r, &c))
        SHPGetInfo(r.shp, &count, NULL, NULL, NULL);
    for (int i = 0; i < count; i++)
        read_record(&r, &c, i);
    bool ok = pm_diags_errors(diags) == errors;
    if (ok)
        hand_over(&r, layer);
    close_files(&r);
    pm_vec_finish(&r.features);
    pm_vec_finish(&r.parts);
    pm_vec_finish(&r.owners);
    pm_vec_finish(&r.points);
    pm_arena_finish(&r.scratch);
    return ok;
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

static const char *plain_cell(const struct reader *r, int record, int field)
{
    const char *s = DBFReadStringAttribute(r->dbf, record, field);
    return s ? s + strspn(s, " ") : "";
}

/* Codes must tell the records apart; names need only be there. */
static bool fits(struct reader *r, int field, bool distinct)
{
    struct pm_index seen = {0};
    for (int i = 0; i < DBFGetRecordCount(r->dbf); i++) {
        size_t first = 0;
        const char *s = plain_cell(r, i, field);
        if (!*s || (distinct && pm_index_get(&seen, s, &first)))
            return false;
        if (distinct)
            pm_index_set(&seen, &r->scratch, s, (size_t)i);
    }
    return true;
}

static const char *first_field(struct reader *r, const char *const *wanted, size_t count,
                               bool distinct)
{
    for (size_t i = 0; i < count; i++) {
        char name[XBASE_FLDNAME_LEN_READ + 1] = "";
        int index = DBFGetFieldIndex(r->dbf, wanted[i]); /* ignores case */
        if (index < 0 || !fits(r, index, distinct))
            continue;
        DBFGetFieldInfo(r->dbf, index, name, NULL, NULL);
        return pm_strdup(r->arena, name);
    }
    return NULL;
}

void pm_shapefile_guess(const char *path, struct pm_arena *arena, struct pm_fields *fields)
{
    /* reading it will report what is wrong with it */
    struct reader r = {.path = path, .arena = arena, .diags = pm_diags_new()};
    if (open_files(&r) && r.dbf) {
        if (!fields->key)
            fields->key = first_field(&r, key_fields, sizeof key_fields / sizeof *key_fields, true);
        if (!fields->name)
            fields->name =
                first_field(&r, name_fields, sizeof name_fields / sizeof *name_fields, false);
    }
    close_files(&r);
    pm_diags_free(r.diags);
    pm_arena_finish(&r.scratch);
}
