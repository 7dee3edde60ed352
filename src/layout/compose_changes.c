/* The legend of a map of changes: a row for each change that occurs, with the later colour inside a rim of the
 * earlier one, then what is known for the first time, then the looks of what stayed as it was. The counts of areas add up to the number of areas. */
#include "layout/changes.h"
#include "layout/column.h"
#include "layout/marks.h"
#include "layout/state.h"
#include "base/banned.h"

static void draw_symbol(struct pm_column *c, const struct pm_state *state, bool place,
                        struct pm_pt at)
{
    const struct pm_draft *draft = c->draft;
    if (place)
        pm_draw_place_mark(draft, c->scene, state, 2, at, pm_px(draft, draft->style->mark.capital));
    else
        pm_legend_swatch(c, state, at);
}

static void add_row(struct pm_column *c, const char *label, size_t count,
                    const struct pm_state *state, bool place)
{
    struct pm_pt at;
    pm_legend_worth(c,
                    state->changed ? place ? PM_WORTH_PLACE_CHANGED : PM_WORTH_AREA_CHANGED
                    : place        ? PM_WORTH_PLACE
                                   : PM_WORTH_AREA,
                    count);
    if (!pm_legend_row(c, label, pm_count_of(c->draft, count), &at))
        return;
    draw_symbol(c, state, place, at);
    pm_scene_end(c->scene);
}

const char *pm_transition_said(const struct pm_draft *draft, const struct pm_transition *t,
                               bool place)
{
    const char *to = pm_legend_label(draft, t->to.look, t->to.doubtful, place);
    const char *from = pm_legend_label(draft, t->from.look, t->from.doubtful, place);
    bool same = pm_streq(t->to.look->id, t->from.look->id) && t->to.doubtful == t->from.doubtful;
    const struct pm_slot slots[] = {{"from", from}, {"to", to}, {"label", to}, {NULL, NULL}};
    return pm_type_led(draft, pm_words_of(draft, same ? PM_WORD_OTHERWISE : PM_WORD_BECAME, slots));
}

/* Rows below another heading. */
static void begin_list(struct pm_column *c, enum pm_word heading)
{
    bool apart = c->listed && !pm_column_section_left_out(c);
    pm_legend_end(c);
    if (apart)
        c->y += pm_px(c->draft, PM_LEGEND_GAP) * c->squeeze;
    pm_column_heading(c, pm_words_of(c->draft, heading, NULL), NULL, pm_legend_first_height(c));
    pm_legend_begin(c);
}

static void add_changed(struct pm_column *c, const struct pm_transitions *t, bool first, bool place)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->v[i].first == first)
            add_row(c, pm_transition_said(c->draft, &t->v[i], place), t->v[i].count, &t->v[i].to,
                    place);
}

static void add_unchanged(struct pm_column *c, const struct pm_tally *same, bool place)
{
    const struct pm_draft *draft = c->draft;
    for (size_t i = 0; i < 2 * draft->look_count; i++) {
        const struct pm_status_look *look = &draft->looks[i / 2];
        struct pm_state state = {.look = look, .doubtful = i % 2, .faded = true};
        size_t count = i % 2 ? same[i / 2].doubtful : same[i / 2].solid;
        if (count)
            add_row(c, pm_legend_label(draft, look, state.doubtful, place), count, &state, place);
    }
}

const char *pm_changed_said(const struct pm_draft *draft, size_t changed)
{
    const struct pm_slot slots[] = {{"n", pm_count_of(draft, changed)},
                                    {"m", pm_count_of(draft, draft->area_count)},
                                    {"unit", pm_unit(draft, false)},
                                    {"units", pm_unit(draft, draft->area_count != 1)},
                                    {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_CHANGED, slots);
}

void pm_compose_changes(struct pm_column *c, bool places)
{
    const struct pm_draft *draft = c->draft;
    struct pm_transitions t = pm_transitions_of(draft, places);
    pm_column_heading(
        c, places ? pm_words_of(draft, PM_WORD_PLACE_STATUS, NULL) : pm_area_status_said(draft),
        places ? NULL : pm_changed_said(draft, t.changed), pm_legend_first_height(c));
    pm_legend_begin(c);
    add_changed(c, &t, false, places);
    if (t.first) {
        begin_list(c, PM_WORD_FIRST_ASSESSED);
        add_changed(c, &t, true, places);
    }
    if (t.unchanged) {
        begin_list(c, PM_WORD_UNCHANGED);
        add_unchanged(c, t.same, places);
    }
}
