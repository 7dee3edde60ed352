/* Diagnostics on stderr, in the form that was asked for. */
#ifndef PM_CLI_REPORT_H
#define PM_CLI_REPORT_H

#include "base/hash.h"
#include "base/str.h"
#include "cli/options.h"
#include "provmap.h"

/* Prints all of them, sorted; with `quiet` errors only. `command` (or NULL) is what they mean for. */
void report(struct pm_diags *diags, enum diagnostics_form form, bool quiet,
            const struct command *command);

/* The gravest fault where 1 is an answer (diff: it changed; --verify: it is stale): wrong data must not pass for it and
 * end as files do that can't be read. */
enum pm_fault fault_beside_answer(const struct pm_diags *diags);

/* Messages that people have read of one map are not told again of others. Zeroed: none yet. */
struct told {
    struct pm_arena arena;
    struct pm_index index;
    size_t again; /* how many were left out */
};

/* Adds those of one of several maps, which is called `job`: under its name and what became of it (NULL: all is well)
 * for people, with its name in each line for programs. */
void report_job(struct pm_diags *diags, const struct options *options, const char *job,
                const char *verdict, struct told *told, struct pm_str *out);

/* Warnings and notes of a map as it was drawn last, wherever in a file they were; people are not told them again.
 * Zeroed: it was not drawn yet. */
struct heard {
    struct pm_arena arena;
    struct pm_index index;
    size_t same, gone; /* how many were left out, and how many there are no more */
};

/* As report() does, but people are told only of errors and what is new since the map was drawn last. */
void report_news(struct pm_diags *diags, const struct options *options,
                 const struct command *command, struct heard *heard);

#endif
