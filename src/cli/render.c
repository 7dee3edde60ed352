#include "cli/render.h"

#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/report.h"
#include "base/banned.h"

/* A file to write, drawn but not yet written. */
struct picture {
    const char *path;
    enum pm_format format;
    char *data;
    size_t size;
};

struct job {
    const struct options *options;
    struct pm_diags *diags;
    const char *shapes_name, *style_name; /* from the options or the status file */
    struct pm_status *status;
    struct pm_style *style;
    struct pm_atlas *atlas;
    struct pm_engine *engine;
    struct pm_map *map;
    struct picture *pictures; /* one for each output */
};

static void wrong_usage(struct job *job, const char *id, const char *message, const char *what)
{
    pm_error(job->diags, PM_FAULT_USAGE, id, (struct pm_place){0}, "%s%s%s%s", message,
             what ? " \"" : "", what ? what : "", what ? "\"" : "");
}

/* ---- what can be wrong with outputs before anything is read ------------------------------------------- */

/* "-": standard input or output. */
static bool is_stream(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool same_node(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool same_folder(const char *a, const char *b)
{
    struct stat x, y;
    struct pm_arena arena = {0};
    bool same = stat(pm_path_beside(&arena, a, "."), &x) == 0 &&
                stat(pm_path_beside(&arena, b, "."), &y) == 0 && same_node(&x, &y);
    pm_arena_finish(&arena);
    return same;
}

/* Two names of one file, through links too; files that don't exist yet are told by their folder. */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (!a || !b || is_stream(a) || is_stream(b))
        return false;
    if (stat(a, &x) == 0 && stat(b, &y) == 0)
        return same_node(&x, &y);
    return strcmp(pm_path_base(a), pm_path_base(b)) == 0 && same_folder(a, b);
}

static bool has_ending(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcasecmp(path + n - m, ending) == 0;
}

/* An output may be none of the inputs, nor have the name of one: parts of a shapefile, JSON. */
static bool is_input(const struct job *job, const char *path)
{
    static const char *const endings[] = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".json"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (has_ending(path, endings[i]))
            return true;
    return same_file(path, job->options->status) || same_file(path, job->style_name) ||
           same_file(path, job->shapes_name);
}

/* Once it is known what the status file names. */
static void check_inputs(struct job *job)
{
    const struct options *o = job->options;
    for (size_t i = 0; i < o->outputs.n; i++)
        if (is_input(job, o->outputs.v[i]))
            wrong_usage(job, "output-is-input", "will not overwrite an input:", o->outputs.v[i]);
    if ((o->key_field || o->name_field) && job->shapes_name &&
        !has_ending(job->shapes_name, ".shp")) {
        wrong_usage(job, "fields-without-shp", "--key and --name are for a bare .shp, not for",
                    job->shapes_name);
        pm_help(job->diags, "a shapes.json names the fields itself");
    }
}

static void check_folder(struct job *job, const char *path)
{
    struct pm_arena arena = {0};
    if (!pm_is_folder(pm_path_beside(&arena, path, ".")))
        pm_error(job->diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file(path),
                 "cannot write it: there is no such folder");
    pm_arena_finish(&arena);
}

static void check_output(struct job *job, size_t index)
{
    const struct options *o = job->options;
    struct picture *picture = &job->pictures[index];
    const char *path = o->outputs.v[index];
    bool standard = is_stream(path);
    picture->path = path;
    picture->format = o->format != PM_FORMAT_UNKNOWN ? o->format
                      : standard                     ? PM_FORMAT_UNKNOWN
                                                     : pm_format_of(pm_path_base(path));
    if (picture->format == PM_FORMAT_UNKNOWN) {
        wrong_usage(job, "unknown-format", "can't tell the format of", path);
        pm_help(job->diags, "end the name in .png, .pdf or .svg, or say it with --format");
    }
    for (size_t i = 0; i < index; i++)
        if (pm_streq(o->outputs.v[i], path) || same_file(o->outputs.v[i], path))
            wrong_usage(job, "duplicate-output", "named twice as output:", path);
    if (!standard)
        check_folder(job, path);
    bool text = picture->format == PM_FORMAT_SVG || picture->format == PM_FORMAT_SCENE;
    if (standard && !text && isatty(STDOUT_FILENO)) {
        wrong_usage(job, "binary-to-terminal", "will not print a picture to the terminal", NULL);
        pm_help(job->diags, "send it to a file: -o map.png");
    }
}

static void check_usage(struct job *job)
{
    const struct options *o = job->options;
    if (!o->status) {
        wrong_usage(job, "no-status", "no status file is named", NULL);
        pm_help(job->diags, "provmap render STATUS.json -o map.png; see provmap --help");
    }
    if (o->outputs.n == 0) {
        wrong_usage(job, "no-output", "no output is named", NULL);
        pm_help(job->diags, "say where to write: -o map.png (.pdf, .svg)");
    }
    if (o->format != PM_FORMAT_UNKNOWN && o->outputs.n > 1) {
        wrong_usage(job, "format-for-several", "--format is for one output, not for several", NULL);
        pm_help(job->diags, "leave it out: each name's ending says the format");
    }
    if (o->font_dir && !pm_is_folder(o->font_dir))
        wrong_usage(job, "no-font-folder", "there is no folder", o->font_dir);
    job->pictures = pm_xrealloc(NULL, o->outputs.n + 1, sizeof *job->pictures);
    memset(job->pictures, 0, (o->outputs.n + 1) * sizeof *job->pictures);
    for (size_t i = 0; i < o->outputs.n; i++)
        check_output(job, i);
}

/* ---- the job --------------------------------------------------------------------------------------------- */

static void load(struct job *job)
{
    const struct options *o = job->options;
    job->status = pm_status_load(o->status, job->diags);
    job->shapes_name = o->shapes ? o->shapes : job->status ? pm_status_shapes(job->status) : NULL;
    job->style_name = o->style ? o->style : job->status ? pm_status_style(job->status) : NULL;
    struct pm_atlas_options fields = {o->key_field, o->name_field};
    if (job->shapes_name)
        job->atlas = pm_atlas_load(job->shapes_name, &fields, job->diags);
    job->style = pm_style_load(job->style_name ? job->style_name : "default", job->diags);
    check_inputs(job);
    if (job->shapes_name || !job->status)
        return;
    wrong_usage(job, "no-shapes", "the status file names no shapes", NULL);
    pm_help(job->diags, "say which with -s, for example -s afghanistan");
}

static void draw(struct job *job)
{
    const struct options *o = job->options;
    struct pm_engine_options engine = {o->font_dir};
    struct pm_map_options map = {
        .width = o->width,
        .height = o->height,
        .dpi = o->dpi,
        .date = o->date,
        .lang = o->lang,
        .focus = o->focus.v,
        .focus_count = o->focus.n,
        .id_prefix = o->id_prefix,
    };
    job->engine = pm_engine_new(&engine, job->diags);
    job->map = pm_map_new(job->engine, job->atlas, job->style, job->status, &map, job->diags);
    for (size_t i = 0; i < o->outputs.n && job->map; i++)
        pm_map_encode(job->map, job->pictures[i].format, &job->pictures[i].data,
                      &job->pictures[i].size, job->diags);
}

static enum pm_written write_standard(struct job *job, const struct picture *picture)
{
    if (fwrite(picture->data, 1, picture->size, stdout) == picture->size && fflush(stdout) == 0)
        return PM_WRITE_DONE;
    pm_error(job->diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file("<stdout>"),
             "cannot write it all");
    return PM_WRITE_FAILED;
}

/* Nothing is written before everything is drawn. */
static void write_pictures(struct job *job)
{
    for (size_t i = 0; i < job->options->outputs.n; i++) {
        const struct picture *picture = &job->pictures[i];
        bool standard = is_stream(picture->path);
        enum pm_written done =
            standard ? write_standard(job, picture)
                     : pm_write_file(picture->path, picture->data, picture->size, job->diags);
        if (job->options->verbose && done != PM_WRITE_FAILED)
            fprintf(stderr, "%s: %zu bytes, %s\n", standard ? "<stdout>" : picture->path,
                    picture->size, done == PM_WRITE_SAME ? "unchanged" : "written");
    }
}

static void run(struct job *job)
{
    check_usage(job);
    if (pm_diags_errors(job->diags) == 0)
        load(job);
    if (pm_diags_errors(job->diags) == 0)
        draw(job);
    if (pm_diags_errors(job->diags) == 0)
        write_pictures(job);
}

int render(const struct options *options)
{
    struct job job = {.options = options, .diags = pm_diags_new()};
    run(&job);
    report(job.diags, options->form, options->quiet);
    int code = (int)pm_diags_fault(job.diags);
    for (size_t i = 0; job.pictures && i < options->outputs.n; i++)
        free(job.pictures[i].data);
    free(job.pictures);
    pm_map_free(job.map);
    pm_engine_free(job.engine);
    pm_atlas_free(job.atlas);
    pm_style_free(job.style);
    pm_status_free(job.status);
    pm_diags_free(job.diags);
    return code;
}
