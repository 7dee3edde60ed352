#include "cli/deps.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/target.h"
#include "base/banned.h"

struct list {
    const char *const *v;
    size_t n;
};

typedef void add_word(struct pm_str *out, const char *path, bool target);

/* ---- words ---------------------------------------------------------------------------------- */

/* GNU make: what it would take for a sign of its own is hidden by a backslash, or by what expands to it. A
 * backslash is one unless it stands before such a sign. Only targets may be patterns. */
static void add_make_word(struct pm_str *out, const char *path, bool target)
{
    size_t slashes = 0;
    pm_str_add(out, *path == '~' ? "./" : ""); /* no home */
    for (const char *c = path; *c; c++) {
        bool hidden = strchr(target ? " #:*?[%" : " #:*?[", *c) != NULL;
        for (; hidden && slashes; slashes--)
            pm_str_addc(out, '\\');
        slashes = *c == '\\' ? slashes + 1 : 0;
        if (*c == '=')
            pm_str_add(out, "$(if ,,=)");
        else if (*c == '$')
            pm_str_add(out, "$$");
        else
            pm_str_addf(out, "%s%c", hidden ? "\\" : "", *c);
    }
}

/* Ninja reads what GCC writes; of backslashes before a blank it halves the number. */
static void add_ninja_word(struct pm_str *out, const char *path, bool target)
{
    (void)target;
    size_t slashes = 0;
    for (const char *c = path; *c; c++) {
        for (; *c == ' ' && slashes; slashes--)
            pm_str_addc(out, '\\');
        if (*c == '$' && !slashes)
            pm_str_add(out, "$$");
        else
            pm_str_addf(out, "%s%c", strchr(" #:", *c) ? "\\" : "", *c);
        slashes = *c == '\\' ? slashes + 1 : 0;
    }
}

static void add_json_word(struct pm_str *out, const char *path, bool target)
{
    (void)target;
    pm_str_addc(out, '"');
    for (const char *c = path; *c; c++) {
        if ((unsigned char)*c < 0x20)
            pm_str_addf(out, "\\u%04x", (unsigned)*c);
        else
            pm_str_addf(out, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c);
    }
    pm_str_addc(out, '"');
}

/* ---- files ---------------------------------------------------------------------------------- */

static void add_words(struct pm_str *out, const struct list *list, const char *between,
                      add_word *add, bool targets)
{
    for (size_t i = 0; i < list->n; i++) {
        pm_str_add(out, i ? between : "");
        add(out, list->v[i], targets);
    }
}

static void add_rule(struct pm_str *out, const struct list *outputs, const struct list *inputs,
                     add_word *add)
{
    add_words(out, outputs, " \\\n  ", add, true);
    pm_str_add(out, inputs->n ? ": \\\n  " : ":");
    add_words(out, inputs, " \\\n  ", add, false);
    pm_str_addc(out, '\n');
}

/* An input that is gone is no reason for make to stop: they have a rule of their own, without a recipe. */
static void add_make(struct pm_str *out, const struct list *outputs, const struct list *inputs)
{
    static const struct list nothing;
    add_rule(out, outputs, inputs, add_make_word);
    pm_str_addc(out, '\n');
    add_rule(out, inputs, &nothing, add_make_word);
}

static void add_ninja(struct pm_str *out, const struct list *outputs, const struct list *inputs)
{
    add_rule(out, outputs, inputs, add_ninja_word);
}

static void add_json(struct pm_str *out, const struct list *outputs, const struct list *inputs)
{
    pm_str_add(out, "{\n \"inputs\": [\n  ");
    add_words(out, inputs, ",\n  ", add_json_word, false);
    pm_str_add(out, "\n ],\n \"outputs\": [\n  ");
    add_words(out, outputs, ",\n  ", add_json_word, false);
    pm_str_add(out, "\n ]\n}\n");
}

static void add_zero(struct pm_str *out, const struct list *outputs, const struct list *inputs)
{
    (void)outputs;
    for (size_t i = 0; i < inputs->n; i++)
        pm_str_addn(out, inputs->v[i], strlen(inputs->v[i]) + 1);
}

static const struct form {
    enum deps_form form;
    const char *never; /* what a name can't hold there */
    void (*add)(struct pm_str *out, const struct list *outputs, const struct list *inputs);
} forms[] = {
    {DEPS_MAKE, "\r\n\t;|", add_make},
    {DEPS_NINJA, "\r\n\t;&'\"*?<>|^`", add_ninja},
    {DEPS_JSON, "", add_json},
    {DEPS_ZERO, "", add_zero},
};

static const struct form *form_of(const struct options *o)
{
    enum deps_form wanted = o->deps_form                      ? o->deps_form
                            : pm_has_ending(o->deps, ".json") ? DEPS_JSON
                                                              : DEPS_MAKE;
    size_t i = 0;
    while (forms[i].form != wanted)
        i++;
    return &forms[i];
}

/* ---- the whole ------------------------------------------------------------------------------ */

void deps_check(const struct options *o, struct pm_diags *diags)
{
    bool names = o->join_report != NULL;
    if (!o->deps && o->deps_form)
        usage_error(diags, "bad-option", "--deps-format is for --deps", NULL);
    if (!o->deps)
        return;
    target_check(diags, o->deps, true);
    for (size_t i = 0; i <= o->outputs.n; i++) {
        const char *path = i < o->outputs.n ? o->outputs.v[i] : o->join_report;
        names |= path && !target_is_stream(path);
        if (pm_streq(o->deps, path) || target_same_file(o->deps, path))
            usage_error(diags, "duplicate-output", "named twice as output:", o->deps);
    }
    if (names || form_of(o)->form == DEPS_JSON || form_of(o)->form == DEPS_ZERO)
        return;
    usage_error(diags, "bad-option", "--deps has no output to name", NULL);
    pm_help(diags, "write the map to a file, or take --deps-format json");
}

static bool check_names(const struct options *o, const struct list *list, struct pm_diags *diags)
{
    size_t wrong = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (!*form_of(o)->never || !strpbrk(list->v[i], form_of(o)->never))
            continue;
        wrong++;
        pm_error(diags, PM_FAULT_OUTPUT, "cannot-write", pm_place_file(o->deps),
                 "\"%s\" can't stand in it", list->v[i]);
        pm_help(diags, "rename that file, or take --deps-format json or zero");
    }
    return wrong == 0;
}

static bool check_inputs(const struct options *o, const struct list *inputs, struct pm_diags *diags)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (target_same_file(o->deps, inputs->v[i])) {
            usage_error(diags, "output-is-input", "will not overwrite an input:", o->deps);
            return false;
        }
    return true;
}

void deps_write(const struct options *o, struct pm_diags *diags)
{
    PM_VEC(const char *) named = {0};
    struct list inputs = {0};
    struct pm_str out = {0};
    if (!o->deps)
        return;
    inputs.v = pm_diags_inputs(diags, &inputs.n);
    for (size_t i = 0; i < o->outputs.n; i++)
        if (!target_is_stream(o->outputs.v[i]))
            pm_vec_push(&named, o->outputs.v[i]);
    if (o->join_report && !target_is_stream(o->join_report))
        pm_vec_push(&named, o->join_report);
    const struct list outputs = {named.v, named.n};
    if (inputs.n && check_inputs(o, &inputs, diags) && check_names(o, &outputs, diags) &&
        check_names(o, &inputs, diags)) {
        form_of(o)->add(&out, &outputs, &inputs);
        target_write(o->deps, out.s, out.n, diags);
    }
    pm_vec_finish(&named);
    pm_str_finish(&out);
}
