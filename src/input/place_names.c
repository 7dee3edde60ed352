/* Each step has an index from text to a chain of answers, so that two features of one name are met
 * as two and not as whichever came last. */
#include "input/place_names.h"

#include "base/str.h"
#include "base/vec.h"
#include "input/similar.h"
#include "input/spelling.h"
#include "base/banned.h"

/* A feature that answers to a text, and the next one that answers to the same. */
struct pm_name_answer {
    size_t feature, next;
    const char *text; /* what similarity compares; NULL: another answer of the feature has it */
};

/* What similarity needs, made when it is first asked for. */
struct pm_name_cache {
    struct pm_sound_table table;
    struct pm_arena *arena;
    struct pm_spelling *spellings; /* by answer */
};

/* ---- folding ------------------------------------------------------------------------ */

/* Words that say what a thing is, not which one. In folded form. No word that alone tells two
 * real names apart, such as "city": Kyiv and Kyiv City. */
static const char *const generic_words[] = {
    "province",     "provincia",  "provinz",   "governorate", "prefecture", "department",
    "municipality", "state",      "region",    "division",    "district",   "distrito",
    "distrikt",     "county",     "parish",    "township",    "republic",   "autonomous",
    "wilayat",      "welayat",    "velayat",   "wilayah",     "wilaya",     "vilayet",
    "uluswali",     "woluswali",  "wuluswali", "woleswali",   "muhafazah",  "muhafazat",
    "muhafaza",     "mohafazah",  "mohafazat", "mohafaza",    "mintaqah",   "mantiqah",
    "nahiyah",      "nahiya",     "tehsil",    "taluka",      "oblast",     "krai",
    "okrug",        "raion",      "rayon",     "hromada",     "ولایت",      "ولسوالی",
    "ولسوال",       "استان",      "محافظه",    "منطقه",       "ناحیه",      "قضاء",
    "область",      "провинция",  "провінція", "раион",       "громада",    "республика",
    "республіка",   "автономная", "автономна", /* й folds to и */
    "တိုင်းဒေသကြီး",    "ပြည်နယ်",      "ခရိုင်",       "မြို့နယ်",
};

/* What ties a generic word to the name behind it: "Province of Helmand", "Wilayat-e Helmand". */
static const char *const ties[] = {"of", "de", "e", "i", "ye"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (*words[i] == *word && strcmp(words[i], word) == 0)
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

/* pm_fold into an empty string, with a short way for what most names are. */
static void fold_word(const char *begin, const char *end, struct pm_str *out)
{
    for (const char *p = begin; p < end; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + ('a' - 'A')) : *p;
        if ((unsigned char)c >= 0x80) {
            struct pm_str copy = {0};
            pm_str_addn(&copy, begin, (size_t)(end - begin));
            out->n = 0;
            pm_fold(pm_str_get(&copy), out);
            pm_str_finish(&copy);
            return;
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            pm_str_addc(out, c);
    }
}

/* The folded word at *p; *p moves behind it and what divides it from the next. */
static void next_word(const char **p, struct pm_str *out)
{
    const char *begin = *p, *end = *p;
    while (**p) {
        end = *p;
        if (divides_words(pm_utf8_next(p)))
            break;
        end = *p;
    }
    fold_word(begin, end, out);
}

/* The words that count, with `between` between them. */
static void fold_words(const char *name, const char *between, struct pm_str *out)
{
    struct pm_str word = {0};
    bool after_generic = false;
    for (const char *p = name; *p;) {
        word.n = 0;
        next_word(&p, &word);
        const char *text = word.n ? pm_str_get(&word) : "";
        bool generic = is_generic(text);
        if (*text && !generic && !(after_generic && is_tie(text))) {
            pm_str_add(out, out->n ? between : "");
            pm_str_add(out, text);
        }
        after_generic = generic || (after_generic && !*text);
    }
    pm_str_finish(&word);
    if (out->n == 0) /* nothing but generic words: then they are the name */
        pm_fold(name, out);
}

/* Into an empty string. Marks of two words may have come together, and then have an order. */
static void fold_name(const char *name, struct pm_str *out)
{
    fold_words(name, "", out);
    if (pm_is_ascii(pm_str_get(out), out->n))
        return;
    struct pm_str joined = *out;
    *out = (struct pm_str){0};
    pm_fold(pm_str_get(&joined), out);
    pm_str_finish(&joined);
}

char *pm_name_folded(struct pm_arena *arena, const char *name)
{
    struct pm_str out = {0};
    fold_name(name, &out);
    char *folded = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return folded;
}

/* ---- building ----------------------------------------------------------------------- */

static void add_answer(struct pm_names *names, struct pm_arena *arena, enum pm_name_step step,
                       const char *text, const char *compared, size_t feature)
{
    size_t next = PM_NONE;
    if (!text || !*text)
        return;
    pm_index_get(&names->steps[step], text, &next);
    if (next != PM_NONE && names->answers[next].feature == feature)
        return;
    pm_index_set(&names->steps[step], arena, text, names->answer_count);
    names->answers[names->answer_count++] = (struct pm_name_answer){feature, next, compared};
}

static char *without_case(struct pm_arena *arena, const char *name)
{
    struct pm_str out = {0};
    fold_word(name, name + strlen(name), &out);
    char *text = pm_strdup(arena, pm_str_get(&out));
    pm_str_finish(&out);
    return text;
}

static void add_code(struct pm_names *names, struct pm_arena *arena, const char *code, size_t f)
{
    struct pm_str upper = {0};
    if (!code)
        return;
    pm_upper(code, &upper);
    add_answer(names, arena, PM_BY_CODE, code, code, f);
    add_answer(names, arena, PM_BY_CODE_CASE, pm_str_get(&upper), NULL, f);
    pm_str_finish(&upper);
}

static void add_feature(struct pm_names *names, struct pm_arena *arena, size_t f)
{
    const struct pm_feature *feature = &names->layer->features[f];
    add_code(names, arena, feature->key, f);
    for (size_t i = 0; i < feature->name.n; i++) {
        const char *name = feature->name.v[i].s, *folded = pm_name_folded(arena, name);
        add_answer(names, arena, PM_BY_NAME, name, NULL, f);
        add_answer(names, arena, PM_BY_CASE, without_case(arena, name), NULL, f);
        add_answer(names, arena, PM_BY_FOLDED, folded, name, f);
    }
    for (size_t i = 0; i < feature->alias_count; i++) {
        const char *folded = pm_name_folded(arena, feature->aliases[i]);
        add_answer(names, arena, PM_BY_ALIAS, folded, feature->aliases[i], f);
    }
}

static size_t most_answers(const struct pm_layer *layer)
{
    size_t most = 0;
    for (size_t f = 0; f < layer->feature_count; f++)
        most += 2 + 3 * layer->features[f].name.n + layer->features[f].alias_count;
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

struct pm_names pm_names_lent(const struct pm_names *names, struct pm_arena *arena)
{
    struct pm_names lent = *names;
    lent.cache = PM_NEW(arena, struct pm_name_cache);
    lent.cache->arena = arena;
    return lent;
}

void pm_names_init(struct pm_names *names, const struct pm_layer *layer,
                   const struct pm_names *areas, struct pm_arena *arena)
{
    *names = (struct pm_names){.layer = layer, .areas = areas};
    names->answers = PM_NEW_N(arena, struct pm_name_answer, most_answers(layer));
    names->parents = PM_NEW_N(arena, size_t, layer->feature_count);
    *names = pm_names_lent(names, arena);
    for (size_t f = layer->feature_count; f-- > 0;) { /* so that chains run in the layer's order */
        add_feature(names, arena, f);
        names->parents[f] = number_parent(names, arena, layer->features[f].parent);
    }
}

/* ---- finding ------------------------------------------------------------------------ */

size_t pm_names_parent(const struct pm_names *names, const char *key)
{
    struct pm_str folded = {0};
    size_t number = PM_NONE;
    if (names->areas)
        return one_area(names->areas, key);
    fold_name(key, &folded);
    pm_index_get(&names->parent_ids, pm_str_get(&folded), &number);
    pm_str_finish(&folded);
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
    struct pm_str upper = {0}, plain = {0}, folded = {0};
    struct pm_found found = {0};
    pm_upper(key, &upper);
    fold_word(key, key + strlen(key), &plain);
    fold_name(key, &folded);
    const char *const texts[PM_NAME_STEPS] = {
        [PM_BY_CODE] = key,
        [PM_BY_NAME] = key,
        [PM_BY_CODE_CASE] = pm_str_get(&upper),
        [PM_BY_CASE] = pm_str_get(&plain),
        [PM_BY_FOLDED] = pm_str_get(&folded),
        [PM_BY_ALIAS] = pm_str_get(&folded),
    };
    for (int step = 0; step < PM_NAME_STEPS && found.count == 0; step++) {
        size_t i = PM_NONE;
        pm_index_get(&names->steps[step], texts[step], &i);
        found.step = (enum pm_name_step)step;
        for (; i != PM_NONE; i = names->answers[i].next)
            if (is_under(names, names->answers[i].feature, parent))
                found_add(&found, names->answers[i].feature);
    }
    pm_str_finish(&upper);
    pm_str_finish(&plain);
    pm_str_finish(&folded);
    return found;
}

/* The part of a path behind its parent, whose number goes to *parent; NULL if it is no path. */
static const char *split_path(const struct pm_names *names, const char *key, size_t *parent)
{
    struct pm_str front = {0};
    const char *slash = strchr(key, '/');
    if (!slash)
        return NULL;
    pm_str_addn(&front, key, (size_t)(slash - key));
    *parent = pm_names_parent(names, pm_str_get(&front));
    pm_str_finish(&front);
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

/* ---- proposing ---------------------------------------------------------------------- */

enum { MARGIN = 60, MOST_PROPOSED = 3 };

/* Up to which distance a name is proposed. The more names there are, the more are near by accident:
 * each doubling of their number takes as much from the limit. */
static int limit_for(size_t names)
{
    enum { OF_ONE = 385, A_DOUBLING = 34, LEAST = 140 };
    int limit = OF_ONE;
    for (; names > 1 && limit > LEAST; names /= 2)
        limit -= A_DOUBLING;
    return limit > LEAST ? limit : LEAST;
}

struct proposal {
    size_t feature;
    int distance;
    const char *text, *parent;
};

static void spell(struct pm_spelling *spelling, const struct pm_sound_table *table,
                  struct pm_arena *arena, const char *name)
{
    struct pm_str words = {0};
    fold_words(name, " ", &words);
    pm_spelling_init(spelling, table, arena, pm_str_get(&words));
    pm_str_finish(&words);
}

static void fill_cache(const struct pm_names *names)
{
    struct pm_name_cache *cache = names->cache;
    if (cache->spellings)
        return;
    pm_sound_table_init(&cache->table);
    cache->spellings = PM_NEW_N(cache->arena, struct pm_spelling, names->answer_count);
    for (size_t i = 0; i < names->answer_count; i++)
        if (names->answers[i].text)
            spell(&cache->spellings[i], &cache->table, cache->arena, names->answers[i].text);
}

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* The nearest first; among equals the order of the layer decides last. */
static int compare_proposals(const void *a, const void *b)
{
    const struct proposal *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    int order = compare_texts(x->text, y->text);
    if (order == 0)
        order = compare_texts(x->parent, y->parent);
    return order ? order : (x->feature > y->feature) - (x->feature < y->feature);
}

static bool has_feature(const struct proposal *v, size_t n, size_t feature)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].feature == feature)
            return true;
    return false;
}

/* One letter of difference: near twins are told even if another name sounds more alike. */
static bool is_one_slip(const char *folded, const char *text)
{
    struct pm_str other = {0};
    fold_name(text, &other);
    int distance = pm_edit_distance(folded, pm_str_get(&other));
    pm_str_finish(&other);
    return distance <= 1;
}

/* Of sorted proposals those worth telling, each feature once. */
static struct pm_found choose(const struct proposal *v, size_t n, const char *folded)
{
    struct pm_found found = {0};
    for (size_t i = 0; i < n; i++) {
        bool namesake = v[i].distance == v[0].distance && strcmp(v[i].text, v[0].text) == 0;
        bool told = v[i].distance <= v[0].distance + MARGIN || is_one_slip(folded, v[i].text);
        if (told && (namesake || found.count < MOST_PROPOSED) && !has_feature(v, i, v[i].feature))
            found_add(&found, v[i].feature);
    }
    return found;
}

/* What is proposed for. */
struct wanted {
    const char *folded;
    struct pm_spelling spelling;
};

static size_t count_under(const struct pm_names *names, size_t parent)
{
    size_t count = 0;
    for (size_t f = 0; f < names->layer->feature_count; f++)
        count += is_under(names, f, parent);
    return count;
}

static struct pm_found nearest(const struct pm_names *names, const struct wanted *wanted,
                               size_t parent)
{
    const struct pm_spelling *spellings = names->cache->spellings;
    PM_VEC(struct proposal) near = {0};
    int limit = limit_for(count_under(names, parent));
    for (size_t i = 0; i < names->answer_count; i++) {
        const struct pm_name_answer *a = &names->answers[i];
        if (!a->text || !is_under(names, a->feature, parent))
            continue;
        int distance = pm_spelling_distance(&wanted->spelling, &spellings[i], limit);
        if (distance <= limit)
            pm_vec_push(&near, (struct proposal){a->feature, distance, a->text,
                                                 names->layer->features[a->feature].parent});
    }
    if (near.n)
        qsort(near.v, near.n, sizeof *near.v, compare_proposals);
    struct pm_found found = choose(near.v, near.n, wanted->folded);
    pm_vec_finish(&near);
    return found;
}

struct pm_found pm_names_near(const struct pm_names *names, const char *key, size_t parent)
{
    struct pm_arena scratch = {0};
    struct wanted wanted;
    struct pm_found found = {0};
    const char *name = split_path(names, key, &parent);
    if (names->answer_count == 0)
        return found;
    fill_cache(names);
    spell(&wanted.spelling, &names->cache->table, &scratch, name ? name : key);
    wanted.folded = pm_name_folded(&scratch, name ? name : key);
    if (wanted.spelling.length) {
        found = nearest(names, &wanted, parent);
        if (found.count == 0 && parent != PM_NONE)
            found = nearest(names, &wanted, PM_NONE);
    }
    pm_arena_finish(&scratch);
    return found;
}
