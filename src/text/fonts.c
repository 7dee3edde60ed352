/* A private fontconfig configuration with the files of the families asked for and nothing else. It
 * reads no system configuration and no cache, so it is quick to make and the same everywhere. */
#include "text/fonts.h"

#include <pango/pangofc-fontmap.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "text/fonts_private.h"
#include "base/banned.h"

enum { MOST_DEPTH = 6 }; /* of folders below a font folder */

/* ---- where fonts lie ------------------------------------------------------------------------- */

/* What follows the family in the names of its files: "NotoSans-Bold.ttf", "NotoSans[wght].ttf". */
static const struct {
    const char *suffix;
    unsigned bit;
} styles[] = {{"-Regular", 1}, {"-Bold", 2}, {"-Italic", 4}, {"-BoldItalic", 8}, {"", 1}};
static const char *const endings[] = {".ttf", ".otf", ".ttc"};

enum { NEEDED = 1 | 2 }; /* with these the search ends; italics lie beside them */

struct family {
    const char *name, *stem; /* "Noto Sans", "NotoSans" */
    unsigned found;          /* bits of styles */
};

struct search {
    struct pm_arena arena;
    FcConfig *config;
    struct family *families;
    size_t count;
};

static bool is_font_name(const char *name)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (pm_ends_with(name, endings[i]))
            return true;
    return false;
}

/* The style that a file of this name has in the family; 0 if it is none of ours. */
static unsigned style_of(const struct family *family, const char *name)
{
    size_t stem = strlen(family->stem);
    if (strncmp(name, family->stem, stem) != 0)
        return 0;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        size_t n = strlen(styles[i].suffix);
        const char *rest = name + stem + n;
        if (strncmp(name + stem, styles[i].suffix, n) != 0)
            continue;
        if (*rest == '[') /* a variable font holds all weights */
            return styles[i].bit * 3;
        if (*rest == '.')
            return styles[i].bit;
    }
    return 0;
}

static void take_file(struct search *search, const char *path)
{
    for (size_t i = 0; i < search->count; i++) {
        struct family *family = &search->families[i];
        unsigned style = style_of(family, pm_path_base(path));
        if (style & ~family->found && FcConfigAppFontAddFile(search->config, (const FcChar8 *)path))
            family->found |= style;
    }
}

static bool all_found(const struct search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if ((search->families[i].found & NEEDED) != NEEDED)
            return false;
    return true;
}

/* Sorted, so that which of two files of one name is taken does not depend on the file system. */
static void walk(struct search *search, const char *folder, int depth)
{
    const char **names = NULL;
    size_t count = pm_list_folder(&search->arena, folder, &names);
    for (size_t i = 0; i < count; i++) {
        const char *path = pm_path_join(&search->arena, folder, names[i]);
        if (is_font_name(path))
            take_file(search, path);
        else if (depth < MOST_DEPTH && pm_is_folder(path))
            walk(search, path, depth + 1);
    }
}

/* Where Debian, Arch and Fedora put Noto comes first: one folder is read then, not a whole tree. */
static const char *const folders[] = {
    "/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto",
    "/usr/share/fonts/google-noto",   "/usr/share/fonts",
    "/usr/local/share/fonts",         "/run/current-system/sw/share/X11/fonts",
    "/opt/homebrew/share/fonts",      "/Library/Fonts",
};

static const struct {
    const char *variable, *below;
} own_folders[] = {
    {"XDG_DATA_HOME", "fonts"}, {"HOME", ".local/share/fonts"}, {"HOME", "Library/Fonts"}};

/* The folders that a colon-separated list of data folders stands for, as NixOS and Guix use it. */
static void walk_data_folders(struct search *search, const char *list)
{
    while (*list) {
        size_t length = strcspn(list, ":");
        char *base = pm_strndup(&search->arena, list, length);
        if (length > 0)
            walk(search, pm_path_join(&search->arena, base, "fonts"), 0);
        list += length + (list[length] == ':');
    }
}

static void find_files(struct search *search, const char *font_dir)
{
    const char *data = getenv("XDG_DATA_DIRS");
    if (font_dir)
        walk(search, font_dir, 0);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && !all_found(search); i++)
        walk(search, folders[i], 0);
    for (size_t i = 0; i < sizeof own_folders / sizeof *own_folders && !all_found(search); i++) {
        const char *base = getenv(own_folders[i].variable);
        if (base && *base)
            walk(search, pm_path_join(&search->arena, base, own_folders[i].below), 0);
    }
    if (data && !all_found(search))
        walk_data_folders(search, data);
}

/* ---- families -------------------------------------------------------------------------------- */

static char *without_spaces(struct pm_arena *arena, const char *name)
{
    char *stem = pm_strdup(arena, name), *end = stem;
    for (; *name; name++)
        if (*name != ' ')
            *end++ = *name;
    *end = '\0';
    return stem;
}

static void split_families(struct search *search, const char *families)
{
    struct pm_arena *arena = &search->arena;
    search->families = PM_NEW_N(arena, struct family, strlen(families)); /* more than enough */
    while (*families) {
        size_t length = strcspn(families, ","), skip = strspn(families, " ");
        if (length > skip) {
            char *name = pm_strndup(arena, families + skip, length - skip);
            search->families[search->count++] =
                (struct family){.name = name, .stem = without_spaces(arena, name)};
        }
        families += length + (families[length] == ',');
    }
}

static bool is_of_family(FcPattern *font, const char *name)
{
    FcChar8 *family = NULL;
    for (int n = 0; FcPatternGetString(font, FC_FAMILY, n, &family) == FcResultMatch; n++)
        if (FcStrCmpIgnoreCase(family, (const FcChar8 *)name) == 0)
            return true;
    return false;
}

/* What the files that were read hold of a family: a file's name can lie. */
struct holdings {
    bool any;
    bool outlines; /* not pictures of signs alone */
    bool sized;    /* made for a size, or drawn otherwise in each */
};

static struct holdings holdings_of(FcConfig *config, const char *family)
{
    const FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
    struct holdings found = {0};
    for (int i = 0; set && i < set->nfont; i++) {
        FcBool outline = FcFalse;
        FcValue size;
        if (!is_of_family(set->fonts[i], family))
            continue;
        found.any = true;
        found.sized |= FcPatternGet(set->fonts[i], FC_SIZE, 0, &size) == FcResultMatch;
        found.outlines |=
            FcPatternGetBool(set->fonts[i], FC_OUTLINE, 0, &outline) == FcResultMatch && outline;
    }
    return found;
}

static bool any_sized(const struct search *search)
{
    bool any = false;
    for (size_t i = 0; i < search->count; i++)
        any |= holdings_of(search->config, search->families[i].name).sized;
    return any;
}

static bool report_missing(const struct search *search, struct pm_diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < search->count; i++) {
        const struct family *family = &search->families[i];
        struct holdings found = holdings_of(search->config, family->name);
        if (found.outlines)
            continue;
        pm_error(diags, PM_FAULT_INPUT, "font-missing", (struct pm_place){0},
                 found.any ? "the font \"%s\" has no outlines, only pictures of its signs"
                           : "the font \"%s\" is not installed",
                 family->name);
        if (found.any)
            pm_help(diags, "leave it out of the style's families, or take a font with outlines");
        else
            pm_help(diags,
                    "install it (the Noto fonts are in Debian's package fonts-noto-core), or name "
                    "the folder that holds %s-Regular.ttf with --font-dir",
                    family->stem);
        ok = false;
    }
    return ok;
}

static bool load_files(struct pm_fonts *fonts, const char *families, struct pm_diags *diags)
{
    struct search search = {.config = fonts->config};
    split_families(&search, families);
    find_files(&search, fonts->font_dir);
    fonts->sized = any_sized(&search);
    bool ok = search.count > 0;
    if (!ok)
        pm_error(diags, PM_FAULT_INPUT, "font-missing", (struct pm_place){0},
                 "no font family is named");
    ok = report_missing(&search, diags) && ok;
    pm_arena_finish(&search.arena);
    return ok;
}

void pm_fonts_alone(void)
{
    FcConfig *nothing = FcConfigCreate();
    FcConfigSetCurrent(nothing);
    FcConfigDestroy(nothing);
}

static void open_pango(struct pm_fonts *fonts)
{
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72); /* 1 pt = 1 px */
    fonts->context = pango_font_map_create_context(fonts->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    fonts->layout = pango_layout_new(fonts->context);
}

struct pm_fonts *pm_fonts_new(const char *font_dir, const char *families, struct pm_diags *diags)
{
    struct pm_fonts *fonts = pm_xrealloc(NULL, 1, sizeof *fonts);
    memset(fonts, 0, sizeof *fonts);
    fonts->font_dir = pm_strdup(&fonts->arena, font_dir);
    fonts->config = FcConfigCreate();
    if (!load_files(fonts, families, diags)) {
        pm_fonts_free(fonts);
        return NULL;
    }
    const FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    fonts->first_count = set ? set->nfont : 0;
    open_pango(fonts);
    return fonts;
}

/* ---- families of scripts ----------------------------------------------------------------------- */

void pm_fonts_offer(struct pm_fonts *fonts, enum pm_script script, const char *families)
{
    fonts->offers[script] = (struct font_offer){.families = pm_strdup(&fonts->arena, families)};
}

/* Those that are loaded already, as families of another script, are not looked for again. */
static void load_offer(struct pm_fonts *fonts, struct font_offer *offer)
{
    struct search search = {.config = fonts->config};
    split_families(&search, offer->families);
    for (size_t i = 0; i < search.count; i++)
        if (holdings_of(fonts->config, search.families[i].name).any)
            search.families[i].found = ~0U;
    if (!all_found(&search)) {
        find_files(&search, fonts->font_dir);
        pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(fonts->map));
        pango_layout_context_changed(fonts->layout);
    }
    offer->sized = any_sized(&search);
    offer->loaded = true;
    pm_arena_finish(&search.arena);
}

void pm_fonts_load_for(struct pm_fonts *fonts, const char *text)
{
    unsigned scripts = pm_scripts_in(text);
    fonts->met |= scripts;
    for (int i = 0; i < PM_SCRIPTS; i++)
        if (scripts & 1U << i && fonts->offers[i].families && !fonts->offers[i].loaded)
            load_offer(fonts, &fonts->offers[i]);
}

bool pm_fonts_are_sized(const struct pm_fonts *fonts, const char *text)
{
    unsigned scripts = pm_scripts_in(text);
    bool sized = fonts->sized;
    for (int i = 0; i < PM_SCRIPTS; i++)
        sized |= scripts & 1U << i && fonts->offers[i].sized;
    return sized;
}

bool pm_fonts_load_rest(struct pm_fonts *fonts)
{
    bool any = false;
    for (int i = 0; i < PM_SCRIPTS; i++) {
        struct font_offer *offer = &fonts->offers[i];
        if (!offer->families || offer->loaded)
            continue;
        load_offer(fonts, offer);
        any = true;
    }
    return any;
}

bool pm_fonts_check(struct pm_fonts *fonts, const char *text, struct pm_diags *diags)
{
    unsigned scripts = pm_scripts_in(text);
    bool ok = true;
    pm_fonts_load_for(fonts, text);
    for (int i = 0; i < PM_SCRIPTS; i++) {
        struct search search = {.config = fonts->config};
        if (!(scripts & 1U << i) || !fonts->offers[i].families)
            continue;
        split_families(&search, fonts->offers[i].families);
        ok = report_missing(&search, diags) && ok;
        pm_arena_finish(&search.arena);
    }
    return ok;
}

static void forget_drawn(struct pm_fonts *fonts)
{
    for (size_t i = 0; i < fonts->texts.n; i++)
        pm_path_finish(&fonts->texts.v[i]);
    pm_vec_finish(&fonts->texts);
    pm_arena_finish(&fonts->places);
    fonts->drawn = (struct pm_index){0};
    fonts->drawn_bytes = 0;
}

static void forget(struct pm_fonts *fonts)
{
    forget_drawn(fonts); /* whose keys number the families, too */
    pm_vec_finish(&fonts->families);
    pm_str_finish(&fonts->laid);
    pm_str_finish(&fonts->key);
    for (size_t i = 0; i < fonts->outlines.n; i++)
        pm_path_finish(&fonts->outlines.v[i].path);
    pm_vec_finish(&fonts->outlines);
    pm_vec_finish(&fonts->extents);
    pm_vec_finish(&fonts->wraps);
    pm_vec_finish(&fonts->settings);
    pm_arena_finish(&fonts->keys);
    fonts->measured = fonts->wrapped = fonts->outlined = fonts->set = (struct pm_index){0};
}

void pm_fonts_trim(struct pm_fonts *fonts)
{
    fonts->met = 0;
    if (fonts->extents.n > PM_MOST_MEASURED || fonts->wraps.n > PM_MOST_WRAPPED ||
        fonts->outlines.n > PM_MOST_OUTLINES || fonts->settings.n > PM_MOST_SET)
        forget(fonts);
    if (fonts->drawn_bytes > PM_MOST_DRAWN_BYTES)
        forget_drawn(fonts);
}

/* Is it one that a script needs of which there were texts? */
static bool is_needed(const struct pm_fonts *fonts, FcPattern *font)
{
    bool needed = false;
    for (int i = 0; i < PM_SCRIPTS; i++) {
        struct search search = {0};
        if (!(fonts->met & 1U << i) || !fonts->offers[i].families)
            continue;
        split_families(&search, fonts->offers[i].families);
        for (size_t k = 0; k < search.count; k++)
            needed |= is_of_family(font, search.families[k].name);
        pm_arena_finish(&search.arena);
    }
    return needed;
}

void pm_fonts_tell(const struct pm_fonts *fonts, struct pm_diags *diags)
{
    const FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    FcChar8 *file = NULL;
    for (int i = 0; set && i < set->nfont; i++)
        if ((i < fonts->first_count || is_needed(fonts, set->fonts[i])) &&
            FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
            pm_diags_input(diags, (const char *)file);
}

void pm_fonts_free(struct pm_fonts *fonts)
{
    if (!fonts)
        return;
    if (fonts->scratch)
        cairo_destroy(fonts->scratch);
    if (fonts->layout)
        g_object_unref(fonts->layout);
    if (fonts->context)
        g_object_unref(fonts->context);
    if (fonts->map)
        g_object_unref(fonts->map);
    FcConfigDestroy(fonts->config);
    forget(fonts);
    pm_arena_finish(&fonts->arena);
    free(fonts);
}
