/* Weights: borders grow finer where areas are small on the page, or they would cover what they part. */
#ifndef PM_LAYOUT_WEIGHT_H
#define PM_LAYOUT_WEIGHT_H

#include "layout/draft.h"

/* A few steps and not a slope, so that all borders of a kind stay a handful of paths. */
enum { PM_WEIGHT_COUNT = 5, PM_WEIGHT_ISLET = PM_WEIGHT_COUNT };

/* Share of its full width that a border of this weight has: 1 for weight 0, and less from there on. */
double pm_weight_share(int weight);
/* The weight of each arc. It goes by the width of the narrower of the two areas, or of the island
 * that the arc runs around: full from the style's line.fade on, in proportion below it. The width is
 * the side of a square as large, or less where a long coast makes an area narrower than that.
 * Between areas of different parents it goes by theirs. No area counts as more than three times as
 * wide as the median of those that the frame holds: where most are small, the few large ones would have
 * outlines of another map. An area that leaves the frame is not narrow, nor are neighbours.
 *
 * PM_WEIGHT_ISLET: the arc runs around an island so small that a line would hide its colour. */
const uint8_t *pm_weights(const struct pm_draft *draft);

#endif
