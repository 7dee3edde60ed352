#include "layout/spot.h"

#include <math.h>

#include "base/banned.h"

#define INSET 14.0
#define LATTICE 16.0
#define MUTED_WEIGHT 0.001 /* of areas outside the focus, which may be covered … */
#define MOST_COVER 0.0015  /* … all over: of those in focus, next to nothing */
#define COVER_COST 80000.0
#define OFF_AREAS 8.0 /* px: the mask is coarse */
#define OFF_TAKEN 6.0

/* Steps that end at the far edge, too: corners are good places. */
static int steps_in(double room, double step)
{
    return (int)fmax(1, ceil(room / step));
}

struct pm_box pm_spot_find(const struct pm_draft *draft, double w, double h, pm_spot_cost *cost,
                           const void *user)
{
    struct pm_box frame = pm_box_grown(draft->page.map, -pm_px(draft, INSET)), best = {0};
    double room_x = pm_box_w(frame) - w, room_y = pm_box_h(frame) - h, least = INFINITY;
    if (room_x < 0 || room_y < 0)
        return best;
    int columns = steps_in(room_x, pm_px(draft, LATTICE)),
        rows = steps_in(room_y, pm_px(draft, LATTICE));
    for (int row = 0; row <= rows; row++)
        for (int column = 0; column <= columns; column++) {
            struct pm_box box = pm_box_of(frame.x0 + room_x * column / columns,
                                          frame.y0 + room_y * row / rows, w, h);
            double price = cost(draft, box, user);
            if (price < least) {
                least = price;
                best = box;
            }
        }
    return best;
}

bool pm_spot_free(const struct pm_draft *draft, struct pm_box box)
{
    for (size_t i = 0; i < draft->taken.n; i++)
        if (pm_box_meets(box, draft->taken.v[i]))
            return false;
    return true;
}

struct pm_mask pm_spot_areas(const struct pm_draft *draft)
{
    return pm_mask_make(draft, MUTED_WEIGHT);
}

double pm_spot_cover(const struct pm_draft *draft, const struct pm_mask *areas, struct pm_box box)
{
    double cover = pm_mask_cover(areas, pm_box_grown(box, pm_px(draft, OFF_AREAS)));
    if (cover > MOST_COVER || !pm_spot_free(draft, pm_box_grown(box, pm_px(draft, OFF_TAKEN))))
        return INFINITY;
    return cover * COVER_COST;
}

double pm_spot_to_corner(const struct pm_draft *draft, struct pm_box box)
{
    struct pm_box frame = draft->page.map;
    return hypot(fmin(box.x0 - frame.x0, frame.x1 - box.x1),
                 fmin(box.y0 - frame.y0, frame.y1 - box.y1));
}
