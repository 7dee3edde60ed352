/* What the reader says of many files. usage: verdicts status|shapes|style <LIST
 * LIST has a path a line; for each a line is printed with the ids of the errors for which the file
 * is refused (those by which the command ends with exit code 3). */
#include <stdio.h>
#include <string.h>

#include "provmap.h"

static void load(const char *kind, const char *path, struct pm_diags *diags)
{
    if (strcmp(kind, "status") == 0)
        pm_status_free(pm_status_load(path, diags));
    else if (strcmp(kind, "shapes") == 0)
        pm_atlas_free(pm_atlas_load(path, NULL, diags));
    else
        pm_style_free(pm_style_load(path, diags));
}

int main(int argc, char **argv)
{
    char path[4096];
    if (argc != 2)
        return 2;
    while (fgets(path, sizeof path, stdin)) {
        struct pm_diags *diags = pm_diags_new();
        path[strcspn(path, "\n")] = '\0';
        load(argv[1], path, diags);
        for (size_t i = 0; i < pm_diags_count(diags); i++) {
            const struct pm_diag *diag = pm_diags_get(diags, i);
            if (diag->severity == PM_ERROR && diag->fault == PM_FAULT_INPUT)
                printf("%s ", diag->id);
        }
        printf("\n");
        pm_diags_free(diags);
    }
    return 0;
}
