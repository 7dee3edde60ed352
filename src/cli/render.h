/* The commands that read a status file: render draws it, check does all but that. */
#ifndef PM_CLI_RENDER_H
#define PM_CLI_RENDER_H

#include "cli/options.h"

int render(const struct options *options, struct pm_diags *diags);
int check(const struct options *options, struct pm_diags *diags);

#endif
