/* Files whose changes the system tells. Their folders are watched, all on the way to them: editors write a file
 * under another name and rename it, folders are moved, links are turned. */
#ifndef PM_CLI_NOTICE_H
#define PM_CLI_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "provmap.h"

struct notice;

/* From now on a signal that stops a command only ends notice_wait, the present one or the next; a second one ends the
 * process. NULL and an error "no-watching" if the system has no means. */
struct notice *notice_new(struct pm_diags *diags);
/* Accepts NULL. */
void notice_free(struct notice *notice);

/* Watches these files and no others, whether they are there or not. One that is new among them, or is in a folder
 * that is, counts as changed if it was after `since`: nobody has watched it meanwhile. An error "no-watching" if the
 * system refuses some. */
void notice_files(struct notice *notice, const char *const *paths, size_t count,
                  struct timespec since, struct pm_diags *diags);
/* Waits until a file changes, or for so many milliseconds (negative: without an end), or for a signal, whose number
 * it puts there. Did a file change? */
bool notice_wait(struct notice *notice, double ms, int *signal);
/* The next file that changed, by the name it was given under; each once; NULL: no more. */
const char *notice_next(struct notice *notice);

#endif
