/* Topology: polygons of one or more layers as shared arcs.
 *
 * A border between two faces is one arc, used by both, so that simplifying opens no gaps, borders
 * are stroked once, and "the side changes here" is an arc whose two faces differ. Faces are the
 * features of the layers given, numbered on (areas first, then context).
 *
 * An arc runs between junctions: points where more than two borders meet, where a ring turns back on
 * itself, or where the mark changes; a border without junctions is a closed arc that begins at its
 * least point. What runs along the antimeridian (of turned layers, the far meridian) or a pole is the seam
 * of a face that was cut there, and marked so: nothing ends there on the ground. Points are equal only if they are equal on the grid. Idea: M. Bostock's TopoJSON
 * (2013), on integers. */
#ifndef PM_GEO_TOPOLOGY_H
#define PM_GEO_TOPOLOGY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/atlas.h"

#define PM_NO_FACE UINT32_MAX
#define PM_MARK_SEAM UINT32_MAX

struct pm_arc {
    struct pm_range points; /* of pm_topology.points; a closed arc repeats its first point */
    /* Who uses it an odd number of times, ascending; PM_NO_FACE for the outside. Twice the same if
     * only one face uses it, there and back. */
    uint32_t faces[2];
    uint32_t mark; /* 0, 1 + the feature of the marks layer that runs along it, or PM_MARK_SEAM */
    bool closed;
};

/* An arc in a ring: index, and whether it is run backwards. */
struct pm_arc_ref {
    uint32_t arc;
    bool reversed;
};

struct pm_topology {
    struct pm_grid *points;
    size_t point_count;
    struct pm_arc *arcs;
    size_t arc_count;
    struct pm_arc_ref *refs;
    size_t ref_count;
    struct pm_range *rings; /* of refs */
    size_t ring_count;
    struct pm_range *faces; /* by face: of rings */
    size_t face_count;
    uint32_t context_first; /* the first face that is not an area */
    size_t overused;        /* uses of segments by more than two such faces: overlaps, dirty data */
};

/* Builds the topology of `areas` and `context` (may be empty) in expected linear time. `marks`: a
 * line layer, or NULL; border segments that coincide with one of its segments are cut into arcs of
 * their own and marked with the feature, the last one if there are several. Rings of fewer than three
 * different points are left out. Independent of the order of features but for numbering. The result
 * lies in `arena`. */
void pm_topology_build(const struct pm_layer *areas, const struct pm_layer *context,
                       const struct pm_layer *marks, struct pm_arena *arena,
                       struct pm_topology *topology);

#endif
