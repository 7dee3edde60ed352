#include "cli/completions.h"

#include "base/diag.h"
#include "base/str.h"
#include "cli/manual.h"
#include "cli/print.h"
#include "cli/target.h"
#include "base/banned.h"

#define STYLES "provmap styles 2>/dev/null | sed \"s/ .*//\""

/* What can stand for a value, as --help calls it. */
enum kind { NOTHING, FILES, FOLDERS, STYLE_NAMES, CHOICES };

static enum kind kind_of(const char *value)
{
    static const struct {
        const char *word;
        enum kind kind;
    } words[] = {{"FILE", FILES},   {".json", FILES},    {".csv", FILES},
                 {"SHAPES", FILES}, {"FOLDER", FOLDERS}, {"STYLE", STYLE_NAMES}};
    size_t length = strcspn(value, " ");
    for (const char *c = value; c < value + length; c++)
        if (*c == '|')
            return CHOICES;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strstr(value, words[i].word);
        if (at && at < value + length)
            return words[i].kind;
    }
    return NOTHING;
}

/* What stands behind a command, as an option's value would be called. */
static const char *arguments_of(const struct command *command, struct pm_str *out)
{
    if (command->run != schema && command->run != manual)
        return command->arguments;
    out->n = 0;
    for (const char *const *name = pm_schema_names(); *name; name++)
        pm_str_addf(out, "%s%s", out->n ? "|" : "", *name);
    for (size_t i = 0; i < command_count && command->run == manual; i++)
        pm_str_addf(out, "|%s", commands[i].name);
    return pm_str_get(out);
}

/* "a|b|c" as "a b c". */
static const char *choices_of(const char *value, struct pm_str *out)
{
    out->n = 0;
    for (; *value && *value != ' '; value++)
        pm_str_addc(out, *value);
    for (char *c = out->s; c < out->s + out->n; c++)
        *c = *c == '|' ? ' ' : *c;
    return pm_str_get(out);
}

/* The beginning of what an option means, without what single quotes and brackets can't hold. */
static const char *short_meaning(const char *meaning, struct pm_str *out)
{
    out->n = 0;
    pm_str_addn(out, meaning, strcspn(meaning, ";:([{'\"\\$"));
    while (out->n && (out->s[out->n - 1] == ' ' || out->s[out->n - 1] == ','))
        out->s[--out->n] = '\0';
    return pm_str_get(out);
}

static void print_commands(const char *between)
{
    for (size_t i = 0; i < command_count; i++)
        printf("%s%s", i ? between : "", commands[i].name);
}

/* ---- bash ----------------------------------------------------------------------------------- */

static void bash_reply(const char *value, struct pm_str *text)
{
    enum kind kind = kind_of(value);
    static const char *const replies[] = {
        [NOTHING] = "compopt +o default",
        [FILES] = ":",
        [FOLDERS] = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")",
        [STYLE_NAMES] = "_provmap_reply \"$(" STYLES ")\"",
    };
    if (kind == CHOICES)
        printf("_provmap_reply '%s'", choices_of(value, text));
    else
        fputs(replies[kind], stdout);
}

static void bash_values(const struct command *command, struct pm_str *text)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *o = &option_table[i];
        if (!o->value || !option_taken(o, command))
            continue;
        printf("    %s,--%s", command->name, o->name);
        if (o->letter)
            printf(" | %s,-%c", command->name, o->letter);
        fputs(") ", stdout);
        bash_reply(o->value, text);
        fputs("; return ;;\n", stdout);
    }
}

static void bash_options(const struct command *command)
{
    printf("    %s,-*) _provmap_reply '", command->name);
    for (size_t i = 0; i < option_count; i++)
        if (option_taken(&option_table[i], command))
            printf("--%s ", option_table[i].name);
    puts("'; return ;;");
}

static void bash_words(const struct command *command, struct pm_str *text)
{
    struct pm_str arguments = {0};
    printf("    %s,*) ", command->name);
    bash_reply(arguments_of(command, &arguments), text);
    pm_str_finish(&arguments);
    puts(" ;;");
}

static void print_bash(struct pm_str *text)
{
    fputs("# bash completion of provmap, made by: provmap completions bash\n"
          "_provmap() {\n"
          "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=render\n"
          "  if [[ $cur == '=' ]]; then cur=\n"
          "  elif [[ $prev == '=' ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
          "  _provmap_reply() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\"); }\n"
          "  COMPREPLY=()\n"
          "  case $COMP_CWORD,${COMP_WORDS[1]} in\n"
          "    1,-*) ;;\n    1,*) _provmap_reply '",
          stdout);
    print_commands(" ");
    fputs("'; return ;;\n    *,", stdout);
    print_commands(" | *,");
    fputs(") command=${COMP_WORDS[1]} ;;\n  esac\n  case $command,$prev in\n", stdout);
    for (size_t i = 0; i < command_count; i++)
        bash_values(&commands[i], text);
    fputs("  esac\n  case $command,$cur in\n", stdout);
    for (size_t i = 0; i < command_count; i++)
        bash_options(&commands[i]);
    for (size_t i = 0; i < command_count; i++)
        bash_words(&commands[i], text);
    fputs("  esac\n}\ncomplete -o default -F _provmap provmap\n", stdout);
}

/* ---- zsh ------------------------------------------------------------------------------------ */

static void zsh_action(const char *value, struct pm_str *text)
{
    enum kind kind = kind_of(value);
    static const char *const actions[] = {
        [NOTHING] = " ",
        [FILES] = "_files",
        [FOLDERS] = "_files -/",
        [STYLE_NAMES] = "{compadd -- $(" STYLES "); _files}",
    };
    if (kind == CHOICES)
        printf(":value:(%s)", choices_of(value, text));
    else
        printf(":value:%s", actions[kind]);
}

static void zsh_option(const struct option *o, struct pm_str *text)
{
    const char *star = option_repeatable(o) ? "*" : "";
    fputs("        ", stdout);
    if (o->letter && option_repeatable(o))
        printf("'*'{-%c+,--%s=}'", o->letter, o->name);
    else if (o->letter)
        printf("'(-%c --%s)'{-%c%s,--%s%s}'", o->letter, o->name, o->letter, o->value ? "+" : "",
               o->name, o->value ? "=" : "");
    else
        printf("'%s--%s%s", star, o->name, o->value ? "=" : "");
    printf("[%s]", short_meaning(o->meaning, text));
    if (o->value)
        zsh_action(o->value, text);
    fputs("' \\\n", stdout);
}

static void zsh_command(const struct command *command, struct pm_str *text)
{
    struct pm_str arguments = {0};
    printf("    %s)\n      _arguments -s -S \\\n", command->name);
    for (size_t i = 0; i < option_count; i++)
        if (option_taken(&option_table[i], command))
            zsh_option(&option_table[i], text);
    fputs("        '*", stdout);
    zsh_action(arguments_of(command, &arguments), text);
    pm_str_finish(&arguments);
    fputs("' ;;\n", stdout);
}

static void print_zsh(struct pm_str *text)
{
    fputs("#compdef provmap\n# zsh completion of provmap, made by: provmap completions zsh\n"
          "_provmap() {\n  local command=render\n  local -a commands=(\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        printf("    '%s:%s'\n", commands[i].name, short_meaning(commands[i].meaning, text));
    fputs("  )\n"
          "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
          "    _describe command commands\n    _files\n    return\n  fi\n"
          "  case $words[2] in\n    ",
          stdout);
    print_commands(" | ");
    fputs(") command=$words[2]; shift words; (( CURRENT-- )) ;;\n  esac\n  case $command in\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        zsh_command(&commands[i], text);
    fputs("  esac\n}\nif [[ $funcstack[1] == _provmap ]]; then _provmap \"$@\"; "
          "else compdef _provmap provmap; fi\n",
          stdout);
}

/* ---- fish ----------------------------------------------------------------------------------- */

/* What follows; files only where they are wanted. */
static void fish_values(const char *value, struct pm_str *text)
{
    enum kind kind = kind_of(value);
    static const char *const arguments[] = {
        [NOTHING] = " -f",
        [FILES] = " -F",
        [FOLDERS] = " -f -a '(__fish_complete_directories)'",
        [STYLE_NAMES] = " -F -a '(" STYLES ")'",
    };
    if (kind == CHOICES)
        printf(" -f -a '%s'", choices_of(value, text));
    else
        fputs(arguments[kind], stdout);
}

static void fish_option(const struct option *o, struct pm_str *text)
{
    fputs("complete -c provmap -n '__provmap_is", stdout);
    for (size_t i = 0; i < command_count; i++)
        if (option_taken(o, &commands[i]))
            printf(" %s", commands[i].name);
    printf("' -l %s", o->name);
    if (o->letter)
        printf(" -s %c", o->letter);
    if (o->value) {
        fputs(" -r", stdout);
        fish_values(o->value, text);
    }
    printf(" -d '%s'\n", short_meaning(o->meaning, text));
}

static void print_fish(struct pm_str *text)
{
    fputs("# fish completion of provmap, made by: provmap completions fish\n"
          "function __provmap_is\n    set -l words (commandline -opc)\n    set -l command render\n"
          "    if set -q words[2]; and contains -- $words[2] ",
          stdout);
    print_commands(" ");
    fputs("\n        set command $words[2]\n    end\n    contains -- $command $argv\nend\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        printf("complete -c provmap -n '__fish_is_first_arg' -a %s -d '%s'\n", commands[i].name,
               short_meaning(commands[i].meaning, text));
    for (size_t i = 0; i < command_count; i++) {
        printf("complete -c provmap -n 'not __fish_is_first_arg; and __provmap_is %s'",
               commands[i].name);
        struct pm_str arguments = {0};
        fish_values(arguments_of(&commands[i], &arguments), text);
        pm_str_finish(&arguments);
        putchar('\n');
    }
    for (size_t i = 0; i < option_count; i++)
        fish_option(&option_table[i], text);
}

/* ---- the command ---------------------------------------------------------------------------- */

int completions(const struct options *options, struct pm_diags *diags)
{
    static const struct {
        const char *shell;
        void (*print)(struct pm_str *text);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    struct pm_str text = {0};
    size_t i = 0, count = sizeof shells / sizeof *shells;
    while (i < count && !pm_streq(shells[i].shell, options->words.v[0]))
        i++;
    if (i < count) {
        shells[i].print(&text);
    } else {
        usage_error(diags, "unknown-shell", "there are no completions for", options->words.v[0]);
        pm_help(diags, "there are some for bash, zsh and fish");
    }
    pm_str_finish(&text);
    print_finish(diags);
    return (int)pm_diags_fault(diags);
}
