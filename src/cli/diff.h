/* provmap diff */
#ifndef PM_CLI_DIFF_H
#define PM_CLI_DIFF_H

#include "cli/options.h"

int diff(const struct options *options, struct pm_diags *diags);

#endif
