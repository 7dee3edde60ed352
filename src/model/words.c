#include "model/words.h"

#include <string.h>

#include "base/banned.h"

/* One row a word: its name in a style file and its texts. Months come as twelve rows. */
static const struct {
    const char *name, *en, *fa, *ps;
} table[PM_WORDS] = {
    [PM_WORD_TITLE] = {"title", "Control of {name}", "کنترل {name}", "د {name} کنټرول"},
    [PM_WORD_AS_OF] = {"as_of", "As of {date}", "تا {date}", "تر {date} پورې"},
    [PM_WORD_ASSESSED] = {"assessed", "{n} of {m} {unit} assessed", "{n} از {m} {unit} ارزیابی شده",
                          "{n} له {m} {unit} ارزول شوي"},
    [PM_WORD_AREA] = {"area", "area", "منطقه", "سیمه"},
    [PM_WORD_AREAS] = {"areas", "areas", "منطقه", "سیمې"},
    [PM_WORD_AREA_STATUS] = {"area_status", "{unit} status", "وضعیت {unit}", "د {unit} حالت"},
    [PM_WORD_PLACE_STATUS] = {"place_status", "Town status", "وضعیت شهرها", "د ښارونو حالت"},
    [PM_WORD_NATIONAL_CAPITAL] = {"national_capital", "National capital (colour = status)",
                                  "پایتخت (رنگ = وضعیت)", "پلازمېنه (رنګ = حالت)"},
    [PM_WORD_EVENT] = {"event", "Event; the number refers to its note",
                       "رویداد؛ شماره به یادداشت اشاره دارد", "پېښه؛ شمېره یادښت ته اشاره کوي"},
    [PM_WORD_ROAD] = {"road", "Main road (schematic)", "سرک عمومی (تقریبی)", "لویه لار (تقریبي)"},
    [PM_WORD_DISPUTED] = {"disputed", "Disputed boundary", "مرز مورد منازعه", "شخړیزه پوله"},
    [PM_WORD_CHANGE_OF_SIDE] = {"change_of_side", "Change of side between {unit}",
                                "مرز میان دو طرف", "د دوو خواوو ترمنځ پوله"},
    [PM_WORD_CLAIMED] = {"claimed", "{label}: claimed or uncertain", "{label}: ادعایی یا نامطمئن",
                         "{label}: ادعا شوی یا ناڅرګند"},
    [PM_WORD_NOTES] = {"notes", "Notes and sources", "یادداشت‌ها و منابع",
                       "یادښتونه او سرچینې"},
    [PM_WORD_SOURCES] = {"sources", "Sources", "منابع", "سرچینې"},
    [PM_WORD_CLAIMED_BY] = {"claimed_by", "CLAIMED BY {who}", "ادعای {who}", "د {who} ادعا"},
    [PM_WORD_CONFIRMED_BY] = {"confirmed_by", "CONFIRMED BY {who}", "تأیید {who}", "د {who} تایید"},
    [PM_WORD_DENIED_BY] = {"denied_by", "DENIED BY {who}", "رد از سوی {who}", "د {who} ردونه"},
    [PM_WORD_UNVERIFIED] = {"unverified", "Not verified independently",
                            "به‌طور مستقل تأیید نشده",
                            "په خپلواکه توګه نه دی تایید شوی"},
    [PM_WORD_AT_PROVINCE] = {"at_province", "place known to {unit} only", "محل تنها تا سطح {unit}",
                             "ځای یوازې تر {unit} کچې"},
    [PM_WORD_AT_DISTRICT] = {"at_district", "place known to district only",
                             "محل تنها تا سطح ولسوالی", "ځای یوازې تر ولسوالۍ کچې"},
    [PM_WORD_SOURCE_REF] = {"source_ref", "source {refs}", "منبع {refs}", "سرچینه {refs}"},
    [PM_WORD_SOURCE_REFS] = {"source_refs", "sources {refs}", "منابع {refs}", "سرچینې {refs}"},
    [PM_WORD_NO_SOURCE] = {"no_source", "no source given", "بدون منبع", "بې سرچینې"},
    [PM_WORD_STALE] = {"stale", "last verified {date}", "آخرین تأیید {date}",
                       "وروستی تایید {date}"},
    [PM_WORD_STALE_NOTE] = {"stale_note",
                            "A date after a name: last verified then, more than {n} days before "
                            "the date of this map.",
                            "تاریخ پس از نام: آخرین تأیید، بیش از {n} روز پیش از تاریخ این نقشه.",
                            "د نوم وروسته نېټه: وروستی تایید، د دې نقشې له نېټې {n} ورځې مخکې."},
    [PM_WORD_FOCUS_NOTE] =
        {"focus_note", "Other {unit} are drawn paler; the legend counts all of them.",
         "{unit} دیگر کم‌رنگ‌ترند؛ راهنما همه را می‌شمارد.",
         "نور {unit} روښانه ښودل شوي؛ لارښود ټول شمېري."},
    [PM_WORD_UNMATCHED] = {"unmatched",
                           "Not on this map, as its boundaries know no such name: {names}.",
                           "در این نقشه نیستند، چون مرزهای آن چنین نامی ندارند: {names}.",
                           "په دې نقشه کې نشته، ځکه چې پولې یې داسې نوم نه پېژني: {names}."},
    [PM_WORD_KEY] = {"key", "Numbers on the map: {names}.",
                     "شماره‌های روی نقشه: {names}.", "د نقشې شمېرې: {names}."},
    [PM_WORD_MORE_NOTES] = {"more_notes", "Notes and sources left out for lack of room: {n}.",
                            "یادداشت‌ها و منابعی که جا نشدند: {n}.",
                            "هغه یادښتونه او سرچینې چې ځای نه شول: {n}."},
    [PM_WORD_DISCLAIMER] =
        {"disclaimer", "Boundaries and names shown do not imply endorsement or acceptance.",
         "مرزها و نام‌های این نقشه به معنای تأیید آن‌ها "
         "نیست.",
         "د دې نقشې پولې او نومونه د هغوی د منلو معنا نه لري."},
    [PM_WORD_LICENSE] = {"license", "Licence: {name}", "مجوز: {name}", "جواز: {name}"},
    [PM_WORD_PROJECTION] = {"projection", "{name} projection", "{name}", "{name}"},
    [PM_WORD_SCALE_AT] = {"scale_at", "at {lat}", "در {lat}", "په {lat}"},
    [PM_WORD_SINCE] = {"since", "since {date}", "از {date}", "له {date} راهیسې"},
    [PM_WORD_DATE] = {"date", "{d} {month} {y}", "{d} {month} {y}", "{d} {month} {y}"},
    [PM_WORD_MONTH_1] = {"month_1", "January", "جنوری", "جنوري"},
    {"month_2", "February", "فبروری", "فبروري"},
    {"month_3", "March", "مارچ", "مارچ"},
    {"month_4", "April", "اپریل", "اپرېل"},
    {"month_5", "May", "می", "مې"},
    {"month_6", "June", "جون", "جون"},
    {"month_7", "July", "جولای", "جولای"},
    {"month_8", "August", "آگست", "اګست"},
    {"month_9", "September", "سپتمبر", "سپټمبر"},
    {"month_10", "October", "اکتبر", "اکتوبر"},
    {"month_11", "November", "نومبر", "نومبر"},
    {"month_12", "December", "دسمبر", "ډسمبر"},
};

const char *pm_word_name(enum pm_word word)
{
    return table[word].name;
}

bool pm_word_parse(const char *name, enum pm_word *out)
{
    for (int i = 0; i < PM_WORDS; i++)
        if (pm_streq(table[i].name, name)) {
            *out = (enum pm_word)i;
            return true;
        }
    return false;
}

struct pm_text *pm_words_new(struct pm_arena *arena)
{
    struct pm_text *words = PM_NEW_N(arena, struct pm_text, PM_WORDS);
    for (int i = 0; i < PM_WORDS; i++) {
        pm_text_add(&words[i], arena, "en", table[i].en);
        pm_text_add(&words[i], arena, "fa", table[i].fa);
        pm_text_add(&words[i], arena, "ps", table[i].ps);
    }
    return words;
}

static const char *slot_value(const struct pm_slot *slots, const char *name, size_t length)
{
    for (; slots && slots->name; slots++)
        if (strlen(slots->name) == length && memcmp(slots->name, name, length) == 0)
            return slots->value;
    return NULL;
}

char *pm_word(const struct pm_text *words, enum pm_word word, const char *lang,
              const struct pm_slot *slots, struct pm_arena *arena)
{
    const char *text = pm_text_get(&words[word], lang, NULL);
    struct pm_str out = {0};
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
    char *result = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

char *pm_word_date(const struct pm_text *words, const char *lang, pm_date date,
                   struct pm_arena *arena)
{
    int year = 0, month = 1, day = 0;
    pm_date_split(date, &year, &month, &day);
    const struct pm_slot slots[] = {
        {"d", pm_sprintf(arena, "%d", day)},
        {"month", pm_word(words, PM_WORD_MONTH_1 + (month - 1), lang, NULL, arena)},
        {"y", pm_sprintf(arena, "%d", year)},
        {NULL, NULL},
    };
    return pm_word(words, PM_WORD_DATE, lang, slots, arena);
}
