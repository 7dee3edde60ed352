/* Geometry: from the atlas's grid to the page. The projection fits the region (all areas, or those
 * in focus), the frame fits the region into the map's box, and everything is cut to the box with a
 * margin, so that a map of one province carries no kilobyte of China. */
#include <math.h>

#include "geo/mend.h"
#include "geo/meridian.h"
#include "geo/overlaps.h"
#include "geo/thin.h"
#include "layout/draft.h"
#include "base/banned.h"

#define CLIP_MARGIN 24.0 /* px beyond the frame: wider than any line or glow */
#define SPECK 0.05       /* px²: rings below are not drawn, unless they are all there is */
#define ALL_AROUND 300.0 /* degrees: such a region is shown with the edge of the earth */
#define EDGE_STEPS 180
#define MEND 3       /* grid units: junctions this near to a border are meant to be on it */
#define LEAST_GAIN 4 /* thinning pays when it takes one point in so many */

static struct pm_box clip_box(const struct pm_draft *draft)
{
    return pm_box_grown(draft->page.map, fmax(pm_px(draft, CLIP_MARGIN), 8));
}

/* ---- region and frame ---------------------------------------------------------------------- */

typedef void visit(void *user, const struct pm_grid *points, size_t count);

/* Calls `visitor` for each part of the areas that fill the frame. */
static void each_region_part(const struct pm_draft *draft, visit *visitor, void *user)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_AREAS];
    for (size_t i = 0; i < draft->area_count; i++) {
        struct pm_range parts = layer->features[i].parts;
        for (size_t k = parts.first; !draft->areas[i].state.muted && k < parts.first + parts.count;
             k++)
            visitor(user, layer->points + layer->parts[k].first, layer->parts[k].count);
    }
}

struct extent {
    PM_VEC(struct pm_span) parts;
    double south, north;
    size_t points;
};

static void add_extent(void *user, const struct pm_grid *points, size_t count)
{
    struct extent *e = user;
    struct pm_box box = {0}; /* x longitude, y latitude */
    for (size_t i = 0; i < count; i++)
        pm_box_add(&box, (struct pm_pt){pm_grid_lon(points[i]), pm_grid_lat(points[i])}, i == 0);
    e->south = e->parts.n ? fmin(e->south, box.y0) : box.y0;
    e->north = e->parts.n ? fmax(e->north, box.y1) : box.y1;
    e->points += count;
    pm_vec_push(&e->parts, (struct pm_span){box.x0, box.x1});
}

struct projected {
    const struct pm_projection *projection;
    struct pm_grid *turned; /* room for one part */
    struct pm_metre *points;
    size_t count, lost;
};

static void add_projected(void *user, const struct pm_grid *points, size_t count)
{
    struct projected *t = user;
    struct pm_metre *out = t->points + t->count;
    for (size_t i = 0; i < count; i++)
        t->turned[i] = pm_projection_turn(t->projection, points[i]);
    pm_project_turned(t->projection, t->turned, count, out);
    for (size_t i = 0; i < count; i++)
        if (isfinite(out[i].x) && isfinite(out[i].y))
            t->points[t->count++] = out[i];
        else
            t->lost++;
}

/* Of a region all around the earth, both ends of its parallels, whatever land there is. */
static void add_edges(struct projected *t, const struct pm_region *region)
{
    for (int i = 0; i <= EDGE_STEPS; i++) {
        double lat = region->south + (region->north - region->south) * i / EDGE_STEPS;
        for (int side = -1; side <= 1; side += 2) {
            struct pm_grid end = pm_grid_of(180 * side, lat);
            pm_project_turned(t->projection, &end, 1, &t->points[t->count++]);
        }
    }
}

static void make_frame(struct pm_draft *draft)
{
    struct extent e = {0};
    struct pm_arena scratch = {0};
    each_region_part(draft, add_extent, &e);
    struct pm_span span = pm_span_around(e.parts.v, e.parts.n);
    struct pm_region region = {span.west, e.south, span.east, e.north};
    struct pm_projection projection = pm_layout_project(draft, &region);
    size_t room = e.points + 2 * (EDGE_STEPS + 1);
    struct projected t = {&projection, PM_NEW_N(&scratch, struct pm_grid, e.points),
                          PM_NEW_N(&scratch, struct pm_metre, room), 0, 0};
    each_region_part(draft, add_projected, &t);
    pm_layout_check_projection(draft, &projection, &region, t.lost);
    if (projection.kind == PM_PROJECTION_EQUAL_EARTH && span.east - span.west > ALL_AROUND)
        add_edges(&t, &region);
    draft->frame = pm_frame_fit(&projection, t.points, t.count, draft->page.map,
                                pm_px(draft, draft->style->map.padding));
    pm_vec_finish(&e.parts);
    pm_arena_finish(&scratch);
}

/* The layers as the projection sees them. */
static void cut_layers(struct pm_draft *draft, const struct pm_window *window,
                       struct pm_arena *arena, struct pm_layer *layers)
{
    static const bool polygons[PM_LAYER_KINDS] = {
        [PM_LAYER_AREAS] = true, [PM_LAYER_CONTEXT] = true, [PM_LAYER_LAKES] = true};
    for (int i = 0; i < PM_LAYER_KINDS; i++)
        if (i != PM_LAYER_PLACES)
            pm_meridian_cut(&draft->atlas->layers[i], polygons[i], &draft->frame.projection, window,
                            arena, &layers[i]);
}

/* Data that are not denser than the page stay as they are. */
static bool pays(size_t gain, size_t points)
{
    return gain > points / LEAST_GAIN;
}

static size_t count_points(const struct pm_layer *layer)
{
    size_t count = 0;
    for (size_t i = 0; i < layer->part_count; i++)
        count += layer->parts[i].count;
    return count;
}

/* Thins layers together or not at all, as their borders are shared. */
static bool thin(struct pm_layer *layers, const enum pm_layer_kind *kinds, size_t count,
                 int32_t cell, struct pm_arena *arena)
{
    size_t gain = 0, points = 0;
    for (size_t i = 0; i < count; i++) {
        gain += pm_thin_gain(&layers[kinds[i]], cell);
        points += count_points(&layers[kinds[i]]);
    }
    if (!pays(gain, points))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct pm_layer *layer = &layers[kinds[i]];
        bool lines = kinds[i] == PM_LAYER_BOUNDARIES || kinds[i] == PM_LAYER_RIVERS ||
                     kinds[i] == PM_LAYER_ROADS;
        *layer = lines ? pm_thin_lines(layer, cell, arena) : pm_thin_rings(layer, cell, arena);
    }
    return true;
}

/* Only where units are known to be metres. */
static int32_t cell_of(const struct pm_frame *frame)
{
    return frame->projection.kind == PM_PROJECTION_OTHER ? 0 : pm_thin_cell(frame->scale);
}

/* All layers that are denser than the page. Returns whether borders were thinned. */
static bool thin_all(struct pm_layer layers[PM_LAYER_KINDS], int32_t cell, struct pm_arena *arena)
{
    static const enum pm_layer_kind borders[] = {PM_LAYER_AREAS, PM_LAYER_CONTEXT,
                                                 PM_LAYER_BOUNDARIES};
    static const enum pm_layer_kind others[] = {PM_LAYER_RIVERS, PM_LAYER_LAKES, PM_LAYER_ROADS};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        thin(layers, &others[i], 1, cell, arena);
    return thin(layers, borders, sizeof borders / sizeof *borders, cell, arena);
}

/* ---- polygons -------------------------------------------------------------------------------- */

static struct pm_page_rings cut_rings(const struct pm_draft *draft, struct pm_page_rings rings)
{
    struct pm_box clip = clip_box(draft);
    if (pm_box_inside(rings.box, clip))
        return rings;
    struct pm_page_rings cut = {.rings = PM_NEW_N(draft->arena, struct pm_range, rings.ring_count)};
    PM_VEC(struct pm_pt) points = {0};
    for (size_t i = 0; pm_box_meets(rings.box, clip) && i < rings.ring_count; i++) {
        size_t count = 0;
        const struct pm_pt *ring = rings.points + rings.rings[i].first;
        struct pm_pt *piece = pm_clip_ring(ring, rings.rings[i].count, clip, draft->arena, &count);
        if (count < 3)
            continue;
        cut.rings[cut.ring_count++] = (struct pm_range){points.n, count};
        cut.area += fabs(pm_ring_area(piece, count));
        for (size_t k = 0; k < count; k++) {
            pm_box_add(&cut.box, piece[k], points.n == 0);
            pm_vec_push(&points, piece[k]);
        }
    }
    cut.area = fmin(cut.area, rings.area); /* holes were added, not subtracted */
    pm_vec_into(&points, draft->arena, &cut.points);
    return cut;
}

static struct pm_page_rings face(const struct pm_draft *draft, size_t index)
{
    struct pm_page_rings rings = {0};
    double speck = SPECK * draft->page.scale * draft->page.scale;
    pm_page_face(&draft->topology, &draft->arcs, (uint32_t)index, speck, draft->arena, &rings);
    return cut_rings(draft, rings);
}

static struct pm_page_rings lake(const struct pm_draft *draft, const struct pm_page_arcs *lakes,
                                 struct pm_range parts)
{
    struct pm_page_rings rings = {.points = lakes->points,
                                  .rings = PM_NEW_N(draft->arena, struct pm_range, parts.count)};
    for (size_t i = parts.first; i < parts.first + parts.count; i++) {
        struct pm_range part = lakes->arcs[i];
        if (part.count < 4) /* the last is the first */
            continue;
        for (size_t k = part.first; k < part.first + part.count; k++)
            pm_box_add(&rings.box, lakes->points[k], rings.ring_count == 0 && k == part.first);
        rings.rings[rings.ring_count++] = (struct pm_range){part.first, part.count - 1};
    }
    return cut_rings(draft, rings);
}

static void make_lakes(struct pm_draft *draft, const struct pm_layer *layer)
{
    struct pm_page_arcs lakes;
    pm_page_parts_make(layer, true, &draft->frame, pm_px(draft, draft->style->map.simplify),
                       draft->arena, &lakes);
    draft->lakes = PM_NEW_N(draft->arena, struct pm_page_rings, layer->feature_count);
    for (size_t i = 0; i < layer->feature_count; i++)
        draft->lakes[i] = lake(draft, &lakes, layer->features[i].parts);
}

static void make_parents(struct pm_draft *draft)
{
    size_t faces = draft->topology.face_count, count = draft->parent_count;
    if (count == 0)
        return;
    uint32_t *groups = PM_NEW_N(draft->arena, uint32_t, faces);
    for (size_t i = 0; i < faces; i++)
        groups[i] = i < draft->area_count && draft->areas[i].parent != PM_NONE
                        ? (uint32_t)draft->areas[i].parent
                        : PM_NO_FACE;
    struct pm_page_rings *rings = PM_NEW_N(draft->arena, struct pm_page_rings, count);
    pm_page_dissolve(&draft->topology, &draft->arcs, groups, count, draft->arena, rings);
    for (size_t i = 0; i < count; i++)
        draft->parents[i].rings = cut_rings(draft, rings[i]);
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].parent != PM_NONE)
            draft->parents[draft->areas[i].parent].rings.area += draft->areas[i].rings.area;
}

static void make_polygons(struct pm_draft *draft, const struct pm_layer *layers)
{
    const struct pm_layer *context = &layers[PM_LAYER_CONTEXT];
    for (size_t i = 0; i < draft->area_count; i++)
        draft->areas[i].rings = face(draft, i);
    make_parents(draft);
    draft->neighbours = PM_NEW_N(draft->arena, struct pm_page_rings, context->feature_count);
    for (size_t i = 0; i < context->feature_count; i++)
        draft->neighbours[i] = face(draft, draft->topology.context_first + i);
}

/* ---- lines ------------------------------------------------------------------------------------ */

struct pieces {
    PM_VEC(struct pm_line_geometry) lines;
    struct pm_arena *arena;
    size_t feature;
};

static void add_piece(void *user, const struct pm_pt *points, size_t count)
{
    struct pieces *p = user;
    struct pm_pt *copy = pm_memdup(p->arena, points, count * sizeof *points);
    pm_vec_push(&p->lines, (struct pm_line_geometry){p->feature, copy, count});
}

static struct pm_line_geometry *make_lines(const struct pm_draft *draft,
                                           const struct pm_layer *layer, size_t *count)
{
    struct pm_page_arcs page;
    struct pieces pieces = {.arena = draft->arena};
    pm_page_parts_make(layer, false, &draft->frame, pm_px(draft, draft->style->map.simplify),
                       draft->arena, &page);
    for (size_t i = 0; i < layer->feature_count; i++) {
        struct pm_range parts = layer->features[i].parts;
        pieces.feature = i;
        for (size_t k = parts.first; k < parts.first + parts.count; k++)
            pm_clip_line(page.points + page.arcs[k].first, page.arcs[k].count, clip_box(draft),
                         add_piece, &pieces);
    }
    struct pm_line_geometry *lines = NULL;
    *count = pieces.lines.n;
    pm_vec_into(&pieces.lines, draft->arena, &lines);
    return lines;
}

static void check_overlaps(const struct pm_draft *draft)
{
    struct pm_place file = pm_place_file(draft->atlas->layers[PM_LAYER_AREAS].file);
    struct pm_str where = {0};
    struct pm_pt at;
    double lon = 0, lat = 0;
    bool overlap = pm_page_overlap(&draft->topology, &draft->arcs, draft->page.map, &at);
    if (overlap &&
        pm_unproject(&draft->frame.projection, pm_frame_metre(&draft->frame, at), &lon, &lat)) {
        pm_str_num(&where, lat, 4);
        pm_str_add(&where, ", ");
        pm_str_num(&where, lon, 4);
        pm_warning(draft->diags, "overlapping-areas", file,
                   "areas lie over each other, for one at %s (latitude, longitude)",
                   pm_str_get(&where));
        pm_help(draft->diags, "which of them is seen there is chance: mend the boundaries");
    }
    pm_str_finish(&where);
}

/* Where the sea ends and the page begins. */
static void make_earth(struct pm_draft *draft, const struct pm_window *window)
{
    struct pm_page_points edge = {0};
    struct pm_range *ring = PM_NEW(draft->arena, struct pm_range);
    struct pm_page_rings earth = {.rings = ring};
    pm_window_outline(&draft->frame, window, &edge);
    *ring = (struct pm_range){0, edge.n};
    earth.ring_count = edge.n >= 3;
    for (size_t i = 0; i < edge.n; i++)
        pm_box_add(&earth.box, edge.v[i], i == 0);
    earth.area = earth.ring_count ? fabs(pm_ring_area(edge.v, edge.n)) : 0;
    pm_vec_into(&edge, draft->arena, &earth.points);
    draft->earth = cut_rings(draft, earth);
}

/* Junctions that one side lacks are a matter of dirty data: mostly once is enough. */
static void make_topology(struct pm_draft *draft, struct pm_layer *layers, int32_t tolerance,
                          struct pm_arena *scratch)
{
    struct pm_layer *areas = &layers[PM_LAYER_AREAS], *context = &layers[PM_LAYER_CONTEXT];
    struct pm_layer *marks = &layers[PM_LAYER_BOUNDARIES];
    pm_topology_build(areas, context, marks, draft->arena, &draft->topology);
    if (pm_mend(&draft->topology, tolerance, scratch, areas, context, marks))
        pm_topology_build(areas, context, marks, draft->arena, &draft->topology);
}

void pm_layout_geometry(struct pm_draft *draft)
{
    struct pm_arena scratch = {0};
    struct pm_layer layers[PM_LAYER_KINDS] = {{0}};
    make_frame(draft);
    struct pm_window window = pm_window_seen(&draft->frame, clip_box(draft));
    pm_stage_done(draft, "frame");
    cut_layers(draft, &window, &scratch, layers);
    make_earth(draft, &window);
    pm_stage_done(draft, "cut");
    int32_t cell = cell_of(&draft->frame);
    bool thinned = thin_all(layers, cell, &scratch);
    pm_stage_done(draft, "thin");
    make_topology(draft, layers, thinned ? cell / 2 : MEND, &scratch);
    pm_stage_done(draft, "topology");
    pm_page_arcs_make(&draft->topology, &draft->frame, pm_px(draft, draft->style->map.simplify),
                      draft->arena, &draft->arcs);
    pm_stage_done(draft, "simplify");
    check_overlaps(draft);
    pm_stage_done(draft, "overlaps");
    make_polygons(draft, layers);
    make_lakes(draft, &layers[PM_LAYER_LAKES]);
    pm_stage_done(draft, "polygons");
    draft->rivers = make_lines(draft, &layers[PM_LAYER_RIVERS], &draft->river_count);
    draft->roads = make_lines(draft, &layers[PM_LAYER_ROADS], &draft->road_count);
    pm_arena_finish(&scratch);
}
