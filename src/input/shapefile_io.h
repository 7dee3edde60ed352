/* How shapelib reaches files: reading only, in large pieces. */
#ifndef PM_INPUT_SHAPEFILE_IO_H
#define PM_INPUT_SHAPEFILE_IO_H

#include <shapefil.h>

/* Sets all hooks; the caller may replace hooks->Error. */
void pm_shapefile_io(SAHooks *hooks);

#endif
