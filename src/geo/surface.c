#include "geo/surface.h"

#include <math.h>

#include "geo/ellipsoid.h"
#include "base/banned.h"

static const struct pm_grid *ring_of(const struct pm_layer *layer, const struct pm_feature *feature,
                                     size_t ring, size_t *count)
{
    struct pm_range part = layer->parts[feature->parts.first + ring];
    *count = part.count;
    return layer->points + part.first;
}

/* m²: the integral of q over the longitude, times a² / 2. */
static double ring_area(const struct pm_grid *ring, size_t count)
{
    double sum = 0, before = 0;
    for (size_t i = 0; i <= count && count; i++) {
        struct pm_grid p = ring[i % count], last = ring[(i + count - 1) % count];
        double q = pm_authalic_q(sin(pm_grid_lat(p) * PM_RAD));
        if (i)
            sum += (pm_grid_lon(p) - pm_grid_lon(last)) * PM_RAD * (q + before) / 2;
        before = q;
    }
    return fabs(sum) * PM_WGS84_A * PM_WGS84_A / 2;
}

/* Is the middle of the first edge in the ring? Rings that touch do so in points. */
static bool begins_in(const struct pm_grid *inner, size_t inner_count, const struct pm_grid *ring,
                      size_t count)
{
    bool inside = false;
    double x = ((double)inner[0].x + inner[1 % inner_count].x) / 2;
    double y = ((double)inner[0].y + inner[1 % inner_count].y) / 2;
    for (size_t i = 0, j = count - 1; i < count; j = i++) {
        struct pm_grid a = ring[i], b = ring[j];
        if ((a.y > y) == (b.y > y))
            continue;
        if (x < a.x + ((double)b.x - a.x) * (y - a.y) / ((double)b.y - a.y))
            inside = !inside;
    }
    return inside;
}

double pm_surface_area(const struct pm_layer *layer, const struct pm_feature *feature)
{
    double area = 0;
    for (size_t i = 0; i < feature->parts.count; i++) {
        size_t count = 0, other_count = 0;
        const struct pm_grid *ring = ring_of(layer, feature, i, &count);
        bool hole = false;
        for (size_t k = 0; count && k < feature->parts.count; k++) {
            const struct pm_grid *other = ring_of(layer, feature, k, &other_count);
            if (k != i && other_count)
                hole ^= begins_in(ring, count, other, other_count);
        }
        area += (hole ? -1 : 1) * ring_area(ring, count);
    }
    return fmax(area, 0);
}
