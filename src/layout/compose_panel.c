/* The panel: legend, then notes and disclaimer; side by side on a portrait page. */
#include "layout/column.h"
#include "base/banned.h"

#define GUTTER 0.08 /* of the panel's width, between two columns */

void pm_compose_panel(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct pm_box box = draft->page.panel;
    struct pm_column left = {draft, scene, box.x0, box.x1, box.y0, box.y1}, right = left;
    if (pm_box_empty(box))
        return;
    if (draft->page.portrait) {
        left.x1 = box.x0 + pm_box_w(box) * (1 - GUTTER) / 2;
        right.x0 = box.x1 - pm_box_w(box) * (1 - GUTTER) / 2;
    }
    if (draft->style->show.legend)
        pm_compose_legend(&left);
    if (!draft->page.portrait)
        right.y = left.y;
    pm_compose_notes(&right);
}
