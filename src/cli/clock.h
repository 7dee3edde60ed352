/* The only place where a clock is read: how long something takes, and what a person is told of when it was. None
 * of it reaches an output. */
#ifndef PM_CLI_CLOCK_H
#define PM_CLI_CLOCK_H

#include <time.h>

enum { CLOCK_TEXT = 9 }; /* "14:03:21" */

/* Milliseconds on a clock that runs steadily. */
double clock_ms(void);
/* The time of day where the user is. */
void clock_local(char out[CLOCK_TEXT]);
/* Now, as the system stamps files that change now. */
struct timespec clock_stamp(void);

#endif
