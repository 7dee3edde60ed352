#include "model/status.h"

const struct pm_record *pm_record_at(const struct pm_subject *subject, pm_date date)
{
    const struct pm_record *found = NULL;
    for (size_t i = 0; i < subject->record_count; i++)
        if (subject->records[i].from == PM_NO_DATE || subject->records[i].from <= date)
            found = &subject->records[i];
    return found;
}

const struct pm_party *pm_find_party(const struct pm_status *status, const char *id)
{
    size_t number = 0;
    return pm_index_get(&status->party_ids, id, &number) ? &status->parties[number] : NULL;
}

const char *const pm_stance_names[] = {"claims", "confirms", "denies", NULL};
const char *const pm_precision_names[] = {"exact", "district", "province", NULL};

const char *pm_event_kind_name(enum pm_event_kind kind)
{
    static const char *const names[PM_EVENT_KINDS] = {"strikes", "clash", "capture", "explosion",
                                                      "other"};
    return names[kind];
}
