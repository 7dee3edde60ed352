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
