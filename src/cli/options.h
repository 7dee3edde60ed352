/* Options of the command: one table gives the parser, --help and completions. */
#ifndef PM_CLI_OPTIONS_H
#define PM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "provmap.h"

enum diagnostics_form { FORM_HUMAN, FORM_SHORT, FORM_JSON };

struct options {
    const char *status, *shapes, *style;
    PM_VEC(const char *) outputs;
    PM_VEC(const char *) focus;
    enum pm_format format; /* PM_FORMAT_UNKNOWN: by extension */
    int width, height;
    double dpi;
    const char *date, *lang, *id_prefix, *font_dir, *key_field, *name_field;
    enum diagnostics_form form;
    bool quiet, verbose, help, version;
};

/* Reads argv behind the command's name. On a wrong option prints one line to stderr and returns
 * false. */
bool options_read(struct options *options, int argc, char **argv);
void options_finish(struct options *options);
/* The text of --help, to stdout. */
void options_help(void);

#endif
