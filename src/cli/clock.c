#define PM_READS_CLOCK
#include "cli/clock.h"

#include "base/banned.h"

double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void clock_local(char out[CLOCK_TEXT])
{
    time_t now = time(NULL);
    struct tm local = {0};
    tzset();
    if (!localtime_r(&now, &local) || strftime(out, CLOCK_TEXT, "%H:%M:%S", &local) == 0)
        memcpy(out, "--:--:--", CLOCK_TEXT);
}

struct timespec clock_stamp(void)
{
    struct timespec t;
#ifdef CLOCK_REALTIME_COARSE /* of Linux: files have its grain */
    clock_gettime(CLOCK_REALTIME_COARSE, &t);
#else
    clock_gettime(CLOCK_REALTIME, &t);
#endif
    return t;
}
