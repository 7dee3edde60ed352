/* Marks of events, measured from the drawing list: none lies on another one or on a place's, each stands
 * where the event was or is tied to that spot, and what isn't drawn is told. */
#include "check.h"

#include "base/str.h"
#include "base/vec.h"
#include "layout/footprint.h"
#include "layout/insets.h"
#include "layout/marks.h"
#include "map.h"

enum { CURVE_STEPS = 8, MOST_EVENTS = 80 };

struct world {
    struct pm_engine *engine;
    struct pm_atlas *atlas;
    struct pm_style *style;
};

/* A mark of the drawing list, as lines. */
struct mark {
    const char *id; /* of an event; NULL: a place */
    PM_VEC(struct pm_pt) points;
    PM_VEC(size_t) starts; /* of its rings */
    struct pm_box box;
    struct pm_pt middle;
};

struct marks {
    PM_VEC(struct mark) all;
};

/* ---- from the scene --------------------------------------------------------------------------- */

static void add_point(struct mark *mark, struct pm_pt p)
{
    pm_box_add(&mark->box, p, mark->points.n == 0);
    pm_vec_push(&mark->points, p);
}

static void add_path(struct mark *mark, const struct pm_path *path)
{
    const struct pm_pt *p = path->points.v;
    struct pm_pt at = {0};
    for (size_t i = 0; i < path->ops.n; i++) {
        if (path->ops.v[i] == PM_MOVE)
            pm_vec_push(&mark->starts, mark->points.n);
        for (int k = 1; path->ops.v[i] == PM_CURVE && k <= CURVE_STEPS; k++) {
            double t = (double)k / CURVE_STEPS, u = 1 - t;
            double w[] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
            add_point(mark,
                      (struct pm_pt){w[0] * at.x + w[1] * p[0].x + w[2] * p[1].x + w[3] * p[2].x,
                                     w[0] * at.y + w[1] * p[0].y + w[2] * p[1].y + w[3] * p[2].y});
        }
        size_t taken = path->ops.v[i] == PM_CURVE ? 3 : path->ops.v[i] != PM_CLOSE;
        if (taken)
            at = p[taken - 1];
        if (taken == 1)
            add_point(mark, at);
        p += taken;
    }
}

/* What belongs to the classes "event" and "place", but for callouts. */
static void read_marks(const struct pm_scene *scene, struct marks *marks)
{
    int depth = 0, within = -1, callout = -1;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *n = &scene->nodes.v[i];
        const char *role = n->ident.role ? n->ident.role : "";
        if (n->kind == PM_NODE_BEGIN && ++depth && within < 0 &&
            (!strcmp(role, "event") || !strcmp(role, "place"))) {
            struct mark mark = {.id = !strcmp(role, "event") ? n->ident.key : NULL};
            within = depth;
            pm_vec_push(&marks->all, mark);
        } else if (n->kind == PM_NODE_BEGIN && n->ident.classes &&
                   !strcmp(n->ident.classes, "callout")) {
            callout = depth;
        }
        /* arcs of who presses a place are open lines: their ends and middles must be kept off, too */
        if (n->kind == PM_NODE_PATH && within >= 0 && callout < 0)
            add_path(&marks->all.v[marks->all.n - 1], &n->path);
        if (n->kind != PM_NODE_END)
            continue;
        callout = depth == callout ? -1 : callout;
        within = depth == within ? -1 : within;
        depth--;
    }
    for (size_t i = 0; i < marks->all.n; i++) {
        struct mark *m = &marks->all.v[i];
        m->middle = (struct pm_pt){(m->box.x0 + m->box.x1) / 2, (m->box.y0 + m->box.y1) / 2};
    }
}

static void forget(struct marks *marks)
{
    for (size_t i = 0; i < marks->all.n; i++) {
        pm_vec_finish(&marks->all.v[i].points);
        pm_vec_finish(&marks->all.v[i].starts);
    }
    pm_vec_finish(&marks->all);
}

/* ---- geometry ------------------------------------------------------------------------------------ */

static double turn(struct pm_pt a, struct pm_pt b, struct pm_pt c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static size_t end_of(const struct mark *m, size_t ring)
{
    return ring + 1 < m->starts.n ? m->starts.v[ring + 1] : m->points.n;
}

/* Even-odd. */
static bool holds(const struct mark *m, struct pm_pt p)
{
    bool inside = false;
    for (size_t r = 0; r < m->starts.n; r++)
        for (size_t first = m->starts.v[r], end = end_of(m, r), i = first; i < end; i++) {
            struct pm_pt a = m->points.v[i], b = m->points.v[i + 1 < end ? i + 1 : first];
            if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
                inside = !inside;
        }
    return inside;
}

static bool lines_cross(const struct mark *m, const struct mark *o)
{
    for (size_t i = 0; i + 1 < m->points.n; i++)
        for (size_t k = 0; k + 1 < o->points.n; k++) {
            struct pm_pt a = m->points.v[i], b = m->points.v[i + 1];
            struct pm_pt c = o->points.v[k], e = o->points.v[k + 1];
            if (turn(a, b, c) * turn(a, b, e) < 0 && turn(c, e, a) * turn(c, e, b) < 0)
                return true;
        }
    return false;
}

/* Closing lines between rings of one mark are within its hull: marks are as good as convex. */
static bool overlap(const struct mark *m, const struct mark *o)
{
    if (!pm_box_meets(m->box, o->box))
        return false;
    return lines_cross(m, o) || holds(m, o->points.v[0]) || holds(o, m->points.v[0]) ||
           holds(m, o->middle) || holds(o, m->middle);
}

/* ---- maps ------------------------------------------------------------------------------------------ */

/* An event, and how it is written into a file. */
struct written {
    char s[240];
};

struct file {
    struct written events[MOST_EVENTS];
    size_t count;
    const char *places; /* members of "places" */
    const char *insets; /* of "insets" */
};

static void add(struct file *file, const char *kind, const char *where)
{
    struct written *e = &file->events[file->count];
    snprintf(e->s, sizeof e->s, "{\"id\": \"e%d\", \"kind\": \"%s\", %s, \"text\": \"An event\"}",
             (int)file->count, kind, where);
    file->count++;
}

static const char *const kinds[] = {"strikes", "clash", "capture", "explosion", "other"};

static void add_at(struct file *file, size_t kind, double lon, double lat)
{
    char where[80];
    snprintf(where, sizeof where, "\"lon\": %.4f, \"lat\": %.4f", lon, lat);
    add(file, kinds[kind % 5], where);
}

struct drawn {
    struct pm_diags *diags;
    struct pm_status *status;
    struct pm_map *map;
    const struct pm_draft *draft;
    struct marks marks;
};

static struct drawn draw(struct world *w, const struct file *file, bool backwards)
{
    struct drawn d = {.diags = pm_diags_new()};
    struct pm_str json = {0};
    pm_str_addf(&json,
                "{\"format\": \"provmap-status/1\", \"as_of\": \"2021-05-04\",\n"
                " \"areas\": {\"Helmand\": \"contested\"}, \"places\": {%s},\n \"events\": [",
                file->places ? file->places : "");
    for (size_t i = 0; i < file->count; i++)
        pm_str_addf(&json, "%s%s", i ? ",\n" : "",
                    file->events[backwards ? file->count - 1 - i : i].s);
    pm_str_addf(&json, "],\n \"insets\": [%s]}\n", file->insets ? file->insets : "");
    d.status = pm_status_parse(pm_str_get(&json), json.n, "status.json", d.diags);
    assert_non_null(d.status);
    d.map = pm_map_new(w->engine, w->atlas, w->style, d.status, NULL, d.diags);
    assert_non_null(d.map);
    d.draft = pm_map_draft(d.map);
    read_marks(pm_map_scene(d.map), &d.marks);
    pm_str_finish(&json);
    return d;
}

static void drop(struct drawn *d)
{
    forget(&d->marks);
    pm_map_free(d->map);
    pm_status_free(d->status);
    pm_diags_free(d->diags);
}

static const struct mark *mark_of(const struct drawn *d, const char *id)
{
    for (size_t i = 0; i < d->marks.all.n; i++)
        if (d->marks.all.v[i].id && !strcmp(d->marks.all.v[i].id, id))
            return &d->marks.all.v[i];
    return NULL;
}

static size_t count_marks(const struct drawn *d)
{
    size_t count = 0;
    for (size_t i = 0; i < d->marks.all.n; i++)
        count += d->marks.all.v[i].id != NULL;
    return count;
}

/* ---- gates ------------------------------------------------------------------------------------------- */

static void assert_apart(const struct drawn *d)
{
    for (size_t i = 0; i < d->marks.all.n; i++)
        for (size_t k = 0; k < d->marks.all.n; k++) {
            const struct mark *m = &d->marks.all.v[i], *o = &d->marks.all.v[k];
            if (i < k && (m->id || o->id) && overlap(m, o))
                fail_msg("%s lies on %s at %.1f %.1f", m->id ? m->id : "a place",
                         o->id ? o->id : "a place", m->middle.x, m->middle.y);
        }
}

static bool on_the_map(const struct drawn *d, struct pm_pt p)
{
    struct pm_box map = pm_box_grown(d->draft->page.map, -3);
    return p.x > map.x0 && p.x < map.x1 && p.y > map.y0 && p.y < map.y1;
}

/* A line or dot ends at the spot. */
static bool ends_at(const struct drawn *d, struct pm_pt spot)
{
    const struct pm_scene *scene = pm_map_scene(d->map);
    bool leader = false;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *n = &scene->nodes.v[i];
        if (n->kind == PM_NODE_BEGIN)
            leader = n->ident.classes && !strcmp(n->ident.classes, "event-leader");
        if (n->kind != PM_NODE_PATH || !leader)
            continue;
        struct pm_pt end = n->path.points.v[n->path.points.n - 1];
        if (hypot(end.x - spot.x, end.y - spot.y) < 2.5)
            return true;
    }
    return false;
}

/* Is a spot on, or right at, a place's mark? */
static bool at_a_place(const struct drawn *d, struct pm_pt spot)
{
    for (size_t i = 0; i < d->draft->place_count; i++)
        if (hypot(d->draft->places[i].at.x - spot.x, d->draft->places[i].at.y - spot.y) < 20)
            return true;
    return false;
}

static void assert_honest(const struct drawn *d)
{
    for (size_t i = 0; i < d->status->event_count; i++) {
        const struct pm_event *e = &d->status->events[i];
        const struct mark *m = mark_of(d, e->id);
        if (!m || !e->has_position)
            continue;
        struct pm_pt spot = pm_frame_lonlat(&d->draft->frame, e->lon, e->lat);
        assert_true(on_the_map(d, spot));
        if (hypot(m->middle.x - spot.x, m->middle.y - spot.y) > 1.5 && !at_a_place(d, spot) &&
            !ends_at(d, spot))
            fail_msg("%s stands elsewhere, and nothing says so", e->id);
    }
}

/* Leaders of callouts cross neither each other nor the text of another. */
static void assert_leaders_clear(const struct drawn *d)
{
    for (size_t i = 0; i < d->draft->event_count; i++)
        for (size_t k = 0; k < d->draft->event_count; k++) {
            const struct pm_event_draft *a = &d->draft->events[i], *b = &d->draft->events[k];
            if (i == k || pm_box_empty(a->callout) || pm_box_empty(b->callout))
                continue;
            if (pm_segments_cross(a->at, a->leader, b->at, b->leader))
                fail_msg("leaders of %s and %s cross", a->event->id, b->event->id);
            if (pm_segment_meets(a->at, a->leader, b->callout))
                fail_msg("the leader of %s runs beneath the text of %s", a->event->id,
                         b->event->id);
        }
}

/* Every event has a mark, or its number stands in a message. */
static void assert_told(const struct drawn *d)
{
    size_t unmarked = d->status->event_count - count_marks(d), messages = 0;
    for (size_t i = 0; i < pm_diags_count(d->diags); i++)
        messages += !strcmp(pm_diags_get(d->diags, i)->id, "event-unmarked");
    assert_int_equal(messages, unmarked > 0);
}

/* The same picture whatever the order in the file. */
static void assert_same(const struct drawn *d, const struct drawn *other)
{
    assert_int_equal(count_marks(d), count_marks(other));
    for (size_t i = 0; i < d->marks.all.n; i++) {
        const struct mark *m = &d->marks.all.v[i], *o = m->id ? mark_of(other, m->id) : m;
        assert_non_null(o);
        assert_true(hypot(m->middle.x - o->middle.x, m->middle.y - o->middle.y) < 1e-6);
    }
}

/* Draws the file in both orders and returns how many marks there are. */
static size_t check_file(struct world *w, const struct file *file)
{
    struct drawn d = draw(w, file, false), turned = draw(w, file, true);
    assert_apart(&d);
    assert_honest(&d);
    assert_told(&d);
    assert_same(&d, &turned);
    size_t count = count_marks(&d);
    drop(&d);
    drop(&turned);
    return count;
}

/* ---- tests --------------------------------------------------------------------------------------------- */

static void five_at_one_point(void **state)
{
    struct file file = {0};
    for (size_t i = 0; i < 5; i++)
        add_at(&file, i, 67.5, 34.2);
    assert_int_equal(check_file(*state, &file), 5);
}

/* Near enough for the marks to touch, but not for one to lie on the other's spot: one stays. */
static void two_that_touch(void **state)
{
    struct file file = {0};
    add_at(&file, 0, 64.5, 33.2);
    add_at(&file, 0, 64.8, 33.2);
    assert_int_equal(check_file(*state, &file), 2);
    struct drawn d = draw(*state, &file, false);
    struct pm_pt a = pm_frame_lonlat(&d.draft->frame, 64.5, 33.2);
    const struct mark *m = mark_of(&d, "e0");
    assert_true(hypot(m->middle.x - a.x, m->middle.y - a.y) < 1);
    drop(&d);
}

static void events_at_a_town(void **state)
{
    for (size_t count = 2; count <= 8; count += 3) {
        struct file file = {0};
        for (size_t i = 0; i < count; i++)
            add(&file, kinds[i % 5], "\"place\": \"Kandahar\"");
        assert_int_equal(check_file(*state, &file), count);
    }
}

/* A mark touches that of its town, or a leader says which town is meant. */
/* A town that the style would not show is shown for its event. */
static void an_event_brings_its_town(void **state)
{
    struct file file = {0};
    add(&file, "clash", "\"place\": \"Sangin\"");
    struct drawn d = draw(*state, &file, false);
    const struct pm_event_draft *e = &d.draft->events[0];
    assert_true(e->visible && e->town);
    assert_string_equal(e->town->name, "Sangin");
    drop(&d);
}

static void none_floats_beside_its_town(void **state)
{
    static const char *const towns[] = {"Kabul", "Kandahar", "Asadabad", "Mihtarlam"};
    for (size_t i = 0; i < 4 * 5; i++) {
        char where[80];
        struct file file = {0};
        snprintf(where, sizeof where, "\"place\": \"%s\"", towns[i / 5]);
        add(&file, kinds[i % 5], where);
        struct drawn d = draw(*state, &file, false);
        const struct pm_event_draft *e = &d.draft->events[0];
        double gap = hypot(e->at.x - e->town->at.x, e->at.y - e->town->at.y) - e->town->radius -
                     pm_event_reach(d.draft, e->event->kind, false).circle;
        if (gap > 5 && !e->tied)
            fail_msg("%s at %s floats %.1f px away", kinds[i % 5], towns[i / 5], gap);
        drop(&d);
    }
}

/* A position that is the town's is the town's. */
static void a_position_on_a_town(void **state)
{
    struct file file = {0};
    add_at(&file, 0, 65.71, 31.61);
    add_at(&file, 2, 65.71, 31.61);
    add(&file, "clash", "\"place\": \"Kandahar\"");
    assert_int_equal(check_file(*state, &file), 3);
}

/* An event may be at a place that only the status file knows. */
static void at_a_place_of_its_own(void **state)
{
    struct file file = {.places = "\"Camp Ten\": {\"status\": \"government\", \"lon\": 64.5, "
                                  "\"lat\": 31}"};
    add(&file, "clash", "\"place\": \"camp-ten\"");
    assert_int_equal(check_file(*state, &file), 1);
    struct drawn d = draw(*state, &file, false);
    assert_string_equal(d.draft->events[0].town->name, "Camp Ten");
    drop(&d);
}

/* Around a besieged town, marks touch the arcs; beside one pressed from one side they may be nearer. */
static void events_at_a_town_under_pressure(void **state)
{
    static const char *const from[] = {"\"all\"", "[\"north\", \"east\"]", "[\"south-west\"]"};
    for (size_t k = 0; k < 3; k++) {
        char places[160];
        snprintf(places, sizeof places,
                 "\"Lashkar Gah\": {\"status\": \"government\", \"pressure\": {\"by\": "
                 "\"insurgent\", \"from\": %s}}",
                 from[k]);
        struct file file = {.places = places};
        add(&file, "clash", "\"place\": \"Lashkar Gah\"");
        assert_int_equal(check_file(*state, &file), 1);
        struct drawn d = draw(*state, &file, false);
        const struct pm_event_draft *e = &d.draft->events[0];
        struct pm_pt town = d.draft->events[0].town->at;
        double gap = hypot(e->at.x - town.x, e->at.y - town.y) - 14 - (k ? 9 : 16);
        assert_true(gap < 8 && !e->tied);
        drop(&d);
    }
}

/* A crowd that can't be drawn whole is drawn as far as there is room, and told. */
static void a_crowd(void **state)
{
    static const double steps[] = {0.1, 0.3, 0.5};
    static const size_t least[] = {10, 22, 35};
    for (size_t k = 0; k < 3; k++) {
        struct file file = {0};
        for (size_t i = 0; i < 60; i++) {
            int column = (int)i % 10, row = (int)i / 10;
            add_at(&file, i, 64.5 + steps[k] * column, 33 + steps[k] * row);
        }
        size_t count = check_file(*state, &file);
        print_message("60 events on a grid of %.1f degrees: %zu marks\n", steps[k], count);
        assert_true(count >= least[k]);
    }
}

static size_t count_texts(const struct drawn *d, const char *text)
{
    const struct pm_scene *scene = pm_map_scene(d->map);
    size_t count = 0;
    for (size_t i = 0; i < scene->nodes.n; i++)
        count += scene->nodes.v[i].kind == PM_NODE_TEXT && !strcmp(scene->nodes.v[i].run.s, text);
    return count;
}

/* The legend counts what happened on the map, also that which has no room for a mark. */
static void the_legend_counts_a_crowd(void **state)
{
    struct file file = {0};
    for (size_t i = 0; i < 60; i++) {
        int column = (int)i % 10, row = (int)i / 10;
        add_at(&file, 0, 64.5 + 0.1 * column, 33 + 0.1 * row);
    }
    struct drawn d = draw(*state, &file, false);
    assert_true(count_marks(&d) < 60);
    assert_int_equal(count_texts(&d, "60"), 1 + (mark_of(&d, "e59") != NULL));
    drop(&d);
}

static unsigned below(uint32_t *seed, unsigned count)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % count;
}

/* Everything together, in clusters. */
static struct file mixed(uint32_t s)
{
    static const char *const wheres[] = {"\"place\": \"Kandahar\"", "\"place\": \"Herat\"",
                                         "\"place\": \"Kabul\"",    "\"area\": \"Ghor\"",
                                         "\"area\": \"Kapisa\"",    "\"area\": \"Helmand\""};
    struct file file = {.places = "\"Herat\": {\"status\": \"insurgent\"}, \"Kandahar\": "
                                  "{\"status\": \"other\", \"pressure\": {\"by\": "
                                  "\"insurgent\", \"from\": [\"north-east\"]}}"};
    for (size_t i = 0; i < 30; i++) {
        if (below(&s, 2))
            add(&file, kinds[below(&s, 5)], wheres[below(&s, 6)]);
        else
            add_at(&file, below(&s, 5), 63 + below(&s, 3) * 2 + below(&s, 40) * 0.01,
                   33 + below(&s, 2) * 2 + below(&s, 40) * 0.01);
    }
    return file;
}

static void many_kinds(void **state)
{
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct file file = mixed(seed);
        check_file(*state, &file);
    }
}

static void callouts_are_not_in_each_others_way(void **state)
{
    struct world *w = *state;
    size_t callouts = 0;
    w->style->show.callouts = true;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct file file = mixed(seed);
        struct drawn d = draw(w, &file, false);
        for (size_t i = 0; i < d.draft->event_count; i++)
            callouts += !pm_box_empty(d.draft->events[i].callout);
        assert_leaders_clear(&d);
        drop(&d);
    }
    w->style->show.callouts = false;
    assert_true(callouts >= 24);
}

/* What stands beside a town or somewhere in an area does so on the same side in an inset. */
static void an_inset_shows_the_same_side(void **state)
{
    struct file file = {.insets = "{\"area\": \"Kapisa\"}, {\"area\": \"Logar\"}"};
    add(&file, "clash", "\"place\": \"Mahmud-e Raqi\"");
    add(&file, "strikes", "\"place\": \"Mahmud-e Raqi\"");
    add(&file, "strikes", "\"area\": \"Logar\"");
    struct drawn d = draw(*state, &file, false);
    assert_apart(&d);
    size_t seen = 0;
    for (size_t i = 0; i < d.draft->inset_count; i++)
        for (size_t k = 0; k < 3; k++) {
            const struct pm_draft *map = d.draft->insets[i].map;
            const struct pm_event_draft *e = &d.draft->events[k], *own = &map->events[k];
            double lon = 0, lat = 0;
            if (!own->visible || !e->visible)
                continue;
            seen++;
            if (e->town) {
                double a = atan2(e->at.y - e->town->at.y, e->at.x - e->town->at.x);
                double b = atan2(own->at.y - own->town->at.y, own->at.x - own->town->at.x);
                assert_true(fabs(remainder(a - b, 2 * 3.14159265)) < 0.5);
                continue;
            }
            assert_true(pm_unproject(&map->frame.projection, pm_frame_metre(&map->frame, own->at),
                                     &lon, &lat));
            struct pm_pt p = pm_frame_lonlat(&d.draft->frame, lon, lat);
            assert_true(hypot(p.x - e->at.x, p.y - e->at.y) < 12);
        }
    assert_true(seen >= 3);
    drop(&d);
}

static int set_up(void **state)
{
    static struct world w;
    char path[4096];
    struct pm_diags *diags = pm_diags_new();
    snprintf(path, sizeof path, "%s/../shapes/afghanistan", PM_TEST_DIR);
    w.engine = pm_engine_new(NULL, diags);
    w.atlas = pm_atlas_load(path, NULL, diags);
    w.style = pm_style_load("default", diags);
    w.style->show.callouts = false;
    pm_diags_free(diags);
    *state = &w;
    return w.engine && w.atlas && w.style ? 0 : 1;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    pm_style_free(w->style);
    pm_atlas_free(w->atlas);
    pm_engine_free(w->engine);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_at_one_point),
        cmocka_unit_test(two_that_touch),
        cmocka_unit_test(events_at_a_town),
        cmocka_unit_test(an_event_brings_its_town),
        cmocka_unit_test(none_floats_beside_its_town),
        cmocka_unit_test(a_position_on_a_town),
        cmocka_unit_test(at_a_place_of_its_own),
        cmocka_unit_test(events_at_a_town_under_pressure),
        cmocka_unit_test(a_crowd),
        cmocka_unit_test(the_legend_counts_a_crowd),
        cmocka_unit_test(many_kinds),
        cmocka_unit_test(callouts_are_not_in_each_others_way),
        cmocka_unit_test(an_inset_shows_the_same_side),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
