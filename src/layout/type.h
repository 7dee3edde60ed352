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
/* What gives texts more room, as a help. Lengths follow the page's size, so a larger one has more room only where its
 * letters are as small as they may be. */
const char *pm_more_room(const struct pm_draft *draft);
double pm_type_ascent(const struct pm_draft *draft, enum pm_type_role role);

/* `s` as a text of the page's own direction: with a mark in front if it would be set in the other. For
 * what provmap puts together; a text of the user's is set as its first letter says. */
const char *pm_type_led(const struct pm_draft *draft, const char *s);
/* A text to stand within one that runs from the right, or from the left: set apart if it is of the other
 * direction. */
const char *pm_type_within(const struct pm_draft *draft, bool rtl, const char *s);

/* Text set in a column. */
struct pm_block {
    enum pm_type_role role;
    const char **lines;
    size_t count;
    double leading, ascent; /* the role's, or more where letters of the text need it */
    double width, height;   /* height: count × leading */
    const char *link;       /* where a reader is led; NULL: nowhere */
};

struct pm_block pm_block_make(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                              double width);
/* Takes away the lines that are more than fit into `height`; the last one that stays then ends in "…".
 * False if all fitted. */
bool pm_block_cut(const struct pm_draft *draft, struct pm_block *block, double height);
/* Draws it in x to x + width, from the side where reading begins, with its top at y; returns the y
 * below it. Titles and texts are a part of the document, the others belong to the part that is open. */
double pm_block_draw(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_block *block, double x, double y);
void pm_draw_run(struct pm_scene *scene, struct pm_run run, double x, double y,
                 enum pm_anchor anchor);

/* The credit line as the footer sets it, before it is cut to the footer's height. */
struct pm_block pm_footer_block(const struct pm_draft *draft, const char *projection);

/* Where reading begins and ends on the page: left and right, or right and left. */
enum pm_line_end { PM_AT_START, PM_AT_END };
/* Draws a line at one side of x0 to x1. */
void pm_draw_run_at(const struct pm_draft *draft, struct pm_scene *scene, struct pm_run run,
                    double x0, double x1, double y, enum pm_line_end side);

/* With a capital first letter, where its script has them. */
char *pm_capitalised(const struct pm_draft *draft, const char *s);

#endif
