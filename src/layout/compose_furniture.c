/* Title, subtitle, frame, scale bar, credit line, and what the file says of itself. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "layout/changes.h"
#include "layout/column.h"
#include "layout/series.h"
#include "layout/sources.h"
#include "layout/state.h"
#include "layout/story.h"
#include "layout/type.h"
#include "base/banned.h"

static void begin(struct pm_scene *scene, const char *layer)
{
    pm_scene_begin(scene, &(struct pm_ident){.role = "layer", .key = layer, .classes = layer},
                   (struct pm_box){0});
}

static void draw_frame(const struct pm_draft *draft, struct pm_scene *scene)
{
    struct pm_path path = {0};
    pm_path_box(&path, draft->page.map);
    pm_scene_path(scene, NULL, &path,
                  (struct pm_paint){.stroke = draft->style->color.rule,
                                    .width = pm_px(draft, draft->style->line.frame)});
    pm_path_finish(&path);
}

/* ---- scale bar ---------------------------------------------------------------------------------- */

static void scale_text(const struct pm_draft *draft, struct pm_scene *scene, const char *s,
                       double x, double y)
{
    pm_draw_run(scene, pm_type_label(draft, PM_TYPE_SCALE, s, NULL), x, y, PM_ANCHOR_MIDDLE);
}

static void draw_ticks(const struct pm_draft *draft, struct pm_scene *scene, double x, double y)
{
    struct pm_path path = {0};
    double length = draft->bar.length, tick = pm_px(draft, 6);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 3; i++) {
            pm_path_move(&path, x + length * i / 2, y - tick);
            pm_path_line(&path, x + length * i / 2, y);
        }
        pm_path_move(&path, x, y);
        pm_path_line(&path, x + length, y);
        struct pm_paint paint = {.stroke =
                                     pass ? draft->style->color.ink2 : draft->style->color.halo,
                                 .width = pm_px(draft, pass ? 1.6 : 4)};
        pm_scene_path(scene, NULL, &path, paint);
    }
    pm_path_finish(&path);
}

static void draw_scale_bar(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_scale_bar *bar = &draft->bar;
    if (pm_box_empty(bar->box))
        return;
    double x = (bar->box.x0 + bar->box.x1) / 2 - bar->length / 2;
    double y = bar->box.y1 - pm_px(draft, 4), base = y - bar->base;
    begin(scene, "scale-bar");
    draw_ticks(draft, scene, x, y);
    for (int i = 0; i < 3; i++)
        if (bar->labels[i])
            scale_text(draft, scene, bar->labels[i], x + bar->length * i / 2, base);
    pm_scene_end(scene);
}

/* ---- footer --------------------------------------------------------------------------------------- */

static void add_part(const struct pm_draft *draft, struct pm_str *out, const char *part)
{
    if (part && *part)
        pm_str_addf(out, "%s%s", out->n ? pm_words_of(draft, PM_WORD_PARTS, NULL) : "", part);
}

static void add_own(const struct pm_draft *draft, struct pm_str *out, const char *part)
{
    add_part(draft, out, part ? pm_type_within(draft, draft->rtl, part) : NULL);
}

const char *pm_projection_said(const struct pm_draft *draft, const struct pm_projection *projection)
{
    if (projection->kind == PM_PROJECTION_OTHER)
        return pm_projection_name(projection);
    return pm_words_of(draft, PM_WORD_ALBERS + projection->kind - PM_PROJECTION_ALBERS, NULL);
}

const char *pm_projection_said_longest(const struct pm_draft *draft)
{
    const char *longest = "";
    for (enum pm_word word = PM_WORD_ALBERS; word <= PM_WORD_LAMBERT_CONFORMAL; word++) {
        const char *name = pm_words_of(draft, word, NULL);
        longest = strlen(name) > strlen(longest) ? name : longest;
    }
    return longest;
}

const char *pm_credit(const struct pm_draft *draft, const char *projection)
{
    const struct pm_slot name[] = {{"name", projection}, {NULL, NULL}};
    const struct pm_slot version[] = {{"version", draft->atlas->version}, {NULL, NULL}};
    const struct pm_slot license[] = {{"name", draft->status->license}, {NULL, NULL}};
    struct pm_str out = {0};
    add_own(draft, &out, draft->status->credit);
    add_own(draft, &out, draft->atlas->credit);
    if (draft->atlas->version)
        add_part(draft, &out, pm_words_of(draft, PM_WORD_DATA, version));
    add_part(draft, &out, pm_words_of(draft, PM_WORD_PROJECTION, name));
    if (draft->status->license)
        add_part(draft, &out, pm_words_of(draft, PM_WORD_LICENSE, license));
    const char *credit = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return pm_type_led(draft, credit);
}

void pm_compose_footer(const struct pm_draft *draft, struct pm_scene *scene)
{
    if (!draft->style->show.credit)
        return;
    struct pm_box box = draft->page.footer;
    double gap = pm_px(draft, PM_FOOTER_GAP), below = pm_px(draft, PM_FOOTER_BELOW);
    struct pm_block block =
        pm_footer_block(draft, pm_projection_said(draft, &draft->frame.projection));
    double room = pm_box_h(box) - gap - below; /* for lines as the longest name has them */
    if (pm_block_cut(draft, &block, room + block.leading / 2))
        pm_text_cut(draft, "credit line");
    begin(scene, "footer");
    pm_block_draw(draft, scene, &block, box.x0, box.y0 + gap);
    pm_scene_end(scene);
}

void pm_compose_header(const struct pm_draft *draft, struct pm_scene *scene)
{
    const struct pm_page *page = &draft->page;
    if (!draft->style->show.title && !draft->style->show.subtitle)
        return;
    begin(scene, "header");
    if (page->title_block)
        pm_block_draw(draft, scene, page->title_block, page->title.x0, page->title.y0);
    if (page->subtitle_block)
        pm_block_draw(draft, scene, page->subtitle_block, page->subtitle.x0, page->subtitle.y0);
    pm_scene_end(scene);
}

void pm_compose_furniture(const struct pm_draft *draft, struct pm_scene *scene)
{
    draw_scale_bar(draft, scene);
    pm_compose_north(draft, scene);
    if (draft->style->show.graticule)
        pm_compose_degrees(draft, scene);
    if (draft->style->show.frame)
        draw_frame(draft, scene);
}

/* ---- metadata -------------------------------------------------------------------------------------- */

/* In one line; "" for NULL. */
static const char *joined(const struct pm_draft *draft, const char *text)
{
    char *s = pm_strdup(draft->arena, text ? text : "");
    for (char *at = s; *at; at++)
        *at = *at == '\n' ? ' ' : *at;
    return s;
}

static void end_sentence(const struct pm_draft *draft, struct pm_str *out)
{
    if (out->n && out->s[out->n - 1] == '.') /* of the user's text */
        out->s[--out->n] = '\0';
    pm_str_add(out, pm_words_of(draft, PM_WORD_STOP, NULL));
}

/* "Contested: 1 (Helmand)." */
struct sentence {
    struct pm_str *out;
    size_t count, named;
};

static struct sentence begin_sentence(const struct pm_draft *draft, struct pm_str *out,
                                      const char *label, size_t count)
{
    pm_str_addf(out, "%s%s%s", label, pm_words_of(draft, PM_WORD_COLON, NULL),
                pm_count_of(draft, count));
    return (struct sentence){out, count, 0};
}

static void add_name(const struct pm_draft *draft, struct sentence *s, const char *name)
{
    if (s->count <= PM_MOST_NAMES)
        pm_str_addf(s->out, "%s%s", s->named++ ? pm_words_of(draft, PM_WORD_LIST, NULL) : " (",
                    name);
}

static void end_names(const struct pm_draft *draft, const struct sentence *s)
{
    pm_str_add(s->out, s->named ? ")" : "");
    end_sentence(draft, s->out);
}

/* Areas by name, but not a list of all that are unknown. */
static void describe_look(const struct pm_draft *draft, struct pm_str *out, size_t look,
                          bool doubtful)
{
    const struct pm_tally *tally = &draft->area_tally[look];
    size_t count = doubtful ? tally->doubtful : tally->solid;
    if (!count)
        return;
    struct sentence s = begin_sentence(
        draft, out, pm_legend_label(draft, &draft->looks[look], doubtful, false), count);
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_area_draft *area = &draft->areas[i];
        if (area->state.look == &draft->looks[look] && area->state.doubtful == doubtful &&
            area->state.record)
            add_name(draft, &s, pm_feature_name(draft, area->feature, NULL));
    }
    end_names(draft, &s);
}

static void describe_changes(const struct pm_draft *draft, struct pm_str *out)
{
    const struct pm_transitions t = pm_transitions_of(draft, false);
    pm_str_add(out, pm_changed_said(draft, t.changed));
    end_sentence(draft, out);
    for (size_t i = 0; i < t.count; i++) {
        if (t.v[i].first && (i == 0 || !t.v[i - 1].first)) {
            begin_sentence(draft, out, pm_words_of(draft, PM_WORD_FIRST_ASSESSED, NULL), t.first);
            end_sentence(draft, out);
        }
        struct sentence s =
            begin_sentence(draft, out, pm_transition_said(draft, &t.v[i], false), t.v[i].count);
        for (size_t k = 0; k < draft->area_count; k++)
            if (pm_in_transition(&draft->areas[k].state, &t.v[i]))
                add_name(draft, &s, pm_feature_name(draft, draft->areas[k].feature, NULL));
        end_names(draft, &s);
    }
}

static bool is_of(const struct pm_place_draft *place, const struct pm_status_look *look,
                  bool doubtful)
{
    return place->state.record && place->state.look == look && place->state.doubtful == doubtful;
}

static void describe_places_of(const struct pm_draft *draft, struct pm_str *out,
                               const struct pm_status_look *look, bool doubtful)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->place_all; i++)
        count += is_of(&draft->places[i], look, doubtful);
    if (!count)
        return;
    struct sentence s =
        begin_sentence(draft, out, pm_legend_label(draft, look, doubtful, true), count);
    for (size_t i = 0; i < draft->place_all; i++)
        if (is_of(&draft->places[i], look, doubtful))
            add_name(draft, &s, draft->places[i].name);
    end_names(draft, &s);
}

/* The places of which the status file speaks, as the areas; then who is pressed. */
static void describe_places(const struct pm_draft *draft, struct pm_str *out)
{
    for (size_t i = 0; i < 2 * draft->look_count; i++)
        describe_places_of(draft, out, &draft->looks[i / 2], i % 2);
    for (size_t i = 0; i < draft->place_all; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        if (!place->state.record || !place->state.record->pressure)
            continue;
        pm_str_addf(out, "%s%s%s", place->name, pm_words_of(draft, PM_WORD_COLON, NULL),
                    joined(draft, pm_state_said(draft, &place->state, true)));
        end_sentence(draft, out);
    }
}

/* "1: Strikes reported. Claimed by the army: … Not verified independently · source [1]." */
static void describe_event(const struct pm_draft *draft, struct pm_str *out,
                           const struct pm_event_draft *event)
{
    struct pm_story_line *lines = NULL;
    size_t count = pm_story_tell(draft, event, &lines);
    const char *colon = pm_words_of(draft, PM_WORD_COLON, NULL);
    pm_str_addf(out, "%s%s", pm_ordinal_of(draft, (size_t)event->number), colon);
    for (size_t i = 0; i < count; i++) {
        bool head = lines[i].role == PM_TYPE_CALLOUT_HEAD && i + 1 < count &&
                    lines[i + 1].role == PM_TYPE_CALLOUT;
        const char *said = i ? lines[i].s : pm_event_title(draft, event->event);
        pm_str_add(out, joined(draft, said));
        if (head)
            pm_str_add(out, colon);
        else
            end_sentence(draft, out);
    }
}

static const char *description(const struct pm_draft *draft)
{
    struct pm_str out = {0};
    pm_str_add(&out, joined(draft, pm_subtitle_of(draft)));
    if (out.n)
        end_sentence(draft, &out);
    if (draft->series)
        pm_series_say(draft, &out);
    if (draft->before)
        describe_changes(draft, &out);
    for (size_t i = 0; !draft->series && i < draft->look_count; i++) {
        describe_look(draft, &out, i, false);
        describe_look(draft, &out, i, true);
    }
    if (!draft->series)
        describe_places(draft, &out);
    for (size_t i = 0; i < draft->event_count; i++)
        describe_event(draft, &out, &draft->events[i]);
    while (out.n && out.s[out.n - 1] == ' ')
        out.s[--out.n] = '\0';
    const char *s = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return s;
}

const char *pm_alt_text(const struct pm_draft *draft)
{
    return pm_sprintf(draft->arena, "%s\n%s\n", joined(draft, pm_title_of(draft)),
                      description(draft));
}

static const char *source_list(const struct pm_draft *draft)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < draft->status->source_count; i++) {
        const struct pm_source_ref *source = &draft->status->sources[i];
        pm_str_addf(&out, "%s%s", i ? pm_words_of(draft, PM_WORD_SEMICOLON, NULL) : "",
                    pm_source_name(draft, source));
        if (source->url)
            pm_str_addf(&out, " <%s>", source->url);
    }
    const char *s = out.n ? pm_strdup(draft->arena, pm_str_get(&out)) : NULL;
    pm_str_finish(&out);
    return s;
}

/* "Afghanistan, Helmand": what the map shows, as far as it is named. NULL if nothing is. */
static const char *keywords(const struct pm_draft *draft, const char *region)
{
    struct pm_str out = {0};
    pm_str_add(&out, region ? region : "");
    for (size_t i = 0; draft->focus_count <= PM_MOST_NAMES && i < draft->focus_count; i++)
        pm_str_addf(&out, "%s%s", out.n ? ", " : "",
                    pm_feature_name(draft, draft->areas[draft->focus[i]].feature, NULL));
    const char *s = out.n ? pm_strdup(draft->arena, pm_str_get(&out)) : NULL;
    pm_str_finish(&out);
    return s;
}

void pm_compose_metadata(const struct pm_draft *draft, struct pm_scene *scene)
{
    char iso[16];
    pm_date_iso(draft->date, iso);
    scene->title = joined(draft, pm_title_of(draft));
    scene->description = description(draft);
    scene->date = pm_strdup(draft->arena, iso);
    scene->author = draft->status->credit;
    scene->rights = draft->status->license ? draft->status->license : draft->atlas->credit;
    scene->sources = source_list(draft);
    scene->credit = pm_credit(draft, pm_projection_said(draft, &draft->frame.projection));
    scene->subject = pm_text_get(&draft->atlas->name, draft->lang, NULL);
    scene->keywords = keywords(draft, scene->subject);
}
