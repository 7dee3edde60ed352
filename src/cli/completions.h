/* provmap completions: scripts for shells, made from the tables of options.h. */
#ifndef PM_CLI_COMPLETIONS_H
#define PM_CLI_COMPLETIONS_H

#include "cli/options.h"

int completions(const struct options *options, struct pm_diags *diags);

#endif
