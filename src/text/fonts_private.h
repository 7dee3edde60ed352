/* What fonts.c and text.c share. */
#ifndef PM_TEXT_FONTS_PRIVATE_H
#define PM_TEXT_FONTS_PRIVATE_H

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/text.h"

/* px: the size that texts are laid out in, to be scaled to their own, as hinting is off. Pango asks fontconfig for each
 * size of a face anew, and starts a thread for each question. Not where fonts draw their letters otherwise in each size,
 * and smaller for texts so long that Pango has no numbers for them. A power of two scales without rounding. */
#define PM_TEXT_EM 32.0

/* Families that are loaded when a script occurs. */
struct font_offer {
    const char *families; /* NULL: none */
    bool loaded;
    bool sized; /* one of them draws its letters otherwise in each size */
};

/* The lines of a text. */
struct pm_wrap {
    const char **lines;
    size_t count;
};

/* Of a glyph. */
struct pm_outline {
    struct pm_path path;
    const char *data; /* the same as path data */
};

/* The glyphs of a run. */
struct pm_setting {
    const struct pm_glyph *glyphs;
    size_t count;
};

struct pm_fonts {
    struct pm_arena arena;
    const char *font_dir; /* or NULL */
    struct font_offer offers[PM_SCRIPTS];
    bool sized;      /* as offers are: the first families */
    int first_count; /* of the font files that came before any offer */
    unsigned met;    /* scripts of the texts since the last trim, as bits */
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;  /* one, reused for all texts … */
    struct pm_str laid;   /* … and what it is set to: a new text is measured, then drawn */
    struct pm_arena keys; /* of the indexes below; all that they hold is dropped together */
    PM_VEC(const char *) families; /* as keys call them, by number: those of one style, mostly */
    struct pm_str key;             /* of the text that is measured */
    struct pm_index measured;      /* font and text -> index into extents */
    PM_VEC(struct pm_extent) extents;
    struct pm_index wrapped; /* font, text and width -> index into wraps */
    PM_VEC(struct pm_wrap) wraps;
    struct pm_index outlined; /* font and glyph -> index into outlines */
    PM_VEC(struct pm_outline) outlines;
    struct pm_index set; /* run wherever it is -> index into settings */
    PM_VEC(struct pm_setting) settings;
    struct pm_arena places; /* of what follows, which is dropped by itself: it takes most room */
    struct pm_index drawn;  /* run and place -> index into texts */
    PM_VEC(struct pm_path) texts;
    size_t drawn_bytes;
    cairo_t *scratch; /* to trace glyphs with; NULL until then */
};

/* Loads the families that were offered for the scripts of the text, those that are there. */
void pm_fonts_load_for(struct pm_fonts *fonts, const char *text);
/* Loads those of all scripts, for a text with signs that its own fonts don't have: else it would depend on the texts
 * before whether another's had them. False if all are there. */
bool pm_fonts_load_rest(struct pm_fonts *fonts);

/* Is a font for the text one that draws its letters otherwise in each size? */
bool pm_fonts_are_sized(const struct pm_fonts *fonts, const char *text);
/* How much larger the text is than what is laid out. */
double pm_text_scale(const struct pm_fonts *fonts, const struct pm_font *font, const char *s);
/* Appends a number to the last bit, or what is kept would depend on what was asked for before. */
void pm_key_number(struct pm_str *key, double value);
/* Appends all that a text's measures and glyphs follow from. */
void pm_text_add_key(struct pm_str *key, struct pm_fonts *fonts, const struct pm_font *font,
                     const char *s, const char *lang);
/* Sets the run in one line; returns its items in the order in which they are drawn, the fonts' until another text is
 * set. `left`: from the run's point to where they begin. Both are as they are laid out, to be scaled. */
const GSList *pm_text_set(struct pm_fonts *fonts, const struct pm_run *run, double *left);
/* Is the item in the run's second colour? Each item has one colour. */
bool pm_text_is_aside(const struct pm_run *run, const PangoGlyphItem *item);
/* Appends cairo's current path, in the coordinates that cairo has then, and empties it there. */
void pm_path_take(struct pm_path *path, cairo_t *cr);

#endif
