#include "base/roff.h"

#include "base/banned.h"

/* What has a meaning of its own, or is set as a typographer would have it: hyphens, quotes, accents. */
static const char *escape_of(uint32_t c)
{
    switch (c) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '"':
        return "\\(dq";
    case '\'':
        return "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    default:
        return NULL;
    }
}

void pm_roff_add(struct pm_str *out, const char *text)
{
    bool begins = true; /* a line; a dot there would make it a request */
    while (*text) {
        uint32_t c = pm_utf8_next(&text);
        const char *escape = escape_of(c);
        if (begins && c == '.')
            pm_str_add(out, "\\&");
        if (escape)
            pm_str_add(out, escape);
        else if (c < 0x80)
            pm_str_addc(out, (char)c);
        else
            pm_str_addf(out, "\\[u%04X]", (unsigned)c);
        begins = c == '\n';
    }
}
