#include "cli/render.h"

#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/deps.h"
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/report.h"
#include "cli/target.h"
#include "cli/timings.h"
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
    struct rendered *done;
    struct inputs inputs;
    struct pm_map *map;
    struct picture *pictures; /* one for each output */
};

/* ---- what can be wrong with outputs before anything is read ------------------------- */

static void check_terminal(struct job *job, const struct picture *picture)
{
    bool binary = picture->format == PM_FORMAT_PNG || picture->format == PM_FORMAT_PDF ||
                  picture->format == PM_FORMAT_APNG;
    if (!target_is_stream(picture->path) || !binary || !isatty(STDOUT_FILENO))
        return;
    usage_error(job->diags, "binary-to-terminal", "will not print a picture to the terminal", NULL);
    pm_help(job->diags, "send it to a file: -o map.png");
}

/* A table may be written where one was, but not over what may be somebody's status file. */
static void check_json(struct job *job, const struct picture *picture)
{
    const struct options *o = job->options;
    const char *path = picture->path;
    bool json = picture->format == PM_FORMAT_JSON;
    target_check(job->diags, path, json);
    if (!json || !target_is_foreign(path, "\"provmap-table/"))
        return;
    const char *const inputs[] = {o->words.v[0], o->compare, o->style, o->shapes, o->aliases};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (target_same_file(path, inputs[i])) {
            target_refuse_input(job->diags, path);
            return;
        }
    usage_error(job->diags, "output-is-input",
                "will not overwrite what is no table of provmap's:", path);
    pm_help(job->diags, "name another file to write");
}

/* --format is of standard output, which has no ending, or else of the one output that there is. */
static bool is_formatted(const struct options *o, const char *path)
{
    bool stream = false;
    for (size_t i = 0; i < o->outputs.n; i++)
        stream |= o->outputs.v[i] != o->alt_text && target_is_stream(o->outputs.v[i]);
    return o->format != PM_FORMAT_UNKNOWN && path != o->alt_text &&
           (!stream || target_is_stream(path));
}

static void check_output(struct job *job, size_t index)
{
    const struct options *o = job->options;
    struct picture *picture = &job->pictures[index];
    const char *path = picture->path = o->outputs.v[index];
    picture->format = path == o->alt_text      ? PM_FORMAT_TEXT
                      : is_formatted(o, path)  ? o->format
                      : target_is_stream(path) ? PM_FORMAT_UNKNOWN
                                               : pm_format_of(pm_path_base(path));
    if (picture->format == PM_FORMAT_UNKNOWN) {
        usage_error(job->diags, "unknown-format", "can't tell the format of", path);
        pm_help(job->diags,
                "end the name in .png, .pdf, .svg, .html, .apng, .csv, .json or .txt, or say "
                "it with --format");
    }
    for (size_t i = 0; i < index; i++)
        if (pm_streq(o->outputs.v[i], path) || target_same_file(o->outputs.v[i], path)) {
            usage_error(job->diags, "duplicate-output", "named twice as output:", path);
            if (!pm_streq(o->outputs.v[i], path))
                pm_help(job->diags,
                        "it is the same file as \"%s\"; case does not count on some systems",
                        o->outputs.v[i]);
        }
    if (!o->verify)
        check_json(job, picture);
    check_terminal(job, picture);
}

/* Is anything written in one of these formats? */
static bool any_of(const struct job *job, unsigned formats)
{
    for (size_t i = 0; i < job->options->outputs.n; i++)
        if (formats >> job->pictures[i].format & 1U)
            return true;
    return false;
}

static void check_contradictions(struct job *job)
{
    const struct options *o = job->options;
    const unsigned tables = 1U << PM_FORMAT_CSV | 1U << PM_FORMAT_JSON;
    bool moves = inputs_move(o), series = moves || o->series || o->every;
    bool for_one_day = any_of(job, moves ? tables : tables | 1U << PM_FORMAT_HTML);
    const struct {
        bool given;
        const char *id, *option, *message, *help;
    } contradictions[] = {
        {o->both_themes && o->svg.plain, "bad-option", "theme", "auto needs --profile web",
         "only there does a file have two themes; choose one: --theme light"},
        {moves && o->svg.plain, "bad-option", "animate", "it needs --profile web",
         "office programs and paper don't move; draw the days side by side: --series"},
        {o->svg.merged && o->svg.tree, "bad-option", "a11y", "tree needs --areas each",
         "a list of areas needs an element for each; choose one of the two"},
        {series && for_one_day, "not-for-series",
         o->series     ? "series"
         : o->every    ? "every"
         : o->animated ? "animate"
                       : NULL,
         "tables and pages are of one day, not of a series",
         "write PNG, PDF, SVG or text, choose a day (--date), or let a page show the days one "
         "after the other (--animate)"},
    };
    for (size_t i = 0; i < sizeof contradictions / sizeof *contradictions; i++)
        if (contradictions[i].given) {
            pm_error(job->diags, PM_FAULT_USAGE, contradictions[i].id,
                     pm_place_option(contradictions[i].option), "%s", contradictions[i].message);
            pm_help(job->diags, "%s", contradictions[i].help);
        }
}

/* What was asked for, but for which no output has room. How a format is written a jobs file may say for all maps. */
static void tell_without_effect(struct job *job)
{
    const struct options *o = job->options;
    const unsigned svg = 1U << PM_FORMAT_SVG, pages = svg | 1U << PM_FORMAT_HTML,
                   apng = 1U << PM_FORMAT_APNG, png = 1U << PM_FORMAT_PNG | apng,
                   ids = pages | 1U << PM_FORMAT_SCENE;
    const bool alone = !o->of_batch;
    const struct {
        bool given;
        unsigned formats; /* that have room for it */
        const char *message;
    } options[] = {
        {o->both_themes, pages,
         "--theme auto: only SVG and HTML have two themes; what is written is light"},
        {o->animated, pages | apng,
         "--animate: only SVG, HTML and APNG move; what is written shows the last day"},
        {alone && o->svg.text, pages, "--text: it is for SVG and HTML, and none is written"},
        {alone && o->svg.tree, pages, "--a11y tree: it is for SVG and HTML, and none is written"},
        {alone && o->svg.merged, svg, "--areas merged: it is for SVG, and none is written"},
        {alone && o->svg.plain && !o->for_print, pages,
         "--profile office: it is for SVG and HTML, and none is written"},
        {alone && o->svg.inlined, svg, "--svg-inline: it is for SVG, and none is written"},
        {alone && o->id_prefix, ids, "--id-prefix: it is for SVG and HTML, and none is written"},
        {alone && o->png_level, png, "--png-level: it is for PNG and APNG, and none is written"},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (options[i].given && !any_of(job, options[i].formats))
            pm_note(job->diags, "without-effect", (struct pm_place){0}, "%s", options[i].message);
    if (o->frame_seconds > 0 && !inputs_move(o))
        pm_note(job->diags, "without-effect", (struct pm_place){0},
                "--frame-time: nothing is animated; --animate does that, or an output in .apng");
}

static void check_outputs(struct job *job)
{
    const struct options *o = job->options;
    size_t formatted = 0;
    for (size_t i = 0; i < o->outputs.n; i++)
        formatted += is_formatted(o, o->outputs.v[i]);
    if (o->outputs.n == 0) {
        usage_error(job->diags, "no-output", "no output is named", NULL);
        pm_help(job->diags, "say where to write: -o map.png (.pdf, .svg)");
    }
    if (formatted > 1) {
        usage_error(job->diags, "format-for-several", "--format is for one output, not for several",
                    NULL);
        pm_help(job->diags, "leave it out: each name's ending says the format");
    }
    job->pictures = pm_xrealloc(NULL, o->outputs.n + 1, sizeof *job->pictures);
    memset(job->pictures, 0, (o->outputs.n + 1) * sizeof *job->pictures);
    for (size_t i = 0; i < o->outputs.n; i++)
        check_output(job, i);
    check_contradictions(job);
    if (pm_diags_errors(job->diags) == 0)
        tell_without_effect(job);
}

/* ---- the job ------------------------------------------------------------------------ */

static void draw(struct job *job)
{
    static const char *const names[] = {
        [PM_FORMAT_PNG] = "png",     [PM_FORMAT_PDF] = "pdf",  [PM_FORMAT_SVG] = "svg",
        [PM_FORMAT_SCENE] = "scene", [PM_FORMAT_CSV] = "csv",  [PM_FORMAT_JSON] = "json",
        [PM_FORMAT_HTML] = "html",   [PM_FORMAT_TEXT] = "txt", [PM_FORMAT_APNG] = "apng"};
    job->map = inputs_map(&job->inputs, job->options, job->diags);
    for (size_t i = 0; i < job->options->outputs.n && job->map; i++) {
        struct picture *picture = &job->pictures[i];
        pm_map_encode(job->map, picture->format, &picture->data, &picture->size, job->diags);
        timings_done(job->options->timings, names[picture->format]);
    }
}

/* Nothing is written before everything is drawn. */
static void write_pictures(struct job *job)
{
    for (size_t i = 0; i < job->options->outputs.n; i++) {
        const struct picture *picture = &job->pictures[i];
        enum pm_written done =
            target_write(picture->path, picture->data, picture->size, job->diags);
        job->done->written += done == PM_WRITE_DONE;
        job->done->same += done == PM_WRITE_SAME;
        if (job->options->verbose && done != PM_WRITE_FAILED)
            pm_str_addf(&job->done->log, "%s: %zu bytes, %s\n",
                        target_is_stream(picture->path) ? "<stdout>" : picture->path, picture->size,
                        done == PM_WRITE_SAME ? "unchanged" : "written");
    }
    timings_done(job->options->timings, "write");
}

/* Instead of writing: is what lies there what would be written? */
static void verify_pictures(struct job *job)
{
    for (size_t i = 0; i < job->options->outputs.n; i++) {
        const struct picture *picture = &job->pictures[i];
        bool there = pm_is_file(picture->path);
        if (there && pm_file_holds(picture->path, picture->data, picture->size)) {
            job->done->same++;
            continue;
        }
        job->done->stale += there;
        job->done->missing += !there;
        pm_error(job->diags, PM_FAULT_DATA, there ? "stale" : "missing",
                 pm_place_file(picture->path),
                 there ? "it is not what would be drawn now" : "it is not there");
        if (job->done->stale + job->done->missing > 1)
            continue;
        job->done->outdated = i;
        pm_help(job->diags, "draw it anew, without --verify");
    }
}

static void check_verify(const struct job *job)
{
    const struct options *o = job->options;
    if (o->verify && (o->deps || o->join_report))
        usage_error(job->diags, "bad-option",
                    "--verify writes nothing: it excludes --deps and --join-report", NULL);
    for (size_t i = 0; i < o->outputs.n; i++)
        if (o->verify && target_is_stream(o->outputs.v[i]))
            usage_error(job->diags, "bad-option", "--verify looks at files, not at a stream", NULL);
}

/* Every file that is to be written but --deps itself. */
static struct deps_list list_outputs(const struct options *o)
{
    PM_VEC(const char *) all = {0};
    for (size_t i = 0; i < o->outputs.n; i++)
        pm_vec_push(&all, o->outputs.v[i]);
    if (o->join_report)
        pm_vec_push(&all, o->join_report);
    return (struct deps_list){all.v, all.n};
}

static void write_deps(const struct job *job, const struct deps_list *outputs)
{
    struct deps *deps = deps_new(false);
    deps_add(deps, outputs, NULL, job->diags);
    deps_write(deps, job->options, job->diags);
    deps_free(deps);
}

static void finish(struct job *job)
{
    for (size_t i = 0; i < job->options->outputs.n; i++)
        free(job->pictures[i].data);
    free(job->pictures);
    pm_map_free(job->map);
    inputs_free(&job->inputs);
}

void render_map(const struct options *options, struct studio *studio, struct pm_diags *diags,
                struct rendered *done)
{
    struct job job = {.options = options, .diags = diags, .done = done};
    struct deps_list outputs = list_outputs(options);
    check_outputs(&job);
    check_verify(&job);
    inputs_check(options, diags);
    deps_check(options, &outputs, diags);
    if (pm_diags_errors(diags) == 0 && inputs_load(&job.inputs, studio, options, diags))
        draw(&job);
    if (studio->progress)
        progress_clear(studio->progress);
    if (pm_diags_errors(diags) == 0)
        (options->verify ? verify_pictures : write_pictures)(&job);
    if (options->deps)
        write_deps(&job, &outputs);
    free((void *)outputs.v);
    finish(&job);
}

enum pm_fault rendered_fault(const struct options *options, const struct rendered *done,
                             const struct pm_diags *diags)
{
    return options->verify && done->stale + done->missing == 0 ? fault_beside_answer(diags)
                                                               : pm_diags_fault(diags);
}

int render(const struct options *options, struct pm_diags *diags)
{
    struct progress progress = progress_new(options);
    struct studio studio = {
        .shelf = shelf_new(), .progress = &progress, .threads = memory_threads_at_once()};
    struct rendered done = {0};
    render_map(options, &studio, diags, &done);
    fputs(pm_str_get(&done.log), stderr);
    pm_str_finish(&done.log);
    studio_finish(&studio, true);
    return (int)rendered_fault(options, &done, diags);
}

void check_map(const struct options *options, struct studio *studio, struct pm_diags *diags)
{
    struct inputs inputs = {0};
    struct pm_map *map = NULL;
    if (inputs_load(&inputs, studio, options, diags))
        map = inputs_map(&inputs, options, diags);
    pm_map_free(map);
    inputs_free(&inputs);
}

/* Each by itself, told under its name; the exit code is that of the gravest error. */
static enum pm_fault check_files(const struct options *options, struct studio *studio)
{
    struct told told = {0};
    struct pm_str out = {0};
    enum pm_fault fault = PM_FAULT_NONE;
    for (size_t i = 0; i < options->words.n; i++) {
        struct pm_diags *diags = pm_diags_new();
        struct options one = *options;
        one.words.v += i;
        one.words.n = 1;
        check_map(&one, studio, diags);
        report_job(diags, options, one.words.v[0], pm_diags_errors(diags) ? "failed" : NULL, &told,
                   &out);
        if (pm_diags_fault(diags) > fault)
            fault = pm_diags_fault(diags);
        pm_diags_free(diags);
    }
    if (told.again)
        pm_str_addf(&out, "%zu message%s the same as above\n", told.again,
                    told.again == 1 ? "" : "s");
    fputs(pm_str_get(&out), stderr);
    pm_str_finish(&out);
    pm_arena_finish(&told.arena);
    return fault;
}

int check(const struct options *options, struct pm_diags *diags)
{
    struct studio studio = {.shelf = shelf_new()};
    enum pm_fault fault = PM_FAULT_NONE;
    inputs_check(options, diags);
    if (options->words.n > 1 && options->join_report)
        usage_error(diags, "bad-option", "--join-report is of one status file, not of several",
                    NULL);
    if (pm_diags_errors(diags) == 0 && options->words.n > 1)
        fault = check_files(options, &studio);
    else if (pm_diags_errors(diags) == 0)
        check_map(options, &studio, diags);
    studio_finish(&studio, true);
    return (int)(fault ? fault : pm_diags_fault(diags));
}
