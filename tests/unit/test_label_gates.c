/* The gates of label placement on real and random maps. */
#include "label_gates.h"

#include "base/file.h"
#include "base/str.h"
#include "layout/panel.h"

/* ---- maps ------------------------------------------------------------------------------------ */

struct world {
    struct pm_diags *diags;
    struct pm_engine *engine;
    struct pm_style *style, *bare;
    struct pm_atlas *afghanistan, *counties;
};

/* A map and nothing else. */
static struct pm_style *bare_style(struct world *w)
{
    struct pm_style *style = pm_style_load("default", w->diags);
    assert_non_null(style);
    style->show.title = style->show.subtitle = style->show.legend = style->show.notes = false;
    style->show.disclaimer = style->show.credit = style->show.scale_bar = false;
    style->type[PM_TYPE_TOWN].size = 11;
    return style;
}

static struct pm_atlas *atlas_of(struct world *w, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/../shapes/%s", PM_TEST_DIR, name);
    struct pm_atlas *atlas = pm_atlas_load(path, NULL, w->diags);
    assert_non_null(atlas);
    return atlas;
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->diags = pm_diags_new();
    w->engine = pm_engine_new(NULL, w->diags);
    w->style = pm_style_load("default", w->diags);
    w->bare = bare_style(w);
    w->afghanistan = atlas_of(w, "afghanistan");
    w->counties = atlas_of(w, "us-counties");
    *state = w;
    return w->engine && w->style ? 0 : 1;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    pm_atlas_free(w->afghanistan);
    pm_atlas_free(w->counties);
    pm_style_free(w->style);
    pm_style_free(w->bare);
    pm_engine_free(w->engine);
    pm_diags_free(w->diags);
    free(w);
    return 0;
}

struct drawn {
    struct pm_status *status;
    struct pm_map *map;
    const struct pm_draft *draft;
};

static struct drawn draw(struct world *w, const struct pm_atlas *atlas,
                         const struct pm_style *style, struct pm_status *status,
                         const struct pm_map_options *options)
{
    struct drawn drawn = {.status = status};
    assert_non_null(status);
    drawn.map = pm_map_new(w->engine, atlas, style, status, options, w->diags);
    assert_non_null(drawn.map);
    drawn.draft = pm_map_draft(drawn.map);
    return drawn;
}

static void drop(struct drawn *drawn)
{
    pm_map_free(drawn->map);
    pm_status_free(drawn->status);
}

static struct pm_status *example(struct world *w, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/examples/%s", PM_TEST_DIR, name);
    return pm_status_load(path, w->diags);
}

/* ---- real maps ------------------------------------------------------------------------------- */

static void the_afghan_map(void **state)
{
    static const char *const langs[] = {"en", "fa", "ps"};
    static const char *const dates[] = {"2021-08-06", "2021-08-13", "2021-08-15"};
    static const int widths[] = {1600, 1000, 600};
    struct world *w = *state;
    for (size_t i = 0; i < 27; i++) {
        int width = widths[i / 9];
        struct pm_map_options options = {.width = width,
                                         .height = width * 3 / 4,
                                         .lang = langs[i % 3],
                                         .date = dates[i / 3 % 3]};
        char title[80];
        snprintf(title, sizeof title, "Afghanistan, %s, %s, %d px", options.date, options.lang,
                 width);
        struct drawn d =
            draw(w, w->afghanistan, w->style, example(w, "afghanistan-2021-08.json"), &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_assert(title, &g);
        assert_int_equal(g.wanted, 68);
        assert_true(g.on_outlines <= 6); /* 9 if they cost nothing */
        if (width == 1600) {             /* more names than three would have an inset */
            assert_true(g.best >= 0.7 * g.places);
            assert_true(d.draft->key_count <= 3);
        }
        drop(&d);
    }
}

static void helmand_in_focus(void **state)
{
    struct world *w = *state;
    static const char *const focus[] = {"Helmand"};
    struct pm_map_options options = {.focus = focus, .focus_count = 1};
    struct drawn d =
        draw(w, w->afghanistan, w->style, example(w, "helmand-2021-05-04.json"), &options);
    struct label_gates g = label_gates_of(d.draft);
    label_gates_assert("Helmand", &g);
    assert_int_equal(g.wanted, 2);
    assert_true(d.draft->events[0].visible && !pm_box_empty(d.draft->events[0].callout));
    drop(&d);
}

static const char county_status[] =
    "{\"format\": \"provmap-status/1\", \"title\": \"Counties\", \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Ohio/Franklin\": \"contested\", \"Ohio/Licking\": \"government\",\n"
    "  \"Colorado/Denver\": \"government\", \"Colorado/Jefferson\": \"contested\",\n"
    "  \"Georgia/Fulton\": \"government\", \"Georgia/DeKalb\": \"contested\"}}";

/* Each state alone, and all three on one map. */
static void counties(void **state)
{
    struct world *w = *state;
    static const char *const states[] = {"Ohio", "Colorado", "Georgia"};
    for (size_t i = 0; i < 4; i++) {
        struct pm_map_options options = {.focus = i < 3 ? &states[i] : states,
                                         .focus_count = i < 3 ? 1 : 3};
        struct pm_status *status =
            pm_status_parse(county_status, strlen(county_status), "counties.json", w->diags);
        struct drawn d = draw(w, w->counties, w->style, status, &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_assert(i < 3 ? states[i] : "three states", &g);
        assert_int_equal(g.wanted, i < 3 ? 2 : 6);
        drop(&d);
    }
}

static const char assessed[] =
    "{\"format\": \"provmap-status/1\", \"title\": \"Counties\", \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Ohio/Franklin\": \"government\", \"Ohio/Hamilton\": \"contested\",\n"
    "  \"Ohio/Cuyahoga\": \"insurgent\", \"Ohio/Adams\": \"insurgent\",\n"
    "  \"Ohio/Athens\": \"insurgent_leaning\", \"Ohio/Lucas\": \"government_leaning\",\n"
    "  \"Ohio/Washington\": \"other\", \"Ohio/Van Wert\": \"government\"}}";

/* A page that is too small for the names of all counties, and for a key: it has those of which something
 * is said, and no other name lies on them. */
static void a_crowd_without_a_key(void **state)
{
    struct world *w = *state;
    static const char *const focus[] = {"Ohio"};
    static const int sizes[][2] = {{500, 400}, {400, 400}, {640, 480}, {800, 600}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pm_map_options options = {
            .focus = focus, .focus_count = 1, .width = sizes[i][0], .height = sizes[i][1]};
        struct pm_status *status =
            pm_status_parse(assessed, strlen(assessed), "assessed.json", w->diags);
        struct drawn d = draw(w, w->counties, w->style, status, &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_assert("Ohio on a small page", &g);
        assert_int_equal(g.wanted, 8);
        drop(&d);
    }
}

static size_t count_lines(const struct pm_draft *d, const char *suffix)
{
    size_t count = 0;
    for (size_t i = 0; i < d->label_count; i++)
        for (size_t k = 0; k < d->labels[i].line_count; k++)
            count += pm_ends_with(d->labels[i].lines[k].s, suffix);
    return count;
}

/* Counties of Georgia, shortened to three letters where the whole name has no room: more get a label. */
static void short_names(void **state)
{
    struct world *w = *state;
    const char *focus = "Georgia";
    struct pm_layer *layer = &w->counties->layers[PM_LAYER_AREAS];
    struct pm_map_options options = {
        .focus = &focus, .focus_count = 1, .width = 800, .height = 600};
    struct pm_arena arena = {0};
    size_t shortened[2], labels[2];
    for (int given = 0; given < 2; given++) {
        for (size_t i = 0; i < layer->feature_count; i++)
            if (given)
                layer->features[i].short_name =
                    pm_sprintf(&arena, "%.3s.", pm_text_get(&layer->features[i].name, "en", NULL));
        struct pm_status *status =
            pm_status_parse(county_status, strlen(county_status), "counties.json", w->diags);
        struct drawn d = draw(w, w->counties, w->style, status, &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_assert(given ? "Georgia, with short names" : "Georgia, without", &g);
        shortened[given] = count_lines(d.draft, ".");
        labels[given] = d.draft->label_count;
        drop(&d);
    }
    assert_int_equal(shortened[0], 0);
    assert_true(shortened[1] > 20 && shortened[1] < labels[1] / 2);
    assert_true(labels[1] > labels[0] + 10);
    for (size_t i = 0; i < layer->feature_count; i++)
        layer->features[i].short_name = NULL;
    pm_arena_finish(&arena);
}

/* ---- what the status file wants ---------------------------------------------------------------- */

static const char wishes[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\", \"areas\": {\n"
    " \"Ghor\": {\"status\": \"government\", \"label\": {\"hide\": true}},\n"
    " \"Zabul\": {\"status\": \"contested\", \"label\": {\"dx\": 10, \"dy\": 20,\n"
    "  \"text\": {\"en\": \"Zabul province\"}}}},\n"
    " \"places\": {\n"
    " \"Lashkar Gah\": {\"status\": \"government\", \"label\": {\"anchor\": \"left\"}},\n"
    " \"Herat\": {\"status\": \"contested\", \"label\": {\"anchor\": \"center\", \"dy\": -60}}}}";

static const struct pm_label_draft *label_called(const struct pm_draft *d, enum pm_label_kind kind,
                                                 const char *name)
{
    for (size_t i = 0; i < d->label_count; i++)
        if (d->labels[i].kind == kind && strcmp(d->labels[i].name, name) == 0)
            return &d->labels[i];
    return NULL;
}

static struct pm_pt middle_of(const struct pm_label_draft *label)
{
    const struct pm_box b = label->ground.box;
    return (struct pm_pt){(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2};
}

static void labels_stand_where_they_are_wanted(void **state)
{
    struct world *w = *state;
    struct pm_status *status = pm_status_parse(wishes, strlen(wishes), "wishes.json", w->diags);
    struct drawn d = draw(w, w->afghanistan, w->style, status, NULL);
    struct label_gates g = label_gates_of(d.draft);
    assert_int_equal(g.overlaps + g.off_frame + g.ambiguous + g.crossing_leaders, 0);
    assert_null(label_called(d.draft, PM_LABEL_AREA, "Ghor"));
    const struct pm_label_draft *area = label_called(d.draft, PM_LABEL_AREA, "Zabul province");
    const struct pm_label_draft *left = label_called(d.draft, PM_LABEL_PLACE, "Lashkar Gah");
    const struct pm_label_draft *away = label_called(d.draft, PM_LABEL_PLACE, "Herat");
    assert_non_null(area);
    assert_non_null(left);
    assert_non_null(away);
    const struct pm_page_rings *rings = &d.draft->areas[area->index].rings;
    double depth = 0;
    struct pm_pt pole = pm_rings_pole(rings, 2, 0.02 * sqrt(rings->area), &depth);
    assert_near(middle_of(area).x, pole.x + 10, 1e-6);
    assert_near(middle_of(area).y, pole.y + 20, 1e-6);
    const struct pm_place_draft *lashkar_gah = &d.draft->places[left->index];
    assert_near(left->ground.box.x1, lashkar_gah->at.x - lashkar_gah->radius - 3, 1e-6);
    assert_near(middle_of(left).y, lashkar_gah->at.y, 1e-6);
    const struct pm_place_draft *herat = &d.draft->places[away->index];
    assert_near(middle_of(away).x, herat->at.x, 1e-6);
    assert_near(middle_of(away).y, herat->at.y - 60, 1e-6);
    assert_true(away->has_leader);
    assert_near(away->leader_to.y, herat->at.y - herat->radius - 1, 1e-6);
    drop(&d);
}

/* On the smallest page, too, what changed has its name, and no leader leads across half of the map. */
static void news_comes_first(void **state)
{
    static const char text[] =
        "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-06-30\",\n"
        " \"areas\": {\"Kapisa\": [{\"from\": \"2021-06-01\", \"status\": \"government\"},\n"
        "                       {\"from\": \"2021-06-20\", \"status\": \"insurgent\"}]}}";
    struct world *w = *state;
    static const int sizes[] = {300, 400, 600};
    for (size_t i = 0; i < 3; i++) {
        struct pm_map_options options = {
            .width = sizes[i], .height = sizes[i], .since = "2021-06-10"};
        struct pm_status *status = pm_status_parse(text, strlen(text), "news.json", w->diags);
        struct drawn d = draw(w, w->afghanistan, w->style, status, &options);
        const struct pm_box map = d.draft->page.map;
        double most = 0.35 * sqrt(pm_box_w(map) * pm_box_h(map));
        assert_non_null(label_called(d.draft, PM_LABEL_AREA, "Kapisa"));
        for (size_t k = 0; k < d.draft->label_count; k++) {
            const struct pm_label_draft *l = &d.draft->labels[k];
            assert_true(!l->has_leader || hypot(l->leader_to.x - l->leader_from.x,
                                                l->leader_to.y - l->leader_from.y) < most);
        }
        drop(&d);
    }
}

/* Where the panel has room for some of the key's lines, what matters most has a number; else nobody has. */
static void numbers_stand_in_the_key(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *lang;
        bool any;
    } of[] = {{"fa", true}, {"en", false}};
    for (size_t i = 0; i < 2; i++) {
        struct pm_map_options options = {
            .width = 300, .height = 300, .lang = of[i].lang, .date = "2021-08-13"};
        struct drawn d =
            draw(w, w->afghanistan, w->style, example(w, "afghanistan-2021-08.json"), &options);
        struct label_gates g = label_gates_of(d.draft);
        assert_int_equal(d.draft->key_count, g.keyed);
        assert_true(of[i].any ? g.keyed > 0 : g.keyed == 0);
        assert_true(g.keyed == 0 || pm_panel_holds_key(d.draft));
        assert_true(g.missing > 0); /* names that a larger key would hold */
        drop(&d);
    }
}

/* ---- insets ------------------------------------------------------------------------------------ */

static const char inset_status[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Kabul\": \"government\", \"Herat\": \"contested\"},\n"
    " \"insets\": [{\"area\": \"Kabul\", \"scale\": 3}]}";

static size_t area_called(const struct pm_draft *d, const char *name)
{
    for (size_t i = 0; i < d->area_count; i++)
        if (strcmp(pm_feature_name(d, d->areas[i].feature, NULL), name) == 0)
            return i;
    fail_msg("no area is called %s", name);
    return 0;
}

/* px² of all areas in focus under a box. */
static double covered(const struct pm_draft *d, struct pm_box box)
{
    double area = 0;
    for (size_t i = 0; i < d->area_count; i++)
        if (!d->areas[i].state.muted && d->areas[i].rings.ring_count)
            area += gate_area_in_box(&d->areas[i].rings, box);
    return area;
}

/* Three times as large, whole, off the areas; its outline on the map goes around the area. */
static void an_inset_shows_its_area(void **state)
{
    struct world *w = *state;
    struct pm_status *status =
        pm_status_parse(inset_status, strlen(inset_status), "inset.json", w->diags);
    struct drawn d = draw(w, w->afghanistan, w->style, status, NULL);
    assert_int_equal(d.draft->inset_count, 1);
    const struct pm_inset_draft *inset = &d.draft->insets[0];
    size_t kabul = area_called(d.draft, "Kabul");
    const struct pm_page_rings *small = &d.draft->areas[kabul].rings,
                               *large = &inset->map->areas[kabul].rings;
    assert_near(sqrt(large->area / small->area), 3, 0.1);
    assert_true(pm_box_inside(large->box, inset->map->page.map));
    assert_true(pm_box_inside(inset->map->page.map, inset->box));
    assert_true(pm_box_inside(inset->box, d.draft->page.map));
    assert_near(covered(d.draft, inset->box), 0,
                0.002 * pm_box_w(inset->box) * pm_box_h(inset->box));
    struct pm_range ring = {0, inset->outline_count};
    struct pm_page_rings outline = {inset->outline, &ring, 1, d.draft->page.map, 0};
    for (size_t i = 0; i < small->rings[0].count; i++)
        assert_true(pm_rings_hold(&outline, small->points[small->rings[0].first + i]));
    assert_string_equal(inset->caption, "Kabul ×3");
    assert_null(inset->letter); /* one needs none */
    drop(&d);
}

/* A map of Helmand has one, on which its frame lies where Helmand does; a map of all has none. */
static const char three_insets[] =
    "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n"
    " \"areas\": {\"Kabul\": \"government\", \"Logar\": \"contested\"},\n"
    " \"insets\": [{\"area\": \"Kabul\"}, {\"area\": \"Kapisa\"}, {\"area\": \"Logar\"}]}";

static bool touches(struct pm_box box, struct pm_pt p)
{
    box = pm_box_grown(box, 0.5);
    return p.x > box.x0 && p.x < box.x1 && p.y > box.y0 && p.y < box.y1;
}

/* Each at its own outline, in the language's letters; nothing lies on them. */
static void letters_tell_insets_apart(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *lang, *letters[3];
    } of[] = {{"en", {"A", "B", "C"}}, {"ru", {"А", "Б", "В"}}, {"fa", {"الف", "ب", "ج"}}};
    for (size_t k = 0; k < 3; k++) {
        struct pm_map_options options = {.lang = of[k].lang};
        struct pm_status *status =
            pm_status_parse(three_insets, strlen(three_insets), "insets.json", w->diags);
        struct drawn d = draw(w, w->afghanistan, w->style, status, &options);
        struct label_gates g = label_gates_of(d.draft);
        label_gates_print(of[k].lang, &g);
        assert_int_equal(g.overlaps + g.off_frame + g.missing, 0);
        assert_int_equal(d.draft->inset_count, 3);
        for (size_t i = 0; i < 3; i++) {
            const struct pm_inset_draft *inset = &d.draft->insets[i];
            size_t corners = 0, said = 0;
            assert_string_equal(inset->letter, of[k].letters[i]);
            for (size_t c = 0; c < inset->outline_count; c++)
                corners += touches(inset->tab, inset->outline[c]);
            assert_true(corners > 0);
            const struct pm_scene *scene = pm_map_scene(d.map);
            for (size_t n = 0; n < scene->nodes.n; n++)
                said += scene->nodes.v[n].kind == PM_NODE_TEXT &&
                        !strcmp(scene->nodes.v[n].run.s, inset->letter);
            assert_int_equal(said, 1);
        }
        drop(&d);
    }
}

static void a_locator_shows_where_the_map_lies(void **state)
{
    struct world *w = *state;
    static const char *const focus[] = {"Helmand"};
    struct pm_map_options options = {.focus = focus, .focus_count = 1};
    struct drawn d =
        draw(w, w->afghanistan, w->style, example(w, "helmand-2021-05-04.json"), &options);
    assert_int_equal(d.draft->inset_count, 1);
    const struct pm_inset_draft *locator = &d.draft->insets[0];
    assert_true(locator->locator && locator->outline_count > 0);
    struct pm_range ring = {0, locator->outline_count};
    struct pm_page_rings outline = {locator->outline, &ring, 1, locator->box, 0};
    const struct pm_page_rings *helmand =
        &locator->map->areas[area_called(d.draft, "Helmand")].rings;
    for (size_t i = 0; i < helmand->rings[0].count; i++)
        assert_true(pm_rings_hold(&outline, helmand->points[helmand->rings[0].first + i]));
    for (size_t i = 0; i < d.draft->area_count; i++)
        assert_true(pm_box_inside(locator->map->areas[i].rings.box, locator->box));
    drop(&d);
    struct drawn all =
        draw(w, w->afghanistan, w->style, example(w, "helmand-2021-05-04.json"), NULL);
    assert_int_equal(all.draft->inset_count, 0);
    drop(&all);
}

/* ---- random maps ------------------------------------------------------------------------------- */

/* One area of the map's form at the equator. */
struct rectangle {
    struct pm_atlas atlas;
    struct pm_grid points[4];
    struct pm_range part;
    struct pm_feature feature;
};

static void make_rectangle(struct rectangle *r)
{
    *r = (struct rectangle){.part = {0, 4}, .feature = {.key = "A", .parts = {0, 1}}};
    r->points[0] = pm_grid_of(0, 0);
    r->points[1] = pm_grid_of(0, 9);
    r->points[2] = pm_grid_of(12, 9);
    r->points[3] = pm_grid_of(12, 0);
    r->atlas.layers[PM_LAYER_AREAS] = (struct pm_layer){.file = "rectangle.shp",
                                                        .features = &r->feature,
                                                        .feature_count = 1,
                                                        .parts = &r->part,
                                                        .part_count = 1,
                                                        .points = r->points,
                                                        .point_count = 4};
    r->atlas.cache = pm_cache_new(1 << 24);
}

static double unit(uint32_t *seed)
{
    return check_random(seed) / 4294967296.0;
}

/* Between 4 and 11 letters, one in eight with a second word. */
static void random_name(struct pm_str *out, uint32_t *seed, int number)
{
    int letters = 3 + (int)(check_random(seed) % 7);
    pm_str_addc(out, (char)('A' + number % 26));
    for (int i = 0; i < letters; i++)
        pm_str_addc(out, "aeioulnrstkm"[check_random(seed) % 12]);
    if (check_random(seed) % 8 == 0)
        pm_str_add(out, " Town");
    pm_str_addf(out, "%c%c", 'a' + number / 26 % 26, 'a' + number % 26); /* no two alike */
}

/* Sum of twelve: near enough to a normal distribution about 0. */
static double normal(uint32_t *seed)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += unit(seed);
    return sum;
}

static double within(double x, double most)
{
    return fmax(0.2, fmin(most - 0.2, x));
}

static struct pm_status *random_status(struct world *w, int count, bool clustered, uint32_t seed)
{
    struct pm_str json = {0};
    double middles[8][2];
    for (int i = 0; i < 8; i++) {
        middles[i][0] = 1.5 + 9 * unit(&seed);
        middles[i][1] = 1.5 + 6 * unit(&seed);
    }
    pm_str_add(&json, "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n"
                      "\"areas\": {\"A\": \"government\"}, \"places\": {");
    for (int i = 0; i < count; i++) {
        const double *middle = middles[check_random(&seed) % 8];
        double lon = clustered ? middle[0] + 1.5 * normal(&seed) : 12 * unit(&seed);
        double lat = clustered ? middle[1] + 1.5 * normal(&seed) : 9 * unit(&seed);
        pm_str_add(&json, i ? ",\n\"" : "\"");
        random_name(&json, &seed, i);
        pm_str_addf(&json, "\": {\"status\": \"contested\", \"lon\": %.4f, \"lat\": %.4f}",
                    within(lon, 12), within(lat, 9));
    }
    pm_str_add(&json, "}}");
    struct pm_status *status = pm_status_parse(pm_str_get(&json), json.n, "random.json", w->diags);
    pm_str_finish(&json);
    return status;
}

/* As dense as makes it worth the work: of 500 uniform points a greedy choice alone names 93 %. */
static void random_points(void **state)
{
    static const struct {
        int count;
        bool clustered;
        double least;
    } maps[] = {{70, false, 1},    {70, true, 1},      {250, false, 0.99},
                {250, true, 0.97}, {500, false, 0.97}, {500, true, 0.87}};
    struct world *w = *state;
    struct rectangle r;
    make_rectangle(&r);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        for (uint32_t seed = 1; seed <= 3; seed++) {
            char title[80];
            struct pm_status *status =
                random_status(w, maps[i].count, maps[i].clustered, seed * 77);
            struct drawn d = draw(w, &r.atlas, w->bare, status, NULL);
            struct label_gates g = label_gates_of(d.draft);
            snprintf(title, sizeof title, "%d %s points: %.1f %% placed", maps[i].count,
                     maps[i].clustered ? "clustered" : "uniform",
                     100.0 * (double)g.places / maps[i].count);
            label_gates_assert(title, &g);
            assert_true((double)g.places >= maps[i].least * maps[i].count);
            drop(&d);
        }
    pm_cache_free(r.atlas.cache);
}

/* ---- stability --------------------------------------------------------------------------------- */

static const struct pm_label_draft *label_like(const struct pm_draft *d,
                                               const struct pm_label_draft *label)
{
    for (size_t i = 0; i < d->label_count; i++)
        if (d->labels[i].kind == label->kind && d->labels[i].index == label->index)
            return &d->labels[i];
    return NULL;
}

/* Labels that lie elsewhere, are set otherwise or are gone; but for that of a place that moved, which goes with it. */
static size_t labels_moved(const struct pm_draft *before, const struct pm_draft *after,
                           const char *moved)
{
    const double leeway = 1e-6;
    size_t count = 0;
    for (size_t i = 0; i < before->label_count; i++) {
        const struct pm_label_draft *a = &before->labels[i], *b = label_like(after, a);
        if (strcmp(a->name, moved) == 0)
            continue;
        count += !b || fabs(a->ground.box.x0 - b->ground.box.x0) > leeway ||
                 fabs(a->ground.box.y0 - b->ground.box.y0) > leeway ||
                 fabs(a->ground.box.x1 - b->ground.box.x1) > leeway;
    }
    return count;
}

/* Each town of the Afghan map in turn, by a pixel to the east. Without insets: whether there is one follows
 * from a count, and it takes its names along. */
static void a_town_moves_by_a_pixel(void **state)
{
    struct world *w = *state;
    struct pm_map_options options = {.date = "2021-08-13"};
    w->style->show.insets = false;
    struct drawn before =
        draw(w, w->afghanistan, w->style, example(w, "afghanistan-2021-08.json"), &options);
    struct pm_layer *layer = &w->afghanistan->layers[PM_LAYER_PLACES];
    for (size_t i = 0; i < before.draft->place_count; i++) {
        const struct pm_place_draft *place = &before.draft->places[i];
        struct pm_grid *point = &layer->points[layer->parts[place->feature->parts.first].first];
        int32_t was = point->x;
        point->x += 130000; /* 1.2 km */
        struct drawn after =
            draw(w, w->afghanistan, w->style, example(w, "afghanistan-2021-08.json"), &options);
        assert_near(hypot(after.draft->places[i].at.x - place->at.x,
                          after.draft->places[i].at.y - place->at.y),
                    1, 0.2);
        assert_true((double)labels_moved(before.draft, after.draft, place->name) <=
                    0.05 * (double)before.draft->label_count);
        point->x = was;
        drop(&after);
    }
    w->style->show.insets = true;
    drop(&before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_afghan_map),
        cmocka_unit_test(helmand_in_focus),
        cmocka_unit_test(counties),
        cmocka_unit_test(a_crowd_without_a_key),
        cmocka_unit_test(short_names),
        cmocka_unit_test(labels_stand_where_they_are_wanted),
        cmocka_unit_test(numbers_stand_in_the_key),
        cmocka_unit_test(news_comes_first),
        cmocka_unit_test(an_inset_shows_its_area),
        cmocka_unit_test(letters_tell_insets_apart),
        cmocka_unit_test(a_locator_shows_where_the_map_lies),
        cmocka_unit_test(random_points),
        cmocka_unit_test(a_town_moves_by_a_pixel),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
