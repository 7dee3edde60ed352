/* Measuring and wrapping text (drawing: draw.h). Shaping is Pango's; sizes in px; hinting off, so
 * that metrics scale and are the same on every machine. */
#ifndef PM_TEXT_TEXT_H
#define PM_TEXT_TEXT_H

#include <stddef.h>

#include "base/arena.h"
#include "scene/scene.h"
#include "text/fonts.h"

/* Characters of the bidirectional algorithm: what runs from the left, or from the right, is set apart from
 * the text around it until the end. */
enum { PM_ISOLATE_LTR = 0x2066, PM_ISOLATE_RTL = 0x2067, PM_ISOLATE_END = 0x2069 };

/* px. Heights are of the font, not of the letters, but for cap_height. */
struct pm_extent {
    double width;           /* advance */
    double ascent, descent; /* above and below the baseline, positive */
    double cap_height;      /* of "H" */
    struct pm_box ink;      /* relative to the left end of the baseline */
    unsigned scripts;       /* of the text, as bits (model/script.h) */
    unsigned missing;       /* characters that no font has a glyph for */
    uint32_t missing_char;  /* the first of them */
};

/* Measures one line. Results are cached by the engine's fonts, as labels are measured often. */
struct pm_extent pm_text_measure(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                                 const char *lang);

/* Breaks `s` into lines no wider than `width` (Unicode line breaking; a word that is too long is
 * broken inside, with a hyphen where its script has them, and so is one at a soft hyphen). Returns the number of lines, copies in `arena`. A line feed always breaks. A line
 * that would not keep its paragraph's direction on its own begins with a mark (U+200E, U+200F). */
size_t pm_text_wrap(struct pm_fonts *fonts, const struct pm_font *font, const char *s,
                    const char *lang, double width, struct pm_arena *arena, const char ***lines);

/* Is the base direction of the text right to left? By its first letter or mark. */
bool pm_text_rtl(const char *s);

/* Where the next of U+06F0 to U+06F9 stand in the text from `from` on: bytes, or false. Urdu and Sindhi
 * draw four, six and seven in shapes of their own, and some fonts (Noto Naskh Arabic 2.0 among them) do
 * so in all languages, by their OpenType feature "locl": in Persian and Pashto it must be off there. False
 * for a text in a language that has those shapes. */
bool pm_text_digits(const char *s, const char *lang, size_t from, struct pm_range *out);

#endif
