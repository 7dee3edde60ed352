#include "layout/footprint.h"

#include <math.h>

#include "geo/shape.h"
#include "base/banned.h"

#define DEGREE (3.14159265358979323846 / 180)

struct pm_footprint pm_footprint_slanted(struct pm_pt middle, double w, double h, double angle,
                                         struct pm_box *parts)
{
    double count = fmax(1, fmin(PM_FOOTPRINT_PARTS, ceil(w / h)));
    double c = cos(angle * DEGREE), s = sin(angle * DEGREE), length = w / count;
    double half_x = (length * fabs(c) + h * fabs(s)) / 2;
    double half_y = (length * fabs(s) + h * fabs(c)) / 2;
    struct pm_footprint f = {.parts = parts, .part_count = (size_t)count};
    for (size_t i = 0; i < f.part_count; i++) {
        double along = ((double)i + 0.5) * length - w / 2;
        struct pm_pt p = {middle.x + along * c, middle.y + along * s};
        parts[i] = (struct pm_box){p.x - half_x, p.y - half_y, p.x + half_x, p.y + half_y};
        f.box = pm_box_union(f.box, parts[i]);
    }
    return f;
}

static struct pm_box moved(struct pm_box box, struct pm_pt by)
{
    return (struct pm_box){box.x0 + by.x, box.y0 + by.y, box.x1 + by.x, box.y1 + by.y};
}

struct pm_footprint pm_footprint_moved(const struct pm_footprint *f, struct pm_pt by,
                                       struct pm_box *parts)
{
    struct pm_footprint own = {.box = moved(f->box, by), .part_count = f->part_count};
    for (size_t i = 0; i < f->part_count; i++)
        parts[i] = moved(f->parts[i], by);
    own.parts = f->parts ? parts : NULL;
    return own;
}

bool pm_footprint_meets_box(const struct pm_footprint *f, struct pm_box box)
{
    if (!pm_box_meets(f->box, box))
        return false;
    for (size_t i = 0; i < f->part_count; i++)
        if (pm_box_meets(f->parts[i], box))
            return true;
    return !f->parts;
}

bool pm_footprints_meet(const struct pm_footprint *a, const struct pm_footprint *b)
{
    if (!pm_box_meets(a->box, b->box))
        return false;
    for (size_t i = 0; i < a->part_count; i++)
        if (pm_footprint_meets_box(b, a->parts[i]))
            return true;
    return !a->parts && pm_footprint_meets_box(b, a->box);
}

bool pm_footprint_meets_segment(const struct pm_footprint *f, struct pm_pt a, struct pm_pt b)
{
    if (!f->parts)
        return pm_segment_meets(a, b, f->box);
    for (size_t i = 0; i < f->part_count; i++)
        if (pm_segment_meets(a, b, f->parts[i]))
            return true;
    return false;
}

/* The box's axes part most pairs, the normal of the segment the others (the separating axis theorem). */
bool pm_segment_meets(struct pm_pt a, struct pm_pt b, struct pm_box box)
{
    double dx = b.x - a.x, dy = b.y - a.y;
    double half_w = (box.x1 - box.x0) / 2, half_h = (box.y1 - box.y0) / 2;
    double x = box.x0 + half_w - a.x, y = box.y0 + half_h - a.y;
    if (fabs(2 * x - dx) >= fabs(dx) + 2 * half_w || fabs(2 * y - dy) >= fabs(dy) + 2 * half_h)
        return false;
    return fabs(dx * y - dy * x) <= fabs(dx) * half_h + fabs(dy) * half_w;
}

static double turn(struct pm_pt a, struct pm_pt b, struct pm_pt c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool pm_segments_cross(struct pm_pt a, struct pm_pt b, struct pm_pt c, struct pm_pt d)
{
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}
