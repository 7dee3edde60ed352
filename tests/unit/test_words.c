/* The languages: every slot filled, with its slots, in its own letters; numbers and dates. */
#include "check.h"

#include <string.h>

#include "model/style.h"
#include "model/words.h"
#include "text/text.h"

static struct pm_arena arena;
static struct pm_text *words;

static struct pm_wording in(const char *lang)
{
    return (struct pm_wording){words, lang, &arena};
}

static int set_up(void **state)
{
    (void)state;
    words = pm_words_new(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_arena_finish(&arena);
    return 0;
}

/* ---- the tables -------------------------------------------------------------------------------- */

static void every_language_has_every_word(void **state)
{
    (void)state;
    for (size_t i = 0; pm_languages[i]; i++) {
        const struct pm_language *language = pm_languages[i];
        for (int word = 0; word < PM_WORDS; word++)
            if (!language->words[word] || !*language->words[word])
                fail_msg("%s has no \"%s\"", language->code, pm_word_name((enum pm_word)word));
        for (int status = 0; status < PM_STATUS_WORDS; status++) {
            assert_non_null(language->statuses[status].area);
            assert_non_null(language->statuses[status].place);
        }
    }
    assert_string_equal(pm_language_codes(&arena), "en, fa, ps, ar, uk, ru, fr, de, es, my");
}

static void every_word_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i < PM_WORDS; i++) {
        enum pm_word word = PM_WORDS;
        assert_non_null(pm_word_name((enum pm_word)i));
        assert_true(pm_word_parse(pm_word_name((enum pm_word)i), &word));
        assert_int_equal(word, i);
    }
}

/* The slots that the program fills in, by word. A language may leave out what its grammar can't use. */
static const struct {
    enum pm_word word;
    const char *must, *may;
} slots_of[] = {
    {PM_WORD_TITLE, "{name}", ""},
    {PM_WORD_AS_OF, "{date}", ""},
    {PM_WORD_ASSESSED, "{n}{m}", "{unit}{units}"},
    {PM_WORD_COUNT, "{n}", "{unit}{units}"},
    {PM_WORD_AREA_STATUS, "", "{unit}{units}"},
    {PM_WORD_CHANGE_OF_SIDE, "", "{unit}{units}"},
    {PM_WORD_CLAIMED, "{label}", ""},
    {PM_WORD_ABROAD, "{label}", ""},
    {PM_WORD_CHANGES, "{date}", ""},
    {PM_WORD_CHANGED, "{n}{m}", "{unit}{units}"},
    {PM_WORD_BECAME, "{to}{from}", ""},
    {PM_WORD_OTHERWISE, "{label}", ""},
    {PM_WORD_LEANING, "{label}", ""},
    {PM_WORD_CLAIMED_BY, "{who}", ""},
    {PM_WORD_CONFIRMED_BY, "{who}", ""},
    {PM_WORD_DENIED_BY, "{who}", ""},
    {PM_WORD_AT_PROVINCE, "{unit}", ""},
    {PM_WORD_SOURCE_REF, "{refs}", ""},
    {PM_WORD_SOURCE_REFS, "{refs}", ""},
    {PM_WORD_STALE, "{date}", ""},
    {PM_WORD_STALE_NOTE, "{n}", ""},
    {PM_WORD_FOCUS_NOTE, "", "{unit}{units}"},
    {PM_WORD_UNMATCHED, "{names}", ""},
    {PM_WORD_KEY, "{names}", ""},
    {PM_WORD_MORE_NOTES, "{n}", ""},
    {PM_WORD_LICENSE, "{name}", ""},
    {PM_WORD_DATA, "{version}", ""},
    {PM_WORD_PROJECTION, "{name}", ""},
    {PM_WORD_KILOMETRES, "{n}", ""},
    {PM_WORD_METRES, "{n}", ""},
    {PM_WORD_SCALE_AT, "{lat}", ""},
    {PM_WORD_NORTH, "{n}", ""},
    {PM_WORD_SOUTH, "{n}", ""},
    {PM_WORD_EAST, "{n}", ""},
    {PM_WORD_WEST, "{n}", ""},
    {PM_WORD_SINCE, "{date}", ""},
    {PM_WORD_DATE, "{d}{month}{y}", ""},
    {PM_WORD_FIRST, "{d}", ""},
    {PM_WORD_PERCENT, "{n}", ""},
    {PM_WORD_PRESSED, "{who}{from}", ""},
};

static bool has_slot(const char *list, const char *slot, size_t length)
{
    for (const char *at = list; (at = strchr(at, '{')) != NULL; at++)
        if (strncmp(at, slot, length) == 0)
            return true;
    return false;
}

/* Are the slots of `a` all in `b`? */
static bool slots_within(const char *a, const char *b)
{
    for (const char *at = a; (at = strchr(at, '{')) != NULL; at++)
        if (!has_slot(b, at, strcspn(at, "}") + 1))
            return false;
    return true;
}

static void words_have_their_slots_and_no_other(void **state)
{
    (void)state;
    for (size_t i = 0; pm_languages[i]; i++)
        for (int word = 0; word < PM_WORDS; word++) {
            const char *text = pm_languages[i]->words[word], *must = "", *may = "";
            for (size_t k = 0; k < sizeof slots_of / sizeof *slots_of; k++)
                if ((int)slots_of[k].word == word) {
                    must = slots_of[k].must;
                    may = slots_of[k].may;
                }
            const char *all = pm_sprintf(&arena, "%s%s", must, may);
            if (!slots_within(must, text) || !slots_within(text, all))
                fail_msg("%s: \"%s\" should have the slots %s", pm_languages[i]->code, text, all);
        }
}

/* What may be the same in English and in another language. */
static bool may_be_english(const char *lang, int word)
{
    static const struct {
        const char *langs;
        enum pm_word first, last;
    } alike[] = {
        {"fa ps ar uk ru fr de es my", PM_WORD_EQUAL_EARTH, PM_WORD_EQUAL_EARTH},
        {"fa ps ar uk ru fr de es my", PM_WORD_FIRST, PM_WORD_FIRST},
        {"fa ps ar uk ru fr de es my", PM_WORD_DECIMAL, PM_WORD_STOP},
        {"fa ps ar fr", PM_WORD_DATE, PM_WORD_DATE},
        {"fr de es", PM_WORD_KILOMETRES, PM_WORD_METRES},
        {"fr de es", PM_WORD_NORTH, PM_WORD_NORTH_ARROW},
        {"uk ru fr de es", PM_WORD_DIGITS, PM_WORD_DIGITS},
        {"fr es", PM_WORD_COUNT, PM_WORD_COUNT},
        {"de", PM_WORD_COUNT, PM_WORD_COUNT},
        {"fr de es", PM_WORD_INSET_LETTERS, PM_WORD_INSET_LETTERS},
        {"fr", PM_WORD_SOURCES, PM_WORD_SOURCES},
        {"fr", PM_WORD_SOURCE_REF, PM_WORD_SOURCE_REFS},
        {"fr de", PM_WORD_KIND_EXPLOSION, PM_WORD_KIND_EXPLOSION},
        {"de", PM_WORD_NAME, PM_WORD_NAME},
        {"de", PM_WORD_STATUS, PM_WORD_STATUS},
        {"de", PM_WORD_SYSTEM, PM_WORD_SYSTEM},
        {"de", PM_WORD_MONTH_4, PM_WORD_MONTH_4},
        {"de", PM_WORD_MONTH_8, PM_WORD_MONTH_9},
        {"de", PM_WORD_MONTH_11, PM_WORD_MONTH_11},
        {"ps", PM_WORD_COUNT, PM_WORD_COUNT},
    };
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (word >= (int)alike[i].first && word <= (int)alike[i].last &&
            strstr(alike[i].langs, lang))
            return true;
    return false;
}

static void no_word_is_english_in_another_language(void **state)
{
    (void)state;
    const struct pm_language *english = pm_languages[0];
    for (size_t i = 1; pm_languages[i]; i++) {
        const struct pm_language *language = pm_languages[i];
        for (int word = 0; word < PM_WORDS; word++)
            if (pm_streq(language->words[word], english->words[word]) &&
                !may_be_english(language->code, word))
                fail_msg("%s: \"%s\" is English", language->code, language->words[word]);
        for (int status = 0; status < PM_STATUS_WORDS; status++)
            assert_string_not_equal(language->statuses[status].area,
                                    english->statuses[status].area);
    }
}

/* No Latin letter in a language that is not written in them, but for names and slots. */
static void words_are_in_their_own_script(void **state)
{
    (void)state;
    static const char *const others = "fa ps ar uk ru my";
    for (size_t i = 0; pm_languages[i]; i++)
        for (int word = 0; strstr(others, pm_languages[i]->code) && word < PM_WORDS; word++) {
            if (word >= PM_WORD_ALBERS && word <= PM_WORD_LAMBERT_CONFORMAL)
                continue;
            bool slot = false;
            for (const char *at = pm_languages[i]->words[word]; *at; at++) {
                slot = *at == '{' || (slot && *at != '}');
                if (!slot && ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z')))
                    fail_msg("%s: \"%s\"", pm_languages[i]->code, pm_languages[i]->words[word]);
            }
        }
}

static void statuses_are_those_of_the_style(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "government", "government_leaning", "contested", "insurgent_leaning", "insurgent", "other",
        "unknown"};
    struct pm_style *style = pm_style_default();
    assert_int_equal(style->status_count, PM_STATUS_WORDS);
    for (size_t i = 0; i < PM_STATUS_WORDS; i++) {
        assert_string_equal(style->statuses[i].id, ids[i]);
        assert_string_equal(pm_text_get(&style->statuses[i].label, "ru", NULL),
                            pm_languages[5]->statuses[i].area);
    }
    pm_style_free(style);
}

/* ---- slots, numbers, dates --------------------------------------------------------------------- */

static void words_fill_their_slots(void **state)
{
    (void)state;
    const struct pm_slot slots[] = {{"n", "1"}, {"m", "34"}, {"units", "provinces"}, {NULL, NULL}};
    struct pm_wording english = in("en"), other = in("xx");
    assert_string_equal(pm_word(&english, PM_WORD_ASSESSED, slots), "1 of 34 provinces assessed");
    assert_string_equal(pm_word(&other, PM_WORD_ASSESSED, slots), "1 of 34 provinces assessed");
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *fourth, *first;
    } wanted[] = {
        {"en", "4 May 2021", "1 August 2021"},
        {"fa", "۴ می ۲۰۲۱", "۱ اگست ۲۰۲۱"},
        {"fa-AF", "۴ می ۲۰۲۱", "۱ اگست ۲۰۲۱"},
        {"ps", "۴ مې ۲۰۲۱", "۱ اګست ۲۰۲۱"},
        {"ar", "٤ مايو ٢٠٢١", "١ أغسطس ٢٠٢١"},
        {"uk", "4 травня 2021 р.", "1 серпня 2021 р."},
        {"ru", "4 мая 2021 г.", "1 августа 2021 г."},
        {"fr", "4 mai 2021", "1er août 2021"},
        {"de", "4. Mai 2021", "1. August 2021"},
        {"es", "4 de mayo de 2021", "1 de agosto de 2021"},
        {"my", "၂၀၂၁ ခုနှစ် မေလ ၄ ရက်", "၂၀၂၁ ခုနှစ် ဩဂုတ်လ ၁ ရက်"},
    };
    pm_date fourth = 0, first = 0;
    assert_true(pm_date_parse("2021-05-04", &fourth) && pm_date_parse("2021-08-01", &first));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct pm_wording wording = in(wanted[i].lang);
        assert_string_equal(pm_word_date(&wording, fourth), wanted[i].fourth);
        assert_string_equal(pm_word_date(&wording, first), wanted[i].first);
    }
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *fraction, *thousands, *million;
    } wanted[] = {
        {"en", "62.5", "3,108", "1,234,567"},
        {"fa", "۶۲٫۵", "۳٬۱۰۸", "۱٬۲۳۴٬۵۶۷"},
        {"ps", "۶۲٫۵", "۳٬۱۰۸", "۱٬۲۳۴٬۵۶۷"},
        {"ar", "٦٢٫٥", "٣٬١٠٨", "١٬٢٣٤٬٥٦٧"},
        {"uk", "62,5", "3\u00A0108", "1\u00A0234\u00A0567"},
        {"ru", "62,5", "3\u00A0108", "1\u00A0234\u00A0567"},
        {"fr", "62,5", "3\u202F108", "1\u202F234\u202F567"},
        {"de", "62,5", "3.108", "1.234.567"},
        {"es", "62,5", "3\u00A0108", "1\u00A0234\u00A0567"},
        {"my", "၆၂.၅", "၃,၁၀၈", "၁,၂၃၄,၅၆၇"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct pm_wording wording = in(wanted[i].lang);
        assert_string_equal(pm_word_number(&wording, 62.5, 1), wanted[i].fraction);
        assert_string_equal(pm_word_number(&wording, 3108, 0), wanted[i].thousands);
        assert_string_equal(pm_word_number(&wording, 1234567, 0), wanted[i].million);
    }
    struct pm_wording english = in("en");
    assert_string_equal(pm_word_number(&english, 0, 1), "0");
    assert_string_equal(pm_word_number(&english, 999, 0), "999");
    assert_string_equal(pm_word_number(&english, -1234.5, 1), "\u22121,234.5");
    assert_string_equal(pm_word_ordinal(&english, 2021), "2021");
}

/* ---- fonts -------------------------------------------------------------------------------------- */

static void check_glyphs(struct pm_fonts *fonts, const char *lang, const char *text)
{
    for (int bold = 0; bold < 2; bold++) {
        struct pm_font font = {"Noto Sans, Noto Naskh Arabic, Noto Sans Myanmar", 16,
                               bold ? 700 : 400, false, 0};
        struct pm_extent extent = pm_text_measure(fonts, &font, text, lang);
        if (extent.missing)
            fail_msg("%s: no glyph for U+%04X in \"%s\"", lang, (unsigned)extent.missing_char,
                     text);
    }
}

static void the_fonts_have_every_letter_of_every_word(void **state)
{
    (void)state;
    struct pm_diags *diags = pm_diags_new();
    struct pm_fonts *fonts = pm_fonts_new(NULL, "Noto Sans", diags);
    assert_non_null(fonts);
    pm_fonts_offer(fonts, PM_SCRIPT_ARABIC, "Noto Naskh Arabic");
    pm_fonts_offer(fonts, PM_SCRIPT_MYANMAR, "Noto Sans Myanmar");
    for (size_t i = 0; pm_languages[i]; i++) {
        const struct pm_language *language = pm_languages[i];
        for (int word = 0; word < PM_WORDS; word++)
            check_glyphs(fonts, language->code, language->words[word]);
        for (int status = 0; status < PM_STATUS_WORDS; status++) {
            check_glyphs(fonts, language->code, language->statuses[status].area);
            check_glyphs(fonts, language->code, language->statuses[status].place);
        }
    }
    pm_fonts_free(fonts);
    pm_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_has_every_word),
        cmocka_unit_test(every_word_has_a_name),
        cmocka_unit_test(words_have_their_slots_and_no_other),
        cmocka_unit_test(no_word_is_english_in_another_language),
        cmocka_unit_test(words_are_in_their_own_script),
        cmocka_unit_test(statuses_are_those_of_the_style),
        cmocka_unit_test(words_fill_their_slots),
        cmocka_unit_test(dates),
        cmocka_unit_test(numbers),
        cmocka_unit_test(the_fonts_have_every_letter_of_every_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
