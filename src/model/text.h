/* A text in several languages, as `"title": {"en": "...", "fa": "..."}` or a plain string gives. */
#ifndef PM_MODEL_TEXT_H
#define PM_MODEL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct pm_text_entry {
    const char *lang; /* BCP 47; "" for a text without a language */
    const char *s;    /* UTF-8, never empty */
};

/* Zeroed: no text. */
struct pm_text {
    struct pm_text_entry *v;
    size_t n;
};

/* The text in `lang` ("fa-AF" also finds "fa"), else without language, else English, else the first;
 * NULL if there is none. `*got` (may be NULL) is set to the language of what was found. */
const char *pm_text_get(const struct pm_text *text, const char *lang, const char **got);
/* Is a text in `own` good for a reader of `lang`? "fa" is for "fa-AF". */
bool pm_lang_covers(const char *own, const char *lang);
/* The shape of a tag of BCP 47 (RFC 5646): two or three letters, then parts of up to eight. */
bool pm_is_language(const char *tag);
/* Adds an entry; empty and NULL strings are ignored. */
void pm_text_add(struct pm_text *text, struct pm_arena *arena, const char *lang, const char *s);

#endif
