/* Fonts of one thread: a private fontconfig configuration that holds only the families asked for,
 * so that text does not depend on what else a machine has installed. */
#ifndef PM_TEXT_FONTS_H
#define PM_TEXT_FONTS_H

#include <stdbool.h>

#include "base/diag.h"
#include "model/script.h"

struct pm_fonts;

/* Keeps the fontconfig of this process from reading the system's configuration, which pango would wait for though no
 * font depends on it. Only where nobody else in the process needs it. */
void pm_fonts_alone(void);

/* Loads the files of `families` (comma-separated; regular, bold, italic, bold italic as there are)
 * from `font_dir` (may be NULL), then the system's font folders. An error "font-missing" names the
 * family and the package that brings it. */
struct pm_fonts *pm_fonts_new(const char *font_dir, const char *families, struct pm_diags *diags);
void pm_fonts_free(struct pm_fonts *fonts);

/* Families to load when a text first has letters of the script. */
void pm_fonts_offer(struct pm_fonts *fonts, enum pm_script script, const char *families);
/* Are the families there that were offered for the scripts of the text? Else an error "font-missing". */
bool pm_fonts_check(struct pm_fonts *fonts, const char *text, struct pm_diags *diags);

/* Forgets measures and outlines if there are many, so that memory stays bounded over any number of maps. Call
 * it between maps: numbers of outlines (glyphs.h) don't outlive it. */
void pm_fonts_trim(struct pm_fonts *fonts);
/* Adds the font files that the texts since the last trim need to the inputs of `diags`, whatever other maps needed
 * before. */
void pm_fonts_tell(const struct pm_fonts *fonts, struct pm_diags *diags);

#endif
