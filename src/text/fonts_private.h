/* What fonts.c and text.c share. */
#ifndef PM_TEXT_FONTS_PRIVATE_H
#define PM_TEXT_FONTS_PRIVATE_H

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "text/text.h"

/* Families that are loaded when a script occurs. */
struct font_offer {
    const char *families; /* NULL: none */
    bool loaded;
};

struct pm_fonts {
    struct pm_arena arena;
    const char *font_dir; /* or NULL */
    struct font_offer offers[PM_SCRIPTS];
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;      /* one, reused for all texts */
    struct pm_index measured; /* font and text -> index into extents */
    PM_VEC(struct pm_extent) extents;
};

/* Loads the families that were offered for the scripts of the text, those that are there. */
void pm_fonts_load_for(struct pm_fonts *fonts, const char *text);

#endif
