/* What the reader says of many documents. usage: verdicts status|shapes|style|aliases|jobs SCRATCH <LINES
 * A line is a document, which is read from the file SCRATCH, or "@" and the path of a file. For
 * each a line is printed with the ids of the errors for which the document is refused: those by
 * which the command ends with exit code 3. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "provmap.h"

static void load(const char *kind, const char *path, struct pm_diags *diags)
{
    if (strcmp(kind, "status") == 0)
        pm_status_free(pm_status_load(path, diags));
    else if (strcmp(kind, "shapes") == 0)
        pm_atlas_free(pm_atlas_load(path, NULL, diags));
    else if (strcmp(kind, "aliases") == 0)
        pm_aliases_free(pm_aliases_load(path, diags));
    else if (strcmp(kind, "jobs") == 0)
        pm_jobs_free(pm_jobs_load(path, diags));
    else
        pm_style_free(pm_style_load(path, diags));
}

/* A new file each time: some file systems write a truncated one to the disk at once. */
static void write_file(const char *path, const char *text)
{
    remove(path);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) == EOF || fclose(file) == EOF) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t size = 0;
    if (argc != 3)
        return 2;
    while (getline(&line, &size, stdin) > 0) {
        struct pm_diags *diags = pm_diags_new();
        line[strcspn(line, "\n")] = '\0';
        if (*line != '@')
            write_file(argv[2], line);
        load(argv[1], *line == '@' ? line + 1 : argv[2], diags);
        for (size_t i = 0; i < pm_diags_count(diags); i++) {
            const struct pm_diag *diag = pm_diags_get(diags, i);
            if (diag->severity == PM_ERROR && diag->fault == PM_FAULT_INPUT)
                printf("%s ", diag->id);
        }
        printf("\n");
        pm_diags_free(diags);
    }
    free(line);
    return 0;
}
