#include "model/atlas.h"

#include "base/str.h"
#include "base/banned.h"

const char *pm_layer_name(enum pm_layer_kind kind)
{
    static const char *const names[] = {"areas",  "places", "context", "boundaries",
                                        "rivers", "lakes",  "roads"};
    return names[kind];
}

const char *pm_boundary_kind_name(enum pm_boundary_kind kind)
{
    static const char *const names[PM_BOUNDARY_KINDS] = {"disputed", "line-of-control",
                                                         "ceasefire-line", "undetermined"};
    return names[kind];
}

bool pm_boundary_kind_parse(const char *name, enum pm_boundary_kind *out)
{
    for (int i = 0; i < PM_BOUNDARY_KINDS; i++)
        if (pm_streq(name, pm_boundary_kind_name((enum pm_boundary_kind)i))) {
            *out = (enum pm_boundary_kind)i;
            return true;
        }
    return false;
}
