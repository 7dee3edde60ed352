/* --help and the manual, both from the tables of options.c. */
#ifndef PM_CLI_HELP_H
#define PM_CLI_HELP_H

#include "cli/options.h"

/* Of one command, or (NULL) of all; to stdout. */
void help_print(const struct command *command);
/* As a man page (groff_man(7)), to stdout. */
void help_manual(void);

#endif
