/* Text as shapes: which glyphs a run is made of, where they lie, and their outlines. */
#ifndef PM_TEXT_GLYPHS_H
#define PM_TEXT_GLYPHS_H

#include "scene/scene.h"
#include "text/fonts.h"

#define PM_GLYPH_EM 1000.0 /* units of outlines to the font's size */

struct pm_glyph {
    size_t outline;  /* for pm_glyph_outline */
    struct pm_pt at; /* px from the run's own point, before it is turned */
    bool aside;      /* in the run's second colour */
};

/* In the order in which they are drawn; blanks are none. Returns how many: the fonts', until they are trimmed. */
size_t pm_text_glyphs(struct pm_fonts *fonts, const struct pm_run *run,
                      const struct pm_glyph **glyphs);
/* Of a glyph about its origin, y down, whole units of an em's thousandth; filled nonzero. The fonts', until
 * the next call of pm_text_glyphs. */
const struct pm_path *pm_glyph_outline(const struct pm_fonts *fonts, size_t outline);
/* The same as SVG writes it (pm_path_data). */
const char *pm_glyph_data(const struct pm_fonts *fonts, size_t outline);

#endif
