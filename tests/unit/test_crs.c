#include "input_test.h"

#include <math.h>

#include "input/crs.h"
#include "input/wkt.h"

#define DEGREES "UNIT[\"degree\",0.0174532925199433]"
#define GREENWICH "PRIMEM[\"Greenwich\",0]"
#define WGS84                                                                                      \
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]]," GREENWICH  \
    "," DEGREES "]"
#define UTM42                                                                                      \
    "PROJCS[\"UTM 42N\"," WGS84 ",PROJECTION[\"Transverse_Mercator\"],"                            \
    "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",69],"                      \
    "PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],"                      \
    "PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]"
#define NAD27                                                                                      \
    "GEOGCS[\"GCS_North_American_1927\",DATUM[\"D_North_American_1927\",SPHEROID[\"Clarke_1866\"," \
    "6378206.4,294.9786982]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"

/* ---- WKT ---------------------------------------------------------------------------- */

static void wkt_is_a_tree(void **state)
{
    struct box *box = *state;
    const struct pm_wkt *root = pm_wkt_parse(
        " geogcs( \"a \"\"b\"\"\" , UNIT[\"degree\",1.5e-2],AXIS[\"Lat\",NORTH] ) ", &box->arena);
    assert_non_null(root);
    assert_true(pm_wkt_is(root, "PROJCS|GEOGCS"));
    assert_false(pm_wkt_is(root, "GEOGCSX|GEOG"));
    assert_string_equal(pm_wkt_name(root), "a \"b\"");
    assert_true(pm_wkt_value(pm_wkt_find(root, "UNIT")) == 0.015);
    assert_true(isnan(pm_wkt_value(pm_wkt_find(root, "AXIS"))));
    assert_null(pm_wkt_find(root, "DATUM"));
}

static void what_is_no_wkt(void **state)
{
    struct box *box = *state;
    static const char *const texts[] = {
        "",       "GEOGCS",        "GEOGCS[",       "GEOGCS[\"x\"", "GEOGCS[\"x\",]", "GEOGCS[\"x)",
        "<html>", "GEOGCS[\"x\")", "+proj=longlat", "EPSG:4326",    "\"GEOGCS\"[1]",  "A[,1]",
        "A[1 2]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (pm_wkt_parse(texts[i], &box->arena))
            fail_msg("took for WKT: %s", texts[i]);
    char deep[400];
    for (size_t i = 0; i < 100; i++)
        memcpy(deep + 2 * i, "A[", 2);
    memset(deep + 200, ']', 100);
    deep[300] = '\0';
    assert_null(pm_wkt_parse(deep, &box->arena));
}

/* ---- degrees ------------------------------------------------------------------------ */

static bool open_crs(struct box *box, const char *prj, const char *asked, struct pm_crs *crs)
{
    if (prj)
        box_text(box, "s.prj", prj);
    else
        unlink(box_path(box, "s.prj"));
    return pm_crs_open(crs, box_path(box, "s.shp"), asked, &box->arena, box->diags);
}

static void degrees_need_no_proj(void **state)
{
    struct box *box = *state;
    static const char *const texts[] = {
        WGS84,
        "\xEF\xBB\xBF" WGS84 ",VERTCS[\"EGM96\"]\r\n",
        "GEOGCS[\"GCS_North_American_1983\",DATUM[\"D_North_American_1983\",SPHEROID[\"GRS_1980\","
        "6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]",
        "GEOGCS[\"ETRS89\",DATUM[\"European_Terrestrial_Reference_System_1989\",TOWGS84[0,0,0,0,0,"
        "0,0]]," GREENWICH "," DEGREES "]",
        "GEOGCS[\"GCS_ITRF_2014\",DATUM[\"D_ITRF_2014\"]," GREENWICH "," DEGREES "]",
        "GEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.2"
        "]],CS[ellipsoidal,2],AXIS[\"lat\",north,ANGLEUNIT[\"degree\",0.0174532925199433]],"
        "AXIS[\"lon\",east,ANGLEUNIT[\"degree\",0.0174532925199433]]]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pm_crs crs;
        assert_true(open_crs(box, texts[i], NULL, &crs));
        assert_null(crs.reproject);
        assert_int_equal(crs.reason, PM_CRS_PRJ);
        assert_said(box, "");
    }
    static const char *const names[] = {"EPSG:4326", "epsg:4326", "OGC:CRS84", "WGS84", WGS84};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pm_crs crs;
        assert_true(open_crs(box, NULL, names[i], &crs));
        assert_null(crs.reproject);
        assert_said(box, "");
    }
}

/* ---- reprojection ------------------------------------------------------------------- */

/* Expected values by PROJ's cs2cs, with room for the grids that a machine has or lacks. */
static void points_are_reprojected(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *prj, *asked;
        double x, y, lon, lat, within;
    } cases[] = {
        {UTM42, NULL, 300000, 3500000, 66.891514102, 31.617775075, 1e-8},
        {UTM42, NULL, 400000, 3600000, 67.935120136, 32.532846626, 1e-8},
        {NULL, "EPSG:32642", 300000, 3500000, 66.891514102, 31.617775075, 1e-8},
        {NULL, "+proj=utm +zone=42 +datum=WGS84", 400000, 3600000, 67.935120136, 32.532846626,
         1e-8},
        {NULL, "EPSG:3857", 7000000, 3500000, 62.882069888, 29.972379659, 1e-8},
        {NULL, "ESRI:102025", 300000, 3500000, 100.512075511, 58.793849389, 1e-8},
        {NAD27, NULL, -100, 30, -100.000367812, 30.000211638, 1e-4},
        {NULL, "EPSG:4284", 60, 30, 59.999201095, 29.999853431, 1e-4}, /* Pulkovo 1942 */
        {NULL, "EPSG:4255", 60, 30, 60.001838503, 30.001796178, 1e-4}, /* Herat North */
        {NULL, "EPSG:4807", 0, 54, 2.3364, 48.6, 1e-3},                /* grads from Paris */
        {NULL, "EPSG:3035", 4321000, 3210000, 10, 52, 1e-8},           /* north, east in EPSG */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_crs crs;
        double x = cases[i].x, y = cases[i].y;
        assert_true(open_crs(box, cases[i].prj, cases[i].asked, &crs));
        assert_non_null(crs.reproject);
        pm_reproject_points(crs.reproject, &x, &y, 1);
        if (fabs(x - cases[i].lon) > cases[i].within || fabs(y - cases[i].lat) > cases[i].within)
            fail_msg("case %zu: %.9f %.9f", i, x, y);
        pm_crs_close(&crs);
        assert_contains(box_said(box), "reprojected: reprojected from \"");
    }
}

/* Shared borders stay shared: a point comes out the same whatever stands beside it. */
static void equal_points_stay_equal(void **state)
{
    struct box *box = *state;
    struct pm_crs crs;
    double x[200], y[200];
    assert_true(open_crs(box, NAD27, NULL, &crs));
    for (size_t i = 0; i < 100; i++) {
        x[i] = x[199 - i] = -170 + 1.37 * (double)i;
        y[i] = y[199 - i] = 15 + 0.61 * (double)i;
    }
    pm_reproject_points(crs.reproject, x, y, 200);
    for (size_t i = 0; i < 100; i++) {
        assert_true(x[i] == x[199 - i] && y[i] == y[199 - i]);
        double alone_x = -170 + 1.37 * (double)i, alone_y = 15 + 0.61 * (double)i;
        pm_reproject_points(crs.reproject, &alone_x, &alone_y, 1);
        assert_true(alone_x == x[i] && alone_y == y[i]);
    }
    pm_crs_close(&crs);
}

static void a_point_outside_becomes_infinite(void **state)
{
    struct box *box = *state;
    struct pm_crs crs;
    double x[] = {400000, 1e30}, y[] = {3600000, 1e30};
    assert_true(open_crs(box, UTM42, NULL, &crs));
    pm_reproject_points(crs.reproject, x, y, 2);
    assert_true(isfinite(x[0]) && isfinite(y[0]));
    assert_false(isfinite(x[1]) || isfinite(y[1]));
    pm_crs_close(&crs);
}

/* ---- what is told ------------------------------------------------------------------- */

static void an_unknown_datum_is_told(void **state)
{
    struct box *box = *state;
    struct pm_crs crs;
    assert_true(open_crs(box,
                         "GEOGCS[\"Here\",DATUM[\"Nobody_Knows\",SPHEROID[\"Everest\",6377276.345,"
                         "300.8]]," GREENWICH "," DEGREES "]",
                         NULL, &crs));
    assert_non_null(crs.reproject);
    assert_contains(box_said(box),
                    "ballpark: how the datum of \"Here\" lies to WGS 84 is not known");
    pm_crs_close(&crs);
}

static void a_replaced_prj_is_told(void **state)
{
    struct box *box = *state;
    struct pm_crs crs;
    assert_true(open_crs(box, UTM42, "EPSG:32642", &crs));
    assert_said(box, "reprojected: reprojected from \"WGS 84 / UTM zone 42N\"\n");
    pm_crs_close(&crs);
    assert_true(open_crs(box, UTM42, "EPSG:32641", &crs));
    assert_contains(box_said(box), "projection-replaced: left alone: the coordinates were read as "
                                   "\"WGS 84 / UTM zone 41N\", as asked\n");
    pm_crs_close(&crs);
    assert_true(open_crs(box, "<html>", "EPSG:4326", &crs));
    assert_said(box, "projection-replaced: left alone: the coordinates were read as \"EPSG:4326\", "
                     "as asked\n");
    assert_true(open_crs(box, WGS84, "EPSG:4326", &crs));
    assert_said(box, "");
}

static void what_is_not_understood_is_refused(void **state)
{
    struct box *box = *state;
    struct pm_crs crs;
    static const char *const asked[] = {
        "EPSG:99999999", "+proj=nowhere", "nowhere",   "",          "32642",
        "EPSG:",         "EPSG:32642 ",   "C:\\x.prj", "EPSG:4978", /* geocentric */
        "EPSG:5773",                                                /* heights */
        "Herat"}; /* PROJ would take it for Herat North */
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        assert_false(open_crs(box, NULL, asked[i], &crs));
        assert_contains(box_said(box), "bad-crs: ");
        pm_crs_close(&crs);
    }
    assert_false(open_crs(box, "LOCAL_CS[\"here\",UNIT[\"metre\",1]]", NULL, &crs));
    assert_contains(box_said(box), "bad-projection: PROJ can't reproject");
    pm_crs_close(&crs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(wkt_is_a_tree),
        boxed(what_is_no_wkt),
        boxed(degrees_need_no_proj),
        boxed(points_are_reprojected),
        boxed(equal_points_stay_equal),
        boxed(a_point_outside_becomes_infinite),
        boxed(an_unknown_datum_is_told),
        boxed(a_replaced_prj_is_told),
        boxed(what_is_not_understood_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
