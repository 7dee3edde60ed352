/* What outputs were made from, for programs that make them again when something changed. */
#ifndef PM_CLI_DEPS_H
#define PM_CLI_DEPS_H

#include "cli/options.h"

/* What is wrong with --deps before anything is read. */
void deps_check(const struct options *options, struct pm_diags *diags);
/* Writes what `diags` know to have been read, whatever came out, unless nothing was. */
void deps_write(const struct options *options, struct pm_diags *diags);

#endif
