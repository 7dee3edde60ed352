/* What readers of the screen find in a map that is a tree, not one picture (WAI-ARIA 1.2 and its Graphics
 * Module 1.0): lists of areas, places and events, each item named by its <title>, and the texts beside the map.
 * Names on the map say nothing that the lists don't. */
#include "output/svg_writer.h"
#include "base/banned.h"

/* The others are hidden, with all that lies in them. */
static const struct layer {
    const char *key;
    bool list;
} readable[] = {{"figure", false}, {"map", false},    {"areas", true},  {"places", true},
                {"events", true},  {"header", false}, {"panel", false}, {"footer", false}};

static void hide(struct pm_svg *w)
{
    pm_svg_attr(w->out, "aria-hidden", "true");
}

/* A list of nothing is none. */
static void layer_attrs(struct pm_svg *w, const struct pm_ident *ident, bool empty)
{
    size_t i = 0, count = sizeof readable / sizeof *readable;
    while (i < count && !pm_streq(readable[i].key, ident->key))
        i++;
    if (i == count) {
        hide(w);
        return;
    }
    if (!readable[i].list || empty)
        return;
    pm_svg_attr(w->out, "role", "list");
    pm_svg_attr(w->out, "aria-label", ident->label);
    w->list = w->depth;
}

void pm_svg_item(struct pm_svg *w, const struct pm_ident *ident)
{
    if (!w->tree || w->list == 0 || w->depth != w->list)
        return;
    if (ident->tooltip)
        pm_svg_attr(w->out, "role", "listitem");
    else
        hide(w);
}

void pm_svg_enter(struct pm_svg *w, const struct pm_node *begin)
{
    pm_svg_item(w, &begin->ident);
    w->depth++;
    if (w->tree && pm_streq(begin->ident.role, "layer"))
        layer_attrs(w, &begin->ident, begin[1].kind == PM_NODE_END);
}

void pm_svg_leave(struct pm_svg *w)
{
    if (w->list == w->depth)
        w->list = 0;
    w->depth--;
}
