/* Status files: any bytes are read or refused with a reason. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "input/positions.h"
#include "model/status.h"
#include "provmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(const struct pm_status *status, struct pm_at at, bool key)
{
    struct pm_place place =
        key ? pm_place_key(status->source, at) : pm_place_value(status->source, at);
    if (place.length == 0 || place.offset + place.length > status->source->length)
        abort(); /* what was read stands somewhere */
}

static void check_places(const struct pm_status *status)
{
    for (size_t i = 0; i < status->area_count; i++) {
        check_place(status, status->areas[i].at, true);
        for (size_t k = 0; k < status->areas[i].record_count; k++)
            check_place(status, status->areas[i].records[k].status_at, false);
    }
    for (size_t i = 0; i < status->event_count; i++)
        check_place(status, status->events[i].at, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_diags *diags = pm_diags_new();
    struct pm_status *status = pm_status_parse((const char *)data, size, "fuzz.json", diags);
    if ((status == NULL) != (pm_diags_errors(diags) > 0))
        abort(); /* nothing without a reason */
    if (status)
        check_places(status);
    pm_status_free(status);
    pm_diags_free(diags);
    return 0;
}
