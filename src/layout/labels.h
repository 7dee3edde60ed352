/* Labels: candidates for each name, and what a candidate costs. Private to the label stage. */
#ifndef PM_LAYOUT_LABELS_H
#define PM_LAYOUT_LABELS_H

#include "layout/fences.h"
#include "layout/mask.h"
#include "layout/solve.h"
#include "layout/type.h"

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
};

/* All names of a map with their candidates, side by side. */
struct pm_labels {
    struct pm_draft *draft;
    PM_VEC(struct pm_candidate) candidates;
    PM_VEC(struct pm_choice) choices;
    PM_VEC(struct pm_label_item) items; /* by choice */
    struct pm_fences fences;
    struct pm_mask mask; /* of all areas */
};

/* Begins a label: candidates added from here on are its own. */
void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost);
/* Keeps the `most` cheapest candidates of the label, sorted. */
void pm_labels_close(struct pm_labels *labels, size_t most);
/* Is the box in the frame and off everything that is placed already? */
bool pm_labels_allow(const struct pm_labels *labels, struct pm_box box);
/* Adds a candidate unless its box leaves the frame or touches what is taken. */
void pm_labels_add(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                   double cost);
/* The same for a label away from what it names. */
void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt to);
/* How a name is to be set. */
struct pm_setting {
    enum pm_type_role role;
    const char *name, *lang;
    double less;    /* px smaller than the role's size */
    bool two_lines; /* broken at the space nearest to its middle */
    bool muted;     /* outside the focus: in the neighbours' ink */
    double cost;    /* of using this form and not the first */
};

/* NULL if it is to stand in two lines but has no space. */
const struct pm_form *pm_form_make(const struct pm_draft *draft, struct pm_setting setting);

/* Candidates of each kind. */
void pm_label_parents(struct pm_labels *labels);
void pm_label_areas(struct pm_labels *labels);
void pm_label_places(struct pm_labels *labels);
void pm_label_neighbours(struct pm_labels *labels);
void pm_label_waters(struct pm_labels *labels);

#endif
