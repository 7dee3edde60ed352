/* Order matters: what the page can't show goes first (thin.h), then what is out of sight (meridian.h), then
 * neighbours come to share their borders (topology.h), and only then are these simplified, once for
 * both sides. Everything is cut to the frame with a margin, so that a map of one province carries no
 * kilobyte of China. */
#include "layout/basemap.h"

#include <math.h>

#include "base/cache.h"
#include "base/limits.h"
#include "base/vec.h"
#include "geo/mend.h"
#include "geo/meridian.h"
#include "geo/overlaps.h"
#include "geo/thin.h"
#include "geo/weld.h"
#include "layout/fences.h"
#include "layout/mask.h"
#include "base/banned.h"

#define CLIP_MARGIN 24.0 /* px beyond the frame: wider than any line or glow */
#define LEAST_MARGIN 8.0 /* px, however small the page's scale */
#define SPECK 0.05       /* px²: rings below are not drawn, unless they are all there is */
#define MEND 3           /* grid units: junctions this near to a border are meant to be on it … */
#define WELD_SHARE 0.5   /* … and, of a thinning cell, so are vertices that are near each other */
#define LEAST_GAIN 10    /* thinning pays when it takes one point in so many */

/* A basemap in the making. */
struct making {
    const struct pm_basemap_spec *spec;
    struct pm_basemap *map;
    struct pm_arena *arena; /* the map's */
    struct pm_arena scratch;
    struct pm_layer layers[PM_LAYER_KINDS]; /* as the stages leave them */
    struct pm_box clip;
};

/* ---- what the map needs of the layers ---------------------------------------------------------- */

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

static const enum pm_layer_kind borders[] = {PM_LAYER_AREAS, PM_LAYER_CONTEXT, PM_LAYER_BOUNDARIES};

/* All layers that are denser than the page. Returns how far points of borders were moved. */
static int32_t thin_layers(struct making *m)
{
    static const enum pm_layer_kind others[] = {PM_LAYER_RIVERS, PM_LAYER_LAKES, PM_LAYER_ROADS};
    int32_t cell = cell_of(&m->map->frame);
    memcpy(m->layers, m->spec->atlas->layers, sizeof m->layers);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        thin(m->layers, &others[i], 1, cell, &m->scratch);
    bool thinned = thin(m->layers, borders, sizeof borders / sizeof *borders, cell, &m->scratch);
    return thinned ? cell / 2 : 0;
}

/* The layers as the projection sees them. */
static void cut_layers(struct making *m, const struct pm_window *window)
{
    static const bool polygons[PM_LAYER_KINDS] = {
        [PM_LAYER_AREAS] = true, [PM_LAYER_CONTEXT] = true, [PM_LAYER_LAKES] = true};
    for (int i = 0; i < PM_LAYER_KINDS; i++) {
        struct pm_layer whole = m->layers[i];
        if (i != PM_LAYER_PLACES)
            pm_meridian_cut(&whole, polygons[i], &m->map->frame.projection, window, &m->scratch,
                            &m->layers[i]);
    }
}

/* Borders that neighbours give a little differently become one, as far as the page does not show the
 * difference: an eighth of a pixel, as thinning does. Returns how far points may be off. */
static int32_t weld_layers(struct making *m)
{
    int32_t reach = (int32_t)(cell_of(&m->map->frame) * WELD_SHARE);
    if (reach <= MEND)
        return MEND;
    pm_weld(m->layers, borders, sizeof borders / sizeof *borders, reach, &m->scratch);
    return reach;
}

/* Junctions that one side lacks are a matter of dirty data: mostly once is enough. */
static void make_topology(struct making *m, int32_t moved)
{
    if (!moved)
        moved = weld_layers(m);
    struct pm_layer *areas = &m->layers[PM_LAYER_AREAS], *context = &m->layers[PM_LAYER_CONTEXT];
    struct pm_layer *marks = &m->layers[PM_LAYER_BOUNDARIES];
    struct pm_topology *topology = &m->map->topology;
    pm_topology_build(areas, context, marks, m->arena, topology);
    if (pm_mend(topology, moved, &m->scratch, areas, context, marks))
        pm_topology_build(areas, context, marks, m->arena, topology);
}

/* ---- polygons ---------------------------------------------------------------------------------- */

static struct pm_page_rings cut_rings(const struct making *m, struct pm_page_rings rings)
{
    struct pm_box clip = m->clip;
    if (pm_box_inside(rings.box, clip))
        return rings;
    struct pm_page_rings cut = {.rings = PM_NEW_N(m->arena, struct pm_range, rings.ring_count)};
    PM_VEC(struct pm_pt) points = {0};
    for (size_t i = 0; pm_box_meets(rings.box, clip) && i < rings.ring_count; i++) {
        size_t count = 0;
        const struct pm_pt *ring = rings.points + rings.rings[i].first;
        struct pm_pt *piece = pm_clip_ring(ring, rings.rings[i].count, clip, m->arena, &count);
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
    pm_vec_into(&points, m->arena, &cut.points);
    return cut;
}

static struct pm_page_rings face(const struct making *m, size_t index)
{
    struct pm_page_rings rings = {0};
    double speck = SPECK * m->spec->scale * m->spec->scale;
    pm_page_face(&m->map->topology, &m->map->arcs, (uint32_t)index, speck, m->arena, &rings);
    return cut_rings(m, rings);
}

static struct pm_page_rings lake(const struct making *m, const struct pm_page_arcs *lakes,
                                 struct pm_range parts)
{
    struct pm_page_rings rings = {.points = lakes->points,
                                  .rings = PM_NEW_N(m->arena, struct pm_range, parts.count)};
    for (size_t i = parts.first; i < parts.first + parts.count; i++) {
        struct pm_range part = lakes->arcs[i];
        if (part.count < 4) /* the last is the first */
            continue;
        for (size_t k = part.first; k < part.first + part.count; k++)
            pm_box_add(&rings.box, lakes->points[k], rings.ring_count == 0 && k == part.first);
        rings.rings[rings.ring_count++] = (struct pm_range){part.first, part.count - 1};
    }
    return cut_rings(m, rings);
}

static void make_lakes(struct making *m)
{
    const struct pm_layer *layer = &m->layers[PM_LAYER_LAKES];
    struct pm_page_arcs lakes;
    pm_page_parts_make(layer, true, &m->map->frame, m->spec->simplify, m->arena, &lakes);
    m->map->lakes = PM_NEW_N(m->arena, struct pm_page_rings, layer->feature_count);
    for (size_t i = 0; i < layer->feature_count; i++)
        m->map->lakes[i] = lake(m, &lakes, layer->features[i].parts);
}

static void make_groups(struct making *m)
{
    const struct pm_basemap_spec *spec = m->spec;
    struct pm_basemap *map = m->map;
    size_t areas = m->layers[PM_LAYER_AREAS].feature_count, faces = map->topology.face_count;
    if (spec->group_count == 0)
        return;
    uint32_t *groups = PM_NEW_N(&m->scratch, uint32_t, faces);
    for (size_t i = 0; i < faces; i++)
        groups[i] = i < areas ? spec->groups[i] : PM_NO_FACE;
    map->groups = PM_NEW_N(m->arena, struct pm_page_rings, spec->group_count);
    pm_page_dissolve(&map->topology, &map->arcs, groups, spec->group_count, m->arena, map->groups);
    for (size_t i = 0; i < spec->group_count; i++)
        map->groups[i] = cut_rings(m, map->groups[i]);
    for (size_t i = 0; i < areas; i++)
        if (groups[i] != PM_NO_FACE)
            map->groups[groups[i]].area += map->areas[i].area;
}

/* What an area's polygon reaches, and its borders, also where it is so small that it is not drawn. */
static struct pm_box *area_boxes(struct making *m, size_t count)
{
    const struct pm_basemap *map = m->map;
    struct pm_box *boxes = PM_NEW_N(m->arena, struct pm_box, count);
    bool *any = PM_NEW_N(&m->scratch, bool, count);
    for (size_t i = 0; i < count; i++) {
        boxes[i] = map->areas[i].box;
        any[i] = map->areas[i].ring_count > 0;
    }
    for (size_t i = 0; i < map->topology.arc_count; i++)
        for (int side = 0; side < 2; side++) {
            uint32_t face = map->topology.arcs[i].faces[side];
            struct pm_range r = map->arcs.arcs[i];
            for (size_t k = r.first; face < count && k < r.first + r.count; k++) {
                pm_box_add(&boxes[face], map->arcs.points[k], !any[face]);
                any[face] = true;
            }
        }
    return boxes;
}

void pm_path_add_rings(struct pm_path *path, const struct pm_page_rings *rings)
{
    for (size_t i = 0; i < rings->ring_count; i++)
        pm_path_ring(path, rings->points + rings->rings[i].first, rings->rings[i].count);
}

static void make_areas(struct making *m, size_t count)
{
    m->map->areas = PM_NEW_N(m->arena, struct pm_page_rings, count);
    m->map->area_paths = PM_NEW_N(m->arena, struct pm_path, count);
    for (size_t i = 0; i < count; i++) {
        struct pm_path path = {0};
        m->map->areas[i] = face(m, i);
        pm_path_add_rings(&path, &m->map->areas[i]);
        m->map->area_paths[i] = pm_path_settle(&path, (struct pm_pt){0}, m->arena);
        pm_path_finish(&path);
    }
    pm_cells_make(&m->map->area_cells, m->spec->box, area_boxes(m, count), count, m->arena);
}

static void make_polygons(struct making *m)
{
    size_t areas = m->layers[PM_LAYER_AREAS].feature_count;
    size_t context = m->layers[PM_LAYER_CONTEXT].feature_count;
    make_areas(m, areas);
    make_groups(m);
    m->map->neighbours = PM_NEW_N(m->arena, struct pm_page_rings, context);
    for (size_t i = 0; i < context; i++)
        m->map->neighbours[i] = face(m, m->map->topology.context_first + i);
    make_lakes(m);
}

/* Where the sea ends and the page begins. */
static void make_earth(struct making *m, const struct pm_window *window)
{
    struct pm_page_points edge = {0};
    struct pm_range *ring = PM_NEW(m->arena, struct pm_range);
    struct pm_page_rings earth = {.rings = ring};
    pm_window_outline(&m->map->frame, window, &edge);
    *ring = (struct pm_range){0, edge.n};
    earth.ring_count = edge.n >= 3;
    for (size_t i = 0; i < edge.n; i++)
        pm_box_add(&earth.box, edge.v[i], i == 0);
    earth.area = earth.ring_count ? fabs(pm_ring_area(edge.v, edge.n)) : 0;
    pm_vec_into(&edge, m->arena, &earth.points);
    m->map->earth = cut_rings(m, earth);
}

static void find_overlap(struct making *m)
{
    struct pm_basemap *map = m->map;
    struct pm_pt at;
    map->overlap = pm_page_overlap(&map->topology, &map->arcs, m->spec->box, &at) &&
                   pm_unproject(&map->frame.projection, pm_frame_metre(&map->frame, at),
                                &map->overlap_lon, &map->overlap_lat);
}

/* ---- borders ------------------------------------------------------------------------------------ */

struct stretches {
    PM_VEC(struct pm_range) pieces;
    PM_VEC(struct pm_pt) points;
};

static void add_stretch(void *user, const struct pm_pt *points, size_t count)
{
    struct stretches *s = user;
    pm_vec_push(&s->pieces, (struct pm_range){s->points.n, count});
    pm_vec_add(&s->points, points, count);
}

/* Which borders are drawn how follows from the day, where they run does not. */
static void see_arcs(struct making *m)
{
    struct pm_basemap *map = m->map;
    struct stretches all = {0};
    map->pieces = PM_NEW_N(m->arena, struct pm_range, map->topology.arc_count);
    for (size_t i = 0; i < map->topology.arc_count; i++) {
        struct pm_range arc = map->arcs.arcs[i];
        map->pieces[i].first = all.pieces.n;
        pm_clip_line(map->arcs.points + arc.first, arc.count, m->clip, add_stretch, &all);
        map->pieces[i].count = all.pieces.n - map->pieces[i].first;
    }
    pm_vec_into(&all.pieces, m->arena, &map->seen.arcs);
    pm_vec_into(&all.points, m->arena, &map->seen.points);
}

/* ---- lines -------------------------------------------------------------------------------------- */

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

static struct pm_lines make_lines(struct making *m, enum pm_layer_kind kind)
{
    const struct pm_layer *layer = &m->layers[kind];
    struct pieces pieces = {.arena = m->arena};
    struct pm_page_arcs page;
    pm_page_parts_make(layer, false, &m->map->frame, m->spec->simplify, &m->scratch, &page);
    for (size_t i = 0; i < layer->feature_count; i++) {
        struct pm_range parts = layer->features[i].parts;
        pieces.feature = i;
        for (size_t k = parts.first; k < parts.first + parts.count; k++)
            pm_clip_line(page.points + page.arcs[k].first, page.arcs[k].count, m->clip, add_piece,
                         &pieces);
    }
    struct pm_lines lines = {.count = pieces.lines.n};
    pm_vec_into(&pieces.lines, m->arena, &lines.pieces);
    return lines;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

struct pm_basemap *pm_basemap_make(const struct pm_basemap_spec *spec,
                                   const struct pm_stages *stages)
{
    struct pm_basemap *map = pm_xcalloc(1, sizeof *map);
    double margin = fmax(CLIP_MARGIN * spec->scale, LEAST_MARGIN);
    struct making m = {
        .spec = spec, .map = map, .arena = &map->arena, .clip = pm_box_grown(spec->box, margin)};
    map->rooms = pm_cache_new(PM_MOST_ROOM_BYTES);
    pm_basemap_frame(spec, map);
    pm_stage_done(stages, "frame");
    int32_t moved = thin_layers(&m);
    pm_stage_done(stages, "thin");
    struct pm_window window = pm_window_seen(&map->frame, m.clip);
    cut_layers(&m, &window);
    make_earth(&m, &window);
    pm_stage_done(stages, "cut");
    make_topology(&m, moved);
    pm_stage_done(stages, "topology");
    pm_page_arcs_make(&map->topology, &map->frame, spec->simplify, m.arena, &map->arcs);
    see_arcs(&m);
    pm_stage_done(stages, "simplify");
    find_overlap(&m);
    pm_stage_done(stages, "overlaps");
    make_polygons(&m);
    pm_border_segments_make(&map->borders, &map->topology, &map->arcs, spec->box, m.arena);
    pm_owners_make(&map->owners, spec->box, spec->scale, map->areas,
                   spec->atlas->layers[PM_LAYER_AREAS].feature_count, m.arena);
    pm_stage_done(stages, "polygons");
    map->rivers = make_lines(&m, PM_LAYER_RIVERS);
    map->roads = make_lines(&m, PM_LAYER_ROADS);
    pm_stage_done(stages, "lines");
    pm_arena_finish(&m.scratch);
    map->frame.projection.proj = NULL;
    return map;
}

void pm_basemap_free(struct pm_basemap *map)
{
    if (!map)
        return;
    pm_cache_free(map->rooms);
    pm_arena_finish(&map->arena);
    free(map);
}
