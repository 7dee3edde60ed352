#include "geo/frame.h"

#include <math.h>

#include "base/banned.h"

static void extent(const struct pm_metre *points, size_t count, struct pm_metre *low,
                   struct pm_metre *high)
{
    *low = *high = points[0];
    for (size_t i = 1; i < count; i++) {
        *low = (struct pm_metre){fmin(low->x, points[i].x), fmin(low->y, points[i].y)};
        *high = (struct pm_metre){fmax(high->x, points[i].x), fmax(high->y, points[i].y)};
    }
}

struct pm_frame pm_frame_fit(const struct pm_projection *projection, const struct pm_metre *points,
                             size_t count, struct pm_box box, double padding)
{
    struct pm_frame frame = {.projection = *projection, .box = box, .scale = 1};
    struct pm_metre low = {0}, high = {0};
    if (count)
        extent(points, count, &low, &high);
    double w = fmax(high.x - low.x, 1), h = fmax(high.y - low.y, 1);
    frame.scale = fmin((pm_box_w(box) - 2 * padding) / w, (pm_box_h(box) - 2 * padding) / h);
    frame.centre = (struct pm_metre){(low.x + high.x) / 2, (low.y + high.y) / 2};
    return frame;
}

struct pm_pt pm_frame_page(const struct pm_frame *f, struct pm_metre m)
{
    return (struct pm_pt){(f->box.x0 + f->box.x1) / 2 + (m.x - f->centre.x) * f->scale,
                          (f->box.y0 + f->box.y1) / 2 - (m.y - f->centre.y) * f->scale};
}

struct pm_metre pm_frame_metre(const struct pm_frame *f, struct pm_pt p)
{
    return (struct pm_metre){f->centre.x + (p.x - (f->box.x0 + f->box.x1) / 2) / f->scale,
                             f->centre.y - (p.y - (f->box.y0 + f->box.y1) / 2) / f->scale};
}

struct pm_pt pm_frame_lonlat(const struct pm_frame *f, double lon, double lat)
{
    return pm_frame_page(f, pm_project(&f->projection, lon, lat));
}

struct pm_pt pm_frame_grid(const struct pm_frame *f, struct pm_grid g)
{
    return pm_frame_lonlat(f, pm_grid_lon(g), pm_grid_lat(g));
}
