/* The label stage: gather candidates of all names, solve, keep the chosen ones. */
#include "layout/labels.h"

#include <math.h>
#include <stdint.h>

#include "base/str.h"
#include "base/banned.h"

#define FRAME_INSET 6.0
#define LEAST_SIZE 7.0 /* px: smaller letters can't be read */
/* em: of letters, and of the halo of a label above or below, which must not eat them */
#define ASCENT 0.82
#define DESCENT 0.33

enum { SWEEPS = 32, NAMED = 30 }; /* names in a message */

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

static struct pm_run form_line(const struct pm_draft *draft, const struct pm_setting *setting,
                               const char *line)
{
    struct pm_run run = pm_type_label(draft, setting->role, line, setting->lang);
    if (setting->muted)
        run.color = draft->style->type[PM_TYPE_NEIGHBOUR].color;
    if (setting->less > 0) {
        run.font.size = fmax(run.font.size - setting->less, LEAST_SIZE);
        run.width = pm_text_measure(draft->fonts, &run.font, run.s, run.lang).width;
    }
    return run;
}

const struct pm_form *pm_form_make(const struct pm_draft *draft, struct pm_setting setting)
{
    const char *split = setting.two_lines ? middle_space(setting.name) : NULL;
    if (setting.two_lines && !split)
        return NULL;
    struct pm_form *form = PM_NEW(draft->arena, struct pm_form);
    form->line_count = split ? 2 : 1;
    form->lines = PM_NEW_N(draft->arena, struct pm_run, form->line_count);
    size_t length = split ? (size_t)(split - setting.name) : strlen(setting.name);
    form->lines[0] = form_line(draft, &setting, pm_strndup(draft->arena, setting.name, length));
    if (split)
        form->lines[1] = form_line(draft, &setting, split + 1);
    for (size_t i = 0; i < form->line_count; i++)
        form->width = fmax(form->width, form->lines[i].width + 2);
    double size = form->lines[0].font.size;
    form->leading = round(size * 1.1);
    form->ascent = round(size * ASCENT);
    form->height =
        form->ascent + round(size * DESCENT) + (double)(form->line_count - 1) * form->leading;
    form->cost = setting.cost;
    return form;
}

/* ---- candidates ---------------------------------------------------------------------------- */

void pm_labels_open(struct pm_labels *labels, struct pm_label_item item, double drop_cost)
{
    pm_vec_push(&labels->items, item);
    pm_vec_push(&labels->choices,
                (struct pm_choice){{labels->candidates.n, 0}, drop_cost, SIZE_MAX});
}

bool pm_labels_allow(const struct pm_labels *labels, struct pm_box box)
{
    const struct pm_draft *draft = labels->draft;
    if (!pm_box_inside(box, pm_box_grown(draft->page.map, -pm_px(draft, FRAME_INSET))))
        return false;
    for (size_t i = 0; i < draft->taken.n; i++)
        if (pm_box_meets(box, draft->taken.v[i]))
            return false;
    for (size_t i = 0; i < draft->event_count; i++) {
        const struct pm_event_draft *e = &draft->events[i];
        if (!pm_box_empty(e->callout) && pm_segment_meets(e->at, e->leader, pm_box_grown(box, 2)))
            return false;
    }
    return true;
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
    if (pm_labels_allow(labels, box))
        add(labels, (struct pm_candidate){.box = box, .cost = cost, .form = form});
}

void pm_labels_add_leader(struct pm_labels *labels, const struct pm_form *form, struct pm_box box,
                          double cost, struct pm_pt to)
{
    struct pm_pt from = {fmax(box.x0, fmin(box.x1, to.x)), fmax(box.y0, fmin(box.y1, to.y))};
    if (!pm_labels_allow(labels, box))
        return;
    for (size_t i = 0; i < labels->draft->taken.n; i++)
        if (pm_segment_meets(from, to, labels->draft->taken.v[i]))
            return;
    add(labels,
        (struct pm_candidate){
            .box = box, .cost = cost, .form = form, .has_leader = true, .from = from, .to = to});
}

static int compare_candidates(const void *a, const void *b)
{
    const struct pm_candidate *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void pm_labels_close(struct pm_labels *labels, size_t most)
{
    struct pm_choice *choice = &labels->choices.v[labels->choices.n - 1];
    size_t first = choice->candidates.first, count = labels->candidates.n - first;
    if (count)
        qsort(labels->candidates.v + first, count, sizeof *labels->candidates.v,
              compare_candidates);
    choice->candidates.count = count < most ? count : most;
    labels->candidates.n = first + choice->candidates.count;
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
        label->lines[i].at = (struct pm_pt){(box.x0 + box.x1) / 2,
                                            box.y0 + form->ascent + (double)i * form->leading};
        label->lines[i].anchor = PM_ANCHOR_MIDDLE;
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
    struct pm_labels labels = {.draft = draft, .mask = pm_mask_make(draft, 1)};
    pm_fences_make(draft, &labels.fences);
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
    pm_solve_labels(labels.candidates.v, labels.choices.v, labels.choices.n, SWEEPS);
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
