#include "cli/render.h"

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

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (!a || !b)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* An output may be none of the inputs, nor any file of a shapefile. */
static bool is_input(const struct options *o, const char *path)
{
    static const char *const parts[] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (pm_ends_with(path, parts[i]))
            return true;
    return same_file(path, o->status) || same_file(path, o->style) || same_file(path, o->shapes);
}

static void check_output(struct job *job, size_t index)
{
    const struct options *o = job->options;
    struct picture *picture = &job->pictures[index];
    const char *path = o->outputs.v[index];
    bool standard = strcmp(path, "-") == 0;
    picture->path = path;
    picture->format = o->format != PM_FORMAT_UNKNOWN ? o->format
                      : standard                     ? PM_FORMAT_UNKNOWN
                                                     : pm_format_of(pm_path_base(path));
    if (picture->format == PM_FORMAT_UNKNOWN) {
        wrong_usage(job, "unknown-format", "can't tell the format of", path);
        pm_help(job->diags, "end the name in .png, .pdf or .svg, or say it with --format");
    }
    if (is_input(o, path))
        wrong_usage(job, "output-is-input", "will not overwrite an input:", path);
    for (size_t i = 0; i < index; i++)
        if (same_file(o->outputs.v[i], path))
            wrong_usage(job, "duplicate-output", "named twice as output:", path);
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
        wrong_usage(job, "no-status", "which status file?", NULL);
        pm_help(job->diags, "provmap render STATUS.json -o map.png; see provmap --help");
    }
    if (o->outputs.n == 0) {
        wrong_usage(job, "no-output", "where to?", NULL);
        pm_help(job->diags, "name a file: -o map.png (.pdf, .svg)");
    }
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
    const char *shapes = o->shapes ? o->shapes : job->status ? pm_status_shapes(job->status) : NULL;
    const char *style = o->style ? o->style : job->status ? pm_status_style(job->status) : NULL;
    struct pm_atlas_options fields = {o->key_field, o->name_field};
    if (shapes)
        job->atlas = pm_atlas_load(shapes, &fields, job->diags);
    job->style = pm_style_load(style ? style : "default", job->diags);
    if (shapes || !job->status)
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

static void write_standard(struct job *job, const struct picture *picture)
{
    if (fwrite(picture->data, 1, picture->size, stdout) != picture->size || fflush(stdout) != 0)
        pm_error(job->diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file("<stdout>"),
                 "cannot write it all");
}

/* Nothing is written before everything is drawn. */
static void write_pictures(struct job *job)
{
    for (size_t i = 0; i < job->options->outputs.n; i++) {
        const struct picture *picture = &job->pictures[i];
        if (strcmp(picture->path, "-") == 0) {
            write_standard(job, picture);
            continue;
        }
        enum pm_written done =
            pm_write_file(picture->path, picture->data, picture->size, job->diags);
        if (job->options->verbose && done != PM_WRITE_FAILED)
            fprintf(stderr, "%s: %zu bytes, %s\n", picture->path, picture->size,
                    done == PM_WRITE_SAME ? "unchanged" : "written");
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
