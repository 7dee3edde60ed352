#include "cli/help.h"

#include "base/diag_ids.h"
#include "base/str.h"
#include "base/banned.h"

/* ---- --help ------------------------------------------------------------------------- */

enum { INDENT = 30, WIDTH = 80 };

/* Wraps at blanks, from column INDENT on. */
static void print_wrapped(const char *text)
{
    int column = INDENT;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column + length > WIDTH) {
            printf("\n%*s", INDENT, "");
            column = INDENT;
        } else if (column > INDENT) {
            putchar(' ');
        }
        printf("%.*s", length, text);
        column += length + 1;
        text += length + (text[length] == ' ');
    }
    putchar('\n');
}

/* The text at the left, the meaning behind it or in the next line. */
static void print_row(const char *left, const char *meaning)
{
    printf("%-*s", INDENT, left);
    if (strlen(left) >= INDENT)
        printf("\n%*s", INDENT, "");
    print_wrapped(meaning);
}

static void print_option(const struct option *option)
{
    struct pm_str left = {0};
    if (option->letter)
        pm_str_addf(&left, "  -%c, --%s", option->letter, option->name);
    else
        pm_str_addf(&left, "      --%s", option->name);
    if (option->value)
        pm_str_addf(&left, " %s", option->value);
    print_row(pm_str_get(&left), option->meaning);
    pm_str_finish(&left);
}

static void print_options(const struct command *command)
{
    const char *group = "";
    for (size_t i = 0; i < option_count; i++) {
        if (!option_taken(&option_table[i], command))
            continue;
        if (strcmp(option_table[i].group, group) != 0)
            printf("\n%s:\n", option_table[i].group);
        group = option_table[i].group;
        print_option(&option_table[i]);
    }
}

static void print_commands(void)
{
    fputs("Draw who holds what: a JSON status file over province shapefiles, as PNG, SVG or PDF.\n"
          "\nUsage:\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        printf("  provmap %s%s%s\n", commands[i].name, *commands[i].arguments ? " " : "",
               commands[i].arguments);
    fputs("\nCommands:\n", stdout);
    for (size_t i = 0; i < command_count; i++) {
        struct pm_str left = {0};
        pm_str_addf(&left, "  %s", commands[i].name);
        print_row(pm_str_get(&left), commands[i].meaning);
        pm_str_finish(&left);
    }
    printf("\nprovmap COMMAND --help lists the options of one command.\n\nExample:\n  %s\n",
           commands[0].example);
}

static void print_command(const struct command *command)
{
    printf("provmap %s: %s.\n\nUsage:\n  provmap %s %s\n\nExample:\n  %s\n", command->name,
           command->meaning, command->name, command->arguments, command->example);
}

static const struct {
    int code;
    const char *meaning;
} exit_codes[] = {
    {0, "done"},
    {1, "the data have problems: unmatched, duplicate or ambiguous names, missing glyphs"},
    {2, "wrong usage"},
    {3, "an input can't be read or parsed"},
    {4, "an output can't be written"},
    {5, "internal error, or no memory left"},
    {130, "interrupted: so ends watch, and a batch after the maps at hand (143: by SIGTERM)"},
};

void help_print(const struct command *command)
{
    if (command)
        print_command(command);
    else
        print_commands();
    print_options(command ? command : command_find("render"));
    fputs("\nSTATUS.json may be - for standard input. Long options also take --option=VALUE.\n"
          "\nExit codes:\n",
          stdout);
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++)
        printf("  %-3d  %s\n", exit_codes[i].code, exit_codes[i].meaning);
}

/* ---- the manual --------------------------------------------------------------------- */

/* groff_man(7): backslashes and hyphens are written out, a dot at the beginning is hidden. */
static void print_roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++)
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else
            putchar(*text);
}

static void print_roff_line(const char *before, const char *text, const char *behind)
{
    fputs(before, stdout);
    print_roff(text);
    fputs(behind, stdout);
}

static void manual_commands(void)
{
    fputs(".SH COMMANDS\n", stdout);
    for (size_t i = 0; i < command_count; i++) {
        const struct command *c = &commands[i];
        printf(".TP\n.B %s\n.RI \" \" \"", c->name);
        print_roff(c->arguments);
        fputs("\"\n.br\n", stdout);
        print_roff_line("", c->meaning, ".\n");
    }
}

/* Which commands take it, unless all do. */
static void manual_takers(const struct option *option)
{
    size_t count = 0;
    struct pm_str list = {0};
    for (size_t i = 0; i < command_count; i++)
        if (option_taken(option, &commands[i]))
            pm_str_addf(&list, "%s%s", count++ ? ", " : "", commands[i].name);
    if (count < command_count)
        printf(" (%s)", pm_str_get(&list));
    putchar('\n');
    pm_str_finish(&list);
}

static void manual_options(void)
{
    fputs(".SH OPTIONS\n", stdout);
    for (size_t i = 0; i < option_count; i++) {
        const struct option *o = &option_table[i];
        if (i == 0 || strcmp(o->group, o[-1].group) != 0)
            printf(".SS %s\n", o->group);
        fputs(".TP\n.BR ", stdout);
        if (o->letter)
            printf("\\-%c \", \" ", o->letter);
        print_roff_line("\\-\\-", o->name, "");
        if (o->value)
            print_roff_line(" \" ", o->value, "\"");
        putchar('\n');
        print_roff_line("", o->meaning, "");
        manual_takers(o);
    }
}

static void manual_rest(void)
{
    fputs(".SH \"EXIT STATUS\"\n", stdout);
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++)
        printf(".TP\n.B %d\n%s\n", exit_codes[i].code, exit_codes[i].meaning);
    fputs(".SH ENVIRONMENT\n"
          ".TP\n.B PROVMAP_DATA\nfolder with shapes/ and styles/ in place of the installed one\n"
          ".TP\n.B NO_COLOR\nno colours in messages, if set and not empty\n"
          ".SH DIAGNOSTICS\n"
          "Each message ends with an identifier in brackets, which stays the same over versions.\n"
          "At most 200 messages of one identifier are shown, then how many more there are.\n",
          stdout);
    for (size_t i = 0; i < pm_diag_id_count; i++) {
        print_roff_line(".TP\n.B ", pm_diag_ids[i].id, "\n");
        print_roff_line("", pm_diag_ids[i].meaning, "\n");
    }
    fputs(".SH EXAMPLES\n.nf\n", stdout);
    for (size_t i = 0; i < command_count; i++)
        print_roff_line("", commands[i].example, "\n");
    fputs(".fi\n", stdout);
}

void help_manual(void)
{
    printf(".TH PROVMAP 1 \"\" \"provmap %s\" \"User Commands\"\n", pm_version());
    fputs(".SH NAME\n"
          "provmap \\- maps of who controls which province\n"
          ".SH SYNOPSIS\n",
          stdout);
    for (size_t i = 0; i < command_count; i++) {
        printf(".B provmap %s\n", commands[i].name);
        print_roff_line("", commands[i].arguments, i + 1 < command_count ? "\n.br\n" : "\n");
    }
    fputs(
        ".SH DESCRIPTION\n"
        "Reads areas, towns and their surroundings from shapefiles and who holds what from a JSON\n"
        "status file, and draws annotated maps as PNG, SVG and PDF. The same inputs give the same\n"
        "bytes. Names are never guessed: what matches nothing is an error with proposals. "
        "Messages\n"
        "go to standard error, with file, line and cure.\n",
        stdout);
    manual_commands();
    manual_options();
    manual_rest();
}
