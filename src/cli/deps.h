/* What outputs were made from, for programs that make them again when something changed. */
#ifndef PM_CLI_DEPS_H
#define PM_CLI_DEPS_H

#include "cli/options.h"

struct deps_list {
    const char *const *v;
    size_t n;
};

struct deps;

/* Of one map or, if `several`, of a batch. */
struct deps *deps_new(bool several);
void deps_free(struct deps *deps);

/* What is wrong with --deps before anything is read; `outputs` are all that will be written. */
void deps_check(const struct options *options, const struct deps_list *outputs,
                struct pm_diags *diags);
/* A map: its outputs, and what `diags` know to have been read for it besides `jobs`, the jobs file (or NULL). */
void deps_add(struct deps *deps, const struct deps_list *outputs, const char *jobs,
              const struct pm_diags *diags);
/* Writes them, whatever came out, unless nothing was read. */
void deps_write(const struct deps *deps, const struct options *options, struct pm_diags *diags);

#endif
