#include "cli/diff.h"

#include "base/diag.h"
#include "base/str.h"
#include "cli/inputs.h"
#include "cli/print.h"
#include "cli/report.h"
#include "cli/target.h"
#include "base/banned.h"

enum { DIFFERENT = 1 }; /* the exit code of diff(1) */

static void check_options(const struct options *o, struct pm_diags *diags)
{
    if (o->words.n == 1 && !o->from_date) {
        usage_error(diags, "no-date", "one status file, and no --from", NULL);
        pm_help(diags, "name a second file, or the first day: --from 2021-08-06");
    }
    if (o->json && o->markdown)
        usage_error(diags, "bad-option", "--json and --markdown exclude each other", NULL);
}

static int compare(const struct options *o, const struct inputs *inputs,
                   const struct pm_status *from, struct pm_diags *diags)
{
    const struct pm_diff_options options = {
        .from_date = o->from_date,
        .to_date = o->to_date,
        .lang = o->lang,
        .aliases = inputs->aliases,
        .unmatched_warns = o->unmatched_warns,
        .form = o->json       ? PM_DIFF_JSON
                : o->markdown ? PM_DIFF_MARKDOWN
                              : PM_DIFF_TEXT,
    };
    char *data = NULL;
    size_t size = 0;
    enum pm_difference difference =
        pm_diff(inputs->atlas, inputs->style, from, inputs->status, &options, &data, &size, diags);
    if (difference != PM_DIFF_FAILED)
        fwrite(data, 1, size, stdout);
    free(data);
    print_finish(diags);
    return difference == PM_DIFF_DIFFERENT ? DIFFERENT : 0;
}

int diff(const struct options *o, struct pm_diags *diags)
{
    struct studio studio = {.shelf = shelf_new()};
    struct inputs inputs = {0};
    struct pm_status *from = NULL;
    int code = 0;
    check_options(o, diags);
    if (pm_diags_errors(diags) == 0) {
        from = o->words.n > 1 ? pm_status_load(o->words.v[0], diags) : NULL;
        if (inputs_load(&inputs, &studio, o, diags) && (from || o->words.n == 1))
            code = compare(o, &inputs, from ? from : inputs.status, diags);
    }
    pm_status_free(from);
    inputs_free(&inputs);
    studio_finish(&studio, true);
    return pm_diags_errors(diags) ? (int)fault_beside_answer(diags) : code;
}
