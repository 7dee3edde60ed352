/* The style: how a map looks. Plain data; read-only after loading and shared by threads.
 *
 * One table (pm_style_keys) lists every key with type, unit, range, default and meaning; reader,
 * schema and documentation come from it. Lengths and sizes are px on a page of the style's own
 * size where page.scale is 1; the page's scale multiplies them (layout/page.c). */
#ifndef PM_MODEL_STYLE_H
#define PM_MODEL_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/color.h"
#include "model/text.h"

/* A text role. */
struct pm_type {
    double size; /* px */
    int weight;  /* 100..900 */
    bool italic;
    double spacing; /* between letters, px */
    bool upper;     /* in capitals */
    pm_color color;
};

enum pm_type_role {
    PM_TYPE_TITLE,
    PM_TYPE_SUBTITLE,
    PM_TYPE_HEADING,
    PM_TYPE_LEGEND,
    PM_TYPE_COUNT,
    PM_TYPE_NOTE,
    PM_TYPE_DISCLAIMER,
    PM_TYPE_FOOTER,
    PM_TYPE_PARENT,
    PM_TYPE_AREA,
    PM_TYPE_NATIONAL,
    PM_TYPE_CAPITAL,
    PM_TYPE_TOWN,
    PM_TYPE_NEIGHBOUR,
    PM_TYPE_WATER,
    PM_TYPE_ROAD,
    PM_TYPE_CALLOUT_TITLE,
    PM_TYPE_CALLOUT_HEAD,
    PM_TYPE_CALLOUT,
    PM_TYPE_EVENT,
    PM_TYPE_SCALE,
    PM_TYPE_ROLES
};

enum pm_texture {
    PM_TEXTURE_NONE,
    PM_TEXTURE_HATCH, /* lines at 45 degrees: contested, and nothing else */
    PM_TEXTURE_LINES, /* lines at 135 degrees: claimed, and nothing else */
    PM_TEXTURE_DOTS,
    PM_TEXTURE_HORIZONTAL,
    PM_TEXTURE_VERTICAL,
    PM_TEXTURE_GRID,
    PM_TEXTURE_CROSSES,
    PM_TEXTURES
};

enum pm_marker {
    PM_MARKER_CIRCLE,
    PM_MARKER_SPLIT, /* square, split on its diagonal */
    PM_MARKER_DIAMOND,
    PM_MARKER_TRIANGLE,
    PM_MARKER_HOLLOW /* dashed circle */
};

/* How one status looks. */
struct pm_status_look {
    const char *id;
    struct pm_text label;       /* in the legend, for areas */
    struct pm_text place_label; /* in the legend, for places; empty: as for areas */
    const char *
        side; /* statuses of one side have no change-of-side line between them; "" for none known */
    pm_color fill;
    struct pm_place fill_at; /* none: built in */
    enum pm_texture texture;
    pm_color texture_color;
    enum pm_marker marker;
};

struct pm_style {
    struct pm_arena arena;
    const char *name;
    struct pm_text description;     /* what it is for, in a line; may be empty */
    const struct pm_source *source; /* its file, not those it extends; NULL: built in */
    struct pm_place *key_at;        /* of the values, parallel to pm_style_keys; none: built in */
    bool dark;                      /* its colours are those for the dark */
    bool has_dark;                  /* a file says what differs in the dark */

    struct {
        double width, height, dpi, scale, margin, panel, gap;
        bool opaque;
    } page;
    struct {
        pm_color page, ink, ink2, rule, halo, land, land_line, water, water_line, road, border,
            glow, callout, event, event_ink;
    } color;
    const char *family;                         /* font families, comma-separated, tried in order */
    const char *family_arabic, *family_myanmar; /* of these scripts, loaded if they occur */
    struct pm_type type[PM_TYPE_ROLES];
    struct {
        double border, inner, parent, change, change_halo, change_halo_alpha, outline, glow,
            glow_alpha, disputed, neighbour, fade, river, road, frame, leader;
    } line;
    struct {
        double spacing, hatch, claimed, dot, line, claimed_tint;
    } texture;
    struct {
        double capital, town, national, event, outline;
    } mark;
    struct {
        double row, swatch_w, swatch_h;
    } legend;
    struct {
        bool title, subtitle, legend, notes, disclaimer, scale_bar, credit, frame, rivers, lakes,
            roads, neighbours, callouts, place_labels, area_labels, parent_labels, road_labels, key,
            insets, locator, graticule, area_share, population_share;
    } show;
    struct {
        double place_rank, halo;
    } label;
    struct {
        double padding, simplify, north;
    } map;
    struct {
        bool grey;
    } check;

    struct pm_status_look *statuses; /* in the order of the legend */
    size_t status_count;
    struct pm_text *words; /* one text a word, indexed by enum pm_word (model/words.h) */
};

enum pm_key_type { PM_KEY_NUMBER, PM_KEY_COLOR, PM_KEY_BOOL, PM_KEY_STRING, PM_KEY_WEIGHT };

/* One key of a style file. */
struct pm_style_key {
    const char *path; /* "type.title.size": objects and keys */
    enum pm_key_type type;
    size_t offset; /* in struct pm_style */
    const char *unit;
    double min, max;     /* of numbers */
    const char *initial; /* the default, as it stands in a style file, strings without quotes */
    const char *meaning; /* one line, for documentation */
};

extern const struct pm_style_key pm_style_keys[];
extern const size_t pm_style_key_count;

/* Sets the value at `key` from its text form; false if it does not parse or is out of range. */
bool pm_style_set(struct pm_style *style, const struct pm_style_key *key, const char *text);
/* The value in that form; appends to `out`. */
void pm_style_get(const struct pm_style *style, const struct pm_style_key *key, struct pm_str *out);
/* A new style with all defaults: the style "default". Owned by the caller (pm_style_free). */
struct pm_style *pm_style_default(void);
/* A copy to try changes on; it must not outlive the original, whose strings it has. */
struct pm_style *pm_style_copy(const struct pm_style *style);
/* The key of a member of this style. */
const struct pm_style_key *pm_style_key_of(const struct pm_style *style, const void *member);
const struct pm_status_look *pm_style_status(const struct pm_style *style, const char *id);

const char *pm_texture_name(enum pm_texture texture);
const char *pm_marker_name(enum pm_marker marker);

#endif
