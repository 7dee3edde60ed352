/* The words that provmap itself writes on a map, one entry each, per language. A style may change
 * or add them: `"words": {"as_of": {"en": "as of {date}"}}`. */
#ifndef PM_MODEL_WORDS_H
#define PM_MODEL_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "model/date.h"
#include "model/text.h"

enum pm_word {
    PM_WORD_TITLE,    /* default title: "Control of {name}" */
    PM_WORD_AS_OF,    /* "as of {date}" */
    PM_WORD_ASSESSED, /* "{n} of {m} {unit} assessed" */
    PM_WORD_AREA,     /* when the atlas does not say: "area" */
    PM_WORD_AREAS,
    PM_WORD_AREA_STATUS, /* heading: "{unit} status" */
    PM_WORD_PLACE_STATUS,
    PM_WORD_NATIONAL_CAPITAL,
    PM_WORD_EVENT,
    PM_WORD_ROAD,
    PM_WORD_DISPUTED,
    PM_WORD_CHANGE_OF_SIDE,
    PM_WORD_CLAIMED, /* "{label}: claimed or low confidence" */
    PM_WORD_NOTES,
    PM_WORD_SOURCES,
    PM_WORD_CLAIMED_BY,
    PM_WORD_CONFIRMED_BY,
    PM_WORD_DENIED_BY,
    PM_WORD_UNVERIFIED,
    PM_WORD_AT_PROVINCE, /* "placed at {unit} level" */
    PM_WORD_AT_DISTRICT,
    PM_WORD_SOURCE_REF,  /* "source {refs}" */
    PM_WORD_SOURCE_REFS, /* "sources {refs}" */
    PM_WORD_NO_SOURCE,
    PM_WORD_STALE,      /* "last verified {date}" */
    PM_WORD_STALE_NOTE, /* what a date after a name means; {n} days */
    PM_WORD_FOCUS_NOTE, /* what pale areas are on a focus map */
    PM_WORD_UNMATCHED,  /* what --unmatched warn left out: {names} */
    PM_WORD_KEY,        /* "Numbers on the map: {names}" */
    PM_WORD_MORE_NOTES, /* "Notes left out …: {n}" */
    PM_WORD_DISCLAIMER,
    PM_WORD_LICENSE,    /* "Licence: {name}" */
    PM_WORD_PROJECTION, /* "{name} projection" */
    PM_WORD_SCALE_AT,   /* "at {lat}" */
    PM_WORD_SINCE,      /* "since {date}" */
    PM_WORD_DATE,       /* "{d} {month} {y}" */
    PM_WORD_MONTH_1,
    PM_WORD_MONTH_12 = PM_WORD_MONTH_1 + 11,
    PM_WORDS
};

/* The word's name in a style file. */
const char *pm_word_name(enum pm_word word);
bool pm_word_parse(const char *name, enum pm_word *out);
/* The built-in texts, PM_WORDS of them, in `arena`. */
struct pm_text *pm_words_new(struct pm_arena *arena);

/* A value for a {slot} in a word. */
struct pm_slot {
    const char *name, *value;
};
/* The word in `lang`, its slots filled in. `slots` ends with a NULL name; may be NULL. */
char *pm_word(const struct pm_text *words, enum pm_word word, const char *lang,
              const struct pm_slot *slots, struct pm_arena *arena);
/* "4 May 2021" */
char *pm_word_date(const struct pm_text *words, const char *lang, pm_date date,
                   struct pm_arena *arena);

#endif
