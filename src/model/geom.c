#include "model/geom.h"

#include <math.h>

#include "base/banned.h"

double pm_grid_lon(struct pm_grid p)
{
    return p.x / PM_GRID_PER_DEGREE;
}

double pm_grid_lat(struct pm_grid p)
{
    return p.y / PM_GRID_PER_DEGREE;
}

struct pm_box pm_box_of(double x, double y, double w, double h)
{
    return (struct pm_box){x, y, x + w, y + h};
}

double pm_box_w(struct pm_box b)
{
    return b.x1 - b.x0;
}

double pm_box_h(struct pm_box b)
{
    return b.y1 - b.y0;
}

bool pm_box_empty(struct pm_box b)
{
    return b.x1 <= b.x0 || b.y1 <= b.y0;
}

bool pm_box_inside(struct pm_box inner, struct pm_box outer)
{
    return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 &&
           inner.y1 <= outer.y1;
}

struct pm_box pm_box_grown(struct pm_box b, double by)
{
    return (struct pm_box){b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by};
}

struct pm_box pm_box_union(struct pm_box a, struct pm_box b)
{
    if (pm_box_empty(a))
        return b;
    if (pm_box_empty(b))
        return a;
    return (struct pm_box){fmin(a.x0, b.x0), fmin(a.y0, b.y0), fmax(a.x1, b.x1), fmax(a.y1, b.y1)};
}

struct pm_box pm_box_cut(struct pm_box a, struct pm_box b)
{
    return (struct pm_box){fmax(a.x0, b.x0), fmax(a.y0, b.y0), fmin(a.x1, b.x1), fmin(a.y1, b.y1)};
}

double pm_ring_area(const struct pm_pt *ring, size_t count)
{
    double twice = 0;
    for (size_t i = 0, j = count - 1; i < count; j = i++)
        twice += ring[j].x * ring[i].y - ring[i].x * ring[j].y;
    return twice / 2;
}
