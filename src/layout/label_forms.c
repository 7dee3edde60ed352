/* Forms: the ways to set a name, in one line or two, at full size or smaller. */
#include <math.h>
#include <stdint.h>

#include "base/str.h"
#include "layout/labels.h"
#include "layout/series.h"
#include "layout/state.h"
#include "base/banned.h"

#define LEAST_SIZE 7.0 /* px: smaller letters can't be read */
/* em: of letters, and of the halo of a label above or below, which must not eat them */
#define ASCENT 0.82
#define DESCENT 0.33
#define WIDEST_NUMBER 88 /* of the key */
#define KEY_LESS 3.0     /* px that it is smaller than the name would be */
#define CAP_HEIGHT 0.72  /* em: of figures */

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
    form.name = name;
    form.less = less;
    form.cost = cost;
    form.lines = pm_memdup(draft->arena, runs, lines * sizeof *runs);
    for (size_t i = 0; i < lines; i++) {
        if (less > 0)
            shrink(&form.lines[i], less);
        form.width = fmax(form.width, form.lines[i].width + 2);
    }
    return pm_memdup(draft->arena, &form, sizeof form);
}

const struct pm_form *pm_form_keyed(const struct pm_draft *draft, enum pm_type_role role,
                                    double cost)
{
    const struct pm_name *name = pm_name_make(
        draft, (struct pm_name){.role = role, .text = pm_ordinal_of(draft, WIDEST_NUMBER)});
    struct pm_form form = *pm_form_make(draft, name, KEY_LESS, 1, cost);
    form.keyed = true;
    form.width = form.height = fmax(form.width, form.height); /* of a disc */
    form.ascent = (form.height + CAP_HEIGHT * form.lines->font.size) / 2;
    return pm_memdup(draft->arena, &form, sizeof form);
}

/* ---- texts ----------------------------------------------------------------------------------- */

const struct pm_label_wish *pm_label_wish(const struct pm_state *state)
{
    static const struct pm_label_wish none = {.side = PM_SIDES};
    return state->record && state->record->label ? state->record->label : &none;
}

const char *pm_label_name(const struct pm_draft *draft, const char *name,
                          const struct pm_state *state)
{
    const char *wished = pm_text_get(&pm_label_wish(state)->text, draft->lang, NULL);
    return wished ? wished : name;
}

const char *pm_label_text(const struct pm_draft *draft, const char *name,
                          const struct pm_state *state)
{
    name = pm_label_name(draft, name, state);
    if (!state->stale || draft->of_animation) /* there a name stands on all days */
        return name;
    return pm_label_dated(draft, name, state);
}

const char *pm_label_dated(const struct pm_draft *draft, const char *name,
                           const struct pm_state *state)
{
    pm_date date = state->record->last_verified != PM_NO_DATE ? state->record->last_verified
                                                              : state->record->from;
    const char *day = pm_bound(draft, pm_date_of(draft, date));
    return pm_sprintf(draft->arena, "%s (%s)", name, pm_type_within(draft, pm_text_rtl(name), day));
}

bool pm_label_is_shown(const struct pm_draft *draft, size_t area)
{
    return area == PM_NONE || !draft->outside || !draft->outside[area];
}

bool pm_label_is_news(const struct pm_draft *draft, size_t area)
{
    bool all = !pm_is_small_map(draft) || !draft->before;
    return all || (area != PM_NONE && draft->areas[area].state.changed);
}

bool pm_label_has_key(const struct pm_draft *draft)
{
    return draft->style->show.key && pm_has_notes(draft);
}
