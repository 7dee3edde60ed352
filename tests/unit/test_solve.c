#include "check.h"

#include <math.h>

#include "layout/reduce.h"
#include "layout/solve.h"

static struct pm_candidate at(double x, double y, double cost)
{
    return (struct pm_candidate){.ground = {.box = {x, y, x + 10, y + 10}}, .cost = cost};
}

static void takes_the_cheapest(void **state)
{
    (void)state;
    struct pm_candidate c[] = {at(0, 0, 1), at(20, 0, 2)};
    struct pm_choice l[] = {{{0, 2}, 50, 0}};
    pm_solve_labels(c, l, 1, 20);
    assert_int_equal(l[0].chosen, 0);
}

/* The first label must give way, or the second finds no place at all. */
static void gives_way(void **state)
{
    (void)state;
    struct pm_candidate c[] = {at(0, 0, 0), at(20, 0, 1), at(5, 0, 0)};
    struct pm_choice l[] = {{{0, 2}, 50, 0}, {{2, 1}, 50, 0}};
    pm_solve_labels(c, l, 2, 20);
    assert_int_equal(l[0].chosen, 1);
    assert_int_equal(l[1].chosen, 2);
}

static void leaves_out_the_lesser(void **state)
{
    (void)state;
    struct pm_candidate c[] = {at(0, 0, 0), at(5, 5, 0)};
    struct pm_choice l[] = {{{0, 1}, 100, 0}, {{1, 1}, 10, 0}};
    pm_solve_labels(c, l, 2, 20);
    assert_int_equal(l[0].chosen, 0);
    assert_true(l[1].chosen == SIZE_MAX);
}

static void leaders_are_obstacles(void **state)
{
    (void)state;
    const struct pm_leader leader = {{10, 5}, {60, 5}, {0}};
    struct pm_candidate c[] = {
        {.ground = {.box = {0, 0, 10, 10}}, .leader = &leader},
        at(30, 0, 0),
        at(30, 40, 3),
    };
    struct pm_choice l[] = {{{0, 1}, 50, 0}, {{1, 2}, 50, 0}};
    pm_solve_labels(c, l, 2, 20);
    assert_int_equal(l[0].chosen, 0);
    assert_int_equal(l[1].chosen, 2);
}

static void segment_against_box(void **state)
{
    (void)state;
    struct pm_box box = {10, 10, 20, 20};
    assert_true(pm_segment_meets((struct pm_pt){0, 0}, (struct pm_pt){30, 30}, box));
    assert_true(pm_segment_meets((struct pm_pt){12, 12}, (struct pm_pt){13, 13}, box));
    assert_false(pm_segment_meets((struct pm_pt){0, 15}, (struct pm_pt){9, 15}, box));
    assert_false(pm_segment_meets((struct pm_pt){0, 25}, (struct pm_pt){15, 40}, box));
    assert_false(pm_segment_meets((struct pm_pt){5, 12}, (struct pm_pt){12, 5}, box));
}

/* A label needs nothing that costs more than a place where it is in nobody's way. */
static void reduction_keeps_what_may_be_needed(void **state)
{
    (void)state;
    struct pm_candidate c[] = {
        at(0, 0, 0),  at(40, 0, 1),  at(80, 0, 2), /* the second is free */
        at(5, 0, 0),  at(5, 5, 3),                 /* both meet the first of the other */
        at(80, 5, 0), at(120, 0, 1),               /* free once the first label needs no third */
    };
    const struct pm_choice all[] = {{{0, 3}, 50, 0}, {{3, 2}, 50, 0}, {{5, 2}, 50, 0}};
    struct pm_choice l[3];
    struct pm_box extents[7];
    memcpy(l, all, sizeof l);
    for (int i = 0; i < 7; i++)
        extents[i] = c[i].ground.box;
    pm_reduce_labels(c, extents, l, 3);
    assert_int_equal(l[0].candidates.count, 2);
    assert_int_equal(l[1].candidates.count, 2);
    assert_int_equal(l[2].candidates.count, 1);
}

static double best_total(const struct pm_candidate *c, const struct pm_choice *l, size_t count,
                         size_t *chosen, size_t at_label)
{
    if (at_label == count)
        return 0;
    chosen[at_label] = SIZE_MAX;
    double best = l[at_label].drop_cost + best_total(c, l, count, chosen, at_label + 1);
    struct pm_range own = l[at_label].candidates;
    for (size_t i = own.first; i < own.first + own.count; i++) {
        bool free = true;
        for (size_t k = 0; free && k < at_label; k++)
            free = chosen[k] == SIZE_MAX || !pm_candidates_conflict(&c[chosen[k]], &c[i]);
        chosen[at_label] = i;
        if (free)
            best = fmin(best, c[i].cost + best_total(c, l, count, chosen, at_label + 1));
    }
    return best;
}

/* Small problems, solved by trying all: the least sum stays what it was. */
static void reduction_keeps_a_best_solution(void **state)
{
    (void)state;
    enum { LABELS = 6, EACH = 4 };
    uint32_t seed = 3;
    size_t left = 0, rounds = 300;
    for (size_t round = 0; round < rounds; round++) {
        struct pm_candidate c[LABELS * EACH];
        struct pm_choice l[LABELS], reduced[LABELS];
        struct pm_box extents[LABELS * EACH];
        size_t chosen[LABELS];
        for (size_t i = 0; i < LABELS; i++) {
            l[i] = (struct pm_choice){{i * EACH, EACH}, 5 + check_random(&seed) % 20, 0};
            for (size_t k = 0; k < EACH; k++) {
                c[i * EACH + k] = at(check_random(&seed) % 60, check_random(&seed) % 60, (double)k);
                extents[i * EACH + k] = c[i * EACH + k].ground.box;
            }
        }
        memcpy(reduced, l, sizeof l);
        pm_reduce_labels(c, extents, reduced, LABELS);
        assert_near(best_total(c, reduced, LABELS, chosen, 0), best_total(c, l, LABELS, chosen, 0),
                    1e-9);
        for (size_t i = 0; i < LABELS; i++)
            left += reduced[i].candidates.count;
    }
    assert_true(10 * left < 8 * rounds * LABELS * EACH);
}

/* 60 labels of 8 candidates each on a crowded page: no two boxes meet, and again the same. */
static void never_overlaps(void **state)
{
    (void)state;
    enum { LABELS = 60, EACH = 8 };
    static struct pm_candidate c[LABELS * EACH];
    struct pm_choice l[LABELS], again[LABELS];
    uint32_t seed = 7;
    for (int i = 0; i < LABELS; i++) {
        l[i] = (struct pm_choice){{(size_t)i * EACH, EACH}, 50, 0};
        for (int k = 0; k < EACH; k++)
            c[i * EACH + k] = at(check_random(&seed) % 90, check_random(&seed) % 90, k);
    }
    memcpy(again, l, sizeof l);
    pm_solve_labels(c, l, LABELS, 30);
    pm_solve_labels(c, again, LABELS, 30);
    int placed = 0;
    for (int i = 0; i < LABELS; i++) {
        assert_true(l[i].chosen == again[i].chosen);
        placed += l[i].chosen != SIZE_MAX;
        for (int k = 0; k < i; k++)
            if (l[i].chosen != SIZE_MAX && l[k].chosen != SIZE_MAX)
                assert_false(pm_box_meets(c[l[i].chosen].ground.box, c[l[k].chosen].ground.box));
    }
    assert_true(placed >= 25); /* greedy alone places fewer */
}

static bool in_the_way(const struct pm_candidate *a, const struct pm_candidate *b)
{
    return pm_box_meets(a->ground.box, b->ground.box) ||
           (a->leader && pm_segment_meets(a->leader->from, a->leader->to, b->ground.box)) ||
           (b->leader && pm_segment_meets(b->leader->from, b->leader->to, a->ground.box)) ||
           (a->leader && b->leader &&
            pm_segments_cross(a->leader->from, a->leader->to, b->leader->from, b->leader->to));
}

/* 300 labels all over a page, some with long leaders: by asking all pairs, no two are in each other's
 * way, and nothing that was left out had a free candidate. */
static void agrees_with_all_pairs(void **state)
{
    (void)state;
    enum { LABELS = 300, EACH = 12 };
    static struct pm_candidate c[LABELS * EACH];
    static struct pm_leader leaders[LABELS * EACH];
    static struct pm_choice l[LABELS];
    uint32_t seed = 13;
    for (size_t i = 0; i < LABELS; i++) {
        struct pm_pt to = {check_random(&seed) % 250, check_random(&seed) % 180};
        l[i] = (struct pm_choice){{i * EACH, EACH}, 50, 0};
        for (size_t k = 0; k < EACH; k++) {
            struct pm_candidate *x = &c[i * EACH + k];
            bool leads = k % 3 == 0;
            double off = leads ? 90 : 20;
            *x = at(to.x + off * (check_random(&seed) % 100 / 50.0 - 1),
                    to.y + off * (check_random(&seed) % 100 / 50.0 - 1), (double)k);
            x->leader = leads ? &leaders[i * EACH + k] : NULL;
            leaders[i * EACH + k].from = (struct pm_pt){x->ground.box.x0, x->ground.box.y0};
            leaders[i * EACH + k].to = to;
        }
    }
    pm_solve_labels(c, l, LABELS, 30);
    size_t dropped = 0, led = 0;
    for (size_t i = 0; i < LABELS; i++) {
        size_t first = l[i].chosen, count = 1;
        if (first == SIZE_MAX) {
            first = i * EACH;
            count = EACH;
            dropped++;
        } else {
            led += c[first].leader != NULL;
        }
        for (size_t k = first; k < first + count; k++) {
            bool blocked = false;
            for (size_t j = 0; j < LABELS; j++)
                blocked |= j != i && l[j].chosen != SIZE_MAX && in_the_way(&c[k], &c[l[j].chosen]);
            assert_int_equal(blocked, l[i].chosen == SIZE_MAX);
        }
    }
    assert_true(dropped > 0 && dropped < LABELS / 2 && led > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_cheapest),
        cmocka_unit_test(gives_way),
        cmocka_unit_test(leaves_out_the_lesser),
        cmocka_unit_test(leaders_are_obstacles),
        cmocka_unit_test(segment_against_box),
        cmocka_unit_test(never_overlaps),
        cmocka_unit_test(agrees_with_all_pairs),
        cmocka_unit_test(reduction_keeps_what_may_be_needed),
        cmocka_unit_test(reduction_keeps_a_best_solution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
