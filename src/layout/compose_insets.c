/* Insets: their outlines on the map, and what is drawn in their boxes. */
#include "layout/insets.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define LINE 1.2   /* px of frames and outlines */
#define PLAIN 0.28 /* strength of all areas on a locator, and of those in focus */
#define STRONG 0.75

static void stroke_ring(const struct pm_draft *draft, struct pm_scene *scene,
                        const struct pm_pt *points, size_t count)
{
    struct pm_path path = {0};
    const struct pm_style *style = draft->style;
    for (int pass = 0; pass < 2; pass++) {
        pm_path_ring(&path, points, count);
        pm_scene_path(
            scene, NULL, &path,
            pass ? (struct pm_paint){.stroke = style->color.ink, .width = pm_px(draft, LINE)}
                 : (struct pm_paint){.stroke = style->color.halo,
                                     .width = pm_px(draft, 2.5 * LINE)});
    }
    pm_path_finish(&path);
}

static void fill_box(struct pm_scene *scene, struct pm_box box, pm_color color)
{
    struct pm_path path = {0};
    pm_path_box(&path, box);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = color});
    pm_path_finish(&path);
}

static void fill_rings(struct pm_scene *scene, const struct pm_page_rings *rings, pm_color color)
{
    struct pm_path path = {0};
    pm_path_add_rings(&path, rings);
    if (rings->ring_count)
        pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = color, .mosaic = true});
    pm_path_finish(&path);
}

/* Land and areas without statuses: it says where, not who. */
static void draw_locator(const struct pm_draft *map, struct pm_scene *scene)
{
    const struct pm_style *style = map->style;
    fill_box(scene, map->page.map, style->color.water);
    for (size_t i = 0; i < map->atlas->layers[PM_LAYER_CONTEXT].feature_count; i++)
        fill_rings(scene, &map->base->neighbours[i], style->color.land);
    for (size_t i = 0; i < map->area_count; i++) {
        double strength = map->areas[i].state.muted ? PLAIN : STRONG;
        fill_rings(scene, &map->areas[i].rings,
                   pm_color_mix(style->color.ink2, style->color.land, strength));
    }
}

static void draw_frame(const struct pm_draft *draft, struct pm_scene *scene, struct pm_box box)
{
    struct pm_path path = {0};
    pm_path_box(&path, box);
    pm_scene_path(
        scene, NULL, &path,
        (struct pm_paint){.stroke = draft->style->color.ink, .width = pm_px(draft, LINE)});
    pm_path_finish(&path);
}

static void draw_caption(const struct pm_draft *draft, struct pm_scene *scene,
                         const struct pm_inset_draft *inset)
{
    double room = inset->map->page.map.y0 - inset->box.y0;
    double y = inset->box.y0 + (room - pm_type_leading(draft, PM_TYPE_CALLOUT_HEAD)) / 2 +
               pm_type_ascent(draft, PM_TYPE_CALLOUT_HEAD);
    const char *said = inset->caption;
    if (inset->letter)
        said = pm_sprintf(draft->arena, "%s%s%s", inset->letter,
                          pm_words_of(draft, PM_WORD_PARTS, NULL), inset->caption);
    pm_draw_run_at(
        draft, scene, pm_type_run(draft, PM_TYPE_CALLOUT_HEAD, pm_type_led(draft, said), NULL),
        inset->box.x0 + pm_px(draft, 8), inset->box.x1 - pm_px(draft, 8), y, PM_AT_START);
}

static void draw_inset(const struct pm_draft *draft, struct pm_scene *scene,
                       const struct pm_inset_draft *inset)
{
    const char *role = inset->locator ? "locator" : "inset";
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = role, .classes = role},
                   (struct pm_box){0});
    fill_box(scene, inset->box, draft->style->color.page);
    pm_scene_begin(scene, NULL, inset->map->page.map);
    if (inset->locator) {
        draw_locator(inset->map, scene);
        stroke_ring(draft, scene, inset->outline, inset->outline_count);
    } else {
        pm_compose_ground(inset->map, scene);
        pm_compose_marks(inset->map, scene);
    }
    pm_scene_end(scene);
    if (inset->caption)
        draw_caption(draft, scene, inset);
    draw_frame(draft, scene, inset->box);
    pm_scene_end(scene);
}

static void draw_tab(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_inset_draft *inset)
{
    double leading = pm_type_leading(draft, PM_TYPE_CALLOUT_HEAD);
    double y = inset->tab.y0 + (pm_box_h(inset->tab) - leading) / 2;
    fill_box(scene, inset->tab, draft->style->color.page);
    draw_frame(draft, scene, inset->tab);
    pm_draw_run(scene, pm_type_run(draft, PM_TYPE_CALLOUT_HEAD, inset->letter, NULL),
                (inset->tab.x0 + inset->tab.x1) / 2,
                y + pm_type_ascent(draft, PM_TYPE_CALLOUT_HEAD), PM_ANCHOR_MIDDLE);
}

void pm_compose_inset_outlines(const struct pm_draft *draft, struct pm_scene *scene)
{
    for (size_t i = 0; i < draft->inset_count; i++)
        if (!draft->insets[i].locator && draft->insets[i].outline_count)
            stroke_ring(draft, scene, draft->insets[i].outline, draft->insets[i].outline_count);
    for (size_t i = 0; i < draft->inset_count; i++)
        if (draft->insets[i].letter)
            draw_tab(draft, scene, &draft->insets[i]);
}

void pm_compose_insets(const struct pm_draft *draft, struct pm_scene *scene)
{
    for (size_t i = 0; i < draft->inset_count; i++)
        draw_inset(draft, scene, &draft->insets[i]);
}
