/* What the parts of the SVG writer share: svg.c (the whole), svg_definitions.c, svg_text.c, svg_tree.c. */
#ifndef PM_OUTPUT_SVG_WRITER_H
#define PM_OUTPUT_SVG_WRITER_H

#include "base/hash.h"
#include "output/output.h"
#include "output/tracings.h"
#include "text/glyphs.h"

/* What the paths of a group have in common, and so inherit from it. */
struct pm_svg_shared {
    bool pointer, mosaic;
};

/* A text's glyphs. */
struct pm_svg_run {
    const struct pm_glyph *glyphs;
    size_t count;
};

/* Rules of the style element, each with a class of its own: "v1", "d1". */
struct pm_svg_rules {
    struct pm_index numbers; /* by declarations */
    struct pm_str text;
    size_t count;
};

/* An element's rules, 0 for none. */
struct pm_svg_rule {
    size_t variable; /* its colour can be changed by a custom property */
    size_t tone;     /* it differs in the dark */
    size_t frames;   /* only some frames of an animation show it */
};

struct pm_svg {
    struct pm_str *out;
    const struct pm_scene *scene, *dark; /* dark: the same where there is one theme only */
    const struct pm_node *dark_node;     /* what the node at hand is in the dark */
    struct pm_svg_rules variables, tones, frames;
    struct pm_fonts *fonts;
    struct pm_tracings *tracings; /* or NULL */
    enum pm_svg_text text;
    bool inlined, plain, tree, merged;
    int depth, list;                /* of open groups; that of the list at hand, or 0 */
    const struct pm_svg_page *page; /* that it stands in, or NULL */
    struct pm_arena arena;
    const char *id_prefix;
    struct pm_index ids;        /* ids given so far -> how many asked for each */
    const char **textures;      /* ids of the scene's patterns */
    PM_VEC(const char *) clips; /* ids of the clips, in the order of the nodes that use them */
    size_t clips_used, cuts;
    size_t *shapes; /* by node: the number of the path that it shares with others, or 0 */
    size_t shape_count;
    size_t shape;          /* of the node at hand */
    PM_VEC(size_t) glyphs; /* by outline: its number in this file, or 0 */
    size_t glyph_count;
    PM_VEC(struct pm_svg_run) runs; /* of the nodes that are text, in their order */
    size_t runs_used, halo_count;
    struct pm_svg_shared shared; /* by the group at hand */
    PM_VEC(bool) links;          /* of the open groups: is it a link? */
    bool linked;                 /* one of them is */
    bool rtl;                    /* base direction of the page */
};

/* For element content and attributes. Control characters have no place in XML 1.0. */
void pm_svg_escaped(struct pm_str *out, const char *s);
/* Nothing for NULL. */
void pm_svg_attr(struct pm_str *out, const char *name, const char *value);
void pm_svg_number(struct pm_str *out, const char *name, double value);
/* The colour, and how opaque it is, where it is not. */
void pm_svg_color(struct pm_str *out, const char *name, const char *opacity, pm_color c);
void pm_svg_path(const struct pm_svg *w, const struct pm_path *path);
/* An element with a text and nothing else; none for an empty text. */
void pm_svg_element(struct pm_str *out, const char *name, const char *text);

/* `id`, with a number added if another element has it already. */
const char *pm_svg_unique(struct pm_svg *w, const char *id);
/* <prefix>-<role>-<key> */
const char *pm_svg_id(struct pm_svg *w, const char *role, const char *key);
/* Each class behind the prefix, so that a page's own rules don't hit the map by accident; and those of the
 * element's rules. */
void pm_svg_classes(struct pm_svg *w, const char *classes, struct pm_svg_rule rule);
void pm_svg_ident(struct pm_svg *w, const struct pm_ident *ident, struct pm_svg_rule rule);

/* What an element declares beside its attributes. */
struct pm_svg_look {
    struct pm_str variables, tones;
};
/* A colour, in the light and in the dark; `of` as in a paint. */
void pm_svg_tone(struct pm_svg *w, struct pm_svg_look *look, const char *property, pm_color light,
                 pm_color dark, const char *of);
void pm_svg_tone_width(struct pm_svg_look *look, double light, double dark);
/* The rules with these declarations, which are emptied. */
struct pm_svg_rule pm_svg_rule(struct pm_svg *w, struct pm_svg_look *look);
/* The rules of an element with one colour. */
struct pm_svg_rule pm_svg_rule_of(struct pm_svg *w, const char *property, pm_color light,
                                  pm_color dark, const char *of);
/* The rule of what these frames show; none for all frames. */
struct pm_svg_rule pm_svg_rule_of_frames(struct pm_svg *w, struct pm_frames frames);
/* All rules, as they were asked for. */
void pm_svg_style(struct pm_svg *w);
/* Has to be the first child of what it belongs to. */
void pm_svg_tooltip(struct pm_str *out, const struct pm_ident *ident);
/* Nothing else does: see root_attrs. */
void pm_svg_catch_pointer(struct pm_str *out);

/* Textures, clips, shared paths and the outlines of glyphs. */
void pm_svg_definitions(struct pm_svg *w);
bool pm_svg_has_clip(const struct pm_node *node);

/* Attributes that make a tree of the map, if it is to be one: of a group, and of a path. */
void pm_svg_enter(struct pm_svg *w, const struct pm_node *begin);
void pm_svg_leave(struct pm_svg *w);
void pm_svg_item(struct pm_svg *w, const struct pm_ident *ident);

void pm_svg_family(struct pm_str *out, const char *families);
void pm_svg_text(struct pm_svg *w, const struct pm_node *node);
/* <path>s for the outlines that the scene's texts have, each once. */
void pm_svg_glyphs(struct pm_svg *w);

#endif
