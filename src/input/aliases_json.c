#include "input/aliases_json.h"

#include "provmap.h"
#include "base/banned.h"

#define FORMAT "provmap-aliases/1"

void pm_read_aliases(const struct pm_jval *object, struct pm_alias **aliases, size_t *count)
{
    struct pm_arena *arena = object->json->arena;
    *aliases = PM_NEW_N(arena, struct pm_alias, json_object_size(object->v));
    for (struct pm_jval entry = {0}; pm_jval_next(object, &entry);) {
        struct pm_alias alias = {.alias = pm_strdup(arena, entry.key), .at = entry.at};
        bool named = pm_jval_key_is_name(&entry);
        if (pm_jval_name(&entry, &alias.name) && named)
            (*aliases)[(*count)++] = alias;
    }
}

static void read_root(struct pm_json *json, struct pm_aliases *aliases)
{
    static const char *const known[] = {"format", "aliases", NULL};
    struct pm_jval root = pm_json_root(json);
    if (!pm_jval_object(&root) || !pm_json_check_format(&root, FORMAT))
        return;
    pm_jval_check_keys(&root, known);
    struct pm_jval object = pm_jval_get(&root, "aliases");
    if (!pm_jval_given(&object))
        pm_jval_missing(&root, "aliases", "an object of spellings: {\"Helmend\": \"Helmand\"}");
    else if (pm_jval_object(&object))
        pm_read_aliases(&object, &aliases->aliases, &aliases->alias_count);
}

struct pm_aliases *pm_aliases_load(const char *path, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    struct pm_aliases *aliases = pm_xrealloc(NULL, 1, sizeof *aliases);
    *aliases = (struct pm_aliases){.source = NULL};
    struct pm_json json = {.arena = &aliases->arena, .diags = diags};
    if (pm_json_load(&json, path))
        read_root(&json, aliases);
    aliases->source = json.source;
    pm_json_finish(&json);
    if (pm_diags_errors(diags) == errors)
        return aliases;
    pm_aliases_free(aliases);
    return NULL;
}

void pm_aliases_free(struct pm_aliases *aliases)
{
    if (!aliases)
        return;
    pm_arena_finish(&aliases->arena);
    free(aliases);
}
