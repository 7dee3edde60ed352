/* provmap batch */
#ifndef PM_CLI_BATCH_H
#define PM_CLI_BATCH_H

#include "cli/options.h"

int batch(const struct options *options, struct pm_diags *diags);

#endif
