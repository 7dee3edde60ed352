/* Checks of the Afghan shapes. */
#include "data_check.h"

enum { PROVINCES = 34, MIN_PLACES = 75, MIN_OTHER_TOWNS = 40 };

/* ---- spellings ------------------------------------------------------------------------------------- */

/* The two-byte letters that folding maps to a plain one, as in Latin spellings of Dari and Pashto. */
static const struct {
    const char *from;
    char to;
} latin[] = {{"ā", 'a'}, {"ē", 'e'}, {"ī", 'i'}, {"ō", 'o'}, {"ū", 'u'}, {"Ō", 'o'}};

/* A plain form of matching: letters and digits only, ASCII in lower case, without long marks.
 * Spellings that are equal for the program's own, larger folding must not slip through, so this
 * also drops blanks, hyphens and apostrophes; other bytes (Arabic script) stay. */
static void fold(const char *text, char out[TEXT_SIZE])
{
    size_t n = 0;
    for (const char *p = text; *p && n + 1 < TEXT_SIZE;) {
        size_t i = 0;
        while (i < sizeof latin / sizeof *latin && strncmp(p, latin[i].from, 2) != 0)
            i++;
        if (i < sizeof latin / sizeof *latin) {
            out[n++] = latin[i].to;
            p += 2;
            continue;
        }
        unsigned char c = (unsigned char)*p++;
        if (c >= 'A' && c <= 'Z')
            out[n++] = (char)(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            out[n++] = (char)c;
    }
    out[n] = '\0';
}

/* All spellings of a record: the three names and the aliases. */
static void add_spellings(struct entries *set, const struct layer *layer, int record,
                          const char *scope)
{
    static const char *const fields[] = {"name", "name_fa", "name_ps", "aliases"};
    char text[TEXT_SIZE], folded[TEXT_SIZE];
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        read_text(layer, record, fields[i], text);
        if (i < 3 && !*text)
            fail_msg("record %d has no %s", record + 1, fields[i]);
        for (char *rest = text, *end; *rest; rest = end) {
            size_t length = strcspn(rest, "|");
            end = rest + length + (rest[length] == '|');
            rest[length] = '\0';
            fold(rest, folded);
            assert_true(*folded);
            entries_add(set, scope, folded, record);
        }
    }
}

/* ---- tests -------------------------------------------------------------------------------------------- */

/* Even-odd over all rings. */
static bool shape_contains(const SHPObject *shape, double x, double y)
{
    bool odd = false;
    for (int part = 0; part < shape->nParts; part++)
        for (int i = shape->panPartStart[part] + 1; i < part_end(shape, part); i++) {
            double x0 = shape->padfX[i - 1], y0 = shape->padfY[i - 1];
            double x1 = shape->padfX[i], y1 = shape->padfY[i];
            if ((y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
                odd = !odd;
        }
    return odd;
}

static void test_codes_are_distinct(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces");
    struct entries codes = {0};
    char code[TEXT_SIZE];
    assert_int_equal(provinces.count, PROVINCES);
    for (int i = 0; i < provinces.count; i++) {
        read_text(&provinces, i, "code", code);
        assert_int_equal(strncmp(code, "AF-", 3), 0);
        assert_int_equal(strlen(code), 6);
        entries_add(&codes, "code", code, i);
    }
    assert_int_equal(count_clashes(&codes), 0);
    free(codes.v);
    layer_close(&provinces);
}

static void test_province_names_are_unambiguous(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces");
    struct entries names = {0};
    for (int i = 0; i < provinces.count; i++)
        add_spellings(&names, &provinces, i, "provinces");
    print_message("%zu spellings of %d provinces\n", names.count, provinces.count);
    assert_int_equal(count_clashes(&names), 0);
    free(names.v);
    layer_close(&provinces);
}

static void test_place_names_are_unambiguous_within_a_province(void **state)
{
    (void)state;
    struct layer places = layer_open("afghanistan/places");
    struct entries names = {0};
    char province[TEXT_SIZE];
    for (int i = 0; i < places.count; i++) {
        read_text(&places, i, "province", province);
        add_spellings(&names, &places, i, province);
    }
    print_message("%zu spellings of %d places\n", names.count, places.count);
    assert_int_equal(count_clashes(&names), 0);
    free(names.v);
    layer_close(&places);
}

static int find_code(const struct layer *provinces, const char *code)
{
    char text[TEXT_SIZE];
    for (int i = 0; i < provinces->count; i++) {
        read_text(provinces, i, "code", text);
        if (strcmp(text, code) == 0)
            return i;
    }
    fail_msg("no province has the code \"%s\"", code);
    return -1;
}

static void test_places_lie_in_their_provinces(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces"),
                 places = layer_open("afghanistan/places");
    char code[TEXT_SIZE], name[TEXT_SIZE];
    int outside = 0;
    for (int i = 0; i < places.count; i++) {
        read_text(&places, i, "province", code);
        read_text(&places, i, "name", name);
        SHPObject *point = read_shape(&places, i);
        SHPObject *province = read_shape(&provinces, find_code(&provinces, code));
        if (!shape_contains(province, point->padfX[0], point->padfY[0])) {
            print_error("%s does not lie in %s\n", name, code);
            outside++;
        }
        SHPDestroyObject(province);
        SHPDestroyObject(point);
    }
    assert_int_equal(outside, 0);
    layer_close(&places);
    layer_close(&provinces);
}

static void test_each_province_has_one_capital(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces"),
                 places = layer_open("afghanistan/places");
    int capitals[PROVINCES] = {0}, national = 0, towns = 0;
    char code[TEXT_SIZE];
    assert_int_equal(provinces.count, PROVINCES);
    for (int i = 0; i < places.count; i++) {
        int rank = read_number(&places, i, "rank");
        assert_in_range(rank, 1, 4);
        national += rank == 1;
        towns += rank > 2;
        read_text(&places, i, "province", code);
        if (rank <= 2)
            capitals[find_code(&provinces, code)]++;
    }
    for (int i = 0; i < PROVINCES; i++)
        assert_int_equal(capitals[i], 1);
    print_message("%d places, %d of them not capitals\n", places.count, towns);
    assert_int_equal(national, 1);
    assert_true(places.count >= MIN_PLACES);
    assert_true(towns >= MIN_OTHER_TOWNS);
    layer_close(&places);
    layer_close(&provinces);
}

static void test_places_say_where_they_come_from(void **state)
{
    (void)state;
    struct layer places = layer_open("afghanistan/places");
    int approximate = 0;
    char coord[TEXT_SIZE];
    for (int i = 0; i < places.count; i++) {
        read_text(&places, i, "coord", coord);
        bool approx = strcmp(coord, "approx") == 0;
        assert_true(approx || strcmp(coord, "geonames") == 0);
        if (read_number(&places, i, "rank") <= 2)
            assert_false(approx);
        approximate += approx;
    }
    print_message("%d of %d places are approximate\n", approximate, places.count);
    layer_close(&places);
}

/* Each segment occurs once in its direction; an inner border a second time in the other. */
static void test_borders_are_shared_vertex_by_vertex(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces"),
                 neighbours = layer_open("afghanistan/neighbours");
    struct segments inner = segments_read(&provinces), around = segments_read(&neighbours);
    size_t outer = 0, loose = 0, twice = 0;
    for (size_t i = 0; i < inner.count; i++) {
        if (i && by_value(&inner.v[i - 1], &inner.v[i]) == 0)
            twice++;
        if (has_segment(&inner, reversed(inner.v[i])))
            continue;
        outer++;
        if (!has_segment(&around, reversed(inner.v[i])))
            loose++;
    }
    print_message("%zu segments of provinces: %zu shared inside, %zu outer; %zu of these in no "
                  "neighbour\n",
                  inner.count, inner.count - outer, outer, loose);
    assert_true(outer > 0 && outer < inner.count);
    assert_int_equal(twice, 0);
    assert_int_equal(loose, 0);
    free(inner.v);
    free(around.v);
    layer_close(&neighbours);
    layer_close(&provinces);
}

/* The country's outline is closed: each vertex is left as often as it is reached. A gap between
 * two provinces, or one that laps over another, would break that or leave a second ring. */
static void test_the_outline_is_one_ring(void **state)
{
    (void)state;
    struct layer provinces = layer_open("afghanistan/provinces");
    struct segments all = segments_read(&provinces), outline = {0};
    outline.v = malloc(all.count * sizeof *outline.v);
    assert_non_null(outline.v);
    for (size_t i = 0; i < all.count; i++)
        if (!has_segment(&all, reversed(all.v[i])))
            outline.v[outline.count++] = all.v[i];
    struct segment at = outline.v[0];
    size_t steps = 0;
    do {
        size_t next = 0;
        while (next < outline.count && (outline.v[next].x0 != at.x1 || outline.v[next].y0 != at.y1))
            next++;
        assert_true(next < outline.count);
        at = outline.v[next];
        steps++;
    } while (by_value(&at, &outline.v[0]) != 0 && steps <= outline.count);
    assert_int_equal(steps, outline.count);
    free(outline.v);
    free(all.v);
    layer_close(&provinces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_distinct),
        cmocka_unit_test(test_province_names_are_unambiguous),
        cmocka_unit_test(test_place_names_are_unambiguous_within_a_province),
        cmocka_unit_test(test_places_lie_in_their_provinces),
        cmocka_unit_test(test_each_province_has_one_capital),
        cmocka_unit_test(test_places_say_where_they_come_from),
        cmocka_unit_test(test_borders_are_shared_vertex_by_vertex),
        cmocka_unit_test(test_the_outline_is_one_ring),
    };
    return cmocka_run_group_tests_name("shapes", tests, NULL, NULL);
}
