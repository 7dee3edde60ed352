/* Random polygons: stars of uneven rays, alone, with a hole, or many side by side. */
#ifndef PM_TEST_STAR_H
#define PM_TEST_STAR_H

#include "check.h"

#include "geo/shape.h"

#define STAR_PI 3.14159265358979323846

enum { STAR_POINTS = 24, STAR_RINGS = 40 };

struct stars {
    struct pm_pt points[STAR_POINTS * STAR_RINGS];
    struct pm_range ranges[STAR_RINGS];
    struct pm_page_rings rings;
};

static inline double star_between(uint32_t *seed, double low, double high)
{
    return low + (high - low) * (check_random(seed) % 100000) / 100000.0;
}

static inline void star_add(struct stars *stars, uint32_t *seed, struct pm_pt middle, double radius)
{
    struct pm_page_rings *rings = &stars->rings;
    size_t first = rings->ring_count * STAR_POINTS;
    rings->points = stars->points;
    rings->rings = stars->ranges;
    stars->ranges[rings->ring_count] = (struct pm_range){first, STAR_POINTS};
    for (size_t i = 0; i < STAR_POINTS; i++) {
        double r = radius * star_between(seed, 0.4, 1), angle = 2 * STAR_PI * i / STAR_POINTS;
        struct pm_pt p = {round(100 * (middle.x + r * cos(angle))) / 100,
                          round(100 * (middle.y + r * sin(angle))) / 100};
        stars->points[first + i] = p;
        pm_box_add(&rings->box, p, first + i == 0);
    }
    rings->ring_count++;
}

/* One star with a hole, or a sea of islands. */
static inline void star_make(struct stars *stars, uint32_t *seed, bool islands)
{
    *stars = (struct stars){0};
    if (!islands) {
        star_add(stars, seed, (struct pm_pt){100, 80}, 70);
        star_add(stars, seed, (struct pm_pt){star_between(seed, 95, 105), 80}, 20);
    }
    for (size_t i = 0; islands && i < STAR_RINGS; i++)
        star_add(stars, seed, (struct pm_pt){20 + 25 * (i % 8), 20 + 25 * (i / 8)},
                 star_between(seed, 2, 12));
}

#endif
