/* A page of HTML: the map, its table, events and sources, in one file that needs nothing else. It works
 * without its script, which is allowed, as its style is, by what it is (a hash in the page's own content
 * security policy): nothing else runs, and nothing is loaded, whatever names and texts say.
 *
 * The map is cropped by its header, which the page says itself. */
#include "base/sha256.h"
#include "layout/series.h"
#include "layout/sources.h"
#include "layout/state.h"
#include "layout/story.h"
#include "layout/table.h"
#include "output/svg_writer.h"
#include "base/banned.h"

#define CSS_DPI 96.0
#define ABOVE_MAP 12.0 /* px of the style that are kept above the frame */

extern const unsigned char pm_page_css[], pm_page_js[];

/* As the switch says, and else the system; paper is light. */
static const struct pm_svg_when dark_when[] = {
    {"@media screen and "
     "(prefers-color-scheme:dark){:where(:root:not(:has(#theme-light:checked))){\n",
     "}}\n"},
    {"@media screen{:where(:root:has(#theme-dark:checked)){\n", "}}\n"},
    {NULL, NULL}};

struct page {
    const struct pm_draft *draft, *dark; /* dark: for dark surroundings, or NULL */
    struct pm_str *out;
    struct pm_table table;
    const char **ids; /* of the rows' elements in the map, and of those of events */
};

/* ---- text ------------------------------------------------------------------------------- */

static const char *word(const struct page *p, enum pm_word which)
{
    return pm_words_of(p->draft, which, NULL);
}

static void add_element(struct pm_str *out, const char *tag, const char *text)
{
    pm_svg_element(out, tag, text);
}

/* A text of the user's, set apart from what stands around it: its direction is its own. */
static void add_own(struct pm_str *out, const char *text)
{
    pm_str_add(out, "<bdi>");
    pm_svg_escaped(out, text);
    pm_str_add(out, "</bdi>");
}

/* Nothing for NULL. */
static void add_paragraph(struct pm_str *out, const char *own)
{
    if (!own)
        return;
    pm_str_add(out, "<p>");
    add_own(out, own);
    pm_str_add(out, "</p>\n");
}

/* The first line, and the others beneath it. */
static void add_lines(struct pm_str *out, const char *text)
{
    char piece[2] = "";
    bool small = false;
    for (; *text; text++) {
        if (*text == '\n') {
            pm_str_add(out, small ? "<br>" : "<br><small>");
            small = true;
            continue;
        }
        piece[0] = *text;
        pm_svg_escaped(out, piece);
    }
    pm_str_add(out, small ? "</small>" : "");
}

static void add_date(const struct page *p, struct pm_str *out, pm_date date)
{
    char iso[16];
    if (date == PM_NO_DATE)
        return;
    pm_date_iso(date, iso);
    pm_str_addf(out, "<time datetime=\"%s\">", iso);
    pm_svg_escaped(out, pm_date_of(p->draft, date));
    pm_str_add(out, "</time>");
}

static void add_meta(struct pm_str *out, const char *kind, const char *name, const char *content)
{
    if (!content || !*content)
        return;
    pm_str_addf(out, "<meta %s=\"%s\"", kind, name);
    pm_svg_attr(out, "content", content);
    pm_str_add(out, ">\n");
}

static const struct pm_state *state_in(const struct pm_draft *draft, size_t row)
{
    size_t place = row - draft->area_count;
    return row < draft->area_count    ? &draft->areas[row].state
           : place < draft->place_all ? &draft->places[place].state
                                      : NULL;
}

/* Rules for the squares' colours in the dark, each pair of colours once. */
static void write_key_rules(const struct page *p, struct pm_str *css)
{
    struct pm_index seen = {0};
    size_t known = 0;
    for (size_t i = 0; p->dark && i < p->table.count; i++) {
        const struct pm_state *dark = state_in(p->dark, i);
        char light_hex[8], dark_hex[8];
        if (!dark)
            continue;
        pm_color_hex(pm_state_fill(p->draft, p->table.rows[i].state), light_hex);
        pm_color_hex(pm_state_fill(p->dark, dark), dark_hex);
        const char *rule = pm_sprintf(p->draft->arena, ".k%s%s{fill:light-dark(%s,%s)}\n",
                                      light_hex + 1, dark_hex + 1, light_hex, dark_hex);
        if (pm_index_get(&seen, rule, &known))
            continue;
        pm_index_set(&seen, p->draft->arena, rule, i);
        pm_str_add(css, rule);
    }
}

/* ---- what may run ------------------------------------------------------------------------ */

static void allow(struct pm_str *policy, const char *text, size_t size)
{
    pm_str_add(policy, " 'sha256-");
    pm_sha256_base64(text, size, policy);
    pm_str_addc(policy, '\'');
}

/* What stands in the map between `begin` and `end`: escaped texts hold neither. Each once. */
static size_t allow_each(struct pm_str *policy, const char *svg, const char *begin, const char *end)
{
    struct pm_str one = {0};
    size_t count = 0;
    while ((svg = strstr(svg, begin)) != NULL) {
        svg += strlen(begin);
        size_t length = (size_t)(strstr(svg, end) - svg);
        one.n = 0;
        allow(&one, svg, length);
        if (!policy->n || !strstr(policy->s, one.s)) {
            pm_str_add(policy, one.s);
            count++;
        }
    }
    pm_str_finish(&one);
    return count;
}

/* The styles of the map are known by then; a style in an attribute counts only if that is said. */
static void add_policy(struct pm_str *out, const char *css, const char *svg)
{
    const char *js = (const char *)pm_page_js;
    struct pm_str styles = {0};
    allow(&styles, css, strlen(css));
    allow_each(&styles, svg, "<style>", "</style>");
    if (allow_each(&styles, svg, " style=\"", "\""))
        pm_str_add(&styles, " 'unsafe-hashes'");
    pm_str_addf(out,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src data:; style-src%s; script-src",
                styles.s);
    allow(out, js, strlen(js));
    pm_str_add(out, "; base-uri 'none'; form-action 'none'\">\n");
    pm_str_finish(&styles);
}

/* ---- head and header --------------------------------------------------------------------- */

static void write_head(const struct page *p, const struct pm_scene *scene, const char *svg)
{
    struct pm_str css = {0};
    pm_str_add(&css, (const char *)pm_page_css);
    write_key_rules(p, &css);
    const char *title = pm_title_of(p->draft);
    pm_str_add(p->out, "<!DOCTYPE html>\n<html");
    pm_svg_attr(p->out, "lang", scene->lang);
    pm_svg_attr(p->out, "dir", scene->dir);
    pm_str_add(p->out, ">\n<head>\n<meta charset=\"utf-8\">\n");
    add_policy(p->out, css.s, svg);
    add_meta(p->out, "name", "viewport", "width=device-width, initial-scale=1");
    add_element(p->out, "title", title);
    add_meta(p->out, "name", "description", scene->description);
    add_meta(p->out, "name", "author", scene->author);
    add_meta(p->out, "name", "dcterms.date", scene->date);
    add_meta(p->out, "name", "dcterms.rights", scene->rights);
    add_meta(p->out, "name", "generator", "provmap");
    add_meta(p->out, "name", "color-scheme", "light dark");
    add_meta(p->out, "property", "og:title", title);
    add_meta(p->out, "property", "og:description", scene->description);
    pm_str_addf(p->out, "<link rel=\"icon\" href=\"data:,\">\n<style>%s</style>\n</head>\n", css.s);
    pm_str_finish(&css);
}

static void write_theme(const struct page *p)
{
    static const struct {
        const char *id;
        enum pm_word word;
    } themes[] = {{"theme-system", PM_WORD_SYSTEM},
                  {"theme-light", PM_WORD_LIGHT},
                  {"theme-dark", PM_WORD_DARK}};
    pm_str_add(p->out, "<fieldset>");
    add_element(p->out, "legend", word(p, PM_WORD_COLOURS));
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        pm_str_addf(p->out, "<label><input type=\"radio\" name=\"theme\" id=\"%s\"%s>",
                    themes[i].id, i == 0 ? " checked" : "");
        pm_svg_escaped(p->out, word(p, themes[i].word));
        pm_str_add(p->out, "</label>\n");
    }
    pm_str_add(p->out, "</fieldset>\n");
}

static void write_header(const struct page *p)
{
    pm_str_add(p->out, "<header>\n<div>\n<h1>");
    add_own(p->out, pm_title_of(p->draft));
    pm_str_add(p->out, "</h1>\n<p class=\"sub\">");
    pm_svg_escaped(p->out, pm_subtitle_of(p->draft));
    pm_str_add(p->out, "</p>\n</div>\n<div class=\"tools\">\n"
                       "<label><input type=\"checkbox\" id=\"large\">");
    pm_svg_escaped(p->out, word(p, PM_WORD_LARGE_MAP));
    pm_str_add(p->out, "</label>\n");
    write_theme(p);
    pm_str_add(p->out, "</div>\n</header>\n");
}

/* ---- an animation -------------------------------------------------------------------------- */

/* The switch works without the script, which then shows the slider. */
static void write_player(const struct page *p)
{
    const struct pm_series *series = p->draft->series;
    if (!series)
        return;
    pm_str_add(p->out, "<div class=\"player\">\n<label><input type=\"checkbox\" id=\"pause\">");
    pm_svg_escaped(p->out, word(p, PM_WORD_PAUSE));
    pm_str_addf(p->out,
                "</label>\n<input type=\"range\" id=\"day\" min=\"0\" max=\"%zu\" value=\"0\"",
                series->count - 1);
    pm_svg_attr(p->out, "aria-label", word(p, PM_WORD_OVER_TIME));
    pm_str_add(p->out, " hidden>\n<output for=\"day\"></output>\n</div>\n");
}

/* What each frame shows. */
static void write_days(const struct page *p, const struct pm_scene *scene)
{
    const struct pm_series *series = p->draft->series;
    struct pm_str said = {0};
    if (!series)
        return;
    pm_str_add(p->out, "<section>\n");
    add_element(p->out, "h2", word(p, PM_WORD_OVER_TIME));
    pm_str_add(p->out, "<ol class=\"days\">\n");
    for (size_t i = 0; i < series->count; i++) {
        pm_str_add(p->out, "<li data-begins=\"");
        pm_str_num(p->out, pm_frame_begins(scene, i), 3);
        pm_str_add(p->out, "\"><strong>");
        add_date(p, p->out, series->maps[i].date);
        pm_str_add(p->out, "</strong> ");
        said.n = 0;
        pm_series_say_day(&series->maps[i], &said);
        pm_svg_escaped(p->out, pm_str_get(&said));
        pm_str_add(p->out, "</li>\n");
    }
    pm_str_add(p->out, "</ol>\n</section>\n");
    pm_str_finish(&said);
}

/* ---- the map ------------------------------------------------------------------------------ */

static void write_figure(const struct page *p, const struct pm_scene *scene, const char *svg)
{
    const struct pm_draft *draft = p->draft;
    const struct pm_page *page = &draft->page;
    bool header = page->title_block || page->subtitle_block;
    double top = header ? page->map.y0 - pm_px(draft, ABOVE_MAP) : 0, unit = CSS_DPI / scene->dpi;
    const char *own = pm_text_get(&draft->status->disclaimer, draft->lang, NULL);
    const char *notes = pm_text_get(&draft->status->notes, draft->lang, NULL);
    top = top > 0 ? top : 0;
    pm_str_add(p->out, "<figure>\n<div class=\"map\" role=\"group\" tabindex=\"0\"");
    pm_svg_attr(p->out, "aria-label", word(p, PM_WORD_MAP));
    pm_str_add(p->out, ">\n<svg class=\"crop\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 ");
    pm_str_num(p->out, top * unit, 2);
    pm_str_addc(p->out, ' ');
    pm_str_num(p->out, scene->width * unit, 2);
    pm_str_addc(p->out, ' ');
    pm_str_num(p->out, (scene->height - top) * unit, 2);
    pm_str_addf(p->out, "\">\n%s</svg>\n</div>\n", svg);
    write_player(p);
    pm_str_add(p->out, "<figcaption>\n");
    add_paragraph(p->out, notes);
    add_paragraph(p->out, own ? own : word(p, PM_WORD_DISCLAIMER));
    add_element(p->out, "p", scene->credit);
    pm_str_add(p->out, "</figcaption>\n</figure>\n");
}

/* ---- the table ---------------------------------------------------------------------------- */

typedef void write_cell(const struct page *p, const struct pm_row *row, struct pm_str *out);

/* Of an area the parent's own name; of a place what its area is called. */
static void parent_cell(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    const char *parent = row->cells[PM_FIELD_PARENT];
    for (size_t i = 0; row->place && parent && i < p->table.area_count; i++)
        if (pm_streq(p->table.rows[i].cells[PM_FIELD_CODE], parent)) {
            parent = p->table.rows[i].cells[PM_FIELD_NAME];
            break;
        }
    if (parent)
        add_own(out, parent);
}

/* A square in the colour of the status, on dark pages in that of the dark map. */
static void add_key(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    const struct pm_state *dark = p->dark ? state_in(p->dark, row->number - 1) : NULL;
    char hex[8], dark_hex[8];
    pm_color_hex(pm_state_fill(p->draft, row->state), hex);
    pm_str_add(out, "<svg class=\"key\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect ");
    if (dark) {
        pm_color_hex(pm_state_fill(p->dark, dark), dark_hex);
        pm_str_addf(out, "class=\"k%s%s\" ", hex + 1, dark_hex + 1);
    }
    pm_str_addf(out, "width=\"10\" height=\"10\" fill=\"%s\"/></svg>", hex);
}

/* Who holds it, what that rests on, and the note. */
static void status_cell(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    const struct pm_record *record = row->state->record;
    const char *footing = record ? pm_footing_said(p->draft, record) : NULL;
    add_key(p, row, out);
    add_lines(out, pm_state_said(p->draft, row->state, row->place));
    add_element(out, "p", footing);
    add_paragraph(out, row->cells[PM_FIELD_NOTE]);
}

static void since_cell(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    if (row->state->record)
        add_date(p, out, row->state->record->from);
}

static void verified_cell(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    if (row->state->record)
        add_date(p, out, row->state->record->last_verified);
    if (row->state->stale) {
        pm_str_add(out, " <strong>");
        pm_svg_escaped(out, word(p, PM_WORD_OUTDATED));
        pm_str_add(out, "</strong>");
    }
}

static void sources_cell(const struct page *p, const struct pm_row *row, struct pm_str *out)
{
    const struct pm_record *record = row->state->record;
    for (size_t i = 0; record && i < record->source_count; i++)
        pm_str_addf(out, "%s<a href=\"#source-%zu\">[%s]</a>", i ? " " : "", record->sources[i] + 1,
                    pm_ordinal_of(p->draft, record->sources[i] + 1));
}

static const struct {
    enum pm_word head;
    write_cell *write;
    const char *class; /* or NULL */
} columns[] = {{PM_WORD_PART_OF, parent_cell, NULL},
               {PM_WORD_STATUS, status_cell, "status"},
               {PM_WORD_SINCE_HEAD, since_cell, NULL},
               {PM_WORD_VERIFIED_HEAD, verified_cell, NULL},
               {PM_WORD_SOURCES, sources_cell, NULL}};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* A column in which nobody says anything is left out. */
static void find_columns(const struct page *p, const struct pm_row *rows, size_t count,
                         bool used[COLUMNS])
{
    struct pm_str cell = {0};
    for (int c = 0; c < COLUMNS; c++) {
        used[c] = false;
        for (size_t i = 0; i < count && !used[c]; i++) {
            cell.n = 0;
            columns[c].write(p, &rows[i], &cell);
            used[c] = cell.n > 0;
        }
    }
    pm_str_finish(&cell);
}

/* By what a column is sorted if not by its text. */
static void add_sort(const struct page *p, const struct pm_row *row, enum pm_word head)
{
    if (head == PM_WORD_STATUS)
        pm_str_addf(p->out, " data-sort=\"%zu\"",
                    2 * pm_look_index(p->draft, row->state->look) + row->state->doubtful);
    if (head == PM_WORD_SINCE_HEAD)
        pm_svg_attr(p->out, "data-sort", row->cells[PM_FIELD_SINCE]);
    if (head == PM_WORD_VERIFIED_HEAD)
        pm_svg_attr(p->out, "data-sort", row->cells[PM_FIELD_VERIFIED]);
}

static bool is_drawn(const struct page *p, const struct pm_row *row)
{
    return p->ids[row->number - 1] &&
           (row->place || p->draft->areas[row->number - 1].rings.ring_count);
}

static void write_name(const struct page *p, const struct pm_row *row)
{
    const char *name = row->cells[PM_FIELD_NAME];
    bool link = is_drawn(p, row);
    pm_str_add(p->out, "<th scope=\"row\"");
    if (row->lang && *row->lang && !pm_lang_covers(row->lang, p->draft->lang))
        pm_svg_attr(p->out, "lang", row->lang);
    pm_str_addc(p->out, '>');
    if (link)
        pm_str_addf(p->out, "<a href=\"#%s\">", p->ids[row->number - 1]);
    add_own(p->out, name ? name : "?");
    pm_str_add(p->out, link ? "</a></th>" : "</th>");
}

static void write_row(const struct page *p, const struct pm_row *row, const bool used[COLUMNS])
{
    pm_str_addf(p->out, "<tr id=\"row-%zu\" data-row=\"%zu\">", row->number, row->number);
    write_name(p, row);
    for (int c = 0; c < COLUMNS; c++) {
        if (!used[c])
            continue;
        pm_str_add(p->out, "<td");
        pm_svg_attr(p->out, "class", columns[c].class);
        add_sort(p, row, columns[c].head);
        pm_str_addc(p->out, '>');
        columns[c].write(p, row, p->out);
        pm_str_add(p->out, "</td>");
    }
    pm_str_add(p->out, "</tr>\n");
}

static void write_table(const struct page *p, const char *id, const char *caption,
                        const struct pm_row *rows, size_t count)
{
    bool used[COLUMNS];
    if (count == 0)
        return;
    find_columns(p, rows, count, used);
    pm_str_addf(p->out,
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"%s\">\n"
                "<table>\n<caption id=\"%s\">",
                id, id);
    pm_svg_escaped(p->out, caption);
    pm_str_add(p->out, "</caption>\n<thead><tr><th scope=\"col\">");
    pm_svg_escaped(p->out, word(p, PM_WORD_NAME));
    pm_str_add(p->out, "</th>");
    for (int c = 0; c < COLUMNS; c++) {
        if (!used[c])
            continue;
        pm_str_add(p->out, "<th scope=\"col\">");
        pm_svg_escaped(p->out, word(p, columns[c].head));
        pm_str_add(p->out, "</th>");
    }
    pm_str_add(p->out, "</tr></thead>\n<tbody>\n");
    for (int muted = 0; muted < 2; muted++) /* what the map is about comes first */
        for (size_t i = 0; i < count; i++)
            if (rows[i].state->muted == (muted == 1))
                write_row(p, &rows[i], used);
    pm_str_add(p->out, "</tbody>\n</table>\n</div>\n");
}

/* ---- events and sources ------------------------------------------------------------------ */

static void write_event(const struct page *p, const struct pm_event_draft *event)
{
    struct pm_story_line *lines = NULL;
    size_t count = pm_story_tell(p->draft, event, &lines), row = pm_event_row(p->draft, event);
    const char *id = p->ids[row - 1];
    pm_str_addf(p->out, "<article id=\"row-%zu\" data-row=\"%zu\">\n", row, row);
    for (size_t i = 0; i < count; i++) {
        bool title = lines[i].role == PM_TYPE_CALLOUT_TITLE;
        const char *tag = title ? "h3" : "p";
        pm_str_addf(p->out, "<%s%s>", tag,
                    lines[i].role == PM_TYPE_CALLOUT_HEAD ? " class=\"head\""
                    : lines[i].role == PM_TYPE_DISCLAIMER ? " class=\"foot\""
                                                          : "");
        if (title && id)
            pm_str_addf(p->out, "<a href=\"#%s\">", id);
        pm_svg_escaped(p->out, lines[i].s);
        pm_str_addf(p->out, "%s</%s>\n", title && id ? "</a>" : "", tag);
    }
    pm_str_add(p->out, "</article>\n");
}

static void write_events(const struct page *p)
{
    if (p->draft->event_count == 0)
        return;
    pm_str_add(p->out, "<section>\n");
    add_element(p->out, "h2", word(p, PM_WORD_EVENTS));
    for (size_t i = 0; i < p->draft->event_count; i++)
        write_event(p, &p->draft->events[i]);
    pm_str_add(p->out, "</section>\n");
}

static void write_source(const struct page *p, size_t index)
{
    const struct pm_source_ref *source = &p->draft->status->sources[index];
    const char *name = pm_source_name(p->draft, source);
    bool link = pm_is_web_address(source->url), both = !pm_streq(name, source->publisher);
    pm_str_addf(p->out, "<li id=\"source-%zu\">[%s] ", index + 1,
                pm_ordinal_of(p->draft, index + 1));
    if (source->publisher && both) {
        add_own(p->out, source->publisher);
        pm_str_add(p->out, word(p, PM_WORD_COLON));
    }
    if (link) {
        pm_str_add(p->out, "<a rel=\"external noreferrer\"");
        pm_svg_attr(p->out, "href", source->url);
        pm_str_addc(p->out, '>');
    }
    add_own(p->out, name);
    pm_str_add(p->out, link ? "</a>" : "");
    if (source->published != PM_NO_DATE)
        pm_str_add(p->out, word(p, PM_WORD_LIST));
    add_date(p, p->out, source->published);
    if (source->url && !link) {
        pm_str_addc(p->out, ' ');
        add_own(p->out, source->url);
    }
    pm_str_add(p->out, "</li>\n");
}

static void write_sources(const struct page *p)
{
    const bool *cited = pm_cited_sources(p->draft);
    size_t count = 0;
    for (size_t i = 0; i < p->draft->status->source_count; i++) {
        if (!cited[i])
            continue;
        if (count++ == 0) {
            pm_str_add(p->out, "<section>\n");
            add_element(p->out, "h2", word(p, PM_WORD_SOURCES));
            pm_str_add(p->out, "<ol>\n");
        }
        write_source(p, i);
    }
    pm_str_add(p->out, count ? "</ol>\n</section>\n" : "");
}

/* ---- the whole --------------------------------------------------------------------------- */

static void write_data(const struct page *p, const struct pm_scene *scene)
{
    const struct pm_table *table = &p->table;
    pm_str_add(p->out, "<div class=\"data\">\n");
    write_days(p, scene);
    write_table(p, "areas-caption", pm_area_status_said(p->draft), table->rows, table->area_count);
    write_table(p, "places-caption", word(p, PM_WORD_PLACE_STATUS), table->rows + table->area_count,
                table->count - table->area_count);
    write_events(p);
    write_sources(p);
    pm_str_add(p->out, "</div>\n");
}

void pm_write_page(const struct pm_drawn *map, const struct pm_drawn *dark, struct pm_fonts *fonts,
                   struct pm_tracings *tracings, const struct pm_svg_options *options,
                   struct pm_str *out)
{
    struct pm_str svg = {0};
    struct pm_svg_options inlined = *options;
    struct page p = {.draft = map->draft, .dark = dark ? dark->draft : NULL, .out = out};
    if (!map->draft->series) /* a table is of one day */
        p.table = pm_table_make(map->draft);
    struct pm_svg_page within = {
        .rows = p.table.count + map->draft->event_count,
        .arena = map->draft->arena,
        .when = dark_when,
    };
    p.ids = within.ids = PM_NEW_N(within.arena, const char *, within.rows);
    inlined.inlined = true;
    pm_write_svg_within(map->scene, dark ? dark->scene : NULL, fonts, tracings, &inlined, &within,
                        &svg);
    write_head(&p, map->scene, svg.s);
    pm_str_add(out, "<body>\n");
    write_header(&p);
    pm_str_add(out, "<main>\n");
    write_figure(&p, map->scene, svg.s);
    write_data(&p, map->scene);
    pm_str_addf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", (const char *)pm_page_js);
    pm_str_finish(&svg);
}
