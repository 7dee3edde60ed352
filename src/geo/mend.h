/* Mending: junctions that one side of a border lacks.
 *
 * Where a vertex of one face lies on the middle of another's segment, their borders are not shared,
 * though nothing lies between them. The segment gets the vertex. */
#ifndef PM_GEO_MEND_H
#define PM_GEO_MEND_H

#include "geo/topology.h"

/* Looks at vertices and segments of arcs that one face alone uses: a vertex within `tolerance` grid
 * units of a segment of another face, and farther than that from its ends, becomes part of the segment
 * wherever it is used; if there are several, in their order along it. Returns how many there are; if
 * any, the layers are replaced, lines of marks, too, and want another topology. */
size_t pm_mend(const struct pm_topology *topology, int32_t tolerance, struct pm_arena *arena,
               struct pm_layer *areas, struct pm_layer *context, struct pm_layer *marks);

#endif
