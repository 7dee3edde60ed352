/* The panel's columns, side by side and filled one after the other from the top: legend, notes,
 * disclaimer. */
#ifndef PM_LAYOUT_COLUMN_H
#define PM_LAYOUT_COLUMN_H

#include "layout/type.h"

/* What a row of the legend is worth where not all have room, from the least. */
enum pm_worth {
    PM_WORTH_CONTEXT,  /* roads, and boundaries between neighbours */
    PM_WORTH_NATIONAL, /* the capital's star */
    PM_WORTH_UNNAMED,  /* places of which nobody speaks */
    PM_WORTH_EVENT,
    PM_WORTH_BOUNDARY,
    PM_WORTH_PRESSURE,
    PM_WORTH_SIDE,  /* lines and rims that tell of a change */
    PM_WORTH_PLACE, /* statuses, from here on */
    PM_WORTH_PLACE_CHANGED,
    PM_WORTH_AREA,
    PM_WORTH_AREA_CHANGED,
    PM_WORTHS
};

/* A row that the legend wants. */
struct pm_wish {
    size_t row; /* its number in the legend */
    const char *label;
    enum pm_worth worth;
    size_t count; /* of what has the look: of rows that are worth the same the larger come first */
    size_t section; /* of the column */
    bool left_out;  /* it is not to be drawn */
};

struct pm_column {
    const struct pm_draft *draft;
    struct pm_scene *scene;
    double x0, x1, y; /* of the column that is being filled; y: where the next thing goes */
    double top, bottom;
    double step;    /* px to the next column's x0; negative where columns follow to the left */
    size_t more;    /* columns that follow */
    double reserve; /* px kept free at the bottom of the last one … */
    double later;   /* … and besides, once the legend's classes have their rows: for the key */
    double squeeze; /* 0..1: multiplies the legend's rows and gaps */
    struct pm_wish *wishes; /* by row of the legend; or none: all are wanted alike */
    size_t wish_count;
    size_t rows;               /* that were asked for */
    size_t sections;           /* headings that were asked for … */
    size_t section;            /* … and that which rows now stand below, from 1; 0: none */
    bool headless;             /* … and it found no room: nor do they */
    size_t listed;             /* rows of the list that is begun */
    enum pm_worth worth;       /* of the row that is asked for next … */
    size_t many;               /* … and how many have its look */
    size_t lost;               /* rows of the legend that found no room, or were left out … */
    size_t lost_of[PM_WORTHS]; /* … and how many of them by what they are worth */
    size_t left_out;           /* notes that found no room */
    bool chart_lost;           /* no room for the chart of a series */
    bool key_cut; /* … and the key to the numbers on the map, which must not happen */
};

double pm_column_width(const struct pm_column *column);
/* Is there room for something of this height? If not here, the next columns are tried, and the one that
 * has it is the one that is filled from then on. */
bool pm_column_room(struct pm_column *column, double height);
void pm_column_next(struct pm_column *column);
/* px that are left in this and the following columns. */
double pm_column_left(const struct pm_column *column);
/* A heading with a rule below, and something small at its other end, which goes where it has no room;
 * `other` may be NULL. It is kept together with `height` of what follows; nothing is drawn where there is
 * no room for that, or if all rows below it are left out. */
void pm_column_heading(struct pm_column *column, const char *text, const char *other,
                       double height);
/* Are all rows below the next heading left out? */
bool pm_column_section_left_out(const struct pm_column *column);

/* Says of the next row what it is worth, and how many have its look. */
void pm_legend_worth(struct pm_column *column, enum pm_worth worth, size_t count);

/* px of the style behind each part of the legend, squeezed as its rows. */
#define PM_LEGEND_GAP 16.0

/* The rows of a section of the legend: a list, if there are any. */
void pm_legend_begin(struct pm_column *column);
void pm_legend_end(struct pm_column *column);
/* What stands at a row's end: a count and, before it, another figure, in columns as wide as this at least; or NULL. */
struct pm_figures {
    const char *side, *count;
    double side_room, count_room; /* px */
};
/* Begins a row: a label that wraps beside its symbol, and a count at its end, or NULL; `*at` is the middle of the
 * symbol, which the caller draws before it ends the row's group. False if the column has no room left: then
 * nothing is begun, and the loss is counted. */
bool pm_legend_row_with(struct pm_column *column, const char *label,
                        const struct pm_figures *figures, double height, struct pm_pt *at);
bool pm_legend_row(struct pm_column *column, const char *label, const char *count,
                   struct pm_pt *at);
double pm_legend_row_height(const struct pm_column *column);
/* What a heading is kept together with: a row, which may have two lines if it need not stay in the last column. */
double pm_legend_first_height(const struct pm_column *column);
/* The swatch of a row of areas, about the middle of its symbol. */
void pm_legend_swatch(struct pm_column *column, const struct pm_state *state, struct pm_pt at);
/* "Contested: claimed or uncertain" */
const char *pm_legend_label(const struct pm_draft *draft, const struct pm_status_look *look,
                            bool doubtful, bool place);
struct pm_transition;
/* "Taliban control (was: Contested)" */
const char *pm_transition_said(const struct pm_draft *draft, const struct pm_transition *t,
                               bool place);
/* "17 of 34 provinces changed" */
const char *pm_changed_said(const struct pm_draft *draft, size_t changed);
/* On a map of changes, heading and rows: what became what, and what stayed as it was. The rows are still to
 * be ended. */
void pm_compose_changes(struct pm_column *column, bool places);

/* Legend of areas and lines, and of places and events. */
void pm_compose_legend(struct pm_column *column);
/* Notes and sources, then the disclaimer. What has no room is counted and said. */
void pm_compose_notes(struct pm_column *column);
/* Room that the disclaimer takes below all else; never more than a third of a column. */
double pm_disclaimer_height(const struct pm_column *column);
/* Room that the key to the numbers on the map takes with the heading above it. */
double pm_key_height(const struct pm_column *column);

#endif
