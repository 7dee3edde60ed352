/* Fonts of one thread: a private fontconfig configuration that holds only the families asked for,
 * so that text does not depend on what else a machine has installed. */
#ifndef PM_TEXT_FONTS_H
#define PM_TEXT_FONTS_H

#include <stdbool.h>

#include "base/diag.h"

struct pm_fonts;

/* Loads the files of `families` (comma-separated; regular, bold, italic, bold italic as there are)
 * from `font_dir` (may be NULL), then the system's font folders. An error "font-missing" names the
 * family and the package that brings it. */
struct pm_fonts *pm_fonts_new(const char *font_dir, const char *families, struct pm_diags *diags);
void pm_fonts_free(struct pm_fonts *fonts);

#endif
