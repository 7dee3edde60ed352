#include "model/style.h"

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/words.h"
#include "provmap.h"
#include "base/banned.h"

#define AT(member) offsetof(struct pm_style, member)
#define PX(path, member, low, high, initial, meaning)                                              \
    {                                                                                              \
        path, PM_KEY_NUMBER, AT(member), "px", low, high, initial, meaning                         \
    }
#define SHARE(path, member, initial, meaning)                                                      \
    {                                                                                              \
        path, PM_KEY_NUMBER, AT(member), "0..1", 0, 1, initial, meaning                            \
    }
#define COLOR(path, member, initial, meaning)                                                      \
    {                                                                                              \
        path, PM_KEY_COLOR, AT(member), NULL, 0, 0, initial, meaning                               \
    }
#define SHOW(member, meaning)                                                                      \
    {                                                                                              \
        "show." #member, PM_KEY_BOOL, AT(show.member), NULL, 0, 0, "true", meaning                 \
    }
#define TYPE(name, role, px, bold, slanted, gap, caps, ink, meaning)                                 \
    {"type." name ".size", PM_KEY_NUMBER, AT(type[role].size), "px", 4, 400, px, meaning},           \
        {"type." name ".weight",                                                                     \
         PM_KEY_WEIGHT,                                                                              \
         AT(type[role].weight),                                                                      \
         "100..900",                                                                                 \
         100,                                                                                        \
         900,                                                                                        \
         bold,                                                                                       \
         "weight: 400 regular, 700 bold"},                                                           \
        {"type." name ".italic", PM_KEY_BOOL, AT(type[role].italic), NULL, 0, 0, slanted,            \
         "slanted letters"},                                                                         \
        {"type." name ".spacing",      PM_KEY_NUMBER, AT(type[role].spacing), "px", -5, 40, gap,     \
         "extra space between letters"},                                                             \
        {"type." name ".upper", PM_KEY_BOOL, AT(type[role].upper), NULL, 0, 0, caps, "in capitals"}, \
    {                                                                                                \
        "type." name ".color", PM_KEY_COLOR, AT(type[role].color), NULL, 0, 0, ink,                  \
            "colour of the letters"                                                                  \
    }

const struct pm_style_key pm_style_keys[] = {
    PX("page.width", page.width, 200, 20000, "1600", "width when --size does not say"),
    PX("page.height", page.height, 200, 20000, "1200", "height when --size does not say"),
    {"page.dpi", PM_KEY_NUMBER, AT(page.dpi), "px per inch", 10, 2400, "96",
     "the printed size, when --dpi does not say"},
    {"page.scale", PM_KEY_NUMBER, AT(page.scale), "times", 0.1, 20, "1",
     "makes all lengths, lines and letters larger on a page of this size"},
    PX("page.margin", page.margin, 0, 400, "32", "white space around the page's content"),
    PX("page.panel", page.panel, 100, 1600, "400", "width of the side panel"),
    PX("page.gap", page.gap, 0, 400, "32", "between map and side panel"),
    {"page.opaque", PM_KEY_BOOL, AT(page.opaque), NULL, 0, 0, "false",
     "nothing is transparent, as presses like it: what would show through is mixed in beforehand"},

    COLOR("color.page", color.page, "#FFFFFF", "paper"),
    COLOR("color.ink", color.ink, "#1A1A1A", "first ink: marks, leaders, frames of callouts"),
    COLOR("color.ink2", color.ink2, "#4A4A4A", "second ink: scale bar"),
    COLOR("color.rule", color.rule, "#C9C6BE", "rules of the panel and the map's frame"),
    COLOR("color.halo", color.halo, "#FFFFFF", "around labels, marks and lines"),
    COLOR("color.land", color.land, "#F8F6F1", "neighbours"),
    COLOR("color.land_line", color.land_line, "#B9B4A8", "borders between neighbours"),
    COLOR("color.water", color.water, "#E4EEF2", "sea and lakes"),
    COLOR("color.water_line", color.water_line, "#7FA6B8", "rivers and shores"),
    COLOR("color.road", color.road, "#8A8172", "roads"),
    COLOR("color.border", color.border, "#262626", "borders of areas, >= 3:1 on every fill"),
    COLOR("color.glow", color.glow, "#8C8676", "along the outline of all areas"),
    COLOR("color.callout", color.callout, "#FFFFFF", "paper of callouts"),
    COLOR("color.event", color.event, "#1A1A1A", "mark of an event"),
    COLOR("color.event_ink", color.event_ink, "#FFFFFF", "number on the mark of an event"),

    {"font.family", PM_KEY_STRING, AT(family), NULL, 0, 0, "Noto Sans",
     "families, comma-separated, tried in order"},
    {"font.arabic", PM_KEY_STRING, AT(family_arabic), NULL, 0, 0, "Noto Naskh Arabic",
     "families for Arabic script"},
    {"font.myanmar", PM_KEY_STRING, AT(family_myanmar), NULL, 0, 0, "Noto Sans Myanmar",
     "families for Burmese script"},

    TYPE("title", PM_TYPE_TITLE, "40", "700", "false", "0", "false", "#1A1A1A", "title"),
    TYPE("subtitle", PM_TYPE_SUBTITLE, "20", "400", "false", "0", "false", "#4A4A4A", "subtitle"),
    TYPE("heading", PM_TYPE_HEADING, "15", "700", "false", "0.6", "true", "#1A1A1A",
         "headings of the panel"),
    TYPE("legend", PM_TYPE_LEGEND, "17", "400", "false", "0", "false", "#1A1A1A", "legend rows"),
    TYPE("count", PM_TYPE_COUNT, "17", "700", "false", "0", "false", "#1A1A1A", "legend counts"),
    TYPE("note", PM_TYPE_NOTE, "14", "400", "false", "0", "false", "#1A1A1A", "notes and sources"),
    TYPE("disclaimer", PM_TYPE_DISCLAIMER, "13", "400", "false", "0", "false", "#5C5C5C",
         "disclaimer"),
    TYPE("footer", PM_TYPE_FOOTER, "13", "400", "false", "0", "false", "#4A4A4A", "credit line"),
    TYPE("parent", PM_TYPE_PARENT, "17", "700", "false", "2", "true", "#1A1A1A",
         "names of what areas lie in"),
    TYPE("area", PM_TYPE_AREA, "14", "700", "false", "0.8", "false", "#3A3A3A", "names of areas"),
    TYPE("national", PM_TYPE_NATIONAL, "17", "700", "false", "0", "false", "#1A1A1A",
         "national capital"),
    TYPE("capital", PM_TYPE_CAPITAL, "15", "700", "false", "0", "false", "#1A1A1A",
         "capitals of areas"),
    TYPE("town", PM_TYPE_TOWN, "13", "400", "false", "0", "false", "#1A1A1A", "other towns"),
    TYPE("neighbour", PM_TYPE_NEIGHBOUR, "15", "700", "false", "2.5", "true", "#6B675E",
         "names of neighbours"),
    TYPE("water", PM_TYPE_WATER, "14", "400", "true", "0.3", "false", "#2F6680",
         "names of lakes and rivers"),
    TYPE("road", PM_TYPE_ROAD, "12", "400", "false", "0.2", "false", "#6A5C48", "names of roads"),
    TYPE("callout_title", PM_TYPE_CALLOUT_TITLE, "16", "700", "false", "0", "false", "#1A1A1A",
         "title of a callout"),
    TYPE("callout_head", PM_TYPE_CALLOUT_HEAD, "13", "700", "false", "0.3", "false", "#4A4A4A",
         "claimed by, denied by"),
    TYPE("callout", PM_TYPE_CALLOUT, "14", "400", "false", "0", "false", "#1A1A1A",
         "text of a callout"),
    TYPE("event", PM_TYPE_EVENT, "14", "700", "false", "0", "false", "#FFFFFF",
         "number on the mark of an event"),
    TYPE("scale", PM_TYPE_SCALE, "13", "400", "false", "0", "false", "#4A4A4A", "scale bar"),

    PX("line.border", line.border, 0, 20, "0.9", "between areas"),
    PX("line.inner", line.inner, 0, 20, "0.5",
       "between areas of one parent, where there are several"),
    PX("line.parent", line.parent, 0, 20, "1.7", "between areas of different parents"),
    PX("line.change", line.change, 0, 20, "2", "between areas of different sides"),
    PX("line.change_halo", line.change_halo, 0, 40, "4.2", "halo beneath it"),
    SHARE("line.change_halo_alpha", line.change_halo_alpha, "0.85", "opacity of that halo"),
    PX("line.outline", line.outline, 0, 20, "2.6", "around all areas"),
    PX("line.glow", line.glow, 0, 60, "9", "glow beneath the outline"),
    SHARE("line.glow_alpha", line.glow_alpha, "0.35", "opacity of the glow"),
    PX("line.disputed", line.disputed, 0, 20, "1.6", "disputed boundaries, dashed"),
    PX("line.neighbour", line.neighbour, 0, 20, "1.2", "between neighbours"),
    PX("line.fade", line.fade, 0, 400, "32",
       "side of a square as large as an area: smaller ones have finer borders, down to a quarter; "
       "0: none have"),
    PX("line.river", line.river, 0, 20, "1.1", "rivers"),
    PX("line.road", line.road, 0, 20, "1.6", "roads"),
    PX("line.frame", line.frame, 0, 20, "1", "the map's frame"),
    PX("line.leader", line.leader, 0, 20, "1.2", "from a label or callout to its place"),

    PX("texture.spacing", texture.spacing, 2, 100, "10", "between the lines of a texture"),
    PX("texture.hatch", texture.hatch, 0.1, 40, "1.9", "lines at 45 degrees: contested"),
    PX("texture.claimed", texture.claimed, 0.1, 40, "2.6", "lines at 135 degrees: claimed"),
    PX("texture.dot", texture.dot, 0.1, 40, "1.5", "dots: not known (diameter)"),
    PX("texture.line", texture.line, 0.1, 40, "1.1",
       "upright and level lines: horizontal, vertical, grid, crosses"),
    SHARE("texture.claimed_tint", texture.claimed_tint, "0.22",
          "share of the status colour on the page under the lines of a claim"),

    PX("mark.national", mark.national, 1, 60, "10", "radius, national capital"),
    PX("mark.capital", mark.capital, 1, 60, "6", "radius, capital of an area"),
    PX("mark.town", mark.town, 1, 60, "4.5", "radius, other town"),
    PX("mark.event", mark.event, 1, 60, "14", "radius, event"),
    PX("mark.outline", mark.outline, 0, 10, "1.4", "outline of a mark"),

    PX("legend.row", legend.row, 10, 200, "33", "height of a row"),
    PX("legend.swatch_width", legend.swatch_w, 4, 400, "40", "width of a swatch"),
    PX("legend.swatch_height", legend.swatch_h, 4, 200, "24", "height of a swatch"),

    SHOW(title, "title"),
    SHOW(subtitle, "subtitle with date and number of areas assessed"),
    SHOW(legend, "legend"),
    SHOW(notes, "notes and sources"),
    SHOW(disclaimer, "disclaimer"),
    SHOW(scale_bar, "scale bar"),
    SHOW(credit, "credit line"),
    SHOW(frame, "frame around the map"),
    SHOW(rivers, "rivers"),
    SHOW(lakes, "lakes"),
    SHOW(roads, "roads"),
    SHOW(neighbours, "names of neighbours"),
    SHOW(callouts, "callouts of events; without them events are told in the notes"),
    SHOW(place_labels, "names of places"),
    SHOW(area_labels, "names of areas"),
    SHOW(parent_labels, "names of what areas lie in"),
    {"show.road_labels", PM_KEY_BOOL, AT(show.road_labels), NULL, 0, 0, "false",
     "names of roads, along them"},
    {"show.graticule", PM_KEY_BOOL, AT(show.graticule), NULL, 0, 0, "false",
     "meridians and parallels"},
    SHOW(insets, "an inset where many names find no room"),
    SHOW(locator, "where the map lies, if it shows a part (--focus)"),
    {"show.area_share", PM_KEY_BOOL, AT(show.area_share), NULL, 0, 0, "false",
     "share of each status in the area, in the legend"},
    {"show.population_share", PM_KEY_BOOL, AT(show.population_share), NULL, 0, 0, "false",
     "share of each status in the population, where the shapes give it for all areas; before that "
     "of the area"},
    SHOW(key, "numbers, explained beside the map, instead of names that find no room"),

    {"label.place_rank", PM_KEY_NUMBER, AT(label.place_rank), "rank", 0, 9, "2",
     "places up to this rank appear even if the status file does not name them"},
    {"label.halo", PM_KEY_NUMBER, AT(label.halo), "em", 0, 1, "0.17",
     "width of a label's halo on each side, at least 2 px"},

    PX("map.padding", map.padding, 0, 400, "24", "between the region and the map's frame"),
    {"map.north", PM_KEY_NUMBER, AT(map.north), "degrees", 0, 180, "5",
     "an arrow shows north where it is off the vertical by more than this; 0: always, 180: never"},
    PX("map.simplify", map.simplify, 0, 10, "0.5", "tolerance of simplification; 0: none"),

    {"check.grey", PM_KEY_BOOL, AT(check.grey), NULL, 0, 0, "false",
     "statuses must be told apart in grey, too: for what is printed or copied without colour"},
};

const size_t pm_style_key_count = sizeof pm_style_keys / sizeof *pm_style_keys;

/* The statuses every style knows, in the order of the legend. Colours: checked to stay apart under
 * protan, deutan and tritan simulation. */
static const struct {
    const char *id, *side, *fill, *texture_color;
    enum pm_texture texture;
    enum pm_marker marker;
} built_in[] = {
    {"government", "government", "#73A1DF", "none", PM_TEXTURE_NONE, PM_MARKER_CIRCLE},
    {"government_leaning", "government", "#ADD2EA", "none", PM_TEXTURE_NONE, PM_MARKER_CIRCLE},
    {"contested", "contested", "#DFC036", "#5E4A00", PM_TEXTURE_HATCH, PM_MARKER_SPLIT},
    {"insurgent_leaning", "insurgent", "#F59492", "none", PM_TEXTURE_NONE, PM_MARKER_DIAMOND},
    {"insurgent", "insurgent", "#DF524B", "none", PM_TEXTURE_NONE, PM_MARKER_DIAMOND},
    {"other", "other", "#AB6DA8", "none", PM_TEXTURE_NONE, PM_MARKER_TRIANGLE},
    {"unknown", "", "#E2E1DD", "#6F6F68", PM_TEXTURE_DOTS, PM_MARKER_HOLLOW},
};

enum { BUILT_IN = sizeof built_in / sizeof *built_in };

static bool set_number(void *at, const struct pm_style_key *key, const char *text)
{
    double value = 0;
    size_t length = 0;
    while (text[length])
        length++;
    if (!pm_parse_number(text, length, &value) || value < key->min || value > key->max)
        return false;
    if (key->type == PM_KEY_WEIGHT)
        *(int *)at = (int)value;
    else
        *(double *)at = value;
    return true;
}

static bool set_bool(bool *at, const char *text)
{
    if (!pm_streq(text, "true") && !pm_streq(text, "false"))
        return false;
    *at = text[0] == 't';
    return true;
}

bool pm_style_set(struct pm_style *style, const struct pm_style_key *key, const char *text)
{
    void *at = (char *)style + key->offset;
    switch (key->type) {
    case PM_KEY_NUMBER:
    case PM_KEY_WEIGHT:
        return set_number(at, key, text);
    case PM_KEY_COLOR:
        return pm_color_parse(text, at);
    case PM_KEY_BOOL:
        return set_bool(at, text);
    case PM_KEY_STRING:
        *(const char **)at = pm_strdup(&style->arena, text);
        return *text != '\0';
    }
    return false;
}

static void add_color(struct pm_str *out, pm_color color)
{
    if (color == PM_NO_COLOR)
        pm_str_add(out, "none");
    else if ((color & 0xFF) == 0xFF)
        pm_str_addf(out, "#%06X", (unsigned)(color >> 8));
    else
        pm_str_addf(out, "#%08X", (unsigned)color);
}

void pm_style_get(const struct pm_style *style, const struct pm_style_key *key, struct pm_str *out)
{
    const void *at = (const char *)style + key->offset;
    switch (key->type) {
    case PM_KEY_NUMBER:
        pm_str_num(out, *(const double *)at, 6);
        break;
    case PM_KEY_WEIGHT:
        pm_str_addf(out, "%d", *(const int *)at);
        break;
    case PM_KEY_COLOR:
        add_color(out, *(const pm_color *)at);
        break;
    case PM_KEY_BOOL:
        pm_str_add(out, *(const bool *)at ? "true" : "false");
        break;
    case PM_KEY_STRING:
        pm_str_add(out, *(const char *const *)at);
        break;
    }
}

static void set_looks(struct pm_style *style)
{
    style->statuses = PM_NEW_N(&style->arena, struct pm_status_look, BUILT_IN);
    style->status_count = BUILT_IN;
    for (size_t i = 0; i < BUILT_IN; i++) {
        struct pm_status_look *look = &style->statuses[i];
        look->id = built_in[i].id;
        look->side = built_in[i].side;
        look->texture = built_in[i].texture;
        look->marker = built_in[i].marker;
        look->label = pm_status_label((enum pm_status_word)i, false, &style->arena);
        look->place_label = pm_status_label((enum pm_status_word)i, true, &style->arena);
        pm_color_parse(built_in[i].fill, &look->fill);
        pm_color_parse(built_in[i].texture_color, &look->texture_color);
    }
}

struct pm_style *pm_style_default(void)
{
    struct pm_arena arena = {0};
    struct pm_style *style = PM_NEW(&arena, struct pm_style);
    style->arena = arena;
    style->name = "default";
    style->key_at = PM_NEW_N(&style->arena, struct pm_place, pm_style_key_count);
    for (size_t i = 0; i < pm_style_key_count; i++)
        pm_style_set(style, &pm_style_keys[i], pm_style_keys[i].initial);
    set_looks(style);
    style->words = pm_words_new(&style->arena);
    return style;
}

struct pm_style *pm_style_copy(const struct pm_style *style)
{
    struct pm_arena arena = {0};
    struct pm_style *copy = pm_memdup(&arena, style, sizeof *style);
    copy->key_at = pm_memdup(&arena, style->key_at, pm_style_key_count * sizeof *copy->key_at);
    copy->statuses =
        pm_memdup(&arena, style->statuses, style->status_count * sizeof *copy->statuses);
    copy->arena = arena;
    return copy;
}

void pm_style_free(struct pm_style *style)
{
    if (!style)
        return;
    struct pm_arena arena = style->arena; /* the style lies in its own arena */
    pm_arena_finish(&arena);
}

const struct pm_style_key *pm_style_key_of(const struct pm_style *style, const void *member)
{
    size_t offset = (size_t)((const char *)member - (const char *)style), i = 0;
    while (pm_style_keys[i].offset != offset)
        i++;
    return &pm_style_keys[i];
}

const struct pm_status_look *pm_style_status(const struct pm_style *style, const char *id)
{
    for (size_t i = 0; i < style->status_count; i++)
        if (pm_streq(style->statuses[i].id, id))
            return &style->statuses[i];
    return NULL;
}

static const char *const texture_names[PM_TEXTURES] = {
    "none", "hatch", "lines", "dots", "horizontal", "vertical", "grid", "crosses"};
static const char *const marker_names[] = {"circle", "split", "diamond", "triangle", "hollow"};

const char *pm_texture_name(enum pm_texture texture)
{
    return texture_names[texture];
}

const char *pm_marker_name(enum pm_marker marker)
{
    return marker_names[marker];
}
