/* Page sizes as people write them: "1600x1200" in px, "160x120mm" on paper. */
#ifndef PM_BASE_PAGE_SIZE_H
#define PM_BASE_PAGE_SIZE_H

#include <stdbool.h>

/* Pixels, or millimetres; the others are 0. */
struct pm_page_size {
    int width, height;
    double width_mm, height_mm;
};

/* False if the text is no size, or one beyond the limits (base/limits.h). How many pixels millimetres
 * are depends on the dpi, and is not looked at. */
bool pm_page_size_parse(const char *text, struct pm_page_size *out);

#endif
