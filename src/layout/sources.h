/* The sources of a map, as they are cited and said. */
#ifndef PM_LAYOUT_SOURCES_H
#define PM_LAYOUT_SOURCES_H

#include "layout/draft.h"

/* Which of the status file's sources this map's date refers to, by source. If nothing refers to any, all
 * count. */
const bool *pm_cited_sources(const struct pm_draft *draft);
/* What a source is called: its title, else its publisher, else its key. */
const char *pm_source_name(const struct pm_draft *draft, const struct pm_source_ref *source);
/* "[1] Publisher: Title, 4 May 2021" */
const char *pm_source_said(const struct pm_draft *draft, size_t index);

#endif
