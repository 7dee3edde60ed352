/* The label stage: gather candidates of all names, solve, keep the chosen ones. */
#include "layout/labels.h"

#include <math.h>
#include <stdint.h>

#include "base/str.h"
#include "base/banned.h"

#define LEAST_SIZE 7.0 /* px: smaller letters can't be read */
/* em: of letters, and of the halo of a label above or below, which must not eat them */
#define ASCENT 0.82
#define DESCENT 0.33

enum { SWEEPS = 64, NAMED = 30 }; /* names in a message */

/* ---- forms ------------------------------------------------------------------------------- */

/* Splits at the space nearest to the middle; NULL if there is none. */
static const char *middle_space(const char *name)
{
    const char *best = NULL;
    size_t length = 0;
    while (name[length])
        length++;
    for (size_t i = 1; i + 1 < length; i++)
        if (name[i] == ' ' &&
            (!best || llabs((long long)(2 * i) - (long long)length) <
                          llabs((long long)(2 * (size_t)(best - name)) - (long long)length)))
            best = name + i;
    return best;
}

static struct pm_run line_of(const struct pm_draft *draft, const struct pm_name *name,
                             const char *text)
{
    struct pm_run run = pm_type_label(draft, name->role, text, name->lang);
    if (name->muted)
        run.color = draft->style->type[PM_TYPE_NEIGHBOUR].color;
    return run;
}

struct pm_name *pm_name_make(const struct pm_draft *draft, struct pm_name name)
{
    name.one = line_of(draft, &name, name.text);
    return pm_memdup(draft->arena, &name, sizeof name);
}

bool pm_name_break(const struct pm_draft *draft, struct pm_name *name)
{
    const char *split = middle_space(name->text);
    if (split && !name->two[0].s) {
        size_t length = (size_t)(split - name->text);
        name->two[0] = line_of(draft, name, pm_strndup(draft->arena, name->text, length));
        name->two[1] = line_of(draft, name, split + 1);
    }
    return split;
}

static double size_less(double size, double less)
{
    return fmax(size - less, fmin(size, LEAST_SIZE));
}

static struct pm_form empty_form(double size, size_t lines)
{
    struct pm_form form = {.line_count = lines};
    form.leading = round(size * 1.1);
    form.ascent = round(size * ASCENT);
    form.height = form.ascent + round(size * DESCENT) + (double)(lines - 1) * form.leading;
    return form;
}

double pm_form_height(const struct pm_draft *draft, enum pm_type_role role, double less,
                      size_t lines)
{
    return empty_form(size_less(pm_type_font(draft, role).size, less), lines).height;
}

/* Letters scale, as they are not hinted; the space between them does not. */
static void shrink(struct pm_run *run, double less)
{
    double size = run->font.size,
           spaces = run->font.spacing * (double)pm_utf8_length(run->s, strlen(run->s));
    run->font.size = size_less(size, less);
    run->width = (run->width - spaces) * run->font.size / size + spaces;
}

const struct pm_form *pm_form_make(const struct pm_draft *draft, const struct pm_name *name,
                                   double less, size_t lines, double cost)
{
    const struct pm_run *runs = lines == 1 ? &name->one : name->two;
    struct pm_form form = empty_form(size_less(runs->font.size, less), lines);
    form.cost = cost;
    form.lines = pm_memdup(draft->arena, runs, lines * sizeof *runs);
    for (size_t i = 0; i < lines; i++) {
        if (less > 0)
            shrink(&form.lines[i], less);
        form.width = fmax(form.width, form.lines[i].width + 2);
    }
    return pm_memdup(draft->arena, &form, sizeof form);
}

/* ---- candidates ---------------------------------------------------------------------------- */

void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost)
{
    pm_vec_push(&labels->items, item);
    pm_vec_push(&labels->choices,
                (struct pm_choice){{labels->candidates.n, 0}, drop_cost, SIZE_MAX});
}

void pm_labels_reopen(struct pm_labels *labels, size_t index)
{
    struct pm_range *own = &labels->choices.v[index].candidates;
    size_t first = labels->candidates.n;
    pm_vec_reserve(&labels->candidates, first + own->count);
    for (size_t i = 0; i < own->count; i++)
        labels->candidates.v[labels->candidates.n++] = labels->candidates.v[own->first + i];
    own->first = first;
}

static void add(struct pm_labels *labels, struct pm_candidate candidate)
{
    candidate.cost += candidate.form->cost;
    candidate.order = labels->candidates.n;
    pm_vec_push(&labels->candidates, candidate);
}

void pm_labels_add(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                   double cost)
{
    add(labels, (struct pm_candidate){.box = box, .cost = cost, .form = form});
}

void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt to)
{
    struct pm_pt from = {fmax(box.x0, fmin(box.x1, to.x)), fmax(box.y0, fmin(box.y1, to.y))};
    if (pm_ground_allows_line(&labels->ground, from, to))
        add(labels, (struct pm_candidate){.box = box,
                                          .cost = cost,
                                          .form = form,
                                          .has_leader = true,
                                          .from = from,
                                          .to = to});
}

static int compare_candidates(const void *a, const void *b)
{
    const struct pm_candidate *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void pm_labels_close_again(struct pm_labels *labels, size_t index, size_t most)
{
    struct pm_range *own = &labels->choices.v[index].candidates;
    size_t count = labels->candidates.n - own->first;
    if (count)
        qsort(labels->candidates.v + own->first, count, sizeof *labels->candidates.v,
              compare_candidates);
    own->count = count < most ? count : most;
    labels->candidates.n = own->first + own->count;
}

void pm_labels_close(struct pm_labels *labels, size_t most)
{
    pm_labels_close_again(labels, labels->choices.n - 1, most);
}

/* ---- result --------------------------------------------------------------------------------- */

static void keep(struct pm_draft *draft, const struct pm_labels *labels, size_t index)
{
    const struct pm_candidate *candidate = &labels->candidates.v[labels->choices.v[index].chosen];
    const struct pm_form *form = candidate->form;
    struct pm_box box = candidate->box;
    struct pm_label_draft *label = &draft->labels[draft->label_count++];
    *label = (struct pm_label_draft){
        .lines = pm_memdup(draft->arena, form->lines, form->line_count * sizeof *form->lines),
        .line_count = form->line_count,
        .box = box,
        .has_leader = candidate->has_leader,
        .leader_from = candidate->from,
        .leader_to = candidate->to,
        .layer = labels->items.v[index].layer,
    };
    for (size_t i = 0; i < form->line_count; i++) {
        struct pm_run *line = &label->lines[i];
        line->width = pm_text_measure(draft->fonts, &line->font, line->s, line->lang).width;
        line->at = (struct pm_pt){(box.x0 + box.x1) / 2,
                                  box.y0 + form->ascent + (double)i * form->leading};
        line->anchor = PM_ANCHOR_MIDDLE;
    }
}

/* Of the dropped labels, the first by name, the others by number. */
static size_t list_dropped(const struct pm_labels *labels, bool wanted, struct pm_str *names)
{
    size_t count = 0;
    for (size_t i = 0; i < labels->items.n; i++)
        if (labels->choices.v[i].chosen == SIZE_MAX && labels->items.v[i].wanted == wanted &&
            count++ < NAMED)
            pm_str_addf(names, "%s%s", count > 1 ? ", " : "", labels->items.v[i].name);
    if (count > NAMED)
        pm_str_addf(names, " and %zu more", count - NAMED);
    return count;
}

/* One message for all: a map of a war must say what it leaves out. */
static void report_dropped(const struct pm_labels *labels, bool wanted)
{
    struct pm_str names = {0};
    size_t count = list_dropped(labels, wanted, &names);
    struct pm_diags *diags = labels->draft->diags;
    if (count && wanted) {
        pm_warning(diags, "label-dropped", (struct pm_place){0}, "no room for %zu %s: %s", count,
                   count == 1 ? "name" : "names", pm_str_get(&names));
        pm_help(diags, "draw a larger map (--size) or a part of it (--focus)");
    } else if (count) {
        pm_note(diags, "label-dropped", (struct pm_place){0}, "no room for %zu minor %s: %s", count,
                count == 1 ? "name" : "names", pm_str_get(&names));
    }
    pm_str_finish(&names);
}

void pm_layout_labels(struct pm_draft *draft)
{
    struct pm_labels labels = {.draft = draft};
    pm_ground_make(draft, &labels.ground);
    /* in the order of importance: the solver begins greedily from the front */
    if (draft->style->show.place_labels)
        pm_label_places(&labels);
    if (draft->style->show.parent_labels)
        pm_label_parents(&labels);
    if (draft->style->show.area_labels)
        pm_label_areas(&labels);
    if (draft->style->show.neighbours)
        pm_label_neighbours(&labels);
    if (draft->style->show.rivers)
        pm_label_waters(&labels);
    do
        pm_solve_labels(labels.candidates.v, labels.choices.v, labels.choices.n, SWEEPS);
    while (pm_label_areas_outside(&labels));
    draft->labels = PM_NEW_N(draft->arena, struct pm_label_draft, labels.choices.n);
    for (size_t i = 0; i < labels.choices.n; i++)
        if (labels.choices.v[i].chosen != SIZE_MAX)
            keep(draft, &labels, i);
    report_dropped(&labels, true);
    report_dropped(&labels, false);
    pm_vec_finish(&labels.candidates);
    pm_vec_finish(&labels.choices);
    pm_vec_finish(&labels.items);
    pm_vec_finish(&draft->taken);
}
