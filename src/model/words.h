/* The words that provmap itself writes on a map, one entry each; a table per language in languages/.
 * A style may change or add them: `"words": {"as_of": {"en": "as of {date}"}}`.
 *
 * Everywhere {unit} is what one area is called, {units} what {n} or {m} of them are. */
#ifndef PM_MODEL_WORDS_H
#define PM_MODEL_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "model/date.h"
#include "model/text.h"

enum pm_word {
    PM_WORD_TITLE,    /* default title: "Control of {name}" */
    PM_WORD_AS_OF,    /* "As of {date}" */
    PM_WORD_ASSESSED, /* "{n} of {m} {units} assessed" */
    PM_WORD_COUNT,    /* "{n} {units}" */
    PM_WORD_AREA,     /* {unit} where the atlas does not say: "area" */
    PM_WORD_AREAS,
    PM_WORD_AREA_STATUS, /* heading: "{unit} status"; begins with a capital */
    PM_WORD_AREA_SHARE,  /* beside that heading: what the percents are */
    PM_WORD_PEOPLE_SHARE,
    PM_WORD_PLACE_STATUS,
    PM_WORD_CHANGES,        /* heading of a map of changes: "Changes since {date}" */
    PM_WORD_CHANGED,        /* "{n} of {m} {units} changed" */
    PM_WORD_FIRST_ASSESSED, /* heading of what nothing was known of before */
    PM_WORD_UNCHANGED,      /* heading of what stayed as it was */
    PM_WORD_BECAME,         /* "{to} (was: {from})" */
    PM_WORD_OTHERWISE,      /* "{label}: …": of the same look, but told otherwise */
    PM_WORD_RIM,            /* in a series: what a rim means */
    PM_WORD_SPAN,           /* of a series: "{from} – {to}" */
    PM_WORD_OVER_TIME,      /* heading of a chart */
    PM_WORD_NATIONAL_CAPITAL,
    PM_WORD_PRESSURE, /* in the legend, of an arc */
    PM_WORD_SIEGE,    /* … all around */
    PM_WORD_EVENTS,   /* heading */
    PM_WORD_EVENT,    /* beside it: what the numbers are */
    PM_WORD_ROAD,
    PM_WORD_DISPUTED,
    PM_WORD_LINE_OF_CONTROL, /* as enum pm_boundary_kind */
    PM_WORD_CEASEFIRE_LINE,
    PM_WORD_UNDETERMINED,
    PM_WORD_ABROAD, /* "{label}: …": such a boundary that only neighbours have on the map */
    PM_WORD_CHANGE_OF_SIDE, /* "Change of side between {units}" */
    PM_WORD_CLAIMED,        /* "{label}: claimed or uncertain" */
    PM_WORD_LEANING,        /* "leaning: {label}" */
    PM_WORD_PRESSED,        /* "under pressure ({who}): {from}" */
    PM_WORD_FROM_NORTH,     /* {from}, clockwise, and all around */
    PM_WORD_FROM_NORTH_EAST,
    PM_WORD_FROM_EAST,
    PM_WORD_FROM_SOUTH_EAST,
    PM_WORD_FROM_SOUTH,
    PM_WORD_FROM_SOUTH_WEST,
    PM_WORD_FROM_WEST,
    PM_WORD_FROM_NORTH_WEST,
    PM_WORD_FROM_ALL,
    PM_WORD_BASIS_ASSESSED, /* as enum pm_basis */
    PM_WORD_BASIS_REPORTED,
    PM_WORD_BASIS_CLAIMED,
    PM_WORD_CONFIDENCE_LOW, /* as enum pm_confidence */
    PM_WORD_CONFIDENCE_MEDIUM,
    PM_WORD_CONFIDENCE_HIGH,
    PM_WORD_NOTES,
    PM_WORD_SOURCES,
    PM_WORD_CLAIMED_BY, /* "CLAIMED BY {who}", as enum pm_stance */
    PM_WORD_CONFIRMED_BY,
    PM_WORD_DENIED_BY,
    PM_WORD_UNVERIFIED,
    PM_WORD_AT_PROVINCE, /* "place known to {unit} only" */
    PM_WORD_AT_DISTRICT,
    PM_WORD_SOURCE_REF,  /* "source {refs}" */
    PM_WORD_SOURCE_REFS, /* "sources {refs}" */
    PM_WORD_NO_SOURCE,
    PM_WORD_STALE,         /* "last verified {date}" */
    PM_WORD_STALE_NOTE,    /* what a date after a name means; {n} days */
    PM_WORD_FOCUS_NOTE,    /* what pale areas are on a focus map: "Other {units} …" */
    PM_WORD_UNMATCHED,     /* what --unmatched warn left out: {names} */
    PM_WORD_INSET_LETTERS, /* of insets, parted by spaces; none that looks like a digit */
    PM_WORD_KEY,           /* "Numbers on the map: {names}." */
    PM_WORD_MORE_NOTES,    /* "Notes left out …: {n}" */
    PM_WORD_KIND_STRIKES,  /* an event without a text: as enum pm_event_kind */
    PM_WORD_KIND_CLASH,
    PM_WORD_KIND_CAPTURE,
    PM_WORD_KIND_EXPLOSION,
    PM_WORD_KIND_OTHER,
    PM_WORD_OTHER_EVENT, /* in the legend, beside other kinds */
    PM_WORD_DISCLAIMER,
    PM_WORD_LICENSE,    /* "Licence: {name}" */
    PM_WORD_DATA,       /* "data {version}" */
    PM_WORD_PROJECTION, /* "{name} projection" */
    PM_WORD_ALBERS,     /* {name}, as enum pm_projection_kind */
    PM_WORD_LAMBERT_AREA,
    PM_WORD_CYLINDRICAL,
    PM_WORD_TRANSVERSE,
    PM_WORD_EQUAL_EARTH,
    PM_WORD_LAMBERT_CONFORMAL,
    PM_WORD_NAME, /* in a page of HTML, heads of columns */
    PM_WORD_PART_OF,
    PM_WORD_STATUS,
    PM_WORD_SINCE_HEAD,
    PM_WORD_VERIFIED_HEAD,
    PM_WORD_OUTDATED,  /* beside a date: verified too long ago */
    PM_WORD_MAP,       /* what a reader of the screen calls it */
    PM_WORD_LARGE_MAP, /* a switch */
    PM_WORD_PAUSE,     /* another, of an animation */
    PM_WORD_COLOURS,   /* of the page, as it may be switched: */
    PM_WORD_SYSTEM,
    PM_WORD_LIGHT,
    PM_WORD_DARK,
    PM_WORD_KILOMETRES, /* "{n} km" */
    PM_WORD_METRES,
    PM_WORD_SCALE_AT, /* after a length: "at {lat}" */
    PM_WORD_NORTH,    /* {lat}: "{n}° N" */
    PM_WORD_SOUTH,
    PM_WORD_EAST,
    PM_WORD_WEST,
    PM_WORD_NORTH_ARROW, /* at the tip of the arrow: "N" */
    PM_WORD_SINCE,       /* "since {date}" */
    PM_WORD_DATE,        /* "{d} {month} {y}" */
    PM_WORD_FIRST,       /* {d} of the first of a month: "{d}er" */
    PM_WORD_MONTH_1,
    PM_WORD_MONTH_2,
    PM_WORD_MONTH_3,
    PM_WORD_MONTH_4,
    PM_WORD_MONTH_5,
    PM_WORD_MONTH_6,
    PM_WORD_MONTH_7,
    PM_WORD_MONTH_8,
    PM_WORD_MONTH_9,
    PM_WORD_MONTH_10,
    PM_WORD_MONTH_11,
    PM_WORD_MONTH_12,
    PM_WORD_DIGITS,    /* ten characters, 0 to 9 */
    PM_WORD_PERCENT,   /* "{n}%" */
    PM_WORD_DECIMAL,   /* before the fraction of a number */
    PM_WORD_GROUP,     /* between thousands */
    PM_WORD_PARTS,     /* between parts of a line: " · ", but no sign that looks like a digit */
    PM_WORD_LIST,      /* between the members of a list: ", " */
    PM_WORD_SEMICOLON, /* between longer ones: "; " */
    PM_WORD_COLON,     /* ": " */
    PM_WORD_STOP,      /* after a sentence: ". " */
    PM_WORDS
};

/* The statuses that every style has; labels of other ones come with them. */
enum pm_status_word {
    PM_STATUS_GOVERNMENT,
    PM_STATUS_GOVERNMENT_LEANING,
    PM_STATUS_CONTESTED,
    PM_STATUS_INSURGENT_LEANING,
    PM_STATUS_INSURGENT,
    PM_STATUS_OTHER,
    PM_STATUS_UNKNOWN,
    PM_STATUS_WORDS
};

struct pm_language {
    const char *code; /* BCP 47 */
    const char *words[PM_WORDS];
    struct {
        const char *area, *place; /* in the legend, of an area and of a place */
    } statuses[PM_STATUS_WORDS];
};

/* English first; the last is NULL. */
extern const struct pm_language *const pm_languages[];
/* "en, fa, …", in `arena`. */
const char *pm_language_codes(struct pm_arena *arena);

/* The word's name in a style file. */
const char *pm_word_name(enum pm_word word);
bool pm_word_parse(const char *name, enum pm_word *out);
/* The built-in texts in all languages, PM_WORDS of them, in `arena`. */
struct pm_text *pm_words_new(struct pm_arena *arena);
/* The built-in label of a status in all languages, in `arena`. */
struct pm_text pm_status_label(enum pm_status_word status, bool place, struct pm_arena *arena);

/* Words of one language; `lang` need not be among those known: see pm_text_get(). */
struct pm_wording {
    const struct pm_text *words; /* PM_WORDS of them */
    const char *lang;
    struct pm_arena *arena; /* of the results */
};

/* A value for a {slot} in a word. */
struct pm_slot {
    const char *name, *value;
};
/* The word, its slots filled in. `slots` ends with a NULL name; may be NULL. */
char *pm_word(const struct pm_wording *wording, enum pm_word word, const struct pm_slot *slots);
/* "4 May 2021" */
char *pm_word_date(const struct pm_wording *wording, pm_date date);
/* "3,108.5": at most `decimals` (0..9) digits of the fraction, in the language's digits, with its
 * signs. |value| < 1e9. */
char *pm_word_number(const struct pm_wording *wording, double value, int decimals);
/* A number that names something, such as a year or a source: not grouped. */
char *pm_word_ordinal(const struct pm_wording *wording, size_t number);

#endif
