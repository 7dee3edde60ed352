#include "cli/options.h"

#include <stddef.h>

#include "base/diag.h"
#include "base/limits.h"
#include "base/page_size.h"
#include "base/str.h"
#include "cli/batch.h"
#include "cli/completions.h"
#include "cli/diff.h"
#include "cli/import.h"
#include "cli/manual.h"
#include "cli/print.h"
#include "cli/render.h"
#include "cli/watch.h"
#include "base/banned.h"

/* ---- the tables --------------------------------------------------------------------- */

enum {
    RENDER = 1 << 0,
    CHECK = 1 << 1,
    INFO = 1 << 2,
    SCHEMA = 1 << 3,
    MANUAL = 1 << 4,
    STYLES = 1 << 5,
    DIFF = 1 << 6,
    BATCH = 1 << 7,
    IMPORT = 1 << 8,
    COMPLETIONS = 1 << 9,
    WATCH = 1 << 10,
    PICTURE = RENDER | WATCH,
    DRAW = PICTURE | CHECK,
    JOIN = DRAW | DIFF, /* read status files over shapes */
    ALL = JOIN | BATCH | IMPORT | INFO | SCHEMA | STYLES | MANUAL | COMPLETIONS,
};

const struct command commands[] = {
    {RENDER, "render", "STATUS.json [-s SHAPES] [-y STYLE] -o FILE...",
     "draw a status file over shapes, as PNG, SVG or PDF (also without the word render)", 1, 1,
     "provmap render status.json -s afghanistan -o map.png -o map.svg -o map.pdf", render,
     "STATUS.json"},
    {CHECK, "check", "STATUS.json... [-s SHAPES] [-y STYLE]",
     "everything that render does but drawing, of one or several status files; the same messages "
     "and exit code",
     1, 10000, "provmap check status.json -s afghanistan --join-report join.json", check,
     "STATUS.json"},
    {WATCH, "watch", "STATUS.json [-s SHAPES] [-y STYLE] -o FILE...",
     "render, and again whenever a file changes that the map is made from, until Ctrl-C, or "
     "SIGTERM (kill) where a script runs it in the background; an error is told, and what was "
     "drawn before stays",
     1, 1, "provmap watch status.json -s afghanistan -o map.svg", watch, NULL},
    {DIFF, "diff", "OLD.json NEW.json [-s SHAPES], or STATUS.json --from DATE [--to DATE]",
     "what changed between two status files or two days of one: areas, places, counts, events; "
     "exit "
     "code 1 if anything did, 2 or more if that can't be told",
     1, 2, "provmap diff status.json --from 2021-08-06 --to 2021-08-13", diff,
     "OLD.json, NEW.json or STATUS.json"},
    {BATCH, "batch", "JOBS.json [--folder FOLDER]",
     "draw the maps that a jobs file (see provmap manual jobs) asks for, in several threads; one "
     "that fails stops no other, and files that would not change are not touched",
     1, 1, "provmap batch jobs.json --folder maps --only '*-fa.svg'", batch, "JOBS.json"},
    {IMPORT, "import", "TABLE.csv --area COLUMN --status COLUMN [--date COLUMN] [-o STATUS.json]",
     "make a status file from a table: CSV, or with semicolons, tabs or bars; one that provmap "
     "wrote "
     "needs no columns",
     1, 1,
     "provmap import table.csv --area Province --status Control --date Day --date-format %d.%m.%Y "
     "--map Gov=government -s afghanistan -o status.json",
     import, "TABLE.csv"},
    {INFO, "info", "FILE...",
     "what is in a shapefile, a shapes.json, a status, style, aliases or jobs file, and what is "
     "wrong with it",
     1, 1000, "provmap info provinces.shp", info, NULL},
    {SCHEMA, "schema", "NAME", "print the JSON Schema of status, shapes, style, aliases or jobs", 1,
     1, "provmap schema status > status.schema.json", schema, NULL},
    {STYLES, "styles", "[STYLE] [--keys]",
     "list the styles there are and what they are for; with --keys what can be set in a style "
     "file, "
     "and its value in STYLE or the default",
     0, 1, "provmap styles dark --keys", styles, NULL},
    {COMPLETIONS, "completions", "bash|zsh|fish",
     "print what lets a shell complete commands and options", 1, 1,
     "provmap completions bash > ~/.local/share/bash-completion/completions/provmap", completions,
     NULL},
    {MANUAL, "manual", "[PAGE]",
     "print a man page: of provmap, of a command such as render, or of a file format: status, "
     "shapes, "
     "style, aliases or jobs",
     0, 1, "provmap manual status | man -l -", manual, NULL},
};
const size_t command_count = sizeof commands / sizeof *commands;

static set_option set_string, set_switch, set_output, add_output, add_alt_text, add_focus,
    set_format, set_size, set_dpi, set_png_level, set_prefix, set_form, set_unmatched, set_text,
    set_theme, set_profile, set_a11y, set_areas, set_threads, set_shard, add_ignored, add_map,
    set_delimiter, set_deps_form, set_frame_time;

#define AT(member) offsetof(struct options, member)
#define COLUMN(NAME) set_string, AT(columns[PM_IMPORT_##NAME])

const struct option option_table[] = {
    {IMPORT, "Columns", 0, "area", "COLUMN", COLUMN(AREA),
     "names of areas, as the header calls it"},
    {IMPORT, "Columns", 0, "place", "COLUMN", COLUMN(PLACE),
     "names of places: a row in which it is not empty tells of a place, which lies in the area"},
    {IMPORT, "Columns", 0, "status", "COLUMN", COLUMN(STATUS), "statuses"},
    {IMPORT, "Columns", 0, "date", "COLUMN", COLUMN(DATE), "days from which rows hold"},
    {IMPORT, "Columns", 0, "wide", NULL, set_switch, AT(wide),
     "all columns that no other option names are days, and their cells statuses"},
    {IMPORT, "Columns", 0, "leaning", "COLUMN", COLUMN(LEANING), "statuses to which areas lean"},
    {IMPORT, "Columns", 0, "party", "COLUMN", COLUMN(PARTY), "who holds it"},
    {IMPORT, "Columns", 0, "confidence", "COLUMN", COLUMN(CONFIDENCE), "high, medium or low"},
    {IMPORT, "Columns", 0, "basis", "COLUMN", COLUMN(BASIS), "assessed, reported or claimed"},
    {IMPORT, "Columns", 0, "verified", "COLUMN", COLUMN(VERIFIED), "days of the last look"},
    {IMPORT, "Columns", 0, "note", "COLUMN", COLUMN(NOTE), "notes"},
    {IMPORT, "Columns", 0, "source", "COLUMN", COLUMN(SOURCE),
     "sources, parted by a semicolon and a blank"},
    {IMPORT, "Columns", 0, "lon", "COLUMN", COLUMN(LON), "longitudes of places, in degrees"},
    {IMPORT, "Columns", 0, "lat", "COLUMN", COLUMN(LAT), "latitudes of places, in degrees"},
    {IMPORT, "Columns", 0, "ignore", "COLUMN", add_ignored, 0,
     "a column to leave out; may be repeated"},
    {IMPORT, "Table", 0, "map", "WORD=STATUS", add_map, 0,
     "what a word of the table means; may be repeated; =unknown says it of empty cells"},
    {IMPORT, "Table", 0, "date-format", "FORM", set_string, AT(date_form),
     "how days are written: %Y, %m or %b (Aug), %d, and what stands between, such as %d.%m.%Y; "
     "%H, %M and %S are left out of account; or excel, for its serial numbers (%Y-%m-%d)"},
    {IMPORT, "Table", 0, "delimiter", "comma|semicolon|tab|bar", set_delimiter, 0,
     "what parts the cells; without it found out from the header"},
    {IMPORT, "Table", 0, "encoding", "NAME", set_string, AT(encoding),
     "letters of the table, such as windows-1252 (UTF-8, or UTF-16 with its mark)"},
    {IMPORT, "Table", 0, "title", "TEXT", set_string, AT(title), "title of the status file"},
    {IMPORT, "Table", 0, "as-of", "YYYY-MM-DD", set_string, AT(as_of),
     "day of the status file; without it the last one of the table"},
    {IMPORT, "Input", 's', "shapes", "SHAPES", set_string, AT(shapes),
     "look the names up in these shapes; a bare name such as afghanistan goes into the status "
     "file"},
    {IMPORT, "Input", 'y', "style", "STYLE", set_string, AT(style),
     "the style whose statuses there are; a bare name such as print goes into the status file"},
    {JOIN, "Input", 's', "shapes", "SHAPES", set_string, AT(shapes),
     "folder with a shapes.json, that file, a .shp, or a bare name such as afghanistan; without it "
     "the status file's \"shapes\""},
    {JOIN, "Input", 'y', "style", "STYLE", set_string, AT(style),
     "style file or the name of a preset such as print or dark (see provmap styles); without it "
     "the "
     "status file's \"style\""},
    {DRAW, "Input", 0, "theme", "light|dark|auto", set_theme, 0,
     "the style's colours for light or for dark surroundings, or (auto) SVG that follows its "
     "reader's "
     "system; without it as the style has it"},
    {JOIN | IMPORT, "Input", 0, "aliases", "FILE", set_string, AT(aliases),
     "JSON file with more spellings of names, asked after those of the shapes and the status file"},
    {JOIN, "Input", 0, "unmatched", "error|warn", set_unmatched, 0,
     "what a name is that matches nothing: an error, or (warn) left out, which the map then says"},
    {JOIN | IMPORT | INFO, "Input", 0, "key", "FIELD", set_string, AT(key_field),
     "field of a .shp that holds codes"},
    {JOIN | IMPORT | INFO, "Input", 0, "name", "FIELD", set_string, AT(name_field),
     "field of a .shp that holds names"},
    {JOIN | INFO, "Input", 0, "encoding", "NAME", set_string, AT(encoding),
     "letters of a .shp's table, such as UTF-8 or windows-1252; without it found out"},
    {JOIN | IMPORT | INFO, "Input", 0, "crs", "CRS", set_string, AT(crs),
     "coordinate system of a .shp, such as EPSG:32642; without it that of its .prj"},
    {DRAW, "Input", 0, "font-dir", "FOLDER", set_string, AT(font_dir),
     "look for fonts here before the system's folders"},
    {PICTURE, "Output", 'o', "output", "FILE", add_output, 0,
     "where to write; may be repeated (-o map.png -o map.svg lays out once); - is stdout"},
    {IMPORT, "Output", 'o', "output", "STATUS.json", set_output, 0,
     "where to write; a status file that was not imported stays; without it stdout"},
    {IMPORT, "Output", 0, "force", NULL, set_switch, AT(force),
     "write over an imported status file that was changed since: the changes are lost"},
    {PICTURE, "Output", 'f', "format", "png|pdf|svg|html|apng|csv|json|txt|scene", set_format, 0,
     "png, pdf, svg, html (a page with map and table), apng (an animated PNG), csv or json (the "
     "table), txt (the map in "
     "words) or scene (the drawing list as text), if the file's ending does not say; of several "
     "outputs only - takes it"},
    {PICTURE, "Output", 0, "alt-text", "FILE", add_alt_text, 0,
     "write the map in words: what it is, of when, who holds what; for an alt attribute"},
    {DRAW, "Output", 0, "join-report", "FILE", set_string, AT(join_report),
     "write as JSON how each name was matched, what was not, and counts by status and parent; "
     "also when there are errors"},
    {PICTURE | BATCH, "Output", 0, "deps", "FILE", set_string, AT(deps),
     "write which files were read, for make and others; also when there are errors, but not of an "
     "interrupted batch"},
    {PICTURE | BATCH, "Output", 0, "deps-format", "make|ninja|json|zero", set_deps_form, 0,
     "of --deps: rules for make, or for ninja (depfile); json: inputs and outputs of each map; "
     "zero: inputs, a zero byte behind each (by ending: json or make)"},
    {RENDER | BATCH, "Output", 0, "verify", NULL, set_switch, AT(verify),
     "write nothing: are the outputs what would be drawn? Exit code 1 if any is not, 2 or more if "
     "that can't be told"},
    {DRAW, "Output", 0, "size", "WxH", set_size, 0,
     "page in pixels, 200 to 20000 a side and at most 200 million in all, e.g. 1600x1200; or on "
     "paper, e.g. 160x120mm, with as many pixels as --dpi says"},
    {DRAW, "Output", 0, "dpi", "N", set_dpi, AT(dpi),
     "pixels per inch, 10 to 2400 (the style's, mostly 96): the printed size of PNG, PDF and SVG"},
    {DRAW, "Output", 0, "png-level", "N", set_png_level, 0,
     "how hard PNG is packed: 0 (not at all), 1 (fast, a fifth larger) to 12 (a tenth smaller, but "
     "a map takes ten times as long) (5)"},
    {DRAW, "Output", 0, "id-prefix", "PREFIX", set_prefix, 0,
     "of ids and classes in SVG: a letter, then letters, digits, - and _; without it made from "
     "what "
     "is drawn, so that maps that differ share none"},
    {PICTURE, "Output", 0, "text", "outline|live|both", set_text, 0,
     "texts in SVG: outline (shapes, which look the same everywhere), live (text, set with the "
     "fonts that "
     "the viewer has), both: shapes, and unseen text to search and select (both)"},
    {PICTURE, "Output", 0, "a11y", "img|tree", set_a11y, 0,
     "what readers of the screen find in SVG: one picture with a description (img), or lists of "
     "areas, "
     "places and events (tree) (img)"},
    {PICTURE, "Output", 0, "areas", "each|merged", set_areas, 0,
     "in SVG: an element for each area, with id, data and tooltip (each), or those of one look as "
     "one shape: small files, for <img> and maps of thousands of areas (merged) (each)"},
    {PICTURE, "Output", 0, "profile", "web|office|print", set_profile, 0,
     "SVG for the web; for office programs (shapes and attributes only); or for print (the same, "
     "and the "
     "style print where none is named) (web)"},
    {PICTURE, "Output", 0, "svg-inline", NULL, set_switch, AT(svg.inlined),
     "SVG without an XML declaration, to be put into a page of HTML"},
    {INFO | STYLES | DIFF, "Output", 0, "json", NULL, set_switch, AT(json),
     "as JSON, for programs"},
    {DIFF, "Output", 0, "markdown", NULL, set_switch, AT(markdown), "as Markdown, for reports"},
    {MANUAL, "Output", 0, "list", NULL, set_switch, AT(list), "list the pages, one a line"},
    {STYLES, "Output", 0, "keys", NULL, set_switch, AT(keys),
     "keys of style files: type, range, value, meaning"},
    {DIFF, "Map", 0, "from", "YYYY-MM-DD", set_string, AT(from_date),
     "the first day; without it the \"as_of\" of the first file"},
    {DIFF, "Map", 0, "to", "YYYY-MM-DD", set_string, AT(to_date),
     "the second day; without it the \"as_of\" of the last file"},
    {BATCH, "Output", 0, "folder", "FOLDER", set_string, AT(folder),
     "where outputs go; made if it is missing; without it the folder of JOBS.json"},
    {BATCH, "Maps", 0, "only", "GLOB", set_string, AT(only),
     "only outputs whose names match, as the file has them or --dry-run lists them: * is any "
     "text, ? a character, [ab] one of these"},
    {BATCH, "Maps", 0, "shard", "I/N", set_shard, 0,
     "only the I-th of N equal parts, such as 2/8: which maps these are depends on nothing but the "
     "jobs file and --only"},
    {BATCH, "Maps", 'j', "jobs", "N", set_threads, 0,
     "draw in N threads, 1 to 256 (as many as there are processors)"},
    {BATCH, "Maps", 0, "dry-run", NULL, set_switch, AT(dry_run),
     "list the files that would be written, one a line, and draw nothing"},
    {DRAW, "Map", 0, "date", "YYYY-MM-DD", set_string, AT(date),
     "the state on this day; without it the status file's \"as_of\""},
    {DRAW, "Map", 0, "since", "YYYY-MM-DD", set_string, AT(since),
     "a map of changes since this day: what changed has a rim in the colour of what it was, the "
     "rest "
     "is pale"},
    {DRAW, "Map", 0, "compare", "OLD.json", set_string, AT(compare),
     "a map of changes since this status file: its \"as_of\", or the day of --since"},
    {DRAW, "Map", 0, "series", "DATE,DATE...", set_string, AT(series),
     "small maps of these days on one page, with one legend and a chart of counts over time; what "
     "changed "
     "since the map before has a rim in the colour of what it was"},
    {DRAW, "Map", 0, "every", "day|week|month|N", set_string, AT(every),
     "such a series with a map every so many days (N), from --since or the first dated record to "
     "--date, "
     "which is always there"},
    {DRAW, "Map", 0, "animate", NULL, set_switch, AT(animated),
     "the days of a series one after the other instead of side by side; without --series and "
     "--every all on which something changed, from --since or the first dated record to --date; "
     "for "
     ".svg and .html, and what .apng implies; other files show the last day"},
    {DRAW, "Map", 0, "frame-time", "SECONDS", set_frame_time, 0,
     "how long an animation shows each day, 0.1 to 20 (1.5)"},
    {JOIN, "Map", 0, "lang", "CODE", set_string, AT(lang),
     "language of names, words, digits and dates: en, fa, ps, ar, uk, ru, fr, de, es, my, or one "
     "whose words the style gives; fa+en: names in two (en)"},
    {DRAW, "Map", 0, "focus", "AREA", add_focus, 0,
     "let this area fill the frame, or all areas of a parent (Texas; New York/New York is the "
     "area); "
     "may be repeated; the others stay as pale context"},
    {DRAW, "Map", 0, "projection", "NAME", set_string, AT(projection),
     "auto (by extent), albers, lambert-azimuthal, cylindrical-equal-area, transverse-equal-area, "
     "equal-earth or lambert-conformal, with parameters by extent; or what PROJ knows: EPSG:32642, "
     "+proj=robin, the text of a .prj; without it that of the shapes, mostly auto"},
    {ALL, "Messages", 0, "diagnostics", "FORM", set_form, 0,
     "human, short (a line each) or json (an object a line)"},
    {ALL, "Messages", 'q', "quiet", NULL, set_switch, AT(quiet), "errors only"},
    {PICTURE | BATCH, "Messages", 0, "no-progress", NULL, set_switch, AT(no_progress),
     "no progress bar of many maps or days; there is none without a terminal, either"},
    {DRAW | BATCH, "Messages", 'v', "verbose", NULL, set_switch, AT(verbose), "say what was done"},
    {RENDER | CHECK, "Messages", 0, "timings", NULL, set_switch, AT(timed),
     "print how many milliseconds each stage took"},
    {ALL, "Messages", 'h', "help", NULL, set_switch, AT(help), "print this and end"},
    {ALL, "Messages", 'V', "version", NULL, set_switch, AT(version), "print the version and end"},
};

const size_t option_count = sizeof option_table / sizeof *option_table;

bool option_repeatable(const struct option *option)
{
    static set_option *const several[] = {add_output, add_focus, add_ignored, add_map};
    bool repeatable = false;
    for (size_t i = 0; i < sizeof several / sizeof *several; i++)
        repeatable |= option->set == several[i];
    return repeatable;
}

bool option_taken(const struct option *option, const struct command *command)
{
    return (option->commands & command->bit) != 0;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

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

static bool set_output(struct options *options, const char *value, size_t offset)
{
    return add_output(options, value, offset);
}

static bool add_alt_text(struct options *options, const char *value, size_t offset)
{
    options->alt_text = value;
    return add_output(options, value, offset);
}

static bool add_focus(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    pm_vec_push(&options->focus, value);
    return *value != '\0';
}

static bool add_ignored(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    pm_vec_push(&options->ignored, value);
    return *value != '\0';
}

static bool add_map(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    pm_vec_push(&options->map, value);
    return strchr(value, '=') != NULL;
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
    struct pm_page_size size;
    (void)offset;
    bool good = pm_page_size_parse(value, &size);
    options->width = size.width;
    options->height = size.height;
    options->width_mm = size.width_mm;
    options->height_mm = size.height_mm;
    return good;
}

static bool set_dpi(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    return pm_parse_number(value, strlen(value), &options->dpi) && options->dpi >= PM_LEAST_DPI &&
           options->dpi <= PM_MOST_DPI;
}

static bool set_frame_time(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    return pm_parse_number(value, strlen(value), &options->frame_seconds) &&
           options->frame_seconds >= PM_LEAST_FRAME_SECONDS &&
           options->frame_seconds <= PM_MOST_FRAME_SECONDS;
}

static bool set_png_level(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    const char *end = value;
    int level = whole_number(&end);
    options->png_level = level > 0 ? level : -1; /* see pm_map_options */
    return end > value && *end == '\0' && level <= 12;
}

static bool set_prefix(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    options->id_prefix = value;
    return pm_is_id(value);
}

static bool set_threads(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    options->threads = whole_number(&value);
    return *value == '\0' && options->threads >= 1 && options->threads <= PM_MOST_THREADS;
}

/* "2/8" */
static bool set_shard(struct options *options, const char *value, size_t offset)
{
    (void)offset;
    options->shard = whole_number(&value);
    if (*value != '/')
        return false;
    value++;
    options->shards = whole_number(&value);
    return *value == '\0' && options->shard >= 1 && options->shard <= options->shards;
}

/* The value's index among the names, or -1. */
static int one_of(const char *const *names, int count, const char *value)
{
    for (int i = 0; i < count; i++)
        if (pm_streq(names[i], value))
            return i;
    return -1;
}

static bool set_form(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"human", "short", "json"};
    (void)offset;
    int form = one_of(names, 3, value);
    options->form = (enum diagnostics_form)form;
    return form >= 0;
}

static bool set_text(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"outline", "live", "both"};
    (void)offset;
    int text = one_of(names, 3, value);
    options->svg.text = (enum pm_svg_text)(PM_SVG_TEXT_OUTLINE + text);
    return text >= 0;
}

static bool set_a11y(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"img", "tree"};
    (void)offset;
    int how = one_of(names, 2, value);
    options->svg.tree = how == 1;
    return how >= 0;
}

static bool set_areas(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"each", "merged"};
    (void)offset;
    int how = one_of(names, 2, value);
    options->svg.merged = how == 1;
    return how >= 0;
}

static bool set_theme(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"light", "dark", "auto"};
    (void)offset;
    int theme = one_of(names, 3, value);
    options->theme = theme == 1 ? PM_THEME_DARK : PM_THEME_LIGHT;
    options->both_themes = theme == 2;
    return theme >= 0;
}

static bool set_profile(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"web", "office", "print"};
    (void)offset;
    int profile = one_of(names, 3, value);
    options->svg.plain = profile > 0;
    options->for_print = profile == 2;
    return profile >= 0;
}

static bool set_delimiter(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"comma", "semicolon", "tab", "bar"};
    (void)offset;
    int which = one_of(names, 4, value);
    options->delimiter = which < 0 ? '\0' : ",;\t|"[which];
    return which >= 0;
}

static bool set_deps_form(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"make", "ninja", "json", "zero"};
    (void)offset;
    int form = one_of(names, 4, value);
    options->deps_form = (enum deps_form)(DEPS_MAKE + form);
    return form >= 0;
}

static bool set_unmatched(struct options *options, const char *value, size_t offset)
{
    static const char *const names[] = {"error", "warn"};
    (void)offset;
    int how = one_of(names, 2, value);
    options->unmatched_warns = how == 1;
    return how >= 0;
}

/* ---- parsing ------------------------------------------------------------------------------------------- */

/* An option may mean one thing to one command and another to the next: that of the command if it has
 * one. */
static const struct option *by_letter(const struct command *command, char letter)
{
    const struct option *found = NULL;
    for (size_t i = 0; i < option_count; i++)
        if (option_table[i].letter == letter && (!found || option_taken(&option_table[i], command)))
            found = &option_table[i];
    return found;
}

static const struct option *by_name(const struct command *command, const char *name, size_t length)
{
    const struct option *found = NULL;
    for (size_t i = 0; i < option_count; i++)
        if (strlen(option_table[i].name) == length &&
            strncmp(option_table[i].name, name, length) == 0 &&
            (!found || option_taken(&option_table[i], command)))
            found = &option_table[i];
    return found;
}

bool options_set(struct options *options, const char *name, const char *value)
{
    const struct option *option = by_name(command_find("render"), name, strlen(name));
    return option && option->set(options, value, option->offset);
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

/* What is being read. */
struct parse {
    struct options *options;
    const struct command *command;
    struct pm_diags *diags;
    char **argv;
    int argc, i;
    bool given[sizeof option_table / sizeof *option_table]; /* met so far */
};

__attribute__((format(printf, 3, 4))) static bool wrong(struct parse *p, const char *id,
                                                        const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    pm_error(p->diags, PM_FAULT_USAGE, id, (struct pm_place){0}, "%s", message);
    return false;
}

static bool unknown_option(struct parse *p, const char *name, size_t length)
{
    const struct option *best = NULL;
    int most = (int)length / 2;
    for (size_t i = 0; i < option_count; i++) {
        int common =
            2 * likeness(name, option_table[i].name, length) - (int)strlen(option_table[i].name);
        if (option_taken(&option_table[i], p->command) && common >= most) {
            most = common + 1;
            best = &option_table[i];
        }
    }
    wrong(p, "unknown-option", "there is no option --%.*s", (int)length, name);
    if (best)
        pm_help(p->diags, "did you mean --%s?", best->name);
    else
        pm_help(p->diags, "see provmap --help");
    return false;
}

/* Of two values one would be left alone silently. */
static bool is_given_twice(struct parse *p, const struct option *option)
{
    bool *given = &p->given[option - option_table], before = *given;
    *given = true;
    return before && option->value && !option_repeatable(option);
}

static bool apply(struct parse *p, const struct option *option, const char *value)
{
    if (is_given_twice(p, option))
        return wrong(p, "option-twice", "--%s is given twice", option->name);
    if (!option_taken(option, p->command)) {
        wrong(p, "option-of-another", "--%s is no option of provmap %s", option->name,
              p->command->name);
        pm_help(p->diags, "see provmap %s --help", p->command->name);
        return false;
    }
    if (option->set(p->options, value ? value : "", option->offset))
        return true;
    wrong(p, "bad-option", "--%s can't be \"%s\"", option->name, value ? value : "");
    pm_help(p->diags, "--%s: %s", option->name, option->meaning);
    return false;
}

/* The value of an option: joined to it, or the next word. */
static bool take_value(struct parse *p, const struct option *option, const char *joined)
{
    if (!option->value)
        return joined ? wrong(p, "bad-option", "--%s takes no value", option->name)
                      : apply(p, option, NULL);
    if (joined || p->i + 1 < p->argc)
        return apply(p, option, joined ? joined : p->argv[++p->i]);
    wrong(p, "bad-option", "--%s wants a value", option->name);
    pm_help(p->diags, "--%s: %s", option->name, option->meaning);
    return false;
}

static bool read_long(struct parse *p)
{
    const char *name = p->argv[p->i] + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = by_name(p->command, name, length);
    if (!option)
        return unknown_option(p, name, length);
    return take_value(p, option, name[length] ? name + length + 1 : NULL);
}

/* -qv, -omap.svg, -o map.svg */
static bool read_short(struct parse *p)
{
    for (const char *c = p->argv[p->i] + 1; *c; c++) {
        const struct option *option = by_letter(p->command, *c);
        if (!option) {
            wrong(p, "unknown-option", "there is no option -%c", *c);
            pm_help(p->diags, "see provmap --help");
            return false;
        }
        if (option->value)
            return take_value(p, option, c[1] ? c + 1 : NULL);
        if (!apply(p, option, NULL))
            return false;
    }
    return true;
}

static bool check_words(struct parse *p)
{
    const struct command *c = p->command;
    size_t n = p->options->words.n;
    if (p->options->help || p->options->version || (n >= c->fewest && n <= c->most))
        return true;
    if (n < c->fewest)
        wrong(p, "missing-argument", "%s is missing",
              c->run == schema        ? "the schema's name"
              : c->run == info        ? "a file"
              : c->run == import      ? "the table"
              : c->run == batch       ? "the jobs file"
              : c->run == completions ? "the shell"
                                      : "the status file");
    else
        wrong(p, "extra-argument", "one %s at a time, but there are \"%s\" and \"%s\"",
              c->run == schema        ? "schema"
              : c->run == styles      ? "style"
              : c->run == import      ? "table"
              : c->run == batch       ? "jobs file"
              : c->run == completions ? "shell"
              : c->run == manual      ? "page"
                                      : "status file",
              p->options->words.v[0], p->options->words.v[1]);
    pm_help(p->diags, "provmap %s %s; see provmap --help", c->name, c->arguments);
    return false;
}

/* Does the value stand in the next word? */
static bool is_parted(const char *word)
{
    const struct command *any = &commands[0];
    if (word[1] == '-') {
        const struct option *option = by_name(any, word + 2, strlen(word + 2));
        return option && option->value;
    }
    for (const char *c = word + 1; *c; c++) {
        const struct option *option = by_letter(any, *c);
        if (option && option->value)
            return c[1] == '\0';
    }
    return false;
}

int options_first_word(int argc, char **argv)
{
    int i = 1;
    while (i < argc && argv[i][0] == '-' && argv[i][1])
        i += strcmp(argv[i], "--") == 0 ? argc : is_parted(argv[i]) ? 2 : 1;
    return i < argc ? i : argc;
}

bool options_read(struct options *options, const struct command *command, int argc, char **argv,
                  struct pm_diags *diags)
{
    struct parse p = {options, command, diags, argv, argc};
    bool words_only = false, ok = true;
    for (; p.i < argc && ok; p.i++) {
        const char *word = argv[p.i];
        if (words_only || word[0] != '-' || word[1] == '\0')
            pm_vec_push(&options->words, word);
        else if (strcmp(word, "--") == 0)
            words_only = true;
        else
            ok = word[1] == '-' ? read_long(&p) : read_short(&p);
    }
    return ok && check_words(&p);
}

void options_finish(struct options *options)
{
    pm_vec_finish(&options->words);
    pm_vec_finish(&options->outputs);
    pm_vec_finish(&options->focus);
    pm_vec_finish(&options->ignored);
    pm_vec_finish(&options->map);
}
