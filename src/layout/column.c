#include "layout/column.h"

#include "base/banned.h"

#define EPSILON 1e-6 /* px */
#define ABOVE_RULE 4.0
#define BELOW_RULE 7.0

double pm_column_width(const struct pm_column *c)
{
    return c->x1 - c->x0;
}

double pm_column_left(const struct pm_column *c)
{
    return c->bottom - c->y + (double)c->more * (c->bottom - c->top) - c->reserve;
}

void pm_column_next(struct pm_column *c)
{
    c->x0 += c->step;
    c->x1 += c->step;
    c->y = c->top;
    c->more--;
}

static bool fits(const struct pm_column *c, double y, double height, size_t more)
{
    return y + height <= c->bottom - (more ? 0 : c->reserve) + EPSILON;
}

bool pm_column_room(struct pm_column *c, double height)
{
    if (fits(c, c->y, height, c->more))
        return true;
    /* all that follow are as high, but the last one has its reserve */
    if (c->more == 0 || !fits(c, c->top, height, c->more - 1))
        return false;
    pm_column_next(c);
    return true;
}

bool pm_column_section_left_out(const struct pm_column *c)
{
    size_t kept = 0, all = 0, section = c->sections + 1;
    for (size_t i = 0; i < c->wish_count; i++) {
        all += c->wishes[i].section == section;
        kept += c->wishes[i].section == section && !c->wishes[i].left_out;
    }
    return all > 0 && kept == 0;
}

void pm_column_heading(struct pm_column *c, const char *text, const char *other, double height)
{
    const struct pm_draft *draft = c->draft;
    struct pm_block block = pm_block_make(draft, PM_TYPE_HEADING, text, pm_column_width(c));
    bool left_out = pm_column_section_left_out(c);
    c->section = ++c->sections;
    c->headless = left_out ||
                  !pm_column_room(c, block.height + pm_px(draft, ABOVE_RULE + BELOW_RULE) + height);
    if (c->headless)
        return;
    double base = c->y + pm_type_ascent(draft, PM_TYPE_HEADING);
    pm_block_draw(draft, c->scene, &block, c->x0, c->y);
    if (other) {
        struct pm_run small = pm_type_run(draft, PM_TYPE_DISCLAIMER, other, NULL);
        double wide = pm_type_run(draft, PM_TYPE_HEADING, block.lines[0], NULL).width;
        const struct pm_ident aside = {.part = PM_PART_PARAGRAPH, .classes = "heading-aside"};
        if (wide + small.width + pm_px(draft, 12) < pm_column_width(c)) {
            pm_scene_begin(c->scene, &aside, (struct pm_box){0});
            pm_draw_run_at(draft, c->scene, small, c->x0, c->x1, base, PM_AT_END);
            pm_scene_end(c->scene);
        }
    }
    struct pm_path path = {0};
    c->y += block.height + pm_px(draft, ABOVE_RULE);
    pm_path_move(&path, c->x0, c->y);
    pm_path_line(&path, c->x1, c->y);
    pm_scene_path(c->scene, NULL, &path,
                  (struct pm_paint){.stroke = draft->style->color.rule, .width = pm_px(draft, 1)});
    pm_path_finish(&path);
    c->y += pm_px(draft, BELOW_RULE);
}
