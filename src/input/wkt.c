#include "input/wkt.h"

#include <math.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/banned.h"

struct parser {
    const char *at;
    struct pm_arena *arena;
};

static void skip_blanks(struct parser *p)
{
    p->at += strspn(p->at, " \t\r\n");
}

/* A quoted text; a quotation mark inside is doubled. */
static char *parse_quoted(struct parser *p)
{
    struct pm_str text = {0};
    for (p->at++; *p->at; p->at++) {
        if (*p->at == '"' && p->at[1] != '"')
            break;
        p->at += *p->at == '"';
        pm_str_addc(&text, *p->at);
    }
    char *result = *p->at ? pm_strdup(p->arena, pm_str_get(&text)) : NULL;
    p->at += *p->at == '"';
    pm_str_finish(&text);
    return result;
}

/* A keyword or a number. */
static char *parse_word(struct parser *p)
{
    size_t length = 0;
    for (char c; (c = p->at[length]) != '\0'; length++)
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              strchr("_+-.:", c)))
            break;
    char *word = length ? pm_strndup(p->arena, p->at, length) : NULL;
    for (char *c = word; c && *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    p->at += length;
    return word;
}

static struct pm_wkt *parse_node(struct parser *p, int depth);

/* The list in a node's brackets. */
static bool parse_children(struct parser *p, struct pm_wkt *node, int depth)
{
    const struct pm_wkt **last = &node->child;
    char close = *p->at == '[' ? ']' : ')';
    do {
        p->at++;
        struct pm_wkt *child = parse_node(p, depth + 1);
        if (!child)
            return false;
        *last = child;
        last = &child->next;
        skip_blanks(p);
    } while (*p->at == ',');
    return *p->at++ == close;
}

static struct pm_wkt *parse_node(struct parser *p, int depth)
{
    struct pm_wkt *node = PM_NEW(p->arena, struct pm_wkt);
    skip_blanks(p);
    node->quoted = *p->at == '"';
    node->word = node->quoted ? parse_quoted(p) : parse_word(p);
    if (!node->word || depth > PM_MOST_WKT_DEPTH)
        return NULL;
    skip_blanks(p);
    if (!node->quoted && (*p->at == '[' || *p->at == '(') && !parse_children(p, node, depth))
        return NULL;
    return node;
}

const struct pm_wkt *pm_wkt_parse(const char *text, struct pm_arena *arena)
{
    struct parser p = {.at = text, .arena = arena};
    const struct pm_wkt *node = parse_node(&p, 0);
    return node && node->child ? node : NULL;
}

bool pm_wkt_is(const struct pm_wkt *node, const char *keywords)
{
    size_t length = strlen(node->word);
    for (const char *k = keywords; !node->quoted && k; k = strchr(k, '|')) {
        k += *k == '|';
        if (strcspn(k, "|") == length && strncmp(k, node->word, length) == 0)
            return true;
    }
    return false;
}

const struct pm_wkt *pm_wkt_find(const struct pm_wkt *node, const char *keywords)
{
    const struct pm_wkt *child = node ? node->child : NULL;
    while (child && !(child->child && pm_wkt_is(child, keywords)))
        child = child->next;
    return child;
}

const char *pm_wkt_name(const struct pm_wkt *node)
{
    return node && node->child && node->child->quoted ? node->child->word : "";
}

double pm_wkt_value(const struct pm_wkt *node)
{
    double value = 0;
    const struct pm_wkt *number = node && node->child ? node->child->next : NULL;
    if (!number || number->quoted || !pm_parse_number(number->word, strlen(number->word), &value))
        return (double)NAN;
    return value;
}
