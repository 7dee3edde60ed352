#include "check.h"
#include "input_test.h"

#include "base/limits.h"
#include "input/join.h"
#include "input/similar.h"
#include "provmap.h"

/* ---- an atlas in memory ------------------------------------------------------------- */

#define NAMED(s)                                                                                   \
    {                                                                                              \
        .v = (struct pm_text_entry[]){{"", (s)}}, .n = 1                                           \
    }
#define NAMED2(s, lang, t)                                                                         \
    {                                                                                              \
        .v = (struct pm_text_entry[]){{"", (s)}, {(lang), (t)}}, .n = 2                            \
    }
#define ALIASES(...)                                                                               \
    .aliases = (const char *[]){__VA_ARGS__},                                                      \
    .alias_count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *)

static struct pm_feature provinces[] = {
    {.key = "AF-HEL", .name = NAMED2("Helmand", "fa", "هلمند"), ALIASES("Hilmand")},
    {.key = "AF-PIA", .name = NAMED("Paktya"), ALIASES("Paktiya")},
    {.key = "AF-PKA", .name = NAMED("Paktika")},
    {.key = "AF-SAR", .name = NAMED("Sar-e Pol"), ALIASES("Sari Pul")},
    {.key = "AF-KAB", .name = NAMED("Kabul")},
};

static struct pm_feature districts[] = {
    {.key = "1", .name = NAMED("Kohistan"), .parent = "Faryab"},
    {.key = "2", .name = NAMED("Kohistan"), .parent = "Kapisa"},
    {.key = "3", .name = NAMED("Maymana"), .parent = "Faryab"},
    {.key = "4", .name = NAMED("Nijrab"), .parent = "Kapisa"},
};

static struct pm_grid town_points[] = {
    {643690000, 315830000}, {691720000, 345330000}, {650000000, 320000000}, {640000000, 310000000}};
static struct pm_range town_parts[] = {{0, 1}, {1, 1}, {2, 1}, {3, 1}};
static struct pm_feature towns[] = {
    {.name = NAMED("Lashkar Gah"), .parent = "AF-HEL", .parts = {0, 1}, ALIASES("Bost")},
    {.name = NAMED("Kabul"), .parent = "AF-KAB", .parts = {1, 1}},
    {.name = NAMED("Sangin"), .parent = "AF-HEL", .parts = {2, 1}},
    {.name = NAMED("Sangin"), .parent = "AF-KAB", .parts = {3, 1}},
};

#define LAYER(array)                                                                               \
    {                                                                                              \
        .features = (array), .feature_count = sizeof(array) / sizeof *(array)                      \
    }

static const struct pm_atlas atlas = {.layers = {[PM_LAYER_AREAS] = LAYER(provinces),
                                                 [PM_LAYER_PLACES] = {.features = towns,
                                                                      .feature_count = 4,
                                                                      .parts = town_parts,
                                                                      .part_count = 4,
                                                                      .points = town_points,
                                                                      .point_count = 4}}};
static const struct pm_atlas two_levels = {.layers = {[PM_LAYER_AREAS] = LAYER(districts)}};

/* As of an atlas that was read, which has a cache. */
static bool join_on(struct box *box, const struct pm_atlas *shapes, const struct pm_status *status,
                    const struct pm_join_options *options, struct pm_join *join)
{
    struct pm_atlas atlas_read = *shapes;
    atlas_read.cache = pm_cache_new(PM_MOST_CACHE_BYTES);
    bool ok = pm_join(&atlas_read, status, options, &box->arena, join, box->diags);
    pm_cache_free(atlas_read.cache);
    return ok;
}

static struct pm_join joined(struct box *box, const struct pm_atlas *shapes, const char *members)
{
    char *text = pm_sprintf(
        &box->arena, "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n%s}", members);
    struct pm_join join = {0};
    struct pm_status *status = pm_status_parse(text, strlen(text), "t.json", box->diags);
    if (!status)
        fail_msg("the test's status does not parse: %s", box_said(box));
    bool ok = join_on(box, shapes, status, NULL, &join);
    assert_int_equal(ok, pm_diags_errors(box->diags) == 0);
    pm_status_free(status);
    return join;
}

/* What --focus finds. */
static size_t focused(struct box *box, const struct pm_atlas *shapes, const char *key)
{
    const char *text = "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\"}";
    struct pm_join join = {0};
    struct pm_status *status = pm_status_parse(text, strlen(text), "t.json", box->diags);
    const struct pm_join_options options = {.focus = &key, .focus_count = 1};
    join_on(box, shapes, status, &options, &join);
    pm_status_free(status);
    return join.focus_count == 1 ? join.focus[0] : PM_NONE;
}

/* ---- names -------------------------------------------------------------------------- */

static void assert_area(struct box *box, const struct pm_atlas *shapes, const char *key,
                        size_t wanted)
{
    size_t found = focused(box, shapes, key);
    if (found != wanted)
        fail_msg("\"%s\" led to %zd, not to %zu: %s", key, (ssize_t)found, wanted, box_said(box));
}

static void each_step_finds(void **state)
{
    struct box *box = *state;
    assert_area(box, &atlas, "AF-HEL", 0);
    assert_area(box, &atlas, "af-hel", 0);
    assert_area(box, &atlas, "Helmand", 0);
    assert_area(box, &atlas, "هلمند", 0);
    assert_area(box, &atlas, "HELMAND", 0);
    assert_area(box, &atlas, "Hilmand", 0);
    assert_area(box, &atlas, "sar e pol", 3);
    assert_area(box, &atlas, "Sari-Pul", 3);
    assert_said(box, "");
}

/* "1-11" and "11-1" are two codes. */
static void signs_in_codes_count(void **state)
{
    assert_true(focused(*state, &atlas, "AFH-EL") == PM_NONE);
    assert_true(focused(*state, &atlas, "AFHEL") == PM_NONE);
}

static void generic_words_do_not_count(void **state)
{
    struct box *box = *state;
    assert_area(box, &atlas, "Helmand Province", 0);
    assert_area(box, &atlas, "Province of Helmand", 0);
    assert_area(box, &atlas, "Wilayat-e Helmand", 0);
    assert_area(box, &atlas, "ولایت هلمند", 0);
    assert_area(box, &atlas, "ولايت هلمند", 0); /* Arabic yeh */
    assert_area(box, &two_levels, "Maymana District", 2);
    assert_area(box, &two_levels, "Provincia de Maymana", 2);
    assert_said(box, "");
}

static void folding(void **state)
{
    struct box *box = *state;
    static const char *const pairs[][2] = {
        {"Nad-e 'Ali", "nad e ali"}, {"Lashkar Gāh", "Lashkargah"}, {"Qal‘ah-ye Now", "qalahyenow"},
        {"District", "district"},    {"Province", "PROVINCE"},      {"Isle of Man", "isle of man"},
        {"Of County", "of"},         {"  Kabul  ", "kabul"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(pm_name_folded(&box->arena, pairs[i][0]),
                            pm_name_folded(&box->arena, pairs[i][1]));
    assert_string_equal(pm_name_folded(&box->arena, "District"), "district");
    assert_string_equal(pm_name_folded(&box->arena, "Isle of Man"), "isleofman");
    assert_string_equal(pm_name_folded(&box->arena, "---"), "");
}

/* The short way for ASCII folds as pm_fold does. */
static void ascii_is_folded_alike(void **state)
{
    struct box *box = *state;
    for (char c = 1; c < 127; c++) {
        const char text[] = {'x', c, 'y', '\0'};
        struct pm_str wanted = {0};
        pm_fold(text, &wanted);
        assert_string_equal(pm_name_folded(&box->arena, text), pm_str_get(&wanted));
        pm_str_finish(&wanted);
    }
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(pm_edit_distance("", ""), 0);
    assert_int_equal(pm_edit_distance("", "abc"), 3);
    assert_int_equal(pm_edit_distance("abc", "abc"), 0);
    assert_int_equal(pm_edit_distance("helmend", "helmand"), 1);
    assert_int_equal(pm_edit_distance("hlemand", "helmand"), 1); /* swapped neighbours */
    assert_int_equal(pm_edit_distance("kitten", "sitting"), 3);
    assert_int_equal(pm_edit_distance("هلمند", "هلمد"), 1);
}

/* The order of the layer decides nothing. */
static void order_does_not_matter(void **state)
{
    struct box *box = *state;
    static const char *const keys[] = {"Helmand", "HILMAND",   "Paktya Province", "paktiya",
                                       "AF-PKA",  "sar e pol", "Sari-Pul",        "هلمند"};
    static const char *const wanted[] = {"AF-HEL", "AF-HEL", "AF-PIA", "AF-PIA",
                                         "AF-PKA", "AF-SAR", "AF-SAR", "AF-HEL"};
    enum { COUNT = sizeof provinces / sizeof *provinces };
    uint32_t seed = 7;
    for (int round = 0; round < 100; round++) {
        struct pm_feature shuffled[COUNT];
        memcpy(shuffled, provinces, sizeof shuffled);
        for (size_t i = COUNT - 1; i > 0; i--) {
            size_t k = check_random(&seed) % (i + 1);
            struct pm_feature swapped = shuffled[i];
            shuffled[i] = shuffled[k];
            shuffled[k] = swapped;
        }
        const struct pm_atlas shapes = {.layers = {[PM_LAYER_AREAS] = LAYER(shuffled)}};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            size_t area = focused(box, &shapes, keys[i]);
            assert_true(area < COUNT);
            assert_string_equal(shuffled[area].key, wanted[i]);
        }
    }
}

/* ---- errors ------------------------------------------------------------------------- */

static void unknown_areas_are_proposed_never_taken(void **state)
{
    struct box *box = *state;
    struct pm_join join = joined(box, &atlas,
                                 "\"areas\": {\"Helmend\": \"contested\",\n"
                                 "\"Paktia\": \"other\",\n\"Timbuktu\": \"other\",\n"
                                 "\"qwerty\": \"other\", \"Lashkar Gah\": \"other\"}");
    assert_said(box, "2:11 unknown-area: no area is called \"Helmend\" "
                     "(did you mean \"Helmand\" (AF-HEL)?)\n"
                     "3:1 unknown-area: no area is called \"Paktia\" "
                     /* near twins: one letter from both */
                     "(did you mean \"Paktya\" (AF-PIA) or \"Paktika\" (AF-PKA)?)\n"
                     "4:1 unknown-area: no area is called \"Timbuktu\" "
                     "(use a name or code of the shapes; \"aliases\" may add names)\n"
                     "5:1 unknown-area: no area is called \"qwerty\" "
                     "(use a name or code of the shapes; \"aliases\" may add names)\n"
                     "5:20 unknown-area: no area is called \"Lashkar Gah\" "
                     "(\"Lashkar Gah\" is a place; places stand under \"places\")\n");
    for (size_t i = 0; i < 5; i++)
        assert_true(join.area_match[i].feature == PM_NONE);
}

static void one_area_given_twice(void **state)
{
    struct box *box = *state;
    struct pm_join join = joined(box, &atlas,
                                 "\"areas\": {\"AF-HEL\": \"contested\",\n"
                                 "\"Hilmand\": \"other\"}");
    assert_said(
        box, "3:1 duplicate-area: \"Hilmand\" is the same area as \"AF-HEL\" in line 2 (both "
             "are \"Helmand\" (AF-HEL); keep one, with a list of dated entries for a history)\n");
    assert_int_equal(join.area_subject[0], 0);
}

static void ambiguous_names_need_a_path(void **state)
{
    struct box *box = *state;
    joined(box, &two_levels, "\"areas\": {\"Kohistan\": \"other\"}");
    assert_said(box,
                "2:11 ambiguous-area: 2 areas are called \"Kohistan\" (write which one, like "
                "\"Faryab/Kohistan\": \"Kohistan\" (1) in Faryab, \"Kohistan\" (2) in Kapisa)\n");
    struct pm_join join = joined(box, &two_levels,
                                 "\"areas\": {\"Faryab/Kohistan\": \"other\", "
                                 "\"KAPISA Province/kohistan\": \"other\"}");
    assert_said(box, "");
    assert_int_equal(join.area_match[0].feature, 0);
    assert_int_equal(join.area_match[1].feature, 1);
}

/* A path that is not enough is not proposed again. */
static void namesakes_under_one_parent(void **state)
{
    struct box *box = *state;
    struct pm_feature twins[] = {{.key = "1", .name = NAMED("Kohistan"), .parent = "Faryab"},
                                 {.key = "2", .name = NAMED("Kohistan"), .parent = "Faryab"}};
    const struct pm_atlas shapes = {.layers = {[PM_LAYER_AREAS] = LAYER(twins)}};
    joined(box, &shapes, "\"areas\": {\"Faryab/Kohistan\": \"other\"}");
    assert_said(box, "2:11 ambiguous-area: 2 areas are called \"Faryab/Kohistan\" (write its code: "
                     "\"Kohistan\" (1) in Faryab, \"Kohistan\" (2) in Faryab)\n");
    const struct pm_atlas towns_too = {.layers = {[PM_LAYER_PLACES] = LAYER(twins)}};
    twins[0].key = twins[1].key = NULL;
    joined(box, &towns_too, "\"places\": {\"Kohistan\": \"other\"}");
    assert_contains(box_said(box), "2 places are called \"Kohistan\" (write which one, like ");
}

static void proposals_look_under_the_parent_first(void **state)
{
    struct box *box = *state;
    joined(box, &two_levels,
           "\"areas\": {\"Kapisa/Kohestan\": \"other\", \"Kapisa/Maymana\": \"other\"}");
    assert_said(box, "2:11 unknown-area: no area is called \"Kapisa/Kohestan\" "
                     "(did you mean \"Kohistan\" (2) in Kapisa?)\n"
                     "2:39 unknown-area: no area is called \"Kapisa/Maymana\" "
                     "(did you mean \"Maymana\" (3) in Faryab?)\n");
}

static void many_namesakes_are_counted(void **state)
{
    struct box *box = *state;
    enum { COUNT = 31 };
    struct pm_feature *counties = PM_NEW_N(&box->arena, struct pm_feature, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        counties[i].key = pm_sprintf(&box->arena, "%zu", i);
        counties[i].parent = pm_sprintf(&box->arena, "S%zu", i);
        pm_text_add(&counties[i].name, &box->arena, "", "Washington");
    }
    const struct pm_atlas shapes = {
        .layers = {[PM_LAYER_AREAS] = {.features = counties, .feature_count = COUNT}}};
    joined(box, &shapes,
           "\"areas\": {\"Washington County\": \"other\", \"S7/Washington\": \"other\"}");
    const char *said = box_said(box);
    assert_contains(said, "31 areas are called \"Washington County\"");
    assert_contains(said, "\"Washington\" (0) in S0, \"Washington\" (1) in S1");
    assert_contains(said, "and 25 more)");
    assert_null(strstr(said, "S7/"));
}

/* ---- aliases of the status file ----------------------------------------------------- */

static void own_aliases_are_names(void **state)
{
    struct box *box = *state;
    struct pm_join join = joined(box, &atlas,
                                 "\"aliases\": {\"Green Valley\": \"Helmand\"},\n"
                                 "\"areas\": {\"green-valley\": \"other\", \"Kabul\": \"other\"}");
    assert_said(box, "");
    assert_int_equal(join.area_match[0].feature, 0);
    assert_int_equal(join.area_match[1].feature, 4);
}

/* It would never be used, as names go before aliases; the same name twice does no harm. */
static void alias_may_not_be_another_name(void **state)
{
    struct box *box = *state;
    joined(box, &atlas, "\"aliases\": {\"Kabul\": \"Paktya\", \"Hilmand\": \"Helmand\"}");
    assert_said(box, "2:13 alias-is-a-name: \"Kabul\" is the name of something else already "
                     "(names go before aliases: write \"Paktya\" where it is meant)\n");
}

static void aliases_must_lead_somewhere(void **state)
{
    struct box *box = *state;
    joined(box, &atlas,
           "\"aliases\": {\"A b\": \"Helmnad\",\n \"B\": \"Kabul\", \"b\": \"Helmand\"}");
    assert_said(box, "2:20 unknown-alias: no area or place is called \"Helmnad\" "
                     "(did you mean \"Helmand\" (AF-HEL)?)\n"
                     "3:16 ambiguous-alias: \"B\" and \"b\" are one alias for two names "
                     "(case, accents, hyphens and spaces do not tell aliases apart)\n");
}

/* ---- places ------------------------------------------------------------------------- */

static void places_are_found_in_their_area(void **state)
{
    struct box *box = *state;
    struct pm_join join =
        joined(box, &atlas,
               "\"places\": {\"Lashkargah\": \"other\", \"Sangin\": {\"status\": \"other\", "
               "\"in\": \"Kabul\"}, \"Helmand/Sangin\": \"other\"}");
    assert_said(box, "");
    assert_int_equal(join.place_match[0].feature, 0);
    assert_int_equal(join.place_match[1].feature, 3);
    assert_int_equal(join.place_match[2].feature, 2);
    assert_int_equal(join.place_subject[3], 1);
    assert_true(join.place_subject[1] == PM_NONE);
}

static void place_errors(void **state)
{
    struct box *box = *state;
    joined(box, &atlas,
           "\"places\": {\"Sangin\": \"other\",\n"
           "\"Bost\": {\"in\": \"Paktya\", \"status\": \"other\"},\n"
           "\"Kabul\": {\"in\": \"Kabool\", \"status\": \"other\"},\n"
           "\"Paktika\": \"other\",\n"
           "\"Nowhere\": \"other\"}");
    assert_said(box, "2:12 ambiguous-place: 2 places are called \"Sangin\" (write which one, like "
                     "\"Helmand/Sangin\": \"Sangin\" in Helmand, \"Sangin\" in Kabul)\n"
                     "3:1 unknown-place: no place in \"Paktya\" is called \"Bost\" "
                     "(did you mean \"Lashkar Gah\" in Helmand?)\n"
                     "4:17 unknown-area: no area is called \"Kabool\" "
                     "(did you mean \"Kabul\" (AF-KAB)?)\n"
                     "5:1 unknown-place: no place is called \"Paktika\" "
                     "(\"Paktika\" is an area; areas stand under \"areas\")\n"
                     "6:1 unknown-place: no place is called \"Nowhere\" "
                     "(give it \"lon\" and \"lat\", or use a name of the shapes)\n");
}

static void places_with_positions(void **state)
{
    struct box *box = *state;
    struct pm_join join = joined(
        box, &atlas,
        "\"places\": {\n\"Lashkar Gah\": {\"status\": \"other\", \"lon\": 64.37, \"lat\": 31.58},\n"
        "\"Camp\": {\"status\": \"other\", \"lon\": 64.2, \"lat\": 31.8},\n"
        "\"Kabul\": {\"status\": \"other\", \"lon\": 69.5, \"lat\": 34.5},\n"
        "\"Sangin\": {\"status\": \"other\", \"lon\": 10, \"lat\": 10}}");
    assert_said(
        box, "5:1 two-positions: \"Kabul\" lies 30 km from the place of that name in the shapes; "
             "took it for another (if they are one, leave out \"lon\" and \"lat\")\n"
             "6:1 two-positions: \"Sangin\" lies 6022 km from the place of that name in the "
             "shapes; took it for another (if they are one, leave out \"lon\" and \"lat\")\n");
    assert_int_equal(join.place_match[0].feature, 0);
    for (size_t i = 1; i < 4; i++)
        assert_true(join.place_match[i].feature == PM_NONE);
}

static void events_are_joined(void **state)
{
    struct box *box = *state;
    struct pm_join join =
        joined(box, &atlas,
               "\"events\": [{\"area\": \"Helmand\", \"place\": \"Sangin\", \"text\": \"x\"},\n"
               "{\"place\": \"Kabul\", \"text\": \"x\"},\n"
               "{\"area\": \"Helmund\", \"text\": \"x\"},\n"
               "{\"place\": \"Camp\", \"lon\": 64, \"lat\": 31, \"text\": \"x\"},\n"
               "{\"place\": \"Sangen\", \"area\": \"Helmand\", \"text\": \"x\"}]");
    assert_said(box, "4:10 unknown-area: no area is called \"Helmund\" "
                     "(did you mean \"Helmand\" (AF-HEL)?)\n"
                     "6:11 unknown-place: no place in \"Helmand\" is called \"Sangen\" "
                     "(did you mean \"Sangin\" in Helmand?)\n");
    assert_int_equal(join.event_area[0], 0);
    assert_int_equal(join.event_place[0], 2);
    assert_true(join.event_area[1] == PM_NONE);
    assert_int_equal(join.event_place[1], 1);
    assert_true(join.event_place[3] == PM_NONE);
}

static void focus_errors_are_wrong_usage(void **state)
{
    struct box *box = *state;
    assert_true(focused(box, &atlas, "Helmend") == PM_NONE);
    assert_int_equal(pm_diags_fault(box->diags), PM_FAULT_USAGE);
    assert_said(box, "unknown-area: --focus: no area is called \"Helmend\" "
                     "(did you mean \"Helmand\" (AF-HEL)?)\n");
}

/* ---- the shipped shapes ------------------------------------------------------------- */

static struct pm_atlas *shipped(struct box *box)
{
    struct pm_atlas *shapes = pm_atlas_load(PM_TEST_DIR "/../shapes/afghanistan", NULL, box->diags);
    if (!shapes)
        fail_msg("%s", box_said(box));
    assert_said(box, "");
    return shapes;
}

/* Spellings that reports, boundary files and people use for one province. */
static void spellings_of_provinces(void **state)
{
    struct box *box = *state;
    static const struct {
        const char *code, *spellings[4];
    } cases[] = {
        {"AF-HEL", {"Helmand", "Hilmand"}},
        {"AF-HER", {"Herat", "Hirat"}},
        {"AF-NIM", {"Nimruz", "Nimroz"}},
        {"AF-JOW", {"Jowzjan", "Jawzjan"}},
        {"AF-SAR", {"Sar-e Pol", "Sar-e-Pul", "Sari Pul"}},
        {"AF-DAY", {"Daykondi", "Daykundi"}},
        {"AF-BAM", {"Bamiyan", "Bamyan"}},
        {"AF-PAN", {"Panjshir", "Panjsher"}},
        {"AF-WAR", {"Wardak", "Maidan Wardak"}},
        {"AF-PIA", {"Paktya", "Paktia"}},
        {"AF-GHO", {"Ghowr", "Ghor"}},
        {"AF-URU", {"Orūzgān", "Uruzgan"}},
        {"AF-KNR", {"Kunar", "Konar"}},
    };
    struct pm_atlas *shapes = shipped(box);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t area = focused(box, shapes, cases[i].code);
        assert_true(area != PM_NONE);
        for (size_t k = 0; k < 4 && cases[i].spellings[k]; k++) {
            assert_area(box, shapes, cases[i].spellings[k], area);
            assert_area(box, shapes, pm_sprintf(&box->arena, "%s Province", cases[i].spellings[k]),
                        area);
        }
    }
    pm_atlas_free(shapes);
}

/* The same for towns, with their province; renames that no similarity finds among them. */
static void spellings_of_towns(void **state)
{
    struct box *box = *state;
    static const char *const groups[][4] = {
        {"Lashkar Gah", "Lashkargah", "Lashkar Gāh", "لشکرگاه"},
        {"Nad Ali", "Nad 'Ali", "Nad-e Ali", "Nad-i-Ali"},
        {"Garmser", "Garm Ser", "garmsér", "Garmsir"},
        {"Musa Qala", "Musa Qal'ah", "Musa Qala District", "MUSA-QALA"},
        {"Nawzad", "Now Zad", "Naw Zad", "NAWZAD"},
        {"Firoz Koh", "Chaghcharan", "Feroz Koh", "Firozkoh"},
        {"Khost", "Matun", "KHOST", "خوست"},
    };
    struct pm_atlas *shapes = shipped(box);
    struct pm_names areas, places;
    pm_names_init(&areas, &shapes->layers[PM_LAYER_AREAS], NULL, &box->arena);
    pm_names_init(&places, &shapes->layers[PM_LAYER_PLACES], &areas, &box->arena);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        for (size_t k = 0; k < 4; k++) {
            struct pm_found first = pm_names_find(&places, groups[i][0], PM_NONE),
                            found = pm_names_find(&places, groups[i][k], PM_NONE);
            if (first.count != 1 || found.count != 1 || first.v[0] != found.v[0])
                fail_msg("\"%s\" is not \"%s\"", groups[i][k], groups[i][0]);
        }
    pm_atlas_free(shapes);
}

/* Every name and code of every province and place leads back to it, whatever the spelling of case
 * and blanks; places where necessary with their province. */
static void all_names_lead_home(void **state)
{
    struct box *box = *state;
    struct pm_atlas *shapes = shipped(box);
    struct pm_names areas, places;
    const struct pm_layer *towns_layer = &shapes->layers[PM_LAYER_PLACES];
    pm_names_init(&areas, &shapes->layers[PM_LAYER_AREAS], NULL, &box->arena);
    pm_names_init(&places, towns_layer, &areas, &box->arena);
    for (size_t f = 0; f < areas.layer->feature_count; f++)
        for (size_t i = 0; i < areas.layer->features[f].name.n; i++) {
            struct pm_str loud = {0};
            pm_upper(areas.layer->features[f].name.v[i].s, &loud);
            struct pm_found found = pm_names_find(&areas, pm_str_get(&loud), PM_NONE);
            assert_true(found.count == 1 && found.v[0] == f);
            pm_str_finish(&loud);
        }
    for (size_t f = 0; f < towns_layer->feature_count; f++) {
        assert_true(places.parents[f] != PM_NONE); /* each lies in a province that exists */
        const char *name = pm_text_get(&towns_layer->features[f].name, "", NULL);
        struct pm_found found = pm_names_find(&places, name, places.parents[f]);
        assert_true(found.count == 1 && found.v[0] == f);
    }
    pm_atlas_free(shapes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(each_step_finds),
        boxed(signs_in_codes_count),
        boxed(generic_words_do_not_count),
        boxed(folding),
        boxed(ascii_is_folded_alike),
        boxed(distances),
        boxed(order_does_not_matter),
        boxed(unknown_areas_are_proposed_never_taken),
        boxed(one_area_given_twice),
        boxed(ambiguous_names_need_a_path),
        boxed(namesakes_under_one_parent),
        boxed(proposals_look_under_the_parent_first),
        boxed(many_namesakes_are_counted),
        boxed(own_aliases_are_names),
        boxed(alias_may_not_be_another_name),
        boxed(aliases_must_lead_somewhere),
        boxed(places_are_found_in_their_area),
        boxed(place_errors),
        boxed(places_with_positions),
        boxed(events_are_joined),
        boxed(focus_errors_are_wrong_usage),
        boxed(spellings_of_provinces),
        boxed(spellings_of_towns),
        boxed(all_names_lead_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
