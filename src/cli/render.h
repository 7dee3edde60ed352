/* provmap render: load, draw, write. */
#ifndef PM_CLI_RENDER_H
#define PM_CLI_RENDER_H

#include "cli/options.h"

/* Returns the exit code. */
int render(const struct options *options);

#endif
