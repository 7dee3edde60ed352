#include "geo/reproject.h"

#include <dlfcn.h>
#include <math.h>

#include <proj.h>

#include "base/str.h"
#include "base/banned.h"

/* The functions that are used; each is looked up by its name and has the type proj.h gives it. */
#define FUNCTIONS(X)                                                                               \
    X(proj_context_create)                                                                         \
    X(proj_context_destroy)                                                                        \
    X(proj_context_set_enable_network)                                                             \
    X(proj_coordoperation_get_param)                                                               \
    X(proj_coordoperation_get_param_count)                                                         \
    X(proj_create)                                                                                 \
    X(proj_create_crs_to_crs_from_pj)                                                              \
    X(proj_create_from_wkt)                                                                        \
    X(proj_crs_get_coordinate_system)                                                              \
    X(proj_crs_get_coordoperation)                                                                 \
    X(proj_crs_get_sub_crs)                                                                        \
    X(proj_cs_get_axis_info)                                                                       \
    X(proj_destroy)                                                                                \
    X(proj_get_name)                                                                               \
    X(proj_get_prime_meridian)                                                                     \
    X(proj_get_source_crs)                                                                         \
    X(proj_get_type)                                                                               \
    X(proj_is_equivalent_to_with_ctx)                                                              \
    X(proj_log_func)                                                                               \
    X(proj_normalize_for_visualization)                                                            \
    X(proj_prime_meridian_get_parameters)                                                          \
    X(proj_trans_generic)

struct api {
#define MEMBER(name) __typeof__(name) *name;
    FUNCTIONS(MEMBER)
};

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define ROW(name) {#name, offsetof(struct api, name)},
    FUNCTIONS(ROW)};

struct pm_reproject {
    void *library;
    struct api api;
    PJ_CONTEXT *context;
    PJ *source, *operation;
    char *definition;
    char said[400]; /* PROJ's last message */
};

/* ---- loading ------------------------------------------------------------------------ */

/* RTLD_NODELETE: it is left in memory, as the next file may need it. */
static bool load(struct pm_reproject *r)
{
    r->library = dlopen(PM_PROJ_LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    for (size_t i = 0; r->library && i < sizeof functions / sizeof *functions; i++) {
        void *address = dlsym(r->library, functions[i].name);
        if (!address)
            return false;
        memcpy((char *)&r->api + functions[i].offset, &address, sizeof address);
    }
    return r->library;
}

static void note_message(void *user, int level, const char *message)
{
    struct pm_reproject *r = user;
    (void)level;
    snprintf(r->said, sizeof r->said, "%s", message);
}

/* ---- opening ------------------------------------------------------------------------ */

static bool is_horizontal(const struct pm_reproject *r, const PJ *crs)
{
    static const PJ_TYPE types[] = {PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS,
                                    PJ_TYPE_PROJECTED_CRS, PJ_TYPE_COMPOUND_CRS, PJ_TYPE_BOUND_CRS};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (r->api.proj_get_type(crs) == types[i])
            return true;
    return false;
}

/* WKT is never given to proj_create(): what it can't parse it looks up as a name, by likeness. */
static PJ *create_crs(struct pm_reproject *r, const char *definition)
{
    PJ *crs = NULL;
    if (*definition == '+') {
        struct pm_str text = {0};
        pm_str_addf(&text, "%s +type=crs", definition);
        crs = r->api.proj_create(r->context, pm_str_get(&text));
        pm_str_finish(&text);
    } else if (strpbrk(definition, "[("))
        crs = r->api.proj_create_from_wkt(r->context, definition, NULL, NULL, NULL);
    else
        crs = r->api.proj_create(r->context, definition);
    if (crs && is_horizontal(r, crs))
        return crs;
    if (crs)
        snprintf(r->said, sizeof r->said, "it is not one of positions on a map");
    r->api.proj_destroy(crs);
    return NULL;
}

/* The best way there is; one that ignores the datums only if there is no other. */
static PJ *create_operation(struct pm_reproject *r, const PJ *target, bool *ballpark)
{
    static const char *const strict[] = {"ALLOW_BALLPARK=NO", NULL};
    PJ *found = r->api.proj_create_crs_to_crs_from_pj(r->context, r->source, target, NULL, strict);
    *ballpark = !found;
    if (!found)
        found = r->api.proj_create_crs_to_crs_from_pj(r->context, r->source, target, NULL, NULL);
    PJ *turned = found ? r->api.proj_normalize_for_visualization(r->context, found) : NULL;
    r->api.proj_destroy(found);
    return turned;
}

static bool create(struct pm_reproject *r, const char *definition, bool *ballpark)
{
    r->context = r->api.proj_context_create();
    r->api.proj_log_func(r->context, r, note_message);
    r->api.proj_context_set_enable_network(r->context, 0);
    PJ *target = create_crs(r, "EPSG:4326");
    r->source = target ? create_crs(r, definition) : NULL;
    r->operation = r->source ? create_operation(r, target, ballpark) : NULL;
    r->api.proj_destroy(target);
    return r->operation;
}

struct pm_reproject *pm_reproject_new(const char *definition, const char *id, struct pm_place at,
                                      const char *cure, struct pm_diags *diags)
{
    struct pm_reproject *r = pm_xrealloc(NULL, 1, sizeof *r);
    bool ballpark = false, loaded = false;
    memset(r, 0, sizeof *r);
    r->definition = pm_xrealloc(NULL, strlen(definition) + 1, 1);
    memcpy(r->definition, definition, strlen(definition) + 1);
    loaded = load(r);
    if (!loaded) {
        pm_error(diags, PM_FAULT_INPUT, "no-proj", at, "this coordinate system needs PROJ (%s)",
                 PM_PROJ_LIBRARY);
        pm_help(diags, "install it (on Debian: libproj25), or do with longitude and latitude");
    } else if (!create(r, definition, &ballpark)) {
        pm_error(diags, PM_FAULT_INPUT, id, at,
                 "PROJ can't reproject this coordinate system; it says: %s",
                 *r->said ? r->said : "nothing");
        pm_help(diags, "%s", cure);
    } else {
        if (ballpark)
            pm_warning(diags, "ballpark", at,
                       "how the datum of \"%s\" lies to WGS 84 is not known; positions may be off "
                       "by some hundred metres",
                       pm_reproject_name(r));
        return r;
    }
    pm_reproject_free(r);
    return NULL;
}

void pm_reproject_free(struct pm_reproject *r)
{
    if (!r)
        return;
    if (r->context) {
        r->api.proj_destroy(r->operation);
        r->api.proj_destroy(r->source);
        r->api.proj_context_destroy(r->context);
    }
    if (r->library)
        dlclose(r->library);
    free(r->definition);
    free(r);
}

/* ---- use ---------------------------------------------------------------------------- */

/* The system inside a compound or bound one; NULL if it is neither. */
static PJ *inner_system(const struct pm_reproject *r)
{
    PJ_TYPE type = r->api.proj_get_type(r->source);
    if (type == PJ_TYPE_COMPOUND_CRS)
        return r->api.proj_crs_get_sub_crs(r->context, r->source, 0);
    return type == PJ_TYPE_BOUND_CRS ? r->api.proj_get_source_crs(r->context, r->source) : NULL;
}

bool pm_reproject_projected(const struct pm_reproject *r)
{
    PJ *part = inner_system(r);
    bool projected = r->api.proj_get_type(part ? part : r->source) == PJ_TYPE_PROJECTED_CRS;
    r->api.proj_destroy(part);
    return projected;
}

bool pm_reproject_points_west(const struct pm_reproject *r)
{
    PJ *part = inner_system(r);
    PJ *axes = r->api.proj_crs_get_coordinate_system(r->context, part ? part : r->source);
    bool west = false;
    for (int i = 0; axes && i < 2; i++) {
        const char *direction = NULL;
        if (r->api.proj_cs_get_axis_info(r->context, axes, i, NULL, NULL, &direction, NULL, NULL,
                                         NULL, NULL))
            west = west || pm_streq(direction, "west");
    }
    r->api.proj_destroy(axes);
    r->api.proj_destroy(part);
    return west;
}

const char *pm_reproject_name(const struct pm_reproject *r)
{
    const char *name = r->api.proj_get_name(r->source);
    return pm_streq(name, "unknown") ? r->definition : name;
}

bool pm_reproject_is(struct pm_reproject *r, const char *definition)
{
    PJ *other = create_crs(r, definition);
    bool same = other &&
                r->api.proj_is_equivalent_to_with_ctx(r->context, r->source, other,
                                                      PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
    r->api.proj_destroy(other);
    return same;
}

void pm_reproject_points(const struct pm_reproject *r, double *x, double *y, size_t count)
{
    if (count)
        r->api.proj_trans_generic(r->operation, PJ_FWD, x, sizeof *x, count, y, sizeof *y, count,
                                  NULL, 0, 0, NULL, 0, 0);
}

void pm_reproject_back(const struct pm_reproject *r, double *x, double *y, size_t stride,
                       size_t count)
{
    if (count)
        r->api.proj_trans_generic(r->operation, PJ_INV, x, stride, count, y, stride, count, NULL, 0,
                                  0, NULL, 0, 0);
}

/* ---- central meridian ----------------------------------------------------------------- */

/* Degrees; 0 if the conversion has none. */
static double origin_longitude(const struct pm_reproject *r, const PJ *crs)
{
    /* EPSG's numbers for longitudes of natural origin, projection centre, false origin and origin. */
    static const char *const codes[] = {"8802", "8812", "8822", "8833"};
    PJ *op = r->api.proj_crs_get_coordoperation(r->context, crs);
    int count = op ? r->api.proj_coordoperation_get_param_count(r->context, op) : 0;
    double longitude = 0;
    for (int i = 0; i < count; i++) {
        const char *code = NULL;
        double value = 0, unit = 1;
        r->api.proj_coordoperation_get_param(r->context, op, i, NULL, NULL, &code, &value, NULL,
                                             &unit, NULL, NULL, NULL, NULL);
        for (size_t k = 0; code && k < sizeof codes / sizeof *codes; k++)
            if (strcmp(code, codes[k]) == 0)
                longitude = value * unit * 180 / M_PI;
    }
    r->api.proj_destroy(op);
    return longitude;
}

static double prime_meridian(const struct pm_reproject *r, const PJ *crs)
{
    PJ *meridian = r->api.proj_get_prime_meridian(r->context, crs);
    double longitude = 0, unit = 1;
    if (meridian)
        r->api.proj_prime_meridian_get_parameters(r->context, meridian, &longitude, &unit, NULL);
    r->api.proj_destroy(meridian);
    return longitude * unit * 180 / M_PI;
}

double pm_reproject_meridian(const struct pm_reproject *r)
{
    PJ *part = inner_system(r);
    const PJ *crs = part ? part : r->source;
    double longitude = origin_longitude(r, crs) + prime_meridian(r, crs);
    r->api.proj_destroy(part);
    return longitude;
}
