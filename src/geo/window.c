/* The window is found by looking back: a lattice of places on the page is unprojected, and what lies
 * between them is allowed for by a margin. A pole in sight opens it to all longitudes. */
#include <math.h>

#include "geo/ellipsoid.h"
#include "geo/meridian.h"
#include "base/banned.h"

#define LATTICE 24
#define MARGIN 2.5       /* steps of the lattice */
#define NEAR_POLE 80.0   /* degrees: meridians run together too fast for the lattice */
#define MOST_EARTH 300.0 /* degrees of longitude: practically all */
#define RIM 1e-4         /* degrees from the far meridian; see whole_earth() */

struct sight {
    double west, east, south, north;
    size_t seen, unseen;
};

static void look(const struct pm_frame *f, struct pm_pt at, struct sight *s)
{
    double lon = 0, lat = 0;
    if (!pm_unproject(&f->projection, pm_frame_metre(f, at), &lon, &lat)) {
        s->unseen++;
        return;
    }
    lon = remainder(lon - f->projection.lon0, 360);
    bool first = s->seen++ == 0;
    s->west = first ? lon : fmin(s->west, lon);
    s->east = first ? lon : fmax(s->east, lon);
    s->south = first ? lat : fmin(s->south, lat);
    s->north = first ? lat : fmax(s->north, lat);
}

static bool sees_pole(const struct pm_frame *f, struct pm_box box, double lat)
{
    struct pm_pt p = pm_frame_lonlat(f, f->projection.lon0, lat);
    return pm_box_inside(pm_box_of(p.x, p.y, 0, 0), box);
}

/* Azimuthal maps draw the antipode as their rim, and the far meridian runs through it: what is cut there
 * must pass the antipode on its own side, a little off, so that it follows its half of the rim. The
 * transverse cylinder folds over a quarter from its meridian. */
static struct pm_window whole_earth(const struct pm_projection *p)
{
    double reach = 180;
    if (p->kind == PM_PROJECTION_LAMBERT_AREA && fabs(p->lat0) < 90)
        reach = 180 - RIM;
    if (p->kind == PM_PROJECTION_TRANSVERSE)
        reach = 90;
    return (struct pm_window){pm_grid_of(-reach, -90), pm_grid_of(reach, 90), true};
}

static void open_at_poles(const struct pm_frame *f, struct pm_box box, struct sight *s)
{
    if (s->north > NEAR_POLE || sees_pole(f, box, 90))
        s->north = 90;
    if (s->south < -NEAR_POLE || sees_pole(f, box, -90))
        s->south = -90;
    if (s->north == 90 || s->south == -90) {
        s->west = -180;
        s->east = 180;
    }
}

struct pm_window pm_window_seen(const struct pm_frame *f, struct pm_box box)
{
    const struct pm_projection *p = &f->projection;
    struct pm_window whole = whole_earth(p);
    struct sight s = {0};
    for (int i = 0; i <= LATTICE; i++)
        for (int j = 0; j <= LATTICE; j++)
            look(f,
                 (struct pm_pt){box.x0 + pm_box_w(box) * i / LATTICE,
                                box.y0 + pm_box_h(box) * j / LATTICE},
                 &s);
    if (s.unseen && (p->kind != PM_PROJECTION_OTHER || s.east - s.west > MOST_EARTH || !s.seen))
        return whole;
    double dx = (s.east - s.west) * MARGIN / LATTICE, dy = (s.north - s.south) * MARGIN / LATTICE;
    s = (struct sight){s.west - dx, s.east + dx, s.south - dy, s.north + dy, 0, 0};
    open_at_poles(f, box, &s);
    struct pm_window seen = {pm_grid_of(fmax(s.west, pm_grid_lon(whole.low)), fmax(s.south, -90)),
                             pm_grid_of(fmin(s.east, pm_grid_lon(whole.high)), fmin(s.north, 90)),
                             false};
    return seen;
}

void pm_window_outline(const struct pm_frame *f, const struct pm_window *w,
                       struct pm_page_points *out)
{
    const struct pm_grid corners[] = {
        w->low, {w->high.x, w->low.y}, w->high, {w->low.x, w->high.y}, w->low};
    if (!w->edge || f->projection.kind == PM_PROJECTION_TRANSVERSE)
        return;
    for (int i = 0; i < 4; i++) {
        struct pm_pt p = pm_frame_turned(f, corners[i]);
        if (!isfinite(p.x + p.y))
            return;
    }
    pm_frame_line(f, corners, 5, out);
}
