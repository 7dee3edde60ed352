#include "layout/border.h"

#include "base/str.h"
#include "base/banned.h"

static bool sides_differ(const struct pm_draft *draft, const struct pm_arc *arc)
{
    const char *a = draft->areas[arc->faces[0]].state.look->side;
    const char *b = draft->areas[arc->faces[1]].state.look->side;
    return *a && *b && !pm_streq(a, b);
}

bool pm_border_parts_parents(const struct pm_draft *draft, const struct pm_arc *arc)
{
    return draft->parent_count > 0 && arc->faces[1] < draft->base->topology.context_first &&
           draft->areas[arc->faces[0]].parent != draft->areas[arc->faces[1]].parent;
}

/* Between two areas that are on one side, as far as is known. */
static enum pm_border level_of(const struct pm_draft *draft, const struct pm_arc *arc)
{
    if (draft->parent_count == 0)
        return PM_BORDER_AREA;
    return pm_border_parts_parents(draft, arc) ? PM_BORDER_PARENT : PM_BORDER_INNER;
}

static enum pm_border marked(const struct pm_draft *draft, const struct pm_arc *arc)
{
    bool abroad = arc->faces[0] >= draft->base->topology.context_first;
    return (abroad ? PM_BORDER_ABROAD : PM_BORDER_MARKED) +
           draft->atlas->layers[PM_LAYER_BOUNDARIES].features[arc->mark - 1].boundary;
}

enum pm_border pm_border_of(const struct pm_draft *draft, const struct pm_arc *arc)
{
    size_t first_context = draft->base->topology.context_first;
    if (arc->mark)
        return arc->mark == PM_MARK_SEAM ? PM_BORDER_SEAM : marked(draft, arc);
    if (arc->faces[1] < first_context)
        return sides_differ(draft, arc) ? PM_BORDER_CHANGE : level_of(draft, arc);
    if (arc->faces[0] < first_context)
        return PM_BORDER_OUTLINE;
    return arc->faces[1] == PM_NO_FACE ? PM_BORDER_SHORE : PM_BORDER_NEIGHBOUR;
}

/* Dashes and gaps, px: the less is settled, the more is gap. */
static const struct {
    double dash[4];
    enum pm_word word;
} boundaries[PM_BOUNDARY_KINDS] = {
    [PM_BOUNDARY_DISPUTED] = {{6, 3}, PM_WORD_DISPUTED},
    [PM_BOUNDARY_LINE_OF_CONTROL] = {{9, 3, 2, 3}, PM_WORD_LINE_OF_CONTROL},
    [PM_BOUNDARY_CEASEFIRE_LINE] = {{12, 2}, PM_WORD_CEASEFIRE_LINE},
    [PM_BOUNDARY_UNDETERMINED] = {{1.6, 3.4}, PM_WORD_UNDETERMINED},
};

struct pm_paint pm_boundary_paint(const struct pm_draft *draft, enum pm_boundary_kind kind,
                                  bool abroad)
{
    const struct pm_style *style = draft->style;
    struct pm_paint paint = {.stroke = abroad ? style->color.land_line : style->color.border,
                             .width = pm_px(draft, style->line.disputed)};
    for (int i = 0; i < 4; i++)
        paint.dash[i] = pm_px(draft, boundaries[kind].dash[i]);
    return paint;
}

enum pm_word pm_boundary_word(enum pm_boundary_kind kind)
{
    return boundaries[kind].word;
}

static bool in_sight(const struct pm_draft *draft, size_t arc)
{
    struct pm_range r = draft->base->arcs.arcs[arc];
    struct pm_box box = {0};
    for (size_t k = 0; k < r.count; k++)
        pm_box_add(&box, draft->base->arcs.points[r.first + k], k == 0);
    return pm_box_meets(pm_box_grown(box, 0.1), draft->page.map);
}

unsigned pm_borders_in_sight(const struct pm_draft *draft)
{
    unsigned seen = 0;
    for (size_t i = 0; i < draft->base->topology.arc_count; i++) {
        unsigned kind = 1U << pm_border_of(draft, &draft->base->topology.arcs[i]);
        if (!(seen & kind) && in_sight(draft, i))
            seen |= kind;
    }
    return seen;
}
