/* Tables: any bytes become a status file that provmap reads, or are refused with a reason. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "input/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pm_style *style;

/* The first byte chooses the options, the rest is the table. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const map[] = {"g=government", "=unknown"};
    struct pm_diags *diags = pm_diags_new();
    style = style ? style : pm_style_load(PM_TEST_DIR "/../styles/default.json", diags);
    unsigned choice = size ? data[0] : 0;
    struct pm_import_options options = {.style = style, .map = map, .as_of = "2021-05-04"};
    options.map_count = choice & 3 ? choice & 3 : 0;
    options.map_count = options.map_count > 2 ? 2 : options.map_count;
    options.wide = choice & 4;
    options.date_form = choice & 8 ? "excel" : NULL;
    if (choice & 16) {
        static const char *const names[PM_IMPORT_COLUMNS] = {"a", "p", "s", "d", "l", "h", "c",
                                                             "b", "v", "n", "q", "x", "y"};
        for (int i = 0; i < PM_IMPORT_COLUMNS; i++)
            options.columns[i] =
                options.wide && (i == PM_IMPORT_STATUS || i == PM_IMPORT_DATE) ? NULL : names[i];
    }
    struct pm_importer im = {.options = &options, .diags = diags};
    struct pm_str out = {0};
    char *text = pm_strndup(&im.arena, size ? (const char *)data + 1 : "", size ? size - 1 : 0);
    bool done =
        pm_sheet_parse(&im.sheet, text, size ? size - 1 : 0, "fuzz.csv", 0, &im.arena, diags) &&
        pm_import_sheet(&im, &out);
    if (done != (pm_diags_errors(diags) == 0))
        abort(); /* nothing without a reason */
    for (size_t i = 0; i < pm_diags_count(diags); i++)
        if (pm_diags_get(diags, i)->file && pm_diags_get(diags, i)->file[0] == '<')
            abort(); /* what provmap can't read should have been told of the table */
    pm_import_finish(&im);
    pm_str_finish(&out);
    pm_diags_free(diags);
    return 0;
}
