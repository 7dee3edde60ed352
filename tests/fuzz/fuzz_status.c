/* Status files: any bytes are read or refused with a reason. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "provmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_diags *diags = pm_diags_new();
    struct pm_status *status = pm_status_parse((const char *)data, size, "fuzz.json", diags);
    if ((status == NULL) != (pm_diags_errors(diags) > 0))
        abort(); /* nothing without a reason */
    pm_status_free(status);
    pm_diags_free(diags);
    return 0;
}
