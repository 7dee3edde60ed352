/* Measures the proposals on spellings in use: tests/spellings/. */
#include "check.h"
#include "input_test.h"

#include "input/place_names.h"
#include "input/spelling.h"

/* ---- the tables --------------------------------------------------------------------- */

enum { COUNTRIES = 4, MOST_NAMES = 2048, MOST_ROWS = 1024 };

static const char *const country_codes[COUNTRIES] = {"AF", "UA", "SY", "MM"};

/* Provinces and what lies in them are two layers, as they are two files. */
struct haystack {
    struct pm_feature features[2][MOST_NAMES];
    struct pm_layer layers[2];
    struct pm_names names[2];
};

struct row {
    const char *country, *parent, *right, *used;
};

static char *read_table(struct box *box, const char *name)
{
    char *path = pm_sprintf(&box->arena, PM_TEST_DIR "/spellings/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    enum { MOST = 1 << 18 };
    char *text = pm_alloc(&box->arena, MOST, 1);
    size_t got = fread(text, 1, MOST - 1, file);
    assert_true(feof(file));
    fclose(file);
    text[got] = '\0';
    return text;
}

/* The next line that is no comment, cut off at *text; NULL at the end. */
static char *next_line(char **text)
{
    while (**text) {
        char *line = *text;
        *text += strcspn(line, "\n");
        if (**text)
            *(*text)++ = '\0';
        if (*line && *line != '#')
            return line;
    }
    return NULL;
}

static char *next_field(char **line, const char *divider)
{
    char *field = *line, *end = field ? strstr(field, divider) : NULL;
    *line = end ? end + strlen(divider) : NULL;
    if (end)
        *end = '\0';
    return field;
}

static size_t read_rows(struct box *box, const char *name, struct row *rows)
{
    size_t n = 0;
    char *text = read_table(box, name);
    for (char *line = next_line(&text); line; line = next_line(&text)) {
        assert_true(n < MOST_ROWS);
        const char *fields[4];
        for (int i = 0; i < 4; i++) {
            fields[i] = next_field(&line, "\t");
            assert_non_null(fields[i]);
        }
        rows[n++] = (struct row){fields[0], fields[1], fields[2], fields[3]};
    }
    return n;
}

static int country_of(const char *code)
{
    for (int i = 0; i < COUNTRIES; i++)
        if (strcmp(country_codes[i], code) == 0)
            return i;
    fail_msg("no country %s", code);
    return 0;
}

static int level_of(const char *parent)
{
    return strcmp(parent, "-") != 0;
}

static void shuffle(struct pm_layer *layer, uint32_t *seed)
{
    for (size_t i = layer->feature_count; i-- > 1;) {
        size_t k = check_random(seed) % (i + 1);
        struct pm_feature swapped = layer->features[i];
        layer->features[i] = layer->features[k];
        layer->features[k] = swapped;
    }
}

static struct haystack *read_haystacks(struct box *box, uint32_t seed)
{
    struct haystack *hay = PM_NEW_N(&box->arena, struct haystack, COUNTRIES);
    char *text = read_table(box, "names.tsv");
    for (char *line = next_line(&text); line; line = next_line(&text)) {
        struct haystack *h = &hay[country_of(next_field(&line, "\t"))];
        const char *parent = next_field(&line, "\t");
        int level = level_of(parent);
        while (line) {
            struct pm_feature *f = &h->features[level][h->layers[level].feature_count++];
            pm_text_add(&f->name, &box->arena, "", next_field(&line, ", "));
            f->parent = level ? parent : NULL;
        }
    }
    for (int i = 0; i < 2 * COUNTRIES; i++) {
        struct haystack *h = &hay[i / 2];
        h->layers[i % 2].features = h->features[i % 2];
        if (seed)
            shuffle(&h->layers[i % 2], &seed);
        pm_names_init(&h->names[i % 2], &h->layers[i % 2], NULL, &box->arena);
    }
    return hay;
}

static const char *name_of(const struct pm_names *names, size_t feature)
{
    return pm_text_get(&names->layer->features[feature].name, "", NULL);
}

/* ---- the score ---------------------------------------------------------------------- */

struct score {
    int all, found, first, three, none, wrong_joins;
};

static void print_miss(const struct pm_names *names, const struct row *row,
                       const struct pm_found *near)
{
    printf("  %s %s: \"%s\" for \"%s\" gives", row->country, row->parent, row->used, row->right);
    for (size_t i = 0; i < near->count && i < PM_FOUND_SHOWN; i++)
        printf(" \"%s\"", name_of(names, near->v[i]));
    printf(near->count ? "\n" : " nothing\n");
}

static void rate(const struct pm_names *names, const struct row *row, bool with_parent,
                 struct score *score)
{
    size_t parent =
        with_parent && level_of(row->parent) ? pm_names_parent(names, row->parent) : PM_NONE;
    struct pm_found found = pm_names_find(names, row->used, parent);
    score->all++;
    for (size_t i = 0; i < found.count && i < PM_FOUND_SHOWN; i++)
        if (strcmp(name_of(names, found.v[i]), row->right) != 0 &&
            (with_parent || strcmp(name_of(names, found.v[i]), row->used) != 0)) {
            printf("  wrong join: \"%s\" is taken for \"%s\"\n", row->used,
                   name_of(names, found.v[i]));
            score->wrong_joins++;
        }
    if (found.count) {
        score->found++;
        return;
    }
    struct pm_found near = pm_names_near(names, row->used, parent);
    size_t rank = 0;
    while (rank < near.count && rank < PM_FOUND_SHOWN &&
           strcmp(name_of(names, near.v[rank]), row->right) != 0)
        rank++;
    bool proposed = rank < near.count && rank < PM_FOUND_SHOWN;
    score->first += proposed && rank == 0;
    score->three += proposed && rank < 3;
    score->none += near.count == 0;
    if (rank != 0 || !proposed)
        print_miss(names, row, &near);
}

static double print_score(const char *what, const struct score *s)
{
    int asked = s->all - s->found;
    double share = 100.0 * s->first / asked;
    printf(
        "spellings %s: %d, of which folding finds %d; of the others %d of %d first (%.1f %%), %d "
        "in the first three, %d without a proposal; %d wrong joins\n",
        what, s->all, s->found, s->first, asked, share, s->three, s->none, s->wrong_joins);
    return share;
}

static double measured(struct box *box, bool with_parent, const char *what)
{
    struct haystack *hay = read_haystacks(box, 0);
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "pairs.tsv", rows);
    struct score score = {0};
    for (size_t i = 0; i < n; i++)
        rate(&hay[country_of(rows[i].country)].names[level_of(rows[i].parent)], &rows[i],
             with_parent, &score);
    assert_true(score.all - score.found >= 150);
    assert_int_equal(score.wrong_joins, 0);
    return print_score(what, &score);
}

static void right_name_is_first(void **state)
{
    assert_true(measured(*state, true, "in their province") >= 95);
}

static void right_name_is_mostly_first_anywhere(void **state)
{
    assert_true(measured(*state, false, "anywhere in the country") >= 90);
}

static void unrelated_names_get_no_proposal(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    char *text = read_table(box, "unrelated.tsv");
    char *line = next_line(&text);
    int asked = 0, proposed = 0;
    while (line) {
        const char *name = next_field(&line, ", ");
        for (int i = 0; i < 2 * COUNTRIES; i++) {
            const struct pm_names *names = &hay[i / 2].names[i % 2];
            assert_int_equal(pm_names_find(names, name, PM_NONE).count, 0);
            struct pm_found near = pm_names_near(names, name, PM_NONE);
            asked++;
            proposed += near.count > 0;
            if (near.count)
                printf("  \"%s\" gives \"%s\"\n", name, name_of(names, near.v[0]));
        }
    }
    printf("unrelated names: %d of %d get a proposal (%.1f %%)\n", proposed, asked,
           100.0 * proposed / asked);
    assert_true(asked >= 200 * 2 * COUNTRIES && proposed * 20 <= asked);
}

/* ---- never joined ------------------------------------------------------------------- */

static const struct pm_names *names_of(struct haystack *hay, const struct row *row)
{
    return &hay[country_of(row->country)].names[level_of(row->parent)];
}

static size_t parent_of(const struct pm_names *names, const struct row *row)
{
    return level_of(row->parent) ? pm_names_parent(names, row->parent) : PM_NONE;
}

static void other_names_are_not_joined(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "renames.tsv", rows);
    int proposed = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pm_names *names = names_of(hay, &rows[i]);
        if (pm_names_find(names, rows[i].used, PM_NONE).count)
            fail_msg("\"%s\" is joined", rows[i].used);
        proposed += pm_names_near(names, rows[i].used, parent_of(names, &rows[i])).count > 0;
    }
    printf("other names: %zu, none joined; %d get a proposal\n", n, proposed);
}

static void twins_find_themselves(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "twins.tsv", rows);
    for (size_t i = 0; i < n; i++) {
        const struct pm_names *names = names_of(hay, &rows[i]);
        const char *const pair[] = {rows[i].right, rows[i].used};
        for (int k = 0; k < 2; k++) {
            struct pm_found found = pm_names_find(names, pair[k], parent_of(names, &rows[i]));
            assert_int_equal(found.count, 1);
            assert_string_equal(name_of(names, found.v[0]), pair[k]);
        }
    }
}

/* Folding makes one of no two names under one parent: each finds only itself, and loudly too. */
static void folding_keeps_names_apart(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    for (int i = 0; i < 2 * COUNTRIES; i++) {
        const struct pm_names *names = &hay[i / 2].names[i % 2];
        for (size_t f = 0; f < names->layer->feature_count; f++) {
            struct pm_str loud = {0};
            pm_upper(name_of(names, f), &loud);
            struct pm_found found = pm_names_find(names, pm_str_get(&loud), names->parents[f]);
            if (found.count != 1 || found.v[0] != f)
                fail_msg("\"%s\" leads to %zu features", pm_str_get(&loud), found.count);
            pm_str_finish(&loud);
        }
    }
}

/* Words for the kind of an area are no part of its name, in any of the languages. */
static void generic_words_fold_away(void **state)
{
    struct box *box = *state;
    static const char *const pairs[][2] = {
        {"Autonomous Republic of Crimea", "Crimea"},
        {"Автономна Республіка Крим", "Крим"},
        {"Донецька область", "донецька"},
        {"Donets'ka Oblast'", "Donetska"},
        {"Бахмутський район", "Бахмутський"},
        {"Bakhmutskyi Raion", "Bakhmutskyi"},
        {"Avdiivka Hromada", "Avdiivka"},
        {"محافظة حلب", "حلب"},
        {"منطقة الباب", "الباب"},
        {"ناحية الراعي", "الراعي"},
        {"Muhafazat Halab", "Halab"},
        {"Aleppo Governorate", "Aleppo"},
        {"Shan State", "Shan"},
        {"Bago Region", "Bago"},
        {"Magway Division", "Magway"},
        {"Hpakant Township", "Hpakant"},
        {"ရှမ်း ပြည်နယ်", "ရှမ်း"},
        {"ဖားကန့် မြို့နယ်", "ဖားကန့်"},
        {"ရန်ကုန် တိုင်းဒေသကြီး", "ရန်ကုန်"},
        {"ပုသိမ် ခရိုင်", "ပုသိမ်"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(pm_name_folded(&box->arena, pairs[i][0]),
                            pm_name_folded(&box->arena, pairs[i][1]));
}

/* What is folded stays as it is: also when marks come together by what was dropped between them. */
static void folding_twice_is_folding_once(void **state)
{
    struct box *box = *state;
    static const char *const names[] = {
        "\u1019\u1039'\u1037",  "\u0915\u094D-\u093C",
        "Qal\u2018ah-ye Now",   "Sh\u012Bn\u1E0Fan\u1E0F",
        "District of",          "Ob Last",
        "\u0130\u011Fd\u0131r", "\u0627\u0644\u0652\u062D",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pm_str once = {0}, twice = {0};
        pm_fold(names[i], &once);
        pm_fold(pm_str_get(&once), &twice);
        assert_string_equal(pm_str_get(&once), pm_str_get(&twice));
        pm_str_finish(&once);
        pm_str_finish(&twice);
        const char *folded = pm_name_folded(&box->arena, names[i]);
        assert_string_equal(folded, pm_name_folded(&box->arena, folded));
    }
}

/* ---- properties of proposals -------------------------------------------------------- */

/* Everything under the parent that was meant, or nothing there; a path means the same. */
static void proposals_keep_to_the_parent(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "pairs.tsv", rows);
    for (size_t i = 0; i < n; i++) {
        const struct pm_names *names = names_of(hay, &rows[i]);
        size_t parent = parent_of(names, &rows[i]), inside = 0;
        if (parent == PM_NONE)
            continue;
        struct pm_found near = pm_names_near(names, rows[i].used, parent);
        const char *path = pm_sprintf(&box->arena, "%s/%s", rows[i].parent, rows[i].used);
        struct pm_found by_path = pm_names_near(names, path, PM_NONE);
        assert_int_equal(near.count, by_path.count);
        for (size_t k = 0; k < near.count && k < PM_FOUND_SHOWN; k++) {
            inside += names->parents[near.v[k]] == parent;
            assert_int_equal(near.v[k], by_path.v[k]);
        }
        assert_true(inside == 0 || inside == near.count);
    }
}

static void order_of_the_layer_does_not_matter(void **state)
{
    struct box *box = *state;
    struct haystack *hay = read_haystacks(box, 0);
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "pairs.tsv", rows);
    for (uint32_t seed = 1; seed <= 3; seed++) {
        struct haystack *other = read_haystacks(box, seed);
        for (size_t i = 0; i < n; i++) {
            const struct pm_names *a = names_of(hay, &rows[i]), *b = names_of(other, &rows[i]);
            struct pm_found x = pm_names_near(a, rows[i].used, PM_NONE),
                            y = pm_names_near(b, rows[i].used, PM_NONE);
            assert_int_equal(x.count, y.count);
            for (size_t k = 0; k < x.count && k < PM_FOUND_SHOWN; k++) {
                const struct pm_feature *f = &a->layer->features[x.v[k]],
                                        *g = &b->layer->features[y.v[k]];
                assert_string_equal(f->name.v[0].s, g->name.v[0].s);
                assert_string_equal(f->parent ? f->parent : "", g->parent ? g->parent : "");
            }
        }
    }
}

/* ---- sounds ------------------------------------------------------------------------- */

static struct pm_spelling spelled(struct box *box, const char *words)
{
    struct pm_sound_table table;
    struct pm_spelling spelling;
    pm_sound_table_init(&table);
    pm_spelling_init(&spelling, &table, &box->arena, words);
    return spelling;
}

static int distance(struct box *box, const char *a, const char *b)
{
    struct pm_spelling x = spelled(box, a), y = spelled(box, b);
    int there = pm_spelling_distance(&x, &y, 999), back = pm_spelling_distance(&y, &x, 999);
    assert_int_equal(there, back);
    return there;
}

static void sounds_are_the_same(void **state)
{
    struct box *box = *state;
    static const char *const pairs[][2] = {
        {"qunduz", "kunduz"},
        {"sarraj", "saraj"},
        {"nad e ali", "nad ali"},
        {"lashkar gah", "lashkargah"},
        {"deir ez zor", "deir al zor"},
        {"pashtoon", "pashtun"},
        {"харкив", "kharkiv"},
        {"донецк", "donetsk"},
        {"الباب", "al bab"},
        {"yalta", "ialta"},
        {"dzhankoi", "jankoy"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (distance(box, pairs[i][0], pairs[i][1]) != 0)
            fail_msg("\"%s\" and \"%s\" sound different", pairs[i][0], pairs[i][1]);
}

static void sounds_differ(void **state)
{
    struct box *box = *state;
    static const char *const pairs[][2] = {
        {"kunar", "kunduz"}, {"paktya", "paktika"}, {"kabul", "zabul"}, {"hama", "homs"},
        {"a", ""},           {"ab cd", "cd ab"},    {"ရန်ကုန်", "မန္တလေး"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(distance(box, pairs[i][0], pairs[i][1]) > 0);
    assert_int_equal(distance(box, "kabul", ""), PM_SPELLING_FAR);
    assert_true(distance(box, "kunar", "konar") < distance(box, "kunar", "kunduz"));
    assert_true(distance(box, "maidan wardak", "wardak") < distance(box, "wardak", "wardz"));
}

/* What is longer or of more words than is compared does no harm. */
static void limits_of_length(void **state)
{
    struct box *box = *state;
    char words[400], run[400];
    for (size_t i = 0; i < sizeof words - 1; i++) {
        words[i] = i % 2 ? ' ' : (char)('b' + i / 2 % 20);
        run[i] = (char)('b' + i % 20);
    }
    words[sizeof words - 1] = run[sizeof run - 1] = '\0';
    struct pm_spelling a = spelled(box, words), b = spelled(box, run);
    assert_int_equal(a.word_count, PM_SPELLING_WORDS);
    assert_int_equal(a.ends[PM_SPELLING_WORDS - 1], PM_SPELLING_SOUNDS);
    assert_int_equal(b.length, PM_SPELLING_SOUNDS);
    assert_int_equal(distance(box, words, words), 0);
    assert_true(distance(box, words, run) <= PM_SPELLING_FAR);
}

/* A limit only cuts off: below it nothing changes. */
static void limits_of_distance(void **state)
{
    struct box *box = *state;
    struct row *rows = PM_NEW_N(&box->arena, struct row, MOST_ROWS);
    size_t n = read_rows(box, "twins.tsv", rows);
    for (size_t i = 0; i < n; i++) {
        struct pm_spelling a = spelled(box, rows[i].right), b = spelled(box, rows[i].used);
        int full = pm_spelling_distance(&a, &b, 999);
        for (int limit = 0; limit < 999; limit += 37) {
            int got = pm_spelling_distance(&a, &b, limit);
            assert_true(got == full || (got == PM_SPELLING_FAR && full >= limit));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(right_name_is_first),
        boxed(right_name_is_mostly_first_anywhere),
        boxed(unrelated_names_get_no_proposal),
        boxed(other_names_are_not_joined),
        boxed(twins_find_themselves),
        boxed(folding_keeps_names_apart),
        boxed(generic_words_fold_away),
        boxed(folding_twice_is_folding_once),
        boxed(proposals_keep_to_the_parent),
        boxed(order_of_the_layer_does_not_matter),
        boxed(sounds_are_the_same),
        boxed(sounds_differ),
        boxed(limits_of_length),
        boxed(limits_of_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
