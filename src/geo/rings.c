/* Questions to a polygon on the page. All treat rings even-odd, so that holes need no mark. */
#include <math.h>

#include "geo/shape.h"
#include "base/banned.h"

bool pm_rings_hold(const struct pm_page_rings *rings, struct pm_pt p)
{
    bool inside = false;
    if (p.x < rings->box.x0 || p.x > rings->box.x1 || p.y < rings->box.y0 || p.y > rings->box.y1)
        return false;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
                p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) +
                          ring[i].x)
                inside = !inside;
    }
    return inside;
}

static double clamp(double x, double most)
{
    return x < 0 ? 0 : x > most ? most : x;
}

/* The integral of clamp() from 0 to x. */
static double ramp(double x, double most)
{
    double c = clamp(x, most);
    return c * c / 2 + (x > most ? most * (x - most) : 0);
}

/* What lies between the box's left side and a segment, within the box: px², negative for one that runs up. */
static double left_of(struct pm_box box, struct pm_pt a, struct pm_pt b)
{
    double from = fmax(box.y0, fmin(box.y1, a.y)), to = fmax(box.y0, fmin(box.y1, b.y));
    if (from == to)
        return 0;
    double slope = (b.x - a.x) / (b.y - a.y), width = box.x1 - box.x0;
    double x0 = a.x + (from - a.y) * slope - box.x0, x1 = a.x + (to - a.y) * slope - box.x0;
    double mean = fabs(x1 - x0) < 1e-6 ? clamp((x0 + x1) / 2, width)
                                       : (ramp(x1, width) - ramp(x0, width)) / (x1 - x0);
    return (to - from) * mean;
}

double pm_rings_cover(const struct pm_page_rings *rings, struct pm_box box)
{
    double area = 0;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            area += left_of(box, ring[j], ring[i]);
    }
    return fabs(area) / (pm_box_w(box) * pm_box_h(box));
}

static double segment_distance2(struct pm_pt p, struct pm_pt a, struct pm_pt b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = a.x + t * dx - p.x, ey = a.y + t * dy - p.y;
    return ex * ex + ey * ey;
}

double pm_rings_distance(const struct pm_page_rings *rings, struct pm_pt p)
{
    double least = HUGE_VAL;
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++) {
            double d = segment_distance2(p, ring[j], ring[i]);
            least = d < least ? d : least;
        }
    }
    return pm_rings_hold(rings, p) ? sqrt(least) : -sqrt(least);
}

/* Second moments of a polygon about its centroid, by Green's theorem; holes count against it, as their
 * rings turn the other way. */
struct moments {
    double area, x, y, xx, yy, xy;
};

static void add_moments(struct moments *m, struct pm_pt a, struct pm_pt b)
{
    double turn = a.x * b.y - b.x * a.y;
    m->area += turn / 2;
    m->x += turn * (a.x + b.x) / 6;
    m->y += turn * (a.y + b.y) / 6;
    m->xx += turn * (a.x * a.x + a.x * b.x + b.x * b.x) / 12;
    m->yy += turn * (a.y * a.y + a.y * b.y + b.y * b.y) / 12;
    m->xy += turn * (a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y) / 24;
}

double pm_rings_axis(const struct pm_page_rings *rings, double *elongation)
{
    struct moments m = {0};
    struct pm_pt origin = {rings->box.x0, rings->box.y0};
    for (size_t r = 0; r < rings->ring_count; r++) {
        const struct pm_pt *ring = rings->points + rings->rings[r].first;
        size_t count = rings->rings[r].count;
        for (size_t i = 0, j = count - 1; i < count; j = i++)
            add_moments(&m, (struct pm_pt){ring[j].x - origin.x, ring[j].y - origin.y},
                        (struct pm_pt){ring[i].x - origin.x, ring[i].y - origin.y});
    }
    *elongation = 1;
    if (m.area == 0)
        return 0;
    double cx = m.x / m.area, cy = m.y / m.area;
    double xx = m.xx / m.area - cx * cx, yy = m.yy / m.area - cy * cy;
    double xy = m.xy / m.area - cx * cy;
    double middle = (xx + yy) / 2, off = hypot((xx - yy) / 2, xy);
    if (middle - off > 0)
        *elongation = sqrt((middle + off) / (middle - off));
    return atan2(2 * xy, xx - yy) / 2 * 180 / 3.14159265358979323846;
}
