/* The panel: legend, then notes and disclaimer, in one column or several side by side. */
#include "layout/panel.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "layout/column.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define ENDLESS 1e7 /* px */
#define SQUEEZED 0.6
#define KEY_LINES 5
#define MANY_ROWS 88

/* ---- how it is set ------------------------------------------------------------------------------ */

struct setting {
    double squeeze;
    bool apart;             /* notes begin a column of their own */
    bool bare;              /* no room is kept for the disclaimer */
    bool cut;               /* rows of the legend will be missing: how many is said */
    struct pm_wish *wishes; /* which */
    size_t wish_count;
};

/* "… +6": rows that are not there, on the page itself. */
static struct pm_block lost_rows(const struct pm_column *c, size_t count)
{
    const char *said = pm_sprintf(c->draft->arena, "\u2026 +%s", pm_count_of(c->draft, count));
    return pm_block_make(c->draft, PM_TYPE_LEGEND, pm_type_led(c->draft, said), pm_column_width(c));
}

static void count_lost_rows(struct pm_column *c)
{
    struct pm_block block = lost_rows(c, c->lost);
    const struct pm_ident ident = {.part = PM_PART_PARAGRAPH, .classes = "lost-rows"};
    if (!c->lost || !pm_column_room(c, block.height))
        return;
    pm_scene_begin(c->scene, &ident, (struct pm_box){0});
    c->y = pm_block_draw(c->draft, c->scene, &block, c->x0, c->y);
    pm_scene_end(c->scene);
}

/* What may stand beside the legend. */
static void compose_rest(struct pm_column *c)
{
    if (c->draft->series && c->draft->style->show.legend)
        pm_compose_series_chart(c);
    pm_compose_notes(c);
}

static void set(struct pm_column *c, struct setting how)
{
    double below = how.bare ? 0 : pm_disclaimer_height(c), start = c->x0;
    c->squeeze = how.squeeze;
    c->wishes = how.wishes;
    c->wish_count = how.wish_count;
    c->reserve = below;
    if (how.cut)
        c->reserve += lost_rows(c, MANY_ROWS).height + pm_px(c->draft, PM_LEGEND_GAP) * how.squeeze;
    c->later = how.apart && c->more ? 0 : pm_key_height(c);
    if (c->draft->style->show.legend)
        pm_compose_legend(c);
    c->reserve = below;
    if (how.cut)
        count_lost_rows(c);
    if (how.apart && c->more && c->x0 == start)
        pm_column_next(c);
    compose_rest(c);
}

/* A copy that is set where nobody sees or hears it. */
struct trial {
    struct pm_draft draft;
    struct pm_scene scene;
    struct pm_column column;
};

static void begin_trial(struct trial *trial, const struct pm_column *column)
{
    *trial = (struct trial){.draft = *column->draft, .column = *column};
    trial->draft.diags = pm_diags_new();
    trial->column.draft = &trial->draft;
    trial->column.scene = &trial->scene;
}

static void end_trial(struct trial *trial)
{
    pm_scene_finish(&trial->scene);
    pm_diags_free(trial->draft.diags);
}

static double cost_of(enum pm_worth worth)
{
    return worth >= PM_WORTH_PLACE ? 20000 : worth == PM_WORTH_SIDE ? 6000 : 1000;
}

/* What a setting loses: without the statuses' rows a map can't be read, then come the disclaimer, what lines and rims
 * mean, the chart, other rows and the key, and at last notes. */
static double loss(const struct pm_column *c, struct setting how)
{
    double rows = 0;
    for (int worth = 0; worth < PM_WORTHS; worth++)
        rows += (double)c->lost_of[worth] * cost_of((enum pm_worth)worth);
    return rows + (how.bare ? 10000 : 0) + (c->chart_lost ? 5000 : 0) + (c->key_cut ? 500 : 0) +
           (double)c->left_out;
}

static bool has_all_statuses(const struct pm_column *c)
{
    size_t lost = 0;
    for (int worth = PM_WORTH_PLACE; worth < PM_WORTHS; worth++)
        lost += c->lost_of[worth];
    return lost == 0;
}

/* What the column will have lost. */
static struct pm_column try(const struct pm_column *column, struct setting how)
{
    struct trial trial;
    begin_trial(&trial, column);
    set(&trial.column, how);
    struct pm_column c = trial.column;
    end_trial(&trial);
    return c;
}

/* The worthiest first, then what many have, then in the order of the rows. */
static int by_worth(const void *a, const void *b)
{
    const struct pm_wish *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Where not all rows of the legend have room: one after the other, the worthiest first, is wanted if it has room and costs
 * nothing that is worth more. */
static struct pm_column fit(const struct pm_column *column, struct setting *how)
{
    how->wish_count = 0;
    struct pm_column c = try(column, *how);
    if (c.lost == 0)
        return c;
    how->cut = true;
    size_t rows = how->wish_count = c.rows;
    how->wishes = PM_NEW_N(column->draft->arena, struct pm_wish, rows);
    try(column, *how);
    struct pm_wish *sorted =
        pm_memdup(column->draft->arena, how->wishes, rows * sizeof *how->wishes);
    qsort(sorted, rows, sizeof *sorted, by_worth);
    for (size_t i = 0; i < rows; i++)
        how->wishes[i].left_out = true;
    c = try(column, *how);
    double least = loss(&c, *how);
    for (size_t i = 0; i < rows; i++) {
        struct pm_wish *wish = &how->wishes[sorted[i].row];
        wish->left_out = false;
        c = try(column, *how);
        double lost = loss(&c, *how);
        wish->left_out = lost >= least;
        least = fmin(lost, least);
    }
    return try(column, *how);
}

/* The first that loses nothing, else the one that loses least: the legend's rows move together before
 * any is lost, and notes follow the legend where they would not fit beside it. */
static struct setting choose(const struct pm_column *column)
{
    static const struct setting settings[] = {
        {1, true},        {1, false},        {0.85, true},
        {0.85, false},    {0.72, true},      {0.72, false},
        {SQUEEZED, true}, {SQUEEZED, false}, {.squeeze = SQUEEZED, .bare = true}};
    struct setting best = settings[0];
    double least = INFINITY;
    for (size_t i = 0; i < sizeof settings / sizeof *settings && least > 0; i++) {
        if (settings[i].apart && column->more == 0)
            continue;
        struct setting how = settings[i];
        struct pm_column c = how.squeeze > SQUEEZED ? try(column, how) : fit(column, &how);
        double lost = loss(&c, how);
        if (how.squeeze > SQUEEZED && c.lost)
            continue; /* closer together there is more room */
        if (lost < least) {
            least = lost;
            best = how;
        }
    }
    return best;
}

static void tell_lost(const struct pm_column *column)
{
    if (column->chart_lost) {
        pm_warning(column->draft->diags, "chart-left-out", (struct pm_place){0},
                   "no room for the chart of counts over time");
        pm_help(column->draft->diags, "%s", pm_more_room(column->draft));
    }
    if (column->lost == 0)
        return;
    struct pm_str names = {0};
    for (size_t i = 0; i < column->wish_count; i++) {
        const struct pm_wish *wish = &column->wishes[i];
        bool place = wish->worth == PM_WORTH_PLACE || wish->worth == PM_WORTH_PLACE_CHANGED;
        if (wish->left_out)
            pm_str_addf(&names, "%s%s%s", names.n ? ", " : "", wish->label,
                        place ? " (places)" : "");
    }
    pm_warning(column->draft->diags, "legend-cut", (struct pm_place){0},
               "no room for %zu row%s of the legend: %s", column->lost,
               column->lost == 1 ? "" : "s", pm_str_get(&names));
    pm_str_finish(&names);
    pm_help(column->draft->diags, "%s", pm_more_room(column->draft));
}

/* The first of the panel's columns. */
static struct pm_column column_of(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_page *page = &draft->page;
    struct pm_box box = page->panel;
    double gutter = pm_px(draft, PM_GUTTER);
    double width = (pm_box_w(box) + gutter) / (double)page->columns - gutter;
    struct pm_box first = pm_mirrored(draft, box, pm_box_of(box.x0, box.y0, width, pm_box_h(box)));
    return (struct pm_column){.draft = draft,
                              .scene = scene,
                              .x0 = first.x0,
                              .x1 = first.x1,
                              .y = box.y0,
                              .top = box.y0,
                              .bottom = box.y1,
                              .step = (draft->rtl ? -1 : 1) * (width + gutter),
                              .more = page->columns - 1,
                              .squeeze = 1};
}

void pm_compose_panel(const struct pm_draft *draft, struct pm_scene *scene)
{
    if (draft->page.columns == 0)
        return;
    struct pm_column column = column_of(draft, scene);
    struct setting how = choose(&column);
    set(&column, how);
    tell_lost(&column);
}

/* Whose panel has the key: of an animation's map the page, on the last day, as its names are. */
static struct pm_draft keyed(const struct pm_draft *draft)
{
    if (!draft->sheet)
        return *draft;
    struct pm_draft page = pm_series_frame(draft->sheet, draft->sheet->series->count - 1);
    page.key = draft->key;
    page.key_count = draft->key_count;
    return page;
}

bool pm_panel_holds_key(const struct pm_draft *draft)
{
    const struct pm_draft page = keyed(draft);
    if (page.page.columns == 0)
        return false;
    struct pm_column column = column_of(&page, NULL);
    struct setting how = choose(&column);
    column = try(&column, how);
    return !how.bare && !column.key_cut && has_all_statuses(&column);
}

/* ---- what it will need --------------------------------------------------------------------------- */

/* The places of the status file stand for those that will be shown, one of them as national capital. */
static void foresee_places(struct pm_draft *draft)
{
    bool small = draft->series && !draft->series->animated;
    size_t count = small ? 1 : draft->status->place_count;
    draft->places = PM_NEW_N(draft->arena, struct pm_place_draft, count);
    draft->place_tally = PM_NEW_N(draft->arena, struct pm_tally, draft->look_count);
    draft->place_count = draft->place_all = count;
    for (size_t i = 0; i < count; i++) {
        const struct pm_subject *subject = small ? NULL : &draft->status->places[i];
        draft->places[i] = (struct pm_place_draft){.name = subject ? subject->key : "",
                                                   .state = pm_state_of(draft, subject),
                                                   .rank = i ? 2 : 1,
                                                   .area = PM_NONE};
        pm_tally_add(draft, draft->place_tally, &draft->places[i].state);
    }
}

static void foresee_events(struct pm_draft *draft)
{
    bool callouts = draft->style->show.callouts && !pm_small_page(draft);
    draft->events = PM_NEW_N(draft->arena, struct pm_event_draft, draft->status->event_count);
    for (size_t i = 0; !draft->series && i < draft->status->event_count; i++) {
        const struct pm_event *event = &draft->status->events[i];
        if (event->date != PM_NO_DATE && event->date > draft->date)
            continue;
        draft->events[draft->event_count] =
            (struct pm_event_draft){.event = event,
                                    .number = (int)draft->event_count + 1,
                                    .visible = true,
                                    .callout = pm_box_of(0, 0, callouts, callouts)};
        draft->event_count++;
    }
}

/* With the rows of the legend moved together as far as they go. */
static double least_need(const struct pm_column *column)
{
    struct trial trial;
    begin_trial(&trial, column);
    trial.column.y = 0;
    trial.column.squeeze = SQUEEZED;
    if (column->draft->style->show.legend)
        pm_compose_legend(&trial.column);
    double lines = KEY_LINES * pm_type_leading(column->draft, PM_TYPE_NOTE);
    double height = trial.column.y + lines + pm_disclaimer_height(column);
    end_trial(&trial);
    return height;
}

struct pm_panel_need pm_panel_need(const struct pm_draft *draft, double width)
{
    struct trial trial;
    struct pm_panel_need need = {0};
    begin_trial(&trial,
                &(struct pm_column){.draft = draft, .x1 = width, .bottom = ENDLESS, .squeeze = 1});
    foresee_places(&trial.draft);
    foresee_events(&trial.draft);
    if (draft->style->show.legend)
        pm_compose_legend(&trial.column);
    need.legend = trial.column.y;
    need.least = least_need(&trial.column);
    compose_rest(&trial.column);
    need.notes = trial.column.y - need.legend;
    end_trial(&trial);
    return need;
}
