/* Borders: what an arc of the topology parts. */
#ifndef PM_LAYOUT_BORDER_H
#define PM_LAYOUT_BORDER_H

#include "layout/draft.h"

enum pm_border {
    PM_BORDER_AREA,      /* two areas, on a map of one level */
    PM_BORDER_INNER,     /* two areas of one parent, where there are several */
    PM_BORDER_PARENT,    /* two areas of different parents */
    PM_BORDER_CHANGE,    /* two areas of different, known sides */
    PM_BORDER_OUTLINE,   /* an area and something else */
    PM_BORDER_NEIGHBOUR, /* two neighbours */
    PM_BORDER_SHORE,     /* a neighbour and nothing */
    PM_BORDER_SEAM,      /* none: the antimeridian cuts a polygon in two */
    /* marked as a boundary of some kind, whatever it parts: as enum pm_boundary_kind from here on */
    PM_BORDER_MARKED,                                       /* of an area */
    PM_BORDER_ABROAD = PM_BORDER_MARKED + PM_BOUNDARY_KINDS, /* of neighbours only */
    PM_BORDERS = PM_BORDER_ABROAD + PM_BOUNDARY_KINDS
};

enum pm_border pm_border_of(const struct pm_draft *draft, const struct pm_arc *arc);
/* How a boundary of this kind is drawn, and what it is called in the legend. */
struct pm_paint pm_boundary_paint(const struct pm_draft *draft, enum pm_boundary_kind kind,
                                  bool abroad);
enum pm_word pm_boundary_word(enum pm_boundary_kind kind);
/* Does it part areas of different parents? */
bool pm_border_parts_parents(const struct pm_draft *draft, const struct pm_arc *arc);
/* Of which kinds there are borders in the map's frame, a bit each. */
unsigned pm_borders_in_sight(const struct pm_draft *draft);

#endif
