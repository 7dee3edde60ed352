#include "model/text.h"

#include "base/str.h"
#include "base/banned.h"

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Is `own` the first `length` bytes of `lang`? Case does not count (BCP 47). */
static bool is_language(const char *own, const char *lang, size_t length)
{
    size_t k = 0;
    while (k < length && own[k] && small(own[k]) == small(lang[k]))
        k++;
    return k == length && own[k] == '\0';
}

bool pm_lang_covers(const char *own, const char *lang)
{
    size_t length = strlen(own);
    return length <= strlen(lang) && (lang[length] == '\0' || lang[length] == '-') &&
           is_language(own, lang, length);
}

static const struct pm_text_entry *entry_of(const struct pm_text *text, const char *lang,
                                            size_t length)
{
    for (size_t i = 0; i < text->n; i++)
        if (is_language(text->v[i].lang, lang, length))
            return &text->v[i];
    return NULL;
}

/* "zh-Hant-TW", else "zh-Hant", else "zh": the lookup of RFC 4647, section 3.4. */
static const struct pm_text_entry *look_up(const struct pm_text *text, const char *lang)
{
    const struct pm_text_entry *found = NULL;
    for (size_t length = strlen(lang); !found && length > 0; length--)
        if (lang[length] == '\0' || lang[length] == '-')
            found = entry_of(text, lang, length);
    return found;
}

const char *pm_text_get(const struct pm_text *text, const char *lang, const char **got)
{
    if (text->n == 0)
        return NULL;
    const struct pm_text_entry *found = look_up(text, lang);
    found = found ? found : entry_of(text, "", 0);
    found = found ? found : entry_of(text, "en", 2);
    found = found ? found : &text->v[0];
    if (got)
        *got = found->lang;
    return found->s;
}

void pm_text_add(struct pm_text *text, struct pm_arena *arena, const char *lang, const char *s)
{
    if (!s || !*s)
        return;
    struct pm_text_entry *grown = PM_NEW_N(arena, struct pm_text_entry, text->n + 1);
    if (text->n)
        memcpy(grown, text->v, text->n * sizeof *grown);
    grown[text->n++] = (struct pm_text_entry){pm_strdup(arena, lang), pm_strdup(arena, s)};
    text->v = grown;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t alphanumerics(const char *s)
{
    size_t n = 0;
    while (is_letter(s[n]) || (s[n] >= '0' && s[n] <= '9'))
        n++;
    return n;
}

bool pm_is_language(const char *tag)
{
    size_t letters = 0;
    while (is_letter(tag[letters]))
        letters++;
    bool good = letters == 2 || letters == 3;
    for (tag += letters; good && *tag; tag += 1 + alphanumerics(tag + 1))
        good = *tag == '-' && alphanumerics(tag + 1) >= 1 && alphanumerics(tag + 1) <= 8;
    return good;
}
