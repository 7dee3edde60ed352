#include "layout/table.h"

#include "base/str.h"
#include "geo/surface.h"
#include "layout/sources.h"
#include "layout/state.h"
#include "base/banned.h"

#define KM2 1e6 /* m² */

const struct pm_field_about pm_fields[PM_FIELDS] = {
    [PM_FIELD_KIND] = {"kind"},
    [PM_FIELD_CODE] = {"code", .area_attr = "data-code"},
    [PM_FIELD_NAME] = {"name", .area_attr = "data-name", .place_attr = "data-place"},
    [PM_FIELD_NAME_IN_DATA] = {"name_in_data"},
    [PM_FIELD_KEY] = {"key"},
    [PM_FIELD_PARENT] = {"parent"},
    [PM_FIELD_STATUS] = {"status", .area_attr = "data-status", .place_attr = "data-status"},
    [PM_FIELD_LABEL] = {"status_label"},
    [PM_FIELD_CERTAINTY] = {"certainty"},
    [PM_FIELD_CONFIDENCE] = {"confidence", .area_attr = "data-confidence",
                             .place_attr = "data-confidence"},
    [PM_FIELD_BASIS] = {"basis", .area_attr = "data-basis", .place_attr = "data-basis"},
    [PM_FIELD_PREVIOUS] = {"previous_status", .area_attr = "data-previous",
                           .place_attr = "data-previous"},
    [PM_FIELD_CHANGED] = {"changed", PM_FIELD_FLAG, "data-changed", "data-changed"},
    [PM_FIELD_LEANING] = {"leaning", .area_attr = "data-leaning", .place_attr = "data-leaning"},
    [PM_FIELD_PRESSURE] = {"pressure", .place_attr = "data-pressure"},
    [PM_FIELD_PRESSURE_FROM] = {"pressure_from", .place_attr = "data-pressure-from"},
    [PM_FIELD_HOLDER] = {"holder"},
    [PM_FIELD_HOLDER_NAME] = {"holder_name"},
    [PM_FIELD_SINCE] = {"since", .area_attr = "data-since", .place_attr = "data-since"},
    [PM_FIELD_VERIFIED] = {"last_verified", .area_attr = "data-verified",
                           .place_attr = "data-verified"},
    [PM_FIELD_STALE] = {"stale", PM_FIELD_FLAG},
    [PM_FIELD_IN_FOCUS] = {"in_focus", PM_FIELD_FLAG},
    [PM_FIELD_AREA] = {"area_km2", PM_FIELD_NUMBER},
    [PM_FIELD_AREA_PERCENT] = {"area_percent", PM_FIELD_NUMBER},
    [PM_FIELD_POPULATION] = {"population", PM_FIELD_NUMBER},
    [PM_FIELD_POPULATION_PERCENT] = {"population_percent", PM_FIELD_NUMBER},
    [PM_FIELD_LONGITUDE] = {"longitude", PM_FIELD_NUMBER},
    [PM_FIELD_LATITUDE] = {"latitude", PM_FIELD_NUMBER},
    [PM_FIELD_NOTE] = {"note"},
    [PM_FIELD_SOURCES] = {"sources"},
};

/* ---- cells ----------------------------------------------------------------------------- */

static const char *taken(const struct pm_draft *draft, struct pm_str *out)
{
    const char *result = pm_strdup(draft->arena, pm_str_get(out));
    pm_str_finish(out);
    return result;
}

static const char *number(const struct pm_draft *draft, double value, int decimals)
{
    struct pm_str out = {0};
    pm_str_any_num(&out, value, decimals);
    return taken(draft, &out);
}

static const char *iso_date(const struct pm_draft *draft, pm_date date)
{
    char iso[16];
    if (date == PM_NO_DATE)
        return NULL;
    pm_date_iso(date, iso);
    return pm_strdup(draft->arena, iso);
}

static const char *flag(bool set)
{
    return set ? "true" : "false";
}

/* "all", or degrees */
static const char *bearings(const struct pm_draft *draft, const struct pm_pressure *pressure)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < pressure->count && !pressure->around; i++) {
        pm_str_add(&out, i ? " " : "");
        pm_str_num(&out, pressure->from[i], 2);
    }
    const char *result = taken(draft, &out);
    return pressure->around ? "all" : result;
}

static void add_record(const struct pm_draft *draft, struct pm_row *row,
                       const struct pm_record *record)
{
    const char **cells = row->cells;
    const struct pm_party *party =
        record->party ? pm_find_party(draft->status, record->party) : NULL;
    cells[PM_FIELD_HOLDER] = record->party;
    cells[PM_FIELD_HOLDER_NAME] = party ? pm_text_get(&party->name, draft->lang, NULL) : NULL;
    cells[PM_FIELD_CONFIDENCE] = pm_confidence_name(record->confidence);
    cells[PM_FIELD_BASIS] = pm_basis_name(record->basis);
    cells[PM_FIELD_LEANING] = record->leaning;
    cells[PM_FIELD_SINCE] = iso_date(draft, record->from);
    cells[PM_FIELD_VERIFIED] = iso_date(draft, record->last_verified);
    if (record->pressure) {
        cells[PM_FIELD_PRESSURE] = record->pressure->by;
        cells[PM_FIELD_PRESSURE_FROM] = bearings(draft, record->pressure);
    }
}

void pm_row_say(const struct pm_draft *draft, struct pm_row *row, const struct pm_state *state)
{
    row->state = state;
    row->cells[PM_FIELD_STATUS] = state->look->id;
    /* in a series what is known for the first time has no rim, and was nothing before */
    if (state->before && (state->before->record || !draft->of_series)) {
        row->cells[PM_FIELD_PREVIOUS] = state->before->look->id;
        row->cells[PM_FIELD_CHANGED] = flag(state->changed);
    }
    if (state->record)
        add_record(draft, row, state->record);
}

struct pm_row pm_area_row(const struct pm_draft *draft, const struct pm_area_draft *area)
{
    struct pm_row row = {.number = 1 + (size_t)(area - draft->areas)};
    row.cells[PM_FIELD_KIND] = "area";
    row.cells[PM_FIELD_CODE] = area->feature->key;
    row.cells[PM_FIELD_NAME] = pm_feature_name(draft, area->feature, &row.lang);
    pm_row_say(draft, &row, &area->state);
    return row;
}

/* An inset has places of its own: those of the map count. */
static size_t place_number(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    const struct pm_draft *map = draft->whole;
    if (!map)
        return 1 + draft->area_count + (size_t)(place - draft->places);
    for (size_t i = 0; i < map->place_count; i++)
        if (map->places[i].feature == place->feature &&
            map->places[i].state.subject == place->state.subject)
            return 1 + map->area_count + i;
    return 0;
}

struct pm_row pm_place_row(const struct pm_draft *draft, const struct pm_place_draft *place)
{
    struct pm_row row = {.place = true, .number = place_number(draft, place), .lang = place->lang};
    row.cells[PM_FIELD_KIND] = "place";
    row.cells[PM_FIELD_NAME] = place->name;
    pm_row_say(draft, &row, &place->state);
    return row;
}

size_t pm_event_row(const struct pm_draft *draft, const struct pm_event_draft *event)
{
    const struct pm_draft *map = draft->whole ? draft->whole : draft;
    return map->area_count + map->place_all + (size_t)event->number;
}

/* ---- what only the table has -------------------------------------------------------------- */

static const char *source_names(const struct pm_draft *draft, const struct pm_record *record)
{
    struct pm_str out = {0};
    for (size_t i = 0; i < record->source_count; i++) {
        const struct pm_source_ref *source = &draft->status->sources[record->sources[i]];
        const char *name = pm_source_name(draft, source);
        const char *date = iso_date(draft, source->published);
        bool both = source->publisher && !pm_streq(name, source->publisher);
        pm_str_addf(&out, "%s%s%s%s%s%s", i ? "; " : "", both ? source->publisher : "",
                    both ? ": " : "", name, date ? ", " : "", date ? date : "");
    }
    return taken(draft, &out);
}

static const char *certainty(const struct pm_state *state)
{
    if (pm_streq(state->look->id, "unknown"))
        return NULL;
    if (!state->doubtful)
        return "solid";
    return state->record->basis == PM_BASIS_CLAIMED ? "claimed" : "uncertain";
}

static void complete(const struct pm_draft *draft, struct pm_row *row,
                     const struct pm_feature *feature)
{
    const struct pm_state *state = row->state;
    const char **cells = row->cells;
    cells[PM_FIELD_LABEL] = pm_look_label(draft, state->look, row->place);
    cells[PM_FIELD_CERTAINTY] = certainty(state);
    cells[PM_FIELD_STALE] = flag(state->stale);
    cells[PM_FIELD_IN_FOCUS] = flag(!state->muted);
    cells[PM_FIELD_KEY] = state->subject ? state->subject->key : NULL;
    if (feature) {
        cells[PM_FIELD_CODE] = feature->key;
        cells[PM_FIELD_NAME_IN_DATA] = pm_text_get(&feature->name, "en", NULL);
        cells[PM_FIELD_PARENT] = feature->parent;
        if (feature->population > 0)
            cells[PM_FIELD_POPULATION] = number(draft, feature->population, 0);
    }
    if (!state->record)
        return;
    cells[PM_FIELD_NOTE] = pm_text_get(&state->record->note, draft->lang, NULL);
    if (state->record->source_count)
        cells[PM_FIELD_SOURCES] = source_names(draft, state->record);
}

static void add_place_rows(const struct pm_draft *draft, struct pm_table *table)
{
    for (size_t i = 0; i < draft->place_all; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        struct pm_row *row = &table->rows[table->count++];
        *row = pm_place_row(draft, place);
        complete(draft, row, place->feature);
        if (!row->cells[PM_FIELD_PARENT] && place->area != PM_NONE) {
            const struct pm_feature *area = draft->areas[place->area].feature;
            row->cells[PM_FIELD_PARENT] =
                area->key ? area->key : pm_feature_name(draft, area, NULL);
        }
        row->cells[PM_FIELD_LONGITUDE] = number(draft, place->lon, 7);
        row->cells[PM_FIELD_LATITUDE] = number(draft, place->lat, 7);
    }
}

/* Of all areas together; the population only if it is known of all of them. */
static void add_sizes(const struct pm_draft *draft, struct pm_table *table)
{
    enum { PLACES = 2 };
    const struct pm_layer *layer = &draft->atlas->layers[PM_LAYER_AREAS];
    double *sizes = PM_NEW_N(draft->arena, double, draft->area_count), all = 0, people = 0;
    bool known = true;
    for (size_t i = 0; i < draft->area_count; i++) {
        const struct pm_feature *feature = draft->areas[i].feature;
        sizes[i] = pm_surface_area(layer, feature);
        all += sizes[i];
        people += feature->population;
        known = known && feature->population > 0;
    }
    for (size_t i = 0; i < draft->area_count; i++) {
        const char **cells = table->rows[i].cells;
        cells[PM_FIELD_AREA] = number(draft, sizes[i] / KM2, PLACES);
        if (all > 0)
            cells[PM_FIELD_AREA_PERCENT] = number(draft, 100 * sizes[i] / all, PLACES);
        if (known)
            cells[PM_FIELD_POPULATION_PERCENT] =
                number(draft, 100 * draft->areas[i].feature->population / people, PLACES);
    }
}

struct pm_table pm_table_make(const struct pm_draft *draft)
{
    struct pm_table table = {.area_count = draft->area_count};
    table.rows = PM_NEW_N(draft->arena, struct pm_row, draft->area_count + draft->place_all);
    for (size_t i = 0; i < draft->area_count; i++) {
        struct pm_row *row = &table.rows[table.count++];
        *row = pm_area_row(draft, &draft->areas[i]);
        complete(draft, row, draft->areas[i].feature);
    }
    add_sizes(draft, &table);
    add_place_rows(draft, &table);
    return table;
}
