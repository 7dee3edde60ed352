/* What lies in the map's frame, from the ground up: water, neighbours, glow, fills, textures,
 * rivers and roads, borders, labels, places, events, callouts. */
#include <math.h>

#include "base/str.h"
#include "layout/border.h"
#include "layout/marks.h"
#include "layout/pressure.h"
#include "layout/state.h"
#include "layout/story.h"
#include "layout/table.h"
#include "layout/weight.h"
#include "base/banned.h"

#define ISLET_RIM 1.2 /* px: what an islet is widened by, half on each side */

/* A list that readers of the screen find, of a series with its day. */
static void begin_list(const struct pm_draft *draft, struct pm_scene *scene, const char *layer,
                       const char *label)
{
    if (draft->of_series && !draft->of_animation)
        label = pm_sprintf(draft->arena, "%s%s%s", label, pm_words_of(draft, PM_WORD_LIST, NULL),
                           pm_date_of(draft, draft->date));
    pm_scene_begin(
        scene, &(struct pm_ident){.role = "layer", .key = layer, .classes = layer, .label = label},
        (struct pm_box){0});
}

static void begin(struct pm_scene *scene, const char *layer)
{
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = layer, .classes = layer},
                   (struct pm_box){0});
}

/* ---- ground ------------------------------------------------------------------------------------ */

/* Beyond the edge of the earth is page. */
static void draw_paper(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct pm_path path = {0};
    if (draft->base->earth.ring_count)
        pm_path_add_rings(&path, &draft->base->earth);
    else
        pm_path_box(&path, draft->page.map);
    pm_color water = draft->style->color.water, land = draft->style->color.land;
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = pm_has_all_land(draft) ? water : land});
    pm_path_finish(&path);
}

static void draw_polygons(struct pm_scene *scene, const struct pm_page_rings *rings, size_t count,
                          struct pm_paint paint)
{
    struct pm_path path = {0};
    for (size_t i = 0; i < count; i++)
        pm_path_add_rings(&path, &rings[i]);
    if (path.ops.n)
        pm_scene_path(scene, NULL, &path, paint);
    pm_path_finish(&path);
}

static void draw_neighbours(const struct pm_draft *draft, struct pm_scene *scene)
{
    begin(scene, "neighbours");
    pm_color land = draft->style->color.land;
    draw_polygons(scene, draft->base->neighbours,
                  draft->atlas->layers[PM_LAYER_CONTEXT].feature_count,
                  (struct pm_paint){.fill = land, .mosaic = true});
    pm_scene_end(scene);
}

static void draw_lakes(const struct pm_draft *draft, struct pm_scene *scene)
{
    if (!draft->style->show.lakes)
        return;
    begin(scene, "lakes");
    draw_polygons(scene, draft->base->lakes, draft->atlas->layers[PM_LAYER_LAKES].feature_count,
                  (struct pm_paint){.fill = draft->style->color.water,
                                    .stroke = draft->style->color.water_line,
                                    .width = pm_px(draft, 0.8)});
    pm_scene_end(scene);
}

/* ---- borders: selections of arcs ---------------------------------------------------------------- */

/* An arc that begins where the one before ends goes on from there. */
static void add_piece(struct pm_path *path, const struct pm_pt *points, size_t count)
{
    const struct pm_pt *end = path->points.n ? &path->points.v[path->points.n - 1] : NULL;
    if (end && end->x == points[0].x && end->y == points[0].y)
        pm_path_go_on(path, points + 1, count - 1);
    else
        pm_path_polyline(path, points, count);
}

/* The map's borders, by arc. */
struct borders {
    const struct pm_draft *draft;
    const uint8_t *weights;
    const uint8_t *kinds; /* enum pm_border */
    bool any[PM_BORDERS][PM_WEIGHT_COUNT + 1];
};

static struct borders borders_of(const struct pm_draft *draft)
{
    const struct pm_topology *topology = &draft->base->topology;
    uint8_t *kinds = PM_NEW_N(draft->arena, uint8_t, topology->arc_count);
    struct borders borders = {draft, pm_weights(draft), kinds, {{0}}};
    for (size_t i = 0; i < topology->arc_count; i++) {
        kinds[i] = (uint8_t)pm_border_of(draft, &topology->arcs[i]);
        borders.any[kinds[i]][borders.weights[i]] = true;
    }
    return borders;
}

/* All arcs of one kind and weight in sight as one path. */
static struct pm_path border_path(const struct borders *borders, enum pm_border kind, int weight)
{
    const struct pm_basemap *base = borders->draft->base;
    struct pm_path path = {0};
    for (size_t i = 0; i < base->topology.arc_count; i++) {
        struct pm_range pieces = base->pieces[i];
        if (borders->weights[i] != weight || borders->kinds[i] != kind)
            continue;
        for (size_t k = pieces.first; k < pieces.first + pieces.count; k++)
            add_piece(&path, base->seen.points + base->seen.arcs[k].first,
                      base->seen.arcs[k].count);
    }
    return path;
}

/* The finest first, so that they do not lie across stronger ones. */
static void stroke_border(const struct borders *borders, struct pm_scene *scene, const char *name,
                          enum pm_border kind, struct pm_paint paint)
{
    double full = paint.width;
    paint.round = paint.dash[0] == 0;
    for (int weight = PM_WEIGHT_COUNT - 1; weight >= 0 && full > 0; weight--) {
        if (!borders->any[kind][weight])
            continue;
        struct pm_path path = border_path(borders, kind, weight);
        paint.width = full * pm_weight_share(weight);
        if (path.ops.n)
            pm_scene_path(scene, &(struct pm_ident){.classes = name}, &path, paint);
        pm_path_finish(&path);
    }
}

static struct pm_paint line(const struct pm_draft *draft, pm_color color, double width)
{
    return (struct pm_paint){.stroke = color, .width = pm_px(draft, width)};
}

/* Beneath lines between areas, as fills lie on both sides. */
static struct pm_paint halo_line(const struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    return line(
        draft,
        pm_see_through(draft, style->color.halo, style->line.change_halo_alpha, style->color.land),
        style->line.change_halo);
}

static void draw_glow(const struct borders *borders, struct pm_scene *scene)
{
    const struct pm_draft *draft = borders->draft;
    const struct pm_style *style = draft->style;
    begin(scene, "glow");
    stroke_border(
        borders, scene, "glow", PM_BORDER_OUTLINE,
        line(draft,
             pm_see_through(draft, style->color.glow, style->line.glow_alpha, style->color.land),
             style->line.glow));
    pm_scene_end(scene);
}

/* Boundaries that are marked. */
static void draw_boundaries(const struct borders *borders, struct pm_scene *scene, bool abroad)
{
    for (int kind = 0; kind < PM_BOUNDARY_KINDS; kind++) {
        enum pm_border border = (abroad ? PM_BORDER_ABROAD : PM_BORDER_MARKED) + kind;
        if (!abroad)
            stroke_border(borders, scene, "boundary-halo", border, halo_line(borders->draft));
        stroke_border(borders, scene, pm_boundary_kind_name((enum pm_boundary_kind)kind), border,
                      pm_boundary_paint(borders->draft, (enum pm_boundary_kind)kind, abroad));
    }
}

static void draw_neighbour_lines(const struct borders *borders, struct pm_scene *scene)
{
    const struct pm_draft *draft = borders->draft;
    const struct pm_style *style = draft->style;
    begin(scene, "neighbour-lines");
    stroke_border(borders, scene, "shore", PM_BORDER_SHORE,
                  line(draft, style->color.water_line, 0.8));
    stroke_border(borders, scene, "neighbour-line", PM_BORDER_NEIGHBOUR,
                  line(draft, style->color.land_line, style->line.neighbour));
    draw_boundaries(borders, scene, true);
    pm_scene_end(scene);
}

static void draw_borders(const struct borders *borders, struct pm_scene *scene)
{
    const struct pm_draft *draft = borders->draft;
    const struct pm_style *style = draft->style;
    begin(scene, "borders");
    stroke_border(borders, scene, "border", PM_BORDER_AREA,
                  line(draft, style->color.border, style->line.border));
    stroke_border(borders, scene, "border inner", PM_BORDER_INNER,
                  line(draft, style->color.border, style->line.inner));
    stroke_border(borders, scene, "border parent", PM_BORDER_PARENT,
                  line(draft, style->color.border, style->line.parent));
    stroke_border(borders, scene, "change-halo", PM_BORDER_CHANGE, halo_line(draft));
    stroke_border(borders, scene, "change", PM_BORDER_CHANGE,
                  line(draft, style->color.border, style->line.change));
    stroke_border(borders, scene, "outline", PM_BORDER_OUTLINE,
                  line(draft, style->color.border, style->line.outline));
    draw_boundaries(borders, scene, false);
    pm_scene_end(scene);
}

/* ---- areas --------------------------------------------------------------------------------------- */

/* What scripts may rely on: see "SVG" in the README. */
static size_t row_attrs(const struct pm_row *row, struct pm_attr *attrs)
{
    size_t count = 0;
    for (int i = 0; i < PM_FIELDS; i++) {
        const char *name = row->place ? pm_fields[i].place_attr : pm_fields[i].area_attr;
        if (name && row->cells[i] && *row->cells[i])
            attrs[count++] = (struct pm_attr){name, row->cells[i]};
    }
    return count;
}

/* Maps of a series have origins of their own. */
static void add_area_path(const struct pm_draft *draft, struct pm_scene *scene,
                          const struct pm_area_draft *area, const struct pm_ident *ident,
                          struct pm_paint paint)
{
    const struct pm_path *kept = &draft->base->area_paths[area - draft->areas];
    struct pm_path path = {0};
    if (!area->rings.ring_count)
        return;
    if (scene->origin.x == 0 && scene->origin.y == 0) {
        pm_scene_lent_path(scene, ident, kept, paint);
        return;
    }
    pm_path_add_rings(&path, &area->rings);
    pm_scene_path(scene, ident, &path, paint);
    pm_path_finish(&path);
}

static void draw_area(const struct pm_draft *draft, struct pm_scene *scene,
                      const struct pm_area_draft *area)
{
    const char *name = pm_feature_name(draft, area->feature, NULL);
    const char *key = area->feature->key ? area->feature->key : name;
    struct pm_row row = pm_area_row(draft, area);
    struct pm_attr attrs[PM_FIELDS];
    struct pm_ident ident = {
        .role = "area",
        .key = key,
        .classes = pm_sprintf(draft->arena, "area %s%s", area->state.look->id,
                              area->state.doubtful ? " doubtful" : ""),
        .tooltip = pm_state_tooltip(draft, name ? name : key, &area->state, false),
        .attrs = attrs,
        .attr_count = row_attrs(&row, attrs),
        .row = row.number,
    };
    struct pm_paint paint = pm_state_paint(draft, &area->state);
    paint.mosaic = true;
    add_area_path(draft, scene, area, &ident, paint);
}

static void draw_areas(const struct pm_draft *draft, struct pm_scene *scene)
{
    begin_list(draft, scene, "areas", pm_area_status_said(draft));
    for (size_t i = 0; i < draft->area_count; i++)
        draw_area(draft, scene, &draft->areas[i]);
    pm_scene_end(scene);
}

/* Islets of areas of this colour, all as one path. `done` are those that have been drawn. */
static struct pm_path islet_path(const struct borders *borders, pm_color color, bool *done)
{
    const struct pm_basemap *base = borders->draft->base;
    struct pm_path path = {0};
    for (size_t i = 0; i < base->topology.arc_count; i++) {
        uint32_t area = base->topology.arcs[i].faces[0];
        struct pm_range r = base->arcs.arcs[i];
        if (borders->weights[i] != PM_WEIGHT_ISLET || done[i] ||
            pm_state_fill(borders->draft, &borders->draft->areas[area].state) != color)
            continue;
        pm_path_ring(&path, base->arcs.points + r.first, r.count);
        done[i] = true;
    }
    return path;
}

/* Islands too small to show a colour within an outline are a dot of their colour. */
static void draw_islets(const struct borders *borders, struct pm_scene *scene)
{
    const struct pm_draft *draft = borders->draft;
    const struct pm_topology *topology = &draft->base->topology;
    bool *done = PM_NEW_N(draft->arena, bool, topology->arc_count), any = false;
    for (size_t i = 0; i < topology->arc_count; i++) {
        if (borders->weights[i] != PM_WEIGHT_ISLET || done[i])
            continue;
        if (!any)
            begin(scene, "islets");
        any = true;
        struct pm_paint own =
            pm_state_paint(draft, &draft->areas[topology->arcs[i].faces[0]].state);
        struct pm_path path = islet_path(borders, own.fill, done);
        struct pm_paint paint = line(draft, own.fill, ISLET_RIM);
        paint.of = own.of;
        paint.round = true;
        pm_scene_path(scene, NULL, &path, paint);
        pm_path_finish(&path);
    }
    if (any)
        pm_scene_end(scene);
}

/* The textures of each area: none, one or two. */
struct textures {
    int v[2];
};

/* One path per texture, so that hatches and dots run on across borders. */
static void draw_texture(const struct pm_draft *draft, struct pm_scene *scene, int pattern,
                         const struct textures *textures)
{
    struct pm_path path = {0};
    for (size_t i = 0; i < draft->area_count; i++)
        if (textures[i].v[0] == pattern || textures[i].v[1] == pattern)
            pm_path_add_rings(&path, &draft->areas[i].rings);
    if (path.ops.n)
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.pattern = pattern});
    pm_path_finish(&path);
}

static void draw_textures(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct textures *textures = PM_NEW_N(draft->arena, struct textures, draft->area_count);
    begin(scene, "textures");
    for (size_t i = 0; i < draft->area_count; i++)
        pm_state_patterns(draft, &draft->areas[i].state, scene, textures[i].v);
    for (int pattern = 1; pattern <= (int)scene->patterns.n; pattern++)
        draw_texture(draft, scene, pattern, textures);
    pm_scene_end(scene);
}

static double circumference(const struct pm_page_rings *rings)
{
    double sum = 0;
    for (size_t i = 0; i < rings->ring_count; i++) {
        const struct pm_pt *p = rings->points + rings->rings[i].first;
        size_t count = rings->rings[i].count;
        for (size_t k = 0; k < count; k++)
            sum += hypot(p[(k + 1) % count].x - p[k].x, p[(k + 1) % count].y - p[k].y);
    }
    return fmax(sum, 1);
}

/* On a map of changes: what areas were before, along their edges. */
static void draw_rims(const struct pm_draft *draft, struct pm_scene *scene)
{
    if (!draft->before)
        return;
    begin(scene, "changes");
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[i];
        struct pm_path path = {0};
        pm_path_add_rings(&path, &area->rings);
        if (area->state.changed && path.ops.n)
            pm_draw_rim(draft, scene, &area->state, &path, area->rings.area,
                        circumference(&area->rings), true);
        pm_path_finish(&path);
    }
    pm_scene_end(scene);
}

static void draw_lines(struct pm_scene *scene, const char *layer,
                       const struct pm_line_geometry *lines, size_t count, struct pm_paint paint)
{
    struct pm_path path = {0};
    begin(scene, layer);
    for (size_t i = 0; i < count; i++)
        pm_path_polyline(&path, lines[i].points, lines[i].count);
    paint.round = true;
    if (count)
        pm_scene_path(scene, NULL, &path, paint);
    pm_path_finish(&path);
    pm_scene_end(scene);
}

void pm_compose_ground(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_style *style = draft->style;
    const struct borders borders = borders_of(draft);
    draw_paper(draft, scene);
    draw_neighbours(draft, scene);
    draw_neighbour_lines(&borders, scene);
    draw_glow(&borders, scene);
    draw_areas(draft, scene);
    draw_islets(&borders, scene);
    draw_textures(draft, scene);
    draw_rims(draft, scene);
    if (style->show.rivers)
        draw_lines(scene, "rivers", draft->base->rivers.pieces, draft->base->rivers.count,
                   line(draft, style->color.water_line, style->line.river));
    draw_lakes(draft, scene);
    if (style->show.roads)
        draw_lines(scene, "roads", draft->base->roads.pieces, draft->base->roads.count,
                   line(draft, style->color.road, style->line.road));
    if (style->show.graticule)
        pm_compose_graticule(draft, scene);
    draw_borders(&borders, scene);
}

/* ---- labels, places, events ------------------------------------------------------------------------ */

static void draw_leader(const struct pm_draft *draft, struct pm_scene *scene, struct pm_pt from,
                        struct pm_pt to)
{
    struct pm_path path = {0};
    const struct pm_style *style = draft->style;
    for (int pass = 0; pass < 2; pass++) {
        double width = pm_px(draft, style->line.leader);
        pm_path_move(&path, from.x, from.y);
        pm_path_line(&path, to.x, to.y);
        pm_scene_path(scene, NULL, &path,
                      pass ? (struct pm_paint){.stroke = style->color.ink, .width = width}
                           : (struct pm_paint){.stroke = style->color.halo, .width = 3 * width});
    }
    pm_path_finish(&path);
}

/* Where it covers much of its area it shows the area's colour. */
static struct pm_paint dot_paint(const struct pm_draft *draft, struct pm_pt at, double radius)
{
    pm_color ink = draft->style->color.ink;
    size_t area = pm_area_at(draft, at);
    if (area == PM_NONE || draft->areas[area].rings.area > 16 * radius * radius)
        return (struct pm_paint){.fill = ink};
    struct pm_paint paint = pm_state_paint(draft, &draft->areas[area].state);
    paint.stroke = ink;
    paint.width = radius / 2;
    return paint;
}

static void draw_leader_dot(const struct pm_draft *draft, struct pm_scene *scene, struct pm_pt at)
{
    struct pm_path path = {0};
    double radius = pm_px(draft, 2);
    pm_path_circle(&path, at, radius);
    pm_scene_path(scene, NULL, &path, dot_paint(draft, at, radius));
    pm_path_finish(&path);
}

static void draw_key_disc(const struct pm_draft *draft, struct pm_scene *scene, struct pm_box box)
{
    struct pm_path path = {0};
    const struct pm_style *style = draft->style;
    const struct pm_pt middle = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    pm_path_circle(&path, middle, pm_box_h(box) / 2);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = style->color.halo,
                                    .stroke = style->color.ink,
                                    .width = pm_px(draft, style->line.leader)});
    pm_path_finish(&path);
}

/* The date behind the name of what is stale is grey: see pm_label_text. */
static struct pm_run with_grey_date(const struct pm_draft *draft, struct pm_run line)
{
    const char *date = strrchr(line.s, '(');
    pm_color grey = draft->style->type[PM_TYPE_NEIGHBOUR].color;
    line.aside = date ? (size_t)(date - line.s) : 0;
    line.aside_color = grey;
    if (date == line.s)
        line.color = grey;
    return line;
}

static void draw_label(const struct pm_draft *draft, struct pm_scene *scene,
                       const struct pm_label_draft *label)
{
    if (label->has_leader) {
        draw_leader(draft, scene, label->leader_from, label->leader_to);
        if (label->kind == PM_LABEL_AREA)
            draw_leader_dot(draft, scene, label->leader_to);
    }
    if (label->number)
        draw_key_disc(draft, scene, label->ground.box);
    bool dated = pm_label_is_dated(draft, label);
    for (size_t k = 0; k < label->line_count; k++)
        pm_scene_text(scene, NULL,
                      dated && k + 1 == label->line_count ? with_grey_date(draft, label->lines[k])
                                                          : label->lines[k]);
}

static void draw_labels(const struct pm_draft *draft, struct pm_scene *scene,
                        enum pm_label_kind kind)
{
    static const char *const layers[] = {
        [PM_LABEL_PLACE] = "place-labels", [PM_LABEL_PARENT] = "parent-labels",
        [PM_LABEL_AREA] = "area-labels",   [PM_LABEL_NEIGHBOUR] = "neighbour-labels",
        [PM_LABEL_LAKE] = "lake-labels",   [PM_LABEL_RIVER] = "river-labels",
        [PM_LABEL_ROAD] = "road-labels",
    };
    bool any = false;
    for (size_t i = 0; i < draft->label_count; i++) {
        if (draft->labels[i].kind != kind)
            continue;
        if (!any)
            begin(scene, layers[kind]);
        any = true;
        draw_label(draft, scene, &draft->labels[i]);
    }
    if (any)
        pm_scene_end(scene);
}

static void draw_place(const struct pm_draft *draft, struct pm_scene *scene,
                       const struct pm_place_draft *place)
{
    struct pm_row row = pm_place_row(draft, place);
    struct pm_attr attrs[PM_FIELDS];
    struct pm_ident ident = {
        .role = "place",
        .key = place->name,
        .classes = pm_sprintf(draft->arena, "place %s", place->state.look->id),
        .tooltip = pm_state_tooltip(draft, place->name, &place->state, true),
        .attrs = attrs,
        .attr_count = row_attrs(&row, attrs),
        .row = row.number,
    };
    pm_scene_begin(scene, &ident, (struct pm_box){0});
    double radius = pm_place_radius(draft, place->rank);
    if (place->state.record && place->state.record->pressure)
        pm_draw_pressure(draft, scene, &place->state, place->north, place->at,
                         pm_rimmed_radius(draft, place));
    pm_draw_place_mark(draft, scene, &place->state, place->rank, place->at, radius);
    pm_scene_end(scene);
}

/* What is reported lies over what is not, and capitals over towns. */
static void draw_places(const struct pm_draft *draft, struct pm_scene *scene)
{
    begin_list(draft, scene, "places", pm_words_of(draft, PM_WORD_PLACE_STATUS, NULL));
    for (int reported = 0; reported < 2; reported++)
        for (int rank = 9; rank >= 0; rank--)
            for (size_t i = 0; i < draft->place_count; i++)
                if (draft->places[i].rank == rank &&
                    (draft->places[i].state.record != NULL) == (reported == 1))
                    draw_place(draft, scene, &draft->places[i]);
    pm_scene_end(scene);
}

static void draw_callout(const struct pm_draft *draft, struct pm_scene *scene,
                         const struct pm_event_draft *event)
{
    const double pad = pm_px(draft, 14);
    struct pm_path path = {0};
    pm_scene_begin(scene, &(struct pm_ident){.classes = "callout"}, (struct pm_box){0});
    pm_path_round_box(&path, event->callout, pm_px(draft, 4));
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = draft->style->color.callout,
                                    .stroke = draft->style->color.ink,
                                    .width = pm_px(draft, 1)});
    pm_path_finish(&path);
    struct pm_story story = pm_story_make(draft, event, pm_box_w(event->callout) - 2 * pad);
    pm_story_draw(draft, scene, &story, event->callout.x0 + pad, event->callout.y0 + pad);
    pm_scene_end(scene);
}

static const char *event_key(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    return event->event->id ? event->event->id : pm_sprintf(draft->arena, "%d", event->number);
}

static void draw_event(const struct pm_draft *draft, struct pm_scene *scene,
                       const struct pm_event_draft *event)
{
    const char *key = event_key(draft, event);
    struct pm_attr attrs[] = {{"data-event", key},
                              {"data-kind", pm_event_kind_name(event->event->kind)}};
    struct pm_ident ident = {.role = "event",
                             .key = key,
                             .classes = "event",
                             .tooltip = pm_event_title(draft, event->event),
                             .attrs = attrs,
                             .attr_count = 2,
                             .row = pm_event_row(draft, event)};
    pm_scene_begin(scene, &ident, (struct pm_box){0});
    pm_draw_event_mark(draft, scene, event->event->kind, pm_event_is_rough(event->event),
                       event->number, event->at);
    if (!pm_box_empty(event->callout))
        draw_callout(draft, scene, event);
    pm_scene_end(scene);
}

/* Beneath all marks, as what lies across one hides its number. */
static void draw_event_leaders(const struct pm_draft *draft, struct pm_scene *scene,
                               const struct pm_event_draft *event)
{
    struct pm_attr attrs[] = {{"data-event", event_key(draft, event)}};
    if (pm_box_empty(event->callout) && !event->tied)
        return;
    pm_scene_begin(scene,
                   &(struct pm_ident){.classes = "event-leader", .attrs = attrs, .attr_count = 1},
                   (struct pm_box){0});
    if (!pm_box_empty(event->callout))
        draw_leader(draft, scene, event->at, event->leader);
    if (event->tied)
        draw_leader(draft, scene, event->at, event->spot);
    if (event->tied && !event->town)
        draw_leader_dot(draft, scene, event->spot);
    pm_scene_end(scene);
}

void pm_compose_marks(const struct pm_draft *draft, struct pm_scene *scene)
{
    static const enum pm_label_kind under_marks[] = {PM_LABEL_ROAD, PM_LABEL_RIVER,
                                                     PM_LABEL_LAKE, PM_LABEL_NEIGHBOUR,
                                                     PM_LABEL_AREA, PM_LABEL_PARENT};
    for (size_t i = 0; i < sizeof under_marks / sizeof *under_marks; i++)
        draw_labels(draft, scene, under_marks[i]);
    draw_places(draft, scene);
    draw_labels(draft, scene, PM_LABEL_PLACE);
    begin_list(draft, scene, "events", pm_words_of(draft, PM_WORD_EVENTS, NULL));
    for (size_t i = 0; i < draft->event_count; i++)
        if (draft->events[i].visible)
            draw_event_leaders(draft, scene, &draft->events[i]);
    for (size_t i = 0; i < draft->event_count; i++)
        if (draft->events[i].visible)
            draw_event(draft, scene, &draft->events[i]);
    pm_scene_end(scene);
}
