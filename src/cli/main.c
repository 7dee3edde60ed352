#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/options.h"
#include "cli/render.h"
#include "base/banned.h"

/* The status file comes first or "render" does; any other first word is a slip. */
static bool is_slip(const char *word)
{
    return word[0] != '-' && !strchr(word, '.') && !strchr(word, '/') && !pm_is_file(word);
}

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

static int print_facts(const struct options *options)
{
    if (options->help)
        options_help();
    else
        printf("provmap %s\n", pm_version());
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    fputs("provmap: cannot write to standard output\n", stderr);
    return PM_FAULT_OUTPUT;
}

static int run(const struct options *options)
{
    return options->help || options->version ? print_facts(options) : render(options);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    int first = argc > 1 && strcmp(argv[1], "render") == 0 ? 2 : 1;
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other … */
    signal(SIGXFSZ, SIG_IGN); /* … and so is a limit on the size of files */
    if (first == 1 && argc > 1 && is_slip(argv[1])) {
        fprintf(stderr, "provmap: \"%s\" is neither a command nor a file; see provmap --help\n",
                argv[1]);
        return PM_FAULT_USAGE;
    }
    int code = PM_FAULT_USAGE;
    if (options_read(&options, argc - first, argv + first))
        code = run(&options);
    options_finish(&options);
    return code;
}
