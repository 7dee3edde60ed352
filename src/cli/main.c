#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/fatal.h"
#include "cli/help.h"
#include "cli/memory.h"
#include "cli/options.h"
#include "cli/print.h"
#include "cli/report.h"
#include "cli/timings.h"
#include "base/banned.h"

/* A standard stream that came closed would lend its number to the next file that is opened. Writing
 * to what stands in for it fails, as it should. */
static void hold_standard_streams(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

static void print_facts(const struct options *options, const struct command *command,
                        struct pm_diags *diags)
{
    if (options->help)
        help_print(command);
    else
        printf("provmap %s\n", pm_version());
    print_finish(diags);
}

/* The command, which may stand behind options and is taken out of `argv`. Without one a file is rendered; any other first
 * word is a slip. */
static const struct command *take_command(int *argc, char **argv, bool *named,
                                          struct pm_diags *diags)
{
    int at = options_first_word(*argc, argv);
    const char *word = at < *argc ? argv[at] : "-";
    const struct command *command = command_find(word);
    *named = command != NULL;
    if (command) {
        memmove(argv + at, argv + at + 1, (size_t)(*argc - at) * sizeof *argv);
        --*argc;
        return command;
    }
    if (at > 1 || word[0] == '-' || strchr(word, '.') || strchr(word, '/') || pm_is_file(word))
        return command_find("render");
    pm_error(diags, PM_FAULT_USAGE, "unknown-command", (struct pm_place){0},
             "\"%s\" is neither a command nor a file", word);
    pm_help(diags, "see provmap --help");
    return NULL;
}

/* Wrong usage is told in one line, unless it is to be read by a program. */
static enum diagnostics_form usage_form(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--diagnostics=json") == 0 ||
            (i + 1 < argc && strcmp(argv[i], "--diagnostics") == 0 &&
             strcmp(argv[i + 1], "json") == 0))
            return FORM_JSON;
    return FORM_SHORT;
}

/* provmap help, provmap help COMMAND */
static bool is_help(int argc, char **argv)
{
    return argc > 1 && strcmp(argv[1], "help") == 0 && (argc == 2 || command_find(argv[2]));
}

static int run_command(struct options *options, const struct command *command,
                       struct pm_diags *diags)
{
    struct timings timings = {0};
    if (options->timed) {
        timings_begin(&timings);
        options->timings = &timings;
    }
    int code = command->run(options, diags);
    bool several = options->words.n > 1; /* each was told by itself */
    report(diags, options->form, options->quiet, several ? NULL : command);
    if (options->timed)
        timings_print(&timings, options->form);
    timings_finish(&timings);
    return code;
}

/* The exit code, unless an error is graver. */
static int run(struct options *options, int argc, char **argv, struct pm_diags *diags)
{
    if (is_help(argc, argv)) {
        help_print(argc > 2 ? command_find(argv[2]) : NULL);
        print_finish(diags);
        report(diags, FORM_HUMAN, false, NULL);
        return 0;
    }
    bool named = false;
    const struct command *command = take_command(&argc, argv, &named, diags);
    if (!command || !options_read(options, command, argc - 1, argv + 1, diags)) {
        report(diags, usage_form(argc, argv), false, NULL);
        return 0;
    }
    if (!options->help && !options->version)
        return run_command(options, command, diags);
    print_facts(options, named ? command : NULL, diags);
    report(diags, options->form, options->quiet, NULL);
    return 0;
}

int main(int argc, char **argv)
{
    fatal_prepare();
    void *room = memory_prepare();
    struct options options = {0};
    struct pm_diags *diags = pm_diags_new();
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other … */
    signal(SIGXFSZ, SIG_IGN); /* … and so is a limit on the size of files */
    int code = run(&options, argc, argv, diags), fault = (int)pm_diags_fault(diags);
    options_finish(&options);
    pm_diags_free(diags);
    free(room);
    return fault > code ? fault : code;
}
