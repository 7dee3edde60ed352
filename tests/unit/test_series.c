/* Series: each map is what a map of its day is, all of them share one basemap, and the chart counts what a map of any day
 * counts. */
#include <math.h>

#include "august.h"
#include "layout/insets.h"
#include "layout/changes.h"
#include "layout/footprint.h"
#include "layout/marks.h"
#include "layout/panel.h"
#include "layout/series.h"
#include "map.h"

static struct pm_map *draw(struct box *box, const struct inputs *in,
                           const struct pm_map_options *options)
{
    struct pm_map *map =
        pm_map_new(in->engine, in->atlas, in->style, in->status, options, box->diags);
    assert_non_null(map);
    box_said(box);
    return map;
}

static void assert_same_tally(const struct pm_draft *draft, const struct pm_tally *a,
                              const struct pm_tally *b)
{
    for (size_t i = 0; i < draft->look_count; i++) {
        assert_int_equal(a[i].solid, b[i].solid);
        assert_int_equal(a[i].doubtful, b[i].doubtful);
    }
}

static size_t changed_on(const struct pm_draft *draft)
{
    size_t changed = 0;
    for (size_t i = 0; i < draft->area_count; i++)
        changed += draft->areas[i].state.changed;
    return changed;
}

/* Every day: the map, the chart's step, and a map of that day alone, and of what changed since the one before. */
static void each_day_is_as_its_own_map(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.every = "day", .since = "2021-08-06"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    char before[16] = "", iso[16];
    size_t all = 0;
    assert_int_equal(series->count, 10);
    for (size_t i = 0; i < series->count; i++) {
        const struct pm_draft *day = series->maps[i].draft;
        pm_date_iso(series->maps[i].date, iso);
        const struct pm_map_options alone = {.date = iso, .since = i ? before : NULL};
        struct pm_map *single = draw(box, &in, &alone);
        const struct pm_draft *draft = pm_map_draft(single);
        assert_same_tally(draft, day->area_tally, draft->area_tally);
        assert_same_tally(draft, pm_series_step_at(series, day->date)->tally, draft->area_tally);
        assert_int_equal(changed_on(day), changed_on(draft));
        all += changed_on(day);
        memcpy(before, iso, sizeof iso);
        pm_map_free(single);
    }
    assert_int_equal(all, 37);
    pm_map_free(map);
    close_inputs(&in);
}

/* What it was, and whether that is another thing, an area says as its rim does: not where nothing was known before. */
static void what_is_known_for_the_first_time_was_nothing_before(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    pm_status_free(in.status);
    pm_atlas_free(in.atlas);
    in.status = pm_status_load(PM_TEST_DIR "/golden/series/status.json", box->diags);
    in.atlas = pm_atlas_load(PM_TEST_DIR "/fixtures/quarters", NULL, box->diags);
    const struct pm_map_options options = {.every = "10"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    size_t rims = 0, first = 0;
    for (size_t i = 0; i < series->count; i++)
        for (size_t k = 0; k < series->maps[i].draft->area_count; k++) {
            const struct pm_area_draft *area = &series->maps[i].draft->areas[k];
            const struct pm_row row = pm_area_row(series->maps[i].draft, area);
            bool known = i && area->state.before->record;
            assert_int_equal(row.cells[PM_FIELD_PREVIOUS] != NULL, known);
            assert_int_equal(row.cells[PM_FIELD_CHANGED] != NULL, known);
            assert_int_equal(pm_streq(row.cells[PM_FIELD_CHANGED], "true"), area->state.changed);
            rims += area->state.changed;
            first += i && !known && area->state.record;
        }
    assert_int_equal(rims, 5);
    assert_int_equal(first, 1);
    pm_map_free(map);
    close_inputs(&in);
}

/* Each of seven days; of more the first and the last, with all that changed between them. */
static void many_days_are_told_shortly(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options week = {
        .every = "day", .since = "2021-08-07", .date = "2021-08-13"};
    const struct pm_map_options more = {
        .every = "day", .since = "2021-08-06", .date = "2021-08-13"};
    struct pm_map *map = draw(box, &in, &week);
    assert_contains(pm_alt_text(pm_map_draft(map)), "12 August 2021: ");
    pm_map_free(map);
    map = draw(box, &in, &more);
    const char *said = pm_alt_text(pm_map_draft(map));
    assert_null(strstr(said, "12 August 2021: "));
    assert_contains(said, "6 August 2021: Capital held by government: 33");
    assert_contains(said, "13 August 2021: Capital held by government: 16");
    assert_contains(said, "; 17 of 34 provinces changed (Badghis, ");
    pm_map_free(map);
    close_inputs(&in);
}

static void all_maps_share_one_basemap(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.series = "2021-08-06,2021-08-09,2021-08-13,2021-08-15"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    struct pm_box page = {0, 0, pm_map_draft(map)->width, pm_map_draft(map)->height};
    for (size_t i = 0; i < series->count; i++) {
        struct pm_box frame = series->maps[i].draft->page.map;
        struct pm_pt at = series->maps[i].at;
        assert_ptr_equal(series->maps[i].draft->base, series->maps[0].draft->base);
        assert_true(pm_box_inside(pm_box_of(at.x, at.y, pm_box_w(frame), pm_box_h(frame)), page));
    }
    pm_map_free(map);
    close_inputs(&in);
}

static const struct pm_node *group(const struct pm_scene *scene, const char *key)
{
    for (size_t i = 0; i < scene->nodes.n; i++)
        if (pm_streq(scene->nodes.v[i].ident.key, key))
            return &scene->nodes.v[i];
    return NULL;
}

/* As much of the chart as there are provinces of the look, over the days on which there are: by the area of its bands. */
static void the_charts_areas_are_the_counts(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.series = "2021-08-06,2021-08-15"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_draft *draft = pm_map_draft(map);
    double wanted[16] = {0}, got[16] = {0}, all = 0;
    size_t bands = 0;
    for (pm_date day = draft->series->maps[0].date; day <= draft->date; day++)
        for (size_t i = 0, band = 0; i < 2 * draft->look_count; i++) {
            const struct pm_tally *t = &pm_series_step_at(draft->series, day)->tally[i / 2];
            if (pm_series_has(draft->series, i / 2, i % 2))
                wanted[band++] +=
                    (double)(i % 2 ? t->doubtful : t->solid) / (double)draft->area_count / 10;
        }
    for (const struct pm_node *n = group(pm_map_scene(map), "chart"); n->kind != PM_NODE_END; n++)
        if (n->ident.tooltip) {
            got[bands] = fabs(pm_ring_area(n->path.points.v, n->path.points.n));
            all += got[bands++];
        }
    assert_int_equal(bands, 4);
    for (size_t i = 0; i < bands; i++)
        assert_true(fabs(got[i] / all - wanted[i]) < 1e-3);
    pm_map_free(map);
    close_inputs(&in);
}

/* The first map's names are for orientation; after it, what changed has one, and nothing else. */
static void names_say_where_to_look(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.series = "2021-08-06,2021-08-09,2021-08-13,2021-08-15"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    size_t names = 0, changed = 0;
    for (size_t i = 1; i < series->count; i++) {
        const struct pm_draft *day = series->maps[i].draft;
        for (size_t k = 0; k < day->area_count; k++)
            changed += day->areas[k].state.changed;
        for (size_t k = 0; k < day->label_count; k++) {
            const struct pm_label_draft *label = &day->labels[k];
            bool capital = label->kind == PM_LABEL_PLACE;
            assert_true(capital || label->kind == PM_LABEL_AREA);
            assert_true(!capital || day->places[label->index].rank == 1);
            size_t area = capital ? day->places[label->index].area : label->index;
            assert_true(day->areas[area].state.changed);
            names++;
        }
    }
    assert_int_equal(names, changed); /* Kabul's is its capital's */
    pm_map_free(map);
    close_inputs(&in);
}

/* A frame for each day on which the map changes: who holds Balkh, and who says so, is not on it. */
static void frames_are_of_days_that_differ(void **state)
{
    static const char text[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-06-30\",\n"
        " \"parties\": {\"a\": {\"name\": \"A\"}, \"b\": {\"name\": \"B\"}},\n"
        " \"areas\": {\n"
        "  \"Balkh\": [{\"from\": \"2021-06-01\", \"status\": \"government\", \"party\": \"a\"},\n"
        "            {\"from\": \"2021-06-10\", \"status\": \"government\", \"party\": \"b\"}],\n"
        "  \"Kabul\": [{\"from\": \"2021-06-01\", \"status\": \"government\"},\n"
        "            {\"from\": \"2021-06-15\", \"status\": \"government\", \"basis\": "
        "\"claimed\"},\n"
        "            {\"from\": \"2021-06-20\", \"status\": \"contested\", \"basis\": "
        "\"claimed\"}]}}";
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    pm_status_free(in.status);
    in.status = pm_status_parse(text, strlen(text), "status.json", box->diags);
    assert_non_null(in.status);
    const struct pm_map_options options = {.animated = true};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    static const char *const wanted[] = {"2021-06-01", "2021-06-15", "2021-06-20", "2021-06-30"};
    assert_int_equal(series->count, 4);
    for (size_t i = 0; i < 4; i++) {
        char iso[16];
        pm_date_iso(series->maps[i].date, iso);
        assert_string_equal(iso, wanted[i]);
    }
    pm_map_free(map);
    close_inputs(&in);
}

/* On maps so small that the capital's star would take most of its province, there is none. */
static void stars_leave_areas_to_be_seen(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    static const char *const days[] = {"2021-08-06,2021-08-15",
                                       "2021-08-06,2021-08-07,2021-08-08,2021-08-09,2021-08-10,"
                                       "2021-08-11,2021-08-12,2021-08-13,2021-08-14,2021-08-15"};
    size_t stars[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        const struct pm_map_options options = {.series = days[i]};
        struct pm_map *map = draw(box, &in, &options);
        const struct pm_draft *day = pm_map_draft(map)->series->maps[0].draft;
        stars[i] = day->place_count;
        for (size_t k = 0; k < day->place_count; k++) {
            const struct pm_place_draft *star = &day->places[k];
            assert_true(2 * pow(2 * star->radius, 2) <= day->areas[star->area].rings.area);
        }
        pm_map_free(map);
    }
    assert_int_equal(stars[0], 1);
    assert_int_equal(stars[1], 0);
    close_inputs(&in);
}

/* In focus, the first map says where on the whole all of them lie. */
static void a_locator_is_on_the_first_map(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    static const char *const focus[] = {"Kabul"};
    const struct pm_map_options options = {
        .series = "2021-08-06,2021-08-15", .focus = focus, .focus_count = 1};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    assert_int_equal(series->maps[0].draft->inset_count, 1);
    assert_true(series->maps[0].draft->insets[0].locator);
    assert_int_equal(series->maps[1].draft->inset_count, 0);
    pm_map_free(map);
    close_inputs(&in);
}

/* Its panel is the page's, with counts and a chart. */
static void numbers_of_an_animation_stand_in_its_key(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    static const struct {
        int width, height;
    } sizes[] = {{1600, 1200}, {800, 450}, {600, 450}, {400, 400}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const struct pm_map_options options = {
            .animated = true, .width = sizes[i].width, .height = sizes[i].height};
        struct pm_map *map = draw(box, &in, &options);
        const struct pm_draft *draft = pm_map_draft(map);
        const struct pm_draft *last = draft->series->maps[draft->series->count - 1].draft;
        size_t numbers = 0;
        for (size_t k = 0; k < last->label_count; k++)
            numbers += last->labels[k].number > 0;
        assert_int_equal(numbers, draft->key_count);
        assert_true(numbers == 0 || pm_panel_holds_key(last));
        assert_true(i > 0 || numbers > 0);
        pm_map_free(map);
    }
    close_inputs(&in);
}

static bool shows(const struct pm_node *node, size_t frame)
{
    return node->frames.end == 0 || (node->frames.first <= frame && frame < node->frames.end);
}

/* Above each frame stands how many areas were assessed on its day. */
static void assert_each_frame_counts(const struct pm_map *map)
{
    const struct pm_series *series = pm_map_draft(map)->series;
    const struct pm_scene *scene = pm_map_scene(map);
    for (size_t i = 0; i < series->count; i++) {
        char wanted[64];
        size_t found = 0;
        snprintf(wanted, sizeof wanted, " %zu of 34 provinces assessed",
                 series->maps[i].draft->assessed);
        for (size_t k = 0; k < scene->nodes.n; k++) {
            const char *s = scene->nodes.v[k].run.s;
            found += s && strstr(s, wanted) && shows(&scene->nodes.v[k], i);
        }
        assert_int_equal(found, 1);
    }
}

/* One frame for each day on which something changed, each with all names, in the same places, off the marks of every day,
 * and with the counts of its day. */
static void names_of_an_animation_stay_where_they_are(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.animated = true, .date = "2021-08-15"};
    struct pm_map *map = draw(box, &in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    const struct pm_draft *last = series->maps[series->count - 1].draft;
    size_t rimmed = 0;
    assert_int_equal(series->count, 11);
    assert_int_equal(pm_map_scene(map)->frame_count, 11);
    assert_true(last->label_count >= 68);
    for (size_t i = 0; i < series->count; i++) {
        const struct pm_draft *day = series->maps[i].draft;
        assert_ptr_equal(day->base, last->base);
        assert_ptr_equal(day->labels, last->labels);
        assert_int_equal(day->label_count, last->label_count);
        assert_int_equal(day->place_count, last->place_count);
        assert_same_tally(day, pm_series_step_at(series, day->date)->tally, day->area_tally);
        for (size_t k = 0; k < day->place_count; k++) {
            const struct pm_place_draft *place = &day->places[k];
            double reach = pm_place_reach(day, place) - 0.5;
            struct pm_box mark =
                pm_box_of(place->at.x - reach, place->at.y - reach, 2 * reach, 2 * reach);
            assert_string_equal(place->name, last->places[k].name);
            rimmed += place->state.changed;
            for (size_t l = 0; l < day->label_count; l++)
                assert_false(pm_footprint_meets_box(&day->labels[l].ground, mark));
        }
    }
    assert_true(rimmed > 30);
    assert_each_frame_counts(map);
    for (size_t i = 0; i < last->label_count; i++) { /* whoever holds what on other days */
        const struct pm_label_draft *label = &last->labels[i];
        struct pm_box ink = label->ground.box;
        struct pm_pt middle = {(ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2};
        size_t own = label->kind == PM_LABEL_PLACE ? last->places[label->index].area : label->index;
        size_t below = pm_area_at(last, middle);
        if (label->kind == PM_LABEL_PLACE || label->kind == PM_LABEL_AREA)
            assert_true(below == own || below == PM_NONE);
    }
    pm_map_free(map);
    close_inputs(&in);
}

static void assert_days(struct box *box, const struct inputs *in, const char *every,
                        const char *since, const char *wanted)
{
    const struct pm_map_options options = {
        .every = every, .since = since, .date = "2021-08-15", .width = 3000, .height = 3000};
    struct pm_map *map = draw(box, in, &options);
    const struct pm_series *series = pm_map_draft(map)->series;
    struct pm_str days = {0};
    for (size_t i = 0; i < series->count; i++) {
        char iso[16];
        pm_date_iso(series->maps[i].date, iso);
        pm_str_addf(&days, "%s%s", i ? " " : "", iso);
    }
    assert_string_equal(days.s, wanted);
    pm_str_finish(&days);
    pm_map_free(map);
}

static void days_are_counted_from_the_first_record_to_the_date(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    assert_days(box, &in, "week", NULL, "2021-08-01 2021-08-08 2021-08-15");
    assert_days(box, &in, "5", NULL, "2021-08-01 2021-08-06 2021-08-11 2021-08-15");
    assert_days(box, &in, "day", "2021-08-13", "2021-08-13 2021-08-14 2021-08-15");
    assert_days(box, &in, "month", "2021-01-31",
                "2021-01-31 2021-02-28 2021-03-31 2021-04-30 2021-05-31 2021-06-30 2021-07-31 "
                "2021-08-15");
    assert_days(box, &in, "month", "2020-11-30",
                "2020-11-30 2020-12-30 2021-01-30 2021-02-28 2021-03-30 2021-04-30 2021-05-30 "
                "2021-06-30 2021-07-30 2021-08-15");
    close_inputs(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(each_day_is_as_its_own_map),
        boxed(what_is_known_for_the_first_time_was_nothing_before),
        boxed(many_days_are_told_shortly),
        boxed(all_maps_share_one_basemap),
        boxed(the_charts_areas_are_the_counts),
        boxed(names_say_where_to_look),
        boxed(frames_are_of_days_that_differ),
        boxed(stars_leave_areas_to_be_seen),
        boxed(a_locator_is_on_the_first_map),
        boxed(numbers_of_an_animation_stand_in_its_key),
        boxed(names_of_an_animation_stay_where_they_are),
        boxed(days_are_counted_from_the_first_record_to_the_date),
    };
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
