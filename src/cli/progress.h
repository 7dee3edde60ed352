/* The progress bar: on a terminal only, and only of what takes longer than a second. */
#ifndef PM_CLI_PROGRESS_H
#define PM_CLI_PROGRESS_H

#include "cli/options.h"

struct progress {
    bool wanted;
    bool stands; /* on the terminal */
    double next; /* when it is drawn again, ms of the clock */
};

struct progress progress_new(const struct options *options);
/* `what`: "maps" */
void progress_show(struct progress *progress, size_t done, size_t all, const char *what);
/* Before anything else is printed. */
void progress_clear(struct progress *progress);
/* Days of a map; nothing if `progress` is NULL. Fits struct pm_progress. */
void progress_step(void *progress, const char *stage, size_t done, size_t all);

#endif
