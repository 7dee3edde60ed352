#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/clock.h"
#include "base/banned.h"

#define PATIENCE 1000.0 /* ms before it appears */
#define TICK 150.0      /* ms between drawings */

enum { BAR = 30 };

struct progress progress_new(const struct options *o)
{
    bool wanted = isatty(STDERR_FILENO) && !o->no_progress && !o->quiet && o->form == FORM_HUMAN;
    return (struct progress){.wanted = wanted, .next = clock_ms() + PATIENCE};
}

void progress_show(struct progress *progress, size_t done, size_t all, const char *what)
{
    char bar[BAR + 1];
    size_t filled = all ? done * BAR / all : 0;
    if (!progress->wanted || clock_ms() < progress->next)
        return;
    for (size_t i = 0; i < BAR; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[BAR] = '\0';
    fprintf(stderr, "\r\033[K%s %zu of %zu %s", bar, done, all, what);
    progress->stands = true;
    progress->next = clock_ms() + TICK;
}

void progress_clear(struct progress *progress)
{
    if (progress->stands)
        fputs("\r\033[K", stderr);
    progress->stands = false;
}

void progress_step(void *user, const char *stage, size_t done, size_t all)
{
    char what[64];
    struct progress *progress = user;
    if (!progress || !progress->wanted)
        return;
    snprintf(what, sizeof what, "days %s", stage);
    progress_show(progress, done, all, what);
}
