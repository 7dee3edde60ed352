#include "cli/shelf.h"

#include "base/arena.h"
#include "base/cache.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/banned.h"

/* An item, and what there was to say of it. */
struct kept {
    struct shelf_item item; /* the first member: kept and item have one address */
    enum shelf_kind kind;
    void *object;
    struct pm_diags *said;
};

struct shelf {
    struct pm_cache *cache; /* counts items, not bytes */
};

struct shelf *shelf_new(void)
{
    struct shelf *shelf = pm_xcalloc(1, sizeof *shelf);
    shelf->cache = pm_cache_new(PM_MOST_KEPT_FILES);
    return shelf;
}

void shelf_free(struct shelf *shelf)
{
    if (!shelf)
        return;
    pm_cache_free(shelf->cache);
    free(shelf);
}

static void *read_object(const struct shelf_wish *wish, struct pm_diags *diags)
{
    switch (wish->kind) {
    case SHELF_STATUS:
        return pm_status_load(wish->name, diags);
    case SHELF_SHAPES:
        return pm_atlas_load(wish->name, &wish->bare, diags);
    case SHELF_STYLE:
        return pm_style_load_theme(wish->name, wish->theme, diags);
    case SHELF_ALIASES:
        return pm_aliases_load(wish->name, diags);
    }
    return NULL;
}

static struct pm_cached make(void *user)
{
    const struct shelf_wish *wish = user;
    struct kept *kept = pm_xcalloc(1, sizeof *kept);
    kept->kind = wish->kind;
    kept->said = pm_diags_new();
    kept->item.object = kept->object = read_object(wish, kept->said);
    return (struct pm_cached){kept, 1};
}

static void drop(void *value)
{
    struct kept *kept = value;
    switch (kept->kind) {
    case SHELF_STATUS:
        pm_status_free(kept->object);
        break;
    case SHELF_SHAPES:
        pm_atlas_free(kept->object);
        break;
    case SHELF_STYLE:
        pm_style_free(kept->object);
        break;
    case SHELF_ALIASES:
        pm_aliases_free(kept->object);
        break;
    }
    pm_diags_free(kept->said);
    free(kept);
}

static void add_part(struct pm_str *key, const char *part)
{
    pm_str_addn(key, part ? part : "", part ? strlen(part) + 1 : 0);
    pm_str_addc(key, part ? '1' : '0');
}

const struct shelf_item *shelf_take(struct shelf *shelf, const struct shelf_wish *wish,
                                    struct pm_diags *diags)
{
    struct shelf_wish own = *wish;
    const struct pm_maker maker = {make, drop, &own};
    struct pm_str key = {0};
    pm_str_addf(&key, "%d %d ", (int)wish->kind, (int)wish->theme);
    add_part(&key, wish->name);
    add_part(&key, wish->bare.key_field);
    add_part(&key, wish->bare.name_field);
    add_part(&key, wish->bare.encoding);
    add_part(&key, wish->bare.crs);
    const struct kept *kept = pm_cache_get(shelf->cache, key.s, key.n, &maker);
    pm_str_finish(&key);
    pm_diags_merge(diags, kept->said);
    return &kept->item;
}

void shelf_put_back(struct shelf *shelf, const struct shelf_item *item)
{
    pm_cache_release(shelf->cache, item);
}

struct search {
    const char *path;
    bool found;
};

static bool is_outdated(const void *value, void *user)
{
    const struct kept *kept = value;
    struct search *search = user;
    size_t count = 0;
    const char *const *inputs = pm_diags_inputs(kept->said, &count);
    bool from_it = false;
    for (size_t i = 0; i < count; i++)
        from_it |= strcmp(inputs[i], search->path) == 0;
    search->found |= from_it;
    return from_it || !kept->object;
}

bool shelf_forget(struct shelf *shelf, const char *path)
{
    struct search search = {.path = path};
    pm_cache_forget(shelf->cache, is_outdated, &search);
    return search.found;
}
