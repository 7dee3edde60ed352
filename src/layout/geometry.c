/* Geometry: the map's basemap, from the atlas's cache if there was a map of this frame before. */
#include "base/cache.h"
#include "base/limits.h"
#include "base/str.h"
#include "layout/draft.h"
#include "base/banned.h"

/* ---- what it follows from -------------------------------------------------------------------- */

static struct pm_basemap_spec spec_of(const struct pm_draft *draft)
{
    bool *outside = PM_NEW_N(draft->arena, bool, draft->area_count);
    uint32_t *groups = PM_NEW_N(draft->arena, uint32_t, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++) {
        size_t parent = draft->areas[i].parent;
        outside[i] = draft->outside ? draft->outside[i] : draft->areas[i].state.muted;
        groups[i] = parent == PM_NONE ? PM_NO_FACE : (uint32_t)parent;
    }
    return (struct pm_basemap_spec){
        .atlas = draft->atlas,
        .outside = outside,
        .groups = groups,
        .group_count = draft->parent_count,
        .projection = draft->projection,
        .box = draft->page.map,
        .scale = draft->page.scale,
        .padding = pm_px(draft, draft->style->map.padding),
        .simplify = pm_px(draft, draft->style->map.simplify),
    };
}

/* All of it but what the atlas, whose cache this is, decides; no byte of padding. */
static void write_key(const struct pm_basemap_spec *spec, size_t areas, struct pm_str *key)
{
    const double numbers[] = {
        spec->box.x0,          spec->box.y0,  spec->box.x1,   spec->box.y1,
        spec->scale,           spec->padding, spec->simplify, (double)spec->projection.kind,
        spec->projection.asked};
    pm_str_addn(key, (const char *)numbers, sizeof numbers);
    pm_str_addn(key, (const char *)spec->outside, areas * sizeof *spec->outside);
    pm_str_add(key, spec->projection.definition ? spec->projection.definition : "");
}

struct request {
    const struct pm_basemap_spec *spec;
    const struct pm_stages *stages;
};

static struct pm_cached make(void *user)
{
    const struct request *request = user;
    struct pm_basemap *basemap = pm_basemap_make(request->spec, request->stages);
    return (struct pm_cached){basemap, 0};
}

/* With what is kept with it by then. */
static size_t size_of_basemap(const void *value)
{
    const struct pm_basemap *basemap = value;
    return pm_arena_size(&basemap->arena) + pm_cache_size(basemap->rooms);
}

static void free_basemap(void *value)
{
    pm_basemap_free(value);
}

/* ---- what it means for the map --------------------------------------------------------------- */

static void tell_overlap(const struct pm_draft *draft)
{
    const struct pm_basemap *base = draft->base;
    struct pm_str where = {0};
    if (!base->overlap)
        return;
    pm_str_num(&where, base->overlap_lat, 4);
    pm_str_add(&where, ", ");
    pm_str_num(&where, base->overlap_lon, 4);
    pm_warning(
        draft->diags, "overlapping-areas", pm_place_file(draft->atlas->layers[PM_LAYER_AREAS].file),
        "areas lie over each other, for one at %s (latitude, longitude)", pm_str_get(&where));
    pm_help(draft->diags, "which of them is seen there is chance: mend the boundaries");
    pm_str_finish(&where);
}

void pm_layout_geometry(struct pm_draft *draft)
{
    struct pm_basemap_spec spec = spec_of(draft);
    struct pm_str key = {0};
    write_key(&spec, draft->area_count, &key);
    draft->base =
        pm_cache_get(draft->atlas->cache, key.s, key.n,
                     &(struct pm_maker){make, free_basemap,
                                        &(struct request){&spec, &draft->stages}, size_of_basemap});
    pm_str_finish(&key);
    draft->frame = draft->base->frame;
    draft->frame.projection.proj = draft->projection.proj;
    if (pm_layout_check_projection(draft))
        tell_overlap(draft);
    for (size_t i = 0; i < draft->area_count; i++)
        draft->areas[i].rings = draft->base->areas[i];
    for (size_t i = 0; i < draft->parent_count; i++)
        draft->parents[i].rings = draft->base->groups[i];
}

/* Of the earth's surface: with all land but Antarctica, areas and context cover 0.26. */
#define LAND_SHARE 0.25

bool pm_has_all_land(const struct pm_draft *draft)
{
    struct pm_box reach = {0};
    double land = 0;
    for (size_t i = 0; i < draft->atlas->layers[PM_LAYER_CONTEXT].feature_count; i++) {
        if (draft->base->neighbours[i].ring_count)
            reach = pm_box_union(reach, draft->base->neighbours[i].box);
        land += draft->base->neighbours[i].area;
    }
    for (size_t i = 0; i < draft->area_count; i++)
        land += draft->areas[i].rings.area;
    return pm_box_inside(draft->page.map, reach) ||
           (draft->base->earth.ring_count && land > LAND_SHARE * draft->base->earth.area);
}

bool pm_shows_land(const struct pm_draft *draft)
{
    bool neighbours = false;
    for (size_t i = 0; i < draft->atlas->layers[PM_LAYER_CONTEXT].feature_count; i++)
        neighbours |= draft->base->neighbours[i].ring_count > 0;
    return neighbours || !pm_has_all_land(draft);
}
