/* Diagnostics on stderr, in the form that was asked for. */
#ifndef PM_CLI_REPORT_H
#define PM_CLI_REPORT_H

#include "cli/options.h"
#include "provmap.h"

/* Prints all of them, sorted; with `quiet` errors only. `command` (or NULL) is what they mean for. */
void report(struct pm_diags *diags, enum diagnostics_form form, bool quiet,
            const struct command *command);

#endif
