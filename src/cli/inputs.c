#include "cli/inputs.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/fatal.h"
#include "cli/target.h"
#include "cli/timings.h"
#include "base/banned.h"

void inputs_check(const struct options *o, struct pm_diags *diags)
{
    if (o->font_dir && !pm_is_folder(o->font_dir))
        pm_error(diags, PM_FAULT_USAGE, "no-font-folder", pm_place_option("font-dir"),
                 "there is no folder \"%s\"", o->font_dir);
    if (!o->join_report)
        return;
    target_check(diags, o->join_report, true);
    for (size_t i = 0; i < o->outputs.n; i++)
        if (pm_streq(o->join_report, o->outputs.v[i]) ||
            target_same_file(o->join_report, o->outputs.v[i]))
            usage_error(diags, "duplicate-output", "named twice as output:", o->join_report);
}

/* ---- loading ------------------------------------------------------------------------ */

static const void *take(struct inputs *inputs, const struct shelf_wish *wish,
                        struct pm_diags *diags)
{
    const struct shelf_item *item = shelf_take(inputs->studio->shelf, wish, diags);
    inputs->taken[inputs->taken_count++] = item;
    return item->object;
}

static const void *take_named(struct inputs *inputs, enum shelf_kind kind, const char *name,
                              struct pm_diags *diags)
{
    return take(inputs, &(struct shelf_wish){.kind = kind, .name = name}, diags);
}

static const void *take_style(struct inputs *inputs, const char *name, enum pm_theme theme,
                              struct pm_diags *diags)
{
    return take(inputs, &(struct shelf_wish){.kind = SHELF_STYLE, .name = name, .theme = theme},
                diags);
}

/* Neither a picture nor the join report may replace what was read. */
static bool check_overwriting(const struct inputs *inputs, const struct options *o,
                              struct pm_diags *diags)
{
    const char *const read[] = {
        o->words.v[0], inputs->style_name, inputs->shapes_name,
        o->aliases,    o->compare,         inputs->atlas ? pm_atlas_path(inputs->atlas) : NULL};
    bool safe = true;
    for (size_t i = 0; i <= o->outputs.n; i++) {
        const char *path = i < o->outputs.n ? o->outputs.v[i] : o->join_report;
        bool input = false;
        for (size_t k = 0; k < sizeof read / sizeof *read; k++)
            input |= target_same_file(path, read[k]);
        if (input)
            target_refuse_input(diags, path);
        safe = safe && !input;
    }
    return safe;
}

/* Options that speak of the fields, letters or coordinates of one file. */
static void check_bare_options(const struct inputs *inputs, const struct options *o,
                               struct pm_diags *diags)
{
    const char *name = inputs->shapes_name;
    const struct {
        const char *option, *value;
    } bare[] = {
        {"key", o->key_field}, {"name", o->name_field}, {"encoding", o->encoding}, {"crs", o->crs}};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++) {
        if (!bare[i].value || !name || pm_has_ending(name, ".shp"))
            continue;
        pm_error(diags, PM_FAULT_USAGE, "fields-without-shp", pm_place_option(bare[i].option),
                 "it is for a bare .shp, not for \"%s\"", name);
        pm_help(diags, "a shapes.json says this itself");
    }
}

static void load_shapes(struct inputs *inputs, const struct options *o, struct pm_diags *diags)
{
    inputs->shapes_name = o->shapes        ? o->shapes
                          : inputs->status ? pm_status_shapes(inputs->status)
                                           : NULL;
    if (inputs->shapes_name) {
        const struct shelf_wish wish = {
            .kind = SHELF_SHAPES,
            .name = inputs->shapes_name,
            .bare = {o->key_field, o->name_field, o->encoding, o->crs},
        };
        inputs->atlas = take(inputs, &wish, diags);
    } else if (inputs->status) {
        usage_error(diags, "no-shapes", "the status file names no shapes", NULL);
        pm_help(diags, "say which with -s, for example -s afghanistan");
    }
    check_bare_options(inputs, o, diags);
}

/* Written whatever came out, as it is wanted most when names don't match; an old report must not
 * pass for a new one. */
static void write_join_report(const struct inputs *inputs, const struct options *o,
                              struct pm_diags *diags)
{
    static const char failed[] =
        "{\n \"format\": \"provmap-join/1\",\n \"failed\": \"inputs can't be "
        "read: see the messages of provmap\"\n}\n";
    struct pm_join_report_options options = {.aliases = inputs->aliases, .date = o->date};
    char *data = NULL;
    size_t size = 0;
    bool ready = inputs->status && inputs->atlas && (!o->aliases || inputs->aliases);
    if (ready && pm_join_report(inputs->atlas, inputs->status, &options, &data, &size, diags))
        target_write(o->join_report, data, size, diags);
    else
        target_write(o->join_report, failed, sizeof failed - 1, diags);
    free(data);
}

bool inputs_load(struct inputs *inputs, struct studio *studio, const struct options *o,
                 struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    inputs->studio = studio;
    inputs->status = take_named(inputs, SHELF_STATUS, o->words.v[o->words.n - 1], diags);
    if (o->compare)
        inputs->before = take_named(inputs, SHELF_STATUS, o->compare, diags);
    timings_done(o->timings, "status");
    load_shapes(inputs, o, diags);
    timings_done(o->timings, "shapes");
    inputs->style_name = o->style         ? o->style
                         : inputs->status ? pm_status_style(inputs->status)
                                          : NULL;
    const char *usual = o->for_print ? "print" : "default";
    const char *style = inputs->style_name ? inputs->style_name : usual;
    inputs->style = take_style(inputs, style, o->theme, diags);
    if (o->both_themes && inputs->style)
        inputs->dark = take_style(inputs, style, PM_THEME_DARK, diags);
    timings_done(o->timings, "style");
    if (o->aliases)
        inputs->aliases = take_named(inputs, SHELF_ALIASES, o->aliases, diags);
    if (check_overwriting(inputs, o, diags) && o->join_report)
        write_join_report(inputs, o, diags);
    return pm_diags_errors(diags) == errors;
}

/* ---- the map ------------------------------------------------------------------------ */

/* An engine looks for fonts in one folder. */
static void hire_engine(struct studio *studio, const char *font_dir, struct pm_diags *diags)
{
    const struct pm_engine_options options = {font_dir, .sole_fontconfig = true,
                                              .threads = (int)studio->threads};
    if (studio->engine && pm_streq(studio->font_dir, font_dir))
        return;
    fatal_check_memory(diags);
    pm_engine_free(studio->engine);
    studio->engine = pm_engine_new(&options, diags);
    studio->font_dir = font_dir;
}

bool inputs_move(const struct options *o)
{
    bool moves = o->animated || o->format == PM_FORMAT_APNG;
    for (size_t i = 0; i < o->outputs.n; i++)
        moves |= pm_format_of(pm_path_base(o->outputs.v[i])) == PM_FORMAT_APNG;
    return moves;
}

struct pm_map *inputs_map(struct inputs *inputs, const struct options *o, struct pm_diags *diags)
{
    const struct pm_map_options map = {
        .width = o->width,
        .height = o->height,
        .width_mm = o->width_mm,
        .height_mm = o->height_mm,
        .dpi = o->dpi,
        .date = o->date,
        .exact_date = o->exact_date,
        .since = o->since,
        .series = o->series,
        .every = o->every,
        .animated = inputs_move(o),
        .frame_seconds = o->frame_seconds,
        .before = inputs->before,
        .lang = o->lang,
        .focus = o->focus.v,
        .focus_count = o->focus.n,
        .projection = o->projection,
        .id_prefix = o->id_prefix,
        .png_level = o->png_level,
        .svg = o->svg,
        .dark = inputs->dark,
        .aliases = inputs->aliases,
        .unmatched_warns = o->unmatched_warns,
        .stages = {o->timings ? timings_done : NULL, o->timings},
        .progress = {progress_step, inputs->studio->progress},
    };
    size_t errors = pm_diags_errors(diags);
    hire_engine(inputs->studio, o->font_dir, diags);
    if (pm_diags_errors(diags) != errors)
        return NULL;
    return pm_map_new(inputs->studio->engine, inputs->atlas, inputs->style, inputs->status, &map,
                      diags);
}

void inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->taken_count; i++)
        shelf_put_back(inputs->studio->shelf, inputs->taken[i]);
}

void studio_finish(struct studio *studio, bool shelf_too)
{
    pm_engine_free(studio->engine);
    if (shelf_too)
        shelf_free(studio->shelf);
}
