/* provmap watch: draws, learns from the diagnostics which files were read for it, waits until one of them changes,
 * drops what was made of that one, and draws again. */
#include "cli/watch.h"

#include "base/diag.h"
#include "cli/clock.h"
#include "cli/memory.h"
#include "cli/notice.h"
#include "cli/render.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/target.h"
#include "base/banned.h"

enum {
    QUIET = 50,      /* ms without a change: whoever saves in several steps is done */
    PATIENCE = 1000, /* ms after which changes that never end are drawn all the same */
};

struct watching {
    const struct options *options;
    struct studio studio;
    struct notice *notice;
    struct pm_diags *known; /* its inputs are what to wait for */
    struct heard heard;
};

static void check_options(const struct options *o, struct pm_diags *diags)
{
    bool streams = target_is_stream(o->words.v[0]);
    for (size_t i = 0; i < o->outputs.n; i++)
        streams |= target_is_stream(o->outputs.v[i]);
    if (!streams)
        return;
    usage_error(diags, "bad-option", "watch is for files, not for streams", NULL);
    pm_help(diags, "name a file instead of -");
}

/* ---- one drawing ------------------------------------------------------------------------------ */

/* "; 2 messages as before, 1 gone" */
static void add_heard(struct pm_str *out, const struct heard *heard)
{
    if (heard->same)
        pm_str_addf(out, "; %zu message%s as before", heard->same, heard->same == 1 ? "" : "s");
    if (heard->gone && heard->same)
        pm_str_addf(out, ", %zu gone", heard->gone);
    else if (heard->gone)
        pm_str_addf(out, "; %zu message%s gone", heard->gone, heard->gone == 1 ? "" : "s");
}

static void say(const struct options *o, const struct rendered *done, const struct heard *heard,
                bool failed, double ms)
{
    char time[CLOCK_TEXT];
    struct pm_str out = {0};
    clock_local(time);
    if (o->form == FORM_JSON) {
        pm_str_addf(&out, "{\"watch\":{\"time\":\"%s\",\"failed\":%s,\"written\":%zu,", time,
                    failed ? "true" : "false", done->written);
        pm_str_addf(&out, "\"unchanged\":%zu,\"ms\":%.0f}}\n", done->same, ms);
    } else if (failed) {
        pm_str_addf(&out, "%s failed after %.0f ms; waiting for a change\n", time, ms);
    } else {
        pm_str_addf(&out, "%s ", time);
        for (size_t i = 0; i < o->outputs.n; i++)
            pm_str_addf(&out, "%s%s", i ? ", " : "", o->outputs.v[i]);
        pm_str_addf(&out, " drawn in %.0f ms%s", ms, done->written ? "" : "; nothing is different");
        add_heard(&out, heard);
        pm_str_addc(&out, '\n');
    }
    fputs(pm_str_get(&out), stderr);
    pm_str_finish(&out);
}

/* What is known of a failed try is not all that the map is made from: what was known before stays. */
static void learn(struct watching *w, struct pm_diags *diags)
{
    size_t count = 0;
    const char *const *inputs = pm_diags_inputs(diags, &count);
    if (w->known && pm_diags_errors(diags)) {
        for (size_t i = 0; i < count; i++)
            pm_diags_input(w->known, inputs[i]);
        pm_diags_free(diags);
    } else {
        pm_diags_free(w->known);
        w->known = diags;
    }
}

/* False if nothing was read, so that there is nothing to wait for: the usage is wrong. */
static bool draw(struct watching *w, struct pm_diags *diags)
{
    const struct options *o = w->options;
    struct pm_diags *own = pm_diags_new();
    struct rendered done = {0};
    struct progress progress = progress_new(o);
    struct timespec since = clock_stamp();
    double begin = clock_ms();
    size_t count = 0;
    w->studio.progress = &progress;
    render_map(o, &w->studio, own, &done);
    w->studio.progress = NULL;
    double ms = clock_ms() - begin;
    pm_diags_inputs(own, &count);
    bool any = count || w->known;
    if (any) {
        bool failed = pm_diags_errors(own) > 0;
        report_news(own, o, command_find("render"), &w->heard);
        fputs(pm_str_get(&done.log), stderr);
        learn(w, own);
        const char *const *inputs = pm_diags_inputs(w->known, &count);
        notice_files(w->notice, inputs, count, since, diags);
        if (!o->quiet)
            say(o, &done, &w->heard, failed, ms);
    } else {
        pm_diags_merge(diags, own);
        pm_diags_free(own);
    }
    pm_str_finish(&done.log);
    return any;
}

/* ---- the wait --------------------------------------------------------------------------------- */

/* Until something has changed and nothing changes any more. Returns the signal that ends it, or 0. */
static int wait_for_change(struct notice *notice)
{
    int signal = 0;
    bool more = notice_wait(notice, -1, &signal);
    for (double begin = clock_ms(); more && !signal && clock_ms() - begin < PATIENCE;)
        more = notice_wait(notice, QUIET, &signal);
    return signal;
}

static void forget_changed(struct watching *w)
{
    for (const char *path; (path = notice_next(w->notice));)
        if (!shelf_forget(w->studio.shelf, path)) { /* a font */
            pm_engine_free(w->studio.engine);
            w->studio.engine = NULL;
        }
}

int watch(const struct options *options, struct pm_diags *diags)
{
    struct watching w = {.options = options, .notice = notice_new(diags)};
    int signal = 0;
    check_options(options, diags);
    w.studio.shelf = shelf_new();
    w.studio.threads = memory_threads_at_once();
    while (pm_diags_errors(diags) == 0 && !signal && draw(&w, diags)) {
        signal = wait_for_change(w.notice);
        forget_changed(&w);
    }
    notice_free(w.notice);
    studio_finish(&w.studio, true);
    pm_diags_free(w.known);
    pm_arena_finish(&w.heard.arena);
    return signal ? SIGNAL_CODE + signal : (int)pm_diags_fault(diags);
}
