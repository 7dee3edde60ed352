#include "input/shapefile_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static int compare_texts(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_points(struct pm_grid a, struct pm_grid b)
{
    int order = (a.x > b.x) - (a.x < b.x);
    return order ? order : (a.y > b.y) - (a.y < b.y);
}

/* The least of a part's points. */
static struct pm_grid corner_of(const struct pm_grid *points, struct pm_range part)
{
    struct pm_grid corner = points[part.first];
    for (size_t i = part.first; i < part.first + part.count; i++)
        if (compare_points(points[i], corner) < 0)
            corner = points[i];
    return corner;
}

/* ---- features -------------------------------------------------------------------------------- */

struct ordered_feature {
    struct pm_feature feature;
    const char *name;
    struct pm_grid corner;
    size_t was;
};

static int compare_features(const void *a, const void *b)
{
    const struct ordered_feature *x = a, *y = b;
    int order = compare_texts(x->feature.key, y->feature.key);
    order = order ? order : compare_texts(x->name, y->name);
    order = order ? order : compare_points(x->corner, y->corner);
    return order ? order : (x->was > y->was) - (x->was < y->was);
}

/* ---- parts ----------------------------------------------------------------------------------- */

struct ordered_part {
    struct pm_range part;
    size_t owner;
    struct pm_grid corner;
};

static int compare_parts(const void *a, const void *b)
{
    const struct ordered_part *x = a, *y = b;
    int order = (x->owner > y->owner) - (x->owner < y->owner);
    order = order ? order : compare_points(x->corner, y->corner);
    order = order ? order : (x->part.count > y->part.count) - (x->part.count < y->part.count);
    return order ? order : (x->part.first > y->part.first) - (x->part.first < y->part.first);
}

/* ---- both ------------------------------------------------------------------------------------ */

void pm_shapefile_order(struct pm_feature *features, size_t feature_count, struct pm_range *parts,
                        size_t *owners, size_t part_count, const struct pm_grid *points,
                        struct pm_arena *scratch)
{
    struct ordered_feature *f = PM_NEW_N(scratch, struct ordered_feature, feature_count);
    struct ordered_part *p = PM_NEW_N(scratch, struct ordered_part, part_count);
    size_t *now = PM_NEW_N(scratch, size_t, feature_count);
    for (size_t i = 0; i < feature_count; i++)
        f[i] = (struct ordered_feature){
            features[i], pm_text_get(&features[i].name, "", NULL), {INT32_MAX, INT32_MAX}, i};
    for (size_t i = 0; i < part_count; i++) {
        p[i] = (struct ordered_part){parts[i], owners[i], corner_of(points, parts[i])};
        if (compare_points(p[i].corner, f[owners[i]].corner) < 0)
            f[owners[i]].corner = p[i].corner;
    }
    if (feature_count)
        qsort(f, feature_count, sizeof *f, compare_features);
    for (size_t i = 0; i < feature_count; i++) {
        features[i] = f[i].feature;
        now[f[i].was] = i;
    }
    for (size_t i = 0; i < part_count; i++)
        p[i].owner = now[p[i].owner];
    if (part_count)
        qsort(p, part_count, sizeof *p, compare_parts);
    for (size_t i = 0; i < part_count; i++) {
        parts[i] = p[i].part;
        owners[i] = p[i].owner;
    }
}
