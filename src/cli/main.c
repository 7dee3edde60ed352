#include <signal.h>

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

static int run(const struct options *options)
{
    if (options->help) {
        options_help();
        return 0;
    }
    if (options->version) {
        printf("provmap %s\n", pm_version());
        return 0;
    }
    return render(options);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    int first = argc > 1 && strcmp(argv[1], "render") == 0 ? 2 : 1;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other */
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
