#include "cli/deps.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "cli/target.h"
#include "base/banned.h"

/* A map: what was written from what. */
struct rule {
    struct deps_list outputs, inputs;
};

struct deps {
    struct pm_arena arena;
    struct pm_index known;       /* path -> index into inputs */
    PM_VEC(const char *) inputs; /* of all, each once */
    PM_VEC(struct rule) rules;
    bool several;
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

static void add_words(struct pm_str *out, const struct deps_list *list, const char *between,
                      add_word *add, bool targets)
{
    for (size_t i = 0; i < list->n; i++) {
        pm_str_add(out, i ? between : "");
        add(out, list->v[i], targets);
    }
}

static void add_rule(struct pm_str *out, const struct deps_list *outputs,
                     const struct deps_list *inputs, add_word *add)
{
    add_words(out, outputs, " \\\n  ", add, true);
    pm_str_add(out, inputs->n ? ": \\\n  " : ":");
    add_words(out, inputs, " \\\n  ", add, false);
    pm_str_addc(out, '\n');
}

static void add_rules(struct pm_str *out, const struct deps *deps, add_word *add)
{
    for (size_t i = 0; i < deps->rules.n; i++)
        if (deps->rules.v[i].outputs.n)
            add_rule(out, &deps->rules.v[i].outputs, &deps->rules.v[i].inputs, add);
}

static struct deps_list all_inputs(const struct deps *deps)
{
    return (struct deps_list){deps->inputs.v, deps->inputs.n};
}

/* An input that is gone is no reason for make to stop: they have a rule of their own, without a recipe. */
static void add_make(struct pm_str *out, const struct deps *deps)
{
    static const struct deps_list nothing;
    const struct deps_list inputs = all_inputs(deps);
    add_rules(out, deps, add_make_word);
    pm_str_addc(out, '\n');
    add_rule(out, &inputs, &nothing, add_make_word);
}

static void add_ninja(struct pm_str *out, const struct deps *deps)
{
    add_rules(out, deps, add_ninja_word);
}

static void add_json_list(struct pm_str *out, const char *key, const struct deps_list *list,
                          const char *margin)
{
    pm_str_addf(out, "%s\"%s\": [", margin, key);
    for (size_t i = 0; i < list->n; i++) {
        pm_str_addf(out, "%s\n%s ", i ? "," : "", margin);
        add_json_word(out, list->v[i], false);
    }
    pm_str_addf(out, "\n%s]", margin);
}

static void add_json_rule(struct pm_str *out, const struct rule *rule, const char *margin)
{
    add_json_list(out, "inputs", &rule->inputs, margin);
    pm_str_add(out, ",\n");
    add_json_list(out, "outputs", &rule->outputs, margin);
}

static void add_json(struct pm_str *out, const struct deps *deps)
{
    pm_str_add(out, "{\n");
    if (deps->several)
        pm_str_add(out, " \"maps\": [");
    for (size_t i = 0; i < deps->rules.n; i++) {
        pm_str_add(out, !deps->several ? "" : i ? ", {\n" : "{\n");
        add_json_rule(out, &deps->rules.v[i], deps->several ? "  " : " ");
        pm_str_add(out, deps->several ? "\n }" : "");
    }
    pm_str_add(out, deps->several ? "]\n}\n" : "\n}\n");
}

static void add_zero(struct pm_str *out, const struct deps *deps)
{
    for (size_t i = 0; i < deps->inputs.n; i++)
        pm_str_addn(out, deps->inputs.v[i], strlen(deps->inputs.v[i]) + 1);
}

static const struct form {
    enum deps_form form;
    const char *never; /* what a name can't hold there */
    void (*add)(struct pm_str *out, const struct deps *deps);
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

struct deps *deps_new(bool several)
{
    struct deps *deps = pm_xcalloc(1, sizeof *deps);
    deps->several = several;
    return deps;
}

void deps_free(struct deps *deps)
{
    pm_vec_finish(&deps->inputs);
    pm_vec_finish(&deps->rules);
    pm_arena_finish(&deps->arena);
    free(deps);
}

void deps_check(const struct options *o, const struct deps_list *outputs, struct pm_diags *diags)
{
    bool names = false;
    if (!o->deps && o->deps_form)
        usage_error(diags, "bad-option", "--deps-format is for --deps", NULL);
    if (!o->deps)
        return;
    target_check(diags, o->deps, true);
    for (size_t i = 0; i < outputs->n; i++) {
        names |= !target_is_stream(outputs->v[i]);
        if (pm_streq(o->deps, outputs->v[i]) || target_same_file(o->deps, outputs->v[i]))
            usage_error(diags, "duplicate-output", "named twice as output:", o->deps);
    }
    if (names || form_of(o)->form == DEPS_JSON || form_of(o)->form == DEPS_ZERO)
        return;
    usage_error(diags, "bad-option", "--deps has no output to name", NULL);
    pm_help(diags, "write the map to a file, or take --deps-format json");
}

/* The path, which is kept once however many maps are made from it. */
static const char *keep_input(struct deps *deps, const char *path)
{
    size_t index = 0;
    if (!pm_index_get(&deps->known, path, &index)) {
        index = deps->inputs.n;
        pm_index_set(&deps->known, &deps->arena, path, index);
        const char *copy = pm_strdup(&deps->arena, path);
        pm_vec_push(&deps->inputs, copy);
    }
    return deps->inputs.v[index];
}

void deps_add(struct deps *deps, const struct deps_list *outputs, const char *jobs,
              const struct pm_diags *diags)
{
    size_t count = 0, n = 0;
    const char *const *read = pm_diags_inputs(diags, &count);
    const char **inputs = PM_NEW_N(&deps->arena, const char *, count + 1);
    const char **written = PM_NEW_N(&deps->arena, const char *, outputs->n);
    struct rule rule = {{written, 0}, {inputs, 0}};
    if (jobs && !target_is_stream(jobs))
        inputs[n++] = keep_input(deps, jobs);
    for (size_t i = 0; i < count; i++)
        inputs[n++] = keep_input(deps, read[i]);
    rule.inputs.n = n;
    for (size_t i = 0; i < outputs->n; i++)
        if (!target_is_stream(outputs->v[i]))
            written[rule.outputs.n++] = pm_strdup(&deps->arena, outputs->v[i]);
    pm_vec_push(&deps->rules, rule);
}

static bool check_names(const struct options *o, const struct deps_list *list,
                        struct pm_diags *diags)
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

static bool check_inputs(const struct options *o, const struct deps_list *inputs,
                         struct pm_diags *diags)
{
    for (size_t i = 0; i < inputs->n; i++)
        if (target_same_file(o->deps, inputs->v[i])) {
            target_refuse_input(diags, o->deps);
            return false;
        }
    return true;
}

void deps_write(const struct deps *deps, const struct options *o, struct pm_diags *diags)
{
    const struct deps_list inputs = all_inputs(deps);
    struct pm_str out = {0};
    bool good = inputs.n && check_inputs(o, &inputs, diags);
    for (size_t i = 0; i < deps->rules.n && good; i++)
        good = check_names(o, &deps->rules.v[i].outputs, diags);
    if (good && check_names(o, &inputs, diags)) {
        form_of(o)->add(&out, deps);
        target_write(o->deps, out.s, out.n, diags);
    }
    pm_str_finish(&out);
}
