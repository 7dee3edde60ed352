/* What candidates a name has, kept with the basemap: from day to day most names stand on the same ground. */
#include <stdint.h>
#include <string.h>

#include "base/cache.h"
#include "base/str.h"
#include "layout/labels.h"
#include "layout/series.h"
#include "base/banned.h"

/* How to make a form again. */
struct recipe {
    double less, cost;
    uint32_t lines;
    uint8_t name; /* of the question's, or KEYED */
};

enum { KEYED = UINT8_MAX };

/* Candidates in order, in one piece of memory: leaders and parts of grounds lie behind them. */
struct memory {
    size_t count, recipe_count;
    struct pm_candidate *candidates; /* without form; `order` counts from the first that was made */
    uint8_t *recipe_of;              /* by candidate */
    struct recipe *recipes;
};

/* ---- making ---------------------------------------------------------------------------------- */

struct request {
    struct pm_labels *labels;
    const struct pm_label_question *question;
    size_t key_size; /* which is kept, too */
};

struct shared_form {
    const struct pm_form *form;
};

/* What is put into a memory: forms that its candidates share, and what lies behind them. */
struct packing {
    PM_VEC(struct shared_form) forms;
    struct pm_leader *leaders; /* the next, and so the part */
    struct pm_box *parts;
};

static size_t index_of(struct packing *packing, const struct pm_form *form)
{
    size_t i = 0;
    while (i < packing->forms.n && packing->forms.v[i].form != form)
        i++;
    if (i == packing->forms.n)
        pm_vec_push(&packing->forms, (struct shared_form){form});
    return i;
}

static struct recipe recipe_of(const struct pm_label_question *question, const struct pm_form *form)
{
    struct recipe recipe = {form->less, form->cost, (uint32_t)form->line_count, KEYED};
    for (uint8_t i = 0; i < PM_NAMES_OF_LABEL && !form->keyed; i++)
        if (question->names[i] == form->name)
            recipe.name = i;
    return recipe;
}

static void pack(struct packing *packing, const struct pm_candidate *from, size_t first_order,
                 struct pm_candidate *to)
{
    size_t parts = from->ground.part_count;
    *to = *from;
    to->form = NULL;
    to->order -= first_order;
    if (from->leader) {
        *packing->leaders = *from->leader;
        to->leader = packing->leaders++;
    }
    if (from->ground.parts) {
        memcpy(packing->parts, from->ground.parts, parts * sizeof *packing->parts);
        to->ground.parts = packing->parts;
        packing->parts += parts;
    }
}

static struct pm_cached keep(const struct request *request, const struct pm_candidate *from,
                             size_t count, size_t first_order)
{
    struct packing packing = {0};
    size_t leaders = 0, parts = 0;
    for (size_t i = 0; i < count; i++) {
        index_of(&packing, from[i].form);
        leaders += from[i].leader != NULL;
        parts += from[i].ground.part_count;
    }
    const size_t sizes[] = {count * sizeof *from, packing.forms.n * sizeof(struct recipe),
                            leaders * sizeof(struct pm_leader), parts * sizeof(struct pm_box),
                            count * sizeof(uint8_t)};
    size_t size = pm_part_size(sizeof(struct memory));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        size += pm_part_size(sizes[i]);
    char *rest = pm_xcalloc(1, size);
    struct memory *memory = pm_put_part(&rest, NULL, sizeof *memory);
    memory->count = count;
    memory->recipe_count = packing.forms.n;
    memory->candidates = pm_put_part(&rest, NULL, sizes[0]);
    memory->recipes = pm_put_part(&rest, NULL, sizes[1]);
    packing.leaders = pm_put_part(&rest, NULL, sizes[2]);
    packing.parts = pm_put_part(&rest, NULL, sizes[3]);
    memory->recipe_of = pm_put_part(&rest, NULL, sizes[4]);
    for (size_t i = 0; i < packing.forms.n; i++)
        memory->recipes[i] = recipe_of(request->question, packing.forms.v[i].form);
    for (size_t i = 0; i < count; i++) {
        pack(&packing, &from[i], first_order, &memory->candidates[i]);
        memory->recipe_of[i] = (uint8_t)index_of(&packing, from[i].form);
    }
    pm_vec_finish(&packing.forms);
    return (struct pm_cached){memory, size + request->key_size};
}

static struct pm_cached make(void *user)
{
    const struct request *request = user;
    struct pm_labels *labels = request->labels;
    size_t first = labels->candidates.n;
    request->question->make(labels, request->question->user);
    pm_labels_cut(labels, first, request->question->most);
    struct pm_cached cached =
        keep(request, labels->candidates.v + first, labels->candidates.n - first, first);
    labels->candidates.n = first;
    return cached;
}

/* ---- what they follow from --------------------------------------------------------------------- */

static void add_text(struct pm_str *key, const char *text)
{
    pm_str_addn(key, text, strlen(text) + 1);
}

static void add_name(const struct pm_draft *draft, struct pm_name *name, struct pm_str *key)
{
    const struct pm_font *font = &name->one.font;
    bool breaks = pm_name_break(draft, name);
    const double numbers[] = {font->size,
                              font->spacing,
                              font->weight,
                              font->italic,
                              name->one.width,
                              breaks ? name->two[0].width : 0,
                              breaks ? name->two[1].width : 0};
    pm_str_addn(key, (const char *)numbers, sizeof numbers);
    add_text(key, font->family);
    add_text(key, name->text);
    add_text(key, name->one.s);
    add_text(key, name->one.lang);
}

static void write_key(const struct pm_labels *labels, const struct pm_label_question *question,
                      struct pm_str *key)
{
    const struct pm_target *target = question->target;
    const struct pm_form *number = question->number;
    const double numbers[] = {target->at.x,
                              target->at.y,
                              target->reach,
                              number ? number->width : 0,
                              number ? number->height : 0,
                              number ? number->cost : 0};
    const uint64_t facts[] = {question->kind,
                              question->ways,
                              question->most,
                              target->mark,
                              target->area,
                              labels->rationed,
                              labels->draft->of_animation,
                              number != NULL,
                              question->names[1] != NULL};
    add_text(key, "label");
    pm_str_addn(key, (const char *)numbers, sizeof numbers);
    pm_str_addn(key, (const char *)facts, sizeof facts);
    for (size_t i = 0; i < PM_NAMES_OF_LABEL && question->names[i]; i++)
        add_name(labels->draft, question->names[i], key);
    pm_ground_add_key(&labels->ground, question->reach, key);
    pm_ground_add_states(&labels->ground, target->area, question->reach, key);
}

/* ---- recalling --------------------------------------------------------------------------------- */

static const struct pm_form *form_of(const struct pm_labels *labels,
                                     const struct pm_label_question *question,
                                     const struct recipe *recipe)
{
    const struct pm_draft *draft = labels->draft;
    if (recipe->name == KEYED)
        return pm_form_keyed(draft, question->names[0]->role, recipe->cost);
    return pm_form_make(draft, question->names[recipe->name], recipe->less, recipe->lines,
                        recipe->cost);
}

static void recall(struct pm_labels *labels, const struct pm_label_question *question,
                   const struct memory *memory)
{
    const struct pm_form *forms[KEYED] = {0};
    size_t first = labels->candidates.n;
    pm_vec_reserve(&labels->candidates, first + memory->count);
    for (size_t i = 0; i < memory->recipe_count; i++)
        forms[i] = form_of(labels, question, &memory->recipes[i]);
    for (size_t i = 0; i < memory->count; i++) {
        struct pm_candidate *candidate = &labels->candidates.v[first + i];
        *candidate = memory->candidates[i];
        candidate->order += first;
        candidate->form = forms[memory->recipe_of[i]];
    }
    labels->candidates.n += memory->count;
}

void pm_labels_ask(struct pm_labels *labels, const struct pm_label_question *question)
{
    struct pm_str key = {0};
    write_key(labels, question, &key);
    struct request request = {labels, question, key.n};
    const struct memory *memory = pm_cache_get(labels->draft->base->rooms, key.s, key.n,
                                               &(struct pm_maker){make, free, &request});
    pm_str_finish(&key);
    pm_vec_push(&labels->memories, memory);
    recall(labels, question, memory);
}

void pm_labels_forget(struct pm_labels *labels)
{
    pm_cache_release_all(labels->draft->base->rooms, labels->memories.v, labels->memories.n);
    pm_vec_finish(&labels->memories);
}
