/* The parts of a scene as those of a tagged PDF, its outline and its links: for readers of the screen. */
#ifndef PM_OUTPUT_PDF_TAGS_H
#define PM_OUTPUT_PDF_TAGS_H

#include <cairo.h>

#include "output/pdf_update.h"
#include "scene/scene.h"

/* The tags that a group opened, outermost first. */
struct pm_pdf_open {
    const char *tags[3];
    size_t count;
    bool leaf; /* what lies within opens none */
};

struct pm_pdf_tags {
    const struct pm_scene *scene;
    cairo_t *cr;  /* of a PDF surface */
    double scale; /* points to a px */
    int title;    /* in the outline: the title, above its sections */
    bool leaf;    /* within a group that is one */
    bool aside;   /* among what is no part of anything */
    bool in_figure;
    PM_VEC(struct pm_pdf_open) open;
    /* what cairo can't write itself, for pm_pdf_update; in the arena */
    PM_VEC(struct pm_pdf_edit) edits;
    struct pm_arena arena;
};

/* Whatever is drawn is drawn between these. */
void pm_pdf_tags_begin(struct pm_pdf_tags *tags);
void pm_pdf_tags_end(struct pm_pdf_tags *tags);
/* Before a node is drawn, and after. */
void pm_pdf_tags_before(struct pm_pdf_tags *tags, const struct pm_node *node);
void pm_pdf_tags_after(struct pm_pdf_tags *tags, const struct pm_node *node);
void pm_pdf_tags_finish(struct pm_pdf_tags *tags);

#endif
