/* How near two spellings of a name are to each other: what transliteration changes costs little,
 * whatever the script. For proposals only; identifiers are compared letter by letter (similar.h). */
#ifndef PM_INPUT_SPELLING_H
#define PM_INPUT_SPELLING_H

#include <stdint.h>

#include "base/arena.h"

enum { PM_SPELLING_SOUNDS = 48, PM_SPELLING_WORDS = 5, PM_SPELLING_FAR = 1000 };

struct pm_sound {
    uint32_t code;   /* a Latin letter, or a code point of a script that is not romanised */
    uint32_t groups; /* bits; sounds that share one are easily taken for each other */
    int gap;         /* what it costs to leave it out */
};

/* A name as a row of sounds, the words behind each other; in an arena. Zeroed is "". */
struct pm_spelling {
    const struct pm_sound *sounds;
    int length, weight; /* weight: the cost of leaving all out */
    uint32_t groups;    /* of all sounds */
    int word_count;
    int ends[PM_SPELLING_WORDS]; /* of each word, in `sounds` */
};

/* What is known of ASCII sounds, to be looked up quickly. */
struct pm_sound_table {
    struct pm_sound sounds[128];
};

void pm_sound_table_init(struct pm_sound_table *table);
/* `words`: folded (base/str.h), with single blanks between. Words beyond the limit count as part
 * of the last one, sounds beyond it not at all. */
void pm_spelling_init(struct pm_spelling *spelling, const struct pm_sound_table *table,
                      struct pm_arena *arena, const char *words);
/* 0: the same sounds; PM_SPELLING_FAR: nothing in common, or more than `limit` (< FAR).
 * Symmetric. */
int pm_spelling_distance(const struct pm_spelling *a, const struct pm_spelling *b, int limit);

#endif
