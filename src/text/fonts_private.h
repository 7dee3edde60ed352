/* What fonts.c and text.c share. */
#ifndef PM_TEXT_FONTS_PRIVATE_H
#define PM_TEXT_FONTS_PRIVATE_H

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "text/text.h"

struct pm_fonts {
    struct pm_arena arena;
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;      /* one, reused for all texts */
    struct pm_index measured; /* font and text -> index into extents */
    PM_VEC(struct pm_extent) extents;
};

#endif
