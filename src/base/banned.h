/* Functions that have no place here; including this header makes the compiler refuse them. */
#ifndef PM_BASE_BANNED_H
#define PM_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok /* no bounds */
#pragma GCC poison atof strtod strtof setlocale               /* follow the locale */
#pragma GCC poison localtime gmtime ctime asctime             /* follow the clock or time zone */
#ifndef PM_READS_CLOCK                                        /* cli/clock.c does */  
#pragma GCC poison clock_gettime gettimeofday clock
#endif
#pragma GCC poison rand srand /* global state */

#endif
