/* Signals that ask a command which takes its time to end. */
#ifndef PM_CLI_SIGNALS_H
#define PM_CLI_SIGNALS_H

#include <signal.h>

/* What a shell makes of a program that a signal ended is this and the signal's number. */
enum { SIGNAL_CODE = 128 };

/* Interrupt, terminate, hang up; but for what whoever started the command has chosen to ignore. */
void signals_that_stop(sigset_t *stops);

#endif
