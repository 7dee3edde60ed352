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
    PM_BORDER_DISPUTED   /* marked so, whatever it parts */
};

enum pm_border pm_border_of(const struct pm_draft *draft, const struct pm_arc *arc);
/* How disputed boundaries are drawn. */
struct pm_paint pm_disputed_paint(const struct pm_draft *draft);
/* Does it part areas of different parents? */
bool pm_border_parts_parents(const struct pm_draft *draft, const struct pm_arc *arc);
/* Is there any border of this kind in the map's frame? Before there is a basemap there may be. */
bool pm_border_in_sight(const struct pm_draft *draft, enum pm_border kind);

#endif
