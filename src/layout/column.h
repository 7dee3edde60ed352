/* A column of the panel, filled from the top: legend, notes, disclaimer. */
#ifndef PM_LAYOUT_COLUMN_H
#define PM_LAYOUT_COLUMN_H

#include "layout/type.h"

struct pm_column {
    const struct pm_draft *draft;
    struct pm_scene *scene;
    double x0, x1, y, bottom; /* y: where the next thing goes */
    double squeeze;           /* 0..1: multiplies the legend's rows and gaps */
    size_t lost;              /* rows of the legend that found no room */
};

double pm_column_width(const struct pm_column *column);
/* A heading with a rule below, and something small at its other end; `other` may be NULL. */
void pm_column_heading(struct pm_column *column, const char *text, const char *other);

/* Legend of areas and lines, and of places and events. */
void pm_compose_legend(struct pm_column *column);
/* Notes and sources; ends the column with the disclaimer. What has no room is counted and said. */
void pm_compose_notes(struct pm_column *column);
/* Room that the disclaimer takes below all else. */
double pm_disclaimer_height(const struct pm_column *column);

#endif
