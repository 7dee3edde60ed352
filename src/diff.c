/* What changed between two days, or two status files: both are joined to the shapes, and compared. */
#include "input/date_form.h"
#include "layout/changes.h"
#include "output/output.h"
#include "provmap.h"
#include "base/banned.h"

static struct pm_draft begin(const struct pm_atlas *atlas, const struct pm_style *style,
                             const struct pm_status *status, const char *option, const char *date,
                             const struct pm_diff_options *options, struct pm_arena *arena,
                             struct pm_diags *diags)
{
    pm_date day = PM_NO_DATE;
    const struct pm_map_options map = {
        .date = pm_date_option(option, date, &day, diags) ? date : NULL,
        .lang = options->lang,
        .aliases = options->aliases,
        .unmatched_warns = options->unmatched_warns,
    };
    struct pm_draft draft = {
        .atlas = atlas, .style = style, .status = status, .arena = arena, .diags = diags};
    pm_layout_begin(&draft, &map);
    return draft;
}

static void write(const struct pm_changes *changes, enum pm_diff_form form, struct pm_str *out)
{
    if (form == PM_DIFF_JSON)
        pm_write_diff_json(changes, out);
    else
        pm_write_diff(changes, form == PM_DIFF_MARKDOWN, out);
}

enum pm_difference pm_diff(const struct pm_atlas *atlas, const struct pm_style *style,
                           const struct pm_status *from, const struct pm_status *to,
                           const struct pm_diff_options *options, char **data, size_t *size,
                           struct pm_diags *diags)
{
    static const struct pm_diff_options defaults;
    size_t errors = pm_diags_errors(diags);
    struct pm_arena arena = {0};
    struct pm_str out = {0};
    struct pm_diags *heard = pm_diags_new();
    enum pm_difference difference = PM_DIFF_FAILED;
    options = options ? options : &defaults;
    struct pm_draft before = {0}, now;
    if (from != to)
        before = begin(atlas, style, from, "from", options->from_date, options, &arena, diags);
    now = begin(atlas, style, to, "to", options->to_date, options, &arena, diags);
    if (from == to) { /* everything but its date has been said */
        pm_date any = PM_NO_DATE;
        pm_date_option("from", options->from_date, &any, diags);
        before = begin(atlas, style, from, "from", options->from_date, options, &arena, heard);
    }
    before.diags = diags;
    pm_check_order(&before, &now, true, NULL);
    if (pm_diags_errors(diags) == errors) {
        struct pm_changes changes = pm_changes_of(&before, &now);
        const struct pm_draft *both[] = {&before, &now};
        for (int i = 0; i < 2; i++) {
            pm_tell_undated(both[i]);
            pm_tell_too_early(both[i]);
        }
        write(&changes, options->form, &out);
        *data = out.s;
        *size = out.n;
        difference = changes.area_count || changes.place_count || changes.event_count
                         ? PM_DIFF_DIFFERENT
                         : PM_DIFF_SAME;
    }
    pm_diags_free(heard);
    pm_arena_finish(&arena);
    return difference;
}
