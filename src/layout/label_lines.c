/* Names of rivers and roads: along their course where that is straight enough, above the line or below it.
 * Those of rivers also upright, beside it. One name for all pieces of a line. */
#include <math.h>

#include "layout/labels.h"
#include "layout/state.h"
#include "base/banned.h"

#define DEGREE (3.14159265358979323846 / 180)
#define STEP 12.0     /* px between positions along a line */
#define GAP 2.0       /* px between a line and its name */
#define STEEPEST 80.0 /* degrees */
#define BEND 0.5      /* of a name's height, that the line beneath it may stray */
#define UPRIGHT 4.0   /* a name that does not follow its line */
#define BELOW 0.4
#define STEEP 2.0   /* at 90 degrees */
#define ON_AREA 1.5 /* the name of a water on an area: they may share their name */
#define DROP_RIVER 6.0
#define DROP_ROAD 4.0

enum { MOST_CANDIDATES = 64 };

/* A layer of lines. */
struct course {
    enum pm_layer_kind layer;
    enum pm_label_kind kind;
    enum pm_type_role role;
    const struct pm_lines *lines;
    double drop_cost, on_area;
    bool upright; /* may be, too */
};

/* A piece of line, measured. */
struct walk {
    const struct pm_line_geometry *line;
    const double *at; /* px from its start, by point */
};

/* A stretch of it as the name sees it. */
struct stretch {
    struct pm_pt middle; /* of its chord */
    double angle;        /* degrees, clockwise, -90..90 */
    double above, below; /* how far the line strays from the chord, px */
};

static struct pm_pt point_at(const struct walk *walk, double s, size_t *next)
{
    const struct pm_pt *p = walk->line->points;
    size_t i = 0;
    while (i + 2 < walk->line->count && walk->at[i + 1] < s)
        i++;
    double length = walk->at[i + 1] - walk->at[i], t = length > 0 ? (s - walk->at[i]) / length : 0;
    *next = i + 1;
    return (struct pm_pt){p[i].x + (p[i + 1].x - p[i].x) * t, p[i].y + (p[i + 1].y - p[i].y) * t};
}

static struct stretch stretch_of(const struct walk *walk, double from, double to)
{
    size_t first = 0, last = 0;
    struct pm_pt a = point_at(walk, from, &first), b = point_at(walk, to, &last);
    struct stretch s = {.middle = {(a.x + b.x) / 2, (a.y + b.y) / 2}};
    s.angle = atan2(b.y - a.y, b.x - a.x) / DEGREE;
    s.angle = s.angle > 90 ? s.angle - 180 : s.angle < -90 ? s.angle + 180 : s.angle;
    double up_x = sin(s.angle * DEGREE), up_y = -cos(s.angle * DEGREE);
    for (size_t i = first; i < last; i++) {
        const struct pm_pt p = walk->line->points[i];
        double up = (p.x - a.x) * up_x + (p.y - a.y) * up_y;
        s.above = fmax(s.above, up);
        s.below = fmax(s.below, -up);
    }
    return s;
}

static void add_beside_stretch(struct pm_labels *labels, const struct course *course,
                               const struct pm_form *form, const struct stretch *s, bool below)
{
    struct pm_box parts[PM_FOOTPRINT_PARTS];
    double off = form->height / 2 + pm_px(labels->draft, GAP) + (below ? s->below : s->above);
    off = below ? -off : off;
    struct pm_pt middle = {s->middle.x + off * sin(s->angle * DEGREE),
                           s->middle.y - off * cos(s->angle * DEGREE)};
    struct pm_footprint label =
        pm_footprint_slanted(middle, form->width, form->height, s->angle, parts);
    struct pm_ground *ground = &labels->ground;
    if (!pm_ground_allows(ground, &label))
        return;
    double bend = (s->above + s->below) / form->height;
    pm_labels_add_on(labels, form, &label, s->angle,
                     (below ? BELOW : 0) + STEEP * fabs(s->angle) / 90 + 2 * bend +
                         pm_fences_cost(&ground->fences, &label) +
                         course->on_area * pm_mask_cover(&ground->mask, label.box));
}

static void add_along(struct pm_labels *labels, const struct course *course,
                      const struct pm_form *form, const struct walk *walk)
{
    double length = walk->at[walk->line->count - 1], step = pm_px(labels->draft, STEP);
    for (double from = 0; from + form->width <= length; from += step) {
        struct stretch s = stretch_of(walk, from, from + form->width);
        if (s.above + s.below > BEND * form->height || fabs(s.angle) > STEEPEST)
            continue;
        add_beside_stretch(labels, course, form, &s, false);
        add_beside_stretch(labels, course, form, &s, true);
    }
}

/* At the four sides of a point of the line. */
static void add_upright(struct pm_labels *labels, const struct course *course,
                        const struct pm_form *form, struct pm_pt p)
{
    static const struct pm_pt sides[] = {{0, -1}, {0, 1}, {1, 0}, {-1, 0}};
    double gap = pm_px(labels->draft, GAP) + 1, w = form->width, h = form->height;
    struct pm_ground *ground = &labels->ground;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct pm_pt middle = {p.x + sides[i].x * (gap + w / 2), p.y + sides[i].y * (gap + h / 2)};
        struct pm_box box = pm_box_of(middle.x - w / 2, middle.y - h / 2, w, h);
        struct pm_footprint label = pm_footprint_of(box);
        if (pm_ground_allows(ground, &label))
            pm_labels_add(labels, form, box,
                          UPRIGHT + 0.2 * (double)i + pm_fences_cost(&ground->fences, &label) +
                              course->on_area * pm_mask_cover(&ground->mask, box));
    }
}

static struct walk walk_of(const struct pm_draft *draft, const struct pm_line_geometry *line)
{
    double *at = PM_NEW_N(draft->arena, double, line->count);
    for (size_t i = 1; i < line->count; i++)
        at[i] = at[i - 1] + hypot(line->points[i].x - line->points[i - 1].x,
                                  line->points[i].y - line->points[i - 1].y);
    return (struct walk){line, at};
}

static void add_piece(struct pm_labels *labels, const struct course *course,
                      const struct pm_form *form, const struct pm_line_geometry *line)
{
    if (line->count < 2)
        return;
    struct walk walk = walk_of(labels->draft, line);
    add_along(labels, course, form, &walk);
    double length = walk.at[line->count - 1];
    size_t next = 0;
    for (double s = pm_px(labels->draft, 30); course->upright && s < length;
         s += pm_px(labels->draft, 2 * STEP))
        add_upright(labels, course, form, point_at(&walk, s, &next));
}

/* One label for all pieces of a line, as they share its name; they lie side by side. */
static void label_line(struct pm_labels *labels, const struct course *course, size_t first,
                       size_t end)
{
    const struct pm_draft *draft = labels->draft;
    const struct pm_line_geometry *pieces = course->lines->pieces;
    const struct pm_layer *layer = &draft->atlas->layers[course->layer];
    struct pm_name name = {.role = course->role};
    name.text = pm_feature_label(draft, &layer->features[pieces[first].feature], &name.lang);
    if (!name.text)
        return;
    const struct pm_form *form = pm_form_make(draft, pm_name_make(draft, name), 0, 1, 0);
    pm_labels_open(labels,
                   (struct pm_label_item){
                       .name = name.text, .kind = course->kind, .index = pieces[first].feature},
                   course->drop_cost);
    for (size_t i = first; i < end; i++)
        add_piece(labels, course, form, &pieces[i]);
    pm_labels_close(labels, MOST_CANDIDATES);
    if (labels->choices.v[labels->choices.n - 1].candidates.count == 0)
        pm_labels_withdraw(labels); /* too little of it is in sight: nothing was dropped */
}

static void label_lines(struct pm_labels *labels, const struct course *course)
{
    const struct pm_lines *lines = course->lines;
    for (size_t i = 0, end = 0; i < lines->count; i = end) {
        while (end < lines->count && lines->pieces[end].feature == lines->pieces[i].feature)
            end++;
        label_line(labels, course, i, end);
    }
}

void pm_label_rivers(struct pm_labels *labels)
{
    const struct course rivers = {
        PM_LAYER_RIVERS, PM_LABEL_RIVER, PM_TYPE_WATER, &labels->draft->base->rivers,
        DROP_RIVER,      ON_AREA,        true};
    label_lines(labels, &rivers);
}

void pm_label_roads(struct pm_labels *labels)
{
    const struct course roads = {
        PM_LAYER_ROADS, PM_LABEL_ROAD, PM_TYPE_ROAD, &labels->draft->base->roads, DROP_ROAD, 0,
        false};
    label_lines(labels, &roads);
}
