/* The region: what fills the frame, its projection, and the frame that fits around it. Of parts that
 * can't reach the frame's edge a few points are projected and not all. */
#include <math.h>

#include "base/vec.h"
#include "layout/basemap.h"
#include "base/banned.h"

#define ALL_AROUND 300.0 /* degrees: such a region is shown with the edge of the earth */
#define EDGE_STEPS 180
#define WIDE 60.0 /* degrees: parts so large bend too much to be judged by a few points */
#define EDGE 1.0  /* degrees: longer edges bend */
#define CHUNK 1024

enum { ENDS = 4 }; /* points of a part that are farthest west, south, east and north */

struct part {
    const struct pm_grid *points;
    size_t count;
    struct pm_grid ends[ENDS];
};

struct region {
    PM_VEC(struct part) parts;
    PM_VEC(struct pm_metre) reach; /* what the frame must hold: ENDS a part, then others */
    struct pm_projection projection;
    size_t lost;
};

/* ---- parts ---------------------------------------------------------------------------------- */

static struct part part_of(const struct pm_grid *points, size_t count)
{
    size_t west = 0, south = 0, east = 0, north = 0;
    for (size_t i = 1; i < count; i++) {
        west = points[i].x < points[west].x ? i : west;
        south = points[i].y < points[south].y ? i : south;
        east = points[i].x > points[east].x ? i : east;
        north = points[i].y > points[north].y ? i : north;
    }
    return (struct part){points, count, {points[west], points[south], points[east], points[north]}};
}

static void add_parts(struct region *r, const struct pm_basemap_spec *spec)
{
    const struct pm_layer *layer = &spec->atlas->layers[PM_LAYER_AREAS];
    for (size_t i = 0; i < layer->feature_count; i++) {
        struct pm_range parts = layer->features[i].parts;
        for (size_t k = parts.first; !spec->outside[i] && k < parts.first + parts.count; k++)
            if (layer->parts[k].count)
                pm_vec_push(&r->parts,
                            part_of(layer->points + layer->parts[k].first, layer->parts[k].count));
    }
}

static struct pm_region extent_of(const struct region *r)
{
    struct pm_span *spans = pm_xrealloc(NULL, r->parts.n, sizeof *spans);
    struct pm_region region = {0};
    for (size_t i = 0; i < r->parts.n; i++) {
        const struct pm_grid *ends = r->parts.v[i].ends;
        double south = pm_grid_lat(ends[1]), north = pm_grid_lat(ends[3]);
        spans[i] = (struct pm_span){pm_grid_lon(ends[0]), pm_grid_lon(ends[2])};
        region.south = i ? fmin(region.south, south) : south;
        region.north = i ? fmax(region.north, north) : north;
    }
    struct pm_span span = pm_span_around(spans, r->parts.n);
    region.west = span.west;
    region.east = span.east;
    free(spans);
    return region;
}

static struct pm_projection projection_of(const struct pm_basemap_spec *spec,
                                          const struct pm_region *region)
{
    const struct pm_projection_wish *wish = &spec->projection;
    if (!wish->asked)
        return pm_projection_for(region);
    return wish->kind == PM_PROJECTION_OTHER ? pm_projection_other(wish->proj)
                                             : pm_projection_fit(wish->kind, region);
}

/* ---- reach ---------------------------------------------------------------------------------- */

/* Points without a place leave NAN behind them, so that ends stay where their part's are looked for. */
static void reach(struct region *r, const struct pm_grid *points, size_t count)
{
    struct pm_grid turned[CHUNK];
    pm_vec_reserve(&r->reach, r->reach.n + count);
    for (size_t from = 0; from < count; from += CHUNK) {
        size_t n = count - from < CHUNK ? count - from : CHUNK;
        struct pm_metre *out = r->reach.v + r->reach.n;
        for (size_t i = 0; i < n; i++)
            turned[i] = pm_projection_turn(&r->projection, points[from + i]);
        pm_project_turned(&r->projection, turned, n, out);
        for (size_t i = 0; i < n; i++)
            if (!isfinite(out[i].x) || !isfinite(out[i].y)) {
                out[i] = (struct pm_metre){NAN, NAN};
                r->lost++;
            }
        r->reach.n += n;
    }
}

/* Points on the long edges of a part, as those may bend out beyond their ends. */
static void reach_between(struct region *r, const struct part *part)
{
    size_t lost = r->lost;
    for (size_t i = 0; i < part->count; i++) {
        struct pm_grid a = part->points[i], b = part->points[(i + 1) % part->count];
        double x = (double)b.x - a.x, y = (double)b.y - a.y;
        int steps = (int)(fmax(fabs(x), fabs(y)) / (EDGE * PM_GRID_PER_DEGREE));
        for (int k = 1; k <= steps; k++) {
            double t = (double)k / (steps + 1);
            reach(r, &(struct pm_grid){(int32_t)(a.x + x * t), (int32_t)(a.y + y * t)}, 1);
        }
    }
    r->lost = lost; /* they are none of the data's */
}

static struct pm_box extent(const struct pm_metre *m, size_t count)
{
    struct pm_box box = {NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < count; i++) /* fmin and fmax pass over NAN */
        box = (struct pm_box){fmin(box.x0, m[i].x), fmin(box.y0, m[i].y), fmax(box.x1, m[i].x),
                              fmax(box.y1, m[i].y)};
    return box;
}

static bool is_wide(const struct region *r, const struct part *part)
{
    double west = pm_grid_lon(part->ends[0]), east = pm_grid_lon(part->ends[2]);
    double height = pm_grid_lat(part->ends[3]) - pm_grid_lat(part->ends[1]);
    double far = remainder(r->projection.lon0 + 180, 360); /* where the map is torn */
    return east - west > WIDE || height > WIDE || (west <= far && far <= east);
}

/* May a part have points beyond all parts' ends? Of a narrow one, none is farther from its ends than these
 * are from each other, each way. PROJ's own projections may do anything. */
static bool may_reach_out(const struct region *r, size_t part, struct pm_box all)
{
    const struct pm_metre *ends = r->reach.v + ENDS * part;
    if (r->projection.kind == PM_PROJECTION_OTHER || is_wide(r, &r->parts.v[part]))
        return true;
    for (int i = 0; i < ENDS; i++)
        if (isnan(ends[i].x))
            return true;
    struct pm_box box = extent(ends, ENDS);
    return !pm_box_inside(pm_box_grown(box, pm_box_w(box) + pm_box_h(box)), all);
}

/* Of a region all around the earth, both ends of its parallels, whatever land there is: nothing is
 * beyond them. */
static void reach_edges(struct region *r, const struct pm_region *region)
{
    for (int i = 0; i <= EDGE_STEPS; i++) {
        double lat = region->south + (region->north - region->south) * i / EDGE_STEPS;
        const struct pm_grid ends[] = {pm_grid_of(-180, lat), pm_grid_of(180, lat)};
        pm_vec_reserve(&r->reach, r->reach.n + 2);
        pm_project_turned(&r->projection, ends, 2, r->reach.v + r->reach.n);
        r->reach.n += 2;
    }
}

static void reach_all(struct region *r, const struct pm_region *region)
{
    for (size_t i = 0; i < r->parts.n; i++)
        reach(r, r->parts.v[i].ends, ENDS);
    if (r->projection.kind == PM_PROJECTION_EQUAL_EARTH &&
        region->east - region->west > ALL_AROUND) {
        reach_edges(r, region);
        return;
    }
    struct pm_box all = extent(r->reach.v, r->reach.n);
    r->lost = 0; /* each end is a point of its part, too */
    for (size_t i = 0; i < r->parts.n; i++)
        if (may_reach_out(r, i, all)) {
            reach(r, r->parts.v[i].points, r->parts.v[i].count);
            reach_between(r, &r->parts.v[i]);
        }
}

void pm_basemap_frame(const struct pm_basemap_spec *spec, struct pm_basemap *basemap)
{
    struct region r = {0};
    add_parts(&r, spec);
    basemap->region = extent_of(&r);
    r.projection = projection_of(spec, &basemap->region);
    reach_all(&r, &basemap->region);
    basemap->lost = r.lost;
    struct pm_box all = extent(r.reach.v, r.reach.n);
    const struct pm_metre corners[] = {{all.x0, all.y0}, {all.x1, all.y1}};
    basemap->frame =
        pm_frame_fit(&r.projection, corners, isnan(all.x0) ? 0 : 2, spec->box, spec->padding);
    pm_vec_finish(&r.parts);
    pm_vec_finish(&r.reach);
}
