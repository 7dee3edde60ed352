/* The status file. Every part is read as far as it goes, so that one run shows all slips. */
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "input/aliases_json.h"
#include "input/data_dir.h"
#include "input/json.h"
#include "input/status_ids.h"
#include "model/status.h"
#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-status/1"
#define MOST_SHIFT 5000 /* px, of a label */
#define LEAST_INSET 1.1 /* times as large as on the map */
#define MOST_INSET 20.0

static int get_choice(const struct pm_jval *object, const char *key, const char *const *names,
                      int otherwise)
{
    pm_jget_choice(object, key, names, &otherwise);
    return otherwise;
}

/* ---- areas and places --------------------------------------------------------------- */

static const char *const record_keys[] = {
    "status",        "from",    "leaning", "party", "confidence", "basis",
    "last_verified", "sources", "note",    "label", NULL};
static const char *const place_keys[] = {
    "status", "from",  "leaning", "party", "confidence", "basis", "last_verified", "sources",
    "note",   "label", "in",      "lon",   "lat",        "name",  "pressure",      NULL};

/* Nothing can have been verified after the day the file speaks of, or the day the entry does. */
static void check_verified(const struct pm_jval *value, const struct pm_record *record)
{
    pm_date as_of = pm_status_of(value)->as_of;
    if (record->last_verified == PM_NO_DATE || as_of == PM_NO_DATE ||
        record->last_verified <= as_of || record->last_verified <= record->from)
        return;
    struct pm_jval verified = pm_jval_get(value, "last_verified");
    pm_error(value->json->diags, PM_FAULT_DATA, "verified-after-as-of", pm_jval_place(&verified),
             "verified later than the file's as_of");
    pm_help(value->json->diags, "bring \"as_of\" up to date, or correct this day");
}

static bool get_number(const struct pm_jval *object, const char *key, double *out)
{
    struct pm_jval value = pm_jval_get(object, key);
    return pm_jval_number(&value, -MOST_SHIFT, MOST_SHIFT, out);
}

/* What is hidden has no text and stands nowhere. */
static void check_hidden(const struct pm_jval *label)
{
    static const char *const others[] = {"text", "anchor", "dx", "dy"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct pm_jval other = pm_jval_get(label, others[i]);
        if (!pm_jval_given(&other))
            continue;
        pm_error(label->json->diags, PM_FAULT_DATA, "contradiction", pm_jval_key_place(&other),
                 "a label that is hidden can't have \"%s\"", others[i]);
        pm_help(label->json->diags, "take \"hide\" away, or this");
    }
}

static const struct pm_label_wish *read_label(const struct pm_jval *object)
{
    static const char *const known[] = {"hide", "text", "anchor", "dx", "dy", NULL};
    static const char *const sides[PM_SIDES + 1] = {
        "top",  "bottom",   "right",       "top-right", "bottom-right",
        "left", "top-left", "bottom-left", "center",    NULL};
    struct pm_jval value = pm_jval_get(object, "label");
    if (!pm_jval_given(&value) || !pm_jval_object(&value))
        return NULL;
    pm_jval_check_keys(&value, known);
    struct pm_label_wish wish = {.at = value.at};
    struct pm_jval hide = pm_jval_get(&value, "hide");
    pm_jval_bool(&hide, &wish.hide);
    if (wish.hide)
        check_hidden(&value);
    pm_jget_text(&value, "text", &wish.text);
    wish.side = (enum pm_side)get_choice(&value, "anchor", sides, PM_SIDES);
    bool moved = get_number(&value, "dx", &wish.dx);
    moved |= get_number(&value, "dy", &wish.dy);
    wish.fixed = moved || wish.side != PM_SIDES;
    return pm_memdup(value.json->arena, &wish, sizeof wish);
}

/* One direction: a wind, or degrees. */
static bool read_bearing(const struct pm_jval *value, double *out)
{
    static const char *const winds[] = {"north",      "north-east", "east",
                                        "south-east", "south",      "south-west",
                                        "west",       "north-west", NULL};
    int wind = 0;
    if (json_is_number(value->v))
        return pm_jval_number(value, 0, 360, out);
    if (!pm_jval_choice(value, winds, &wind))
        return false;
    *out = 45.0 * wind;
    return true;
}

static void read_bearings(const struct pm_jval *list, struct pm_pressure *pressure)
{
    if (!pm_jval_array(list))
        return;
    size_t count = json_array_size(list->v);
    double *from = PM_NEW_N(list->json->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        struct pm_jval item = pm_jval_at(list, i);
        pressure->count += read_bearing(&item, &from[pressure->count]);
    }
    pressure->from = from;
    if (count)
        return;
    pm_error(list->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(list),
             "at least one direction is wanted here");
    pm_help(list->json->diags, "write \"all\" for a siege, or take \"pressure\" away");
}

/* "all", or a list. */
static void read_from(const struct pm_jval *value, struct pm_pressure *pressure)
{
    if (!json_is_string(value->v)) {
        read_bearings(value, pressure);
        return;
    }
    const char *word = json_string_value(value->v);
    pressure->around = pm_streq(word, "all");
    if (pressure->around)
        return;
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(value),
             "\"%s\" is not \"all\"", word);
    pm_help(value->json->diags, "directions stand in a list: [\"north\", 45]");
}

static const struct pm_pressure *read_pressure(const struct pm_jval *object)
{
    static const char *const known[] = {"by", "from", NULL};
    struct pm_jval value = pm_jval_get(object, "pressure");
    if (!pm_jval_given(&value) || !pm_jval_object(&value))
        return NULL;
    pm_jval_check_keys(&value, known);
    struct pm_jval by = pm_jval_get(&value, "by"), from = pm_jval_get(&value, "from");
    struct pm_pressure pressure = {.by = "unknown", .by_at = by.at};
    if (!pm_jval_given(&by))
        pm_jval_missing(&value, "by", "say who presses: a key of \"parties\", or a status");
    if (!pm_jval_given(&from))
        pm_jval_missing(&value, "from",
                        "say from where: \"all\", or directions such as [\"north\", 45]");
    pm_jval_name(&by, &pressure.by);
    read_from(&from, &pressure);
    return pm_memdup(value.json->arena, &pressure, sizeof pressure);
}

static void read_record_object(const struct pm_jval *value, struct pm_record *record)
{
    static const char *const bases[] = {"assessed", "reported", "claimed", NULL};
    static const char *const levels[] = {"low", "medium", "high", NULL};
    struct pm_jval status = pm_jval_get(value, "status");
    record->status_at = status.at;
    if (!pm_jval_given(&status))
        pm_jval_missing(value, "status", "say who holds it, or \"unknown\"");
    pm_jval_name(&status, &record->status);
    struct pm_jval leaning = pm_jval_get(value, "leaning");
    record->leaning_at = leaning.at;
    pm_jval_name(&leaning, &record->leaning);
    pm_jget_party(value, "party", &record->party);
    record->basis = (enum pm_basis)(get_choice(value, "basis", bases, -1) + 1);
    record->confidence = (enum pm_confidence)(get_choice(value, "confidence", levels, -1) + 1);
    pm_jget_date(value, "from", &record->from);
    pm_jget_date(value, "last_verified", &record->last_verified);
    pm_jget_sources(value, &record->sources, &record->source_count);
    pm_jget_text(value, "note", &record->note);
    record->label = read_label(value);
    record->pressure = read_pressure(value);
    check_verified(value, record);
}

/* A status id alone, or an object. */
static void read_record(const struct pm_jval *value, const char *const *known,
                        struct pm_record *record)
{
    record->from = record->last_verified = PM_NO_DATE;
    record->status = "unknown";
    record->at = record->status_at = value->at;
    if (json_is_string(value->v)) {
        pm_jval_name(value, &record->status);
    } else if (json_is_object(value->v)) {
        pm_jval_check_keys(value, known);
        read_record_object(value, record);
    } else {
        pm_error(value->json->diags, PM_FAULT_INPUT, "wrong-type", pm_jval_place(value),
                 "a status, an object or a list of dated objects is wanted here");
    }
}

static bool same_text(const struct pm_text *a, const struct pm_text *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = pm_streq(a->v[i].lang, b->v[i].lang) && pm_streq(a->v[i].s, b->v[i].s);
    return same;
}

static void contradiction(const struct pm_jval *value, const char *key)
{
    struct pm_jval member = pm_jval_get(value, key);
    pm_error(value->json->diags, PM_FAULT_DATA, "contradiction", pm_jval_place(&member),
             "an earlier entry of this place has another \"%s\"", key);
    pm_help(value->json->diags,
            "it says where or what the place is, whatever the day: give it once");
}

static bool read_position(const struct pm_jval *value, double *lon, double *lat)
{
    struct pm_jval x = pm_jval_get(value, "lon"), y = pm_jval_get(value, "lat");
    bool has_lon = pm_jval_number(&x, -180, 180, lon), has_lat = pm_jval_number(&y, -90, 90, lat);
    if (pm_jval_given(&x) != pm_jval_given(&y))
        pm_jval_missing(value, pm_jval_given(&x) ? "lat" : "lon",
                        "a position needs both \"lon\" and \"lat\"");
    return has_lon && has_lat;
}

/* What a place is and where, from its object or one entry of its history. */
static void read_where(const struct pm_jval *value, struct pm_subject *subject)
{
    const char *in = NULL;
    struct pm_text name = {0};
    double lon = 0, lat = 0;
    pm_jget_name(value, "in", &in);
    pm_jget_text(value, "name", &name);
    bool has_position = read_position(value, &lon, &lat);
    if (in && subject->in && !pm_streq(in, subject->in))
        contradiction(value, "in");
    if (name.n && subject->name.n && !same_text(&name, &subject->name))
        contradiction(value, "name");
    if (has_position && subject->has_position && (lon != subject->lon || lat != subject->lat))
        contradiction(value, "lon");
    if (in && !subject->in) {
        struct pm_jval member = pm_jval_get(value, "in");
        subject->in = in;
        subject->in_at = member.at;
    }
    if (!subject->name.n)
        subject->name = name;
    if (has_position && !subject->has_position) {
        subject->has_position = true;
        subject->lon = lon;
        subject->lat = lat;
    }
}

/* In a history `in`, `name`, `lon` and `lat` may stand in any entry, or in several that agree. */
static void read_wheres(const struct pm_jval *value, struct pm_subject *subject)
{
    if (json_is_object(value->v))
        read_where(value, subject);
    for (size_t i = 0; i < json_array_size(value->v); i++) {
        struct pm_jval entry = pm_jval_at(value, i);
        if (json_is_object(entry.v))
            read_where(&entry, subject);
    }
}

static int compare_records(const void *a, const void *b)
{
    const struct pm_record *x = a, *y = b;
    if (x->from != y->from)
        return x->from > y->from ? 1 : -1;
    return (x->at.value > y->at.value) - (x->at.value < y->at.value);
}

static void check_has_date(const struct pm_jval *entry)
{
    struct pm_jval from = {0};
    if (json_is_object(entry->v))
        from = pm_jval_get(entry, "from");
    if (!pm_jval_given(&from))
        pm_jval_missing(entry, "from", "each entry of a history needs the day from which it holds");
}

static void check_days(const struct pm_jval *list, const struct pm_subject *subject)
{
    for (size_t i = 1; i < subject->record_count; i++) {
        const struct pm_record *record = &subject->records[i];
        if (record->from == PM_NO_DATE || record->from != record[-1].from)
            continue;
        pm_error(list->json->diags, PM_FAULT_DATA, "duplicate-date",
                 pm_place_value(list->json->source, record->at),
                 "\"%s\" has two entries from the same day", subject->key);
        pm_help(list->json->diags, "keep the one that holds at the end of that day");
    }
}

static void read_history(const struct pm_jval *list, const char *const *known,
                         struct pm_subject *subject)
{
    size_t count = json_array_size(list->v);
    subject->records = PM_NEW_N(list->json->arena, struct pm_record, count);
    if (count == 0)
        pm_error(list->json->diags, PM_FAULT_INPUT, "empty-history", pm_jval_place(list),
                 "the history of \"%s\" is empty", subject->key);
    for (size_t i = 0; i < count; i++) {
        struct pm_jval entry = pm_jval_at(list, i);
        read_record(&entry, known, &subject->records[subject->record_count++]);
        if (count > 1)
            check_has_date(&entry);
    }
    if (count)
        qsort(subject->records, count, sizeof *subject->records, compare_records);
    check_days(list, subject);
}

static void read_subject(const struct pm_jval *value, bool place, struct pm_subject *subject)
{
    const char *const *known = place ? place_keys : record_keys;
    subject->key = pm_strdup(value->json->arena, value->key);
    subject->at = value->at;
    if (place)
        read_wheres(value, subject);
    if (json_is_array(value->v)) {
        read_history(value, known, subject);
        return;
    }
    subject->records = PM_NEW(value->json->arena, struct pm_record);
    subject->record_count = 1;
    read_record(value, known, subject->records);
}

static struct pm_subject *read_subjects(const struct pm_jval *object, bool place, size_t *count)
{
    struct pm_subject *subjects =
        PM_NEW_N(object->json->arena, struct pm_subject, json_object_size(object->v));
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);) {
        pm_jval_key_is_name(&entry);
        read_subject(&entry, place, &subjects[(*count)++]);
    }
    return subjects;
}

static void read_areas(const struct pm_jval *object, struct pm_status *status)
{
    status->areas = read_subjects(object, false, &status->area_count);
}

static void read_places(const struct pm_jval *object, struct pm_status *status)
{
    status->places = read_subjects(object, true, &status->place_count);
}

/* ---- events ------------------------------------------------------------------------- */

static void read_claim(const struct pm_jval *value, struct pm_claim *claim)
{
    static const char *const known[] = {"by", "by_detail", "stance", "text", "sources", NULL};
    claim->at = value->at;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    pm_jget_party(value, "by", &claim->by);
    pm_jget_text(value, "by_detail", &claim->by_detail);
    claim->stance = (enum pm_stance)get_choice(value, "stance", pm_stance_names, PM_STANCE_CLAIMS);
    pm_jget_text(value, "text", &claim->text);
    pm_jget_sources(value, &claim->sources, &claim->source_count);
    if (!claim->by && !claim->by_detail.n)
        pm_jval_missing(value, "by", "say whose claim it is");
}

static void read_claims(const struct pm_jval *list, struct pm_event *event)
{
    if (!pm_jval_array(list))
        return;
    struct pm_claim *claims =
        PM_NEW_N(list->json->arena, struct pm_claim, json_array_size(list->v));
    for (size_t i = 0; i < json_array_size(list->v); i++) {
        struct pm_jval item = pm_jval_at(list, i);
        read_claim(&item, &claims[event->claim_count++]);
    }
    event->claims = claims;
}

/* What happened: its text, what is claimed, or both. */
static void read_story(const struct pm_jval *value, struct pm_event *event)
{
    size_t errors = pm_diags_errors(value->json->diags);
    struct pm_jval claims = pm_jval_get(value, "claims");
    pm_jget_text(value, "text", &event->text);
    read_claims(&claims, event);
    if (!event->text.n && !event->claim_count && pm_diags_errors(value->json->diags) == errors)
        pm_jval_missing(value, "text", "say in a few words what happened, or give \"claims\"");
}

static bool says_where(const struct pm_jval *event)
{
    static const char *const keys[] = {"area", "place", "lon", "lat"};
    bool says = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct pm_jval value = pm_jval_get(event, keys[i]);
        says |= pm_jval_given(&value);
    }
    return says;
}

static void read_event_place(const struct pm_jval *value, struct pm_event *event)
{
    struct pm_jval area = pm_jval_get(value, "area"), place = pm_jval_get(value, "place");
    event->area_at = area.at;
    event->place_at = place.at;
    pm_jval_name(&area, &event->area);
    pm_jval_name(&place, &event->place);
    event->has_position = read_position(value, &event->lon, &event->lat);
    /* an event that names only its area is known no better than that */
    int otherwise =
        event->has_position || event->place ? PM_PRECISION_EXACT : PM_PRECISION_PROVINCE;
    event->precision =
        (enum pm_precision)get_choice(value, "precision", pm_precision_names, otherwise);
    if (!says_where(value))
        pm_jval_missing(value, "area",
                        "say where it happened: \"area\", \"place\", or \"lon\" and \"lat\"");
}

static void read_event_kind(const struct pm_jval *value, struct pm_event *event)
{
    const char *names[PM_EVENT_KINDS + 1] = {NULL};
    for (int i = 0; i < PM_EVENT_KINDS; i++)
        names[i] = pm_event_kind_name((enum pm_event_kind)i);
    event->kind = (enum pm_event_kind)get_choice(value, "kind", names, PM_EVENT_OTHER);
}

static void read_event(const struct pm_jval *value, struct pm_event *event)
{
    static const char *const known[] = {"id",     "kind",         "area", "place", "lon",
                                        "lat",    "precision",    "date", "text",  "sources",
                                        "claims", "verification", NULL};
    event->at = value->at;
    event->date = PM_NO_DATE;
    event->kind = PM_EVENT_OTHER;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    pm_jget_name(value, "id", &event->id);
    read_event_kind(value, event);
    read_event_place(value, event);
    pm_jget_date(value, "date", &event->date);
    pm_jget_text(value, "verification", &event->verification);
    pm_jget_sources(value, &event->sources, &event->source_count);
    read_story(value, event);
}

static void check_event_id(const struct pm_jval *value, struct pm_index *ids, const char *id)
{
    size_t first = 0;
    if (!id || !pm_index_get(ids, id, &first)) {
        if (id)
            pm_index_set(ids, value->json->arena, id, value->index);
        return;
    }
    struct pm_jval member = pm_jval_get(value, "id");
    pm_error(value->json->diags, PM_FAULT_DATA, "duplicate-id", pm_jval_place(&member),
             "event %zu is called \"%s\" too", first + 1, id);
}

static void read_events(const struct pm_jval *list, struct pm_status *status)
{
    struct pm_index ids = {0};
    status->events = PM_NEW_N(&status->arena, struct pm_event, json_array_size(list->v));
    for (size_t i = 0; i < json_array_size(list->v); i++) {
        struct pm_jval item = pm_jval_at(list, i);
        struct pm_event *event = &status->events[status->event_count++];
        read_event(&item, event);
        check_event_id(&item, &ids, event->id);
    }
}

/* ---- insets ------------------------------------------------------------------------- */

static void read_inset(const struct pm_jval *value, struct pm_inset *inset)
{
    static const char *const known[] = {"area", "scale", NULL};
    inset->at = value->at;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    struct pm_jval area = pm_jval_get(value, "area"), scale = pm_jval_get(value, "scale");
    inset->area_at = area.at;
    if (!pm_jval_given(&area))
        pm_jval_missing(value, "area", "say which area the inset shows");
    pm_jval_name(&area, &inset->area);
    pm_jval_number(&scale, LEAST_INSET, MOST_INSET, &inset->scale);
}

static void read_insets(const struct pm_jval *list, struct pm_status *status)
{
    status->insets = PM_NEW_N(&status->arena, struct pm_inset, json_array_size(list->v));
    for (size_t i = 0; i < json_array_size(list->v); i++) {
        struct pm_jval item = pm_jval_at(list, i);
        read_inset(&item, &status->insets[status->inset_count++]);
    }
}

/* ---- the file ----------------------------------------------------------------------- */

static const char *const root_keys[] = {
    "format",           "title",      "subtitle", "notes",   "as_of",   "shapes", "style",
    "stale_after_days", "statuses",   "parties",  "sources", "aliases", "areas",  "places",
    "events",           "disclaimer", "credit",   "license", "insets",  NULL};

static void read_aliases(const struct pm_jval *object, struct pm_status *status)
{
    pm_read_aliases(object, &status->aliases, &status->alias_count);
}

/* Sections in an order in which what is referred to comes first. */
static const struct {
    const char *key;
    bool is_list;
    void (*read)(const struct pm_jval *value, struct pm_status *status);
} sections[] = {
    {"sources", false, pm_read_sources},
    {"parties", false, pm_read_parties},
    {"statuses", false, pm_read_declarations},
    {"aliases", false, read_aliases},
    {"areas", false, read_areas},
    {"places", false, read_places},
    {"events", true, read_events},
    {"insets", true, read_insets},
};

static void get_path(const struct pm_jval *root, const char *key, const char *file,
                     const char **out)
{
    const char *name = NULL;
    pm_jget_name(root, key, &name);
    if (name)
        *out = pm_data_name(root->json->arena, file, name);
}

static void read_head(const struct pm_jval *root, const char *file, struct pm_status *status)
{
    struct pm_jval as_of = pm_jval_get(root, "as_of"), days = pm_jval_get(root, "stale_after_days");
    if (!pm_jval_given(&as_of))
        pm_jval_missing(root, "as_of",
                        "a map of control needs its date: \"as_of\": \"YYYY-MM-DD\"");
    pm_jval_date(&as_of, &status->as_of);
    pm_jval_whole(&days, 0, 100000, &status->stale_after_days);
    pm_jget_text(root, "title", &status->title);
    pm_jget_text(root, "subtitle", &status->subtitle);
    pm_jget_text(root, "notes", &status->notes);
    pm_jget_text(root, "disclaimer", &status->disclaimer);
    pm_jget_line(root, "credit", &status->credit);
    pm_jget_line(root, "license", &status->license);
    get_path(root, "shapes", file, &status->shapes);
    get_path(root, "style", file, &status->style);
}

static void read_root(struct pm_json *json, const char *file)
{
    struct pm_jval root = pm_json_root(json);
    if (!pm_jval_object(&root) || !pm_json_check_format(&root, FORMAT))
        return;
    pm_jval_check_keys(&root, root_keys);
    read_head(&root, file, pm_status_of(&root));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        struct pm_jval section = pm_jval_get(&root, sections[i].key);
        if (sections[i].is_list ? pm_jval_array(&section) : pm_jval_object(&section))
            sections[i].read(&section, pm_status_of(&root));
    }
}

static struct pm_status *read_status(const char *path, const char *text, size_t length,
                                     struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_status *status = pm_xrealloc(NULL, 1, sizeof *status);
    memset(status, 0, sizeof *status);
    struct pm_status_reader reader = {.status = status};
    struct pm_json json = {.arena = &status->arena, .diags = diags, .owner = &reader};
    if (text ? pm_json_parse(&json, text, length, path) : pm_json_load(&json, path))
        read_root(&json, path);
    status->source = json.source;
    pm_json_finish(&json);
    if (pm_diags_errors(diags) == errors)
        return status;
    pm_status_free(status);
    return NULL;
}

struct pm_status *pm_status_load(const char *path, struct pm_diags *diags)
{
    return read_status(path, NULL, 0, diags);
}

struct pm_status *pm_status_parse(const char *text, size_t length, const char *name,
                                  struct pm_diags *diags)
{
    return read_status(name, text, length, diags);
}

void pm_status_free(struct pm_status *status)
{
    if (!status)
        return;
    pm_arena_finish(&status->arena);
    free(status);
}

const char *pm_status_shapes(const struct pm_status *status)
{
    return status->shapes;
}

const char *pm_status_style(const struct pm_status *status)
{
    return status->style;
}
