/* The commands that print something about files or about provmap itself to standard output. */
#ifndef PM_CLI_PRINT_H
#define PM_CLI_PRINT_H

#include "cli/options.h"

int info(const struct options *options, struct pm_diags *diags);   /* of files */
int schema(const struct options *options, struct pm_diags *diags); /* JSON Schemas */
int styles(const struct options *options, struct pm_diags *diags); /* presets, or keys of styles */

/* Flushes standard output: an error if not everything could be written. */
void print_finish(struct pm_diags *diags);

#endif
