/* The commands that read a status file: render draws it, check does all but that. */
#ifndef PM_CLI_RENDER_H
#define PM_CLI_RENDER_H

#include "base/str.h"
#include "cli/inputs.h"
#include "cli/options.h"

/* What became of the outputs of a map. */
struct rendered {
    size_t written, same;  /* files; with --verify, same are those that are up to date … */
    size_t stale, missing; /* … and these are not, … */
    size_t outdated;       /* … of which this output is the first */
    struct pm_str log;     /* with --verbose: a line for each */
};

/* The gravest fault; with --verify what is stale is no fault of the data. */
enum pm_fault rendered_fault(const struct options *options, const struct rendered *done,
                             const struct pm_diags *diags);

int render(const struct options *options, struct pm_diags *diags);
int check(const struct options *options, struct pm_diags *diags);

/* One map, all of whose outputs are written, or none. Adds to `done`; its log is the caller's to finish. */
void render_map(const struct options *options, struct studio *studio, struct pm_diags *diags,
                struct rendered *done);

/* All but drawing and writing. */
void check_map(const struct options *options, struct studio *studio, struct pm_diags *diags);

#endif
