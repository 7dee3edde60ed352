#include <math.h>

#include "base/vec.h"
#include "geo/shape.h"
#include "base/banned.h"

/* ---- lines: Liang, Barsky, "A new concept and method for line clipping" (1984) ---------------- */

bool pm_clip_segment(struct pm_pt a, struct pm_pt b, struct pm_box box, double *t0, double *t1)
{
    const double p[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
    const double q[] = {a.x - box.x0, box.x1 - a.x, a.y - box.y0, box.y1 - a.y};
    *t0 = 0;
    *t1 = 1;
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && q[i] < 0)
            return false;
        if (p[i] < 0)
            *t0 = fmax(*t0, q[i] / p[i]);
        if (p[i] > 0)
            *t1 = fmin(*t1, q[i] / p[i]);
    }
    return *t0 <= *t1;
}

static struct pm_pt between(struct pm_pt a, struct pm_pt b, double t)
{
    return t == 0 ? a : t == 1 ? b : (struct pm_pt){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

void pm_clip_line(const struct pm_pt *points, size_t count, struct pm_box box,
                  void (*emit)(void *user, const struct pm_pt *points, size_t count), void *user)
{
    PM_VEC(struct pm_pt) piece = {0};
    for (size_t i = 0; i + 1 < count; i++) {
        double t0 = 0, t1 = 1;
        bool seen = pm_clip_segment(points[i], points[i + 1], box, &t0, &t1) && t0 < t1;
        if (seen && piece.n == 0)
            pm_vec_push(&piece, between(points[i], points[i + 1], t0));
        if (seen)
            pm_vec_push(&piece, between(points[i], points[i + 1], t1));
        if ((!seen || t1 < 1 || i + 2 == count) && piece.n) {
            emit(user, piece.v, piece.n);
            piece.n = 0;
        }
    }
    pm_vec_finish(&piece);
}

/* ---- rings: Sutherland, Hodgman, "Reentrant polygon clipping" (1974) ----------------------------- */

struct points {
    struct pm_pt *v;
    size_t n, cap;
};

/* How far p is inside one side of the box: left, right, top, bottom. */
static double depth(struct pm_pt p, struct pm_box box, int side)
{
    const double d[] = {p.x - box.x0, box.x1 - p.x, p.y - box.y0, box.y1 - p.y};
    return d[side];
}

static void clip_side(const struct points *in, struct pm_box box, int side, struct points *out)
{
    out->n = 0;
    for (size_t i = 0; i < in->n; i++) {
        struct pm_pt a = in->v[i ? i - 1 : in->n - 1], b = in->v[i];
        double da = depth(a, box, side), db = depth(b, box, side);
        if ((da < 0) != (db < 0))
            pm_vec_push(out, between(a, b, da / (da - db)));
        if (db >= 0)
            pm_vec_push(out, b);
    }
}

struct pm_pt *pm_clip_ring(const struct pm_pt *ring, size_t count, struct pm_box box,
                           struct pm_arena *arena, size_t *out_count)
{
    struct points a = {0}, b = {0};
    for (size_t i = 0; i < count; i++)
        pm_vec_push(&a, ring[i]);
    for (int side = 0; side < 4; side++) {
        clip_side(&a, box, side, &b);
        struct points swap = a;
        a = b;
        b = swap;
    }
    struct pm_pt *result = NULL;
    *out_count = a.n;
    pm_vec_into(&a, arena, &result);
    pm_vec_finish(&b);
    return result;
}
