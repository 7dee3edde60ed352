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
    const struct pm_name *name; /* NULL of a number */
    double less;                /* px that it is smaller than the role's size */
    struct pm_run *lines;
    size_t line_count;
    double width, height; /* of the box that no other label may touch */
    double leading, ascent;
    double cost; /* of using this form and not the first */
    bool keyed;  /* a number that refers to the key, not known yet */
};

#define PM_DROP_TOLD 20.0 /* what it costs to leave out a name that an inset tells */
#define PM_LEAST_WAY 8.0  /* … and, at least, to give it a leader or make it a number */

/* A name to place. Its candidates are added right after pm_labels_open(). */
struct pm_label_item {
    const char *name;
    enum pm_label_kind kind;
    size_t index;    /* of the draft's place or area */
    bool told;       /* an inset carries the name as well */
    bool wanted;     /* when it is dropped, that is worth a warning */
    bool other_ways; /* it may have a leader, or be a number of the key … */
    bool has_ways;   /* … and has candidates for these */
};

/* All names of a map with their candidates, side by side. */
struct pm_labels {
    struct pm_draft *draft;
    PM_VEC(struct pm_candidate) candidates;
    PM_VEC(struct pm_choice) choices;
    PM_VEC(struct pm_label_item) items; /* by choice */
    struct pm_ground ground;
    bool rationed; /* no other labels may become numbers of the key */
    PM_VEC(const void *) memories;
};

/* Begins a label: candidates added from here on are its own. */
void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost);
/* It has its candidates and no others; those of other labels give way. */
void pm_labels_fix(struct pm_labels *labels);
/* Keeps its `most` cheapest candidates, sorted. */
void pm_labels_close(struct pm_labels *labels, size_t most);
/* Sorts the candidates from `first` on, and keeps the `most` cheapest. */
void pm_labels_cut(struct pm_labels *labels, size_t first, size_t most);
/* Takes back the label that was closed last. */
void pm_labels_withdraw(struct pm_labels *labels);

/* A candidate in a box that the ground allows; none if the cost is infinite. */
void pm_labels_add(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                   double cost);
/* The same on any ground, which is copied; `angle` in degrees, clockwise. */
void pm_labels_add_on(struct pm_labels *labels, const struct pm_form *form,
                      const struct pm_footprint *ground, double angle, double cost);

/* A label away from what it names, with a leader. */
void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt from, struct pm_pt to);

/* Does a leader end on the outline of an inset, of those from `first` on, or so near that it would seem to? */
bool pm_label_ends_on_outline(const struct pm_draft *draft, size_t first, struct pm_pt to);

/* What a leader leads to. */
struct pm_target {
    struct pm_pt at;
    double reach; /* px that it takes about `at` */
    bool mark;    /* leaders end at its edge; else at `at` or, if that is not free, near it */
    size_t area;  /* that it lies in, or PM_NONE */
};

/* Candidates around a target at growing distances, with leaders that touch nothing that is taken. Off all
 * areas is best; none lies on an area of another look. */
void pm_labels_add_around(struct pm_labels *labels, const struct pm_form *form,
                          const struct pm_target *target);

/* ---- kept with the basemap (label_memory.c) --------------------------------------------------- */

enum { PM_NAMES_OF_LABEL = 2, PM_MOST_WAYS = 400 };

/* Which candidates has a name? All that the answer follows from, but for the basemap and the ground. */
struct pm_label_question {
    enum pm_label_kind kind;
    bool ways; /* leaders and numbers, else in its place */
    const struct pm_target *target;
    struct pm_name *names[PM_NAMES_OF_LABEL]; /* that forms are made of; NULL for none */
    const struct pm_form *number;             /* or NULL */
    struct pm_box reach;                      /* that no candidate and no leader goes beyond */
    size_t most;                              /* that are kept */
    void (*make)(struct pm_labels *labels, const void *user); /* adds them */
    const void *user;
};

/* Adds the candidates for the label that is open, which are made if no map before had them. */
void pm_labels_ask(struct pm_labels *labels, const struct pm_label_question *question);
/* Gives back what was asked for: candidates are no longer used. */
void pm_labels_forget(struct pm_labels *labels);

/* ---- forms (label_forms.c) ------------------------------------------------------------------ */

struct pm_name *pm_name_make(const struct pm_draft *draft, struct pm_name name);
/* At the space nearest to its middle; false if it has none. */
bool pm_name_break(const struct pm_draft *draft, struct pm_name *name);
/* Height of a form of this role, so many px smaller than the role's size. */
double pm_form_height(const struct pm_draft *draft, enum pm_type_role role, double less,
                      size_t lines);
/* In one line, or in two if it has been broken. */
const struct pm_form *pm_form_make(const struct pm_draft *draft, const struct pm_name *name,
                                   double less, size_t lines, double cost);
/* A number of the key, as wide as any of them. */
const struct pm_form *pm_form_keyed(const struct pm_draft *draft, enum pm_type_role role,
                                    double cost);

/* How the status file wants the label; never NULL. */
const struct pm_label_wish *pm_label_wish(const struct pm_state *state);
/* The name, or what the status file wants instead. */
const char *pm_label_name(const struct pm_draft *draft, const char *name,
                          const struct pm_state *state);
/* The name and the day that is known of last: "Herat (1 July 2021)". */
const char *pm_label_dated(const struct pm_draft *draft, const char *name,
                           const struct pm_state *state);
/* What the label says: the name, of a state that is stale with its date. */
const char *pm_label_text(const struct pm_draft *draft, const char *name,
                          const struct pm_state *state);
/* Of a place or an area, which alone may have other ways. */
const struct pm_state *pm_label_state(const struct pm_draft *draft, enum pm_label_kind kind,
                                      size_t index);
/* Is the area one of those that an inset is there to show? On the map itself all are. */
bool pm_label_is_shown(const struct pm_draft *draft, size_t area);
/* Do names belong there? On the maps of a series, after the first, they say where to look. */
bool pm_label_is_news(const struct pm_draft *draft, size_t area);
/* Is there a key? Not without a panel. */
bool pm_label_has_key(const struct pm_draft *draft);
/* Does a label of the area's capital say the area's name as well? */
bool pm_label_by_capital(const struct pm_draft *draft, size_t area, const char *name);

/* ---- fixed labels (label_leaders.c) ---------------------------------------------------------- */

/* A box on a side of a point, `gap` px away. */
struct pm_box pm_label_beside(const struct pm_form *form, struct pm_pt at, double gap,
                              enum pm_side side);
/* Where the status file wants it, with a leader if that is away from the target. False if the ground there
 * is taken, after a warning "label-not-as-wished". */
bool pm_labels_add_fixed(struct pm_labels *labels, const struct pm_name *name,
                         const struct pm_label_wish *wish, const struct pm_target *target);

/* ---- candidates of each kind ---------------------------------------------------------------- */

void pm_label_places(struct pm_labels *labels);  /* label_places.c */
void pm_label_parents(struct pm_labels *labels); /* label_areas.c, down to the lakes */
void pm_label_areas(struct pm_labels *labels);
void pm_label_neighbours(struct pm_labels *labels);
void pm_label_lakes(struct pm_labels *labels);
void pm_label_rivers(struct pm_labels *labels); /* label_lines.c */
void pm_label_roads(struct pm_labels *labels);

/* With leaders and numbers of the key, for the label that is open. */
void pm_label_place_ways(struct pm_labels *labels, size_t place);
void pm_label_area_ways(struct pm_labels *labels, size_t area);

#endif
