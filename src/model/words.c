#include "model/words.h"

#include <string.h>

#include "base/banned.h"

static const char *const names[PM_WORDS] = {
    [PM_WORD_TITLE] = "title",
    [PM_WORD_AS_OF] = "as_of",
    [PM_WORD_ASSESSED] = "assessed",
    [PM_WORD_COUNT] = "count",
    [PM_WORD_AREA] = "area",
    [PM_WORD_AREAS] = "areas",
    [PM_WORD_AREA_STATUS] = "area_status",
    [PM_WORD_AREA_SHARE] = "area_share",
    [PM_WORD_PEOPLE_SHARE] = "people_share",
    [PM_WORD_PLACE_STATUS] = "place_status",
    [PM_WORD_CHANGES] = "changes",
    [PM_WORD_CHANGED] = "changed",
    [PM_WORD_FIRST_ASSESSED] = "first_assessed",
    [PM_WORD_UNCHANGED] = "unchanged",
    [PM_WORD_BECAME] = "became",
    [PM_WORD_OTHERWISE] = "otherwise",
    [PM_WORD_RIM] = "rim",
    [PM_WORD_SPAN] = "span",
    [PM_WORD_OVER_TIME] = "over_time",
    [PM_WORD_NATIONAL_CAPITAL] = "national_capital",
    [PM_WORD_PRESSURE] = "pressure",
    [PM_WORD_SIEGE] = "siege",
    [PM_WORD_EVENT] = "event",
    [PM_WORD_EVENTS] = "events",
    [PM_WORD_ROAD] = "road",
    [PM_WORD_DISPUTED] = "disputed",
    [PM_WORD_LINE_OF_CONTROL] = "line_of_control",
    [PM_WORD_CEASEFIRE_LINE] = "ceasefire_line",
    [PM_WORD_UNDETERMINED] = "undetermined",
    [PM_WORD_ABROAD] = "abroad",
    [PM_WORD_CHANGE_OF_SIDE] = "change_of_side",
    [PM_WORD_CLAIMED] = "claimed",
    [PM_WORD_LEANING] = "leaning",
    [PM_WORD_PRESSED] = "pressed",
    [PM_WORD_FROM_NORTH] = "from_north",
    [PM_WORD_FROM_NORTH_EAST] = "from_north_east",
    [PM_WORD_FROM_EAST] = "from_east",
    [PM_WORD_FROM_SOUTH_EAST] = "from_south_east",
    [PM_WORD_FROM_SOUTH] = "from_south",
    [PM_WORD_FROM_SOUTH_WEST] = "from_south_west",
    [PM_WORD_FROM_WEST] = "from_west",
    [PM_WORD_FROM_NORTH_WEST] = "from_north_west",
    [PM_WORD_FROM_ALL] = "from_all",
    [PM_WORD_BASIS_ASSESSED] = "basis_assessed",
    [PM_WORD_BASIS_REPORTED] = "basis_reported",
    [PM_WORD_BASIS_CLAIMED] = "basis_claimed",
    [PM_WORD_CONFIDENCE_LOW] = "confidence_low",
    [PM_WORD_CONFIDENCE_MEDIUM] = "confidence_medium",
    [PM_WORD_CONFIDENCE_HIGH] = "confidence_high",
    [PM_WORD_NOTES] = "notes",
    [PM_WORD_SOURCES] = "sources",
    [PM_WORD_CLAIMED_BY] = "claimed_by",
    [PM_WORD_CONFIRMED_BY] = "confirmed_by",
    [PM_WORD_DENIED_BY] = "denied_by",
    [PM_WORD_UNVERIFIED] = "unverified",
    [PM_WORD_AT_PROVINCE] = "at_province",
    [PM_WORD_AT_DISTRICT] = "at_district",
    [PM_WORD_SOURCE_REF] = "source_ref",
    [PM_WORD_SOURCE_REFS] = "source_refs",
    [PM_WORD_NO_SOURCE] = "no_source",
    [PM_WORD_STALE] = "stale",
    [PM_WORD_STALE_NOTE] = "stale_note",
    [PM_WORD_FOCUS_NOTE] = "focus_note",
    [PM_WORD_UNMATCHED] = "unmatched",
    [PM_WORD_INSET_LETTERS] = "inset_letters",
    [PM_WORD_KEY] = "key",
    [PM_WORD_MORE_NOTES] = "more_notes",
    [PM_WORD_KIND_STRIKES] = "kind_strikes",
    [PM_WORD_KIND_CLASH] = "kind_clash",
    [PM_WORD_KIND_CAPTURE] = "kind_capture",
    [PM_WORD_KIND_EXPLOSION] = "kind_explosion",
    [PM_WORD_KIND_OTHER] = "kind_other",
    [PM_WORD_OTHER_EVENT] = "other_event",
    [PM_WORD_DISCLAIMER] = "disclaimer",
    [PM_WORD_LICENSE] = "license",
    [PM_WORD_DATA] = "data",
    [PM_WORD_PROJECTION] = "projection",
    [PM_WORD_ALBERS] = "albers",
    [PM_WORD_LAMBERT_AREA] = "lambert_area",
    [PM_WORD_CYLINDRICAL] = "cylindrical",
    [PM_WORD_TRANSVERSE] = "transverse",
    [PM_WORD_EQUAL_EARTH] = "equal_earth",
    [PM_WORD_LAMBERT_CONFORMAL] = "lambert_conformal",
    [PM_WORD_NAME] = "name",
    [PM_WORD_PART_OF] = "part_of",
    [PM_WORD_STATUS] = "status",
    [PM_WORD_SINCE_HEAD] = "since_head",
    [PM_WORD_VERIFIED_HEAD] = "verified_head",
    [PM_WORD_OUTDATED] = "outdated",
    [PM_WORD_MAP] = "map",
    [PM_WORD_LARGE_MAP] = "large_map",
    [PM_WORD_PAUSE] = "pause",
    [PM_WORD_COLOURS] = "colors",
    [PM_WORD_SYSTEM] = "system",
    [PM_WORD_LIGHT] = "light",
    [PM_WORD_DARK] = "dark",
    [PM_WORD_KILOMETRES] = "kilometres",
    [PM_WORD_METRES] = "metres",
    [PM_WORD_SCALE_AT] = "scale_at",
    [PM_WORD_NORTH] = "north",
    [PM_WORD_SOUTH] = "south",
    [PM_WORD_EAST] = "east",
    [PM_WORD_WEST] = "west",
    [PM_WORD_NORTH_ARROW] = "north_arrow",
    [PM_WORD_SINCE] = "since",
    [PM_WORD_DATE] = "date",
    [PM_WORD_FIRST] = "first",
    [PM_WORD_MONTH_1] = "month_1",
    [PM_WORD_MONTH_2] = "month_2",
    [PM_WORD_MONTH_3] = "month_3",
    [PM_WORD_MONTH_4] = "month_4",
    [PM_WORD_MONTH_5] = "month_5",
    [PM_WORD_MONTH_6] = "month_6",
    [PM_WORD_MONTH_7] = "month_7",
    [PM_WORD_MONTH_8] = "month_8",
    [PM_WORD_MONTH_9] = "month_9",
    [PM_WORD_MONTH_10] = "month_10",
    [PM_WORD_MONTH_11] = "month_11",
    [PM_WORD_MONTH_12] = "month_12",
    [PM_WORD_DIGITS] = "digits",
    [PM_WORD_PERCENT] = "percent",
    [PM_WORD_DECIMAL] = "decimal",
    [PM_WORD_GROUP] = "group",
    [PM_WORD_PARTS] = "parts",
    [PM_WORD_LIST] = "list",
    [PM_WORD_SEMICOLON] = "semicolon",
    [PM_WORD_COLON] = "colon",
    [PM_WORD_STOP] = "stop",
};

/* ---- languages --------------------------------------------------------------------------------- */

extern const struct pm_language pm_language_en, pm_language_fa, pm_language_ps, pm_language_ar,
    pm_language_uk, pm_language_ru, pm_language_fr, pm_language_de, pm_language_es, pm_language_my;

enum { LANGUAGES = 10 };

const struct pm_language *const pm_languages[LANGUAGES + 1] = {&pm_language_en,
                                                               &pm_language_fa,
                                                               &pm_language_ps,
                                                               &pm_language_ar,
                                                               &pm_language_uk,
                                                               &pm_language_ru,
                                                               &pm_language_fr,
                                                               &pm_language_de,
                                                               &pm_language_es,
                                                               &pm_language_my,
                                                               NULL};

const char *pm_language_codes(struct pm_arena *arena)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < LANGUAGES; i++)
        pm_str_addf(&out, "%s%s", i ? ", " : "", pm_languages[i]->code);
    const char *codes = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return codes;
}

static struct pm_text_entry *new_text(struct pm_text *text, struct pm_arena *arena)
{
    text->v = PM_NEW_N(arena, struct pm_text_entry, LANGUAGES);
    text->n = LANGUAGES;
    for (size_t i = 0; i < LANGUAGES; i++)
        text->v[i].lang = pm_languages[i]->code;
    return text->v;
}

struct pm_text *pm_words_new(struct pm_arena *arena)
{
    struct pm_text *words = PM_NEW_N(arena, struct pm_text, PM_WORDS);
    for (int word = 0; word < PM_WORDS; word++) {
        struct pm_text_entry *entries = new_text(&words[word], arena);
        for (size_t i = 0; i < LANGUAGES; i++)
            entries[i].s = pm_languages[i]->words[word];
    }
    return words;
}

struct pm_text pm_status_label(enum pm_status_word status, bool place, struct pm_arena *arena)
{
    struct pm_text label = {0};
    struct pm_text_entry *entries = new_text(&label, arena);
    for (size_t i = 0; i < LANGUAGES; i++)
        entries[i].s = place ? pm_languages[i]->statuses[status].place
                             : pm_languages[i]->statuses[status].area;
    return label;
}

/* ---- words ------------------------------------------------------------------------------------- */

const char *pm_word_name(enum pm_word word)
{
    return names[word];
}

bool pm_word_parse(const char *name, enum pm_word *out)
{
    for (int i = 0; i < PM_WORDS; i++)
        if (pm_streq(names[i], name)) {
            *out = (enum pm_word)i;
            return true;
        }
    return false;
}

static const char *slot_value(const struct pm_slot *slots, const char *name, size_t length)
{
    for (; slots && slots->name; slots++)
        if (strlen(slots->name) == length && memcmp(slots->name, name, length) == 0)
            return slots->value;
    return NULL;
}

static char *take(struct pm_str *out, struct pm_arena *arena)
{
    char *result = pm_strdup(arena, pm_str_get(out));
    pm_str_finish(out);
    return result;
}

char *pm_word(const struct pm_wording *wording, enum pm_word word, const struct pm_slot *slots)
{
    const char *text = pm_text_get(&wording->words[word], wording->lang, NULL);
    struct pm_str out = {0};
    if (text && !strchr(text, '{'))
        return pm_strdup(wording->arena, text);
    while (text && *text) {
        const char *end = *text == '{' ? strchr(text, '}') : NULL;
        const char *value = end ? slot_value(slots, text + 1, (size_t)(end - text - 1)) : NULL;
        if (value) {
            pm_str_add(&out, value);
            text = end + 1;
        } else {
            pm_str_addc(&out, *text++);
        }
    }
    return take(&out, wording->arena);
}

/* ---- numbers and dates --------------------------------------------------------------------------- */

/* Digits of the language for those of ASCII, its decimal sign for the point; thousands apart if
 * `group` is given. */
static char *spelt(const struct pm_wording *wording, const char *ascii, const char *group)
{
    const char *digits = pm_word(wording, PM_WORD_DIGITS, NULL), *each[10], *next = digits;
    struct pm_str out = {0};
    for (int i = 0; i < 10; i++) {
        each[i] = next;
        pm_utf8_next(&next);
    }
    size_t whole = strspn(ascii, "-") + strspn(ascii + strspn(ascii, "-"), "0123456789");
    for (size_t i = 0; ascii[i]; i++) {
        int digit = ascii[i] - '0';
        if (digit < 0 || digit > 9) {
            pm_str_add(&out, ascii[i] == '.' ? pm_word(wording, PM_WORD_DECIMAL, NULL) : "\u2212");
            continue;
        }
        if (group && i > strspn(ascii, "-") && i < whole && (whole - i) % 3 == 0)
            pm_str_add(&out, group);
        pm_str_addn(&out, each[digit],
                    (size_t)((digit < 9 ? each[digit + 1] : next) - each[digit]));
    }
    return take(&out, wording->arena);
}

char *pm_word_number(const struct pm_wording *wording, double value, int decimals)
{
    struct pm_str ascii = {0};
    pm_str_num(&ascii, value, decimals);
    char *result = spelt(wording, pm_str_get(&ascii), pm_word(wording, PM_WORD_GROUP, NULL));
    pm_str_finish(&ascii);
    return result;
}

char *pm_word_ordinal(const struct pm_wording *wording, size_t number)
{
    char *ascii = pm_sprintf(wording->arena, "%zu", number);
    const char *digits = pm_text_get(&wording->words[PM_WORD_DIGITS], wording->lang, NULL);
    return pm_streq(digits, "0123456789") ? ascii : spelt(wording, ascii, NULL);
}

char *pm_word_date(const struct pm_wording *wording, pm_date date)
{
    int year = 0, month = 1, day = 0;
    pm_date_split(date, &year, &month, &day);
    const char *number = pm_word_ordinal(wording, (size_t)day);
    const struct pm_slot first[] = {{"d", number}, {NULL, NULL}};
    const struct pm_slot slots[] = {
        {"d", day == 1 ? pm_word(wording, PM_WORD_FIRST, first) : number},
        {"month", pm_word(wording, (enum pm_word)(PM_WORD_MONTH_1 + month - 1), NULL)},
        {"y", pm_word_ordinal(wording, (size_t)year)},
        {NULL, NULL},
    };
    return pm_word(wording, PM_WORD_DATE, slots);
}
