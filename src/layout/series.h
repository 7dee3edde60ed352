/* A series: maps of several days of one history on one page, all of one size and frame, with one legend and a chart
 * of how many areas had which status over time. Side by side the maps are small and show areas only; animated they follow
 * one another in one place, which they fill, with towns and with names that stay where they are. */
#ifndef PM_LAYOUT_SERIES_H
#define PM_LAYOUT_SERIES_H

#include "layout/page_form.h"

/* Of lengths on the maps, against those of the page: where they are smallest. */
#define PM_SERIES_SCALE 0.62

struct pm_series_map {
    pm_date date;
    struct pm_draft *draft; /* laid out about the origin; its frame is draft->page.map */
    struct pm_pt at;        /* of the frame's corner on the page, whole px */
};

/* From a day on, as many areas have these looks. */
struct pm_series_step {
    pm_date from;
    struct pm_tally *tally; /* by look */
    size_t assessed;        /* areas with a known status */
};

struct pm_series {
    struct pm_series_map *maps; /* ascending */
    size_t count;
    bool animated;
    size_t laid_out;
    size_t shown; /* animated: the map that is being drawn */
    struct pm_series_step *
        steps; /* the first map's day and each later one until the last map's on which a record begins */
    size_t step_count;
    const struct pm_block *subtitles;  /* by map; animated; or NULL */
    unsigned borders;                  /* pm_borders_in_sight of all maps, once they are laid out */
    double widest_date, widest_change; /* px, of captions */
};

/* Is it one of several small maps? */
static inline bool pm_is_small_map(const struct pm_draft *draft)
{
    return draft->of_series && !draft->of_animation;
}
/* How many maps there are side by side. */
static inline size_t pm_series_places(const struct pm_series *series)
{
    return series->animated ? 1 : series->count;
}

/* Reads which days are asked for, and sets the draft's series and date (the last day) and a style that is calm enough for
 * small maps. Errors: "bad-series", "bad-date". */
void pm_series_read(struct pm_draft *draft, const struct pm_map_options *options);
/* How many areas had which look; once the looks are known. */
void pm_series_count(struct pm_draft *draft);
/* All maps, in the grid that the page has for them; from then on the draft has the basemap and places of the last. */
void pm_layout_series(struct pm_draft *draft);
/* Warns as pm_check_contrast does, of all maps, each thing once. */
void pm_series_check_contrast(struct pm_draft *page);
/* Gives the basemap back. */
void pm_series_free(const struct pm_draft *page);
/* The step that holds on a day of the series. */
const struct pm_series_step *pm_series_step_at(const struct pm_series *series, pm_date date);
/* Does the look occur in any step? */
bool pm_series_has(const struct pm_series *series, size_t look, bool doubtful);
/* Do places that the status file names have the look on any day? */
bool pm_series_has_place(const struct pm_series *series, size_t look, bool doubtful);
/* The page as it is when this map is shown. Shares all with `page`. */
struct pm_draft pm_series_frame(const struct pm_draft *page, size_t map);
/* Is the border seen on any of the maps, or, without a series, on the map? Before there is a basemap it may be. */
bool pm_series_shows_border(const struct pm_draft *draft, int kind);

/* Sets how wide captions are, and then: how high they are above frames of this width. px */
void pm_series_measure(struct pm_draft *page);
double pm_series_least(const struct pm_draft *page); /* width of a map: of its caption at least */
double pm_series_caption(const struct pm_draft *page, double width);

struct pm_column;
/* Instead of the legend of areas: heading and rows, with the counts of the first day and the last; its list is still to be
 * ended. */
void pm_compose_series_legend(struct pm_column *column);
/* A row that says what the rims of areas, or of places, are, if any map has them. */
void pm_compose_series_rim(struct pm_column *column, bool places);
void pm_compose_series_chart(struct pm_column *column);
/* The date and what changed, above a map; the origin is the map's. */
void pm_compose_series_caption(const struct pm_draft *page, const struct pm_draft *map,
                               struct pm_scene *scene);
/* A map's day in words: how many areas had which status, and what changed since the map before; no date. */
void pm_series_say_day(const struct pm_series_map *map, struct pm_str *out);
/* The series in words, a sentence for each day; of many days for the first and the last, with what changed in all. */
void pm_series_say(const struct pm_draft *page, struct pm_str *out);

#endif
