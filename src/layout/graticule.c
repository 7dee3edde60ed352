/* The graticule: meridians and parallels at round steps, their degrees where they meet the map's left and
 * lower edge. */
#include <math.h>

#include "layout/spot.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/vec.h"
#include "base/banned.h"

#define WIDTH 0.7     /* px of the style */
#define STRENGTH 0.45 /* of the lines' colour */
#define INSET 5.0     /* px of the style from the frame to the degrees */
#define APART 4.0     /* … between degrees and other things */
#define AROUND 180.0  /* degrees */

enum { MOST_LINES = 8, SAMPLES = 17, PIECES = 60 };

/* What the frame shows, in degrees: longitudes counted from the central meridian. */
struct span {
    double west, east, south, north, step;
};

static double round_step(double range)
{
    static const double steps[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (range / steps[i] <= MOST_LINES)
            return steps[i];
    return 30;
}

/* False if nothing of the earth is in sight. */
static bool span_of(const struct pm_draft *draft, struct span *span)
{
    const struct pm_projection *projection = &draft->frame.projection;
    struct pm_box map = draft->page.map;
    struct pm_box seen = {0};
    bool first = true;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        double lon = 0, lat = 0;
        int column = i % SAMPLES, row = i / SAMPLES;
        struct pm_pt p = {map.x0 + pm_box_w(map) * column / (SAMPLES - 1),
                          map.y0 + pm_box_h(map) * row / (SAMPLES - 1)};
        if (!pm_unproject(projection, pm_frame_metre(&draft->frame, p), &lon, &lat))
            continue;
        struct pm_grid turned = pm_projection_turn(projection, pm_grid_of(lon, lat));
        pm_box_add(&seen, (struct pm_pt){pm_grid_lon(turned), pm_grid_lat(turned)}, first);
        first = false;
    }
    *span = (struct span){seen.x0, seen.x1, seen.y0, seen.y1,
                          round_step(fmax(pm_box_w(seen), pm_box_h(seen)))};
    if (pm_box_w(seen) > AROUND) { /* a pole is in sight, or all of the earth */
        span->west = -180;
        span->east = 180;
    }
    return !first && pm_box_w(seen) > 0 && pm_box_h(seen) > 0;
}

/* A meridian or parallel on the page. */
struct degree_line {
    bool meridian;
    double degrees; /* longitude -180 to 180, or latitude */
    struct pm_page_points points;
};

typedef void see_line(const struct degree_line *line, void *user);

static void trace(const struct pm_draft *draft, const struct span *span, struct degree_line *line,
                  double turned)
{
    struct pm_grid points[PIECES + 1];
    double reach_lon = (span->east - span->west) / SAMPLES;
    double reach_lat = (span->north - span->south) / SAMPLES;
    for (int i = 0; i <= PIECES; i++) {
        double t = (double)i / PIECES;
        double lon = span->west - reach_lon + t * (span->east - span->west + 2 * reach_lon);
        double lat = span->south - reach_lat + t * (span->north - span->south + 2 * reach_lat);
        points[i] = line->meridian ? pm_grid_of(turned, fmax(-90, fmin(lat, 90)))
                                   : pm_grid_of(fmax(-180, fmin(lon, 180)), line->degrees);
    }
    pm_frame_line(&draft->frame, points, PIECES + 1, &line->points);
}

/* Shows each line to `see`. */
static void each_line(const struct pm_draft *draft, see_line *see, void *user)
{
    struct span span;
    if (!span_of(draft, &span))
        return;
    double lon0 = draft->frame.projection.lon0;
    for (double k = ceil((span.west + lon0) / span.step); k * span.step <= span.east + lon0; k++) {
        double lon = k * span.step;
        struct degree_line line = {.meridian = true, .degrees = remainder(lon, 360)};
        trace(draft, &span, &line, lon - lon0);
        see(&line, user);
        pm_vec_finish(&line.points);
    }
    for (double k = ceil(span.south / span.step); k * span.step <= span.north; k++) {
        struct degree_line line = {.degrees = k * span.step};
        if (fabs(line.degrees) >= 90)
            continue;
        trace(draft, &span, &line, 0);
        see(&line, user);
        pm_vec_finish(&line.points);
    }
}

/* ---- degrees ----------------------------------------------------------------------------------------- */

static const char *said(const struct pm_draft *draft, const struct degree_line *line)
{
    double value = round(fabs(line->degrees) * 100) / 100;
    const struct pm_slot slots[] = {{"n", pm_word_number(&draft->wording, value, 2)}, {NULL, NULL}};
    if (value == 0 || value == 180)
        return pm_sprintf(draft->arena, "%s°", slots[0].value);
    enum pm_word side = line->meridian ? PM_WORD_EAST : PM_WORD_NORTH;
    return pm_words_of(draft, line->degrees < 0 ? side + 1 : side, slots);
}

/* Where the line meets the frame's edge; false if it does not. */
static bool at_edge(const struct pm_draft *draft, const struct degree_line *line, struct pm_pt *at)
{
    struct pm_box map = draft->page.map;
    for (size_t i = 0; i + 1 < line->points.n; i++) {
        struct pm_pt a = line->points.v[i], b = line->points.v[i + 1];
        double from = line->meridian ? a.y - map.y1 : a.x - map.x0;
        double to = line->meridian ? b.y - map.y1 : b.x - map.x0;
        if ((from < 0) == (to < 0))
            continue;
        double t = from / (from - to);
        *at = (struct pm_pt){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
        return true;
    }
    return false;
}

struct labels {
    struct pm_draft *draft;
    PM_VEC(struct pm_degree_label) all;
};

static void add_label(const struct degree_line *line, void *user)
{
    struct labels *labels = user;
    struct pm_draft *draft = labels->draft;
    struct pm_pt at;
    if (!at_edge(draft, line, &at))
        return;
    struct pm_box map = draft->page.map;
    struct pm_run run = pm_type_label(draft, PM_TYPE_SCALE, said(draft, line), NULL);
    struct pm_extent e = pm_text_measure(draft->fonts, &run.font, run.s, run.lang);
    double inset = pm_px(draft, INSET);
    if (line->meridian)
        at.y = map.y1 - inset - fmax(e.ink.y1, 0);
    else
        at = (struct pm_pt){map.x0 + inset + run.width / 2, at.y - (e.ink.y0 + e.ink.y1) / 2};
    struct pm_box box = {at.x - run.width / 2, at.y + e.ink.y0, at.x + run.width / 2,
                         at.y + e.ink.y1};
    box = pm_box_grown(box, pm_px(draft, APART));
    if (!pm_box_inside(box, map) || !pm_spot_free(draft, box))
        return; /* its neighbours tell the same */
    pm_vec_push(&draft->taken, box);
    pm_vec_push(&labels->all, (struct pm_degree_label){run.s, at});
}

void pm_layout_graticule(struct pm_draft *draft)
{
    struct labels labels = {.draft = draft};
    if (!draft->style->show.graticule)
        return;
    each_line(draft, add_label, &labels);
    draft->degree_count = labels.all.n;
    draft->degrees = pm_memdup(draft->arena, labels.all.v, labels.all.n * sizeof *labels.all.v);
    pm_vec_finish(&labels.all);
}

/* ---- drawing ------------------------------------------------------------------------------------------ */

static void add_path(const struct degree_line *line, void *user)
{
    if (line->points.n > 1)
        pm_path_polyline(user, line->points.v, line->points.n);
}

void pm_compose_graticule(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_style *style = draft->style;
    struct pm_path path = {0};
    each_line(draft, add_path, &path);
    pm_scene_begin(scene,
                   &(struct pm_ident){.role = "layer", .key = "graticule", .classes = "graticule"},
                   (struct pm_box){0});
    if (path.ops.n)
        pm_scene_path(scene, NULL, &path,
                      (struct pm_paint){.stroke = pm_see_through(draft, style->color.ink2, STRENGTH,
                                                                 style->color.land),
                                        .width = pm_px(draft, WIDTH),
                                        .round = true});
    pm_scene_end(scene);
    pm_path_finish(&path);
}

void pm_compose_degrees(const struct pm_draft *draft, struct pm_scene *scene)
{
    pm_scene_begin(scene,
                   &(struct pm_ident){.role = "layer", .key = "degrees", .classes = "degrees"},
                   (struct pm_box){0});
    for (size_t i = 0; i < draft->degree_count; i++)
        pm_draw_run(scene, pm_type_label(draft, PM_TYPE_SCALE, draft->degrees[i].s, NULL),
                    draft->degrees[i].at.x, draft->degrees[i].at.y, PM_ANCHOR_MIDDLE);
    pm_scene_end(scene);
}
