/* What a map is made from: status, shapes, style and aliases; and whom it is made by. */
#ifndef PM_CLI_INPUTS_H
#define PM_CLI_INPUTS_H

#include "cli/options.h"
#include "cli/progress.h"
#include "cli/shelf.h"

/* What a thread makes its maps with, one after the other. */
struct studio {
    struct shelf *shelf;       /* shared with others */
    struct pm_engine *engine;  /* its own; NULL until the first map */
    const char *font_dir;      /* … of the engine, or NULL */
    size_t threads;            /* that the engine may take, where no other studio needs them */
    struct progress *progress; /* who waits; NULL: nobody */
};

enum { MOST_INPUTS = 6 };

struct inputs {
    const char *shapes_name, *style_name; /* from the options or the status file */
    const struct pm_status *status;
    const struct pm_status *before; /* that --compare names; or NULL */
    const struct pm_style *style;
    const struct pm_style *dark; /* NULL: one theme is enough */
    const struct pm_atlas *atlas;
    const struct pm_aliases *aliases; /* NULL: none were named */
    struct studio *studio;
    const struct shelf_item *taken[MOST_INPUTS]; /* from the shelf */
    size_t taken_count;
};

/* What is wrong with options before anything is read. */
void inputs_check(const struct options *options, struct pm_diags *diags);
/* Takes all of them from the studio's shelf, whatever is wrong with one, so that one run shows all problems;
 * and writes the join report. False if there was any error. */
bool inputs_load(struct inputs *inputs, struct studio *studio, const struct options *options,
                 struct pm_diags *diags);
/* Is the map an animation? It is asked for, or an output in .apng implies it. */
bool inputs_move(const struct options *options);
/* Joins and lays out; NULL if there was any error. */
struct pm_map *inputs_map(struct inputs *inputs, const struct options *options,
                          struct pm_diags *diags);
/* Before the studio. */
void inputs_free(struct inputs *inputs);
/* The engine and, if it is not shared, the shelf. */
void studio_finish(struct studio *studio, bool shelf_too);

#endif
