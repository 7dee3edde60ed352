/* Names: any layer of names is built and asked. The input is lines of fields divided by tabs:
 * name, code, parent, then aliases; without a tab a line is only asked for. What is not UTF-8 is
 * not read further, as no reader lets it through. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "input/place_names.h"
#include "input/similar.h"
#include "input/spelling.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_FEATURES = 24, MOST_ASKED = 48, MOST_ALIASES = 4 };

struct input {
    struct pm_arena arena;
    struct pm_feature features[MOST_FEATURES];
    struct pm_layer layer;
    const char *asked[MOST_ASKED];
    size_t asked_count;
};

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* ---- the layer ---------------------------------------------------------------------- */

/* The next field of a line; "" behind the last. */
static char *next_field(char **line)
{
    char *field = *line, *tab = strchr(field, '\t');
    *line = tab ? tab + 1 : field + strlen(field);
    if (tab)
        *tab = '\0';
    return field;
}

static void add_asked(struct input *in, const char *text)
{
    if (in->asked_count < MOST_ASKED)
        in->asked[in->asked_count++] = text;
}

static void add_feature(struct input *in, char *line)
{
    if (in->layer.feature_count == MOST_FEATURES)
        return;
    struct pm_feature *f = &in->layer.features[in->layer.feature_count++];
    const char *name = next_field(&line), *code = next_field(&line), *parent = next_field(&line);
    pm_text_add(&f->name, &in->arena, "", name);
    f->key = *code ? code : NULL;
    f->parent = *parent ? parent : NULL;
    f->aliases = PM_NEW_N(&in->arena, const char *, MOST_ALIASES);
    while (*line && f->alias_count < MOST_ALIASES)
        f->aliases[f->alias_count++] = next_field(&line);
    add_asked(in, name);
}

static void read_input(struct input *in, const uint8_t *data, size_t size)
{
    char *text = pm_strndup(&in->arena, (const char *)data, size);
    text[pm_utf8_check(text, strlen(text))] = '\0';
    in->layer.features = in->features;
    for (char *line = text, *next = NULL; *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        if (strchr(line, '\t'))
            add_feature(in, line);
        else
            add_asked(in, line);
    }
}

/* ---- what must hold ----------------------------------------------------------------- */

static void check_fold(struct input *in, const char *name)
{
    struct pm_str once = {0}, twice = {0};
    pm_fold(name, &once);
    pm_fold(pm_str_get(&once), &twice);
    require(pm_streq(pm_str_get(&once), pm_str_get(&twice)));
    require(pm_utf8_check(pm_str_get(&once), once.n) == once.n);
    const char *folded = pm_name_folded(&in->arena, name);
    require(pm_streq(folded, pm_name_folded(&in->arena, folded)));
    pm_str_finish(&once);
    pm_str_finish(&twice);
}

static bool folds_to(struct input *in, const char *name, const char *folded)
{
    return name && pm_streq(pm_name_folded(&in->arena, name), folded);
}

/* Equal as `make` makes them. */
static bool made_alike(const char *a, const char *b, void (*make)(const char *, struct pm_str *))
{
    struct pm_str x = {0}, y = {0};
    if (!a)
        return false;
    make(a, &x);
    make(b, &y);
    bool alike = pm_streq(pm_str_get(&x), pm_str_get(&y));
    pm_str_finish(&x);
    pm_str_finish(&y);
    return alike;
}

/* Is the feature really called so? */
static bool answers(struct input *in, const struct pm_feature *f, const char *key)
{
    const char *folded = pm_name_folded(&in->arena, key), *name = pm_text_get(&f->name, "", NULL);
    bool found = made_alike(f->key, key, pm_upper) || pm_streq(name, key) ||
                 folds_to(in, name, folded) || made_alike(name, key, pm_fold);
    for (size_t i = 0; i < f->alias_count; i++)
        found = found || folds_to(in, f->aliases[i], folded);
    return found;
}

static void check_found(struct input *in, const struct pm_names *names, const char *key)
{
    struct pm_found found = pm_names_find(names, key, PM_NONE);
    const char *slash = strchr(key, '/');
    require(found.count <= in->layer.feature_count);
    for (size_t i = 0; i < found.count && i < PM_FOUND_SHOWN; i++) {
        require(found.v[i] < in->layer.feature_count);
        const struct pm_feature *f = &in->features[found.v[i]];
        require(answers(in, f, key) || (slash && answers(in, f, slash + 1)));
    }
}

static void check_near(struct input *in, const struct pm_names *names, const char *key,
                       size_t parent)
{
    struct pm_found near = pm_names_near(names, key, parent);
    require(near.count <= in->layer.feature_count);
    for (size_t i = 0; i < near.count && i < PM_FOUND_SHOWN; i++) {
        require(near.v[i] < in->layer.feature_count);
        for (size_t k = 0; k < i; k++)
            require(near.v[k] != near.v[i]);
    }
}

static bool same_sounds(const struct pm_spelling *a, const struct pm_spelling *b)
{
    bool same = a->length == b->length;
    for (int i = 0; same && i < a->length; i++)
        same = a->sounds[i].code == b->sounds[i].code;
    return same;
}

static void check_distance(struct input *in, const char *x, const char *y)
{
    struct pm_sound_table table;
    struct pm_spelling a, b;
    pm_sound_table_init(&table);
    pm_spelling_init(&a, &table, &in->arena, x);
    pm_spelling_init(&b, &table, &in->arena, y);
    int distance = pm_spelling_distance(&a, &b, PM_SPELLING_FAR - 1);
    require(distance == pm_spelling_distance(&b, &a, PM_SPELLING_FAR - 1));
    require(distance >= 0 && distance <= PM_SPELLING_FAR);
    require((distance == 0) == same_sounds(&a, &b));
    require(pm_edit_distance(x, y) == pm_edit_distance(y, x));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {0};
    struct pm_names names;
    read_input(&in, data, size);
    pm_names_init(&names, &in.layer, NULL, &in.arena);
    for (size_t i = 0; i < in.asked_count; i++) {
        check_fold(&in, in.asked[i]);
        check_found(&in, &names, in.asked[i]);
        check_near(&in, &names, in.asked[i], PM_NONE);
        if (in.layer.feature_count)
            check_near(&in, &names, in.asked[i], names.parents[i % in.layer.feature_count]);
        check_distance(&in, in.asked[i], in.asked[in.asked_count - 1 - i]);
    }
    pm_arena_finish(&in.arena);
    return 0;
}
