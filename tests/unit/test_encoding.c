#include "input_test.h"

#include "input/encoding.h"

static void names_in_all_spellings(void **state)
{
    struct box *box = *state;
    static const char *const cases[][2] = {
        {"UTF-8", "UTF-8"},
        {"utf8", "UTF-8"},
        {"UTF_8", "UTF-8"},
        {"65001", "UTF-8"},
        {"CP65001", "UTF-8"},
        {"\xEF\xBB\xBFUTF-8\r\n", "UTF-8"},
        {"1252", "CP1252"},
        {"CP1252", "CP1252"},
        {"cp-1252\n", "CP1252"},
        {"windows-1252", "CP1252"},
        {"Windows 1252", "CP1252"},
        {"ANSI 1252", "CP1252"},
        {"ANSI 1250", "CP1250"},
        {"ansi_1251", "CP1251"},
        {"MS-ANSI 1256", "CP1256"},
        {"OEM 852", "CP852"},
        {"852", "CP852"},
        {"IBM866", "CP866"},
        {"88591", "ISO-8859-1"},
        {"885915", "ISO-8859-15"},
        {"8859_1", "ISO-8859-1"},
        {"ISO-8859-1", "ISO-8859-1"},
        {"iso8859-2", "ISO-8859-2"},
        {"ISO 88591", "ISO-8859-1"},
        {"ISO_8859-6", "ISO-8859-6"},
        {"28595", "ISO-8859-5"},
        {"Latin1", "ISO-8859-1"},
        {"936", "CP936"},
        {"GBK", "CP936"},
        {"GB2312", "CP936"},
        {"gb18030", "GB18030"},
        {"Big5", "BIG5"},
        {"950", "CP950"},
        {"SHIFT_JIS", "CP932"},
        {"Shift-JIS", "CP932"},
        {"SJIS", "CP932"},
        {"932", "CP932"},
        {"EUC-KR", "EUC-KR"},
        {"949", "CP949"},
        {"KOI8-R", "KOI8-R"},
        {"TIS-620", "TIS-620"},
        {"874", "CP874"},
        {"Klingon", NULL},
        {"", NULL},
        {"\n", NULL},
        {"88590", NULL},
        {"885912", NULL},
        {"8859", NULL},
        {"1259", NULL},
        {"ANSI", NULL},
        {"99999999999999999999", NULL},
        {"<html>", NULL},
        {"UTF-16", NULL}, /* does not hold ASCII as ASCII */
        {"CP1252//TRANSLIT", NULL},
        {"ARMSCII-8//TRANSLIT", NULL}, /* iconv gets no options */
        {"K\xF6i8", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = pm_encoding_named(cases[i][0], &box->arena);
        if (!pm_streq(got, cases[i][1]))
            fail_msg("\"%s\": got %s, not %s", cases[i][0], got ? got : "none",
                     cases[i][1] ? cases[i][1] : "none");
    }
}

/* All that the tables name is known to iconv, and comes back from its own name. */
static void drivers_are_known(void **state)
{
    struct box *box = *state;
    size_t known = 0;
    for (int i = 0; i < 256; i++) {
        const char *name = pm_encoding_of_ldid((unsigned char)i);
        if (!name)
            continue;
        known++;
        assert_true(pm_streq(pm_encoding_named(name, &box->arena), name));
    }
    assert_true(known > 50);
    assert_null(pm_encoding_of_ldid(0));
    assert_null(pm_encoding_of_ldid(0x57));
    assert_string_equal(pm_encoding_of_ldid(0x03), "CP1252");
    assert_string_equal(pm_encoding_of_ldid(0x65), "CP866");
}

static void assert_decoded(const char *encoding, const char *text, enum pm_decoded wanted,
                           const char *utf8)
{
    struct pm_decoder decoder;
    struct pm_str out = {0};
    assert_true(pm_decoder_open(&decoder, encoding));
    assert_int_equal(pm_decode(&decoder, text, strlen(text), &out), wanted);
    assert_string_equal(pm_str_get(&out), utf8);
    pm_decoder_close(&decoder);
    pm_str_finish(&out);
}

static void texts_are_decoded(void **state)
{
    (void)state;
    assert_decoded("UTF-8", "Köln", PM_DECODED, "Köln");
    assert_decoded("UTF-8", "K\xC3", PM_DECODED_CUT, "K");
    assert_decoded("UTF-8", "K\xF6ln", PM_NOT_DECODED, "K");
    assert_decoded("CP1252", "K\xF6ln \x80", PM_DECODED, "Köln €");
    assert_decoded("CP1252", "K\x81ln", PM_NOT_DECODED, "K");
    assert_decoded("CP936", "\xB1\xB1\xBE\xA9", PM_DECODED, "北京");
    assert_decoded("CP936", "\xB1\xB1\xBE", PM_DECODED_CUT, "北");
    assert_decoded("CP1258", "a\xEC", PM_DECODED, "á"); /* the accent follows its letter */
    assert_decoded("CP1258", "xa", PM_DECODED, "xa");   /* and a last letter is not kept back */
    char many[2000];
    memset(many, 'x', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    assert_decoded("CP1252", many, PM_DECODED, many);
}

static void cut_utf8_is_told_from_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum pm_decoded wanted;
    } cases[] = {
        {"", PM_DECODED},          {"abc", PM_DECODED},          {"\xD9\x87", PM_DECODED},
        {"\xD9", PM_DECODED_CUT},  {"\xE2\x82", PM_DECODED_CUT}, {"a\xF0\x9F\x98", PM_DECODED_CUT},
        {"\x80", PM_NOT_DECODED},  {"\xC1", PM_NOT_DECODED},     {"\xF5", PM_NOT_DECODED},
        {"\xE9t", PM_NOT_DECODED}, {"\xD9 ", PM_NOT_DECODED},    {"\xE2\x82x", PM_NOT_DECODED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pm_utf8_decoded(cases[i].text, strlen(cases[i].text)), cases[i].wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(names_in_all_spellings),
        boxed(drivers_are_known),
        boxed(texts_are_decoded),
        boxed(cut_utf8_is_told_from_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
