#include "cli/print.h"

#include "base/diag.h"
#include "base/str.h"
#include "cli/target.h"
#include "base/banned.h"

void print_finish(struct pm_diags *diags)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        pm_error(diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file("<stdout>"),
                 "cannot write it all");
}

/* True if anything was printed. `before` stands between this and what was printed before. */
static bool info_of(const struct options *o, const char *path, const char *before,
                    struct pm_diags *diags)
{
    const struct pm_atlas_options bare = {o->key_field, o->name_field, o->encoding, o->crs};
    char *text = NULL;
    size_t size = 0;
    bool told = pm_info(path, &bare, o->json ? PM_INFO_JSON : PM_INFO_TEXT, &text, &size, diags);
    if (told) {
        fputs(before, stdout);
        fwrite(text, 1, size, stdout);
    }
    free(text);
    return told;
}

/* JSON is an object for one file, a list for several. */
int info(const struct options *options, struct pm_diags *diags)
{
    bool any = false, list = options->json && options->words.n > 1;
    if (list)
        puts("[");
    for (size_t i = 0; i < options->words.n; i++)
        any |= info_of(options, options->words.v[i], !any ? "" : list ? ",\n" : "\n", diags);
    if (list)
        puts("]");
    print_finish(diags);
    return (int)pm_diags_fault(diags);
}

static void unknown_schema(const char *name, struct pm_diags *diags)
{
    struct pm_str list = {0};
    for (const char *const *known = pm_schema_names(); *known; known++)
        pm_str_addf(&list, "%s%s", list.n ? ", " : "", *known);
    usage_error(diags, "unknown-schema", "there is no schema", name);
    pm_help(diags, "there are: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

int schema(const struct options *options, struct pm_diags *diags)
{
    const char *text = pm_schema(options->words.v[0]);
    if (text)
        fputs(text, stdout);
    else
        unknown_schema(options->words.v[0], diags);
    print_finish(diags);
    return (int)pm_diags_fault(diags);
}

int styles(const struct options *options, struct pm_diags *diags)
{
    const char *name = options->words.n ? options->words.v[0] : NULL;
    enum pm_info_form form = options->json ? PM_INFO_JSON : PM_INFO_TEXT;
    char *text = NULL;
    size_t size = 0;
    if ((options->keys ? pm_style_keys_list : pm_styles)(name, form, &text, &size, diags))
        fwrite(text, 1, size, stdout);
    free(text);
    print_finish(diags);
    return (int)pm_diags_fault(diags);
}
