/* How long each stage took, for --timings. */
#ifndef PM_CLI_TIMINGS_H
#define PM_CLI_TIMINGS_H

#include "base/vec.h"
#include "cli/options.h"

struct timing {
    const char *stage; /* a constant */
    double ms;
};

struct timings {
    double begin, last; /* of clock_ms */
    PM_VEC(struct timing) done;
};

void timings_begin(struct timings *timings);
/* What was done since the last call; nothing if `timings` is NULL. Fits struct pm_stages. */
void timings_done(void *timings, const char *stage);
/* Prints them to stderr, and the total: a table, or one line of JSON. */
void timings_print(const struct timings *timings, enum diagnostics_form form);
void timings_finish(struct timings *timings);

#endif
