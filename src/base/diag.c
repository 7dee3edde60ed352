#include "base/diag.h"

#include <assert.h>
#include <limits.h>

#include "base/diag_ids.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/banned.h"

struct entry {
    struct pm_diag diag;
    size_t file_rank; /* files in the order in which they were first met */
    size_t number;    /* as added */
    const char *option;
};

/* How many there were of one id and severity. */
struct tally {
    struct pm_diag first;
    size_t count;
};

struct pm_diags {
    struct pm_arena arena;
    PM_VEC(struct entry) list;
    PM_VEC(struct tally) tallies;
    PM_VEC(const char *) files; /* as first met */
    PM_VEC(const char *) inputs;
    bool last_kept; /* what was added last is in the list */
    size_t errors;
};

struct pm_diags *pm_diags_new(void)
{
    struct pm_diags *diags = pm_xrealloc(NULL, 1, sizeof *diags);
    memset(diags, 0, sizeof *diags);
    return diags;
}

void pm_diags_free(struct pm_diags *diags)
{
    if (!diags)
        return;
    pm_vec_finish(&diags->list);
    pm_vec_finish(&diags->tallies);
    pm_vec_finish(&diags->files);
    pm_vec_finish(&diags->inputs);
    pm_arena_finish(&diags->arena);
    free(diags);
}

/* ---- adding -------------------------------------------------------------------------------- */

static size_t rank_of_file(struct pm_diags *diags, const char *file)
{
    size_t rank = 0;
    while (rank < diags->files.n && !pm_streq(diags->files.v[rank], file))
        rank++;
    if (rank == diags->files.n)
        pm_vec_push(&diags->files, file);
    return rank;
}

static size_t tally_of(struct pm_diags *diags, const struct pm_diag *d)
{
    size_t i = 0;
    while (i < diags->tallies.n && !(pm_streq(diags->tallies.v[i].first.id, d->id) &&
                                     diags->tallies.v[i].first.severity == d->severity))
        i++;
    if (i == diags->tallies.n)
        pm_vec_push(&diags->tallies, (struct tally){.first = *d});
    return i;
}

/* Counts it; false if there are enough of its kind already. */
static bool is_wanted(struct pm_diags *diags, const struct pm_diag *d)
{
    size_t i = tally_of(diags, d); /* may move them */
    return ++diags->tallies.v[i].count <= PM_MOST_ALIKE_DIAGS;
}

/* Characters to mark: what is left of the shown line at most, and at least one. */
static int caret_length(struct pm_place at, const char *excerpt)
{
    size_t begin = pm_source_line_start(at.source, at.offset);
    size_t shown = strlen(excerpt), skip = at.offset > begin ? at.offset - begin : 0;
    size_t room = shown > skip ? shown - skip : 0;
    size_t length = at.length < room ? at.length : room;
    int marked = (int)pm_utf8_length(at.source->text + at.offset, length);
    return marked > 0 ? marked : 1;
}

static void locate(struct pm_diags *diags, struct pm_diag *d, struct pm_place at)
{
    if (!at.source) {
        d->file = pm_strdup(&diags->arena, at.file);
        d->record = at.record;
        d->line = at.line;
        d->column = at.column;
        d->caret_length = at.line ? 1 : 0;
        return;
    }
    if (at.offset > at.source->length)
        at.offset = at.source->length;
    d->file = pm_strdup(&diags->arena, at.source->name);
    pm_source_position(at.source, at.offset, &d->line, &d->column);
    d->excerpt = pm_source_line(at.source, at.offset, &diags->arena);
    d->excerpt_column =
        d->column -
        (int)pm_utf8_length(at.source->text + pm_source_line_start(at.source, at.offset),
                            at.offset - pm_source_line_start(at.source, at.offset));
    d->caret_length = caret_length(at, d->excerpt);
}

/* What a message quotes may be as long as its file. */
static void shorten(char *message)
{
    size_t end = PM_MOST_MESSAGE;
    if (strlen(message) <= end)
        return;
    while (((unsigned char)message[end] & 0xC0) == 0x80)
        end--;
    memcpy(message + end, "...", 4);
}

__attribute__((format(printf, 6, 0))) static void
add(struct pm_diags *diags, enum pm_severity severity, enum pm_fault fault, const char *id,
    struct pm_place at, const char *format, va_list args)
{
    struct entry e = {.diag = {.severity = severity, .fault = fault, .id = id},
                      .number = diags->list.n,
                      .option = at.option};
    assert(pm_diag_meaning(id)); /* every identifier is in the manual */
    diags->errors += severity == PM_ERROR;
    diags->last_kept = is_wanted(diags, &e.diag);
    if (!diags->last_kept)
        return;
    locate(diags, &e.diag, at);
    char *message = pm_vsprintf(&diags->arena, format, args);
    if (at.option)
        message = pm_sprintf(&diags->arena, "--%s: %s", at.option, message);
    shorten(message);
    e.diag.message = message;
    e.file_rank = rank_of_file(diags, e.diag.file);
    pm_vec_push(&diags->list, e);
}

void pm_error(struct pm_diags *diags, enum pm_fault fault, const char *id, struct pm_place at,
              const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diags, PM_ERROR, fault, id, at, format, args);
    va_end(args);
}

void pm_warning(struct pm_diags *diags, const char *id, struct pm_place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diags, PM_WARNING, PM_FAULT_NONE, id, at, format, args);
    va_end(args);
}

void pm_note(struct pm_diags *diags, const char *id, struct pm_place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diags, PM_NOTE, PM_FAULT_NONE, id, at, format, args);
    va_end(args);
}

bool pm_diags_kept(const struct pm_diags *diags)
{
    return diags->list.n && diags->last_kept;
}

void pm_help(struct pm_diags *diags, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (pm_diags_kept(diags))
        diags->list.v[diags->list.n - 1].diag.help = pm_vsprintf(&diags->arena, format, args);
    va_end(args);
}

static bool is_same(const struct pm_diag *a, const struct pm_diag *b)
{
    return a->severity == b->severity && pm_streq(a->id, b->id) && pm_streq(a->file, b->file) &&
           a->line == b->line && a->column == b->column && a->record == b->record &&
           pm_streq(a->message, b->message);
}

static bool holds(const struct pm_diags *diags, const struct pm_diag *d)
{
    for (size_t i = 0; i < diags->list.n; i++)
        if (is_same(&diags->list.v[i].diag, d))
            return true;
    return false;
}

/* What `from` only counted, if any that it kept of its kind was new here. */
static void merge_counts(struct pm_diags *diags, const struct pm_diags *from, size_t before)
{
    for (size_t i = 0; i < from->tallies.n; i++) {
        const struct tally *t = &from->tallies.v[i];
        bool fresh = false;
        for (size_t k = before; k < diags->list.n; k++)
            fresh |= pm_streq(diags->list.v[k].diag.id, t->first.id) &&
                     diags->list.v[k].diag.severity == t->first.severity;
        if (!fresh || t->count <= PM_MOST_ALIKE_DIAGS)
            continue;
        size_t more = t->count - PM_MOST_ALIKE_DIAGS, own = tally_of(diags, &t->first);
        diags->tallies.v[own].count += more;
        diags->errors += t->first.severity == PM_ERROR ? more : 0;
    }
}

void pm_diags_input(struct pm_diags *diags, const char *path)
{
    for (size_t i = 0; i < diags->inputs.n; i++)
        if (pm_streq(diags->inputs.v[i], path))
            return;
    const char *copy = pm_strdup(&diags->arena, path);
    pm_vec_push(&diags->inputs, copy);
}

void pm_diags_merge(struct pm_diags *diags, const struct pm_diags *from)
{
    size_t before = diags->list.n;
    for (size_t i = 0; i < from->inputs.n; i++)
        pm_diags_input(diags, from->inputs.v[i]);
    for (size_t i = 0; i < from->list.n; i++) {
        struct entry e = {.diag = from->list.v[i].diag,
                          .number = diags->list.n,
                          .option = from->list.v[i].option};
        if (holds(diags, &e.diag))
            continue;
        diags->errors += e.diag.severity == PM_ERROR;
        if (!is_wanted(diags, &e.diag))
            continue;
        e.diag.file = pm_strdup(&diags->arena, e.diag.file);
        e.diag.message = pm_strdup(&diags->arena, e.diag.message);
        e.diag.excerpt = pm_strdup(&diags->arena, e.diag.excerpt);
        e.diag.help = pm_strdup(&diags->arena, e.diag.help);
        e.file_rank = rank_of_file(diags, e.diag.file);
        pm_vec_push(&diags->list, e);
    }
    merge_counts(diags, from, before);
}

/* "--font-dir: …" -> "\"font_dir\": …" */
static const char *with_key(struct pm_arena *arena, const char *option, const char *message)
{
    char *key = pm_strdup(arena, option);
    for (char *c = key; *c; c++)
        *c = *c == '-' ? '_' : *c;
    return pm_sprintf(arena, "\"%s\"%s", key, message + strlen("--") + strlen(option));
}

void pm_diags_stand_at(struct pm_diags *diags, struct pm_place at,
                       const struct pm_option_place *options, size_t count)
{
    for (size_t i = 0; i < diags->list.n; i++) {
        struct entry *e = &diags->list.v[i];
        struct pm_place place = at;
        if (e->diag.severity != PM_ERROR || e->diag.file)
            continue;
        for (size_t k = 0; k < count && e->option; k++)
            if (pm_streq(options[k].option, e->option))
                place = options[k].at;
        if (e->option)
            e->diag.message = with_key(&diags->arena, e->option, e->diag.message);
        locate(diags, &e->diag, place);
        e->file_rank = rank_of_file(diags, e->diag.file);
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

static int compare_numbers(long a, long b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    const long keys[][2] = {
        {(long)x->file_rank, (long)y->file_rank}, {x->diag.line, y->diag.line},
        {x->diag.column, y->diag.column},         {x->diag.record, y->diag.record},
        {(long)x->number, (long)y->number},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return compare_numbers(keys[i][0], keys[i][1]);
    return 0;
}

/* What was not kept is counted in a message of its own, behind all others. */
static void add_counts(struct pm_diags *diags)
{
    for (size_t i = 0; i < diags->tallies.n; i++) {
        struct tally *t = &diags->tallies.v[i];
        if (t->count <= PM_MOST_ALIKE_DIAGS)
            continue;
        struct entry e = {.diag = t->first, .file_rank = LONG_MAX, .number = diags->list.n};
        e.diag.message = pm_sprintf(&diags->arena, "%zu more of these are not shown",
                                    t->count - PM_MOST_ALIKE_DIAGS);
        pm_vec_push(&diags->list, e);
        t->count = PM_MOST_ALIKE_DIAGS;
    }
}

void pm_diags_sort(struct pm_diags *diags)
{
    add_counts(diags);
    if (diags->list.n)
        qsort(diags->list.v, diags->list.n, sizeof *diags->list.v, compare_entries);
}

size_t pm_diags_count(const struct pm_diags *diags)
{
    return diags->list.n;
}

const struct pm_diag *pm_diags_get(const struct pm_diags *diags, size_t index)
{
    return index < diags->list.n ? &diags->list.v[index].diag : NULL;
}

size_t pm_diags_errors(const struct pm_diags *diags)
{
    return diags->errors;
}

const char *const *pm_diags_inputs(const struct pm_diags *diags, size_t *count)
{
    *count = diags->inputs.n;
    return diags->inputs.v;
}

enum pm_fault pm_diags_fault(const struct pm_diags *diags)
{
    enum pm_fault worst = PM_FAULT_NONE;
    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.v[i].diag.fault > worst)
            worst = diags->list.v[i].diag.fault;
    return worst;
}

/* ---- places ----------------------------------------------------------------------------------- */

struct pm_place pm_place_file(const char *file)
{
    return (struct pm_place){.file = file};
}

struct pm_place pm_place_record(const char *file, long record)
{
    return (struct pm_place){.file = file, .record = record};
}

struct pm_place pm_place_line(const char *file, int line, int column)
{
    return (struct pm_place){.file = file, .line = line, .column = column};
}

struct pm_place pm_place_option(const char *option)
{
    return (struct pm_place){.option = option};
}

struct pm_place pm_place_text(const struct pm_source *source, size_t offset, size_t length)
{
    return (struct pm_place){.source = source, .offset = offset, .length = length};
}
