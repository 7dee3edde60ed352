/* On maps of changes: what changed, but is drawn so small that nobody sees it. Areas may be as small as the data have
 * them, and a rim needs room. */
#include "base/str.h"
#include "layout/insets.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

enum { NAMED = 10 }; /* in a message */

#define LEAST_SIDE 3.0 /* px: of a square that is seen */

static bool is_large(const struct pm_draft *map, size_t area)
{
    const struct pm_page_rings *rings = &map->areas[area].rings;
    double side = LEAST_SIDE * map->density;
    return rings->ring_count && rings->area >= side * side;
}

/* What leaves the frame can't be told to be small. */
static bool is_whole(const struct pm_draft *map, size_t area)
{
    const struct pm_page_rings *rings = &map->areas[area].rings;
    return rings->ring_count ? pm_box_inside(rings->box, map->page.map)
                             : !map->areas[area].state.muted; /* thinned away */
}

/* On the map and in its insets. */
static bool is_unseen(const struct pm_draft *map, size_t area)
{
    if (!map->areas[area].state.changed || is_large(map, area) || !is_whole(map, area))
        return false;
    for (size_t i = 0; i < map->inset_count; i++)
        if (!map->insets[i].locator && is_large(map->insets[i].map, area))
            return false;
    return true;
}

/* On any of the maps. */
static bool is_unseen_on_any(const struct pm_draft *draft, size_t area)
{
    bool unseen = !draft->series && is_unseen(draft, area);
    for (size_t i = 0; draft->series && i < draft->series->count; i++)
        unseen = unseen || is_unseen(draft->series->maps[i].draft, area);
    return unseen;
}

void pm_tell_unseen(const struct pm_draft *draft)
{
    struct pm_str names = {0};
    size_t count = 0;
    for (size_t i = 0; i < draft->area_count; i++)
        if (is_unseen_on_any(draft, i) && count++ < NAMED)
            pm_str_addf(&names, "%s%s", count > 1 ? ", " : "",
                        pm_feature_name(draft, draft->areas[i].feature, NULL));
    if (count > NAMED)
        pm_str_addf(&names, " and %zu more", count - NAMED);
    if (count) {
        pm_warning(
            draft->diags, "change-unseen", (struct pm_place){0},
            "%zu area%s, changed or known for the first time, %s drawn too small to be seen: %s",
            count, count == 1 ? "" : "s", count == 1 ? "is" : "are", pm_str_get(&names));
        pm_help(draft->diags, "draw a larger map (--size) or a part of it (--focus)");
    }
    pm_str_finish(&names);
}
