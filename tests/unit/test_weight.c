#include "check.h"

#include "base/cache.h"
#include "layout/weight.h"

/* Areas 0, 1, … of these sizes, px², and one arc between each and area 0; the last runs around an
 * island of area 0, `side` px wide. */
struct world {
    struct pm_arena arena;
    struct pm_style style;
    struct pm_basemap base;
    struct pm_draft draft;
};

static void make(struct world *w, const double *sizes, size_t count, double side)
{
    static struct pm_range ring = {0, 4};
    struct pm_draft *d = &w->draft;
    struct pm_basemap *base = &w->base;
    *w = (struct world){0};
    w->style.line.fade = 32;
    d->arena = &w->arena;
    d->style = &w->style;
    d->base = base;
    base->rooms = pm_cache_new(0); /* nothing is kept: tests change what weights follow from */
    d->page = (struct pm_page){.scale = 1, .map = pm_box_of(0, 0, 1000, 1000)};
    d->area_count = count;
    d->areas = PM_NEW_N(&w->arena, struct pm_area_draft, count);
    base->topology.arc_count = count;
    base->topology.context_first = (uint32_t)count;
    base->topology.arcs = PM_NEW_N(&w->arena, struct pm_arc, count);
    base->arcs.arcs = PM_NEW_N(&w->arena, struct pm_range, count);
    base->arcs.points = PM_NEW_N(&w->arena, struct pm_pt, 5);
    static struct pm_status_look look = {.side = ""};
    for (size_t i = 0; i < count; i++) {
        d->areas[i].state.look = &look;
        d->areas[i].rings = (struct pm_page_rings){.rings = &ring, .ring_count = 1};
        d->areas[i].rings.area = sizes[i];
        d->areas[i].rings.box = pm_box_of(100, 100, 50, 50);
        base->topology.arcs[i].faces[1] = (uint32_t)i;
    }
    const struct pm_pt island[] = {{0, 0}, {side, 0}, {side, side}, {0, side}, {0, 0}};
    for (int i = 0; i < 5; i++)
        base->arcs.points[i] = island[i];
    base->arcs.arcs[0] = (struct pm_range){0, 5};
    base->topology.arcs[0] = (struct pm_arc){.faces = {0, PM_NO_FACE}, .closed = true};
}

static void finish(struct world *w)
{
    pm_cache_free(w->base.rooms);
    pm_arena_finish(&w->arena);
}

static void the_smaller_of_two_areas_counts(void **state)
{
    const double sizes[] = {1e5, 1024, 1023, 512, 200, 100, 1, 0};
    const int wanted[] = {0, 0, 1, 2, 3, 4, 4, 4};
    struct world w;
    (void)state;
    make(&w, sizes, 8, 100);
    const uint8_t *weights = pm_weights(&w.draft);
    for (int i = 0; i < 8; i++)
        assert_int_equal(weights[i], wanted[i]);
    finish(&w);
}

static void islands_count_by_their_own_size(void **state)
{
    const double sizes[] = {1e5};
    struct world w;
    (void)state;
    make(&w, sizes, 1, 3);
    assert_int_equal(pm_weights(&w.draft)[0], 4);
    finish(&w);
    make(&w, sizes, 1, 2.9);
    assert_int_equal(pm_weights(&w.draft)[0], PM_WEIGHT_ISLET);
    w.base.topology.arcs[0].faces[1] = 0; /* an enclave */
    assert_int_equal(pm_weights(&w.draft)[0], 4);
    finish(&w);
}

static void a_long_coast_makes_an_area_narrow(void **state)
{
    const double sizes[] = {1e5, 1e4};
    struct world w;
    (void)state;
    make(&w, sizes, 2, 100);
    /* There and back ten times, 100 px each: 2000 px of border, 4 * 1e4 / 2000 = 20 px. */
    w.base.arcs.points = PM_NEW_N(&w.arena, struct pm_pt, 21);
    for (int i = 0; i < 21; i++)
        w.base.arcs.points[i] = (struct pm_pt){i % 2 * 100, 0};
    w.base.arcs.arcs[1] = (struct pm_range){0, 21};
    w.base.topology.arcs[1] = (struct pm_arc){.faces = {1, PM_NO_FACE}};
    assert_int_equal(pm_weights(&w.draft)[1], 2);
    finish(&w);
}

static void what_leaves_the_frame_is_not_small(void **state)
{
    const double sizes[] = {1e5, 10};
    struct world w;
    (void)state;
    make(&w, sizes, 2, 100);
    w.draft.areas[1].rings.box = pm_box_of(-10, 100, 50, 50);
    assert_int_equal(pm_weights(&w.draft)[1], 0);
    finish(&w);
}

static void among_small_areas_a_large_one_counts_as_three_medians_wide(void **state)
{
    const double sizes[] = {1e5, 1e5, 25, 25, 25};
    struct world w;
    (void)state;
    make(&w, sizes, 5, 100);
    const uint8_t *weights = pm_weights(&w.draft);
    assert_int_equal(weights[1], 3); /* 15 px of 32 */
    assert_int_equal(weights[2], 4);
    w.draft.areas[2].rings.box = w.draft.areas[3].rings.box = w.draft.areas[4].rings.box =
        pm_box_of(-10, 100, 50, 50);
    assert_int_equal(pm_weights(&w.draft)[1], 0); /* what the frame cuts is no measure */
    finish(&w);
}

static void between_parents_theirs_counts(void **state)
{
    const double sizes[] = {1e5, 10, 1e5};
    struct pm_parent_draft parents[2] = {{0}};
    struct world w;
    (void)state;
    make(&w, sizes, 3, 100);
    w.draft.parents = parents;
    w.draft.parent_count = 2;
    w.draft.areas[1].parent = w.draft.areas[2].parent = 1;
    assert_int_equal(pm_weights(&w.draft)[1], 0);
    static struct pm_status_look north = {.side = "north"}, south = {.side = "south"};
    w.draft.areas[0].state.look = &north; /* also where the side changes */
    w.draft.areas[1].state.look = &south;
    assert_int_equal(pm_weights(&w.draft)[1], 0);
    w.draft.areas[2].parent = 0;
    assert_int_equal(pm_weights(&w.draft)[1], 4);
    finish(&w);
}

static void weights_follow_the_scale_of_the_page_and_can_be_off(void **state)
{
    const double sizes[] = {1e5, 300};
    struct world w;
    (void)state;
    make(&w, sizes, 2, 100);
    assert_int_equal(pm_weights(&w.draft)[1], 2);
    w.draft.page.scale = 0.5;
    assert_int_equal(pm_weights(&w.draft)[1], 0);
    w.draft.page.scale = 1;
    w.style.line.fade = 0;
    assert_int_equal(pm_weights(&w.draft)[1], 0);
    finish(&w);
}

static void shares_fall(void **state)
{
    (void)state;
    assert_true(pm_weight_share(0) == 1);
    for (int i = 1; i < PM_WEIGHT_COUNT; i++)
        assert_true(pm_weight_share(i) < pm_weight_share(i - 1) && pm_weight_share(i) > 0);
}

/* With a cache that keeps: what weights follow from is told apart. */
static void kept_weights_are_those_of_the_draft(void **state)
{
    enum { AREAS = 8, ROUNDS = 200 };
    const double sizes[AREAS] = {1e5, 1024, 1023, 512, 200, 100, 1, 0};
    struct pm_parent_draft parents[2] = {{0}};
    struct world kept, fresh, *worlds[] = {&kept, &fresh};
    uint32_t seed = 11;
    int different = 0;
    uint8_t before[AREAS] = {0};
    (void)state;
    make(&kept, sizes, AREAS, 100);
    make(&fresh, sizes, AREAS, 100);
    pm_cache_free(kept.base.rooms);
    kept.base.rooms = pm_cache_new(1 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t dice = check_random(&seed);
        for (int k = 0; k < 2; k++) {
            struct world *w = worlds[k];
            w->style.line.fade = dice & 1 ? 32 : 16;
            w->draft.page.scale = dice & 2 ? 1 : 0.75;
            w->draft.parents = parents;
            w->draft.parent_count = 2;
            for (int i = 0; i < AREAS; i++)
                w->draft.areas[i].parent = dice >> (2 + i / 3) & 1; /* by threes */
        }
        const uint8_t *got = pm_weights(&kept.draft), *wanted = pm_weights(&fresh.draft);
        assert_memory_equal(got, wanted, AREAS);
        different += memcmp(got, before, AREAS) != 0;
        memcpy(before, got, AREAS);
    }
    assert_true(different > ROUNDS / 2);
    finish(&kept);
    finish(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smaller_of_two_areas_counts),
        cmocka_unit_test(islands_count_by_their_own_size),
        cmocka_unit_test(a_long_coast_makes_an_area_narrow),
        cmocka_unit_test(what_leaves_the_frame_is_not_small),
        cmocka_unit_test(among_small_areas_a_large_one_counts_as_three_medians_wide),
        cmocka_unit_test(between_parents_theirs_counts),
        cmocka_unit_test(weights_follow_the_scale_of_the_page_and_can_be_off),
        cmocka_unit_test(kept_weights_are_those_of_the_draft),
        cmocka_unit_test(shares_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
