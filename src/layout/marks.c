#include "layout/marks.h"

#include <math.h>

#include "layout/series.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define TAU 6.28318530717958647692
#define RIMMED 1.1       /* of the radius: the inside of a rim */
#define MOST_OF_RIM 0.55 /* of an area's size: the rest shows what it is now */
#define EDGE 0.6         /* of the width of borders: the line along the inside of a rim … */
#define MOST_OF_EDGE 0.4 /* … and of the width of the rim */
#define EDGES 1.4        /* px: both dark edges of a rim */
#define CORNER 1.4       /* of the radius: the corners of a triangle, with its outline */
#define DISC 2.0         /* px around a mark */

double pm_place_radius(const struct pm_draft *draft, int rank)
{
    const struct pm_style *style = draft->style;
    return pm_px(draft, rank == 1   ? style->mark.national
                        : rank == 2 ? style->mark.capital
                                    : style->mark.town);
}

static double rim_radius(const struct pm_draft *draft, double radius)
{
    return RIMMED * radius + pm_px(draft, DISC + draft->style->mark.rim);
}

/* Side by side the rims of areas tell enough, and one about the only mark would hide its area. */
static bool has_rim(const struct pm_draft *draft, const struct pm_state *state)
{
    return state->changed && !pm_is_small_map(draft);
}

double pm_rimmed_radius(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    double radius = pm_place_radius(draft, place->rank);
    return has_rim(draft, &place->state) ? rim_radius(draft, radius) : radius;
}

double pm_place_reach(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    double radius = pm_place_radius(draft, place->rank),
           corner = place->rank == 1 ? 1 : CORNER; /* a star's disc */
    return fmax(pm_rimmed_radius(draft, place), fmax(corner * radius, radius + pm_px(draft, DISC)));
}

static void polygon(struct pm_path *path, struct pm_pt at, int corners, double radius, double inner,
                    double turn)
{
    int points = inner > 0 ? corners * 2 : corners;
    for (int i = 0; i < points; i++) {
        double r = inner > 0 && i % 2 ? inner : radius;
        double angle = turn + TAU * i / points;
        double x = at.x + r * sin(angle), y = at.y - r * cos(angle);
        if (i == 0)
            pm_path_move(path, x, y);
        else
            pm_path_line(path, x, y);
    }
    pm_path_close(path);
}

static struct pm_paint outlined(const struct pm_draft *draft, struct pm_paint paint)
{
    paint.stroke = draft->style->color.ink;
    paint.width = pm_px(draft, draft->style->mark.outline);
    return paint;
}

/* ---- marks of places: one function a kind ---------------------------------------------------- */

typedef void draw_mark(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                       struct pm_pt at, double r);

static void draw_circle(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                        struct pm_pt at, double r)
{
    struct pm_path path = {0};
    pm_path_circle(&path, at, r);
    pm_scene_path(scene, NULL, &path, outlined(draft, fill));
    pm_path_finish(&path);
}

static void draw_split(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                       struct pm_pt at, double r)
{
    struct pm_path path = {0};
    double h = r * 0.88;
    pm_path_box(&path, pm_box_of(at.x - h, at.y - h, 2 * h, 2 * h));
    pm_scene_path(scene, NULL, &path, outlined(draft, fill));
    pm_path_move(&path, at.x - h, at.y - h);
    pm_path_line(&path, at.x + h, at.y - h);
    pm_path_line(&path, at.x - h, at.y + h);
    pm_path_close(&path);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = draft->style->color.ink});
    pm_path_finish(&path);
}

static void draw_diamond(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                         struct pm_pt at, double r)
{
    struct pm_path path = {0};
    polygon(&path, at, 4, r * 1.2, 0, 0);
    pm_scene_path(scene, NULL, &path, outlined(draft, fill));
    pm_path_finish(&path);
}

static void draw_triangle(const struct pm_draft *draft, struct pm_scene *scene,
                          struct pm_paint fill, struct pm_pt at, double r)
{
    struct pm_path path = {0};
    polygon(&path, (struct pm_pt){at.x, at.y + r * 0.18}, 3, r * 1.25, 0, 0);
    pm_scene_path(scene, NULL, &path, outlined(draft, fill));
    pm_path_finish(&path);
}

static void draw_hollow(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                        struct pm_pt at, double r)
{
    struct pm_path path = {0};
    struct pm_paint paint = outlined(draft, fill);
    /* eight dashes around, whatever the radius */
    paint.dash[0] = paint.dash[1] = TAU * r / 16;
    pm_path_circle(&path, at, r);
    pm_scene_path(scene, NULL, &path, paint);
    pm_path_finish(&path);
}

static draw_mark *const draw_marks[] = {
    [PM_MARKER_CIRCLE] = draw_circle,   [PM_MARKER_SPLIT] = draw_split,
    [PM_MARKER_DIAMOND] = draw_diamond, [PM_MARKER_TRIANGLE] = draw_triangle,
    [PM_MARKER_HOLLOW] = draw_hollow,
};

/* The capital of the country: a star in a ring; its colour is the status. */
static void draw_star(const struct pm_draft *draft, struct pm_scene *scene, struct pm_paint fill,
                      struct pm_pt at, double r)
{
    struct pm_path path = {0};
    pm_path_circle(&path, at, r);
    pm_scene_path(scene, NULL, &path,
                  outlined(draft, (struct pm_paint){.fill = draft->style->color.halo}));
    polygon(&path, at, 5, r * 0.78, r * 0.34, 0);
    struct pm_paint paint = outlined(draft, fill);
    paint.width *= 0.7;
    pm_scene_path(scene, NULL, &path, paint);
    pm_path_finish(&path);
}

static pm_color rim_color(const struct pm_draft *draft, const struct pm_state *state)
{
    pm_color before = pm_state_fill(draft, state->before);
    return before == pm_state_fill(draft, state) ? draft->style->color.ink : before;
}

/* What that colour stands for; NULL for ink. */
static const char *rim_of(const struct pm_draft *draft, const struct pm_state *state)
{
    struct pm_paint before = pm_state_paint(draft, state->before);
    return before.fill == pm_state_fill(draft, state) ? NULL : before.of;
}

/* In the colour of what it was. */
static void draw_place_rim(const struct pm_draft *draft, struct pm_scene *scene,
                           const struct pm_state *state, struct pm_pt at, double r)
{
    struct pm_path path = {0};
    double width = pm_px(draft, draft->style->mark.rim);
    pm_path_circle(&path, at, rim_radius(draft, r) - width / 2);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = draft->style->color.halo,
                                    .stroke = draft->style->color.ink,
                                    .width = width});
    pm_path_circle(&path, at, rim_radius(draft, r) - width / 2);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.stroke = rim_color(draft, state),
                                    .of = rim_of(draft, state),
                                    .width = width - pm_px(draft, EDGES)});
    pm_path_finish(&path);
}

static void draw_disc(const struct pm_draft *draft, struct pm_scene *scene, struct pm_pt at,
                      double r)
{
    struct pm_path path = {0};
    pm_path_circle(&path, at, r + pm_px(draft, DISC));
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = draft->style->color.halo});
    pm_path_finish(&path);
}

void pm_draw_place_mark(const struct pm_draft *draft, struct pm_scene *scene,
                        const struct pm_state *state, int rank, struct pm_pt at, double radius)
{
    struct pm_paint fill = pm_state_paint(draft, state);
    if (has_rim(draft, state))
        draw_place_rim(draft, scene, state, at, radius);
    else
        draw_disc(draft, scene, at, radius);
    if (rank == 1)
        draw_star(draft, scene, fill, at, radius);
    else
        draw_marks[state->look->marker](draft, scene, fill, at, radius);
}

/* ---- swatches --------------------------------------------------------------------------------- */

static void stroke_within(struct pm_scene *scene, const char *name, const struct pm_path *path,
                          pm_color color, const char *of, double width)
{
    const struct pm_ident ident = {.classes = name};
    const struct pm_paint paint = {
        .stroke = color, .of = of, .width = 2 * width, .round = true, .inner = true};
    struct pm_path copy = {0};
    pm_path_add(&copy, path);
    pm_scene_path(scene, name ? &ident : NULL, &copy, paint);
    pm_path_finish(&copy);
}

void pm_draw_rim(const struct pm_draft *draft, struct pm_scene *scene, const struct pm_state *state,
                 const struct pm_path *path, double area, double round, bool named)
{
    const struct pm_style *style = draft->style;
    double width = fmin(pm_px(draft, style->line.rim), MOST_OF_RIM * area / round);
    double edge = fmin(pm_px(draft, EDGE * style->line.border), MOST_OF_EDGE * width);
    const char *of = rim_of(draft, state);
    if (of)
        stroke_within(scene, named ? "rim-edge" : NULL, path, style->color.border, NULL,
                      width + edge);
    stroke_within(scene, named ? "rim" : NULL, path, rim_color(draft, state), of, width);
}

void pm_draw_swatch(const struct pm_draft *draft, struct pm_scene *scene,
                    const struct pm_state *state, struct pm_box box)
{
    struct pm_path path = {0};
    pm_path_box(&path, box);
    pm_scene_path(scene, NULL, &path, pm_state_paint(draft, state));
    int patterns[2], count = pm_state_patterns(draft, state, scene, patterns);
    for (int i = 0; i < count; i++) {
        pm_path_box(&path, box);
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.pattern = patterns[i]});
    }
    pm_path_box(&path, box);
    if (state->changed)
        pm_draw_rim(draft, scene, state, &path, pm_box_w(box) * pm_box_h(box),
                    2 * (pm_box_w(box) + pm_box_h(box)), false);
    struct pm_paint edge = {.stroke = draft->style->color.border,
                            .width = pm_px(draft, draft->style->line.border)};
    if (state->doubtful)
        edge.dash[0] = edge.dash[1] = pm_px(draft, 4);
    pm_scene_path(scene, NULL, &path, edge);
    pm_path_finish(&path);
}
