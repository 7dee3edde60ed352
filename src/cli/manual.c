/* The man pages: of provmap, of each command, from the tables of options.c, and of each input format, from its schema. */
#include "cli/manual.h"

#include "base/diag.h"
#include "base/diag_ids.h"
#include "base/roff.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/print.h"
#include "cli/target.h"
#include "base/banned.h"

/* ---- parts of pages ---------------------------------------------------------------------------------------- */

static void add_line(struct pm_str *out, const char *before, const char *text, const char *behind)
{
    pm_str_add(out, before);
    pm_roff_add(out, text);
    pm_str_add(out, behind);
}

static void add_usage(struct pm_str *out, const struct command *command)
{
    add_line(out, ".B provmap ", command->name, "\n");
    if (*command->arguments)
        add_line(out, "", command->arguments, "\n");
}

static void add_option(struct pm_str *out, const struct option *o)
{
    pm_str_add(out, ".TP\n.BR ");
    if (o->letter)
        pm_str_addf(out, "\\-%c \", \" ", o->letter);
    add_line(out, "\\-\\-", o->name, "");
    if (o->value)
        add_line(out, " \" ", o->value, "\"");
    add_line(out, "\n", o->meaning, "\n");
}

/* Those of one command; or (NULL) those of all. */
static void add_options(struct pm_str *out, const struct command *command)
{
    const char *group = "";
    pm_str_add(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < option_count; i++) {
        bool taken = true;
        for (size_t k = 0; k < command_count; k++)
            taken &= (command && command != &commands[k]) ||
                     option_taken(&option_table[i], &commands[k]);
        if (!taken)
            continue;
        if (command && strcmp(option_table[i].group, group) != 0)
            pm_str_addf(out, ".SS %s\n", option_table[i].group);
        group = option_table[i].group;
        add_option(out, &option_table[i]);
    }
}

static void add_exit_codes(struct pm_str *out)
{
    pm_str_add(out, ".SH \"EXIT STATUS\"\n");
    for (size_t i = 0; i < exit_code_count; i++) {
        pm_str_addf(out, ".TP\n.B %d\n", exit_codes[i].code);
        add_line(out, "", exit_codes[i].meaning, "\n");
    }
}

static void add_formats(struct pm_str *out)
{
    for (const char *const *name = pm_schema_names(); *name; name++)
        pm_str_addf(out, ",\n.BR provmap\\-%s (5)", *name);
    pm_str_addc(out, '\n');
}

/* ---- provmap(1) ---------------------------------------------------------------------------------------------- */

static void add_diagnostics(struct pm_str *out)
{
    pm_str_add(
        out,
        ".SH DIAGNOSTICS\n"
        "Each message ends with an identifier in brackets, which stays the same over versions.\n"
        "At most 200 messages of one identifier are shown, then how many more there are.\n");
    for (size_t i = 0; i < pm_diag_id_count; i++) {
        add_line(out, ".TP\n.B ", pm_diag_ids[i].id, "\n");
        add_line(out, "", pm_diag_ids[i].meaning, "\n");
    }
}

static void add_examples(struct pm_str *out)
{
    pm_str_add(out, ".SH EXAMPLES\n.nf\n");
    for (size_t i = 0; i < command_count; i++)
        add_line(out, "", commands[i].example, "\n");
    pm_str_add(out, ".fi\n");
}

static void add_whole(struct pm_str *out)
{
    pm_str_add(out, ".SH NAME\nprovmap \\- maps of who controls which province\n.SH SYNOPSIS\n");
    for (size_t i = 0; i < command_count; i++) {
        add_usage(out, &commands[i]);
        pm_str_add(out, i + 1 < command_count ? ".br\n" : "");
    }
    pm_str_add(
        out,
        ".SH DESCRIPTION\n"
        "Reads areas, towns and their surroundings from shapefiles and who holds what from a JSON\n"
        "status file, and draws annotated maps as PNG, SVG and PDF. The same inputs give the same\n"
        "bytes. Names are never guessed: what matches nothing is an error with proposals. "
        "Messages\n"
        "go to standard error, with file, line and cure.\n"
        ".PP\nEach command has a page with its options. Without a command a file is rendered.\n"
        ".SH COMMANDS\n");
    for (size_t i = 0; i < command_count; i++) {
        pm_str_addf(out, ".TP\n.BR provmap\\-%s (1)\n", commands[i].name);
        add_line(out, "", commands[i].meaning, "\n");
    }
    add_options(out, NULL);
    add_exit_codes(out);
    pm_str_add(
        out, ".SH ENVIRONMENT\n"
             ".TP\n.B PROVMAP_DATA\nfolder with shapes/ and styles/ in place of the installed one\n"
             ".TP\n.B NO_COLOR\nno colours in messages, if set and not empty\n");
    add_diagnostics(out);
    add_examples(out);
    pm_str_addf(out, ".SH \"SEE ALSO\"\n.BR provmap\\-%s (1)", commands[0].name);
    for (size_t i = 1; i < command_count; i++)
        pm_str_addf(out, ",\n.BR provmap\\-%s (1)", commands[i].name);
    add_formats(out);
}

static void add_command(struct pm_str *out, const struct command *command)
{
    pm_str_addf(out, ".SH NAME\nprovmap\\-%s \\- ", command->name);
    struct pm_str summary = {0};
    pm_str_addn(&summary, command->meaning, strcspn(command->meaning, ":;("));
    while (summary.s[summary.n - 1] == ' ')
        summary.s[--summary.n] = '\0';
    add_line(out, "", pm_str_get(&summary), "\n.SH SYNOPSIS\n");
    pm_str_finish(&summary);
    add_usage(out, command);
    pm_str_addf(out, ".SH DESCRIPTION\n%c", *command->meaning - 'a' + 'A');
    add_line(out, "", command->meaning + 1, ".\n");
    add_options(out, command);
    add_exit_codes(out);
    add_line(out, ".SH EXAMPLES\n.nf\n", command->example,
             "\n.fi\n.SH \"SEE ALSO\"\n.BR provmap (1)");
    add_formats(out);
}

/* ---- which pages ------------------------------------------------------------------------------------------- */

struct page {
    const char *name; /* behind "provmap-"; "" for provmap itself */
    int section;
    const struct command *command; /* or NULL */
};

/* False behind the last. */
static bool page_at(size_t i, struct page *page)
{
    const char *const *formats = pm_schema_names();
    size_t format = 0;
    *page = (struct page){"", 1, NULL};
    if (i == 0)
        return true;
    if (i <= command_count) {
        *page = (struct page){commands[i - 1].name, 1, &commands[i - 1]};
        return true;
    }
    while (format < i - command_count - 1 && formats[format])
        format++;
    *page = (struct page){formats[format], 5, NULL};
    return page->name != NULL;
}

static void add_page(struct pm_str *out, const struct page *page)
{
    char *body = NULL;
    size_t size = 0;
    struct pm_str title = {0};
    pm_str_addf(&title, "PROVMAP%s", *page->name ? "-" : "");
    for (const char *c = page->name; *c; c++)
        pm_str_addc(&title, (char)(*c - 'a' + 'A')); /* names are letters */
    add_line(out, ".TH ", pm_str_get(&title), "");
    pm_str_addf(out, " %d \"\" \"provmap %s\" \"%s\"\n.nh\n.ad l\n", page->section, pm_version(),
                page->section == 1 ? "User Commands" : "File Formats");
    pm_str_finish(&title);
    if (page->command)
        add_command(out, page->command);
    else if (pm_schema_manual(page->name, &body, &size))
        pm_str_addn(out, body, size);
    else
        add_whole(out);
    free(body);
}

/* "provmap", "render" or "provmap-render" */
static bool find_page(const char *name, struct page *page)
{
    const char *wanted = strcmp(name, "provmap") == 0        ? ""
                         : strncmp(name, "provmap-", 8) == 0 ? name + 8
                                                             : name;
    for (size_t i = 0; page_at(i, page); i++)
        if (strcmp(page->name, wanted) == 0)
            return true;
    return false;
}

static void add_names(struct pm_str *out)
{
    struct page page;
    for (size_t i = 0; page_at(i, &page); i++)
        pm_str_addf(out, "provmap%s%s.%d\n", *page.name ? "-" : "", page.name, page.section);
}

int manual(const struct options *options, struct pm_diags *diags)
{
    const char *name = options->words.n ? options->words.v[0] : "provmap";
    struct page page;
    struct pm_str out = {0};
    if (options->list) {
        add_names(&out);
    } else if (find_page(name, &page)) {
        add_page(&out, &page);
    } else {
        usage_error(diags, "unknown-page", "there is no page", name);
        pm_help(diags, "provmap manual --list names those that there are");
    }
    fputs(pm_str_get(&out), stdout);
    pm_str_finish(&out);
    print_finish(diags);
    return (int)pm_diags_fault(diags);
}
