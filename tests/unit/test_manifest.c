#include "input_test.h"

#include <shapefil.h>

#include "model/atlas.h"
#include "provmap.h"

#define HEAD "{\"format\": \"provmap-shapes/1\",\n"
#define AREAS "\"areas\": {\"file\": \"a.shp\", \"key\": \"code\", \"name\": \"name\"}"

/* Squares side by side, called A, B …; points at their corners if `type` says so. */
static void write_shapes(struct box *box, const char *name, int type, int count)
{
    const char *path = box_path(box, name);
    SHPHandle shp = SHPCreate(path, type);
    DBFHandle dbf = DBFCreate(path);
    DBFAddField(dbf, "code", FTString, 10, 0);
    DBFAddField(dbf, "name", FTString, 20, 0);
    for (int i = 0; i < count; i++) {
        double x[] = {60 + i, 60 + i, 61 + i, 61 + i, 60 + i}, y[] = {30, 31, 31, 30, 30};
        char text[] = {(char)('A' + i), '\0'};
        SHPObject *object = SHPCreateSimpleObject(type, type == SHPT_POINT ? 1 : 5, x, y, NULL);
        SHPWriteObject(shp, -1, object);
        SHPDestroyObject(object);
        DBFWriteStringAttribute(dbf, i, 0, text);
        DBFWriteStringAttribute(dbf, i, 1, text);
    }
    SHPClose(shp);
    DBFClose(dbf);
    size_t stem = strlen(name) - 4;
    box_text(box, pm_sprintf(&box->arena, "%.*s.prj", (int)stem, name),
             "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.25]],"
             "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]");
}

static struct pm_atlas *loaded(struct box *box, const char *members)
{
    write_shapes(box, "a.shp", SHPT_POLYGON, 2);
    write_shapes(box, "p.shp", SHPT_POINT, 3);
    return pm_atlas_load(box_text(box, "shapes.json", pm_sprintf(&box->arena, HEAD "%s}", members)),
                         NULL, box->diags);
}

static void assert_bad(struct box *box, const char *members, const char *wanted)
{
    assert_null(loaded(box, members));
    assert_contains(box_said(box), wanted);
}

static void a_manifest(void **state)
{
    struct box *box = *state;
    struct pm_atlas *atlas =
        loaded(box, "\"name\": {\"en\": \"Here\"}, \"credit\": \"C\", \"version\": \"1\", "
                    "\"license\": \"L\", \"projection\": \"auto\", \"unit\": {\"one\": \"county\", "
                    "\"other\": {\"en\": \"counties\"}},\n\"layers\": {" AREAS ", \"places\": "
                    "{\"file\": \"p.shp\", \"name\": \"name\", \"names\": {\"fa\": \"code\"}, "
                    "\"in\": \"code\"}}");
    assert_said(box, "");
    assert_non_null(atlas);
    assert_int_equal(atlas->layers[PM_LAYER_AREAS].feature_count, 2);
    assert_int_equal(atlas->layers[PM_LAYER_PLACES].feature_count, 3);
    assert_null(atlas->layers[PM_LAYER_RIVERS].file);
    assert_string_equal(atlas->layers[PM_LAYER_PLACES].features[1].parent, "B");
    assert_string_equal(pm_text_get(&atlas->layers[PM_LAYER_PLACES].features[2].name, "fa", NULL),
                        "C");
    assert_string_equal(pm_text_get(&atlas->unit_other, "en", NULL), "counties");
    assert_string_equal(atlas->credit, "C");
    pm_atlas_free(atlas);
}

static void all_layers_are_read_in_spite_of_errors(void **state)
{
    struct box *box = *state;
    assert_null(loaded(box, "\"layers\": {\"areas\": {\"file\": \"none.shp\", \"name\": \"n\"}, "
                            "\"places\": {\"file\": \"p.shp\", \"name\": \"nam\"},\n"
                            "\"rivers\": {}, \"river\": {}}, \"unit\": []"));
    const char *said = box_said(box);
    assert_contains(said, "cannot-read: cannot read it: No such file");
    assert_contains(said, "no-such-field: no field is called \"nam\" (did you mean \"name\"?");
    assert_contains(said, "3:11 missing-key: \"file\" is missing");
    assert_contains(said,
                    "3:15 unknown-key: no key is called \"river\" here (did you mean \"rivers\"?)");
    assert_contains(said, "3:37 wrong-type: an object is wanted here, not a list");
}

static void manifest_errors(void **state)
{
    struct box *box = *state;
    assert_bad(box, "\"layers\": {}", "no-areas: there are no areas in it");
    assert_bad(box, "\"name\": \"x\"", "no-areas: there are no areas in it");
    assert_bad(box, "\"layers\": {\"roads\": {\"file\": \"none.shp\"}}",
               "no-areas: there are no areas in it");
    assert_bad(box, "\"layers\": {\"areas\": {\"file\": \"a.shp\"}}",
               "missing-key: \"name\" is missing (say which field");
    assert_bad(box, "\"layers\": {\"areas\": {\"file\": \"\", \"name\": \"name\"}}",
               "2:30 bad-value: a name is wanted here, not an empty string (write the name");
    assert_bad(box,
               "\"layers\": {\"areas\": {\"file\": \"a.shp\", \"name\": \"name\", \"names\": "
               "{\"fa\": \"\"}}}",
               "2:71 bad-value: a name is wanted here, not an empty string");
    assert_bad(box,
               "\"layers\": {" AREAS ", \"places\": {\"file\": \"a.shp\", \"name\": \"name\"}}",
               "wrong-geometry: points are wanted here, but the file holds polygons");
    assert_bad(box, "\"projection\": \"mercator\", \"layers\": {" AREAS "}",
               "bad-map-projection: there is no projection \"mercator\"");
    assert_null(pm_atlas_load(box_text(box, "shapes.json", "{\"format\": \"provmap-status/1\"}"),
                              NULL, box->diags));
    assert_contains(box_said(box), "1:12 wrong-format: \"format\" must be \"provmap-shapes/1\"");
}

/* Each layer takes the keys that say something there. */
static void keys_belong_to_layers(void **state)
{
    static const struct {
        const char *key, *layers;
    } keys[] = {
        {"key", "areas places context boundaries rivers lakes roads"},
        {"name", "areas places context boundaries rivers lakes roads"},
        {"names", "areas places context boundaries rivers lakes roads"},
        {"encoding", "areas places context boundaries rivers lakes roads"},
        {"crs", "areas places context boundaries rivers lakes roads"},
        {"aliases", "areas places"},
        {"parent", "areas"},
        {"in", "places"},
        {"rank", "places"},
        {"population", "areas places"},
        {"kind", "boundaries"},
    };
    struct box *box = *state;
    for (int kind = 0; kind < PM_LAYER_KINDS; kind++)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            const char *layer = pm_layer_name((enum pm_layer_kind)kind);
            pm_atlas_free(loaded(box, pm_sprintf(&box->arena, "\"layers\": {\"%s\": {\"%s\": {}}}",
                                                 layer, keys[i].key)));
            bool takes = strstr(keys[i].layers, layer) != NULL;
            assert_int_equal(strstr(box_said(box), "unknown-key") == NULL, takes);
        }
    assert_bad(box,
               "\"layers\": {" AREAS ", \"rivers\": {\"file\": \"r.shp\", \"rank\": \"scale\"}}",
               "unknown-key: no key is called \"rank\" here (known: file, key, name, encoding, "
               "crs, names; keys of "
               "your own begin with \"x-\")");
}

static void names_of_fields_are_by_language(void **state)
{
    struct box *box = *state;
    pm_atlas_free(loaded(box, "\"layers\": {\"areas\": {\"file\": \"a.shp\", \"name\": \"name\", "
                              "\"names\": {\"x-note\": 1, \"prs-AF\": \"code\"}}}"));
    assert_said(box, "");
    assert_bad(box,
               "\"layers\": {\"areas\": {\"file\": \"a.shp\", \"name\": \"name\", \"names\": "
               "{\"fa_AF\": \"code\"}}}",
               "2:65 bad-language: \"fa_AF\" is no language code (write \"fa-AF\")");
}

static void credits_are_texts_of_one_line(void **state)
{
    struct box *box = *state;
    struct pm_atlas *atlas = loaded(box, "\"credit\": \"one\\ntwo\", \"layers\": {" AREAS "}");
    assert_non_null(atlas);
    assert_string_equal(atlas->credit, "one two");
    pm_atlas_free(atlas);
}

static void everything_that_stands_for_an_atlas(void **state)
{
    struct box *box = *state;
    pm_atlas_free(loaded(box, "\"layers\": {" AREAS "}"));
    assert_int_equal(setenv("PROVMAP_DATA", box->folder, 1), 0);
    assert_int_equal(
        system(pm_sprintf(&box->arena, "mkdir -p '%s/shapes/land' && cp %s/*.* '%s/shapes/land'",
                          box->folder, box->folder, box->folder)),
        0);
    const char *const names[] = {box->folder, box_path(box, "shapes.json"), "land",
                                 box_path(box, "shapes/land/")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pm_atlas *atlas = pm_atlas_load(names[i], NULL, box->diags);
        assert_said(box, "");
        assert_int_equal(atlas->layers[PM_LAYER_AREAS].feature_count, 2);
        pm_atlas_free(atlas);
    }
    assert_null(pm_atlas_load("lnd", NULL, box->diags));
    assert_said(box, "no-shapes: there is no such shapes folder, shapes.json or .shp "
                     "(did you mean \"land\"?)\n");
    assert_null(pm_atlas_load("elsewhere", NULL, box->diags));
    assert_said(box, "no-shapes: there is no such shapes folder, shapes.json or .shp "
                     "(give a path, or one of: land)\n");
    unsetenv("PROVMAP_DATA");
}

static void a_bare_shapefile(void **state)
{
    struct box *box = *state;
    write_shapes(box, "a.shp", SHPT_POLYGON, 2);
    struct pm_atlas *atlas = pm_atlas_load(box_path(box, "a.shp"), NULL, box->diags);
    assert_said(box, "guessed-fields: took codes from \"code\" and names from \"name\" "
                     "(say which with --key and --name)\n");
    assert_string_equal(atlas->layers[PM_LAYER_AREAS].features[1].key, "B");
    pm_atlas_free(atlas);
    const struct pm_atlas_options options = {.key_field = "name", .name_field = "code"};
    atlas = pm_atlas_load(box_path(box, "a.shp"), &options, box->diags);
    assert_said(box, "");
    pm_atlas_free(atlas);
    const struct pm_atlas_options wrong = {.key_field = "cod", .name_field = "name"};
    assert_null(pm_atlas_load(box_path(box, "a.shp"), &wrong, box->diags));
    assert_contains(box_said(box), "no-such-field: no field is called \"cod\"");
}

/* A bare file's faults are told once, though its fields are guessed first. */
static void faults_of_a_bare_shapefile_are_told_once(void **state)
{
    struct box *box = *state;
    write_shapes(box, "a.shp", SHPT_POLYGON, 2);
    unlink(box_path(box, "a.prj"));
    pm_atlas_free(pm_atlas_load(box_path(box, "a.shp"), NULL, box->diags));
    const char *said = box_said(box), *first = strstr(said, "no-projection");
    assert_non_null(first);
    assert_null(strstr(first + 1, "no-projection"));
}

static void nameless_areas_are_told(void **state)
{
    struct box *box = *state;
    write_shapes(box, "a.shp", SHPT_POLYGON, 3);
    DBFHandle dbf = DBFOpen(box_path(box, "a.dbf"), "r+b");
    for (int record = 1; record < 3; record++) {
        DBFWriteStringAttribute(dbf, record, 0, "");
        DBFWriteStringAttribute(dbf, record, 1, "");
    }
    DBFClose(dbf);
    const struct pm_atlas_options options = {.key_field = "code", .name_field = "name"};
    pm_atlas_free(pm_atlas_load(box_path(box, "a.shp"), &options, box->diags));
    assert_said(box, "r2 no-name: the area has neither code nor name and can't get a status "
                     "(so it is with 1 more)\n");
}

static void a_wrong_data_folder_is_not_passed_over(void **state)
{
    struct box *box = *state;
    assert_int_equal(setenv("PROVMAP_DATA", box_path(box, "none"), 1), 0);
    assert_null(pm_atlas_load("afghanistan", NULL, box->diags));
    assert_said(box, "no-shapes: there is no such shapes folder, shapes.json or .shp (give a path; "
                     "the data folder has none (PROVMAP_DATA says where it is))\n");
    unsetenv("PROVMAP_DATA");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(a_manifest),
        boxed(all_layers_are_read_in_spite_of_errors),
        boxed(manifest_errors),
        boxed(keys_belong_to_layers),
        boxed(names_of_fields_are_by_language),
        boxed(credits_are_texts_of_one_line),
        boxed(everything_that_stands_for_an_atlas),
        boxed(a_bare_shapefile),
        boxed(nameless_areas_are_told),
        boxed(a_wrong_data_folder_is_not_passed_over),
        boxed(faults_of_a_bare_shapefile_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
