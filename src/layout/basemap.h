/* The basemap: all of a map that follows from its shapes, projection, frame and scale alone, whatever the
 * day, the language or the statuses. Dear to make and const once made: maps of one frame share one, in
 * all threads. */
#ifndef PM_LAYOUT_BASEMAP_H
#define PM_LAYOUT_BASEMAP_H

#include "base/diag.h"
#include "geo/cells.h"
#include "geo/choose.h"
#include "geo/shape.h"
#include "model/atlas.h"
#include "scene/scene.h"

/* A piece of a river or road in sight. */
struct pm_line_geometry {
    size_t feature; /* of its layer */
    struct pm_pt *points;
    size_t count;
};

struct pm_lines {
    struct pm_line_geometry *pieces;
    size_t count;
};

/* Which area lies at the middle of each cell of the frame; of several the last. */
struct pm_owners {
    struct pm_box box;
    double cell; /* px */
    size_t columns, rows;
    uint32_t *cells; /* row by row: the area's number from 1, or 0 */
    double *sums;    /* of the cells that have one: a summed-area table (mask.h) */
};

struct pm_border_segment {
    struct pm_pt from, to;
    uint32_t arc;
};

/* The borders in the frame, all but seams. */
struct pm_border_segments {
    struct pm_border_segment *v;
    struct pm_cells cells; /* of their boxes */
};

/* px on the page, y down. Rings and lines are cut to the frame with a margin; none when out of sight. */
struct pm_basemap {
    struct pm_arena arena;      /* everything but the atlas lies in it */
    struct pm_frame frame;      /* PROJ's handle, if it is PROJ's, is each map's own: NULL here */
    struct pm_region region;    /* what fills the frame, degrees */
    size_t lost;                /* points of it that have no place in the projection */
    struct pm_page_rings earth; /* its edge, if that is in sight: no ring if not */
    struct pm_topology topology;
    struct pm_page_arcs arcs;
    struct pm_page_arcs seen; /* pieces of the arcs, as ranges of points: what is in sight */
    struct pm_range *pieces;  /* by arc: which of them are its own */
    bool overlap;             /* areas lie over each other, for one here: */
    double overlap_lon, overlap_lat;
    struct pm_page_rings *areas;  /* by feature of the areas layer */
    struct pm_path *area_paths;   /* the same, as a scene with its origin at the page's has them */
    struct pm_page_rings *groups; /* the unions of areas, by number */
    struct pm_page_rings *neighbours; /* by feature of the context layer */
    struct pm_page_rings *lakes;      /* by feature of the lakes layer */
    struct pm_lines rivers, roads;
    struct pm_owners owners;
    struct pm_border_segments borders;
    struct pm_cells area_cells; /* of boxes around the areas and all their borders */
    struct pm_cache *
        rooms; /* where labels have room in its polygons (rooms.h), and what else maps find out about it */
};

/* What projection is asked for. */
struct pm_projection_wish {
    bool asked; /* else the region decides */
    enum pm_projection_kind kind;
    const char *definition;    /* of PM_PROJECTION_OTHER; else NULL */
    struct pm_reproject *proj; /* … opened; map.c frees it */
};

/* What it follows from. */
struct pm_basemap_spec {
    const struct pm_atlas *atlas;
    const bool *outside;    /* by area: it need not be in the frame */
    const uint32_t *groups; /* by area: the group whose union is wanted, or PM_NO_FACE */
    size_t group_count;
    struct pm_projection_wish projection;
    struct pm_box box;        /* of the frame, px */
    double scale;             /* of lengths on the page */
    double padding, simplify; /* px */
};

/* Names the stage that is over, for those who measure. */
static inline void pm_stage_done(const struct pm_stages *stages, const char *stage)
{
    if (stages->done)
        stages->done(stages->user, stage);
}

static inline void pm_progress_step(const struct pm_progress *progress, const char *stage,
                                    size_t done, size_t all)
{
    if (progress->step)
        progress->step(progress->user, stage, done, all);
}

/* Frees with pm_basemap_free. Tells `stages` what is done, one after the other. */
struct pm_basemap *pm_basemap_make(const struct pm_basemap_spec *spec,
                                   const struct pm_stages *stages);
void pm_basemap_free(struct pm_basemap *basemap);

/* Each as a closed part of the path. */
void pm_path_add_rings(struct pm_path *path, const struct pm_page_rings *rings);

/* Chooses the projection for the region that fills the frame, and fits the frame to it (region.c). Sets
 * `frame`, `region` and `lost`. */
void pm_basemap_frame(const struct pm_basemap_spec *spec, struct pm_basemap *basemap);

#endif
