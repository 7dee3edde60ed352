/* MAP_ANONYMOUS is none of POSIX's. */
#define _DEFAULT_SOURCE
#include "cli/fatal.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/banned.h"

#define NO_MEMORY "provmap: error: no memory is left; no file is half written [out-of-memory]\n"
#define CUT_OFF                                                                                    \
    "provmap: error: a font or program file was cut off while it was in use [cannot-read]\n"

enum { MIB = 1024 * 1024, LEAST_MEMORY = 96 }; /* MiB */

/* In a signal's handler nothing may be called but what POSIX lists. */
static _Noreturn void end(const char *words, size_t length, enum pm_fault fault)
{
    ssize_t written = write(STDERR_FILENO, words, length);
    (void)written;
    _exit((int)fault);
}

/* Whoever aborts for want of memory comes from an allocation that failed; any other abort is a bug and stays one. */
static void on_abort(int number)
{
    if (errno == ENOMEM)
        end(NO_MEMORY, sizeof NO_MEMORY - 1, PM_FAULT_INTERNAL);
    signal(number, SIG_DFL);
    raise(number);
}

/* GLib traps when it gets no memory or thread, after words of its own. */
static void on_trap(int number)
{
    (void)number;
    end(NO_MEMORY, sizeof NO_MEMORY - 1, PM_FAULT_INTERNAL);
}

static void on_bus(int number)
{
    (void)number;
    end(CUT_OFF, sizeof CUT_OFF - 1, PM_FAULT_INPUT);
}

void fatal_prepare(void)
{
    static const struct {
        int number;
        void (*handler)(int number);
    } all[] = {{SIGABRT, on_abort}, {SIGTRAP, on_trap}, {SIGBUS, on_bus}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct sigaction action = {.sa_handler = all[i].handler};
        sigemptyset(&action.sa_mask);
        sigaction(all[i].number, &action, NULL);
    }
}

void fatal_check_memory(struct pm_diags *diags)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    size_t size = (size_t)LEAST_MEMORY * MIB;
    void *room = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room != MAP_FAILED) {
        munmap(room, size);
        return;
    }
    pm_error(diags, PM_FAULT_INTERNAL, "out-of-memory", (struct pm_place){0},
             "the limit of %llu MiB leaves less than %d MiB to draw in",
             (unsigned long long)limit.rlim_cur / MIB, (int)LEAST_MEMORY);
    pm_help(diags, "raise it: ulimit -v");
}
