/* The table as JSON, with what stands beside it on the map: counts, sources, events. */
#include "input/json_out.h"
#include "layout/sources.h"
#include "layout/state.h"
#include "layout/table.h"
#include "output/output.h"
#include "base/banned.h"

#define FORMAT "provmap-table/1"

static void add_number(json_t *object, const char *key, const char *cell)
{
    double number = 0;
    if (pm_parse_number(cell, strlen(cell), &number))
        pm_out_number(object, key, number);
}

/* By their keys in "sources". */
static void add_sources(const struct pm_draft *draft, json_t *object, const size_t *sources,
                        size_t count)
{
    json_t *list = pm_out_list(object, "sources");
    for (size_t i = 0; i < count; i++)
        pm_out_item_text(list, draft->status->sources[sources[i]].id);
}

/* ---- rows ------------------------------------------------------------------------------- */

static void add_row(const struct pm_draft *draft, json_t *list, const struct pm_row *row)
{
    json_t *object = pm_out_item(list);
    for (int i = 0; i < PM_FIELDS; i++) {
        const char *name = pm_fields[i].name, *cell = row->cells[i];
        if (!cell || i == PM_FIELD_SOURCES || i == PM_FIELD_KIND)
            continue;
        if (pm_fields[i].type == PM_FIELD_NUMBER)
            add_number(object, name, cell);
        else if (pm_fields[i].type == PM_FIELD_FLAG)
            pm_out_flag(object, name, pm_streq(cell, "true"));
        else
            pm_out_text(object, name, cell);
    }
    const struct pm_record *record = row->state->record;
    add_sources(draft, object, record ? record->sources : NULL, record ? record->source_count : 0);
}

static void add_rows(const struct pm_draft *draft, json_t *out)
{
    struct pm_table table = pm_table_make(draft);
    json_t *areas = pm_out_list(out, "areas"), *places = pm_out_list(out, "places");
    for (size_t i = 0; i < table.count; i++)
        add_row(draft, table.rows[i].place ? places : areas, &table.rows[i]);
}

/* ---- counts and sources ------------------------------------------------------------------ */

static void add_tally(json_t *object, const char *key, const struct pm_tally *tally)
{
    json_t *counts = pm_out_object(object, key);
    pm_out_count(counts, "solid", tally->solid);
    pm_out_count(counts, "doubtful", tally->doubtful);
}

/* As the legend counts: all areas, and the places that the status file speaks of. */
static void add_counts(const struct pm_draft *draft, json_t *out)
{
    json_t *list = pm_out_list(out, "statuses");
    for (size_t i = 0; i < draft->look_count; i++) {
        const struct pm_status_look *look = &draft->looks[i];
        char hex[8];
        json_t *object = pm_out_item(list);
        pm_color_hex(look->fill, hex);
        pm_out_text(object, "status", look->id);
        pm_out_text(object, "label", pm_look_label(draft, look, false));
        pm_out_text(object, "place_label", pm_look_label(draft, look, true));
        pm_out_text(object, "color", hex);
        add_tally(object, "areas", &draft->area_tally[i]);
        add_tally(object, "places", &draft->place_tally[i]);
    }
}

/* Those that this map refers to; "number" is what stands in brackets on it. */
static void add_source_list(const struct pm_draft *draft, json_t *out)
{
    const bool *cited = pm_cited_sources(draft);
    json_t *list = pm_out_list(out, "sources");
    for (size_t i = 0; i < draft->status->source_count; i++) {
        const struct pm_source_ref *source = &draft->status->sources[i];
        if (!cited[i])
            continue;
        json_t *object = pm_out_item(list);
        pm_out_text(object, "id", source->id);
        pm_out_count(object, "number", i + 1);
        pm_out_text(object, "publisher", source->publisher);
        pm_out_text(object, "title", pm_text_get(&source->title, draft->lang, NULL));
        pm_out_date(object, "published", source->published);
        pm_out_text(object, "url", source->url);
    }
}

/* ---- events ------------------------------------------------------------------------------ */

static void add_claim(const struct pm_draft *draft, json_t *list, const struct pm_claim *claim)
{
    const struct pm_party *party = claim->by ? pm_find_party(draft->status, claim->by) : NULL;
    json_t *object = pm_out_item(list);
    pm_out_text(object, "stance", pm_stance_names[claim->stance]);
    pm_out_text(object, "by", claim->by);
    pm_out_text(object, "by_name", party ? pm_text_get(&party->name, draft->lang, NULL) : NULL);
    pm_out_text(object, "by_detail", pm_text_get(&claim->by_detail, draft->lang, NULL));
    pm_out_text(object, "text", pm_text_get(&claim->text, draft->lang, NULL));
    add_sources(draft, object, claim->sources, claim->source_count);
}

static void add_event(const struct pm_draft *draft, json_t *list,
                      const struct pm_event_draft *drawn)
{
    const struct pm_event *event = drawn->event;
    json_t *object = pm_out_item(list);
    pm_out_count(object, "number", (size_t)drawn->number);
    pm_out_text(object, "id", event->id);
    pm_out_text(object, "kind", pm_event_kind_name(event->kind));
    pm_out_text(object, "text", pm_event_title(draft, event));
    pm_out_date(object, "date", event->date);
    pm_out_text(object, "area", event->area);
    pm_out_text(object, "place", event->place);
    pm_out_text(object, "precision", pm_precision_names[event->precision]);
    if (event->has_position) {
        pm_out_number(object, "longitude", event->lon);
        pm_out_number(object, "latitude", event->lat);
    }
    pm_out_text(object, "verification", pm_text_get(&event->verification, draft->lang, NULL));
    json_t *claims = pm_out_list(object, "claims");
    for (size_t i = 0; i < event->claim_count; i++)
        add_claim(draft, claims, &event->claims[i]);
    add_sources(draft, object, event->sources, event->source_count);
}

/* ---- the whole --------------------------------------------------------------------------- */

void pm_write_table_json(const struct pm_draft *draft, struct pm_str *out)
{
    const char *own = pm_text_get(&draft->status->disclaimer, draft->lang, NULL);
    json_t *root = pm_out_new();
    char *data = NULL;
    size_t size = 0;
    pm_out_text(root, "format", FORMAT);
    pm_out_text(root, "title", pm_title_of(draft));
    pm_out_text(root, "subtitle", pm_text_get(&draft->status->subtitle, draft->lang, NULL));
    pm_out_date(root, "date", draft->date);
    pm_out_text(root, "lang", draft->lang);
    pm_out_text(root, "shapes", pm_text_get(&draft->atlas->name, draft->lang, NULL));
    pm_out_text(root, "shapes_credit", draft->atlas->credit);
    pm_out_text(root, "shapes_version", draft->atlas->version);
    pm_out_text(root, "credit", draft->status->credit);
    pm_out_text(root, "license", draft->status->license);
    pm_out_text(root, "disclaimer", own ? own : pm_words_of(draft, PM_WORD_DISCLAIMER, NULL));
    pm_out_count(root, "assessed", draft->assessed);
    add_counts(draft, root);
    add_rows(draft, root);
    json_t *events = pm_out_list(root, "events");
    for (size_t i = 0; i < draft->event_count; i++)
        add_event(draft, events, &draft->events[i]);
    add_source_list(draft, root);
    pm_out_dump(root, &data, &size);
    pm_str_addn(out, data, size);
    free(data);
}
