#include "cli/report.h"

#include <unistd.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/banned.h"

static const char *const severities[] = {"note", "warning", "error"};

/* ---- human and short -------------------------------------------------------------------------------- */

struct colors {
    const char *severity[3], *bold, *dim, *end;
};

static const struct colors plain = {{"", "", ""}, "", "", ""};
static const struct colors bright = {
    {"\033[1;36m", "\033[1;33m", "\033[1;31m"}, "\033[1m", "\033[2m", "\033[0m"};

static const struct colors *choose_colors(void)
{
    const char *no_color = getenv("NO_COLOR");
    bool wanted = isatty(STDERR_FILENO) && !(no_color && *no_color);
    return wanted ? &bright : &plain;
}

/* One character of somebody's file, so that it can neither steer a terminal nor break a line, and a
 * byte that is no UTF-8 makes no other. Returns the columns it takes. */
static int add_character(struct pm_str *out, const char **p)
{
    const char *begin = *p;
    uint32_t c = pm_utf8_next(p);
    if (pm_is_control(c)) {
        pm_str_addf(out, "\\u%04x", (unsigned)c);
        return 6;
    }
    if (c == 0xFFFD)
        pm_str_add(out, "\uFFFD");
    else
        pm_str_addn(out, begin, (size_t)(*p - begin));
    return pm_char_columns(c);
}

static void add_text(struct pm_str *out, const char *text)
{
    while (*text)
        add_character(out, &text);
}

static void add_place(struct pm_str *out, const struct pm_diag *d)
{
    if (d->file) {
        add_text(out, d->file);
        pm_str_addc(out, ':');
    }
    if (d->line)
        pm_str_addf(out, "%d:%d:", d->line, d->column);
    if (d->record)
        pm_str_addf(out, " record %ld:", d->record);
    if (!d->file)
        pm_str_add(out, "provmap:");
    pm_str_addc(out, ' ');
}

static void add_headline(struct pm_str *out, const struct pm_diag *d, const struct colors *c)
{
    pm_str_add(out, c->bold);
    add_place(out, d);
    pm_str_addf(out, "%s%s: %s%s", c->severity[d->severity], severities[d->severity], c->end,
                c->bold);
    add_text(out, d->message);
    pm_str_addf(out, "%s [%s]\n", c->end, d->id);
}

/* The excerpt, and a line that marks the place: tabs stay tabs, so that both lines align. */
static void add_excerpt(struct pm_str *out, const struct pm_diag *d, const struct colors *c)
{
    int before = d->column - d->excerpt_column, behind = before + d->caret_length, marked = 0;
    struct pm_str text = {0}, blanks = {0};
    const char *p = d->excerpt;
    for (int i = 0; *p; i++) {
        bool tab = *p == '\t';
        int columns = tab ? 1 : add_character(&text, &p);
        if (tab)
            pm_str_addc(&text, *p++);
        marked += i >= before && i < behind ? columns : 0;
        for (int k = i < before ? columns : 0; k > 0; k--)
            pm_str_addc(&blanks, tab ? '\t' : ' ');
    }
    pm_str_addf(out, "%s%6d |%s %s\n%s       |%s %s%s^", c->dim, d->line, c->end, pm_str_get(&text),
                c->dim, c->end, pm_str_get(&blanks), c->severity[d->severity]);
    for (int i = 1; i < marked; i++)
        pm_str_addc(out, '~');
    pm_str_addf(out, "%s\n", c->end);
    pm_str_finish(&text);
    pm_str_finish(&blanks);
}

static void add_human(struct pm_str *out, const struct pm_diag *d, const char *job,
                      const struct colors *c)
{
    (void)job; /* stands above */
    add_headline(out, d, c);
    if (d->excerpt)
        add_excerpt(out, d, c);
    if (!d->help)
        return;
    pm_str_addf(out, "   %shelp:%s ", c->bold, c->end);
    add_text(out, d->help);
    pm_str_addc(out, '\n');
}

/* Begins with the file, as editors and CI want it; without one with the map, of several. */
static void add_short(struct pm_str *out, const struct pm_diag *d, const char *job,
                      const struct colors *c)
{
    (void)c;
    if (d->file || !job) {
        add_place(out, d);
    } else {
        add_text(out, job);
        pm_str_add(out, ": ");
    }
    pm_str_addf(out, "%s: ", severities[d->severity]);
    add_text(out, d->message);
    if (d->help) {
        pm_str_add(out, "; ");
        add_text(out, d->help);
    }
    pm_str_addf(out, " [%s]", d->id);
    if (job && d->file && !pm_streq(job, d->file)) {
        pm_str_add(out, " (");
        add_text(out, job);
        pm_str_addc(out, ')');
    }
    pm_str_addc(out, '\n');
}

/* ---- json ----------------------------------------------------------------------------------------------- */

static void add_json_string(struct pm_str *out, const char *key, const char *value)
{
    if (!value)
        return;
    pm_str_addf(out, ",\"%s\":\"", key);
    while (*value) {
        if (*value == '"' || *value == '\\')
            pm_str_addc(out, '\\');
        add_character(out, &value); /* controls come out as JSON writes them */
    }
    pm_str_addc(out, '"');
}

static void add_json(struct pm_str *out, const struct pm_diag *d, const char *job,
                     const struct colors *c)
{
    (void)c;
    pm_str_addf(out, "{\"severity\":\"%s\"", severities[d->severity]);
    add_json_string(out, "job", job);
    add_json_string(out, "id", d->id);
    add_json_string(out, "file", d->file);
    if (d->line)
        pm_str_addf(out, ",\"line\":%d,\"column\":%d,\"length\":%d", d->line, d->column,
                    d->caret_length);
    if (d->record)
        pm_str_addf(out, ",\"record\":%ld", d->record);
    add_json_string(out, "message", d->message);
    add_json_string(out, "help", d->help);
    pm_str_add(out, "}\n");
}

/* ---- all -------------------------------------------------------------------------------------------------- */

static void add_count(struct pm_str *out, size_t count, const char *what, const char *before)
{
    if (count)
        pm_str_addf(out, "%s%zu %s%s", before, count, what, count == 1 ? "" : "s");
}

/* Does an error mean that nothing was written? Outputs are written one after another: when one
 * fails, others may be there. */
static bool wrote_nothing(enum pm_fault fault, const struct command *command)
{
    return command && fault != PM_FAULT_OUTPUT &&
           (strcmp(command->name, "render") == 0 || strcmp(command->name, "watch") == 0 ||
            strcmp(command->name, "import") == 0);
}

static bool is_check(const struct command *command)
{
    return command && strcmp(command->name, "check") == 0;
}

static void add_summary(struct pm_str *out, const size_t counts[3], const char *tail)
{
    add_count(out, counts[PM_ERROR], "error", "");
    add_count(out, counts[PM_WARNING], "warning", counts[PM_ERROR] ? ", " : "");
    pm_str_addf(out, "%s\n", tail);
}

static void (*const add[])(struct pm_str *, const struct pm_diag *, const char *job,
                           const struct colors *) = {add_human, add_short, add_json};

/* Remembers the message; counts it if it is known. */
static bool is_news(struct told *told, const char *message)
{
    size_t before = 0;
    if (pm_index_get(&told->index, message, &before)) {
        told->again++;
        return false;
    }
    pm_index_set(&told->index, &told->arena, message, 0);
    return true;
}

void report_job(struct pm_diags *diags, const struct options *options, const char *job,
                const char *verdict, struct told *told, struct pm_str *out)
{
    struct pm_str one = {0}, news = {0};
    bool human = options->form == FORM_HUMAN;
    const struct colors *colors = human ? choose_colors() : &plain;
    pm_diags_sort(diags);
    for (size_t i = 0; i < pm_diags_count(diags); i++) {
        const struct pm_diag *d = pm_diags_get(diags, i);
        if (d->severity != PM_ERROR && options->quiet)
            continue;
        one.n = 0;
        add[options->form](&one, d, job, colors);
        if (!human || is_news(told, one.s))
            pm_str_add(&news, one.s);
    }
    if (human && (news.n || verdict))
        pm_str_addf(out, "%s%s:%s%s%s\n", colors->bold, job, colors->end, verdict ? " " : "",
                    verdict ? verdict : "");
    pm_str_add(out, pm_str_get(&news));
    pm_str_finish(&one);
    pm_str_finish(&news);
}

/* What it says, wherever that stands: lines move while a file is edited. */
static const char *content(const struct pm_diag *d, struct pm_str *out)
{
    out->n = 0;
    pm_str_addf(out, "%s\n%s\n%s", d->id, d->file ? d->file : "", d->message);
    return out->s;
}

static bool is_known(const struct heard *heard, const struct pm_diag *d)
{
    struct pm_str text = {0};
    size_t any = 0;
    bool known =
        heard && d->severity != PM_ERROR && pm_index_get(&heard->index, content(d, &text), &any);
    pm_str_finish(&text);
    return known;
}

/* `heard`: what is not told again; or NULL */
static void print(struct pm_diags *diags, enum diagnostics_form form, bool quiet,
                  const struct command *command, const struct heard *heard)
{
    struct pm_str out = {0};
    size_t counts[3] = {0};
    const struct colors *colors = form == FORM_HUMAN ? choose_colors() : &plain;
    pm_diags_sort(diags);
    for (size_t i = 0; i < pm_diags_count(diags); i++) {
        const struct pm_diag *d = pm_diags_get(diags, i);
        counts[d->severity]++;
        if (d->severity == PM_ERROR || (!quiet && !is_known(heard, d)))
            add[form](&out, d, NULL, colors);
    }
    counts[PM_ERROR] = pm_diags_errors(diags); /* those that were not kept, too */
    if (form == FORM_HUMAN && counts[PM_ERROR])
        add_summary(&out, counts,
                    wrote_nothing(pm_diags_fault(diags), command) ? "; nothing was written" : "");
    else if (form == FORM_HUMAN && is_check(command) && !quiet)
        add_summary(&out, counts, counts[PM_WARNING] ? "; it can be drawn" : "it can be drawn");
    fputs(pm_str_get(&out), stderr);
    pm_str_finish(&out);
}

void report(struct pm_diags *diags, enum diagnostics_form form, bool quiet,
            const struct command *command)
{
    print(diags, form, quiet, command, NULL);
}

enum pm_fault fault_beside_answer(const struct pm_diags *diags)
{
    enum pm_fault fault = pm_diags_fault(diags);
    return fault == PM_FAULT_DATA ? PM_FAULT_INPUT : fault;
}

static void add_heard(struct heard *heard, const struct pm_diags *diags, struct heard *before)
{
    struct pm_str text = {0};
    size_t any = 0;
    for (size_t i = 0; i < pm_diags_count(diags); i++) {
        const struct pm_diag *d = pm_diags_get(diags, i);
        if (d->severity == PM_ERROR || pm_index_get(&heard->index, content(d, &text), &any))
            continue;
        heard->same += pm_index_get(&before->index, text.s, &any);
        pm_index_set(&heard->index, &heard->arena, text.s, 0);
    }
    pm_str_finish(&text);
}

/* A map that failed does not say all that there is: what was told before it stays told. */
void report_news(struct pm_diags *diags, const struct options *options,
                 const struct command *command, struct heard *heard)
{
    struct heard now = {0};
    print(diags, options->form, options->quiet, command, heard);
    if (options->form != FORM_HUMAN) /* programs are told all of it each time */
        return;
    add_heard(&now, diags, heard);
    if (pm_diags_errors(diags)) {
        add_heard(heard, diags, &now);
        heard->same = now.same;
        heard->gone = 0;
        pm_arena_finish(&now.arena);
        return;
    }
    now.gone = heard->index.count - now.same;
    pm_arena_finish(&heard->arena);
    *heard = now;
}
