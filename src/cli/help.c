#include "cli/help.h"

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
    printf("\nprovmap COMMAND --help lists the options of one command; those of render stand below."
           "\n\nExample:\n  %s\n",
           commands[0].example);
}

static void print_command(const struct command *command)
{
    printf("provmap %s: %s.\n\nUsage:\n  provmap %s %s\n\nExample:\n  %s\n", command->name,
           command->meaning, command->name, command->arguments, command->example);
}

const struct exit_code exit_codes[] = {
    {0, "done"},
    {1,
     "the data have problems: unmatched or ambiguous names, missing glyphs; of diff only that it "
     "found changes, of --verify that files are stale or missing"},
    {2, "wrong usage"},
    {3, "an input can't be read or parsed; of diff and --verify also that the data have problems"},
    {4, "an output can't be written"},
    {5, "internal error, or no memory left"},
    {130, "interrupted: so ends watch, and a batch after the maps at hand (143: by SIGTERM)"},
};
const size_t exit_code_count = sizeof exit_codes / sizeof *exit_codes;

void help_print(const struct command *command)
{
    const struct command *shown = command ? command : command_find("render");
    if (command)
        print_command(command);
    else
        print_commands();
    print_options(shown);
    putchar('\n');
    if (shown->stream)
        printf("%s may be - for standard input. ", shown->stream);
    fputs("Long options also take --option=VALUE.\n"
          "In brackets at the end of a meaning: what holds without the option.\n"
          "\nExit codes:\n",
          stdout);
    for (size_t i = 0; i < exit_code_count; i++)
        printf("  %-3d  %s\n", exit_codes[i].code, exit_codes[i].meaning);
}
