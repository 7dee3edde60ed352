/* The scene: a map as a flat drawing list that writers only have to draw. Page coordinates, px, y
 * down, in painting order. No projection, no style, no join below this line. One arena owns it. */
#ifndef PM_SCENE_SCENE_H
#define PM_SCENE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/color.h"
#include "model/geom.h"
#include "model/style.h"

/* A path: operations and their points (MOVE and LINE 1, CURVE 3, CLOSE 0). Filled even-odd. */
enum pm_path_op { PM_MOVE, PM_LINE, PM_CURVE, PM_CLOSE };

struct pm_path {
    PM_VEC(uint8_t) ops;
    PM_VEC(struct pm_pt) points;
    uint64_t hash; /* of one that is settled; else 0 */
};

/* The path as scenes have it, in the arena: moved by `origin`, rounded to 0.01 px, and no longer changed. */
struct pm_path pm_path_settle(const struct pm_path *path, struct pm_pt origin,
                              struct pm_arena *arena);
/* The same of the same operations and points, on every machine. */
uint64_t pm_path_hash(const struct pm_path *path);

void pm_path_move(struct pm_path *path, double x, double y);
void pm_path_line(struct pm_path *path, double x, double y);
void pm_path_curve(struct pm_path *path, struct pm_pt c1, struct pm_pt c2, struct pm_pt to);
void pm_path_close(struct pm_path *path);
void pm_path_box(struct pm_path *path, struct pm_box box);
void pm_path_round_box(struct pm_path *path, struct pm_box box, double radius);
void pm_path_circle(struct pm_path *path, struct pm_pt centre, double radius); /* four curves */
/* On from the point that was added last, which lies at the angle `from`: about `centre` to the angle
 * `to`. Radians, clockwise from up. */
void pm_path_arc(struct pm_path *path, struct pm_pt centre, double radius, double from, double to);
void pm_path_ring(struct pm_path *path, const struct pm_pt *points, size_t count);
void pm_path_polyline(struct pm_path *path, const struct pm_pt *points, size_t count);
/* On from the point that was added last. */
void pm_path_go_on(struct pm_path *path, const struct pm_pt *points, size_t count);
/* Appends all of the other path. */
void pm_path_add(struct pm_path *path, const struct pm_path *other);
/* Appends the path as SVG 1.1 writes it (path data, section 8.3): relative, two decimals. */
void pm_path_data(const struct pm_path *path, struct pm_str *out);
void pm_path_finish(struct pm_path *path);

/* A texture with one phase for the whole page, so that it runs on across borders. Hatch and lines:
 * parallel at 45 or 135 degrees, one through the page's origin. Dots and crosses: on a square lattice
 * and in the middle of its squares. Grid: horizontal and vertical lines. */
struct pm_pattern {
    const char *id; /* "hatch-contested" */
    enum pm_texture kind;
    double spacing; /* px between lines, measured across them; side of the lattice */
    double width;   /* px: of a line; diameter of a dot */
    pm_color color;
    const char *of; /* as of a paint */
};

/* Side of the upright square that the texture repeats on: whole px, as viewers of SVG that keep a
 * tile as a picture would show seams otherwise. */
double pm_pattern_side(const struct pm_pattern *pattern);
/* Where in that square the upright line runs, and the level one: so that their edges are sharp. */
double pm_pattern_axis(const struct pm_pattern *pattern);
/* Length of the arms of a cross, from end to end. */
double pm_pattern_arms(const struct pm_pattern *pattern);

/* How a path is painted. Zero: not filled, not stroked. */
struct pm_paint {
    pm_color fill;
    /* What the colour of the fill, or of the stroke where there is none, stands for ("contested"), so that it can
     * be changed wherever it is; or NULL. */
    const char *of;
    int pattern; /* 1 + index of a pattern to fill with instead; 0: none */
    pm_color stroke;
    double width;   /* px */
    double dash[4]; /* px on, off, …; all zero: solid */
    bool round;     /* round joins and caps; else mitre (limit 4) joins and butt caps */
    /* Of the stroke, which is round and not dashed, only what lies within the path is seen: half its width. */
    bool inner;
    /* Filled, not stroked, and a piece of a mosaic: together with the paths beside it that are so,
     * too, it covers the ground without overlaps, and no seams may show where they share edges. */
    bool mosaic;
};

/* A font as the writers need it. */
struct pm_font {
    const char *family; /* comma-separated */
    double size;        /* px */
    int weight;
    bool italic;
    double spacing; /* px between letters */
};

enum pm_anchor { PM_ANCHOR_LEFT, PM_ANCHOR_MIDDLE, PM_ANCHOR_RIGHT };

/* One line of text. */
struct pm_run {
    const char *s;    /* UTF-8 */
    const char *lang; /* BCP 47 */
    struct pm_font font;
    struct pm_pt at; /* baseline; its left end, middle or right end as `anchor` says */
    enum pm_anchor anchor;
    double width; /* advance, measured, px */
    double angle; /* degrees, clockwise, about `at` */
    pm_color color;
    size_t aside; /* the byte of `s` from which on it is in `aside_color`; 0: none is */
    pm_color aside_color;
    pm_color halo;     /* alpha 0: none */
    double halo_width; /* px on each side */
};

struct pm_attr {
    const char *name, *value; /* "data-code", "AF-HEL" */
};

/* What a group is in a document that is read aloud. The groups follow one another as they are to be read. */
enum pm_part {
    PM_PART_NONE,
    PM_PART_TITLE,
    PM_PART_HEADING,
    PM_PART_PARAGRAPH,
    PM_PART_LIST,   /* of items */
    PM_PART_ITEM,   /* with its symbol */
    PM_PART_FIGURE, /* what the scene's description stands for */
    PM_PARTS
};
const char *pm_part_name(enum pm_part part); /* "title"; NULL for none */

/* Who an element is. All NULL: nobody, just a drawing. */
struct pm_ident {
    const char *role; /* with `key` the id: <prefix>-<role>-<key>; NULL: no id */
    const char *key;
    const char *classes; /* space-separated, without prefix; or NULL */
    const char *tooltip; /* or NULL */
    const struct pm_attr *attrs;
    size_t attr_count;
    size_t row; /* of the map's table (layout/table.h), from 1; 0: none */
    /* of groups */
    const char *
        label; /* of a layer that lists things, or a figure: what it is called ("Events"); or NULL */
    enum pm_part part;
    const char
        *link; /* where a reader is led; NULL: nowhere. Dropped if it is no address of the web. */
};

/* The frames of an animation that show a node, and what a group holds: from the first until before the end. Both 0:
 * all that its group is in. */
struct pm_frames {
    size_t first, end;
};

enum pm_node_kind { PM_NODE_BEGIN, PM_NODE_END, PM_NODE_PATH, PM_NODE_TEXT };

struct pm_node {
    enum pm_node_kind kind;
    struct pm_frames frames;
    struct pm_ident ident;
    struct pm_box clip;    /* of BEGIN: empty for none */
    struct pm_path path;   /* of PATH; its arrays lie in the scene's arena */
    struct pm_paint paint; /* of PATH */
    struct pm_run run;     /* of TEXT */
};

struct pm_scene {
    struct pm_arena arena;
    double width, height;       /* px */
    double dpi;                 /* px per inch */
    double width_mm, height_mm; /* on paper, exactly; 0: what px and dpi say */
    pm_color background;
    const char *lang, *dir;   /* "en", "ltr" */
    const char *id_prefix;    /* of ids; NULL: one that differs between scenes */
    const char *class_prefix; /* of classes: the same for all, so that one CSS rule fits all */
    const char *family;       /* fonts of all texts, comma-separated */
    /* metadata; NULL where there is none */
    const char *title, *description, *author, *subject, *keywords, *date, *rights, *sources;
    const char *credit; /* whose data, which projection: the line at the foot, drawn or not */
    const char *const *frames; /* of an animation: what each frame is called ("6 August 2021") */
    size_t frame_count;        /* 0: it does not move */
    double frame_seconds;      /* how long each is seen; the last one longer (scene/frames.c) */
    PM_VEC(struct pm_pattern) patterns;
    PM_VEC(struct pm_node) nodes;
    int depth;
    struct pm_pt
        origin; /* where what is drawn has its (0, 0): added to all coordinates, in whole px */
};

void pm_scene_finish(struct pm_scene *scene);

/* Opens a group; groups nest. `ident` may be NULL; its strings are copied, here and below. */
void pm_scene_begin(struct pm_scene *scene, const struct pm_ident *ident, struct pm_box clip);
void pm_scene_end(struct pm_scene *scene);
/* Adds a path and empties `path`. Coordinates are rounded to 0.01 px. */
void pm_scene_path(struct pm_scene *scene, const struct pm_ident *ident, struct pm_path *path,
                   struct pm_paint paint);
/* Adds a settled path that lives longer than the scene; it is not copied. */
void pm_scene_lent_path(struct pm_scene *scene, const struct pm_ident *ident,
                        const struct pm_path *path, struct pm_paint paint);
void pm_scene_text(struct pm_scene *scene, const struct pm_ident *ident, struct pm_run run);
/* Returns what goes into pm_paint.pattern. A pattern whose id is known already is that one. */
int pm_scene_pattern(struct pm_scene *scene, struct pm_pattern pattern);

/* A node without what follows it or is in it, as one number. */
uint64_t pm_node_hash(const struct pm_node *node, uint64_t seed);
/* Scenes that differ in anything that is drawn or said have different numbers; the same scene has the same
 * one on every machine. */
uint64_t pm_scene_hash(const struct pm_scene *scene);

/* ---- animations (scene/frames.c) -------------------------------------------------------------- */

/* One scene of several, which are its frames: what they have in common is in it once. It begins empty but for its arena, and
 * has the head of the last, whose strings must outlive it. The scenes keep nothing that they share with it. */
void pm_scene_animate(struct pm_scene *scene, const struct pm_scene *frames, size_t count);
/* The scene as a frame shows it, without what others show. It shares all but its list of nodes, which
 * pm_scene_still_finish() gives back. */
struct pm_scene pm_scene_still(const struct pm_scene *scene, size_t frame);
void pm_scene_still_finish(struct pm_scene *still);
/* When a frame begins, seconds; of frame_count: when the animation ends, and begins again. */
double pm_frame_begins(const struct pm_scene *scene, size_t frame);

/* The scene as text, one line a node, two decimals: for golden tests and `-f scene`. */
void pm_scene_dump(const struct pm_scene *scene, struct pm_str *out);

#endif
