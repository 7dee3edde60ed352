/* What render and check read: status, shapes, style and aliases. */
#ifndef PM_CLI_INPUTS_H
#define PM_CLI_INPUTS_H

#include "cli/options.h"

struct inputs {
    const char *shapes_name, *style_name; /* from the options or the status file */
    struct pm_status *status;
    struct pm_status *before; /* that --compare names; or NULL */
    struct pm_style *style;
    struct pm_style *dark; /* NULL: one theme is enough */
    struct pm_atlas *atlas;
    struct pm_aliases *aliases; /* NULL: none were named */
    struct pm_engine *engine;
};

/* What is wrong with options before anything is read. */
void inputs_check(const struct options *options, struct pm_diags *diags);
/* Reads all of them, whatever is wrong with one, so that one run shows all problems; and writes the
 * join report. False if there was any error. */
bool inputs_load(struct inputs *inputs, const struct options *options, struct pm_diags *diags);
/* Joins and lays out; NULL if there was any error. */
struct pm_map *inputs_map(struct inputs *inputs, const struct options *options,
                          struct pm_diags *diags);
void inputs_free(struct inputs *inputs);

#endif
