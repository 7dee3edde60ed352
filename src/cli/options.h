/* The command line: one table gives the parser, --help, the manual and completions. */
#ifndef PM_CLI_OPTIONS_H
#define PM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "provmap.h"

enum diagnostics_form { FORM_HUMAN, FORM_SHORT, FORM_JSON };
enum deps_form { DEPS_BY_ENDING, DEPS_MAKE, DEPS_NINJA, DEPS_JSON, DEPS_ZERO };

struct options {
    PM_VEC(const char *) words; /* what is no option: STATUS.json, FILE…, NAME */
    const char *shapes, *style, *aliases, *join_report;
    PM_VEC(const char *) outputs;
    const char *alt_text; /* the output, if any, that is text whatever its name ends in */
    const char *projection;
    PM_VEC(const char *) focus;
    enum pm_format format; /* PM_FORMAT_UNKNOWN: by extension */
    int width, height;
    double dpi, width_mm, height_mm;
    int png_level;
    struct pm_svg_options svg;
    bool for_print; /* the style print, if no other is named */
    enum pm_theme theme;
    bool both_themes; /* light and, in SVG, dark where the reader's system is */
    const char *from_date, *to_date;
    const char *since, *compare; /* of a map of changes */
    const char *series, *every;  /* of several maps on one page … */
    bool animated;               /* … or one after the other */
    double frame_seconds;
    bool exact_date; /* of a batch: an output is named after it */
    const char *date, *lang, *id_prefix, *font_dir;
    const char *key_field, *name_field, *encoding, *crs; /* of a bare .shp */
    const char *columns[PM_IMPORT_COLUMNS];              /* of a table */
    PM_VEC(const char *) ignored;
    PM_VEC(const char *) map; /* "Gov=government" */
    const char *date_form, *title, *as_of;
    char delimiter; /* 0: found out */
    bool wide, force;
    const char *deps; /* NULL: none is wanted */
    enum deps_form deps_form;
    bool verify; /* instead of writing */
    bool unmatched_warns, json, markdown, keys, list, timed;
    struct timings *timings; /* NULL unless --timings */
    enum diagnostics_form form;
    bool quiet, verbose, help, version;
    /* of a batch */
    const char *folder, *only;
    int threads, shard, shards; /* 0: as many as there are processors; all in one */
    bool dry_run, no_progress;
    bool of_batch; /* the options of one of its maps */
};

/* What provmap can do. */
struct command {
    unsigned bit; /* in option.commands */
    const char *name, *arguments, *meaning;
    size_t fewest, most; /* words */
    const char *example;
    int (*run)(const struct options *options, struct pm_diags *diags); /* the exit code */
    const char *stream; /* the arguments that may be - for standard input; NULL: none */
};

extern const struct command commands[];
extern const size_t command_count;

typedef bool set_option(struct options *options, const char *value, size_t offset);

struct option {
    unsigned commands; /* that take it */
    const char *group;
    char letter; /* 0: none */
    const char *name;
    const char *value; /* what --help calls it; NULL: a switch */
    set_option *set;
    size_t offset;       /* in struct options */
    const char *meaning; /* also says what is wrong with a bad value */
};

extern const struct option option_table[];
extern const size_t option_count;

bool option_taken(const struct option *option, const struct command *command);
/* Does each further value add to those before? */
bool option_repeatable(const struct option *option);

/* The command of that name; NULL if there is none. */
const struct command *command_find(const char *name);

/* Sets what an option of that name says, as if it stood in the command line; false if it can't. */
bool options_set(struct options *options, const char *name, const char *value);

/* Where in argv the first word stands that is neither an option nor the value of one; argc if there is none, or "--"
 * before it. */
int options_first_word(int argc, char **argv);

/* Reads argv, from which the program and the command are gone. Wrong usage is an error in `diags` and gives false. */
bool options_read(struct options *options, const struct command *command, int argc, char **argv,
                  struct pm_diags *diags);
void options_finish(struct options *options);

#endif
