/* Text by role: the style's type, scaled to the page. */
#ifndef PM_LAYOUT_TYPE_H
#define PM_LAYOUT_TYPE_H

#include "layout/draft.h"

/* The font of a role; sizes are rounded to whole px (fractional sizes break halos in some SVG viewers). */
struct pm_font pm_type_font(const struct pm_draft *draft, enum pm_type_role role);
/* A line ready to be placed: capitals applied, measured, coloured; `lang` NULL takes the map's. A
 * missing glyph is an error "missing-glyph". */
struct pm_run pm_type_run(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                          const char *lang);
/* The same with a halo, for text on the map. */
struct pm_run pm_type_label(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                            const char *lang);
/* Baseline to baseline, and from the top of a line to its baseline. */
double pm_type_leading(const struct pm_draft *draft, enum pm_type_role role);
double pm_type_ascent(const struct pm_draft *draft, enum pm_type_role role);

/* Text set in a column. */
struct pm_block {
    enum pm_type_role role;
    const char **lines;
    size_t count;
    double height; /* count × leading */
};

struct pm_block pm_block_make(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                              double width);
/* Draws it with its top at y; returns the y below it. `anchor` relative to the column. */
double pm_block_draw(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_block *block, double x, double y);
void pm_draw_run(struct pm_scene *scene, struct pm_run run, double x, double y,
                 enum pm_anchor anchor);

#endif
