/* Changes: a map of them, its legend and `provmap diff` say the same, on any two days; and what did not change
 * is as it was. */
#include <jansson.h>

#include <math.h>

#include "august.h"
#include "layout/changes.h"
#include "map.h"

static const char *const days[] = {"2021-08-06", "2021-08-09", "2021-08-13", "2021-08-15"};
enum { DAYS = sizeof days / sizeof *days };

/* "areas" or "places" of the JSON that diff writes. */
static size_t told_by_diff(struct box *box, const struct inputs *in, const char *from,
                           const char *to, const char *what)
{
    const struct pm_diff_options options = {.from_date = from, .to_date = to, .form = PM_DIFF_JSON};
    char *data = NULL;
    size_t size = 0;
    enum pm_difference got =
        pm_diff(in->atlas, in->style, in->status, in->status, &options, &data, &size, box->diags);
    json_t *root = json_loadb(data, size, 0, NULL);
    size_t count = json_array_size(json_object_get(root, what));
    assert_int_equal(got, json_array_size(json_object_get(root, "areas")) +
                                  json_array_size(json_object_get(root, "places")) +
                                  json_array_size(json_object_get(root, "events"))
                              ? PM_DIFF_DIFFERENT
                              : PM_DIFF_SAME);
    json_decref(root);
    free(data);
    return count;
}

static size_t rims_of(const struct pm_scene *scene, bool inset)
{
    size_t count = 0;
    int depth = 0, within = 0; /* how deep the inset's group lies */
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        depth += node->kind == PM_NODE_BEGIN;
        if (node->kind == PM_NODE_BEGIN && pm_streq(node->ident.key, "inset"))
            within = depth;
        if (node->kind == PM_NODE_END && within == depth)
            within = 0;
        depth -= node->kind == PM_NODE_END;
        if (node->kind == PM_NODE_PATH && node->paint.inner && (within > 0) == inset &&
            pm_streq(node->ident.classes, "rim"))
            count++;
    }
    return count;
}

static size_t sum_of(const struct pm_draft *draft, const struct pm_transitions *t)
{
    size_t sum = 0, changed[2] = {0};
    for (size_t i = 0; i < t->count; i++) {
        changed[t->v[i].first] += t->v[i].count;
        assert_true(i == 0 || t->v[i].first >= t->v[i - 1].first);
    }
    assert_int_equal(changed[0], t->changed);
    assert_int_equal(changed[1], t->first);
    for (size_t i = 0; i < draft->look_count; i++)
        sum += t->same[i].solid + t->same[i].doubtful;
    return sum + t->changed + t->first;
}

static void map_legend_and_diff_agree(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    size_t all = 0;
    for (int i = 0; i < DAYS; i++)
        for (int k = i + 1; k < DAYS; k++) {
            const struct pm_map_options options = {.since = days[i], .date = days[k]};
            struct pm_map *map =
                pm_map_new(in.engine, in.atlas, in.style, in.status, &options, box->diags);
            assert_non_null(map);
            const struct pm_draft *draft = pm_map_draft(map);
            struct pm_transitions areas = pm_transitions_of(draft, false);
            struct pm_transitions places = pm_transitions_of(draft, true);
            assert_int_equal(sum_of(draft, &areas), draft->area_count);
            sum_of(draft, &places);
            assert_int_equal(areas.changed + areas.first,
                             told_by_diff(box, &in, days[i], days[k], "areas"));
            assert_int_equal(places.changed + places.first,
                             told_by_diff(box, &in, days[i], days[k], "places"));
            assert_int_equal(rims_of(pm_map_scene(map), false), areas.changed + areas.first);
            all += areas.changed;
            pm_map_free(map);
        }
    assert_true(all > 60);
    close_inputs(&in);
    box_said(box);
}

static double circumference(const struct pm_page_rings *rings)
{
    double sum = 0;
    for (size_t i = 0; i < rings->ring_count; i++)
        for (size_t k = 0; k < rings->rings[i].count; k++) {
            const struct pm_pt *p = rings->points + rings->rings[i].first;
            struct pm_pt q = p[(k + 1) % rings->rings[i].count];
            sum += hypot(q.x - p[k].x, q.y - p[k].y);
        }
    return sum;
}

/* However small an area is, its rim leaves it some of its own colour. */
static void rims_leave_areas_their_colour(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {
        .since = "2021-08-06", .date = "2021-08-15", .width = 400, .height = 300};
    struct pm_map *map = pm_map_new(in.engine, in.atlas, in.style, in.status, &options, box->diags);
    assert_non_null(map);
    const struct pm_draft *draft = pm_map_draft(map);
    const struct pm_scene *scene = pm_map_scene(map);
    size_t at = 0, narrow = 0;
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[i];
        if (!area->state.changed || area->rings.ring_count == 0)
            continue;
        while (!(scene->nodes.v[at].kind == PM_NODE_PATH && scene->nodes.v[at].paint.inner &&
                 pm_streq(scene->nodes.v[at].ident.classes, "rim")))
            assert_true(++at < scene->nodes.n);
        double width = scene->nodes.v[at++].paint.width / 2;
        assert_true(width * circumference(&area->rings) < 0.56 * area->rings.area);
        narrow += width < 0.99 * pm_px(draft, draft->style->line.rim);
    }
    assert_true(narrow > 3);
    pm_map_free(map);
    close_inputs(&in);
    box_said(box);
}

/* Only the fill tells: pale where nothing changed, and in full where something did. */
static void what_stayed_is_pale(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options plain = {.date = days[2]};
    const struct pm_map_options changes = {.since = days[0], .date = days[2]};
    struct pm_map *now = pm_map_new(in.engine, in.atlas, in.style, in.status, &plain, box->diags);
    struct pm_map *map = pm_map_new(in.engine, in.atlas, in.style, in.status, &changes, box->diags);
    const struct pm_draft *a = pm_map_draft(now), *b = pm_map_draft(map);
    size_t changed = 0;
    for (size_t i = 0; i < a->area_count; i++) {
        const struct pm_state *was = &a->areas[i].state, *is = &b->areas[i].state;
        assert_string_equal(was->look->id, is->look->id);
        assert_null(was->before);
        assert_non_null(is->before);
        assert_false(is->muted);
        changed += is->changed;
    }
    assert_int_equal(changed, 17);
    assert_int_equal(rims_of(pm_map_scene(now), false), 0);
    assert_true(rims_of(pm_map_scene(map), true) > 0);
    pm_map_free(now);
    pm_map_free(map);
    close_inputs(&in);
    box_said(box);
}

/* The fill of the first path in the first row of the legend. */
static pm_color first_swatch(const struct pm_scene *scene)
{
    bool row = false;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        row = row || (node->kind == PM_NODE_BEGIN && pm_streq(node->ident.classes, "legend-row"));
        if (row && node->kind == PM_NODE_PATH)
            return node->paint.fill;
    }
    return PM_NO_COLOR;
}

/* Rows stand for what is in the focus as for what is not: so they have the full colour, and all areas and all towns are
 * counted. */
static void a_focus_changes_no_row(void **state)
{
    static const char *const focus[] = {"Ghazni"};
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options all = {.since = days[0], .date = days[2]};
    const struct pm_map_options part = {
        .since = days[0], .date = days[2], .focus = focus, .focus_count = 1};
    struct pm_map *map = pm_map_new(in.engine, in.atlas, in.style, in.status, &all, box->diags);
    struct pm_map *near = pm_map_new(in.engine, in.atlas, in.style, in.status, &part, box->diags);
    assert_true(first_swatch(pm_map_scene(map)) != PM_NO_COLOR);
    assert_int_equal(first_swatch(pm_map_scene(map)), first_swatch(pm_map_scene(near)));
    for (int places = 0; places < 2; places++) {
        struct pm_transitions a = pm_transitions_of(pm_map_draft(map), places);
        struct pm_transitions b = pm_transitions_of(pm_map_draft(near), places);
        assert_int_equal(a.count, b.count);
        assert_int_equal(a.changed, 17);
        assert_int_equal(b.changed, 17);
        assert_int_equal(a.unchanged, b.unchanged);
        assert_false(b.v[0].to.muted);
    }
    assert_true(pm_map_draft(near)->place_count < pm_map_draft(near)->place_all);
    pm_map_free(map);
    pm_map_free(near);
    close_inputs(&in);
    box_said(box);
}

/* Where not all rows of the legend have room, those that tell of changes stay, no heading stands alone, and what is left
 * out is named. */
static void the_worthiest_rows_stay(void **state)
{
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    const struct pm_map_options options = {.since = days[0], .width = 300, .height = 300};
    struct pm_map *map = pm_map_new(in.engine, in.atlas, in.style, in.status, &options, box->diags);
    const struct pm_scene *scene = pm_map_scene(map);
    size_t headings = 0, rows = 0, last = 0;
    struct pm_str counts = {0};
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        if (node->kind == PM_NODE_BEGIN && pm_streq(node->ident.classes, "heading")) {
            assert_true(headings == 0 || rows > last);
            last = rows;
            headings++;
        }
        rows += node->kind == PM_NODE_BEGIN && pm_streq(node->ident.classes, "legend-row");
        if (rows && node->kind == PM_NODE_TEXT && node->run.font.weight == 700 &&
            strspn(node->run.s, "0123456789") == strlen(node->run.s))
            pm_str_addf(&counts, "%s ", node->run.s);
    }
    assert_true(rows > last);
    assert_string_equal(pm_str_get(&counts), "22 10 1 1 22 10 ");
    pm_str_finish(&counts);
    const char *said = box_said(box);
    assert_contains(said, "no room for 6 rows of the legend: Line of control (between neighbours), "
                          "Undetermined boundary (between neighbours), Main road (schematic), "
                          "Capital held by government (places), Capital taken by Taliban (places), "
                          "National capital (colour = status)");
    pm_map_free(map);
    close_inputs(&in);
}

/* What is known for the first time has not changed: it is counted under a heading of its own, and rims, rows and words
 * agree. */
static void what_is_known_for_the_first_time_is_told_apart(void **state)
{
    static const char text[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"areas\": {\"Kabul\": "
        "[{\"from\": "
        "\"2021-05-01\", \"status\": \"insurgent\"}], \"Herat\": [{\"from\": \"2021-03-01\", "
        "\"status\": "
        "\"unknown\"}, {\"from\": \"2021-05-02\", \"status\": \"insurgent\"}], \"Helmand\": "
        "[{\"from\": "
        "\"2021-03-01\", \"status\": \"government\"}, {\"from\": \"2021-05-01\", \"status\": "
        "\"insurgent\"}]}}";
    struct box *box = *state;
    struct inputs in = open_inputs(box);
    struct pm_status *status = pm_status_parse(text, strlen(text), "s.json", box->diags);
    const struct pm_map_options options = {.since = "2021-04-01"};
    struct pm_map *map = pm_map_new(in.engine, in.atlas, in.style, status, &options, box->diags);
    assert_non_null(map);
    struct pm_transitions t = pm_transitions_of(pm_map_draft(map), false);
    assert_int_equal(t.changed, 2);
    assert_int_equal(t.first, 1);
    assert_int_equal(t.unchanged, 31);
    assert_int_equal(t.count, 3); /* one from "unknown" that was said, one from nothing */
    assert_int_equal(rims_of(pm_map_scene(map), false), 3);
    assert_contains(pm_map_scene(map)->description,
                    "2 of 34 provinces changed. Insurgent control (was: Government control): 1 "
                    "(Helmand). Insurgent control (was: Unknown / not assessed): 1 (Herat). "
                    "Assessed for the first time: 1. Insurgent control (was: Unknown / not "
                    "assessed): 1 (Kabul).");
    pm_map_free(map);
    pm_status_free(status);
    close_inputs(&in);
    box_said(box);
}

/* Two status files and the map that compares them. */
struct comparison {
    struct inputs in;
    struct pm_status *then, *now;
    struct pm_map *map;
};

static struct comparison compare(struct box *box, const char *then, const char *now)
{
    struct comparison c = {.in = open_inputs(box)};
    c.then = pm_status_parse(then, strlen(then), "old.json", box->diags);
    c.now = pm_status_parse(now, strlen(now), "now.json", box->diags);
    const struct pm_map_options options = {.before = c.then};
    c.map = pm_map_new(c.in.engine, c.in.atlas, c.in.style, c.now, &options, box->diags);
    assert_non_null(c.map);
    return c;
}

static void end_comparison(struct box *box, struct comparison *c)
{
    pm_map_free(c->map);
    pm_status_free(c->then);
    pm_status_free(c->now);
    close_inputs(&c->in);
    box_said(box);
}

/* A place that only the earlier file knows must not vanish. */
static void a_place_that_is_gone_is_shown(void **state)
{
    static const char then[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-01\", \"areas\": {\"Helmand\": "
        "\"contested\"}, \"places\": {\"Camp\": {\"status\": \"government\", \"lon\": 64.5, "
        "\"lat\": 31.0}, \"Musa Qala\": {\"status\": \"contested\", \"lon\": 64.74, \"lat\": "
        "32.36}}}";
    static const char now[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"areas\": {\"Helmand\": "
        "\"contested\"}}";
    struct comparison c = compare(*state, then, now);
    const struct pm_draft *draft = pm_map_draft(c.map);
    size_t found = 0;
    for (size_t i = 0; i < draft->place_count; i++)
        if (draft->places[i].state.changed) {
            found++;
            assert_true(pm_streq(draft->places[i].name, "Camp") ||
                        pm_streq(draft->places[i].name, "Musa Qala"));
            assert_string_equal(draft->places[i].state.look->id, "unknown");
        }
    assert_int_equal(found, 2);
    end_comparison(*state, &c);
}

/* Nothing is said to have changed "since" the day that the map is of. */
static void files_of_one_day_have_no_day_between_them(void **state)
{
    static const char then[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"areas\": {\"Helmand\": "
        "\"contested\", \"Kabul\": {\"status\": \"government\", \"confidence\": \"high\"}}}";
    static const char now[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"areas\": {\"Helmand\": "
        "\"insurgent\", \"Kabul\": \"government\"}}";
    struct comparison c = compare(*state, then, now);
    const struct pm_scene *scene = pm_map_scene(c.map);
    static const char begin[] =
        "As of 4 May 2021 · 2 of 34 provinces assessed. 2 of 34 provinces changed. ";
    assert_int_equal(strncmp(scene->description, begin, strlen(begin)), 0);
    size_t told = 0;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const char *tooltip = scene->nodes.v[i].ident.tooltip;
        told += tooltip && (pm_streq(tooltip, "Helmand: Insurgent control (was: Contested)") ||
                            pm_streq(tooltip, "Kabul: Government control"));
    }
    assert_int_equal(told, 2);
    end_comparison(*state, &c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(map_legend_and_diff_agree),     boxed(rims_leave_areas_their_colour),
        boxed(what_stayed_is_pale),           boxed(the_worthiest_rows_stay),
        boxed(a_focus_changes_no_row),        boxed(what_is_known_for_the_first_time_is_told_apart),
        boxed(a_place_that_is_gone_is_shown), boxed(files_of_one_day_have_no_day_between_them)};
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
