/* Labels: candidates for each name, and what a candidate costs. Private to the label stage. */
#ifndef PM_LAYOUT_LABELS_H
#define PM_LAYOUT_LABELS_H

#include "layout/ground.h"
#include "layout/solve.h"
#include "layout/type.h"

/* A name and how it is to be set; shaped once, for all sizes. */
struct pm_name {
    enum pm_type_role role;
    const char *text, *lang;
    bool muted;           /* outside the focus: in the neighbours' ink */
    struct pm_run one;    /* in one line, of the role's size */
    struct pm_run two[2]; /* in two, once it has been broken */
};

/* A way to set a name: its lines, centred under each other. */
struct pm_form {
    struct pm_run *lines;
    size_t line_count;
    double width, height; /* of the box that no other label may touch */
    double leading, ascent;
    double cost; /* of using this form and not the first */
};

/* A name to place. Its candidates are added right after pm_labels_open(). */
struct pm_label_item {
    const char *name;
    const char *layer; /* "parent", "area", "place", "neighbour", "water" */
    bool wanted;       /* when it is dropped, that is worth a warning */
    size_t area;       /* that may have a leader to its name, or PM_NONE */
};

/* All names of a map with their candidates, side by side. */
struct pm_labels {
    struct pm_draft *draft;
    PM_VEC(struct pm_candidate) candidates;
    PM_VEC(struct pm_choice) choices;
    PM_VEC(struct pm_label_item) items; /* by choice */
    struct pm_ground ground;
};

/* Begins a label: candidates added from here on are its own. */
void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost);
/* Keeps the `most` cheapest candidates of the label, sorted. */
void pm_labels_close(struct pm_labels *labels, size_t most);
/* Begins a label again that has been closed: it keeps its candidates, and gets those added until it is
 * closed again, by its index. */
void pm_labels_reopen(struct pm_labels *labels, size_t index);
void pm_labels_close_again(struct pm_labels *labels, size_t index, size_t most);
void pm_labels_add(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                   double cost);
/* A label away from what it names, unless its leader touches what is taken. */
void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt to);

struct pm_name *pm_name_make(const struct pm_draft *draft, struct pm_name name);
/* At the space nearest to its middle; false if it has none. */
bool pm_name_break(const struct pm_draft *draft, struct pm_name *name);
/* Height of a form of this role, so many px smaller than the role's size. */
double pm_form_height(const struct pm_draft *draft, enum pm_type_role role, double less,
                      size_t lines);
/* In one line, or in two if it has been broken. */
const struct pm_form *pm_form_make(const struct pm_draft *draft, const struct pm_name *name,
                                   double less, size_t lines, double cost);

/* Candidates of each kind. */
void pm_label_parents(struct pm_labels *labels);
void pm_label_areas(struct pm_labels *labels);
void pm_label_places(struct pm_labels *labels);
void pm_label_neighbours(struct pm_labels *labels);
void pm_label_waters(struct pm_labels *labels);
/* Areas whose names found no room inside: more candidates outside. Were there any? */
bool pm_label_areas_outside(struct pm_labels *labels);

#endif
