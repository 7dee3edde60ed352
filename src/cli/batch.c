/* provmap batch: threads take runs of the maps in order, as maps that follow each other are alike, and draw and write one
 * at a time; what there is to say of them is printed in order, whoever was first. The main thread waits for signals and
 * draws the progress bar. */
#include "cli/batch.h"

#include <errno.h>
#include <fnmatch.h>
#include <pthread.h>
#include <signal.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/deps.h"
#include "cli/memory.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/render.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/target.h"
#include "base/banned.h"

enum { TICKS_A_SECOND = 5, MOST_TAKEN = 32 };

/* A map to draw. */
struct task {
    const struct pm_job *job;
    PM_VEC(const char *) names;   /* of its outputs, as the file has them; the first is the map's */
    PM_VEC(const char *) outputs; /* their paths */
    bool drawn;                   /* or failed, or written to the end */
    struct pm_diags *diags;       /* until they are told */
    struct rendered done;
};

/* Of the tasks, what a worker has taken and not yet begun. */
struct span {
    size_t next, end;
};

struct run {
    const struct options *options;
    struct pm_diags *diags; /* of the batch as a whole */
    struct pm_arena arena;
    struct pm_jobs *jobs;
    PM_VEC(struct task) tasks;
    struct shelf *shelf;
    struct told said;
    pthread_t watcher;    /* the main thread */
    pthread_mutex_t lock; /* of all below, and of tasks[].drawn */
    size_t next;          /* to be taken */
    struct span spans[PM_MOST_THREADS];
    size_t begun; /* workers, each with its span */
    size_t told;  /* of how many, from the first, the messages are out */
    size_t drawn;
    size_t workers; /* at work */
    struct progress bar;
    int signal;                           /* that stops it; 0: none */
    size_t written, same, stale, missing; /* files */
    size_t failed;                        /* maps */
    enum pm_fault fault;
    struct deps *deps;
};

/* ---- which maps ---------------------------------------------------------------------------- */

static const char *output_path(struct run *run, const char *name)
{
    const struct options *o = run->options;
    return o->folder ? pm_path_join(&run->arena, o->folder, name)
                     : pm_path_beside(&run->arena, o->words.v[0], name);
}

/* --only may begin with the folder, as what --dry-run lists does. */
static bool is_chosen(struct run *run, const char *name)
{
    const char *only = run->options->only;
    if (!only || fnmatch(only, name, 0) == 0)
        return true;
    const char *path = output_path(run, name);
    size_t folder = strlen(path) - strlen(name);
    return strncmp(only, path, folder) == 0 && fnmatch(only + folder, name, 0) == 0;
}

static void choose_tasks(struct run *run)
{
    const struct options *o = run->options;
    size_t found = 0;
    for (size_t i = 0; i < pm_jobs_count(run->jobs); i++) {
        struct task task = {.job = pm_jobs_get(run->jobs, i)};
        size_t chosen = 0;
        for (size_t k = 0; k < task.job->output_count; k++)
            chosen += is_chosen(run, task.job->outputs[k]);
        if (!chosen || (found++ % (size_t)(o->shards ? o->shards : 1)) + 1 !=
                           (size_t)(o->shards ? o->shard : 1))
            continue;
        for (size_t k = 0; k < task.job->output_count; k++)
            if (is_chosen(run, task.job->outputs[k])) {
                pm_vec_push(&task.names, task.job->outputs[k]);
                pm_vec_push(&task.outputs, output_path(run, task.job->outputs[k]));
            }
        pm_vec_push(&run->tasks, task);
    }
    if (found)
        return;
    usage_error(run->diags, "nothing-to-draw", "no output matches", o->only);
    pm_help(run->diags, "--dry-run without --only lists them all");
}

/* ---- options that exclude each other --------------------------------------------------------- */

static void check_options(const struct options *o, struct pm_diags *diags)
{
    if (o->verify && (o->deps || o->dry_run))
        usage_error(diags, "bad-option",
                    "--verify draws and writes nothing: it excludes --deps and --dry-run", NULL);
}

static void check_deps(const struct run *run)
{
    PM_VEC(const char *) outputs = {0};
    for (size_t i = 0; i < run->tasks.n; i++)
        for (size_t k = 0; k < run->tasks.v[i].outputs.n; k++)
            pm_vec_push(&outputs, run->tasks.v[i].outputs.v[k]);
    const struct deps_list list = {outputs.v, outputs.n};
    deps_check(run->options, &list, run->diags);
    pm_vec_finish(&outputs);
}

/* ---- inputs that would be overwritten -------------------------------------------------------- */

static void remember_file(struct run *run, struct pm_index *files, const char *path)
{
    struct pm_str identity = {0};
    size_t known = 0;
    if (!pm_index_get(files, path, &known)) {
        pm_index_set(files, &run->arena, path, 0);
        if (target_identity(path, &identity))
            pm_index_set(files, &run->arena, pm_str_get(&identity), 0);
    }
    pm_str_finish(&identity);
}

/* No output of a map may be what another is drawn from. (What its own status file names is looked at when it
 * is drawn.) */
static void check_inputs(struct run *run)
{
    struct pm_index files = {0};
    struct pm_str identity = {0};
    size_t input = 0;
    remember_file(run, &files, run->options->words.v[0]);
    for (size_t i = 0; i < run->tasks.n; i++) {
        const struct pm_job *job = run->tasks.v[i].job;
        remember_file(run, &files, job->status);
        for (size_t k = 0; k < job->option_count; k++)
            remember_file(run, &files, job->options[k].value);
    }
    for (size_t i = 0; i < run->tasks.n; i++)
        for (size_t k = 0; k < run->tasks.v[i].outputs.n; k++) {
            const char *path = run->tasks.v[i].outputs.v[k];
            identity.n = 0;
            if (!target_identity(path, &identity) ||
                !pm_index_get(&files, pm_str_get(&identity), &input))
                continue;
            const struct pm_job *job = run->tasks.v[i].job;
            pm_error(run->diags, PM_FAULT_USAGE, "output-is-input",
                     pm_place_line(job->file, job->line, job->column),
                     "will not overwrite an input: \"%s\"", path);
            pm_help(run->diags, "give the output of this map another name");
        }
    pm_str_finish(&identity);
}

static size_t count_outputs(const struct run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->tasks.n; i++)
        count += run->tasks.v[i].outputs.n;
    return count;
}

/* Names that differ may be one file where links lead. */
static void check_outputs(struct run *run)
{
    struct pm_index files = {0};
    struct pm_str where = {0};
    const char **paths = PM_NEW_N(&run->arena, const char *, count_outputs(run));
    size_t count = 0, other = 0;
    for (size_t i = 0; i < run->tasks.n; i++)
        for (size_t k = 0; k < run->tasks.v[i].outputs.n; k++) {
            const struct pm_job *job = run->tasks.v[i].job;
            paths[count] = run->tasks.v[i].outputs.v[k];
            where.n = 0;
            target_whereabouts(paths[count], &where);
            if (!job->unnamed && pm_index_get(&files, pm_str_get(&where), &other)) {
                pm_error(run->diags, PM_FAULT_USAGE, "duplicate-output",
                         pm_place_line(job->file, job->line, job->column),
                         "\"%s\" and \"%s\" are one file", paths[count], paths[other]);
                pm_help(run->diags, "a link makes them so: give each map a file of its own");
            } else {
                pm_index_set(&files, &run->arena, pm_str_get(&where), count++);
            }
        }
    pm_str_finish(&where);
}

/* ---- threads ------------------------------------------------------------------------------- */

/* What people read above its messages: with --verify the first output that is not up to date, else its name. */
static const char *heading(struct run *run, const struct task *task)
{
    size_t outdated = task->done.stale + task->done.missing;
    const char *name = task->names.v[outdated ? task->done.outdated : 0];
    return outdated > 1 ? pm_sprintf(&run->arena, "%s and %zu more", name, outdated - 1) : name;
}

static void tell(struct run *run, struct task *task)
{
    struct pm_str out = {0};
    enum pm_fault fault = rendered_fault(run->options, &task->done, task->diags);
    bool outdated = task->done.stale || task->done.missing;
    const char *name = run->options->form == FORM_HUMAN ? heading(run, task) : task->names.v[0];
    const char *verdict = outdated ? "not up to date" : fault ? "failed" : NULL;
    const struct deps_list outputs = {task->outputs.v, task->outputs.n};
    report_job(task->diags, run->options, name, verdict, &run->said, &out);
    if (run->options->deps)
        deps_add(run->deps, &outputs, run->options->words.v[0], task->diags);
    pm_str_add(&out, pm_str_get(&task->done.log));
    if (out.n) {
        progress_clear(&run->bar);
        fputs(out.s, stderr);
    }
    run->written += task->done.written;
    run->same += task->done.same;
    run->stale += task->done.stale;
    run->missing += task->done.missing;
    run->failed += fault && !outdated;
    run->fault = fault > run->fault ? fault : run->fault;
    pm_diags_free(task->diags);
    task->diags = NULL;
    pm_str_finish(&task->done.log);
    pm_str_finish(&out);
}

static size_t left_of(const struct span *span)
{
    return span->end - span->next;
}

/* The next maps that nobody has; when there are none, the back half of what another has most of. */
static struct span take_span(struct run *run)
{
    size_t left = run->tasks.n - run->next, count = left < MOST_TAKEN ? left : MOST_TAKEN;
    struct span *longest = &run->spans[0];
    if (count) {
        run->next += count;
        return (struct span){run->next - count, run->next};
    }
    for (size_t i = 1; i < run->begun; i++)
        longest = left_of(&run->spans[i]) > left_of(longest) ? &run->spans[i] : longest;
    size_t end = longest->end;
    longest->end -= (left_of(longest) + 1) / 2;
    return (struct span){longest->end, end};
}

/* NULL if there is none, or all are to stop. */
static struct task *take_task(struct run *run, struct span *own)
{
    pthread_mutex_lock(&run->lock);
    if (left_of(own) == 0)
        *own = take_span(run);
    struct task *task = !run->signal && left_of(own) ? &run->tasks.v[own->next++] : NULL;
    pthread_mutex_unlock(&run->lock);
    return task;
}

static struct span *own_span(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    struct span *own = &run->spans[run->begun++];
    pthread_mutex_unlock(&run->lock);
    return own;
}

static void finish_task(struct run *run, struct task *task)
{
    pthread_mutex_lock(&run->lock);
    task->drawn = true;
    run->drawn++;
    for (; run->told < run->tasks.n && run->tasks.v[run->told].drawn; run->told++)
        tell(run, &run->tasks.v[run->told]);
    pthread_mutex_unlock(&run->lock);
}

/* Does an error say that the file, or one in the folder, can't be read? */
static bool is_unreadable(const struct pm_diags *diags, const char *path)
{
    size_t length = strlen(path);
    bool found = false;
    for (size_t i = 0; i < pm_diags_count(diags) && !found; i++) {
        const struct pm_diag *d = pm_diags_get(diags, i);
        found = d->fault == PM_FAULT_INPUT && d->file && strncmp(d->file, path, length) == 0 &&
                (d->file[length] == '\0' || d->file[length] == '/');
    }
    return found;
}

static bool any_file_unreadable(const struct pm_diags *diags)
{
    bool found = false;
    for (size_t i = 0; i < pm_diags_count(diags); i++)
        found |= pm_diags_get(diags, i)->fault == PM_FAULT_INPUT && pm_diags_get(diags, i)->file;
    return found;
}

static bool tell_asked(const struct pm_job *job, const char *path, int line, int column,
                       struct pm_diags *diags)
{
    if (!line || !is_unreadable(diags, path))
        return false;
    pm_note(diags, "asked-here", pm_place_line(job->file, line, column), "\"%s\" is asked for here",
            path);
    return true;
}

/* A file that can't be read does not know who asked for it: where the jobs file names it, or else the map. */
static void tell_who_asked(const struct pm_job *job, struct pm_diags *diags)
{
    bool told = tell_asked(job, job->status, job->status_line, job->status_column, diags);
    for (size_t i = 0; i < job->option_count; i++) {
        const struct pm_job_option *option = &job->options[i];
        told |= tell_asked(job, option->value, option->line, option->column, diags);
    }
    if (!told && any_file_unreadable(diags))
        pm_note(diags, "asked-here", pm_place_line(job->file, job->line, job->column),
                "the map is asked for here");
}

/* Whoever wrote the jobs file gave no options. */
static void stand_in_file(const struct pm_job *job, struct pm_diags *diags)
{
    PM_VEC(struct pm_option_place) options = {0};
    for (size_t i = 0; i < job->option_count; i++) {
        const struct pm_job_option *option = &job->options[i];
        struct pm_option_place place = {option->name,
                                        pm_place_line(job->file, option->line, option->column)};
        if (option->line)
            pm_vec_push(&options, place);
    }
    pm_diags_stand_at(diags, pm_place_line(job->file, job->line, job->column), options.v,
                      options.n);
    pm_vec_finish(&options);
}

/* Nothing can be written; says why. */
static void refuse_unnamed(const struct options *o, struct studio *studio, struct task *task)
{
    check_map(o, studio, task->diags);
    pm_error(task->diags, PM_FAULT_DATA, "unfilled-output-name", (struct pm_place){0},
             "\"%s\" stays without a name: the file that tells it can't be read", task->names.v[0]);
    pm_help(task->diags, "mend that file, or leave {date} and {area} out of \"output\"");
}

static void draw(const struct run *run, struct task *task, struct studio *studio)
{
    struct options o = {.verbose = run->options->verbose,
                        .verify = run->options->verify,
                        .of_batch = true,
                        .exact_date = task->job->dated};
    task->diags = pm_diags_new();
    pm_vec_push(&o.words, task->job->status);
    for (size_t i = 0; i < task->job->option_count; i++) {
        const struct pm_job_option *option = &task->job->options[i];
        if (!options_set(&o, option->name, option->value))
            pm_error(task->diags, PM_FAULT_INTERNAL, "bad-option", (struct pm_place){0},
                     "--%s can't be \"%s\"", option->name, option->value);
    }
    for (size_t i = 0; i < task->outputs.n; i++) {
        pm_vec_push(&o.outputs, task->outputs.v[i]);
        if (!o.verify && !task->job->unnamed)
            pm_make_folders(task->outputs.v[i], task->diags);
    }
    if (task->job->unnamed)
        refuse_unnamed(&o, studio, task);
    else if (pm_diags_errors(task->diags) == 0)
        render_map(&o, studio, task->diags, &task->done);
    tell_who_asked(task->job, task->diags);
    stand_in_file(task->job, task->diags);
    options_finish(&o);
}

static void *work(void *user)
{
    struct run *run = user;
    struct studio studio = {.shelf = run->shelf};
    void *room = memory_prepare_thread();
    struct span *own = own_span(run);
    for (struct task *task; (task = take_task(run, own)) != NULL;) {
        draw(run, task, &studio);
        finish_task(run, task);
    }
    studio_finish(&studio, false);
    free(room);
    pthread_mutex_lock(&run->lock);
    if (--run->workers == 0)
        pthread_kill(run->watcher, SIGUSR1); /* wakes it */
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

/* ---- the main thread ----------------------------------------------------------------------- */

/* Until all workers are gone. After the first signal the maps at hand are finished; a second one ends the
 * process at once. */
static void watch(struct run *run, const sigset_t *stops, sigset_t *signals)
{
    const struct timespec tick = {0, 1000000000L / TICKS_A_SECOND};
    bool over = false;
    run->bar = progress_new(run->options);
    while (!over) {
        int signal = sigtimedwait(signals, NULL, &tick);
        pthread_mutex_lock(&run->lock);
        if (signal > 0 && sigismember(stops, signal)) {
            run->signal = signal;
            sigemptyset(signals);
            sigaddset(signals, SIGUSR1);
            pthread_sigmask(SIG_UNBLOCK, stops, NULL);
        }
        over = run->workers == 0;
        if (!over)
            progress_show(&run->bar, run->drawn, run->tasks.n, "maps");
        pthread_mutex_unlock(&run->lock);
    }
    progress_clear(&run->bar);
}

static size_t count_threads(const struct run *run)
{
    size_t threads =
        run->options->threads ? (size_t)run->options->threads : memory_threads_at_once();
    threads = threads > PM_MOST_THREADS ? PM_MOST_THREADS : threads;
    return memory_threads(threads > run->tasks.n ? run->tasks.n : threads);
}

static void draw_all(struct run *run)
{
    pthread_t threads[PM_MOST_THREADS];
    sigset_t stops, signals;
    size_t wanted = count_threads(run), started = 0;
    signals_that_stop(&stops);
    signals = stops;
    sigaddset(&signals, SIGUSR1); /* wakes the watcher */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    run->watcher = pthread_self();
    memory_share(wanted);
    run->shelf = shelf_new();
    pthread_mutex_init(&run->lock, NULL);
    pthread_mutex_lock(&run->lock); /* nobody leaves before all are there */
    while (started < wanted && pthread_create(&threads[started], NULL, work, run) == 0)
        started++;
    run->workers = started;
    pthread_mutex_unlock(&run->lock);
    if (!started && wanted)
        pm_error(run->diags, PM_FAULT_INTERNAL, "no-thread", (struct pm_place){0},
                 "the system gives no thread");
    if (started)
        watch(run, &stops, &signals);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    for (; run->told < run->tasks.n; run->told++) /* behind maps that a signal left out */
        if (run->tasks.v[run->told].drawn)
            tell(run, &run->tasks.v[run->told]);
    pthread_mutex_destroy(&run->lock);
    shelf_free(run->shelf);
}

/* ---- the summary ----------------------------------------------------------------------------- */

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void summarize_for_programs(const struct run *run, size_t left, struct pm_str *out)
{
    pm_str_addf(out, "{\"summary\":{\"maps\":%zu,", run->tasks.n);
    if (run->options->verify)
        pm_str_addf(out, "\"up_to_date\":%zu,\"stale\":%zu,\"missing\":%zu,", run->same, run->stale,
                    run->missing);
    else
        pm_str_addf(out, "\"written\":%zu,\"unchanged\":%zu,", run->written, run->same);
    pm_str_addf(out, "\"failed\":%zu,\"left\":%zu}}\n", run->failed, left);
}

static void summarize_for_people(const struct run *run, size_t left, struct pm_str *out)
{
    pm_str_addf(out, "%zu map%s: ", run->tasks.n, plural(run->tasks.n));
    if (run->options->verify)
        pm_str_addf(out, "%zu file%s up to date, %zu stale, %zu missing", run->same,
                    plural(run->same), run->stale, run->missing);
    else
        pm_str_addf(out, "%zu file%s written, %zu unchanged", run->written, plural(run->written),
                    run->same);
    if (run->failed)
        pm_str_addf(out, "; %zu map%s failed", run->failed, plural(run->failed));
    if (left)
        pm_str_addf(out, "; stopped before %zu of them", left);
    if (run->said.again)
        pm_str_addf(out, "; %zu message%s the same as above", run->said.again,
                    plural(run->said.again));
    pm_str_addc(out, '\n');
}

static void summarize(const struct run *run)
{
    struct pm_str out = {0};
    size_t left = run->tasks.n - run->drawn;
    if (run->options->form == FORM_JSON)
        summarize_for_programs(run, left, &out);
    else
        summarize_for_people(run, left, &out);
    fputs(pm_str_get(&out), stderr);
    pm_str_finish(&out);
}

static void list_outputs(struct run *run, struct pm_diags *diags)
{
    struct studio studio = {.shelf = shelf_new()};
    for (size_t i = 0; i < run->tasks.n; i++) {
        struct task *task = &run->tasks.v[i];
        for (size_t k = 0; k < task->outputs.n && !task->job->unnamed; k++)
            puts(task->outputs.v[k]);
        if (!task->job->unnamed)
            continue;
        draw(run, task, &studio);
        pm_diags_merge(diags, task->diags);
        pm_diags_free(task->diags);
    }
    studio_finish(&studio, true);
    print_finish(diags);
}

static void finish(struct run *run)
{
    for (size_t i = 0; i < run->tasks.n; i++) {
        pm_vec_finish(&run->tasks.v[i].names);
        pm_vec_finish(&run->tasks.v[i].outputs);
    }
    pm_vec_finish(&run->tasks);
    pm_jobs_free(run->jobs);
    deps_free(run->deps);
    pm_arena_finish(&run->said.arena);
    pm_arena_finish(&run->arena);
}

int batch(const struct options *options, struct pm_diags *diags)
{
    struct run run = {.options = options, .diags = diags, .deps = deps_new(true)};
    check_options(options, diags);
    run.jobs = pm_jobs_load(options->words.v[0], diags);
    if (run.jobs) {
        choose_tasks(&run);
        check_inputs(&run);
        check_outputs(&run);
        check_deps(&run);
    }
    if (run.jobs && pm_diags_errors(diags) == 0 && options->dry_run) {
        list_outputs(&run, diags);
    } else if (run.jobs && pm_diags_errors(diags) == 0) {
        draw_all(&run);
        if (options->deps && !run.signal)
            deps_write(run.deps, options, diags);
        if (!options->quiet)
            summarize(&run);
    }
    int code = run.signal ? SIGNAL_CODE + run.signal : (int)run.fault;
    finish(&run);
    return code;
}
