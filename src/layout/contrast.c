/* Can what the map shows be told apart and read? Statuses in use are held against each other and against
 * the neighbours' land as eyes of all kinds see them, the lines of a claim against its fill, arcs of
 * pressure against the area they lie on, borders against the fills they part, texts against what lies
 * beneath them.
 *
 * Ratios: WCAG 2.1, 1.4.3 (text) and 1.4.11 (what is drawn). */
#include <math.h>

#include "base/str.h"
#include "layout/state.h"
#include "layout/type.h"
#include "model/vision.h"
#include "base/banned.h"

#define LEAST_DIFFERENCE 10.0 /* CIEDE2000 */
#define SAME_DIFFERENCE 0.05  /* greys: the matrices of vision have six decimals */
#define LEAST_LINE 3.0
#define LEAST_TEXT 4.5
#define LEAST_LARGE_TEXT 3.0
#define LARGE_PT 18.0
#define LARGE_BOLD_PT 14.0

/* ---- messages ---------------------------------------------------------------------------------- */

/* Rounded down, so that no figure looks like the bound that it misses. */
static const char *figure(const struct pm_draft *draft, double value)
{
    struct pm_str out = {0};
    pm_str_num(&out, floor(value * 100) / 100, 2);
    const char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

/* Whose colour is it? Who draws a map can change the status file, then the style that was asked for,
 * then those that it extends. */
static int nearness(const struct pm_draft *draft, struct pm_place at)
{
    return !at.source                           ? 0
           : at.source == draft->status->source ? 3
           : at.source == draft->style->source  ? 2
                                                : 1;
}

static struct pm_place nearer(const struct pm_draft *draft, struct pm_place a, struct pm_place b)
{
    return nearness(draft, a) > nearness(draft, b) ? a : b;
}

static struct pm_place place_of(const struct pm_style *style, const void *member)
{
    return style->key_at[pm_style_key_of(style, member) - pm_style_keys];
}

/* ---- statuses ---------------------------------------------------------------------------------- */

static bool is_used(const struct pm_tally *tally)
{
    return tally && tally->solid + tally->doubtful > 0;
}

static pm_color over(pm_color top, pm_color below)
{
    return pm_color_mix(top, below, pm_color_alpha(top));
}

/* How far two colours look apart, to those who take them for most alike. */
struct likeness {
    double difference;
    enum pm_vision vision;
};

/* Can they not be told apart? */
static bool look_alike(const struct pm_draft *draft, pm_color a, pm_color b, struct likeness *out)
{
    int eyes = draft->style->check.grey ? PM_VISIONS : PM_VISION_GREY;
    *out = (struct likeness){INFINITY, PM_VISION_FULL};
    for (int eye = PM_VISION_FULL; eye < eyes; eye++) {
        double d =
            pm_lab_difference(pm_lab_of(a, (enum pm_vision)eye), pm_lab_of(b, (enum pm_vision)eye));
        if (d < out->difference - SAME_DIFFERENCE)
            *out = (struct likeness){d, (enum pm_vision)eye};
    }
    return out->difference < LEAST_DIFFERENCE;
}

static void warn_alike(struct pm_draft *draft, struct pm_place at, const char *a, const char *b,
                       const struct likeness *alike)
{
    pm_warning(draft->diags, "contrast", at,
               "%s and %s look alike %s: their difference is %s, less than %s", a, b,
               pm_vision_phrase(alike->vision), figure(draft, alike->difference),
               figure(draft, LEAST_DIFFERENCE));
}

static const char *quoted(const struct pm_draft *draft, const char *id)
{
    return pm_sprintf(draft->arena, "\"%s\"", id);
}

static pm_color fill_color(const struct pm_draft *draft, const struct pm_status_look *look)
{
    return over(look->fill, draft->style->color.page);
}

/* A texture that does not show tells nothing. */
static enum pm_texture seen_texture(const struct pm_draft *draft, const struct pm_status_look *look)
{
    struct likeness alike;
    pm_color fill = fill_color(draft, look), ink = over(look->texture_color, fill);
    if (look->texture == PM_TEXTURE_NONE)
        return PM_TEXTURE_NONE;
    return look_alike(draft, fill, ink, &alike) ? PM_TEXTURE_NONE : look->texture;
}

/* Areas also differ by texture, marks of places by shape. */
static void check_pair(struct pm_draft *draft, const enum pm_texture *textures, size_t i, size_t j)
{
    const struct pm_status_look *a = &draft->looks[i], *b = &draft->looks[j];
    bool areas = is_used(&draft->area_tally[i]) && is_used(&draft->area_tally[j]) &&
                 textures[i] == textures[j];
    bool places = is_used(&draft->place_tally[i]) && is_used(&draft->place_tally[j]) &&
                  a->marker == b->marker;
    if (!areas && !places)
        return;
    struct likeness alike;
    if (!look_alike(draft, fill_color(draft, a), fill_color(draft, b), &alike))
        return;
    struct pm_place at = nearer(draft, a->fill_at, b->fill_at);
    bool first = at.source == a->fill_at.source && at.offset == a->fill_at.offset;
    warn_alike(draft, at, quoted(draft, a->id), quoted(draft, b->id), &alike);
    pm_help(draft->diags, "give \"%s\" another colour or a %s", first ? a->id : b->id,
            areas ? "texture" : "marker");
}

static void check_statuses(struct pm_draft *draft)
{
    enum pm_texture *textures = PM_NEW_N(draft->arena, enum pm_texture, draft->look_count);
    for (size_t i = 0; i < draft->look_count; i++)
        if (is_used(&draft->area_tally[i]))
            textures[i] = seen_texture(draft, &draft->looks[i]);
    for (size_t i = 0; i < draft->look_count; i++)
        for (size_t j = i + 1; j < draft->look_count; j++)
            check_pair(draft, textures, i, j);
}

/* ---- fills ------------------------------------------------------------------------------------- */

/* What lies beneath a line or text. */
struct ground {
    pm_color color;
    const char *name; /* as messages have it */
    struct pm_place at;
};

/* The fill of a look on the map, sure or claimed; false if no area is filled so. */
static bool fill_of(const struct pm_draft *draft, size_t look, bool doubtful, struct ground *out)
{
    const struct pm_tally *tally = &draft->area_tally[look];
    struct pm_state state = {.look = &draft->looks[look], .doubtful = doubtful};
    if (!(doubtful ? tally->doubtful : tally->solid))
        return false;
    *out = (struct ground){
        .color = over(pm_state_fill(draft, &state), draft->style->color.page),
        .name = pm_sprintf(draft->arena, "the fill of \"%s\"%s", state.look->id,
                           doubtful ? " where it is claimed" : ""),
        .at = state.look->fill_at,
    };
    return true;
}

/* Who holds an area that looks like what lies around the map's region? */
static void check_on_land(struct pm_draft *draft, const struct pm_status_look *look)
{
    const pm_color *land = &draft->style->color.land;
    struct likeness alike;
    if (seen_texture(draft, look) != PM_TEXTURE_NONE ||
        !look_alike(draft, fill_color(draft, look), over(*land, draft->style->color.page), &alike))
        return;
    warn_alike(draft, nearer(draft, place_of(draft->style, land), look->fill_at),
               quoted(draft, look->id), "the neighbours (\"color.land\")", &alike);
    pm_help(draft->diags, "give \"%s\" another colour or a texture", look->id);
}

/* The lines over a claim have the status's full colour, its fill is the same but pale. */
static void check_claim(struct pm_draft *draft, const struct pm_status_look *look,
                        const struct ground *fill)
{
    struct likeness alike;
    const double *tint = &draft->style->texture.claimed_tint;
    if (!look_alike(draft, over(look->fill, fill->color), fill->color, &alike))
        return;
    warn_alike(draft, nearer(draft, place_of(draft->style, tint), look->fill_at), fill->name,
               "the lines over it", &alike);
    pm_help(draft->diags, "give \"%s\" another colour, or the style another \"%s\"", look->id,
            pm_style_key_of(draft->style, tint)->path);
}

static void check_fills(struct pm_draft *draft)
{
    struct ground fill;
    for (size_t i = 0; i < draft->look_count; i++) {
        if (fill_of(draft, i, false, &fill) && pm_shows_land(draft))
            check_on_land(draft, &draft->looks[i]);
        if (fill_of(draft, i, true, &fill))
            check_claim(draft, &draft->looks[i], &fill);
    }
}

static void check_border(struct pm_draft *draft, const struct ground *fill)
{
    const pm_color *border = &draft->style->color.border;
    double ratio = pm_color_contrast(over(*border, fill->color), fill->color);
    if (pm_color_alpha(*border) == 0 || ratio >= LEAST_LINE)
        return;
    pm_warning(draft->diags, "contrast", nearer(draft, fill->at, place_of(draft->style, border)),
               "the contrast of \"color.border\" on %s is %s:1, less than %s:1", fill->name,
               figure(draft, ratio), figure(draft, LEAST_LINE));
    pm_help(draft->diags, "give one of them another colour");
}

static void check_borders(struct pm_draft *draft)
{
    struct ground fill;
    for (size_t i = 0; i < draft->look_count; i++)
        for (int doubtful = 0; doubtful < 2; doubtful++)
            if (fill_of(draft, i, doubtful, &fill))
                check_border(draft, &fill);
}

/* ---- arcs of pressure --------------------------------------------------------------------------- */

/* Arcs in the colour of the area they lie on: another's is taken for that of who holds the area; that
 * of who holds it is right, and its edge must show it. */
static void check_arcs(struct pm_draft *draft, const struct pm_status_look *presser,
                       const struct pm_status_look *holder, const struct ground *fill)
{
    struct likeness alike;
    const pm_color *ink = &draft->style->color.ink;
    const char *arcs = pm_sprintf(draft->arena, "the arcs of \"%s\"", presser->id);
    if (!look_alike(draft, fill_color(draft, presser), fill->color, &alike))
        return;
    if (presser != holder) {
        warn_alike(draft, nearer(draft, fill->at, presser->fill_at), arcs, fill->name, &alike);
        pm_help(draft->diags, "give one of them another colour");
        return;
    }
    double ratio = pm_color_contrast(over(*ink, fill->color), fill->color);
    if (ratio >= LEAST_LINE)
        return;
    pm_warning(draft->diags, "contrast", nearer(draft, fill->at, place_of(draft->style, ink)),
               "the contrast of \"color.ink\", the edge of %s, on %s is %s:1, less than %s:1", arcs,
               fill->name, figure(draft, ratio), figure(draft, LEAST_LINE));
    pm_help(draft->diags, "give one of them another colour");
}

/* Who presses in which areas? By look of the presser, look of the area, and whether that is claimed. */
static bool *find_arcs(const struct pm_draft *draft)
{
    size_t looks = draft->look_count;
    bool *met = PM_NEW_N(draft->arena, bool, 2 * looks * looks);
    for (size_t i = 0; i < draft->place_count; i++) {
        const struct pm_place_draft *place = &draft->places[i];
        const struct pm_record *record = place->state.record;
        if (!record || !record->pressure || place->area == PM_NONE)
            continue;
        const struct pm_state *area = &draft->areas[place->area].state;
        size_t presser = pm_look_index(draft, pm_pressure_look(draft, record->pressure));
        met[2 * (presser * looks + pm_look_index(draft, area->look)) + area->doubtful] = true;
    }
    return met;
}

static void check_pressures(struct pm_draft *draft)
{
    size_t looks = draft->look_count;
    const bool *met = find_arcs(draft);
    struct ground fill;
    for (size_t i = 0; i < 2 * looks * looks; i++) {
        size_t presser = i / 2 / looks, holder = i / 2 % looks;
        if (met[i] && fill_of(draft, holder, i % 2, &fill))
            check_arcs(draft, &draft->looks[presser], &draft->looks[holder], &fill);
    }
}

/* ---- texts ------------------------------------------------------------------------------------- */

enum beneath { ON_PAGE, ON_CALLOUT, ON_EVENT, ON_LAND, ON_WATER, ON_AREAS };

#define SHOW(member) offsetof(struct pm_style, show.member)
#define LABEL(kind) (1U << PM_LABEL_##kind)

static const struct text_use {
    enum pm_type_role role;
    enum beneath beneath;
    size_t shown;    /* the member of the style that shows it; 0: none does */
    unsigned labels; /* kinds that are set so … */
    bool dates;      /* … or dates behind those of what is stale */
} text_uses[] = {
    {PM_TYPE_TITLE, ON_PAGE, SHOW(title), 0, false},
    {PM_TYPE_SUBTITLE, ON_PAGE, SHOW(subtitle), 0, false},
    {PM_TYPE_HEADING, ON_PAGE, SHOW(legend), 0, false},
    {PM_TYPE_LEGEND, ON_PAGE, SHOW(legend), 0, false},
    {PM_TYPE_COUNT, ON_PAGE, SHOW(legend), 0, false},
    {PM_TYPE_NOTE, ON_PAGE, SHOW(notes), 0, false},
    {PM_TYPE_DISCLAIMER, ON_PAGE, SHOW(disclaimer), 0, false},
    {PM_TYPE_FOOTER, ON_PAGE, SHOW(credit), 0, false},
    {PM_TYPE_SCALE, ON_LAND, SHOW(scale_bar), 0, false},
    {PM_TYPE_PARENT, ON_AREAS, 0, LABEL(PARENT), false},
    {PM_TYPE_AREA, ON_AREAS, 0, LABEL(AREA), false},
    {PM_TYPE_NATIONAL, ON_AREAS, 0, LABEL(PLACE), false},
    {PM_TYPE_CAPITAL, ON_AREAS, 0, LABEL(PLACE), false},
    {PM_TYPE_TOWN, ON_AREAS, 0, LABEL(PLACE), false},
    {PM_TYPE_NEIGHBOUR, ON_LAND, 0, LABEL(NEIGHBOUR), false},
    {PM_TYPE_NEIGHBOUR, ON_AREAS, 0, 0, true},
    {PM_TYPE_WATER, ON_WATER, 0, LABEL(LAKE) | LABEL(RIVER), false},
    {PM_TYPE_ROAD, ON_AREAS, 0, LABEL(ROAD), false},
    {PM_TYPE_CALLOUT_TITLE, ON_CALLOUT, 0, 0, false},
    {PM_TYPE_CALLOUT_HEAD, ON_CALLOUT, 0, 0, false},
    {PM_TYPE_CALLOUT, ON_CALLOUT, 0, 0, false},
    {PM_TYPE_DISCLAIMER, ON_CALLOUT, 0, 0, false},
    {PM_TYPE_EVENT, ON_EVENT, 0, 0, false},
};

static bool has_label(const struct pm_draft *draft, unsigned kinds)
{
    for (size_t i = 0; i < draft->label_count; i++)
        if (kinds & (1U << draft->labels[i].kind))
            return true;
    return false;
}

static bool has_date(const struct pm_draft *draft)
{
    for (size_t i = 0; i < draft->label_count; i++)
        if (pm_label_is_dated(draft, &draft->labels[i]))
            return true;
    return false;
}

static bool has_event(const struct pm_draft *draft, bool callout)
{
    for (size_t i = 0; i < draft->event_count; i++)
        if (callout ? !pm_box_empty(draft->events[i].callout) : draft->events[i].visible)
            return true;
    return false;
}

static bool is_in_use(const struct pm_draft *draft, const struct text_use *use)
{
    if (use->shown)
        return *(const bool *)((const char *)draft->style + use->shown);
    if (use->dates)
        return has_date(draft);
    return use->labels ? has_label(draft, use->labels)
                       : has_event(draft, use->beneath == ON_CALLOUT);
}

static double least_ratio(const struct pm_draft *draft, enum pm_type_role role)
{
    struct pm_font font = pm_type_font(draft, role);
    double pt = font.size * 72 / draft->dpi;
    bool large = pt >= (font.weight >= 700 ? LARGE_BOLD_PT : LARGE_PT);
    return large ? LEAST_LARGE_TEXT : LEAST_TEXT;
}

static void check_text(struct pm_draft *draft, enum pm_type_role role, const struct ground *ground)
{
    const struct pm_style *style = draft->style;
    /* the number of an event has a colour of its own */
    const pm_color *ink =
        role == PM_TYPE_EVENT ? &style->color.event_ink : &style->type[role].color;
    double ratio = pm_color_contrast(over(*ink, ground->color), ground->color);
    double least = least_ratio(draft, role);
    if (ratio >= least)
        return;
    pm_warning(draft->diags, "contrast", nearer(draft, ground->at, place_of(style, ink)),
               "the contrast of \"%s\" on %s is %s:1, less than %s:1 for letters of this size",
               pm_style_key_of(style, ink)->path, ground->name, figure(draft, ratio),
               figure(draft, least));
    pm_help(draft->diags, "give one of them another colour");
}

static struct ground ground_of(const struct pm_draft *draft, const pm_color *color, pm_color below)
{
    const struct pm_style *style = draft->style;
    return (struct ground){over(*color, below),
                           pm_sprintf(draft->arena, "\"%s\"", pm_style_key_of(style, color)->path),
                           place_of(style, color)};
}

/* On the map letters stand in their halo; what shines through it counts. */
static void check_on_map(struct pm_draft *draft, enum pm_type_role role, struct ground ground)
{
    pm_color halo = draft->style->color.halo;
    ground.color = over(halo, ground.color);
    check_text(draft, role, &ground);
}

static void check_on_areas(struct pm_draft *draft, enum pm_type_role role)
{
    struct ground fill;
    for (size_t i = 0; i < draft->look_count; i++)
        for (int doubtful = 0; doubtful < 2; doubtful++)
            if (fill_of(draft, i, doubtful, &fill))
                check_on_map(draft, role, fill);
}

static void check_use(struct pm_draft *draft, const struct text_use *use)
{
    const struct pm_style *style = draft->style;
    const pm_color *const grounds[] = {
        [ON_PAGE] = &style->color.page,   [ON_CALLOUT] = &style->color.callout,
        [ON_EVENT] = &style->color.event, [ON_LAND] = &style->color.land,
        [ON_WATER] = &style->color.water, [ON_AREAS] = &style->color.halo,
    };
    struct ground ground = ground_of(draft, grounds[use->beneath], style->color.page);
    bool on_map = use->beneath >= ON_LAND, opaque = pm_color_alpha(style->color.halo) == 1;
    if (on_map && opaque)
        ground = ground_of(draft, &style->color.halo, style->color.page);
    if (on_map && !opaque && use->beneath == ON_AREAS)
        check_on_areas(draft, use->role);
    else if (on_map && !opaque)
        check_on_map(draft, use->role, ground);
    else
        check_text(draft, use->role, &ground);
}

static void check_texts(struct pm_draft *draft)
{
    for (size_t i = 0; i < sizeof text_uses / sizeof *text_uses; i++)
        if (is_in_use(draft, &text_uses[i]))
            check_use(draft, &text_uses[i]);
}

void pm_check_contrast(struct pm_draft *draft)
{
    check_statuses(draft);
    check_fills(draft);
    check_borders(draft);
    check_pressures(draft);
    check_texts(draft);
}
