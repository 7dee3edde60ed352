/* MAP_ANONYMOUS is none of POSIX's. */
#define _DEFAULT_SOURCE
#include "cli/fatal.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/diag.h"
#include "cli/memory.h"
#include "base/banned.h"

#define NO_MEMORY "provmap: error: no memory is left; no file is half written [out-of-memory]\n"
#define CUT_OFF                                                                                    \
    "provmap: error: a font or program file was cut off while it was in use [cannot-read]\n"

#define TOO_LITTLE                                                                                 \
    "provmap: error: a library failed, for want of memory as it seems: the limit (ulimit -v) is "  \
    "low; no file is half written [out-of-memory]\n"

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

/* Not all libraries look at what an allocation gave them. */
static void on_fault(int number)
{
    (void)number;
    end(TOO_LITTLE, sizeof TOO_LITTLE - 1, PM_FAULT_INTERNAL);
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
        bool if_limited; /* else it is a bug, and stays one */
    } all[] = {{SIGABRT, on_abort, false},
               {SIGTRAP, on_trap, false},
               {SIGBUS, on_bus, false},
               {SIGSEGV, on_fault, true}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].if_limited && !memory_limit())
            continue;
        struct sigaction action = {.sa_handler = all[i].handler};
        sigemptyset(&action.sa_mask);
        sigaction(all[i].number, &action, NULL);
    }
}

void fatal_check_memory(struct pm_diags *diags)
{
    size_t limit = memory_limit();
    if (!limit)
        return;
    size_t size = (size_t)LEAST_MEMORY * MIB;
    void *room = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room != MAP_FAILED) {
        munmap(room, size);
        return;
    }
    pm_error(diags, PM_FAULT_INTERNAL, "out-of-memory", (struct pm_place){0},
             "the limit of %zu MiB leaves less than %d MiB to draw in", limit, (int)LEAST_MEMORY);
    pm_help(diags, "raise it: ulimit -v");
}
