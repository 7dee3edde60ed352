#include "layout/story.h"

#include "base/str.h"
#include "layout/state.h"
#include "base/banned.h"

static const double GAP = 5; /* above each head, px of the style */

static bool is_head(const struct pm_block *block)
{
    return block->role == PM_TYPE_CALLOUT_HEAD || block->role == PM_TYPE_DISCLAIMER;
}

/* The words, before they are set. */
struct lines {
    struct pm_story_line *v;
    size_t n;
};

static void add(struct lines *lines, enum pm_type_role role, const char *s)
{
    lines->v[lines->n++] = (struct pm_story_line){role, s};
}

static const char *title(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    pm_date date = event->event->date;
    bool dated = date != PM_NO_DATE;
    const char *line =
        pm_sprintf(draft->arena, "%s. %s%s%s", pm_ordinal_of(draft, (size_t)event->number),
                   pm_type_within(draft, draft->rtl, pm_event_title(draft, event->event)),
                   dated ? pm_words_of(draft, PM_WORD_LIST, NULL) : "",
                   dated ? pm_bound(draft, pm_date_of(draft, date)) : "");
    return pm_type_led(draft, line);
}

/* "Afghan military (Afghan government)"; the party alone if no detail is given. */
static const char *claimant(const struct pm_draft *draft, const struct pm_claim *claim)
{
    const struct pm_party *party = claim->by ? pm_find_party(draft->status, claim->by) : NULL;
    const char *name = party ? pm_text_get(&party->name, draft->lang, NULL) : NULL;
    const char *detail = pm_text_get(&claim->by_detail, draft->lang, NULL);
    if (name && detail)
        return pm_sprintf(draft->arena, "%s (%s)", detail, name);
    return detail ? detail : name ? name : claim->by ? claim->by : "?";
}

static void add_claim(const struct pm_draft *draft, struct lines *lines,
                      const struct pm_claim *claim)
{
    static const enum pm_word words[] = {PM_WORD_CLAIMED_BY, PM_WORD_CONFIRMED_BY,
                                         PM_WORD_DENIED_BY};
    const struct pm_slot slots[] = {{"who", claimant(draft, claim)}, {NULL, NULL}};
    add(lines, PM_TYPE_CALLOUT_HEAD, pm_words_of(draft, words[claim->stance], slots));
    const char *text = pm_text_get(&claim->text, draft->lang, NULL);
    if (!text)
        return;
    const char *refs = pm_source_refs(draft, claim->sources, claim->source_count);
    add(lines, PM_TYPE_CALLOUT,
        pm_type_led(draft,
                    pm_sprintf(draft->arena, "%s%s%s", pm_type_within(draft, draft->rtl, text),
                               *refs ? " " : "", refs)));
}

/* "Not verified independently · place known to province only" */
static void add_doubt(const struct pm_draft *draft, const struct pm_event *event,
                      struct pm_str *out)
{
    const struct pm_slot unit[] = {{"unit", pm_unit(draft, false)}, {NULL, NULL}};
    const char *verified = pm_text_get(&event->verification, draft->lang, NULL);
    const char *between = pm_words_of(draft, PM_WORD_PARTS, NULL);
    pm_str_add(out, verified ? pm_type_within(draft, draft->rtl, verified)
                             : pm_words_of(draft, PM_WORD_UNVERIFIED, NULL));
    if (event->precision == PM_PRECISION_PROVINCE)
        pm_str_addf(out, "%s%s", between, pm_words_of(draft, PM_WORD_AT_PROVINCE, unit));
    if (event->precision == PM_PRECISION_DISTRICT)
        pm_str_addf(out, "%s%s", between, pm_words_of(draft, PM_WORD_AT_DISTRICT, NULL));
}

/* The same, and the sources: " · source [1]" */
static const char *footing(const struct pm_draft *draft, const struct pm_event *event)
{
    struct pm_str out = {0};
    add_doubt(draft, event, &out);
    const struct pm_slot refs[] = {
        {"refs", pm_source_refs(draft, event->sources, event->source_count)}, {NULL, NULL}};
    enum pm_word word = event->source_count == 0   ? PM_WORD_NO_SOURCE
                        : event->source_count == 1 ? PM_WORD_SOURCE_REF
                                                   : PM_WORD_SOURCE_REFS;
    pm_str_addf(&out, "%s%s", pm_words_of(draft, PM_WORD_PARTS, NULL),
                pm_words_of(draft, word, refs));
    const char *result = pm_type_led(draft, pm_strdup(draft->arena, pm_str_get(&out)));
    pm_str_finish(&out);
    return result;
}

size_t pm_story_tell(const struct pm_draft *draft, const struct pm_event_draft *event,
                     struct pm_story_line **lines)
{
    const struct pm_event *e = event->event;
    struct lines told = {PM_NEW_N(draft->arena, struct pm_story_line, 2 + 2 * e->claim_count), 0};
    add(&told, PM_TYPE_CALLOUT_TITLE, title(draft, event));
    for (size_t i = 0; i < e->claim_count; i++)
        add_claim(draft, &told, &e->claims[i]);
    add(&told, PM_TYPE_DISCLAIMER, footing(draft, e));
    *lines = told.v;
    return told.n;
}

const char *pm_story_short(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    struct pm_story_line *lines = NULL;
    size_t count = pm_story_tell(draft, event, &lines);
    const char *between = pm_words_of(draft, PM_WORD_PARTS, NULL);
    struct pm_str out = {0};
    for (size_t i = 0; i < count; i++)
        if (lines[i].role != PM_TYPE_CALLOUT && lines[i].role != PM_TYPE_DISCLAIMER)
            pm_str_addf(&out, "%s%s", lines[i].s, between);
    add_doubt(draft, event->event, &out);
    const char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

struct pm_story pm_story_make(const struct pm_draft *draft, const struct pm_event_draft *event,
                              double width)
{
    struct pm_story_line *lines = NULL;
    struct pm_story story = {.count = pm_story_tell(draft, event, &lines)};
    story.blocks = PM_NEW_N(draft->arena, struct pm_block, story.count);
    for (size_t i = 0; i < story.count; i++) {
        struct pm_block *block = &story.blocks[i];
        *block = pm_block_make(draft, lines[i].role, lines[i].s, width);
        story.height += block->height + (is_head(block) ? pm_px(draft, GAP) : 0);
    }
    return story;
}

double pm_story_draw(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_story *story, double x, double y)
{
    for (size_t i = 0; i < story->count; i++) {
        if (is_head(&story->blocks[i]))
            y += pm_px(draft, GAP);
        y = pm_block_draw(draft, scene, &story->blocks[i], x, y);
    }
    return y;
}
