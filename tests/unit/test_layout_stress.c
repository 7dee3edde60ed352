/* Pages under stress: generated status files on pages of all forms. No text may lie on another one, leave
 * what it belongs to or be lost without a message. All is measured from the drawing list. */
#include "label_gates.h"

#include "base/str.h"
#include "text/text.h"

#define SLACK 1.0     /* px */
#define OVERHANG 0.05 /* em: letters reach beyond their advance */

enum { MAPS = 85, WORDS = 6, MOST_TEXTS = 4000 };

struct world {
    struct pm_engine *engine;
    struct pm_atlas *atlases[3];
};

/* ---- the generator ------------------------------------------------------------------------------ */

static unsigned below(uint32_t *seed, unsigned count)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % count;
}

static const char *const languages[] = {"en", "de", "fa", "ps", "ar", "ru", "my"};
static const char *const words[][WORDS] = {
    {"control", "of", "the", "districts", "unsubstantiated", "a"},
    {"Bundesverfassungsgerichtsentscheidung", "der", "Lage", "in",
     "Verwaltungsgliederungsübersicht", "und"},
    {"وضعیت", "ولایات", "افغانستان", "در", "نیروهای‌مسلح", "و"},
    {"د", "ولایتونو", "حالت", "په", "افغانستان", "کې"},
    {"السيطرة", "على", "المحافظات", "في", "والاستراتيجيات", "من"},
    {"контроль", "над", "провинциями", "в", "достопримечательностями", "и"},
    {"ထိန်းချုပ်မှု", "ပြည်နယ်", "အခြေအနေ", "နှင့်", "မြန်မာနိုင်ငံ", "တွင်"},
};

static const struct {
    int width, height;
} sizes[] = {{1600, 1200}, {1200, 1600}, {1200, 1200}, {800, 600},  {600, 450},  {400, 300},
             {200, 200},   {2400, 400},  {400, 2400},  {2400, 800}, {600, 1000}, {300, 300},
             {200, 20000}, {6000, 4000}, {240, 800},   {900, 200},  {20000, 200}};
static const char *const styles[] = {"default", "dark", "minimal", "mono", "poster", "print"};

/* What was put into a file; tokens count from 0. */
struct made {
    uint32_t seed;
    size_t language, classes, sources, notes, events;
    bool cited[64]; /* by source */
};

static void add_words(struct made *m, struct pm_str *out, size_t language, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        pm_str_addf(out, "%s%s", i ? " " : "", words[language][below(&m->seed, WORDS)]);
}

static void add_unbroken(struct pm_str *out, unsigned letters)
{
    for (unsigned i = 0; i < letters; i++)
        pm_str_addf(out, "%c", 'a' + (char)(i * 7 % 26));
}

static void add_text(struct made *m, struct pm_str *out, unsigned most)
{
    if (below(&m->seed, 9) == 0)
        add_unbroken(out, 20 + below(&m->seed, 120));
    else
        add_words(m, out, below(&m->seed, 3) ? m->language : below(&m->seed, 7),
                  1 + below(&m->seed, most));
}

static void add_title(struct made *m, struct pm_str *out, size_t index)
{
    if (index % 8 == 0)
        return;
    pm_str_add(out, " \"title\": \"");
    if (index % 8 == 1)
        add_unbroken(out, 180);
    else if (index % 8 == 2)
        add_words(m, out, 1, 40);
    else if (index % 8 == 3)
        add_words(m, out, 2, 60);
    else if (index % 8 == 4)
        add_words(m, out, m->language, 250);
    else
        add_words(m, out, m->language, 3 + below(&m->seed, 6));
    pm_str_add(out, "\",\n");
    if (index % 3 == 1) {
        pm_str_add(out, " \"subtitle\": \"");
        add_words(m, out, m->language, 1 + below(&m->seed, 60));
        pm_str_add(out, "\",\n");
    }
}

static void add_sources(struct made *m, struct pm_str *out)
{
    pm_str_add(out, " \"sources\": {");
    for (size_t i = 0; i < m->sources; i++) {
        pm_str_addf(out, "%s\"s%d\": {\"title\": \"S%02d ", i ? ", " : "", (int)i, (int)i);
        add_text(m, out, 12);
        pm_str_add(out, "\", \"published\": \"2021-05-01\"}");
    }
    pm_str_add(out, "},\n");
}

static void add_classes(struct made *m, struct pm_str *out)
{
    pm_str_add(out, " \"statuses\": {");
    for (size_t i = 0; i < m->classes; i++) {
        pm_str_addf(out, "%s\"c%d\": {\"color\": \"#%02X%02X80\", \"label\": \"K%02d ",
                    i ? ", " : "", (int)i, (unsigned)(40 + 15 * i), (unsigned)(250 - 15 * i),
                    (int)i);
        add_text(m, out, 4);
        pm_str_add(out, "\"}");
    }
    pm_str_add(out, "},\n");
}

static void add_source_ref(struct made *m, struct pm_str *out)
{
    if (m->sources == 0)
        return;
    unsigned source = below(&m->seed, (unsigned)m->sources);
    pm_str_addf(out, ", \"sources\": [\"s%d\"]", (int)source);
    m->cited[source] = true;
}

/* One of a feature's names that no other has. */
static const char *key_of(const struct pm_layer *layer, size_t i)
{
    const struct pm_feature *f = &layer->features[i];
    return f->key ? f->key : pm_text_get(&f->name, "en", NULL);
}

static void add_subjects(struct made *m, struct pm_str *out, const struct pm_layer *layer,
                         const char *section, size_t notes)
{
    size_t added = 0;
    pm_str_addf(out, " \"%s\": {", section);
    for (size_t i = 0; i < layer->feature_count && added < 60; i++) {
        if (layer->features[i].rank > 2) /* towns may share a name */
            continue;
        pm_str_addf(out, "%s\"%s\": {\"status\": \"c%d\"%s", added++ ? ",\n  " : "",
                    key_of(layer, i), (int)below(&m->seed, (unsigned)m->classes),
                    below(&m->seed, 4) ? "" : ", \"basis\": \"claimed\"");
        if (added <= notes) {
            add_source_ref(m, out);
            pm_str_addf(out, ", \"note\": \"N%02d ", (int)m->notes++);
            add_text(m, out, 14);
            pm_str_add(out, "\"");
        }
        pm_str_add(out, "}");
    }
    pm_str_add(out, "},\n");
}

static void add_events(struct made *m, struct pm_str *out, const struct pm_layer *areas)
{
    pm_str_add(out, " \"parties\": {\"a\": {}, \"b\": {}},\n \"events\": [");
    for (size_t i = 0; i < m->events; i++) {
        pm_str_addf(out,
                    "%s{\"kind\": \"clash\", \"area\": \"%s\", \"date\": \"2021-05-02\", \"text\": "
                    "\"E%02d ",
                    i ? ",\n  " : "",
                    key_of(areas, below(&m->seed, (unsigned)areas->feature_count)), (int)i);
        add_text(m, out, 8);
        pm_str_add(out, "\", \"claims\": [{\"by\": \"a\", \"text\": \"");
        add_text(m, out, 40);
        pm_str_add(out, "\"}, {\"by\": \"b\", \"stance\": \"denies\", \"text\": \"");
        add_text(m, out, 40);
        pm_str_add(out, "\"}]}");
    }
    pm_str_add(out, "],\n");
}

static void write_status(struct made *m, struct pm_str *out, size_t index,
                         const struct pm_atlas *atlas)
{
    const struct pm_layer *areas = &atlas->layers[PM_LAYER_AREAS];
    size_t notes = index % 4 == 3 ? 40 : below(&m->seed, 6);
    m->classes = index % 5 == 4 ? 14 : 1 + below(&m->seed, 14);
    m->sources = index % 4 == 1 ? 40 : below(&m->seed, 6);
    m->events = index % 6 == 5 ? 15 : below(&m->seed, 3);
    pm_str_add(out, "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n");
    add_title(m, out, index);
    add_sources(m, out);
    add_classes(m, out);
    add_subjects(m, out, areas, "areas", notes);
    add_subjects(m, out, &atlas->layers[PM_LAYER_PLACES], "places",
                 notes > areas->feature_count ? notes - areas->feature_count : 0);
    add_events(m, out, areas);
    pm_str_add(out, " \"disclaimer\": \"");
    add_words(m, out, m->language, 1 + below(&m->seed, 30));
    pm_str_add(out, "\", \"credit\": \"");
    add_words(m, out, m->language, below(&m->seed, 40));
    pm_str_add(out, "\"}\n");
}

/* ---- what is on the page -------------------------------------------------------------------------- */

struct text {
    const struct pm_run *run;
    struct pm_pt corners[4]; /* of its ink */
    struct pm_box box;       /* around them */
    const char *group;       /* the innermost one with a box of its own */
    struct pm_box parent;    /* … which the text must not leave */
    size_t node;
    bool label;
};

struct page {
    const char *title; /* for messages */
    const struct pm_draft *draft;
    const struct pm_scene *scene;
    PM_VEC(struct text) texts;
    struct pm_str said; /* all texts, a line each */
    size_t faults;
};

static void fault(struct page *p, const char *what, const struct text *a, const char *other)
{
    if (p->faults++ < 3)
        print_message("%s: %s: \"%s\" in %s (%.1f %.1f %.1f %.1f of %.1f %.1f %.1f %.1f), %s\n",
                      p->title, what, a->run->s, a->group, a->box.x0, a->box.y0, a->box.x1,
                      a->box.y1, a->parent.x0, a->parent.y0, a->parent.x1, a->parent.y1, other);
}

static void measure(const struct pm_draft *draft, struct text *t)
{
    static const double shares[] = {0, 0.5, 1};
    const struct pm_run *run = t->run;
    struct pm_extent e = pm_text_measure(draft->fonts, &run->font, run->s, run->lang);
    double turn = run->angle * 3.14159265358979323846 / 180, left = -e.width * shares[run->anchor];
    struct pm_box ink = {left + e.ink.x0, e.ink.y0, left + e.ink.x1, e.ink.y1};
    const struct pm_pt corners[] = {
        {ink.x0, ink.y0}, {ink.x1, ink.y0}, {ink.x1, ink.y1}, {ink.x0, ink.y1}};
    for (int i = 0; i < 4; i++) {
        t->corners[i] =
            (struct pm_pt){run->at.x + corners[i].x * cos(turn) - corners[i].y * sin(turn),
                           run->at.y + corners[i].x * sin(turn) + corners[i].y * cos(turn)};
        pm_box_add(&t->box, t->corners[i], i == 0);
    }
}

static struct pm_box bounds(const struct pm_path *path)
{
    struct pm_box box = {0};
    for (size_t i = 0; i < path->points.n; i++)
        pm_box_add(&box, path->points.v[i], i == 0);
    return box;
}

/* The box of a group, if it has one. */
static struct pm_box box_of(const struct page *p, const char *group, size_t node)
{
    const struct pm_page *page = &p->draft->page;
    if (!strcmp(group, "map"))
        return page->map;
    if (!strcmp(group, "header"))
        return pm_box_union(page->title, page->subtitle);
    if (!strcmp(group, "footer"))
        return page->footer;
    if (!strcmp(group, "panel"))
        return page->panel;
    if (!strcmp(group, "scale-bar"))
        return p->draft->bar.box;
    /* a callout and an inset begin with their ground */
    if (!strcmp(group, "callout") || !strcmp(group, "inset") || !strcmp(group, "locator"))
        return bounds(&p->scene->nodes.v[node + 1].path);
    return (struct pm_box){0};
}

static void add_one(struct page *p, size_t node, const char *group, struct pm_box parent,
                    bool label)
{
    struct text t = {.run = &p->scene->nodes.v[node].run,
                     .group = group,
                     .parent = parent,
                     .node = node,
                     .label = label};
    if (!*t.run->s)
        return;
    measure(p->draft, &t);
    pm_vec_push(&p->texts, t);
    pm_str_addf(&p->said, "%s\n", t.run->s);
}

static void read_scene(struct page *p)
{
    enum { DEEP = 32 };
    struct {
        const char *group;
        struct pm_box box;
        bool labels;
    } stack[DEEP] = {{"page", {0, 0, p->draft->width, p->draft->height}, false}};
    size_t depth = 0;
    for (size_t i = 0; i < p->scene->nodes.n; i++) {
        const struct pm_node *n = &p->scene->nodes.v[i];
        if (n->kind == PM_NODE_TEXT)
            add_one(p, i, stack[depth].group, stack[depth].box, stack[depth].labels);
        if (n->kind == PM_NODE_END)
            depth--;
        if (n->kind != PM_NODE_BEGIN)
            continue;
        const char *class = n->ident.classes ? n->ident.classes : "";
        struct pm_box box = box_of(p, class, i);
        assert_true(depth + 1 < DEEP);
        stack[depth + 1] = stack[depth];
        depth++;
        if (!pm_box_empty(box)) {
            stack[depth].group = class;
            stack[depth].box = box;
        }
        stack[depth].labels = strstr(class, "-labels") != NULL;
    }
}

/* ---- what must hold --------------------------------------------------------------------------------- */

/* Do the two rectangles share a point, on the axis of an edge of one of them? They don't if they are apart
 * on one (the separating axis theorem). */
static bool apart_on(const struct text *a, const struct text *b, struct pm_pt from, struct pm_pt to)
{
    double ends[2][2] = {{INFINITY, -INFINITY}, {INFINITY, -INFINITY}};
    double length = hypot(to.x - from.x, to.y - from.y);
    for (int i = 0; i < 4 && length > 0; i++) {
        const struct pm_pt corners[] = {a->corners[i], b->corners[i]};
        for (int k = 0; k < 2; k++) {
            double at = (corners[k].x * (to.x - from.x) + corners[k].y * (to.y - from.y)) / length;
            ends[k][0] = fmin(ends[k][0], at);
            ends[k][1] = fmax(ends[k][1], at);
        }
    }
    return ends[0][1] - SLACK <= ends[1][0] || ends[1][1] - SLACK <= ends[0][0];
}

static bool overlap(const struct text *a, const struct text *b)
{
    if (!pm_box_meets(pm_box_grown(a->box, -SLACK / 2), pm_box_grown(b->box, -SLACK / 2)))
        return false;
    for (int i = 0; i < 2; i++)
        if (apart_on(a, b, a->corners[i], a->corners[i + 1]) ||
            apart_on(a, b, b->corners[i], b->corners[i + 1]))
            return false;
    return true;
}

static void no_text_on_another(struct page *p)
{
    for (size_t i = 0; i < p->texts.n; i++)
        for (size_t k = i + 1; k < p->texts.n; k++) {
            const struct text *a = &p->texts.v[i], *b = &p->texts.v[k];
            bool one_label = a->label && b->label && b->node == a->node + 1;
            if (!one_label && overlap(a, b))
                fault(p, "on another text", a, b->run->s);
        }
}

static void no_text_leaves(struct page *p)
{
    for (size_t i = 0; i < p->texts.n; i++)
        if (!pm_box_inside(p->texts.v[i].box,
                           pm_box_grown(p->texts.v[i].parent,
                                        SLACK + OVERHANG * p->texts.v[i].run->font.size)))
            fault(p, "leaves", &p->texts.v[i], "");
}

struct boxes {
    struct pm_box v[64];
    const char *names[64];
    size_t n;
};

static void add_box(struct boxes *boxes, struct pm_box box, const char *name)
{
    if (pm_box_empty(box) || boxes->n == 64)
        return;
    boxes->v[boxes->n] = box;
    boxes->names[boxes->n++] = name;
}

static void apart(struct page *p, const struct boxes *boxes, struct pm_box outer)
{
    for (size_t i = 0; i < boxes->n; i++) {
        bool good = pm_box_inside(boxes->v[i], pm_box_grown(outer, 1e-6));
        for (size_t k = i + 1; good && k < boxes->n; k++)
            good = !pm_box_meets(pm_box_grown(boxes->v[i], -1e-6), boxes->v[k]);
        if (!good && p->faults++ < 3)
            print_message("%s: the box of %s\n", p->title, boxes->names[i]);
    }
}

static void boxes_apart(struct page *p)
{
    const struct pm_draft *d = p->draft;
    struct boxes blocks = {0}, on_map = {0};
    add_box(&blocks, d->page.title, "the title");
    add_box(&blocks, d->page.subtitle, "the subtitle");
    add_box(&blocks, d->page.map, "the map");
    add_box(&blocks, d->page.panel, "the panel");
    add_box(&blocks, d->page.footer, "the footer");
    apart(p, &blocks, pm_box_of(0, 0, d->width, d->height));
    add_box(&on_map, d->bar.box, "the scale bar");
    for (size_t i = 0; i < d->inset_count; i++)
        add_box(&on_map, d->insets[i].box, "an inset");
    for (size_t i = 0; i < d->event_count; i++)
        add_box(&on_map, d->events[i].callout, "a callout");
    apart(p, &on_map, d->page.map);
    for (size_t i = 0; i < p->texts.n; i++)
        for (size_t k = 0; k < on_map.n; k++) {
            const struct pm_box box = on_map.v[k];
            const struct text area = {
                .box = box,
                .corners = {
                    {box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}}};
            if (!strcmp(p->texts.v[i].group, "map") && overlap(&p->texts.v[i], &area))
                fault(p, "under a box", &p->texts.v[i], on_map.names[k]);
        }
}

/* ---- nothing lost in silence --------------------------------------------------------------------------- */

/* The number in the message with this id; 0 without one. */
static size_t reported(const struct pm_diags *diags, const char *id)
{
    for (size_t i = 0; i < pm_diags_count(diags); i++) {
        const struct pm_diag *diag = pm_diags_get(diags, i);
        const char *digits = strpbrk(diag->message, "0123456789");
        if (!strcmp(diag->id, id))
            return digits ? strtoul(digits, NULL, 10) : 1;
    }
    return 0;
}

static size_t count_id(const struct pm_diags *diags, const char *id)
{
    size_t count = 0;
    for (size_t i = 0; i < pm_diags_count(diags); i++)
        count += !strcmp(pm_diags_get(diags, i)->id, id);
    return count;
}

static bool says(const struct page *p, char kind, size_t number)
{
    char token[8];
    snprintf(token, sizeof token, "%c%02d", kind, (int)number);
    return strstr(pm_str_get(&p->said), token) != NULL;
}

static size_t missing(const struct page *p, char kind, size_t count, const bool *only)
{
    size_t lost = 0;
    for (size_t i = 0; i < count; i++)
        lost += (!only || only[i]) && !says(p, kind, i);
    return lost;
}

static size_t rows_due(const struct page *p)
{
    size_t due = 0;
    for (size_t i = 0; i < p->draft->look_count; i++) /* those that the file declares */
        due += p->draft->looks[i].id[0] != 'c' || p->draft->looks[i].id[1] > '9'
                   ? 0
                   : (p->draft->area_tally[i].solid > 0) + (p->draft->area_tally[i].doubtful > 0) +
                         (p->draft->place_tally[i].solid > 0) +
                         (p->draft->place_tally[i].doubtful > 0);
    return due;
}

static size_t count_of(const char *text, const char *what)
{
    size_t found = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        found++;
    return found;
}

static size_t rows_drawn(const struct page *p)
{
    size_t drawn = 0;
    for (size_t i = 0; i < p->draft->look_count; i++) {
        char token[8];
        snprintf(token, sizeof token, "K%02d", (int)i);
        drawn += count_of(pm_str_get(&p->said), token);
    }
    return drawn;
}

static void check_count(struct page *p, const char *what, size_t lost, size_t told, bool exact)
{
    bool good = exact ? lost == told : lost <= told;
    if (!good && p->faults++ < 3)
        print_message("%s: %zu %s lost, %zu told\n", p->title, lost, what, told);
}

static void nothing_lost(struct page *p, const struct made *m, const struct pm_diags *diags)
{
    const struct pm_style *style = p->draft->style;
    bool any = false;
    for (size_t i = 0; i < m->sources; i++)
        any |= m->cited[i];
    if (style->show.notes)
        check_count(p, "notes",
                    missing(p, 'N', m->notes, NULL) + missing(p, 'E', m->events, NULL) +
                        missing(p, 'S', m->sources, any ? m->cited : NULL),
                    reported(diags, "notes-left-out"), true);
    if (style->show.legend) {
        size_t due = rows_due(p), drawn = rows_drawn(p);
        check_count(p, "rows of the legend", due > drawn ? due - drawn : 0,
                    reported(diags, "legend-cut"), false);
    }
    if (p->draft->key_count && style->show.notes) {
        char entry[64];
        snprintf(entry, sizeof entry, "%s\u00A0", p->draft->key[0]->lines->s);
        check_count(p, "keys", !strstr(pm_str_get(&p->said), entry), 0, true);
    }
}

/* All of a text's letters are drawn, in their order, or it is told that some are not. */
static void check_whole(struct page *p, const struct pm_diags *diags, const char *group)
{
    bool cut = false;
    for (size_t i = 0; i < p->texts.n; i++)
        cut |= !strcmp(p->texts.v[i].group, group) && pm_ends_with(p->texts.v[i].run->s, "\u2026");
    check_count(p, "ends of texts", cut, count_id(diags, "text-cut"), false);
}

/* ---- maps ------------------------------------------------------------------------------------------------ */

static size_t look_at(const struct pm_map *map, const char *title, const struct made *made,
                      const struct pm_diags *diags)
{
    struct page page = {.title = title, .draft = pm_map_draft(map), .scene = pm_map_scene(map)};
    read_scene(&page);
    boxes_apart(&page);
    no_text_leaves(&page);
    no_text_on_another(&page);
    nothing_lost(&page, made, diags);
    check_whole(&page, diags, "header");
    check_whole(&page, diags, "footer");
    pm_vec_finish(&page.texts);
    pm_str_finish(&page.said);
    return page.faults;
}

static size_t draw_one(struct world *w, size_t index)
{
    struct made made = {.seed = (uint32_t)index * 7919U + 17, .language = index % 7};
    struct pm_diags *diags = pm_diags_new();
    const struct pm_atlas *atlas = w->atlases[index % 5 == 0 ? 2 : index % 2];
    size_t size = index % (sizeof sizes / sizeof *sizes);
    struct pm_style *style = pm_style_load(styles[index % 6], diags);
    struct pm_str json = {0};
    write_status(&made, &json, index, atlas);
    struct pm_status *status = pm_status_parse(pm_str_get(&json), json.n, "status.json", diags);
    struct pm_map_options options = {
        .width = sizes[size].width, .height = sizes[size].height, .lang = languages[made.language]};
    struct pm_map *map =
        status ? pm_map_new(w->engine, atlas, style, status, &options, diags) : NULL;
    char title[100];
    snprintf(title, sizeof title, "map %d, %dx%d, %s, %s", (int)index, options.width,
             options.height, options.lang, styles[index % 6]);
    for (size_t i = 0; !map && i < pm_diags_count(diags); i++)
        print_message("%s: %s\n", title, pm_diags_get(diags, i)->message);
    /* a page of the least size may be refused, but not in silence */
    bool refused = !map && options.height <= 200 && count_id(diags, "page-too-small") == 1;
    assert_true(map || refused);
    size_t faults = refused ? 0 : look_at(map, title, &made, diags);
    pm_map_free(map);
    pm_status_free(status);
    pm_style_free(style);
    pm_str_finish(&json);
    pm_diags_free(diags);
    return faults;
}

static int set_up(void **state)
{
    static const char *const shapes[] = {"fixtures/quarters", "../shapes/afghanistan",
                                         "fixtures/straits"};
    static struct world w;
    struct pm_diags *diags = pm_diags_new();
    w.engine = pm_engine_new(NULL, diags);
    for (size_t i = 0; i < 3; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", PM_TEST_DIR, shapes[i]);
        w.atlases[i] = pm_atlas_load(path, NULL, diags);
        assert_non_null(w.atlases[i]);
    }
    pm_diags_free(diags);
    *state = &w;
    return w.engine ? 0 : 1;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < 3; i++)
        pm_atlas_free(w->atlases[i]);
    pm_engine_free(w->engine);
    return 0;
}

static void nothing_overlaps_or_runs_out(void **state)
{
    const char *only = getenv("PM_STRESS");
    size_t bad = 0;
    for (size_t i = 0; i < MAPS; i++)
        if (!only || strtoul(only, NULL, 10) == i)
            bad += draw_one(*state, i) > 0;
    if (bad)
        fail_msg("%zu of %d pages have faults", bad, MAPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_or_runs_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
