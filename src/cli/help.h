/* --help, from the tables of options.c. */
#ifndef PM_CLI_HELP_H
#define PM_CLI_HELP_H

#include "cli/options.h"

/* Of one command, or (NULL) of all; to stdout. */
void help_print(const struct command *command);

struct exit_code {
    int code;
    const char *meaning;
};
extern const struct exit_code exit_codes[];
extern const size_t exit_code_count;

#endif
