/* The identifiers of all diagnostics. They are stable over versions: scripts may rely on them. */
#ifndef PM_BASE_DIAG_IDS_H
#define PM_BASE_DIAG_IDS_H

#include <stddef.h>

struct pm_diag_id {
    const char *id, *meaning;
};

extern const struct pm_diag_id pm_diag_ids[]; /* sorted by id */
extern const size_t pm_diag_id_count;

/* NULL if there is no such identifier. */
const char *pm_diag_meaning(const char *id);

#endif
