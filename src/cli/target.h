/* Targets: what is wrong with them before anything is read, and writing to them. */
#ifndef PM_CLI_TARGET_H
#define PM_CLI_TARGET_H

#include <stdbool.h>

#include "base/file.h"
#include "base/str.h"
#include "provmap.h"

/* An error of fault PM_FAULT_USAGE: the message and, if any, what it is about in quotes. */
void usage_error(struct pm_diags *diags, const char *id, const char *message, const char *what);

/* An error: the output is an input. */
void target_refuse_input(struct pm_diags *diags, const char *path);

/* "-": standard input or output. */
bool target_is_stream(const char *path);
/* Two names of one file, through links too. Those that don't exist yet are told by folder and name, which may be one
 * on some systems if it differs in case. */
bool target_same_file(const char *a, const char *b);
/* Adds what two names of one file have in common; false if there is none. */
bool target_identity(const char *path, struct pm_str *out);
/* Adds what all names have in common that a file has, or will have once it is written: with the folders that are there
 * already. */
void target_whereabouts(const char *path, struct pm_str *out);
/* Is it called as a part of a shapefile is or, unless allowed, ends in .json? */
bool target_is_input_name(const char *path, bool allow_json);
/* Is there a file that does not begin with `mark`, or near its beginning? */
bool target_is_foreign(const char *path, const char *mark);
/* An error if it has the name of an input (a part of a shapefile or, unless allowed, .json) or its
 * folder does not exist. */
void target_check(struct pm_diags *diags, const char *path, bool allow_json);

/* Writes to the file, atomically, or to standard output. */
enum pm_written target_write(const char *path, const char *data, size_t size,
                             struct pm_diags *diags);

#endif
