/* What tests see of a map and users do not. */
#ifndef PM_MAP_H
#define PM_MAP_H

#include "layout/draft.h"
#include "provmap.h"

/* The finished draft. It and all it points to belong to the map; nothing can be projected with it any
 * more. */
const struct pm_draft *pm_map_draft(const struct pm_map *map);
/* The drawing list of the finished map. */
const struct pm_scene *pm_map_scene(const struct pm_map *map);

#endif
