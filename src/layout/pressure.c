#include "layout/pressure.h"

#include <math.h>

#include "layout/marks.h"
#include "layout/state.h"
#include "base/banned.h"

/* Degrees: how far an arc reaches to each side of its bearing, and half of the gap to the next that can
 * just be seen. */
enum { HALF = 30, HALF_GAP = 5, TURN = 360 };

#define RADIAN (3.14159265358979323846 / 180)

/* px: from the edge of the mark to the middle of an arc; widths of an arc, its edges and its halo. */
#define AWAY 6.4
#define ARC 3.0
#define EDGED 4.8
#define HALOED 6.8

/* ---- sectors ------------------------------------------------------------------------------- */

/* Which whole degrees lie near a bearing: each stands for the degree from there on. */
static void cover(const struct pm_pressure *pressure, bool covered[TURN])
{
    for (size_t i = 0; i < pressure->count; i++) {
        int bearing = (int)(pressure->from[i] + 0.5);
        for (int d = -HALF - HALF_GAP; d < HALF + HALF_GAP; d++)
            covered[(bearing + d + TURN) % TURN] = true;
    }
}

/* The last degree of a gap; -1 if there is none. */
static int end_of_gap(const bool covered[TURN])
{
    for (int i = 0; i < TURN; i++)
        if (!covered[i] && covered[(i + 1) % TURN])
            return i;
    return -1;
}

size_t pm_pressure_sectors(const struct pm_pressure *pressure,
                           struct pm_sector sectors[PM_MOST_SECTORS])
{
    bool covered[TURN] = {false};
    size_t count = 0;
    cover(pressure, covered);
    int gap = end_of_gap(covered);
    if (pressure->around || (gap < 0 && pressure->count)) {
        sectors[0] = (struct pm_sector){0, TURN};
        return 1;
    }
    for (int i = gap + 1; gap >= 0 && i < gap + TURN; i++) {
        if (!covered[i % TURN])
            continue;
        int from = i;
        while (covered[i % TURN])
            i++;
        sectors[count++] = (struct pm_sector){from + HALF_GAP, i - HALF_GAP};
    }
    return count;
}

bool pm_pressure_is_siege(const struct pm_pressure *pressure)
{
    struct pm_sector sectors[PM_MOST_SECTORS];
    return pm_pressure_sectors(pressure, sectors) == 1 && sectors[0].to - sectors[0].from == TURN;
}

/* ---- arcs ---------------------------------------------------------------------------------- */

double pm_pressure_radius(const struct pm_draft *draft, double radius)
{
    return radius + pm_px(draft, AWAY + HALOED / 2);
}

double pm_pressure_distance(const struct pm_draft *draft, const struct pm_place_draft *place,
                            struct pm_pt p)
{
    struct pm_sector sectors[PM_MOST_SECTORS];
    const struct pm_record *record = place->state.record;
    size_t count = record && record->pressure ? pm_pressure_sectors(record->pressure, sectors) : 0;
    double radius = pm_rimmed_radius(draft, place) + pm_px(draft, AWAY), least = INFINITY;
    double dx = p.x - place->at.x, dy = p.y - place->at.y;
    double bearing = (atan2(dx, -dy) - place->north) / RADIAN;
    for (size_t i = 0; i < count; i++) {
        /* the bearing of the arc's nearest point: p's own, or one of the ends */
        double half = (sectors[i].to - sectors[i].from) / 2.0, middle = sectors[i].from + half;
        double off = remainder(bearing - middle, TURN);
        double at = (middle + fmax(-half, fmin(half, off))) * RADIAN + place->north;
        least = fmin(least, hypot(dx - radius * sin(at), dy + radius * cos(at)));
    }
    return fmax(0, least - pm_px(draft, HALOED) / 2);
}

static void add_sectors(struct pm_path *path, const struct pm_pressure *pressure, double north,
                        struct pm_pt at, double radius)
{
    struct pm_sector sectors[PM_MOST_SECTORS];
    size_t count = pm_pressure_sectors(pressure, sectors);
    for (size_t i = 0; i < count; i++) {
        double from = north + sectors[i].from * RADIAN, to = north + sectors[i].to * RADIAN;
        if (sectors[i].to - sectors[i].from == TURN) {
            pm_path_circle(path, at, radius);
        } else {
            pm_path_move(path, at.x + radius * sin(from), at.y - radius * cos(from));
            pm_path_arc(path, at, radius, from, to);
        }
    }
}

void pm_draw_pressure(const struct pm_draft *draft, struct pm_scene *scene,
                      const struct pm_state *state, double north, struct pm_pt at, double radius)
{
    const struct pm_pressure *pressure = state->record->pressure;
    const struct pm_state presser = {.look = pm_pressure_look(draft, pressure),
                                     .muted = state->muted};
    const struct pm_paint own = pm_state_paint(draft, &presser);
    const struct {
        pm_color color;
        double width;
        const char *of;
    } passes[] = {{draft->style->color.halo, HALOED, NULL},
                  {draft->style->color.ink, EDGED, NULL},
                  {own.fill, ARC, own.of}};
    struct pm_path path = {0};
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
        add_sectors(&path, pressure, north, at, radius + pm_px(draft, AWAY));
        pm_scene_path(scene, NULL, &path,
                      (struct pm_paint){.stroke = passes[i].color,
                                        .of = passes[i].of,
                                        .width = pm_px(draft, passes[i].width),
                                        .round = true});
    }
    pm_path_finish(&path);
}
