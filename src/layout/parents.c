/* Parents: what the areas lie in, numbered in the order in which the areas name them. A lone one
 * divides nothing: then the map has one level. */
#include "base/hash.h"
#include "layout/draft.h"
#include "base/banned.h"

static size_t number(struct pm_draft *draft, struct pm_index *numbers, const char *name)
{
    size_t parent = PM_NONE;
    if (!name || pm_index_get(numbers, name, &parent))
        return parent;
    parent = draft->parent_count++;
    pm_index_set(numbers, draft->arena, name, parent);
    draft->parents[parent] = (struct pm_parent_draft){.name = name, .muted = true};
    return parent;
}

static void add_area(struct pm_parent_draft *parent, size_t area, bool muted)
{
    if (parent->area_count++ == 0)
        parent->first_area = area;
    parent->muted = parent->muted && muted;
}

void pm_layout_parents(struct pm_draft *draft)
{
    struct pm_index numbers = {0};
    draft->parents = PM_NEW_N(draft->arena, struct pm_parent_draft, draft->area_count);
    for (size_t i = 0; i < draft->area_count; i++) {
        struct pm_area_draft *area = &draft->areas[i];
        area->parent = number(draft, &numbers, area->feature->parent);
        if (area->parent != PM_NONE)
            add_area(&draft->parents[area->parent], i, area->state.muted);
    }
    if (draft->parent_count > 1)
        return;
    draft->parent_count = 0;
    for (size_t i = 0; i < draft->area_count; i++)
        draft->areas[i].parent = PM_NONE;
}
