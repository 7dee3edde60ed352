/* usage: pole FOLDER: the pole of the polygons that polylabel is tested with, at the precisions of its tests.
 * Its distance from the border differs from that of polylabel's pole by less than the precision. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "geo/shape.h"

/* Distances of the poles that its tests name from the border of the polygon. */
static const struct {
    const char *file;
    double precision, x, y;
} fixtures[] = {{"water1.json", 1, 3865.85009765625, 2124.87841796875},
                {"water1.json", 50, 3854.296875, 2123.828125},
                {"water2.json", 1, 3263.5, 3263.5}};
#define WATER1 288.849 /* published for water1 at precision 1 */

static struct pm_page_rings read_rings(const char *path, struct pm_arena *arena)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (!root) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        exit(1);
    }
    struct pm_page_rings rings = {.ring_count = json_array_size(root)};
    rings.rings = PM_NEW_N(arena, struct pm_range, rings.ring_count);
    size_t count = 0, i, k;
    json_t *ring, *point;
    json_array_foreach(root, i, ring)
    {
        rings.rings[i] = (struct pm_range){count, json_array_size(ring)};
        count += json_array_size(ring);
    }
    rings.points = PM_NEW_N(arena, struct pm_pt, count);
    json_array_foreach(root, i, ring)
    {
        json_array_foreach(ring, k, point)
        {
            struct pm_pt p = {json_number_value(json_array_get(point, 0)),
                              json_number_value(json_array_get(point, 1))};
            rings.points[rings.rings[i].first + k] = p;
            pm_box_add(&rings.box, p, i + k == 0);
        }
    }
    json_decref(root);
    return rings;
}

int main(int argc, char **argv)
{
    int faults = argc != 2;
    struct pm_arena arena = {0};
    for (size_t i = 0; argc == 2 && i < sizeof fixtures / sizeof *fixtures; i++) {
        char path[4096];
        double precision = fixtures[i].precision, distance = 0;
        snprintf(path, sizeof path, "%s/%s", argv[1], fixtures[i].file);
        struct pm_page_rings rings = read_rings(path, &arena);
        struct pm_pt pole = pm_rings_pole(&rings, 1, precision, &distance);
        double theirs = pm_rings_distance(&rings, (struct pm_pt){fixtures[i].x, fixtures[i].y});
        printf("%s to %g: %.3f at (%.2f, %.2f), polylabel %.3f\n", fixtures[i].file, precision,
               distance, pole.x, pole.y, theirs);
        faults += !(fabs(distance - theirs) <= precision) || !pm_rings_hold(&rings, pole);
        faults += i == 0 && !(fabs(theirs - WATER1) < 0.001);
    }
    pm_arena_finish(&arena);
    return faults ? 1 : 0;
}
