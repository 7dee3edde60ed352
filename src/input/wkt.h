/* Well-known text of coordinate systems (OGC 01-009, ISO 19162, and ESRI's dialect) as a tree:
 * enough to tell plain longitude and latitude from all else; PROJ understands the rest. */
#ifndef PM_INPUT_WKT_H
#define PM_INPUT_WKT_H

#include <stdbool.h>

#include "base/arena.h"

struct pm_wkt {
    const char *word; /* keyword in capitals; or a quoted text, or a number, as written */
    bool quoted;
    const struct pm_wkt *child, *next;
};

/* NULL if `text` is no WKT. */
const struct pm_wkt *pm_wkt_parse(const char *text, struct pm_arena *arena);

/* Is the node's keyword one of these, as in "UNIT|ANGLEUNIT"? */
bool pm_wkt_is(const struct pm_wkt *node, const char *keywords);
/* The first child with one of these keywords; NULL if there is none. */
const struct pm_wkt *pm_wkt_find(const struct pm_wkt *node, const char *keywords);
/* The quoted text that a node begins with; "" if there is none. */
const char *pm_wkt_name(const struct pm_wkt *node);
/* The number behind the node's name, as in UNIT["degree",0.0174…]; NAN if there is none. */
double pm_wkt_value(const struct pm_wkt *node);

#endif
