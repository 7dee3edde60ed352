/* Diagnostics: errors, warnings and notes as data.
 *
 * They also remember which files were read.
 *
 * Whoever finds a problem adds it and goes on, so that one run shows them all; who can't go on
 * returns NULL or false. Nothing here prints. `struct pm_diag` lies in provmap.h. Every text is
 * copied: a diagnostic outlives what it speaks of. */
#ifndef PM_BASE_DIAG_H
#define PM_BASE_DIAG_H

#include <stdbool.h>

#include "base/source.h"
#include "provmap.h"

/* Adds an error. `id` is a stable name (string literal); the message is one line without a full
 * stop, names in double quotes. */
void pm_error(struct pm_diags *diags, enum pm_fault fault, const char *id, struct pm_place at,
              const char *format, ...) __attribute__((format(printf, 5, 6)));
void pm_warning(struct pm_diags *diags, const char *id, struct pm_place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void pm_note(struct pm_diags *diags, const char *id, struct pm_place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Says how to cure the diagnostic added last. */
void pm_help(struct pm_diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Is the diagnostic added last kept? If there are too many of its kind it is only counted, and a help
 * that takes time to find is not worth it. */
bool pm_diags_kept(const struct pm_diags *diags);
/* Adds those of `from` that are not among `diags` yet, with the same place and message. */
void pm_diags_merge(struct pm_diags *diags, const struct pm_diags *from);

/* Where a file says what is an option of the command line. */
struct pm_option_place {
    const char *option; /* by its long name */
    struct pm_place at;
};
/* Errors that name no file are of this place, or, if they are of an option, of where that is said; it is called as it is
 * in files: "font_dir". */
void pm_diags_stand_at(struct pm_diags *diags, struct pm_place at,
                       const struct pm_option_place *options, size_t count);

/* Remembers that a file was read, or should have been (pm_diags_inputs). */
void pm_diags_input(struct pm_diags *diags, const char *path);

size_t pm_diags_errors(const struct pm_diags *diags);

struct pm_place pm_place_file(const char *file);
struct pm_place pm_place_record(const char *file, long record);
struct pm_place pm_place_line(const char *file, int line, int column);
/* An option of the command line (literal): the message begins with it. */
struct pm_place pm_place_option(const char *option);
struct pm_place pm_place_text(const struct pm_source *source, size_t offset, size_t length);

#endif
