/* What can't be gone on from: no memory, a mapped file that was cut off. The libraries raise signals then; the command
 * says what it was and ends with an exit code of its own. */
#ifndef PM_CLI_FATAL_H
#define PM_CLI_FATAL_H

#include "provmap.h"

void fatal_prepare(void);
/* An error "out-of-memory" if the limit on addresses (ulimit -v) leaves too little to draw anything: libraries
 * would fail in ways of their own. */
void fatal_check_memory(struct pm_diags *diags);

#endif
