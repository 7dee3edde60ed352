/* Maps of one atlas share what they have in common, and are none the different for it. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/vec.h"
#include "layout/basemap.h"
#include "layout/draft.h"
#include "map.h"
#include "provmap.h"

enum { THREADS = 4, EACH = 6 };

static const char history[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-08-15\", \"title\": \"Control\",\n"
    " \"areas\": {\"Helmand\": [{\"status\": \"contested\", \"from\": \"2021-05-04\"},\n"
    "                       {\"status\": \"insurgent\", \"from\": \"2021-08-13\"}],\n"
    "            \"Kabul\": {\"status\": \"government\", \"from\": \"2021-01-01\"}},\n"
    " \"places\": {\"Lashkar Gah\": {\"status\": \"government\", \"from\": \"2021-01-01\"}}}";

struct inputs {
    struct pm_diags *diags;
    struct pm_atlas *atlas;
    struct pm_style *style;
    struct pm_status *status;
    struct pm_engine *engine;
};

static struct pm_atlas *load_atlas(struct pm_diags *diags)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/../shapes/afghanistan", PM_TEST_DIR);
    return pm_atlas_load(path, NULL, diags);
}

static int set_up(void **state)
{
    struct inputs *in = calloc(1, sizeof *in);
    if (!in)
        return 1;
    in->diags = pm_diags_new();
    in->atlas = load_atlas(in->diags);
    in->style = pm_style_load("default", in->diags);
    in->status = pm_status_parse(history, strlen(history), "status.json", in->diags);
    in->engine = pm_engine_new(NULL, in->diags);
    *state = in;
    return in->atlas && in->style && in->status ? 0 : 1;
}

static int tear_down(void **state)
{
    struct inputs *in = *state;
    pm_engine_free(in->engine);
    pm_status_free(in->status);
    pm_style_free(in->style);
    pm_atlas_free(in->atlas);
    pm_diags_free(in->diags);
    free(in);
    return 0;
}

static void count_topologies(void *user, const char *stage)
{
    *(int *)user += strcmp(stage, "topology") == 0;
}

/* Draws, and returns how often the topology was built for it. */
static int draw(struct inputs *in, const struct pm_atlas *atlas, struct pm_map_options options,
                char **svg)
{
    int built = 0;
    size_t size = 0;
    options.stages.done = count_topologies;
    options.stages.user = &built;
    struct pm_map *map = pm_map_new(in->engine, atlas, in->style, in->status, &options, in->diags);
    assert_non_null(map);
    assert_true(pm_map_encode(map, PM_FORMAT_SVG, svg, &size, in->diags));
    pm_map_free(map);
    return built;
}

static void other_days_and_languages_share(void **state)
{
    struct inputs *in = *state;
    char *first = NULL, *again = NULL, *other = NULL;
    assert_int_equal(draw(in, in->atlas, (struct pm_map_options){0}, &first), 1);
    assert_int_equal(draw(in, in->atlas, (struct pm_map_options){0}, &again), 0);
    assert_string_equal(first, again);
    assert_int_equal(draw(in, in->atlas, (struct pm_map_options){.date = "2021-06-01"}, &other), 0);
    assert_string_not_equal(first, other);
    free(first);
    free(again);
    free(other);
}

/* What is shared or kept must not be seen: a map drawn with an atlas and an engine of its own has the same bytes. */
static void sharing_changes_nothing(void **state)
{
    struct inputs *in = *state;
    const char *const focus[] = {"Helmand"}, *const both[] = {"Helmand", "Kabul"};
    const struct pm_map_options options[] = {
        {.date = "2021-06-01"},
        {.width = 900, .height = 700},
        {.focus = focus, .focus_count = 1},
        {.focus = both, .focus_count = 2},
        {.projection = "lambert-conformal"},
        {.projection = "EPSG:32642"},
        {.projection = "EPSG:32641"},
    };
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
            struct pm_atlas *own = load_atlas(in->diags);
            struct inputs fresh = *in;
            char *shared = NULL, *alone = NULL;
            int built = draw(in, in->atlas, options[i], &shared);
            assert_int_equal(built, round == 0 && i > 0 ? 1 : 0);
            fresh.engine = pm_engine_new(NULL, in->diags);
            assert_int_equal(draw(&fresh, own, options[i], &alone), 1);
            pm_engine_free(fresh.engine);
            assert_string_equal(shared, alone);
            free(shared);
            free(alone);
            pm_atlas_free(own);
        }
}

/* A status file in which anything may be anything, but for what was there the round before, most of which stays. */
static char *random_status(uint32_t *seed, unsigned round, struct pm_arena *arena)
{
    static const char *const areas[] = {"Helmand",   "Kandahar", "Zabul",  "Uruzgan",  "Kabul",
                                        "Logar",     "Kapisa",   "Parwan", "Panjshir", "Laghman",
                                        "Nangarhar", "Kunar",    "Herat",  "Farah",    "Nimroz"};
    static const char *const towns[] = {"Kandahar", "Lashkar Gah", "Herat", "Jalalabad", "Ghazni"};
    static const char *const statuses[] = {"government", "contested", "insurgent", "unknown"};
    static unsigned held[20];
    enum { AREAS = sizeof areas / sizeof *areas, TOWNS = sizeof towns / sizeof *towns };
    struct pm_str out = {0};
    for (int i = 0; i < 3; i++)
        held[check_random(seed) % (AREAS + TOWNS)] = check_random(seed);
    pm_str_add(&out, "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-08-15\", \"areas\": {");
    for (unsigned i = 0; i < AREAS; i++)
        pm_str_addf(&out, "%s\"%s\": {\"status\": \"%s\", \"from\": \"2021-0%u-01\"}",
                    i ? ", " : "", areas[i], statuses[held[i] % 4], 1 + held[i] / 4 % 7);
    pm_str_add(&out, "}, \"places\": {");
    for (unsigned i = 0; i < TOWNS; i++)
        pm_str_addf(&out, "%s\"%s\": {\"status\": \"%s\", \"from\": \"2021-05-01\"}", i ? ", " : "",
                    towns[i], statuses[held[AREAS + i] % 4]);
    pm_str_add(&out, "}, \"events\": [");
    for (unsigned i = 0; i < round % 3; i++)
        pm_str_addf(&out,
                    "%s{\"date\": \"2021-08-0%u\", \"kind\": \"clash\", \"place\": \"%s\", "
                    "\"text\": \"Shots\"}",
                    i ? ", " : "", 1 + i, towns[(round + i) % TOWNS]);
    pm_str_addf(&out, "]%s}", round % 4 == 3 ? ", \"insets\": [{\"area\": \"Kapisa\"}]" : "");
    char *text = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return text;
}

/* What candidates a name has is kept, too, and known by the ground on which it stands. */
static void what_is_kept_of_other_days_changes_nothing(void **state)
{
    enum { ROUNDS = 24 };
    static const struct pm_map_options sizes[] = {{.width = 1000, .height = 800},
                                                  {.width = 520, .height = 480},
                                                  {.width = 800, .height = 600, .lang = "fa"}};
    struct inputs *in = *state;
    struct pm_arena arena = {0};
    uint32_t seed = 2021;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct pm_map_options options = sizes[round / 2 % 3];
        char *text = random_status(&seed, round, &arena), *shared = NULL, *alone = NULL;
        struct inputs kept = *in, fresh = *in;
        kept.status = fresh.status = pm_status_parse(text, strlen(text), "random.json", in->diags);
        assert_non_null(kept.status);
        draw(&kept, in->atlas, options, &shared);
        fresh.atlas = load_atlas(in->diags);
        fresh.engine = pm_engine_new(NULL, in->diags);
        draw(&fresh, fresh.atlas, options, &alone);
        assert_string_equal(shared, alone);
        pm_engine_free(fresh.engine);
        pm_atlas_free(fresh.atlas);
        pm_status_free(kept.status);
        free(shared);
        free(alone);
    }
    pm_arena_finish(&arena);
}

struct worker {
    pthread_t thread;
    const struct inputs *in;
    struct pm_diags *diags;
    char *svg[EACH];
};

static const char *const dates[EACH] = {"2021-05-04", "2021-08-12", "2021-08-13",
                                        "2021-05-04", "2021-08-15", "2021-08-01"};

static void *work(void *user)
{
    struct worker *w = user;
    struct pm_engine *engine = pm_engine_new(NULL, w->diags);
    for (int i = 0; i < EACH; i++) {
        size_t size = 0;
        struct pm_map_options options = {.date = dates[i], .width = 1000 + 100 * (i % 2)};
        struct pm_map *map =
            pm_map_new(engine, w->in->atlas, w->in->style, w->in->status, &options, w->diags);
        if (!map || !pm_map_encode(map, PM_FORMAT_SVG, &w->svg[i], &size, w->diags))
            abort();
        pm_map_free(map);
    }
    pm_engine_free(engine);
    return NULL;
}

static void one_thread_and_many_agree(void **state)
{
    struct worker alone = {.in = *state, .diags = pm_diags_new()}, workers[THREADS];
    work(&alone);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.in = *state, .diags = pm_diags_new()};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        for (int k = 0; k < EACH; k++) {
            assert_string_equal(workers[i].svg[k], alone.svg[k]);
            free(workers[i].svg[k]);
        }
        pm_diags_free(workers[i].diags);
    }
    for (int k = 0; k < EACH; k++)
        free(alone.svg[k]);
    pm_diags_free(alone.diags);
}

/* Boxes with points in their corners only: the parallels between them bend out of their corners' box. */
static void the_frame_holds_what_edges_bend_out(void **state)
{
    (void)state;
    static const double boxes[][4] = {
        {0, 70, 90, 80}, {0, 70, 180, 80}, {-60, 40, 60, 50}, {100, -80, 200, -50}};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        const double *b = boxes[i];
        struct pm_grid points[] = {pm_grid_of(b[0], b[1]), pm_grid_of(b[0], b[3]),
                                   pm_grid_of(b[2], b[3]), pm_grid_of(b[2], b[1])};
        struct pm_range part = {0, 4};
        struct pm_feature feature = {.parts = {0, 1}};
        struct pm_atlas atlas = {0};
        bool outside = false;
        struct pm_basemap map = {0};
        struct pm_basemap_spec spec = {.atlas = &atlas,
                                       .outside = &outside,
                                       .box = pm_box_of(0, 0, 1000, 800),
                                       .scale = 1,
                                       .padding = 20};
        struct pm_page_points line = {0};
        atlas.layers[PM_LAYER_AREAS] = (struct pm_layer){NULL, &feature, 1, &part, 1, points, 4};
        pm_basemap_frame(&spec, &map);
        for (int k = 0; k < 4; k++) {
            struct pm_grid edge[] = {
                pm_projection_turn(&map.frame.projection, points[k]),
                pm_projection_turn(&map.frame.projection, points[(k + 1) % 4])};
            pm_frame_line(&map.frame, edge, 2, &line);
        }
        for (size_t k = 0; k < line.n; k++)
            assert_true(pm_box_inside(pm_box_of(line.v[k].x, line.v[k].y, 0, 0),
                                      pm_box_of(19, 19, 962, 762)));
        pm_vec_finish(&line);
    }
}

struct stretch {
    const struct pm_basemap *base;
    size_t piece; /* the next */
};

static void assert_next(void *user, const struct pm_pt *points, size_t count)
{
    struct stretch *s = user;
    struct pm_range kept = s->base->seen.arcs[s->piece++];
    assert_int_equal(kept.count, count);
    assert_memory_equal(s->base->seen.points + kept.first, points, count * sizeof *points);
}

/* Of a frame that has all borders, and of one that cuts some. */
static void the_pieces_of_arcs_are_what_is_in_sight(void **state)
{
    struct inputs *in = *state;
    const char *const focus[] = {"Helmand"};
    for (size_t count = 0; count < 2; count++) {
        const struct pm_map_options options = {.focus = focus, .focus_count = count};
        struct pm_map *map =
            pm_map_new(in->engine, in->atlas, in->style, in->status, &options, in->diags);
        assert_non_null(map);
        const struct pm_draft *draft = pm_map_draft(map);
        struct stretch s = {draft->base, 0};
        struct pm_box clip = pm_box_grown(draft->page.map, fmax(24 * draft->page.scale, 8));
        for (size_t i = 0; i < s.base->topology.arc_count; i++) {
            struct pm_range arc = s.base->arcs.arcs[i];
            assert_int_equal(s.base->pieces[i].first, s.piece);
            pm_clip_line(s.base->arcs.points + arc.first, arc.count, clip, assert_next, &s);
            assert_int_equal(s.piece, s.base->pieces[i].first + s.base->pieces[i].count);
        }
        assert_true(s.piece > 0);
        pm_map_free(map);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_days_and_languages_share),
        cmocka_unit_test(sharing_changes_nothing),
        cmocka_unit_test(what_is_kept_of_other_days_changes_nothing),
        cmocka_unit_test(one_thread_and_many_agree),
        cmocka_unit_test(the_pieces_of_arcs_are_what_is_in_sight),
        cmocka_unit_test(the_frame_holds_what_edges_bend_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
