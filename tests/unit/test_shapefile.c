#include "input_test.h"

#include <math.h>

#include <shapefil.h>

#include "input/shapefile.h"

/* ---- making shapefiles -------------------------------------------------------------- */

struct shape {
    const char *code, *name; /* NULL: empty */
    int part_count;
    int starts[4];
    int count;
    double xy[32];
};

#define SQUARE(x, y)                                                                               \
    {                                                                                              \
        (x), (y), (x), (y) + 1, (x) + 1, (y) + 1, (x) + 1, (y), (x), (y)                           \
    }

static const struct shape two[] = {{"A", "Alpha", 1, {0}, 5, SQUARE(60, 30)},
                                   {"B", "Beta", 1, {0}, 5, SQUARE(61, 30)}};

static SHPObject *object_of(int type, const struct shape *shape)
{
    double x[16], y[16];
    for (int i = 0; i < shape->count; i++) {
        x[i] = shape->xy[2 * i];
        y[i] = shape->xy[2 * i + 1];
    }
    return shape->count ? SHPCreateObject(type, -1, shape->part_count, shape->starts, NULL,
                                          shape->count, x, y, NULL, NULL)
                        : SHPCreateObject(SHPT_NULL, -1, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL);
}

static void write_table(const char *path, const struct shape *shapes, int count)
{
    DBFHandle dbf = DBFCreate(path);
    DBFAddField(dbf, "code", FTString, 10, 0);
    DBFAddField(dbf, "name", FTString, 40, 0);
    DBFAddField(dbf, "rank", FTString, 10, 0);
    for (int i = 0; i < count; i++) {
        DBFWriteStringAttribute(dbf, i, 0, shapes[i].code ? shapes[i].code : "");
        DBFWriteStringAttribute(dbf, i, 1, shapes[i].name ? shapes[i].name : "");
        DBFWriteStringAttribute(dbf, i, 2, "2");
    }
    DBFClose(dbf);
}

/* A shapefile "s.shp" with all its files; returns its path. */
static char *written(struct box *box, int type, const struct shape *shapes, int count)
{
    char *path = box_path(box, "s.shp");
    SHPHandle shp = SHPCreate(path, type);
    for (int i = 0; i < count; i++) {
        SHPObject *object = object_of(type, &shapes[i]);
        SHPWriteObject(shp, -1, object);
        SHPDestroyObject(object);
    }
    SHPClose(shp);
    write_table(box_path(box, "s.dbf"), shapes, count);
    box_text(box, "s.prj",
             "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.25]],"
             "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]");
    unlink(box_path(box, "s.cpg")); /* shapelib's own says LDID */
    return path;
}

#define WRITTEN(type, shapes)                                                                      \
    written(box, (type), (shapes), (int)(sizeof(shapes) / sizeof *(shapes)))

#define SOURCE(shp) (&(struct pm_shape_source){.path = (shp)})

static bool read_polygons(struct box *box, const char *path, struct pm_layer *layer)
{
    const struct pm_fields fields = {.key = "code", .name = "name", .rank = "rank"};
    return pm_shapefile_read(SOURCE(path), PM_GEOMETRY_POLYGON, &fields, &box->arena, layer,
                             box->diags);
}

/* Overwrites bytes of a file. */
static void patch(struct box *box, const char *name, long offset, const void *bytes, size_t size)
{
    FILE *file = fopen(box_path(box, name), "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, offset, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void cut(struct box *box, const char *name, long size)
{
    assert_int_equal(truncate(box_path(box, name), size), 0);
}

static void assert_refused(struct box *box, const char *wanted)
{
    struct pm_layer layer = {0};
    assert_false(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_null(layer.features);
    assert_contains(box_said(box), wanted);
}

/* ---- what is read ------------------------------------------------------------------- */

static void polygons_with_attributes(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    assert_true(read_polygons(box, WRITTEN(SHPT_POLYGON, two), &layer));
    assert_said(box, "");
    assert_int_equal(layer.feature_count, 2);
    assert_string_equal(layer.features[1].key, "B");
    assert_string_equal(pm_text_get(&layer.features[1].name, "en", NULL), "Beta");
    assert_int_equal(layer.features[1].rank, 2);
    assert_int_equal(layer.features[1].record, 2);
    assert_int_equal(layer.features[1].parts.count, 1);
    struct pm_range ring = layer.parts[layer.features[1].parts.first];
    assert_int_equal(ring.count, 4); /* the last point is not repeated */
    assert_int_equal(layer.points[ring.first].x, 610000000);
    assert_int_equal(layer.points[ring.first].y, 300000000);
}

static void kinds_with_z_and_m(void **state)
{
    struct box *box = *state;
    static const int types[] = {SHPT_POLYGONZ, SHPT_POLYGONM};
    for (size_t i = 0; i < 2; i++) {
        struct pm_layer layer = {0};
        assert_true(read_polygons(box, WRITTEN(types[i], two), &layer));
        assert_int_equal(layer.part_count, 2);
    }
    assert_said(box, "");
}

static void rings_are_tidied(void **state)
{
    struct box *box = *state;
    static const struct shape shapes[] = {
        {"A", "open", 1, {0}, 4, {1, 1, 1, 2, 2, 2, 2, 1}},
        {"B", "repeats", 1, {0}, 7, {1, 1, 1, 1, 1, 2, 1, 2.00000000001, 2, 2, 2, 1, 1, 1}},
        {"C", "two parts", 2, {0, 4}, 8, {5, 5, 5, 6, 6, 6, 5, 5, 7, 7, 7, 7, 7, 7, 7, 7}},
        {"D", "only a dot", 1, {0}, 4, {5, 5, 5, 5, 5, 5, 5, 5}},
    };
    struct pm_layer layer = {0};
    assert_true(read_polygons(box, WRITTEN(SHPT_POLYGON, shapes), &layer));
    assert_said(box, "r1 open-ring: ring 1 is not closed; closed it\n"
                     "r4 no-shape: \"only a dot\" has a shape of no size and can't be drawn\n");
    assert_int_equal(layer.feature_count, 3);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(layer.parts[layer.features[i].parts.first].count, 4);
    assert_int_equal(layer.features[2].parts.count, 1); /* the degenerate part is gone */
    assert_int_equal(layer.shapeless_count, 1);
    assert_string_equal(layer.shapeless[0].key, "D");
}

static void records_of_one_area_are_merged(void **state)
{
    struct box *box = *state;
    static const struct shape shapes[] = {{"A", "Alpha", 1, {0}, 5, SQUARE(1, 1)},
                                          {"B", "Beta", 1, {0}, 5, SQUARE(3, 1)},
                                          {"A", "Alpha", 1, {0}, 5, SQUARE(5, 1)}};
    struct pm_layer layer = {0};
    assert_true(read_polygons(box, WRITTEN(SHPT_POLYGON, shapes), &layer));
    assert_int_equal(layer.feature_count, 2);
    assert_int_equal(layer.features[0].parts.count, 2);
    struct pm_range second = layer.parts[layer.features[0].parts.first + 1];
    assert_int_equal(layer.points[second.first].x, 50000000);
    assert_int_equal(layer.features[1].parts.first, 2);
}

static void one_code_for_two_areas_is_an_error(void **state)
{
    struct box *box = *state;
    static const struct shape shapes[] = {{"A", "Alpha", 1, {0}, 5, SQUARE(1, 1)},
                                          {"A", "Beta", 1, {0}, 5, SQUARE(3, 1)}};
    WRITTEN(SHPT_POLYGON, shapes);
    assert_refused(box, "r2 duplicate-code: the code \"A\" is that of record 1 too");
}

static void null_shapes_are_left_out_aloud(void **state)
{
    struct box *box = *state;
    static const struct shape shapes[] = {{.code = "A", .name = "Alpha"},
                                          {"B", "Beta", 1, {0}, 5, SQUARE(3, 1)}};
    struct pm_layer layer = {0};
    assert_true(read_polygons(box, WRITTEN(SHPT_POLYGON, shapes), &layer));
    assert_said(box, "r1 no-shape: \"Alpha\" has no shape and can't be drawn\n");
    assert_int_equal(layer.feature_count, 1);
}

static void points_and_lines(void **state)
{
    struct box *box = *state;
    static const struct shape towns[] = {{"A", "Alpha", 0, {0}, 1, {64.36, 31.59}}};
    static const struct shape lines[] = {{"A", "Alpha", 2, {0, 2}, 4, {1, 1, 2, 2, 3, 3, 4, 4}}};
    const struct pm_fields fields = {.name = "name"};
    struct pm_layer layer = {0};
    assert_true(pm_shapefile_read(SOURCE(WRITTEN(SHPT_POINT, towns)), PM_GEOMETRY_POINT, &fields,
                                  &box->arena, &layer, box->diags));
    assert_int_equal(layer.points[0].y, 315900000);
    assert_true(pm_shapefile_read(SOURCE(WRITTEN(SHPT_MULTIPOINT, towns)), PM_GEOMETRY_POINT,
                                  &fields, &box->arena, &layer, box->diags));
    assert_int_equal(layer.point_count, 1);
    assert_true(pm_shapefile_read(SOURCE(WRITTEN(SHPT_ARC, lines)), PM_GEOMETRY_LINE, &fields,
                                  &box->arena, &layer, box->diags));
    assert_int_equal(layer.part_count, 2);
    assert_null(layer.features[0].key);
    assert_said(box, "");
    static const struct shape twins[] = {{"A", "Alpha", 0, {0}, 2, {1, 1, 2, 2}}};
    assert_false(pm_shapefile_read(SOURCE(WRITTEN(SHPT_MULTIPOINT, twins)), PM_GEOMETRY_POINT,
                                   &fields, &box->arena, &layer, box->diags));
    assert_contains(box_said(box), "r1 several-points: ");
}

static void wrong_kinds_are_refused(void **state)
{
    struct box *box = *state;
    static const struct shape towns[] = {{"A", "Alpha", 0, {0}, 1, {64.36, 31.59}}};
    static const struct shape patch_of[] = {{"A", "Alpha", 1, {0}, 5, SQUARE(1, 1)}};
    WRITTEN(SHPT_POINT, towns);
    assert_refused(box, "wrong-geometry: polygons are wanted here, but the file holds points");
    WRITTEN(SHPT_MULTIPATCH, patch_of);
    assert_refused(box, "wrong-geometry: polygons are wanted here, but the file holds MultiPatch");
}

static void a_record_of_another_kind_is_refused(void **state)
{
    struct box *box = *state;
    WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.shp", 100 + 8, "\x03", 1);
    assert_refused(box, "r1 mixed-kinds: ");
}

/* ---- coordinates -------------------------------------------------------------------- */

static void coordinates_must_be_degrees(void **state)
{
    struct box *box = *state;
    static const struct shape far[] = {{"A", "Alpha", 1, {0}, 5, SQUARE(1, 1)},
                                       {"B", "Beta", 1, {0}, 5, SQUARE(500000, 4000000)}};
    WRITTEN(SHPT_POLYGON, far);
    assert_refused(box, "r2 not-geographic: a coordinate lies beyond 360 degrees");
    static const struct shape edge[] = {
        {"A",
         "Alpha",
         1,
         {0},
         5,
         {180.0000005, 89, 180, 90.0000005, 179, 90, 179, 89, 180.0000005, 89}}};
    struct pm_layer layer = {0};
    assert_true(read_polygons(box, WRITTEN(SHPT_POLYGON, edge), &layer));
    assert_int_equal(layer.points[0].x, 1800000000);
    assert_int_equal(layer.points[1].y, 900000000);
}

static void coordinates_must_be_finite(void **state)
{
    struct box *box = *state;
    static const struct shape odd[] = {
        {"A", "Alpha", 1, {0}, 5, {1, 1, 1, NAN, 2, 2, 2, 1, 1, 1}},
        {"B", "Beta", 1, {0}, 5, {1, 1, 1, 2, INFINITY, 2, 2, 1, 1, 1}}};
    WRITTEN(SHPT_POLYGON, odd);
    assert_refused(box, "r1 not-a-number: a coordinate is not a finite number\n"
                        "r2 not-a-number: a coordinate is not a finite number\n");
}

static void projections(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *wkt, *wanted;
    } cases[] = {
        {"PROJCS[\"x\",GEOGCS[\"WGS 84\"]]", "bad-projection: PROJ can't reproject"},
        {"PROJCRS[\"x\"]", "bad-projection: PROJ can't reproject"},
        {"<html>", "bad-projection: this is no coordinate system in WKT; it looks like a web page"},
        {"", "bad-projection: this is no coordinate system in WKT (say what they are: --crs "},
        {"GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\"", "bad-projection: this is no coordinate system"},
    };
    WRITTEN(SHPT_POLYGON, two);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        box_text(box, "s.prj", cases[i].wkt);
        assert_refused(box, cases[i].wanted);
    }
}

static void a_missing_prj_is_told(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    const char *path = WRITTEN(SHPT_POLYGON, two);
    unlink(box_path(box, "s.prj"));
    assert_true(read_polygons(box, path, &layer));
    assert_said(box, "no-projection: the .prj is missing; took the coordinates for degrees\n");
}

/* ---- tables ------------------------------------------------------------------------- */

static void a_missing_table_is_told(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    const char *path = WRITTEN(SHPT_POLYGON, two);
    unlink(box_path(box, "s.dbf"));
    assert_true(read_polygons(box, path, &layer));
    assert_said(box, "no-table: the table (.dbf) is missing: nothing in this layer has a name\n");
    assert_int_equal(layer.feature_count, 2);
    assert_int_equal(layer.features[0].name.n, 0);
}

static void missing_fields_are_proposed(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    const struct pm_fields fields = {.key = "cod", .name = "title"};
    assert_false(pm_shapefile_read(SOURCE(WRITTEN(SHPT_POLYGON, two)), PM_GEOMETRY_POLYGON, &fields,
                                   &box->arena, &layer, box->diags));
    assert_said(box,
                "no-such-field: no field is called \"cod\" (did you mean \"code\"? It has: code, "
                "name, rank)\n"
                "no-such-field: no field is called \"title\" (it has: code, name, rank)\n");
}

static void tables_of_other_shapes_are_refused(void **state)
{
    struct box *box = *state;
    WRITTEN(SHPT_POLYGON, two);
    write_table(box_path(box, "s.dbf"), two, 1);
    assert_refused(box, "record-count: it has 1 records for 2 shapes");
}

static void encodings(void **state)
{
    struct box *box = *state;
    static const struct shape latin[] = {{"A", "Or\xfazgan", 1, {0}, 5, SQUARE(1, 1)},
                                         {"B", "K\xf6ln", 1, {0}, 5, SQUARE(3, 1)}};
    static const struct shape utf8[] = {{"A", "Orūzgān", 1, {0}, 5, SQUARE(1, 1)}};
    struct pm_layer layer = {0};
    WRITTEN(SHPT_POLYGON, latin);
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_string_equal(layer.features[0].name.v[0].s, "Orúzgan");
    assert_contains(box_said(box), "assumed-encoding: nothing says in which encoding its text is; "
                                   "took CP1252 (say which with --encoding");
    WRITTEN(SHPT_POLYGON, utf8);
    static const char *const spellings[] = {"UTF-8", "utf8\n", "\xEF\xBB\xBFUTF-8\r\n", "65001",
                                            ""};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        box_text(box, "s.cpg", spellings[i]);
        assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
        assert_string_equal(layer.features[0].name.v[0].s, "Orūzgān");
    }
    assert_said(box, "");
    box_text(box, "s.cpg", "ISO-8859-1");
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_string_equal(layer.features[0].name.v[0].s, "Orūzgān");
    assert_said(box, "encoding-differs: it says \"ISO-8859-1\", but all text in the table is valid "
                     "UTF-8; read as UTF-8\n");
    WRITTEN(SHPT_POLYGON, two); /* ASCII is the same in both */
    box_text(box, "s.cpg", "ISO-8859-1");
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
}

static void numbers_must_be_numbers(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    const struct pm_fields fields = {.name = "name", .rank = "name"};
    assert_false(pm_shapefile_read(SOURCE(WRITTEN(SHPT_POLYGON, two)), PM_GEOMETRY_POLYGON, &fields,
                                   &box->arena, &layer, box->diags));
    assert_contains(box_said(box), "r1 bad-number: \"Alpha\" in the field \"name\" is no number");
}

static void aliases_are_split(void **state)
{
    struct box *box = *state;
    static const struct shape shapes[] = {{"A", "|One | Two||Three", 1, {0}, 5, SQUARE(1, 1)}};
    struct pm_layer layer = {0};
    const struct pm_fields fields = {.name = "code", .aliases = "name"};
    assert_true(pm_shapefile_read(SOURCE(WRITTEN(SHPT_POLYGON, shapes)), PM_GEOMETRY_POLYGON,
                                  &fields, &box->arena, &layer, box->diags));
    assert_int_equal(layer.features[0].alias_count, 3);
    assert_string_equal(layer.features[0].aliases[0], "One");
    assert_string_equal(layer.features[0].aliases[1], "Two");
    assert_string_equal(layer.features[0].aliases[2], "Three");
}

/* ---- broken files ------------------------------------------------------------------- */

static void what_is_no_shapefile(void **state)
{
    struct box *box = *state;
    WRITTEN(SHPT_POLYGON, two);
    box_text(box, "s.shp", "<!DOCTYPE html><html><body>404 Not Found</body></html>");
    assert_refused(box, "not-a-shapefile: this is no shapefile (it looks like a web page (did");
    box_text(box, "s.shp", "PK\x03\x04");
    assert_refused(box, "not-a-shapefile: this is no shapefile (it looks like a ZIP archive");
    box_text(box, "s.shp", "");
    assert_refused(box, "not-a-shapefile: the file is empty\n");
    unlink(box_path(box, "s.shp"));
    assert_refused(box, "cannot-read: cannot read it: No such file");
}

static void truncated_files(void **state)
{
    struct box *box = *state;
    WRITTEN(SHPT_POLYGON, two);
    cut(box, "s.shp", 300);
    assert_refused(box, "truncated: it is cut off: its header promises 372 bytes, it has 300 "
                        "(copy or download it again)\n");
    WRITTEN(SHPT_POLYGON, two);
    WRITTEN(SHPT_POLYGON, two);
    cut(box, "s.dbf", 150);
    assert_refused(box, "truncated: it is cut off: its header promises 2 records, it has ");
    WRITTEN(SHPT_POLYGON, two);
    cut(box, "s.dbf", 10);
    assert_refused(box, "broken-table: ");
}

static void records_beyond_the_end(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.shx", 100, "\x00\xff\xff\xff", 4);
    patch(box, "s.shx", 108, "\x7f\xff\xff\xff", 4);
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_said(box, "broken-index: its entry 1 and 1 more lead to no record; found the records by "
                     "scanning the .shp\n");
    assert_int_equal(layer.feature_count, 2);
    patch(box, "s.shp", 100 + 3, "\x07", 1); /* not numbered on: the chain is not to be trusted */
    assert_refused(box, "r1 record-beyond-file: the index (.shx) leads to no record (so it is with "
                        "1 more; ");
}

/* Without the index, or with one that lies about itself, the records are found by scanning. */
static void indexes_are_made_again(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    WRITTEN(SHPT_POLYGON, two);
    cut(box, "s.shx", 110);
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_contains(box_said(box),
                    "broken-index: its header promises 116 bytes, it has 110; found");
    unlink(box_path(box, "s.shx"));
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_said(box, "no-index: the index (.shx) is missing; found the records by scanning the "
                     ".shp\n");
    assert_int_equal(layer.feature_count, 2);
    assert_int_equal(layer.points[4].x, 610000000);
}

/* Records in another order than in the file, with a gap between: only the index knows. */
static void the_index_rules(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    unsigned char shp[372 + 20], shx[116];
    WRITTEN(SHPT_POLYGON, two);
    FILE *file = fopen(box_path(box, "s.shp"), "rb");
    assert_int_equal(fread(shp, 1, 372, file), 372);
    fclose(file);
    memmove(shp + 236 + 20, shp + 236, 136);
    memset(shp + 236, 0xAA, 20);
    shp[27] = (unsigned char)((372 + 20) / 2);
    file = fopen(box_path(box, "s.shx"), "rb");
    assert_int_equal(fread(shx, 1, 116, file), 116);
    fclose(file);
    shp[100 + 3] = 2; /* their numbers */
    shp[236 + 20 + 3] = 1;
    shx[100 + 3] = (236 + 20) / 2; /* the first is the second */
    shx[108 + 3] = 100 / 2;
    box_file(box, "s.shp", shp, sizeof shp);
    box_file(box, "s.shx", shx, sizeof shx);
    assert_true(read_polygons(box, box_path(box, "s.shp"), &layer));
    assert_said(box, "");
    assert_string_equal(layer.features[0].key, "A");
    assert_int_equal(layer.points[layer.parts[0].first].x, 610000000);
}

static void absurd_counts(void **state)
{
    struct box *box = *state;
    WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.shp", 108 + 36, "\xff\xff\xff\x7f", 4); /* parts of the first record */
    assert_refused(box, "r1 broken-record: ");
    WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.shp", 108 + 40, "\xff\xff\xff\x01", 4); /* its points */
    assert_refused(box, "r1 broken-record: ");
    WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.dbf", 4, "\xff\xff\xff\x7f", 4);
    assert_refused(box, "truncated: ");
}

/* Any byte of any of the files may be wrong: an error or another map, but no crash (run under
 * sanitizers). */
static void flipped_bytes_are_survived(void **state)
{
    struct box *box = *state;
    static const char *const names[] = {"s.shp", "s.shx", "s.dbf"};
    static const long sizes[] = {372, 116, 250};
    for (size_t f = 0; f < 3; f++)
        for (long i = 0; i < sizes[f]; i++) {
            struct pm_layer layer = {0};
            WRITTEN(SHPT_POLYGON, two);
            patch(box, names[f], i, i % 2 ? "\xff" : "\x80", 1);
            bool ok = read_polygons(box, box_path(box, "s.shp"), &layer);
            assert_int_equal(ok, pm_diags_errors(box->diags) == 0);
            box_said(box);
        }
}

/* ---- guessing ----------------------------------------------------------------------- */

static void fields_are_guessed(void **state)
{
    struct box *box = *state;
    struct pm_fields fields = {0};
    pm_shapefile_guess(SOURCE(WRITTEN(SHPT_POLYGON, two)), &box->arena, &fields);
    assert_string_equal(fields.key, "code");
    assert_string_equal(fields.name, "name");
    static const struct shape alike[] = {{"A", "", 1, {0}, 5, SQUARE(1, 1)},
                                         {"A", "Beta", 1, {0}, 5, SQUARE(3, 1)}};
    struct pm_fields none = {0};
    pm_shapefile_guess(SOURCE(WRITTEN(SHPT_POLYGON, alike)), &box->arena, &none);
    assert_null(none.key); /* codes that don't tell records apart are none */
    assert_null(none.name);
}

static void a_name_may_lack_here_and_there(void **state)
{
    struct box *box = *state;
    struct shape shapes[10];
    struct pm_fields some = {0}, few = {0};
    for (int i = 0; i < 10; i++)
        shapes[i] =
            (struct shape){(const char *[]){"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"}[i],
                           "Name",
                           1,
                           {0},
                           5,
                           SQUARE(1, 1)};
    shapes[3].name = "";
    pm_shapefile_guess(SOURCE(WRITTEN(SHPT_POLYGON, shapes)), &box->arena, &some);
    assert_string_equal(some.name, "name");
    shapes[7].name = "<Null>";
    pm_shapefile_guess(SOURCE(WRITTEN(SHPT_POLYGON, shapes)), &box->arena, &few);
    assert_null(few.name);
}

/* ---- what is in one ----------------------------------------------------------------- */

static void a_shapefile_is_described(void **state)
{
    struct box *box = *state;
    struct pm_shape_facts facts;
    static const struct shape shapes[] = {
        {"A", "Alpha", 2, {0, 5}, 10, {60, 30, 60, 31, 61, 31, 61, 30, 60, 30, //
                                       70, 30, 70, 31, 71, 31, 71, 30, 70, 30}},
        {.code = "B",
         .name = "Orl\xe9"
                 "ans"},
        {"C", "<Null>", 1, {0}, 5, SQUARE(61, -2)}};
    WRITTEN(SHPT_POLYGON, shapes);
    patch(box, "s.dbf", 29, "\x03", 1); /* CP1252 */
    assert_true(
        pm_shapefile_describe(SOURCE(box_path(box, "s.shp")), &box->arena, &facts, box->diags));
    assert_string_equal(facts.kind, "Polygon");
    assert_int_equal(facts.record_count, 3);
    assert_int_equal(facts.null_count, 1);
    assert_int_equal(facts.deleted_count, 0);
    assert_int_equal(facts.part_count, 3);
    assert_int_equal(facts.point_count, 15);
    assert_true(facts.extent[0] == 60 && facts.extent[1] == -2 && facts.extent[2] == 71 &&
                facts.extent[3] == 31);
    assert_string_equal(facts.crs, "WGS 84");
    assert_string_equal(facts.crs_from, "the .prj");
    assert_false(facts.reprojected);
    assert_string_equal(facts.encoding, "CP1252");
    assert_string_equal(facts.encoding_from, "the table's language driver");
    assert_true(facts.has_shx && facts.has_dbf && facts.has_prj && !facts.has_cpg);
    assert_int_equal(facts.field_count, 3);
    const struct pm_field_facts *name = &facts.fields[1], *rank = &facts.fields[2];
    assert_string_equal(name->name, "name");
    assert_int_equal(name->type, 'C');
    assert_int_equal(name->width, 40);
    assert_int_equal(name->filled, 2);
    assert_string_equal(name->samples[1], "Orléans");
    assert_null(name->samples[2]);
    assert_int_equal(rank->filled, 3);
    assert_int_equal(rank->distinct, 1);
    assert_string_equal(facts.key, "code");
    assert_null(facts.name); /* not all are filled */
    assert_contains(box_said(box), "null-cells: ");
}

static void broken_ones_are_described_too(void **state)
{
    struct box *box = *state;
    struct pm_shape_facts facts;
    const char *path = WRITTEN(SHPT_POLYGON, two);
    patch(box, "s.shp", 108 + 40, "\xff\xff\xff\x01", 4);
    box_text(box, "s.prj", "<html>");
    assert_false(pm_shapefile_describe(SOURCE(path), &box->arena, &facts, box->diags));
    assert_int_equal(facts.record_count, 2);
    assert_int_equal(facts.broken_count, 1);
    assert_int_equal(facts.point_count, 5);
    assert_null(facts.crs);
    assert_string_equal(facts.fields[1].samples[0], "Alpha");
    assert_contains(box_said(box), "r1 broken-record: ");
    box_text(box, "s.dbf", "no table");
    assert_false(pm_shapefile_describe(SOURCE(path), &box->arena, &facts, box->diags));
    assert_int_equal(facts.field_count, 0);
    assert_null(facts.encoding);
    box_said(box);
    box_text(box, "s.shp", "no shapes");
    assert_false(pm_shapefile_describe(SOURCE(path), &box->arena, &facts, box->diags));
    assert_null(facts.kind);
    assert_said(box, "not-a-shapefile: this is no shapefile\n");
}

/* Neighbours share their border before and after reprojection. */
static void shared_borders_stay_shared(void **state)
{
    struct box *box = *state;
    struct pm_layer layer = {0};
    static const struct shape metres[] = {
        {"A", "Alpha", 1, {0}, 5, {3e5, 35e5, 3e5, 36e5, 4e5, 36e5, 4e5, 35e5, 3e5, 35e5}},
        {"B", "Beta", 1, {0}, 5, {4e5, 35e5, 4e5, 36e5, 5e5, 36e5, 5e5, 35e5, 4e5, 35e5}}};
    const struct pm_fields fields = {.key = "code", .name = "name"};
    const struct pm_shape_source source = {.path = WRITTEN(SHPT_POLYGON, metres),
                                           .crs = "EPSG:32642"};
    assert_true(
        pm_shapefile_read(&source, PM_GEOMETRY_POLYGON, &fields, &box->arena, &layer, box->diags));
    const struct pm_grid *a = &layer.points[layer.parts[0].first];
    const struct pm_grid *b = &layer.points[layer.parts[1].first];
    assert_memory_equal(&a[3], &b[0], sizeof *a);
    assert_memory_equal(&a[2], &b[1], sizeof *a);
    assert_int_equal(a[0].x, 668915141); /* cs2cs: 66.891514102, 31.617775075 */
    assert_int_equal(a[0].y, 316177751);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(polygons_with_attributes),
        boxed(kinds_with_z_and_m),
        boxed(rings_are_tidied),
        boxed(records_of_one_area_are_merged),
        boxed(one_code_for_two_areas_is_an_error),
        boxed(null_shapes_are_left_out_aloud),
        boxed(points_and_lines),
        boxed(wrong_kinds_are_refused),
        boxed(a_record_of_another_kind_is_refused),
        boxed(coordinates_must_be_degrees),
        boxed(coordinates_must_be_finite),
        boxed(projections),
        boxed(a_missing_prj_is_told),
        boxed(a_missing_table_is_told),
        boxed(missing_fields_are_proposed),
        boxed(tables_of_other_shapes_are_refused),
        boxed(encodings),
        boxed(numbers_must_be_numbers),
        boxed(aliases_are_split),
        boxed(what_is_no_shapefile),
        boxed(truncated_files),
        boxed(records_beyond_the_end),
        boxed(indexes_are_made_again),
        boxed(the_index_rules),
        boxed(absurd_counts),
        boxed(flipped_bytes_are_survived),
        boxed(fields_are_guessed),
        boxed(a_name_may_lack_here_and_there),
        boxed(a_shapefile_is_described),
        boxed(broken_ones_are_described_too),
        boxed(shared_borders_stay_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
