#include "scene/scene.h"

#include <math.h>

#include "base/hash.h"
#include "base/banned.h"

#define PI 3.14159265358979323846

/* ---- building -------------------------------------------------------------------------------- */

static void add_point(struct pm_path *path, double x, double y)
{
    pm_vec_push(&path->points, (struct pm_pt){x, y});
}

void pm_path_move(struct pm_path *path, double x, double y)
{
    pm_vec_push(&path->ops, PM_MOVE);
    add_point(path, x, y);
}

void pm_path_line(struct pm_path *path, double x, double y)
{
    pm_vec_push(&path->ops, PM_LINE);
    add_point(path, x, y);
}

void pm_path_curve(struct pm_path *path, struct pm_pt c1, struct pm_pt c2, struct pm_pt to)
{
    pm_vec_push(&path->ops, PM_CURVE);
    add_point(path, c1.x, c1.y);
    add_point(path, c2.x, c2.y);
    add_point(path, to.x, to.y);
}

void pm_path_close(struct pm_path *path)
{
    pm_vec_push(&path->ops, PM_CLOSE);
}

void pm_path_add(struct pm_path *path, const struct pm_path *other)
{
    pm_vec_add(&path->ops, other->ops.v, other->ops.n);
    pm_vec_add(&path->points, other->points.v, other->points.n);
}

void pm_path_box(struct pm_path *path, struct pm_box b)
{
    const struct pm_pt corners[] = {{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}};
    pm_path_ring(path, corners, 4);
}

/* Control points at this share of the radius make a cubic follow a quarter circle to 0.03 %. */
#define ARC 0.5522847498307936

/* A quarter circle from the current point, `from`, to `to`, around their common corner `corner`. */
static void quarter(struct pm_path *path, struct pm_pt from, struct pm_pt corner, struct pm_pt to)
{
    struct pm_pt c1 = {from.x + (corner.x - from.x) * ARC, from.y + (corner.y - from.y) * ARC};
    struct pm_pt c2 = {to.x + (corner.x - to.x) * ARC, to.y + (corner.y - to.y) * ARC};
    pm_path_curve(path, c1, c2, to);
}

void pm_path_round_box(struct pm_path *path, struct pm_box b, double r)
{
    r = fmin(r, fmin(pm_box_w(b), pm_box_h(b)) / 2);
    pm_path_move(path, b.x0 + r, b.y0);
    pm_path_line(path, b.x1 - r, b.y0);
    quarter(path, (struct pm_pt){b.x1 - r, b.y0}, (struct pm_pt){b.x1, b.y0},
            (struct pm_pt){b.x1, b.y0 + r});
    pm_path_line(path, b.x1, b.y1 - r);
    quarter(path, (struct pm_pt){b.x1, b.y1 - r}, (struct pm_pt){b.x1, b.y1},
            (struct pm_pt){b.x1 - r, b.y1});
    pm_path_line(path, b.x0 + r, b.y1);
    quarter(path, (struct pm_pt){b.x0 + r, b.y1}, (struct pm_pt){b.x0, b.y1},
            (struct pm_pt){b.x0, b.y1 - r});
    pm_path_line(path, b.x0, b.y0 + r);
    quarter(path, (struct pm_pt){b.x0, b.y0 + r}, (struct pm_pt){b.x0, b.y0},
            (struct pm_pt){b.x0 + r, b.y0});
    pm_path_close(path);
}

void pm_path_circle(struct pm_path *path, struct pm_pt c, double r)
{
    const struct pm_pt stops[] = {{c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}, {c.x, c.y - r}};
    const struct pm_pt corners[] = {
        {c.x + r, c.y + r}, {c.x - r, c.y + r}, {c.x - r, c.y - r}, {c.x + r, c.y - r}};
    pm_path_move(path, stops[0].x, stops[0].y);
    for (int i = 0; i < 4; i++)
        quarter(path, stops[i], corners[i], stops[(i + 1) % 4]);
    pm_path_close(path);
}

/* As many curves as there are quarters begun. Control points as far along the tangents as makes the
 * middle of each curve lie on the circle. */
void pm_path_arc(struct pm_path *path, struct pm_pt c, double r, double from, double to)
{
    int steps = (int)fmax(1, ceil(fabs(to - from) / (0.5 * PI) - 1e-9));
    double step = (to - from) / steps, reach = 4.0 / 3 * tan(step / 4) * r;
    for (int i = 0; i < steps; i++) {
        double a = from + i * step, b = a + step;
        struct pm_pt p = {c.x + r * sin(a), c.y - r * cos(a)};
        struct pm_pt q = {c.x + r * sin(b), c.y - r * cos(b)};
        pm_path_curve(path, (struct pm_pt){p.x + reach * cos(a), p.y + reach * sin(a)},
                      (struct pm_pt){q.x - reach * cos(b), q.y - reach * sin(b)}, q);
    }
}

void pm_path_go_on(struct pm_path *path, const struct pm_pt *points, size_t count)
{
    if (count == 0)
        return;
    pm_vec_reserve(&path->ops, path->ops.n + count);
    memset(path->ops.v + path->ops.n, PM_LINE, count);
    path->ops.n += count;
    pm_vec_add(&path->points, points, count);
}

void pm_path_polyline(struct pm_path *path, const struct pm_pt *points, size_t count)
{
    size_t first = path->ops.n;
    pm_path_go_on(path, points, count);
    if (count)
        path->ops.v[first] = PM_MOVE;
}

void pm_path_ring(struct pm_path *path, const struct pm_pt *points, size_t count)
{
    pm_path_polyline(path, points, count);
    if (count)
        pm_path_close(path);
}

uint64_t pm_path_hash(const struct pm_path *path)
{
    if (path->hash)
        return path->hash;
    uint64_t hash = pm_hash_bytes(path->ops.v, path->ops.n, 0);
    for (size_t i = 0; i < path->points.n; i++) {
        uint64_t x, y;
        memcpy(&x, &path->points.v[i].x, sizeof x);
        memcpy(&y, &path->points.v[i].y, sizeof y);
        hash = pm_hash_add(pm_hash_add(hash, x), y);
    }
    return pm_hash_u64(hash);
}

void pm_path_finish(struct pm_path *path)
{
    pm_vec_finish(&path->ops);
    pm_vec_finish(&path->points);
}

/* ---- as text --------------------------------------------------------------------------------- */

/* Path data as short as they get: numbers in hundredths are subtracted exactly, so relative
 * commands never drift; a command only where it changes, a separator only where two numbers would
 * run together. */
struct pen {
    struct pm_str *out;
    int64_t x, y;   /* current point, hundredths */
    int64_t sx, sy; /* start of the subpath */
    char command;
    bool digits; /* a number came last … */
    bool point;  /* … with a decimal point, so that ".5" may follow directly */
};

static void pen_command(struct pen *pen, char command)
{
    if (pen->command == command)
        return;
    pm_str_addc(pen->out, command);
    pen->command = command;
    pen->digits = false;
}

static void pen_number(struct pen *pen, int64_t value)
{
    char text[32], *end = text + sizeof text, *p = end;
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t whole = size / 100, rest = size % 100;
    if (rest % 10)
        *--p = (char)('0' + rest % 10);
    if (rest) {
        *--p = (char)('0' + rest / 10);
        *--p = '.';
    }
    for (; whole; whole /= 10)
        *--p = (char)('0' + whole % 10);
    if (p == end)
        *--p = '0';
    if (value < 0)
        *--p = '-';
    if (pen->digits && *p != '-' && !(*p == '.' && pen->point))
        pm_str_addc(pen->out, ' ');
    pm_str_addn(pen->out, p, (size_t)(end - p));
    pen->digits = true;
    pen->point = rest != 0;
}

/* The pairs that follow a moveto's are lines. */
static void pen_move(struct pen *pen, struct pm_pt p)
{
    pen->sx = pm_hundredths(p.x);
    pen->sy = pm_hundredths(p.y);
    pen_command(pen, 'm');
    pen_number(pen, pen->sx - pen->x);
    pen_number(pen, pen->sy - pen->y);
    pen->command = 'l';
    pen->x = pen->sx;
    pen->y = pen->sy;
}

static void pen_line(struct pen *pen, struct pm_pt p)
{
    int64_t dx = pm_hundredths(p.x) - pen->x, dy = pm_hundredths(p.y) - pen->y;
    pen_command(pen, dy == 0 && dx != 0 ? 'h' : dx == 0 ? 'v' : 'l');
    if (pen->command != 'v')
        pen_number(pen, dx);
    if (pen->command != 'h')
        pen_number(pen, dy);
    pen->x += dx;
    pen->y += dy;
}

/* Is the cubic from the current point a quadratic with its degree raised, as those of TrueType fonts are?
 * Then its control point. */
static bool is_quadratic(const struct pen *pen, const struct pm_pt *p, struct pm_pt *control)
{
    struct pm_pt a = {(3 * p[0].x - (double)pen->x / 100) / 2,
                      (3 * p[0].y - (double)pen->y / 100) / 2};
    struct pm_pt b = {(3 * p[1].x - p[2].x) / 2, (3 * p[1].y - p[2].y) / 2};
    *control = a;
    return fabs(a.x - b.x) < 0.005 && fabs(a.y - b.y) < 0.005;
}

static void pen_curve(struct pen *pen, const struct pm_pt *p)
{
    struct pm_pt control;
    bool quadratic = is_quadratic(pen, p, &control);
    const struct pm_pt points[] = {quadratic ? control : p[0], quadratic ? p[2] : p[1], p[2]};
    pen_command(pen, quadratic ? 'q' : 'c');
    for (int i = 0; i < (quadratic ? 2 : 3); i++) {
        pen_number(pen, pm_hundredths(points[i].x) - pen->x);
        pen_number(pen, pm_hundredths(points[i].y) - pen->y);
    }
    pen->x = pm_hundredths(p[2].x);
    pen->y = pm_hundredths(p[2].y);
}

void pm_path_data(const struct pm_path *path, struct pm_str *out)
{
    struct pen pen = {.out = out};
    const struct pm_pt *p = path->points.v;
    for (size_t i = 0; i < path->ops.n; i++)
        switch ((enum pm_path_op)path->ops.v[i]) {
        case PM_MOVE:
            pen_move(&pen, *p++);
            break;
        case PM_LINE:
            pen_line(&pen, *p++);
            break;
        case PM_CURVE:
            pen_curve(&pen, p);
            p += 3;
            break;
        case PM_CLOSE:
            pen_command(&pen, 'z');
            pen.x = pen.sx;
            pen.y = pen.sy;
            break;
        }
}
