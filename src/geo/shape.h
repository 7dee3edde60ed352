/* Topology on the page: arcs projected, framed, simplified and rounded once, so that neighbours
 * stay exactly alike, and rings put together from them. */
#ifndef PM_GEO_SHAPE_H
#define PM_GEO_SHAPE_H

#include "geo/frame.h"
#include "geo/topology.h"

/* Page geometry: points of arcs, px, rounded to 0.1. */
struct pm_page_arcs {
    struct pm_pt *points;
    struct pm_range *arcs; /* by arc of the topology */
};

/* Projects all arcs, whose points are turned, into the frame, rounds and then simplifies each by effective area (Visvalingam, Whyatt
 * 1993) with its ends kept; `tolerance` in px: triangles under tolerance² / 2 go. Closed arcs keep at
 * least four points (three and the repeated first), unless rounding makes them one. Rings whose
 * sides meet only in their points before do so afterwards, and they don't touch other arcs anew. */
void pm_page_arcs_make(const struct pm_topology *topology, const struct pm_frame *frame,
                       double tolerance, struct pm_arena *arena, struct pm_page_arcs *page);

/* A face's rings as page points; rings don't repeat their first point. Left out are rings that shrank
 * to fewer than three points and, where no other face has a part of them, those under `min_area` px²;
 * but never the largest, so that a face keeps its place however small it is. */
struct pm_page_rings {
    struct pm_pt *points;
    struct pm_range *rings;
    size_t ring_count;
    struct pm_box box; /* extent */
    double area;       /* px², even-odd: holes subtracted */
};
void pm_page_face(const struct pm_topology *topology, const struct pm_page_arcs *page,
                  uint32_t face, double min_area, struct pm_arena *arena,
                  struct pm_page_rings *out);

/* The union of each group of faces. `groups`: by face, its group, or PM_NO_FACE; `out`: by group. Rings
 * don't repeat their first point; areas are not measured. */
void pm_page_dissolve(const struct pm_topology *topology, const struct pm_page_arcs *page,
                      const uint32_t *groups, size_t group_count, struct pm_arena *arena,
                      struct pm_page_rings *out);

/* Even-odd test. */
bool pm_rings_hold(const struct pm_page_rings *rings, struct pm_pt p);
/* The share (0..1) of a box that the polygon covers, exactly; its holes must turn the other way. */
double pm_rings_cover(const struct pm_page_rings *rings, struct pm_box box);
/* Signed distance from p to the nearest border: positive inside. */
double pm_rings_distance(const struct pm_page_rings *rings, struct pm_pt p);
/* Pole of inaccessibility with distances measured in a space squeezed by `aspect` (width / height of the label to
 * be placed there; 1 for the plain pole): quadtree search as in polylabel (Agafonkin 2016), to `precision` px. */
struct pm_pt pm_rings_pole(const struct pm_page_rings *rings, double aspect, double precision,
                           double *distance);

/* The direction in which a polygon is longest, degrees clockwise from the right, -90..90: the main axis of its
 * second moments of area. `*elongation`: its length over its width, as of an ellipse of these moments. */
double pm_rings_axis(const struct pm_page_rings *rings, double *elongation);

/* The same for the parts of a layer that has no topology (rivers, roads; lakes, which are `closed` and
 * repeat their first point then): `page->arcs` by part. */
void pm_page_parts_make(const struct pm_layer *layer, bool closed, const struct pm_frame *frame,
                        double tolerance, struct pm_arena *arena, struct pm_page_arcs *page);

/* The stretch *t0..*t1 (0..1) of a segment that lies in a box (Liang, Barsky 1984); false if none
 * does. *t0 == *t1 when it only touches. */
bool pm_clip_segment(struct pm_pt a, struct pm_pt b, struct pm_box box, double *t0, double *t1);
/* Cuts a polyline to a box: calls `emit` for each piece inside; touching the box is not inside. */
void pm_clip_line(const struct pm_pt *points, size_t count, struct pm_box box,
                  void (*emit)(void *user, const struct pm_pt *points, size_t count), void *user);
/* Cuts a ring to a box (Sutherland, Hodgman 1974); the result runs along the box's edge where it was cut, so the
 * box must be larger than what is seen. Returns the number of points; out has room for `room` points. */
struct pm_pt *pm_clip_ring(const struct pm_pt *ring, size_t count, struct pm_box box,
                           struct pm_arena *arena, size_t *out_count);

#endif
