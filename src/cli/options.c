#include "cli/options.h"

#include <stddef.h>

#include "base/str.h"
#include "base/banned.h"

enum { LEAST_SIDE = 200, MOST_SIDE = 20000, LEAST_DPI = 10, MOST_DPI = 2400 };

#define MOST_PIXELS 200e6

/* ---- the table ------------------------------------------------------------------------------------ */

typedef bool set_option(struct options *options, const char *value, size_t offset);

struct option {
    const char *group;
    char letter; /* 0: none */
    const char *name;
    const char *value; /* what --help calls it; NULL: a switch */
    set_option *set;
    size_t offset;       /* in struct options */
    const char *meaning; /* also says what is wrong with a bad value */
};

static set_option set_string, set_switch, add_output, add_focus, set_format, set_size, set_dpi,
    set_prefix, set_form;

#define AT(member) offsetof(struct options, member)

static const struct option table[] = {
    {"Input", 's', "shapes", "SHAPES", set_string, AT(shapes),
     "folder with a shapes.json, that file, a .shp, or a bare name such as afghanistan; without it "
     "the status file's \"shapes\""},
    {"Input", 'y', "style", "STYLE", set_string, AT(style),
     "style file or a bare name such as default; without it the status file's \"style\""},
    {"Input", 0, "key", "FIELD", set_string, AT(key_field), "field of a .shp that holds codes"},
    {"Input", 0, "name", "FIELD", set_string, AT(name_field), "field of a .shp that holds names"},
    {"Input", 0, "font-dir", "FOLDER", set_string, AT(font_dir),
     "look for fonts here before the system's folders"},
    {"Output", 'o', "output", "FILE", add_output, 0,
     "where to write; may be repeated (-o map.png -o map.svg lays out once); - is stdout"},
    {"Output", 'f', "format", "FORMAT", set_format, 0,
     "png, pdf, svg or scene (the drawing list as text), if the file's ending does not say"},
    {"Output", 0, "size", "WxH", set_size, 0,
     "page in pixels, 200 to 20000 a side and at most 200 million in all, e.g. 1600x1200"},
    {"Output", 0, "dpi", "N", set_dpi, AT(dpi),
     "pixels per inch, 10 to 2400 (96): the printed size of PNG, PDF and SVG"},
    {"Output", 0, "id-prefix", "PREFIX", set_prefix, 0,
     "of ids and classes in SVG: a letter, then letters, digits, - and _; without it made from the "
     "inputs"},
    {"Map", 0, "date", "YYYY-MM-DD", set_string, AT(date),
     "the state on this day; without it the status file's \"as_of\""},
    {"Map", 0, "lang", "CODE", set_string, AT(lang), "language of names and words (en)"},
    {"Map", 0, "focus", "AREA", add_focus, 0,
     "let this area fill the frame; may be repeated; the others stay as pale context"},
    {"Messages", 0, "diagnostics", "FORM", set_form, 0,
     "human, short (a line each) or json (an object a line)"},
    {"Messages", 'q', "quiet", NULL, set_switch, AT(quiet), "errors only"},
    {"Messages", 'v', "verbose", NULL, set_switch, AT(verbose), "say what was written"},
    {"Messages", 'h', "help", NULL, set_switch, AT(help), "print this and end"},
    {"Messages", 'V', "version", NULL, set_switch, AT(version), "print the version and end"},
};

enum { OPTIONS = sizeof table / sizeof *table };

/* ---- setters ----------------------------------------------------------------------------------------- */

static bool set_string(struct options *options, const char *value, size_t offset)
{
    *(const char **)((char *)options + offset) = value;
    return *value != '\0';
}

static bool set_switch(struct options *options, const char *value, size_t offset)
{
    (void)value;
    *(bool *)((char *)options + offset) = true;
    return true;
}

static bool add_output(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    pm_vec_push(&options->outputs, value);
    return *value != '\0';
}

static bool add_focus(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    pm_vec_push(&options->focus, value);
    return *value != '\0';
}

static bool set_format(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    options->format = strchr(value, '.') ? PM_FORMAT_UNKNOWN : pm_format_of(value);
    return options->format != PM_FORMAT_UNKNOWN;
}

/* A whole number without sign; moves *p behind it. */
static int whole_number(const char **p)
{
    int value = 0;
    while (**p >= '0' && **p <= '9' && value < 1000000)
        value = value * 10 + (*(*p)++ - '0');
    return value;
}

static bool set_size(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    options->width = whole_number(&value);
    if (*value != 'x' && *value != 'X')
        return false;
    value++;
    options->height = whole_number(&value);
    return *value == '\0' && options->width >= LEAST_SIDE && options->height >= LEAST_SIDE &&
           options->width <= MOST_SIDE && options->height <= MOST_SIDE &&
           (double)options->width * options->height <= MOST_PIXELS;
}

static bool set_dpi(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    return pm_parse_number(value, strlen(value), &options->dpi) && options->dpi >= LEAST_DPI &&
           options->dpi <= MOST_DPI;
}

/* What needs no escaping in XML, CSS or a script. */
static bool set_prefix(struct options *options, const char *value, size_t offset)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    (void)offset;
    options->id_prefix = value;
    size_t length = strspn(value, letters);
    while (length && value[length] && strchr("0123456789-_", value[length]))
        length += 1 + strspn(value + length + 1, letters);
    return length && value[length] == '\0';
}

static bool set_form(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"human", "short", "json"};
    (void)offset;
    for (int i = 0; i < 3; i++)
        if (pm_streq(names[i], value)) {
            options->form = (enum diagnostics_form)i;
            return true;
        }
    return false;
}

/* ---- parsing ------------------------------------------------------------------------------------------- */

static const struct option *by_letter(char letter)
{
    for (int i = 0; i < OPTIONS; i++)
        if (table[i].letter == letter)
            return &table[i];
    return NULL;
}

static const struct option *by_name(const char *name, size_t length)
{
    for (int i = 0; i < OPTIONS; i++)
        if (strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

/* Letters in common, in order: enough to guess what was meant. */
static int likeness(const char *a, const char *b, size_t length)
{
    int common = 0;
    for (size_t i = 0; i < length; i++) {
        const char *at = *b ? strchr(b, a[i]) : NULL;
        if (at) {
            common++;
            b = at + 1;
        }
    }
    return common;
}

static bool unknown_option(const char *name, size_t length)
{
    int best = -1, most = (int)length / 2;
    for (int i = 0; i < OPTIONS; i++) {
        int common = 2 * likeness(name, table[i].name, length) - (int)strlen(table[i].name);
        if (common >= most) {
            most = common + 1;
            best = i;
        }
    }
    fprintf(stderr, "provmap: there is no option --%.*s", (int)length, name);
    if (best >= 0)
        fprintf(stderr, "; did you mean --%s?", table[best].name);
    fputs(best >= 0 ? "\n" : "; see provmap --help\n", stderr);
    return false;
}

static bool apply(struct options *options, const struct option *option, const char *value)
{
    if (option->set(options, value ? value : "", option->offset))
        return true;
    fprintf(stderr, "provmap: --%s can't be \"%s\": %s\n", option->name, value ? value : "",
            option->meaning);
    return false;
}

/* The value of an option: joined to it, or the next word. */
static bool take_value(struct options *options, const struct option *option, const char *joined,
                       char **argv, int argc, int *i)
{
    if (!option->value) {
        if (!joined)
            return apply(options, option, NULL);
        fprintf(stderr, "provmap: --%s takes no value\n", option->name);
        return false;
    }
    if (!joined && *i + 1 >= argc) {
        fprintf(stderr, "provmap: --%s wants a value: %s\n", option->name, option->meaning);
        return false;
    }
    return apply(options, option, joined ? joined : argv[++*i]);
}

static bool read_long(struct options *options, char **argv, int argc, int *i)
{
    const char *name = argv[*i] + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = by_name(name, length);
    if (!option)
        return unknown_option(name, length);
    return take_value(options, option, name[length] ? name + length + 1 : NULL, argv, argc, i);
}

/* -qv, -omap.svg, -o map.svg */
static bool read_short(struct options *options, char **argv, int argc, int *i)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        const struct option *option = by_letter(*p);
        if (!option) {
            fprintf(stderr, "provmap: there is no option -%c; see provmap --help\n", *p);
            return false;
        }
        if (option->value)
            return take_value(options, option, p[1] ? p + 1 : NULL, argv, argc, i);
        if (!apply(options, option, NULL))
            return false;
    }
    return true;
}

static bool read_word(struct options *options, const char *word)
{
    if (!options->status) {
        options->status = word;
        return true;
    }
    fprintf(stderr, "provmap: one status file at a time, but there are \"%s\" and \"%s\"\n",
            options->status, word);
    return false;
}

bool options_read(struct options *options, int argc, char **argv)
{
    bool words_only = false, ok = true;
    for (int i = 0; i < argc && ok; i++) {
        if (words_only || argv[i][0] != '-' || argv[i][1] == '\0')
            ok = read_word(options, argv[i]);
        else if (strcmp(argv[i], "--") == 0)
            words_only = true;
        else if (argv[i][1] == '-')
            ok = read_long(options, argv, argc, &i);
        else
            ok = read_short(options, argv, argc, &i);
    }
    return ok;
}

void options_finish(struct options *options)
{
    pm_vec_finish(&options->outputs);
    pm_vec_finish(&options->focus);
}

/* ---- help ------------------------------------------------------------------------------------------------ */

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

static void print_option(const struct option *option)
{
    struct pm_str left = {0};
    if (option->letter)
        pm_str_addf(&left, "  -%c, --%s", option->letter, option->name);
    else
        pm_str_addf(&left, "      --%s", option->name);
    if (option->value)
        pm_str_addf(&left, " %s", option->value);
    printf("%-*s", INDENT, pm_str_get(&left));
    if (left.n >= INDENT)
        printf("\n%*s", INDENT, "");
    print_wrapped(option->meaning);
    pm_str_finish(&left);
}

void options_help(void)
{
    fputs("Draw who holds what: a JSON status file over province shapefiles, as PNG, SVG or PDF.\n"
          "\n"
          "Usage:\n"
          "  provmap render STATUS.json [-s SHAPES] [-y STYLE] -o FILE...\n"
          "  provmap STATUS.json -o FILE\n"
          "\n"
          "Example:\n"
          "  provmap render status.json -s afghanistan -o map.png -o map.svg -o map.pdf\n",
          stdout);
    for (int i = 0; i < OPTIONS; i++) {
        if (i == 0 || strcmp(table[i].group, table[i - 1].group) != 0)
            printf("\n%s:\n", table[i].group);
        print_option(&table[i]);
    }
    fputs("\n"
          "STATUS.json may be - for standard input. Long options also take --option=VALUE.\n"
          "\n"
          "Exit codes:\n"
          "  0  done\n"
          "  1  the data have problems: unmatched, duplicate or ambiguous names, missing glyphs\n"
          "  2  wrong usage\n"
          "  3  an input can't be read or parsed\n"
          "  4  an output can't be written\n"
          "  5  internal error\n",
          stdout);
}
