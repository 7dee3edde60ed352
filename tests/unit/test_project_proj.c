/* The closed forms against PROJ, at random places, to a millimetre; and their inverses. */
#include "check.h"

#include "base/str.h"
#include "geo/ellipsoid.h"
#include "geo/project.h"

#define POINTS 2000
#define MILLIMETRE 0.001

static double random_between(uint64_t *state, double low, double high)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(*state >> 11) / 9007199254740992.0;
}

/* `south`, `north` and `lons` (each side of the central meridian): where they are compared; there are
 * places where a form is infinite, and PROJ puts the pole off by a decimetre in the azimuthal. */
static const struct {
    const char *definition;
    enum pm_projection_kind kind;
    double lon0, lat0, lat1, lat2;
    double lons, south, north;
} cases[] = {
    {"+proj=aea +lon_0=67 +lat_0=34 +lat_1=31 +lat_2=37", PM_PROJECTION_ALBERS, 67, 34, 31, 37, 180,
     -90, 90},
    {"+proj=aea +lon_0=-96 +lat_0=37.5 +lat_1=29.5 +lat_2=45.5", PM_PROJECTION_ALBERS, -96, 37.5,
     29.5, 45.5, 180, -90, 90},
    {"+proj=aea +lon_0=25 +lat_0=-28 +lat_1=-24 +lat_2=-33", PM_PROJECTION_ALBERS, 25, -28, -24,
     -33, 180, -90, 90},
    {"+proj=aea +lon_0=179 +lat_0=60 +lat_1=55 +lat_2=65", PM_PROJECTION_ALBERS, 179, 60, 55, 65,
     180, -90, 90},
    {"+proj=aea +lon_0=10 +lat_0=40 +lat_1=40 +lat_2=40", PM_PROJECTION_ALBERS, 10, 40, 40, 40, 180,
     -90, 90},
    {"+proj=laea +lon_0=64 +lat_0=31", PM_PROJECTION_LAMBERT_AREA, 64, 31, 0, 0, 180, -30, 89.999},
    {"+proj=laea +lon_0=-150 +lat_0=-70", PM_PROJECTION_LAMBERT_AREA, -150, -70, 0, 0, 180, -89.999,
     69},
    {"+proj=laea +lon_0=20", PM_PROJECTION_LAMBERT_AREA, 20, 0, 0, 0, 179, -89.999, 89.999},
    {"+proj=laea +lon_0=10 +lat_0=90", PM_PROJECTION_LAMBERT_AREA, 10, 90, 0, 0, 180, -89.9,
     89.999},
    {"+proj=laea +lon_0=10 +lat_0=-90", PM_PROJECTION_LAMBERT_AREA, 10, -90, 0, 0, 180, -89.999,
     89.9},
    {"+proj=cea +lon_0=0 +lat_ts=6", PM_PROJECTION_CYLINDRICAL, 0, 0, 6, 0, 180, -90, 90},
    {"+proj=cea +lon_0=-170 +lat_ts=-12", PM_PROJECTION_CYLINDRICAL, -170, 0, -12, 0, 180, -90, 90},
    {"+proj=eqearth +lon_0=0", PM_PROJECTION_EQUAL_EARTH, 0, 0, 0, 0, 180, -90, 90},
    {"+proj=eqearth +lon_0=150", PM_PROJECTION_EQUAL_EARTH, 150, 0, 0, 0, 180, -90, 90},
    {"+proj=lcc +lon_0=67 +lat_0=34 +lat_1=31 +lat_2=37", PM_PROJECTION_LAMBERT_CONFORMAL, 67, 34,
     31, 37, 180, -60, 90},
    {"+proj=lcc +lon_0=25 +lat_0=-28 +lat_1=-24 +lat_2=-33", PM_PROJECTION_LAMBERT_CONFORMAL, 25,
     -28, -24, -33, 180, -90, 60},
    {"+proj=lcc +lon_0=10 +lat_0=40 +lat_1=40 +lat_2=40", PM_PROJECTION_LAMBERT_CONFORMAL, 10, 40,
     40, 40, 180, -60, 90},
};

static struct pm_reproject *open_proj(const char *definition)
{
    struct pm_diags *diags = pm_diags_new();
    struct pm_str text = {0};
    pm_str_addf(&text, "%s%s", definition, strstr(definition, "+R=") ? "" : " +datum=WGS84");
    struct pm_reproject *proj =
        pm_reproject_new(pm_str_get(&text), "bad-crs", (struct pm_place){0}, "", diags);
    assert_non_null(proj);
    pm_str_finish(&text);
    pm_diags_free(diags);
    return proj;
}

static void compare(const struct pm_projection *p, const struct pm_reproject *proj, double lon,
                    double lat)
{
    struct pm_metre m = pm_project(p, lon, lat);
    double x = lon, y = lat;
    pm_reproject_back(proj, &x, &y, sizeof x, 1);
    assert_near(m.x, x, MILLIMETRE);
    assert_near(m.y, y, MILLIMETRE);
}

static void agrees_with_proj_to_a_millimetre(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_reproject *proj = open_proj(cases[i].definition);
        struct pm_projection p = pm_projection_make(cases[i].kind, cases[i].lon0, cases[i].lat0,
                                                    cases[i].lat1, cases[i].lat2);
        for (int k = 0; k < POINTS; k++)
            compare(&p, proj, p.lon0 + random_between(&seed, -cases[i].lons, cases[i].lons),
                    random_between(&seed, cases[i].south, cases[i].north));
        compare(&p, proj, p.lon0, cases[i].south); /* a pole, mostly */
        compare(&p, proj, p.lon0 + 50, cases[i].north);
        pm_reproject_free(proj);
    }
}

/* PROJ has it on the sphere only: of this radius and these latitudes it is the same. */
static void transverse_agrees_on_the_authalic_sphere(void **state)
{
    (void)state;
    uint64_t seed = 2;
    double pole = pm_authalic_q(1);
    struct pm_str text = {0};
    pm_str_add(&text, "+proj=tcea +lon_0=-70 +R=");
    pm_str_num(&text, PM_WGS84_A * sqrt(pole / 2), 9);
    struct pm_reproject *proj = open_proj(pm_str_get(&text));
    struct pm_projection p = pm_projection_make(PM_PROJECTION_TRANSVERSE, -70, 0, 0, 0);
    for (int k = 0; k < POINTS; k++) {
        double lon = random_between(&seed, -160, 20), lat = random_between(&seed, -89, 89);
        struct pm_metre m = pm_project(&p, lon, lat);
        double x = lon, y = asin(pm_authalic_q(sin(lat * PM_RAD)) / pole) / PM_RAD;
        pm_reproject_back(proj, &x, &y, sizeof x, 1);
        assert_near(m.x, x, MILLIMETRE);
        assert_near(m.y, y, MILLIMETRE);
    }
    pm_reproject_free(proj);
    pm_str_finish(&text);
}

static struct pm_projection random_case(size_t i)
{
    return pm_projection_make(cases[i].kind, cases[i].lon0, cases[i].lat0, cases[i].lat1,
                              cases[i].lat2);
}

/* In degrees; beside the poles, where longitude means little, on the ground. */
static void inverse_undoes_forward(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_projection p = random_case(i);
        for (int k = 0; k < POINTS; k++) {
            double lon = p.lon0 + random_between(&seed, -cases[i].lons, cases[i].lons) * 0.99;
            double lat = random_between(&seed, cases[i].south, cases[i].north) * 0.999;
            double back_lon = 0, back_lat = 0;
            assert_true(pm_unproject(&p, pm_project(&p, lon, lat), &back_lon, &back_lat));
            assert_near(remainder(back_lon - lon, 360) * cos(lat * PM_RAD), 0, 2e-9);
            assert_near(back_lat, lat, 2e-9);
        }
    }
}

/* Many at once are the same bits as one by one. */
static void many_are_as_one(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_projection p = random_case(i);
        struct pm_grid points[37], turned[37];
        struct pm_metre out[37];
        for (int k = 0; k < 37; k++) {
            points[k] =
                pm_grid_of(random_between(&seed, -180, 180), random_between(&seed, -90, 90));
            turned[k] = pm_projection_turn(&p, points[k]);
            assert_in_range((int64_t)turned[k].x + 1800000000, 0, 3600000000);
        }
        pm_project_turned(&p, turned, 37, out);
        for (int k = 0; k < 37; k++) {
            struct pm_metre m = pm_project(&p, pm_grid_lon(points[k]), pm_grid_lat(points[k]));
            if (hypot(m.x, m.y) < 2e7) /* conformal conics lose the far pole */
                assert_near(hypot(m.x - out[k].x, m.y - out[k].y), 0, 1e-6);
        }
    }
}

/* What `proj -S` gives for Tissot's semi-axes. */
static void scale_factors(void **state)
{
    (void)state;
    static const struct {
        enum pm_projection_kind kind;
        double lon, lat, most, least;
    } wanted[] = {
        {PM_PROJECTION_ALBERS, 75, 38, 1.00112, 0.998885},
        {PM_PROJECTION_ALBERS, -20, -30, 1.57493, 0.634949},
        {PM_PROJECTION_LAMBERT_AREA, 75, 38, 1.00229, 0.997719},
        {PM_PROJECTION_LAMBERT_AREA, -20, -30, 1.62224, 0.616431},
        {PM_PROJECTION_CYLINDRICAL, 75, 38, 1.26051, 0.79333},
        {PM_PROJECTION_CYLINDRICAL, -20, -30, 1.14746, 0.871493},
        {PM_PROJECTION_EQUAL_EARTH, 75, 38, 1.02816, 0.972613},
        {PM_PROJECTION_EQUAL_EARTH, -20, -30, 1.19028, 0.840141},
        {PM_PROJECTION_LAMBERT_CONFORMAL, 75, 38, 1.00108, 1.00108},
        {PM_PROJECTION_LAMBERT_CONFORMAL, -20, -30, 1.84397, 1.84397},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct pm_projection p = pm_projection_make(
            wanted[i].kind, 67, 34, wanted[i].kind == PM_PROJECTION_CYLINDRICAL ? 6 : 31, 37);
        struct pm_scale scale = pm_projection_scale(&p, wanted[i].lon, wanted[i].lat);
        assert_near(scale.most, wanted[i].most, 1e-5);
        assert_near(scale.least, wanted[i].least, 1e-5);
    }
}

/* Zones of UTM and the like: the central meridian is what data are turned about. */
static void finds_the_central_meridian(void **state)
{
    (void)state;
    static const struct {
        const char *definition;
        double meridian;
    } wanted[] = {{"EPSG:32642", 69},
                  {"EPSG:3035", 10},
                  {"EPSG:3031", 0},
                  {"EPSG:27572", 2.33722917},
                  /* Paris */ {"EPSG:3338", -154},
                  {"+proj=robin +lon_0=150", 150},
                  {"+proj=tmerc +lon_0=9 +towgs84=1,2,3", 9}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct pm_diags *diags = pm_diags_new();
        struct pm_reproject *proj =
            pm_reproject_new(wanted[i].definition, "bad-crs", (struct pm_place){0}, "", diags);
        assert_non_null(proj);
        struct pm_projection p = pm_projection_other(proj);
        assert_near(p.lon0, wanted[i].meridian, 1e-7);
        struct pm_grid point = pm_grid_of(p.lon0 + 1, 40);
        point = pm_projection_turn(&p, point);
        struct pm_metre m = pm_project(&p, p.lon0 + 1, 40), out;
        pm_project_turned(&p, &point, 1, &out);
        assert_near(hypot(m.x - out.x, m.y - out.y), 0, 0.02);
        double lon = 0, lat = 0;
        assert_true(pm_unproject(&p, m, &lon, &lat));
        assert_near(lon, p.lon0 + 1, 1e-8);
        pm_reproject_free(proj);
        pm_diags_free(diags);
    }
}

/* PROJ wraps longitudes: rounding must not throw the far meridian's east side to the west. */
static void the_far_meridian_stays_on_its_side(void **state)
{
    static const double meridians[] = {150, -100, 33.3, -70, 179.9, 0, -0.1, 10.123456};
    static const char *const names[] = {"robin", "eqc", "moll"};
    (void)state;
    for (size_t i = 0; i < 3 * sizeof meridians / sizeof *meridians; i++) {
        char definition[80];
        snprintf(definition, sizeof definition, "+proj=%s +lon_0=%.6f", names[i % 3],
                 meridians[i / 3]);
        struct pm_diags *diags = pm_diags_new();
        struct pm_reproject *proj =
            pm_reproject_new(definition, "bad-crs", (struct pm_place){0}, "", diags);
        assert_non_null(proj);
        struct pm_projection p = pm_projection_other(proj);
        const struct pm_grid ends[] = {{-1800000000, 100000000}, {1800000000, 100000000}};
        struct pm_metre m[2];
        pm_project_turned(&p, ends, 2, m);
        assert_true(m[0].x < -1e7 && m[1].x > 1e7);
        pm_reproject_free(proj);
        pm_diags_free(diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_proj_to_a_millimetre),
        cmocka_unit_test(transverse_agrees_on_the_authalic_sphere),
        cmocka_unit_test(inverse_undoes_forward),
        cmocka_unit_test(many_are_as_one),
        cmocka_unit_test(scale_factors),
        cmocka_unit_test(finds_the_central_meridian),
        cmocka_unit_test(the_far_meridian_stays_on_its_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
