/* How map and panel share what header and footer leave of the page. */
#ifndef PM_LAYOUT_PAGE_FORM_H
#define PM_LAYOUT_PAGE_FORM_H

#include "layout/draft.h"

/* Where map and panel lie, and how good that is. */
struct pm_page_form {
    struct pm_box map, panel;
    size_t columns; /* of the panel; 0: there is none */
    double held;    /* share of the panel's needs that it has room for */
    double worth;
    struct pm_map_grid grid; /* of a series */
};

/* The best of all forms in `content`; read from the left. */
struct pm_page_form pm_page_form_of(const struct pm_draft *draft, struct pm_box content);
/* px: the least width and height of a map that shows anything. */
double pm_least_map(const struct pm_draft *draft);

#endif
