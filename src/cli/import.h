/* provmap import: a status file from a table. */
#ifndef PM_CLI_IMPORT_H
#define PM_CLI_IMPORT_H

#include "cli/options.h"

int import(const struct options *options, struct pm_diags *diags);

#endif
