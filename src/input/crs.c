#include "input/crs.h"

#include <math.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "input/shapefile_index.h"
#include "input/wkt.h"
#include "base/banned.h"

#define DEGREE 0.017453292519943295 /* radians */

#define CURE "give authority and code (such as EPSG:32642), WKT, or a PROJ string"

#define GEOGRAPHIC "GEOGCS|GEOGCRS|GEOGRAPHICCRS|GEODCRS|GEODETICCRS"

/* ---- degrees ------------------------------------------------------------------------ */

/* Datums that no map of provinces can tell from WGS 84 (2 m), folded, without ESRI's "D_". */
static const char *const datums[] = {
    "wgs1984",
    "wgs84",
    "worldgeodeticsystem1984",
    "worldgeodeticsystem1984ensemble",
    "nad83",
    "northamerican1983",
    "northamericandatum1983",
    "northamerican1983csrs",
    "nad83canadianspatialreferencesystem",
    "nad83nationalspatialreferencesystem2007",
    "nad83nationalspatialreferencesystem2011",
    "nad1983nsrs2007",
    "nad19832011",
    "etrf89",
    "etrs1989",
    "etrs89",
    "europeanterrestrialreferencesystem1989",
    "europeanterrestrialreferencesystem1989ensemble",
    "gda1994",
    "gda2020",
    "geocentricdatumofaustralia1994",
    "geocentricdatumofaustralia2020",
    "nzgd2000",
    "newzealandgeodeticdatum2000",
    "rgf1993",
    "reseaugeodesiquefrancais1993",
    "sirgas2000",
    "sistemadereferenciageocentricoparalasamericas2000",
    "jgd2000",
    "jgd2011",
    "japanesegeodeticdatum2000",
    "japanesegeodeticdatum2011",
    "cgcs2000",
    "china2000",
    "chinageodeticcoordinatesystem2000",
};

static bool is_wgs84(const char *datum)
{
    struct pm_str folded = {0};
    bool is = false;
    pm_fold(strncmp(datum, "D_", 2) == 0 ? datum + 2 : datum, &folded);
    const char *name = pm_str_get(&folded);
    for (size_t i = 0; i < sizeof datums / sizeof *datums && !is; i++)
        is = pm_streq(name, datums[i]);
    is = is || strncmp(name, "itrf", 4) == 0 ||
         strncmp(name, "internationalterrestrialreferenceframe", 38) == 0;
    pm_str_finish(&folded);
    return is;
}

/* Does the datum say itself how it is moved against WGS 84? */
static bool is_moved(const struct pm_wkt *datum)
{
    const struct pm_wkt *moved = pm_wkt_find(datum, "TOWGS84");
    double value = 0;
    for (const struct pm_wkt *n = moved ? moved->child : NULL; n; n = n->next)
        if (pm_parse_number(n->word, strlen(n->word), &value) && value != 0)
            return true;
    return false;
}

static bool is_degrees(const struct pm_wkt *root)
{
    const struct pm_wkt *datum = pm_wkt_find(root, "DATUM|GEODETICDATUM|TRF|ENSEMBLE");
    const struct pm_wkt *meridian = pm_wkt_find(root, "PRIMEM|PRIMEMERIDIAN");
    const struct pm_wkt *unit = pm_wkt_find(root, "UNIT|ANGLEUNIT");
    const struct pm_wkt *system = pm_wkt_find(root, "CS");
    if (!unit)
        unit = pm_wkt_find(pm_wkt_find(root, "AXIS"), "UNIT|ANGLEUNIT");
    if (!pm_wkt_is(root, GEOGRAPHIC) || !datum || !is_wgs84(pm_wkt_name(datum)) || is_moved(datum))
        return false;
    return (!meridian || pm_wkt_value(meridian) == 0) && unit &&
           fabs(pm_wkt_value(unit) - DEGREE) < 1e-9 &&
           (!system || pm_streq(system->child->word, "ELLIPSOIDAL"));
}

/* ---- the user's ---------------------------------------------------------------------- */

/* Names of systems that need no PROJ. */
static bool is_degrees_name(const char *name)
{
    static const char *const names[] = {"epsg4326", "ogccrs84", "crs84",   "wgs84",
                                        "epsg4269", "epsg4258", "epsg4490"};
    struct pm_str folded = {0};
    bool is = false;
    pm_fold(name, &folded);
    for (size_t i = 0; i < sizeof names / sizeof *names && !is; i++)
        is = pm_streq(pm_str_get(&folded), names[i]);
    pm_str_finish(&folded);
    return is;
}

/* Says so if there is a .prj and it is of another opinion. */
static void compare_prj(struct pm_crs *crs, struct pm_arena *arena, struct pm_diags *diags)
{
    size_t length = 0;
    const char *text =
        crs->prj ? pm_read_file(crs->prj, PM_MOST_PRJ_BYTES, arena, &length, diags) : NULL;
    const struct pm_wkt *root = text ? pm_wkt_parse(text, arena) : NULL;
    bool same = root && (crs->reproject ? pm_reproject_is(crs->reproject, text) : is_degrees(root));
    if (text && !same)
        pm_note(diags, "projection-replaced", pm_place_file(crs->prj),
                "left alone: the coordinates were read as \"%s\", as asked", crs->name);
}

/* WKT, a PROJ string, or authority and code. PROJ also takes names, and guesses which are meant. */
static bool is_definition(const char *asked, const struct pm_wkt *root)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t authority = strspn(asked, letters);
    const char *code = asked + authority + (asked[authority] == ':');
    bool coded =
        authority && asked[authority] == ':' && *code &&
        code[strspn(code, letters) + strspn(code + strspn(code, letters), "0123456789_")] == '\0';
    return root || coded || strncmp(asked, "+proj=", 6) == 0;
}

static bool open_asked(struct pm_crs *crs, const char *shp, const char *asked,
                       struct pm_arena *arena, struct pm_diags *diags)
{
    const struct pm_wkt *root = pm_wkt_parse(asked, arena);
    crs->reason = PM_CRS_ASKED;
    crs->name = root ? pm_strdup(arena, pm_wkt_name(root)) : asked;
    if (!is_definition(asked, root) && !is_degrees_name(asked)) {
        pm_error(diags, PM_FAULT_INPUT, "bad-crs", pm_place_file(shp),
                 "\"%s\" is no coordinate system", asked);
        pm_help(diags, CURE);
        return false;
    }
    if (!(root ? is_degrees(root) : is_degrees_name(asked))) {
        crs->reproject = pm_reproject_new(asked, "bad-crs", pm_place_file(shp), CURE, diags);
        if (!crs->reproject)
            return false;
        crs->name = pm_strdup(arena, pm_reproject_name(crs->reproject));
    }
    compare_prj(crs, arena, diags);
    return true;
}

/* ---- the .prj ------------------------------------------------------------------------ */

static bool refuse_prj(const struct pm_crs *crs, const char *text, size_t length,
                       struct pm_diags *diags)
{
    const char *kind = pm_looks_like(text, length);
    pm_error(diags, PM_FAULT_INPUT, "bad-projection", pm_place_file(crs->prj),
             "this is no coordinate system in WKT%s%s", kind ? "; it looks like " : "",
             kind ? kind : "");
    pm_help(diags, PM_CRS_CURE);
    return false;
}

static bool open_prj(struct pm_crs *crs, struct pm_arena *arena, struct pm_diags *diags)
{
    static const char bom[] = "\xEF\xBB\xBF";
    size_t length = 0;
    const char *text = pm_read_file(crs->prj, PM_MOST_PRJ_BYTES, arena, &length, diags);
    if (!text)
        return false;
    text += strncmp(text, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
    const struct pm_wkt *root =
        strlen(text) == pm_utf8_check(text, strlen(text)) ? pm_wkt_parse(text, arena) : NULL;
    crs->reason = PM_CRS_PRJ;
    if (!root)
        return refuse_prj(crs, text, length, diags);
    crs->name = pm_wkt_name(root);
    if (is_degrees(root))
        return true;
    crs->reproject =
        pm_reproject_new(text, "bad-projection", pm_place_file(crs->prj), PM_CRS_CURE, diags);
    return crs->reproject;
}

/* ---- both ---------------------------------------------------------------------------- */

bool pm_crs_open(struct pm_crs *crs, const char *shp, const char *asked, struct pm_arena *arena,
                 struct pm_diags *diags)
{
    const char *prj = pm_shape_sibling(shp, ".prj", arena);
    bool present = pm_is_file(prj);
    *crs = (struct pm_crs){.name = "longitude and latitude", .prj = present ? prj : NULL};
    if (!asked && !present) {
        pm_note(diags, "no-projection", pm_place_file(prj),
                "the .prj is missing; took the coordinates for degrees");
        return true;
    }
    if (!(asked ? open_asked(crs, shp, asked, arena, diags) : open_prj(crs, arena, diags)))
        return false;
    if (crs->reproject)
        pm_note(diags, "reprojected", pm_place_file(asked ? shp : prj), "reprojected from \"%s\"",
                crs->name);
    return true;
}

void pm_crs_close(struct pm_crs *crs)
{
    pm_reproject_free(crs->reproject);
    crs->reproject = NULL;
}
