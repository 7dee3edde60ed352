/* The north arrow: drawn where north is off the vertical by more than the style says anywhere in the
 * region, unless it turns so much from part to part that one arrow would be wrong for most; or always. At
 * the scale bar's side. It points to where north is at its own place. */
#include <math.h>

#include "layout/mask.h"
#include "layout/spot.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define LENGTH 30.0 /* px of the style, from end to end */
#define WIDTH 13.0
#define NOTCH 7.0      /* … by which its foot is cut in */
#define GAP 10.0       /* … to the scale bar */
#define MOST_TURN 30.0 /* degrees within the region: one arrow would be wrong for much of it */
#define RADIAN (3.14159265358979323846 / 180)

enum { SAMPLES = 5 };

/* Of the areas that matter, as far as they are in sight. */
static struct pm_box region_of(const struct pm_draft *draft)
{
    struct pm_box region = {0};
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].rings.ring_count && !draft->areas[i].state.muted)
            region = pm_box_union(region, draft->areas[i].rings.box);
    region = pm_box_cut(region, draft->page.map);
    return pm_box_empty(region) ? draft->page.map : region;
}

/* How far north is off the vertical in the region, degrees: from `least` to `most`, signed. */
struct turn {
    double least, most;
};

static struct turn turn_of(const struct pm_draft *draft)
{
    struct pm_box box = region_of(draft);
    struct turn turn = {INFINITY, -INFINITY};
    double angle = 0;
    for (int i = 0; i < SAMPLES; i++)
        for (int k = 0; k < SAMPLES; k++) {
            struct pm_pt p = {box.x0 + pm_box_w(box) * k / (SAMPLES - 1),
                              box.y0 + pm_box_h(box) * i / (SAMPLES - 1)};
            if (!pm_frame_north(&draft->frame, p, &angle))
                continue;
            turn.least = fmin(turn.least, angle);
            turn.most = fmax(turn.most, angle);
        }
    return turn;
}

static bool is_due(struct turn turn, double from)
{
    return turn.most >= turn.least && turn.most - turn.least <= MOST_TURN &&
           fmax(fabs(turn.least), fabs(turn.most)) > from;
}

static struct pm_run letter(const struct pm_draft *draft)
{
    return pm_type_label(draft, PM_TYPE_SCALE, pm_words_of(draft, PM_WORD_NORTH_ARROW, NULL), NULL);
}

/* From the arrow's middle to the letter's. */
static double reach(const struct pm_draft *draft, const struct pm_run *run)
{
    return pm_px(draft, LENGTH) / 2 + hypot(run->width, run->font.size) / 2;
}

/* Half of a square that holds arrow and letter, wherever they point. */
static double half_side(const struct pm_draft *draft)
{
    struct pm_run run = letter(draft);
    return ceil(reach(draft, &run) + hypot(run.width, run.font.size) / 2);
}

static double price(const struct pm_draft *draft, struct pm_box box, const void *user)
{
    if (!pm_spot_free(draft, box))
        return INFINITY;
    return 4000 * pm_mask_cover(user, box) + pm_spot_to_corner(draft, box) / draft->page.scale;
}

/* At either side of the scale bar, else above or below it, else where there is room. */
static struct pm_box find_spot(const struct pm_draft *draft, double side)
{
    struct pm_mask mask = pm_mask_make(draft, 1);
    struct pm_box bar = draft->bar.box, best = {0};
    double gap = pm_px(draft, GAP), least = INFINITY;
    const struct pm_pt corners[] = {
        {bar.x0 - gap - side, bar.y1 - side}, {bar.x1 + gap, bar.y1 - side},
        {bar.x0 - gap - side, bar.y0},        {bar.x1 + gap, bar.y0},
        {bar.x1 - side, bar.y0 - gap - side}, {bar.x0, bar.y1 + gap}};
    for (size_t i = 0; !pm_box_empty(bar) && i < sizeof corners / sizeof *corners; i++) {
        struct pm_box box = pm_box_of(corners[i].x, corners[i].y, side, side);
        double cover = pm_mask_cover(&mask, box);
        if (cover < least && pm_box_inside(box, draft->page.map) && pm_spot_free(draft, box)) {
            least = cover;
            best = box;
        }
    }
    return pm_box_empty(best) ? pm_spot_find(draft, side, side, price, &mask) : best;
}

void pm_layout_north(struct pm_draft *draft)
{
    struct pm_north *north = &draft->north;
    double from = draft->style->map.north;
    if (from >= 180 || (from > 0 && !is_due(turn_of(draft), from)))
        return;
    struct pm_box box = find_spot(draft, 2 * half_side(draft));
    struct pm_pt at = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
    if (pm_box_empty(box) || !pm_frame_north(&draft->frame, at, &north->angle))
        return;
    north->box = box;
    north->at = at;
    pm_vec_push(&draft->taken, box);
}

/* ---- drawing ------------------------------------------------------------------------------------- */

/* A point of the arrow: `across` to the right of its axis, `along` towards its tip. */
static struct pm_pt on_arrow(const struct pm_draft *draft, double across, double along)
{
    const struct pm_north *north = &draft->north;
    double s = sin(north->angle * RADIAN), c = cos(north->angle * RADIAN);
    return (struct pm_pt){north->at.x + across * c + along * s,
                          north->at.y + across * s - along * c};
}

/* Half of it is filled: the eye then finds its axis. */
static void draw_half(const struct pm_draft *draft, struct pm_scene *scene, double width,
                      pm_color fill)
{
    const struct pm_style *style = draft->style;
    double half = pm_px(draft, LENGTH) / 2;
    const struct pm_pt ring[] = {on_arrow(draft, 0, half),
                                 on_arrow(draft, pm_px(draft, width) / 2, -half),
                                 on_arrow(draft, 0, pm_px(draft, NOTCH) - half)};
    struct pm_path path = {0};
    pm_path_ring(&path, ring, sizeof ring / sizeof *ring);
    pm_scene_path(
        scene, NULL, &path,
        (struct pm_paint){
            .fill = fill, .stroke = style->color.ink2, .width = pm_px(draft, 1), .round = true});
    pm_path_finish(&path);
}

void pm_compose_north(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_style *style = draft->style;
    if (pm_box_empty(draft->north.box))
        return;
    struct pm_run run = letter(draft);
    struct pm_extent e = pm_text_measure(draft->fonts, &run.font, run.s, run.lang);
    struct pm_pt middle = on_arrow(draft, 0, reach(draft, &run));
    pm_scene_begin(
        scene, &(struct pm_ident){.role = "layer", .key = "north-arrow", .classes = "north-arrow"},
        (struct pm_box){0});
    draw_half(draft, scene, WIDTH, style->color.ink2);
    draw_half(draft, scene, -WIDTH, style->color.halo);
    pm_draw_run(scene, run, middle.x, middle.y - (e.ink.y0 + e.ink.y1) / 2, PM_ANCHOR_MIDDLE);
    pm_scene_end(scene);
}
