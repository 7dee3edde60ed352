/* A scene with everything a scene can hold, for the tests of the writers. */
#ifndef DEMO_SCENE_H
#define DEMO_SCENE_H

#include "base/diag.h"
#include "scene/scene.h"
#include "text/fonts.h"

#define DEMO_FAMILY "Noto Sans, Noto Naskh Arabic"

static const struct pm_font demo_font = {.family = DEMO_FAMILY, .size = 16, .weight = 400};

/* Set-up and tear-down of a group of tests whose state is the fonts. */
static inline int demo_open_fonts(void **state)
{
    struct pm_diags *diags = pm_diags_new();
    *state = pm_fonts_new(NULL, DEMO_FAMILY, diags);
    pm_diags_free(diags);
    return *state ? 0 : -1;
}

static inline int demo_close_fonts(void **state)
{
    pm_fonts_free(*state);
    return 0;
}

static inline void demo_begin(struct pm_scene *scene, double width, double height)
{
    *scene = (struct pm_scene){
        .width = width,
        .height = height,
        .dpi = 96,
        .background = 0xFFFFFFFF,
        .lang = "en",
        .dir = "ltr",
        .id_prefix = "pm1",
        .class_prefix = "pm",
        .family = DEMO_FAMILY,
    };
}

static inline void demo_text(struct pm_scene *scene, const char *s, const char *lang, double x,
                             double y, enum pm_anchor anchor, double angle)
{
    struct pm_run run = {.s = s,
                         .lang = lang,
                         .font = demo_font,
                         .at = {x, y},
                         .anchor = anchor,
                         .angle = angle,
                         .color = 0x1A1A1AFF,
                         .halo = 0xFFFFFFFF,
                         .halo_width = 3};
    pm_scene_text(scene, NULL, run);
}

/* Two neighbours with a crooked border and a hole in the left one. */
static inline void demo_areas(struct pm_scene *scene)
{
    const struct pm_pt left[] = {{20, 20},     {200.004, 20}, {180, 90},
                                 {215.5, 140}, {190, 220},    {20, 220}};
    const struct pm_pt right[] = {{200.004, 20}, {380, 20},    {380, 220},
                                  {190, 220},    {215.5, 140}, {180, 90}};
    const struct pm_pt hole[] = {{60, 150}, {110, 150}, {110, 190}, {60, 190}};
    const struct pm_attr attrs[] = {{"data-code", "AF-HEL"}, {"data-name", "Helmand \"<&>\""}};
    struct pm_ident ident = {"area", "AF-HEL", "area contested", "Helmand: contested", attrs, 2};
    struct pm_path path = {0};
    struct pm_pattern hatch = {"hatch", PM_TEXTURE_HATCH, 10, 1.9, 0x5E4A00FF};
    struct pm_pattern lines = {"lines", PM_TEXTURE_LINES, 10, 2.6, 0x2979CCFF};
    pm_path_ring(&path, left, 6);
    pm_path_ring(&path, hole, 4);
    pm_scene_path(scene, &ident, &path, (struct pm_paint){.fill = 0xDFC036FF});
    ident = (struct pm_ident){"area", "AF-KAN", "area government", "Kandahar", NULL, 0};
    pm_path_ring(&path, right, 6);
    pm_scene_path(scene, &ident, &path, (struct pm_paint){.fill = 0xD5E3F5FF});
    pm_path_ring(&path, left, 6);
    pm_path_ring(&path, hole, 4);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.pattern = pm_scene_pattern(scene, hatch)});
    pm_path_ring(&path, right, 6);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.pattern = pm_scene_pattern(scene, lines)});
    pm_path_polyline(&path, left + 1, 4);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.stroke = 0x262626FF, .width = 2, .round = true});
    pm_path_finish(&path);
}

static inline void demo_shapes(struct pm_scene *scene)
{
    struct pm_path path = {0};
    struct pm_pattern dots = {"dots", PM_TEXTURE_DOTS, 8, 2.4, 0x6F6F68FF};
    pm_path_round_box(&path, pm_box_of(400, 20, 180, 90), 12);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.pattern = pm_scene_pattern(scene, dots),
                                    .stroke = 0x262626FF,
                                    .width = 1.6,
                                    .dash = {6, 3}});
    pm_path_box(&path, pm_box_of(530, 170, 60, 40));
    pm_path_box(&path, pm_box_of(550, 180, 20, 20));
    pm_scene_path(
        scene, NULL, &path,
        (struct pm_paint){
            .fill = 0xDF524BFF, .stroke = 0x2979CCFF, .width = 12, .round = true, .inner = true});
    pm_path_circle(&path, (struct pm_pt){440, 170}, 30);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.fill = 0xDF524B80, .stroke = 0x000000FF, .width = 3});
    pm_path_move(&path, 490, 200);
    pm_path_curve(&path, (struct pm_pt){510, 120}, (struct pm_pt){540, 240},
                  (struct pm_pt){580, 140});
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){
                      .stroke = 0x2979CC80, .width = 8, .dash = {12, 10, 1, 10}, .round = true});
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = "clipped"},
                   pm_box_of(400, 230, 100, 50));
    pm_path_circle(&path, (struct pm_pt){400, 230}, 60);
    pm_scene_path(scene, NULL, &path, (struct pm_paint){.fill = 0xAB6DA8FF});
    pm_scene_end(scene);
    pm_path_finish(&path);
}

static inline void demo_texts(struct pm_scene *scene)
{
    struct pm_run run = {.s = "Control of Helmand",
                         .lang = "en",
                         .font = demo_font,
                         .at = {20, 300},
                         .color = 0x1A1A1AFF};
    run.font.size = 30;
    run.font.weight = 700;
    pm_scene_text(scene, NULL, run);
    run = (struct pm_run){.s = "PAKISTAN",
                          .lang = "en",
                          .font = demo_font,
                          .at = {290, 330},
                          .anchor = PM_ANCHOR_MIDDLE,
                          .color = 0x6B675EFF};
    run.font.spacing = 6;
    run.font.italic = true;
    pm_scene_text(scene, NULL, run);
    demo_text(scene, "Lashkar Gah", "en", 110, 110, PM_ANCHOR_MIDDLE, 0);
    demo_text(scene, "هلمند", "fa", 290, 110, PM_ANCHOR_LEFT, 0);
    demo_text(scene, "د کندهار ولایت", "ps", 375, 150, PM_ANCHOR_RIGHT, 0);
    demo_text(scene, "Arghandab", "en", 60, 80, PM_ANCHOR_LEFT, -20);
    demo_text(scene, "‏NATO و ناتو ۱۲", "fa", 375, 190, PM_ANCHOR_RIGHT, 0);
}

/* 600 by 350 px. */
static inline void demo_scene(struct pm_scene *scene)
{
    demo_begin(scene, 600, 350);
    scene->title = "Control of Helmand – هلمند";
    scene->description = "Two areas: 1 contested & 1 government.";
    scene->author = "provmap";
    scene->subject = "Afghanistan";
    scene->keywords = "map, control";
    scene->date = "2021-05-04";
    scene->rights = "CC BY 4.0";
    scene->sources = "Long War Journal";
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = "map", .classes = "map"},
                   (struct pm_box){0});
    demo_areas(scene);
    demo_shapes(scene);
    demo_texts(scene);
    pm_scene_end(scene);
}

#endif
