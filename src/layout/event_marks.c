/* Marks of events: the outline says what happened, the number which event it is. One colour and one size
 * for all: a mark says nothing of how much, nor whose doing it was. */
#include <math.h>

#include "layout/marks.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define TAU 6.28318530717958647692

/* Of the radius. */
#define INNER 0.78 /* of a burst, between its points */
#define DISC 0.8   /* of a clash: what the number stands on */
#define TIP 1.16   /* of the arms of a clash: within the ring of what is known roughly */
#define ARM 0.25   /* half their width */
#define RING 1.4
#define OUTLINE 1.2 /* px */

typedef void add_shape(struct pm_path *path, struct pm_pt at, double r);

static struct pm_pt around(struct pm_pt at, double r, double angle)
{
    return (struct pm_pt){at.x + r * sin(angle), at.y - r * cos(angle)};
}

static void add_point(struct pm_path *path, struct pm_pt p, bool first)
{
    if (first)
        pm_path_move(path, p.x, p.y);
    else
        pm_path_line(path, p.x, p.y);
}

/* Strikes: a burst of sixteen points. */
static void add_burst(struct pm_path *path, struct pm_pt at, double r)
{
    for (int i = 0; i < 32; i++)
        add_point(path, around(at, i % 2 ? r * INNER : r, TAU * i / 32), i == 0);
    pm_path_close(path);
}

/* A clash: two crossed bars behind a disc. */
static void add_crossed(struct pm_path *path, struct pm_pt at, double r)
{
    double disc = r * DISC, half = asin(ARM / DISC), tip = atan(ARM / TIP), reach = hypot(ARM, TIP);
    for (int i = 0; i < 4; i++) {
        double arm = TAU * (2 * i + 1) / 8, next = arm + TAU / 4;
        add_point(path, around(at, disc, arm - half), i == 0);
        add_point(path, around(at, r * reach, arm - tip), false);
        add_point(path, around(at, r * reach, arm + tip), false);
        add_point(path, around(at, disc, arm + half), false);
        pm_path_arc(path, at, disc, arm + half, next - half);
    }
    pm_path_close(path);
}

/* A capture: a flag on its pole. */
static void add_flag(struct pm_path *path, struct pm_pt at, double r)
{
    static const struct pm_pt points[] = {{-1, -1},     {1.02, -1},    {0.76, -0.3}, {1.02, 0.4},
                                          {-0.76, 0.4}, {-0.76, 1.05}, {-1, 1.05}};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        add_point(path, (struct pm_pt){at.x + points[i].x * r, at.y + points[i].y * r}, i == 0);
    pm_path_close(path);
}

/* An explosion: a disc within a ring of wedges. */
static void add_ring_burst(struct pm_path *path, struct pm_pt at, double r)
{
    pm_path_circle(path, at, r * 0.73);
    for (int i = 0; i < 8; i++) {
        double angle = TAU * i / 8;
        add_point(path, around(at, r * 0.84, angle - 0.27), true);
        add_point(path, around(at, r * 1.14, angle), false);
        add_point(path, around(at, r * 0.84, angle + 0.27), false);
        pm_path_close(path);
    }
}

static void add_disc(struct pm_path *path, struct pm_pt at, double r)
{
    pm_path_circle(path, at, r * 0.88);
}

static const struct {
    add_shape *add;
    double middle;         /* of the ground for the number, above the mark's own: of the radius */
    struct pm_reach reach; /* of the radius */
} shapes[PM_EVENT_KINDS] = {
    [PM_EVENT_STRIKES] = {add_burst, 0, {1, 1}},
    [PM_EVENT_CLASH] = {add_crossed, 0, {1, 1.19}},
    [PM_EVENT_CAPTURE] = {add_flag, 0.3, {1.05, 1.46}},
    [PM_EVENT_EXPLOSION] = {add_ring_burst, 0, {1.14, 1.14}},
    [PM_EVENT_OTHER] = {add_disc, 0, {0.88, 0.88}},
};

bool pm_event_is_rough(const struct pm_event *event)
{
    return event->precision != PM_PRECISION_EXACT;
}

/* Never smaller than its number. */
double pm_event_radius(const struct pm_draft *draft, bool rough)
{
    double radius =
        fmax(pm_px(draft, draft->style->mark.event), 0.8 * pm_type_font(draft, PM_TYPE_EVENT).size);
    return radius * (rough ? RING : 1);
}

struct pm_reach pm_event_reach(const struct pm_draft *draft, enum pm_event_kind kind, bool rough)
{
    double r = pm_event_radius(draft, false), ring = rough ? pm_event_radius(draft, true) : 0;
    double edge = pm_px(draft, OUTLINE) / 2;
    return (struct pm_reach){fmax(shapes[kind].reach.box * r, ring) + edge,
                             fmax(shapes[kind].reach.circle * r, ring) + edge};
}

void pm_draw_event_ring(const struct pm_draft *draft, struct pm_scene *scene, struct pm_pt at,
                        double radius)
{
    struct pm_path path = {0};
    pm_path_circle(&path, at, radius);
    pm_scene_path(
        scene, NULL, &path,
        (struct pm_paint){.fill = pm_see_through(draft, draft->style->color.halo, 0.6, PM_NO_COLOR),
                          .stroke = draft->style->color.event,
                          .width = pm_px(draft, 1.4),
                          .dash = {pm_px(draft, 4), pm_px(draft, 3)}});
    pm_path_finish(&path);
}

static void draw_number(const struct pm_draft *draft, struct pm_scene *scene, int number,
                        struct pm_pt at)
{
    struct pm_run run =
        pm_type_run(draft, PM_TYPE_EVENT, pm_ordinal_of(draft, (size_t)number), NULL);
    run.color = draft->style->color.event_ink;
    struct pm_extent extent = pm_text_measure(draft->fonts, &run.font, run.s, run.lang);
    pm_draw_run(scene, run, at.x, at.y + extent.cap_height / 2, PM_ANCHOR_MIDDLE);
}

void pm_draw_event_mark(const struct pm_draft *draft, struct pm_scene *scene,
                        enum pm_event_kind kind, bool rough, int number, struct pm_pt at)
{
    struct pm_path path = {0};
    double r = pm_event_radius(draft, false);
    if (rough)
        pm_draw_event_ring(draft, scene, at, pm_event_radius(draft, true));
    shapes[kind].add(&path, at, r);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = draft->style->color.event,
                                    .stroke = draft->style->color.halo,
                                    .width = pm_px(draft, OUTLINE)});
    pm_path_finish(&path);
    if (number)
        draw_number(draft, scene, number, (struct pm_pt){at.x, at.y - shapes[kind].middle * r});
}
