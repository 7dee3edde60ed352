/* From a layer of the jobs file to its maps: one for each combination of the matrix, the last key of which
 * changes fastest; and the names of their outputs. */
#include "input/jobs.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "input/similar.h"
#include "model/atlas.h"
#include "base/banned.h"

static struct jobs_reader *reader_of(const struct pm_jval *value)
{
    return value->json->owner;
}

/* ---- templates ---------------------------------------------------------------------- */

/* The key whose value stands for {NAME}; JOB_KEYS if there is none. */
static int placeholder(const char *name, size_t length)
{
    int key = 0;
    for (; key < JOB_KEYS; key++) {
        const char *own = pm_job_keys[key].placeholder;
        if (own && strlen(own) == length && strncmp(own, name, length) == 0)
            break;
    }
    return key;
}

static bool bad_name(const struct pm_jval *value, const char *text, const char *why,
                     const char *help)
{
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-output-name", pm_jval_place(value),
             "an output can't be called \"%s\": %s", text, why);
    pm_help(value->json->diags, "%s", help);
    return false;
}

static bool unknown_placeholder(const struct pm_jval *value, const char *text, const char *name,
                                size_t length)
{
    const char *known[JOB_KEYS];
    size_t count = 0;
    struct pm_str list = {0};
    for (size_t i = 0; i < JOB_KEYS; i++)
        if (pm_job_keys[i].placeholder)
            known[count++] = pm_job_keys[i].placeholder;
    for (size_t i = 0; i < count; i++)
        pm_str_addf(&list, "%s{%s}", i ? ", " : "", known[i]);
    char *given = pm_strndup(value->json->arena, name, length);
    bad_name(value, text, pm_sprintf(value->json->arena, "nothing stands for {%s}", given),
             pm_sprintf(value->json->arena, "there are %s", pm_str_get(&list)));
    int near = pm_nearest(given, known, count);
    if (near >= 0)
        pm_help(value->json->diags, "did you mean {%s}?", known[near]);
    pm_str_finish(&list);
    return false;
}

static bool check_braces(const struct pm_jval *value, const char *text)
{
    for (const char *at = text; (at = strpbrk(at, "{}")) != NULL;) {
        size_t length = strcspn(at + 1, "{}");
        if (*at == '}' || at[1 + length] != '}')
            return bad_name(value, text, "it has a brace without its other half",
                            "write {date}, {lang} and the like for what differs");
        if (placeholder(at + 1, length) == JOB_KEYS)
            return unknown_placeholder(value, text, at + 1, length);
        at += length + 2;
    }
    return true;
}

/* Each part between slashes must be a name: no way leads out of the folder. */
static bool check_parts(const struct pm_jval *value, const char *text)
{
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, "/");
        bool dots = length <= 2 && strspn(at, ".") >= length;
        if (dots)
            return bad_name(value, text,
                            *text == '/' ? "it begins with a slash"
                                         : "it has an empty part, or one of dots",
                            "outputs lie in the folder of the jobs file, or that of --folder");
        at += length;
        if (!*at)
            return true;
    }
}

bool pm_jobs_template(const struct pm_jval *value, const char *text)
{
    const char *base = pm_path_base(text);
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            return bad_name(value, text, "it has a control character", "take it out");
    if (!check_parts(value, text) || !check_braces(value, text))
        return false;
    if (strchr(base, '.') && pm_format_of(base) != PM_FORMAT_UNKNOWN)
        return true;
    return bad_name(value, text, "its ending does not tell a format",
                    "end it in .png, .pdf, .svg, .html, .apng, .csv, .json, .txt or .scene");
}

/* ---- names -------------------------------------------------------------------------- */

/* Of a path the last part counts. */
static bool is_path(enum job_key key)
{
    return key == JOB_STATUS || key == JOB_SHAPES || key == JOB_STYLE || key == JOB_ALIASES ||
           key == JOB_FONT_DIR || key == JOB_COMPARE;
}

/* What a value is called in a file's name. */
static void add_slug(enum job_key key, const struct job_value *value, struct pm_str *out)
{
    struct pm_str words = {0};
    for (size_t i = 0; i < value->n; i++) {
        const char *s = value->v[i];
        bool path = is_path(key);
        const char *base = path ? pm_path_base(s) : s;
        size_t length = strlen(base);
        if (path && pm_has_ending(base, ".json"))
            length -= strlen(".json");
        else if (path && pm_has_ending(base, ".shp"))
            length -= strlen(".shp");
        pm_str_addc(&words, ' ');
        pm_str_addn(&words, base, length);
    }
    pm_slug(pm_str_get(&words), out);
    pm_str_finish(&words);
}

/* A status file's as_of; each file is read once. PM_NO_DATE if it can't be read: whoever draws it tells why. */
static pm_date as_of(struct jobs_reader *reader, const char *path)
{
    size_t known = 0;
    pm_date date = PM_NO_DATE;
    if (pm_index_get(&reader->as_of, path, &known))
        return (pm_date)known;
    struct pm_diags *unheard = pm_diags_new();
    struct pm_status *status = pm_status_load(path, unheard);
    if (status)
        date = status->as_of;
    pm_index_set(&reader->as_of, &reader->scratch, path, (size_t)date);
    pm_status_free(status);
    pm_diags_free(unheard);
    return date;
}

/* The day of a map that does not say "date": the last of its series, or the status file's; unknown if that can't be read. */
static struct job_value own_date(const struct pm_jval *object, const struct job_template *template,
                                 const struct job_value values[JOB_KEYS])
{
    struct pm_arena *arena = object->json->arena;
    struct job_value value = {.at = template->at, .v = PM_NEW(arena, const char *)};
    char iso[16];
    if (values[JOB_SERIES].n) {
        const char *days = values[JOB_SERIES].v[0], *comma = strrchr(days, ',');
        value.v[value.n++] = comma ? comma + 1 : days;
        return value;
    }
    pm_date date = as_of(reader_of(object), values[JOB_STATUS].v[0]);
    value.unknown = date == PM_NO_DATE;
    if (value.unknown)
        return value;
    pm_date_iso(date, iso);
    value.v[value.n++] = pm_strdup(arena, iso);
    return value;
}

static void nothing_left(const struct pm_jval *object, enum job_key key,
                         const struct job_value *value)
{
    pm_error(object->json->diags, PM_FAULT_DATA, "unfilled-output-name",
             pm_place_value(object->json->source, value->at),
             "nothing of \"%s\" can stand in a file's name", value->n ? value->v[0] : "");
    pm_help(object->json->diags, "leave {%s} out of \"output\"", pm_job_keys[key].placeholder);
}

/* The template with values for its placeholders; that of an unknown one stays. NULL and an error if one of them leaves
 * nothing. */
static const char *fill(const struct job_map *map, const struct job_template *template)
{
    const struct pm_jval *object = map->object;
    const struct job_value *values = map->values;
    struct pm_str out = {0};
    const char *at = template->text, *filled = NULL;
    while (*at) {
        size_t plain = strcspn(at, "{"), before = 0, length = 0;
        pm_str_addn(&out, at, plain);
        at += plain;
        if (!*at)
            break;
        length = strcspn(at, "}");
        int key = placeholder(at + 1, length - 1);
        struct job_value value =
            values[key].given || key != JOB_DATE ? values[key] : own_date(object, template, values);
        before = out.n;
        if (value.unknown)
            pm_str_addn(&out, at, length + 1);
        else
            add_slug((enum job_key)key, &value, &out);
        if (out.n == before) {
            nothing_left(object, (enum job_key)key, &value);
            pm_str_finish(&out);
            return NULL;
        }
        at += length + 1;
    }
    filled = pm_strdup(object->json->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return filled;
}

/* Keys of the matrix that the template does not tell apart, as "{date}, {lang}"; "" if there is none. */
static void add_untold(const struct job_layer *layer, const char *template, struct pm_str *out)
{
    for (size_t i = 0; i < layer->axis_count; i++) {
        const char *name = pm_job_keys[layer->axes[i].key].placeholder;
        struct pm_str text = {0};
        pm_str_addf(&text, "{%s}", name ? name : "");
        if (name && layer->axes[i].n > 1 && !strstr(template, pm_str_get(&text)))
            pm_str_addf(out, "%s%s", out->n ? ", " : "", pm_str_get(&text));
        pm_str_finish(&text);
    }
}

/* Where two maps come apart. */
struct parting {
    struct pm_at here, there;
    struct pm_str keys; /* of the matrix, as "\"date\", \"lang\""; "" if it is not one */
};

/* Two maps of one matrix come apart at the values of its keys, those of two objects at their templates, or, if they
 * share that, at the objects. */
static struct parting part(const struct job_map *map, const struct job_template *template,
                           const struct job_output *other)
{
    struct parting parting = {.here = template->at, .there = other->at};
    size_t stride = 1;
    bool same_object = map->object->at.value == other->map.value;
    if (!same_object && template->at.value == other->at.value) {
        parting.here = map->object->at;
        parting.there = other->map;
    }
    for (size_t k = 0; k < map->layer->axis_count; k++)
        stride *= map->layer->axes[k].n;
    for (size_t k = 0; same_object && k < map->layer->axis_count; k++) {
        const struct job_axis *axis = &map->layer->axes[k];
        stride /= axis->n;
        size_t i = map->index / stride % axis->n, j = other->index / stride % axis->n;
        if (i == j)
            continue;
        parting.here = axis->v[i].at;
        parting.there = axis->v[j].at;
        pm_str_addf(&parting.keys, "%s\"%s\"", parting.keys.n ? ", " : "",
                    pm_job_keys[axis->key].key);
    }
    return parting;
}

/* `why` two outputs that are not called the same exclude each other */
static void report_clash(const struct job_map *map, const struct job_template *template,
                         const char *path, const struct job_output *other, const char *why)
{
    const struct pm_json *json = map->object->json;
    struct parting parting = part(map, template, other);
    struct pm_place here = pm_place_value(json->source, parting.here),
                    there = pm_place_value(json->source, parting.there);
    const char *differ = parting.keys.n ? "; they differ in " : "",
               *keys = pm_str_get(&parting.keys);
    struct pm_str untold = {0};
    int line = 0, column = 0;
    pm_source_position(json->source, there.offset, &line, &column);
    if (pm_streq(path, other->path))
        pm_error(json->diags, PM_FAULT_USAGE, "duplicate-output", here,
                 "two maps would be \"%s\" (the other is of %d:%d)%s%s", path, line, column, differ,
                 keys);
    else
        pm_error(json->diags, PM_FAULT_USAGE, "duplicate-output", here,
                 "\"%s\" and \"%s\" (of %d:%d) %s%s%s", path, other->path, line, column, why,
                 differ, keys);
    if (pm_diags_kept(json->diags))
        add_untold(map->layer, template->text, &untold);
    if (untold.n)
        pm_help(json->diags, "put %s into the name", pm_str_get(&untold));
    else
        pm_help(json->diags, parting.keys.n
                                 ? "make each a map of its own in \"maps\", with its \"output\""
                                 : "give each a name of its own");
    pm_str_finish(&untold);
    pm_str_finish(&parting.keys);
}

/* Steps through the folders of a path, from the outermost in: cuts `path` behind the next one. False, and it is whole
 * again, at the end. */
static bool next_folder(char *path, char **slash)
{
    char *from = *slash ? *slash + 1 : path;
    if (*slash)
        **slash = '/';
    *slash = strchr(from, '/');
    if (*slash)
        **slash = '\0';
    return *slash != NULL;
}

/* The output that the name can't stand beside, and why; NULL: there is none. */
static const struct job_output *find_clash(const struct jobs_reader *reader, char *folded,
                                           const char **why)
{
    size_t index = 0;
    *why = "are one file on some systems";
    if (pm_index_get(&reader->paths, folded, &index))
        return &reader->outputs.v[index];
    *why = "can't both be: one is the other's folder";
    bool found = pm_index_get(&reader->folders, folded, &index);
    for (char *slash = NULL; next_folder(folded, &slash);)
        found = found || pm_index_get(&reader->paths, folded, &index);
    return found ? &reader->outputs.v[index] : NULL;
}

/* Remembers the name and its folders; an error if another output is in its way. */
static void claim(const struct job_map *map, const struct job_template *template, const char *path)
{
    struct jobs_reader *reader = reader_of(map->object);
    struct pm_arena *scratch = &reader->scratch;
    struct pm_str text = {0};
    const char *why = NULL;
    pm_fold_path(path, &text);
    char *folded = pm_strdup(scratch, pm_str_get(&text));
    pm_str_finish(&text);
    const struct job_output *other = find_clash(reader, folded, &why);
    if (other) {
        report_clash(map, template, path, other, why);
        return;
    }
    pm_index_set(&reader->paths, scratch, folded, reader->outputs.n);
    for (char *slash = NULL; next_folder(folded, &slash);)
        pm_index_set(&reader->folders, scratch, folded, reader->outputs.n);
    pm_vec_push(&reader->outputs,
                (struct job_output){path, template->at, map->object->at, map->index});
}

/* ---- maps --------------------------------------------------------------------------- */

static bool has(const struct job_layer *layer, enum job_key key)
{
    bool found = layer->values[key].given;
    for (size_t i = 0; i < layer->axis_count; i++)
        found = found || layer->axes[i].key == key;
    return found;
}

/* Has each placeholder of the template a value? Every map has a date. */
static void check_values(const struct pm_jval *object, const struct job_layer *layer,
                         const struct job_template *template)
{
    for (const char *at = template->text; (at = strchr(at, '{')) != NULL;) {
        size_t length = strcspn(at, "}");
        int key = placeholder(at + 1, length - 1);
        if (key != JOB_DATE && !has(layer, (enum job_key)key)) {
            pm_error(object->json->diags, PM_FAULT_DATA, "unfilled-output-name",
                     pm_place_value(object->json->source, template->at),
                     "{%s} stands here, but the map says no \"%s\"", pm_job_keys[key].placeholder,
                     pm_job_keys[key].key);
            pm_help(object->json->diags, "say \"%s\", or leave {%s} out", pm_job_keys[key].key,
                    pm_job_keys[key].placeholder);
        }
        at += length;
    }
}

static void add_options(struct pm_arena *arena, const struct job_value values[JOB_KEYS],
                        struct pm_job *job)
{
    size_t count = 0;
    for (size_t key = 0; key < JOB_KEYS; key++)
        count += values[key].n;
    struct pm_job_option *options = PM_NEW_N(arena, struct pm_job_option, count);
    job->options = options;
    for (size_t key = 0; key < JOB_KEYS; key++)
        for (size_t i = 0; i < values[key].n && pm_job_keys[key].option; i++)
            options[job->option_count++] = (struct pm_job_option){
                pm_job_keys[key].option, values[key].v[i], values[key].line, values[key].column};
}

/* `job`: where it is asked for */
static void add_job(const struct job_map *map, struct pm_job job)
{
    struct pm_arena *arena = map->object->json->arena;
    const struct job_layer *layer = map->layer;
    const struct job_value *status = &map->values[JOB_STATUS];
    job.status = status->v[0];
    job.status_line = status->line;
    job.status_column = status->column;
    const char **outputs = PM_NEW_N(arena, const char *, layer->output_count);
    job.outputs = outputs;
    for (size_t i = 0; i < layer->output_count; i++) {
        const char *path = fill(map, &layer->outputs[i]);
        if (!path)
            return;
        job.dated |= map->values[JOB_DATE].n && strstr(layer->outputs[i].text, "{date}");
        job.unnamed |= strchr(path, '{') != NULL;
        if (!job.unnamed)
            claim(map, &layer->outputs[i], path);
        outputs[job.output_count++] = path;
    }
    job.unnamed |= map->values[JOB_FOCUS].unknown;
    add_options(arena, map->values, &job);
    pm_vec_push(&reader_of(map->object)->jobs->list, job);
}

/* How many maps the layer makes; 0 and an error if they are too many. */
static size_t count_maps(const struct pm_jval *object, const struct job_layer *layer)
{
    size_t room = PM_MOST_JOBS - reader_of(object)->jobs->list.n, total = 1;
    for (size_t i = 0; i < layer->axis_count; i++) {
        size_t n = layer->axes[i].n;
        if (n && total > room / n) {
            pm_error(object->json->diags, PM_FAULT_DATA, "too-many", pm_jval_place(object),
                     "more than %d maps are too many for one file", PM_MOST_JOBS);
            pm_help(object->json->diags, "make several jobs files of it");
            return 0;
        }
        total *= n;
    }
    return total;
}

static const char *output_help(const struct pm_jval *object)
{
    const struct pm_jval maps = pm_jval_get(object, "maps");
    return pm_jval_given(&maps)
               ? "a \"matrix\" beside \"maps\" is of maps of its own, with their \"output\" here; "
                 "those in \"maps\" don't take it over: give it to each of them"
               : "where to write: \"output\": \"{name}.svg\"";
}

void pm_jobs_expand(const struct pm_jval *object, const struct job_layer *layer)
{
    size_t errors = pm_diags_errors(object->json->diags);
    if (!has(layer, JOB_STATUS))
        pm_jval_missing(object, "status", "which status file to draw: \"status\": \"status.json\"");
    if (!layer->has_outputs)
        pm_jval_missing(object, "output", output_help(object));
    for (size_t i = 0; i < layer->output_count; i++)
        check_values(object, layer, &layer->outputs[i]);
    if (layer->broken || pm_diags_errors(object->json->diags) != errors)
        return;
    const struct pm_source *source = object->json->source;
    struct pm_job job = {.file = pm_strdup(object->json->arena, source->name)};
    size_t total = count_maps(object, layer);
    pm_source_position(source, pm_jval_place(object).offset, &job.line, &job.column);
    for (size_t i = 0; i < total; i++) {
        struct job_map map = {.object = object, .layer = layer, .index = i};
        size_t rest = i;
        memcpy(map.values, layer->values, sizeof map.values);
        for (size_t k = layer->axis_count; k-- > 0; rest /= layer->axes[k].n)
            map.values[layer->axes[k].key] = layer->axes[k].v[rest % layer->axes[k].n];
        add_job(&map, job);
    }
}

/* ---- one map for each area ------------------------------------------------------------ */

static const char *only(const struct job_layer *layer, enum job_key key)
{
    return layer->values[key].n ? layer->values[key].v[0] : NULL;
}

/* The shapes that the layer names, or its status file. */
static struct pm_atlas *load_shapes(const struct job_layer *layer, struct pm_diags *diags)
{
    const struct pm_atlas_options bare = {only(layer, JOB_KEY_FIELD), only(layer, JOB_NAME_FIELD),
                                          only(layer, JOB_ENCODING), only(layer, JOB_CRS)};
    const char *name = only(layer, JOB_SHAPES), *path = only(layer, JOB_STATUS);
    struct pm_status *status = !name && path ? pm_status_load(path, diags) : NULL;
    if (status)
        name = pm_status_shapes(status);
    struct pm_atlas *atlas = name ? pm_atlas_load(name, &bare, diags) : NULL;
    pm_status_free(status);
    return atlas;
}

/* `like`: what else there is to be said of it */
static void add_each(struct pm_arena *arena, const char *name, const struct job_value *like,
                     struct job_axis *axis, struct job_value *v)
{
    v[axis->n] = *like;
    v[axis->n].n = 1;
    v[axis->n].v = PM_NEW(arena, const char *);
    v[axis->n++].v[0] = pm_strdup(arena, name);
}

/* What --focus finds it by: its code, or its name behind its parent's. */
static const char *area_key(struct pm_arena *arena, const struct pm_feature *area)
{
    const char *name = pm_text_get(&area->name, "en", NULL);
    if (area->key || !name)
        return area->key;
    return area->parent ? pm_sprintf(arena, "%s/%s", area->parent, name) : name;
}

static void list_each(struct pm_arena *arena, const struct pm_layer *areas, bool parents,
                      const struct job_value *like, struct job_axis *axis)
{
    struct pm_index known = {0};
    struct pm_arena scratch = {0};
    struct job_value *v = PM_NEW_N(arena, struct job_value, areas->feature_count);
    axis->v = v;
    for (size_t i = 0; i < areas->feature_count; i++) {
        const struct pm_feature *area = &areas->features[i];
        const char *name = parents ? area->parent : area_key(arena, area);
        size_t seen = 0;
        if (!name || pm_index_get(&known, name, &seen))
            continue;
        pm_index_set(&known, &scratch, name, i);
        add_each(arena, name, like, axis, v);
    }
    pm_arena_finish(&scratch);
}

void pm_jobs_each(const struct pm_jval *value, const struct job_layer *layer, bool parents,
                  struct job_axis *axis)
{
    struct pm_diags *diags = value->json->diags, *unheard = pm_diags_new();
    struct pm_atlas *atlas = load_shapes(layer, unheard);
    bool unreadable = !atlas && pm_diags_errors(unheard);
    pm_diags_free(unheard);
    struct job_value like = pm_jobs_value(value);
    if (atlas)
        list_each(value->json->arena, &atlas->layers[PM_LAYER_AREAS], parents, &like, axis);
    if (unreadable) { /* whoever draws it tells why */
        struct job_value *unknown = PM_NEW(value->json->arena, struct job_value);
        *unknown = like;
        unknown->unknown = true;
        axis->v = unknown;
        axis->n = 1;
    }
    if (!axis->n) {
        pm_error(diags, PM_FAULT_DATA, "no-areas", pm_jval_place(value),
                 atlas ? "the areas of these shapes have no parents"
                       : "whose areas? No shapes are named beside the matrix");
        pm_help(diags,
                atlas ? "take \"each\": \"area\"" : "name \"shapes\", or a \"status\" that does");
    }
    pm_atlas_free(atlas);
}
