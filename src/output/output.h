/* Writers: scene -> bytes. Each appends a whole file to `out`; the same scene gives the same bytes
 * always. None of them decides anything: they draw the list. */
#ifndef PM_OUTPUT_OUTPUT_H
#define PM_OUTPUT_OUTPUT_H

#include "base/diag.h"
#include "base/str.h"
#include "provmap.h"
#include "scene/scene.h"
#include "text/fonts.h"

/* RGB or, if it loses nothing, a palette; 8 bits, no alpha; pHYs, sRGB, and text chunks (Title, Author,
 * Description, Source, Copyright, Software, no time). `level` as pm_map_options has it. */
bool pm_write_png(const struct pm_scene *scene, struct pm_fonts *fonts, int level,
                  struct pm_str *out, struct pm_diags *diags);
/* Real text, vector textures; title, author, subject, keywords; dates are those of the map. */
bool pm_write_pdf(const struct pm_scene *scene, struct pm_fonts *fonts, struct pm_str *out,
                  struct pm_diags *diags);
/* SVG 1.1 as CARTOGRAPHY describes in src/README.md: presentation attributes, one element for each
 * area and place, tooltips, no script, no external reference. */
void pm_write_svg(const struct pm_scene *scene, const struct pm_scene *dark,
                  struct pm_fonts *fonts, const struct pm_svg_options *options,
                  struct pm_str *out);

#endif
