#include "model/script.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/banned.h"

/* By blocks of Unicode: what they hold besides letters is of no use without them. */
static const struct {
    uint32_t first, last;
    enum pm_script script;
} blocks[] = {
    {'A', 'Z', PM_SCRIPT_LATIN},          {'a', 'z', PM_SCRIPT_LATIN},
    {0x00C0, 0x00D6, PM_SCRIPT_LATIN},    {0x00D8, 0x00F6, PM_SCRIPT_LATIN},
    {0x00F8, 0x02AF, PM_SCRIPT_LATIN},    {0x0400, 0x052F, PM_SCRIPT_CYRILLIC},
    {0x0600, 0x06FF, PM_SCRIPT_ARABIC},   {0x0750, 0x077F, PM_SCRIPT_ARABIC},
    {0x0870, 0x08FF, PM_SCRIPT_ARABIC},   {0x1000, 0x109F, PM_SCRIPT_MYANMAR},
    {0x1C80, 0x1C8F, PM_SCRIPT_CYRILLIC}, {0x1E00, 0x1EFF, PM_SCRIPT_LATIN},
    {0x2DE0, 0x2DFF, PM_SCRIPT_CYRILLIC}, {0xA640, 0xA69F, PM_SCRIPT_CYRILLIC},
    {0xA720, 0xA7FF, PM_SCRIPT_LATIN},    {0xA9E0, 0xA9FF, PM_SCRIPT_MYANMAR},
    {0xAA60, 0xAA7F, PM_SCRIPT_MYANMAR},  {0xFB50, 0xFDFF, PM_SCRIPT_ARABIC},
    {0xFE70, 0xFEFE, PM_SCRIPT_ARABIC},   {0x116D0, 0x116FF, PM_SCRIPT_MYANMAR},
};

enum pm_script pm_script_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks && c >= blocks[i].first; i++)
        if (c <= blocks[i].last)
            return blocks[i].script;
    return PM_SCRIPT_COMMON;
}

enum pm_script pm_script_of_text(const char *s)
{
    enum pm_script script = PM_SCRIPT_COMMON;
    while (*s && script == PM_SCRIPT_COMMON)
        script = pm_script_of(pm_utf8_next(&s));
    return script;
}

unsigned pm_scripts_in(const char *s)
{
    unsigned scripts = 0;
    while (*s) {
        unsigned char c = (unsigned char)*s;
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c >= 0x80) {
            scripts |= 1U << pm_script_of(pm_utf8_next(&s));
            continue;
        }
        scripts |= 1U << (letter ? PM_SCRIPT_LATIN : PM_SCRIPT_COMMON);
        s++;
    }
    return scripts;
}
