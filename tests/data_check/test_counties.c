/* Checks of the counties of the United States. */
#include "data_check.h"

enum { COUNTIES = 3230, STATES = 56, NAMED_TWICE = 6, WASHINGTONS = 31 };

static void test_codes_are_distinct(void **state)
{
    (void)state;
    struct layer counties = layer_open("us-counties/counties");
    struct entries codes = {0};
    char code[TEXT_SIZE];
    assert_int_equal(counties.count, COUNTIES);
    for (int i = 0; i < counties.count; i++) {
        read_text(&counties, i, "code", code);
        assert_int_equal(strlen(code), 5);
        assert_int_equal(strspn(code, "0123456789"), 5);
        entries_add(&codes, "code", code, i);
    }
    assert_int_equal(count_clashes(&codes), 0);
    free(codes.v);
    layer_close(&counties);
}

/* The first two digits of the code say the same as the name of the state. */
static void test_each_lies_in_a_state(void **state)
{
    (void)state;
    struct layer counties = layer_open("us-counties/counties");
    struct entries states = {0};
    char code[TEXT_SIZE], name[TEXT_SIZE];
    int count = 0;
    for (int i = 0; i < counties.count; i++) {
        read_text(&counties, i, "code", code);
        read_text(&counties, i, "state", name);
        assert_true(*name);
        code[2] = '\0';
        entries_add(&states, code, name, i);
    }
    qsort(states.v, states.count, sizeof *states.v, by_scope_and_key);
    for (size_t i = 0; i < states.count; i++) {
        bool same_code = i && strcmp(states.v[i - 1].scope, states.v[i].scope) == 0;
        if (same_code)
            assert_string_equal(states.v[i - 1].key, states.v[i].key);
        count += !same_code;
    }
    assert_int_equal(count, STATES);
    free(states.v);
    layer_close(&counties);
}

/* Who shares a name with another of the state has a full one, and nobody else. */
static void test_names_are_told_apart(void **state)
{
    (void)state;
    struct layer counties = layer_open("us-counties/counties");
    struct entries names = {0}, full = {0};
    char name[TEXT_SIZE], full_name[TEXT_SIZE], in[TEXT_SIZE];
    int washingtons = 0, with_full = 0;
    for (int i = 0; i < counties.count; i++) {
        read_text(&counties, i, "name", name);
        read_text(&counties, i, "full_name", full_name);
        read_text(&counties, i, "state", in);
        assert_true(*name);
        washingtons += strcmp(name, "Washington") == 0;
        with_full += strcmp(full_name, name) != 0;
        entries_add(&names, in, name, i);
        entries_add(&full, in, full_name, i);
    }
    assert_int_equal(count_clashes(&full), 0);
    print_message("named twice in one state:\n");
    assert_int_equal(count_clashes(&names), NAMED_TWICE);
    assert_int_equal(with_full, 2 * NAMED_TWICE);
    assert_int_equal(washingtons, WASHINGTONS);
    free(names.v);
    free(full.v);
    layer_close(&counties);
}

/* Each segment occurs once in its direction; an inner border a second time in the other. */
static void test_borders_are_shared_vertex_by_vertex(void **state)
{
    (void)state;
    struct layer counties = layer_open("us-counties/counties");
    struct segments all = segments_read(&counties);
    size_t shared = 0, twice = 0;
    for (size_t i = 0; i < all.count; i++) {
        struct segment s = all.v[i];
        twice += i && by_value(&all.v[i - 1], &s) == 0;
        shared += has_segment(&all, reversed(s));
        assert_true(s.x0 > -180 && s.x0 < 180); /* nothing is cut at the antimeridian */
        assert_true(s.x0 != s.x1 || s.y0 != s.y1);
    }
    print_message("%zu segments, %zu of them shared\n", all.count, shared);
    assert_int_equal(twice, 0);
    assert_true(shared > all.count / 2);
    free(all.v);
    layer_close(&counties);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_distinct),
        cmocka_unit_test(test_each_lies_in_a_state),
        cmocka_unit_test(test_names_are_told_apart),
        cmocka_unit_test(test_borders_are_shared_vertex_by_vertex),
    };
    return cmocka_run_group_tests_name("counties", tests, NULL, NULL);
}
