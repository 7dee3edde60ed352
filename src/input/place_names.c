/* Each step has an index from text to a chain of answers, so that two features of one name are met
 * as two and not as whichever came last. */
#include "input/place_names.h"

#include "base/str.h"
#include "input/similar.h"
#include "base/banned.h"

/* A feature that answers to a text, and the next one that answers to the same. */
struct pm_name_answer {
    const char *text;
    size_t feature, next;
    enum pm_name_step step;
    int length; /* in code points */
};

/* ---- folding ------------------------------------------------------------------------ */

/* Words that say what a thing is, not which one. In folded form. */
static const char *const generic_words[] = {
    "province", "provincia", "provinz",     "wilayat",    "welayat",   "velayat",   "district",
    "distrito", "distrikt",  "uluswali",    "woluswali",  "wuluswali", "woleswali", "county",
    "parish",   "oblast",    "governorate", "prefecture", "ولایت",     "ولسوالی",   "استان",
    "ولسوال",   "محافظه",    "область",     "провинция",  "раион", /* й folds to и */
};

/* What ties a generic word to the name behind it: "Province of Helmand", "Wilayat-e Helmand". */
static const char *const ties[] = {"of", "de", "e", "i", "ye"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static bool is_generic(const char *word)
{
    return is_one_of(word, generic_words, sizeof generic_words / sizeof *generic_words);
}

static bool is_tie(const char *word)
{
    return is_one_of(word, ties, sizeof ties / sizeof *ties);
}

static bool divides_words(uint32_t c)
{
    return c == ' ' || c == '-' || c == '_' || c == ',' || c == '(' || c == ')' || c == 0xA0 ||
           c == 0x200C /* zero width non-joiner */ || (c >= 0x2010 && c <= 0x2015) /* dashes */;
}

/* The folded word at *p; *p moves behind it and what divides it from the next. */
static void next_word(const char **p, struct pm_arena *scratch, struct pm_str *out)
{
    const char *begin = *p, *end = *p;
    while (**p) {
        end = *p;
        if (divides_words(pm_utf8_next(p)))
            break;
        end = *p;
    }
    pm_fold(pm_strndup(scratch, begin, (size_t)(end - begin)), out);
}

char *pm_name_folded(struct pm_arena *arena, const char *name)
{
    struct pm_str out = {0};
    struct pm_arena scratch = {0};
    bool after_generic = false;
    for (const char *p = name; *p;) {
        struct pm_str word = {0};
        next_word(&p, &scratch, &word);
        bool generic = is_generic(pm_str_get(&word));
        if (!generic && !(after_generic && is_tie(pm_str_get(&word))))
            pm_str_add(&out, pm_str_get(&word));
        after_generic = generic || (after_generic && word.n == 0);
        pm_str_finish(&word);
    }
    if (out.n == 0) /* nothing but generic words: then they are the name */
        pm_fold(name, &out);
    char *folded = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    pm_arena_finish(&scratch);
    return folded;
}

/* ---- building ----------------------------------------------------------------------- */

static void add_answer(struct pm_names *names, struct pm_arena *arena, enum pm_name_step step,
                       const char *text, size_t feature)
{
    size_t next = PM_NONE;
    if (!text || !*text)
        return;
    pm_index_get(&names->steps[step], text, &next);
    if (next != PM_NONE && names->answers[next].feature == feature)
        return;
    pm_index_set(&names->steps[step], arena, text, names->answer_count);
    names->answers[names->answer_count++] =
        (struct pm_name_answer){text, feature, next, step, (int)pm_utf8_length(text, strlen(text))};
}

static void add_feature(struct pm_names *names, struct pm_arena *arena, size_t f)
{
    const struct pm_feature *feature = &names->layer->features[f];
    add_answer(names, arena, PM_BY_CODE, feature->key, f);
    for (size_t i = 0; i < feature->name.n; i++) {
        const char *name = feature->name.v[i].s;
        add_answer(names, arena, PM_BY_NAME, name, f);
        add_answer(names, arena, PM_BY_FOLDED, pm_name_folded(arena, name), f);
    }
    for (size_t i = 0; i < feature->alias_count; i++)
        add_answer(names, arena, PM_BY_ALIAS, pm_name_folded(arena, feature->aliases[i]), f);
}

static size_t most_answers(const struct pm_layer *layer)
{
    size_t most = 0;
    for (size_t f = 0; f < layer->feature_count; f++)
        most += 1 + 2 * layer->features[f].name.n + layer->features[f].alias_count;
    return most;
}

/* The only area of that name, or PM_NONE. */
static size_t one_area(const struct pm_names *areas, const char *key)
{
    struct pm_found found = pm_names_find(areas, key, PM_NONE);
    return found.count == 1 ? found.v[0] : PM_NONE;
}

static size_t number_parent(struct pm_names *names, struct pm_arena *arena, const char *parent)
{
    if (!parent)
        return PM_NONE;
    if (names->areas)
        return one_area(names->areas, parent);
    const char *folded = pm_name_folded(arena, parent);
    size_t number = names->parent_ids.count;
    if (!pm_index_get(&names->parent_ids, folded, &number))
        pm_index_set(&names->parent_ids, arena, folded, number);
    return number;
}

void pm_names_init(struct pm_names *names, const struct pm_layer *layer,
                   const struct pm_names *areas, struct pm_arena *arena)
{
    *names = (struct pm_names){.layer = layer, .areas = areas};
    names->answers = PM_NEW_N(arena, struct pm_name_answer, most_answers(layer));
    names->parents = PM_NEW_N(arena, size_t, layer->feature_count);
    for (size_t f = layer->feature_count; f-- > 0;) { /* so that chains run in the layer's order */
        add_feature(names, arena, f);
        names->parents[f] = number_parent(names, arena, layer->features[f].parent);
    }
}

/* ---- finding ------------------------------------------------------------------------ */

size_t pm_names_parent(const struct pm_names *names, const char *key)
{
    struct pm_arena scratch = {0};
    size_t number = PM_NONE;
    if (names->areas)
        return one_area(names->areas, key);
    pm_index_get(&names->parent_ids, pm_name_folded(&scratch, key), &number);
    pm_arena_finish(&scratch);
    return number;
}

static bool is_under(const struct pm_names *names, size_t feature, size_t parent)
{
    return parent == PM_NONE || names->parents[feature] == parent;
}

static void found_add(struct pm_found *found, size_t feature)
{
    if (found->count < PM_FOUND_SHOWN)
        found->v[found->count] = feature;
    found->count++;
}

static struct pm_found find_plain(const struct pm_names *names, const char *key, size_t parent)
{
    struct pm_arena scratch = {0};
    struct pm_found found = {0};
    const char *folded = pm_name_folded(&scratch, key);
    for (int step = 0; step < PM_NAME_STEPS && found.count == 0; step++) {
        size_t i = PM_NONE;
        pm_index_get(&names->steps[step], step < PM_BY_FOLDED ? key : folded, &i);
        for (; i != PM_NONE; i = names->answers[i].next)
            if (is_under(names, names->answers[i].feature, parent))
                found_add(&found, names->answers[i].feature);
    }
    pm_arena_finish(&scratch);
    return found;
}

/* The part of a path behind its parent, whose number goes to *parent; NULL if it is no path. */
static const char *split_path(const struct pm_names *names, const char *key, size_t *parent)
{
    struct pm_arena scratch = {0};
    const char *slash = strchr(key, '/');
    if (!slash)
        return NULL;
    *parent = pm_names_parent(names, pm_strndup(&scratch, key, (size_t)(slash - key)));
    pm_arena_finish(&scratch);
    return slash + 1;
}

struct pm_found pm_names_find(const struct pm_names *names, const char *key, size_t parent)
{
    struct pm_found found = find_plain(names, key, parent);
    size_t path_parent = PM_NONE;
    const char *name = found.count ? NULL : split_path(names, key, &path_parent);
    if (name && path_parent != PM_NONE && (parent == PM_NONE || parent == path_parent))
        found = find_plain(names, name, path_parent);
    return found;
}

static bool already_found(const struct pm_found *found, size_t feature)
{
    for (size_t i = 0; i < found->count && i < PM_FOUND_SHOWN; i++)
        if (found->v[i] == feature)
            return true;
    return false;
}

/* Codes are compared folded too, for "af-hel". */
static int distance_to(const struct pm_name_answer *answer, const char *folded)
{
    if (answer->step != PM_BY_CODE)
        return pm_edit_distance(folded, answer->text);
    struct pm_str code = {0};
    pm_fold(answer->text, &code);
    int distance = pm_edit_distance(folded, pm_str_get(&code));
    pm_str_finish(&code);
    return distance;
}

static struct pm_found nearest(const struct pm_names *names, const char *folded, size_t parent)
{
    int length = (int)pm_utf8_length(folded, strlen(folded));
    int best = length / 3 > 1 ? length / 3 : 1;
    struct pm_found found = {0};
    for (size_t i = *folded ? names->answer_count : 0; i-- > 0;) {
        const struct pm_name_answer *a = &names->answers[i];
        bool hopeless = a->step != PM_BY_CODE && abs(a->length - length) > best;
        if (hopeless || a->step == PM_BY_NAME || !is_under(names, a->feature, parent))
            continue;
        int distance = distance_to(a, folded);
        if (distance > best || (distance == best && already_found(&found, a->feature)))
            continue;
        if (distance < best)
            found.count = 0;
        best = distance;
        found_add(&found, a->feature);
    }
    return found;
}

struct pm_found pm_names_near(const struct pm_names *names, const char *key, size_t parent)
{
    struct pm_arena scratch = {0};
    const char *name = split_path(names, key, &parent);
    const char *folded = pm_name_folded(&scratch, name ? name : key);
    struct pm_found found = nearest(names, folded, parent);
    if (found.count == 0 && parent != PM_NONE)
        found = nearest(names, folded, PM_NONE);
    pm_arena_finish(&scratch);
    return found;
}
