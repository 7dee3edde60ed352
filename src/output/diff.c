/* What changed, as text and Markdown for people and as JSON for programs. */
#include "input/json_out.h"
#include "layout/changes.h"
#include "layout/state.h"
#include "output/listing.h"
#include "output/output.h"
#include "base/banned.h"

#define FORMAT "provmap-diff/1"
#define ARROW "\xe2\x86\x92"
#define NOTHING "\xe2\x80\x93" /* en dash */

/* By status: those of the later file, then what only the earlier one declares. */
struct count {
    const struct pm_status_look *look;
    const struct pm_draft *owner; /* of the look */
    struct pm_tally areas[2], places[2];
};

struct counts {
    struct count *v;
    size_t n;
};

static struct count *count_of(struct counts *counts, const struct pm_draft *owner,
                              const struct pm_status_look *look)
{
    for (size_t i = 0; i < counts->n; i++)
        if (pm_streq(counts->v[i].look->id, look->id))
            return &counts->v[i];
    counts->v[counts->n] = (struct count){.look = look, .owner = owner};
    return &counts->v[counts->n++];
}

static struct counts count_all(const struct pm_changes *changes)
{
    const struct pm_draft *from = changes->from, *to = changes->to;
    struct counts counts = {PM_NEW_N(to->arena, struct count, from->look_count + to->look_count),
                            0};
    for (size_t i = 0; i < to->look_count; i++) {
        struct count *count = count_of(&counts, to, &to->looks[i]);
        count->areas[1] = to->area_tally[i];
        count->places[1] = changes->places_to[i];
    }
    for (size_t i = 0; i < from->look_count; i++) {
        struct count *count = count_of(&counts, from, &from->looks[i]);
        count->areas[0] = from->area_tally[i];
        count->places[0] = changes->places_from[i];
    }
    return counts;
}

/* ---- for people ------------------------------------------------------------------------- */

struct writer {
    const struct pm_changes *changes;
    struct pm_arena *arena;
    struct pm_str *out;
    bool markdown;
    bool place;           /* in the section of places */
    const char *heads[2]; /* of what was and what is */
};

static void add_line(struct writer *w, const char *before, const char *text)
{
    pm_str_add(w->out, w->markdown ? before : "");
    pm_listing_text(w->out, text, w->markdown);
    pm_str_add(w->out, w->markdown ? "\n\n" : "\n");
}

static const char *claimed_label(const struct pm_draft *draft, const char *label)
{
    const struct pm_slot slots[] = {{"label", label}, {NULL, NULL}};
    return pm_words_of(draft, PM_WORD_CLAIMED, slots);
}

static const char *said_status(const struct pm_draft *draft, const struct pm_row *row, bool place)
{
    const char *label = pm_look_label(draft, row->state->look, place);
    return row->state->doubtful ? claimed_label(draft, label) : label;
}

static void add_count(struct writer *w, struct pm_listing *listing, const char *label, size_t from,
                      size_t to)
{
    const char *cells[] = {label, pm_sprintf(w->arena, "%zu", from),
                           pm_sprintf(w->arena, "%zu", to),
                           from == to ? NULL : pm_sprintf(w->arena, "%+ld", (long)to - (long)from)};
    if (from || to)
        pm_listing_row(listing, cells);
}

static void add_counts(struct writer *w)
{
    struct counts counts = count_all(w->changes);
    struct pm_listing listing = {.arena = w->arena,
                                 .markdown = w->markdown,
                                 .columns = 4,
                                 .heads = {NULL, w->heads[0], w->heads[1], NULL},
                                 .right = {false, true, true, true}};
    for (size_t i = 0; i < counts.n; i++) {
        const struct count *count = &counts.v[i];
        const struct pm_tally *tally = w->place ? count->places : count->areas;
        const char *label = pm_look_label(count->owner, count->look, w->place);
        add_count(w, &listing, label, tally[0].solid, tally[1].solid);
        add_count(w, &listing, claimed_label(count->owner, label), tally[0].doubtful,
                  tally[1].doubtful);
    }
    pm_listing_write(&listing, w->out);
}

/* "confidence medium → high; holder ANA; basis reported → –"; with a new status only what holds now. */
static const char *said_rest(struct writer *w, const struct pm_change *change)
{
    struct pm_str out = {0};
    bool other_status =
        !pm_streq(change->from.cells[PM_FIELD_STATUS], change->to.cells[PM_FIELD_STATUS]);
    for (const enum pm_field *field = pm_compared; *field != PM_FIELDS; field++) {
        bool holder = *field == PM_FIELD_HOLDER;
        const char *const *from = change->from.cells, *const *to = change->to.cells;
        enum pm_field said = holder ? PM_FIELD_HOLDER_NAME : *field;
        if (*field == PM_FIELD_STATUS || pm_streq(from[*field], to[*field]) ||
            (other_status && !to[*field]))
            continue;
        pm_str_add(&out, out.n ? "; " : "");
        for (const char *c = pm_fields[*field].name; *c; c++)
            pm_str_addc(&out, *c == '_' ? ' ' : *c);
        pm_str_addc(&out, ' ');
        if (from[*field])
            pm_str_addf(&out, "%s " ARROW " ", from[said] ? from[said] : from[*field]);
        pm_str_add(&out, to[said] ? to[said] : to[*field] ? to[*field] : NOTHING);
    }
    const char *result = pm_strdup(w->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

static void add_changes(struct writer *w, const struct pm_change *changes, size_t count)
{
    const struct pm_draft *from = w->changes->from, *to = w->changes->to;
    struct pm_listing listing = {.arena = w->arena,
                                 .markdown = w->markdown,
                                 .columns = 6,
                                 .heads = {pm_words_of(to, PM_WORD_NAME, NULL), NULL, w->heads[0],
                                           w->heads[1], pm_words_of(to, PM_WORD_SINCE_HEAD, NULL),
                                           NULL}};
    for (size_t i = 0; i < count; i++) {
        const struct pm_change *change = &changes[i];
        const char *cells[] = {change->to.cells[PM_FIELD_NAME],
                               change->to.cells[PM_FIELD_CODE],
                               said_status(from, &change->from, w->place),
                               said_status(to, &change->to, w->place),
                               change->to.cells[PM_FIELD_SINCE],
                               said_rest(w, change)};
        pm_listing_row(&listing, cells);
    }
    pm_listing_write(&listing, w->out);
}

static void add_section(struct writer *w, const char *head, const struct pm_change *changes,
                        size_t count)
{
    if (count == 0)
        return;
    add_line(w, "## ", head);
    add_counts(w);
    add_changes(w, changes, count);
}

static const char *said_event_change(const struct pm_event_change *change)
{
    return !change->from ? "new" : change->to ? "changed" : "lost";
}

static void add_events(struct writer *w)
{
    const struct pm_changes *changes = w->changes;
    struct pm_listing listing = {.arena = w->arena, .markdown = w->markdown, .columns = 4};
    for (size_t i = 0; i < changes->event_count; i++) {
        const struct pm_event *event =
            changes->events[i].to ? changes->events[i].to : changes->events[i].from;
        char iso[16] = "";
        if (event->date != PM_NO_DATE)
            pm_date_iso(event->date, iso);
        const char *cells[] = {said_event_change(&changes->events[i]), pm_strdup(w->arena, iso),
                               pm_event_kind_name(event->kind), pm_event_title(changes->to, event)};
        pm_listing_row(&listing, cells);
    }
    if (changes->event_count)
        add_line(w, "## ", pm_words_of(changes->to, PM_WORD_EVENTS, NULL));
    pm_listing_write(&listing, w->out);
}

static bool is_one_file(const struct pm_changes *changes)
{
    return changes->from->status == changes->to->status;
}

static const char *said_moment(struct writer *w, const struct pm_draft *draft)
{
    const char *date = pm_date_of(draft, draft->date);
    return is_one_file(w->changes)
               ? date
               : pm_sprintf(w->arena, "%s, %s", draft->status->source->name, date);
}

/* Of what was known before: that more is known now is no change. */
static size_t count_changed(const struct pm_change *changes, size_t count)
{
    size_t changed = 0;
    for (size_t i = 0; i < count; i++)
        changed += changes[i].from.state->record != NULL;
    return changed;
}

/* "3 provinces, 1 place"; what there is none of is left out. */
static const char *said_amounts(struct writer *w, size_t areas, size_t places)
{
    const char *area = pm_sprintf(w->arena, "%zu %s", areas, pm_unit(w->changes->to, areas != 1));
    const char *place = pm_sprintf(w->arena, "%zu place%s", places, places == 1 ? "" : "s");
    return !places ? area : !areas ? place : pm_sprintf(w->arena, "%s, %s", area, place);
}

static void add_head(struct writer *w)
{
    const struct pm_changes *changes = w->changes;
    add_line(w, "# ", pm_title_of(changes->to));
    add_line(w, "",
             pm_sprintf(w->arena, "%s " ARROW " %s", said_moment(w, changes->from),
                        said_moment(w, changes->to)));
    size_t areas = count_changed(changes->areas, changes->area_count);
    size_t places = count_changed(changes->places, changes->place_count);
    size_t first_areas = changes->area_count - areas, first_places = changes->place_count - places;
    const char *first = first_areas + first_places
                            ? pm_sprintf(w->arena, "; known for the first time: %s",
                                         said_amounts(w, first_areas, first_places))
                            : "";
    add_line(w, "",
             pm_sprintf(w->arena, "changed: %zu of %zu %s, %zu place%s, %zu event%s%s", areas,
                        changes->to->area_count, pm_unit(changes->to, true), places,
                        places == 1 ? "" : "s", changes->event_count,
                        changes->event_count == 1 ? "" : "s", first));
    pm_str_add(w->out, w->markdown ? "" : "\n");
}

static const char *iso_of(struct pm_arena *arena, pm_date date)
{
    char iso[16];
    pm_date_iso(date, iso);
    return pm_strdup(arena, iso);
}

/* The day; of two files of one day the file. */
static const char *head_of(const struct pm_changes *changes, const struct pm_draft *draft)
{
    bool same_day = changes->from->date == changes->to->date && !is_one_file(changes);
    return same_day ? draft->status->source->name : iso_of(changes->to->arena, draft->date);
}

void pm_write_diff(const struct pm_changes *changes, bool markdown, struct pm_str *out)
{
    struct pm_arena *arena = changes->to->arena;
    struct writer w = {changes, arena, out, markdown,
                       .heads = {head_of(changes, changes->from), head_of(changes, changes->to)}};
    add_head(&w);
    add_section(&w, pm_area_status_said(changes->to), changes->areas, changes->area_count);
    w.place = true;
    add_section(&w, pm_words_of(changes->to, PM_WORD_PLACE_STATUS, NULL), changes->places,
                changes->place_count);
    add_events(&w);
}

/* ---- for programs ----------------------------------------------------------------------- */

static void add_moment(json_t *out, const char *key, const struct pm_draft *draft)
{
    json_t *object = pm_out_object(out, key);
    pm_out_text(object, "file", draft->status->source->name);
    pm_out_text(object, "title", pm_title_of(draft));
    pm_out_text(object, "date", iso_of(draft->arena, draft->date));
}

static void add_tallies(json_t *out, const char *key, const struct pm_tally tallies[2])
{
    static const char *const names[] = {"from", "to"};
    json_t *object = pm_out_object(out, key);
    for (int i = 0; i < 2; i++) {
        json_t *tally = pm_out_object(object, names[i]);
        pm_out_count(tally, "solid", tallies[i].solid);
        pm_out_count(tally, "doubtful", tallies[i].doubtful);
    }
}

static void add_row(json_t *out, const char *key, const struct pm_row *row)
{
    static const enum pm_field also[] = {PM_FIELD_SINCE, PM_FIELD_VERIFIED};
    json_t *object = pm_out_object(out, key);
    for (const enum pm_field *field = pm_compared; *field != PM_FIELDS; field++)
        pm_out_text(object, pm_fields[*field].name, row->cells[*field]);
    for (size_t i = 0; i < sizeof also / sizeof *also; i++)
        pm_out_text(object, pm_fields[also[i]].name, row->cells[also[i]]);
}

static void add_rows(json_t *out, const char *key, const struct pm_change *changes, size_t count)
{
    json_t *list = pm_out_list(out, key);
    for (size_t i = 0; i < count; i++) {
        json_t *object = pm_out_item(list);
        pm_out_text(object, "code", changes[i].to.cells[PM_FIELD_CODE]);
        pm_out_text(object, "name", changes[i].to.cells[PM_FIELD_NAME]);
        json_t *fields = pm_out_list(object, "changed");
        for (const enum pm_field *field = pm_compared; *field != PM_FIELDS; field++)
            if (!pm_streq(changes[i].from.cells[*field], changes[i].to.cells[*field]))
                pm_out_item_text(fields, pm_fields[*field].name);
        add_row(object, "from", &changes[i].from);
        add_row(object, "to", &changes[i].to);
    }
}

static void add_event_list(json_t *out, const struct pm_changes *changes)
{
    json_t *list = pm_out_list(out, "events");
    for (size_t i = 0; i < changes->event_count; i++) {
        const struct pm_event_change *change = &changes->events[i];
        const struct pm_event *event = change->to ? change->to : change->from;
        json_t *object = pm_out_item(list);
        pm_out_text(object, "change", said_event_change(change));
        pm_out_text(object, "id", event->id);
        pm_out_text(object, "kind", pm_event_kind_name(event->kind));
        if (event->date != PM_NO_DATE)
            pm_out_text(object, "date", iso_of(changes->to->arena, event->date));
        pm_out_text(object, "area", event->area);
        pm_out_text(object, "place", event->place);
        pm_out_text(object, "text", pm_event_title(changes->to, event));
    }
}

void pm_write_diff_json(const struct pm_changes *changes, struct pm_str *out)
{
    struct counts counts = count_all(changes);
    json_t *root = pm_out_new();
    char *data = NULL;
    size_t size = 0;
    pm_out_text(root, "format", FORMAT);
    add_moment(root, "from", changes->from);
    add_moment(root, "to", changes->to);
    json_t *list = pm_out_list(root, "statuses");
    for (size_t i = 0; i < counts.n; i++) {
        const struct count *count = &counts.v[i];
        json_t *object = pm_out_item(list);
        pm_out_text(object, "status", count->look->id);
        pm_out_text(object, "label", pm_look_label(count->owner, count->look, false));
        add_tallies(object, "areas", count->areas);
        add_tallies(object, "places", count->places);
    }
    add_rows(root, "areas", changes->areas, changes->area_count);
    add_rows(root, "places", changes->places, changes->place_count);
    add_event_list(root, changes);
    pm_out_dump(root, &data, &size);
    pm_str_addn(out, data, size);
    free(data);
}
