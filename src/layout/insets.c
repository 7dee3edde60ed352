#include "layout/insets.h"

#include <math.h>
#include <string.h>

#include "base/cache.h"
#include "base/str.h"
#include "input/positions.h"
#include "layout/spot.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define TAB_PAD 3.0      /* px around a letter */
#define NAMES 30.0       /* px around a place where its name may be */
#define PADDING 14.0     /* px between what an inset shows and its frame */
#define CAPTION 8.0      /* px above and below a caption's line, together */
#define CAPTION_SIDE 8.0 /* and at its sides */
#define LEAST_SIDE 90.0  /* px of an inset's frame */
#define MOST_WIDTH 0.42  /* of the map's frame */
#define MOST_HEIGHT 0.5
#define LEAST_SCALE 1.5 /* times as large as on the map: less shows nothing new */
#define LEAST_ASKED 1.1 /* … where the status file asks for it */
#define MOST_SCALE 4.0  /* where the status file does not say */
#define LOCATOR 0.17    /* of the map's width */
#define LOCATOR_PADDING 8.0
#define MOST_SHOWN 0.5 /* of all that there is: a map of more needs no locator */
#define TOGETHER 0.16  /* of it, around one area */
#define SEEN 1e-3      /* px: lines have no width */

enum { MOST_LOST = 2, MOST_CLUSTERS = 4, EDGE_POINTS = 12 };

/* ---- the inset's own draft ------------------------------------------------------------------------ */

/* The draft as it was before its geometry, for another frame and other areas in it. */
static struct pm_draft *child_of(const struct pm_draft *parent, const bool *outside,
                                 const struct pm_style *style, struct pm_diags *diags)
{
    struct pm_draft *child = pm_memdup(parent->arena, parent->bare, sizeof *parent);
    child->page = (struct pm_page){.scale = parent->page.scale};
    child->stages = (struct pm_stages){0};
    child->style = style;
    child->diags = diags;
    child->outside = outside;
    child->whole = parent;
    child->areas = pm_memdup(child->arena, child->areas, child->area_count * sizeof *child->areas);
    child->parents =
        pm_memdup(child->arena, child->parents, child->parent_count * sizeof *child->parents);
    child->place_tally = PM_NEW_N(child->arena, struct pm_tally, child->look_count);
    return child;
}

static struct pm_style *style_of(const struct pm_draft *draft)
{
    struct pm_style *style = pm_memdup(draft->arena, draft->style, sizeof *style);
    style->show.callouts = style->show.notes = style->show.insets = false;
    style->show.graticule = false; /* its degrees stand at the map's frame */
    style->map.padding = PADDING;
    return style;
}

static void find_sides(struct pm_inset_draft *inset)
{
    for (size_t i = 0; i < inset->outline_count; i++) {
        struct pm_box *side = &inset->sides[i / EDGE_POINTS];
        pm_box_add(side, inset->outline[i], i % EDGE_POINTS == 0);
        pm_box_add(side, inset->outline[(i + 1) % inset->outline_count], false);
    }
}

/* The ring around the frame of `from`, on `to`; none if a point of it has no place there. */
static void trace_frame(const struct pm_draft *from, const struct pm_draft *to,
                        struct pm_inset_draft *inset)
{
    const struct pm_box b = from->page.map;
    const struct pm_pt corners[] = {{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}};
    inset->outline = PM_NEW_N(from->arena, struct pm_pt, 4 * EDGE_POINTS);
    for (int i = 0; i < 4 * EDGE_POINTS; i++) {
        struct pm_pt a = corners[i / EDGE_POINTS], z = corners[(i / EDGE_POINTS + 1) % 4];
        double t = (double)(i % EDGE_POINTS) / EDGE_POINTS, lon = 0, lat = 0;
        struct pm_pt p = {a.x + (z.x - a.x) * t, a.y + (z.y - a.y) * t};
        if (!pm_unproject(&from->frame.projection, pm_frame_metre(&from->frame, p), &lon, &lat))
            return;
        inset->outline[i] = pm_frame_lonlat(&to->frame, lon, lat);
        pm_box_add(&inset->bounds, inset->outline[i], i == 0);
    }
    inset->outline_count = 4 * EDGE_POINTS;
    find_sides(inset);
}

/* The basemap goes back to the cache; that of an inset that is kept, with the map. */
static void let_go(const struct pm_inset_draft *inset)
{
    if (inset->map->base)
        pm_cache_release(inset->map->atlas->cache, inset->map->base);
}

/* ---- letters ------------------------------------------------------------------------------------------ */

/* "A", "B", … and then "AA", … */
static const char *letter_of(const struct pm_draft *draft, size_t index)
{
    const char *letters = pm_word(&draft->wording, PM_WORD_INSET_LETTERS, NULL);
    const char *letter = "";
    size_t count = 1;
    for (const char *c = letters; *c; c++)
        count += *c == ' ';
    for (size_t skip = index % count; skip > 0; skip--)
        letters = strchr(letters, ' ') + 1;
    for (size_t times = 0; times <= index / count; times++)
        letter = pm_sprintf(draft->arena, "%s%.*s", letter, (int)strcspn(letters, " "), letters);
    return letter;
}

static bool meets_side(const struct pm_inset_draft *inset, int side,
                       const struct pm_footprint *label)
{
    if (!pm_box_meets(label->box, pm_box_grown(inset->sides[side], SEEN)))
        return false;
    for (int i = side * EDGE_POINTS; i < (side + 1) * EDGE_POINTS; i++)
        if (pm_footprint_meets_segment(label, inset->outline[i],
                                       inset->outline[(i + 1) % (4 * EDGE_POINTS)]))
            return true;
    return false;
}

static bool meets_outline(const struct pm_inset_draft *inset, const struct pm_footprint *label)
{
    bool met = false;
    if (!inset->outline_count || !pm_box_meets(label->box, inset->bounds))
        return false;
    for (int side = 0; side < 4 && !met; side++)
        met = meets_side(inset, side, label);
    return met;
}

unsigned pm_inset_outlines_met(const struct pm_draft *draft, size_t first,
                               const struct pm_footprint *label)
{
    unsigned count = 0;
    for (size_t i = first; i < draft->inset_count; i++)
        count += !draft->insets[i].locator && meets_outline(&draft->insets[i], label);
    return count;
}

/* A tab with a corner at a point of the outline: best at one of its own corners, off other outlines, and not
 * where the names of places want to be. */
static double tab_cost(const struct pm_draft *draft, const struct pm_inset_draft *inset,
                       struct pm_box tab, size_t point)
{
    double cost = point % EDGE_POINTS ? 1 : 0;
    if (!pm_box_inside(tab, draft->page.map) || !pm_spot_free(draft, tab))
        return INFINITY;
    struct pm_box near = pm_box_grown(tab, pm_px(draft, NAMES));
    const struct pm_footprint own = pm_footprint_of(tab);
    for (size_t i = 0; i < draft->place_count; i++) {
        struct pm_pt p = draft->places[i].at;
        cost += p.x > near.x0 && p.x < near.x1 && p.y > near.y0 && p.y < near.y1 ? 0.4 : 0;
    }
    for (size_t i = 0; i < draft->inset_count; i++)
        if (&draft->insets[i] != inset && !draft->insets[i].locator)
            cost += meets_outline(&draft->insets[i], &own) ? 10 : 0;
    return cost;
}

static struct pm_box place_tab(const struct pm_draft *draft, const struct pm_inset_draft *inset,
                               double w, double h)
{
    static const struct pm_pt sides[] = {{0, -1}, {-1, -1}, {-1, 0}, {0, 0}};
    struct pm_box best = {0};
    double least = INFINITY;
    for (size_t i = 0; i < inset->outline_count; i++)
        for (size_t k = 0; k < sizeof sides / sizeof *sides; k++) {
            struct pm_pt p = inset->outline[i];
            struct pm_box tab = pm_box_of(p.x + sides[k].x * w, p.y + sides[k].y * h, w, h);
            double cost = tab_cost(draft, inset, tab, i);
            if (cost < least) {
                least = cost;
                best = tab;
            }
        }
    return best;
}

/* One inset is known by its caption; of several, letters tell which outline belongs to which. */
static void give_letters(struct pm_draft *draft)
{
    size_t count = 0, index = 0;
    for (size_t i = 0; i < draft->inset_count; i++)
        count += draft->insets[i].outline_count && !draft->insets[i].locator;
    for (size_t i = 0; i < draft->inset_count && count > 1; i++) {
        struct pm_inset_draft *inset = &draft->insets[i];
        if (inset->locator || !inset->outline_count)
            continue;
        const char *letter = letter_of(draft, index++);
        struct pm_run run = pm_type_run(draft, PM_TYPE_CALLOUT_HEAD, letter, NULL);
        double h = pm_type_leading(draft, PM_TYPE_CALLOUT_HEAD) + pm_px(draft, TAB_PAD);
        if (inset->letter)
            continue;
        inset->tab = place_tab(draft, inset, fmax(h, run.width + 2 * pm_px(draft, TAB_PAD)), h);
        if (pm_box_empty(inset->tab)) {
            pm_note(draft->diags, "inset-unlettered", (struct pm_place){0},
                    "no room on the map for the letter of the inset \"%s\"", inset->caption);
            pm_help(draft->diags, "draw a larger map (--size) or fewer marks around it");
            continue;
        }
        inset->letter = letter;
        pm_vec_push(&draft->taken, pm_box_grown(inset->tab, pm_px(draft, 2)));
    }
}

/* Keeps the inset, whose box is taken from here on. */
static void keep(struct pm_draft *draft, struct pm_inset_draft inset)
{
    struct pm_inset_draft *insets =
        PM_NEW_N(draft->arena, struct pm_inset_draft, draft->inset_count + 1);
    for (size_t i = 0; i < draft->inset_count; i++)
        insets[i] = draft->insets[i];
    insets[draft->inset_count++] = inset;
    draft->insets = insets;
    pm_vec_push(&draft->taken, pm_box_grown(inset.box, pm_px(draft, 6)));
    give_letters(draft);
}

/* ---- where it lies ---------------------------------------------------------------------------------- */

static double price(const struct pm_draft *draft, struct pm_box box, const void *user)
{
    double cover = pm_spot_cover(draft, user, box);
    return isinf(cover) ? cover : cover + pm_spot_to_corner(draft, box) / draft->page.scale;
}

static double caption_height(const struct pm_draft *draft)
{
    return pm_type_leading(draft, PM_TYPE_CALLOUT_HEAD) + pm_px(draft, CAPTION);
}

/* Of the areas, as far as they are seen on the map. */
static struct pm_box extent_of(const struct pm_draft *draft, const bool *outside)
{
    struct pm_box extent = {0};
    for (size_t i = 0; i < draft->area_count; i++)
        if (!outside[i] && draft->areas[i].rings.ring_count)
            extent = pm_box_union(extent, draft->areas[i].rings.box);
    return extent;
}

/* ---- details ------------------------------------------------------------------------------------------ */

/* "Kabul ×3" */
static const char *caption_of(const struct pm_draft *draft, const char *name, double scale)
{
    const char *times = pm_word_number(&draft->wording, round(scale * 10) / 10, 1);
    return pm_sprintf(draft->arena, "%s%s×%s", name ? name : "", name ? " " : "", times);
}

/* px of a caption, whatever its letter and scale. */
static double caption_width(const struct pm_draft *draft, const char *name)
{
    const char *widest =
        pm_sprintf(draft->arena, "%s%s%s", letter_of(draft, 0),
                   pm_words_of(draft, PM_WORD_PARTS, NULL), caption_of(draft, name, 8.8));
    return pm_type_run(draft, PM_TYPE_CALLOUT_HEAD, widest, NULL).width +
           2 * pm_px(draft, CAPTION_SIDE);
}

/* A detail for which a place is looked for. */
struct fitting {
    const struct pm_draft *draft;
    struct pm_mask areas;
    double extent_w, extent_h; /* px of what it shows, on the map */
    double least, most;        /* times as large as there */
    double width;              /* px that it has at least, for its caption */
};

/* Where it lies, and how large: 0 if there is no room. */
struct fit {
    double scale;
    struct pm_box box;
};

static struct fit fit(const struct fitting *f)
{
    const struct pm_draft *draft = f->draft;
    double padding = 2 * pm_px(draft, PADDING), caption = caption_height(draft);
    double side = pm_px(draft, LEAST_SIDE), width = fmax(side, f->width);
    for (double scale = f->most; scale >= f->least; scale *= 0.92) {
        double w = fmax(f->extent_w * scale + padding, width);
        double h = fmax(f->extent_h * scale + padding, side) + caption;
        if (w > MOST_WIDTH * pm_box_w(draft->page.map) ||
            h > MOST_HEIGHT * pm_box_h(draft->page.map))
            continue;
        struct pm_box box = pm_spot_find(draft, w, h, price, &f->areas);
        if (!pm_box_empty(box))
            return (struct fit){scale, box};
    }
    return (struct fit){0};
}

static struct pm_cached make_fit(void *user)
{
    struct fit *kept = pm_xcalloc(1, sizeof *kept);
    *kept = fit(user);
    return (struct pm_cached){kept, sizeof *kept};
}

/* From day to day most insets find the same room, which is kept with the basemap: it follows from what is taken, if
 * all areas weigh the same. */
static struct fit fit_again(struct fitting *f)
{
    const struct pm_draft *draft = f->draft;
    const double numbers[] = {f->extent_w, f->extent_h, f->least,
                              f->most,     f->width,    caption_height(draft)};
    static const char tag[] = "inset";
    struct pm_str key = {0};
    if (f->areas.sums != draft->base->owners.sums)
        return fit(f);
    pm_str_addn(&key, tag, sizeof tag);
    pm_str_addn(&key, (const char *)numbers, sizeof numbers);
    pm_str_addn(&key, (const char *)draft->taken.v, draft->taken.n * sizeof *draft->taken.v);
    const struct fit *kept =
        pm_cache_get(draft->base->rooms, key.s, key.n, &(struct pm_maker){make_fit, free, f});
    struct fit found = *kept;
    pm_cache_release(draft->base->rooms, kept);
    pm_str_finish(&key);
    return found;
}

/* Geometry, places, marks of events, labels; false if it can't be drawn. Callouts are the map's. */
static bool lay_out(struct pm_draft *child)
{
    pm_layout_geometry(child);
    if (pm_diags_errors(child->diags))
        return false;
    pm_layout_places(child);
    pm_layout_event_marks(child);
    pm_layout_labels(child);
    return pm_diags_errors(child->diags) == 0;
}

/* Returns the scale; 0 if there is no room for it. */
static double add_detail(struct pm_draft *draft, const bool *outside, const char *name,
                         double least, double most)
{
    struct pm_inset_draft inset = {0};
    struct pm_box extent = extent_of(draft, outside);
    struct fit room =
        fit_again(&(struct fitting){draft, pm_spot_areas(draft), pm_box_w(extent), pm_box_h(extent),
                                    least, most, caption_width(draft, name)});
    double scale = room.scale;
    if (scale == 0)
        return 0;
    inset.box = room.box;
    struct pm_diags *diags = pm_diags_new(); /* what it has to say the map says, too */
    inset.map = child_of(draft, outside, style_of(draft), diags);
    inset.map->page.map = inset.box;
    inset.map->page.map.y0 += caption_height(draft);
    bool drawn = lay_out(inset.map);
    pm_diags_free(diags);
    inset.map->diags = draft->diags;
    if (drawn) {
        scale = inset.map->frame.scale / draft->frame.scale; /* its projection is its own */
        inset.caption = caption_of(draft, name, scale);
        trace_frame(inset.map, draft, &inset);
        keep(draft, inset);
    } else {
        let_go(&inset);
    }
    return drawn ? scale : 0;
}

static const bool *all_but(const struct pm_draft *draft, const size_t *areas, size_t count)
{
    bool *outside = PM_NEW_N(draft->arena, bool, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++)
        outside[i] = true;
    for (size_t i = 0; i < count; i++)
        outside[areas[i]] = false;
    return outside;
}

static void add_wanted(struct pm_draft *draft, size_t index)
{
    const struct pm_inset *wanted = &draft->status->insets[index];
    const struct pm_focus *focus = &draft->join.insets[index];
    const bool *outside = all_but(draft, focus->areas, focus->count);
    const char *name = focus->count == 1
                           ? pm_feature_name(draft, draft->areas[focus->areas[0]].feature, NULL)
                           : wanted->area;
    struct pm_place at = pm_place_value(draft->status->source, wanted->at);
    bool seen = !pm_box_empty(extent_of(draft, outside));
    double most = wanted->scale > 0 ? wanted->scale : MOST_SCALE;
    double scale = seen ? add_detail(draft, outside, name, LEAST_ASKED, most) : 0;
    if (scale > 0 && scale < 0.95 * wanted->scale)
        pm_note(draft->diags, "inset-smaller", at, "the inset of \"%s\" has room for %.1f times",
                wanted->area, scale);
    if (scale > 0)
        return;
    pm_warning(draft->diags, "inset-left-out", at,
               seen ? "no free corner for an inset of \"%s\""
                    : "\"%s\" of an inset is not on the map",
               wanted->area);
    pm_help(draft->diags, seen ? "give it a smaller \"scale\", or the page another form (--size)"
                               : "leave the inset out, or draw another part (--focus)");
}

/* ---- the locator ---------------------------------------------------------------------------------------- */

/* Of all areas, degrees. */
static struct pm_box extent_on_earth(const struct pm_draft *draft)
{
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_AREAS];
    struct pm_box extent = {0};
    for (size_t i = 0; i < layer->point_count; i++)
        pm_box_add(&extent,
                   (struct pm_pt){pm_grid_lon(layer->points[i]), pm_grid_lat(layer->points[i])},
                   i == 0);
    return extent;
}

static void add_locator(struct pm_draft *draft)
{
    struct pm_inset_draft inset = {.locator = true};
    struct pm_box earth = extent_on_earth(draft);
    double wide = pm_box_w(earth) * cos((earth.y0 + earth.y1) / 2 * 3.14159265358979323846 / 180);
    double w = LOCATOR * pm_box_w(draft->page.map);
    double h = w * fmax(0.6, fmin(1.4, pm_box_h(earth) / fmax(wide, 1e-9)));
    struct pm_mask areas = pm_spot_areas(draft);
    inset.box = pm_spot_find(draft, w, h, price, &areas);
    if (pm_box_empty(inset.box))
        return;
    struct pm_diags *diags = pm_diags_new();
    const bool *nothing = PM_NEW_N(draft->arena, bool, draft->area_count);
    struct pm_style *style = style_of(draft);
    style->map.padding = LOCATOR_PADDING;
    inset.map = child_of(draft, nothing, style, diags);
    inset.map->page.map = inset.box;
    pm_layout_geometry(inset.map);
    bool drawn = pm_diags_errors(diags) == 0;
    pm_diags_free(diags);
    inset.map->diags = draft->diags;
    if (drawn)
        trace_frame(draft, inset.map, &inset);
    double shown = fabs(pm_ring_area(inset.outline, inset.outline_count));
    if (inset.outline_count && shown < MOST_SHOWN * pm_box_w(inset.box) * pm_box_h(inset.box))
        keep(draft, inset);
    else
        let_go(&inset);
}

void pm_layout_locator(struct pm_draft *draft)
{
    if (draft->style->show.locator && draft->focus_count)
        add_locator(draft);
}

void pm_layout_insets(struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->status->inset_count; i++)
        add_wanted(draft, i);
    pm_layout_locator(draft);
}

void pm_insets_release(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->inset_count; i++)
        let_go(&draft->insets[i]);
}

/* ---- for names without room ------------------------------------------------------------------------- */

static struct pm_pt middle_of(const struct pm_draft *draft, size_t area)
{
    const struct pm_box b = draft->areas[area].rings.box;
    return (struct pm_pt){(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2};
}

/* The areas with lost names within a distance of the middle of one of them. */
struct cluster {
    const bool *outside; /* by area */
    unsigned lost;       /* names */
};

static struct cluster cluster_of(const struct pm_draft *draft, const unsigned *lost, size_t middle)
{
    bool *outside = PM_NEW_N(draft->arena, bool, draft->area_count);
    struct cluster cluster = {.outside = outside};
    struct pm_pt p = middle_of(draft, middle);
    for (size_t i = 0; i < draft->area_count; i++) {
        struct pm_pt q = middle_of(draft, i);
        outside[i] = !lost[i] || hypot(p.x - q.x, p.y - q.y) > TOGETHER * pm_box_w(draft->page.map);
        cluster.lost += outside[i] ? 0 : lost[i];
    }
    return cluster;
}

static bool same(const struct pm_draft *draft, const struct cluster *a, const struct cluster *b)
{
    return memcmp(a->outside, b->outside, draft->area_count * sizeof *a->outside) == 0;
}

/* The one with most lost names that was not tried yet. */
static struct cluster next_cluster(const struct pm_draft *draft, const unsigned *lost,
                                   const struct cluster *tried, size_t count)
{
    struct cluster best = {0};
    for (size_t i = 0; i < draft->area_count; i++) {
        struct cluster cluster = lost[i] ? cluster_of(draft, lost, i) : (struct cluster){0};
        bool known = cluster.lost <= best.lost;
        for (size_t k = 0; !known && k < count; k++)
            known = same(draft, &cluster, &tried[k]);
        if (!known)
            best = cluster;
    }
    return best;
}

bool pm_layout_inset_of(struct pm_draft *draft, const unsigned *lost)
{
    struct cluster tried[MOST_CLUSTERS];
    for (size_t count = 0; count < MOST_CLUSTERS; count++) {
        tried[count] = next_cluster(draft, lost, tried, count);
        if (tried[count].lost <= MOST_LOST)
            return false;
        if (add_detail(draft, tried[count].outside, NULL, LEAST_SCALE, MOST_SCALE) > 0)
            return true;
    }
    return false;
}

/* A name is told by an inset that is there to show its area; that it is seen on another is chance. */
static bool names(const struct pm_draft *map, enum pm_label_kind kind, size_t area,
                  const struct pm_place_draft *place)
{
    if (area == PM_NONE || map->outside[area])
        return false;
    for (size_t i = 0; i < map->label_count; i++) {
        const struct pm_label_draft *label = &map->labels[i];
        const struct pm_place_draft *own =
            kind == PM_LABEL_PLACE && label->kind == kind ? &map->places[label->index] : NULL;
        if (label->kind == kind &&
            (own ? own->feature == place->feature && pm_streq(own->name, place->name)
                 : label->index == area))
            return true;
    }
    return false;
}

bool pm_inset_names_area(const struct pm_draft *draft, size_t area)
{
    for (size_t i = 0; i < draft->inset_count; i++)
        if (names(draft->insets[i].map, PM_LABEL_AREA, area, NULL))
            return true;
    return false;
}

bool pm_inset_names_place(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    for (size_t i = 0; i < draft->inset_count; i++)
        if (names(draft->insets[i].map, PM_LABEL_PLACE, place->area, place))
            return true;
    return false;
}

bool pm_inset_marks(const struct pm_draft *draft, const struct pm_event *event)
{
    for (size_t i = 0; i < draft->inset_count; i++) {
        const struct pm_draft *map = draft->insets[i].map;
        for (size_t k = 0; k < map->event_count; k++)
            if (map->events[k].event == event && map->events[k].visible)
                return true;
    }
    return false;
}
