#include "cli/signals.h"

#include <stddef.h>

#include "base/banned.h"

void signals_that_stop(sigset_t *stops)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action;
    sigemptyset(stops);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(stops, signals[i]);
}
