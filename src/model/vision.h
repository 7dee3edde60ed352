/* How far apart colours look, to whom: CIELAB, the CIEDE2000 difference, and what colours become for
 * eyes that lack one kind of cone, or on a copier that knows grey only. Alpha is left aside.
 *
 * Sources: IEC 61966-2-1 (sRGB); CIE 15 (CIELAB, white D65); Sharma, Wu and Dalal 2005, "The CIEDE2000
 * color-difference formula"; Machado, Oliveira and Fernandes 2009, "A physiologically-based model for
 * simulation of color vision deficiency", severity 1.0. */
#ifndef PM_MODEL_VISION_H
#define PM_MODEL_VISION_H

#include "model/color.h"

struct pm_lab {
    double l, a, b; /* l: 0 black .. 100 white */
};

enum pm_vision {
    PM_VISION_FULL,
    PM_VISION_PROTAN, /* no long-wave cones */
    PM_VISION_DEUTAN, /* no middle-wave cones */
    PM_VISION_TRITAN, /* no short-wave cones */
    PM_VISION_GREY,   /* luminance alone */
    PM_VISIONS
};

/* What the colour looks like to this eye. */
struct pm_lab pm_lab_of(pm_color c, enum pm_vision vision);
/* CIEDE2000 with all weights 1: about 1 is the least difference that can be seen side by side. */
double pm_lab_difference(struct pm_lab x, struct pm_lab y);
/* "with full colour vision", "in grey": ends a sentence about two colours. */
const char *pm_vision_phrase(enum pm_vision vision);

#endif
