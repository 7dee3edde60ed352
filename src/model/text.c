#include "model/text.h"

#include "base/str.h"
#include "base/banned.h"

const char *pm_text_get(const struct pm_text *text, const char *lang, const char **got)
{
    const char *const wanted[] = {lang, "", "en"};
    if (text->n == 0)
        return NULL;
    const struct pm_text_entry *found = NULL;
    for (size_t i = 0; !found && i < sizeof wanted / sizeof *wanted; i++)
        for (size_t k = 0; !found && k < text->n; k++)
            if (pm_streq(text->v[k].lang, wanted[i]))
                found = &text->v[k];
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
