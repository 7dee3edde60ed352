/* The panel before the map is laid out: how much room it will want. */
#ifndef PM_LAYOUT_PANEL_H
#define PM_LAYOUT_PANEL_H

#include "layout/draft.h"

/* px of height in one column. */
struct pm_panel_need {
    double legend, notes;
    double
        least; /* of the legend with its rows moved together, the disclaimer and a key to a few numbers */
};

/* As far as can be told from the status file alone: which lines, places and callouts the map will show, and
 * whether it needs a key, is not known yet. */
struct pm_panel_need pm_panel_need(const struct pm_draft *draft, double width);

/* Once all else is laid out: is there room for the key to the numbers of labels, beside all statuses of the
 * legend and the disclaimer? */
bool pm_panel_holds_key(const struct pm_draft *draft);

#endif
