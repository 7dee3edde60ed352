#include "base/seal.h"

#include "base/sha256.h"
#include "base/banned.h"

/* The sum of a text but for `length` bytes at `gap`. */
static void add_sum(const char *text, const char *gap, size_t length, struct pm_str *out)
{
    struct pm_str rest = {0};
    pm_str_addn(&rest, text, (size_t)(gap - text));
    pm_str_add(&rest, gap + length);
    pm_sha256_base64(pm_str_get(&rest), rest.n, out);
    pm_str_finish(&rest);
}

static const char *gap_of(const char *text)
{
    const char *mark = strstr(text, PM_SEAL);
    return mark ? mark + strlen(PM_SEAL) : NULL;
}

void pm_seal(struct pm_str *text)
{
    const char *all = pm_str_get(text), *gap = gap_of(all);
    struct pm_str sealed = {0};
    pm_str_addn(&sealed, all, (size_t)(gap - all));
    add_sum(all, gap, 0, &sealed);
    pm_str_add(&sealed, gap);
    pm_str_finish(text);
    *text = sealed;
}

bool pm_is_sealed(const char *text)
{
    const char *gap = gap_of(text);
    struct pm_str sum = {0};
    size_t length = gap ? strcspn(gap, "\"") : 0;
    if (gap)
        add_sum(text, gap, length, &sum);
    bool sealed = gap && sum.n == length && strncmp(gap, pm_str_get(&sum), length) == 0;
    pm_str_finish(&sum);
    return sealed;
}
