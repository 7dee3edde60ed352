#include "layout/shares.h"

#include <math.h>
#include <stdlib.h>

#include "geo/surface.h"
#include "layout/draft.h"
#include "layout/state.h"
#include "base/banned.h"

struct remainder {
    double rest;
    size_t index;
};

static int larger_first(const void *a, const void *b)
{
    const struct remainder *x = a, *y = b;
    if (x->rest != y->rest)
        return x->rest < y->rest ? 1 : -1;
    return (x->index > y->index) - (x->index < y->index);
}

void pm_percents(const double *values, size_t count, int *percents, struct pm_arena *arena)
{
    struct remainder *rests = PM_NEW_N(arena, struct remainder, count);
    double all = 0;
    int left = 100;
    for (size_t i = 0; i < count; i++)
        all += values[i];
    for (size_t i = 0; i < count; i++) {
        double share = all > 0 ? 100 * values[i] / all : 0;
        percents[i] = (int)floor(share);
        rests[i] = (struct remainder){share - percents[i], i};
        left -= percents[i];
    }
    if (count)
        qsort(rests, count, sizeof *rests, larger_first);
    for (size_t i = 0; all > 0 && i < count && left > 0; i++, left--)
        percents[rests[i].index]++;
}

static bool population_known(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->area_count; i++)
        if (draft->areas[i].feature->population <= 0)
            return false;
    return draft->area_count > 0;
}

static double size_of(const struct pm_draft *draft, const struct pm_feature *feature)
{
    return draft->shares.of == PM_SHARE_POPULATION
               ? feature->population
               : pm_surface_area(&draft->atlas->layers[PM_LAYER_AREAS], feature);
}

void pm_layout_shares(struct pm_draft *draft)
{
    const struct pm_style *style = draft->style;
    if (style->show.area_share)
        draft->shares.of = PM_SHARE_AREA;
    bool known = style->show.population_share && population_known(draft);
    if (known) {
        draft->shares.of = PM_SHARE_POPULATION;
    } else if (style->show.population_share) {
        pm_warning(draft->diags, "no-population", (struct pm_place){0},
                   "the shapes do not know the population of all areas: its shares are left out");
        pm_help(draft->diags,
                "name the field that has it (\"population\" of the areas in shapes.json), or "
                "show \"area_share\"");
    }
    if (draft->shares.of == PM_SHARE_NONE)
        return;
    size_t count = 2 * draft->look_count;
    double *values = PM_NEW_N(draft->arena, double, count); /* solid and doubtful, by look */
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_state *state = &draft->areas[i].state;
        values[2 * pm_look_index(draft, state->look) + state->doubtful] +=
            size_of(draft, draft->areas[i].feature);
    }
    draft->shares.percents = PM_NEW_N(draft->arena, int, count);
    pm_percents(values, count, draft->shares.percents, draft->arena);
    draft->shares.values = values;
}
