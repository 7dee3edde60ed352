/* shapelib on a file that was checked: it sees the index that was found good, and reads record by record,
 * and writes nothing. */
#ifndef PM_INPUT_SHAPEFILE_IO_H
#define PM_INPUT_SHAPEFILE_IO_H

#include <shapefil.h>

#include "input/shapefile_index.h"

/* NULL if shapelib refuses it. `index` must outlive the handle; `arena` holds the .shx made for it. */
SHPHandle pm_shapelib_open(struct pm_shape_index *index, struct pm_arena *arena);

/* What shapelib said last in this thread; "" if nothing since pm_shapelib_open. */
const char *pm_shapelib_said(void);

#endif
