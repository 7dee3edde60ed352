/* provmap.h: the whole public interface of libprovmap.
 *
 * A map is made from three read-only inputs and one engine:
 *
 *     pm_atlas   areas, places and context, read from shapefiles
 *     pm_style   how a map looks
 *     pm_status  who holds what, and since when, according to whom
 *     pm_engine  fonts and scratch state; one per thread, reused for all its maps
 *
 * pm_map_new() joins, projects, lays out and composes; pm_map_encode() draws the result
 * as PNG, PDF or SVG. The same inputs and options give the same bytes on every run.
 *
 * Errors are data. Every function that can fail takes a `struct pm_diags`, adds all problems it
 * finds to it (not only the first) and returns NULL or false if at least one of them is an error.
 *
 * Ownership: what a *_new or *_load function returns belongs to the caller, who gives it to the
 * matching *_free; these accept NULL. Strings handed out live as long as the object they came
 * from. Atlas, style and status don't change after loading: threads may share them. What maps of one
 * atlas and frame have in common (projection, borders, their simplification) is made for the first of
 * them and kept with the atlas for the others, in whatever thread.
 * Results come as `*data` with `*size` bytes, which the caller gives to free(); where a function failed, `*data` is as it
 * was before or NULL.
 * Texts are UTF-8, days "YYYY-MM-DD", degrees on WGS 84, pixels from the upper left corner of the page.
 * Out of memory aborts the process (GLib, which shapes the text, does so anyway).
 *
 * The names lie in the shared library under a version, PROVMAP_0, which changes with the library's soname.
 */
#ifndef PROVMAP_H
#define PROVMAP_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(PM_BUILDING)
#define PM_API __attribute__((visibility("default")))
#else
#define PM_API
#endif

struct pm_diags;
struct pm_atlas;
struct pm_style;
struct pm_status;
struct pm_aliases;
struct pm_engine;
struct pm_map;

/* The library's version, "MAJOR.MINOR.PATCH". */
PM_API const char *pm_version(void);

/* ---- diagnostics ------------------------------------------------------------------------ */

enum pm_severity { PM_NOTE, PM_WARNING, PM_ERROR };

/* What kind of failure an error is; the command's exit codes follow from it. */
enum pm_fault {
    PM_FAULT_NONE = 0,
    PM_FAULT_DATA = 1,  /* the data have problems: unmatched, duplicate, ambiguous, missing glyph */
    PM_FAULT_USAGE = 2, /* wrong options */
    PM_FAULT_INPUT = 3, /* an input can't be read or parsed */
    PM_FAULT_OUTPUT = 4,   /* an output can't be written */
    PM_FAULT_INTERNAL = 5, /* a bug in provmap */
};

struct pm_diag {
    enum pm_severity severity;
    enum pm_fault fault; /* of errors; PM_FAULT_NONE for notes and warnings */
    const char *id;      /* stable, e.g. "unknown-area" */
    const char *file;    /* as the user named it; NULL if there is none */
    int line, column;    /* from 1, column in characters; 0 if there is none */
    long record;         /* record of a shapefile, from 1; 0 if there is none */
    const char *message; /* one line, no full stop */
    const char *
        excerpt; /* the line of the source, or the part of a long one around the column; NULL if none */
    int excerpt_column; /* the column at which the excerpt begins; 1 unless the line was cut */
    int caret_length;   /* characters to mark from `column` on */
    const char *help;   /* how to cure it; NULL if nothing is known */
};

PM_API struct pm_diags *pm_diags_new(void);
PM_API void pm_diags_free(struct pm_diags *diags);
/* Sorts into the order in which they are to be shown: by file as first met, then line, column and
 * record, then as added. Of each id the first 200 are kept; a last message without a place says how
 * many more there are. */
PM_API void pm_diags_sort(struct pm_diags *diags);
PM_API size_t pm_diags_count(const struct pm_diags *diags);
/* From 0 on; NULL behind the last. It lives until something is added, or they are sorted or freed. */
PM_API const struct pm_diag *pm_diags_get(const struct pm_diags *diags, size_t index);
/* The gravest fault among the errors, by number; PM_FAULT_NONE if there is no error. */
PM_API enum pm_fault pm_diags_fault(const struct pm_diags *diags);
/* The files that were read by functions that were given these diags, and those that should have been but can't
 * be read: status and aliases files, styles with what they extend, all parts of shapefiles, fonts. By the names
 * under which they were opened, in this order, each once; standard input is none. The list lives until another file
 * is read. */
PM_API const char *const *pm_diags_inputs(const struct pm_diags *diags, size_t *count);

/* ---- inputs ----------------------------------------------------------------------------- */

/* What is told of inputs: for people or for programs. */
enum pm_info_form { PM_INFO_TEXT, PM_INFO_JSON };

/* For a bare .shp: which fields hold an area's code and name; NULL leaves it to be guessed by
 * rule, and the guess is reported as a note. */
struct pm_atlas_options {
    const char *key_field;
    const char *name_field;
    const char *encoding; /* of its table, such as "windows-1252"; NULL: found out */
    const char *crs;      /* "EPSG:32642", WKT or a PROJ string; NULL: as its .prj says */
};

/* `name` is a folder with a shapes.json, that file, a .shp, or the bare name of a folder in the
 * data folder's shapes/. `options` may be NULL. */
PM_API struct pm_atlas *pm_atlas_load(const char *name, const struct pm_atlas_options *options,
                                      struct pm_diags *diags);
PM_API void pm_atlas_free(struct pm_atlas *atlas);
/* The shapes.json or .shp that it was read from. */
PM_API const char *pm_atlas_path(const struct pm_atlas *atlas);

/* `name` is a file, or the bare name of a style in the data folder's styles/. */
PM_API struct pm_style *pm_style_load(const char *name, struct pm_diags *diags);
/* As it is for light or for dark surroundings: a style's "dark" says what differs there. */
enum pm_theme {
    PM_THEME_OWN, /* as the style has it by itself */
    PM_THEME_LIGHT,
    PM_THEME_DARK
};
PM_API struct pm_style *pm_style_load_theme(const char *name, enum pm_theme theme,
                                            struct pm_diags *diags);
PM_API void pm_style_free(struct pm_style *style);

/* The styles in the data folder, each with what it is for; as text for people, or as JSON (format
 * "provmap-styles/1"). `name` chooses one; NULL takes all. */
PM_API bool pm_styles(const char *name, enum pm_info_form form, char **data, size_t *size,
                      struct pm_diags *diags);
/* The keys of a style file: type, range, value in the style `name` (NULL: "default"), meaning; JSON has
 * format "provmap-style-keys/1". */
PM_API bool pm_style_keys_list(const char *name, enum pm_info_form form, char **data, size_t *size,
                               struct pm_diags *diags);

/* Reads a status file. "-" is standard input. */
PM_API struct pm_status *pm_status_load(const char *path, struct pm_diags *diags);
/* Reads a status file from memory: `length` bytes, which are not needed afterwards; `name` stands for it in messages,
 * and its folder is where paths in it begin. */
PM_API struct pm_status *pm_status_parse(const char *text, size_t length, const char *name,
                                         struct pm_diags *diags);
PM_API void pm_status_free(struct pm_status *status);
/* What the status file names as its shapes and style, resolved against the file's own folder;
 * NULL if it names none. */
PM_API const char *pm_status_shapes(const struct pm_status *status);
PM_API const char *pm_status_style(const struct pm_status *status);

/* What a column of a table holds, as pm_import reads it. */
enum pm_import_column {
    PM_IMPORT_AREA,
    PM_IMPORT_PLACE, /* where it is not empty, the row tells of a place, which lies in the area */
    PM_IMPORT_STATUS,
    PM_IMPORT_DATE, /* from which the row holds */
    PM_IMPORT_LEANING,
    PM_IMPORT_PARTY,
    PM_IMPORT_CONFIDENCE,
    PM_IMPORT_BASIS,
    PM_IMPORT_VERIFIED,
    PM_IMPORT_NOTE,
    PM_IMPORT_SOURCE, /* several are parted by "; " */
    PM_IMPORT_LON,
    PM_IMPORT_LAT,
    PM_IMPORT_COLUMNS
};

struct pm_import_options {
    const char *columns[PM_IMPORT_COLUMNS]; /* their headers; NULL: there is none */
    const char *const *ignored;             /* headers of columns that are knowingly left out */
    size_t ignored_count;
    bool wide;              /* all other columns are days, and their cells statuses */
    const char *date_form;  /* such as "%d.%m.%Y", or "excel"; NULL: "%Y-%m-%d" */
    char delimiter;         /* 0: found out from the header, and reported as a note */
    const char *encoding;   /* NULL: UTF-8, or UTF-16 by its byte order mark */
    const char *const *map; /* "Gov=government": words of the table for statuses */
    size_t map_count;
    const char *title; /* or NULL */
    const char *as_of; /* YYYY-MM-DD; NULL: the last day of the table, reported as a note */
    const char *shapes_name, *style_name; /* for the status file to name; or NULL */
    const struct pm_style *style;         /* tells which statuses there are */
    const struct pm_atlas *atlas;         /* if not NULL, names are looked up there … */
    const struct pm_aliases *aliases;     /* … and among these; may be NULL */
};

/* A status file made from a table with a row for each area, or each area and day: CSV (RFC 4180), or
 * with semicolons, tabs or bars. A table that provmap wrote itself (PM_FORMAT_CSV) needs no
 * columns. `path` "-" is standard input. The same table gives the same bytes, whatever the order of its rows. */
PM_API bool pm_import(const char *path, const struct pm_import_options *options, char **data,
                      size_t *size, struct pm_diags *diags);

/* More spellings of names: {"format": "provmap-aliases/1", "aliases": {"Helmend": "Helmand"}}. They
 * are asked after those of the atlas and of the status file. */
PM_API struct pm_aliases *pm_aliases_load(const char *path, struct pm_diags *diags);
PM_API void pm_aliases_free(struct pm_aliases *aliases);

/* How each name of the status file was matched, what was not on either side, with proposals, and how
 * many areas and places have which status on the date, in all and by parent: as JSON, format
 * "provmap-join/1". Names that don't match are part of the report and no errors here. `options` may be NULL. */
struct pm_join_report_options {
    const struct pm_aliases *aliases; /* may be NULL */
    const char *date;                 /* YYYY-MM-DD; NULL takes the status file's as_of */
};
PM_API bool pm_join_report(const struct pm_atlas *atlas, const struct pm_status *status,
                           const struct pm_join_report_options *options, char **data, size_t *size,
                           struct pm_diags *diags);

/* What changed between two status files, or between two days of one (`from` and `to` may be the same): areas and
 * places whose status, holder, confidence, basis, leaning or pressure differs, counts by status, and events that are new, lost
 * or told otherwise. As text, as JSON (format "provmap-diff/1") or as Markdown. `style` gives the statuses' labels. `options` may be NULL. */
enum pm_diff_form { PM_DIFF_TEXT, PM_DIFF_JSON, PM_DIFF_MARKDOWN };
struct pm_diff_options {
    const char *from_date, *to_date;  /* YYYY-MM-DD; NULL takes the file's as_of */
    const char *lang;                 /* of names and labels; NULL means "en" */
    const struct pm_aliases *aliases; /* may be NULL */
    bool unmatched_warns;             /* as in pm_map_options */
    enum pm_diff_form form;
};
enum pm_difference { PM_DIFF_FAILED, PM_DIFF_SAME, PM_DIFF_DIFFERENT };
PM_API enum pm_difference pm_diff(const struct pm_atlas *atlas, const struct pm_style *style,
                                  const struct pm_status *from, const struct pm_status *to,
                                  const struct pm_diff_options *options, char **data, size_t *size,
                                  struct pm_diags *diags);

/* What is in a file: a shapefile (any of its parts), a shapes.json or its folder, a status, style,
 * aliases or jobs file; as text for people or as JSON (format "provmap-info/1"). `options` are for a shapefile
 * and may be NULL. What is wrong with the file goes to `diags`; true if anything could be told, which
 * may be so besides errors. */
PM_API bool pm_info(const char *path, const struct pm_atlas_options *options,
                    enum pm_info_form form, char **data, size_t *size, struct pm_diags *diags);

/* The maps that a jobs file asks for, one for each combination of its matrices, in its order. */
struct pm_jobs;
/* An option of `provmap render`, named without its dashes; an option that may be repeated stands there
 * several times; a switch has the value "". */
struct pm_job_option {
    const char *name, *value;
    int line, column; /* where the jobs file says it */
};
struct pm_job {
    const char *status;                  /* path of the status file … */
    int status_line, status_column;      /* … and where it is named */
    const char *const *outputs;          /* in the folder for outputs, and never out of it */
    size_t output_count;                 /* at least 1 */
    const struct pm_job_option *options; /* paths among them start at the current folder */
    size_t option_count;
    const char *file; /* where it is asked for */
    int line, column;
    bool dated; /* an output is named after the day that the option "date" says */
    bool
        unnamed; /* a file can't be read that outputs are named after: {date} or {area} stands there */
};

/* Reads a jobs file; "-" is standard input. No two outputs have names that differ by less than case. Where it
 * asks for one map for each area, the shapes are read, too. */
PM_API struct pm_jobs *pm_jobs_load(const char *path, struct pm_diags *diags);
PM_API void pm_jobs_free(struct pm_jobs *jobs);
PM_API size_t pm_jobs_count(const struct pm_jobs *jobs);
/* NULL if there are not so many. It lives as long as `jobs`. */
PM_API const struct pm_job *pm_jobs_get(const struct pm_jobs *jobs, size_t index);

/* The JSON Schema (draft 2020-12) of an input format: "status", "shapes", "style", "aliases" or "jobs".
 * NULL if there is no such format. */
PM_API const char *pm_schema(const char *name);
/* The same for readers: the body of a man page (groff_man(7)), without its title, with each key, what it may be and what it
 * means. False if there is no such format. */
PM_API bool pm_schema_manual(const char *name, char **data, size_t *size);
/* The names that pm_schema knows, closed by NULL. */
PM_API const char *const *pm_schema_names(void);

/* ---- maps ------------------------------------------------------------------------------- */

struct pm_engine_options {
    const char *font_dir; /* searched before the system's fonts; may be NULL */
    /* Nothing else in this process uses fontconfig. Then the system's configuration of it, which no map depends on,
     * need not be read: that takes 10 ms, and much longer where its cache is not made yet. */
    bool sole_fontconfig;
    /* That may pack a PNG, the caller's among them; the picture is the same to the byte. 0 and 1: it does so alone, as is best
     * where several engines are at work. */
    int threads;
};

/* `options` may be NULL. */
PM_API struct pm_engine *pm_engine_new(const struct pm_engine_options *options,
                                       struct pm_diags *diags);
PM_API void pm_engine_free(struct pm_engine *engine);

/* For those who measure: `done` is told the name of each stage of pm_map_new when it is over. The
 * library itself reads no clock. */
struct pm_stages {
    void (*done)(void *user, const char *stage);
    void *user;
};

/* For those who wait: `step` is told, of a map with several days, how many of all of them are "laid out", "composed" or, by
 * pm_map_encode, "painted". */
struct pm_progress {
    void (*step)(void *user, const char *stage, size_t done, size_t all);
    void *user;
};

/* How an SVG has its texts. */
enum pm_svg_text {
    PM_SVG_TEXT_DEFAULT, /* both; outlines where it is plain */
    PM_SVG_TEXT_OUTLINE, /* as shapes: the same look everywhere, in the smallest file */
    PM_SVG_TEXT_LIVE,    /* as text, which a viewer sets with the fonts that it has */
    PM_SVG_TEXT_BOTH     /* as shapes, and without ink as text, to be searched and selected */
};

struct pm_svg_options {
    enum pm_svg_text text;
    bool inlined; /* begins with <svg>, to be put into a page of HTML */
    bool plain;   /* attributes only, no style element: for office programs and old importers */
    bool tree; /* readers of the screen find lists of areas, places and events, not one picture */
    /* Areas that look alike are one shape, without ids, data and tooltips: small. Not where they are listed, which
     * is in a tree and in pages of HTML. */
    bool merged;
};

struct pm_map_options {
    int width, height; /* pixels, 200 to 20000 a side; 0 takes the style's page */
    /* Instead, millimetres on paper. What is on the page has the size that it has at 96 dpi, whatever `dpi`
     * is: that only says how many pixels there are. */
    double width_mm, height_mm;
    double dpi;       /* pixels per inch, 10 to 2400; 0 takes the style's */
    const char *date; /* YYYY-MM-DD; NULL takes the status file's as_of */
    bool exact_date;  /* one later than that is an error; else that day is taken, with a warning */
    /* A map of changes: since that day in `before`, or (NULL) in the same file. What stayed as it was is pale, what
     * changed has a rim in the colour of what it was. `since` NULL: the as_of of `before`; both NULL: no such
     * map. */
    const char *since;
    const struct pm_status *before;
    /* A series, which is several maps on one page: their days, ascending ("2021-08-06,2021-08-09"); or `every`: "day", "week",
     * "month" or a number of days, from `since` (NULL: the first dated record) to `date`. NULL: one map. */
    const char *series, *every;
    /* The days of a series one after the other instead of side by side; without `series` and `every` those on which
     * something changes, from `since` (NULL: the first dated record) to `date`. SVG and HTML move by themselves, and so does
     * PM_FORMAT_APNG; other formats show the last day. */
    bool animated;
    double frame_seconds; /* how long each day is seen; 0: 1.5 */
    const char *lang;     /* "fa", or "fa+en": names in both; NULL means "en" */
    /* What fills the frame: areas (keys as in the status file), or parents, which mean all that lies in
     * them and go before areas of their name. */
    const char *const *focus;
    size_t focus_count;
    int png_level; /* how hard PNG is packed: 1 (fast) to 12 (small); 0 takes the default, -1 is not */
    /* "auto", a word such as "albers" (see the manual), "EPSG:32642", WKT or a PROJ string; NULL takes the
     * atlas's, which is "auto" if its manifest says nothing. */
    const char *projection;
    const char *id_prefix; /* of ids and classes in SVG; NULL makes one of ids from what is drawn */
    struct pm_svg_options svg;
    /* The style for dark surroundings (pm_style_load_theme): SVG then follows its reader's system. NULL: it
     * looks the same everywhere. */
    const struct pm_style *dark;
    const struct pm_aliases *aliases; /* may be NULL */
    /* Names that match nothing are warnings, and what bears them is left out, which the map says. */
    bool unmatched_warns;
    struct pm_stages stages;     /* .done may be NULL */
    struct pm_progress progress; /* .step may be NULL */
};

/* Joins status to atlas and lays the map out. `options` may be NULL. The map refers to atlas,
 * style, status and engine, which must outlive it. */
PM_API struct pm_map *pm_map_new(struct pm_engine *engine, const struct pm_atlas *atlas,
                                 const struct pm_style *style, const struct pm_status *status,
                                 const struct pm_map_options *options, struct pm_diags *diags);
PM_API void pm_map_free(struct pm_map *map);

enum pm_format {
    PM_FORMAT_UNKNOWN,
    PM_FORMAT_PNG,
    PM_FORMAT_PDF,
    PM_FORMAT_SVG,
    PM_FORMAT_SCENE, /* the drawing list as text: what moved, for tests and bug reports */
    PM_FORMAT_CSV,   /* a row for each area and place that is shown */
    PM_FORMAT_JSON,  /* the same, with events, sources and counts: "provmap-table/1" */
    PM_FORMAT_HTML,  /* a page with the map, that table, events and sources; needs nothing else */
    PM_FORMAT_TEXT,  /* the map in words, for those who do not see it */
    PM_FORMAT_APNG,  /* an animated PNG, of a map that is animated */
};

/* By extension ("map.svg") or bare name ("svg"); PM_FORMAT_UNKNOWN if it is neither. */
PM_API enum pm_format pm_format_of(const char *name);

/* Draws the map into memory, in any number of formats, one after the other. */
PM_API bool pm_map_encode(struct pm_map *map, enum pm_format format, char **data, size_t *size,
                          struct pm_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
