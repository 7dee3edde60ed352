/* Shapefiles through shapelib. Format: ESRI Shapefile Technical Description (1998).
 *
 * shapelib trusts the index it reads, so the index is held against the file's real size before
 * shapelib sees it. Attributes must be UTF-8 and coordinates degrees; anything else is refused with
 * its reason rather than guessed. */
#include "input/shapefile.h"

#include <math.h>
#include <sys/stat.h>

#include <shapefil.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/similar.h"
#include "base/banned.h"

enum { HEADER = 100, MAIN_CODE = 9994, MOST_INDEX = 512 * 1024 * 1024, MOST_PRJ = 64 * 1024 };

#define LEEWAY 1e-6 /* degrees beyond 180 and 90 that are taken for rounding */

/* shapelib's error hook has no user pointer; this is the one place that needs one. */
static _Thread_local char last_error[256];

static void note_error(const char *message)
{
    snprintf(last_error, sizeof last_error, "%s", message);
}

struct reader {
    const char *path; /* the .shp */
    enum pm_geometry geometry;
    const struct pm_fields *fields;
    struct pm_arena *arena;
    struct pm_arena scratch;
    struct pm_diags *diags;
    SHPHandle shp;
    DBFHandle dbf; /* NULL: no attributes */
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

/* "a.shp" -> "a.dbf" */
static char *sibling(struct reader *r, const char *ending)
{
    size_t length = strlen(r->path);
    return pm_sprintf(&r->scratch, "%.*s%s", (int)(length > 4 ? length - 4 : length), r->path,
                      ending);
}

/* ---- the files, before shapelib may open them ---------------------------------------------------- */

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool file_size(const char *path, size_t *size)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *size = (size_t)info.st_size;
    return true;
}

static bool check_main(struct reader *r, size_t *size)
{
    unsigned char head[HEADER] = {0};
    if (!file_size(r->path, size))
        return fail(r, "cannot-read", r->path, "there is no such file");
    FILE *file = fopen(r->path, "rb");
    size_t got = file ? fread(head, 1, sizeof head, file) : 0;
    if (file)
        fclose(file);
    if (got < sizeof head || big_endian(head) != MAIN_CODE) {
        fail(r, "not-a-shapefile", r->path, "this is no shapefile");
        if (got && head[0] == '<')
            pm_help(r->diags, "it looks like a web page: the download may have failed");
        return false;
    }
    return true;
}

/* Each entry: offset and length of a record in 16-bit words. */
static bool check_index(struct reader *r, size_t main_size)
{
    size_t size = 0;
    const char *path = sibling(r, ".shx");
    if (!file_size(path, &size)) {
        fail(r, "no-index", path, "the index (.shx) is missing");
        pm_help(r->diags, "copy all of .shp, .shx, .dbf and .prj; ogr2ogr makes the index anew");
        return false;
    }
    const unsigned char *data =
        (const unsigned char *)pm_read_file(path, MOST_INDEX, &r->scratch, &size, r->diags);
    if (!data)
        return false;
    if (size < HEADER || big_endian(data) != MAIN_CODE || (uint64_t)big_endian(data + 24) * 2 > size)
        return fail(r, "broken-index", path, "the index's header does not fit its size");
    bool ok = true;
    size_t end = (size_t)big_endian(data + 24) * 2;
    for (size_t at = HEADER, record = 1; at + 8 <= end; at += 8, record++) {
        uint64_t offset = (uint64_t)big_endian(data + at) * 2, length = (uint64_t)big_endian(data + at + 4) * 2;
        if (offset == 0 && length == 0) /* a deleted record */
            continue;
        if (offset < HEADER || offset + 8 + length > main_size) {
            pm_error(r->diags, PM_FAULT_INPUT, "record-beyond-file",
                     pm_place_record(r->path, (long)record),
                     "it claims bytes %llu to %llu of a file of %zu", (unsigned long long)offset,
                     (unsigned long long)(offset + 8 + length), main_size);
            ok = false;
        }
    }
    return ok;
}

/* Only geographic coordinates can be used; the .prj must not say otherwise. */
static bool check_projection(struct reader *r)
{
    size_t length = 0;
    const char *path = sibling(r, ".prj");
    if (!pm_is_file(path))
        return true; /* the coordinates are checked one by one */
    const char *wkt = pm_read_file(path, MOST_PRJ, &r->scratch, &length, r->diags);
    if (!wkt)
        return false;
    wkt += strspn(wkt, " \t\r\n");
    if (strncmp(wkt, "GEOGCS", 6) == 0 || strncmp(wkt, "GEOGCRS", 7) == 0)
        return true;
    if (strncmp(wkt, "PROJC", 5) == 0) {
        fail(r, "projected", path, "the coordinates are projected; degrees are wanted");
        pm_help(r->diags, "convert it: ogr2ogr -t_srs EPSG:4326 new.shp %s", pm_path_base(r->path));
        return false;
    }
    return fail(r, "bad-projection", path, "this is no coordinate system in WKT");
}

static bool open_files(struct reader *r)
{
    SAHooks hooks;
    SASetupDefaultHooks(&hooks);
    hooks.Error = note_error;
    last_error[0] = '\0';
    size_t size = 0;
    if (!check_main(r, &size) || !check_index(r, size) || !check_projection(r))
        return false;
    r->shp = SHPOpenLL(r->path, "rb", &hooks);
    if (!r->shp)
        return fail(r, "not-a-shapefile", r->path,
                    last_error[0] ? last_error : "shapelib can't open it");
    const char *table = sibling(r, ".dbf");
    r->dbf = pm_is_file(table) ? DBFOpenLL(table, "rb", &hooks) : NULL;
    if (!r->dbf && pm_is_file(table))
        return fail(r, "broken-table", table, "this is no dBASE table");
    if (!r->dbf)
        pm_warning(r->diags, "no-table", pm_place_file(table),
                   "the table (.dbf) is missing: nothing in this layer has a name");
    return true;
}

static void close_files(struct reader *r)
{
    if (r->shp)
        SHPClose(r->shp);
    if (r->dbf)
        DBFClose(r->dbf);
}

/* ---- kinds ---------------------------------------------------------------------------------------------- */

static const struct {
    int type;
    enum pm_geometry geometry;
    const char *name;
} kinds[] = {
    {SHPT_POLYGON, PM_GEOMETRY_POLYGON, "polygons"},  {SHPT_POLYGONZ, PM_GEOMETRY_POLYGON, "polygons"},
    {SHPT_POLYGONM, PM_GEOMETRY_POLYGON, "polygons"}, {SHPT_ARC, PM_GEOMETRY_LINE, "lines"},
    {SHPT_ARCZ, PM_GEOMETRY_LINE, "lines"},           {SHPT_ARCM, PM_GEOMETRY_LINE, "lines"},
    {SHPT_POINT, PM_GEOMETRY_POINT, "points"},        {SHPT_POINTZ, PM_GEOMETRY_POINT, "points"},
    {SHPT_POINTM, PM_GEOMETRY_POINT, "points"},
};

static bool check_kind(struct reader *r)
{
    static const char *const wanted[] = {"polygons", "lines", "points"};
    int type = 0;
    const char *found = "another kind of shape";
    SHPGetInfo(r->shp, NULL, &type, NULL, NULL);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type == type && kinds[i].geometry == r->geometry)
            return true;
        if (kinds[i].type == type)
            found = kinds[i].name;
    }
    pm_error(r->diags, PM_FAULT_INPUT, "wrong-geometry", pm_place_file(r->path),
             "%s are wanted here, but the file holds %s", wanted[r->geometry], found);
    return false;
}

/* ---- attributes ------------------------------------------------------------------------------------------- */

struct columns {
    int key, name, aliases, parent, kind, rank, population;
    int *names; /* by pm_fields.names */
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
    pm_error(r->diags, PM_FAULT_INPUT, "no-such-field", pm_place_file(sibling(r, ".dbf")),
             "no field is called \"%s\"", name);
    if (near >= 0)
        pm_help(r->diags, "did you mean \"%s\"? It has: %s", names[near], pm_str_get(&list));
    else
        pm_help(r->diags, "it has: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

static int column(struct reader *r, const char *name, bool *ok)
{
    if (!name || !r->dbf)
        return -1;
    int index = DBFGetFieldIndex(r->dbf, name);
    if (index < 0) {
        no_such_field(r, name);
        *ok = false;
    }
    return index;
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
    c->names = PM_NEW_N(&r->scratch, int, f->name_count);
    for (size_t i = 0; i < f->name_count; i++)
        c->names[i] = column(r, f->names[i].s, &ok);
    return ok;
}

/* A cell without blanks around; NULL if it is empty. */
static const char *cell(struct reader *r, int record, int field)
{
    if (field < 0 || !r->dbf || record >= DBFGetRecordCount(r->dbf) ||
        DBFIsAttributeNULL(r->dbf, record, field))
        return NULL;
    const char *s = DBFReadStringAttribute(r->dbf, record, field);
    if (!s)
        return NULL;
    s += strspn(s, " \t\r\n");
    size_t length = strlen(s);
    while (length > 0 && strchr(" \t\r\n", s[length - 1]))
        length--;
    if (pm_utf8_check(s, length) < length) {
        pm_error(r->diags, PM_FAULT_INPUT, "encoding",
                 pm_place_record(sibling(r, ".dbf"), record + 1), "a field is not UTF-8");
        pm_help(r->diags, "convert the table: ogr2ogr -lco ENCODING=UTF-8 new.shp %s",
                pm_path_base(r->path));
        return NULL;
    }
    return length ? pm_strndup(r->arena, s, length) : NULL;
}

static double number(struct reader *r, int record, int field)
{
    double value = 0;
    const char *s = cell(r, record, field);
    return s && pm_parse_number(s, strlen(s), &value) ? value : 0;
}

static void split_aliases(struct reader *r, const char *text, struct pm_feature *feature)
{
    size_t most = 1;
    for (const char *p = text; p && *p; p++)
        most += *p == '|';
    feature->aliases = PM_NEW_N(r->arena, const char *, most);
    while (text && *text) {
        size_t length = strcspn(text, "|");
        if (length)
            feature->aliases[feature->alias_count++] = pm_strndup(r->arena, text, length);
        text += length + (text[length] == '|');
    }
}

static struct pm_feature read_attributes(struct reader *r, const struct columns *c, int record)
{
    struct pm_feature f = {.record = record + 1};
    f.key = cell(r, record, c->key);
    f.parent = cell(r, record, c->parent);
    f.kind = cell(r, record, c->kind);
    f.rank = (int)number(r, record, c->rank);
    f.population = number(r, record, c->population);
    pm_text_add(&f.name, r->arena, "", cell(r, record, c->name));
    for (size_t i = 0; i < r->fields->name_count; i++)
        pm_text_add(&f.name, r->arena, r->fields->names[i].lang, cell(r, record, c->names[i]));
    split_aliases(r, cell(r, record, c->aliases), &f);
    return f;
}

/* ---- geometry ------------------------------------------------------------------------------------------------ */

static bool check_degrees(struct reader *r, long record, double x, double y)
{
    if (fabs(x) <= 180 + LEEWAY && fabs(y) <= 90 + LEEWAY)
        return true;
    bool finite = isfinite(x) && isfinite(y);
    pm_error(r->diags, PM_FAULT_INPUT, finite ? "not-geographic" : "not-a-number",
             pm_place_record(r->path, record),
             finite ? "a coordinate lies outside 180 degrees of longitude and 90 of latitude"
                    : "a coordinate is not a number");
    if (finite)
        pm_help(r->diags, "convert it to degrees: ogr2ogr -t_srs EPSG:4326 new.shp %s",
                pm_path_base(r->path));
    return false;
}

static struct pm_grid grid_point(double x, double y)
{
    return pm_grid_of(fmax(-180, fmin(180, x)), fmax(-90, fmin(90, y)));
}

/* One part: repeats dropped, rings without their closing point; too short ones vanish. */
static bool read_part(struct reader *r, const SHPObject *shape, int first, int count, size_t owner)
{
    size_t start = r->points.n;
    size_t least = r->geometry == PM_GEOMETRY_POLYGON ? 3 : r->geometry == PM_GEOMETRY_LINE ? 2 : 1;
    for (int i = first; i < first + count; i++) {
        if (!check_degrees(r, shape->nShapeId + 1, shape->padfX[i], shape->padfY[i]))
            return false;
        struct pm_grid p = grid_point(shape->padfX[i], shape->padfY[i]);
        const struct pm_grid *last = r->points.n > start ? &r->points.v[r->points.n - 1] : NULL;
        if (!last || last->x != p.x || last->y != p.y)
            pm_vec_push(&r->points, p);
    }
    size_t n = r->points.n - start;
    if (r->geometry == PM_GEOMETRY_POLYGON && n > 1) {
        struct pm_grid a = r->points.v[start], b = r->points.v[r->points.n - 1];
        if (a.x == b.x && a.y == b.y)
            n = --r->points.n - start;
        else
            pm_warning(r->diags, "open-ring", pm_place_record(r->path, shape->nShapeId + 1),
                       "a ring is not closed; closed it");
    }
    if (n < least) {
        r->points.n = start;
        return true;
    }
    pm_vec_push(&r->parts, (struct pm_range){start, n});
    pm_vec_push(&r->owners, owner);
    return true;
}

static bool read_shape(struct reader *r, const SHPObject *shape, size_t owner)
{
    if (r->geometry == PM_GEOMETRY_POINT)
        return read_part(r, shape, 0, 1, owner);
    bool ok = true;
    for (int i = 0; i < shape->nParts && ok; i++) {
        int first = shape->panPartStart[i];
        int end = i + 1 < shape->nParts ? shape->panPartStart[i + 1] : shape->nVertices;
        if (first < 0 || end < first || end > shape->nVertices) {
            pm_error(r->diags, PM_FAULT_INPUT, "broken-record",
                     pm_place_record(r->path, shape->nShapeId + 1), "its parts overlap");
            return false;
        }
        ok = read_part(r, shape, first, end - first, owner);
    }
    return ok;
}

/* ---- records --------------------------------------------------------------------------------------------------- */

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

static bool read_record(struct reader *r, const struct columns *c, int record)
{
    if (r->dbf && record < DBFGetRecordCount(r->dbf) && DBFIsRecordDeleted(r->dbf, record))
        return true;
    SHPObject *shape = SHPReadObject(r->shp, record);
    if (!shape) {
        pm_error(r->diags, PM_FAULT_INPUT, "broken-record", pm_place_record(r->path, record + 1),
                 "%s", last_error[0] ? last_error : "it can't be read");
        return false;
    }
    bool ok = true;
    if (shape->nSHPType != SHPT_NULL && shape->nVertices > 0) {
        struct pm_feature f = read_attributes(r, c, record);
        size_t owner = 0;
        ok = find_owner(r, &f, &owner) && read_shape(r, shape, owner);
    }
    SHPDestroyObject(shape);
    return ok;
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
    bool ok = open_files(&r) && check_kind(&r) && find_columns(&r, &c);
    int count = 0;
    if (ok)
        SHPGetInfo(r.shp, &count, NULL, NULL, NULL);
    for (int i = 0; i < count; i++)
        ok = read_record(&r, &c, i) && ok;
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

/* ---- guessing ------------------------------------------------------------------------------------------------------ */

/* Field names that mean code and name, the surest first; compared without case. */
static const char *const key_fields[] = {"code",      "iso_3166_2", "iso3166_2", "adm1_pcode", "adm2_pcode",
                                         "pcode",     "adm1_code",  "hasc_1",    "geoid",      "fips",
                                         "id"};
static const char *const name_fields[] = {"name",    "name_en",  "adm2_en", "adm1_en", "shapename",
                                          "name_1",  "name_2",   "namelsad", "admin1name", "title"};

static const char *first_field(struct reader *r, const char *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int index = DBFGetFieldIndex(r->dbf, wanted[i]); /* ignores case */
        char name[XBASE_FLDNAME_LEN_READ + 1] = "";
        if (index < 0)
            continue;
        DBFGetFieldInfo(r->dbf, index, name, NULL, NULL);
        return pm_strdup(r->arena, name);
    }
    return NULL;
}

bool pm_shapefile_guess(const char *path, struct pm_arena *arena, struct pm_fields *fields,
                        struct pm_diags *diags)
{
    struct reader r = {.path = path, .arena = arena, .diags = diags};
    bool ok = open_files(&r);
    if (ok && r.dbf && !fields->key)
        fields->key = first_field(&r, key_fields, sizeof key_fields / sizeof *key_fields);
    if (ok && r.dbf && !fields->name)
        fields->name = first_field(&r, name_fields, sizeof name_fields / sizeof *name_fields);
    close_files(&r);
    pm_arena_finish(&r.scratch);
    return ok;
}
