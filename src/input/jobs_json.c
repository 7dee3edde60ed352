/* The jobs file: which maps `provmap batch` draws. */
#include "input/jobs.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/page_size.h"
#include "base/str.h"
#include "input/data_dir.h"
#include "base/banned.h"

#define FORMAT "provmap-jobs/1"
#define MOST_PNG_LEVEL 12

const struct job_key_info pm_job_keys[JOB_KEYS] = {
    [JOB_STATUS] = {"status", NULL, "name"},
    [JOB_SHAPES] = {"shapes", "shapes", "shapes"},
    [JOB_KEY_FIELD] = {"key", "key", "key"},
    [JOB_NAME_FIELD] = {"name", "name", NULL},
    [JOB_ENCODING] = {"encoding", "encoding", "encoding"},
    [JOB_CRS] = {"crs", "crs", "crs"},
    [JOB_STYLE] = {"style", "style", "style"},
    [JOB_THEME] = {"theme", "theme", "theme"},
    [JOB_ALIASES] = {"aliases", "aliases", "aliases"},
    [JOB_UNMATCHED] = {"unmatched", "unmatched", "unmatched"},
    [JOB_FONT_DIR] = {"font_dir", "font-dir", "font_dir"},
    [JOB_SIZE] = {"size", "size", "size"},
    [JOB_DPI] = {"dpi", "dpi", "dpi"},
    [JOB_PNG_LEVEL] = {"png_level", "png-level", "png_level"},
    [JOB_ID_PREFIX] = {"id_prefix", "id-prefix", "id_prefix"},
    [JOB_TEXT] = {"text", "text", "text"},
    [JOB_A11Y] = {"a11y", "a11y", "a11y"},
    [JOB_AREAS] = {"areas", "areas", "areas"},
    [JOB_PROFILE] = {"profile", "profile", "profile"},
    [JOB_SVG_INLINE] = {"svg_inline", "svg-inline", NULL},
    [JOB_DATE] = {"date", "date", "date"},
    [JOB_SINCE] = {"since", "since", "since"},
    [JOB_COMPARE] = {"compare", "compare", "compare"},
    [JOB_LANG] = {"lang", "lang", "lang"},
    [JOB_FOCUS] = {"focus", "focus", "area"},
    [JOB_PROJECTION] = {"projection", "projection", "projection"},
    [JOB_SERIES] = {"series", "series", "series"},
    [JOB_EVERY] = {"every", "every", "every"},
    [JOB_ANIMATE] = {"animate", "animate", NULL},
    [JOB_FRAME_TIME] = {"frame_time", "frame-time", "frame_time"},
};

/* ---- values ------------------------------------------------------------------------- */

static const char *const themes[] = {"light", "dark", "auto", NULL};
static const char *const unmatched[] = {"error", "warn", NULL};
static const char *const texts[] = {"outline", "live", "both", NULL};
static const char *const a11y[] = {"img", "tree", NULL};
static const char *const areas[] = {"each", "merged", NULL};
static const char *const profiles[] = {"web", "office", "print", NULL};

static void set(const struct pm_jval *value, const char *text, struct job_value *out)
{
    out->v = PM_NEW(value->json->arena, const char *);
    *out->v = pm_strdup(value->json->arena, text);
    out->n = 1;
}

static void bad_value(const struct pm_jval *value, const char *text, const char *what,
                      const char *help)
{
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value),
             "\"%s\" is no %s", text, what);
    pm_help(value->json->diags, "%s", help);
}

static void read_name(const struct pm_jval *value, struct job_value *out)
{
    const char *name = NULL;
    if (pm_jval_name(value, &name))
        set(value, name, out);
}

/* From the file's own folder on. */
static void read_path(const struct pm_jval *value, struct job_value *out)
{
    const char *name = NULL;
    if (!pm_jval_name(value, &name))
        return;
    if (pm_streq(name, "-")) {
        bad_value(value, name, "file", "standard input is read by provmap render only");
        return;
    }
    set(value, pm_path_beside(value->json->arena, value->json->source->name, name), out);
}

static void read_data_name(const struct pm_jval *value, struct job_value *out)
{
    const char *name = NULL;
    if (pm_jval_name(value, &name))
        set(value, pm_data_name(value->json->arena, value->json->source->name, name), out);
}

static void read_date(const struct pm_jval *value, struct job_value *out)
{
    char iso[16];
    pm_date date = PM_NO_DATE;
    if (!pm_jval_date(value, &date))
        return;
    pm_date_iso(date, iso);
    set(value, iso, out);
}

static void read_size(const struct pm_jval *value, struct job_value *out)
{
    struct pm_page_size size;
    const char *text = NULL;
    if (!pm_jval_name(value, &text))
        return;
    if (pm_page_size_parse(text, &size))
        set(value, text, out);
    else
        bad_value(value, text, "size of a page",
                  "write \"1600x1200\" (200 to 20000 px a side, 200 million in all), or "
                  "\"160x120mm\"");
}

static void read_language(const struct pm_jval *value, struct job_value *out)
{
    const char *text = NULL;
    if (!pm_jval_name(value, &text))
        return;
    const char *plus = strchr(text, '+');
    const char *first = plus ? pm_strndup(value->json->arena, text, (size_t)(plus - text)) : text;
    if (pm_is_language(first) && (!plus || pm_is_language(plus + 1)))
        set(value, text, out);
    else
        bad_value(value, text, "language",
                  "write a code such as \"en\" or \"fa\", or \"fa+en\" for names in two");
}

static void read_id(const struct pm_jval *value, struct job_value *out)
{
    const char *text = NULL;
    if (!pm_jval_name(value, &text))
        return;
    if (pm_is_id(text))
        set(value, text, out);
    else
        bad_value(value, text, "prefix of ids", "a letter, then letters, digits, - and _");
}

static void read_number(const struct pm_jval *value, double least, double most,
                        struct job_value *out)
{
    struct pm_str text = {0};
    double number = 0;
    if (pm_jval_number(value, least, most, &number)) {
        pm_str_num(&text, number, 6);
        set(value, pm_str_get(&text), out);
    }
    pm_str_finish(&text);
}

static void read_dpi(const struct pm_jval *value, struct job_value *out)
{
    read_number(value, PM_LEAST_DPI, PM_MOST_DPI, out);
}

static void read_frame_time(const struct pm_jval *value, struct job_value *out)
{
    read_number(value, PM_LEAST_FRAME_SECONDS, PM_MOST_FRAME_SECONDS, out);
}

static void read_level(const struct pm_jval *value, struct job_value *out)
{
    int level = 0;
    if (pm_jval_whole(value, 0, MOST_PNG_LEVEL, &level))
        set(value, pm_sprintf(value->json->arena, "%d", level), out);
}

static void read_switch(const struct pm_jval *value, struct job_value *out)
{
    bool on = false;
    if (pm_jval_bool(value, &on) && on)
        set(value, "", out);
}

static bool is_filled(const struct pm_jval *list)
{
    if (!pm_jval_array(list))
        return false;
    if (json_array_size(list->v))
        return true;
    pm_error(list->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(list),
             "the list is empty");
    pm_help(list->json->diags, "fill it, or take the key away");
    return false;
}

/* One name, or a list. */
static void read_names(const struct pm_jval *value, struct job_value *out)
{
    if (json_is_string(value->v)) {
        read_name(value, out);
        return;
    }
    if (!is_filled(value))
        return;
    out->v = PM_NEW_N(value->json->arena, const char *, json_array_size(value->v));
    for (size_t i = 0; i < json_array_size(value->v); i++) {
        struct pm_jval name = pm_jval_at(value, i);
        if (pm_jval_name(&name, &out->v[out->n]))
            out->n++;
    }
}

/* Days as --series has them, or a list of them. */
static void read_series(const struct pm_jval *value, struct job_value *out)
{
    struct pm_str days = {0};
    size_t errors = pm_diags_errors(value->json->diags);
    if (json_is_string(value->v)) {
        read_name(value, out);
        return;
    }
    if (!is_filled(value))
        return;
    for (size_t i = 0; i < json_array_size(value->v); i++) {
        struct pm_jval day = pm_jval_at(value, i);
        struct job_value one = {0};
        read_date(&day, &one);
        if (one.n)
            pm_str_addf(&days, "%s%s", i ? "," : "", one.v[0]);
    }
    if (pm_diags_errors(value->json->diags) == errors)
        set(value, pm_str_get(&days), out);
    pm_str_finish(&days);
}

/* A number of days, or one of the words that --every takes. */
static bool read_interval(const struct pm_jval *value, int *interval)
{
    const char *text = NULL;
    if (json_is_number(value->v))
        return pm_jval_whole(value, 1, PM_MOST_INTERVAL, interval);
    if (!pm_jval_name(value, &text))
        return false;
    int days = pm_interval_parse(text);
    if (days >= 0)
        *interval = days;
    else
        bad_value(value, text, "interval",
                  "write \"day\", \"week\", \"month\" or a number of days");
    return days >= 0;
}

static void read_every(const struct pm_jval *value, struct job_value *out)
{
    int days = 0;
    if (!read_interval(value, &days))
        return;
    if (json_is_string(value->v))
        read_name(value, out);
    else
        set(value, pm_sprintf(value->json->arena, "%d", days), out);
}

static const struct {
    void (*read)(const struct pm_jval *value, struct job_value *out);
    const char *const *choices; /* in its place */
} readers[JOB_KEYS] = {
    [JOB_STATUS] = {read_path, NULL},
    [JOB_SHAPES] = {read_data_name, NULL},
    [JOB_KEY_FIELD] = {read_name, NULL},
    [JOB_NAME_FIELD] = {read_name, NULL},
    [JOB_ENCODING] = {read_name, NULL},
    [JOB_CRS] = {read_name, NULL},
    [JOB_STYLE] = {read_data_name, NULL},
    [JOB_THEME] = {NULL, themes},
    [JOB_ALIASES] = {read_path, NULL},
    [JOB_UNMATCHED] = {NULL, unmatched},
    [JOB_FONT_DIR] = {read_path, NULL},
    [JOB_SIZE] = {read_size, NULL},
    [JOB_DPI] = {read_dpi, NULL},
    [JOB_PNG_LEVEL] = {read_level, NULL},
    [JOB_ID_PREFIX] = {read_id, NULL},
    [JOB_TEXT] = {NULL, texts},
    [JOB_A11Y] = {NULL, a11y},
    [JOB_AREAS] = {NULL, areas},
    [JOB_PROFILE] = {NULL, profiles},
    [JOB_SVG_INLINE] = {read_switch, NULL},
    [JOB_DATE] = {read_date, NULL},
    [JOB_SINCE] = {read_date, NULL},
    [JOB_COMPARE] = {read_path, NULL},
    [JOB_LANG] = {read_language, NULL},
    [JOB_FOCUS] = {read_names, NULL},
    [JOB_PROJECTION] = {read_name, NULL},
    [JOB_SERIES] = {read_series, NULL},
    [JOB_EVERY] = {read_every, NULL},
    [JOB_ANIMATE] = {read_switch, NULL},
    [JOB_FRAME_TIME] = {read_frame_time, NULL},
};

struct job_value pm_jobs_value(const struct pm_jval *value)
{
    struct job_value out = {.given = true, .at = value->at};
    pm_source_position(value->json->source, pm_jval_place(value).offset, &out.line, &out.column);
    return out;
}

static struct job_value read_value(const struct pm_jval *value, enum job_key key)
{
    struct job_value out = pm_jobs_value(value);
    int choice = 0;
    if (readers[key].read)
        readers[key].read(value, &out);
    else if (pm_jval_choice(value, readers[key].choices, &choice))
        set(value, readers[key].choices[choice], &out);
    return out;
}

/* ---- the matrix --------------------------------------------------------------------- */

static void list_days(const struct pm_jval *value, pm_date first, int interval, int count,
                      struct job_axis *axis)
{
    struct job_value *v = PM_NEW_N(value->json->arena, struct job_value, (size_t)count);
    const struct job_value like = pm_jobs_value(value);
    axis->v = v;
    for (int i = 0; i < count; i++) {
        char iso[16];
        pm_date_iso(pm_date_later(first, interval, i), iso);
        v[axis->n] = like;
        set(value, iso, &v[axis->n++]);
    }
}

/* {"from": "2021-01-01", "to": "2021-12-31", "every": 7}, or "week" */
static void read_days(const struct pm_jval *value, struct job_axis *axis)
{
    static const char *const known[] = {"from", "to", "every", NULL};
    struct pm_jval from = pm_jval_get(value, "from"), to = pm_jval_get(value, "to"),
                   every = pm_jval_get(value, "every");
    pm_date first = PM_NO_DATE, last = PM_NO_DATE;
    int interval = 1, count = 0;
    pm_jval_check_keys(value, known);
    if (!pm_jval_given(&from))
        pm_jval_missing(value, "from", "the first day: \"from\": \"YYYY-MM-DD\"");
    if (!pm_jval_given(&to))
        pm_jval_missing(value, "to", "the last day: \"to\": \"YYYY-MM-DD\"");
    pm_jval_date(&from, &first);
    pm_jval_date(&to, &last);
    if (pm_jval_given(&every))
        read_interval(&every, &interval);
    if (first == PM_NO_DATE || last == PM_NO_DATE)
        return;
    while (count <= PM_MOST_JOBS && pm_date_later(first, interval, count) <= last)
        count++;
    if (last < first)
        pm_error(value->json->diags, PM_FAULT_DATA, "contradiction", pm_jval_place(&to),
                 "\"to\" is before \"from\"");
    else if (count > PM_MOST_JOBS)
        pm_error(value->json->diags, PM_FAULT_DATA, "too-many", pm_jval_place(&to),
                 "more than %d days are too many for one file", PM_MOST_JOBS);
    else
        list_days(value, first, interval, count, axis);
}

/* {"each": "area"} */
static void read_each(const struct pm_jval *value, const struct job_layer *layer,
                      struct job_axis *axis)
{
    static const char *const known[] = {"each", NULL}, *const whats[] = {"area", "parent", NULL};
    struct pm_jval each = pm_jval_get(value, "each");
    int what = 0;
    pm_jval_check_keys(value, known);
    if (!pm_jval_given(&each))
        pm_jval_missing(value, "each", "\"each\": \"area\", or \"parent\"");
    else if (pm_jval_choice(&each, whats, &what))
        pm_jobs_each(&each, layer, what == 1, axis);
}

/* With a value that stands there already the matrix would make the same maps again. */
static void check_once(const struct pm_jval *list, const struct job_axis *axis,
                       struct pm_index *known)
{
    const struct pm_json *json = list->json;
    const struct job_value *value = &axis->v[axis->n];
    struct pm_str text = {0};
    size_t first = 0;
    int line = 0, column = 0;
    for (size_t i = 0; i < value->n; i++)
        pm_str_addf(&text, "%zu:%s", strlen(value->v[i]), value->v[i]);
    if (value->n && pm_index_get(known, pm_str_get(&text), &first)) {
        pm_source_position(json->source, pm_place_value(json->source, axis->v[first].at).offset,
                           &line, &column);
        pm_error(json->diags, PM_FAULT_USAGE, "duplicate-output",
                 pm_place_value(json->source, value->at),
                 "this value stands in \"%s\" twice (the other at %d:%d)", list->key, line, column);
        pm_help(json->diags, "take one of the two away");
    } else {
        pm_index_set(known, json->arena, pm_str_get(&text), axis->n);
    }
    pm_str_finish(&text);
}

static void read_list(const struct pm_jval *value, struct job_axis *axis)
{
    struct pm_index known = {0};
    if (!is_filled(value))
        return;
    struct job_value *v = PM_NEW_N(value->json->arena, struct job_value, json_array_size(value->v));
    axis->v = v;
    for (; axis->n < json_array_size(value->v); axis->n++) {
        struct pm_jval one = pm_jval_at(value, axis->n);
        v[axis->n] = read_value(&one, axis->key);
        check_once(value, axis, &known);
    }
}

static int find_key(const char *name)
{
    int key = 0;
    while (key < JOB_KEYS && !pm_streq(pm_job_keys[key].key, name))
        key++;
    return key;
}

/* The names of all keys and `others`. */
static void check_keys(const struct pm_jval *object, const char *const others[4])
{
    const char *known[JOB_KEYS + 5] = {NULL};
    for (size_t i = 0; i < JOB_KEYS; i++)
        known[i] = pm_job_keys[i].key;
    memcpy(&known[JOB_KEYS], others, 4 * sizeof *others);
    pm_jval_check_keys(object, known);
}

/* `object` holds the matrix. */
static void read_matrix(const struct pm_jval *object, struct job_layer *layer)
{
    struct pm_jval matrix = pm_jval_get(object, "matrix");
    if (!pm_jval_object(&matrix))
        return;
    check_keys(&matrix, (const char *const[4]){NULL});
    struct job_axis *axes =
        PM_NEW_N(object->json->arena, struct job_axis, json_object_size(matrix.v));
    layer->axes = axes;
    for (struct pm_jval entry = {0}; pm_jval_next(&matrix, &entry);) {
        struct pm_jval plain = pm_jval_get(object, entry.key);
        int key = find_key(entry.key);
        if (key == JOB_KEYS)
            continue;
        struct job_axis *axis = &axes[layer->axis_count++];
        axis->key = (enum job_key)key;
        if (pm_jval_given(&plain))
            pm_error(object->json->diags, PM_FAULT_DATA, "contradiction", pm_jval_key_place(&plain),
                     "\"%s\" stands in the matrix, too", entry.key);
        if (key == JOB_DATE && json_is_object(entry.v))
            read_days(&entry, axis);
        else if (key == JOB_FOCUS && json_is_object(entry.v))
            read_each(&entry, layer, axis);
        else
            read_list(&entry, axis);
    }
}

/* ---- layers ------------------------------------------------------------------------- */

static void read_outputs(const struct pm_jval *object, struct job_layer *layer)
{
    struct pm_jval output = pm_jval_get(object, "output");
    bool list = pm_jval_given(&output) && !json_is_string(output.v);
    if (!pm_jval_given(&output))
        return;
    layer->has_outputs = true;
    if (list && !is_filled(&output))
        return;
    size_t count = list ? json_array_size(output.v) : 1;
    struct job_template *outputs = PM_NEW_N(object->json->arena, struct job_template, count);
    layer->outputs = outputs;
    layer->output_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_jval one = list ? pm_jval_at(&output, i) : output;
        const char *text = NULL;
        if (pm_jval_name(&one, &text) && pm_jobs_template(&one, text))
            outputs[layer->output_count++] = (struct job_template){text, one.at};
    }
}

/* A value of a map, outside a matrix. */
static struct job_value read_plain(const struct pm_jval *value, enum job_key key)
{
    struct pm_diags *diags = value->json->diags;
    size_t errors = pm_diags_errors(diags);
    struct job_value out = read_value(value, key);
    bool list = readers[key].read == read_names || readers[key].read == read_series;
    bool several = json_is_object(value->v) || (json_is_array(value->v) && !list);
    if (several && pm_diags_errors(diags) != errors)
        pm_help(diags, "for a map of each of several values write \"matrix\": {\"%s\": …}",
                value->key);
    return out;
}

/* Over what the layer has as defaults, which an inner one takes back by null. */
static void read_layer(const struct pm_jval *object, bool inner, struct job_layer *layer)
{
    size_t errors = pm_diags_errors(object->json->diags);
    layer->axes = NULL;
    layer->axis_count = 0;
    for (size_t i = 0; i < JOB_KEYS; i++) {
        struct pm_jval value = pm_jval_get(object, pm_job_keys[i].key);
        if (inner && json_is_null(value.v) && i != JOB_STATUS)
            layer->values[i] = (struct job_value){0};
        else if (pm_jval_given(&value))
            layer->values[i] = read_plain(&value, (enum job_key)i);
    }
    read_outputs(object, layer);
    read_matrix(object, layer);
    layer->broken |= pm_diags_errors(object->json->diags) != errors;
}

static void read_map(const struct pm_jval *object, const struct job_layer *top)
{
    struct job_layer layer = *top;
    if (!pm_jval_object(object))
        return;
    check_keys(object, (const char *const[4]){"output", "matrix"});
    read_layer(object, true, &layer);
    pm_jobs_expand(object, &layer);
}

/* The top is a map, or a matrix of them, itself, unless it only holds what those in "maps" share. */
static void read_root(struct pm_json *json)
{
    struct job_layer top = {0};
    struct pm_jval root = pm_json_root(json);
    if (!pm_jval_object(&root) || !pm_json_check_format(&root, FORMAT))
        return;
    struct pm_jval maps = pm_jval_get(&root, "maps"), matrix = pm_jval_get(&root, "matrix");
    check_keys(&root, (const char *const[4]){"output", "matrix", "maps", "format"});
    read_layer(&root, false, &top);
    bool own = !pm_jval_given(&maps) || pm_jval_given(&matrix);
    if (own)
        pm_jobs_expand(&root, &top);
    if (!pm_jval_given(&maps) || !is_filled(&maps))
        return;
    for (size_t i = 0; i < json_array_size(maps.v); i++) {
        struct pm_jval map = pm_jval_at(&maps, i);
        read_map(&map, &top);
    }
}

struct pm_jobs *pm_jobs_load(const char *path, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_jobs *jobs = pm_xcalloc(1, sizeof *jobs);
    struct jobs_reader reader = {.jobs = jobs};
    struct pm_json json = {.arena = &jobs->arena, .diags = diags, .owner = &reader};
    if (pm_json_load(&json, path))
        read_root(&json);
    pm_json_finish(&json);
    pm_vec_finish(&reader.outputs);
    pm_arena_finish(&reader.scratch);
    if (pm_diags_errors(diags) == errors)
        return jobs;
    pm_jobs_free(jobs);
    return NULL;
}

void pm_jobs_free(struct pm_jobs *jobs)
{
    if (!jobs)
        return;
    pm_vec_finish(&jobs->list);
    pm_arena_finish(&jobs->arena);
    free(jobs);
}

size_t pm_jobs_count(const struct pm_jobs *jobs)
{
    return jobs->list.n;
}

const struct pm_job *pm_jobs_get(const struct pm_jobs *jobs, size_t index)
{
    return index < jobs->list.n ? &jobs->list.v[index] : NULL;
}
