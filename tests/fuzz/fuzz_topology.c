/* Topology: any rings on a small grid come back whole, also thinned and mended, and simplification makes
 * none cross itself. A byte below 0xC0 is a point (three bits of x,
 * three of y); 0xC0 begins a ring, 0xE0 a feature, 0xF0 the next layer: areas, context, marks. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../unit/segments.h"
#include "../unit/topology_check.h"
#include "geo/mend.h"
#include "geo/shape.h"
#include "geo/thin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NEW_RING = 0xC0, NEW_FEATURE = 0xE0, NEW_LAYER = 0xF0, LAYERS = 3, STEP = 100000 };

static void add_byte(struct pm_layer *layer, uint8_t byte)
{
    if (byte >= NEW_FEATURE || layer->feature_count == 0)
        layer->features[layer->feature_count++].parts.first = layer->part_count;
    struct pm_feature *feature = &layer->features[layer->feature_count - 1];
    if (byte >= NEW_RING || feature->parts.count == 0) {
        layer->parts[layer->part_count++].first = layer->point_count;
        feature->parts.count++;
    }
    if (byte >= NEW_RING)
        return;
    layer->points[layer->point_count++] =
        (struct pm_grid){(byte & 7) * STEP, (byte >> 3 & 7) * STEP};
    layer->parts[layer->part_count - 1].count++;
}

static void read_layers(const uint8_t *data, size_t size, struct pm_arena *arena,
                        struct pm_layer layers[LAYERS])
{
    size_t layer = 0;
    for (size_t i = 0; i < LAYERS; i++)
        layers[i] = (struct pm_layer){.features = PM_NEW_N(arena, struct pm_feature, size),
                                      .parts = PM_NEW_N(arena, struct pm_range, size),
                                      .points = PM_NEW_N(arena, struct pm_grid, size)};
    for (size_t i = 0; i < size; i++) {
        if (data[i] < NEW_LAYER)
            add_byte(&layers[layer], data[i]);
        else if (layer + 1 < LAYERS)
            layer++;
    }
}

static void check_simple(const struct pm_topology *t, const struct pm_frame *frame,
                         const struct pm_page_arcs *after, struct pm_arena *arena)
{
    struct pm_page_arcs before;
    pm_page_arcs_make(t, frame, 0, arena, &before);
    for (size_t i = 0; i < t->ring_count; i++)
        if (segments_simple(t, &before, i) && !segments_simple(t, after, i))
            abort();
}

/* Faces on the page are finite, and their boxes hold them. */
static void check_page(const struct pm_topology *t, struct pm_arena *arena)
{
    struct pm_projection projection = pm_projection_make(PM_PROJECTION_CYLINDRICAL, 0, 0, 0, 0);
    struct pm_metre corners[] = {pm_project(&projection, 0, 0),
                                 pm_project(&projection, 0.08, 0.08)};
    struct pm_frame frame = pm_frame_fit(&projection, corners, 2, pm_box_of(0, 0, 80, 80), 4);
    struct pm_page_arcs arcs;
    pm_page_arcs_make(t, &frame, 8, arena, &arcs);
    check_simple(t, &frame, &arcs, arena);
    for (size_t f = 0; f < t->face_count; f++) {
        struct pm_page_rings rings;
        double distance = 0;
        pm_page_face(t, &arcs, (uint32_t)f, 1, arena, &rings);
        if ((rings.ring_count == 0) != (t->faces[f].count == 0) || !isfinite(rings.area))
            abort();
        for (size_t r = 0; r < rings.ring_count; r++)
            for (size_t i = 0; i < rings.rings[r].count; i++) {
                struct pm_pt p = rings.points[rings.rings[r].first + i];
                if (!pm_box_inside((struct pm_box){p.x, p.y, p.x, p.y}, rings.box))
                    abort();
            }
        struct pm_pt pole = pm_rings_pole(&rings, 2, 1, &distance);
        if (!isfinite(pole.x) || !isfinite(pole.y))
            abort();
    }
}

static void check_mended(struct pm_layer layers[LAYERS], struct pm_arena *arena)
{
    struct pm_topology t;
    pm_topology_build(&layers[0], &layers[1], &layers[2], arena, &t);
    pm_mend(&t, STEP / 2, arena, &layers[0], &layers[1], &layers[2]);
    pm_topology_build(&layers[0], &layers[1], &layers[2], arena, &t);
    if (check_topology(&t, &layers[0], &layers[1]))
        abort();
    check_page(&t, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_arena arena = {0};
    struct pm_layer layers[LAYERS];
    struct pm_topology t;
    read_layers(data, size < 4096 ? size : 4096, &arena, layers);
    pm_topology_build(&layers[0], &layers[1], &layers[2], &arena, &t);
    if (check_topology(&t, &layers[0], &layers[1]))
        abort();
    check_page(&t, &arena);
    check_mended(layers, &arena);
    layers[0] = pm_thin_rings(&layers[0], 1 << 18, &arena);
    layers[1] = pm_thin_rings(&layers[1], 1 << 18, &arena);
    check_mended(layers, &arena);
    pm_arena_finish(&arena);
    return 0;
}
