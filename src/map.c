/* The pipeline: inputs -> draft -> scene -> bytes. One line a stage. */
#include <math.h>
#include <string.h>

#include "base/cache.h"
#include "base/limits.h"
#include "base/str.h"
#include "layout/insets.h"
#include "layout/series.h"
#include "layout/state.h"
#include "output/output.h"
#include "map.h"
#include "base/banned.h"

#define MM_PER_INCH 25.4
#define SCREEN_DPI 96.0
#define FRAME_SECONDS 1.5

enum { MOST_PNG_LEVEL = 12 };   /* libdeflate's */
enum { MOST_COVERS = 8 << 20 }; /* bytes: of two maps of a country and its districts */

/* Fonts are dear to load: an engine keeps those of the families it has met. */
struct font_set {
    const char *families;
    struct pm_fonts *fonts;
};

struct pm_engine {
    struct pm_arena arena;
    const char *font_dir; /* or NULL */
    PM_VEC(struct font_set) sets;
    struct pm_plate *plate;
    struct pm_tracings *tracings;
    int threads;
};

struct pm_map {
    struct pm_arena arena; /* of the draft */
    struct pm_draft draft;
    struct pm_scene scene;
    struct pm_map *dark;    /* the same in the dark, or NULL */
    struct pm_plate *plate; /* the engine's … */
    struct pm_tracings *tracings;
    struct pm_packing packing; /* of PNG */
    struct pm_svg_options svg;
};

const char *pm_version(void)
{
    return PM_VERSION;
}

/* ---- engine ------------------------------------------------------------------------------------ */

struct pm_engine *pm_engine_new(const struct pm_engine_options *options, struct pm_diags *diags)
{
    struct pm_engine *engine = pm_xrealloc(NULL, 1, sizeof *engine);
    memset(engine, 0, sizeof *engine);
    engine->plate = pm_plate_new(MOST_COVERS, PM_MOST_KEPT_PIXELS);
    engine->tracings = pm_tracings_new(PM_MOST_TRACED_BYTES);
    engine->font_dir = pm_strdup(&engine->arena, options ? options->font_dir : NULL);
    engine->threads = options ? options->threads : 0;
    if (options && options->sole_fontconfig)
        pm_fonts_alone();
    (void)diags;
    return engine;
}

void pm_engine_free(struct pm_engine *engine)
{
    if (!engine)
        return;
    for (size_t i = 0; i < engine->sets.n; i++)
        pm_fonts_free(engine->sets.v[i].fonts);
    pm_vec_finish(&engine->sets);
    pm_plate_free(engine->plate);
    pm_tracings_free(engine->tracings);
    pm_arena_finish(&engine->arena);
    free(engine);
}

/* `families`: all of the style. */
static struct pm_fonts *engine_fonts(struct pm_engine *engine, const struct pm_style *style,
                                     const char *families, struct pm_diags *diags)
{
    for (size_t i = 0; i < engine->sets.n; i++)
        if (pm_streq(engine->sets.v[i].families, families)) {
            pm_fonts_trim(engine->sets.v[i].fonts);
            return engine->sets.v[i].fonts;
        }
    struct pm_fonts *fonts = pm_fonts_new(engine->font_dir, style->family, diags);
    if (!fonts)
        return NULL;
    pm_fonts_offer(fonts, PM_SCRIPT_ARABIC, style->family_arabic);
    pm_fonts_offer(fonts, PM_SCRIPT_MYANMAR, style->family_myanmar);
    pm_vec_push(&engine->sets, (struct font_set){pm_strdup(&engine->arena, families), fonts});
    return fonts;
}

/* ---- options ------------------------------------------------------------------------------------- */

static void check_png_level(struct pm_draft *draft, int level)
{
    if (level >= -1 && level <= MOST_PNG_LEVEL)
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "bad-option", pm_place_option("png-level"),
             "the level can't be %d", level);
    pm_help(draft->diags, "1 to %d, 0 for the default, -1 to pack nothing", MOST_PNG_LEVEL);
}

static int pixels_of(const struct pm_draft *draft, double mm)
{
    return (int)lround(fmin(mm / MM_PER_INCH * draft->dpi, 2.0 * PM_MOST_SIDE));
}

static void read_size(struct pm_draft *draft, const struct pm_map_options *options)
{
    const struct pm_style *style = draft->style;
    bool mm = options->width_mm > 0 && options->height_mm > 0;
    draft->dpi = options->dpi > 0 ? options->dpi : style->page.dpi;
    draft->density = mm ? draft->dpi / SCREEN_DPI : 1;
    draft->width = options->width ? options->width : (int)style->page.width;
    draft->height = options->height ? options->height : (int)style->page.height;
    if (!mm)
        return;
    draft->width_mm = options->width_mm;
    draft->height_mm = options->height_mm;
    draft->width = pixels_of(draft, draft->width_mm);
    draft->height = pixels_of(draft, draft->height_mm);
    if (draft->width >= PM_LEAST_SIDE && draft->height >= PM_LEAST_SIDE &&
        draft->width <= PM_MOST_SIDE && draft->height <= PM_MOST_SIDE &&
        (double)draft->width * draft->height <= PM_MOST_PIXELS)
        return;
    pm_error(draft->diags, PM_FAULT_USAGE, "bad-option", pm_place_option("size"),
             "a page of %gx%g mm would have %dx%d pixels at %g dpi", draft->width_mm,
             draft->height_mm, draft->width, draft->height, draft->dpi);
    pm_help(draft->diags, "%d to %d a side and at most %d million in all are possible",
            PM_LEAST_SIDE, PM_MOST_SIDE, PM_MOST_PIXELS / 1000000);
}

static void read_options(struct pm_draft *draft, const struct pm_map_options *options)
{
    read_size(draft, options);
    draft->stages = options->stages;
    draft->progress = options->progress;
    check_png_level(draft, options->png_level);
}

/* ---- the pipeline ---------------------------------------------------------------------------------- */

/* Words fall back to English: that must be seen, and the file must not claim another language. */
static void check_language(struct pm_draft *draft)
{
    const char *got = NULL;
    pm_text_get(&draft->style->words[PM_WORD_AS_OF], draft->lang, &got);
    if (!got || !*got || pm_lang_covers(got, draft->lang))
        return;
    pm_warning(draft->diags, "unknown-language", (struct pm_place){0},
               "provmap has no words in \"%s\"; they are in \"%s\"", draft->lang, got);
    pm_help(draft->diags, "it has them in %s; give others in the style's \"words\"",
            pm_language_codes(draft->arena));
}

static void check_dates(struct pm_draft *draft)
{
    if (draft->before)
        pm_tell_undated(draft->before);
    if (draft->series) /* its first map tells what has no date */
        return;
    pm_tell_undated(draft);
    pm_tell_too_early(draft);
}

static void lay_ground(struct pm_draft *draft)
{
    pm_layout_shares(draft);
    pm_layout_page(draft);
    pm_stage_done(&draft->stages, "page");
    pm_layout_parents(draft);
    pm_stage_done(&draft->stages, "parents");
    draft->bare = pm_memdup(draft->arena, draft, sizeof *draft);
    if (draft->series)
        return;                /* each of its maps has its own */
    pm_layout_geometry(draft); /* names its own stages, if there are any */
}

static void lay_out(struct pm_draft *draft)
{
    if (draft->series) {
        pm_layout_series(draft);
        pm_stage_done(&draft->stages, "series");
        return;
    }
    static const struct {
        void (*run)(struct pm_draft *draft);
        const char *name;
    } stages[] = {
        {pm_layout_places, "places"},
        {pm_layout_scale_bar, "scale bar"}, /* lies on open ground; callouts may move */
        {pm_layout_north, "north"},
        {pm_layout_graticule, "graticule"},
        {pm_layout_event_marks,
         "event marks"}, /* before insets, which show them where the map does */
        {pm_layout_insets, "insets"},
        {pm_layout_events, "callouts"},
        {pm_layout_labels, "labels"},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        stages[i].run(draft);
        pm_stage_done(&draft->stages, stages[i].name);
    }
}

static void compose_map(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_ident map = {.role = "layer", .key = "map", .classes = "map"};
    pm_scene_begin(scene, &map, draft->page.map);
    pm_compose_ground(draft, scene);
    pm_compose_inset_outlines(draft, scene);
    pm_compose_marks(draft, scene);
    pm_compose_insets(draft, scene);
    pm_scene_end(scene);
    pm_compose_furniture(draft, scene);
}

static void compose_day(const struct pm_draft *draft, const struct pm_series_map *map,
                        struct pm_scene *scene)
{
    char iso[16];
    pm_date_iso(map->date, iso);
    const struct pm_attr attrs[] = {{"data-date", iso}};
    const struct pm_ident day = {
        .role = "day", .key = iso, .classes = "day", .attrs = attrs, .attr_count = 1};
    const struct pm_ident all = {.role = "layer", .key = "days", .classes = "days"};
    scene->origin = map->at;
    pm_scene_begin(scene, draft->series->animated ? &all : &day, (struct pm_box){0});
    pm_compose_series_caption(draft, map->draft, scene);
    compose_map(map->draft, scene);
    pm_scene_end(scene);
    scene->origin = (struct pm_pt){0};
}

static void compose_series(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_series *series = draft->series;
    if (series->animated) {
        compose_day(draft, &series->maps[series->shown], scene);
        return;
    }
    for (size_t i = 0; i < series->count; i++)
        compose_day(draft, &series->maps[i], scene);
}

static void compose_figure(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_ident figure = {.role = "layer",
                                    .key = "figure",
                                    .classes = "figure",
                                    .part = PM_PART_FIGURE,
                                    .label = pm_words_of(draft, PM_WORD_MAP, NULL)};
    pm_scene_begin(scene, &figure, (struct pm_box){0});
    if (draft->series)
        compose_series(draft, scene);
    else
        compose_map(draft, scene);
    pm_scene_end(scene);
}

/* In the order in which the page is read. */
static void compose(const struct pm_draft *draft, const struct pm_map_options *options,
                    struct pm_scene *scene)
{
    scene->width = draft->width;
    scene->height = draft->height;
    scene->width_mm = draft->width_mm;
    scene->height_mm = draft->height_mm;
    scene->dpi = draft->dpi;
    scene->background = draft->style->color.page;
    scene->lang = draft->lang;
    scene->dir = draft->rtl ? "rtl" : "ltr";
    scene->id_prefix = options->id_prefix;
    scene->class_prefix = options->id_prefix ? options->id_prefix : "pm";
    scene->family = draft->family;
    pm_compose_metadata(draft, scene);
    pm_compose_header(draft, scene);
    compose_figure(draft, scene);
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = "panel", .classes = "panel"},
                   (struct pm_box){0});
    pm_compose_panel(draft, scene);
    pm_scene_end(scene);
    pm_compose_footer(draft, scene);
}

/* A scene for each day, made into one. */
static void compose_frames(const struct pm_draft *draft, const struct pm_map_options *options,
                           struct pm_scene *scene)
{
    size_t count = draft->series->count;
    const char **names = PM_NEW_N(draft->arena, const char *, count);
    struct pm_scene *frames = pm_xrealloc(NULL, count, sizeof *frames);
    memset(frames, 0, count * sizeof *frames);
    for (size_t i = 0; i < count; i++) {
        struct pm_draft frame = pm_series_frame(draft, i);
        frame.diags = pm_diags_new(); /* most have the same to say */
        compose(&frame, options, &frames[i]);
        pm_diags_merge(draft->diags, frame.diags);
        pm_diags_free(frame.diags);
        names[i] = pm_date_of(draft, draft->series->maps[i].date);
        pm_progress_step(&draft->progress, "composed", i + 1, count);
    }
    pm_scene_animate(scene, frames, count);
    scene->frames = names;
    scene->frame_seconds = options->frame_seconds > 0 ? options->frame_seconds : FRAME_SECONDS;
    for (size_t i = 0; i < count; i++)
        pm_scene_finish(&frames[i]);
    free(frames);
}

static void load_fonts(struct pm_draft *draft, struct pm_engine *engine)
{
    const struct pm_style *style = draft->style;
    draft->family = pm_sprintf(draft->arena, "%s, %s, %s", style->family, style->family_arabic,
                               style->family_myanmar);
    draft->fonts = engine_fonts(engine, style, draft->family, draft->diags);
    pm_stage_done(&draft->stages, "fonts");
}

/* Each map of a series has statuses of its own. */
static void check_contrast(struct pm_draft *draft)
{
    if (draft->series)
        pm_series_check_contrast(draft);
    else
        pm_check_contrast(draft);
}

static bool draw_the_same(const struct pm_scene *a, const struct pm_scene *b)
{
    bool same = a->nodes.n == b->nodes.n && a->patterns.n == b->patterns.n;
    for (size_t i = 0; same && i < a->nodes.n; i++)
        same = a->nodes.v[i].kind == b->nodes.v[i].kind &&
               a->nodes.v[i].frames.first == b->nodes.v[i].frames.first &&
               a->nodes.v[i].frames.end == b->nodes.v[i].frames.end;
    return same;
}

/* The map once more, with the dark style. What there is to say was said of the light one, but of its
 * colours. */
static void make_dark(struct pm_map *map, struct pm_engine *engine,
                      const struct pm_map_options *options)
{
    const struct pm_draft *light = &map->draft;
    struct pm_map_options own = *options;
    struct pm_diags *heard = pm_diags_new();
    own.dark = NULL;
    own.stages = (struct pm_stages){0};
    map->dark = pm_map_new(engine, light->atlas, options->dark, light->status, &own, heard);
    pm_diags_free(heard);
    if (!map->dark || !draw_the_same(&map->scene, &map->dark->scene)) {
        pm_error(light->diags, PM_FAULT_DATA, "themes-differ", (struct pm_place){0},
                 "in the dark other things are drawn than in the light");
        pm_help(light->diags, "give colours that are \"none\" in one theme a value in it, too");
        return;
    }
    map->dark->draft.diags = light->diags;
    check_contrast(&map->dark->draft);
}

struct pm_map *pm_map_new(struct pm_engine *engine, const struct pm_atlas *atlas,
                          const struct pm_style *style, const struct pm_status *status,
                          const struct pm_map_options *options, struct pm_diags *diags)
{
    static const struct pm_map_options defaults;
    size_t errors = pm_diags_errors(diags);
    options = options ? options : &defaults;
    struct pm_map *map = pm_xrealloc(NULL, 1, sizeof *map);
    memset(map, 0, sizeof *map);
    map->packing = (struct pm_packing){options->png_level, engine->threads};
    map->plate = engine->plate;
    map->tracings = engine->tracings;
    map->svg = options->svg;
    struct pm_draft *draft = &map->draft;
    *draft = (struct pm_draft){
        .atlas = atlas, .style = style, .status = status, .arena = &map->arena, .diags = diags};
    read_options(draft, options);
    pm_layout_begin(draft, options);
    pm_layout_projection(draft, options->projection);
    pm_stage_done(&draft->stages, "join");
    if (pm_diags_errors(diags) == errors) /* a wrong input is told without waiting for fonts */
        load_fonts(draft, engine);
    if (pm_diags_errors(diags) == errors)
        lay_ground(draft);
    if (pm_diags_errors(diags) == errors) {
        lay_out(draft);
        check_dates(draft);
        pm_tell_unseen(draft);
        check_language(draft);
        check_contrast(draft);
        pm_check_names(draft);
        if (draft->series && draft->series->animated)
            compose_frames(draft, options, &map->scene);
        else
            compose(draft, options, &map->scene);
        if (options->dark)
            make_dark(map, engine, options);
        pm_stage_done(&draft->stages, "compose");
    }
    if (draft->fonts)
        pm_fonts_tell(draft->fonts, diags);
    pm_reproject_free(draft->projection.proj);
    draft->projection.proj = NULL;
    if (pm_diags_errors(diags) == errors)
        return map;
    pm_map_free(map);
    return NULL;
}

const struct pm_draft *pm_map_draft(const struct pm_map *map)
{
    return &map->draft;
}

const struct pm_scene *pm_map_scene(const struct pm_map *map)
{
    return &map->scene;
}

void pm_map_free(struct pm_map *map)
{
    if (!map)
        return;
    pm_map_free(map->dark);
    if (map->draft.series)
        pm_series_free(&map->draft);
    else
        pm_cache_release(map->draft.atlas->cache, map->draft.base);
    pm_insets_release(&map->draft);
    pm_scene_finish(&map->scene);
    pm_arena_finish(&map->arena);
    free(map);
}

/* ---- output ------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    enum pm_format format;
} formats[] = {{"png", PM_FORMAT_PNG},     {"pdf", PM_FORMAT_PDF},  {"svg", PM_FORMAT_SVG},
               {"scene", PM_FORMAT_SCENE}, {"csv", PM_FORMAT_CSV},  {"json", PM_FORMAT_JSON},
               {"html", PM_FORMAT_HTML},   {"txt", PM_FORMAT_TEXT}, {"apng", PM_FORMAT_APNG}};

/* ASCII letters only, whatever the locale; `b` is in small letters. */
static bool same_word(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a | 0x20) : *a;
        if (x != *b)
            return false;
    }
    return *a == *b;
}

enum pm_format pm_format_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (same_word(dot ? dot + 1 : name, formats[i].name))
            return formats[i].format;
    return PM_FORMAT_UNKNOWN;
}

static void encode_page(const struct pm_map *map, struct pm_str *out)
{
    const struct pm_drawn light = {&map->draft, &map->scene};
    const struct pm_drawn dark = {map->dark ? &map->dark->draft : NULL,
                                  map->dark ? &map->dark->scene : NULL};
    pm_write_page(&light, map->dark ? &dark : NULL, map->draft.fonts, map->tracings, &map->svg,
                  out);
}

/* Tables and pages tell of one day. */
static bool check_series(const struct pm_map *map, enum pm_format format, struct pm_diags *diags)
{
    bool moves = map->scene.frame_count > 0;
    if (format == PM_FORMAT_APNG && !moves) {
        pm_error(diags, PM_FAULT_USAGE, "not-animated", (struct pm_place){0},
                 "an animated PNG needs a map that is animated");
        pm_help(diags, "add --animate, or write PNG");
        return false;
    }
    if (!map->draft.series || (format == PM_FORMAT_HTML && moves) ||
        (format != PM_FORMAT_CSV && format != PM_FORMAT_JSON && format != PM_FORMAT_HTML))
        return true;
    pm_error(diags, PM_FAULT_USAGE, "not-for-series", (struct pm_place){0},
             "tables and pages are of one day, not of a series");
    pm_help(diags, "write PNG, PDF, SVG or text, choose a day (--date), or let a page show the "
                   "days one after the "
                   "other (--animate)");
    return false;
}

/* Of an animation, the last frame. */
static bool encode_still(const struct pm_map *map, enum pm_format format, struct pm_str *out,
                         struct pm_diags *diags)
{
    size_t frames = map->scene.frame_count;
    struct pm_scene still = pm_scene_still(&map->scene, frames ? frames - 1 : 0);
    bool good = format == PM_FORMAT_PNG
                    ? pm_write_png(&still, map->draft.fonts, map->plate, map->packing, out, diags)
                    : pm_write_pdf(&still, map->draft.fonts, out, diags);
    pm_scene_still_finish(&still);
    return good;
}

static bool encode(struct pm_map *map, enum pm_format format, struct pm_str *out,
                   struct pm_diags *diags)
{
    if (!check_series(map, format, diags))
        return false;
    switch (format) {
    case PM_FORMAT_PNG:
    case PM_FORMAT_PDF:
        return encode_still(map, format, out, diags);
    case PM_FORMAT_APNG:
        return pm_write_apng(&map->scene, map->draft.fonts, map->plate, map->packing,
                             &map->draft.progress, out, diags);
    case PM_FORMAT_SVG:
        pm_write_svg(&map->scene, map->dark ? &map->dark->scene : NULL, map->draft.fonts,
                     map->tracings, &map->svg, out);
        return true;
    case PM_FORMAT_SCENE:
        pm_scene_dump(&map->scene, out);
        return true;
    case PM_FORMAT_CSV:
        pm_write_csv(&map->draft, out);
        return true;
    case PM_FORMAT_JSON:
        pm_write_table_json(&map->draft, out);
        return true;
    case PM_FORMAT_HTML:
        encode_page(map, out);
        return true;
    case PM_FORMAT_TEXT:
        pm_str_add(out, pm_alt_text(&map->draft));
        return true;
    case PM_FORMAT_UNKNOWN:
        break;
    }
    pm_error(diags, PM_FAULT_USAGE, "unknown-format", (struct pm_place){0}, "no such format");
    return false;
}

bool pm_map_encode(struct pm_map *map, enum pm_format format, char **data, size_t *size,
                   struct pm_diags *diags)
{
    struct pm_str out = {0};
    if (!encode(map, format, &out, diags)) {
        pm_str_finish(&out);
        return false;
    }
    *data = out.s; /* the string's buffer is the caller's from here on */
    *size = out.n;
    return true;
}
