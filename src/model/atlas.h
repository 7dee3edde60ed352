/* The atlas: areas, places and context as read from shapefiles. Plain data; read-only after
 * loading and shared by threads. One arena owns everything.
 *
 * All layers have one form. A feature is a polygon (its parts are rings, filled even-odd, so that
 * winding does not matter), a line (its parts are lines) or a point (one part with one point). */
#ifndef PM_MODEL_ATLAS_H
#define PM_MODEL_ATLAS_H

#include "base/arena.h"
#include "base/cache.h"
#include "base/hash.h"
#include "model/geom.h"
#include "model/text.h"

enum pm_layer_kind {
    PM_LAYER_AREAS,      /* polygons that have a status */
    PM_LAYER_PLACES,     /* points: towns */
    PM_LAYER_CONTEXT,    /* polygons around: neighbour countries */
    PM_LAYER_BOUNDARIES, /* lines that mark stretches of borders as disputed */
    PM_LAYER_RIVERS,     /* lines */
    PM_LAYER_LAKES,      /* polygons */
    PM_LAYER_ROADS,      /* lines */
    PM_LAYER_KINDS
};

enum pm_boundary_kind {
    PM_BOUNDARY_DISPUTED,
    PM_BOUNDARY_LINE_OF_CONTROL,
    PM_BOUNDARY_CEASEFIRE_LINE,
    PM_BOUNDARY_UNDETERMINED,
    PM_BOUNDARY_KINDS
};

struct pm_feature {
    const char *key; /* code, e.g. "AF-HEL"; NULL if the layer has none */
    struct pm_text name;
    const char *short_name; /* where there is no room for the name; in its language; or NULL */
    const char **aliases;   /* other spellings */
    size_t alias_count;
    const char
        *parent; /* of an area: the parent's code or name; of a place: the area's code; or NULL */
    const char *kind;               /* of a boundary, as its table says; else NULL */
    enum pm_boundary_kind boundary; /* … what that is drawn as */
    int rank; /* of a place: 1 national capital, 2 provincial capital, 3, 4 towns; else 0 */
    double population;     /* of an area or place; 0 if not known */
    long record;           /* in the layer's file, from 1 */
    struct pm_range parts; /* of the layer's `parts` */
};

struct pm_layer {
    const char *file; /* path of the .shp; NULL: the atlas has no such layer */
    struct pm_feature *features;
    size_t feature_count;
    struct pm_range *parts; /* each a range of `points`; rings don't repeat their first point */
    size_t part_count;
    struct pm_grid *points;
    size_t point_count;
    struct pm_feature *shapeless; /* records without a shape: no features, but known by name */
    size_t shapeless_count;
};

struct pm_atlas {
    struct pm_arena arena;
    const char *path;          /* the manifest, or the .shp */
    struct pm_text name;       /* "Afghanistan" */
    struct pm_text unit_one;   /* what one area is called: "province"; may be empty */
    struct pm_text unit_other; /* … and several: "provinces" */
    const char *credit;        /* printed on each map; may be NULL */
    const char *version;       /* of the data; may be NULL */
    const char *projection;    /* "auto" */
    struct pm_layer layers[PM_LAYER_KINDS];
    struct pm_cache
        *cache; /* what maps derive from it (layout/basemap.h): their own, behind a lock */
};

/* The layer's name in shapes.json: "areas", "places", … */
const char *pm_layer_name(enum pm_layer_kind kind);
/* "line-of-control" */
const char *pm_boundary_kind_name(enum pm_boundary_kind kind);
/* False if no kind is called so. */
bool pm_boundary_kind_parse(const char *name, enum pm_boundary_kind *out);

#endif
