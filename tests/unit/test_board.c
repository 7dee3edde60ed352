#include "check.h"

#include "layout/board.h"

enum { BOXES = 60 };

static double number(uint32_t *seed, double from, double to)
{
    return from + (to - from) * (check_random(seed) % 10000) / 10000;
}

/* Boxes come and go; what meets a box is what a look at all of them finds, each once. */
static void finds_what_a_look_at_all_finds(void **state)
{
    uint32_t seed = 3;
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct pm_board board;
        struct pm_box boxes[BOXES] = {{0}};
        bool on[BOXES] = {false};
        double size = number(&seed, 1, 3000);
        pm_board_make(&board, pm_box_of(100, -50, size, number(&seed, 0, 3000)), BOXES);
        for (int step = 0; step < 300; step++) {
            size_t i = check_random(&seed) % BOXES, found = 0, wanted = 0;
            bool seen[BOXES] = {false};
            if (on[i])
                pm_board_take(&board, i);
            else /* also beyond the frame, also across all of it */
                pm_board_put(&board, i,
                             boxes[i] = pm_box_of(number(&seed, -size, 2 * size),
                                                  number(&seed, -size, 2 * size),
                                                  number(&seed, 0, size), number(&seed, 0, 90)));
            on[i] = !on[i];
            struct pm_box box =
                pm_box_of(number(&seed, -size, 2 * size), number(&seed, -size, 2 * size),
                          number(&seed, 0, size), number(&seed, 0, size));
            struct pm_board_walk walk = pm_board_walk(&board, box);
            for (size_t k = pm_board_next(&walk); k != SIZE_MAX; k = pm_board_next(&walk)) {
                assert_true(on[k] && !seen[k] && pm_box_meets(boxes[k], box));
                seen[k] = true;
                found++;
            }
            for (size_t k = 0; k < BOXES; k++)
                wanted += on[k] && pm_box_meets(boxes[k], box);
            assert_int_equal(found, wanted);
        }
        pm_board_finish(&board);
    }
}

static void links_are_used_again(void **state)
{
    struct pm_board board;
    (void)state;
    pm_board_make(&board, pm_box_of(0, 0, 1000, 1000), 2);
    for (int i = 0; i < 1000; i++) {
        pm_board_put(&board, 0, pm_box_of(10, 10, 900, 900));
        pm_board_put(&board, 1, pm_box_of(10, 10, 900, 900));
        pm_board_take(&board, 0);
        pm_board_take(&board, 1);
    }
    assert_true(board.links.n <= 2 * 16 * 16);
    pm_board_finish(&board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_look_at_all_finds),
        cmocka_unit_test(links_are_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
