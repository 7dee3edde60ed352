/* A series: which days, how many areas had which status on each, and the maps themselves. Each map is a draft of its
 * own, as an inset is; all lie about one origin, so that they share one basemap, and are moved to their places when they
 * are drawn. The maps of an animation lie in one place, and have the names of the last where that has them. */
#include "layout/series.h"

#include <math.h>
#include <string.h>

#include "base/cache.h"
#include "base/str.h"
#include "input/date_form.h"
#include "layout/border.h"
#include "layout/insets.h"
#include "layout/state.h"
#include "layout/type.h"
#include "provmap.h"
#include "base/banned.h"

#define FULL_WIDTH 900.0 /* px of the style: maps of less have shorter lengths than the page */

enum { MOST_MAPS = 200 };

/* ---- which days -------------------------------------------------------------------------------- */

struct days {
    PM_VEC(pm_date) v;
};

static void fail(const struct pm_draft *draft, const char *option, const char *message,
                 const char *help)
{
    pm_error(draft->diags, PM_FAULT_USAGE, "bad-series", pm_place_option(option), "%s", message);
    pm_help(draft->diags, "%s", help);
}

/* What asks for a series. */
static const char *option_of(const struct pm_map_options *options)
{
    return options->series ? "series" : options->every ? "every" : "animate";
}

static bool add_listed(const struct pm_draft *draft, struct days *days, const char *iso)
{
    pm_date date = PM_NO_DATE;
    size_t n = days->v.n;
    if (!pm_date_option("series", iso, &date, draft->diags))
        return false;
    if (date > draft->status->as_of) {
        char last[16];
        pm_date_iso(draft->status->as_of, last);
        fail(draft, "series",
             pm_sprintf(draft->arena,
                        "the status file knows nothing of %s, a day after its as_of, %s", iso,
                        last),
             "end the series earlier, or bring the file up to date, and \"as_of\" with it");
        return false;
    }
    if (n && days->v.v[n - 1] >= date) {
        char before[16];
        pm_date_iso(days->v.v[n - 1], before);
        fail(draft, "series",
             pm_sprintf(draft->arena, "%s can't come after %s in a series", iso, before),
             "name its days in ascending order, each once");
        return false;
    }
    pm_vec_push(&days->v, date);
    return true;
}

/* "2021-08-06,2021-08-09" */
static bool read_list(const struct pm_draft *draft, struct days *days, const char *list)
{
    bool good = true;
    for (const char *at = list; good; at++) {
        size_t length = strcspn(at, ",");
        good = add_listed(draft, days, pm_strndup(draft->arena, at, length));
        at += length;
        if (!*at)
            break;
    }
    return good;
}

static void add_first(const struct pm_subject *subjects, size_t count, pm_date *first)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < subjects[i].record_count; k++) {
            pm_date from = subjects[i].records[k].from;
            if (from != PM_NO_DATE && (*first == PM_NO_DATE || from < *first))
                *first = from;
        }
}

/* The day on which the history begins; PM_NO_DATE if it has none. */
static pm_date first_record(const struct pm_status *status)
{
    pm_date first = PM_NO_DATE;
    add_first(status->areas, status->area_count, &first);
    add_first(status->places, status->place_count, &first);
    return first;
}

/* The last day is always one of them. */
static void count_days(const struct pm_draft *draft, struct days *days, pm_date first, int interval)
{
    for (int i = 0; days->v.n <= MOST_MAPS; i++) {
        pm_date date = pm_date_later(first, interval, i);
        pm_vec_push(&days->v, date < draft->date ? date : draft->date);
        if (date >= draft->date)
            break;
    }
}

/* As --since says, or on which the history begins. */
static bool first_day(const struct pm_draft *draft, const struct pm_map_options *options,
                      pm_date *first)
{
    *first = first_record(draft->status);
    if (!pm_date_option("since", options->since, first, draft->diags))
        return false;
    if (*first == PM_NO_DATE)
        fail(draft, option_of(options),
             "the status file has no dated entries for a series to begin with",
             "give its entries \"from\", or say where to begin: --since");
    return *first != PM_NO_DATE;
}

static bool read_interval(const struct pm_draft *draft, struct days *days,
                          const struct pm_map_options *options)
{
    int interval = pm_interval_parse(options->every);
    pm_date first = PM_NO_DATE;
    if (interval < 0) {
        fail(draft, "every", pm_sprintf(draft->arena, "\"%s\" is no interval", options->every),
             "write day, week, month or a number of days");
        return false;
    }
    if (!first_day(draft, options, &first))
        return false;
    count_days(draft, days, first, interval);
    return true;
}

/* Does the record look otherwise than the one before it? Who holds an area, and how that is known, is not drawn. */
static bool is_seen(const struct pm_subject *subject, size_t index)
{
    const struct pm_record *now = &subject->records[index], *before = now - 1;
    return index == 0 || !pm_streq(now->status, before->status) || now->pressure ||
           before->pressure || pm_record_doubtful(now) != pm_record_doubtful(before);
}

static void add_changes(struct days *days, const struct pm_subject *subjects, size_t count,
                        pm_date first, pm_date last)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < subjects[i].record_count; k++) {
            pm_date from = subjects[i].records[k].from;
            if (from != PM_NO_DATE && from > first && from < last && is_seen(&subjects[i], k))
                pm_vec_push(&days->v, from);
        }
}

static int compare_dates(const void *a, const void *b)
{
    pm_date x = *(const pm_date *)a, y = *(const pm_date *)b;
    return (x > y) - (x < y);
}

/* The first day, the last, and those between on which something on the map changes. */
static bool read_changes(const struct pm_draft *draft, struct days *days,
                         const struct pm_map_options *options)
{
    pm_date first = PM_NO_DATE;
    size_t kept = 0;
    if (!first_day(draft, options, &first))
        return false;
    pm_vec_push(&days->v, first);
    add_changes(days, draft->status->areas, draft->status->area_count, first, draft->date);
    add_changes(days, draft->status->places, draft->status->place_count, first, draft->date);
    if (first < draft->date)
        pm_vec_push(&days->v, draft->date);
    qsort(days->v.v, days->v.n, sizeof *days->v.v, compare_dates);
    for (size_t i = 0; i < days->v.n; i++)
        if (i == 0 || days->v.v[i] != days->v.v[kept - 1])
            days->v.v[kept++] = days->v.v[i];
    days->v.n = kept;
    return true;
}

/* What would contradict it. */
static bool check_options(const struct pm_draft *draft, const struct pm_map_options *options)
{
    const char *message = NULL;
    if (options->series && options->every)
        message = "the days of a series are either listed (--series) or counted (--every)";
    else if (options->before)
        message = "a series is of one status file, and can't be compared with another";
    else if (options->series && (options->date || options->since))
        message = "it lists all days: --date and --since go with --every";
    if (message)
        fail(draft, option_of(options), message, "leave one of these options out");
    return !message;
}

static bool check_count(const struct pm_draft *draft, const struct pm_map_options *options,
                        const struct days *days)
{
    if (days->v.n > MOST_MAPS)
        fail(draft, option_of(options),
             pm_sprintf(draft->arena, "the series has more than %d days", MOST_MAPS),
             "choose a longer interval (--every month), or a later beginning (--since)");
    else if (days->v.n < 2)
        fail(draft, option_of(options), "a series needs two days at least",
             "name more, separated by commas, begin earlier (--since), or draw one day (--date)");
    else
        return true;
    return false;
}

/* What happened, and details of single days, have no place beside several days; small maps have no room for roads and
 * rivers, or towns and their names. */
static const struct pm_style *calm_style(const struct pm_draft *draft, bool small)
{
    struct pm_style *style = pm_memdup(draft->arena, draft->style, sizeof *style);
    style->show.callouts = style->show.insets = false;
    style->show.area_share = style->show.population_share = false;
    if (!small)
        return style;
    style->show.roads = style->show.rivers = style->show.road_labels = false;
    style->show.graticule = style->show.key = false;
    return style;
}

void pm_series_read(struct pm_draft *draft, const struct pm_map_options *options)
{
    struct days days = {0};
    bool good = check_options(draft, options) &&
                (options->series  ? read_list(draft, &days, options->series)
                 : options->every ? read_interval(draft, &days, options)
                                  : read_changes(draft, &days, options)) &&
                check_count(draft, options, &days);
    if (good) {
        struct pm_series *series = PM_NEW_N(draft->arena, struct pm_series, 1);
        series->count = days.v.n;
        series->animated = options->animated;
        series->maps = PM_NEW_N(draft->arena, struct pm_series_map, days.v.n);
        for (size_t i = 0; i < days.v.n; i++)
            series->maps[i].date = days.v.v[i];
        draft->series = series;
        draft->date = days.v.v[days.v.n - 1];
        draft->style = calm_style(draft, !options->animated);
    }
    pm_vec_finish(&days.v);
}

/* ---- how many areas had which status ------------------------------------------------------------- */

/* The first map's day and those on which a record of an area begins. */
static void find_steps(const struct pm_draft *draft, struct days *days)
{
    const struct pm_series *series = draft->series;
    pm_date first = series->maps[0].date, last = series->maps[series->count - 1].date;
    const struct pm_status *status = draft->status;
    pm_vec_push(&days->v, first);
    for (size_t i = 0; i < status->area_count; i++)
        for (size_t k = 0; k < status->areas[i].record_count; k++) {
            pm_date from = status->areas[i].records[k].from;
            if (from != PM_NO_DATE && from > first && from <= last)
                pm_vec_push(&days->v, from);
        }
    if (status->as_of > first &&
        status->as_of <= last) /* from then on entries without a date count */
        pm_vec_push(&days->v, status->as_of);
    qsort(days->v.v, days->v.n, sizeof *days->v.v, compare_dates);
}

void pm_series_count(struct pm_draft *draft)
{
    struct pm_series *series = draft->series;
    struct days days = {0};
    struct pm_draft day = *draft; /* only for its states */
    find_steps(draft, &days);
    day.areas = pm_memdup(draft->arena, draft->areas, draft->area_count * sizeof *draft->areas);
    series->steps = PM_NEW_N(draft->arena, struct pm_series_step, days.v.n);
    for (size_t i = 0; i < days.v.n; i++) {
        if (i && days.v.v[i] == days.v.v[i - 1])
            continue;
        day.date = days.v.v[i];
        pm_states_set(&day);
        series->steps[series->step_count++] =
            (struct pm_series_step){day.date, day.area_tally, day.assessed};
    }
    pm_vec_finish(&days.v);
}

const struct pm_series_step *pm_series_step_at(const struct pm_series *series, pm_date date)
{
    size_t i = series->step_count - 1;
    while (i > 0 && series->steps[i].from > date)
        i--;
    return &series->steps[i];
}

bool pm_series_has(const struct pm_series *series, size_t look, bool doubtful)
{
    for (size_t i = 0; i < series->step_count; i++) {
        const struct pm_tally *tally = &series->steps[i].tally[look];
        if (doubtful ? tally->doubtful : tally->solid)
            return true;
    }
    return false;
}

bool pm_series_has_place(const struct pm_series *series, size_t look, bool doubtful)
{
    for (size_t i = 0; i < series->count; i++) {
        const struct pm_draft *map = series->maps[i].draft;
        const struct pm_tally *tally = map && map->place_tally ? &map->place_tally[look] : NULL;
        if (tally && (doubtful ? tally->doubtful : tally->solid))
            return true;
    }
    return false;
}

bool pm_series_shows_border(const struct pm_draft *draft, int kind)
{
    if (!draft->base)
        return true;
    unsigned seen = draft->series ? draft->series->borders : pm_borders_in_sight(draft);
    return seen >> kind & 1U;
}

/* ---- the maps ---------------------------------------------------------------------------------------- */

/* A map's marks, lines and names are smaller than those of a map that fills the page. */
static double scale_of(const struct pm_draft *page)
{
    double share = page->page.grid.w / pm_px(page, FULL_WIDTH);
    return page->page.scale * fmax(PM_SERIES_SCALE, fmin(1, share));
}

/* Side by side the first map has what is there for orientation, the last one the scale, which all have. */
static struct pm_style *style_of(const struct pm_draft *page, size_t index)
{
    struct pm_style *style = pm_memdup(page->arena, page->style, sizeof *style);
    bool animated = page->series->animated, last = index + 1 == page->series->count;
    style->show.neighbours &= animated || index == 0;
    style->show.locator &= !animated && index == 0;
    style->show.scale_bar &= animated || last;
    if (!animated && !last)
        style->map.north = 180;
    style->show.notes &= animated; /* which explain numbers on the map */
    style->show.frame = true;
    return style;
}

static struct pm_draft *begin_map(const struct pm_draft *page, size_t index, struct pm_diags *diags)
{
    const struct pm_series *series = page->series;
    struct pm_draft *map = pm_memdup(page->arena, page->bare, sizeof *page);
    map->series = NULL;
    map->of_series = true;
    map->of_animation = series->animated;
    map->before = index ? series->maps[index - 1].draft : NULL;
    map->date = series->maps[index].date;
    map->diags = diags;
    map->stages = (struct pm_stages){0};
    map->style = style_of(page, index);
    map->page = (struct pm_page){.scale = scale_of(page),
                                 .map = pm_box_of(0, 0, page->page.grid.w, page->page.grid.h)};
    if (series->animated) {
        map->sheet = page;
        map->page.panel = page->page.panel;
        map->page.columns = page->page.columns;
    }
    map->areas = pm_memdup(map->arena, map->areas, map->area_count * sizeof *map->areas);
    map->parents = pm_memdup(map->arena, map->parents, map->parent_count * sizeof *map->parents);
    pm_states_set(map);
    map->bare = pm_memdup(map->arena, map, sizeof *map);
    return map;
}

/* `named`: a map whose names stand where they do on this one, too, or NULL. */
static void lay_out(struct pm_draft *map, const struct pm_draft *named)
{
    pm_layout_geometry(map);
    if (pm_diags_errors(map->diags))
        return;
    pm_layout_places(map);
    pm_layout_scale_bar(map);
    pm_layout_north(map);
    pm_layout_graticule(map);
    if (named) {
        map->labels = named->labels;
        map->label_count = named->label_count;
        map->key = named->key;
        map->key_count = named->key_count;
        pm_vec_finish(&map->taken); /* as no label is still to be placed */
    } else {
        pm_layout_locator(map);
        pm_layout_labels(map);
    }
}

void pm_series_check_contrast(struct pm_draft *page)
{
    for (size_t i = 0; i < page->series->count; i++) {
        struct pm_draft *map = page->series->maps[i].draft;
        struct pm_diags *heard = pm_diags_new();
        map->diags = heard;
        pm_check_contrast(map);
        pm_diags_merge(page->diags, heard);
        map->diags = page->diags;
        pm_diags_free(heard);
    }
}

void pm_series_free(const struct pm_draft *page)
{
    for (size_t i = 0; page->series && i < page->series->count; i++)
        if (page->series->maps[i].draft) {
            pm_insets_release(page->series->maps[i].draft);
            pm_cache_release(page->atlas->cache, page->series->maps[i].draft->base);
        }
}

/* Row by row, in the order of reading. */
static struct pm_pt place_of(const struct pm_draft *page, size_t index)
{
    const struct pm_map_grid *grid = &page->page.grid;
    index = page->series->animated ? 0 : index;
    size_t column = index % grid->columns, row = index / grid->columns;
    struct pm_box box = page->page.map;
    double x = box.x0 + (double)column * (grid->w + grid->gap);
    double y = box.y0 + (double)row * (grid->h + grid->caption + grid->gap) + grid->caption;
    box = pm_mirrored(page, box, pm_box_of(x, y, grid->w, grid->h));
    return (struct pm_pt){round(box.x0), round(box.y0)};
}

/* On areas, on the last day. */
static size_t count_notes(const struct pm_draft *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->area_count; i++)
        count += page->areas[i].state.record && page->areas[i].state.record->note.n;
    return count;
}

static void tell_left_out(const struct pm_draft *page)
{
    size_t places = page->status->place_count, events = page->status->event_count;
    if (page->series->animated && events) {
        pm_note(page->diags, "series-of-areas", (struct pm_place){0},
                "an animation shows areas and places only: events left out: %zu", events);
        pm_help(page->diags, "a map of one day (--date) shows them");
    }
    size_t notes = count_notes(page);
    if (page->series->animated || places + events + notes == 0)
        return;
    pm_note(
        page->diags, "series-of-areas", (struct pm_place){0},
        "a series shows areas only: places of the status file left out: %zu, events: %zu, notes "
        "on areas: %zu",
        places, events, notes);
    pm_help(page->diags, "a map of one day (--date) shows them");
}

static void lay_out_map(struct pm_draft *page, size_t index, const struct pm_draft *named)
{
    struct pm_draft *map = page->series->maps[index].draft;
    if (pm_diags_errors(page->diags))
        return;
    if (index == 0)
        pm_tell_undated(map);
    lay_out(map, named);
    pm_diags_merge(page->diags, map->diags); /* most have the same to say */
    page->series->laid_out++;
    pm_progress_step(&page->progress, "laid out", page->series->laid_out, page->series->count);
}

/* The last map of an animation is laid out first: the others have its names. */
void pm_layout_series(struct pm_draft *draft)
{
    struct pm_series *series = draft->series;
    size_t end = series->count - series->animated;
    for (size_t i = 0; i < series->count; i++) {
        series->maps[i].draft = begin_map(draft, i, pm_diags_new());
        series->maps[i].at = place_of(draft, i);
    }
    struct pm_draft *last = series->maps[series->count - 1].draft;
    if (series->animated)
        lay_out_map(draft, end, NULL);
    for (size_t i = 0; i < end; i++)
        lay_out_map(draft, i, series->animated ? last : NULL);
    for (size_t i = 0; i < series->count; i++) {
        pm_diags_free(series->maps[i].draft->diags);
        series->maps[i].draft->diags = draft->diags;
    }
    if (pm_diags_errors(draft->diags))
        return;
    for (size_t i = 0; i < series->count; i++)
        series->borders |= pm_borders_in_sight(series->maps[i].draft);
    draft->base = last->base;
    draft->frame = last->frame;
    draft->places = last->places;
    draft->place_count = last->place_count;
    draft->place_all = last->place_all;
    draft->place_tally = last->place_tally;
    draft->key = last->key;
    draft->key_count = last->key_count;
    tell_left_out(draft);
}

struct pm_draft pm_series_frame(const struct pm_draft *page, size_t map)
{
    struct pm_draft frame = *page;
    const struct pm_draft *shown = page->series->maps[map].draft;
    frame.series = pm_memdup(page->arena, page->series, sizeof *page->series);
    frame.series->shown = map;
    if (frame.page.subtitle_block)
        frame.page.subtitle_block = &page->series->subtitles[map];
    frame.places = shown->places;
    frame.place_count = shown->place_count;
    frame.place_all = shown->place_all;
    frame.place_tally = shown->place_tally;
    return frame;
}
