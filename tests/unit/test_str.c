#include "check.h"

#include <limits.h>
#include <stdarg.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/format.h"
#include "base/hash.h"
#include "base/str.h"

static const char *number(double value, int decimals)
{
    static char out[64];
    struct pm_str str = {0};
    pm_str_num(&str, value, decimals);
    snprintf(out, sizeof out, "%s", pm_str_get(&str));
    pm_str_finish(&str);
    return out;
}

static void numbers_are_short_and_rounded(void **state)
{
    (void)state;
    assert_string_equal(number(1.5, 2), "1.5");
    assert_string_equal(number(1.005, 2), "1"); /* 1.005 is below 1.005 in binary */
    assert_string_equal(number(0.125, 2), "0.13");
    assert_string_equal(number(-0.125, 2), "-0.13");
    assert_string_equal(number(-0.001, 2), "0");
    assert_string_equal(number(1234567.891, 3), "1234567.891");
    assert_string_equal(number(3, 0), "3");
    assert_string_equal(number(0.05, 2), "0.05");
    assert_string_equal(number(999999999, 9), "999999999");
}

/* What printf gives, without trailing zeros; it is exact, but takes an even last digit on a tie. */
static const char *reference(double value)
{
    static char out[64];
    snprintf(out, sizeof out, "%.2f", value);
    size_t n = strlen(out);
    while (out[n - 1] == '0')
        out[--n] = '\0';
    if (out[n - 1] == '.')
        out[--n] = '\0';
    return strcmp(out, "-0") == 0 ? "0" : out;
}

/* Numbers that end in 5 behind the digits kept lie beside the tie, on the side their binary form
 * says; only multiples of 1/8 lie on it, and go away from zero. */
static void numbers_beside_a_tie(void **state)
{
    (void)state;
    assert_string_equal(number(1.115, 2), "1.11");
    assert_string_equal(number(-1.115, 2), "-1.11");
    assert_string_equal(number(8.345, 2), "8.35");
    assert_string_equal(number(2.5, 0), "3");
    assert_string_equal(number(-2.5, 0), "-3");
    assert_string_equal(number(0.49999999999999994, 0), "0");
    for (int i = -400005; i < 400000; i += 10) {
        double value = i / 1000.0;
        if (i % 125 != 0)
            assert_string_equal(number(value, 2), reference(value));
    }
}

static double parsed(const char *text)
{
    double value = NAN;
    assert_true(pm_parse_number(text, strlen(text), &value));
    return value;
}

static void numbers_are_parsed(void **state)
{
    (void)state;
    assert_near(parsed("42"), 42, 0);
    assert_near(parsed("  -1.25e2 "), -125, 0);
    assert_near(parsed(".5"), 0.5, 0);
    assert_near(parsed("5."), 5, 0);
    assert_near(parsed("0.1"), 0.1, 0);
    assert_near(parsed("61.123456789"), 61.123456789, 0);
    assert_near(parsed("1e-300"), 1e-300, 1e-315);
    assert_near(parsed("12345678901234567890123"), 12345678901234567890123.0, 2e6);
    double value = 0;
    static const char *const bad[] = {"",     " ",   ".",   "-",   "1,5",   "1e",
                                      "0x10", "nan", "inf", "1 2", "1e999", "--1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (pm_parse_number(bad[i], strlen(bad[i]), &value))
            fail_msg("\"%s\" was parsed", bad[i]);
}

/* What is printed comes back, over the whole range of coordinates. */
static void numbers_survive_a_round_trip(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 10000; i++) {
        double value = (double)(int32_t)check_random(&seed) / 1e6;
        assert_near(parsed(number(value, 6)), value, 1e-12);
    }
}

/* Any double comes back from the 17 digits that tell it from its neighbours. */
static void doubles_survive_a_round_trip(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (int i = 0; i < 100000; i++) {
        double mantissa = 1 + check_random(&seed) / 4294967296.0 + check_random(&seed) / 9e18;
        double value = ldexp(mantissa, (int)(check_random(&seed) % 2040) - 1020);
        char text[64];
        snprintf(text, sizeof text, "%.17g", value);
        assert_near(parsed(text), value, 0);
    }
}

static const char *folded(const char *name)
{
    static char out[2][128];
    static int turn; /* tests compare two at a time */
    struct pm_str str = {0};
    pm_fold(name, &str);
    turn = !turn;
    snprintf(out[turn], sizeof out[turn], "%s", pm_str_get(&str));
    pm_str_finish(&str);
    return out[turn];
}

static void names_that_are_one_fold_alike(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Nad-e 'Ali", "NAD E ALI"},
        {"Lashkar Gāh", "Lashkargah"},
        {"Orūzgān", "Oruzgan"},
        {"Qal‘ah-ye Now", "qalahyenow"},
        {"کندهار", "كندهار"},
        {"Łódź", "lodz"},
        {"Zürich", "ZURICH"},
        {"ﬁsh", "fish"},
        {"هلمند", "هِلمَند"},
        {"می\u200cبد", "ميبد"},
        {"كـــابل", "کابل"},
        {"Qalʻah", "Qal'ah"},
        {"Kıbrıs", "KIBRIS"},
        {"Đà Nẵng", "da nang"},
        {"Ærø", "aero"},
        {"گرشک", "ګرشک"},
        {"مدرسة", "مدرسه"},
        {"أرزگان", "ارزگان"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(folded(pairs[i][0]), folded(pairs[i][1]));
    assert_string_equal(folded("- '"), "");
}

/* The short way of ASCII folds as the long one does, which a letter more makes it take. */
static void ascii_folds_as_among_other_letters(void **state)
{
    (void)state;
    for (char c = 1; c > 0 && c < 0x7F; c++) {
        const char ascii[] = {'e', c, 'X', '\0'}, longer[] = {'\xC3', '\x89', c, 'X', '\0'};
        struct pm_str path = {0}, other = {0};
        assert_string_equal(folded(ascii), folded(longer));
        pm_fold_path(ascii, &path);
        pm_fold_path(longer, &other);
        assert_string_equal(pm_str_get(&path) + 1, pm_str_get(&other) + strlen("e\u0301"));
        pm_str_finish(&path);
        pm_str_finish(&other);
    }
}

/* What is more than a diacritic tells names apart, vowel signs of other scripts above all. */
static void names_that_differ_stay_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Paktia", "Paktika"}, {"District 1", "District 2"},
        {"شینکی", "شنکی"},     {"ကချင်", "ကခင်"},
        {"दिल्ली", "दल्ली"},     {"がき", "かき"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_not_equal(folded(pairs[i][0]), folded(pairs[i][1]));
}

static void columns_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(pm_char_columns('a'), 1);
    assert_int_equal(pm_char_columns('\t'), 1);
    assert_int_equal(pm_char_columns(0x0301), 0); /* combining acute */
    assert_int_equal(pm_char_columns(0x4E2D), 2); /* a Chinese character */
    assert_int_equal(pm_char_columns(0x0647), 1); /* heh */
}

static void capitals(void **state)
{
    (void)state;
    struct pm_str out = {0};
    pm_upper("Größe, Ғазна, کابل", &out);
    assert_string_equal(out.s, "GRÖẞE, ҒАЗНА, کابل");
    pm_str_finish(&out);
}

static void utf8_is_checked(void **state)
{
    (void)state;
    assert_int_equal(pm_utf8_check("héé", 5), 5);
    assert_int_equal(pm_utf8_check("a\xFFz", 3), 1);
    assert_int_equal(pm_utf8_check("a\xC3", 2), 1);        /* cut short */
    assert_int_equal(pm_utf8_check("\xC0\x80", 2), 0);     /* overlong */
    assert_int_equal(pm_utf8_check("\xED\xA0\x80", 3), 0); /* a surrogate */
    assert_int_equal(pm_utf8_length("héé", 5), 3);
    const char *p = "é!";
    assert_int_equal(pm_utf8_next(&p), 0xE9);
    assert_int_equal(*p, '!');
}

static void formats_of_any_length(void **state)
{
    (void)state;
    struct pm_str out = {0};
    char long_text[1000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    pm_str_addf(&out, "%s-%d", long_text, 7);
    assert_int_equal(out.n, sizeof long_text - 1 + 2);
    assert_string_equal(out.s + out.n - 2, "-7");
    pm_str_finish(&out);
}

__attribute__((format(printf, 2, 3))) static size_t formatted(size_t room, const char *format, ...)
{
    char own[64], wanted[64];
    va_list args, again;
    memset(own, '#', sizeof own);
    memset(wanted, '#', sizeof wanted);
    va_start(args, format);
    va_copy(again, args);
    size_t length = pm_format(own, room, format, args);
    assert_int_equal(length, vsnprintf(wanted, room, format, again));
    assert_memory_equal(own, wanted, room < 50 ? room : 50);
    va_end(again);
    va_end(args);
    return length;
}

/* What pm_format does itself, what it leaves to the C library, and both in one. */
static void formats_are_those_of_printf(void **state)
{
    (void)state;
    for (size_t room = 0; room < 50; room++) {
        formatted(room, "%s", "");
        formatted(room, "plain");
        formatted(room, "100 %%");
        formatted(room, "%s-%s: %d", "pm", "area", -7);
        formatted(room, "%d %d %d", 0, INT_MAX, INT_MIN);
        formatted(room, "%u %u|%zu %zu", 0U, UINT_MAX, (size_t)0, SIZE_MAX);
        formatted(room, "%c%c%%%s", 'a', '\n', "b");
        formatted(room, "%s %08x %d", "a", 0x1234U, 9);
        formatted(room, "%zu %.3s %s", (size_t)3, "abcdef", "rest");
        formatted(room, "%5d|%-5s|%ld|%llu", 42, "x", -1L, 1ULL << 63);
        formatted(room, "%zx %zd", (size_t)255, (ssize_t)-255);
    }
}

static void index_holds_many_keys(void **state)
{
    (void)state;
    enum { KEYS = 5000 };
    struct pm_index index = {0};
    struct pm_arena arena = {0};
    size_t value = 0;
    assert_false(pm_index_get(&index, "k1", &value));
    for (size_t i = 0; i < KEYS; i++)
        pm_index_set(&index, &arena, pm_sprintf(&arena, "k%zu", i), i);
    pm_index_set(&index, &arena, "k7", 700);
    for (size_t i = 0; i < KEYS; i++) {
        assert_true(pm_index_get(&index, pm_sprintf(&arena, "k%zu", i), &value));
        assert_int_equal(value, i == 7 ? 700 : i);
    }
    assert_false(pm_index_get(&index, "k5000", &value));
    pm_arena_finish(&arena);
}

/* Ids in SVG are made from hashes: they must not change with the machine or the version. */
static void hashes_are_stable(void **state)
{
    (void)state;
    assert_true(pm_hash_bytes("", 0, 0) == 0xF9376FE90135A10EU);
    assert_true(pm_hash_bytes("provmap", 7, 1) == 0xB6E40B7FEDF9A252U);
    assert_true(pm_hash_u64(1) == 0x5692161D100B05E5U);
    assert_true(pm_hash_bytes("a", 1, 0) != pm_hash_bytes("a", 1, 1));
}

/* Texts that differ in their length, or in one byte anywhere. */
static void hashes_tell_texts_apart(void **state)
{
    (void)state;
    enum { LONGEST = 40 };
    char text[LONGEST] = {0};
    for (size_t length = 0; length < LONGEST; length++) {
        uint64_t hash = pm_hash_bytes(text, length, 0);
        assert_true(hash != pm_hash_bytes(text, length + 1, 0));
        for (size_t i = 0; i < length; i++) {
            text[i] = 1;
            assert_true(pm_hash_bytes(text, length, 0) != hash);
            text[i] = 0;
        }
        assert_true(pm_hash_bytes(text, length, 0) == hash);
    }
}

static void arena_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    for (int round = 0; round < 3; round++) { /* later ones get what the ones before wrote into */
        for (size_t size = 0; size < 200000; size = size * 3 + 1) {
            unsigned char *p = pm_alloc(&arena, size, 1);
            assert_int_equal((uintptr_t)p % sizeof(max_align_t) % 16, 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAA, size);
            assert_string_equal(pm_strndup(&arena, "abc", 2), "ab");
            assert_string_equal(pm_sprintf(&arena, "%0500d", 7) + 498, "07");
        }
        assert_null(pm_strdup(&arena, NULL));
        assert_true(pm_arena_size(&arena) > 100000);
        pm_arena_finish(&arena);
    }
    pm_arena_finish(&arena); /* an empty arena again */
}

static void any_number_prints(void **state)
{
    static const struct {
        double value;
        const char *wanted;
    } cases[] = {{1.25, "1.25"},
                 {-1e9, "-1000000000"},
                 {123456789012.7, "123456789012"},
                 {1e300, "more than 9e18"},
                 {-HUGE_VAL, "less than -9e18"},
                 {NAN, "no number"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_str out = {0};
        pm_str_any_num(&out, cases[i].value, 3);
        assert_string_equal(pm_str_get(&out), cases[i].wanted);
        pm_str_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short_and_rounded),
        cmocka_unit_test(numbers_beside_a_tie),
        cmocka_unit_test(numbers_are_parsed),
        cmocka_unit_test(numbers_survive_a_round_trip),
        cmocka_unit_test(doubles_survive_a_round_trip),
        cmocka_unit_test(names_that_are_one_fold_alike),
        cmocka_unit_test(ascii_folds_as_among_other_letters),
        cmocka_unit_test(names_that_differ_stay_apart),
        cmocka_unit_test(columns_of_a_terminal),
        cmocka_unit_test(capitals),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(formats_of_any_length),
        cmocka_unit_test(formats_are_those_of_printf),
        cmocka_unit_test(index_holds_many_keys),
        cmocka_unit_test(hashes_are_stable),
        cmocka_unit_test(hashes_tell_texts_apart),
        cmocka_unit_test(arena_memory_is_zeroed_and_aligned),
        cmocka_unit_test(any_number_prints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
