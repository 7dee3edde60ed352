/* Shapefiles into layers. Format: ESRI Shapefile Technical Description (1998). */
#include "input/shapefile.h"

#include <math.h>

#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "geo/wrap.h"
#include "input/shapefile_files.h"
#include "input/shapefile_order.h"
#include "input/similar.h"
#include "base/banned.h"

#define MOST_RANK 9
#define MOST_PEOPLE 1e10

#define LEEWAY 1e-6 /* degrees beyond 360 and 90 that are taken for rounding */

enum { KEY, NAME, SHORT, ALIASES, PARENT, KIND, RANK, POPULATION, NAMES /* … by language */ };

/* Points of which there is one message a file. */
struct astray {
    size_t records;
    long first; /* record, from 1 */
    double x, y;
};

struct reader {
    const char *path; /* the .shp */
    enum pm_geometry geometry;
    const struct pm_fields *fields;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_shape_files files;
    struct pm_column *columns;
    size_t column_count;
    struct pm_tally deleted;
    struct astray untransformed, outside;
    bool beyond_degrees; /* did any coordinate, as read, lie beyond 360 and 90? */
    PM_VEC(struct pm_feature) features, shapeless;
    PM_VEC(struct pm_range) parts;
    PM_VEC(size_t) owners; /* by part: its feature */
    struct pm_grid *points;
    size_t point_count, room; /* of points */
    size_t vertices;          /* of the file, read so far */
    struct pm_course course;  /* the line at hand */
    struct pm_wrapped wrapped;
    size_t jumps; /* lines that go the short way around, against their numbers */
    long first_jump;
    struct pm_index keys; /* key -> feature */
};

static bool fail_record(struct reader *r, const char *id, long record, const char *why)
{
    pm_error(r->diags, PM_FAULT_INPUT, id, pm_place_record(r->path, record), "%s", why);
    return false;
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

/* -1: another kind */
static int geometry_of(int type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return (int)kinds[i].geometry;
    return -1;
}

static bool check_kind(struct reader *r)
{
    static const char *const names[] = {"polygons", "lines", "points"};
    int type = r->files.index.type, geometry = geometry_of(type);
    if (geometry == (int)r->geometry)
        return true;
    pm_error(r->diags, PM_FAULT_INPUT, "wrong-geometry", pm_place_file(r->path),
             "%s are wanted here, but the file holds %s", names[r->geometry],
             geometry >= 0             ? names[geometry]
             : type == SHPT_MULTIPATCH ? "MultiPatch, which is not read"
                                       : "another kind of shape");
    return false;
}

/* ---- fields ------------------------------------------------------------------------- */

static void no_such_field(struct reader *r, const char *name)
{
    const struct pm_cells *cells = &r->files.cells;
    struct pm_str list = {0};
    int near = pm_nearest(name, cells->names, cells->table.field_count);
    for (size_t i = 0; i < cells->table.field_count; i++)
        pm_str_addf(&list, "%s%s", i ? ", " : "", cells->names[i]);
    pm_error(r->diags, PM_FAULT_INPUT, "no-such-field", pm_place_file(cells->table.path),
             "no field is called \"%s\"", name);
    if (near >= 0)
        pm_help(r->diags, "did you mean \"%s\"? It has: %s", cells->names[near], pm_str_get(&list));
    else
        pm_help(r->diags, "it has: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

static struct pm_column find_column(struct reader *r, const char *field)
{
    struct pm_column c = {.field = field, .index = -1};
    if (!field || !r->files.has_table)
        return c;
    c.index = pm_cells_field(&r->files.cells, field);
    if (c.index == -1)
        no_such_field(r, field);
    if (c.index == -2) {
        pm_error(r->diags, PM_FAULT_INPUT, "duplicate-field",
                 pm_place_file(r->files.cells.table.path), "several fields are called \"%s\"",
                 field);
        pm_help(r->diags, "rename them, or take another field");
    }
    return c;
}

static void find_columns(struct reader *r)
{
    const struct pm_fields *f = r->fields;
    const char *const wanted[NAMES] = {[KEY] = f->key,          [NAME] = f->name,
                                       [SHORT] = f->short_name, [ALIASES] = f->aliases,
                                       [PARENT] = f->parent,    [KIND] = f->kind,
                                       [RANK] = f->rank,        [POPULATION] = f->population};
    r->column_count = NAMES + f->name_count;
    r->columns = PM_NEW_N(&r->files.arena, struct pm_column, r->column_count);
    for (size_t i = 0; i < r->column_count; i++)
        r->columns[i] = find_column(r, i < NAMES ? wanted[i] : f->names[i - NAMES].s);
}

static bool decide_encoding(struct reader *r, const char *asked)
{
    const struct pm_column **columns =
        PM_NEW_N(&r->files.arena, const struct pm_column *, r->column_count);
    for (size_t i = 0; i < r->column_count; i++)
        columns[i] = &r->columns[i];
    return pm_cells_decide(&r->files.cells, columns, r->column_count, asked, &r->files.arena,
                           r->diags);
}

/* ---- attributes --------------------------------------------------------------------- */

static const char *cell(struct reader *r, size_t record, size_t column)
{
    return pm_cell(&r->files.cells, &r->columns[column], record, r->arena);
}

static double number(struct reader *r, size_t record, size_t column, double most)
{
    double value = 0;
    const char *s = cell(r, record, column);
    if (!s || (pm_parse_number(s, strlen(s), &value) && value >= 0 && value <= most))
        return value;
    pm_error(r->diags, PM_FAULT_INPUT, "bad-number",
             pm_place_record(r->files.cells.table.path, (long)record + 1),
             "\"%s\" in the field \"%s\" is no number, or out of range", s,
             r->columns[column].field);
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

static struct pm_feature read_attributes(struct reader *r, size_t record)
{
    struct pm_feature f = {.record = (long)record + 1};
    f.key = cell(r, record, KEY);
    f.parent = cell(r, record, PARENT);
    f.kind = cell(r, record, KIND);
    f.rank = (int)number(r, record, RANK, MOST_RANK);
    f.population = number(r, record, POPULATION, MOST_PEOPLE);
    pm_text_add(&f.name, r->arena, "", cell(r, record, NAME));
    for (size_t i = 0; i < r->fields->name_count; i++)
        pm_text_add(&f.name, r->arena, r->fields->names[i].lang, cell(r, record, NAMES + i));
    f.short_name = cell(r, record, SHORT);
    split_aliases(r, cell(r, record, ALIASES), &f);
    return f;
}

/* ---- coordinates -------------------------------------------------------------------- */

static void count_astray(struct astray *astray, long record, double x, double y)
{
    if (astray->records++ == 0)
        *astray = (struct astray){1, record, x, y};
}

static bool is_finite(const SHPObject *shape, int *bad)
{
    for (*bad = 0; *bad < shape->nVertices; ++*bad)
        if (!isfinite(shape->padfX[*bad]) || !isfinite(shape->padfY[*bad]))
            return false;
    return true;
}

/* What is no number is not. */
static bool is_in_degrees(const SHPObject *shape, int *bad)
{
    const double *x = shape->padfX, *y = shape->padfY;
    int i = 0, count = shape->nVertices;
    while (i < count && fabs(x[i]) <= 360 + LEEWAY && fabs(y[i]) <= 90 + LEEWAY)
        i++;
    *bad = i;
    return i == count;
}

/* Makes the shape's points longitude and latitude, in place. */
static bool to_degrees(struct reader *r, SHPObject *shape)
{
    long record = shape->nShapeId + 1;
    int bad = 0;
    if (!r->files.crs.reproject && is_in_degrees(shape, &bad))
        return true;
    if (!is_finite(shape, &bad))
        return fail_record(r, "not-a-number", record, "a coordinate is not a finite number");
    double x = shape->padfX[0], y = shape->padfY[0];
    if (r->files.crs.reproject) {
        r->beyond_degrees = r->beyond_degrees || !is_in_degrees(shape, &bad);
        pm_reproject_points(r->files.crs.reproject, shape->padfX, shape->padfY,
                            (size_t)shape->nVertices);
        if (is_finite(shape, &bad) && is_in_degrees(shape, &bad))
            return true;
        count_astray(&r->untransformed, record, x, y);
        return false;
    }
    is_in_degrees(shape, &bad);
    count_astray(&r->outside, record, shape->padfX[bad], shape->padfY[bad]);
    return false;
}

/* One error for all of them. */
static bool report_astray(struct reader *r, const struct astray *astray, const char *id,
                          const char *why)
{
    struct pm_str at = {0};
    if (astray->records == 0)
        return false;
    pm_str_any_num(&at, astray->x, 3);
    pm_str_add(&at, ", ");
    pm_str_any_num(&at, astray->y, 3);
    pm_str_addc(&at, ')');
    if (astray->records > 1)
        pm_str_addf(&at, ", and so in %zu more record%s", astray->records - 1,
                    astray->records == 2 ? "" : "s");
    pm_error(r->diags, PM_FAULT_INPUT, id, pm_place_record(r->path, astray->first), "%s: (%s", why,
             pm_str_get(&at));
    pm_str_finish(&at);
    return true;
}

/* Metres or feet that all lie within 360 and 90 of the origin are degrees with a wrong .prj. */
static void report_degrees(struct reader *r)
{
    const struct pm_crs *crs = &r->files.crs;
    if (!crs->reproject || r->beyond_degrees || r->point_count == 0 ||
        !pm_reproject_projected(crs->reproject))
        return;
    pm_error(r->diags, PM_FAULT_INPUT, "looks-geographic", pm_place_file(r->path),
             "\"%s\" counts in metres or feet, but all coordinates look like degrees", crs->name);
    pm_help(r->diags, "if they are, say so: --crs EPSG:4326, or \"crs\" in shapes.json");
}

static void report_coordinates(struct reader *r)
{
    enum pm_crs_reason reason = r->files.crs.reason;
    report_degrees(r);
    if (report_astray(r, &r->outside, "not-geographic",
                      "a coordinate lies beyond 360 degrees of longitude or 90 of latitude"))
        pm_help(r->diags, reason == PM_CRS_ASSUMED ? "the .prj is missing; " PM_CRS_CURE
                          : reason == PM_CRS_PRJ
                              ? "the .prj says that they are degrees; if not, " PM_CRS_CURE
                              : "they were read as degrees, as asked; if not, " PM_CRS_CURE);
    if (report_astray(r, &r->untransformed, "not-transformed",
                      "a shape can't be reprojected to longitude and latitude"))
        pm_help(r->diags, "it was read as \"%s\"; if it is not, " PM_CRS_CURE, r->files.crs.name);
}

/* ---- geometry ----------------------------------------------------------------------- */

static double clamped(double value, double most)
{
    return value < -most ? -most : value > most ? most : value;
}

static bool same_point(struct pm_grid a, struct pm_grid b)
{
    return a.x == b.x && a.y == b.y;
}

/* A ring does not repeat its first point. */
static size_t close_ring(struct reader *r, const struct pm_grid *points, size_t count, long record,
                         int ring)
{
    if (count < 2)
        return count;
    if (same_point(points[0], points[count - 1]))
        return count - 1;
    pm_warning(r->diags, "open-ring", pm_place_record(r->path, record),
               "ring %d is not closed; closed it", ring);
    return count;
}

struct stretch {
    const double *lon, *lat;
    size_t count;
};

static struct stretch stretch_of(const SHPObject *shape, int part)
{
    int first = shape->panPartStart[part];
    int end = part + 1 < shape->nParts ? shape->panPartStart[part + 1] : shape->nVertices;
    return (struct stretch){shape->padfX + first, shape->padfY + first, (size_t)(end - first)};
}

/* There is room for all points of the file from the start; what is cut gains a few. */
static void make_room(struct reader *r, size_t count)
{
    if (r->room - r->point_count >= count)
        return;
    r->room = 2 * r->room + count;
    struct pm_grid *points = PM_NEW_N(r->arena, struct pm_grid, r->room);
    if (r->point_count)
        memcpy(points, r->points, r->point_count * sizeof *points);
    r->points = points;
}

/* Makes the next points a part. */
static void end_part(struct reader *r, size_t count, size_t owner)
{
    pm_vec_push(&r->parts, (struct pm_range){r->point_count, count});
    pm_vec_push(&r->owners, owner);
    r->point_count += count;
}

/* A part of the plane. Points that repeat the one before are left out, and so are parts that have too few
 * to be seen. */
static void read_part(struct reader *r, const SHPObject *shape, int part, size_t owner)
{
    struct stretch s = stretch_of(shape, part);
    bool ring = r->geometry == PM_GEOMETRY_POLYGON;
    make_room(r, s.count);
    struct pm_grid *points = r->points + r->point_count, *out = points;
    for (size_t i = 0; i < s.count; i++) {
        struct pm_grid p = pm_grid_of(clamped(s.lon[i], 180), clamped(s.lat[i], 90));
        if (out == points || !same_point(out[-1], p))
            *out++ = p;
    }
    size_t count = (size_t)(out - points);
    if (ring)
        count = close_ring(r, points, count, shape->nShapeId + 1, part + 1);
    if (count >= (ring ? 3 : 2))
        end_part(r, count, owner);
}

static void add_part(struct reader *r, const struct pm_grid *points, size_t count, size_t owner)
{
    make_room(r, count);
    memcpy(r->points + r->point_count, points, count * sizeof *points);
    end_part(r, count, owner);
}

static bool is_plane(const SHPObject *shape)
{
    for (int i = 0; i < shape->nParts; i++) {
        struct stretch s = stretch_of(shape, i);
        if (!pm_wrap_is_plane(s.lon, s.lat, s.count))
            return false;
    }
    return true;
}

/* The pole that a shape's rings surround, if any does: that to which they are nearer. The same for all,
 * so that one within another leaves what lies between them. */
static int pole_of(struct reader *r, const SHPObject *shape)
{
    double north = 0;
    for (int i = 0; i < shape->nParts; i++) {
        struct stretch s = stretch_of(shape, i);
        pm_course_follow(&r->course, s.lon, s.lat, s.count, r->geometry == PM_GEOMETRY_POLYGON);
        for (size_t k = 0; r->course.turns && k < r->course.n; k++)
            north += (double)r->course.v[k].y / (double)r->course.n;
    }
    return north < 0 ? -90 : 90;
}

/* A shape that crosses the antimeridian or reaches a pole. */
static bool wrap_shape(struct reader *r, const SHPObject *shape, size_t owner)
{
    long record = shape->nShapeId + 1;
    int pole = pole_of(r, shape);
    for (int i = 0; i < shape->nParts; i++) {
        struct stretch s = stretch_of(shape, i);
        pm_course_follow(&r->course, s.lon, s.lat, s.count, r->geometry == PM_GEOMETRY_POLYGON);
        r->wrapped.points.n = r->wrapped.parts.n = 0;
        if (r->course.open)
            pm_warning(r->diags, "open-ring", pm_place_record(r->path, record),
                       "ring %d is not closed; closed it", i + 1);
        if (!pm_course_cut(&r->course, pole, &r->wrapped))
            return fail_record(r, "broken-record", record,
                               "one of its lines runs more than once around the earth");
        for (size_t k = 0; k < r->wrapped.parts.n; k++) {
            struct pm_range part = r->wrapped.parts.v[k];
            add_part(r, r->wrapped.points.v + part.first, part.count, owner);
        }
        if (r->course.jumps && !r->files.crs.reproject && r->jumps++ == 0)
            r->first_jump = record;
    }
    return true;
}

static void read_place(struct reader *r, const SHPObject *shape, size_t owner)
{
    double lon = shape->padfX[0], lat = shape->padfY[0];
    struct pm_grid p = pm_grid_of(fabs(lon) > 180 ? remainder(lon, 360) : lon, clamped(lat, 90));
    add_part(r, &p, 1, owner);
}

static bool read_shape(struct reader *r, SHPObject *shape, size_t owner)
{
    long record = shape->nShapeId + 1;
    if (geometry_of(shape->nSHPType) != (int)r->geometry)
        return fail_record(r, "mixed-kinds", record,
                           "its kind of shape is not the one that the file's header names");
    if (r->geometry == PM_GEOMETRY_POINT && shape->nVertices != 1)
        return fail_record(r, "several-points", record, "one point is wanted, but it has several");
    r->vertices += (size_t)shape->nVertices;
    if (r->vertices > r->files.index.points)
        return fail_record(r, "broken-record", record, "it changed while it was read");
    if (!to_degrees(r, shape))
        return false;
    if (r->geometry == PM_GEOMETRY_POINT)
        read_place(r, shape, owner);
    else if (!is_plane(shape))
        return wrap_shape(r, shape, owner);
    else
        for (int i = 0; i < shape->nParts; i++)
            read_part(r, shape, i, owner);
    return true;
}

/* ---- records ------------------------------------------------------------------------ */

/* The feature a record belongs to: a new one, or one whose key and name it shares. */
static bool find_owner(struct reader *r, const struct pm_feature *f, size_t *owner)
{
    if (f->key && pm_index_get(&r->keys, f->key, owner)) {
        const struct pm_feature *first = &r->features.v[*owner];
        if (pm_streq(pm_text_get(&first->name, "", NULL), pm_text_get(&f->name, "", NULL)))
            return true;
        pm_error(r->diags, PM_FAULT_DATA, "duplicate-code", pm_place_record(r->path, f->record),
                 "the code \"%s\" is that of record %ld too, which has another name", f->key,
                 first->record);
        return false;
    }
    *owner = r->features.n;
    pm_vec_push(&r->features, *f);
    if (f->key)
        pm_index_set(&r->keys, &r->files.arena, f->key, *owner);
    return true;
}

static void warn_no_shape(struct reader *r, const struct pm_feature *f, bool given)
{
    const char *name = pm_text_get(&f->name, "", NULL);
    pm_warning(r->diags, "no-shape", pm_place_record(r->path, f->record),
               "%s%s%s has %s and can't be drawn", name ? "\"" : "", name ? name : "it",
               name ? "\"" : "", given ? "a shape of no size" : "no shape");
}

static void read_record(struct reader *r, size_t i)
{
    const struct pm_shape_record *record = &r->files.index.records[i];
    if (pm_shape_files_deleted(&r->files, i)) {
        if (r->deleted.count++ == 0)
            r->deleted.first = (long)i + 1;
        return;
    }
    bool here = record->state == PM_RECORD_SHAPE, ok = record->state != PM_RECORD_BROKEN;
    SHPObject *shape = here ? pm_shape_files_read(&r->files, r->path, i, r->diags) : NULL;
    size_t owner = 0, parts = r->parts.n;
    struct pm_feature f = read_attributes(r, i);
    if (here)
        ok = shape &&
             (shape->nVertices == 0 || (find_owner(r, &f, &owner) && read_shape(r, shape, owner)));
    if (ok && r->parts.n == parts) {
        warn_no_shape(r, &f, here);
        pm_vec_push(&r->shapeless, f);
    }
    if (shape)
        SHPDestroyObject(shape);
}

static void read_records(struct reader *r)
{
    r->room = r->files.index.points;
    r->points = PM_NEW_N(r->arena, struct pm_grid, r->room);
    for (size_t i = 0; i < r->files.index.count; i++)
        read_record(r, i);
    report_coordinates(r);
    if (r->jumps)
        pm_note(r->diags, "antimeridian", pm_place_record(r->path, r->first_jump),
                "took edges that jump from one side of the antimeridian to the other the short way "
                "around, in %zu ring%s or line%s from here on",
                r->jumps, r->jumps == 1 ? "" : "s", r->jumps == 1 ? "" : "s");
    if (r->deleted.count)
        pm_note(r->diags, "deleted-records",
                pm_place_record(r->files.cells.table.path, r->deleted.first),
                "left out %zu record%s marked as deleted, from here on", r->deleted.count,
                r->deleted.count == 1 ? "" : "s");
    for (size_t i = 0; i < r->column_count; i++) {
        bool told = r->columns[i].index < 0;
        for (size_t k = 0; k < i; k++)
            told = told || r->columns[k].index == r->columns[i].index;
        if (!told)
            pm_cells_report(&r->files.cells, &r->columns[i], r->diags);
    }
}

/* Features whose records all came to nothing are none. */
static void drop_shapeless(struct reader *r)
{
    size_t *kept = PM_NEW_N(&r->files.arena, size_t, r->features.n + 1), count = 0;
    for (size_t i = 0; i < r->features.n; i++) {
        kept[i] = count;
        if (r->features.v[i].parts.count)
            r->features.v[count++] = r->features.v[i];
    }
    r->features.n = count;
    for (size_t i = 0; i < r->parts.n; i++)
        r->owners.v[i] = kept[r->owners.v[i]];
}

static void hand_over(struct reader *r, struct pm_layer *layer)
{
    for (size_t i = 0; i < r->parts.n; i++)
        r->features.v[r->owners.v[i]].parts.count++;
    drop_shapeless(r);
    pm_shapefile_order(r->features.v, r->features.n, r->parts.v, r->owners.v, r->parts.n, r->points,
                       &r->files.arena);
    for (size_t i = 0, first = 0; i < r->features.n; i++) {
        r->features.v[i].parts.first = first;
        first += r->features.v[i].parts.count;
    }
    layer->part_count = r->parts.n;
    layer->feature_count = r->features.n;
    layer->points = r->points;
    layer->point_count = r->point_count;
    layer->file = pm_strdup(r->arena, r->path);
    layer->shapeless_count = r->shapeless.n;
    pm_vec_into(&r->parts, r->arena, &layer->parts);
    pm_vec_into(&r->features, r->arena, &layer->features);
    pm_vec_into(&r->shapeless, r->arena, &layer->shapeless);
}

bool pm_shapefile_read(const struct pm_shape_source *source, enum pm_geometry geometry,
                       const struct pm_fields *fields, struct pm_arena *arena,
                       struct pm_layer *layer, struct pm_diags *diags)
{
    struct reader r = {.path = source->path,
                       .geometry = geometry,
                       .fields = fields,
                       .arena = arena,
                       .diags = diags};
    size_t errors = pm_diags_errors(diags);
    pm_shape_files_open(&r.files, source, diags);
    bool readable = r.files.shp && check_kind(&r);
    find_columns(&r);
    bool decided = !r.files.has_table || decide_encoding(&r, source->encoding);
    if (readable && decided && r.files.has_crs && r.files.paired)
        read_records(&r);
    if (r.files.index.file.opened)
        pm_file_check(&r.files.index.file, source->path, diags);
    bool ok = pm_diags_errors(diags) == errors;
    if (ok)
        hand_over(&r, layer);
    pm_shape_files_close(&r.files);
    pm_vec_finish(&r.features);
    pm_vec_finish(&r.shapeless);
    pm_vec_finish(&r.parts);
    pm_vec_finish(&r.owners);
    pm_course_finish(&r.course);
    pm_vec_finish(&r.wrapped.points);
    pm_vec_finish(&r.wrapped.parts);
    return ok;
}
