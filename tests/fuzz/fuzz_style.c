/* Style files: any bytes are read or refused with a reason, and every number of a style that is
 * read lies in its range. */
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "folder.h"
#include "model/style.h"
#include "provmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_numbers(const struct pm_style *style)
{
    for (size_t i = 0; i < pm_style_key_count; i++) {
        const struct pm_style_key *key = &pm_style_keys[i];
        double value = 0;
        if (key->type == PM_KEY_NUMBER && key->max > key->min) {
            value = *(const double *)(const void *)((const char *)style + key->offset);
            if (!(value >= key->min && value <= key->max))
                abort();
        }
    }
}

static void check_info(const char *path)
{
    struct pm_diags *diags = pm_diags_new();
    char *text = NULL;
    size_t size = 0;
    if (!pm_info(path, NULL, PM_INFO_JSON, &text, &size, diags) && !pm_diags_errors(diags))
        abort();
    free(text);
    pm_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"f.json"};
    struct folder folder = folder_new();
    folder_write(&folder, names[0], data, size);
    struct folder_path file = folder_path(&folder, names[0]);
    struct pm_diags *diags = pm_diags_new();
    struct pm_style *style = pm_style_load(file.path, diags);
    if ((style == NULL) != (pm_diags_errors(diags) > 0))
        abort(); /* nothing without a reason */
    if (style)
        check_numbers(style);
    pm_style_free(style);
    pm_diags_free(diags);
    check_info(file.path);
    folder_remove(&folder, names, 1);
    return 0;
}
