/* provmap watch */
#ifndef PM_CLI_WATCH_H
#define PM_CLI_WATCH_H

#include "cli/options.h"

int watch(const struct options *options, struct pm_diags *diags);

#endif
