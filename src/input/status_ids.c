#include "input/status_ids.h"

#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "input/similar.h"
#include "base/banned.h"

struct pm_status_reader *pm_status_reader_of(const struct pm_jval *value)
{
    return value->json->owner;
}

struct pm_status *pm_status_of(const struct pm_jval *value)
{
    return pm_status_reader_of(value)->status;
}

/* ---- what is declared --------------------------------------------------------------- */

static void read_source(const struct pm_jval *value, struct pm_source_ref *source)
{
    static const char *const known[] = {"title", "publisher", "published", "url", NULL};
    source->id = pm_strdup(value->json->arena, value->key);
    source->at = value->at;
    source->published = PM_NO_DATE;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    size_t errors = pm_diags_errors(value->json->diags);
    pm_jget_text(value, "title", &source->title);
    pm_jget_line(value, "publisher", &source->publisher);
    if (!source->title.n && !source->publisher && pm_diags_errors(value->json->diags) == errors)
        pm_jval_missing(value, "title",
                        "a source needs a \"title\" or a \"publisher\" to be printed");
    pm_jget_date(value, "published", &source->published);
    pm_jget_line(value, "url", &source->url);
    if (source->url && !pm_is_web_address(source->url)) {
        struct pm_jval url = pm_jval_get(value, "url");
        pm_warning(value->json->diags, "no-link", pm_jval_place(&url),
                   "\"%s\" is no address of the web: it will be no link", source->url);
        pm_help(value->json->diags, "write it as https://...");
    }
}

static void read_party(const struct pm_jval *value, struct pm_party *party)
{
    static const char *const known[] = {"name", "side", NULL};
    party->id = pm_strdup(value->json->arena, value->key);
    party->at = value->at;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    pm_jget_text(value, "name", &party->name);
    struct pm_jval side = pm_jval_get(value, "side");
    party->side_at = side.at;
    pm_jval_name(&side, &party->side);
}

static void read_declaration(const struct pm_jval *value, struct pm_status_decl *decl)
{
    static const char *const known[] = {"label", "color", "side", NULL};
    const char *color = NULL;
    decl->id = pm_strdup(value->json->arena, value->key);
    decl->at = value->at;
    if (!pm_jval_object(value))
        return;
    pm_jval_check_keys(value, known);
    pm_jget_text(value, "label", &decl->label);
    pm_jget_name(value, "side", &decl->side);
    struct pm_jval member = pm_jval_get(value, "color");
    decl->color_at = member.at;
    if (!pm_jval_string(&member, &color))
        return;
    decl->has_color = pm_color_parse(color, &decl->color) && pm_color_alpha(decl->color) > 0;
    if (decl->has_color)
        return;
    pm_error(value->json->diags, PM_FAULT_INPUT, "bad-value", pm_jval_place(&member),
             "\"%s\" is no colour", color);
    pm_help(value->json->diags, "write \"#RRGGBB\"");
}

void pm_read_sources(const struct pm_jval *object, struct pm_status *status)
{
    struct pm_index *ids = &pm_status_reader_of(object)->source_ids;
    status->sources = PM_NEW_N(&status->arena, struct pm_source_ref, json_object_size(object->v));
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);) {
        pm_jval_key_is_name(&entry);
        pm_index_set(ids, &status->arena, entry.key, status->source_count);
        read_source(&entry, &status->sources[status->source_count++]);
    }
}

void pm_read_parties(const struct pm_jval *object, struct pm_status *status)
{
    status->parties = PM_NEW_N(&status->arena, struct pm_party, json_object_size(object->v));
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);) {
        pm_jval_key_is_name(&entry);
        pm_index_set(&status->party_ids, &status->arena, entry.key, status->party_count);
        read_party(&entry, &status->parties[status->party_count++]);
    }
}

void pm_read_declarations(const struct pm_jval *object, struct pm_status *status)
{
    if (!pm_jval_at_most(object, PM_MOST_STATUSES, "statuses"))
        return;
    status->statuses = PM_NEW_N(&status->arena, struct pm_status_decl, json_object_size(object->v));
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);) {
        pm_jval_key_is_name(&entry);
        read_declaration(&entry, &status->statuses[status->status_count++]);
    }
}

/* ---- references --------------------------------------------------------------------- */

static void propose_id(const struct pm_jval *value, const char *id, const char *const *ids,
                       size_t count, const char *section)
{
    int near = count ? pm_nearest(id, ids, count) : -1;
    if (near >= 0)
        pm_help(value->json->diags, "did you mean \"%s\"?", ids[near]);
    else
        pm_help(value->json->diags, "declare it in \"%s\"", section);
}

/* Comparing takes its time: very many unknown ids mean that none was declared. */
static bool may_propose(const struct pm_jval *value, const char *section)
{
    if (pm_status_reader_of(value)->proposals++ < PM_MOST_PROPOSALS)
        return true;
    pm_help(value->json->diags, "declare it in \"%s\"", section);
    return false;
}

static void unknown_source(const struct pm_jval *value, const char *id)
{
    const struct pm_status *status = pm_status_of(value);
    pm_error(value->json->diags, PM_FAULT_DATA, "unknown-source", pm_jval_place(value),
             "no source is called \"%s\"", id);
    if (!may_propose(value, "sources"))
        return;
    PM_VEC(const char *) ids = {0};
    for (size_t i = 0; i < status->source_count; i++)
        pm_vec_push(&ids, status->sources[i].id);
    propose_id(value, id, ids.v, ids.n, "sources");
    pm_vec_finish(&ids);
}

static void unknown_party(const struct pm_jval *value, const char *id)
{
    const struct pm_status *status = pm_status_of(value);
    pm_error(value->json->diags, PM_FAULT_DATA, "unknown-party", pm_jval_place(value),
             "no party is called \"%s\"", id);
    if (!may_propose(value, "parties"))
        return;
    PM_VEC(const char *) ids = {0};
    for (size_t i = 0; i < status->party_count; i++)
        pm_vec_push(&ids, status->parties[i].id);
    propose_id(value, id, ids.v, ids.n, "parties");
    pm_vec_finish(&ids);
}

void pm_jget_sources(const struct pm_jval *object, const size_t **out, size_t *count)
{
    struct pm_jval list = pm_jval_get(object, "sources");
    if (!pm_jval_array(&list))
        return;
    size_t *sources = PM_NEW_N(object->json->arena, size_t, json_array_size(list.v));
    for (size_t i = 0; i < json_array_size(list.v); i++) {
        struct pm_jval item = pm_jval_at(&list, i);
        const char *id = NULL;
        if (!pm_jval_name(&item, &id))
            continue;
        if (pm_index_get(&pm_status_reader_of(object)->source_ids, id, &sources[*count]))
            (*count)++;
        else
            unknown_source(&item, id);
    }
    *out = sources;
}

void pm_jget_party(const struct pm_jval *object, const char *key, const char **out)
{
    struct pm_jval member = pm_jval_get(object, key);
    if (pm_jval_name(&member, out) && !pm_find_party(pm_status_of(object), *out))
        unknown_party(&member, *out);
}
