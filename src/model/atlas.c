#include "model/atlas.h"

const char *pm_layer_name(enum pm_layer_kind kind)
{
    static const char *const names[] = {"areas",  "places", "context", "boundaries",
                                        "rivers", "lakes",  "roads"};
    return names[kind];
}
