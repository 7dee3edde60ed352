#include "check.h"

#include "geo/cells.h"

enum { BOXES = 300 };

static double between(uint32_t *seed, double low, double high)
{
    return low + (high - low) * (check_random(seed) % 100000) / 100000.0;
}

static struct pm_box random_box(uint32_t *seed, double size)
{
    return pm_box_of(between(seed, -50, 550), between(seed, -50, 450), between(seed, 0, size),
                     between(seed, 0, size));
}

/* Each box that meets the question, each once; checked against asking all of them. */
static void finds_what_meets(void **state)
{
    (void)state;
    const struct pm_box frame = {0, 0, 500, 400};
    const double sizes[] = {0, 5, 60, 600};
    uint32_t seed = 3;
    for (int round = 0; round < 16; round++) {
        struct pm_box boxes[BOXES];
        struct pm_arena arena = {0};
        struct pm_cells cells;
        for (size_t i = 0; i < BOXES; i++)
            boxes[i] = random_box(&seed, sizes[round % 4]);
        pm_cells_make(&cells, frame, boxes, BOXES, &arena);
        for (int k = 0; k < 100; k++) {
            struct pm_box box = pm_box_cut(random_box(&seed, sizes[round / 4]), frame);
            int found[BOXES] = {0};
            struct pm_cell_walk walk = pm_cells_walk(&cells, box);
            for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
                found[i]++;
            for (size_t i = 0; i < BOXES; i++)
                assert_int_equal(found[i], pm_box_meets(boxes[i], box));
        }
        pm_arena_finish(&arena);
    }
}

/* Boxes that all cover the whole frame: fewer cells, not a square of their number. */
static void memory_grows_with_the_boxes(void **state)
{
    (void)state;
    const struct pm_box frame = {0, 0, 500, 400};
    struct pm_box boxes[BOXES];
    struct pm_arena arena = {0};
    struct pm_cells cells;
    for (size_t i = 0; i < BOXES; i++)
        boxes[i] = frame;
    pm_cells_make(&cells, frame, boxes, BOXES, &arena);
    assert_true(cells.firsts[cells.grid.columns * cells.grid.rows] <= 8 * BOXES);
    pm_arena_finish(&arena);
}

static void no_boxes(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_cells cells;
    pm_cells_make(&cells, (struct pm_box){0}, NULL, 0, &arena);
    struct pm_cell_walk walk = pm_cells_walk(&cells, pm_box_of(0, 0, 10, 10));
    assert_true(pm_cells_next(&walk) == SIZE_MAX);
    pm_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_meets),
        cmocka_unit_test(memory_grows_with_the_boxes),
        cmocka_unit_test(no_boxes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
