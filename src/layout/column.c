#include "layout/column.h"

#include "base/banned.h"

double pm_column_width(const struct pm_column *c)
{
    return c->x1 - c->x0;
}

void pm_column_heading(struct pm_column *c, const char *text, const char *other)
{
    const struct pm_draft *draft = c->draft;
    double base = c->y + pm_type_ascent(draft, PM_TYPE_HEADING);
    pm_draw_run_at(draft, c->scene, pm_type_run(draft, PM_TYPE_HEADING, text, NULL), c->x0, c->x1,
                   base, PM_AT_START);
    if (other)
        pm_draw_run_at(draft, c->scene, pm_type_run(draft, PM_TYPE_DISCLAIMER, other, NULL), c->x0,
                       c->x1, base, PM_AT_END);
    struct pm_path path = {0};
    c->y += pm_type_leading(draft, PM_TYPE_HEADING) + pm_px(draft, 4);
    pm_path_move(&path, c->x0, c->y);
    pm_path_line(&path, c->x1, c->y);
    pm_scene_path(c->scene, NULL, &path,
                  (struct pm_paint){.stroke = draft->style->color.rule, .width = pm_px(draft, 1)});
    pm_path_finish(&path);
    c->y += pm_px(draft, 7);
}
