/* The command that prints man pages (groff_man(7)): one, or the names of all. */
#ifndef PM_CLI_MANUAL_H
#define PM_CLI_MANUAL_H

#include "cli/options.h"

int manual(const struct options *options, struct pm_diags *diags);

#endif
