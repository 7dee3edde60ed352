/* The order of a layer: that of what its features are, not of how the records lie in the file. */
#ifndef PM_INPUT_SHAPEFILE_ORDER_H
#define PM_INPUT_SHAPEFILE_ORDER_H

#include "model/atlas.h"

/* Sorts features by key, name and place, and parts by their feature and by place. `owners`: by part, the index
 * of its feature; kept in step with both. `scratch` is used while it runs. */
void pm_shapefile_order(struct pm_feature *features, size_t feature_count, struct pm_range *parts,
                        size_t *owners, size_t part_count, const struct pm_grid *points,
                        struct pm_arena *scratch);

#endif
