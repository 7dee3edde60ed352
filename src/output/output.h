/* Writers: scene or table -> bytes. Each appends a whole file to `out`; the same input gives the same bytes
 * always. None of them decides anything: they write what they are given. */
#ifndef PM_OUTPUT_OUTPUT_H
#define PM_OUTPUT_OUTPUT_H

#include "base/diag.h"
#include "base/str.h"
#include "layout/changes.h"
#include "output/plate.h"
#include "output/tracings.h"
#include "provmap.h"
#include "scene/scene.h"
#include "text/fonts.h"

/* RGB or, if it loses nothing, a palette; 8 bits, no alpha; pHYs, sRGB, and text chunks (Title, Author,
 * Description, Source, Copyright, Software, no time). `level` as pm_map_options has it (png_level);
 * `plate` may be NULL. */
bool pm_write_png(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_plate *plate,
                  struct pm_packing packing, struct pm_str *out, struct pm_diags *diags);
/* The frames of an animation, for ever (Animated PNG, PNG Specification Third Edition); viewers that don't know of it show
 * the last. Truecolour with alpha: of each frame what differs from the one before. */
bool pm_write_apng(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_plate *plate,
                   struct pm_packing packing, const struct pm_progress *progress,
                   struct pm_str *out, struct pm_diags *diags);
/* Real text, vector textures; title, author, subject, keywords; dates are those of the map. Tagged, with an outline,
 * links, its language and alternative text (ISO 32000-1); a warning "pdf-untold" if cairo writes it so that the last two
 * can't be added. */
bool pm_write_pdf(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_str *out,
                  struct pm_diags *diags);
/* SVG 1.1 as CARTOGRAPHY describes in src/README.md: presentation attributes, one element for each
 * area and place, tooltips, no script, no external reference. `tracings` may be NULL. */
void pm_write_svg(const struct pm_scene *scene, const struct pm_scene *dark, struct pm_fonts *fonts,
                  struct pm_tracings *tracings, const struct pm_svg_options *options,
                  struct pm_str *out);

/* When the rules for the dark count: what stands around them. */
struct pm_svg_when {
    const char *begin, *end;
};
/* The page that a map stands in. */
struct pm_svg_page {
    const char **ids; /* of the elements of the table's rows, filled in; NULL: it has none */
    size_t rows;
    struct pm_arena *arena;         /* of the ids */
    const struct pm_svg_when *when; /* closed by NULL */
};
/* The same, with `data-row` on the elements of the table's rows. */
void pm_write_svg_within(const struct pm_scene *scene, const struct pm_scene *dark,
                         struct pm_fonts *fonts, struct pm_tracings *tracings,
                         const struct pm_svg_options *options, const struct pm_svg_page *page,
                         struct pm_str *out);

/* A map with all that was decided for it. */
struct pm_drawn {
    const struct pm_draft *draft;
    const struct pm_scene *scene;
};
/* A page of HTML that needs nothing else: the map, its table, events and sources; see page.c. `dark`: the
 * same map for dark surroundings, or NULL. */
void pm_write_page(const struct pm_drawn *map, const struct pm_drawn *dark, struct pm_fonts *fonts,
                   struct pm_tracings *tracings, const struct pm_svg_options *options,
                   struct pm_str *out);
/* RFC 4180: CRLF, a row for each area and place, the fields' names first. With a byte order mark, as Excel
 * takes the file for one in the letters of the system without; what a spreadsheet would take for a formula
 * stands behind an apostrophe. */
void pm_write_csv(const struct pm_draft *draft, struct pm_str *out);
/* The same, with events, sources and counts by status: "provmap-table/1". */
void pm_write_table_json(const struct pm_draft *draft, struct pm_str *out);

/* What changed, for people: as text or as Markdown. */
void pm_write_diff(const struct pm_changes *changes, bool markdown, struct pm_str *out);
/* The same for programs: "provmap-diff/1". */
void pm_write_diff_json(const struct pm_changes *changes, struct pm_str *out);

#endif
