#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>

#include "base/banned.h"

/* ---- names -------------------------------------------------------------------------- */

/* Names without signs, in capitals: "ISO 8859-1" is ISO88591. Of a code page, only its number. */
static const struct alias {
    const char *name, *iconv;
} aliases[] = {
    {"UTF8", "UTF-8"},          {"65001", "UTF-8"},
    {"ASCII", "CP1252"}, /* said of files that hold more */
    {"USASCII", "CP1252"},      {"20127", "CP1252"},
    {"LATIN1", "ISO-8859-1"},   {"LATIN2", "ISO-8859-2"},
    {"LATIN5", "ISO-8859-9"},   {"LATIN9", "ISO-8859-15"},
    {"BIG5", "BIG5"},           {"BIG5HKSCS", "BIG5-HKSCS"},
    {"950", "CP950"},           {"SHIFTJIS", "CP932"},
    {"SJIS", "CP932"},          {"31J", "CP932"},
    {"WINDOWS31J", "CP932"},    {"932", "CP932"},
    {"EUCJP", "EUC-JP"},        {"51932", "EUC-JP"},
    {"EUCKR", "EUC-KR"},        {"51949", "EUC-KR"},
    {"949", "CP949"},           {"UHC", "CP949"},
    {"GBK", "CP936"},           {"GB2312", "CP936"},
    {"EUCCN", "CP936"},         {"936", "CP936"},
    {"GB18030", "GB18030"},     {"54936", "GB18030"},
    {"KOI8R", "KOI8-R"},        {"20866", "KOI8-R"},
    {"KOI8U", "KOI8-U"},        {"21866", "KOI8-U"},
    {"MACINTOSH", "MACINTOSH"}, {"MACROMAN", "MACINTOSH"},
    {"10000", "MACINTOSH"},     {"TIS620", "TIS-620"},
};

/* Single-byte code pages of Windows and DOS, which iconv calls CP and their number. */
static const int pages[] = {437,  737,  775,  850,  852,  855,  857,  858, 860,
                            861,  862,  863,  864,  865,  866,  869,  874, 1250,
                            1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258};

/* "windows-1252", "CP1252", "ANSI 1252", "OEM 852": only the number counts. */
static const char *behind_prefix(const char *name)
{
    static const char *const prefixes[] = {"WINDOWS", "WIN",      "MSDOS",     "DOS",
                                           "CP",      "CODEPAGE", "ANSI",      "OEM",
                                           "IBM",     "MS",       "CSWINDOWS", "X"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], length) == 0 && name[length])
            return behind_prefix(name + length);
    }
    return name;
}

/* A number without leading zeros and nothing behind; -1 if it is none. */
static long number_of(const char *s)
{
    long value = 0;
    if (!*s || strlen(s) > 6)
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9')
            return -1;
        value = value * 10 + (*s - '0');
    }
    return value;
}

/* The part of ISO 8859 that "ISO88591", "885915" or the Windows number 28591 means; 0: none. */
static long iso_part(const char *name)
{
    if (strncmp(name, "ISOIEC", 6) == 0)
        name += 6;
    else if (strncmp(name, "ISO", 3) == 0)
        name += 3;
    long number = number_of(name);
    long part = strncmp(name, "8859", 4) == 0 ? number_of(name + 4)
                : number > 28590              ? number - 28590
                                              : 0;
    return part >= 1 && part <= 16 && part != 12 ? part : 0;
}

static const char *known(const char *name, struct pm_arena *arena)
{
    long part = iso_part(name);
    const char *page = behind_prefix(name);
    if (part)
        return pm_sprintf(arena, "ISO-8859-%ld", part);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (pm_streq(aliases[i].name, name) || pm_streq(aliases[i].name, page))
            return aliases[i].iconv;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (number_of(page) == pages[i])
            return pm_sprintf(arena, "CP%d", pages[i]);
    return NULL;
}

/* Letters and digits in capitals; NULL if the name holds what a name does not. */
static char *bare_name(const char *name, struct pm_arena *arena)
{
    char *bare = pm_strdup(arena, name), *end = bare;
    for (; *name; name++) {
        bool digit = *name >= '0' && *name <= '9', upper = *name >= 'A' && *name <= 'Z';
        if (*name >= 'a' && *name <= 'z')
            *end++ = (char)(*name - 'a' + 'A');
        else if (digit || upper)
            *end++ = *name;
        else if (!strchr(" -_.:/\t\r\n", *name))
            return NULL;
    }
    *end = '\0';
    return bare;
}

/* Encodings such as UTF-16 can't stand in fields filled up with blanks. */
static bool holds_ascii(const char *encoding)
{
    static const char ascii[] = "Az09 -'";
    struct pm_decoder decoder;
    struct pm_str out = {0};
    bool holds = pm_decoder_open(&decoder, encoding);
    if (holds) {
        holds = pm_decode(&decoder, ascii, strlen(ascii), &out) == PM_DECODED &&
                pm_streq(pm_str_get(&out), ascii);
        pm_decoder_close(&decoder);
    }
    pm_str_finish(&out);
    return holds;
}

const char *pm_encoding_named(const char *name, struct pm_arena *arena)
{
    static const char bom[] = "\xEF\xBB\xBF";
    name += strncmp(name, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
    name += strspn(name, " \t\r\n");
    char *plain = pm_strndup(arena, name, strcspn(name, "\r\n"));
    const char *bare = bare_name(name, arena);
    if (!bare || !*bare || strlen(bare) > 40)
        return NULL;
    const char *encoding = known(bare, arena);
    if (!encoding && !strchr(plain, '/'))
        encoding = plain;
    return encoding && holds_ascii(encoding) ? encoding : NULL;
}

/* ---- language drivers --------------------------------------------------------------- */

/* By the tables that dBASE, FoxPro and ESRI publish. 0x57 is "the writer's own code page" and says
 * nothing. */
static const struct driver {
    unsigned char ldid;
    const char *encoding;
} drivers[] = {
    {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x04, "MACINTOSH"}, {0x08, "CP865"},
    {0x09, "CP437"},  {0x0A, "CP850"},  {0x0B, "CP437"},  {0x0D, "CP437"},     {0x0E, "CP850"},
    {0x0F, "CP437"},  {0x10, "CP850"},  {0x11, "CP437"},  {0x12, "CP850"},     {0x13, "CP932"},
    {0x14, "CP850"},  {0x15, "CP437"},  {0x16, "CP850"},  {0x17, "CP865"},     {0x18, "CP437"},
    {0x19, "CP437"},  {0x1A, "CP850"},  {0x1B, "CP437"},  {0x1C, "CP863"},     {0x1D, "CP850"},
    {0x1F, "CP852"},  {0x22, "CP852"},  {0x23, "CP852"},  {0x24, "CP860"},     {0x25, "CP850"},
    {0x26, "CP866"},  {0x37, "CP850"},  {0x40, "CP852"},  {0x4D, "CP936"},     {0x4E, "CP949"},
    {0x4F, "CP950"},  {0x50, "CP874"},  {0x58, "CP1252"}, {0x59, "CP1252"},    {0x64, "CP852"},
    {0x65, "CP866"},  {0x66, "CP865"},  {0x67, "CP861"},  {0x6A, "CP737"},     {0x6B, "CP857"},
    {0x6C, "CP863"},  {0x78, "CP950"},  {0x79, "CP949"},  {0x7A, "CP936"},     {0x7B, "CP932"},
    {0x7C, "CP874"},  {0x7D, "CP1255"}, {0x7E, "CP1256"}, {0x86, "CP737"},     {0x87, "CP852"},
    {0x88, "CP857"},  {0xC8, "CP1250"}, {0xC9, "CP1251"}, {0xCA, "CP1254"},    {0xCB, "CP1253"},
    {0xCC, "CP1257"},
};

const char *pm_encoding_of_ldid(unsigned char ldid)
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (drivers[i].ldid == ldid)
            return drivers[i].encoding;
    return NULL;
}

/* ---- decoding ----------------------------------------------------------------------- */

bool pm_decoder_open(struct pm_decoder *decoder, const char *encoding)
{
    decoder->iconv = NULL;
    if (pm_streq(encoding, "UTF-8"))
        return true;
    iconv_t opened = iconv_open("UTF-8", encoding);
    if (opened == (iconv_t)-1)
        return false;
    decoder->iconv = (void *)opened;
    return true;
}

void pm_decoder_close(struct pm_decoder *decoder)
{
    if (decoder->iconv)
        iconv_close((iconv_t)decoder->iconv);
    decoder->iconv = NULL;
}

enum pm_decoded pm_utf8_decoded(const char *text, size_t length)
{
    size_t good = pm_utf8_check(text, length), rest = length - good;
    if (rest == 0)
        return PM_DECODED;
    /* a character that begins but does not end */
    const unsigned char *p = (const unsigned char *)text + good;
    size_t wanted = *p >= 0xF0 && *p < 0xF5 ? 4 : *p >= 0xE0 ? 3 : *p >= 0xC2 ? 2 : 0;
    if (*p >= 0xF5 || rest >= wanted)
        return PM_NOT_DECODED;
    for (size_t i = 1; i < rest; i++)
        if ((p[i] & 0xC0) != 0x80)
            return PM_NOT_DECODED;
    return PM_DECODED_CUT;
}

static enum pm_decoded decode_utf8(const char *text, size_t length, struct pm_str *out)
{
    pm_str_addn(out, text, pm_utf8_check(text, length));
    return pm_utf8_decoded(text, length);
}

enum pm_decoded pm_decode(const struct pm_decoder *decoder, const char *text, size_t length,
                          struct pm_str *out)
{
    if (!decoder->iconv)
        return decode_utf8(text, length, out);
    char *from = (char *)text; /* iconv does not write to it */
    enum pm_decoded decoded = PM_DECODED;
    iconv((iconv_t)decoder->iconv, NULL, NULL, NULL, NULL);
    for (bool flush = false;;) {
        char buffer[256], *to = buffer;
        size_t room = sizeof buffer;
        size_t done = iconv((iconv_t)decoder->iconv, flush ? NULL : &from, &length, &to, &room);
        int why = errno;
        pm_str_addn(out, buffer, sizeof buffer - room);
        if (done == (size_t)-1 && why == EILSEQ)
            return PM_NOT_DECODED;
        if (done == (size_t)-1 && why == E2BIG)
            continue;
        if (flush)
            return decoded;
        decoded = done == (size_t)-1 ? PM_DECODED_CUT : PM_DECODED;
        flush = true; /* some encodings hold a letter back for an accent that may follow */
    }
}
