/* What the tests of src/input/ share: diagnostics as one text, files in a folder of their own. */
#ifndef INPUT_TEST_H
#define INPUT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/str.h"

/* A fixture: diagnostics, an arena, and a folder for files. */
struct box {
    struct pm_diags *diags;
    struct pm_arena arena;
    char folder[64];
    char *said;
};

static inline int box_open(void **state)
{
    struct box *box = calloc(1, sizeof *box);
    box->diags = pm_diags_new();
    snprintf(box->folder, sizeof box->folder, "/tmp/provmap-test-XXXXXX");
    *state = box;
    return mkdtemp(box->folder) ? 0 : -1;
}

static inline int box_close(void **state)
{
    struct box *box = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", box->folder);
    pm_diags_free(box->diags);
    pm_arena_finish(&box->arena);
    free(box->said);
    free(box);
    return system(command);
}

static inline char *box_path(struct box *box, const char *name)
{
    return pm_sprintf(&box->arena, "%s/%s", box->folder, name);
}

static inline char *box_file(struct box *box, const char *name, const void *data, size_t size)
{
    char *path = box_path(box, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline char *box_text(struct box *box, const char *name, const char *text)
{
    return box_file(box, name, text, strlen(text));
}

/* All diagnostics since the last call, in the order in which a user sees them, one line each:
 * "LINE:COLUMN id: message (help)", or "rRECORD id: …", or "id: …" without a place. */
static inline const char *box_said(struct box *box)
{
    struct pm_str out = {0};
    pm_diags_sort(box->diags);
    for (size_t i = 0; i < pm_diags_count(box->diags); i++) {
        const struct pm_diag *d = pm_diags_get(box->diags, i);
        if (d->line)
            pm_str_addf(&out, "%d:%d ", d->line, d->column);
        if (d->record)
            pm_str_addf(&out, "r%ld ", d->record);
        pm_str_addf(&out, "%s: %s", d->id, d->message);
        if (d->help)
            pm_str_addf(&out, " (%s)", d->help);
        pm_str_add(&out, "\n");
    }
    free(box->said);
    box->said = strdup(pm_str_get(&out));
    pm_str_finish(&out);
    pm_diags_free(box->diags);
    box->diags = pm_diags_new();
    return box->said;
}

#define assert_said(box, text) assert_string_equal(box_said(box), (text))
#define assert_contains(text, part)                                                                \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("no \"%s\" in:\n%s", (part), (text));                                         \
    } while (0)
#define boxed(test) cmocka_unit_test_setup_teardown(test, box_open, box_close)

#endif
