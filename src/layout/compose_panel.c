/* The panel: legend, then notes and disclaimer; side by side on a portrait page. */
#include "layout/column.h"
#include "base/banned.h"

#define GUTTER 0.08 /* of the panel's width, between two columns */

/* Sets the legend in a scene that is thrown away, and counts the rows that found no room. */
static size_t rows_lost(struct pm_column column)
{
    struct pm_scene scratch = {0};
    column.scene = &scratch;
    pm_compose_legend(&column);
    pm_scene_finish(&scratch);
    return column.lost;
}

/* Rows move together before any is lost. */
static void draw_legend(struct pm_column *column)
{
    static const double squeezes[] = {1, 0.85, 0.72, 0.6};
    for (size_t i = 0; i < sizeof squeezes / sizeof *squeezes; i++) {
        column->squeeze = squeezes[i];
        if (rows_lost(*column) == 0)
            break;
    }
    pm_compose_legend(column);
    if (column->lost == 0)
        return;
    pm_warning(column->draft->diags, "legend-cut", (struct pm_place){0},
               "no room for %zu row%s of the legend", column->lost, column->lost == 1 ? "" : "s");
    pm_help(column->draft->diags, "draw a larger or taller page (--size)");
}

/* One of two columns in the panel; `x` is its left end on a page read from the left. */
static void set_in(struct pm_column *column, struct pm_box panel, double x)
{
    double width = pm_box_w(panel) * (1 - GUTTER) / 2;
    struct pm_box box = pm_mirrored(column->draft, panel, pm_box_of(x, panel.y0, width, 0));
    column->x0 = box.x0;
    column->x1 = box.x1;
}

void pm_compose_panel(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct pm_box box = draft->page.panel;
    struct pm_column left = {draft, scene, box.x0, box.x1, box.y0, box.y1, 1, 0}, right = left;
    if (pm_box_empty(box))
        return;
    if (draft->page.portrait) {
        set_in(&left, box, box.x0);
        set_in(&right, box, (box.x0 + box.x1 + pm_box_w(box) * GUTTER) / 2);
    } else {
        left.bottom -= pm_disclaimer_height(&left);
    }
    if (draft->style->show.legend)
        draw_legend(&left);
    if (!draft->page.portrait)
        right.y = left.y;
    pm_compose_notes(&right);
}
