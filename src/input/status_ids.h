/* What a status file declares under ids (sources, parties, statuses), and what refers to it. */
#ifndef PM_INPUT_STATUS_IDS_H
#define PM_INPUT_STATUS_IDS_H

#include "base/hash.h"
#include "input/json.h"
#include "model/status.h"

/* The owner of a status file's json. */
struct pm_status_reader {
    struct pm_status *status;
    struct pm_index source_ids; /* id -> its number in the status's `sources` */
    int proposals;              /* how many unknown ids were compared with the known ones */
};

struct pm_status_reader *pm_status_reader_of(const struct pm_jval *value);
struct pm_status *pm_status_of(const struct pm_jval *value);

void pm_read_sources(const struct pm_jval *object, struct pm_status *status);
void pm_read_parties(const struct pm_jval *object, struct pm_status *status);
void pm_read_declarations(const struct pm_jval *object, struct pm_status *status);

/* The member "sources", and a member that names a party; what is not declared is an error. */
void pm_jget_sources(const struct pm_jval *object, const size_t **out, size_t *count);
void pm_jget_party(const struct pm_jval *object, const char *key, const char **out);

#endif
